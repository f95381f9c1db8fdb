/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/decoder.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>

#include "helper/decode_parts.h"
#include "helper/ts_seek.h"
#include "media/error.h"

/* A pipeline without a clock, beside the one that plays. A seek goes to the time of a key picture:
 * at any other time decoders put the time that was sought on the first picture. */

#define PATIENCE (10 * GST_SECOND)

struct _JzDecoder {
  GstElement *pipeline;
  GstElement *sink;
  gint turn;
  gint n_elements;
  GMutex lock;
  GstElement *decoder; /* under @lock */
};

static GstPadProbeReturn
on_event (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstVideoOrientationMethod turn = GST_VIDEO_ORIENTATION_IDENTITY;
  GstTagList *tags = NULL;

  if (GST_EVENT_TYPE (event) != GST_EVENT_TAG)
    return GST_PAD_PROBE_OK;
  gst_event_parse_tag (event, &tags);
  if (gst_video_orientation_from_tag (tags, &turn))
    g_atomic_int_set ((gint *)data, (gint)turn);
  return GST_PAD_PROBE_OK;
}

/**
 * jz_turn_watch:
 * @pad: where pictures pass
 * @turn: atomic; outlives @pad
 *
 * Keeps @turn at the #GstVideoOrientationMethod of the newest tag.
 */
void
jz_turn_watch (GstPad *pad, gint *turn)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_event, turn, NULL);
}

/**
 * jz_sample_get_pts:
 * @sample: a picture
 *
 * Returns: nanoseconds in the recording, edit lists and the like applied; -1 without a time
 */
gint64
jz_sample_get_pts (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  guint64 pts = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                            GST_BUFFER_PTS (buffer));
  return GST_CLOCK_TIME_IS_VALID (pts) ? (gint64)pts : -1;
}

static gboolean
is_video_decoder (GstElement *element)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  return factory != NULL &&
         gst_element_factory_list_is_type (factory, GST_ELEMENT_FACTORY_TYPE_DECODER |
                                                      GST_ELEMENT_FACTORY_TYPE_MEDIA_VIDEO |
                                                      GST_ELEMENT_FACTORY_TYPE_MEDIA_IMAGE);
}

static void
on_element (GstBin *bin, GstBin *parent, GstElement *element, gpointer data)
{
  JzDecoder *self = data;

  if (g_atomic_int_add (&self->n_elements, 1) == JZ_DECODE_MAX_ELEMENTS)
    GST_ELEMENT_ERROR (self->pipeline, STREAM, FAILED, ("Too many streams."), (NULL));
  jz_ts_seek_mend (element);
  if (!is_video_decoder (element))
    return;
  g_mutex_lock (&self->lock);
  gst_object_replace ((GstObject **)&self->decoder, GST_OBJECT (element));
  g_mutex_unlock (&self->lock);
}

static void
on_pad (GstElement *decodebin, GstPad *pad, gpointer data)
{
  JzDecoder *self = data;
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->sink, "sink");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps == NULL || gst_pad_is_linked (sink) ||
      !gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-raw"))
    return;
  gst_pad_link (pad, sink);
}

static void
fail_from_bus (JzDecoder *self, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) reason = NULL;

  if (message != NULL)
    gst_message_parse_error (message, &reason, NULL);
  g_set_error_literal (error, JZ_MEDIA_ERROR,
                       reason != NULL ? JZ_MEDIA_ERROR_DAMAGED : JZ_MEDIA_ERROR_ABSENT,
                       reason != NULL ? reason->message : "no picture");
}

static void
build (JzDecoder *self, int file)
{
  GstElement *decodebin = NULL;
  g_autoptr (GstPad) pad = NULL;

  self->pipeline = gst_pipeline_new (NULL);
  decodebin = jz_decode_parts_add_source (GST_BIN (self->pipeline), file, "video/x-raw(ANY)");
  self->sink = jz_decode_parts_add_sink (GST_BIN (self->pipeline), "video/x-raw");
  pad = gst_element_get_static_pad (self->sink, "sink");
  jz_turn_watch (pad, &self->turn);
  g_signal_connect (decodebin, "pad-added", G_CALLBACK (on_pad), self);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (on_element), self);
}

/* The sink never gets there if there is no picture, so that the bus is looked at too. */
static gboolean
wait_until_ready (JzDecoder *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = NULL;

  if (gst_element_set_state (self->pipeline, GST_STATE_PAUSED) == GST_STATE_CHANGE_FAILURE)
    return FALSE;
  message = gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_ERROR | GST_MESSAGE_ASYNC_DONE);
  if (message == NULL)
    return FALSE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE)
    return TRUE;
  gst_bus_post (bus, g_steal_pointer (&message));
  return FALSE;
}

/* Nobody reads the bus from now on, except for an error. */
static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    return GST_BUS_PASS;
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/**
 * jz_decoder_new:
 * @file: handle, to stay open as long as this
 * @error: return location
 *
 * Fails with %JZ_MEDIA_ERROR and the library's words, from which the window makes a sentence.
 *
 * Returns: (transfer full) (nullable): decodes @file from its first picture on
 */
JzDecoder *
jz_decoder_new (int file, GError **error)
{
  g_autoptr (JzDecoder) self = g_new0 (JzDecoder, 1);
  g_autoptr (GstBus) bus = NULL;

  g_mutex_init (&self->lock);
  build (self, file);
  if (!wait_until_ready (self)) {
    fail_from_bus (self, error);
    return NULL;
  }
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, on_message, NULL, NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return g_steal_pointer (&self);
}

/**
 * jz_decoder_free:
 * @self: (transfer full) (nullable): a decoder
 */
void
jz_decoder_free (JzDecoder *self)
{
  if (self == NULL)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
  gst_clear_object (&self->decoder);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * jz_decoder_seek:
 * @self: a decoder
 * @pts: the time of a key picture: at any other time decoders restamp what they give first
 *
 * Returns: whether it could be sought
 */
gboolean
jz_decoder_seek (JzDecoder *self, gint64 pts)
{
  return gst_element_seek (self->pipeline, 1.0, GST_FORMAT_TIME,
                           GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET, pts,
                           GST_SEEK_TYPE_NONE, 0);
}

/**
 * jz_decoder_pull:
 * @self: a decoder
 *
 * An error ends the file as its end does.
 *
 * Returns: (transfer full) (nullable): the next picture in the order of time; %NULL at the end, an
 *   error or a stall
 */
GstSample *
jz_decoder_pull (JzDecoder *self)
{
  return jz_decode_parts_pull (self->pipeline, self->sink);
}

/**
 * jz_decoder_get_turn:
 * @self: a decoder that has given a picture
 *
 * Returns: how its pictures are turned to be upright
 */
GstVideoOrientationMethod
jz_decoder_get_turn (JzDecoder *self)
{
  return (GstVideoOrientationMethod)g_atomic_int_get (&self->turn);
}

static int
find_codec_library (struct dl_phdr_info *info, size_t size, void *data)
{
  char **found = data;

  if (info->dlpi_name == NULL || strstr (info->dlpi_name, "/libavcodec.so") == NULL)
    return 0;
  *found = g_strdup (info->dlpi_name);
  return 1;
}

/* Security updates change this library and leave the plugin's version as it is. */
static char *
dup_codec_library_version (void)
{
  g_autofree char *name = NULL;
  unsigned (*get_version) (void) = NULL;
  unsigned version = 0;
  void *library = NULL;

  dl_iterate_phdr (find_codec_library, &name);
  library = name != NULL ? dlopen (name, RTLD_LAZY | RTLD_NOLOAD) : NULL;
  if (library == NULL)
    return NULL;
  *(void **)&get_version = dlsym (library, "avcodec_version");
  version = get_version != NULL ? get_version () : 0;
  dlclose (library);
  return g_strdup_printf ("%u.%u.%u", version >> 16, version >> 8 & 255, version & 255);
}

/**
 * jz_decoder_describe:
 * @self: a decoder that has given a picture
 * @name: (out) (transfer full): the element that decodes, "avdec_h264"
 * @version: (out) (transfer full): of its plugin and, for libav, of the library
 *
 * Decoders may differ in single samples, so that a hash of samples is only good with these.
 */
void
jz_decoder_describe (JzDecoder *self, char **name, char **version)
{
  GstElementFactory *factory = NULL;
  g_autoptr (GstPlugin) plugin = NULL;
  g_autofree char *library = NULL;

  g_mutex_lock (&self->lock);
  factory = self->decoder != NULL ? gst_element_get_factory (self->decoder) : NULL;
  g_mutex_unlock (&self->lock);
  if (factory == NULL) {
    *name = g_strdup ("none"); /* pictures that are not compressed */
    *version = gst_version_string ();
    return;
  }
  plugin = gst_plugin_feature_get_plugin (GST_PLUGIN_FEATURE (factory));
  *name = g_strdup (GST_OBJECT_NAME (factory));
  if (g_str_has_prefix (*name, "avdec_"))
    library = dup_codec_library_version ();
  *version = g_strconcat (plugin != NULL ? gst_plugin_get_version (plugin) : "",
                          library != NULL ? " libavcodec " : "", library, NULL);
}
