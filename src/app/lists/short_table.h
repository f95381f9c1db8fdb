/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A table of some hundred rows at most, all of them in memory: its heads sort, its search looks in
 * every cell. Long lists are a JzRowView. */
#define JZ_TYPE_SHORT_TABLE (jz_short_table_get_type ())
G_DECLARE_FINAL_TYPE (JzShortTable, jz_short_table, JZ, SHORT_TABLE, AdwBin)

/**
 * JzShortColumn:
 * @title: what stands at its head, to be translated
 * @width: in characters of Latin text; a Chinese one is two
 * @expands: whether it takes the room that is left
 *
 * A column of a short table; the n-th column shows the n-th cell.
 */
typedef struct {
  const char *title;
  guint width;
  gboolean expands;
} JzShortColumn;

#define JZ_TYPE_SHORT_ROW (jz_short_row_get_type ())
G_DECLARE_FINAL_TYPE (JzShortRow, jz_short_row, JZ, SHORT_ROW, GObject)

JzShortRow *jz_short_row_new (const char *id, const char *style, ...) G_GNUC_NULL_TERMINATED;
JzShortRow *jz_short_row_new_take (const char *id, const char *style, GStrv cells);
const char *jz_short_row_get_id (JzShortRow *self);
const char *jz_short_row_get_cell (JzShortRow *self, guint column);

GtkWidget *jz_short_table_new (const char *name, const JzShortColumn *columns, guint n_columns);
void jz_short_table_set_rows (JzShortTable *self, GPtrArray *rows);
void jz_short_table_set_search (JzShortTable *self, const char *text);
void jz_short_table_set_empty (JzShortTable *self,
                               const char *icon,
                               const char *title,
                               const char *description);
const char *jz_short_table_get_selected (JzShortTable *self);
gboolean jz_short_table_select (JzShortTable *self, const char *id);
guint jz_short_table_get_n_rows (JzShortTable *self);
GPtrArray *jz_short_table_dup_shown (JzShortTable *self);
const JzShortColumn *jz_short_table_get_columns (JzShortTable *self, guint *n_columns);

G_END_DECLS
