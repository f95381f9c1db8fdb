/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/probe_media.h"

#include <gst/pbutils/pbutils.h>
#include <string.h>

#include "helper/decode.h"
#include "helper/file_source.h"
#include "helper/probe_tags.h"
#include "helper/stall.h"

/* The container is taken apart and its streams are parsed, but no picture is decoded: a probe is
 * what every foreign file goes through, and decoders are where most faults are.
 *
 * GstDiscoverer does decode, and its timeout does not hold: with 100,000 tracks it never answers.
 */

/* Pictures whose times are looked at to tell whether their distance varies. */
#define MAX_TIMES 120
/* A parser changes the order of the last ones; those are left out. */
#define MARGIN 8
/* A recording of a hundred tracks makes thousands of elements; a real one far fewer than this. */
#define MAX_ELEMENTS 400
/* Pieces of sound, where there is no picture. */
#define MAX_PIECES 20
/* A recording of which so little comes in so long is known well enough. */
#define LOOK_TIME (10 * G_TIME_SPAN_SECOND)

typedef struct {
  GstElement *pipeline;
  GstBus *bus;
  JzProbe *probe;
  GPtrArray *pads; /* GstPad: of the parser, one a stream */
  GMutex lock;     /* of what is below */
  GArray *times;   /* guint64: of the first video stream, as they come */
  GstPad *video;   /* the first of its kind */
  gboolean has_video;
  gboolean has_all_pads;
  gboolean was_told;
  guint n_buffers;
  int n_elements;
} Look;

static void
post (Look *self, const char *name)
{
  gst_bus_post (self->bus, gst_message_new_application (GST_OBJECT (self->pipeline),
                                                        gst_structure_new_empty (name)));
}

/* With the lock held: everything is known, or at least enough. */
static gboolean
is_enough (Look *self)
{
  return self->has_all_pads &&
         (self->has_video ? self->times->len >= MAX_TIMES : self->n_buffers >= MAX_PIECES);
}

static void
tell_when_enough (Look *self)
{
  if (is_enough (self) && !self->was_told) {
    self->was_told = TRUE;
    post (self, "enough");
  }
}

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Look *self = user_data;
  guint64 time = GST_BUFFER_PTS (GST_PAD_PROBE_INFO_BUFFER (info));

  g_mutex_lock (&self->lock);
  self->n_buffers++;
  if (pad == self->video && GST_CLOCK_TIME_IS_VALID (time) && self->times->len < MAX_TIMES)
    g_array_append_val (self->times, time);
  tell_when_enough (self);
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

/* With the lock held. */
static void
keep_pad (Look *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  if (self->pads->len > JZ_PROBE_MAX_STREAMS) {
    post (self, "too-many");
    return;
  }
  g_ptr_array_add (self->pads, gst_object_ref (pad));
  if (!self->has_video && !gst_caps_is_empty (caps) && !gst_caps_is_any (caps) &&
      g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "video/")) {
    self->has_video = TRUE;
    self->video = pad;
  }
}

/* The sinks wait for nothing: one that waited for its first piece would hold up the others, of
 * which one may come an hour later. */
static void
on_pad_added (GstElement *element, GstPad *pad, gpointer user_data)
{
  Look *self = user_data;
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) target = gst_element_get_static_pad (sink, "sink");

  g_mutex_lock (&self->lock);
  keep_pad (self, pad);
  g_mutex_unlock (&self->lock);
  g_object_set (sink, "sync", FALSE, "async", FALSE, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, self, NULL);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  gst_pad_link (pad, target);
  gst_element_sync_state_with_parent (sink);
}

static void
on_no_more_pads (GstElement *element, gpointer user_data)
{
  Look *self = user_data;

  g_mutex_lock (&self->lock);
  self->has_all_pads = TRUE;
  tell_when_enough (self);
  g_mutex_unlock (&self->lock);
}

static void
on_element_added (GstBin *bin, GstBin *sub_bin, GstElement *element, gpointer user_data)
{
  Look *self = user_data;

  if (g_atomic_int_add (&self->n_elements, 1) == MAX_ELEMENTS)
    post (self, "too-many");
}

static void
build (Look *self, int file)
{
  g_autofree char *uri = jz_file_source_uri (file);
  GstElement *source = gst_element_make_from_uri (GST_URI_SRC, uri, NULL, NULL);
  GstElement *parser = gst_element_factory_make ("parsebin", NULL);

  gst_bin_add_many (GST_BIN (self->pipeline), source, parser, NULL);
  gst_element_link (source, parser);
  g_signal_connect (parser, "pad-added", G_CALLBACK (on_pad_added), self);
  g_signal_connect (parser, "no-more-pads", G_CALLBACK (on_no_more_pads), self);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (on_element_added), self);
}

static void
take_bus_tags (Look *self, GstMessage *message)
{
  g_autoptr (GstTagList) tags = NULL;

  gst_message_parse_tag (message, &tags);
  jz_probe_take_tags (self->probe, tags);
}

/* How looking ended. */
typedef enum {
  SEEN_NOTHING,
  SEEN_ENOUGH,
  SEEN_END,
  SEEN_WRONG,
  SEEN_TOO_MANY,
} Seen;

static Seen
take_message (Look *self, GstMessage *message)
{
  g_autofree char *missing = jz_gst_dup_missing (message);

  if (missing != NULL) {
    jz_probe_add_odd (self->probe, "codec");
    return SEEN_NOTHING;
  }
  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_TAG:
    take_bus_tags (self, message);
    return SEEN_NOTHING;
  case GST_MESSAGE_ERROR:
    return SEEN_WRONG;
  case GST_MESSAGE_EOS:
    return SEEN_END;
  case GST_MESSAGE_APPLICATION:
    return gst_message_has_name (message, "too-many") ? SEEN_TOO_MANY : SEEN_ENOUGH;
  default:
    return SEEN_NOTHING;
  }
}

static Seen
wait (Look *self)
{
  gint64 end = g_get_monotonic_time () + LOOK_TIME;
  JzStall stall;

  jz_stall_begin (&stall);
  for (;;) {
    g_autoptr (GstMessage) message = gst_bus_timed_pop (self->bus, JZ_STALL_LOOK_MS * GST_MSECOND);
    Seen seen;

    if (message == NULL && jz_stall_is_stalled (&stall))
      return SEEN_WRONG;
    if (g_get_monotonic_time () > end)
      return SEEN_NOTHING;
    if (message == NULL)
      continue;
    seen = take_message (self, message);
    if (seen != SEEN_NOTHING)
      return seen;
  }
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *)a;
  guint64 y = *(const guint64 *)b;

  return x < y ? -1 : x > y;
}

/* Containers that count in milliseconds write 33, 33, 34: that is no variable rate. */
static gboolean
is_variable (GArray *times)
{
  guint64 least = G_MAXUINT64;
  guint64 most = 0;

  g_array_sort (times, compare_times);
  for (guint i = 1; i + MARGIN < times->len; i++) {
    guint64 step = g_array_index (times, guint64, i) - g_array_index (times, guint64, i - 1);

    least = MIN (least, step);
    most = MAX (most, step);
  }
  return least < most && most - least > 3 * GST_MSECOND;
}

static gboolean
is_decodable (GstCaps *caps)
{
  GList *all;
  GList *fit;
  gboolean is_there;

  if (g_str_has_suffix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "/x-raw"))
    return TRUE;
  all = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_MARGINAL);
  fit = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);
  is_there = fit != NULL;
  gst_plugin_feature_list_free (fit);
  gst_plugin_feature_list_free (all);
  return is_there;
}

static const char *
judge_stream (const char *media)
{
  if (g_str_has_prefix (media, "video/"))
    return "video";
  if (g_str_has_prefix (media, "audio/"))
    return "audio";
  if (g_str_has_prefix (media, "image/"))
    return "picture";
  if (g_str_has_prefix (media, "text/") || g_str_has_prefix (media, "subpicture/") ||
      g_str_has_prefix (media, "application/x-ass"))
    return "subtitle";
  return "other";
}

static guint
get_number (const GstStructure *structure, const char *name)
{
  int value = 0;

  return gst_structure_get_int (structure, name, &value) && value > 0 ? (guint)value : 0;
}

static void
take_stream (Look *self, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const GstStructure *structure;
  JzProbeStream *stream;
  int n = 0;
  int d = 1;

  if (caps == NULL)
    caps = gst_pad_query_caps (pad, NULL);
  if (gst_caps_is_empty (caps) || gst_caps_is_any (caps))
    return;
  structure = gst_caps_get_structure (caps, 0);
  stream = jz_probe_add_stream (self->probe, judge_stream (gst_structure_get_name (structure)));
  if (stream == NULL)
    return;
  stream->media = g_strdup (gst_structure_get_name (structure));
  stream->codec = gst_caps_is_fixed (caps) ? gst_pb_utils_get_codec_description (caps) : NULL;
  stream->width = get_number (structure, "width");
  stream->height = get_number (structure, "height");
  stream->channels = get_number (structure, "channels");
  stream->sample_rate = get_number (structure, "rate");
  if (gst_structure_get_fraction (structure, "framerate", &n, &d) && n > 0 && d > 0) {
    stream->rate_n = (guint)n;
    stream->rate_d = (guint)d;
  }
  stream->is_decodable = is_decodable (caps);
  if (!stream->is_decodable && strcmp (stream->type, "subtitle") != 0 &&
      strcmp (stream->type, "other") != 0)
    jz_probe_add_odd (self->probe, "codec");
}

static void
take_pad_tags (Look *self, GstPad *pad)
{
  for (guint i = 0;; i++) {
    g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_TAG, i);
    GstTagList *tags = NULL;

    if (event == NULL)
      return;
    gst_event_parse_tag (event, &tags);
    jz_probe_take_tags (self->probe, tags);
  }
}

static void
take_duration (Look *self)
{
  gint64 duration = 0;

  if (self->probe->kind != JZ_FILE_PHOTO &&
      gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration) && duration > 0 &&
      duration <= G_MAXINT64 / 2)
    self->probe->duration_ms = duration / GST_MSECOND;
}

/* A container of moving pictures may hold sound alone, and the other way round. */
static void
settle_kind (JzProbe *probe)
{
  if (probe->kind == JZ_FILE_PHOTO)
    return;
  if (jz_probe_get_stream (probe, "video") != NULL)
    probe->kind = JZ_FILE_VIDEO;
  else if (jz_probe_get_stream (probe, "audio") != NULL)
    probe->kind = JZ_FILE_AUDIO;
}

static void
take_streams (Look *self)
{
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->pads->len; i++) {
    take_pad_tags (self, self->pads->pdata[i]);
    take_stream (self, self->pads->pdata[i]);
  }
  g_mutex_unlock (&self->lock);
  settle_kind (self->probe);
}

static void
take_times (Look *self)
{
  JzProbeStream *video = (JzProbeStream *)jz_probe_get_stream (self->probe, "video");

  g_mutex_lock (&self->lock);
  if (video != NULL && self->probe->kind == JZ_FILE_VIDEO)
    video->variable = is_variable (self->times);
  g_mutex_unlock (&self->lock);
}

/* A picture whose head alone says its size: no parser was needed, or it failed. */
static void
take_sniffed_size (JzProbe *probe, const JzSniff *sniff)
{
  JzProbeStream *picture;

  if (probe->kind != JZ_FILE_PHOTO)
    return;
  if (probe->streams->len == 0) {
    picture = jz_probe_add_stream (probe, "picture");
    picture->media = g_strdup (sniff->container);
  }
  picture = probe->streams->pdata[0];
  if (picture->width == 0) {
    picture->width = sniff->width;
    picture->height = sniff->height;
  }
  if ((guint64)picture->width * picture->height > JZ_SNIFF_MAX_PIXELS)
    jz_probe_add_odd (probe, "large");
}

/* Its beginning looked like a recording by chance. */
static void
forget (JzProbe *probe)
{
  probe->kind = JZ_FILE_OTHER;
  g_clear_pointer (&probe->container, g_free);
  g_ptr_array_set_size (probe->odd, 0);
}

static void
look (Look *self, const JzSniff *sniff)
{
  JzProbe *probe = self->probe;
  Seen seen;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  seen = wait (self);
  if (seen == SEEN_TOO_MANY) {
    jz_probe_add_odd (probe, "streams");
    return;
  }
  take_streams (self);
  if (probe->streams->len == 0 && !sniff->is_sure) {
    forget (probe);
    return;
  }
  take_duration (self);
  take_sniffed_size (probe, sniff);
  take_times (self);
  if ((seen == SEEN_WRONG || probe->streams->len == 0) && !jz_probe_is_odd (probe, "codec"))
    jz_probe_add_odd (probe, "damaged");
}

/**
 * jz_media_probe_streams:
 * @job: a recording or picture
 * @sniff: what its first bytes say
 * @probe: gets what it says of itself
 * @error: return location
 *
 * Returns: %TRUE: whatever it is, there is something to say
 */
gboolean
jz_media_probe_streams (JzHelperJob *job, const JzSniff *sniff, JzProbe *probe, GError **error)
{
  Look self = { .probe = probe };

  g_mutex_init (&self.lock);
  self.pipeline = gst_pipeline_new (NULL);
  self.bus = gst_element_get_bus (self.pipeline);
  self.pads = g_ptr_array_new_with_free_func (gst_object_unref);
  self.times = g_array_new (FALSE, FALSE, sizeof (guint64));
  build (&self, job->file);
  look (&self, sniff);
  gst_element_set_state (self.pipeline, GST_STATE_NULL);
  g_ptr_array_unref (self.pads);
  gst_object_unref (self.bus);
  gst_object_unref (self.pipeline);
  g_array_unref (self.times);
  g_mutex_clear (&self.lock);
  return TRUE;
}
