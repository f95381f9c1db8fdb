/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/deep_png.h"

#include <cairo.h>
#include <string.h>

#include "helper/pixels.h"

/* PNG with sixteen bits a channel, as scanners write it. GStreamer's pngdec puts the channels one
 * place off into its buffer (and two bytes behind its end) unless there is but one; cairo, which
 * draws the pages of PDF here, reads them as they are. */

typedef struct {
  const JzHelperJob *job;
  guint64 at;
} Stream;

static cairo_status_t
read_next (void *closure, unsigned char *data, unsigned int length)
{
  Stream *stream = closure;

  if (!jz_job_read (stream->job, stream->at, data, length))
    return CAIRO_STATUS_READ_ERROR;
  stream->at += length;
  return CAIRO_STATUS_SUCCESS;
}

/* What lets something through is laid on white paper. */
static gboolean
draw (cairo_surface_t *picture, guint8 *pixels, guint width, guint height)
{
  cairo_surface_t *paper = cairo_image_surface_create_for_data (
    pixels, CAIRO_FORMAT_ARGB32, (int)width, (int)height, (int)width * 4);
  cairo_t *cr = cairo_create (paper);
  gboolean is_drawn;

  memset (pixels, 255, (gsize)width * height * 4);
  cairo_scale (cr, (double)width / cairo_image_surface_get_width (picture),
               (double)height / cairo_image_surface_get_height (picture));
  cairo_set_source_surface (cr, picture, 0, 0);
  /* Else the paper shines through at the edges. */
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  is_drawn = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_flush (paper);
  cairo_surface_destroy (paper);
  return is_drawn;
}

static gboolean
put (JzHelperJob *job, cairo_surface_t *picture, guint max_width, guint max_height, GError **error)
{
  guint width;
  guint height;

  switch (cairo_surface_status (picture)) {
  case CAIRO_STATUS_SUCCESS:
    break;
  case CAIRO_STATUS_NO_MEMORY:
  case CAIRO_STATUS_INVALID_SIZE:
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "picture");
  default:
    return jz_job_fail (error, JZ_MEDIA_ERROR_DAMAGED, "picture");
  }
  width = (guint)cairo_image_surface_get_width (picture);
  height = (guint)cairo_image_surface_get_height (picture);
  jz_pixels_fit (&width, &height, max_width, max_height);
  if ((guint64)width * height * 4 > job->memory_size || !draw (picture, job->memory, width, height))
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "picture");
  job->result[0] = width;
  job->result[1] = height;
  job->result[2] = (gint64)width * 4;
  return TRUE;
}

/**
 * jz_deep_png_put:
 * @job: a PNG of sixteen bits a channel; its result gets width, height and the row in bytes
 * @max_width: what there is room for
 * @max_height: what there is room for
 * @error: return location
 *
 * Returns: whether it fits and could be read
 */
gboolean
jz_deep_png_put (JzHelperJob *job, guint max_width, guint max_height, GError **error)
{
  Stream stream = { job, 0 };
  cairo_surface_t *picture = cairo_image_surface_create_from_png_stream (read_next, &stream);
  gboolean is_put = put (job, picture, max_width, max_height, error);

  cairo_surface_destroy (picture);
  return is_put;
}
