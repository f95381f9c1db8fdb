/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jz_names_watch (void);
char *jz_names_dup_texts (GtkWidget *widget);
void jz_names_set_row (GtkListItem *item, const char *name);

G_END_DECLS
