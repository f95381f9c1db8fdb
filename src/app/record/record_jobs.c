/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/record/record_jobs.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/record/check_report.h"
#include "app/window.h"
#include "office/checkpoints.h"
#include "office/record_list.h"
#include "office/verify.h"
#include "pages/xlsx.h"
#include "store/journal.h"

/* Long work on the record: the check of the whole store, and the table for Excel. Each runs on a
 * thread of its own, is shown in the window and can be given up. */

/* Entries of the table are loaded so many at a time. */
#define N_AT_ONCE 200

typedef struct {
  JzJob *job;
  char *path;
  char *against;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_object_unref (check->job);
  g_free (check->path);
  g_free (check->against);
  g_free (check);
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  jz_job_set_fraction (data, total > 0 ? (double)done / (double)total : -1);
}

static void
check_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Check *check = data;
  const char *const against[] = { check->against, NULL };
  const JzVerification verification = {
    .path = check->path,
    .against = against,
    .progress = on_progress,
    .progress_data = check->job,
    .cancellable = cancellable,
  };
  GError *error = NULL;
  JzReport *report = jz_verify (&verification, &error);

  jz_job_end (check->job);
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify)jz_report_free);
  else
    g_task_return_error (task, error);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = g_task_propagate_pointer (G_TASK (result), &error);
  const Check *check = g_task_get_task_data (G_TASK (result));

  if (report != NULL)
    jz_check_report_present (GTK_WIDGET (source), report, check->against);
  else
    jz_show_error (GTK_WIDGET (source), error);
}

/**
 * jz_record_check:
 * @inside: a widget of the window
 * @client: the office
 * @against: (nullable): file of a checkpoint that was kept elsewhere
 *
 * Checks that nothing in the store was altered (完整性校验; R-30), and shows the report.
 */
void
jz_record_check (GtkWidget *inside, JzOfficeClient *client, const char *against)
{
  Check *check = g_new0 (Check, 1);
  g_autoptr (GTask) task = NULL;

  check->job = jz_job_new (_ ("Checking that nothing was altered"));
  check->path = g_strdup (jz_office_client_get_path (client));
  check->against = g_strdup (against);
  jz_window_show_job (inside, check->job);
  task = g_task_new (inside, jz_job_get_cancellable (check->job), on_checked, NULL);
  g_task_set_source_tag (task, jz_record_check);
  g_task_set_task_data (task, check, check_free);
  g_task_run_in_thread (task, check_in_thread);
}

typedef struct {
  JzJob *job;
  JzJson *filter;
  char *path;
  JzInstant now;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->job);
  g_clear_pointer (&export->filter, jz_json_unref);
  g_free (export->path);
  g_free (export);
}

typedef struct {
  JzConnection *reader;
  JzObjects *objects;
  GArray *ids;
  GPtrArray *page; /* GStrv */
  guint position;
  JzJob *job;
  GCancellable *cancellable;
} Rows;

static gboolean
load_page (Rows *rows, GError **error)
{
  guint n_ids = MIN (N_AT_ONCE, rows->ids->len - rows->position);

  if (g_cancellable_set_error_if_cancelled (rows->cancellable, error))
    return FALSE;
  jz_job_set_fraction (rows->job, (double)rows->position / (double)rows->ids->len);
  g_clear_pointer (&rows->page, g_ptr_array_unref);
  rows->page = jz_record_load (rows->reader, rows->objects,
                               &g_array_index (rows->ids, gint64, rows->position), n_ids, error);
  if (rows->page != NULL)
    g_ptr_array_set_free_func (rows->page, (GDestroyNotify)g_strfreev);
  return rows->page != NULL;
}

static const JzRecordCell exported[] = {
  JZ_RECORD_TIME, JZ_RECORD_PERSON, JZ_RECORD_ROLE,  JZ_RECORD_SENTENCE,
  JZ_RECORD_CASE, JZ_RECORD_LATE,   JZ_RECORD_ENTRY, JZ_RECORD_HASH,
};

static gboolean
next_row (JzXlsxCell *cells, gboolean *is_end, gpointer data, GError **error)
{
  Rows *rows = data;
  const char *const *row;

  if (rows->position >= rows->ids->len) {
    *is_end = TRUE;
    return TRUE;
  }
  if (rows->position % N_AT_ONCE == 0 && !load_page (rows, error))
    return FALSE;
  row = g_ptr_array_index (rows->page, rows->position % N_AT_ONCE);
  rows->position++;
  for (gsize i = 0; row != NULL && i < G_N_ELEMENTS (exported); i++)
    cells[i].text = row[exported[i]];
  if (row != NULL && jz_instant_parse (row[JZ_RECORD_TIME], &cells[0].instant, NULL)) {
    cells[0].text = NULL;
    cells[0].is_set = TRUE;
  }
  return TRUE;
}

static gboolean
write_table (const Export *export, Rows *rows, GError **error)
{
  const JzXlsxColumn columns[] = {
    { _ ("Recorded at"), JZ_XLSX_INSTANT, 20 }, { _ ("Person"), JZ_XLSX_TEXT, 10 },
    { _ ("Role"), JZ_XLSX_TEXT, 14 },           { _ ("What was done"), JZ_XLSX_TEXT, 60 },
    { _ ("Case"), JZ_XLSX_TEXT, 40 },           { _ ("Entered later"), JZ_XLSX_TEXT, 30 },
    { _ ("Entry"), JZ_XLSX_TEXT, 24 },          { _ ("Check code"), JZ_XLSX_TEXT, 66 },
  };

  return jz_xlsx_write_table (export->path, _ ("Record"), columns, G_N_ELEMENTS (columns), next_row,
                              rows, export->now, error);
}

static gpointer
export_in_thread (JzOffice *office,
                  JzConnection *reader,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  const Export *export = data;
  g_autoptr (GArray) ids = jz_record_query (reader, export->filter, 0, cancellable, error);
  Rows rows = { .reader = reader,
                .objects = jz_store_get_objects (jz_office_get_store (office)),
                .ids = ids,
                .job = export->job,
                .cancellable = cancellable };
  gboolean is_written = ids != NULL && write_table (export, &rows, error);

  g_clear_pointer (&rows.page, g_ptr_array_unref);
  jz_job_end (export->job);
  return is_written ? g_strdup (export->path) : NULL;
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_autofree char *text = NULL;

  if (path == NULL) {
    jz_show_error (inside, error);
    return;
  }
  text = g_strdup_printf (_ ("The table is in %s"), path);
  jz_window_toast (inside, text);
}

/**
 * jz_record_export:
 * @inside: a widget of the window
 * @client: the office
 * @filter: (nullable): which entries, see jz_record_query()
 * @path: where the table goes
 *
 * Writes the entries into a table for Excel and WPS, with their check codes.
 */
void
jz_record_export (GtkWidget *inside, JzOfficeClient *client, const JzJson *filter, const char *path)
{
  Export *export = g_new0 (Export, 1);

  export->job = jz_job_new (_ ("Writing the table"));
  export->filter = filter != NULL ? jz_json_ref (filter) : NULL;
  export->path = g_strdup (path);
  export->now = jz_office_client_now (client);
  jz_window_show_job (inside, export->job);
  jz_office_client_read_async (client, export_in_thread, export, export_free, g_free,
                               jz_job_get_cancellable (export->job), on_exported,
                               g_object_ref (inside));
}

static gpointer
load_checkpoint_in_thread (JzOffice *office,
                           JzConnection *reader,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *store = NULL;
  g_autofree char *note = NULL;

  if (!jz_journal_get_current_store (reader, &store, error))
    return NULL;
  note = jz_checkpoints_load_newest (reader, store, error);
  return note != NULL && g_file_set_contents (data, note, -1, error) ? g_strdup (data) : NULL;
}

static void
on_checkpoint_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_autofree char *text = NULL;

  if (path == NULL) {
    jz_show_error (inside, error);
    return;
  }
  text = g_strdup_printf (_ ("The checkpoint is in %s. Keep it away from this computer."), path);
  jz_window_toast (inside, text);
}

/**
 * jz_record_save_checkpoint:
 * @inside: a widget of the window
 * @client: the office
 * @path: where it goes
 *
 * Saves the newest checkpoint (存证凭据), which proves later what the store held today.
 */
void
jz_record_save_checkpoint (GtkWidget *inside, JzOfficeClient *client, const char *path)
{
  jz_office_client_read_async (client, load_checkpoint_in_thread, g_strdup (path), g_free, g_free,
                               NULL, on_checkpoint_saved, g_object_ref (inside));
}
