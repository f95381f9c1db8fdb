/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recordings/recordings_read.h"

#include "app/client_rows.h"
#include "app/recordings/recording_source.h"

/* What the list of recordings asks beside its rows, on worker threads. */

/* So long a step of bringing the rows up to date takes. */
#define STEP_MS 500

typedef struct {
  JzCaseRows *rows;
  JzJson *filter; /* (nullable) */
  char *person;
  gint64 key;
} Question;

static Question *
question_new (JzOfficeClient *client)
{
  Question *self = g_new0 (Question, 1);

  self->rows = jz_case_rows_ref (jz_client_get_case_rows (client));
  self->person = g_strdup (jz_office_client_get_person (client));
  return self;
}

static void
question_free (gpointer data)
{
  Question *self = data;

  jz_case_rows_unref (self->rows);
  g_clear_pointer (&self->filter, jz_json_unref);
  g_free (self->person);
  g_free (self);
}

/**
 * jz_recordings_step_free:
 * @data: (transfer full): a #JzRecordingsStep
 */
void
jz_recordings_step_free (gpointer data)
{
  JzRecordingsStep *self = data;

  g_free (self->own_section);
  g_free (self);
}

static gpointer
step_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Question *question = data;
  JzRecordingsStep *step = g_new0 (JzRecordingsStep, 1);
  JzRecordingFilter filter;

  jz_recording_filter_read (question->filter, &filter);
  if (jz_case_rows_refresh (question->rows, reader, STEP_MS, &step->is_complete, &step->has_changed,
                            cancellable, error) &&
      jz_recording_rows_count (question->rows, &filter, cancellable, step->counts, error) &&
      jz_case_rows_get_section (reader, question->person, &step->own_section, error))
    return step;
  jz_recordings_step_free (step);
  return NULL;
}

/**
 * jz_recordings_step_async:
 * @client: the office, with somebody signed in
 * @filter: which recordings are counted
 * @cancellable: (nullable): to give up
 * @callback: told when a step was done; jz_office_client_read_finish() gives a #JzRecordingsStep
 * @user_data: for @callback
 *
 * Goes on with bringing the rows up to date, and counts them.
 */
void
jz_recordings_step_async (JzOfficeClient *client,
                          JzJson *filter,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Question *question = question_new (client);

  question->filter = jz_json_ref (filter);
  jz_office_client_read_async (client, step_in_thread, question, question_free,
                               jz_recordings_step_free, cancellable, callback, user_data);
}

static gpointer
find_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Question *question = data;

  return jz_recording_rows_find (question->rows, question->key, error);
}

static gpointer
find_device_in_thread (JzOffice *office,
                       JzConnection *reader,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  const Question *question = data;
  g_autoptr (JzJson) json = jz_recording_rows_find (question->rows, question->key, error);
  g_autoptr (GPtrArray) rows =
    json != NULL ? jz_device_rows_load (question->rows, &question->key, 1, error) : NULL;
  const char *const *cells;

  if (rows == NULL)
    return NULL;
  g_ptr_array_set_free_func (rows, (GDestroyNotify)g_strfreev);
  cells = g_ptr_array_index (rows, 0);
  jz_json_set_text (json, "missing", cells != NULL ? cells[JZ_DEVICE_COLUMN_MISSING] : "");
  return g_steal_pointer (&json);
}

static void
find (JzOfficeClient *client,
      JzOfficeRead read,
      gint64 key,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  Question *question = question_new (client);

  question->key = key;
  jz_office_client_read_async (client, read, question, question_free, (GDestroyNotify)jz_json_unref,
                               cancellable, callback, user_data);
}

/**
 * jz_recordings_find_async:
 * @client: the office
 * @key: of a row of the list of recordings
 * @cancellable: (nullable): to give up
 * @callback: jz_office_client_read_finish() gives a #JzJson as of jz_recording_rows_find()
 * @user_data: for @callback
 */
void
jz_recordings_find_async (JzOfficeClient *client,
                          gint64 key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  find (client, find_in_thread, key, cancellable, callback, user_data);
}

/**
 * jz_recordings_find_device_async:
 * @client: the office
 * @key: of a row of the list of devices
 * @cancellable: (nullable): to give up
 * @callback: jz_office_client_read_finish() gives a #JzJson with `device`, empty where the
 * recordings do not say theirs, and `missing`, the numbers that are missing, in words
 * @user_data: for @callback
 */
void
jz_recordings_find_device_async (JzOfficeClient *client,
                                 gint64 key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  find (client, find_device_in_thread, key, cancellable, callback, user_data);
}
