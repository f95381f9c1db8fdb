/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "media/table_file-private.h"

/* The members of an XLSX file as they are once unpacked, with a line of == between them: the sums
 * of a packed file would keep every change away from the parsers. */

#define MARK "\n==\n"
#define N_PARTS 5

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static GBytes *
take_part (const char **at, const char *end)
{
  const char *mark = memmem (*at, (size_t)(end - *at), MARK, strlen (MARK));
  const char *last = mark != NULL ? mark : end;
  GBytes *part = g_bytes_new (*at, (gsize)(last - *at));

  *at = mark != NULL ? mark + strlen (MARK) : end;
  return part;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *at = (const char *)data;
  const char *end = at + size;
  g_auto (JzBook) book = { NULL };
  GBytes **parts[N_PARTS] = { &book.workbook, &book.relations, &book.styles, &book.strings,
                              &book.sheet };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzTable) table = NULL;

  for (guint i = 0; i < N_PARTS; i++)
    *parts[i] = take_part (&at, end);
  table = jz_sheet_read (&book, "fuzz", &error);
  if (table == NULL) {
    g_assert_error (error, JZ_TABLE_ERROR, error->code);
    g_assert_true (g_str_has_prefix (error->message, "fuzz"));
    return 0;
  }
  g_assert_no_error (error);
  for (guint row = 0; row < jz_table_get_n_rows (table); row++)
    for (guint column = 0; column < jz_table_get_n_columns (table); column++)
      g_assert_true (g_utf8_validate (jz_table_get_text (table, row, column), -1, NULL));
  return 0;
}
