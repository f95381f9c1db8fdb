/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heif-picture.h"

#include <gst/tag/tag.h>

#define QUALITY 90

static void
assert_done (struct heif_error result)
{
  g_assert_cmpint (result.code, ==, heif_error_Ok);
}

gboolean
heif_picture_can_be_made (const HeifPicture *self)
{
  return heif_have_encoder_for_format (self->format) != 0;
}

static struct heif_image *
draw (const HeifPicture *self)
{
  guint n = self->has_alpha ? 4 : 3;
  struct heif_image *image = NULL;
  guint8 *pixels;
  int stride = 0;

  assert_done (heif_image_create (
    self->width, self->height, heif_colorspace_RGB,
    self->has_alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, &image));
  assert_done (
    heif_image_add_plane (image, heif_channel_interleaved, self->width, self->height, 8));
  pixels = heif_image_get_plane (image, heif_channel_interleaved, &stride);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++) {
      guint8 *pixel = pixels + (gsize)y * (gsize)stride + (gsize)x * n;

      pixel[0] = x < self->width / 2 ? 255 : 0;
      pixel[1] = 0;
      pixel[2] = x < self->width / 2 ? 0 : 255;
      if (self->has_alpha)
        pixel[3] = 0;
    }
  return image;
}

static void
add_notes (struct heif_context *context, struct heif_image_handle *handle)
{
  g_autoptr (GstDateTime) time = gst_date_time_new_local_time (2026, 2, 3, 9, 12, 5);
  g_autoptr (GstTagList) tags = gst_tag_list_new (
    GST_TAG_DEVICE_MANUFACTURER, "Moumou", GST_TAG_DEVICE_MODEL, "SJ-02", GST_TAG_IMAGE_ORIENTATION,
    "rotate-90", GST_TAG_GEO_LOCATION_LATITUDE, 31.2304, GST_TAG_GEO_LOCATION_LONGITUDE, 121.4737,
    GST_TAG_DATE_TIME, time, NULL);
  GstBuffer *notes = gst_tag_list_to_exif_buffer_with_tiff_header (tags);
  GstMapInfo map;

  g_assert_true (gst_buffer_map (notes, &map, GST_MAP_READ));
  assert_done (heif_context_add_exif_metadata (context, handle, map.data, (int)map.size));
  gst_buffer_unmap (notes, &map);
  gst_buffer_unref (notes);
}

char *
heif_picture_make (const HeifPicture *self, MediaFixture *fixture, const char *name)
{
  char *path = media_fixture_path (fixture, name);
  struct heif_context *context = heif_context_alloc ();
  struct heif_encoding_options *options = heif_encoding_options_alloc ();
  struct heif_image *image = draw (self);
  struct heif_image_handle *handle = NULL;
  struct heif_encoder *encoder = NULL;

  assert_done (heif_context_get_encoder_for_format (context, self->format, &encoder));
  assert_done (heif_encoder_set_lossy_quality (encoder, QUALITY));
  options->image_orientation = self->orientation;
  assert_done (heif_context_encode_image (context, image, encoder, options, &handle));
  if (self->has_notes)
    add_notes (context, handle);
  assert_done (heif_context_write_to_file (context, path));
  heif_image_handle_release (handle);
  heif_image_release (image);
  heif_encoder_release (encoder);
  heif_encoding_options_free (options);
  heif_context_free (context);
  return path;
}
