/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "media/frame_media.h"
#include "media/player-private.h"

/* A hash is made from a picture that is decoded for it, from its key picture on: what was dropped
 * or hurried while playing does not count. */

/* A recording may have to be read through first. */
#define HASH_PATIENCE_MS (120 * 1000)

typedef struct {
  int memory; /* -1: only the hash is wanted */
  gsize size;
  JzFrame *still;
  JzFrameHash *hash;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  if (answer->memory >= 0)
    close (answer->memory);
  g_clear_pointer (&answer->still, jz_frame_unref);
  g_clear_pointer (&answer->hash, jz_frame_hash_free);
  g_free (answer);
}

static JzFrameHash *
parse_hash (const JzMessage *message, GError **error)
{
  g_autoptr (JzJson) json =
    message->text != NULL ? jz_json_parse_canonical (message->text, message->length, NULL) : NULL;
  JzFrameHash *hash = json != NULL ? jz_frame_hash_from_json (json, NULL) : NULL;

  if (hash == NULL)
    g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_PROTOCOL, NULL));
  return hash;
}

static gboolean
take_still (Answer *answer, const JzMessage *message, GError **error)
{
  gsize size = 0;
  GBytes *pixels = NULL;

  if (answer->memory < 0)
    return TRUE;
  if (message->a < 1 || message->b < 1 || message->a > 2 * JZ_PLAY_MAX_SIDE ||
      message->b > 2 * JZ_PLAY_MAX_SIDE || (gsize)(message->a * message->b * 4) > answer->size) {
    g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_PROTOCOL, NULL));
    return FALSE;
  }
  size = (gsize)(message->a * message->b * 4);
  pixels = jz_result_memory_copy (answer->memory, answer->size, size, error);
  if (pixels == NULL)
    return FALSE;
  answer->still = jz_frame_new (pixels, (guint)message->a, (guint)message->b, answer->hash->pts,
                                answer->hash->number);
  return TRUE;
}

static GTask *
steal_task (JzPlayer *self, guint32 serial)
{
  gpointer task = NULL;

  g_hash_table_steal_extended (self->hashes, GUINT_TO_POINTER (serial), NULL, &task);
  return task;
}

void
jz_player_hash_answer (JzPlayer *self, JzMessage *message)
{
  g_autoptr (GTask) task = steal_task (self, message->serial);
  Answer *answer = task != NULL ? g_task_get_task_data (task) : NULL;
  GError *error = NULL;

  if (task == NULL)
    return;
  answer->hash = parse_hash (message, &error);
  if (answer->hash == NULL || !take_still (answer, message, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
jz_player_hash_fail (JzPlayer *self, guint32 serial, const GError *reason)
{
  g_autoptr (GTask) task = steal_task (self, serial);

  if (task == NULL)
    return FALSE;
  g_task_return_error (task, g_error_copy (reason));
  return TRUE;
}

void
jz_player_hash_fail_all (JzPlayer *self, const GError *reason)
{
  g_autoptr (GList) serials = g_hash_table_get_keys (self->hashes);

  for (GList *link = serials; link != NULL; link = link->next)
    jz_player_hash_fail (self, GPOINTER_TO_UINT (link->data), reason);
}

static void
ask (JzPlayer *self, GTask *task, gint64 pts)
{
  Answer *answer = g_task_get_task_data (task);
  JzMessage message = { .type = JZ_PLAY_HASH, .a = pts >= 0 ? pts : self->position };

  message.serial = jz_player_next_serial (self);
  if (answer->memory >= 0) {
    message.handles[0] = answer->memory;
    message.n_handles = 1;
  }
  g_hash_table_insert (self->hashes, GUINT_TO_POINTER (message.serial), g_object_ref (task));
  jz_player_link_send (self->link, &message);
}

static void
start (JzPlayer *self,
       gint64 pts,
       gboolean wants_still,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Answer *answer = g_new0 (Answer, 1);
  GError *error = NULL;

  answer->memory = -1;
  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, answer, answer_free);
  if (self->link == NULL || !self->has_video || self->state == JZ_PLAYER_STATE_OPENING) {
    g_task_return_new_error (task, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_ABSENT, "%s",
                             _ ("There is no picture to take. Open a recording with pictures "
                                "first."));
    return;
  }
  if (wants_still) {
    answer->size = (gsize)self->full_width * self->full_height * 4;
    answer->memory = jz_result_memory_new (MAX (answer->size, 1), &error);
    if (answer->memory < 0) {
      g_task_return_error (task, error);
      return;
    }
  }
  ask (self, task, pts);
}

/**
 * jz_player_hash_frame_async:
 * @self: a player
 * @pts: nanoseconds, or -1 for the picture that is shown
 * @cancellable: (nullable): to give up
 * @callback: what to do with the answer
 * @data: for @callback
 *
 * Asks which picture is shown at a time: with its time stamp as the file states it, and a hash of
 * its samples as they were decoded.
 */
void
jz_player_hash_frame_async (JzPlayer *self,
                            gint64 pts,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  start (self, pts, FALSE, cancellable, callback, data);
}

/**
 * jz_player_hash_frame_finish:
 * @self: a player
 * @result: what the callback got
 * @error: return location
 *
 * Fails with %JZ_MEDIA_ERROR or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): which picture
 */
JzFrameHash *
jz_player_hash_frame_finish (JzPlayer *self, GAsyncResult *result, GError **error)
{
  Answer *answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  answer = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_steal_pointer (&answer->hash);
}

/**
 * jz_player_still_async:
 * @self: a player
 * @pts: nanoseconds, or -1 for the picture that is shown
 * @cancellable: (nullable): to give up
 * @callback: what to do with the answer
 * @data: for @callback
 *
 * Asks for a picture in full size, upright, with square pixels, to be kept as evidence; with it
 * comes which picture it is.
 */
void
jz_player_still_async (JzPlayer *self,
                       gint64 pts,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  start (self, pts, TRUE, cancellable, callback, data);
}

/**
 * jz_player_still_finish:
 * @self: a player
 * @result: what the callback got
 * @hash: (out) (optional) (transfer full): which picture
 * @error: return location
 *
 * Fails with %JZ_MEDIA_ERROR or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): the picture, in memory that nobody else writes
 */
JzFrame *
jz_player_still_finish (JzPlayer *self, GAsyncResult *result, JzFrameHash **hash, GError **error)
{
  Answer *answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  answer = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  if (hash != NULL)
    *hash = g_steal_pointer (&answer->hash);
  return g_steal_pointer (&answer->still);
}

/* In small waits, so that it can be given up. */
static JzFrameHash *
wait_for_hash (JzHelper *helper, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < HASH_PATIENCE_MS / 100; i++) {
    g_auto (JzMessage) message = { 0 };
    JzMessageResult result = jz_helper_receive (helper, &message, 100, error);

    if (result == JZ_MESSAGE_CLOSED || result == JZ_MESSAGE_BROKEN ||
        g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    if (result == JZ_MESSAGE_RECEIVED && message.type == JZ_SHOWN_HASHED)
      return parse_hash (&message, error);
    if (result == JZ_MESSAGE_RECEIVED && message.type == JZ_MESSAGE_FAILED) {
      g_propagate_error (
        error, jz_media_error_new ((JzMediaError)CLAMP (message.a, 0, 255), message.text));
      return NULL;
    }
  }
  g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_DEADLINE, NULL));
  return NULL;
}

/**
 * jz_media_hash_frame:
 * @media: opens files
 * @handle: a recording
 * @pts: nanoseconds
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * As jz_player_hash_frame_async(), without a player, for worker threads: a mark can be made on the
 * command line, and a mark that was made be compared with what the recording shows now.
 *
 * Fails with %JZ_MEDIA_ERROR or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): which picture is shown at @pts
 */
JzFrameHash *
jz_media_hash_frame (JzMedia *media,
                     int handle,
                     gint64 pts,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (JzHelper) helper = jz_media_take_helper (media, cancellable, error);
  JzMessage message = {
    .type = JZ_PLAY_HASH_FILE, .serial = 1, .a = pts, .handles = { handle }, .n_handles = 1
  };
  JzFrameHash *hash = NULL;

  if (helper == NULL || !jz_helper_send (helper, &message, error))
    return NULL;
  hash = wait_for_hash (helper, cancellable, error);
  jz_helper_kill (helper, JZ_MEDIA_ERROR_DEADLINE);
  return hash;
}
