/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "helper/decoder.h"
#include "media/frame.h"

G_BEGIN_DECLS

/* Pictures one by one, both ways, each exactly. For one worker thread. */
typedef struct _JzStep JzStep;

/* @max_bytes: of decoded pictures that are kept */
JzStep *jz_step_new (int file, JzFrameIndex *index, gsize max_bytes, GError **error);
void jz_step_free (JzStep *self);
JzDecoder *jz_step_get_decoder (JzStep *self);

/* (transfer full) (nullable): the picture after or before the time, NULL where there is none */
GstSample *jz_step_after (JzStep *self, gint64 pts);
GstSample *jz_step_before (JzStep *self, gint64 pts);
/* (transfer full) (nullable): the picture shown at that time */
GstSample *jz_step_at (JzStep *self, gint64 pts);

/* Decodes what comes before the pictures that are kept, if @pts is near their beginning, until
 * @is_wanted says that there is something better to do. */
typedef gboolean (*JzStepInterrupt) (gpointer data);
void jz_step_prefetch (JzStep *self, gint64 pts, JzStepInterrupt is_wanted, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzStep, jz_step_free)

G_END_DECLS
