/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jz_store_check_show (GtkWidget *inside, const char *path);

G_END_DECLS
