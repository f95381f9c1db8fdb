/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "media/player-private.h"

/* A helper that ran so long and then died is started again by itself once more. */
#define GOOD_RUN_US (60 * G_USEC_PER_SEC)
#define TICK_MS 100

guint32
jz_player_next_serial (JzPlayer *self)
{
  /* The helper marks serials by their 31st bit. */
  self->last_serial = self->last_serial % 0x3fffffff + 1;
  return self->last_serial;
}

static gint64
get_thousandths (JzPlayer *self)
{
  return (gint64)(self->rate * 1000 + 0.5);
}

static void
set_busy (JzPlayer *self, guint32 serial, JzPlayMessage type)
{
  /* A step waits until the file was read through, which may take long. */
  self->busy_serial = serial;
  self->busy_type = type;
  jz_player_link_expect (self->link, type == JZ_PLAY_STEP ? 0 : self->deadline);
}

static void
set_idle (JzPlayer *self)
{
  self->busy_serial = 0;
  if (self->link != NULL)
    jz_player_link_expect (self->link, 0);
}

static void
silence (JzPlayer *self)
{
  self->heard_at = -1;
  if (self->sound != NULL)
    jz_player_sound_flush (self->sound);
}

static void
send_seek (JzPlayer *self)
{
  guint32 serial = jz_player_next_serial (self);

  self->is_seek_waiting = FALSE;
  self->goal = self->is_seek_exact ? self->seek_pts : -1;
  self->shown_serial = serial;
  silence (self);
  set_busy (self, serial, JZ_PLAY_SEEK);
  jz_player_link_send (self->link, &(JzMessage){ .type = JZ_PLAY_SEEK,
                                                 .serial = serial,
                                                 .a = self->seek_pts,
                                                 .b = self->is_seek_exact,
                                                 .c = get_thousandths (self) });
}

static void
send_step (JzPlayer *self)
{
  guint32 serial = jz_player_next_serial (self);
  int n_steps = self->n_steps_waiting;

  self->n_steps_waiting = 0;
  self->goal = -1;
  self->shown_serial = serial;
  set_busy (self, serial, JZ_PLAY_STEP);
  jz_player_link_send (
    self->link,
    &(JzMessage){ .type = JZ_PLAY_STEP, .serial = serial, .a = self->position, .b = n_steps });
}

static void
send_play (JzPlayer *self)
{
  guint32 serial = jz_player_next_serial (self);

  self->is_play_waiting = FALSE;
  self->goal = -1;
  self->shown_serial = serial;
  silence (self);
  set_busy (self, serial, JZ_PLAY_PLAY);
  jz_player_link_send (self->link, &(JzMessage){ .type = JZ_PLAY_PLAY,
                                                 .serial = serial,
                                                 .a = self->position,
                                                 .b = get_thousandths (self) });
}

void
jz_player_send_pause (JzPlayer *self)
{
  self->is_play_waiting = FALSE;
  silence (self);
  if (self->link != NULL)
    jz_player_link_send (self->link, &(JzMessage){ .type = JZ_PLAY_PAUSE });
}

void
jz_player_pump (JzPlayer *self)
{
  if (self->link == NULL || self->busy_serial != 0 || self->state == JZ_PLAYER_STATE_OPENING)
    return;
  if (self->is_seek_waiting)
    send_seek (self);
  else if (self->n_steps_waiting != 0)
    send_step (self);
  else if (self->is_play_waiting)
    send_play (self);
}

/* At more than the usual rate not every picture can be shown; those that were not are counted. */
static void
count_dropped (JzPlayer *self, const JzFrame *frame, guint32 serial)
{
  if (self->state == JZ_PLAYER_STATE_PLAYING && self->frame != NULL && serial != 0 &&
      self->busy_serial == 0 && self->frame->number >= 0 && frame->number > self->frame->number + 1)
    self->n_dropped += (guint64)(frame->number - self->frame->number - 1);
}

static void
on_frame (JzFrame *frame, guint32 serial, gpointer data)
{
  g_autoptr (JzPlayer) self = g_object_ref (data);

  if (serial != self->shown_serial)
    return;
  jz_player_number_frame (self, frame);
  count_dropped (self, frame, serial);
  g_clear_pointer (&self->frame, jz_frame_unref);
  self->frame = jz_frame_ref (frame);
  if (self->state == JZ_PLAYER_STATE_ENDED)
    jz_player_set_state (self, JZ_PLAYER_STATE_PAUSED);
  jz_player_set_position (self, frame->pts);
  jz_player_tell (self, JZ_PLAYER_FRAME, frame);
  if (serial == self->busy_serial && self->busy_type == JZ_PLAY_STEP) {
    set_idle (self);
    jz_player_pump (self);
  }
}

static gboolean
on_tick (gpointer data)
{
  JzPlayer *self = data;
  gint64 now = g_get_monotonic_time () * 1000;
  gint64 position;

  if (self->state != JZ_PLAYER_STATE_PLAYING || self->heard_at < 0 || self->heard_at > now)
    return G_SOURCE_CONTINUE;
  position = self->heard_pts + (gint64)((double)(now - self->heard_at) * self->rate);
  jz_player_set_position (self, self->duration >= 0 ? MIN (position, self->duration) : position);
  return G_SOURCE_CONTINUE;
}

static void
on_sound (JzPlayer *self, const JzMessage *message)
{
  if (message->serial != self->shown_serial || self->state != JZ_PLAYER_STATE_PLAYING ||
      message->a < 0 || message->b < 0 || message->b > JZ_PLAY_MAX_TIME)
    return;
  if (self->sound != NULL)
    jz_player_sound_push (self->sound, message->a, message->text, message->length);
  /* What is heard now came some packets ago; the first of a run tells where it began. */
  if (self->heard_at < 0) {
    self->heard_at = message->a;
    self->heard_pts = message->b;
  }
}

static void
set_streams (JzPlayer *self, gint64 flags)
{
  gboolean has_video = (flags & JZ_SHOWN_HAS_VIDEO) != 0;
  gboolean has_sound = (flags & JZ_SHOWN_HAS_SOUND) != 0;

  if (has_video != self->has_video) {
    self->has_video = has_video;
    jz_player_notify (self, JZ_PLAYER_HAS_VIDEO);
  }
  if (has_sound != self->has_sound) {
    self->has_sound = has_sound;
    jz_player_notify (self, JZ_PLAYER_HAS_SOUND);
  }
  if (has_sound && self->sound == NULL) {
    self->sound = jz_player_sound_new ();
    jz_player_sound_set_volume (self->sound, self->volume, self->is_muted);
  }
  if (!has_video && self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, on_tick, self);
}

void
jz_player_set_duration (JzPlayer *self, gint64 duration)
{
  if (duration < 0 || duration > JZ_PLAY_MAX_TIME || duration == self->duration)
    return;
  self->duration = duration;
  jz_player_notify (self, JZ_PLAYER_DURATION);
}

static void
on_opened (JzPlayer *self, const JzMessage *message)
{
  gint64 width = message->b >> 32;
  gint64 height = message->b & G_MAXUINT32;

  jz_player_set_duration (self, message->a);
  set_streams (self, message->c);
  self->full_width = width > 0 && width <= 2 * JZ_PLAY_MAX_SIDE ? (guint)width : 0;
  self->full_height = height > 0 && height <= 2 * JZ_PLAY_MAX_SIDE ? (guint)height : 0;
  self->opened_at = g_get_monotonic_time ();
  if (message->length > 0) {
    g_autoptr (GError) missing = jz_media_error_new (JZ_MEDIA_ERROR_CODEC, message->text);
    jz_player_tell (self, JZ_PLAYER_NOTICE, missing->message);
  }
}

/* The place was found: the picture, if there is one, came before. */
static void
on_sought (JzPlayer *self, const JzMessage *message)
{
  if (message->serial != self->busy_serial)
    return;
  if (self->busy_type == JZ_PLAY_SEEK && !self->has_video)
    jz_player_set_position (self, self->seek_pts);
  if (self->state == JZ_PLAYER_STATE_OPENING)
    jz_player_set_state (self,
                         self->wants_playing ? JZ_PLAYER_STATE_PLAYING : JZ_PLAYER_STATE_PAUSED);
  set_idle (self);
  jz_player_pump (self);
}

static void
on_ended (JzPlayer *self, const JzMessage *message)
{
  if (message->serial != self->shown_serial || self->state != JZ_PLAYER_STATE_PLAYING)
    return;
  self->wants_playing = FALSE;
  silence (self);
  if (!self->has_video && self->duration >= 0)
    jz_player_set_position (self, self->duration);
  jz_player_set_state (self, JZ_PLAYER_STATE_ENDED);
  jz_player_tell (self, JZ_PLAYER_ENDED, NULL);
}

static char *
format_time (gint64 ns)
{
  gint64 seconds = ns / 1000000000;
  return g_strdup_printf ("%d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                          (int)(seconds % 60));
}

/* (transfer full): one sentence for what cannot be played on from here */
static char *
tell_broken (JzPlayer *self, const JzMessage *message)
{
  g_autoptr (GError) reason =
    jz_media_error_new ((JzMediaError)CLAMP (message->a, 0, 255), message->text);
  g_autofree char *time = format_time (self->position);

  if (message->a != JZ_MEDIA_ERROR_DAMAGED)
    return g_strdup (reason->message);
  /* Translators: %s is a time in a recording, like 0:12:05 */
  return g_strdup_printf (
    _ (
      "This recording is damaged after %s and cannot be played on. What comes before can be seen."),
    time);
}

/* What was played up to here stays; a place before it can be sought again. */
static void
on_broken (JzPlayer *self, const JzMessage *message)
{
  g_autofree char *sentence = tell_broken (self, message);

  set_idle (self);
  silence (self);
  self->wants_playing = FALSE;
  self->n_steps_waiting = 0;
  self->is_seek_waiting = FALSE;
  self->is_play_waiting = FALSE;
  if (self->state != JZ_PLAYER_STATE_FAILED)
    jz_player_set_state (self, JZ_PLAYER_STATE_ENDED);
  jz_player_tell (self, JZ_PLAYER_NOTICE, sentence);
}

static void
fail (JzPlayer *self, const char *sentence)
{
  jz_player_session_end (self);
  g_free (self->failure);
  self->failure = g_strdup (sentence);
  jz_player_set_state (self, JZ_PLAYER_STATE_FAILED);
  jz_player_tell (self, JZ_PLAYER_FAILED, self->failure);
}

static void
on_failed (JzPlayer *self, const JzMessage *message)
{
  g_autoptr (GError) reason =
    jz_media_error_new ((JzMediaError)CLAMP (message->a, 0, 255), message->text);

  if (jz_player_hash_fail (self, message->serial, reason))
    return;
  if (message->serial == 0 || message->serial != self->busy_serial)
    return;
  if (self->state == JZ_PLAYER_STATE_OPENING) {
    fail (self, reason->message);
    return;
  }
  set_idle (self);
  self->n_steps_waiting = 0;
  jz_player_tell (self, JZ_PLAYER_NOTICE,
                  self->busy_type == JZ_PLAY_SEEK
                    ? _ ("No place can be looked up in this recording. It can only be played from "
                         "its beginning.")
                    : _ ("The pictures of this recording cannot be shown one by one."));
  jz_player_pump (self);
}

static void
on_edge (JzPlayer *self, const JzMessage *message)
{
  if (message->serial != self->busy_serial)
    return;
  self->n_steps_waiting = 0;
  set_idle (self);
  jz_player_pump (self);
}

static void
on_message (JzMessage *message, gpointer data)
{
  g_autoptr (JzPlayer) self = g_object_ref (data);

  switch (message->type) {
  case JZ_SHOWN_OPENED:
    on_opened (self, message);
    break;
  case JZ_SHOWN_SOUND:
    on_sound (self, message);
    break;
  case JZ_SHOWN_SOUGHT:
    on_sought (self, message);
    break;
  case JZ_SHOWN_EDGE:
    on_edge (self, message);
    break;
  case JZ_SHOWN_ENDED:
    on_ended (self, message);
    break;
  case JZ_SHOWN_BROKEN:
    on_broken (self, message);
    break;
  case JZ_SHOWN_DURATION:
    jz_player_set_duration (self, message->a);
    break;
  case JZ_SHOWN_INDEXED:
    jz_player_ask_index (self, message->a);
    break;
  case JZ_SHOWN_HASHED:
    jz_player_hash_answer (self, message);
    break;
  case JZ_MESSAGE_DONE:
    if (self->index_memory >= 0 && message->serial == self->index_serial)
      jz_player_take_index (self, message);
    break;
  case JZ_MESSAGE_FAILED:
    on_failed (self, message);
    break;
  default:
    break;
  }
}

static void
on_ready (gpointer data)
{
  JzPlayer *self = data;
  guint32 serial = jz_player_next_serial (self);

  self->shown_serial = serial;
  set_busy (self, serial, JZ_PLAY_OPEN);
  jz_player_link_send (self->link, &(JzMessage){ .type = JZ_PLAY_OPEN,
                                                 .serial = serial,
                                                 .a = self->position,
                                                 .b = get_thousandths (self),
                                                 .handles = { self->file },
                                                 .n_handles = 1 });
}

static void
start_again (JzPlayer *self)
{
  g_autofree char *time = format_time (self->position);
  g_autofree char *sentence = NULL;

  /* Translators: %s is a time in a recording, like 0:12:05 */
  sentence = g_strdup_printf (
    _ ("The program that plays recordings ended unexpectedly. It was started again and goes on at "
       "%s."),
    time);
  self->was_restarted = TRUE;
  jz_player_set_state (self, JZ_PLAYER_STATE_OPENING);
  self->is_play_waiting = self->wants_playing;
  jz_player_session_start (self);
  jz_player_tell (self, JZ_PLAYER_NOTICE, sentence);
}

/* By itself once: a file that ends its helper again and again is left alone. */
static void
on_lost (const GError *reason, gpointer data)
{
  g_autoptr (JzPlayer) self = g_object_ref (data);
  gboolean was_open = self->opened_at > 0;
  gboolean ran_well = was_open && g_get_monotonic_time () - self->opened_at > GOOD_RUN_US;

  jz_player_hash_fail_all (self, reason);
  jz_player_session_end (self);
  if (was_open && (!self->was_restarted || ran_well))
    start_again (self);
  else
    fail (self, reason->message);
}

static const JzPlayerLinkCallbacks callbacks = {
  .ready = on_ready,
  .message = on_message,
  .frame = on_frame,
  .lost = on_lost,
};

void
jz_player_session_start (JzPlayer *self)
{
  self->opened_at = 0;
  self->link = jz_player_link_new (self->media, self->width, self->height, &callbacks, self);
}

/* What is known of the file stays, for the next one. */
void
jz_player_session_end (JzPlayer *self)
{
  g_clear_pointer (&self->link, jz_player_link_free);
  g_clear_handle_id (&self->tick, g_source_remove);
  jz_player_forget_index (self);
  self->busy_serial = 0;
  self->shown_serial = 0;
  self->heard_at = -1;
  if (self->sound != NULL)
    jz_player_sound_flush (self->sound);
}
