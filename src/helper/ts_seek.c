/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/ts_seek.h"

/* The demuxer of transport streams takes a seek to the time at which it stands for one that moves
 * nothing, although the flush threw away what it had read. It goes on behind that: the pictures in
 * between never come, those that come lack what they were coded from, and the segment bears the
 * number of an older seek. Where it stands when it is asked depends on how far it reads ahead, and
 * so on what else the machine does.
 *
 * It is therefore asked for a time at which no picture is, a nanosecond or two later, and what it
 * says of that time is put right: nothing else in the pipeline sees another than the wanted one.
 * Time stamps of transport streams are at least 11 µs apart. */

typedef struct {
  GMutex lock;
  guint32 number; /* of the newest seek */
  gint64 wanted;
  gint64 asked;
} Seek;

static void
seek_clear (gpointer data)
{
  Seek *self = data;
  g_mutex_clear (&self->lock);
}

static void
seek_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, seek_clear);
}

static void
seek_release_closure (gpointer data, GClosure *closure)
{
  seek_release (data);
}

/* Two ways in turns: a seek that is repeated before anything was read would find it standing at the
 * time that the first one asked for. One seek may come by several pads. */
static gint64
choose (Seek *self, gint64 wanted, guint32 number)
{
  gint64 asked = 0;

  g_mutex_lock (&self->lock);
  if (self->number != number || self->wanted != wanted) {
    asked = wanted + 1;
    self->asked = asked == self->asked ? asked + 1 : asked;
    self->wanted = wanted;
    self->number = number;
  }
  asked = self->asked;
  g_mutex_unlock (&self->lock);
  return asked;
}

static GstPadProbeReturn
on_seek (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstEvent *moved = NULL;
  gdouble rate = 0;
  GstFormat format = GST_FORMAT_UNDEFINED;
  GstSeekFlags flags = GST_SEEK_FLAG_NONE;
  GstSeekType types[2] = { GST_SEEK_TYPE_NONE, GST_SEEK_TYPE_NONE };
  gint64 start = 0;
  gint64 stop = 0;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEEK)
    return GST_PAD_PROBE_OK;
  gst_event_parse_seek (event, &rate, &format, &flags, &types[0], &start, &types[1], &stop);
  if (format != GST_FORMAT_TIME || types[0] != GST_SEEK_TYPE_SET || start < 0 ||
      start > G_MAXINT64 - 2 || !(flags & GST_SEEK_FLAG_FLUSH))
    return GST_PAD_PROBE_OK;
  start = choose (data, start, gst_event_get_seqnum (event));
  moved = gst_event_new_seek (rate, format, flags, types[0], start, types[1], stop);
  gst_event_set_seqnum (moved, gst_event_get_seqnum (event));
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = moved;
  return GST_PAD_PROBE_OK;
}

/* A segment that begins elsewhere is the demuxer's own, of a seek to the nearest key picture. */
static gboolean
put_back (Seek *self, GstSegment *segment)
{
  gboolean is_asked = FALSE;

  g_mutex_lock (&self->lock);
  is_asked =
    segment->format == GST_FORMAT_TIME && self->asked > 0 && segment->start == (guint64)self->asked;
  if (is_asked) {
    segment->start = (guint64)self->wanted;
    segment->position = segment->start;
    segment->time = segment->start;
  }
  g_mutex_unlock (&self->lock);
  return is_asked;
}

static GstPadProbeReturn
on_segment (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstEvent *right = NULL;
  GstSegment segment;

  if (GST_EVENT_TYPE (event) != GST_EVENT_SEGMENT)
    return GST_PAD_PROBE_OK;
  gst_event_copy_segment (event, &segment);
  if (!put_back (data, &segment))
    return GST_PAD_PROBE_OK;
  right = gst_event_new_segment (&segment);
  gst_event_set_seqnum (right, gst_event_get_seqnum (event));
  gst_event_unref (event);
  GST_PAD_PROBE_INFO_DATA (info) = right;
  return GST_PAD_PROBE_OK;
}

static void
on_pad (GstElement *demuxer, GstPad *pad, gpointer data)
{
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_seek,
                     g_atomic_rc_box_acquire (data), seek_release);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_segment,
                     g_atomic_rc_box_acquire (data), seek_release);
}

/**
 * jz_ts_seek_mend:
 * @element: just added to a pipeline, still without pads that come with a file
 *
 * Has the demuxer of transport streams obey each seek that flushes, also one to where it stands.
 * Other elements are left as they are.
 */
void
jz_ts_seek_mend (GstElement *element)
{
  GstElementFactory *factory = gst_element_get_factory (element);
  Seek *self = NULL;

  if (factory == NULL || g_strcmp0 (GST_OBJECT_NAME (factory), "tsdemux") != 0)
    return;
  self = g_atomic_rc_box_new0 (Seek);
  g_mutex_init (&self->lock);
  g_signal_connect_data (element, "pad-added", G_CALLBACK (on_pad), self, seek_release_closure, 0);
}
