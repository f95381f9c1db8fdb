/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* Decodes the pictures of a file one after the other, as fast as they are taken; for worker
 * threads. */
typedef struct _JzDecoder JzDecoder;

JzDecoder *jz_decoder_new (int file, GError **error);
void jz_decoder_free (JzDecoder *self);
/* The next picture will be the one at @pts, which must be the time of a picture. */
gboolean jz_decoder_seek (JzDecoder *self, gint64 pts);
/* (transfer full) (nullable): the next picture; NULL at the end */
GstSample *jz_decoder_pull (JzDecoder *self);
/* How pictures of this file are turned to be upright. */
GstVideoOrientationMethod jz_decoder_get_turn (JzDecoder *self);
void jz_decoder_describe (JzDecoder *self, char **name, char **version);

/* The time of a picture in the recording. */
gint64 jz_sample_get_pts (GstSample *sample);
/* Keeps *@turn, an atomic integer, at what the tags that pass @pad say. */
void jz_turn_watch (GstPad *pad, gint *turn);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzDecoder, jz_decoder_free)

G_END_DECLS
