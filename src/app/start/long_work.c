/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/long_work.h"

#include "app/window.h"

typedef struct {
  JzLongWork work;
  gpointer data;
  GDestroyNotify free_data;
  JzJob *job;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->free_data != NULL)
    work->free_data (work->data);
  g_object_unref (work->job);
  g_free (work);
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = work->work (work->data, work->job, &error);

  jz_job_end (work->job);
  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * jz_long_work_async:
 * @inside: a widget of a window, which shows the progress
 * @title: what is being done, a few words
 * @work: does it
 * @data: (transfer full): for @work
 * @free_data: (nullable): frees @data
 * @callback: told when it is done, could not be done or was stopped
 * @user_data: for @callback
 */
void
jz_long_work_async (GtkWidget *inside,
                    const char *title,
                    JzLongWork run,
                    gpointer data,
                    GDestroyNotify free_data,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (inside, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->work = run;
  work->data = data;
  work->free_data = free_data;
  work->job = jz_job_new (title);
  g_task_set_task_data (task, work, work_free);
  jz_window_show_job (inside, work->job);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * jz_long_work_finish:
 * @result: of jz_long_work_async()
 * @error: return location; %G_IO_ERROR_CANCELLED where the person stopped it
 *
 * Returns: whether it was done
 */
gboolean
jz_long_work_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * jz_long_work_get_data:
 * @result: of jz_long_work_async()
 *
 * Returns: (transfer none): the data, which the work may have filled
 */
gpointer
jz_long_work_get_data (GAsyncResult *result)
{
  Work *work = g_task_get_task_data (G_TASK (result));
  return work->data;
}

/**
 * jz_long_work_progress:
 * @done: so much
 * @total: of so much
 * @job: (type JzJob): the job
 */
void
jz_long_work_progress (guint64 done, guint64 total, gpointer job)
{
  jz_job_set_fraction (JZ_JOB (job), total > 0 ? (double)done / (double)total : -1);
}
