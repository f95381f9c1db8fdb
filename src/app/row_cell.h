/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JzRowColumn:
 * @title: what stands at its head, to be translated
 * @width: in characters of Latin text; a Chinese one is two
 * @is_sortable: whether a click on its head sorts by it
 * @expands: whether it takes the room that is left
 * @is_number: whether its texts stand at the right
 * @class_cell: which cell of a row holds the style class of this one's text; 0 for none
 *
 * A column of a list; the n-th column shows the n-th cell.
 */
typedef struct {
  const char *title;
  guint width;
  gboolean is_sortable;
  gboolean expands;
  gboolean is_number;
  guint class_cell;
} JzRowColumn;

GtkListItemFactory *
jz_row_cell_factory_new (const JzRowColumn *columns, guint n_columns, guint column);
int jz_row_cell_get_n_lines (void);

G_END_DECLS
