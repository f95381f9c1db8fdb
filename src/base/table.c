/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/table.h"

/* Cells are kept in one array in the order in which they came, with a row pointing at its first, so
 * that a file of few cells far apart costs no more than those. */

typedef struct {
  guint column;
  gboolean is_rounded;
  GRefString *text;
} Cell;

typedef struct {
  guint line;
  guint first;
  guint n_cells;
} Row;

struct _JzTable {
  char *name;
  GArray *rows;
  GArray *cells;
  guint n_columns;
};

static void
clear_cell (gpointer data)
{
  Cell *cell = data;
  g_ref_string_release (cell->text);
}

/**
 * jz_table_new:
 * @name: what to call it in sentences
 *
 * Returns: (transfer full): a table without rows
 */
JzTable *
jz_table_new (const char *name)
{
  JzTable *self = g_new0 (JzTable, 1);

  self->name = g_strdup (name);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_array_set_clear_func (self->cells, clear_cell);
  return self;
}

/**
 * jz_table_free:
 * @self: (transfer full) (nullable): a table
 */
void
jz_table_free (JzTable *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->rows);
  g_array_unref (self->cells);
  g_free (self->name);
  g_free (self);
}

/**
 * jz_table_add_row:
 * @self: a table
 * @line: its line in the file, from 1
 *
 * Begins a row; the cells that are added next are its.
 */
void
jz_table_add_row (JzTable *self, guint line)
{
  Row row = { line, self->cells->len, 0 };
  g_array_append_val (self->rows, row);
}

/**
 * jz_table_add_text:
 * @self: a table with a row
 * @column: from 0, greater than that of the cell before in the row
 * @text: what stands there, with blanks around it; nothing is added when there is nothing else
 * @is_rounded: whether the program that wrote the file kept fewer digits than were typed
 */
void
jz_table_add_text (JzTable *self, guint column, const char *text, gboolean is_rounded)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  Cell cell = { column, is_rounded, NULL };

  g_return_if_fail (self->rows->len > 0);
  if (stripped[0] == '\0')
    return;
  cell.text = g_ref_string_new (stripped);
  g_array_append_val (self->cells, cell);
  g_array_index (self->rows, Row, self->rows->len - 1).n_cells++;
  self->n_columns = MAX (self->n_columns, column + 1);
}

/**
 * jz_table_drop_empty_row:
 * @self: a table
 *
 * Takes the last row away again if it has no text.
 */
void
jz_table_drop_empty_row (JzTable *self)
{
  if (self->rows->len > 0 && g_array_index (self->rows, Row, self->rows->len - 1).n_cells == 0)
    g_array_set_size (self->rows, self->rows->len - 1);
}

/**
 * jz_table_get_name:
 * @self: a table
 *
 * Returns: (transfer none): what to call it
 */
const char *
jz_table_get_name (const JzTable *self)
{
  return self->name;
}

/**
 * jz_table_get_n_rows:
 * @self: a table
 *
 * Returns: number of its rows
 */
guint
jz_table_get_n_rows (const JzTable *self)
{
  return self->rows->len;
}

/**
 * jz_table_get_n_columns:
 * @self: a table
 *
 * Returns: number of its columns, up to the last in which a text stands
 */
guint
jz_table_get_n_columns (const JzTable *self)
{
  return self->n_columns;
}

/**
 * jz_table_get_line:
 * @self: a table
 * @row: from 0
 *
 * Returns: the line of the row in the file, from 1
 */
guint
jz_table_get_line (const JzTable *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, 0);
  return g_array_index (self->rows, Row, row).line;
}

static const Cell *
find_cell (const JzTable *self, guint row, guint column)
{
  const Row *found;

  g_return_val_if_fail (row < self->rows->len, NULL);
  found = &g_array_index (self->rows, Row, row);
  for (guint i = found->first; i < found->first + found->n_cells; i++) {
    const Cell *cell = &g_array_index (self->cells, Cell, i);
    if (cell->column == column)
      return cell;
  }
  return NULL;
}

/**
 * jz_table_get_text:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Returns: (transfer none): what stands there, without blanks around it; the empty text where
 *   nothing does
 */
const char *
jz_table_get_text (const JzTable *self, guint row, guint column)
{
  const Cell *cell = find_cell (self, row, column);
  return cell != NULL ? cell->text : "";
}

/**
 * jz_table_is_rounded:
 * @self: a table
 * @row: from 0
 * @column: from 0
 *
 * Spreadsheets keep 15 digits of a number: the last digits of an identity number that was typed as
 * a number are gone.
 *
 * Returns: whether the number there may have lost digits
 */
gboolean
jz_table_is_rounded (const JzTable *self, guint row, guint column)
{
  const Cell *cell = find_cell (self, row, column);
  return cell != NULL && cell->is_rounded;
}

/**
 * jz_column_format:
 * @column: from 0, below 16384
 * @text: (out): its name in a spreadsheet, A, B … AA
 */
void
jz_column_format (guint column, char text[JZ_COLUMN_NAME_SIZE])
{
  char reversed[JZ_COLUMN_NAME_SIZE];
  gsize length = 0;

  for (guint rest = column + 1; rest > 0 && length < sizeof reversed - 1; rest = (rest - 1) / 26)
    reversed[length++] = (char)('A' + (rest - 1) % 26);
  for (gsize i = 0; i < length; i++)
    text[i] = reversed[length - 1 - i];
  text[length] = '\0';
}
