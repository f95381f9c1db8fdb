/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/writer.h"

#include <glib/gi18n-lib.h>

#include "store/error.h"

/* One writes at a time: a thread for what is queued, or a caller who would only wait and finds
 * nothing before him, whose own thread then saves two changes of threads, which may take longer
 * than the commit. What is queued while somebody writes shares the next commit: each job runs in a
 * savepoint of its own, so that one that fails takes nothing along, and all are told only after the
 * commit reached the disk. After damage was seen, nothing more is written. */

/* So many jobs share a commit at most: the first of them should not wait for ever. */
#define MAX_SHARED 256

typedef struct {
  JzWrite write;
  JzWritten written;
  gpointer data;
  gboolean is_alone; /* wants no transaction around it */
  GError *error;
} Job;

struct _JzWriter {
  GMutex mutex;             /* of whoever writes; holds all but the queue */
  JzConnection *connection; /* owned */
  GError *stopped_by;       /* set when damage was seen */
  GAsyncQueue *jobs;        /* Job, or the writer itself to stop */
  int n_queued;             /* jobs that were queued and are not done */
  GThread *thread;
};

static void
job_finish (Job *job)
{
  job->written (job->error, job->data);
  g_clear_error (&job->error);
  g_free (job);
}

static void
fail_all (GPtrArray *jobs, const GError *error)
{
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = g_ptr_array_index (jobs, i);
    if (job->error == NULL)
      job->error = g_error_copy (error);
  }
}

static void
remember_damage (JzWriter *self, const GError *error)
{
  if (self->stopped_by == NULL && g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED))
    self->stopped_by = g_error_copy (error);
}

static void
roll_back (JzWriter *self)
{
  /* A full disk makes SQLite roll back by itself; a second time would be an error. */
  if (!sqlite3_get_autocommit (jz_connection_get_handle (self->connection)))
    jz_connection_execute (self->connection, "ROLLBACK", NULL); /* nothing is left to tell */
}

/* Prepared once: these run for every job. */
static gboolean
run (JzWriter *self, const char *sql, GError **error)
{
  return jz_connection_run (self->connection, error, sql, "");
}

static gboolean
run_in_savepoint (JzWriter *self, Job *job, GError **error)
{
  gboolean is_done;

  if (!run (self, "SAVEPOINT job", error))
    return FALSE;
  is_done = job->write (self->connection, job->data, &job->error);
  g_assert (is_done == (job->error == NULL));
  if (sqlite3_get_autocommit (jz_connection_get_handle (self->connection))) {
    /* SQLite has rolled the whole transaction back: nothing of the others is left either. */
    g_propagate_error (error, g_error_copy (job->error));
    return FALSE;
  }
  if (!is_done && !run (self, "ROLLBACK TO job", error))
    return FALSE;
  return run (self, "RELEASE job", error);
}

/* A commit that could not be written whole is none. One that was written and could not be synced,
 * or was not told to the other connections, may be found in the log by whoever opens the database
 * next, or be gone. */
static gboolean
is_uncertain (JzWriter *self)
{
  int code = sqlite3_extended_errcode (jz_connection_get_handle (self->connection));

  return (code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_WRITE;
}

static gboolean
commit (JzWriter *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (run (self, "COMMIT", &local))
    return TRUE;
  if (is_uncertain (self))
    local->code = JZ_STORE_ERROR_UNCERTAIN;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_shared (JzWriter *self, GPtrArray *jobs, GError **error)
{
  if (!run (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  for (guint i = 0; i < jobs->len; i++)
    if (!run_in_savepoint (self, g_ptr_array_index (jobs, i), error))
      return FALSE;
  return commit (self, error);
}

static void
run_jobs (JzWriter *self, GPtrArray *jobs)
{
  g_autoptr (GError) error = NULL;
  Job *first = g_ptr_array_index (jobs, 0);

  if (self->stopped_by != NULL)
    fail_all (jobs, self->stopped_by);
  else if (first->is_alone)
    first->write (self->connection, first->data, &first->error);
  else if (!run_shared (self, jobs, &error)) {
    roll_back (self);
    fail_all (jobs, error);
  }
  for (guint i = 0; i < jobs->len; i++) {
    Job *job = g_ptr_array_index (jobs, i);
    remember_damage (self, job->error);
    job_finish (job);
  }
}

/* Takes what may share a commit with the first of @jobs.
 *
 * Returns: (nullable): what was taken and may not */
static gpointer
take_queued (JzWriter *self, GPtrArray *jobs)
{
  Job *first = g_ptr_array_index (jobs, 0);

  while (!first->is_alone && jobs->len < MAX_SHARED) {
    gpointer next = g_async_queue_try_pop (self->jobs);
    if (next == NULL || next == self || ((Job *)next)->is_alone)
      return next;
    g_ptr_array_add (jobs, next);
  }
  return NULL;
}

static gpointer
write_in_thread (gpointer data)
{
  JzWriter *self = data;
  gpointer next = g_async_queue_pop (self->jobs);

  while (next != self) {
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    g_ptr_array_add (jobs, next);
    g_mutex_lock (&self->mutex);
    next = take_queued (self, jobs);
    run_jobs (self, jobs);
    g_atomic_int_add (&self->n_queued, -(int)jobs->len);
    g_mutex_unlock (&self->mutex);
    if (next == NULL)
      next = g_async_queue_pop (self->jobs);
  }
  return NULL;
}

/* Whoever has queued something before must not overtake it. */
static gboolean
try_on_own_thread (JzWriter *self, Job *job)
{
  gboolean is_free;

  if (!g_mutex_trylock (&self->mutex))
    return FALSE;
  is_free = g_atomic_int_get (&self->n_queued) == 0;
  if (is_free) {
    g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
    g_ptr_array_add (jobs, job);
    run_jobs (self, jobs);
  }
  g_mutex_unlock (&self->mutex);
  return is_free;
}

/**
 * jz_writer_new:
 * @connection: (transfer full): the writing connection
 *
 * Returns: (transfer full): a writer with its thread running
 */
JzWriter *
jz_writer_new (JzConnection *connection)
{
  JzWriter *self = g_new0 (JzWriter, 1);

  g_mutex_init (&self->mutex);
  self->connection = connection;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("writer", write_in_thread, self);
  return self;
}

/**
 * jz_writer_free:
 * @self: (transfer full): a writer
 *
 * Lets it finish what is queued and closes the connection.
 */
void
jz_writer_free (JzWriter *self)
{
  g_async_queue_push (self->jobs, self);
  g_thread_join (self->thread);
  jz_connection_execute (self->connection, "PRAGMA optimize", NULL); /* only makes queries faster */
  jz_connection_close (self->connection);
  g_async_queue_unref (self->jobs);
  g_clear_error (&self->stopped_by);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Job *
job_new (JzWrite write, JzWritten written, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->write = write;
  job->written = written;
  job->data = data;
  return job;
}

static void
queue (JzWriter *self, Job *job)
{
  g_atomic_int_inc (&self->n_queued);
  g_async_queue_push (self->jobs, job);
}

/**
 * jz_writer_queue:
 * @self: a writer
 * @write: what to write
 * @written: told on the writer thread when it is durable or failed
 * @data: for both
 *
 * Queues something and returns at once. May be called from any thread.
 */
void
jz_writer_queue (JzWriter *self, JzWrite write, JzWritten written, gpointer data)
{
  queue (self, job_new (write, written, data));
}

/**
 * jz_writer_hurry:
 * @self: a writer
 * @write: what to write
 * @written: told when it is durable or failed, on the writer thread or on this one
 * @data: for both
 *
 * For a caller who will do nothing but wait: as jz_writer_queue(), but where nobody is writing and
 * nothing waits it is done before this returns. Not for the main loop of a window.
 */
void
jz_writer_hurry (JzWriter *self, JzWrite write, JzWritten written, gpointer data)
{
  Job *job = job_new (write, written, data);

  if (!try_on_own_thread (self, job))
    queue (self, job);
}

typedef struct {
  JzWrite write;
  gpointer data;
  GMutex mutex;
  GCond cond;
  gboolean is_done;
  GError *error;
} Waiting;

static gboolean
write_for_waiting (JzConnection *connection, gpointer data, GError **error)
{
  Waiting *waiting = data;
  return waiting->write (connection, waiting->data, error);
}

static void
on_waiting_written (const GError *error, gpointer data)
{
  Waiting *waiting = data;

  g_mutex_lock (&waiting->mutex);
  waiting->is_done = TRUE;
  waiting->error = error != NULL ? g_error_copy (error) : NULL;
  g_cond_signal (&waiting->cond);
  g_mutex_unlock (&waiting->mutex);
}

static gboolean
run_and_wait (JzWriter *self, JzWrite write, gpointer data, gboolean is_alone, GError **error)
{
  Waiting waiting = { .write = write, .data = data };
  Job *job = job_new (write_for_waiting, on_waiting_written, &waiting);

  job->is_alone = is_alone;
  g_mutex_init (&waiting.mutex);
  g_cond_init (&waiting.cond);
  if (!try_on_own_thread (self, job))
    queue (self, job);
  g_mutex_lock (&waiting.mutex);
  while (!waiting.is_done)
    g_cond_wait (&waiting.cond, &waiting.mutex);
  g_mutex_unlock (&waiting.mutex);
  g_mutex_clear (&waiting.mutex);
  g_cond_clear (&waiting.cond);
  if (waiting.error == NULL)
    return TRUE;
  g_propagate_error (error, waiting.error);
  return FALSE;
}

/**
 * jz_writer_run:
 * @self: a writer
 * @write: what to write
 * @data: for it
 * @error: return location
 *
 * Writes something and waits until it is durable. Not for the main loop of a window.
 *
 * Returns: whether it is committed; nothing of it is there when not, except that
 *   %JZ_STORE_ERROR_UNCERTAIN leaves that open
 */
gboolean
jz_writer_run (JzWriter *self, JzWrite write, gpointer data, GError **error)
{
  return run_and_wait (self, write, data, FALSE, error);
}

/**
 * jz_writer_run_alone:
 * @self: a writer
 * @write: what to do
 * @data: for it
 * @error: return location
 *
 * Like jz_writer_run(), but without a transaction around it: for cleaning up and for migrations.
 *
 * Returns: whether it was done
 */
gboolean
jz_writer_run_alone (JzWriter *self, JzWrite write, gpointer data, GError **error)
{
  return run_and_wait (self, write, data, TRUE, error);
}
