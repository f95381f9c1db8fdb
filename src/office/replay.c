/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/replay.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/apply.h"
#include "office/destruction.h"
#include "store/error.h"

/* Replaying the journal: apply over every entry in order of arrival fills empty derived tables. The
 * destructions are read first, because a payload that they took away cannot be missed. */

static gboolean
fail_missing_payload (const JzJournalRecord *record, GError **error)
{
  g_autofree char *id = jz_entry_get_id (record->entry);

  g_set_error (
    error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
    _ ("The payload of entry %s is missing, and no destruction took it. Restore the store from its "
       "newest backup."),
    id);
  return FALSE;
}

static gboolean
replay_record (JzConnection *tables,
               JzConnection *journal,
               const JzJournalRecord *record,
               GHashTable *destroyed,
               JzReplayStep step,
               gpointer data,
               GError **error)
{
  g_autofree char *id = jz_entry_get_id (record->entry);
  gboolean was_destroyed = g_hash_table_contains (destroyed, id);

  if (step != NULL && !step (tables, record, was_destroyed, data, error))
    return FALSE;
  if (!jz_journal_index (tables, journal, record, error))
    return FALSE;
  if (was_destroyed)
    return TRUE;
  if (record->payload == NULL)
    return fail_missing_payload (record, error);
  return jz_apply_record (tables, journal, record, FALSE, error);
}

/**
 * jz_replay:
 * @tables: where the derived tables are, empty
 * @journal: where the entries are; may be the same connection
 * @step: (nullable): called before each entry
 * @data: for @step
 * @error: return location
 *
 * Fills the derived tables from the journal.
 *
 * Returns: whether every entry was applied
 */
gboolean
jz_replay (JzConnection *tables,
           JzConnection *journal,
           JzReplayStep step,
           gpointer data,
           GError **error)
{
  g_autoptr (GHashTable) destroyed = jz_destruction_list (journal, NULL, error);
  g_autoptr (JzJournalCursor) cursor = NULL;

  if (destroyed == NULL)
    return FALSE;
  cursor = jz_journal_cursor_new (journal, 1, G_MAXINT64, error);
  if (cursor == NULL)
    return FALSE;
  for (;;) {
    g_autoptr (JzJournalRecord) record = NULL;
    if (!jz_journal_cursor_next (cursor, &record, error))
      return FALSE;
    if (record == NULL)
      return TRUE;
    if (!replay_record (tables, journal, record, destroyed, step, data, error))
      return FALSE;
  }
}

/**
 * jz_replay_into:
 * @connection: a store's database whose derived tables are empty
 * @data: unused
 * @error: return location
 *
 * What a migration calls, see #JzReplay.
 *
 * Returns: whether every entry was applied
 */
gboolean
jz_replay_into (JzConnection *connection, gpointer data, GError **error)
{
  return jz_replay (connection, connection, NULL, NULL, error);
}

static char *
make_column_list (JzConnection *tables,
                  const char *table,
                  const char *sql,
                  const char *separator,
                  GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  gboolean has_row = TRUE;
  g_autoptr (JzStatement) rows = jz_connection_query (tables, error, sql, "t", table);

  for (;;) {
    if (rows == NULL || !jz_statement_step (rows, &has_row, error))
      return NULL;
    if (!has_row)
      break;
    g_string_append_printf (list, "%s%s", list->len > 0 ? separator : "",
                            jz_statement_get_text (rows, 0));
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static char *
make_query (JzConnection *tables, const char *table, gboolean is_quoted, GError **error)
{
  g_autofree char *key = make_column_list (
    tables, table,
    "SELECT '\"' || name || '\"' FROM pragma_table_info (?) WHERE pk > 0 ORDER BY pk", ", ", error);
  g_autofree char *columns =
    key != NULL
      ? make_column_list (tables, table,
                          is_quoted
                            ? "SELECT 'quote (\"' || name || '\")' FROM pragma_table_info (?) "
                              "ORDER BY cid"
                            : "SELECT '\"' || name || '\"' FROM pragma_table_info (?) ORDER BY cid",
                          ", ", error)
      : NULL;

  return columns != NULL
           ? g_strdup_printf ("SELECT %s FROM \"%s\" ORDER BY %s", columns, table, key)
           : NULL;
}

static gboolean
dump_table (JzConnection *tables, const char *table, GOutputStream *stream, GError **error)
{
  g_autofree char *sql = make_query (tables, table, TRUE, error);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = sql != NULL ? jz_connection_query (tables, error, sql, "") : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_printf (line, "table %s\n", table);
  while (rows != NULL &&
         g_output_stream_write_all (stream, line->str, line->len, NULL, NULL, error)) {
    int n_columns = sqlite3_column_count (jz_statement_get_handle (rows));
    if (!jz_statement_step (rows, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    g_string_truncate (line, 0);
    for (int i = 0; i < n_columns; i++)
      g_string_append_printf (line, "%s%s", i > 0 ? "\t" : "", jz_statement_get_text (rows, i));
    g_string_append_c (line, '\n');
  }
  return FALSE;
}

/**
 * jz_dump:
 * @tables: derived tables
 * @stream: where to
 * @error: return location
 *
 * Writes the canonical dump (format §8).
 *
 * Returns: whether all of it was written
 */
gboolean
jz_dump (JzConnection *tables, GOutputStream *stream, GError **error)
{
  g_auto (GStrv) names = jz_schema_list_derived (tables, error);

  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (!dump_table (tables, names[i], stream, error))
      return FALSE;
  return names != NULL;
}

static gboolean
values_equal (sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
  int type = sqlite3_column_type (a, column);
  int length;

  if (type != sqlite3_column_type (b, column))
    return FALSE;
  if (type == SQLITE_INTEGER)
    return sqlite3_column_int64 (a, column) == sqlite3_column_int64 (b, column);
  if (type == SQLITE_NULL)
    return TRUE;
  /* By bytes and length: quote() would stop at a NUL that somebody put in. */
  length = sqlite3_column_bytes (a, column);
  return length == sqlite3_column_bytes (b, column) &&
         (length == 0 || memcmp (sqlite3_column_blob (a, column), sqlite3_column_blob (b, column),
                                 (gsize)length) == 0);
}

static char *
describe_row (sqlite3_stmt *row, const char *table)
{
  const char *value = (const char *)sqlite3_column_text (row, 0);
  return g_strdup_printf (_ ("table %s, row %s"), table,
                          sqlite3_column_type (row, 0) == SQLITE_BLOB ? _ ("(binary)") : value);
}

static gboolean
compare_table (JzConnection *expected,
               JzConnection *found,
               const char *table,
               guint max,
               GPtrArray *differences,
               GError **error)
{
  g_autofree char *sql = make_query (expected, table, FALSE, error);
  gboolean has_a = TRUE;
  gboolean has_b = TRUE;
  g_autoptr (JzStatement) a = sql != NULL ? jz_connection_query (expected, error, sql, "") : NULL;
  g_autoptr (JzStatement) b = a != NULL ? jz_connection_query (found, error, sql, "") : NULL;

  while (b != NULL) {
    sqlite3_stmt *row_a = jz_statement_get_handle (a);
    sqlite3_stmt *row_b = jz_statement_get_handle (b);
    if (!jz_statement_step (a, &has_a, error) || !jz_statement_step (b, &has_b, error))
      return FALSE;
    if (!has_a && !has_b)
      return TRUE;
    if (has_a != has_b) {
      g_autofree char *place = describe_row (has_a ? row_a : row_b, table);
      g_ptr_array_add (differences,
                       has_a ? g_strdup_printf (_ ("A row is missing: %s."), place)
                             : g_strdup_printf (_ ("A row was added by hand: %s."), place));
      return TRUE;
    }
    for (int i = 0; i < sqlite3_column_count (row_a); i++)
      if (!values_equal (row_a, row_b, i)) {
        g_autofree char *place = describe_row (row_b, table);
        g_ptr_array_add (
          differences,
          g_strdup_printf (_ ("A value differs from what the journal gives: %s, column "
                              "%s."),
                           place, sqlite3_column_name (row_a, i)));
        if (differences->len >= max)
          return TRUE;
      }
  }
  return FALSE;
}

/**
 * jz_replay_compare:
 * @expected: derived tables as the journal gives them
 * @found: derived tables as they are stored
 * @max: after so many differences it stops
 * @differences: (element-type utf8): gets a sentence for each
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_replay_compare (JzConnection *expected,
                   JzConnection *found,
                   guint max,
                   GPtrArray *differences,
                   GError **error)
{
  g_auto (GStrv) names = jz_schema_list_derived (expected, error);

  for (gsize i = 0; names != NULL && names[i] != NULL && differences->len < max; i++)
    if (!compare_table (expected, found, names[i], max, differences, error))
      return FALSE;
  return names != NULL;
}

static gboolean
rebuild (JzConnection *connection, GError **error)
{
  return jz_schema_drop_derived (connection, error) &&
         jz_schema_create_derived (connection, error) && jz_replay_into (connection, NULL, error) &&
         jz_connection_execute (connection, "COMMIT", error);
}

static gboolean
rebuild_alone (JzConnection *connection, gpointer data, GError **error)
{
  gboolean is_done;

  /* Derived tables refer to each other, so they can only be dropped while nobody checks. */
  if (!jz_connection_execute (connection, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE", error))
    return FALSE;
  is_done = rebuild (connection, error);
  if (!is_done)
    jz_connection_execute (connection, "ROLLBACK", NULL); /* the error is told already */
  if (!jz_connection_execute (connection, "PRAGMA foreign_keys = ON", is_done ? error : NULL))
    return FALSE;
  return is_done;
}

/**
 * jz_rebuild:
 * @store: a store open for writing
 * @error: return location
 *
 * Makes the derived tables anew from the journal, in one transaction.
 *
 * Returns: whether it was done; the store is as it was when not
 */
gboolean
jz_rebuild (JzStore *store, GError **error)
{
  return jz_writer_run_alone (jz_store_get_writer (store), rebuild_alone, NULL, error);
}

/**
 * jz_rebuild_at:
 * @path: a store's folder
 * @error: return location
 *
 * Opens a store only as far as a rebuild needs it: its derived tables may be in any state.
 *
 * Returns: whether it was done
 */
gboolean
jz_rebuild_at (const char *path, GError **error)
{
  g_autoptr (JzStore) store = jz_store_open (path, JZ_STORE_WRITE, jz_replay_into, NULL, error);
  return store != NULL && jz_rebuild (store, error);
}
