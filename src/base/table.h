/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table that came from outside, as texts: dates as 2026-03-02, numbers as they are typed. Rows
 * without a text are left out; each row knows its line in the file. */
typedef struct _JzTable JzTable;

JzTable *jz_table_new (const char *name);
void jz_table_free (JzTable *self);
void jz_table_add_row (JzTable *self, guint line);
void jz_table_add_text (JzTable *self, guint column, const char *text, gboolean is_rounded);
void jz_table_drop_empty_row (JzTable *self);
const char *jz_table_get_name (const JzTable *self);
guint jz_table_get_n_rows (const JzTable *self);
guint jz_table_get_n_columns (const JzTable *self);
guint jz_table_get_line (const JzTable *self, guint row);
const char *jz_table_get_text (const JzTable *self, guint row, guint column);
gboolean jz_table_is_rounded (const JzTable *self, guint row, guint column);

/* A, B … Z, AA … and its NUL */
#define JZ_COLUMN_NAME_SIZE 8
void jz_column_format (guint column, char text[JZ_COLUMN_NAME_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzTable, jz_table_free)

G_END_DECLS
