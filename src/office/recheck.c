/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recheck.h"

#include <string.h>

#include "store/scratch.h"

/* What was taken in is read again once, later and slowly: a disk may fail to keep what it said it
 * has written. How far that has come, and which files are damaged, is a note of this machine; the
 * full check of a store is `verify`. */

#define NOTE "recheck"

static gboolean
read_note (JzOffice *office, JzJson **note, GError **error)
{
  if (!jz_scratch_read_note (jz_store_get_path (jz_office_get_store (office)), NOTE, note, error))
    return FALSE;
  if (*note == NULL || jz_json_get_kind (*note) != JZ_JSON_OBJECT) {
    g_clear_pointer (note, jz_json_unref);
    *note = jz_json_new_object ();
  }
  if (jz_json_get_member (*note, "damaged") == NULL)
    jz_json_set_member (*note, "damaged", jz_json_new_array ());
  return TRUE;
}

static gboolean
find_next (JzConnection *reader, gint64 after, gint64 *key, JzHash *object, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error, "SELECT key, object FROM attachment WHERE key > ? ORDER BY key LIMIT 1", "i",
    after);

  *key = 0;
  if (rows == NULL || !jz_statement_step (rows, &has_row, error))
    return FALSE;
  if (has_row && jz_statement_get_hash (rows, 1, object))
    *key = jz_statement_get_integer (rows, 0);
  return TRUE;
}

/**
 * jz_recheck_step:
 * @office: an office open for writing
 * @reader: a connection that reads
 * @pause_us: how long to rest after each MiB
 * @cancellable: (nullable): to end it; then the file is read anew another time
 * @is_done: (out): whether every file was read again
 * @error: return location
 *
 * Reads the next file again that was not yet, in the order in which they came in.
 *
 * Returns: %FALSE only when it could not look or was cancelled
 */
gboolean
jz_recheck_step (JzOffice *office,
                 JzConnection *reader,
                 gulong pause_us,
                 GCancellable *cancellable,
                 gboolean *is_done,
                 GError **error)
{
  JzStore *store = jz_office_get_store (office);
  g_autoptr (JzJson) note = NULL;
  gboolean is_sound = FALSE;
  JzHash object;
  gint64 key = 0;

  if (!read_note (office, &note, error) ||
      !find_next (reader, jz_json_get_member_integer (note, "key", 0), &key, &object, error))
    return FALSE;
  *is_done = key == 0;
  if (*is_done)
    return TRUE;
  if (!jz_objects_reread (jz_store_get_objects (store), &object, pause_us, cancellable, &is_sound,
                          error))
    return FALSE;
  if (!is_sound)
    jz_json_append ((JzJson *)jz_json_get_member (note, "damaged"), jz_json_new_integer (key));
  jz_json_set_integer (note, "key", key);
  return jz_scratch_keep_note (jz_store_get_path (store), NOTE, note, error);
}

static gboolean
is_damaged (const JzJson *note, gint64 key)
{
  const JzJson *damaged = jz_json_get_member (note, "damaged");

  for (guint i = 0; i < jz_json_get_n_items (damaged); i++)
    if (jz_json_get_integer (jz_json_get_item (damaged, i)) == key)
      return TRUE;
  return FALSE;
}

/**
 * jz_recheck_mark:
 * @office: an office
 * @files: `files` of jz_case_evidence_list()
 * @error: return location
 *
 * Each gets a member `check`: `waiting`, `sound` or `damaged`.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_recheck_mark (JzOffice *office, JzJson *files, GError **error)
{
  g_autoptr (JzJson) note = NULL;

  if (!read_note (office, &note, error))
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (files); i++) {
    JzJson *file = (JzJson *)jz_json_get_item (files, i);
    gint64 key = jz_json_get_member_integer (file, "key", 0);
    const char *check = "sound";
    if (key > jz_json_get_member_integer (note, "key", 0))
      check = "waiting";
    else if (is_damaged (note, key))
      check = "damaged";
    jz_json_set_text (file, "check", check);
  }
  return TRUE;
}
