/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "media-fixture.h"

/* Each job on real files, in the real helper. */

static MediaFixture fixture;

static JzProbe *
probe (const char *path)
{
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  JzProbe *result = jz_media_probe (fixture.media, handle, path, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  close (handle);
  return result;
}

static void
assert_plain (const JzProbe *result)
{
  g_autofree char *sentences = jz_probe_dup_odd_sentences (result);
  g_assert_cmpstr (sentences, ==, NULL);
}

static const guint8 *
get_pixel (const JzPixels *pixels, guint x, guint y)
{
  const guint8 *bytes = g_bytes_get_data (pixels->bytes, NULL);

  g_assert_cmpuint (x, <, pixels->width);
  g_assert_cmpuint (y, <, pixels->height);
  return bytes + (gsize)y * pixels->stride + (gsize)x * 4;
}

/* @colour: 0xRRGGBB; what went through a codec is not exact */
static void
assert_colour (const JzPixels *pixels, guint x, guint y, guint32 colour)
{
  const guint8 *p = get_pixel (pixels, x, y);
  int wanted[] = { (int)(colour & 0xff), (int)(colour >> 8 & 0xff), (int)(colour >> 16 & 0xff) };

  for (guint i = 0; i < 3; i++)
    if (ABS (p[i] - wanted[i]) > 40)
      g_error ("pixel %u,%u is %02x%02x%02x, not %06x", x, y, p[2], p[1], p[0], colour);
  g_assert_cmpuint (p[3], ==, 255);
}

static void
test_probe_video (void)
{
  g_autofree char *path = media_fixture_mp4 (&fixture, "a.mp4", 2);
  g_autoptr (JzProbe) result = probe (path);
  const JzProbeStream *video = jz_probe_get_stream (result, "video");
  const JzProbeStream *audio = jz_probe_get_stream (result, "audio");

  assert_plain (result);
  g_assert_cmpint (result->kind, ==, JZ_FILE_VIDEO);
  g_assert_cmpstr (result->container, ==, "video/quicktime");
  g_assert_cmpint (result->duration_ms, >=, 1900);
  g_assert_cmpint (result->duration_ms, <=, 2100);
  g_assert_nonnull (result->made_at);
  g_assert_true (g_str_has_suffix (result->made_at, "Z"));
  g_assert_nonnull (video);
  g_assert_cmpstr (video->media, ==, "video/x-h264");
  g_assert_true (g_str_has_prefix (video->codec, "H.264"));
  g_assert_cmpuint (video->width, ==, 320);
  g_assert_cmpuint (video->height, ==, 240);
  g_assert_cmpuint (video->rate_n, ==, 25 * video->rate_d);
  g_assert_false (video->variable);
  g_assert_true (video->is_decodable);
  g_assert_nonnull (audio);
  g_assert_cmpuint (audio->sample_rate, ==, 44100);
  g_assert_cmpuint (audio->channels, ==, 2);
  g_assert_true (audio->is_decodable);
}

static void
make_variable (const char *path)
{
  static const guint steps[] = { 33, 40, 17, 100, 33, 250, 20, 66 };
  g_autofree char *line = g_strdup_printf (
    "appsrc name=s format=time caps=video/x-raw,format=I420,width=160,height=120,framerate=0/1 ! "
    "x264enc key-int-max=25 bframes=2 ! h264parse ! matroskamux ! filesink location=%s",
    path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "s");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstClockTime time = 0;
  GstFlowReturn flow;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (guint i = 0; i < 80; i++) {
    GstBuffer *buffer = gst_buffer_new_allocate (NULL, 160 * 120 * 3 / 2, NULL);

    gst_buffer_memset (buffer, 0, (guint8)(i * 3), 160 * 120 * 3 / 2);
    GST_BUFFER_PTS (buffer) = time * GST_MSECOND;
    GST_BUFFER_DURATION (buffer) = steps[i % 8] * GST_MSECOND;
    time += steps[i % 8];
    g_signal_emit_by_name (source, "push-buffer", buffer, &flow);
    gst_buffer_unref (buffer);
  }
  g_signal_emit_by_name (source, "end-of-stream", &flow);
  gst_message_unref (gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS));
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
test_probe_variable (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "variable.mkv");
  g_autofree char *steady = media_fixture_launch (
    &fixture, "steady.mkv",
    "videotestsrc num-buffers=60 ! video/x-raw,width=160,height=120,framerate=30/1 ! "
    "x264enc bframes=2 ! h264parse ! matroskamux ! filesink location=%s");
  g_autoptr (JzProbe) uneven = NULL;
  g_autoptr (JzProbe) even = probe (steady);

  make_variable (path);
  uneven = probe (path);
  assert_plain (uneven);
  g_assert_true (jz_probe_get_stream (uneven, "video")->variable);
  /* 33, 33, 34 milliseconds are no variable rate. */
  g_assert_false (jz_probe_get_stream (even, "video")->variable);
}

static void
test_probe_sound (void)
{
  g_autofree char *path = media_fixture_launch (
    &fixture, "a.wav",
    "audiotestsrc num-buffers=100 samplesperbuffer=800 ! audio/x-raw,rate=8000,channels=1 ! "
    "wavenc ! filesink location=%s");
  g_autoptr (JzProbe) result = probe (path);

  assert_plain (result);
  g_assert_cmpint (result->kind, ==, JZ_FILE_AUDIO);
  g_assert_cmpint (result->duration_ms, ==, 10000);
}

/* A picture as a telephone writes it: lying on its side, with device, place and time. */
static char *
make_photo (const char *name, const char *orientation)
{
  g_autofree char *path = media_fixture_path (&fixture, name);
  g_autofree char *line = g_strdup_printf (
    "videotestsrc num-buffers=1 pattern=smpte75 ! video/x-raw,width=320,height=240 ! "
    "videoconvert ! jpegenc ! jifmux name=m ! filesink location=%s",
    path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, NULL);
  g_autoptr (GstElement) mux = gst_bin_get_by_name (GST_BIN (pipeline), "m");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstDateTime) time = gst_date_time_new_local_time (2026, 2, 3, 9, 12, 5);

  gst_tag_setter_add_tags (GST_TAG_SETTER (mux), GST_TAG_MERGE_REPLACE, GST_TAG_DEVICE_MANUFACTURER,
                           "某某数码", GST_TAG_DEVICE_MODEL, "DSJ-01", GST_TAG_IMAGE_ORIENTATION,
                           orientation, GST_TAG_GEO_LOCATION_LATITUDE, 31.2304,
                           GST_TAG_GEO_LOCATION_LONGITUDE, 121.4737, GST_TAG_DATE_TIME, time, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_message_unref (gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS));
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return g_steal_pointer (&path);
}

static void
test_probe_photo (void)
{
  g_autofree char *path = make_photo ("a.jpg", "rotate-90");
  g_autoptr (JzProbe) result = probe (path);
  const JzProbeStream *picture = jz_probe_get_stream (result, "picture");

  assert_plain (result);
  g_assert_cmpint (result->kind, ==, JZ_FILE_PHOTO);
  g_assert_cmpstr (result->container, ==, "image/jpeg");
  g_assert_cmpint (result->duration_ms, ==, -1);
  g_assert_cmpstr (result->made_at, ==, "2026-02-03T09:12:05");
  g_assert_cmpstr (result->model, ==, "DSJ-01");
  g_assert_nonnull (result->maker);
  g_assert_cmpstr (result->place, ==, "31.230400,121.473700");
  g_assert_cmpuint (result->orientation, ==, 90);
  g_assert_nonnull (picture);
  g_assert_cmpuint (picture->width, ==, 320);
  g_assert_cmpuint (picture->height, ==, 240);
}

static void
test_probe_pdf (void)
{
  g_autofree char *path = media_fixture_pdf (&fixture, "a.pdf", 3);
  g_autoptr (JzProbe) result = probe (path);

  assert_plain (result);
  g_assert_cmpint (result->kind, ==, JZ_FILE_PDF);
  g_assert_cmpuint (result->n_pages, ==, 3);
  g_assert_nonnull (result->software);
}

static void
test_probe_text (void)
{
  g_autofree char *path = media_fixture_write (&fixture, "a.txt", "现场情况说明\n", 19);
  g_autofree char *empty = media_fixture_write (&fixture, "empty.jpg", "", 0);
  g_autofree char *lie = media_fixture_write (&fixture, "lie.jpg", "MZ\220 this is a program", 22);
  g_autoptr (JzProbe) result = probe (path);
  g_autoptr (JzProbe) nothing = probe (empty);
  g_autoptr (JzProbe) program = probe (lie);

  g_assert_cmpint (result->kind, ==, JZ_FILE_OTHER);
  g_assert_cmpuint (result->odd->len, ==, 0);
  g_assert_cmpint (nothing->kind, ==, JZ_FILE_OTHER);
  g_assert_true (jz_probe_is_odd (nothing, "empty"));
  g_assert_cmpint (program->kind, ==, JZ_FILE_OTHER);
  g_assert_true (jz_probe_is_odd (program, "wrong-ending"));
}

/* What comes out of the helper is the same after a way through the journal. */
static void
test_probe_json (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.jpg");
  g_autoptr (JzProbe) result = probe (path);
  g_autoptr (JzJson) json = jz_probe_to_json (result);
  g_autoptr (JzProbe) again = jz_probe_from_json (json, NULL);
  g_autoptr (JzJson) json_again = jz_probe_to_json (again);

  g_assert_true (jz_json_equal (json, json_again));
}

static JzPixels *
thumbnail (const char *path, gint64 at, guint width, guint height)
{
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  JzPixels *pixels = jz_media_thumbnail (fixture.media, handle, at, width, height, NULL, &error);

  g_assert_no_error (error);
  close (handle);
  return pixels;
}

static void
test_thumbnail_photo (void)
{
  g_autofree char *lying = make_photo ("upright.jpg", "rotate-0");
  g_autofree char *turned = media_fixture_path (&fixture, "a.jpg");
  g_autoptr (JzPixels) plain = thumbnail (lying, 0, 160, 160);
  g_autoptr (JzPixels) upright = thumbnail (turned, 0, 160, 160);

  g_assert_cmpuint (plain->width, ==, 160);
  g_assert_cmpuint (plain->height, ==, 120);
  assert_colour (plain, 10, 10, 0xbfbfbf); /* grey bar on the left */
  assert_colour (plain, 150, 10, 0x0000bf);
  g_assert_cmpuint (upright->width, ==, 120);
  g_assert_cmpuint (upright->height, ==, 160);
  /* clockwise: what was on the left is at the top */
  assert_colour (upright, 110, 5, 0xbfbfbf);
  assert_colour (upright, 110, 155, 0x0000bf);
}

static void
test_thumbnail_video (void)
{
  g_autofree char *path = media_fixture_launch (
    &fixture, "halves.mp4",
    "concat name=c ! video/x-raw,format=I420 ! x264enc speed-preset=ultrafast key-int-max=10 ! "
    "mp4mux ! filesink location=%s "
    "videotestsrc num-buffers=25 pattern=red ! "
    "video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! c. "
    "videotestsrc num-buffers=25 pattern=blue ! "
    "video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! c.");
  g_autoptr (JzPixels) first = thumbnail (path, 0, 64, 64);
  g_autoptr (JzPixels) second = thumbnail (path, 1500 * GST_MSECOND, 64, 64);
  g_autoptr (JzPixels) behind = thumbnail (path, 3600 * GST_SECOND, 64, 64);

  g_assert_cmpuint (first->width, ==, 64);
  g_assert_cmpuint (first->height, ==, 48);
  assert_colour (first, 32, 24, 0xff0000);
  assert_colour (second, 32, 24, 0x0000ff);
  g_assert_cmpint (second->at, >=, 1460 * (gint64)GST_MSECOND);
  g_assert_cmpint (second->at, <=, 1540 * (gint64)GST_MSECOND);
  /* There is none so late: better another than none. */
  g_assert_nonnull (behind);
}

static void
test_thumbnail_pdf (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.pdf");
  g_autoptr (JzPixels) page = thumbnail (path, 1, 100, 100);

  g_assert_cmpuint (page->height, ==, 100);
  g_assert_cmpuint (page->width, ==, 71);
  assert_colour (page, 30, 5, 0xff0000);
  assert_colour (page, 30, 90, 0xffffff);
}

static void
test_picture (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.jpg");
  g_autofree char *glass = media_fixture_launch (
    &fixture, "glass.png",
    "videotestsrc num-buffers=1 pattern=solid-color foreground-color=0x00ff0000 ! "
    "video/x-raw,format=RGBA,width=32,height=32 ! pngenc ! filesink location=%s");
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  int clear = media_fixture_open (glass);
  g_autoptr (JzPixels) pixels = jz_media_picture (fixture.media, handle, 4096, 4096, NULL, &error);
  g_autoptr (JzPixels) paper = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, 240);
  g_assert_cmpuint (pixels->height, ==, 320);
  /* What lets through shows paper. */
  paper = jz_media_picture (fixture.media, clear, 4096, 4096, NULL, &error);
  g_assert_no_error (error);
  assert_colour (paper, 16, 16, 0xffffff);
  close (handle);
  close (clear);
}

/* As PNG sums up its chunks */
static guint32
sum_up (const guint8 *bytes, gsize size)
{
  guint32 sum = G_MAXUINT32;

  for (gsize i = 0; i < size * 8; i++) {
    guint32 bit = (sum ^ (guint32)bytes[i / 8] >> i % 8) & 1;
    sum = sum >> 1 ^ (bit ? 0xedb88320 : 0);
  }
  return ~sum;
}

static void
append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint32 length = GUINT32_TO_BE ((guint32)size);
  guint32 sum;

  g_byte_array_append (body, (const guint8 *)type, 4);
  g_byte_array_append (body, data, (guint)size);
  sum = GUINT32_TO_BE (sum_up (body->data, body->len));
  g_byte_array_append (png, (const guint8 *)&length, 4);
  g_byte_array_append (png, body->data, body->len);
  g_byte_array_append (png, (const guint8 *)&sum, 4);
}

/* Sixteen bits a channel, all pixels but the first column of @pixel; that one is black. */
static char *
write_deep_png (const char *name, guint8 colour_type, const guint16 *pixel, guint n_channels)
{
  const guint8 magic[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  guint8 head[] = { 0, 0, 0, 16, 0, 0, 0, 12, 16, colour_type, 0, 0, 0 };
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  g_autoptr (GZlibCompressor) packer = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  guint8 packed[8192];
  gsize n_packed = 0;
  gsize n_read = 0;

  for (guint y = 0; y < 12; y++) {
    g_byte_array_append (rows, (const guint8[]){ 0 }, 1);
    for (guint i = 0; i < 16 * n_channels; i++) {
      gboolean is_alpha = n_channels % 2 == 0 && i % n_channels == n_channels - 1;
      guint16 value = i / n_channels > 0 || is_alpha ? pixel[i % n_channels] : 0;
      g_byte_array_append (rows, (const guint8[]){ value >> 8, value & 0xff }, 2);
    }
  }
  g_assert_cmpint (g_converter_convert (G_CONVERTER (packer), rows->data, rows->len, packed,
                                        sizeof packed, G_CONVERTER_INPUT_AT_END, &n_read, &n_packed,
                                        NULL),
                   ==, G_CONVERTER_FINISHED);
  g_byte_array_append (png, magic, sizeof magic);
  append_chunk (png, "IHDR", head, sizeof head);
  append_chunk (png, "IDAT", packed, n_packed);
  append_chunk (png, "IEND", NULL, 0);
  return media_fixture_write (&fixture, name, png->data, png->len);
}

/* Scanners write sixteen bits. */
static void
test_deep_picture (void)
{
  static const struct {
    guint8 colour_type;
    guint n_channels;
    guint16 pixel[4];
    guint32 colour;
  } pictures[] = {
    { 0, 1, { 0x8034 }, 0x808080 },
    { 2, 3, { 0xffff, 0x8000, 0x1000 }, 0xff8010 },
    { 4, 2, { 0x2034, 0xffff }, 0x202020 },
    { 4, 2, { 0x2034, 0 }, 0xffffff },
    { 6, 4, { 0x0100, 0xf000, 0x4000, 0xffff }, 0x01f040 },
    { 6, 4, { 0, 0, 0, 0x8000 }, 0x7f7f7f },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++) {
    g_autofree char *path = write_deep_png ("deep.png", pictures[i].colour_type, pictures[i].pixel,
                                            pictures[i].n_channels);
    g_autoptr (JzPixels) small = thumbnail (path, 0, 8, 8);
    g_autoptr (GError) error = NULL;
    int handle = media_fixture_open (path);
    g_autoptr (JzPixels) whole = jz_media_picture (fixture.media, handle, 99, 99, NULL, &error);

    close (handle);
    g_assert_no_error (error);
    g_assert_cmpuint (whole->width, ==, 16);
    g_assert_cmpuint (whole->height, ==, 12);
    assert_colour (whole, 1, 0, pictures[i].colour);
    assert_colour (whole, 15, 11, pictures[i].colour);
    g_assert_cmpuint (small->width, ==, 8);
    g_assert_cmpuint (small->height, ==, 6);
    assert_colour (small, 4, 3, pictures[i].colour);
  }
}

static void
test_deep_picture_cut (void)
{
  const guint16 pixel[] = { 0xffff, 0x8000, 0x1000 };
  g_autofree char *path = write_deep_png ("deep.png", 2, pixel, 3);
  g_autofree char *content = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  int handle;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  cut = media_fixture_write (&fixture, "cut.png", content, length / 2);
  handle = media_fixture_open (cut);
  g_assert_null (jz_media_picture (fixture.media, handle, 99, 99, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_DAMAGED);
  close (handle);
}

static void
test_peaks (void)
{
  /* a second of nothing, a second of sound */
  g_autofree char *path = media_fixture_launch (
    &fixture, "half.wav",
    "concat name=c ! audio/x-raw,format=S16LE ! wavenc ! filesink location=%s "
    "audiotestsrc num-buffers=10 samplesperbuffer=800 wave=silence ! "
    "audio/x-raw,format=S16LE,rate=8000,channels=1 ! c. "
    "audiotestsrc num-buffers=10 samplesperbuffer=800 wave=square volume=0.5 ! "
    "audio/x-raw,format=S16LE,rate=8000,channels=1 ! c.");
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  g_autoptr (GArray) peaks = jz_media_peaks (fixture.media, handle, 10, NULL, &error);
  g_autoptr (GArray) many = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (peaks->len, ==, 10);
  for (guint i = 0; i < 10; i++) {
    guint peak = g_array_index (peaks, guint8, i);
    if (i < 5)
      g_assert_cmpuint (peak, ==, 0);
    else
      g_assert_cmpuint (peak, >, 100);
  }
  many = jz_media_peaks (fixture.media, handle, 1000, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (many->len, ==, 1000);
  g_assert_cmpuint (g_array_index (many, guint8, 999), >, 100);
  close (handle);
}

static void
test_peaks_without_sound (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "halves.mp4");
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);

  g_assert_null (jz_media_peaks (fixture.media, handle, 10, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_ABSENT);
  close (handle);
}

static void
test_page (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.pdf");
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  g_autoptr (JzPixels) page = jz_media_page (fixture.media, handle, 2, 595, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->width, ==, 595);
  g_assert_cmpuint (page->height, ==, 842);
  g_assert_cmpuint (page->n_pages, ==, 3);
  assert_colour (page, 300, 50, 0xff0000);
  assert_colour (page, 300, 700, 0xffffff);
  g_assert_null (jz_media_page (fixture.media, handle, 3, 595, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_ABSENT);
  close (handle);
}

static void
test_page_text (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.pdf");
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  g_autoptr (JzPageText) text = jz_media_page_text (fixture.media, handle, 1, NULL, &error);
  const char *found;
  const JzTextBox *box;

  g_assert_no_error (error);
  g_assert_cmpstr (text->text, ==, "Page 2\n现场笔录");
  g_assert_cmpuint (text->boxes->len, ==, 11);
  g_assert_cmpuint (text->n_pages, ==, 3);
  g_assert_cmpfloat (text->width, ==, 595);
  found = strstr (text->text, "笔");
  box = &g_array_index (text->boxes, JzTextBox, g_utf8_pointer_to_offset (text->text, found));
  /* the third sign of 24 points, from 72 on, standing on 300 */
  g_assert_cmpfloat (box->x, >, 72 + 47);
  g_assert_cmpfloat (box->x, <, 72 + 49);
  g_assert_cmpfloat (box->y, >, 260);
  g_assert_cmpfloat (box->y + box->height, <, 320);
  close (handle);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
test_async (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.pdf");
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (JzProbe) result = NULL;
  g_autoptr (JzPixels) page = NULL;
  int handle = media_fixture_open (path);

  jz_media_probe_async (fixture.media, handle, "a.pdf", NULL, on_done, &first);
  jz_media_page_async (fixture.media, handle, 0, 100, NULL, on_done, &second);
  /* It was duplicated at once. */
  close (handle);
  while (first == NULL || second == NULL)
    g_main_context_iteration (NULL, TRUE);
  result = jz_media_probe_finish (fixture.media, first, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->n_pages, ==, 3);
  page = jz_media_page_finish (fixture.media, second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->width, ==, 100);
}

static void
test_cancelled (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.pdf");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);

  g_cancellable_cancel (cancellable);
  g_assert_null (jz_media_probe (fixture.media, handle, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (handle);
}

static void
test_open (void)
{
  g_autofree char *pipe = media_fixture_path (&fixture, "pipe");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  /* Whoever reads it waits for ever. */
  g_assert_cmpint (jz_media_open (pipe, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);
  g_assert_cmpint (jz_media_open (fixture.folder, &error), ==, -1);
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (jz_media_open ("/nonexistent/a", &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Ten jobs of ten files at once, of which only a few helpers are asked. */
static gpointer
probe_in_thread (gpointer data)
{
  g_autoptr (JzProbe) result = probe (data);
  return GINT_TO_POINTER (result->kind);
}

static void
test_threads (void)
{
  static const struct {
    const char *name;
    JzFileKind kind;
  } files[] = { { "a.mp4", JZ_FILE_VIDEO },
                { "a.jpg", JZ_FILE_PHOTO },
                { "a.pdf", JZ_FILE_PDF },
                { "a.wav", JZ_FILE_AUDIO },
                { "a.txt", JZ_FILE_OTHER } };
  GThread *threads[10];
  char *paths[10];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    paths[i] = media_fixture_path (&fixture, files[i % 5].name);
    threads[i] = g_thread_new (NULL, probe_in_thread, paths[i]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_assert_cmpint (GPOINTER_TO_INT (g_thread_join (threads[i])), ==, files[i % 5].kind);
    g_free (paths[i]);
  }
}

typedef gboolean (*TimedJob) (int handle);

static gboolean
time_probe (int handle)
{
  g_autoptr (JzProbe) result = jz_media_probe (fixture.media, handle, NULL, NULL, NULL);
  return result != NULL;
}

static gboolean
time_thumbnail (int handle)
{
  g_autoptr (JzPixels) pixels = jz_media_thumbnail (fixture.media, handle, 0, 320, 320, NULL, NULL);
  return pixels != NULL;
}

static gboolean
time_peaks (int handle)
{
  g_autoptr (GArray) peaks = jz_media_peaks (fixture.media, handle, 1000, NULL, NULL);
  return peaks != NULL;
}

static gboolean
time_page (int handle)
{
  g_autoptr (JzPixels) page = jz_media_page (fixture.media, handle, 0, 1240, NULL, NULL);
  return page != NULL;
}

static gboolean
time_page_text (int handle)
{
  g_autoptr (JzPageText) text = jz_media_page_text (fixture.media, handle, 0, NULL, NULL);
  return text != NULL;
}

static double
get_ms (TimedJob job, int handle)
{
  gint64 begun = g_get_monotonic_time ();

  g_assert_true (job (handle));
  return (double)(g_get_monotonic_time () - begun) / 1000;
}

/* -m perf: what a job costs when a helper has to be started, with a spare one, and the second time.
 */
static void
test_times (void)
{
  static const struct {
    const char *name;
    const char *file;
    TimedJob job;
  } jobs[] = {
    { "probe", "a.mp4", time_probe },         { "probe of a photo", "a.jpg", time_probe },
    { "thumbnail", "a.mp4", time_thumbnail }, { "thumbnail of a photo", "a.jpg", time_thumbnail },
    { "peaks", "a.mp4", time_peaks },         { "page", "a.pdf", time_page },
    { "page text", "a.pdf", time_page_text },
  };

  if (!g_test_perf ()) {
    g_test_skip ("only with -m perf");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (jobs); i++) {
    g_autofree char *path = media_fixture_path (&fixture, jobs[i].file);
    int handle = media_fixture_open (path);
    double none;
    double spare;
    double kept;

    g_clear_object (&fixture.media);
    fixture.media = jz_media_new ();
    g_assert_true (jz_media_is_caged (fixture.media, NULL));
    none = get_ms (jobs[i].job, handle);
    kept = get_ms (jobs[i].job, handle);
    g_clear_object (&fixture.media);
    fixture.media = jz_media_new ();
    jz_media_warm (fixture.media);
    g_usleep (2 * G_USEC_PER_SEC);
    spare = get_ms (jobs[i].job, handle);
    g_test_message ("%s: started for it %.0f ms, spare %.0f ms, kept %.0f ms", jobs[i].name, none,
                    spare, kept);
    close (handle);
  }
}

int
main (int argc, char *argv[])
{
  int result;

  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  media_fixture_init (&fixture);
  g_test_add_func ("/media/media/open", test_open);
  g_test_add_func ("/media/media/probe-video", test_probe_video);
  g_test_add_func ("/media/media/probe-variable", test_probe_variable);
  g_test_add_func ("/media/media/probe-sound", test_probe_sound);
  g_test_add_func ("/media/media/probe-photo", test_probe_photo);
  g_test_add_func ("/media/media/probe-pdf", test_probe_pdf);
  g_test_add_func ("/media/media/probe-text", test_probe_text);
  g_test_add_func ("/media/media/probe-json", test_probe_json);
  g_test_add_func ("/media/media/thumbnail-photo", test_thumbnail_photo);
  g_test_add_func ("/media/media/thumbnail-video", test_thumbnail_video);
  g_test_add_func ("/media/media/thumbnail-pdf", test_thumbnail_pdf);
  g_test_add_func ("/media/media/picture", test_picture);
  g_test_add_func ("/media/media/deep-picture", test_deep_picture);
  g_test_add_func ("/media/media/deep-picture/cut", test_deep_picture_cut);
  g_test_add_func ("/media/media/peaks", test_peaks);
  g_test_add_func ("/media/media/peaks-without-sound", test_peaks_without_sound);
  g_test_add_func ("/media/media/page", test_page);
  g_test_add_func ("/media/media/page-text", test_page_text);
  g_test_add_func ("/media/media/async", test_async);
  g_test_add_func ("/media/media/cancelled", test_cancelled);
  g_test_add_func ("/media/media/threads", test_threads);
  g_test_add_func ("/media/media/times", test_times);
  result = g_test_run ();
  media_fixture_clear (&fixture);
  return result;
}
