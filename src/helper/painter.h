/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>
#include <gst/video/video.h>

G_BEGIN_DECLS

/* Makes decoded pictures into upright ones of blue, green, red and 255. Not for two threads at a
 * time. */
typedef struct _JzPainter JzPainter;

JzPainter *jz_painter_new (void);
void jz_painter_free (JzPainter *self);
/* How large a picture of @caps becomes within the given bounds: upright, with square pixels, never
 * larger than it is. */
gboolean jz_painter_fit (GstCaps *caps,
                         GstVideoOrientationMethod turn,
                         guint max_width,
                         guint max_height,
                         guint *width,
                         guint *height);
/* Writes @width * @height * 4 bytes to @to. */
gboolean jz_painter_draw (JzPainter *self,
                          GstSample *sample,
                          GstVideoOrientationMethod turn,
                          guint width,
                          guint height,
                          guint8 *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPainter, jz_painter_free)

G_END_DECLS
