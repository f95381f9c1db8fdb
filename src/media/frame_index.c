/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "media/frame.h"
#include "media/play_message.h"

/* A position is a time stamp that the file has. A number times a rate would be wrong in every
 * recording of a telephone, because the time between its pictures varies. */

struct _JzFrameIndex {
  gint64 *stamps; /* time * 2 + is_key */
  gsize n_stamps;
  gint64 usual_duration;
  gboolean is_variable_rate;
};

G_DEFINE_BOXED_TYPE (JzFrameIndex, jz_frame_index, jz_frame_index_ref, jz_frame_index_unref)

/* Containers count in milliseconds or in 1/90000 s: so much does a steady rate vary by rounding. */
#define ROUNDING_NS (2 * G_GINT64_CONSTANT (1000000))

/* Stamps lie two to a nanosecond; shifting keeps the order of negative ones. */
static gint64
get_pts (gint64 stamp)
{
  return stamp >> 1;
}

static int
compare (const void *a, const void *b)
{
  const gint64 *one = a;
  const gint64 *other = b;
  return (*one > *other) - (*one < *other);
}

static void
measure_rate (JzFrameIndex *self)
{
  g_autofree gint64 *durations = NULL;
  gsize n = self->n_stamps > 1 ? self->n_stamps - 1 : 0;
  gsize n_odd = 0;

  if (n == 0)
    return;
  durations = g_new (gint64, n);
  for (gsize i = 0; i < n; i++)
    durations[i] = get_pts (self->stamps[i + 1]) - get_pts (self->stamps[i]);
  qsort (durations, n, sizeof *durations, compare);
  self->usual_duration = durations[n / 2];
  for (gsize i = 0; i < n; i++)
    n_odd += ABS (durations[i] - self->usual_duration) > ROUNDING_NS;
  /* A steady recording may lack some pictures; these are gaps. */
  self->is_variable_rate = n_odd * 20 > n;
}

/**
 * jz_frame_index_new:
 * @stamps: (array length=n_stamps): time stamp * 2, + 1 for a picture that is decoded without
 *   others; sorted, each time once
 * @n_stamps: how many
 *
 * Returns: (transfer full): the list of the pictures of a recording
 */
JzFrameIndex *
jz_frame_index_new (const gint64 *stamps, gsize n_stamps)
{
  JzFrameIndex *self = g_atomic_rc_box_new0 (JzFrameIndex);

  self->stamps = g_memdup2 (stamps, n_stamps * sizeof *stamps);
  self->n_stamps = n_stamps;
  measure_rate (self);
  return self;
}

/* Of pictures that stand one behind the other, at times with which one can reckon. */
static gboolean
are_stamps (const gint64 *stamps, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (get_pts (stamps[i - 1]) >= get_pts (stamps[i]))
      return FALSE;
  return n > 0 && get_pts (stamps[0]) >= -JZ_PLAY_MAX_TIME &&
         get_pts (stamps[n - 1]) <= JZ_PLAY_MAX_TIME;
}

/**
 * jz_frame_index_parse:
 * @bytes: what a helper says, of which nothing is believed
 *
 * Returns: (transfer full) (nullable): the list of the pictures of a recording, if it is one
 */
JzFrameIndex *
jz_frame_index_parse (GBytes *bytes)
{
  g_autofree gint64 *stamps = NULL;
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);

  if (size == 0 || size % sizeof *stamps != 0)
    return NULL;
  /* They need not lie where numbers may. */
  stamps = g_memdup2 (data, size);
  return are_stamps (stamps, size / sizeof *stamps)
           ? jz_frame_index_new (stamps, size / sizeof *stamps)
           : NULL;
}

/**
 * jz_frame_index_ref:
 * @self: a list of pictures
 *
 * Returns: (transfer full): @self
 */
JzFrameIndex *
jz_frame_index_ref (JzFrameIndex *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_index (gpointer data)
{
  JzFrameIndex *self = data;
  g_clear_pointer (&self->stamps, g_free);
}

/**
 * jz_frame_index_unref:
 * @self: (transfer full): a list of pictures
 */
void
jz_frame_index_unref (JzFrameIndex *self)
{
  g_atomic_rc_box_release_full (self, clear_index);
}

/**
 * jz_frame_index_get_length:
 * @self: a list of pictures
 *
 * Returns: how many pictures
 */
gsize
jz_frame_index_get_length (const JzFrameIndex *self)
{
  return self->n_stamps;
}

/**
 * jz_frame_index_get_pts:
 * @self: a list of pictures
 * @number: less than its length
 *
 * Returns: nanoseconds at which that picture is shown
 */
gint64
jz_frame_index_get_pts (const JzFrameIndex *self, gsize number)
{
  g_return_val_if_fail (number < self->n_stamps, 0);
  return get_pts (self->stamps[number]);
}

/**
 * jz_frame_index_is_key:
 * @self: a list of pictures
 * @number: less than its length
 *
 * Returns: whether decoding can start there
 */
gboolean
jz_frame_index_is_key (const JzFrameIndex *self, gsize number)
{
  g_return_val_if_fail (number < self->n_stamps, FALSE);
  return (self->stamps[number] & 1) != 0;
}

/**
 * jz_frame_index_find:
 * @self: a list of pictures
 * @pts: nanoseconds
 *
 * Returns: the number of the picture shown at @pts: the last that is not after it, the first where
 *   none is; -1 if the list is empty
 */
gint64
jz_frame_index_find (const JzFrameIndex *self, gint64 pts)
{
  gsize low = 0;
  gsize high = self->n_stamps;

  if (self->n_stamps == 0)
    return -1;
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (get_pts (self->stamps[middle]) <= pts)
      low = middle + 1;
    else
      high = middle;
  }
  return low > 0 ? (gint64)low - 1 : 0;
}

/**
 * jz_frame_index_get_usual_duration:
 * @self: a list of pictures
 *
 * Returns: nanoseconds between two pictures, the median; 0 for fewer than two
 */
gint64
jz_frame_index_get_usual_duration (const JzFrameIndex *self)
{
  return self->usual_duration;
}

/**
 * jz_frame_index_is_variable_rate:
 * @self: a list of pictures
 *
 * Returns: whether the time between pictures varies by more than rounding and some gaps
 */
gboolean
jz_frame_index_is_variable_rate (const JzFrameIndex *self)
{
  return self->is_variable_rate;
}

/**
 * jz_frame_index_find_gaps:
 * @self: a list of pictures
 * @shortest: nanoseconds, more than 0
 *
 * Finds where a recording shows nothing new for long: it was paused, or a part is missing.
 *
 * Returns: (transfer full) (element-type JzFrameGap): stretches of at least @shortest, in order
 */
GArray *
jz_frame_index_find_gaps (const JzFrameIndex *self, gint64 shortest)
{
  GArray *gaps = g_array_new (FALSE, FALSE, sizeof (JzFrameGap));

  for (gsize i = 1; i < self->n_stamps; i++) {
    JzFrameGap gap = { get_pts (self->stamps[i - 1]), get_pts (self->stamps[i]) };
    if (gap.to - gap.from >= shortest)
      g_array_append_val (gaps, gap);
  }
  return gaps;
}
