/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/decode.h"

#include <gst/pbutils/missing-plugins.h>
#include <string.h>

#include "helper/decode_parts.h"
#include "helper/stall.h"
#include "helper/ts_seek.h"

/**
 * jz_gst_dup_missing:
 * @message: of a bus
 *
 * Returns: (transfer full) (nullable): the media type for which there is no plugin
 */
char *
jz_gst_dup_missing (GstMessage *message)
{
  g_autofree char *detail = NULL;
  const char *last;

  if (!gst_is_missing_plugin_message (message))
    return NULL;
  detail = gst_missing_plugin_message_get_installer_detail (message);
  /* gstreamer|1.0|program|words|decoder-video/x-h265, profile=… */
  last = detail != NULL ? strrchr (detail, '|') : NULL;
  last = last != NULL ? strchr (last, '-') : NULL;
  return last != NULL ? g_strndup (last + 1, strcspn (last + 1, ", ")) : NULL;
}

static JzMediaError
judge (const GError *error)
{
  if (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE))
    return JZ_MEDIA_ERROR_FORMAT;
  if (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_DECRYPT) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_DECRYPT_NOKEY))
    return JZ_MEDIA_ERROR_PASSWORD;
  /* With a plugin that is missing its media type is told; without, there is no such stream. */
  if (g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    return JZ_MEDIA_ERROR_ABSENT;
  return JZ_MEDIA_ERROR_DAMAGED;
}

/**
 * jz_gst_take_error:
 * @message: an error message of a bus
 * @error: return location
 */
void
jz_gst_take_error (GstMessage *message, GError **error)
{
  g_autoptr (GError) theirs = NULL;

  gst_message_parse_error (message, &theirs, NULL);
  jz_job_fail (error, judge (theirs), theirs->message);
}

/**
 * jz_orientation_parse:
 * @tags: what a file says of itself
 * @orientation: (inout): degrees clockwise
 * @mirrored: (inout): whether it is mirrored before
 */
void
jz_orientation_parse (const GstTagList *tags, guint *orientation, gboolean *mirrored)
{
  g_autofree char *text = NULL;
  const char *angle;
  guint64 degrees = 0;

  if (!gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &text))
    return;
  angle = strrchr (text, '-');
  if (angle == NULL || !g_ascii_string_to_unsigned (angle + 1, 10, 0, 270, &degrees, NULL))
    return;
  *orientation = (guint)degrees / 90 * 90;
  *mirrored = g_str_has_prefix (text, "flip");
}

static void
post (JzDecode *self, const char *name)
{
  gst_bus_post (self->bus, gst_message_new_application (GST_OBJECT (self->pipeline),
                                                        gst_structure_new_empty (name)));
}

static void
on_pad_added (GstElement *element, GstPad *pad, gpointer user_data)
{
  JzDecode *self = user_data;
  g_autoptr (GstElement) first = gst_bin_get_by_name (GST_BIN (self->pipeline), "first");
  g_autoptr (GstPad) sink = gst_element_get_static_pad (first, "sink");

  if (g_atomic_int_compare_and_exchange (&self->is_linked, FALSE, TRUE))
    gst_pad_link (pad, sink);
}

static void
on_no_more_pads (GstElement *element, gpointer user_data)
{
  JzDecode *self = user_data;

  if (!g_atomic_int_get (&self->is_linked))
    post (self, "nothing");
}

static void
on_element_added (GstBin *bin, GstBin *sub_bin, GstElement *element, gpointer user_data)
{
  JzDecode *self = user_data;

  if (g_atomic_int_add (&self->n_elements, 1) == JZ_DECODE_MAX_ELEMENTS)
    post (self, "too-many");
  jz_ts_seek_mend (element);
}

static gboolean
take_message (JzDecode *self, GstMessage *message, GString *missing, GError **error)
{
  g_autofree char *media = jz_gst_dup_missing (message);
  g_autoptr (GstTagList) tags = NULL;

  if (media != NULL)
    g_string_append_printf (missing, "%s%s", missing->len > 0 ? " " : "", media);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_TAG) {
    gst_message_parse_tag (message, &tags);
    jz_orientation_parse (tags, &self->orientation, &self->mirrored);
  }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_APPLICATION)
    return gst_message_has_name (message, "too-many")
             ? jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "too many streams")
           : missing->len > 0 ? jz_job_fail (error, JZ_MEDIA_ERROR_CODEC, missing->str)
                              : jz_job_fail (error, JZ_MEDIA_ERROR_ABSENT, NULL);
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return TRUE;
  if (missing->len > 0)
    return jz_job_fail (error, JZ_MEDIA_ERROR_CODEC, missing->str);
  jz_gst_take_error (message, error);
  return FALSE;
}

/* Until everything stands at its first picture, or anything went wrong. */
static gboolean
wait (JzDecode *self, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  JzStall stall;

  jz_stall_begin (&stall);
  for (;;) {
    g_autoptr (GstMessage) message =
      gst_bus_timed_pop_filtered (self->bus, JZ_STALL_LOOK_MS * GST_MSECOND,
                                  GST_MESSAGE_ERROR | GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_ELEMENT |
                                    GST_MESSAGE_TAG | GST_MESSAGE_APPLICATION | GST_MESSAGE_EOS);

    if (message == NULL && jz_stall_is_stalled (&stall))
      return jz_job_fail (error, JZ_MEDIA_ERROR_DAMAGED, "stalled");
    if (message == NULL)
      continue;
    if (!take_message (self, message, missing, error))
      return FALSE;
    if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ASYNC_DONE ||
        GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
      return TRUE;
  }
}

static void
build (JzDecode *self, int file, const char *caps)
{
  GstBin *pipeline = GST_BIN (self->pipeline);
  gboolean is_sound = g_str_has_prefix (caps, "audio/");
  GstElement *first = gst_element_factory_make (is_sound ? "audioconvert" : "identity", "first");
  GstElement *decoder =
    jz_decode_parts_add_source (pipeline, file, is_sound ? "audio/x-raw(ANY)" : "video/x-raw(ANY)");

  self->sink = jz_decode_parts_add_sink (pipeline, caps);
  gst_bin_add (pipeline, first);
  gst_element_link (first, self->sink);
  g_signal_connect (decoder, "pad-added", G_CALLBACK (on_pad_added), self);
  g_signal_connect (decoder, "no-more-pads", G_CALLBACK (on_no_more_pads), self);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (on_element_added), self);
}

/**
 * jz_decode_new:
 * @file: a file
 * @caps: what is wanted of its first stream of that kind, "video/x-raw" or "audio/x-raw,…"
 * @error: return location
 *
 * Opens a file up to its first picture or piece of sound.
 *
 * Fails with %JZ_MEDIA_ERROR.
 *
 * Returns: (transfer full) (nullable): a decoder
 */
JzDecode *
jz_decode_new (int file, const char *caps, GError **error)
{
  g_autoptr (JzDecode) self = g_new0 (JzDecode, 1);

  self->pipeline = gst_pipeline_new (NULL);
  self->bus = gst_element_get_bus (self->pipeline);
  build (self, file, caps);
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (!wait (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_decode_free:
 * @self: (nullable): a decoder
 */
void
jz_decode_free (JzDecode *self)
{
  if (self == NULL)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->bus);
  gst_object_unref (self->pipeline);
  g_free (self);
}

/**
 * jz_decode_seek:
 * @self: a decoder
 * @time: where to
 * @error: return location
 *
 * Goes to the picture that is shown at that time.
 *
 * Returns: whether it is there
 */
gboolean
jz_decode_seek (JzDecode *self, GstClockTime time, GError **error)
{
  if (!gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
                                GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, (gint64)time))
    return jz_job_fail (error, JZ_MEDIA_ERROR_ABSENT, "cannot seek");
  return wait (self, error);
}

/**
 * jz_decode_get_first:
 * @self: a decoder
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what it stands at
 */
GstSample *
jz_decode_get_first (JzDecode *self, GError **error)
{
  GstSample *sample = gst_app_sink_try_pull_preroll (GST_APP_SINK (self->sink), GST_SECOND);

  if (sample == NULL)
    jz_job_fail (error, JZ_MEDIA_ERROR_ABSENT, NULL);
  return sample;
}

/**
 * jz_decode_next:
 * @self: a decoder
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the next of all; %NULL without an error at the end
 */
GstSample *
jz_decode_next (JzDecode *self, GError **error)
{
  GstSample *sample;
  JzStall stall;

  jz_stall_begin (&stall);
  if (GST_STATE_TARGET (self->pipeline) != GST_STATE_PLAYING)
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  for (;;) {
    g_autoptr (GstMessage) message = NULL;

    sample =
      gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), JZ_STALL_LOOK_MS * GST_MSECOND);
    if (sample != NULL || gst_app_sink_is_eos (GST_APP_SINK (self->sink)))
      return sample;
    /* What was read before a break stays: a recording that is cut plays to the cut. */
    message = gst_bus_pop_filtered (self->bus, GST_MESSAGE_ERROR);
    if (message != NULL) {
      jz_gst_take_error (message, error);
      return NULL;
    }
    if (jz_stall_is_stalled (&stall)) {
      jz_job_fail (error, JZ_MEDIA_ERROR_DAMAGED, "stalled");
      return NULL;
    }
  }
}
