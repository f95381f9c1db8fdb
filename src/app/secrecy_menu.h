/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

GtkWidget *jz_secrecy_menu_new (JzOfficeClient *client,
                                const char *case_id,
                                const char *attachment,
                                const char *name,
                                gboolean is_classified);

G_END_DECLS
