/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_bundle_dialog_show (GtkWidget *inside, JzOfficeClient *client);

G_END_DECLS
