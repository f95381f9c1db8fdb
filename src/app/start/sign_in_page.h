/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* Where a person signs in; the client then notifies `is-signed-in`. */
#define JZ_TYPE_SIGN_IN_PAGE (jz_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (JzSignInPage, jz_sign_in_page, JZ, SIGN_IN_PAGE, AdwBin)

GtkWidget *jz_sign_in_page_new (JzOfficeClient *client);

G_END_DECLS
