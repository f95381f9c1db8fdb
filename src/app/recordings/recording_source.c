/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recordings/recording_source.h"

#include <glib/gi18n-lib.h>

#include "app/client_rows.h"
#include "app/words.h"

/* The lists of recordings and of devices, for JzRowModel. The filter of the first has `view`,
 * `person`, `section`, `device` and `text`, that of the second `text`. */

const JzRowColumn jz_recording_columns[JZ_RECORDING_N_SORTABLE] = {
  [JZ_RECORDING_COLUMN_CASE] = { N_ ("Case number"), 20, TRUE, FALSE, FALSE, 0 },
  [JZ_RECORDING_COLUMN_NAME] = { N_ ("File name"), 16, TRUE, TRUE, FALSE, 0 },
  [JZ_RECORDING_COLUMN_STEP] = { N_ ("Kind and step"), 18, TRUE, TRUE, FALSE, 0 },
  [JZ_RECORDING_COLUMN_DEVICE] = { N_ ("Device"), 10, TRUE, FALSE, FALSE, 0 },
  [JZ_RECORDING_COLUMN_BEGAN] = { N_ ("Begins"), 20, TRUE, FALSE, FALSE, 0 },
  [JZ_RECORDING_COLUMN_LENGTH] = { N_ ("Duration"), 8, TRUE, FALSE, TRUE, 0 },
  [JZ_RECORDING_COLUMN_STORED] = { N_ ("Stored"), 20, TRUE, FALSE, FALSE, 0 },
  [JZ_RECORDING_COLUMN_STATE] = { N_ ("How it stands"), 30, TRUE, TRUE, FALSE,
                                  JZ_RECORDING_COLUMN_STYLE },
};

const JzRowColumn jz_device_columns[JZ_DEVICE_N_CELLS] = {
  [JZ_DEVICE_COLUMN_NUMBER] = { N_ ("Device"), 22, TRUE, FALSE, FALSE, 0 },
  [JZ_DEVICE_COLUMN_MODEL] = { N_ ("Model"), 22, TRUE, FALSE, FALSE, 0 },
  [JZ_DEVICE_COLUMN_COUNT] = { N_ ("Number of recordings"), 10, TRUE, FALSE, TRUE, 0 },
  [JZ_DEVICE_COLUMN_FIRST] = { N_ ("First taken"), 16, TRUE, FALSE, FALSE, 0 },
  [JZ_DEVICE_COLUMN_LAST] = { N_ ("Last taken"), 16, TRUE, FALSE, FALSE, 0 },
  [JZ_DEVICE_COLUMN_MISSING] = { N_ ("Missing numbers"), 30, FALSE, TRUE, FALSE, 0 },
};

/**
 * jz_recording_filter_read:
 * @json: (nullable): a filter of the list of recordings
 * @filter: (out): the same; its texts belong to @json
 */
void
jz_recording_filter_read (const JzJson *json, JzRecordingFilter *filter)
{
  *filter = (JzRecordingFilter){ 0 };
  if (json != NULL)
    *filter = (JzRecordingFilter){
      .view = (JzRecordingView)jz_json_get_member_integer (json, "view", JZ_RECORDING_VIEW_ALL),
      .person = jz_json_get_member_text (json, "person"),
      .section = jz_json_get_member_text (json, "section"),
      .device = jz_json_get_member_text (json, "device"),
      .text = jz_json_get_member_text (json, "text"),
    };
}

static GArray *
query_recordings (JzOffice *office,
                  JzConnection *reader,
                  const JzRowQuery *query,
                  gconstpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  const JzCaseOrder order = { query->sort, query->is_descending, query->limit };
  JzRecordingFilter filter;

  jz_recording_filter_read (query->filter, &filter);
  return jz_recording_rows_query ((JzCaseRows *)data, &filter, &order, cancellable, error);
}

static GArray *
query_devices (JzOffice *office,
               JzConnection *reader,
               const JzRowQuery *query,
               gconstpointer data,
               GCancellable *cancellable,
               GError **error)
{
  const JzCaseOrder order = { query->sort, query->is_descending, query->limit };
  const char *text = query->filter != NULL ? jz_json_get_member_text (query->filter, "text") : NULL;

  return jz_device_rows_query ((JzCaseRows *)data, text, &order, cancellable, error);
}

/* The rows hold moments and days as they are stored; in two columns they are said in words. */
static void
say_in_words (GPtrArray *rows, guint first, guint last, char *(*dup_words) (const char *stored))
{
  const guint columns[] = { first, last };

  for (guint i = 0; i < rows->len; i++) {
    char **cells = g_ptr_array_index (rows, i);
    for (gsize j = 0; cells != NULL && j < G_N_ELEMENTS (columns); j++) {
      g_autofree char *stored = cells[columns[j]];
      cells[columns[j]] = dup_words (stored);
    }
  }
}

static GPtrArray *
load_recordings (JzOffice *office,
                 JzConnection *reader,
                 const gint64 *ids,
                 gsize n_ids,
                 gconstpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  GPtrArray *rows = jz_recording_rows_load ((JzCaseRows *)data, ids, n_ids, error);

  if (rows != NULL)
    say_in_words (rows, JZ_RECORDING_COLUMN_BEGAN, JZ_RECORDING_COLUMN_STORED, jz_words_dup_moment);
  return rows;
}

static GPtrArray *
load_devices (JzOffice *office,
              JzConnection *reader,
              const gint64 *ids,
              gsize n_ids,
              gconstpointer data,
              GCancellable *cancellable,
              GError **error)
{
  GPtrArray *rows = jz_device_rows_load ((JzCaseRows *)data, ids, n_ids, error);

  if (rows != NULL)
    say_in_words (rows, JZ_DEVICE_COLUMN_FIRST, JZ_DEVICE_COLUMN_LAST, jz_words_dup_day);
  return rows;
}

static JzRowModel *
new_model (JzOfficeClient *client, const JzRowSource *source)
{
  return jz_row_model_new (client, source, jz_case_rows_ref (jz_client_get_case_rows (client)),
                           (GDestroyNotify)jz_case_rows_unref);
}

/**
 * jz_recording_source_new_model:
 * @client: an opened office
 *
 * Returns: (transfer full): its recordings, and the steps that owe one; ids as of
 *   jz_recording_rows_query()
 */
JzRowModel *
jz_recording_source_new_model (JzOfficeClient *client)
{
  static const JzRowSource source = { query_recordings, load_recordings };

  return new_model (client, &source);
}

/**
 * jz_device_source_new_model:
 * @client: an opened office
 *
 * Returns: (transfer full): the devices of its recordings; ids as of jz_device_rows_query()
 */
JzRowModel *
jz_device_source_new_model (JzOfficeClient *client)
{
  static const JzRowSource source = { query_devices, load_devices };

  return new_model (client, &source);
}
