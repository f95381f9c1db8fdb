/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define JZ_TYPE_LIST_ROW (jz_list_row_get_type ())
G_DECLARE_FINAL_TYPE (JzListRow, jz_list_row, JZ, LIST_ROW, GObject)

JzListRow *jz_list_row_new (gint64 id);
gint64 jz_list_row_get_id (JzListRow *self);
const char *jz_list_row_get_cell (JzListRow *self, guint column);
gboolean jz_list_row_is_loaded (JzListRow *self);
guint jz_list_row_get_generation (JzListRow *self);
void jz_list_row_take_cells (JzListRow *self, char **cells, guint generation);

G_END_DECLS
