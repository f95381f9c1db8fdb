/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/jobs.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_MEMORY (G_GUINT64_CONSTANT (2) << 30)

typedef struct {
  JzServe *serve;
  JzHelperJob job;
  int memory; /* owned */
} Work;

static const struct {
  JzMessageType type;
  JzHelperJobRun run;
} runs[] = {
  { JZ_MESSAGE_PROBE, jz_job_probe },     { JZ_MESSAGE_THUMBNAIL, jz_job_thumbnail },
  { JZ_MESSAGE_PICTURE, jz_job_picture }, { JZ_MESSAGE_PEAKS, jz_job_peaks },
  { JZ_MESSAGE_PAGE, jz_job_page },       { JZ_MESSAGE_PAGE_TEXT, jz_job_page_text },
};

/**
 * jz_job_fail:
 * @error: return location
 * @code: what kind of failure
 * @detail: (nullable): what the library says
 *
 * Returns: %FALSE
 */
gboolean
jz_job_fail (GError **error, JzMediaError code, const char *detail)
{
  g_set_error_literal (error, JZ_MEDIA_ERROR, (int)code, detail != NULL ? detail : "");
  return FALSE;
}

/**
 * jz_job_read:
 * @job: a job
 * @offset: where in its file
 * @data: (out caller-allocates): room for @size bytes
 * @size: how many
 *
 * Returns: whether all of them are there
 */
gboolean
jz_job_read (const JzHelperJob *job, guint64 offset, void *data, gsize size)
{
  gsize done = 0;

  while (done < size) {
    gssize n = pread (job->file, (char *)data + done, size - done, (off_t)(offset + done));
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    done += (gsize)n;
  }
  return TRUE;
}

static void
free_work (Work *work)
{
  if (work->job.memory != NULL)
    munmap (work->job.memory, work->job.memory_size);
  if (work->job.file >= 0)
    close (work->job.file);
  if (work->memory >= 0)
    close (work->memory);
  g_free (work->job.text);
  g_free (work);
}

static gboolean
map_handles (Work *work, GError **error)
{
  JzHelperJob *job = &work->job;
  struct stat info;
  void *memory;

  if (job->file < 0 || fstat (job->file, &info) != 0 || !S_ISREG (info.st_mode))
    return jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, "no file");
  job->file_size = (guint64)info.st_size;
  if (work->memory < 0 || fstat (work->memory, &info) != 0 || info.st_size <= 0 ||
      (guint64)info.st_size > MAX_MEMORY)
    return jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, "no memory for the answer");
  memory = mmap (NULL, (gsize)info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, work->memory, 0);
  if (memory == MAP_FAILED)
    return jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, g_strerror (errno));
  job->memory = memory;
  job->memory_size = (gsize)info.st_size;
  return TRUE;
}

static gboolean
run (Work *work, GError **error)
{
  if (!map_handles (work, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    if (runs[i].type == work->job.type)
      return runs[i].run (&work->job, error);
  return jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, "unknown job");
}

static void
work_in_thread (gpointer data, gpointer user_data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  gint64 *r = work->job.result;

  if (run (work, &error))
    jz_serve_done (work->serve, work->job.serial, r[0], r[1], r[2], r[3]);
  else
    jz_serve_fail (work->serve, work->job.serial, error->code, error->message);
  free_work (work);
}

static void
on_request (JzServe *serve, JzMessage *message, gpointer user_data)
{
  GThreadPool *pool = user_data;
  Work *work = g_new0 (Work, 1);

  work->serve = serve;
  work->job.type = message->type;
  work->job.serial = message->serial;
  work->job.a = message->a;
  work->job.b = message->b;
  work->job.c = message->c;
  work->job.text = g_strndup (message->text, message->length);
  work->job.file = jz_message_take_handle (message, 0);
  work->memory = jz_message_take_handle (message, 1);
  g_thread_pool_push (pool, work, NULL);
}

/**
 * jz_jobs_add:
 * @serve: the server
 *
 * Lets it answer all jobs, one at a time: Poppler is not safe for two threads, and two jobs of one
 * file would only take each other's memory.
 */
void
jz_jobs_add (JzServe *serve)
{
  GThreadPool *pool = g_thread_pool_new (work_in_thread, NULL, 1, FALSE, NULL);

  jz_serve_add (serve, JZ_MESSAGE_PROBE, JZ_MESSAGE_PAGE_TEXT, on_request, pool);
}
