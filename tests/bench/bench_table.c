/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

static const char *const headings[] = {
  "what", "ours", "unit", "reference", "of what", "ratio", "aim", "result",
};
#define N_COLUMNS G_N_ELEMENTS (headings)

typedef struct {
  char *cells[N_COLUMNS];
} Row;

static char *
format_number (double number)
{
  return g_strdup_printf (number >= 100 ? "%.0f" : "%.2f", number);
}

static Row *
add_row (Bench *self, const char *what)
{
  Row *row = g_new0 (Row, 1);

  row->cells[0] = g_strdup (what);
  for (gsize i = 1; i < N_COLUMNS; i++)
    row->cells[i] = g_strdup ("");
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
take_cell (Row *row, guint column, char *text)
{
  g_free (row->cells[column]);
  row->cells[column] = text;
}

static void
take_aim (Row *row, const char *sign, double aim, gboolean is_met)
{
  g_autofree char *number = format_number (aim);

  if (aim <= 0)
    return;
  take_cell (row, 6, g_strdup_printf ("%s %s", sign, number));
  take_cell (row, 7, g_strdup (is_met ? "met" : "missed"));
}

/* What takes long shows that it goes on. */
static void
tell (const Row *row)
{
  g_printerr ("%s: %s %s\n", row->cells[0], row->cells[1], row->cells[2]);
}

void
bench_add (Bench *self,
           const char *what,
           const char *unit,
           double ours,
           const char *reference_name,
           double reference,
           double aim)
{
  Row *row = add_row (self, what);
  double ratio = ours / reference;

  take_cell (row, 1, format_number (ours));
  take_cell (row, 2, g_strdup (unit));
  take_cell (row, 3, format_number (reference));
  take_cell (row, 4, g_strdup (reference_name));
  take_cell (row, 5, format_number (ratio));
  take_aim (row, ">=", aim, ratio >= aim);
  tell (row);
}

void
bench_add_figure (Bench *self, const char *what, const char *unit, double ours, double most)
{
  Row *row = add_row (self, what);

  take_cell (row, 1, format_number (ours));
  take_cell (row, 2, g_strdup (unit));
  take_aim (row, "<=", most, ours <= most);
  tell (row);
}

void
bench_skip (Bench *self, const char *what, const char *reason)
{
  Row *row = add_row (self, what);

  take_cell (row, 1, g_strdup ("skipped"));
  take_cell (row, 4, g_strdup (reason));
  tell (row);
}

static void
append_padded (GString *out, const char *const *cells, const gsize *widths)
{
  for (gsize i = 0; i < N_COLUMNS; i++) {
    gboolean is_number = i == 1 || i == 3 || i == 5;
    g_string_append_printf (out, is_number ? "%*s  " : "%-*s  ", (int)widths[i], cells[i]);
  }
  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

char *
bench_to_table (Bench *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize widths[N_COLUMNS];

  for (gsize i = 0; i < N_COLUMNS; i++) {
    widths[i] = strlen (headings[i]);
    for (guint j = 0; j < self->rows->len; j++) {
      const Row *row = g_ptr_array_index (self->rows, j);
      widths[i] = MAX (widths[i], strlen (row->cells[i]));
    }
  }
  append_padded (out, headings, widths);
  for (guint j = 0; j < self->rows->len; j++) {
    const Row *row = g_ptr_array_index (self->rows, j);
    append_padded (out, (const char *const *)row->cells, widths);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
append_tabbed (GString *out, const char *const *cells)
{
  for (gsize i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "\t" : "", cells[i]);
  g_string_append_c (out, '\n');
}

char *
bench_to_tsv (Bench *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_tabbed (out, headings);
  for (guint j = 0; j < self->rows->len; j++) {
    const Row *row = g_ptr_array_index (self->rows, j);
    append_tabbed (out, (const char *const *)row->cells);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
row_free (gpointer data)
{
  Row *row = data;

  for (gsize i = 0; i < N_COLUMNS; i++)
    g_free (row->cells[i]);
  g_free (row);
}

void
bench_init (Bench *self, gboolean is_quick)
{
  self->is_quick = is_quick;
  self->rows = g_ptr_array_new_with_free_func (row_free);
}

void
bench_clear (Bench *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}
