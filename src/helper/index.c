/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/index.h"

#include <stdlib.h>

#include <gst/gst.h>

#include "helper/decode_parts.h"
#include "helper/decoder.h"
#include "helper/file_source.h"
#include "media/error.h"
#include "media/play_message.h"

/* The file is read through once and taken apart, not decoded: that gives the time of every picture
 * and whether decoding can start there. Some containers (AVI) do not state times; then it is
 * decoded once. */

#define MAX_STREAMS 32
/* Where only decoding tells times, each of so many pictures serves as a place to start at. */
#define DECODED_GROUP 25

typedef struct {
  GstElement *pipeline;
  GstElement *sink;
  gint n_streams;
  gint n_elements;
  gint is_too_many;
} Reader;

static void
refuse (Reader *self)
{
  if (g_atomic_int_compare_and_exchange (&self->is_too_many, 0, 1))
    GST_ELEMENT_ERROR (self->pipeline, STREAM, FAILED, ("Too many streams."), (NULL));
}

static void
on_element (GstBin *bin, GstBin *parent, GstElement *element, gpointer data)
{
  Reader *self = data;

  if (g_atomic_int_add (&self->n_elements, 1) > JZ_DECODE_MAX_ELEMENTS)
    refuse (self);
}

static gboolean
is_video (GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);
  const char *name = NULL;

  if (caps == NULL || gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return FALSE;
  name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  return g_str_has_prefix (name, "video/") || g_str_has_prefix (name, "image/");
}

static void
on_pad (GstElement *parsebin, GstPad *pad, gpointer data)
{
  Reader *self = data;
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->sink, "sink");

  if (g_atomic_int_add (&self->n_streams, 1) >= MAX_STREAMS)
    refuse (self);
  else if (!gst_pad_is_linked (sink) && is_video (pad))
    gst_pad_link (pad, sink);
}

/* Without a stream of pictures nothing would ever reach the sink: it is told that this is the end.
 */
static void
on_no_more_pads (GstElement *parsebin, gpointer data)
{
  Reader *self = data;
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->sink, "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_send_event (sink, gst_event_new_eos ());
}

static void
reader_open (Reader *self, int file)
{
  g_autofree char *uri = jz_file_source_uri (file);
  GstElement *source = gst_element_make_from_uri (GST_URI_SRC, uri, NULL, NULL);
  GstElement *parsebin = gst_element_factory_make ("parsebin", NULL);

  self->pipeline = gst_pipeline_new (NULL);
  self->sink = gst_element_factory_make ("appsink", NULL);
  g_object_set (self->sink, "sync", FALSE, "max-buffers", 64, "qos", FALSE, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), source, parsebin, self->sink, NULL);
  gst_element_link (source, parsebin);
  g_signal_connect (parsebin, "pad-added", G_CALLBACK (on_pad), self);
  g_signal_connect (parsebin, "no-more-pads", G_CALLBACK (on_no_more_pads), self);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (on_element), self);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static void
reader_close (Reader *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
}

/* What lies outside the segment is never shown: pictures before the cut of an edit list. */
static gboolean
get_stamp (GstSample *sample, gint64 *stamp)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstSegment *segment = gst_sample_get_segment (sample);
  gint64 pts = jz_sample_get_pts (sample);

  if (pts < 0 || !GST_BUFFER_PTS_IS_VALID (buffer))
    return FALSE;
  if (GST_BUFFER_PTS (buffer) < segment->start ||
      (GST_CLOCK_TIME_IS_VALID (segment->stop) && GST_BUFFER_PTS (buffer) >= segment->stop))
    return FALSE;
  *stamp = pts * 2 + !GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *one = a;
  const gint64 *other = b;
  return (*one > *other) - (*one < *other);
}

/* Two fields of one picture may come apart; of one time one stays, a key if there is one. */
static void
sort_and_join (GArray *stamps)
{
  gint64 *data = (gint64 *)(gpointer)stamps->data;
  guint n = 0;

  qsort (data, stamps->len, sizeof *data, compare);
  for (guint i = 0; i < stamps->len; i++) {
    if (n > 0 && data[n - 1] >> 1 == data[i] >> 1)
      n--;
    data[n++] = data[i];
  }
  g_array_set_size (stamps, n);
}

static gboolean
is_full (GArray *stamps, GError **error)
{
  if (stamps->len < JZ_PLAY_MAX_FRAMES)
    return FALSE;
  g_set_error_literal (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_TOO_LARGE,
                       "too many pictures to list");
  return TRUE;
}

static gboolean
check_reader (Reader *self, GError **error)
{
  if (g_atomic_int_get (&self->is_too_many) == 0)
    return TRUE;
  g_set_error_literal (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_TOO_LARGE, "too many streams");
  return FALSE;
}

/* @n_unknown: pictures without a time */
static gboolean
read_through (Reader *self,
              GArray *stamps,
              gsize *n_unknown,
              GCancellable *cancellable,
              GError **error)
{
  for (;;) {
    g_autoptr (GstSample) sample = jz_decode_parts_pull (self->pipeline, self->sink);
    gint64 stamp = 0;

    if (g_cancellable_set_error_if_cancelled (cancellable, error) || is_full (stamps, error) ||
        !check_reader (self, error))
      return FALSE;
    if (sample == NULL)
      return TRUE;
    if (get_stamp (sample, &stamp))
      g_array_append_val (stamps, stamp);
    else if (!GST_BUFFER_PTS_IS_VALID (gst_sample_get_buffer (sample)))
      (*n_unknown)++;
  }
}

static gboolean
read_by_decoding (int file, GArray *stamps, GCancellable *cancellable, GError **error)
{
  g_autoptr (JzDecoder) decoder = jz_decoder_new (file, error);

  if (decoder == NULL)
    return FALSE;
  g_array_set_size (stamps, 0);
  for (;;) {
    g_autoptr (GstSample) sample = jz_decoder_pull (decoder);
    gint64 stamp = 0;

    if (g_cancellable_set_error_if_cancelled (cancellable, error) || is_full (stamps, error))
      return FALSE;
    if (sample == NULL)
      return TRUE;
    stamp = jz_sample_get_pts (sample) * 2 + (stamps->len % DECODED_GROUP == 0);
    if (stamp >= 0)
      g_array_append_val (stamps, stamp);
  }
}

/**
 * jz_index_build:
 * @file: handle, read with pread
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads a recording through and notes the time of every picture without decoding it. A file with
 * more streams than recordings have is refused.
 *
 * Fails with %JZ_MEDIA_ERROR or %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (nullable): its pictures
 */
JzFrameIndex *
jz_index_build (int file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) stamps = g_array_new (FALSE, FALSE, sizeof (gint64));
  Reader reader = { 0 };
  gsize n_unknown = 0;
  gboolean is_read = FALSE;

  reader_open (&reader, file);
  is_read = read_through (&reader, stamps, &n_unknown, cancellable, error);
  reader_close (&reader);
  if (!is_read)
    return NULL;
  if ((n_unknown > 0 || stamps->len == 0) && !read_by_decoding (file, stamps, cancellable, error))
    return NULL;
  sort_and_join (stamps);
  return jz_frame_index_new ((const gint64 *)(gconstpointer)stamps->data, stamps->len);
}
