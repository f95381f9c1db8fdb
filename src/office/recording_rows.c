/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_rows.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_rows-private.h"
#include "office/error.h"

/* The list of all recordings, of which there may be millions: a row each, kept with the rows of
 * their cases in scratch.db, with an index for each column (ux.md §2, 音像记录). */

static const char *const sort_columns[] = {
  [JZ_RECORDING_COLUMN_CASE] = "number_key", [JZ_RECORDING_COLUMN_NAME] = "name",
  [JZ_RECORDING_COLUMN_STEP] = "label",      [JZ_RECORDING_COLUMN_DEVICE] = "device",
  [JZ_RECORDING_COLUMN_BEGAN] = "began",     [JZ_RECORDING_COLUMN_LENGTH] = "duration",
  [JZ_RECORDING_COLUMN_STORED] = "stored",   [JZ_RECORDING_COLUMN_STATE] = "state",
};

static const char *const sort_indexes[] = {
  [JZ_RECORDING_COLUMN_CASE] = "recording_row_by_number",
  [JZ_RECORDING_COLUMN_NAME] = "recording_row_by_name",
  [JZ_RECORDING_COLUMN_STEP] = "recording_row_by_label",
  [JZ_RECORDING_COLUMN_DEVICE] = "recording_row_by_device",
  [JZ_RECORDING_COLUMN_BEGAN] = "recording_row_by_began",
  [JZ_RECORDING_COLUMN_LENGTH] = "recording_row_by_duration",
  [JZ_RECORDING_COLUMN_STORED] = "recording_row_by_stored",
  [JZ_RECORDING_COLUMN_STATE] = "recording_row_by_state",
};

static gboolean
is_sorted (const JzCaseOrder *order)
{
  return order->column >= 0 && order->column < JZ_RECORDING_N_SORTABLE;
}

/* What finds few rows by an index of its own, so that only those few are sorted; a step that owes a
 * recording has a key below 0. */
static const char *
get_narrow (const JzRecordingFilter *filter, const JzCaseOrder *order)
{
  if (filter->view == JZ_RECORDING_VIEW_OWED)
    return "recording_row AS r NOT INDEXED WHERE r.key < 0";
  if (filter->person != NULL)
    return "case_row_person AS n CROSS JOIN recording_row AS r INDEXED BY recording_row_by_case ON "
           "r.case_key = n.key WHERE n.person = ?2";
  if (filter->device != NULL)
    return "recording_row AS r INDEXED BY recording_row_by_device WHERE r.device = ?4";
  if (filter->section != NULL)
    return "case_row AS n INDEXED BY case_row_by_section CROSS JOIN recording_row AS r INDEXED BY "
           "recording_row_by_case ON r.case_key = n.key WHERE n.section = ?3";
  if (filter->text != NULL && !is_sorted (order))
    return "recording_row AS r NOT INDEXED WHERE 1"; /* read in its own order */
  if (filter->text != NULL)
    return "recording_row AS n NOT INDEXED CROSS JOIN recording_row AS r ON r.key = n.key WHERE "
           "instr (n.words, ?5) > 0";
  return NULL;
}

/* ?1 the bit of the view, ?2 person, ?3 section, ?4 device, ?5 words; what is not asked is not
 * looked at, or an index would not do. */
static void
add_source (GString *sql, const JzRecordingFilter *filter, const JzCaseOrder *order)
{
  const char *narrow = get_narrow (filter, order);

  if (narrow != NULL)
    g_string_append (sql, narrow);
  else
    g_string_append_printf (sql, "recording_row AS r INDEXED BY %s WHERE 1",
                            is_sorted (order) ? sort_indexes[order->column]
                                              : "recording_row_by_key");
  g_string_append (sql, " AND r.flags & ?1 AND ");
  g_string_append (sql, filter->person != NULL ? "EXISTS (SELECT 1 FROM case_row_person WHERE "
                                                 "person = ?2 AND key = r.case_key) AND "
                                               : "?2 = '' AND ");
  g_string_append (sql, filter->section != NULL ? "EXISTS (SELECT 1 FROM case_row WHERE key = "
                                                  "r.case_key AND section = ?3) AND "
                                                : "?3 = '' AND ");
  g_string_append (sql, filter->device != NULL ? "r.device = ?4 AND " : "?4 = '' AND ");
  g_string_append (sql, filter->text != NULL ? "instr (r.words, ?5) > 0" : "?5 = ''");
}

/**
 * jz_recording_rows_make_sql:
 * @filter: which recordings
 * @order: in which order
 *
 * As jz_case_rows_make_sql(): few are found first and then sorted, all others are read in the order
 * of an index.
 *
 * Returns: (transfer full): the query; ?1 the bit of the view, ?2 person, ?3 section, ?4 device, ?5
 *   text
 */
char *
jz_recording_rows_make_sql (const JzRecordingFilter *filter, const JzCaseOrder *order)
{
  GString *sql = g_string_new ("SELECT r.key FROM ");

  add_source (sql, filter, order);
  jz_case_rows_add_order (sql, order, sort_columns, JZ_RECORDING_N_SORTABLE);
  return g_string_free (sql, FALSE);
}

/**
 * jz_recording_rows_query:
 * @rows: what is kept of cases
 * @filter: which recordings
 * @order: in which order
 * @cancellable: (nullable): stops it
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the keys of the recordings, or of the
 *   steps that owe one
 */
GArray *
jz_recording_rows_query (JzCaseRows *rows,
                         const JzRecordingFilter *filter,
                         const JzCaseOrder *order,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *sql = jz_recording_rows_make_sql (filter, order);
  g_autofree char *words = filter->text != NULL ? jz_case_rows_dup_words (filter->text) : NULL;

  return jz_case_rows_find_keys (rows, cancellable, error, sql, "itttt",
                                 (gint64)JZ_RECORDING_IN (filter->view), filter->person,
                                 filter->section, filter->device, words);
}

static gboolean
run_count (JzConnection *connection,
           const JzRecordingFilter *filter,
           gint64 counts[JZ_RECORDING_N_VIEWS],
           GError **error)
{
  const JzCaseOrder none = { -1, FALSE, 0 };
  JzRecordingFilter all = *filter;
  gboolean has_row = FALSE;
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autofree char *words = filter->text != NULL ? jz_case_rows_dup_words (filter->text) : NULL;
  g_autoptr (JzStatement) row = NULL;

  all.view = JZ_RECORDING_VIEW_ALL;
  for (guint i = 0; i < JZ_RECORDING_N_VIEWS; i++)
    g_string_append_printf (sql, "%scoalesce (sum (r.flags >> %u & 1), 0)", i > 0 ? ", " : "", i);
  g_string_append (sql, " FROM ");
  add_source (sql, &all, &none);
  row = jz_connection_query (connection, error, sql->str, "itttt",
                             (gint64)JZ_RECORDING_IN (JZ_RECORDING_N_VIEWS) - 1, filter->person,
                             filter->section, filter->device, words);
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  for (guint i = 0; i < JZ_RECORDING_N_VIEWS; i++)
    counts[i] = jz_statement_get_integer (row, (int)i);
  return TRUE;
}

/**
 * jz_recording_rows_count:
 * @rows: what is kept of cases
 * @filter: which recordings, whatever its list
 * @cancellable: (nullable): stops it
 * @counts: (out caller-allocates): how many each list has of them
 * @error: return location
 *
 * Returns: whether they were counted
 */
gboolean
jz_recording_rows_count (JzCaseRows *rows,
                         const JzRecordingFilter *filter,
                         GCancellable *cancellable,
                         gint64 counts[JZ_RECORDING_N_VIEWS],
                         GError **error)
{
  JzCaseRowsLease lease = { NULL };
  gboolean is_read;

  if (!jz_case_rows_begin (rows, &lease, cancellable, error))
    return FALSE;
  is_read = run_count (lease.connection, filter, counts, error);
  jz_case_rows_end (&lease);
  return is_read;
}

static char *
dup_length (gint64 duration_ms)
{
  gint64 seconds = duration_ms / 1000;

  if (duration_ms < 0)
    return g_strdup ("");
  return g_strdup_printf ("%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                          (int)(seconds % 60));
}

static const char *
get_style (guint flags)
{
  if ((flags & (JZ_RECORDING_IN (JZ_RECORDING_VIEW_OWED) | JZ_RECORDING_SEALED)) != 0)
    return "error";
  return (flags & ~JZ_RECORDING_IN (JZ_RECORDING_VIEW_ALL)) != 0 ? "warning" : "";
}

static char **
read_cells (JzStatement *row)
{
  char **cells = g_new0 (char *, JZ_RECORDING_N_CELLS + 1);

  for (int i = 0; i < JZ_RECORDING_N_SORTABLE; i++)
    cells[i] = i == JZ_RECORDING_COLUMN_LENGTH ? dup_length (jz_statement_get_integer (row, i))
                                               : g_strdup (jz_statement_get_text (row, i));
  cells[JZ_RECORDING_COLUMN_STYLE] =
    g_strdup (get_style ((guint)jz_statement_get_integer (row, JZ_RECORDING_COLUMN_STYLE)));
  return cells;
}

static gboolean
load_row (JzConnection *connection, gint64 key, gconstpointer data, char ***cells, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    connection, error,
    "SELECT number, name, label, device, began, duration, stored, state, recording_row.flags FROM "
    "recording_row JOIN case_row ON case_row.key = case_key WHERE recording_row.key = ?",
    "i", key);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  *cells = has_row ? read_cells (row) : NULL;
  return TRUE;
}

/**
 * jz_recording_rows_load:
 * @rows: what is kept of cases
 * @keys: (array length=n_keys): keys of recordings
 * @n_keys: how many
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): for each its %JZ_RECORDING_N_CELLS
 *   cells, %NULL for one that is not there any more; the array has no free function
 */
GPtrArray *
jz_recording_rows_load (JzCaseRows *rows, const gint64 *keys, gsize n_keys, GError **error)
{
  return jz_case_rows_load_each (rows, keys, n_keys, load_row, NULL, error);
}

static JzJson *
describe (JzConnection *connection, gint64 key, GError **error)
{
  static const char *const names[] = { "go", "file", "step", "case", "number", "name", "device" };
  gboolean has_row = FALSE;
  JzJson *json;
  g_autoptr (JzStatement) row =
    jz_connection_query (connection, error,
                         "SELECT go, file, step, id, number, name, device FROM recording_row JOIN "
                         "case_row ON case_row.key = "
                         "case_key WHERE recording_row.key = ?",
                         "i", key);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row) {
    g_set_error_literal (
      error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
      _ ("This is not in the list any more; its case was changed or destroyed."));
    return NULL;
  }
  json = jz_json_new_object ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    jz_json_set_text (json, names[i], jz_statement_get_text (row, (int)i));
  return json;
}

/**
 * jz_recording_rows_find:
 * @rows: what is kept of cases
 * @key: of a recording, of a step that owes one, or of a device
 * @error: return location
 *
 * Returns: (transfer full) (nullable): `go`, the place of the window that shows it, `file`, empty
 *   for a step, `step`, `case` (id), `number`, `name` and `device`; %JZ_OFFICE_ERROR_NOT_FOUND
 * where it is gone
 */
JzJson *
jz_recording_rows_find (JzCaseRows *rows, gint64 key, GError **error)
{
  JzConnection *connection = jz_case_rows_lease (rows, error);
  JzJson *json = connection != NULL ? describe (connection, key, error) : NULL;

  if (connection != NULL)
    jz_case_rows_give_back (rows, connection);
  return json;
}
