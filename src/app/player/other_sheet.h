/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is seen of a file that this program does not show: its name, why not, and the button that
 * activates file.open-elsewhere. */
GtkWidget *jz_other_sheet_new (void);
void jz_other_sheet_show (GtkWidget *sheet, const char *name, guint64 size, const char *sentence);
GtkLabel *jz_other_sheet_new_sentence (const char *style);

G_END_DECLS
