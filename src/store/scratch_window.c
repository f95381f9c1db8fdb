/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/scratch.h"

#include "store/scratch-private.h"

/* What the window remembers of each case and each recording, so that long lists need not work it
 * out (design §2). All of it can be made anew from the store. */
#define WINDOW_VERSION "3"
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
  "CREATE INDEX IF NOT EXISTS case_item_by_due ON case_item (due);"                                \
  "CREATE TABLE IF NOT EXISTS recording_row (key INTEGER PRIMARY KEY, case_key INTEGER NOT NULL, " \
  "  file TEXT NOT NULL, step TEXT NOT NULL, go TEXT NOT NULL, number_key TEXT NOT NULL, "         \
  "  name TEXT NOT NULL, label TEXT NOT NULL, device TEXT NOT NULL, model TEXT NOT NULL, "         \
  "  began TEXT NOT NULL, duration INTEGER NOT NULL, stored TEXT NOT NULL, state TEXT NOT "        \
  "  NULL, flags INTEGER NOT NULL, words TEXT NOT NULL, day TEXT NOT NULL, digits INTEGER NOT "    \
  "  NULL, serial INTEGER NOT NULL) STRICT;"                                                       \
  "CREATE INDEX IF NOT EXISTS recording_row_by_number ON recording_row (number_key, key, flags);"  \
  "CREATE INDEX IF NOT EXISTS recording_row_by_name ON recording_row (name, key, flags);"          \
  "CREATE INDEX IF NOT EXISTS recording_row_by_label ON recording_row (label, key, flags);"        \
  "CREATE INDEX IF NOT EXISTS recording_row_by_began ON recording_row (began, key, flags);"        \
  "CREATE INDEX IF NOT EXISTS recording_row_by_duration ON recording_row (duration, key, flags);"  \
  "CREATE INDEX IF NOT EXISTS recording_row_by_stored ON recording_row (stored, key, flags);"      \
  "CREATE INDEX IF NOT EXISTS recording_row_by_state ON recording_row (state, key, flags);"        \
  "CREATE INDEX IF NOT EXISTS recording_row_by_device ON recording_row (device, key, flags, "      \
  "  began, model);"                                                                               \
  "CREATE INDEX IF NOT EXISTS recording_row_by_key ON recording_row (key, flags);"                 \
  "CREATE INDEX IF NOT EXISTS recording_row_by_case ON recording_row (case_key);"                  \
  "CREATE INDEX IF NOT EXISTS recording_row_by_serial ON recording_row (device, day, "             \
  "  digits, serial) WHERE digits > 0;"

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
                              "case_row_person; DROP TABLE IF EXISTS case_item; DROP TABLE IF "
                              "EXISTS recording_row; DELETE FROM local WHERE name GLOB "
                              "'case_rows*'",
                              error))
    return FALSE;
  return jz_connection_execute (connection, WINDOW_SCHEMA, error) &&
         jz_connection_run (connection, error,
                            "INSERT INTO local (name, value) VALUES ('window', ?) ON CONFLICT "
                            "(name) DO UPDATE SET value = excluded.value WHERE value <> "
                            "excluded.value",
                            "t", WINDOW_VERSION);
}

/**
 * jz_scratch_forget_row:
 * @connection: the scratch database, being written
 * @case_id: a case
 * @error: return location
 *
 * Returns: whether nothing of the case is kept for lists any more
 */
gboolean
jz_scratch_forget_row (JzConnection *connection, const char *case_id, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM recording_row WHERE case_key = (SELECT key FROM case_row WHERE id = ?)",
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
