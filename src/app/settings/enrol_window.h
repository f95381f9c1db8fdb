/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* Adding people, as in the first setting up, in a window of its own. */
void jz_enrol_window_show (GtkWidget *inside, JzOfficeClient *client);

G_END_DECLS
