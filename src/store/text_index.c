/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/text_index.h"

#include <string.h>

#include "store/error.h"
#include "store/pair_tokenizer.h"
#include "store/text_snippet.h"

/* The texts of a store that can be searched:
 *
 *   text            every text once, or the name of the object that it is: a derived table
 *   text_fts        FTS5 over the bodies, without a copy of them (external content), and with an
 *                   index of the tokens' first signs, for whoever looks for one character
 *   text_fts_until  up to which id the index has them; a search reads the others
 *   text_indexed    the texts that the index has: what FTS5 takes for its content
 *
 * Taking one text into the index costs more than all the rest of an act: every commit makes a
 * segment of its own, which is merged again and again. So the newest texts wait until there are
 * some, and go in together. They are few enough to be read by every search.
 *
 * A text is that of a field of something that has an id, and has one row: what takes its place gets
 * a row behind all others.
 *
 * No triggers: all that writes goes through here, and a trigger would run in a connection that does
 * not know the tokenizer only to fail there with a worse message. */

#define FORGET                                                                                     \
  "INSERT INTO text_fts (text_fts, rowid, body) SELECT 'delete', id, body FROM text_indexed "

static const char schema[] =
  "CREATE TABLE text (\n"
  "  id      INTEGER PRIMARY KEY,\n"
  "  case_id TEXT NOT NULL,\n"
  "  owner   TEXT NOT NULL,\n"
  "  field   TEXT NOT NULL,\n"
  "  body    TEXT NOT NULL,\n"
  "  object  BLOB NOT NULL,\n"
  "  UNIQUE (owner, field)\n"
  ") STRICT;\n"
  "CREATE INDEX text_of_object ON text (id) WHERE object <> x'';\n"
  "CREATE TABLE text_fts_until (\n"
  "  key   INTEGER PRIMARY KEY CHECK (key = 1),\n"
  "  until INTEGER NOT NULL CHECK (until >= 0)\n"
  ") STRICT;\n"
  "INSERT INTO text_fts_until (key, until) VALUES (1, 0);\n"
  "CREATE VIEW text_indexed (id, body) AS\n"
  "  SELECT id, body FROM text WHERE id <= (SELECT until FROM text_fts_until);\n"
  "CREATE VIRTUAL TABLE text_fts USING fts5 (\n"
  "  body, content = 'text_indexed', content_rowid = 'id', columnsize = 0, prefix = '1',\n"
  "  tokenize = '" JZ_PAIR_TOKENIZER_NAME "'\n"
  ")";

/**
 * jz_text_index_create:
 * @connection: a connection without them
 * @error: return location
 *
 * Makes the tables `text` and `text_fts` and what goes with them, empty.
 *
 * Returns: whether they were made
 */
gboolean
jz_text_index_create (JzConnection *connection, GError **error)
{
  return jz_connection_execute (connection, schema, error);
}

/* What FTS5 cannot open it cannot drop either. */
static gboolean
drop_unreadable (JzConnection *connection, GError **error)
{
  static const char script[] = "PRAGMA writable_schema = ON;"
                               "DELETE FROM sqlite_schema WHERE name = 'text_fts';"
                               "PRAGMA writable_schema = RESET";
  sqlite3 *handle = jz_connection_get_handle (connection);
  gboolean is_dropped;

  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  is_dropped = jz_connection_execute (connection, script, error);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  return is_dropped;
}

/**
 * jz_text_index_drop:
 * @connection: a connection that writes
 * @error: return location
 *
 * Drops the tables where there are any, with those that FTS5 keeps behind `text_fts`, also when
 * they are damaged or some of them are missing.
 *
 * Returns: whether they are gone
 */
gboolean
jz_text_index_drop (JzConnection *connection, GError **error)
{
  /* Without the index itself those behind it are ordinary tables, which nobody else drops. */
  static const char rest[] = "DROP TABLE IF EXISTS text_fts_data;"
                             "DROP TABLE IF EXISTS text_fts_idx;"
                             "DROP TABLE IF EXISTS text_fts_docsize;"
                             "DROP TABLE IF EXISTS text_fts_content;"
                             "DROP TABLE IF EXISTS text_fts_config;"
                             "DROP VIEW IF EXISTS text_indexed;"
                             "DROP TABLE IF EXISTS text_fts_until;"
                             "DROP TABLE IF EXISTS text";

  return (jz_connection_execute (connection, "DROP TABLE IF EXISTS text_fts", NULL) ||
          drop_unreadable (connection, error)) &&
         jz_connection_execute (connection, rest, error);
}

/**
 * jz_text_index_remove:
 * @connection: a connection inside a transaction, which is rolled back when this fails
 * @owner: id of what has the text
 * @field: which of its fields; there need not be a text
 * @error: return location
 *
 * Takes a text out: it is not found any more. Its words stay in the file until
 * jz_text_index_rebuild() or jz_text_index_purge().
 *
 * Returns: whether it is out
 */
gboolean
jz_text_index_remove (JzConnection *connection,
                      const char *owner,
                      const char *field,
                      GError **error)
{
  gint64 id = 0;

  if (!jz_connection_get_number (connection, &id, error,
                                 "SELECT id FROM text WHERE owner = ? AND field = ?", "tt", owner,
                                 field))
    return FALSE;
  return id == 0 ||
         (jz_connection_run (connection, error, FORGET "WHERE id = ?", "i", id) &&
          jz_connection_run (connection, error, "DELETE FROM text WHERE id = ?", "i", id));
}

/**
 * jz_text_index_get_until:
 * @connection: a connection of any mode
 * @until: (out): greatest id that the index may have, not negative
 * @error: return location
 *
 * Returns: whether it could be read; %JZ_STORE_ERROR_DAMAGED where it is not told
 */
gboolean
jz_text_index_get_until (JzConnection *connection, gint64 *until, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row =
    jz_connection_query (connection, error, "SELECT until FROM text_fts_until", "");

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  *until = has_row ? jz_statement_get_integer (row, 0) : -1;
  return *until >= 0 || jz_connection_fail (connection, SQLITE_CORRUPT_VTAB, error);
}

/**
 * jz_text_index_catch_up:
 * @connection: a connection inside a transaction, which is rolled back when this fails
 * @error: return location
 *
 * Takes the texts that wait into the index. What is found is the same before and after.
 *
 * Returns: whether none waits any more
 */
gboolean
jz_text_index_catch_up (JzConnection *connection, GError **error)
{
  return jz_connection_run (connection, error,
                            "INSERT INTO text_fts (rowid, body) SELECT id, body FROM text WHERE "
                            "id > (SELECT until FROM text_fts_until) ORDER BY id",
                            "") &&
         jz_connection_run (connection, error,
                            "UPDATE text_fts_until SET until = max (until, coalesce ((SELECT "
                            "max (id) FROM text), 0))",
                            "");
}

static gboolean
index_text (JzConnection *connection, const JzIndexedText *text, GError **error)
{
  gint64 until = 0;

  if (!jz_text_index_get_until (connection, &until, error))
    return FALSE;
  if (text->id <= until)
    return jz_connection_run (connection, error, "INSERT INTO text_fts (rowid, body) VALUES (?, ?)",
                              "it", text->id, text->body);
  return text->id - until < JZ_WAITING_TEXTS || jz_text_index_catch_up (connection, error);
}

/**
 * jz_text_index_put:
 * @connection: a connection inside a transaction, which is rolled back when this fails
 * @text: a text with an id that no text has had
 * @error: return location
 *
 * Keeps a text; it takes the place of the one of the same field.
 *
 * Returns: whether it is kept
 */
gboolean
jz_text_index_put (JzConnection *connection, const JzIndexedText *text, GError **error)
{
  return jz_text_index_remove (connection, text->owner, text->field, error) &&
         jz_connection_run (connection, error,
                            "INSERT INTO text (id, case_id, owner, field, body, object) "
                            "VALUES (?, ?, ?, ?, ?, ?)",
                            "itttth", text->id, text->case_id, text->owner, text->field, text->body,
                            text->object) &&
         index_text (connection, text, error);
}

/**
 * jz_text_index_remove_between:
 * @connection: a connection inside a transaction, which is rolled back when this fails
 * @first: an id
 * @last: another, not smaller
 * @error: return location
 *
 * Takes all texts with ids from @first to @last out, as jz_text_index_remove() does.
 *
 * Returns: whether they are out
 */
gboolean
jz_text_index_remove_between (JzConnection *connection, gint64 first, gint64 last, GError **error)
{
  return jz_connection_run (connection, error, FORGET "WHERE id BETWEEN ? AND ?", "ii", first,
                            last) &&
         jz_connection_run (connection, error, "DELETE FROM text WHERE id BETWEEN ? AND ?", "ii",
                            first, last);
}

/**
 * jz_text_match_free:
 * @self: (transfer full): a text that was found
 */
void
jz_text_match_free (JzTextMatch *self)
{
  g_free (self->case_id);
  g_free (self->owner);
  g_free (self->field);
  g_free (self->snippet);
  g_array_unref (self->marks);
  g_free (self);
}

/**
 * jz_text_match_new:
 * @text: a text
 * @query: what is looked for
 *
 * Looks into one text, without an index.
 *
 * Returns: (transfer full) (nullable): where it was found, %NULL where it was not
 */
JzTextMatch *
jz_text_match_new (const JzIndexedText *text, const JzSearchQuery *query)
{
  gsize length = strlen (text->body);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (JzSearchSpan));
  JzTextMatch *self;

  if (!jz_search_query_find (query, text->body, length, hits))
    return NULL;
  self = g_new0 (JzTextMatch, 1);
  self->id = text->id;
  self->case_id = g_strdup (text->case_id);
  self->owner = g_strdup (text->owner);
  self->field = g_strdup (text->field);
  self->marks = g_array_new (FALSE, FALSE, sizeof (JzSearchSpan));
  self->snippet = jz_text_snippet_new (text->body, length, hits, self->marks);
  return self;
}

/* Nothing where an index that was tampered with finds what is not there. */
static JzTextMatch *
read_match (JzStatement *row, const JzSearchQuery *query)
{
  const JzIndexedText text = { .id = jz_statement_get_integer (row, 0),
                               .case_id = jz_statement_get_text (row, 1),
                               .owner = jz_statement_get_text (row, 2),
                               .field = jz_statement_get_text (row, 3),
                               .body = jz_statement_get_text (row, 4) };
  return jz_text_match_new (&text, query);
}

/* Adds what a query finds, a row after the other. */
static gboolean
add_matches (GPtrArray *matches,
             JzStatement *row,
             const JzSearchQuery *query,
             guint limit,
             GError **error)
{
  gboolean has_row = FALSE;

  while (row != NULL && matches->len < limit) {
    JzTextMatch *match;
    if (!jz_statement_step (row, &has_row, error))
      return FALSE;
    if (!has_row)
      return TRUE;
    match = read_match (row, query);
    if (match != NULL)
      g_ptr_array_add (matches, match);
  }
  return row != NULL;
}

static gboolean
add_waiting (GPtrArray *matches,
             JzConnection *connection,
             const JzSearchQuery *query,
             gint64 until,
             gint64 before,
             guint limit,
             GError **error)
{
  g_autoptr (JzStatement) row =
    jz_connection_query (connection, error,
                         "SELECT id, case_id, owner, field, body FROM text WHERE id > ? AND id < ? "
                         "ORDER BY id DESC",
                         "ii", until, before);
  return add_matches (matches, row, query, limit, error);
}

/* An index that was tampered with may find what is not there, which does not count. */
static gboolean
add_indexed (GPtrArray *matches,
             JzConnection *connection,
             const JzSearchQuery *query,
             gint64 before,
             guint limit,
             GError **error)
{
  g_autoptr (JzStatement) row = jz_connection_query (
    connection, error,
    "SELECT text.id, case_id, owner, field, text.body "
    "FROM text_fts CROSS JOIN text ON text.id = text_fts.rowid "
    "WHERE text_fts MATCH ? AND text_fts.rowid < ? ORDER BY text_fts.rowid DESC LIMIT ?",
    "tii", jz_search_query_get_expression (query), before, (gint64)(limit - matches->len));
  return add_matches (matches, row, query, limit, error);
}

/**
 * jz_text_index_search:
 * @connection: a connection of any mode
 * @query: what to look for
 * @before: only texts with smaller ids: %G_MAXINT64, or the last id of the page before
 * @limit: at most so many
 * @error: return location
 *
 * Finds texts, those with the greatest ids first. An empty query finds nothing, and texts that are
 * objects are not found here.
 *
 * Returns: (transfer full) (nullable) (element-type JzTextMatch): what was found; %NULL only on
 *   failure
 */
GPtrArray *
jz_text_index_search (JzConnection *connection,
                      const JzSearchQuery *query,
                      gint64 before,
                      guint limit,
                      GError **error)
{
  g_autoptr (GPtrArray) matches =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_text_match_free);
  gint64 until = 0;

  if (jz_search_query_is_empty (query))
    return g_steal_pointer (&matches);
  if (!jz_text_index_get_until (connection, &until, error) ||
      !add_waiting (matches, connection, query, until, before, limit, error))
    return NULL;
  if (matches->len < limit &&
      !add_indexed (matches, connection, query, before <= until ? before : until + 1, limit, error))
    return NULL;
  return g_steal_pointer (&matches);
}

/**
 * jz_text_index_rebuild:
 * @connection: a connection that writes
 * @error: return location
 *
 * Makes the index anew from all texts, so that it holds words of no other. With
 * secure_delete, which every writing connection has, the pages that it gives back are zeroed; what
 * is left in gaps of pages still in use only goes with VACUUM.
 *
 * Returns: whether it was done
 */
gboolean
jz_text_index_rebuild (JzConnection *connection, GError **error)
{
  static const char script[] =
    "SAVEPOINT rebuild_texts;"
    "INSERT INTO text_fts_until (key, until) SELECT 1, coalesce (max (id), 0) FROM text WHERE TRUE "
    "ON CONFLICT (key) DO UPDATE SET until = excluded.until;"
    "INSERT INTO text_fts (text_fts) VALUES ('rebuild');"
    "RELEASE rebuild_texts";

  if (jz_connection_execute (connection, script, error))
    return TRUE;
  /* The error is told already; where the savepoint itself failed there is nothing to undo. */
  (void)jz_connection_execute (connection, "ROLLBACK TO rebuild_texts; RELEASE rebuild_texts",
                               NULL);
  return FALSE;
}

/* A log that a reader still needs cannot go, and what it holds stays readable. */
static gboolean
empty_log (JzConnection *connection, GError **error)
{
  gint64 is_busy = 0;

  if (!jz_connection_get_number (connection, &is_busy, error, "PRAGMA wal_checkpoint (TRUNCATE)",
                                 ""))
    return FALSE;
  return is_busy == 0 || jz_connection_fail (connection, SQLITE_BUSY, error);
}

/**
 * jz_text_index_purge:
 * @connection: the writing connection, outside a transaction
 * @error: return location
 *
 * Makes sure that nothing of the texts that were removed or replaced is in the database's files
 * any more: neither in its tables, nor in the index (FTS5 before 3.42 only marks removed words, and
 * keeps them until segments happen to be merged), nor in free pages, nor in the log. It writes the
 * whole database anew and needs as much room again; with a million texts it takes minutes. Whoever
 * does all the rest anyway, as a destruction does, calls only jz_text_index_rebuild().
 *
 * Returns: whether it was done; %JZ_STORE_ERROR_BUSY when a reader kept the log from being emptied:
 *   then call it again
 */
gboolean
jz_text_index_purge (JzConnection *connection, GError **error)
{
  /* Before the work it shows whether a reader is in the way. */
  return empty_log (connection, error) && jz_text_index_rebuild (connection, error) &&
         jz_connection_execute (connection, "VACUUM", error) && empty_log (connection, error);
}

/**
 * jz_text_index_check:
 * @connection: a writing connection
 * @error: return location
 *
 * Reads all of the index and all texts.
 *
 * Returns: whether the index holds what the texts say that it must hold; else
 * %JZ_STORE_ERROR_DAMAGED, which jz_text_index_rebuild() mends
 */
gboolean
jz_text_index_check (JzConnection *connection, GError **error)
{
  gint64 until = 0;
  gint64 newest = 0;

  if (!jz_text_index_get_until (connection, &until, error) ||
      !jz_connection_get_number (connection, &newest, error,
                                 "SELECT coalesce (max (id), 0) FROM text", ""))
    return FALSE;
  if (newest > until && newest - until >= JZ_WAITING_TEXTS)
    return jz_connection_fail (connection, SQLITE_CORRUPT_VTAB, error);
  return jz_connection_execute (
    connection, "INSERT INTO text_fts (text_fts, rank) VALUES ('integrity-check', 1)", error);
}
