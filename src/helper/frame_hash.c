/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/frame_hash.h"

/* What is hashed is what can be seen: the visible samples of each row. Padding and row lengths
 * differ from run to run. */

static void
hash_rows (GChecksum *hasher, const guint8 *first, gsize stride, gsize width, gsize height)
{
  for (gsize y = 0; y < height; y++)
    g_checksum_update (hasher, first + y * stride, (gssize)width);
}

/* The planes of a format that packs several components in one have one row for all of them. */
static gboolean
hash_plane (GChecksum *hasher, GstVideoFrame *frame, guint plane)
{
  const GstVideoFormatInfo *format = frame->info.finfo;
  gint components[GST_VIDEO_MAX_COMPONENTS];
  guint component = 0;
  gsize width = 0;

  gst_video_format_info_component (format, plane, components);
  component = (guint)components[0];
  width = (gsize)GST_VIDEO_FRAME_COMP_WIDTH (frame, component) *
          (gsize)GST_VIDEO_FRAME_COMP_PSTRIDE (frame, component);
  if (width == 0)
    return FALSE;
  hash_rows (hasher, GST_VIDEO_FRAME_PLANE_DATA (frame, plane),
             (gsize)GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane), width,
             (gsize)GST_VIDEO_FRAME_COMP_HEIGHT (frame, component));
  return TRUE;
}

/**
 * jz_frame_hash_make:
 * @decoder: what decoded @sample
 * @sample: a picture as it was decoded
 *
 * Hashes the visible samples of each plane in the decoder's own format: a change of colours or size
 * for the screen would hash the converter as well (R-23; design §9).
 *
 * Returns: (transfer full) (nullable): which picture it is, its number not yet known; %NULL for a
 *   format whose rows cannot be told apart
 */
JzFrameHash *
jz_frame_hash_make (JzDecoder *decoder, GstSample *sample)
{
  g_autoptr (GChecksum) hasher = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (JzFrameHash) self = g_new0 (JzFrameHash, 1);
  GstVideoInfo info;
  GstVideoFrame frame;
  gboolean is_hashed = TRUE;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      GST_VIDEO_FORMAT_INFO_IS_TILED (info.finfo) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return NULL;
  for (guint i = 0; i < GST_VIDEO_FRAME_N_PLANES (&frame); i++)
    is_hashed = hash_plane (hasher, &frame, i) && is_hashed;
  gst_video_frame_unmap (&frame);
  if (!is_hashed)
    return NULL;
  g_strlcpy (self->sha256, g_checksum_get_string (hasher), sizeof self->sha256);
  self->pts = jz_sample_get_pts (sample);
  self->number = -1;
  self->format = g_strdup (gst_video_format_to_string (GST_VIDEO_INFO_FORMAT (&info)));
  self->width = (guint)info.width;
  self->height = (guint)info.height;
  jz_decoder_describe (decoder, &self->decoder, &self->decoder_version);
  return g_steal_pointer (&self);
}
