/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper/frame_hash.h"
#include "helper/index.h"
#include "helper/play-private.h"
#include "helper/step.h"
#include "media/play_message.h"

/* One thread that reads the file through, then shows single pictures and hashes them. It is apart
 * from the main loop, which always has to answer, and has its own decoder on the same file. */

/* Of decoded pictures: some 80 of 1920 x 1080, in two groups. */
#define CACHE_BYTES (256u * 1024 * 1024)

typedef struct {
  JzPlayMessage type;
  guint32 serial;
  gint64 pts;
  gint64 n_frames;
  int memory;
} Request;

struct _JzWorker {
  JzPlay *play;
  int file;
  gboolean is_shown; /* the window wants to hear of the index */
  GThread *thread;
  GAsyncQueue *requests; /* Request; one of type 0 ends it */
  GCancellable *cancellable;
  JzFrameIndex *index;
  JzStep *step;
  GError *failure;
};

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->memory >= 0)
    close (request->memory);
  g_free (request);
}

static void
build_index (JzWorker *self)
{
  self->index = jz_index_build (self->file, self->cancellable, &self->failure);
  if (self->index != NULL)
    jz_play_take_index (self->play, jz_frame_index_ref (self->index));
  if (self->is_shown && !g_cancellable_is_cancelled (self->cancellable))
    jz_serve_answer (self->play->serve,
                     &(JzMessage){ .type = JZ_SHOWN_INDEXED,
                                   .a = self->index != NULL
                                          ? (gint64)jz_frame_index_get_length (self->index)
                                          : 0 });
}

static gboolean
ensure_step (JzWorker *self)
{
  if (self->step == NULL && self->index != NULL && jz_frame_index_get_length (self->index) > 0)
    self->step = jz_step_new (self->file, self->index, CACHE_BYTES,
                              self->failure == NULL ? &self->failure : NULL);
  return self->step != NULL;
}

static void
fail (JzWorker *self, const Request *request)
{
  jz_serve_fail (self->play->serve, request->serial,
                 self->failure != NULL ? self->failure->code : JZ_MEDIA_ERROR_ABSENT,
                 self->failure != NULL ? self->failure->message : "no pictures");
}

/* One picture by what is decoded next to it; more by the list of all. */
static GstSample *
find_step (JzWorker *self, const Request *request)
{
  gint64 n = (gint64)jz_frame_index_get_length (self->index);
  gint64 number = jz_frame_index_find (self->index, request->pts);
  gint64 wanted = CLAMP (number + request->n_frames, 0, n - 1);

  if (request->n_frames == 1)
    return jz_step_after (self->step, request->pts);
  if (request->n_frames == -1)
    return jz_step_before (self->step, request->pts);
  if (wanted == number)
    return NULL;
  return jz_step_at (self->step, jz_frame_index_get_pts (self->index, (gsize)wanted));
}

static void
do_step (JzWorker *self, const Request *request)
{
  g_autoptr (GstSample) sample = NULL;

  if (!ensure_step (self)) {
    fail (self, request);
    return;
  }
  sample = find_step (self, request);
  if (sample != NULL)
    jz_play_show (self->play, sample, jz_decoder_get_turn (jz_step_get_decoder (self->step)),
                  request->serial);
  else
    jz_serve_answer (self->play->serve,
                     &(JzMessage){ .type = JZ_SHOWN_EDGE, .serial = request->serial });
}

/* Draws the picture in full size into the window's memory, if it is large enough. */
static gboolean
draw_still (JzWorker *self, GstSample *sample, int memory, guint *width, guint *height)
{
  g_autoptr (JzPainter) painter = jz_painter_new ();
  GstVideoOrientationMethod turn = jz_decoder_get_turn (jz_step_get_decoder (self->step));
  struct stat status;
  guint8 *mapped = NULL;
  gboolean is_drawn = FALSE;

  if (!jz_painter_fit (gst_sample_get_caps (sample), turn, JZ_PLAY_MAX_SIDE * 2,
                       JZ_PLAY_MAX_SIDE * 2, width, height) ||
      fstat (memory, &status) != 0 || status.st_size < (gint64)*width * *height * 4)
    return FALSE;
  mapped = mmap (NULL, (gsize)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  if (mapped == MAP_FAILED)
    return FALSE;
  is_drawn = jz_painter_draw (painter, sample, turn, *width, *height, mapped);
  munmap (mapped, (gsize)status.st_size);
  return is_drawn;
}

static void
answer_hash (JzWorker *self, const Request *request, JzFrameHash *hash, guint width, guint height)
{
  g_autoptr (JzJson) json = NULL;
  g_autofree char *text = NULL;
  JzMessage message = {
    .type = JZ_SHOWN_HASHED, .serial = request->serial, .a = width, .b = height
  };

  hash->number = jz_frame_index_find (self->index, hash->pts);
  json = jz_frame_hash_to_json (hash);
  text = jz_json_to_canonical (json, &message.length);
  message.text = text;
  jz_serve_answer (self->play->serve, &message);
}

static void
do_hash (JzWorker *self, const Request *request)
{
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (JzFrameHash) hash = NULL;
  guint width = 0;
  guint height = 0;

  if (ensure_step (self))
    sample = jz_step_at (self->step, request->pts);
  if (sample != NULL)
    hash = jz_frame_hash_make (jz_step_get_decoder (self->step), sample);
  if (hash == NULL ||
      (request->memory >= 0 && !draw_still (self, sample, request->memory, &width, &height)))
    fail (self, request);
  else
    answer_hash (self, request, hash, width, height);
}

static gboolean
is_wanted (gpointer data)
{
  JzWorker *self = data;
  return g_async_queue_length (self->requests) > 0;
}

/* Whoever steps back will step back again. */
static void
do_request (JzWorker *self, const Request *request)
{
  if (request->type == JZ_PLAY_HASH) {
    do_hash (self, request);
    return;
  }
  do_step (self, request);
  if (self->step != NULL && request->n_frames < 0 && !is_wanted (self))
    jz_step_prefetch (self->step, request->pts, is_wanted, self);
}

static gpointer
run_in_thread (gpointer data)
{
  JzWorker *self = data;

  build_index (self);
  for (;;) {
    Request *request = g_async_queue_pop (self->requests);
    gboolean is_last = request->type == 0;

    if (!is_last)
      do_request (self, request);
    request_free (request);
    if (is_last)
      return NULL;
  }
}

/**
 * jz_worker_new:
 * @play: answers the player; outlives this
 * @file: handle, to stay open as long as this
 * @is_shown: whether the window wants to hear of the list of pictures
 *
 * Returns: (transfer full): reads @file through, then takes requests
 */
JzWorker *
jz_worker_new (JzPlay *play, int file, gboolean is_shown)
{
  JzWorker *self = g_new0 (JzWorker, 1);

  self->play = play;
  self->file = file;
  self->is_shown = is_shown;
  self->requests = g_async_queue_new_full (request_free);
  self->cancellable = g_cancellable_new ();
  self->thread = g_thread_new ("pictures", run_in_thread, self);
  return self;
}

static void
ask (JzWorker *self, JzPlayMessage type, guint32 serial, gint64 pts, gint64 n_frames, int memory)
{
  Request *request = g_new0 (Request, 1);

  request->type = type;
  request->serial = serial;
  request->pts = pts;
  request->n_frames = n_frames;
  request->memory = memory;
  g_async_queue_push (self->requests, request);
}

/**
 * jz_worker_free:
 * @self: (transfer full) (nullable): a worker
 *
 * Waits for what it is at.
 */
void
jz_worker_free (JzWorker *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  ask (self, 0, 0, 0, 0, -1);
  g_thread_join (self->thread);
  g_async_queue_unref (self->requests);
  g_clear_pointer (&self->step, jz_step_free);
  g_clear_pointer (&self->index, jz_frame_index_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * jz_worker_step:
 * @self: a worker
 * @serial: of the request
 * @pts: of the picture that is shown
 * @n_frames: how many further
 */
void
jz_worker_step (JzWorker *self, guint32 serial, gint64 pts, gint64 n_frames)
{
  ask (self, JZ_PLAY_STEP, serial, pts, n_frames, -1);
}

/**
 * jz_worker_hash:
 * @self: a worker
 * @serial: of the request
 * @pts: nanoseconds
 * @memory: (transfer full): handle for the picture in full size, or -1
 */
void
jz_worker_hash (JzWorker *self, guint32 serial, gint64 pts, int memory)
{
  ask (self, JZ_PLAY_HASH, serial, pts, 0, memory);
}
