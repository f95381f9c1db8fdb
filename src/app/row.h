/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define JZ_TYPE_ROW (jz_row_get_type ())
G_DECLARE_FINAL_TYPE (JzRow, jz_row, JZ, ROW, GObject)

JzRow *jz_row_new (gint64 id);
gint64 jz_row_get_id (JzRow *self);
const char *jz_row_get_cell (JzRow *self, guint column);
gboolean jz_row_is_loaded (JzRow *self);
guint jz_row_get_generation (JzRow *self);
void jz_row_take_cells (JzRow *self, char **cells, guint generation);

G_END_DECLS
