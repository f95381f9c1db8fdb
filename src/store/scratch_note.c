/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/scratch.h"

/* Notes of a store about itself that are no records: when it was last backed up, and to where. They
 * are kept by whatever program did it, also while another one has the store open, so each is one
 * statement on a connection of its own. */

#define PREFIX "note."

static char *
get_path (const char *store_path)
{
  return g_build_filename (store_path, "scratch.db", NULL);
}

/**
 * jz_scratch_keep_note:
 * @store_path: a store's folder
 * @name: what the note is about
 * @note: the note; it takes the place of the earlier one of this name
 * @error: return location
 *
 * Keeps a note beside the store. Losing it loses no record, and it never goes into the journal.
 *
 * Returns: whether it was kept
 */
gboolean
jz_scratch_keep_note (const char *store_path, const char *name, const JzJson *note, GError **error)
{
  g_autofree char *path = get_path (store_path);
  g_autofree char *full = g_strconcat (PREFIX, name, NULL);
  g_autofree char *text = jz_json_to_canonical (note, NULL);
  g_autoptr (JzConnection) connection = jz_connection_open (path, JZ_CONNECTION_DRAFTS, error);

  return connection != NULL &&
         jz_connection_execute (connection,
                                "CREATE TABLE IF NOT EXISTS local (name TEXT PRIMARY KEY, value "
                                "TEXT NOT NULL) STRICT, WITHOUT ROWID",
                                error) &&
         jz_connection_run (connection, error,
                            "INSERT INTO local (name, value) VALUES (?, ?) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                            "tt", full, text);
}

/**
 * jz_scratch_read_note:
 * @store_path: a store's folder, which somebody else may be writing
 * @name: what the note is about
 * @note: (out) (transfer full) (nullable): the note; %NULL where there is none
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_scratch_read_note (const char *store_path, const char *name, JzJson **note, GError **error)
{
  g_autofree char *path = get_path (store_path);
  g_autofree char *full = g_strconcat (PREFIX, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JzConnection) connection = NULL;

  *note = NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  connection = jz_connection_open (path, JZ_CONNECTION_READ_DRAFTS, error);
  if (connection == NULL ||
      !jz_connection_get_text (connection, &text, error, "SELECT value FROM local WHERE name = ?",
                               "t", full))
    return FALSE;
  /* A note that cannot be read is as good as none. */
  if (text != NULL)
    *note = jz_json_parse (text, strlen (text), NULL);
  return TRUE;
}
