/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/json.h"

G_BEGIN_DECLS

/**
 * JzFrame:
 * @pixels: rows of blue, green, red and 255, a byte each, as GDK_MEMORY_B8G8R8A8_PREMULTIPLIED
 * @width: pixels of a row
 * @height: rows
 * @stride: bytes of a row
 * @pts: nanoseconds from the start of the recording at which this picture is shown, as the file
 *   says it
 * @number: its place among all pictures of the recording, from 0, or -1 while that is not known
 *
 * One picture of a recording, turned upright and of the size that was asked for. @pixels may lie in
 * memory that the helper can still write: copy before hashing or saving; for a picture to be kept
 * take jz_player_still_async().
 */
typedef struct {
  GBytes *pixels;
  guint width;
  guint height;
  gsize stride;
  gint64 pts;
  gint64 number;
} JzFrame;

#define JZ_TYPE_FRAME (jz_frame_get_type ())
GType jz_frame_get_type (void);

JzFrame *jz_frame_new (GBytes *pixels, guint width, guint height, gint64 pts, gint64 number);
JzFrame *jz_frame_ref (JzFrame *self);
void jz_frame_unref (JzFrame *self);

/**
 * JzFrameHash:
 * @pts: nanoseconds, the time stamp of the picture shown at the time that was asked for
 * @number: its place among all pictures, from 0, or -1 where the file has no list of them
 * @sha256: 64 hex digits, over the visible samples of each plane as the decoder made them
 * @decoder: the element that decoded it, "avdec_h264"
 * @decoder_version: of that element and its library
 * @format: of the planes, "I420"
 * @width: visible samples of a row of the first plane
 * @height: visible rows of it
 *
 * Which picture a mark points at. Two decoders may differ in single samples: a hash is compared
 * only where decoder and version agree.
 */
typedef struct {
  gint64 pts;
  gint64 number;
  char sha256[65];
  char *decoder;
  char *decoder_version;
  char *format;
  guint width;
  guint height;
} JzFrameHash;

JzFrameHash *jz_frame_hash_copy (const JzFrameHash *self);
void jz_frame_hash_free (JzFrameHash *self);
gboolean jz_frame_hash_equal (const JzFrameHash *a, const JzFrameHash *b);
JzJson *jz_frame_hash_to_json (const JzFrameHash *self);
JzFrameHash *jz_frame_hash_from_json (const JzJson *json, GError **error);

/**
 * JzFrameGap:
 * @from: time stamp of the last picture before it, nanoseconds
 * @to: time stamp of the next picture
 *
 * A stretch of a recording without pictures.
 */
typedef struct {
  gint64 from;
  gint64 to;
} JzFrameGap;

/* The time stamps of all pictures of one recording, sorted, collected without decoding. */
typedef struct _JzFrameIndex JzFrameIndex;
#define JZ_TYPE_FRAME_INDEX (jz_frame_index_get_type ())
GType jz_frame_index_get_type (void);

/* @stamps: time stamp * 2, + 1 for a picture that is decoded without others; sorted */
JzFrameIndex *jz_frame_index_new (const gint64 *stamps, gsize n_stamps);
/* NULL for what is not that */
JzFrameIndex *jz_frame_index_parse (GBytes *bytes);
JzFrameIndex *jz_frame_index_ref (JzFrameIndex *self);
void jz_frame_index_unref (JzFrameIndex *self);
gsize jz_frame_index_get_length (const JzFrameIndex *self);
gint64 jz_frame_index_get_pts (const JzFrameIndex *self, gsize number);
gboolean jz_frame_index_is_key (const JzFrameIndex *self, gsize number);
/* number of the picture shown at @pts: the last at or before it, the first for any time before it
 */
gint64 jz_frame_index_find (const JzFrameIndex *self, gint64 pts);
gint64 jz_frame_index_get_usual_duration (const JzFrameIndex *self);
gboolean jz_frame_index_is_variable_rate (const JzFrameIndex *self);
/* (element-type JzFrameGap) (transfer full): stretches of at least @shortest nanoseconds */
GArray *jz_frame_index_find_gaps (const JzFrameIndex *self, gint64 shortest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFrame, jz_frame_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFrameHash, jz_frame_hash_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFrameIndex, jz_frame_index_unref)

G_END_DECLS
