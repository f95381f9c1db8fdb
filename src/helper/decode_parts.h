/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* A recording of a hundred tracks makes thousands of elements; a real one far fewer than this. */
#define JZ_DECODE_MAX_ELEMENTS 400

/* What both decoders are made of: the file and what decodes its streams of one kind, linked; and a
 * sink that waits for who takes samples, without a clock. */
GstElement *jz_decode_parts_add_source (GstBin *pipeline, int file, const char *kind);
GstElement *jz_decode_parts_add_sink (GstBin *pipeline, const char *caps);
/* The next sample; NULL at the end, at an error, which is taken off the bus, and at a stall. */
GstSample *jz_decode_parts_pull (GstElement *pipeline, GstElement *sink);

G_END_DECLS
