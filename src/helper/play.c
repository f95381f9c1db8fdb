/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/play-private.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper/decoder.h"
#include "media/play_message.h"

/* How long a picture that stands waits for the window to give a slot back. */
#define SLOT_PATIENCE_US (G_USEC_PER_SEC / 2)

#define RATE_MIN 100
#define RATE_MAX 8000

JzFrameIndex *
jz_play_dup_index (JzPlay *self)
{
  JzFrameIndex *index = NULL;

  g_mutex_lock (&self->lock);
  if (self->index != NULL && jz_frame_index_get_length (self->index) > 0)
    index = jz_frame_index_ref (self->index);
  g_mutex_unlock (&self->lock);
  return index;
}

void
jz_play_take_index (JzPlay *self, JzFrameIndex *index)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->index, jz_frame_index_unref);
  self->index = index;
  g_mutex_unlock (&self->lock);
}

static JzRing *
dup_ring (JzPlay *self)
{
  JzRing *ring = NULL;

  g_mutex_lock (&self->lock);
  if (self->ring != NULL)
    ring = jz_ring_ref (self->ring);
  g_mutex_unlock (&self->lock);
  return ring;
}

static void
remember (JzPlay *self, GstSample *sample, GstVideoOrientationMethod turn, guint32 serial)
{
  g_mutex_lock (&self->lock);
  gst_sample_ref (sample);
  g_clear_pointer (&self->shown, gst_sample_unref);
  self->shown = sample;
  self->shown_turn = turn;
  self->shown_serial = serial;
  self->shown_pts = jz_sample_get_pts (sample);
  g_mutex_unlock (&self->lock);
}

/* The list knows the time that the file states; a decoder may have put another on it. */
static gint64
find_number (JzPlay *self, gint64 *pts)
{
  g_autoptr (JzFrameIndex) index = jz_play_dup_index (self);
  gint64 number = index != NULL ? jz_frame_index_find (index, *pts) : -1;

  if (number >= 0)
    *pts = jz_frame_index_get_pts (index, (gsize)number);
  return number;
}

static gboolean
paint (JzPlay *self,
       JzRing *ring,
       int slot,
       GstSample *sample,
       GstVideoOrientationMethod turn,
       guint *width,
       guint *height)
{
  gboolean is_drawn = FALSE;

  if (!jz_painter_fit (gst_sample_get_caps (sample), turn, jz_ring_get_width (ring),
                       jz_ring_get_height (ring), width, height))
    return FALSE;
  g_mutex_lock (&self->painting);
  is_drawn =
    jz_painter_draw (self->painter, sample, turn, *width, *height, jz_ring_get_memory (ring, slot));
  g_mutex_unlock (&self->painting);
  return is_drawn;
}

void
jz_play_show (JzPlay *self, GstSample *sample, GstVideoOrientationMethod turn, guint32 serial)
{
  g_autoptr (JzRing) ring = dup_ring (self);
  gint64 pts = jz_sample_get_pts (sample);
  gint64 number = find_number (self, &pts);
  guint width = 0;
  guint height = 0;
  int slot = -1;

  remember (self, sample, turn, serial);
  if (ring != NULL)
    slot = jz_ring_take (ring, g_atomic_int_get (&self->waits) ? SLOT_PATIENCE_US : 0);
  if (slot < 0)
    return;
  if (!paint (self, ring, slot, sample, turn, &width, &height)) {
    jz_ring_release (ring, slot);
    return;
  }
  jz_serve_answer (self->serve, &(JzMessage){
                                  .type = JZ_SHOWN_FRAME,
                                  .serial = serial,
                                  .a = (gint64)jz_ring_get_number (ring) << 8 | slot,
                                  .b = pts,
                                  .c = (gint64)height << 16 | width,
                                  .d = number,
                                });
}

static void
show_again (JzPlay *self)
{
  g_autoptr (GstSample) sample = NULL;
  GstVideoOrientationMethod turn = GST_VIDEO_ORIENTATION_IDENTITY;
  guint32 serial = 0;

  g_mutex_lock (&self->lock);
  if (self->shown != NULL)
    sample = gst_sample_ref (self->shown);
  turn = self->shown_turn;
  serial = self->shown_serial;
  g_mutex_unlock (&self->lock);
  if (sample != NULL && !self->is_playing)
    jz_play_show (self, sample, turn, serial);
}

static void
on_ring (JzPlay *self, JzMessage *message)
{
  g_autoptr (GError) error = NULL;
  JzRing *ring = jz_ring_new (jz_message_take_handle (message, 0), message->serial, message->a,
                              message->b, message->c, message->d, &error);

  if (ring == NULL) {
    jz_serve_fail (self->serve, message->serial, error->code, error->message);
    return;
  }
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->ring, jz_ring_unref);
  self->ring = ring;
  g_mutex_unlock (&self->lock);
  show_again (self);
}

static double
read_rate (gint64 thousandths)
{
  return (double)CLAMP (thousandths, RATE_MIN, RATE_MAX) / 1000;
}

static void
on_open (JzPlay *self, JzMessage *message)
{
  int file = jz_message_take_handle (message, 0);

  if (self->file >= 0 || file < 0) {
    if (file >= 0)
      close (file);
    jz_serve_fail (self->serve, message->serial, JZ_MEDIA_ERROR_PROTOCOL, "open");
    return;
  }
  self->file = file;
  self->open_serial = message->serial;
  self->asked_serial = message->serial;
  self->rate = read_rate (message->b);
  self->start = message->a > 0 || self->rate != 1.0 ? MAX (message->a, 0) : -1;
  if (!jz_play_pipeline_open (self))
    jz_serve_fail (self->serve, message->serial, JZ_MEDIA_ERROR_CODEC, "playbin");
}

/* After it broke, the file is opened anew at the place that is asked for. */
static gboolean
reopen (JzPlay *self, gint64 pts, guint32 serial)
{
  self->start = MAX (pts, 0);
  self->asked_serial = serial;
  return jz_play_pipeline_open (self);
}

static void
seek (JzPlay *self, gint64 pts, gboolean is_exact, guint32 serial)
{
  if (self->pipeline == NULL)
    reopen (self, pts, serial);
  else if (!jz_play_pipeline_seek (self, MAX (pts, 0), is_exact, serial))
    jz_serve_fail (self->serve, serial, JZ_MEDIA_ERROR_ABSENT, "seek");
}

/* Sound went ahead of what was heard when it was paused: so it goes on from what is shown. */
static void
on_play (JzPlay *self, JzMessage *message)
{
  self->rate = read_rate (message->b);
  self->is_playing = TRUE;
  g_atomic_int_set (&self->waits, FALSE);
  if (self->pipeline == NULL || g_atomic_int_get (&self->is_stale) ||
      self->rate != self->pipeline_rate)
    seek (self, message->a, TRUE, message->serial);
  else {
    self->asked_serial = message->serial;
    g_atomic_int_set (&self->serial, (gint)message->serial);
    g_atomic_int_set (&self->sound_serial, (gint)message->serial);
    jz_serve_answer (self->serve,
                     &(JzMessage){ .type = JZ_SHOWN_SOUGHT, .serial = message->serial });
  }
  if (self->pipeline != NULL && self->start < 0)
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

static void
stand (JzPlay *self)
{
  if (self->is_playing)
    g_atomic_int_set (&self->is_stale, TRUE);
  self->is_playing = FALSE;
  g_atomic_int_set (&self->waits, TRUE);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

static void
on_seek (JzPlay *self, JzMessage *message)
{
  self->rate = read_rate (message->c);
  seek (self, message->a, message->b != 0, message->serial);
}

static void
on_step (JzPlay *self, JzMessage *message)
{
  stand (self);
  /* What the pipeline still brings is not what was asked for. */
  g_atomic_int_set (&self->serial, 0);
  g_atomic_int_set (&self->sound_serial, 0);
  g_atomic_int_set (&self->is_stale, TRUE);
  jz_worker_step (self->worker, message->serial, message->a, message->b);
}

static void
on_release (JzPlay *self, JzMessage *message)
{
  g_autoptr (JzRing) ring = dup_ring (self);

  if (ring != NULL && message->a >> 8 == jz_ring_get_number (ring))
    jz_ring_release (ring, message->a & 255);
}

static void
copy_stamps (JzFrameIndex *index, gint64 *to, gsize n)
{
  for (gsize i = 0; i < n; i++)
    to[i] = jz_frame_index_get_pts (index, i) * 2 + jz_frame_index_is_key (index, i);
}

/* Mapped, because a file written by this process may have 1 MiB at most. */
static void
on_index (JzPlay *self, JzMessage *message)
{
  g_autoptr (JzFrameIndex) index = jz_play_dup_index (self);
  gsize n = index != NULL ? jz_frame_index_get_length (index) : 0;
  gsize size = n * sizeof (gint64);
  int memory = jz_message_take_handle (message, 0);
  struct stat status;
  gpointer mapped = MAP_FAILED;

  if (n > 0 && fstat (memory, &status) == 0 && status.st_size >= (gint64)size)
    mapped = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (mapped != MAP_FAILED) {
    copy_stamps (index, mapped, n);
    munmap (mapped, size);
  }
  if (memory >= 0)
    close (memory);
  jz_serve_done (self->serve, message->serial, mapped != MAP_FAILED ? (gint64)n : 0, 0, 0, 0);
}

/* Its own worker, which is freed with the process: one is asked and then ended. */
static void
on_hash_file (JzPlay *self, JzMessage *message)
{
  int file = jz_message_take_handle (message, 0);

  if (self->file >= 0 || file < 0) {
    if (file >= 0)
      close (file);
    jz_serve_fail (self->serve, message->serial, JZ_MEDIA_ERROR_PROTOCOL, "hash");
    return;
  }
  self->file = file;
  self->worker = jz_worker_new (self, file, FALSE);
  jz_worker_hash (self->worker, message->serial, message->a, jz_message_take_handle (message, 1));
}

static void
on_opened_message (JzPlay *self, JzMessage *message)
{
  switch ((JzPlayMessage)message->type) {
  case JZ_PLAY_PLAY:
    on_play (self, message);
    break;
  case JZ_PLAY_PAUSE:
    stand (self);
    break;
  case JZ_PLAY_SEEK:
    on_seek (self, message);
    break;
  case JZ_PLAY_INDEX:
    on_index (self, message);
    break;
  case JZ_PLAY_STEP:
  case JZ_PLAY_HASH:
    if (self->worker == NULL)
      jz_serve_fail (self->serve, message->serial, JZ_MEDIA_ERROR_ABSENT, "no pictures");
    else if (message->type == JZ_PLAY_STEP)
      on_step (self, message);
    else
      jz_worker_hash (self->worker, message->serial, message->a,
                      jz_message_take_handle (message, 0));
    break;
  default:
    jz_serve_fail (self->serve, message->serial, JZ_MEDIA_ERROR_PROTOCOL, "unknown request");
    break;
  }
}

static void
on_message (JzServe *serve, JzMessage *message, gpointer data)
{
  JzPlay *self = data;

  if (message->type == JZ_PLAY_RELEASE)
    on_release (self, message);
  else if (message->type == JZ_PLAY_RING)
    on_ring (self, message);
  else if (message->type == JZ_PLAY_OPEN)
    on_open (self, message);
  else if (message->type == JZ_PLAY_HASH_FILE)
    on_hash_file (self, message);
  else if (self->is_opened)
    on_opened_message (self, message);
  else
    jz_serve_fail (self->serve, message->serial, JZ_MEDIA_ERROR_PROTOCOL, "nothing is open");
}

/**
 * jz_play_new:
 * @serve: the main loop of the helper
 *
 * Answers what the player asks, #JzPlayMessage.
 *
 * Returns: (transfer full): plays nothing yet
 */
JzPlay *
jz_play_new (JzServe *serve)
{
  JzPlay *self = g_new0 (JzPlay, 1);

  self->serve = serve;
  self->file = -1;
  self->start = -1;
  self->rate = 1.0;
  self->missing = g_string_new (NULL);
  self->painter = jz_painter_new ();
  g_mutex_init (&self->lock);
  g_mutex_init (&self->painting);
  jz_serve_add (serve, JZ_MESSAGE_PLAY_FIRST, JZ_MESSAGE_PLAY_LAST, on_message, self);
  return self;
}

/**
 * jz_play_free:
 * @self: (transfer full): answers the player
 */
void
jz_play_free (JzPlay *self)
{
  jz_play_pipeline_close (self);
  g_clear_pointer (&self->worker, jz_worker_free);
  g_clear_pointer (&self->shown, gst_sample_unref);
  g_clear_pointer (&self->ring, jz_ring_unref);
  g_clear_pointer (&self->index, jz_frame_index_unref);
  g_clear_pointer (&self->painter, jz_painter_free);
  g_string_free (self->missing, TRUE);
  g_mutex_clear (&self->lock);
  g_mutex_clear (&self->painting);
  if (self->file >= 0)
    close (self->file);
  g_free (self);
}
