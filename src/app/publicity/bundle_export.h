/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_bundle_export (GtkWidget *inside, JzOfficeClient *client, const char *from, const char *to);

G_END_DECLS
