/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "media/player-private.h"

/* The list of all pictures of a recording, which the helper has once it read the file through. */

void
jz_player_number_frame (JzPlayer *self, JzFrame *frame)
{
  gint64 number = self->index != NULL ? jz_frame_index_find (self->index, frame->pts) : -1;

  if (number < 0 || frame->number == number)
    return;
  frame->number = number;
  frame->pts = jz_frame_index_get_pts (self->index, (gsize)number);
}

void
jz_player_ask_index (JzPlayer *self, gint64 n_frames)
{
  if (n_frames < 1 || n_frames > JZ_PLAY_MAX_FRAMES || self->index_memory >= 0)
    return;
  self->index_memory = jz_result_memory_new ((gsize)n_frames * sizeof (gint64), NULL);
  if (self->index_memory < 0)
    return;
  self->index_serial = jz_player_next_serial (self);
  jz_player_link_send (self->link, &(JzMessage){ .type = JZ_PLAY_INDEX,
                                                 .serial = self->index_serial,
                                                 .a = n_frames,
                                                 .handles = { self->index_memory },
                                                 .n_handles = 1 });
}

/* Without the list the helper could only ask for a time, and where pictures are far apart decoders
 * then give the next one. */
static void
mend_frame (JzPlayer *self)
{
  gint64 goal = self->goal;

  if (self->frame == NULL)
    return;
  jz_player_number_frame (self, self->frame);
  if (self->state == JZ_PLAYER_STATE_PLAYING)
    return;
  jz_player_set_position (self, self->frame->pts);
  if (goal >= 0 && !self->is_seek_waiting &&
      jz_frame_index_find (self->index, goal) != self->frame->number)
    jz_player_seek (self, goal, TRUE);
}

static void
keep_index (JzPlayer *self, JzFrameIndex *index)
{
  gsize last = jz_frame_index_get_length (index) - 1;

  g_clear_pointer (&self->index, jz_frame_index_unref);
  self->index = index;
  mend_frame (self);
  if (self->duration < 0)
    jz_player_set_duration (self, jz_frame_index_get_pts (index, last) +
                                    jz_frame_index_get_usual_duration (index));
  jz_player_notify (self, JZ_PLAYER_INDEX);
}

void
jz_player_forget_index (JzPlayer *self)
{
  if (self->index_memory >= 0)
    close (self->index_memory);
  self->index_memory = -1;
  self->index_serial = 0;
}

/* The copy is looked at, because the helper can still write what it shares. */
void
jz_player_take_index (JzPlayer *self, const JzMessage *message)
{
  gsize size =
    message->a > 0 && message->a <= JZ_PLAY_MAX_FRAMES ? (gsize)message->a * sizeof (gint64) : 0;
  g_autoptr (GBytes) bytes =
    size > 0 ? jz_result_memory_copy (self->index_memory, size, size, NULL) : NULL;
  JzFrameIndex *index = bytes != NULL ? jz_frame_index_parse (bytes) : NULL;

  jz_player_forget_index (self);
  if (index != NULL)
    keep_index (self, index);
}
