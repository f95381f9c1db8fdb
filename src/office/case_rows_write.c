/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_rows-private.h"

/* What is kept of a case for lists: its row, who handles it, what is to be done in it, and its
 * recordings. What was kept of it before goes. */

static gboolean
write_people (JzConnection *connection, const JzCaseRow *row, GError **error)
{
  if (!jz_connection_run (connection, error, "DELETE FROM case_row_person WHERE key = ?", "i",
                          row->key))
    return FALSE;
  for (guint i = 0; i < row->people->len; i++)
    if (!jz_connection_run (connection, error,
                            "INSERT OR IGNORE INTO case_row_person (person, key) VALUES (?, ?)",
                            "ti", g_ptr_array_index (row->people, i), row->key))
      return FALSE;
  return TRUE;
}

static gboolean
write_items (JzConnection *connection, const JzCaseRow *row, GError **error)
{
  if (!jz_connection_run (connection, error, "DELETE FROM case_item WHERE key = ?", "i", row->key))
    return FALSE;
  for (guint i = 0; i < row->items->len; i++) {
    const JzCaseItem *item = g_ptr_array_index (row->items, i);
    g_autofree char *body = jz_json_to_canonical (item->body, NULL);
    if (!jz_connection_run (connection, error,
                            "INSERT INTO case_item (key, n, role, person, waits, due, body) VALUES "
                            "(?, ?, ?, ?, ?, ?, ?)",
                            "iittitt", row->key, (gint64)i, item->role, item->person,
                            (gint64)item->wait, item->due, body))
      return FALSE;
  }
  return TRUE;
}

static gboolean
write_recording (JzConnection *connection,
                 const JzCaseRow *row,
                 const char *number_key,
                 const JzRecordingRow *recording,
                 GError **error)
{
  g_autofree char *all = g_strjoin ("\n", row->number, row->party, recording->name,
                                    recording->label, recording->device, recording->model, NULL);
  g_autofree char *words = jz_case_rows_dup_words (all);
  g_autofree char *day = g_strndup (recording->began, JZ_DATE_SIZE - 1);
  gboolean is_counted = day[0] != '\0' && recording->device[0] != '\0';

  return jz_connection_run (
    connection, error,
    "INSERT INTO recording_row (key, case_key, file, step, go, number_key, name, label, device, "
    "model, began, duration, stored, state, flags, words, day, digits, serial) VALUES (?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "iitttttttttittittii", recording->key, row->key, recording->file, recording->step,
    recording->go, number_key, recording->name, recording->label, recording->device,
    recording->model, recording->began, recording->duration_ms, recording->stored, recording->state,
    (gint64)recording->flags, words, day, is_counted ? (gint64)recording->serial.n_digits : 0,
    recording->serial.number);
}

static gboolean
write_recordings (JzConnection *connection,
                  const JzCaseRow *row,
                  const char *number_key,
                  GError **error)
{
  if (!jz_connection_run (connection, error, "DELETE FROM recording_row WHERE case_key = ?", "i",
                          row->key))
    return FALSE;
  for (guint i = 0; i < row->recordings->len; i++)
    if (!write_recording (connection, row, number_key, g_ptr_array_index (row->recordings, i),
                          error))
      return FALSE;
  return TRUE;
}

/* In a transaction. */
gboolean
jz_case_row_write (JzConnection *connection,
                   const JzCaseRow *row,
                   const char *today,
                   GError **error)
{
  gint64 flags = ((gint64)1 << row->group) | ((gint64)1 << (row->place + JZ_CASE_PLACE_SHIFT));
  g_autofree char *number_key = jz_case_row_dup_number_key (row->number);
  g_autofree char *all = g_strjoin ("\n", row->number, row->party, row->cause, NULL);
  g_autofree char *words = jz_case_rows_dup_words (all);

  return jz_connection_run (
           connection, error,
           "INSERT OR REPLACE INTO case_row (key, id, number, number_key, party, cause, handler, "
           "section, stage, stage_key, due, due_name, place, flags, words, checked) VALUES (?, ?, "
           "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "ittttttttittiitt", row->key, row->id, row->number, number_key, row->party, row->cause,
           row->handler, row->section, row->stage, (gint64)row->stage_key, row->due, row->due_name,
           (gint64)row->place, flags, words, today) &&
         write_people (connection, row, error) && write_items (connection, row, error) &&
         write_recordings (connection, row, number_key, error);
}
