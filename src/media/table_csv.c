/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "media/table_file-private.h"

/* CSV as spreadsheets write it: a field in quotes may hold the separator, line ends and doubled
 * quotes. Which separator it is shows in the first record. */

static const char separators[] = { ',', ';', '\t' };

typedef struct {
  const char *name;
  const char *at;
  const char *end;
  char separator;
  guint record; /* from 1, as a spreadsheet counts rows */
  guint column;
  gsize n_bytes;
} Csv;

static gboolean
fail_at (const Csv *self, JzTableError code, const char *sentence, GError **error)
{
  char column[JZ_COLUMN_NAME_SIZE];

  jz_column_format (self->column, column);
  return jz_table_fail (error, code, _ ("%s, cell %s%u: %s"), self->name, column, self->record,
                        sentence);
}

static char
guess_separator (const char *text, const char *end)
{
  guint counts[G_N_ELEMENTS (separators)] = { 0 };
  gboolean is_quoted = FALSE;
  guint best = 0;

  for (const char *at = text; at < end && (is_quoted || (*at != '\n' && *at != '\r')); at++) {
    is_quoted = *at == '"' ? !is_quoted : is_quoted;
    for (guint i = 0; !is_quoted && i < G_N_ELEMENTS (separators); i++)
      counts[i] += *at == separators[i];
  }
  for (guint i = 1; i < G_N_ELEMENTS (separators); i++)
    best = counts[i] > counts[best] ? i : best;
  return separators[best];
}

static gboolean
is_field_end (const Csv *self)
{
  return self->at == self->end || *self->at == self->separator || *self->at == '\n' ||
         *self->at == '\r';
}

static gboolean
append (Csv *self, GString *field, GError **error)
{
  if (field->len >= JZ_TABLE_MAX_TEXT_BYTES)
    return fail_at (self, JZ_TABLE_ERROR_TOO_LARGE, _ ("The text is longer than is read."), error);
  g_string_append_c (field, *self->at++);
  return TRUE;
}

/* Between its quotes; behind them the field goes on as it stands. */
static gboolean
read_quoted (Csv *self, GString *field, GError **error)
{
  for (self->at++; self->at < self->end;) {
    if (*self->at == '"') {
      self->at++;
      if (self->at == self->end || *self->at != '"')
        return TRUE;
    }
    if (!append (self, field, error))
      return FALSE;
  }
  return fail_at (self, JZ_TABLE_ERROR_DAMAGED,
                  _ ("A quotation mark opens here and is not closed."), error);
}

static gboolean
read_field (Csv *self, GString *field, GError **error)
{
  g_string_truncate (field, 0);
  if (!is_field_end (self) && *self->at == '"' && !read_quoted (self, field, error))
    return FALSE;
  while (!is_field_end (self))
    if (!append (self, field, error))
      return FALSE;
  self->n_bytes += field->len;
  if (self->n_bytes > JZ_TABLE_MAX_TEXTS_BYTES)
    return fail_at (self, JZ_TABLE_ERROR_TOO_LARGE,
                    _ ("The table has more text than is read. Divide it."), error);
  return TRUE;
}

/* The text of 1.10101E+17 is what a spreadsheet left of a long number; CSV says no more about it.
 */
static gboolean
is_exponential (const char *text)
{
  const char *at = text;

  while (g_ascii_isdigit (*at) || *at == '.')
    at++;
  if (at == text || *at != 'E' || at[1] != '+' || !g_ascii_isdigit (at[2]))
    return FALSE;
  return at[2 + strspn (at + 2, "0123456789")] == '\0';
}

static gboolean
read_record (Csv *self, JzTable *table, GString *field, GError **error)
{
  jz_table_add_row (table, self->record);
  for (self->column = 0;; self->column++) {
    if (!read_field (self, field, error))
      return FALSE;
    if (self->column >= JZ_TABLE_MAX_COLUMNS && field->len > 0)
      return fail_at (self, JZ_TABLE_ERROR_TOO_LARGE,
                      _ ("The table has more columns than are read."), error);
    if (field->len > 0)
      jz_table_add_text (table, self->column, field->str, is_exponential (field->str));
    if (self->at == self->end || *self->at != self->separator)
      break;
    self->at++;
  }
  if (self->at < self->end && *self->at == '\r')
    self->at++;
  if (self->at < self->end && *self->at == '\n')
    self->at++;
  jz_table_drop_empty_row (table);
  return TRUE;
}

JzTable *
jz_csv_read (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (JzTable) table = jz_table_new (name);
  g_autoptr (GString) field = g_string_new (NULL);
  Csv self = { name, text, text + length, ',', 1, 0, 0 };

  self.separator = guess_separator (self.at, self.end);
  for (; self.at < self.end; self.record++) {
    if (!read_record (&self, table, field, error))
      return NULL;
    if (jz_table_get_n_rows (table) > JZ_TABLE_MAX_ROWS) {
      fail_at (&self, JZ_TABLE_ERROR_TOO_LARGE,
               _ ("The table has more rows than are read. Divide it."), error);
      return NULL;
    }
  }
  return g_steal_pointer (&table);
}
