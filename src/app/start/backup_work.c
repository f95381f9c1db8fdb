/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/backup_work.h"

#include <glib/gi18n-lib.h>

#include "app/start/idle_lock.h"
#include "app/start/long_work.h"
#include "app/start/store_button.h"
#include "office/backup_note.h"

typedef struct {
  JzOfficeClient *client;
  char *path;
  char *folder;
  gboolean is_drill;
  JzBackupSummary summary;
  JzReport *report;
  GPtrArray *warnings;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->client);
  g_free (work->path);
  g_free (work->folder);
  g_clear_pointer (&work->report, jz_report_free);
  g_ptr_array_unref (work->warnings);
  g_free (work);
}

static gboolean
run (gpointer data, JzJob *job, GError **error)
{
  Work *work = data;
  JzBackup backup = {
    .path = work->path,
    .folder = work->folder,
    .progress = jz_long_work_progress,
    .progress_data = job,
    .cancellable = jz_job_get_cancellable (job),
    .summary = &work->summary,
    .warnings = work->warnings,
  };

  return work->is_drill ? jz_backup_drill (&backup, &work->report, error)
                        : jz_backup (&backup, &work->report, error);
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Work *work = jz_long_work_get_data (result);

  jz_idle_lock_release (work->client);
  jz_store_buttons_refresh ();
  g_task_return_pointer (task, g_object_ref (result), g_object_unref);
}

/**
 * jz_backup_work_async:
 * @inside: a widget of a window
 * @client: the office
 * @folder: of the backup
 * @is_drill: whether the backup that is there is only read again
 * @callback: told what came of it
 * @user_data: for @callback
 *
 * The office stays open for work meanwhile, and is not locked.
 */
void
jz_backup_work_async (GtkWidget *inside,
                      JzOfficeClient *client,
                      const char *folder,
                      gboolean is_drill,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (inside, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->client = g_object_ref (client);
  work->path = g_strdup (jz_office_client_get_path (client));
  work->folder = g_strdup (folder);
  work->is_drill = is_drill;
  work->warnings = g_ptr_array_new_with_free_func (g_free);
  jz_idle_lock_hold (client);
  jz_long_work_async (inside, is_drill ? _ ("Reading the backup again") : _ ("Backing up"), run,
                      work, work_free, on_run, task);
}

static char *
describe (const Work *work)
{
  if (work->report->faults->len > 0) {
    const JzFault *fault = g_ptr_array_index (work->report->faults, 0);
    return g_strdup_printf (work->is_drill ? _ ("The backup cannot be restored as it is. The first "
                                                "fault: %s Make a new backup on another disk.")
                                           : _ ("No backup was made, because the store is not as "
                                                "it was written. The first fault: %s"),
                            fault->sentence);
  }
  if (work->is_drill)
    return g_strdup (_ ("Every entry, signature and file of the backup was read again and is as it "
                        "should be: it can be restored."));
  return g_strdup_printf (_ ("The backup is complete and was proved: it can be restored. %1$llu "
                             "files were copied, %2$llu were there already."),
                          (unsigned long long)work->summary.n_copied,
                          (unsigned long long)work->summary.n_kept);
}

/**
 * jz_backup_work_finish:
 * @result: of jz_backup_work_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what came of it, a sentence or more
 */
char *
jz_backup_work_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) done = g_task_propagate_pointer (G_TASK (result), NULL);

  return jz_long_work_finish (done, error) ? describe (jz_long_work_get_data (done)) : NULL;
}

/**
 * jz_backup_dup_folder_on:
 * @disk: a folder that a person chose, often the root of a disk
 * @store_id: id of the store
 *
 * Returns: (transfer full): where the backup of this store goes: @disk itself where there is one
 *   already, else a folder in it whose name tells whose backup it is
 */
char *
jz_backup_dup_folder_on (const char *disk, const char *store_id)
{
  g_autofree char *name = g_strdup_printf ("juanzong-backup-%s", store_id);

  return jz_folder_is_backup (disk) ? g_strdup (disk) : g_build_filename (disk, name, NULL);
}
