/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jz_search_keys_join (GtkSearchEntry *entry, GtkWidget *list);

G_END_DECLS
