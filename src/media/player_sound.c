/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/player_sound.h"

#include <gst/app/gstappsrc.h>
#include <gst/audio/audio.h>
#include <gst/gst.h>

#include "media/play_message.h"

/* The helper has no way to a sound card, so that the window's own process plays. Both use the
 * system clock: a sample's place is its time, with nothing to agree about. Opening a device may
 * take long, so that it is done in a thread; until then nothing is heard. */

/* Five seconds and more: what comes faster than it is heard is dropped, and not kept for ever. */
#define MAX_QUEUED (1024 * 1024)

struct _JzPlayerSound {
  gatomicrefcount n_refs;
  GMutex lock;
  GstElement *pipeline; /* under @lock; NULL until it plays and after it was freed */
  GstElement *source;
  GstElement *volume;
  double level;
  gboolean is_muted;
  gboolean is_closed;
};

static GstElement *
make_pipeline (const char *sink)
{
  g_autofree char *text =
    g_strdup_printf ("appsrc name=source format=time is-live=true block=false max-bytes=%u "
                     "leaky-type=upstream ! volume name=volume ! audioconvert ! audioresample ! %s",
                     MAX_QUEUED, sink);
  GstElement *pipeline = gst_parse_launch (text, NULL);
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
    "audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (S16), "rate", G_TYPE_INT, JZ_SOUND_RATE,
    "channels", G_TYPE_INT, 2, "layout", G_TYPE_STRING, "interleaved", NULL);
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();

  if (pipeline == NULL)
    return NULL;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "caps", caps, NULL);
  gst_pipeline_use_clock (GST_PIPELINE (pipeline), clock);
  /* Running time is the clock's own time. */
  gst_element_set_start_time (pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_base_time (pipeline, 0);
  return pipeline;
}

/* A device that cannot be opened fails here, or says so on the bus soon after. */
static gboolean
starts (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  if (gst_element_set_state (pipeline, GST_STATE_READY) == GST_STATE_CHANGE_FAILURE ||
      gst_element_set_state (pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    return FALSE;
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  return message == NULL;
}

static GstElement *
open_device (void)
{
  static const char *sinks[] = { "autoaudiosink", "fakesink sync=true" };

  for (guint i = 0; i < G_N_ELEMENTS (sinks); i++) {
    GstElement *pipeline = make_pipeline (sinks[i]);

    if (pipeline != NULL && starts (pipeline))
      return pipeline;
    if (pipeline != NULL)
      gst_element_set_state (pipeline, GST_STATE_NULL);
    gst_clear_object (&pipeline);
  }
  return NULL;
}

static void
apply_volume (JzPlayerSound *self)
{
  if (self->volume != NULL)
    g_object_set (self->volume, "volume", self->level, "mute", self->is_muted, NULL);
}

static void
clear_pipeline (JzPlayerSound *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->source);
  gst_clear_object (&self->volume);
  gst_clear_object (&self->pipeline);
}

static void
sound_unref (JzPlayerSound *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  clear_pipeline (self);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gpointer
open_in_thread (gpointer data)
{
  JzPlayerSound *self = data;
  GstElement *pipeline = open_device ();

  g_mutex_lock (&self->lock);
  self->pipeline = pipeline;
  if (pipeline != NULL) {
    self->source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
    self->volume = gst_bin_get_by_name (GST_BIN (pipeline), "volume");
    apply_volume (self);
  }
  if (self->is_closed)
    clear_pipeline (self);
  g_mutex_unlock (&self->lock);
  sound_unref (self);
  return NULL;
}

/**
 * jz_player_sound_new:
 *
 * Returns: (transfer full): opens a device in a thread; what comes before it is open is not heard
 */
JzPlayerSound *
jz_player_sound_new (void)
{
  JzPlayerSound *self = g_new0 (JzPlayerSound, 1);
  GThread *thread = NULL;

  gst_init (NULL, NULL);
  g_atomic_ref_count_init (&self->n_refs);
  g_mutex_init (&self->lock);
  self->level = 1.0;
  g_atomic_ref_count_inc (&self->n_refs);
  thread = g_thread_new ("sound", open_in_thread, self);
  g_thread_unref (thread);
  return self;
}

/**
 * jz_player_sound_free:
 * @self: (transfer full) (nullable): plays sound
 */
void
jz_player_sound_free (JzPlayerSound *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->is_closed = TRUE;
  clear_pipeline (self);
  g_mutex_unlock (&self->lock);
  sound_unref (self);
}

/**
 * jz_player_sound_push:
 * @self: plays sound
 * @when: nanoseconds of CLOCK_MONOTONIC
 * @samples: as %JZ_SHOWN_SOUND brings them
 * @length: bytes
 */
void
jz_player_sound_push (JzPlayerSound *self, gint64 when, const void *samples, gsize length)
{
  GstBuffer *buffer = NULL;

  g_mutex_lock (&self->lock);
  if (self->source != NULL && when >= 0 && length % JZ_SOUND_SAMPLE_BYTES == 0) {
    buffer = gst_buffer_new_memdup (samples, length);
    GST_BUFFER_PTS (buffer) = (GstClockTime)when;
    GST_BUFFER_DURATION (buffer) =
      gst_util_uint64_scale (length / JZ_SOUND_SAMPLE_BYTES, GST_SECOND, JZ_SOUND_RATE);
    gst_app_src_push_buffer (GST_APP_SRC (self->source), buffer);
  }
  g_mutex_unlock (&self->lock);
}

/**
 * jz_player_sound_get_queued:
 * @self: sound
 *
 * Returns: bytes that wait to be heard
 */
gsize
jz_player_sound_get_queued (JzPlayerSound *self)
{
  guint64 n = 0;

  g_mutex_lock (&self->lock);
  if (self->source != NULL)
    n = gst_app_src_get_current_level_bytes (GST_APP_SRC (self->source));
  g_mutex_unlock (&self->lock);
  return (gsize)n;
}

/**
 * jz_player_sound_flush:
 * @self: plays sound
 *
 * Drops what was pushed and not heard yet: it was paused, or plays elsewhere.
 */
void
jz_player_sound_flush (JzPlayerSound *self)
{
  g_mutex_lock (&self->lock);
  if (self->source != NULL) {
    gst_element_send_event (self->source, gst_event_new_flush_start ());
    gst_element_send_event (self->source, gst_event_new_flush_stop (FALSE));
  }
  g_mutex_unlock (&self->lock);
}

/**
 * jz_player_sound_set_volume:
 * @self: plays sound
 * @volume: 0 to 1
 * @is_muted: whether nothing is to be heard
 */
void
jz_player_sound_set_volume (JzPlayerSound *self, double volume, gboolean is_muted)
{
  g_mutex_lock (&self->lock);
  self->level = volume;
  self->is_muted = is_muted;
  apply_volume (self);
  g_mutex_unlock (&self->lock);
}
