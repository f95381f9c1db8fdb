/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/text_index.h"

#include <string.h>

/* Whether the index of a store that is only read holds what its texts say. FTS5 can tell, but only
 * through a statement that writes; and two indexes of the same texts need not have the same rows,
 * for those depend on what was written when. So what FTS5 keeps is copied beside the right texts,
 * in a database of our own, and FTS5 is asked there.
 *
 * FTS5 reads its index from one end to the other for that, and does not mind when the way to a word
 * is gone. So every token, and every first sign, is looked up too. */

#define TERMS                                                                                      \
  "CREATE VIRTUAL TABLE IF NOT EXISTS temp.text_terms USING fts5vocab (main, text_fts, row)"

/* A token that begins with no sign of a text is a part of a long word: see pair_tokenizer.c. */
static GPtrArray *
list_signs (JzConnection *connection, GError **error)
{
  g_autoptr (GPtrArray) signs = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    connection, error, "SELECT DISTINCT substr (term, 1, 1) FROM temp.text_terms WHERE term >= ' '",
    "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&signs);
    g_ptr_array_add (signs, g_strdup (jz_statement_get_text (rows, 0)));
  }
  return NULL;
}

/* How many texts each sign finds. */
static GArray *
count_by_sign (JzConnection *connection, const GPtrArray *signs, GError **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < signs->len; i++) {
    g_autofree char *query =
      g_strdup_printf ("\"%s\" *", (const char *)g_ptr_array_index (signs, i));
    gint64 n_texts = 0;
    if (!jz_connection_get_number (connection, &n_texts, error,
                                   "SELECT count (*) FROM text_fts WHERE text_fts MATCH ?", "t",
                                   query))
      return NULL;
    g_array_append_val (counts, n_texts);
  }
  return g_steal_pointer (&counts);
}

static gboolean
check_ways (JzConnection *connection, const GPtrArray *signs, const GArray *right, GError **error)
{
  g_autoptr (GArray) counts = count_by_sign (connection, signs, error);
  gint64 n_lost = 0;

  if (counts == NULL ||
      !jz_connection_get_number (connection, &n_lost, error,
                                 "SELECT count (*) FROM temp.text_terms AS a WHERE NOT EXISTS "
                                 "(SELECT 1 FROM temp.text_terms AS b WHERE b.term = a.term AND "
                                 "b.doc = a.doc)",
                                 ""))
    return FALSE;
  return (n_lost == 0 && (counts->len == 0 || memcmp (counts->data, right->data,
                                                      sizeof (gint64) * counts->len) == 0)) ||
         jz_connection_fail (connection, SQLITE_CORRUPT_VTAB, error);
}

/* Whatever kind somebody gave a value: FTS5 has to make of it what it can. */
static gboolean
put_row (JzConnection *to, sqlite3_stmt *out, sqlite3_stmt *row, GError **error)
{
  int code = SQLITE_OK;

  for (int i = 0; i < sqlite3_column_count (row) && code == SQLITE_OK; i++)
    code = sqlite3_bind_value (out, i + 1, sqlite3_column_value (row, i));
  if (code == SQLITE_OK)
    code = sqlite3_step (out);
  sqlite3_reset (out); /* a step that failed has told its error already */
  return code == SQLITE_DONE || jz_connection_fail (to, code, error);
}

static gboolean
put_rows (JzConnection *to, sqlite3_stmt *out, JzStatement *rows, GError **error)
{
  gboolean has_row = FALSE;

  while (jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!put_row (to, out, jz_statement_get_handle (rows), error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
copy_rows (JzConnection *to,
           JzConnection *from,
           const char *select,
           const char *insert,
           GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (from, error, select, "");
  sqlite3_stmt *out = NULL;
  gboolean is_copied;
  int code;

  if (rows == NULL)
    return FALSE;
  code = sqlite3_prepare_v2 (jz_connection_get_handle (to), insert, -1, &out, NULL);
  is_copied =
    code == SQLITE_OK ? put_rows (to, out, rows, error) : jz_connection_fail (to, code, error);
  sqlite3_finalize (out);
  return is_copied;
}

/* FTS5 remembers what it has read of its tables, until the schema is read anew. */
static gboolean
copy_index (JzConnection *to, JzConnection *from, GError **error)
{
  return jz_connection_execute (to, "DELETE FROM text_fts_data; DELETE FROM text_fts_idx", error) &&
         copy_rows (to, from, "SELECT id, block FROM text_fts_data",
                    "INSERT OR REPLACE INTO text_fts_data (id, block) VALUES (?, ?)", error) &&
         copy_rows (to, from, "SELECT segid, term, pgno FROM text_fts_idx",
                    "INSERT OR REPLACE INTO text_fts_idx (segid, term, pgno) VALUES (?, ?, ?)",
                    error) &&
         jz_connection_execute (to, "PRAGMA writable_schema = RESET", error);
}

static gboolean
replace_index (JzConnection *connection, JzConnection *other, GError **error)
{
  sqlite3 *handle = jz_connection_get_handle (connection);
  gboolean is_copied;

  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  is_copied = jz_connection_execute (connection, "BEGIN", error) &&
              copy_index (connection, other, error) &&
              jz_connection_execute (connection, "COMMIT", error);
  if (!is_copied)
    (void)jz_connection_execute (connection, "ROLLBACK", NULL); /* the error is told already */
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return is_copied;
}

/* Two stores of the same texts need not have taken the same ones into the index. */
static gboolean
move_until (JzConnection *connection, gint64 until, GError **error)
{
  gint64 from = 0;
  const char *move = "INSERT INTO text_fts (rowid, body) SELECT id, body FROM text WHERE id > ? "
                     "AND id <= ? ORDER BY id";

  if (!jz_text_index_get_until (connection, &from, error))
    return FALSE;
  if (until < from)
    move = "INSERT INTO text_fts (text_fts, rowid, body) SELECT 'delete', id, body FROM text WHERE "
           "id > ? AND id <= ?";
  return jz_connection_run (connection, error, move, "ii", MIN (from, until), MAX (from, until)) &&
         jz_connection_run (connection, error, "UPDATE text_fts_until SET until = ?", "i", until);
}

/**
 * jz_text_index_check_other:
 * @connection: a database of our own with the right texts and their index, which is lost
 * @other: a database with an index, of any mode
 * @error: return location
 *
 * Holds the index of another database to the texts of this one.
 *
 * Returns: whether it holds what they say; else %JZ_STORE_ERROR_DAMAGED or, where FTS5 cannot even
 *   read it, %JZ_STORE_ERROR_FAILED
 */
gboolean
jz_text_index_check_other (JzConnection *connection, JzConnection *other, GError **error)
{
  g_autoptr (GPtrArray) signs = NULL;
  g_autoptr (GArray) right = NULL;
  gint64 until = 0;

  if (!jz_text_index_get_until (other, &until, error) || !move_until (connection, until, error) ||
      !jz_connection_execute (connection, TERMS, error))
    return FALSE;
  signs = list_signs (connection, error);
  right = signs != NULL ? count_by_sign (connection, signs, error) : NULL;
  return right != NULL && replace_index (connection, other, error) &&
         jz_text_index_check (connection, error) && check_ways (connection, signs, right, error);
}
