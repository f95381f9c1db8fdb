/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "media/table_file.h"

/* Any bytes as a table, XLSX or CSV: one whose every cell can be asked for, within the bounds, or
 * an error that begins with the name of the file. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzTable) table = jz_table_read (bytes, "fuzz", &error);

  if (table == NULL) {
    g_assert_error (error, JZ_TABLE_ERROR, error->code);
    g_assert_true (g_str_has_prefix (error->message, "fuzz"));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (jz_table_get_n_rows (table), <=, JZ_TABLE_MAX_ROWS);
  g_assert_cmpuint (jz_table_get_n_columns (table), <=, JZ_TABLE_MAX_COLUMNS);
  for (guint row = 0; row < jz_table_get_n_rows (table); row++) {
    guint n_texts = 0;
    g_assert_true (row == 0 || jz_table_get_line (table, row) > jz_table_get_line (table, row - 1));
    for (guint column = 0; column < jz_table_get_n_columns (table); column++) {
      const char *text = jz_table_get_text (table, row, column);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      n_texts += text[0] != '\0';
    }
    g_assert_cmpuint (n_texts, >, 0);
  }
  return 0;
}
