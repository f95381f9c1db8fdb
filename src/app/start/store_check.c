/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/store_check.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/start/long_work.h"
#include "office/verify.h"

#define MOST_FAULTS 12

typedef struct {
  char *path;
  JzReport *report;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_clear_pointer (&check->report, jz_report_free);
  g_free (check->path);
  g_free (check);
}

static gboolean
run_check (gpointer data, JzJob *job, GError **error)
{
  Check *check = data;
  JzVerification verification = {
    .path = check->path,
    .with_chunk_lists = TRUE,
    .progress = jz_long_work_progress,
    .progress_data = job,
    .cancellable = jz_job_get_cancellable (job),
  };

  check->report = jz_verify (&verification, error);
  return check->report != NULL;
}

static char *
describe_report (const JzReport *report)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (report->faults->len == 0)
    return g_strdup_printf (
      _ ("The store is as it was written: %1$llu entries, %2$llu signatures and %3$llu files were "
         "read."),
      (unsigned long long)report->n_entries, (unsigned long long)report->n_signatures,
      (unsigned long long)report->n_objects);
  for (guint i = 0; i < MIN (report->faults->len, MOST_FAULTS); i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_string_append_printf (text, "%s\n", fault->sentence);
  }
  g_string_append_printf (
    text, "\n%s",
    _ ("Do not go on working in this store. Copy its whole folder to another disk as it is, then "
       "restore the newest backup; what was entered since then can be seen in the copy."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Check *check = jz_long_work_get_data (result);
  g_autofree char *body = NULL;

  if (!jz_long_work_finish (result, &error)) {
    jz_show_error (GTK_WIDGET (source), error);
    return;
  }
  body = describe_report (check->report);
  jz_show_message (GTK_WIDGET (source), _ ("Integrity check"), body);
}

/**
 * jz_store_check_show:
 * @inside: a widget of the window
 * @path: a store, opened or not
 *
 * Reads everything in it again (完整性校验), and tells what it found.
 */
void
jz_store_check_show (GtkWidget *inside, const char *path)
{
  Check *check = g_new0 (Check, 1);

  check->path = g_strdup (path);
  jz_long_work_async (inside, _ ("Checking the store"), run_check, check, check_free, on_checked,
                      NULL);
}
