/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "media/media-private.h"
#include "media/media_file.h"

/* A helper serves one file and is ended after it, so that a file that takes one over learns nothing
 * of the next. A spare one is started meanwhile, with all that is usually needed loaded: whoever
 * comes next does not wait. The last few files keep their helper for a while, because pages are
 * asked for one by one. */

#define MAX_BUSY 2
#define MAX_KEPT 2
#define SLICE_MS 50
/* A helper answers PING whatever it works at; one that does not for so long is stopped or hangs. */
#define SILENCE_MS 8000

typedef struct {
  JzHelper *helper;
  JzFileId file;
  guint n_asked;
  gboolean is_busy;
  gboolean is_distrusted;
  gint64 used;
} Session;

struct _JzMedia {
  GObject parent_instance;

  JzCage *cage;
  GMutex lock; /* of what is below */
  GCond changed;
  GPtrArray *sessions; /* Session */
  guint n_busy;
  JzHelper *spare;
  gboolean is_spare_coming;
  guint32 serial;
  guint patience;
};

G_DEFINE_FINAL_TYPE (JzMedia, jz_media, G_TYPE_OBJECT)

static void
free_session (gpointer data)
{
  Session *session = data;

  jz_helper_unref (session->helper);
  g_free (session);
}

static void
jz_media_finalize (GObject *object)
{
  JzMedia *self = JZ_MEDIA (object);

  g_ptr_array_unref (self->sessions);
  g_clear_pointer (&self->spare, jz_helper_unref);
  jz_cage_unref (self->cage);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  G_OBJECT_CLASS (jz_media_parent_class)->finalize (object);
}

static void
jz_media_class_init (JzMediaClass *class)
{
  G_OBJECT_CLASS (class)->finalize = jz_media_finalize;
}

static void
jz_media_init (JzMedia *self)
{
  self->cage = jz_cage_new ();
  self->sessions = g_ptr_array_new_with_free_func (free_session);
  self->patience = 100;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

/**
 * jz_media_new:
 *
 * Starts nothing yet; see jz_media_warm().
 *
 * Returns: (transfer full): what opens files from outside
 */
JzMedia *
jz_media_new (void)
{
  return g_object_new (JZ_TYPE_MEDIA, NULL);
}

/**
 * jz_media_set_patience:
 * @self: what opens files
 * @percent: of every deadline; 100 by itself
 *
 * For tests of files that never answer, and for machines that are slow beyond measure.
 */
void
jz_media_set_patience (JzMedia *self, guint percent)
{
  g_return_if_fail (percent > 0);

  self->patience = percent;
}

/**
 * jz_media_end_helpers:
 * @self: what opens files
 *
 * Ends every helper that is at work, kept or spare, for tests of what happens then.
 */
void
jz_media_end_helpers (JzMedia *self)
{
  g_mutex_lock (&self->lock);
  if (self->spare != NULL)
    jz_helper_kill (self->spare, JZ_MEDIA_ERROR_DIED);
  for (guint i = 0; i < self->sessions->len; i++) {
    Session *session = self->sessions->pdata[i];
    jz_helper_kill (session->helper, JZ_MEDIA_ERROR_DIED);
  }
  g_mutex_unlock (&self->lock);
}

static void
start_spare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  JzMedia *self = source;
  /* If it fails, the next who asks learns why. */
  JzHelper *helper = jz_helper_start (self->cage, NULL, NULL);

  g_mutex_lock (&self->lock);
  self->is_spare_coming = FALSE;
  if (self->spare == NULL)
    self->spare = g_steal_pointer (&helper);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&helper, jz_helper_unref);
  g_task_return_boolean (task, TRUE);
}

/* With the lock held. */
static void
order_spare (JzMedia *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->spare != NULL || self->is_spare_coming)
    return;
  self->is_spare_coming = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_source_tag (task, order_spare);
  g_task_run_in_thread (task, start_spare_in_thread);
}

/**
 * jz_media_warm:
 * @self: what opens files
 *
 * Starts a helper ahead, so that the first job need not wait for it.
 */
void
jz_media_warm (JzMedia *self)
{
  g_mutex_lock (&self->lock);
  order_spare (self);
  g_mutex_unlock (&self->lock);
}

/**
 * jz_media_is_caged:
 * @self: what opens files
 * @why_not: (out) (optional) (transfer full) (nullable): a sentence, if not
 *
 * Tries it if that was not done yet; for worker threads.
 *
 * Returns: whether files are opened in bubblewrap's cage; if not, limits, deadlines and the
 * restriction of system calls hold all the same
 */
gboolean
jz_media_is_caged (JzMedia *self, char **why_not)
{
  g_autoptr (GError) error = NULL;

  if (!jz_cage_prepare (self->cage, NULL, &error)) {
    if (why_not != NULL)
      *why_not = g_strdup (error->message);
    return FALSE;
  }
  return jz_cage_is_closed (self->cage, why_not);
}

static void
try_cage_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char *why_not = NULL;

  /* The sentence is the result: there is none where all is well. */
  jz_media_is_caged (source, &why_not);
  g_task_return_pointer (task, why_not, g_free);
}

/**
 * jz_media_try_cage_async:
 * @self: what opens files
 * @callback: (scope async): called when it was tried
 * @user_data: for @callback
 *
 * Does what jz_media_is_caged() does without blocking.
 */
void
jz_media_try_cage_async (JzMedia *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, jz_media_try_cage_async);
  g_task_run_in_thread (task, try_cage_in_thread);
}

/**
 * jz_media_try_cage_finish:
 * @self: what opens files
 * @result: what the callback got
 * @why_not: (out) (transfer full) (nullable): a sentence, if not
 *
 * Returns: see jz_media_is_caged()
 */
gboolean
jz_media_try_cage_finish (JzMedia *self, GAsyncResult *result, char **why_not)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *why_not = g_task_propagate_pointer (G_TASK (result), NULL);
  return *why_not == NULL;
}

/* (transfer full) (nullable): the spare one, one that is on its way, or a new one */
static JzHelper *
take_helper (JzMedia *self, gboolean *was_spare, GCancellable *cancellable, GError **error)
{
  JzHelper *helper;

  g_mutex_lock (&self->lock);
  while (self->spare == NULL && self->is_spare_coming)
    g_cond_wait (&self->changed, &self->lock);
  helper = g_steal_pointer (&self->spare);
  *was_spare = helper != NULL;
  g_mutex_unlock (&self->lock);
  if (helper == NULL)
    helper = jz_helper_start (self->cage, cancellable, error);
  if (helper != NULL)
    jz_media_warm (self);
  return helper;
}

/**
 * jz_media_take_helper:
 * @self: what opens files
 * @cancellable: (nullable): to give up waiting
 * @error: return location
 *
 * For who talks with a helper by himself, as the player does; for worker threads.
 *
 * Fails with %JZ_MEDIA_ERROR_NO_HELPER or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): a helper that has seen no file yet
 */
JzHelper *
jz_media_take_helper (JzMedia *self, GCancellable *cancellable, GError **error)
{
  gboolean was_spare;
  JzHelper *helper = take_helper (self, &was_spare, cancellable, error);

  /* It may have been ended while it waited. */
  if (helper != NULL && was_spare &&
      !jz_helper_send (helper, &(JzMessage){ .type = JZ_MESSAGE_PING }, NULL)) {
    jz_helper_unref (helper);
    helper = jz_helper_start (self->cage, cancellable, error);
  }
  return helper;
}

/* With the lock held. (transfer none) (nullable) */
static Session *
find_idle (JzMedia *self, const JzFileId *file)
{
  for (guint i = 0; i < self->sessions->len; i++) {
    Session *session = self->sessions->pdata[i];

    if (!session->is_busy && jz_file_id_equal (&session->file, file))
      return session;
  }
  return NULL;
}

/* With the lock held: those that were asked last are kept. */
static void
end_oldest (JzMedia *self)
{
  for (;;) {
    Session *oldest = NULL;
    guint n_idle = 0;

    for (guint i = 0; i < self->sessions->len; i++) {
      Session *session = self->sessions->pdata[i];

      if (session->is_busy)
        continue;
      n_idle++;
      if (oldest == NULL || session->used < oldest->used)
        oldest = session;
    }
    if (n_idle <= MAX_KEPT)
      return;
    g_ptr_array_remove_fast (self->sessions, oldest);
  }
}

/* Waits until fewer than %MAX_BUSY work. (transfer none) (nullable): it is busy from now on */
static Session *
begin (JzMedia *self,
       const JzFileId *file,
       gboolean *is_fresh,
       GCancellable *cancellable,
       GError **error)
{
  Session *session;
  JzHelper *helper;
  gboolean was_spare;

  g_mutex_lock (&self->lock);
  while (self->n_busy >= MAX_BUSY && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->changed, &self->lock,
                       g_get_monotonic_time () + SLICE_MS * G_TIME_SPAN_MILLISECOND);
  if (g_cancellable_set_error_if_cancelled (cancellable, error)) {
    g_mutex_unlock (&self->lock);
    return NULL;
  }
  self->n_busy++;
  session = find_idle (self, file);
  if (session != NULL)
    session->is_busy = TRUE;
  g_mutex_unlock (&self->lock);
  *is_fresh = session == NULL;
  if (session != NULL)
    return session;
  helper = take_helper (self, &was_spare, cancellable, error);
  g_mutex_lock (&self->lock);
  if (helper == NULL) {
    self->n_busy--;
  } else {
    session = g_new0 (Session, 1);
    session->helper = helper;
    session->file = *file;
    session->is_busy = TRUE;
    g_ptr_array_add (self->sessions, session);
  }
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return session;
}

static void
end (JzMedia *self, Session *session, gboolean is_alive)
{
  g_mutex_lock (&self->lock);
  self->n_busy--;
  session->is_busy = FALSE;
  session->n_asked++;
  session->used = g_get_monotonic_time ();
  if (!is_alive || session->is_distrusted)
    g_ptr_array_remove_fast (self->sessions, session);
  end_oldest (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static guint32
next_serial (JzMedia *self)
{
  guint32 serial;

  g_mutex_lock (&self->lock);
  serial = ++self->serial;
  g_mutex_unlock (&self->lock);
  return serial;
}

/* In microseconds. */
static gint64
scale (JzMedia *self, guint ms)
{
  return (gint64)ms * self->patience * 10;
}

static gboolean
ask_session (JzMedia *self,
             Session *session,
             const JzMediaRequest *request,
             JzMediaAnswer *answer,
             gboolean *is_alive,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GError) wrong = NULL;
  JzMediaPatience patience = { .deadline = scale (self, request->deadline_ms),
                               .silence = MAX (scale (self, SILENCE_MS), SILENCE_MS * 1000) };
  JzMessage message = { .type = request->type,
                        .serial = next_serial (self),
                        .a = request->a,
                        .b = request->b,
                        .c = request->c,
                        .text = request->text,
                        .length = request->text != NULL ? strlen (request->text) : 0 };
  gboolean is_done;

  *is_alive = FALSE;
  answer->memory = jz_result_memory_new (request->memory_size, error);
  if (answer->memory < 0)
    return FALSE;
  message.handles[0] = request->file;
  message.handles[1] = answer->memory;
  message.n_handles = 2;
  is_done = jz_helper_send (session->helper, &message, &wrong) &&
            jz_media_wait (session->helper, message.serial, &patience, answer, is_alive,
                           cancellable, &wrong);
  if (!is_done)
    g_propagate_error (error, g_steal_pointer (&wrong));
  return is_done;
}

static gboolean
is_gone (const GError *error)
{
  return g_error_matches (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_DIED) ||
         g_error_matches (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_TOO_LARGE);
}

/**
 * jz_media_ask:
 * @self: what opens files
 * @request: what to do with which file
 * @answer: (out caller-allocates): to be cleared
 * @cancellable: (nullable): ends the helper when it is cancelled
 * @error: return location
 *
 * Asks the helper of that file, or a fresh one. If a helper that had answered before is gone, it
 * may have been ended by the system meanwhile: then a fresh one is asked once more. A fresh one
 * that is gone was ended by the file.
 *
 * Fails with #JzMediaError or %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether there is a result
 */
gboolean
jz_media_ask (JzMedia *self,
              const JzMediaRequest *request,
              JzMediaAnswer *answer,
              GCancellable *cancellable,
              GError **error)
{
  JzFileId file;

  memset (answer, 0, sizeof *answer);
  if (!jz_file_id_read (request->file, &file, error))
    return FALSE;
  for (guint attempt = 0;; attempt++) {
    g_autoptr (GError) wrong = NULL;
    gboolean is_fresh = TRUE;
    gboolean is_alive = FALSE;
    gboolean is_done;
    Session *session = begin (self, &file, &is_fresh, cancellable, error);

    if (session == NULL)
      return FALSE;
    is_done = ask_session (self, session, request, answer, &is_alive, cancellable, &wrong);
    end (self, session, is_alive);
    if (is_done)
      return TRUE;
    jz_media_answer_clear (answer);
    if (!is_alive && !is_fresh && attempt == 0 && is_gone (wrong))
      continue;
    g_propagate_error (error, g_steal_pointer (&wrong));
    return FALSE;
  }
}

/**
 * jz_media_distrust:
 * @self: what opens files
 * @file: the file that was asked about
 * @error: return location
 *
 * For a result that is not well formed: ends the helper and says so.
 *
 * Returns: %FALSE
 */
gboolean
jz_media_distrust (JzMedia *self, int file, GError **error)
{
  JzFileId id;

  if (jz_file_id_read (file, &id, NULL)) {
    g_mutex_lock (&self->lock);
    for (guint i = self->sessions->len; i > 0; i--) {
      Session *session = self->sessions->pdata[i - 1];

      if (!jz_file_id_equal (&session->file, &id))
        continue;
      session->is_distrusted = TRUE;
      if (!session->is_busy)
        g_ptr_array_remove_index_fast (self->sessions, i - 1);
    }
    g_mutex_unlock (&self->lock);
  }
  g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_PROTOCOL, NULL));
  return FALSE;
}
