/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/painter.h"

#include <string.h>

/* The converter scales and converts straight into the memory that the window reads. It cannot turn:
 * a picture of a telephone held upright goes through memory of our own, at its shown size. */

struct _JzPainter {
  GstVideoConverter *converter;
  GstVideoInfo in;
  GstVideoInfo out;
  guint8 *lying; /* before it is turned */
  gsize lying_size;
};

/**
 * jz_painter_new:
 *
 * Returns: (transfer full): draws; keeps a converter for the last size
 */
JzPainter *
jz_painter_new (void)
{
  return g_new0 (JzPainter, 1);
}

/**
 * jz_painter_free:
 * @self: (transfer full) (nullable): draws
 */
void
jz_painter_free (JzPainter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->converter, gst_video_converter_free);
  g_free (self->lying);
  g_free (self);
}

static gboolean
swaps_sides (GstVideoOrientationMethod turn)
{
  return turn == GST_VIDEO_ORIENTATION_90R || turn == GST_VIDEO_ORIENTATION_90L ||
         turn == GST_VIDEO_ORIENTATION_UL_LR || turn == GST_VIDEO_ORIENTATION_UR_LL;
}

/**
 * jz_painter_fit:
 * @caps: (nullable): of decoded pictures
 * @turn: how they become upright
 * @max_width: bound
 * @max_height: bound
 * @width: (out): of the upright picture
 * @height: (out): of it
 *
 * Square pixels, never larger than it is.
 *
 * Returns: whether @caps are of pictures
 */
gboolean
jz_painter_fit (GstCaps *caps,
                GstVideoOrientationMethod turn,
                guint max_width,
                guint max_height,
                guint *width,
                guint *height)
{
  GstVideoInfo info;
  guint64 w = 0;
  guint64 h = 0;

  if (caps == NULL || !gst_video_info_from_caps (&info, caps) || info.width < 1 ||
      info.height < 1 || info.par_n < 1 || info.par_d < 1 || max_width < 1 || max_height < 1)
    return FALSE;
  w = gst_util_uint64_scale (info.width, info.par_n, info.par_d);
  h = (guint64)info.height;
  if (swaps_sides (turn)) {
    guint64 side = w;
    w = h;
    h = side;
  }
  if (w > max_width) {
    h = gst_util_uint64_scale_round (h, max_width, w);
    w = max_width;
  }
  if (h > max_height) {
    w = gst_util_uint64_scale_round (w, max_height, h);
    h = max_height;
  }
  *width = (guint)MAX (w, 1);
  *height = (guint)MAX (h, 1);
  return TRUE;
}

static gboolean
prepare (JzPainter *self, const GstVideoInfo *in, const GstVideoInfo *out)
{
  if (self->converter != NULL && gst_video_info_is_equal (in, &self->in) &&
      gst_video_info_is_equal (out, &self->out))
    return TRUE;
  g_clear_pointer (&self->converter, gst_video_converter_free);
  self->in = *in;
  self->out = *out;
  self->converter = gst_video_converter_new (
    in, out,
    gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
                       GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR,
                       GST_VIDEO_CONVERTER_OPT_ALPHA_MODE, GST_TYPE_VIDEO_ALPHA_MODE,
                       GST_VIDEO_ALPHA_MODE_SET, GST_VIDEO_CONVERTER_OPT_ALPHA_VALUE, G_TYPE_DOUBLE,
                       1.0, NULL));
  return self->converter != NULL;
}

static gboolean
convert (JzPainter *self, GstSample *sample, guint width, guint height, guint8 *to)
{
  GstVideoInfo in;
  GstVideoInfo out;
  GstVideoFrame from_frame;
  GstVideoFrame to_frame;
  g_autoptr (GstBuffer) buffer = NULL;
  gboolean is_drawn = FALSE;

  if (!gst_video_info_from_caps (&in, gst_sample_get_caps (sample)) ||
      !gst_video_info_set_format (&out, GST_VIDEO_FORMAT_BGRA, width, height) ||
      !gst_video_frame_map (&from_frame, &in, gst_sample_get_buffer (sample), GST_MAP_READ))
    return FALSE;
  /* The converter refuses to differ in these. */
  out.fps_n = in.fps_n;
  out.fps_d = in.fps_d;
  out.interlace_mode = in.interlace_mode;
  buffer = gst_buffer_new_wrapped_full (0, to, out.size, 0, out.size, NULL, NULL);
  if (prepare (self, &in, &out) && gst_video_frame_map (&to_frame, &out, buffer, GST_MAP_WRITE)) {
    gst_video_converter_frame (self->converter, &from_frame, &to_frame);
    gst_video_frame_unmap (&to_frame);
    is_drawn = TRUE;
  }
  gst_video_frame_unmap (&from_frame);
  return is_drawn;
}

/* Where the pixel at (x, y) of the upright picture lies in the other, which is @w wide and @h high.
 */
static inline gsize
find_lying (GstVideoOrientationMethod turn, gsize x, gsize y, gsize w, gsize h)
{
  switch (turn) {
  case GST_VIDEO_ORIENTATION_90R:
    return (h - 1 - x) * w + y;
  case GST_VIDEO_ORIENTATION_180:
    return (h - 1 - y) * w + (w - 1 - x);
  case GST_VIDEO_ORIENTATION_90L:
    return x * w + (w - 1 - y);
  case GST_VIDEO_ORIENTATION_HORIZ:
    return y * w + (w - 1 - x);
  case GST_VIDEO_ORIENTATION_VERT:
    return (h - 1 - y) * w + x;
  case GST_VIDEO_ORIENTATION_UL_LR:
    return x * w + y;
  case GST_VIDEO_ORIENTATION_UR_LL:
    return (h - 1 - x) * w + (w - 1 - y);
  default:
    return y * w + x;
  }
}

/* By squares, so that rows and columns stay in the cache. */
static void
turn_pixels (const guint32 *from,
             guint32 *to,
             GstVideoOrientationMethod turn,
             gsize width,
             gsize height,
             gsize lying_width,
             gsize lying_height)
{
  const gsize side = 32;

  for (gsize top = 0; top < height; top += side)
    for (gsize left = 0; left < width; left += side)
      for (gsize y = top; y < MIN (top + side, height); y++)
        for (gsize x = left; x < MIN (left + side, width); x++)
          to[y * width + x] = from[find_lying (turn, x, y, lying_width, lying_height)];
}

/**
 * jz_painter_draw:
 * @self: draws
 * @sample: a decoded picture
 * @turn: how it becomes upright
 * @width: as jz_painter_fit() said
 * @height: as it said
 * @to: (out caller-allocates): @width * @height * 4 bytes
 *
 * Blue, green, red and 255.
 *
 * Returns: whether it could be drawn
 */
gboolean
jz_painter_draw (JzPainter *self,
                 GstSample *sample,
                 GstVideoOrientationMethod turn,
                 guint width,
                 guint height,
                 guint8 *to)
{
  guint lying_width = swaps_sides (turn) ? height : width;
  guint lying_height = swaps_sides (turn) ? width : height;
  gsize size = (gsize)width * height * 4;

  if (turn == GST_VIDEO_ORIENTATION_IDENTITY)
    return convert (self, sample, width, height, to);
  if (self->lying_size < size) {
    g_free (self->lying);
    self->lying = g_malloc (size);
    self->lying_size = size;
  }
  if (!convert (self, sample, lying_width, lying_height, self->lying))
    return FALSE;
  turn_pixels ((const guint32 *)self->lying, (guint32 *)to, turn, width, height, lying_width,
               lying_height);
  return TRUE;
}
