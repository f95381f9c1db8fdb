/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/step.h"

/* Decoders go forward only. To go back, the group of pictures is decoded once from its key picture
 * and kept; each further step is then a look into memory. While the user looks at one group, the
 * one before it is decoded ahead.
 *
 * A run is all pictures of the recording with from <= time < to. The decoder stands behind
 * @decoded_to, so that stepping forward goes on without a seek. */

/* Copies, because a decoder has only so many buffers to give away. */
typedef struct {
  GQueue samples;
  gsize bytes;
  gint64 from;
  gint64 to;
} Run;

struct _JzStep {
  JzDecoder *decoder;
  JzFrameIndex *index;
  gsize max_bytes;
  Run run;
  Run previous;
  GstSample *pending; /* pulled, not yet in a run */
  gint64 decoded_to;  /* the decoder's next picture is not before it; -1: anywhere */
};

/* So many pictures before the edge the previous group is decoded. */
#define NEAR_EDGE 12

static void
run_clear (Run *run)
{
  g_queue_clear_full (&run->samples, (GDestroyNotify)gst_sample_unref);
  run->bytes = 0;
  run->from = 0;
  run->to = 0;
}

static gsize
get_bytes (GstSample *sample)
{
  return gst_buffer_get_size (gst_sample_get_buffer (sample));
}

static GstSample *
copy_sample (GstSample *sample)
{
  g_autoptr (GstBuffer) buffer = gst_buffer_copy_deep (gst_sample_get_buffer (sample));
  return gst_sample_new (buffer, gst_sample_get_caps (sample), gst_sample_get_segment (sample),
                         NULL);
}

/* Keeps the last ones. */
static void
run_append (Run *run, GstSample *sample, gsize max_bytes)
{
  g_queue_push_tail (&run->samples, copy_sample (sample));
  run->bytes += get_bytes (sample);
  while (run->bytes > max_bytes && run->samples.length > 1) {
    g_autoptr (GstSample) oldest = g_queue_pop_head (&run->samples);
    run->bytes -= get_bytes (oldest);
    run->from = jz_sample_get_pts (g_queue_peek_head (&run->samples));
  }
}

static gboolean
run_covers (const Run *run, gint64 pts)
{
  return run->from <= pts && pts < run->to;
}

/**
 * jz_step_new:
 * @file: handle, to stay open as long as this
 * @index: its pictures, at least one
 * @max_bytes: of decoded pictures that are kept
 * @error: return location
 *
 * Fails with %JZ_MEDIA_ERROR.
 *
 * Returns: (transfer full) (nullable): finds single pictures
 */
JzStep *
jz_step_new (int file, JzFrameIndex *index, gsize max_bytes, GError **error)
{
  JzDecoder *decoder = jz_decoder_new (file, error);
  JzStep *self = NULL;

  if (decoder == NULL)
    return NULL;
  self = g_new0 (JzStep, 1);
  self->decoder = decoder;
  self->index = jz_frame_index_ref (index);
  /* two runs */
  self->max_bytes = max_bytes / 2;
  self->decoded_to = -1;
  g_queue_init (&self->run.samples);
  g_queue_init (&self->previous.samples);
  return self;
}

/**
 * jz_step_free:
 * @self: (transfer full) (nullable): finds single pictures
 */
void
jz_step_free (JzStep *self)
{
  if (self == NULL)
    return;
  run_clear (&self->run);
  run_clear (&self->previous);
  g_clear_pointer (&self->pending, gst_sample_unref);
  g_clear_pointer (&self->index, jz_frame_index_unref);
  g_clear_pointer (&self->decoder, jz_decoder_free);
  g_free (self);
}

/**
 * jz_step_get_decoder:
 * @self: finds single pictures
 *
 * Returns: (transfer none): what decodes them
 */
JzDecoder *
jz_step_get_decoder (JzStep *self)
{
  return self->decoder;
}

static GstSample *
pull (JzStep *self)
{
  if (self->pending != NULL)
    return g_steal_pointer (&self->pending);
  return jz_decoder_pull (self->decoder);
}

/* The last key picture at or before @pts, or the first picture. */
static gsize
find_key (JzStep *self, gint64 pts)
{
  gint64 number = jz_frame_index_find (self->index, pts);

  while (number > 0 && !jz_frame_index_is_key (self->index, (gsize)number))
    number--;
  return (gsize)MAX (number, 0);
}

static gboolean
go_to (JzStep *self, gint64 pts)
{
  g_clear_pointer (&self->pending, gst_sample_unref);
  self->decoded_to = -1;
  return jz_decoder_seek (self->decoder, pts);
}

/* Decodes from the key picture that @pts needs until a picture at or after @before, which stays
 * pending. */
static gboolean
run_fill (JzStep *self,
          Run *run,
          gint64 pts,
          gint64 before,
          JzStepInterrupt is_wanted,
          gpointer data)
{
  gint64 from = jz_frame_index_get_pts (self->index, find_key (self, pts));
  GstSample *sample = NULL;

  run_clear (run);
  if (!go_to (self, from))
    return FALSE;
  run->from = from;
  while ((sample = pull (self)) != NULL) {
    if (jz_sample_get_pts (sample) >= before) {
      self->pending = sample;
      break;
    }
    run_append (run, sample, self->max_bytes);
    gst_sample_unref (sample);
    if (is_wanted != NULL && is_wanted (data)) {
      run_clear (run);
      return FALSE;
    }
  }
  /* At the end of the file nothing is pending, and nothing follows. */
  run->to = before;
  self->decoded_to = before;
  return !g_queue_is_empty (&run->samples);
}

static GstSample *
find_last_before (const Run *run, gint64 pts)
{
  GList *link = run->samples.tail;

  while (link != NULL && jz_sample_get_pts (link->data) >= pts)
    link = link->prev;
  return link != NULL ? gst_sample_ref (link->data) : NULL;
}

static GstSample *
find_first_after (const Run *run, gint64 pts)
{
  GList *link = run->samples.head;

  while (link != NULL && jz_sample_get_pts (link->data) <= pts)
    link = link->next;
  return link != NULL ? gst_sample_ref (link->data) : NULL;
}

static void
swap_runs (JzStep *self)
{
  Run run = self->run;
  self->run = self->previous;
  self->previous = run;
}

/* The run that ends where the one in use begins may be decoded already. */
static gboolean
has_previous (JzStep *self, gint64 pts)
{
  return self->previous.samples.length > 0 && self->previous.from < pts && pts <= self->previous.to;
}

/**
 * jz_step_before:
 * @self: finds single pictures
 * @pts: nanoseconds
 *
 * The group is decoded once. An undecodable group gives no picture: then the one before it is
 * tried.
 *
 * Returns: (transfer full) (nullable): the last picture before @pts
 */
GstSample *
jz_step_before (JzStep *self, gint64 pts)
{
  gint64 first = jz_frame_index_get_pts (self->index, 0);

  while (pts > first) {
    GstSample *found = NULL;

    if (!(self->run.from < pts && pts <= self->run.to)) {
      if (has_previous (self, pts))
        swap_runs (self);
      else
        run_fill (self, &self->run, pts - 1, pts, NULL, NULL);
    }
    found = find_last_before (&self->run, pts);
    if (found != NULL)
      return found;
    pts = MIN (self->run.from, pts - 1);
  }
  return NULL;
}

/* Goes on from where the decoder stands if that is the end of the run. */
static GstSample *
extend (JzStep *self, gint64 pts)
{
  GstSample *sample = NULL;

  while ((sample = pull (self)) != NULL) {
    gint64 at = jz_sample_get_pts (sample);
    run_append (&self->run, sample, self->max_bytes);
    gst_sample_unref (sample);
    self->run.to = at + 1;
    self->decoded_to = at + 1;
    if (at > pts)
      return gst_sample_ref (g_queue_peek_tail (&self->run.samples));
  }
  return NULL;
}

/**
 * jz_step_after:
 * @self: finds single pictures
 * @pts: nanoseconds
 *
 * Returns: (transfer full) (nullable): the first picture after @pts
 */
GstSample *
jz_step_after (JzStep *self, gint64 pts)
{
  GstSample *found = NULL;

  if (run_covers (&self->run, pts))
    found = find_first_after (&self->run, pts);
  if (found != NULL)
    return found;
  if (run_covers (&self->run, pts) && self->previous.from == self->run.to &&
      self->previous.samples.length > 0) {
    swap_runs (self);
    found = find_first_after (&self->run, pts);
    if (found != NULL)
      return found;
  }
  if (!(self->run.from <= pts && pts <= self->run.to && self->decoded_to == self->run.to &&
        self->decoded_to >= 0))
    run_fill (self, &self->run, pts, pts + 1, NULL, NULL);
  return extend (self, pts);
}

/**
 * jz_step_at:
 * @self: finds single pictures
 * @pts: nanoseconds
 *
 * Returns: (transfer full) (nullable): the picture shown at @pts: the last that is not after it
 */
GstSample *
jz_step_at (JzStep *self, gint64 pts)
{
  gint64 number = jz_frame_index_find (self->index, pts);
  gint64 exact = 0;

  if (number < 0)
    return NULL;
  exact = jz_frame_index_get_pts (self->index, (gsize)number);
  if (!run_covers (&self->run, exact))
    run_fill (self, &self->run, exact, exact + 1, NULL, NULL);
  return find_last_before (&self->run, exact + 1);
}

/**
 * jz_step_prefetch:
 * @self: finds single pictures
 * @pts: of the picture that is shown
 * @is_wanted: (nullable): whether to stop
 * @data: for @is_wanted
 *
 * Decodes the group before the one in use, if @pts is near its beginning.
 */
void
jz_step_prefetch (JzStep *self, gint64 pts, JzStepInterrupt is_wanted, gpointer data)
{
  gint64 first = jz_frame_index_get_pts (self->index, 0);
  guint n_left = 0;

  for (GList *link = self->run.samples.head; link != NULL; link = link->next)
    n_left += jz_sample_get_pts (link->data) < pts;
  if (n_left > NEAR_EDGE || self->run.samples.length == 0 || self->run.from <= first ||
      self->previous.to == self->run.from)
    return;
  run_fill (self, &self->previous, self->run.from - 1, self->run.from, is_wanted, data);
}
