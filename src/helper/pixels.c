/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/pixels.h"

#include <gst/video/video.h>
#include <string.h>
#include <sys/mman.h>

/**
 * jz_pixels_fit:
 * @width: (inout): of a picture
 * @height: (inout): of a picture
 * @max_width: what there is room for
 * @max_height: what there is room for
 *
 * Makes it smaller until it fits; its shape stays.
 */
void
jz_pixels_fit (guint *width, guint *height, guint max_width, guint max_height)
{
  guint64 w = *width;
  guint64 h = *height;

  if (w > max_width) {
    h = h * max_width / w;
    w = max_width;
  }
  if (h > max_height) {
    w = w * max_height / h;
    h = max_height;
  }
  *width = (guint)MAX (w, 1);
  *height = (guint)MAX (h, 1);
}

/**
 * jz_pixels_turn:
 * @from: @height rows of @width pixels of four bytes
 * @width: of it
 * @height: of it
 * @orientation: degrees clockwise
 * @mirrored: left and right are changed first
 * @to: (out caller-allocates): as large; of @height columns if it lies on its side
 *
 * Turns a picture upright.
 */
void
jz_pixels_turn (const guint8 *from,
                guint width,
                guint height,
                guint orientation,
                gboolean mirrored,
                guint8 *to)
{
  const guint32 *in = (const guint32 *)(const void *)from;
  guint32 *out = (guint32 *)(void *)to;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      gsize at = mirrored ? width - 1 - x : x;

      switch (orientation) {
      case 90:
        at = at * height + (height - 1 - y);
        break;
      case 180:
        at = (gsize)(height - 1 - y) * width + (width - 1 - at);
        break;
      case 270:
        at = (width - 1 - at) * height + y;
        break;
      default:
        at = (gsize)y * width + at;
      }
      out[at] = in[(gsize)y * width + x];
    }
}

/* What lets something through is laid on white paper. */
static void
flatten (guint8 *pixels, gsize n)
{
  for (guint8 *p = pixels; p < pixels + n * 4; p += 4) {
    guint alpha = p[3];

    for (guint i = 0; i < 3; i++)
      p[i] = (guint8)((p[i] * alpha + 255 * (255 - alpha)) / 255);
    p[3] = 255;
  }
}

static gboolean
convert (GstVideoFrame *frame, guint width, guint height, guint8 *pixels)
{
  GstVideoInfo *in = &frame->info;
  GstVideoInfo out;
  GstVideoConverter *converter;
  GstVideoFrame target;
  GstBuffer *buffer;
  gboolean is_mapped;

  gst_video_info_set_format (&out, GST_VIDEO_FORMAT_BGRA, width, height);
  /* The converter refuses to change these. */
  out.fps_n = in->fps_n;
  out.fps_d = in->fps_d;
  out.interlace_mode = in->interlace_mode;
  converter = gst_video_converter_new (
    in, &out,
    gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
                       GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LINEAR, NULL));
  if (converter == NULL)
    return FALSE;
  buffer = gst_buffer_new_wrapped_full (0, pixels, out.size, 0, out.size, NULL, NULL);
  is_mapped = gst_video_frame_map (&target, &out, buffer, GST_MAP_WRITE);
  if (is_mapped) {
    gst_video_converter_frame (converter, frame, &target);
    gst_video_frame_unmap (&target);
    if (GST_VIDEO_INFO_HAS_ALPHA (in))
      flatten (pixels, (gsize)width * height);
  }
  gst_buffer_unref (buffer);
  gst_video_converter_free (converter);
  return is_mapped;
}

/* Shared memory, which the bound on the decoders' own memory does not count. */
static gboolean
convert_and_turn (GstVideoFrame *frame,
                  guint width,
                  guint height,
                  guint orientation,
                  gboolean mirrored,
                  guint8 *pixels)
{
  gsize size = (gsize)width * height * 4;
  guint8 *lying;
  gboolean is_done;

  if (orientation == 0 && !mirrored)
    return convert (frame, width, height, pixels);
  lying = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (lying == MAP_FAILED)
    return FALSE;
  is_done = convert (frame, width, height, lying);
  if (is_done)
    jz_pixels_turn (lying, width, height, orientation, mirrored, pixels);
  munmap (lying, size);
  return is_done;
}

/* As it is meant to be seen: some recorders write pixels that are not square. */
static void
get_shown_size (const GstVideoInfo *info, guint *width, guint *height)
{
  guint64 w = (guint64)MAX (info->width, 1);
  guint64 h = (guint64)MAX (info->height, 1);

  if (info->par_n > info->par_d && info->par_d > 0)
    w = MIN (w * (guint)info->par_n / (guint)info->par_d, G_MAXINT);
  else if (info->par_n > 0 && info->par_n < info->par_d)
    h = MIN (h * (guint)info->par_d / (guint)info->par_n, G_MAXINT);
  *width = (guint)w;
  *height = (guint)h;
}

/**
 * jz_pixels_put:
 * @job: whose memory gets it; its result gets width, height and the row in bytes
 * @sample: a decoded picture
 * @orientation: degrees clockwise
 * @mirrored: whether it is mirrored before
 * @max_width: what there is room for
 * @max_height: what there is room for
 * @error: return location
 *
 * Returns: whether it fits and could be converted
 */
gboolean
jz_pixels_put (JzHelperJob *job,
               GstSample *sample,
               guint orientation,
               gboolean mirrored,
               guint max_width,
               guint max_height,
               GError **error)
{
  gboolean lies = orientation == 90 || orientation == 270;
  GstCaps *caps = gst_sample_get_caps (sample);
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstVideoInfo info;
  GstVideoFrame frame;
  guint width;
  guint height;
  gboolean is_done;

  if (caps == NULL || buffer == NULL || !gst_video_info_from_caps (&info, caps) ||
      !gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ))
    return jz_job_fail (error, JZ_MEDIA_ERROR_DAMAGED, "no picture");
  get_shown_size (&info, &width, &height);
  jz_pixels_fit (&width, &height, lies ? max_height : max_width, lies ? max_width : max_height);
  is_done = (guint64)width * height * 4 <= job->memory_size &&
            convert_and_turn (&frame, width, height, orientation, mirrored, job->memory);
  gst_video_frame_unmap (&frame);
  if (!is_done)
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "picture");
  job->result[0] = lies ? height : width;
  job->result[1] = lies ? width : height;
  job->result[2] = job->result[0] * 4;
  return TRUE;
}
