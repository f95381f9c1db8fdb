/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "helper/jobs.h"

G_BEGIN_DECLS

/* Decodes one kind of stream of a file as fast as it goes: for thumbnails, pictures, peaks. */
typedef struct {
  GstElement *pipeline;
  GstElement *sink; /* (transfer none): an appsink */
  GstBus *bus;
  guint orientation; /* degrees, clockwise */
  gboolean mirrored;
  gint n_elements;
  gint is_linked;
} JzDecode;

/* Stops at the first picture or piece of sound; @caps: what the sink takes */
JzDecode *jz_decode_new (int file, const char *caps, GError **error);
void jz_decode_free (JzDecode *self);
gboolean jz_decode_seek (JzDecode *self, GstClockTime time, GError **error);
/* What the pipeline stopped at. */
GstSample *jz_decode_get_first (JzDecode *self, GError **error);
/* One after another; NULL without error at the end. */
GstSample *jz_decode_next (JzDecode *self, GError **error);

/* How pictures are turned, by the tag "image-orientation". */
void jz_orientation_parse (const GstTagList *tags, guint *orientation, gboolean *mirrored);
/* JZ_MEDIA_ERROR for an error of a pipeline. */
void jz_gst_take_error (GstMessage *message, GError **error);
/* The media type that a missing-plugin message asks for; NULL if it is none. */
char *jz_gst_dup_missing (GstMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzDecode, jz_decode_free)

G_END_DECLS
