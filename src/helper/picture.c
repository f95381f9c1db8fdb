/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/deep_png.h"
#include "helper/heif.h"
#include "helper/pdf.h"
#include "helper/pixels.h"
#include "helper/sniff.h"

static gboolean
check_size (const JzHelperJob *job, GError **error)
{
  return job->b > 0 && job->c > 0 && job->b <= G_MAXINT16 && job->c <= G_MAXINT16
           ? TRUE
           : jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, "size");
}

static gboolean
put_first (JzHelperJob *job, JzDecode *decode, GError **error)
{
  g_autoptr (GstSample) sample = jz_decode_get_first (decode, error);
  GstClockTime time;

  if (sample == NULL)
    return FALSE;
  time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                     GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
  job->result[3] = GST_CLOCK_TIME_IS_VALID (time) ? (gint64)MIN (time, G_MAXINT64) : 0;
  return jz_pixels_put (job, sample, decode->orientation, decode->mirrored, (guint)job->b,
                        (guint)job->c, error);
}

/* A size that is only announced would be allocated before it is seen to be a lie. */
static gboolean
check_announced (JzHelperJob *job, const JzSniff *sniff, GError **error)
{
  if ((guint64)sniff->width * sniff->height > JZ_SNIFF_MAX_PIXELS)
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "pixels");
  return TRUE;
}

static gboolean
put_at (JzHelperJob *job, GstClockTime time, GError **error)
{
  g_autoptr (JzDecode) decode = jz_decode_new (job->file, "video/x-raw", error);

  if (decode == NULL)
    return FALSE;
  /* Behind the last picture there is none, and some files cannot be sought in: the first will do.
   */
  if (time > 0 && (!jz_decode_seek (decode, time, NULL) || !put_first (job, decode, NULL))) {
    g_clear_pointer (&decode, jz_decode_free);
    decode = jz_decode_new (job->file, "video/x-raw", error);
    if (decode == NULL)
      return FALSE;
    return put_first (job, decode, error);
  }
  return time > 0 || put_first (job, decode, error);
}

static gboolean
put_photo (JzHelperJob *job, const JzSniff *sniff, GError **error)
{
  if (!check_announced (job, sniff, error))
    return FALSE;
  if (sniff->is_heif)
    return jz_heif_put (job, sniff, (guint)job->b, (guint)job->c, error);
  return sniff->is_deep ? jz_deep_png_put (job, (guint)job->b, (guint)job->c, error)
                        : put_at (job, 0, error);
}

/**
 * jz_job_thumbnail:
 * @job: a is a time in nanoseconds or a page, b and c the size
 * @error: return location
 *
 * Returns: whether the memory holds a picture
 */
gboolean
jz_job_thumbnail (JzHelperJob *job, GError **error)
{
  JzSniff sniff = { 0 };

  if (!check_size (job, error))
    return FALSE;
  jz_sniff (job, &sniff);
  if (sniff.kind == JZ_FILE_PDF)
    return jz_pdf_put_page (job, (guint)CLAMP (job->a, 0, G_MAXINT), (guint)job->b, (guint)job->c,
                            error);
  if (sniff.kind == JZ_FILE_OTHER || sniff.kind == JZ_FILE_OFFICE)
    return jz_job_fail (error, JZ_MEDIA_ERROR_FORMAT, NULL);
  if (sniff.kind == JZ_FILE_PHOTO)
    return put_photo (job, &sniff, error);
  return check_announced (job, &sniff, error) && put_at (job, (GstClockTime)MAX (job->a, 0), error);
}

/**
 * jz_job_picture:
 * @job: b and c are the greatest size
 * @error: return location
 *
 * Returns: whether the memory holds the picture, upright
 */
gboolean
jz_job_picture (JzHelperJob *job, GError **error)
{
  JzSniff sniff = { 0 };

  if (!check_size (job, error))
    return FALSE;
  jz_sniff (job, &sniff);
  if (sniff.kind != JZ_FILE_PHOTO)
    return jz_job_fail (error, JZ_MEDIA_ERROR_FORMAT, NULL);
  return put_photo (job, &sniff, error);
}
