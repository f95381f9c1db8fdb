/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/job.h"

struct _JzJob {
  GObject parent_instance;

  char *title;
  GCancellable *cancellable;

  GMutex mutex; /* for all below */
  double fraction;
  gboolean is_ended;
  guint notify_id;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzJob, jz_job, G_TYPE_OBJECT)

static void
jz_job_finalize (GObject *object)
{
  JzJob *self = JZ_JOB (object);

  g_free (self->title);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (jz_job_parent_class)->finalize (object);
}

static void
jz_job_class_init (JzJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_job_finalize;
  /* Told in the main loop, at most once an iteration. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jz_job_init (JzJob *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->fraction = -1;
}

/**
 * jz_job_new:
 * @title: what is being done, a few words
 *
 * Returns: (transfer full): a job under way
 */
JzJob *
jz_job_new (const char *title)
{
  JzJob *self = g_object_new (JZ_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  return self;
}

const char *
jz_job_get_title (JzJob *self)
{
  return self->title;
}

GCancellable *
jz_job_get_cancellable (JzJob *self)
{
  return self->cancellable;
}

/**
 * jz_job_get_fraction:
 * @self: a job
 *
 * Returns: how much is done, 0 to 1; negative while nobody knows
 */
double
jz_job_get_fraction (JzJob *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->fraction;
}

gboolean
jz_job_is_ended (JzJob *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  return self->is_ended;
}

static gboolean
notify_in_idle (gpointer data)
{
  JzJob *self = data;

  g_mutex_lock (&self->mutex);
  self->notify_id = 0;
  g_mutex_unlock (&self->mutex);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
notify_later (JzJob *self)
{
  if (self->notify_id == 0)
    self->notify_id =
      g_idle_add_full (G_PRIORITY_DEFAULT, notify_in_idle, g_object_ref (self), g_object_unref);
}

void
jz_job_set_fraction (JzJob *self, double fraction)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->fraction = fraction;
  notify_later (self);
}

/**
 * jz_job_end:
 * @self: a job that is done, or was given up
 */
void
jz_job_end (JzJob *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->is_ended = TRUE;
  notify_later (self);
}
