/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_publicity_print_history (GtkWidget *inside, JzOfficeClient *client, const char *document);
void jz_publicity_print_register (GtkWidget *inside, JzOfficeClient *client);

G_END_DECLS
