/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* Changing one's own password. */
void jz_password_dialog_show (GtkWidget *inside, JzOfficeClient *client);
/* That of the bureau's own key. */
void jz_ca_password_show (GtkWidget *inside, JzOfficeClient *client);

G_END_DECLS
