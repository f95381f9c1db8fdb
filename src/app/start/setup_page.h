/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* The first setting up of an office: its steps at the left, one of them at the right. Tells
 * `finished` with the office, or with nothing where none was founded. */
#define JZ_TYPE_SETUP_PAGE (jz_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupPage, jz_setup_page, JZ, SETUP_PAGE, AdwBin)

GtkWidget *jz_setup_page_new (JzOfficeClient *client);

G_END_DECLS
