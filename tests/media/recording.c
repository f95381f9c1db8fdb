/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording.h"

#include <string.h>

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

/* Sixteen squares, four in a row, each a bit: white or black. */
#define SIDE 4

const guint recording_durations_vfr[] = { 33, 40, 17, 100, 33, 250, 20, 66, 0 };

static guint
get_duration_ms (const Recording *self, guint number)
{
  guint n = 0;

  if (self->durations_ms == NULL)
    return 40;
  while (self->durations_ms[n] != 0)
    n++;
  return self->durations_ms[number % n];
}

gint64
recording_get_pts (const Recording *self, guint number)
{
  gint64 at = 0;

  for (guint i = 0; i < number; i++)
    at += get_duration_ms (self, i);
  return at * 1000000;
}

static void
draw (const Recording *self, guint number, guint8 *luma)
{
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++) {
      guint bit = y * SIDE / self->height * SIDE + x * SIDE / self->width;
      luma[y * self->width + x] = (number >> bit & 1) != 0 ? 235 : 16;
    }
}

static GstBuffer *
make_frame (const Recording *self, guint number)
{
  gsize n_luma = (gsize)self->width * self->height;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, n_luma * 3 / 2, NULL);
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_WRITE));
  draw (self, number, map.data);
  memset (map.data + n_luma, 128, n_luma / 2);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = (GstClockTime)recording_get_pts (self, number);
  GST_BUFFER_DURATION (buffer) = get_duration_ms (self, number) * GST_MSECOND;
  return buffer;
}

static char *
describe (const Recording *self, const char *path)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_sound = (guint)(recording_get_pts (self, self->n_frames) / 20000000);

  g_string_append_printf (text,
                          "%s name=mux ! filesink location=%s "
                          "appsrc name=source format=time max-bytes=0 "
                          "caps=video/x-raw,format=I420,width=%u,height=%u,framerate=%s ! %s ! "
                          "queue ! mux. ",
                          self->muxer, path, self->width, self->height,
                          self->durations_ms != NULL ? "0/1" : "25/1", self->encoder);
  if (self->sound != NULL)
    g_string_append_printf (text,
                            "audiotestsrc num-buffers=%u samplesperbuffer=960 volume=0.3 ! "
                            "audio/x-raw,rate=48000,channels=2 ! audioconvert ! %s ! queue ! mux.",
                            n_sound, self->sound);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_elements (const char *description)
{
  g_auto (GStrv) parts = g_strsplit (description, "!", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (g_strstrip (parts[i]), " ", 2);
    g_autoptr (GstElementFactory) factory = gst_element_factory_find (words[0]);
    if (factory == NULL)
      return FALSE;
  }
  return TRUE;
}

gboolean
recording_can_be_made (const Recording *self)
{
  return has_elements (self->encoder) && has_elements (self->muxer) &&
         (self->sound == NULL || has_elements (self->sound));
}

static void
wait_for_end (GstElement *pipeline)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message =
    gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

void
recording_make (const Recording *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description = describe (self, path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) source = NULL;

  g_assert_no_error (error);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < self->n_frames; i++)
    gst_app_src_push_buffer (GST_APP_SRC (source), make_frame (self, i));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  wait_for_end (pipeline);
}

void
recording_make_tone (const char *path, guint hertz, guint n_pieces)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *description =
    g_strdup_printf ("audiotestsrc num-buffers=%u samplesperbuffer=960 freq=%u ! "
                     "audio/x-raw,rate=48000,channels=2 ! wavenc ! filesink location=%s",
                     n_pieces, hertz, path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  wait_for_end (pipeline);
}

guint
recording_read_number (const guint8 *pixels, guint width, guint height, gsize stride)
{
  guint number = 0;

  for (guint bit = 0; bit < SIDE * SIDE; bit++) {
    gsize x = (2 * (bit % SIDE) + 1) * width / (2 * SIDE);
    gsize y = (2 * (bit / SIDE) + 1) * height / (2 * SIDE);
    if (pixels[y * stride + x * 4 + 1] > 127)
      number |= 1u << bit;
  }
  return number;
}
