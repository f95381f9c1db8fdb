/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>

#include "helper/play-private.h"
#include "media/play_message.h"

/* Samples leave with the time of the machine's steady clock at which they are to be heard; the
 * window plays them. No socket of a sound server is in the cage: through it one could listen. */

#define PACKET_BYTES ((gsize)(JZ_SOUND_RATE / 10 * JZ_SOUND_SAMPLE_BYTES))

G_STATIC_ASSERT (JZ_SOUND_RATE / 10 * JZ_SOUND_SAMPLE_BYTES <= JZ_MESSAGE_MAX_TEXT);

static void
send (JzPlay *self, guint32 serial, GstSample *sample, GstClockTime base, const GstMapInfo *map)
{
  GstSegment *segment = gst_sample_get_segment (sample);
  GstClockTime pts = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
  guint64 heard = gst_segment_to_running_time (segment, GST_FORMAT_TIME, pts);
  guint64 at = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, pts);
  double rate = segment->rate * segment->applied_rate;

  if (!GST_CLOCK_TIME_IS_VALID (heard) || !GST_CLOCK_TIME_IS_VALID (at))
    return;
  for (gsize offset = 0; offset < map->size; offset += PACKET_BYTES) {
    guint64 later =
      gst_util_uint64_scale (offset / JZ_SOUND_SAMPLE_BYTES, GST_SECOND, JZ_SOUND_RATE);
    JzMessage packet = {
      .type = JZ_SHOWN_SOUND,
      .serial = serial,
      .a = (gint64)(base + heard + later),
      .b = (gint64)(at + (guint64)((double)later * rate)),
      .c = (gint64)(rate * 1000 + 0.5),
      .text = (const char *)map->data + offset,
      .length = MIN (PACKET_BYTES, map->size - offset),
    };
    jz_serve_answer (self->serve, &packet);
  }
}

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer data)
{
  JzPlay *self = data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  guint32 serial = (guint32)g_atomic_int_get (&self->sound_serial);
  GstMapInfo map;

  if (sample == NULL || serial == 0 ||
      !gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    return GST_FLOW_OK;
  send (self, serial, sample, gst_element_get_base_time (GST_ELEMENT (sink)), &map);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  return GST_FLOW_OK;
}

GstElement *
jz_play_sound_new (JzPlay *self)
{
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
    "audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (S16), "rate", G_TYPE_INT, JZ_SOUND_RATE,
    "channels", G_TYPE_INT, 2, "layout", G_TYPE_STRING, "interleaved", NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "caps", caps, "sync", TRUE, "max-buffers", 32, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  jz_play_watch_serial (pad, &self->sound_serial);
  return sink;
}
