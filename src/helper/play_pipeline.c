/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <gst/app/gstappsink.h>
#include <gst/pbutils/pbutils.h>

#include "helper/decoder.h"
#include "helper/file_source.h"
#include "helper/play-private.h"
#include "helper/ts_seek.h"
#include "media/play_message.h"

/* playbin with two sinks of ours. Its video sink gets the decoder's own pictures, which are drawn
 * straight into the window's memory.
 *
 * A request's serial rides on the seek and comes back on the segment in front of what it brought,
 * so that the window knows an answer from what was under way. */

/* GStreamer numbers its own events from 1. */
#define SERIAL_MARK 0x40000000u
#define MAX_ELEMENTS 400

static GstPadProbeReturn
on_segment (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  gint *serial = data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  guint32 number = gst_event_get_seqnum (event);

  if (GST_EVENT_TYPE (event) == GST_EVENT_SEGMENT && (number & SERIAL_MARK) != 0)
    g_atomic_int_set (serial, (gint)(number & ~SERIAL_MARK));
  return GST_PAD_PROBE_OK;
}

void
jz_play_watch_serial (GstPad *pad, gint *serial)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_segment, serial, NULL);
}

/* The picture that stood comes again when playing starts. */
static GstFlowReturn
deliver (JzPlay *self, GstSample *sample)
{
  guint32 serial = (guint32)g_atomic_int_get (&self->serial);
  gboolean is_again = FALSE;

  if (sample == NULL || serial == 0)
    return GST_FLOW_OK;
  g_mutex_lock (&self->lock);
  is_again = self->shown_serial == serial && self->shown_pts == jz_sample_get_pts (sample);
  g_mutex_unlock (&self->lock);
  if (!is_again)
    jz_play_show (self, sample, (GstVideoOrientationMethod)g_atomic_int_get (&self->turn), serial);
  return GST_FLOW_OK;
}

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  return deliver (data, sample);
}

static GstFlowReturn
on_preroll (GstAppSink *sink, gpointer data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_preroll (sink);
  return deliver (data, sample);
}

static GstElement *
make_video_sink (JzPlay *self)
{
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-raw");
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample, .new_preroll = on_preroll };

  g_object_set (sink, "caps", caps, "max-buffers", 2, "qos", TRUE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  jz_play_watch_serial (pad, &self->serial);
  jz_turn_watch (pad, &self->turn);
  return sink;
}

static JzMediaError
classify (const GError *reason, gboolean is_missing)
{
  if (is_missing || g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND) ||
      g_error_matches (reason, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN))
    return JZ_MEDIA_ERROR_CODEC;
  if (g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND) ||
      g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE))
    return JZ_MEDIA_ERROR_FORMAT;
  if (g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_DECRYPT) ||
      g_error_matches (reason, GST_STREAM_ERROR, GST_STREAM_ERROR_DECRYPT_NOKEY))
    return JZ_MEDIA_ERROR_PASSWORD;
  return JZ_MEDIA_ERROR_DAMAGED;
}

void
jz_play_break (JzPlay *self, JzMediaError code, const char *detail)
{
  JzMessage message = { .type = JZ_SHOWN_BROKEN, .a = code };

  if (!self->is_opened) {
    jz_serve_fail (self->serve, self->open_serial, code, detail);
    return;
  }
  message.serial = (guint32)g_atomic_int_get (&self->serial);
  message.text = detail;
  message.length = MIN (strlen (detail), 500);
  jz_serve_answer (self->serve, &message);
}

static void
on_error (JzPlay *self, GstMessage *message)
{
  g_autoptr (GError) reason = NULL;
  JzMediaError code = JZ_MEDIA_ERROR_DAMAGED;

  gst_message_parse_error (message, &reason, NULL);
  code = g_atomic_int_get (&self->n_elements) > MAX_ELEMENTS
           ? JZ_MEDIA_ERROR_TOO_LARGE
           : classify (reason, self->missing->len > 0 && !self->is_opened);
  self->bus_watch = 0; /* it ends by its own answer */
  jz_play_pipeline_close (self);
  jz_play_break (self, code, code == JZ_MEDIA_ERROR_CODEC ? self->missing->str : reason->message);
}

static void
on_missing (JzPlay *self, GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  const GValue *detail = structure != NULL ? gst_structure_get_value (structure, "detail") : NULL;
  const GstCaps *caps =
    detail != NULL && GST_VALUE_HOLDS_CAPS (detail) ? gst_value_get_caps (detail) : NULL;

  if (caps == NULL || gst_caps_get_size (caps) == 0 || self->missing->len > 300)
    return;
  if (self->missing->len > 0)
    g_string_append_c (self->missing, ' ');
  g_string_append (self->missing, gst_structure_get_name (gst_caps_get_structure (caps, 0)));
}

static gint64
get_duration (JzPlay *self)
{
  gint64 duration = -1;

  if (!gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration))
    return -1;
  return MAX (duration, -1);
}

static gboolean
has_stream (JzPlay *self, const char *property)
{
  gint n = 0;
  g_object_get (self->pipeline, property, &n, NULL);
  return n > 0;
}

/* Of the request that was answered last. */
static guint32
get_serial (JzPlay *self)
{
  gint *serial = has_stream (self, "n-video") ? &self->serial : &self->sound_serial;
  return (guint32)g_atomic_int_get (serial);
}

/* Width << 32 | height. */
static gint64
get_full_size (JzPlay *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->video_sink, "sink");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  guint width = 0;
  guint height = 0;

  if (!jz_painter_fit (caps, (GstVideoOrientationMethod)g_atomic_int_get (&self->turn),
                       JZ_PLAY_MAX_SIDE * 2, JZ_PLAY_MAX_SIDE * 2, &width, &height))
    return 0;
  return (gint64)width << 32 | height;
}

static void
tell_opened (JzPlay *self)
{
  gboolean has_video = has_stream (self, "n-video");
  gboolean has_sound = has_stream (self, "n-audio");
  JzMessage message = {
    .type = JZ_SHOWN_OPENED,
    .serial = self->open_serial,
    .a = get_duration (self),
    .b = get_full_size (self),
    .c = (has_video ? JZ_SHOWN_HAS_VIDEO : 0) | (has_sound ? JZ_SHOWN_HAS_SOUND : 0),
    .text = self->missing->str,
    .length = self->missing->len,
  };

  self->is_opened = TRUE;
  jz_serve_answer (self->serve, &message);
  if (has_video)
    self->worker = jz_worker_new (self, self->file, TRUE);
}

/* Whether it is ready for what was asked last: pausing makes it ready too, and may have done so
 * just before it was asked to seek. */
static gboolean
is_there (JzPlay *self)
{
  return get_serial (self) == self->asked_serial;
}

/* A file that is opened at a place, or again after it broke, shows nothing before it is there. */
static void
on_ready (JzPlay *self)
{
  if (self->sound_sink != NULL)
    /* playsink sets it to 0 while it builds */
    g_object_set (self->sound_sink, "ts-offset", -(gint64)JZ_SOUND_AHEAD_NS, NULL);
  if (!self->is_opened)
    tell_opened (self);
  if (self->start >= 0) {
    gint64 start = self->start;
    self->start = -1;
    if (jz_play_pipeline_seek (self, start, TRUE, self->asked_serial))
      return;
    g_atomic_int_set (&self->serial, (gint)self->asked_serial);
    g_atomic_int_set (&self->sound_serial, (gint)self->asked_serial);
  }
  if (!is_there (self))
    return;
  jz_serve_answer (self->serve,
                   &(JzMessage){ .type = JZ_SHOWN_SOUGHT, .serial = self->asked_serial });
  if (self->is_playing)
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static gboolean
on_bus (GstBus *bus, GstMessage *message, gpointer data)
{
  JzPlay *self = data;

  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ERROR:
    on_error (self, message);
    return G_SOURCE_REMOVE;
  case GST_MESSAGE_EOS:
    g_atomic_int_set (&self->is_stale, TRUE);
    self->is_playing = FALSE;
    gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
    jz_serve_answer (self->serve, &(JzMessage){
                                    .type = JZ_SHOWN_ENDED,
                                    .serial = get_serial (self),
                                  });
    break;
  case GST_MESSAGE_ASYNC_DONE:
    on_ready (self);
    break;
  case GST_MESSAGE_DURATION_CHANGED:
    if (self->is_opened)
      jz_serve_answer (self->serve,
                       &(JzMessage){ .type = JZ_SHOWN_DURATION, .a = get_duration (self) });
    break;
  case GST_MESSAGE_ELEMENT:
    if (gst_is_missing_plugin_message (message))
      on_missing (self, message);
    break;
  default:
    break;
  }
  return G_SOURCE_CONTINUE;
}

static void
on_element (GstBin *bin, GstBin *parent, GstElement *element, gpointer data)
{
  JzPlay *self = data;

  if (g_atomic_int_add (&self->n_elements, 1) == MAX_ELEMENTS)
    GST_ELEMENT_ERROR (GST_ELEMENT (bin), STREAM, FAILED, ("Too many streams."), (NULL));
  jz_ts_seek_mend (element);
}

static void
set_up (JzPlay *self)
{
  g_autofree char *uri = jz_file_source_uri (self->file);
  /* Speech stays as high as it was when it is played faster. */
  GstElement *tempo = gst_element_factory_make ("scaletempo", NULL);

  self->video_sink = make_video_sink (self);
  self->sound_sink = jz_play_sound_new (self);
  g_object_set (self->pipeline, "uri", uri, "video-sink", self->video_sink, "audio-sink",
                self->sound_sink, NULL);
  if (tempo != NULL)
    g_object_set (self->pipeline, "audio-filter", tempo, NULL);
  gst_util_set_object_arg (G_OBJECT (self->pipeline), "flags", "video+audio+native-video");
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (on_element), self);
}

/* Frames of a file that is to stand elsewhere than at its start are not shown before. */
gboolean
jz_play_pipeline_open (JzPlay *self)
{
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();
  g_autoptr (GstBus) bus = NULL;

  self->pipeline = gst_element_factory_make ("playbin", NULL);
  if (self->pipeline == NULL)
    return FALSE;
  gst_object_ref_sink (self->pipeline);
  g_atomic_int_set (&self->n_elements, 0);
  g_atomic_int_set (&self->serial, self->start >= 0 ? 0 : (gint)self->asked_serial);
  g_atomic_int_set (&self->sound_serial, self->start >= 0 ? 0 : (gint)self->asked_serial);
  g_atomic_int_set (&self->is_stale, FALSE);
  g_atomic_int_set (&self->waits, TRUE);
  self->pipeline_rate = 1.0;
  set_up (self);
  /* The window's clock too, so that both mean the same time. */
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, on_bus, self);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  return TRUE;
}

void
jz_play_pipeline_close (JzPlay *self)
{
  if (self->pipeline == NULL)
    return;
  g_atomic_int_set (&self->waits, FALSE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  self->video_sink = NULL;
  self->sound_sink = NULL;
  gst_clear_object (&self->pipeline);
}

/* Decoders put the time that was sought on a picture that was shown before and lasts until then, so
 * that an exact seek goes to a picture's own time. */
static gint64
snap (JzPlay *self, gint64 pts)
{
  g_autoptr (JzFrameIndex) index = jz_play_dup_index (self);
  gint64 number = index != NULL ? jz_frame_index_find (index, pts) : -1;

  return number >= 0 ? jz_frame_index_get_pts (index, (gsize)number) : pts;
}

gboolean
jz_play_pipeline_seek (JzPlay *self, gint64 pts, gboolean is_exact, guint32 serial)
{
  GstSeekFlags how = is_exact ? GST_SEEK_FLAG_ACCURATE : GST_SEEK_FLAG_KEY_UNIT;
  GstEvent *seek =
    gst_event_new_seek (self->rate, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | how, GST_SEEK_TYPE_SET,
                        is_exact ? snap (self, pts) : pts, GST_SEEK_TYPE_NONE, 0);

  gst_event_set_seqnum (seek, serial | SERIAL_MARK);
  self->asked_serial = serial;
  self->pipeline_rate = self->rate;
  g_atomic_int_set (&self->is_stale, FALSE);
  return gst_element_send_event (self->pipeline, seek);
}
