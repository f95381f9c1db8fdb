/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/player_link.h"

#include <glib-unix.h>

#include "media/play_message.h"
#include "media/player_ring.h"

/* A process that plays a foreign file may do anything: stop, hang, say nonsense. It is asked for a
 * sign of life twice a second. */
#define PING_MS 500
/* So many unanswered ones in a row: it hangs. A window that was busy itself has not asked. */
#define MAX_UNANSWERED 10
/* At most so much at a time, so that the window can draw. */
#define MAX_MESSAGES 64

struct _JzPlayerLink {
  const JzPlayerLinkCallbacks *callbacks;
  gpointer data;
  GCancellable *starting;
  JzHelper *helper; /* NULL until it runs */
  GSource *source;
  JzPlayerRing *ring;
  guint32 ring_number;
  guint width;
  guint height;
  guint ping;
  guint n_unanswered;
  guint deadline;
  /* the newest picture of one turn */
  JzFrame *frame;
  guint32 frame_serial;
  gboolean is_freed; /* by a callback */
  gboolean is_calling;
};

static void
detach (JzPlayerLink *self)
{
  g_clear_handle_id (&self->ping, g_source_remove);
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->ring != NULL)
    jz_player_ring_close (self->ring);
  g_clear_pointer (&self->ring, jz_player_ring_unref);
  g_clear_pointer (&self->frame, jz_frame_unref);
  if (self->helper != NULL)
    jz_helper_kill (self->helper, JZ_MEDIA_ERROR_DIED);
  g_clear_pointer (&self->helper, jz_helper_unref);
}

static void
lose (JzPlayerLink *self, const GError *reason)
{
  detach (self);
  self->callbacks->lost (reason, self->data);
}

static void
lose_for (JzPlayerLink *self, JzMediaError code)
{
  g_autoptr (GError) reason = jz_media_error_new (code, NULL);
  lose (self, reason);
}

static void
on_frame (JzPlayerLink *self, const JzMessage *message)
{
  JzFrame *frame = self->ring != NULL ? jz_player_ring_take_frame (self->ring, message) : NULL;

  if (frame == NULL) /* of a ring that is used no more */
    return;
  g_clear_pointer (&self->frame, jz_frame_unref);
  self->frame = frame;
  self->frame_serial = message->serial;
}

static void
flush_frame (JzPlayerLink *self)
{
  g_autoptr (JzFrame) frame = g_steal_pointer (&self->frame);

  if (frame != NULL)
    self->callbacks->frame (frame, self->frame_serial, self->data);
}

static void
on_message (JzPlayerLink *self, JzMessage *message)
{
  if (message->type == JZ_MESSAGE_PONG) {
    self->n_unanswered = 0;
    return;
  }
  if (message->type == JZ_SHOWN_FRAME) {
    on_frame (self, message);
    return;
  }
  /* What comes after a picture may mean that it was the one that was asked for. */
  if (message->type != JZ_SHOWN_SOUND)
    flush_frame (self);
  if (!self->is_freed)
    self->callbacks->message (message, self->data);
}

/* Callbacks may free the link. */
static void
read_all (JzPlayerLink *self)
{
  g_autoptr (GError) error = NULL;
  JzMessageResult result = JZ_MESSAGE_RECEIVED;

  self->is_calling = TRUE;
  for (guint i = 0; i < MAX_MESSAGES && result == JZ_MESSAGE_RECEIVED && !self->is_freed; i++) {
    g_auto (JzMessage) message = { 0 };

    result = jz_helper_receive (self->helper, &message, 0, &error);
    if (result == JZ_MESSAGE_RECEIVED)
      on_message (self, &message);
  }
  if (!self->is_freed)
    flush_frame (self);
  if (!self->is_freed && (result == JZ_MESSAGE_CLOSED || result == JZ_MESSAGE_BROKEN))
    lose (self, error);
  self->is_calling = FALSE;
  if (self->is_freed)
    g_free (self);
}

static gboolean
on_readable (int socket, GIOCondition condition, gpointer data)
{
  read_all (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_ping (gpointer data)
{
  JzPlayerLink *self = data;

  if (self->n_unanswered++ >= MAX_UNANSWERED) {
    self->ping = 0;
    lose_for (self, JZ_MEDIA_ERROR_DEADLINE);
    return G_SOURCE_REMOVE;
  }
  jz_player_link_send (self, &(JzMessage){ .type = JZ_MESSAGE_PING });
  return G_SOURCE_CONTINUE;
}

static void
make_ring (JzPlayerLink *self)
{
  g_autoptr (GError) error = NULL;

  if (self->ring != NULL)
    jz_player_ring_close (self->ring);
  g_clear_pointer (&self->ring, jz_player_ring_unref);
  self->ring =
    jz_player_ring_new (self->helper, ++self->ring_number, self->width, self->height, &error);
  /* Without it there is sound; the end of the helper is told when its socket says so. */
  if (self->ring == NULL)
    g_debug ("no memory for pictures: %s", error->message);
}

static void
attach (JzPlayerLink *self)
{
  self->source =
    g_unix_fd_source_new (jz_helper_get_socket (self->helper), G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->ping = g_timeout_add (PING_MS, on_ping, self);
  make_ring (self);
}

static void
start_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  JzHelper *helper = jz_media_take_helper (JZ_MEDIA (source), cancellable, &error);

  if (helper != NULL)
    g_task_return_pointer (task, helper, (GDestroyNotify)jz_helper_unref);
  else
    g_task_return_error (task, error);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  JzHelper *helper = g_task_propagate_pointer (G_TASK (result), &error);
  JzPlayerLink *self = data;

  /* Freed meanwhile: only a task that was not cancelled knows a link that is there. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->starting);
  if (helper == NULL) {
    lose (self, error);
    return;
  }
  self->helper = helper;
  attach (self);
  self->callbacks->ready (self->data);
}

/**
 * jz_player_link_new:
 * @media: starts helpers
 * @width: of the largest picture that is wanted
 * @height: of it
 * @callbacks: who hears of it; stays
 * @data: for @callbacks
 *
 * Starts a helper in a thread; sentences and pictures come in the main context.
 *
 * Returns: (transfer full): a link that is not ready yet
 */
JzPlayerLink *
jz_player_link_new (JzMedia *media,
                    guint width,
                    guint height,
                    const JzPlayerLinkCallbacks *callbacks,
                    gpointer data)
{
  JzPlayerLink *self = g_new0 (JzPlayerLink, 1);
  g_autoptr (GTask) task = NULL;

  self->callbacks = callbacks;
  self->data = data;
  self->width = width;
  self->height = height;
  self->starting = g_cancellable_new ();
  task = g_task_new (media, self->starting, on_started, self);
  g_task_set_source_tag (task, jz_player_link_new);
  g_task_run_in_thread (task, start_in_thread);
  return self;
}

/**
 * jz_player_link_free:
 * @self: (transfer full) (nullable): a link
 *
 * Ends the helper at once. May be called by a callback of the link.
 */
void
jz_player_link_free (JzPlayerLink *self)
{
  if (self == NULL)
    return;
  if (self->starting != NULL)
    g_cancellable_cancel (self->starting);
  g_clear_object (&self->starting);
  detach (self);
  self->is_freed = TRUE;
  if (!self->is_calling)
    g_free (self);
}

/**
 * jz_player_link_send:
 * @self: a link
 * @message: a request; its handles stay the caller's
 *
 * Never blocks; before the helper is ready nothing is sent.
 */
void
jz_player_link_send (JzPlayerLink *self, const JzMessage *message)
{
  /* A helper that is gone says so by its socket. */
  if (self->helper != NULL)
    jz_helper_send (self->helper, message, NULL);
}

static gboolean
on_deadline (gpointer data)
{
  JzPlayerLink *self = data;

  self->deadline = 0;
  lose_for (self, JZ_MEDIA_ERROR_DEADLINE);
  return G_SOURCE_REMOVE;
}

/**
 * jz_player_link_expect:
 * @self: a link
 * @seconds: until the helper is ended, 0: it answered
 *
 * A sign of life is no answer: a file may keep a helper busy for ever.
 */
void
jz_player_link_expect (JzPlayerLink *self, guint seconds)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (seconds > 0 && self->helper != NULL)
    self->deadline = g_timeout_add_seconds (seconds, on_deadline, self);
}

/**
 * jz_player_link_get_pid:
 * @self: a link
 *
 * The process, or 0 while there is none.
 *
 * Returns: the process that was started, 0 while there is none
 */
gint64
jz_player_link_get_pid (JzPlayerLink *self)
{
  return self->helper != NULL ? jz_helper_get_pid (self->helper) : 0;
}

/**
 * jz_player_link_set_size:
 * @self: a link
 * @width: of the largest picture that is wanted
 * @height: of it
 *
 * Gives the helper other memory to draw into.
 */
void
jz_player_link_set_size (JzPlayerLink *self, guint width, guint height)
{
  self->width = width;
  self->height = height;
  if (self->helper != NULL)
    make_ring (self);
}
