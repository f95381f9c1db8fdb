/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/scratch.h"

#include "store/scratch-private.h"

/* What the window remembers of each case, so that long lists need not work it out (design §2). All
 * of it can be made anew from the store. */
#define WINDOW_VERSION "2"
#define WINDOW_SCHEMA                                                                              \
  "CREATE TABLE IF NOT EXISTS case_row (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "        \
  "  number TEXT NOT NULL, number_key TEXT NOT NULL, party TEXT NOT NULL, cause TEXT NOT NULL, "   \
  "  handler TEXT NOT NULL, section TEXT NOT NULL, stage TEXT NOT NULL, stage_key INTEGER NOT "    \
  "  NULL, due TEXT NOT NULL, due_name TEXT NOT NULL, place INTEGER NOT NULL, flags INTEGER NOT "  \
  "  NULL, words TEXT NOT NULL, checked TEXT NOT NULL) STRICT;"                                    \
  "CREATE INDEX IF NOT EXISTS case_row_by_number ON case_row (number_key, key, flags);"            \
  "CREATE INDEX IF NOT EXISTS case_row_by_party ON case_row (party, key, flags);"                  \
  "CREATE INDEX IF NOT EXISTS case_row_by_cause ON case_row (cause, key, flags);"                  \
  "CREATE INDEX IF NOT EXISTS case_row_by_handler ON case_row (handler, key, flags);"              \
  "CREATE INDEX IF NOT EXISTS case_row_by_stage ON case_row (stage_key, key, flags);"              \
  "CREATE INDEX IF NOT EXISTS case_row_by_due ON case_row (due, key, flags);"                      \
  "CREATE INDEX IF NOT EXISTS case_row_by_place ON case_row (place, key, flags);"                  \
  "CREATE INDEX IF NOT EXISTS case_row_by_key ON case_row (key, flags);"                           \
  "CREATE INDEX IF NOT EXISTS case_row_by_section ON case_row (section);"                          \
  "CREATE TABLE IF NOT EXISTS case_row_person (person TEXT NOT NULL, key INTEGER NOT NULL, "       \
  "  PRIMARY KEY (person, key)) STRICT, WITHOUT ROWID;"                                            \
  "CREATE INDEX IF NOT EXISTS case_row_person_by_key ON case_row_person (key);"                    \
  "CREATE TABLE IF NOT EXISTS case_item (key INTEGER NOT NULL, n INTEGER NOT NULL, role TEXT NOT " \
  "  NULL, person TEXT NOT NULL, waits INTEGER NOT NULL, due TEXT NOT NULL, body TEXT NOT NULL, "  \
  "  PRIMARY KEY (key, n)) STRICT, WITHOUT ROWID;"                                                 \
  "CREATE INDEX IF NOT EXISTS case_item_by_role ON case_item (role, due);"                         \
  "CREATE INDEX IF NOT EXISTS case_item_by_due ON case_item (due);"

/* Tables of another form are dropped: they are made anew when a list is opened. */
gboolean
jz_scratch_make_window_tables (JzConnection *connection, GError **error)
{
  g_autofree char *version = NULL;

  if (!jz_connection_get_text (connection, &version, error,
                               "SELECT value FROM local WHERE name = 'window'", ""))
    return FALSE;
  if (g_strcmp0 (version, WINDOW_VERSION) != 0 &&
      !jz_connection_execute (connection,
                              "DROP TABLE IF EXISTS case_row; DROP TABLE IF EXISTS "
                              "case_row_person; DROP TABLE IF EXISTS case_item; DELETE FROM local "
                              "WHERE name GLOB 'case_rows*'",
                              error))
    return FALSE;
  return jz_connection_execute (connection, WINDOW_SCHEMA, error) &&
         jz_connection_run (connection, error,
                            "INSERT INTO local (name, value) VALUES ('window', ?) ON CONFLICT "
                            "(name) DO UPDATE SET value = excluded.value WHERE value <> "
                            "excluded.value",
                            "t", WINDOW_VERSION);
}

/* Everything about a case. */
gboolean
jz_scratch_forget_row (JzConnection *connection, const char *case_id, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM case_item WHERE key = (SELECT key FROM case_row WHERE id = ?)",
    "DELETE FROM case_row_person WHERE key = (SELECT key FROM case_row WHERE id = ?)",
    "DELETE FROM case_row WHERE id = ?",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!jz_connection_run (connection, error, statements[i], "t", case_id))
      return FALSE;
  return TRUE;
}

/**
 * jz_scratch_write:
 * @self: a scratch database
 * @write: writes window caches
 * @data: for @write
 * @error: return location
 *
 * Runs @write in a transaction, while nobody else writes. It must be short: a sign-in waits for it.
 *
 * Returns: whether it was written
 */
gboolean
jz_scratch_write (JzScratch *self, JzScratchWrite write, gpointer data, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!jz_connection_execute (self->connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (write (self->connection, data, error) &&
      jz_connection_execute (self->connection, "COMMIT", error))
    return TRUE;
  (void)jz_connection_execute (self->connection, "ROLLBACK", NULL); /* the first fault is told */
  return FALSE;
}

/**
 * jz_scratch_open_reader:
 * @store_path: the store's folder
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a connection that reads the scratch database while it is
 *   written
 */
JzConnection *
jz_scratch_open_reader (const char *store_path, GError **error)
{
  g_autofree char *path = g_build_filename (store_path, "scratch.db", NULL);
  return jz_connection_open (path, JZ_CONNECTION_READ_DRAFTS, error);
}
