/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/decode.h"

G_BEGIN_DECLS

/* Puts a decoded picture upright into the job's memory, no larger than asked for. */
gboolean jz_pixels_put (JzHelperJob *job,
                        GstSample *sample,
                        guint orientation,
                        gboolean mirrored,
                        guint max_width,
                        guint max_height,
                        GError **error);
/* @width and @height made smaller, if need be, to fit; never 0 */
void jz_pixels_fit (guint *width, guint *height, guint max_width, guint max_height);
void jz_pixels_turn (const guint8 *from,
                     guint width,
                     guint height,
                     guint orientation,
                     gboolean mirrored,
                     guint8 *to);

G_END_DECLS
