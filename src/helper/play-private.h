/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "helper/painter.h"
#include "helper/play.h"
#include "helper/ring.h"
#include "media/frame.h"

G_BEGIN_DECLS

typedef struct _JzWorker JzWorker;

/* Three kinds of threads meet here: the main loop, which asks; GStreamer's, which bring pictures
 * and sound; the worker, which steps. */
struct _JzPlay {
  JzServe *serve;
  int file; /* -1: nothing is open */
  JzWorker *worker;

  /* the main loop's own */
  GstElement *pipeline; /* NULL after it broke */
  GstElement *video_sink;
  GstElement *sound_sink;
  guint bus_watch;
  guint32 open_serial;
  guint32 asked_serial; /* of the last seek */
  gboolean is_opened;
  gint64 start;
  double rate;
  double pipeline_rate;
  gboolean is_playing;
  GString *missing; /* media types without a decoder */

  /* atomic */
  gint serial;       /* of the request that the pictures that come answer; 0: they are not shown */
  gint sound_serial; /* the same of sound */
  gint turn;         /* GstVideoOrientationMethod */
  gint is_stale;     /* what is shown is not where the pipeline stands */
  gint n_elements;
  gint waits; /* a picture that stands waits for a slot, one that passes does not */

  GMutex lock;
  JzRing *ring;
  JzFrameIndex *index;
  GstSample *shown;
  GstVideoOrientationMethod shown_turn;
  guint32 shown_serial;
  gint64 shown_pts;

  GMutex painting;
  JzPainter *painter;
};

/* From any thread: a picture to the window. */
void jz_play_show (JzPlay *self, GstSample *sample, GstVideoOrientationMethod turn, guint32 serial);
JzFrameIndex *jz_play_dup_index (JzPlay *self);
void jz_play_take_index (JzPlay *self, JzFrameIndex *index);

/* Keeps *@serial at the request whose segment passes @pad. */
void jz_play_watch_serial (GstPad *pad, gint *serial);
gboolean jz_play_pipeline_open (JzPlay *self);
void jz_play_pipeline_close (JzPlay *self);
gboolean jz_play_pipeline_seek (JzPlay *self, gint64 pts, gboolean is_exact, guint32 serial);
GstElement *jz_play_sound_new (JzPlay *self);
/* Tells the window: a request failed before anything was opened, or it cannot go on. */
void jz_play_break (JzPlay *self, JzMediaError code, const char *detail);

/* Builds the index first, then does what it is asked for, one after the other. */
JzWorker *jz_worker_new (JzPlay *play, int file, gboolean is_shown);
void jz_worker_free (JzWorker *self);
void jz_worker_step (JzWorker *self, guint32 serial, gint64 pts, gint64 n_frames);
/* @memory: (transfer full): handle or -1 */
void jz_worker_hash (JzWorker *self, guint32 serial, gint64 pts, int memory);

G_END_DECLS
