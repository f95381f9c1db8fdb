/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/heif.h"

#include <gst/tag/tag.h>
#include <gst/video/video.h>
#include <libheif/heif.h>
#include <string.h>

#include "helper/pixels.h"
#include "helper/probe_tags.h"

/* Telephones keep photographs as HEIC: a picture, often of many tiles, in the boxes of a film,
 * which GStreamer does not open. libheif does. The picture that the file calls its first is
 * the one that is shown; the small one beside it may be of anything, and is never looked at. */

/* What a camera notes down of a picture is far smaller. */
#define MAX_EXIF ((gsize)1024 * 1024)
/* Offset of the notes, and their own head. */
#define MIN_EXIF ((gsize)4 + 8)

typedef struct {
  const JzHelperJob *job;
  gint64 at;
  struct heif_context *context;
  struct heif_image_handle *handle;
} Picture;

static int64_t
get_position (void *data)
{
  return ((const Picture *)data)->at;
}

static int
read_next (void *to, size_t size, void *data)
{
  Picture *self = data;

  if (size > self->job->file_size - (guint64)self->at ||
      !jz_job_read (self->job, (guint64)self->at, to, size))
    return 1;
  self->at += (gint64)size;
  return 0;
}

static int
seek_to (int64_t position, void *data)
{
  Picture *self = data;

  if (position < 0 || (guint64)position > self->job->file_size)
    return 1;
  self->at = position;
  return 0;
}

static enum heif_reader_grow_status
look_whether_there (int64_t size, void *data)
{
  const Picture *self = data;

  return size < 0 || (guint64)size > self->job->file_size ? heif_reader_grow_status_size_beyond_eof
                                                          : heif_reader_grow_status_size_reached;
}

static void
picture_clear (Picture *self)
{
  if (self->handle != NULL)
    heif_image_handle_release (self->handle);
  if (self->context != NULL)
    heif_context_free (self->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

/* Reads the boxes, and decodes nothing. */
static struct heif_error
picture_open (Picture *self)
{
  static const struct heif_reader reader = { 1, get_position, read_next, seek_to,
                                             look_whether_there };
  struct heif_error result;

  self->context = heif_context_alloc ();
  result = heif_context_read_from_reader (self->context, &reader, self, NULL);
  if (result.code == heif_error_Ok)
    result = heif_context_get_primary_image_handle (self->context, &self->handle);
  return result;
}

static gboolean
is_decodable (const JzSniff *sniff)
{
  return heif_have_decoder_for_format (strcmp (sniff->container, "image/avif") == 0
                                         ? heif_compression_AV1
                                         : heif_compression_HEVC) != 0;
}

static gboolean
fail (const JzSniff *sniff, struct heif_error result, GError **error)
{
  if (!is_decodable (sniff) || result.subcode == heif_suberror_Unsupported_codec)
    return jz_job_fail (error, JZ_MEDIA_ERROR_CODEC, sniff->container);
  switch (result.code) {
  case heif_error_Memory_allocation_error:
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, result.message);
  case heif_error_Unsupported_filetype:
  case heif_error_Unsupported_feature:
    return jz_job_fail (error, JZ_MEDIA_ERROR_CODEC, "image/x-heif-other");
  default:
    return jz_job_fail (error, JZ_MEDIA_ERROR_DAMAGED, result.message);
  }
}

static guint64
count_pixels (const struct heif_image_handle *handle)
{
  return (guint64)MAX (heif_image_handle_get_width (handle), 0) *
         (guint64)MAX (heif_image_handle_get_height (handle), 0);
}

/* Time, device and place stand in the notes that JPEG has as well, behind the number of bytes that
 * are to be left out. */
static void
take_exif (const struct heif_image_handle *handle, JzProbe *probe)
{
  g_autofree guint8 *data = NULL;
  g_autoptr (GstTagList) tags = NULL;
  heif_item_id id;
  GstBuffer *buffer;
  gsize begin;
  gsize size;

  if (heif_image_handle_get_list_of_metadata_block_IDs (handle, "Exif", &id, 1) != 1)
    return;
  size = heif_image_handle_get_metadata_size (handle, id);
  if (size < MIN_EXIF || size > MAX_EXIF)
    return;
  data = g_malloc (size);
  if (heif_image_handle_get_metadata (handle, id, data).code != heif_error_Ok)
    return;
  begin = ((gsize)data[0] << 24 | (gsize)data[1] << 16 | (gsize)data[2] << 8 | data[3]) + 4;
  if (begin > size - (MIN_EXIF - 4))
    return;
  buffer = gst_buffer_new_memdup (data + begin, size - begin);
  tags = gst_tag_list_from_exif_buffer_with_tiff_header (buffer);
  gst_buffer_unref (buffer);
  if (tags != NULL)
    jz_probe_take_tags (probe, tags);
}

/**
 * jz_heif_probe:
 * @job: a picture
 * @sniff: what its first bytes say
 * @probe: gets what it says of itself
 *
 * Decodes nothing: a probe is what every foreign file goes through. The size is that of the upright
 * picture, and it need not be turned: that stands in the boxes, not in the notes of the camera.
 */
void
jz_heif_probe (const JzHelperJob *job, const JzSniff *sniff, JzProbe *probe)
{
  g_auto (Picture) picture = { .job = job };
  JzProbeStream *stream = jz_probe_add_stream (probe, "picture");
  g_autoptr (GError) error = NULL;
  struct heif_error result = picture_open (&picture);

  stream->media = g_strdup (sniff->container);
  stream->is_decodable = is_decodable (sniff);
  if (result.code != heif_error_Ok) {
    fail (sniff, result, &error);
    jz_probe_add_odd (probe, error->code == JZ_MEDIA_ERROR_CODEC       ? "codec"
                             : error->code == JZ_MEDIA_ERROR_TOO_LARGE ? "large"
                                                                       : "damaged");
    return;
  }
  stream->width = (guint)MAX (heif_image_handle_get_width (picture.handle), 0);
  stream->height = (guint)MAX (heif_image_handle_get_height (picture.handle), 0);
  if (!stream->is_decodable)
    jz_probe_add_odd (probe, "codec");
  if (count_pixels (picture.handle) > JZ_SNIFF_MAX_PIXELS)
    jz_probe_add_odd (probe, "large");
  take_exif (picture.handle, probe);
  probe->orientation = 0;
  probe->mirrored = FALSE;
}

/* As GStreamer takes it: its pixels stay those of libheif. */
static GstSample *
make_sample (const struct heif_image *image, GstVideoFormat format, guint pixel_size)
{
  int stride = 0;
  const guint8 *pixels = heif_image_get_plane_readonly (image, heif_channel_interleaved, &stride);
  int width = heif_image_get_width (image, heif_channel_interleaved);
  int height = heif_image_get_height (image, heif_channel_interleaved);
  gsize offsets[GST_VIDEO_MAX_PLANES] = { 0 };
  int strides[GST_VIDEO_MAX_PLANES] = { stride };
  g_autoptr (GstCaps) caps = NULL;
  GstBuffer *buffer;
  GstSample *sample;
  GstVideoInfo info;

  if (pixels == NULL || width <= 0 || height <= 0 || stride <= 0 ||
      (guint)stride / pixel_size < (guint)width ||
      !gst_video_info_set_format (&info, format, (guint)width, (guint)height))
    return NULL;
  caps = gst_video_info_to_caps (&info);
  buffer = gst_buffer_new_wrapped_full (GST_MEMORY_FLAG_READONLY, (gpointer)pixels,
                                        (gsize)stride * (guint)height, 0,
                                        (gsize)stride * (guint)height, NULL, NULL);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, format, (guint)width,
                                  (guint)height, 1, offsets, strides);
  sample = gst_sample_new (buffer, caps, NULL, NULL);
  gst_buffer_unref (buffer);
  return sample;
}

static gboolean
put (JzHelperJob *job,
     const struct heif_image *image,
     gboolean has_alpha,
     guint max_width,
     guint max_height,
     GError **error)
{
  GstSample *sample = make_sample (image, has_alpha ? GST_VIDEO_FORMAT_RGBA : GST_VIDEO_FORMAT_RGB,
                                   has_alpha ? 4 : 3);
  gboolean is_put;

  if (sample == NULL)
    return jz_job_fail (error, JZ_MEDIA_ERROR_DAMAGED, "picture");
  is_put = jz_pixels_put (job, sample, 0, FALSE, max_width, max_height, error);
  gst_sample_unref (sample);
  return is_put;
}

/**
 * jz_heif_put:
 * @job: a picture; its result gets width, height and the row in bytes
 * @sniff: what its first bytes say
 * @max_width: what there is room for
 * @max_height: what there is room for
 * @error: return location
 *
 * Fails with %JZ_MEDIA_ERROR_CODEC where libheif was built without the decoder, which some systems
 * do because of patents.
 *
 * Returns: whether it fits and could be decoded
 */
gboolean
jz_heif_put (JzHelperJob *job,
             const JzSniff *sniff,
             guint max_width,
             guint max_height,
             GError **error)
{
  g_auto (Picture) picture = { .job = job };
  struct heif_error result = picture_open (&picture);
  struct heif_image *image = NULL;
  gboolean has_alpha = FALSE;
  gboolean is_put = FALSE;

  if (result.code != heif_error_Ok)
    return fail (sniff, result, error);
  if (count_pixels (picture.handle) > JZ_SNIFF_MAX_PIXELS)
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "pixels");
  has_alpha = heif_image_handle_has_alpha_channel (picture.handle) != 0;
  result = heif_decode_image (
    picture.handle, &image, heif_colorspace_RGB,
    has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, NULL);
  if (result.code != heif_error_Ok)
    return fail (sniff, result, error);
  is_put = put (job, image, has_alpha, max_width, max_height, error);
  heif_image_release (image);
  return is_put;
}
