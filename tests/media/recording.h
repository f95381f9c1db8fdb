/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Recording:
 * @encoder: "x264enc …", as gst-launch has it
 * @muxer: "mp4mux", "matroskamux" …
 * @width: a multiple of 32
 * @height: of 32
 * @n_frames: up to 65535
 * @durations_ms: (array zero-terminated) (nullable): of the pictures, in turns; 40 otherwise
 * @sound: (nullable): an encoder of sound: there is a tone as long as the pictures last
 *
 * A recording made for a test: each picture shows its number in a way that survives encoding and
 * scaling, so that a test sees in the pixels which picture it got.
 */
typedef struct {
  const char *encoder;
  const char *muxer;
  guint width;
  guint height;
  guint n_frames;
  const guint *durations_ms;
  const char *sound;
} Recording;

extern const guint recording_durations_vfr[];

/* Whether the plugins for it are there. */
gboolean recording_can_be_made (const Recording *self);
void recording_make (const Recording *self, const char *path);
/* A tone of so many pieces of 20 ms, and nothing to be seen. */
void recording_make_tone (const char *path, guint hertz, guint n_pieces);
/* Time of a picture, nanoseconds. */
gint64 recording_get_pts (const Recording *self, guint number);
/* What number a picture of blue, green, red and 255 shows. */
guint recording_read_number (const guint8 *pixels, guint width, guint height, gsize stride);

G_END_DECLS
