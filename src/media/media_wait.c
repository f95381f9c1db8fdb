/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "media/media-private.h"

/* Waits for what a helper answers, as long as it shows that it lives. */

#define SLICE_MS 50
#define PING_MS 1000

typedef struct {
  gint64 deadline;
  gint64 silence; /* how long it may be silent */
  gint64 heard;   /* when anything came */
  gint64 pinged;  /* when it was asked whether it lives */
} Watch;

/**
 * jz_media_answer_clear:
 * @self: an answer
 */
void
jz_media_answer_clear (JzMediaAnswer *self)
{
  if (self->memory > 0)
    close (self->memory);
  self->memory = 0;
}

/* Whether it is still worth waiting for. */
static gboolean
keep_watch (JzHelper *helper, Watch *watch, GCancellable *cancellable)
{
  gint64 now = g_get_monotonic_time ();

  if (g_cancellable_is_cancelled (cancellable) || now > watch->deadline ||
      now > watch->heard + watch->silence) {
    jz_helper_kill (helper, JZ_MEDIA_ERROR_DEADLINE);
    return FALSE;
  }
  if (now > watch->pinged + PING_MS * 1000) {
    watch->pinged = now;
    /* If it cannot be sent, waiting says why. */
    (void)jz_helper_send (helper, &(JzMessage){ .type = JZ_MESSAGE_PING }, NULL);
  }
  return TRUE;
}

static gboolean
take_answer (JzHelper *helper,
             const JzMessage *message,
             JzMediaAnswer *answer,
             gboolean *is_alive,
             GError **error)
{
  *is_alive = message->type == JZ_MESSAGE_DONE;
  if (message->type == JZ_MESSAGE_DONE) {
    answer->numbers[0] = message->a;
    answer->numbers[1] = message->b;
    answer->numbers[2] = message->c;
    answer->numbers[3] = message->d;
    return TRUE;
  }
  if (message->type == JZ_MESSAGE_FAILED && message->a >= 0 &&
      message->a < JZ_MEDIA_ERROR_NO_HELPER) {
    *is_alive = message->a != JZ_MEDIA_ERROR_PROTOCOL;
    g_propagate_error (error, jz_media_error_new ((JzMediaError)message->a, message->text));
    return FALSE;
  }
  jz_helper_kill (helper, JZ_MEDIA_ERROR_PROTOCOL);
  g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_PROTOCOL, NULL));
  return FALSE;
}

/**
 * jz_media_wait:
 * @helper: what was asked
 * @serial: of the question
 * @patience: how long it may take; after that the helper is ended
 * @answer: (out caller-allocates): its numbers
 * @is_alive: (out): whether the helper can be asked again
 * @cancellable: (nullable): ends the helper
 * @error: return location
 *
 * Fails with #JzMediaError or %G_IO_ERROR_CANCELLED.
 *
 * Returns: whether there is an answer
 */
gboolean
jz_media_wait (JzHelper *helper,
               guint32 serial,
               const JzMediaPatience *patience,
               JzMediaAnswer *answer,
               gboolean *is_alive,
               GCancellable *cancellable,
               GError **error)
{
  gint64 now = g_get_monotonic_time ();
  Watch watch = { now + patience->deadline, patience->silence, now, now };

  *is_alive = FALSE;
  for (;;) {
    g_auto (JzMessage) message = { 0 };
    JzMessageResult result = jz_helper_receive (helper, &message, SLICE_MS, error);

    if (result == JZ_MESSAGE_CLOSED || result == JZ_MESSAGE_BROKEN)
      return FALSE;
    if (result == JZ_MESSAGE_RECEIVED) {
      watch.heard = g_get_monotonic_time ();
      if (message.serial == serial && message.type != JZ_MESSAGE_PONG)
        return take_answer (helper, &message, answer, is_alive, error);
      if (message.type != JZ_MESSAGE_PONG)
        jz_helper_kill (helper, JZ_MEDIA_ERROR_PROTOCOL);
    }
    if (!keep_watch (helper, &watch, cancellable)) {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_DEADLINE, NULL));
      return FALSE;
    }
  }
}
