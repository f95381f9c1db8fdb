/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jz_list_follow_keys (GtkListBox *list, GtkWidget *entry);

G_END_DECLS
