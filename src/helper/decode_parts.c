/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/decode_parts.h"

#include <gst/app/gstappsink.h>

#include "helper/file_source.h"

/* A file that gives nothing for so long is not read on. */
#define PATIENCE_SLICES 50
#define SLICE (GST_SECOND / 5)

/**
 * jz_decode_parts_add_source:
 * @pipeline: gets the file and what decodes it
 * @file: a handle, to stay open as long as @pipeline
 * @kind: caps of the streams that are decoded; others are not
 *
 * Returns: (transfer none): a decodebin, which adds pads
 */
GstElement *
jz_decode_parts_add_source (GstBin *pipeline, int file, const char *kind)
{
  g_autofree char *uri = jz_file_source_uri (file);
  GstElement *source = gst_element_make_from_uri (GST_URI_SRC, uri, NULL, NULL);
  GstElement *decodebin = gst_element_factory_make ("decodebin", NULL);
  g_autoptr (GstCaps) caps = gst_caps_from_string (kind);

  g_object_set (decodebin, "caps", caps, "expose-all-streams", FALSE, NULL);
  gst_bin_add_many (pipeline, source, decodebin, NULL);
  gst_element_link (source, decodebin);
  return decodebin;
}

/**
 * jz_decode_parts_add_sink:
 * @pipeline: gets a sink
 * @caps: what it takes
 *
 * Returns: (transfer none): an appsink
 */
GstElement *
jz_decode_parts_add_sink (GstBin *pipeline, const char *caps)
{
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  g_autoptr (GstCaps) wanted = gst_caps_from_string (caps);

  g_object_set (sink, "caps", wanted, "sync", FALSE, "max-buffers", 4, "qos", FALSE, NULL);
  gst_bin_add (pipeline, sink);
  return sink;
}

static gboolean
has_failed (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  return message != NULL;
}

/**
 * jz_decode_parts_pull:
 * @pipeline: a pipeline that runs
 * @sink: its appsink
 *
 * An error ends the file as its end does: what came before it counts.
 *
 * Returns: (transfer full) (nullable): the next sample; %NULL at the end, an error or a stall
 */
GstSample *
jz_decode_parts_pull (GstElement *pipeline, GstElement *sink)
{
  for (guint i = 0; i < PATIENCE_SLICES; i++) {
    GstSample *sample = gst_app_sink_try_pull_sample (GST_APP_SINK (sink), SLICE);
    if (sample != NULL)
      return sample;
    if (gst_app_sink_is_eos (GST_APP_SINK (sink)) || has_failed (pipeline))
      return NULL;
  }
  return NULL;
}
