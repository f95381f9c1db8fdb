/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-fixture.h"

#include <stdlib.h>
#include <string.h>

#include "office/replay.h"

void
opened_clear (Opened *self)
{
  jz_store_return_reader (self->store, self->reader);
  jz_store_close (self->store);
}

void
open_demo (Opened *self, const char *path)
{
  g_autoptr (GError) error = NULL;

  self->store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, &error);
  g_assert_no_error (error);
  self->reader = jz_store_lease_reader (self->store, &error);
  g_assert_no_error (error);
}

gint64
count (const Opened *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = -1;

  g_assert_true (jz_connection_get_number (self->reader, &number, &error, sql, ""));
  g_assert_no_error (error);
  return number;
}

char *
list (const Opened *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStatement) rows = jz_connection_query (self->reader, &error, sql, "");
  GString *text = g_string_new (NULL);
  gboolean has_row = TRUE;

  g_assert_no_error (error);
  while (jz_statement_step (rows, &has_row, &error) && has_row)
    for (int i = 0; i < sqlite3_column_count (jz_statement_get_handle (rows)); i++)
      g_string_append_printf (text, "%s%s", jz_statement_get_text (rows, i),
                              i + 1 < sqlite3_column_count (jz_statement_get_handle (rows)) ? "\t"
                                                                                            : "\n");
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

static char *
replace (const char *text, const char *pattern, const char *by)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, &error);
  char *result;

  g_assert_no_error (error);
  result = g_regex_replace (regex, text, -1, 0, by, 0, &error);
  g_assert_no_error (error);
  return result;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* What is made of keys and salts differs: hashes of entries, certificates and key files, and the
 * sizes of certificates. Blobs of other tables are the content of files and stay. */
static char *
mask_table (const char *table, const char *lines, GHashTable *certificates)
{
  static const char *const tables[] = { "case_chain", "certificate", "gate_override", "key_file",
                                        "proposal",   "store_chain", "subtree",       NULL };
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  for (char **line = parts; *line != NULL; line++) {
    g_auto (GStrv) columns = g_strsplit (*line, "\t", -1);
    if (strcmp (table, "certificate") == 0 && columns[0] != NULL)
      g_hash_table_add (certificates, g_strdup (columns[0]));
    if (g_strv_contains (tables, table)) {
      char *masked = replace (*line, "X'[0-9A-F]+'", "X");
      g_free (*line);
      *line = masked;
    } else if (strcmp (table, "object_use") == 0 && columns[0] != NULL &&
               g_hash_table_contains (certificates, columns[0])) {
      g_free (*line);
      *line = g_strdup_printf ("X\t%s\tX", columns[1]);
    }
  }
  qsort (parts, g_strv_length (parts), sizeof *parts, compare_lines);
  return g_strjoinv ("\n", parts);
}

char *
get_masked_dump (const Opened *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GHashTable) certificates =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *dump = NULL;
  g_auto (GStrv) tables = NULL;
  GString *masked = g_string_new (NULL);

  g_assert_true (jz_dump (self->reader, stream, &error));
  g_assert_no_error (error);
  dump = g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
  /* In order of their names, so that certificates come before the uses of objects. */
  tables = g_regex_split_simple ("(?m)^table ", dump, 0, 0);
  for (char **table = tables + 1; *table != NULL; table++) {
    g_auto (GStrv) parts = g_strsplit (*table, "\n", 2);
    g_autofree char *lines = mask_table (parts[0], parts[1], certificates);
    g_string_append_printf (masked, "table %s\n%s\n", parts[0], lines);
  }
  return g_string_free (masked, FALSE);
}

char *
get_masked_journal (const Opened *self)
{
  g_autofree char *text =
    list (self, "SELECT arrival, entry.store, seq, clock, time, actor, role, act, batch, case_id, "
                "text FROM entry LEFT JOIN payload ON entry = arrival ORDER BY arrival");
  g_autofree char *without_hashes = replace (text, "[0-9a-f]{64}", "X");

  return replace (without_hashes,
                  "(\"(store_|)certificate\"|\"ca\"):\\{\"object\":\"X\",\"size\":[0-9]+", "\\1");
}
