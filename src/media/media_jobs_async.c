/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <unistd.h>

#include "media/media.h"

/* Each job of media_jobs.c on a thread of its own. */

/* What a job on a thread of its own needs; which members are used depends on the job. */
typedef struct {
  int file; /* owned */
  char *name;
  gint64 at;
  guint width;
  guint height;
} Job;

static void
free_job (Job *job)
{
  if (job->file >= 0)
    close (job->file);
  g_free (job->name);
  g_free (job);
}

static void
run_async (JzMedia *self,
           const Job *job,
           gpointer tag,
           GTaskThreadFunc run,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *own = g_new (Job, 1);

  *own = *job;
  own->file = fcntl (job->file, F_DUPFD_CLOEXEC, 3);
  own->name = g_strdup (job->name);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, own, (GDestroyNotify)free_job);
  g_task_run_in_thread (task, run);
}

static gpointer
finish (JzMedia *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_task_get_source_tag (G_TASK (result)) == tag, NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
give (GTask *task, gpointer result, GDestroyNotify free_result, GError *error)
{
  if (result != NULL)
    g_task_return_pointer (task, result, free_result);
  else
    g_task_return_error (task, error);
}

static void
probe_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Job *job = data;

  JzProbe *probe = jz_media_probe (source, job->file, job->name, cancellable, &error);
  give (task, probe, (GDestroyNotify)jz_probe_free, error);
}

/**
 * jz_media_probe_async:
 * @self: what opens files
 * @handle: of a file, opened for reading only
 * @name: (nullable): the file's name
 * @cancellable: (nullable): ends it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Does what jz_media_probe() does without blocking.
 */
void
jz_media_probe_async (JzMedia *self,
                      int handle,
                      const char *name,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  run_async (self, &(Job){ .file = handle, .name = (char *)name }, jz_media_probe_async,
             probe_in_thread, cancellable, callback, user_data);
}

/**
 * jz_media_probe_finish:
 * @self: what opens files
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): see jz_media_probe()
 */
JzProbe *
jz_media_probe_finish (JzMedia *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, jz_media_probe_async, error);
}

static void
thumbnail_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Job *job = data;

  JzPixels *pixels =
    jz_media_thumbnail (source, job->file, job->at, job->width, job->height, cancellable, &error);
  give (task, pixels, (GDestroyNotify)jz_pixels_free, error);
}

/**
 * jz_media_thumbnail_async:
 * @self: what opens files
 * @handle: of a file, opened for reading only
 * @at: see jz_media_thumbnail()
 * @width: the greatest width
 * @height: the greatest height
 * @cancellable: (nullable): ends it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
jz_media_thumbnail_async (JzMedia *self,
                          int handle,
                          gint64 at,
                          guint width,
                          guint height,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Job job = { .file = handle, .at = at, .width = width, .height = height };
  run_async (self, &job, jz_media_thumbnail_async, thumbnail_in_thread, cancellable, callback,
             user_data);
}

/**
 * jz_media_thumbnail_finish:
 * @self: what opens files
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): see jz_media_thumbnail()
 */
JzPixels *
jz_media_thumbnail_finish (JzMedia *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, jz_media_thumbnail_async, error);
}

static void
picture_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Job *job = data;

  JzPixels *pixels =
    jz_media_picture (source, job->file, job->width, job->height, cancellable, &error);
  give (task, pixels, (GDestroyNotify)jz_pixels_free, error);
}

/**
 * jz_media_picture_async:
 * @self: what opens files
 * @handle: of a picture, opened for reading only
 * @width: the greatest width
 * @height: the greatest height
 * @cancellable: (nullable): ends it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
jz_media_picture_async (JzMedia *self,
                        int handle,
                        guint width,
                        guint height,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Job job = { .file = handle, .width = width, .height = height };
  run_async (self, &job, jz_media_picture_async, picture_in_thread, cancellable, callback,
             user_data);
}

/**
 * jz_media_picture_finish:
 * @self: what opens files
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): see jz_media_picture()
 */
JzPixels *
jz_media_picture_finish (JzMedia *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, jz_media_picture_async, error);
}

static void
peaks_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Job *job = data;

  GArray *peaks = jz_media_peaks (source, job->file, job->width, cancellable, &error);
  give (task, peaks, (GDestroyNotify)g_array_unref, error);
}

/**
 * jz_media_peaks_async:
 * @self: what opens files
 * @handle: of a recording, opened for reading only
 * @n: how many
 * @cancellable: (nullable): ends it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
jz_media_peaks_async (JzMedia *self,
                      int handle,
                      guint n,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  run_async (self, &(Job){ .file = handle, .width = n }, jz_media_peaks_async, peaks_in_thread,
             cancellable, callback, user_data);
}

/**
 * jz_media_peaks_finish:
 * @self: what opens files
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type guint8): see jz_media_peaks()
 */
GArray *
jz_media_peaks_finish (JzMedia *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, jz_media_peaks_async, error);
}

static void
page_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Job *job = data;

  JzPixels *pixels =
    jz_media_page (source, job->file, (guint)job->at, job->width, cancellable, &error);
  give (task, pixels, (GDestroyNotify)jz_pixels_free, error);
}

/**
 * jz_media_page_async:
 * @self: what opens files
 * @handle: of a PDF, opened for reading only
 * @page: from 0
 * @width: in pixels
 * @cancellable: (nullable): ends it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
jz_media_page_async (JzMedia *self,
                     int handle,
                     guint page,
                     guint width,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Job job = { .file = handle, .at = page, .width = width };
  run_async (self, &job, jz_media_page_async, page_in_thread, cancellable, callback, user_data);
}

/**
 * jz_media_page_finish:
 * @self: what opens files
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): see jz_media_page()
 */
JzPixels *
jz_media_page_finish (JzMedia *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, jz_media_page_async, error);
}

static void
page_text_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Job *job = data;

  JzPageText *text = jz_media_page_text (source, job->file, (guint)job->at, cancellable, &error);
  give (task, text, (GDestroyNotify)jz_page_text_free, error);
}

/**
 * jz_media_page_text_async:
 * @self: what opens files
 * @handle: of a PDF, opened for reading only
 * @page: from 0
 * @cancellable: (nullable): ends it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 */
void
jz_media_page_text_async (JzMedia *self,
                          int handle,
                          guint page,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  run_async (self, &(Job){ .file = handle, .at = page }, jz_media_page_text_async,
             page_text_in_thread, cancellable, callback, user_data);
}

/**
 * jz_media_page_text_finish:
 * @self: what opens files
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): see jz_media_page_text()
 */
JzPageText *
jz_media_page_text_finish (JzMedia *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, jz_media_page_text_async, error);
}
