/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/player-private.h"

/* What the user asks of a player. Wishes wait while a request is under way, and the last one counts
 * (jz_player_pump()). */

/* A window that is being drawn larger asks for many sizes. */
#define RESIZE_MS 150

static gboolean
is_usable (JzPlayer *self)
{
  return self->state != JZ_PLAYER_STATE_EMPTY && self->state != JZ_PLAYER_STATE_FAILED;
}

/**
 * jz_player_play:
 * @self: a player
 *
 * Plays on, from the beginning if it stands at the end.
 */
void
jz_player_play (JzPlayer *self)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  if (!is_usable (self) || self->wants_playing)
    return;
  self->wants_playing = TRUE;
  self->is_play_waiting = TRUE;
  if (self->state == JZ_PLAYER_STATE_ENDED && !self->is_seek_waiting)
    jz_player_set_position (self, 0);
  if (self->state != JZ_PLAYER_STATE_OPENING)
    jz_player_set_state (self, JZ_PLAYER_STATE_PLAYING);
  jz_player_pump (self);
}

/**
 * jz_player_pause:
 * @self: a player
 */
void
jz_player_pause (JzPlayer *self)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  if (!self->wants_playing)
    return;
  self->wants_playing = FALSE;
  jz_player_send_pause (self);
  if (self->state == JZ_PLAYER_STATE_PLAYING)
    jz_player_set_state (self, JZ_PLAYER_STATE_PAUSED);
}

/**
 * jz_player_seek:
 * @self: a player
 * @pts: nanoseconds
 * @is_exact: the picture shown at that time; otherwise the nearest that is quick to show
 *
 * Of several calls while one is under way only the last counts, so that this can be called for
 * every movement of the pointer.
 */
void
jz_player_seek (JzPlayer *self, gint64 pts, gboolean is_exact)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  if (!is_usable (self))
    return;
  if (self->duration > 0)
    pts = MIN (pts, self->duration - 1);
  self->seek_pts = MAX (pts, 0);
  self->is_seek_exact = is_exact;
  self->is_seek_waiting = TRUE;
  self->n_steps_waiting = 0;
  if (self->state == JZ_PLAYER_STATE_ENDED)
    jz_player_set_state (self, JZ_PLAYER_STATE_PAUSED);
  jz_player_pump (self);
}

/**
 * jz_player_step:
 * @self: a player
 * @n_frames: pictures forward or, negative, back
 *
 * Pauses and shows exactly that picture. A step beyond the first or last one does nothing.
 */
void
jz_player_step (JzPlayer *self, int n_frames)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  if (!is_usable (self) || (!self->has_video && self->state != JZ_PLAYER_STATE_OPENING))
    return;
  jz_player_pause (self);
  if (self->state == JZ_PLAYER_STATE_ENDED)
    jz_player_set_state (self, JZ_PLAYER_STATE_PAUSED);
  self->n_steps_waiting =
    CLAMP (self->n_steps_waiting + CLAMP (n_frames, -1000, 1000), -1000, 1000);
  jz_player_pump (self);
}

/**
 * jz_player_set_rate:
 * @self: a player
 * @rate: 1 is as it was recorded
 *
 * Changes how fast it plays; voices stay as high as they are.
 */
void
jz_player_set_rate (JzPlayer *self, double rate)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  rate = CLAMP (rate, JZ_PLAYER_RATE_MIN, JZ_PLAYER_RATE_MAX);
  if (self->rate == rate)
    return;
  self->rate = rate;
  if (self->state == JZ_PLAYER_STATE_PLAYING)
    self->is_play_waiting = TRUE;
  jz_player_notify (self, JZ_PLAYER_RATE);
  jz_player_pump (self);
}

static void
apply_volume (JzPlayer *self)
{
  if (self->sound != NULL)
    jz_player_sound_set_volume (self->sound, self->volume, self->is_muted);
}

/**
 * jz_player_set_volume:
 * @self: a player
 * @volume: 0 to 1
 */
void
jz_player_set_volume (JzPlayer *self, double volume)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  volume = CLAMP (volume, 0.0, 1.0);
  if (self->volume == volume)
    return;
  self->volume = volume;
  apply_volume (self);
  jz_player_notify (self, JZ_PLAYER_VOLUME);
}

/**
 * jz_player_set_muted:
 * @self: a player
 * @is_muted: whether nothing is to be heard
 */
void
jz_player_set_muted (JzPlayer *self, gboolean is_muted)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  if (self->is_muted == is_muted)
    return;
  self->is_muted = is_muted;
  apply_volume (self);
  jz_player_notify (self, JZ_PLAYER_MUTED);
}

static gboolean
on_resize (gpointer data)
{
  JzPlayer *self = data;

  self->resize = 0;
  if (self->link != NULL)
    jz_player_link_set_size (self->link, self->width, self->height);
  return G_SOURCE_REMOVE;
}

/**
 * jz_player_set_size:
 * @self: a player
 * @width: device pixels
 * @height: device pixels
 *
 * Says how large pictures are shown. They come as large as fits, never larger than they are; the
 * one that is shown comes again.
 */
void
jz_player_set_size (JzPlayer *self, guint width, guint height)
{
  g_return_if_fail (JZ_IS_PLAYER (self));
  width = CLAMP (width, 16, JZ_PLAY_MAX_SIDE);
  height = CLAMP (height, 16, JZ_PLAY_MAX_SIDE);
  if (self->width == width && self->height == height)
    return;
  self->width = width;
  self->height = height;
  g_clear_handle_id (&self->resize, g_source_remove);
  self->resize = g_timeout_add (RESIZE_MS, on_resize, self);
}
