/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/index.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "helper/file_source.h"
#include "helper/frame_hash.h"
#include "helper/painter.h"
#include "helper/step.h"
#include "media/error.h"
#include "recording.h"

/* In this process: what the helper knows of a file. Every picture shows its number, so that each
 * test sees whether it got the right one. */

#define H264 "x264enc key-int-max=25 bframes=2 speed-preset=veryfast ! h264parse"
#define WIDTH 320
#define HEIGHT 256

typedef struct {
  const char *name;
  Recording recording;
  gboolean is_variable;
  const char *decoder; /* NULL: whichever */
} Case;

static const Case cases[] = {
  { "mkv-variable",
    { H264, "matroskamux", WIDTH, HEIGHT, 80, recording_durations_vfr, NULL },
    TRUE,
    "avdec_h264" },
  { "mp4-variable",
    { H264, "mp4mux", WIDTH, HEIGHT, 80, recording_durations_vfr, "avenc_aac" },
    TRUE,
    "avdec_h264" },
  { "mp4", { H264, "mp4mux", WIDTH, HEIGHT, 120, NULL, "avenc_aac" }, FALSE, "avdec_h264" },
  { "mp4-h265",
    { "x265enc key-int-max=25 speed-preset=ultrafast ! h265parse", "mp4mux", WIDTH, HEIGHT, 60,
      NULL, NULL },
    FALSE,
    "avdec_h265" },
  { "transport-stream", { H264, "mpegtsmux", WIDTH, HEIGHT, 60, NULL, NULL }, FALSE, NULL },
  { "avi-jpeg", { "jpegenc", "avimux", WIDTH, HEIGHT, 40, NULL, NULL }, FALSE, NULL },
  /* Its container states no times, so that it is decoded once. */
  { "avi-h264",
    { "x264enc key-int-max=25 bframes=0 speed-preset=veryfast ! h264parse", "avimux", WIDTH, HEIGHT,
      60, NULL, NULL },
    FALSE,
    "avdec_h264" },
  { "webm", { "vp8enc deadline=1", "webmmux", WIDTH, HEIGHT, 40, NULL, NULL }, FALSE, NULL },
};

typedef struct {
  const Case *of;
  char *folder;
  int file;
  JzFrameIndex *index;
  JzStep *step;
  JzPainter *painter;
  guint8 *pixels;
} Fixture;

static gboolean
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->of = data;
  if (!recording_can_be_made (&self->of->recording)) {
    g_test_skip ("an encoder for this is not installed");
    return FALSE;
  }
  self->folder = g_dir_make_tmp ("juanzong-index-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "recording", NULL);
  recording_make (&self->of->recording, path);
  self->file = open (path, O_RDONLY | O_CLOEXEC);
  g_unlink (path);
  g_rmdir (self->folder);
  self->index = jz_index_build (self->file, NULL, &error);
  g_assert_no_error (error);
  /* Room for six pictures in each group: far fewer than there are. */
  self->step = jz_step_new (self->file, self->index, WIDTH * HEIGHT * 3 / 2 * 12, &error);
  g_assert_no_error (error);
  self->painter = jz_painter_new ();
  self->pixels = g_malloc (WIDTH * HEIGHT * 4);
  return TRUE;
}

static void
tear_down (Fixture *self)
{
  g_clear_pointer (&self->step, jz_step_free);
  g_clear_pointer (&self->index, jz_frame_index_unref);
  g_clear_pointer (&self->painter, jz_painter_free);
  g_free (self->pixels);
  g_free (self->folder);
  close (self->file);
}

static guint
read_number (Fixture *self, GstSample *sample)
{
  g_assert_true (jz_painter_draw (self->painter, sample, GST_VIDEO_ORIENTATION_IDENTITY, WIDTH,
                                  HEIGHT, self->pixels));
  return recording_read_number (self->pixels, WIDTH, HEIGHT, WIDTH * 4);
}

static void
check_index (Fixture *self)
{
  gint64 first = jz_frame_index_get_pts (self->index, 0);
  gsize n = jz_frame_index_get_length (self->index);

  /* mp4mux cuts off the last two pictures of this one when their times vary. */
  g_assert_cmpuint (n, <=, self->of->recording.n_frames);
  g_assert_cmpuint (n + 2, >=, self->of->recording.n_frames);
  g_assert_true (jz_frame_index_is_key (self->index, 0));
  g_assert_cmpint (jz_frame_index_is_variable_rate (self->index), ==, self->of->is_variable);
  for (guint i = 0; i < n; i++) {
    gint64 late =
      jz_frame_index_get_pts (self->index, i) - first - recording_get_pts (&self->of->recording, i);
    g_assert_cmpint (ABS (late), <=, 1000000);
  }
}

/* Forward and back over all pictures: each time the same one, by pixels, time and hash. */
static void
check_steps (Fixture *self)
{
  g_autoptr (GPtrArray) hashes =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_frame_hash_free);
  gsize n = jz_frame_index_get_length (self->index);
  JzDecoder *decoder = jz_step_get_decoder (self->step);
  gint64 at = -1;

  for (guint i = 0; i < n; i++) {
    g_autoptr (GstSample) sample = jz_step_after (self->step, at);
    g_assert_nonnull (sample);
    at = jz_sample_get_pts (sample);
    g_assert_cmpint (at, ==, jz_frame_index_get_pts (self->index, i));
    g_assert_cmpuint (read_number (self, sample), ==, i);
    g_ptr_array_add (hashes, jz_frame_hash_make (decoder, sample));
  }
  g_assert_null (jz_step_after (self->step, at));
  for (guint i = (guint)n - 1; i > 0; i--) {
    g_autoptr (GstSample) sample = jz_step_before (self->step, at);
    g_autoptr (JzFrameHash) hash = NULL;

    g_assert_nonnull (sample);
    at = jz_sample_get_pts (sample);
    g_assert_cmpuint (read_number (self, sample), ==, i - 1);
    hash = jz_frame_hash_make (decoder, sample);
    g_assert_true (jz_frame_hash_equal (hash, hashes->pdata[i - 1]));
    if (i % 5 == 0)
      jz_step_prefetch (self->step, at, NULL, NULL);
  }
  g_assert_null (jz_step_before (self->step, at));
  /* and forward again, from groups that are kept */
  for (guint i = 1; i < MIN (n, 40); i++) {
    g_autoptr (GstSample) sample = jz_step_after (self->step, at);
    at = jz_sample_get_pts (sample);
    g_assert_cmpuint (read_number (self, sample), ==, i);
  }
}

/* A time between two pictures is that of the one shown then. */
static void
check_places (Fixture *self)
{
  gsize n = jz_frame_index_get_length (self->index);
  gint64 last = jz_frame_index_get_pts (self->index, n - 1);

  for (guint i = 0; i < 30; i++) {
    gint64 at = (gint64)(g_test_rand_double () * (double)last);
    gint64 number = jz_frame_index_find (self->index, at);
    g_autoptr (GstSample) sample = jz_step_at (self->step, at);

    g_assert_nonnull (sample);
    g_assert_cmpint (jz_sample_get_pts (sample), ==,
                     jz_frame_index_get_pts (self->index, (gsize)number));
    g_assert_cmpuint (read_number (self, sample), ==, number);
  }
}

/* Long enough to fill the queues between file and sink. */
#define READS_AHEAD_US 20000

static void
check_next (Fixture *self, JzDecoder *decoder, gsize number)
{
  g_autoptr (GstSample) sample = jz_decoder_pull (decoder);

  g_assert_nonnull (sample);
  g_assert_cmpint (jz_sample_get_pts (sample), ==, jz_frame_index_get_pts (self->index, number));
  g_assert_cmpuint (read_number (self, sample), ==, number);
}

/* Wherever the file's reader stands, a seek goes to the key picture that is sought: there is one
 * place among these at which it has just come to that picture's own time. */
static void
check_seeks (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzDecoder) decoder = jz_decoder_new (self->file, &error);
  gint64 first = jz_frame_index_get_pts (self->index, 0);
  gsize n = jz_frame_index_get_length (self->index);
  gsize key = 1;

  g_assert_no_error (error);
  while (key < n && !jz_frame_index_is_key (self->index, key))
    key++;
  for (gsize n_before = 1; key < n && n_before <= key; n_before++) {
    g_assert_true (jz_decoder_seek (decoder, first));
    for (gsize i = 0; i < n_before; i++)
      check_next (self, decoder, i);
    g_usleep (READS_AHEAD_US);
    g_assert_true (jz_decoder_seek (decoder, jz_frame_index_get_pts (self->index, key)));
    check_next (self, decoder, key);
  }
}

static void
check_decoder (Fixture *self)
{
  g_autofree char *name = NULL;
  g_autofree char *version = NULL;

  jz_decoder_describe (jz_step_get_decoder (self->step), &name, &version);
  if (self->of->decoder != NULL)
    g_assert_cmpstr (name, ==, self->of->decoder);
  g_assert_cmpstr (name, !=, "");
  g_assert_cmpstr (version, !=, "");
  if (g_str_has_prefix (name, "avdec_"))
    g_assert_nonnull (strstr (version, " libavcodec "));
}

static void
test_case (gconstpointer data)
{
  Fixture self = { 0 };

  if (!set_up (&self, data))
    return;
  check_index (&self);
  check_steps (&self);
  check_places (&self);
  check_decoder (&self);
  check_seeks (&self);
  tear_down (&self);
}

static JzFrameIndex *
build (const char *bytes, gssize length, GError **error)
{
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("juanzong-index-XXXXXX", &path, NULL);
  JzFrameIndex *index = NULL;

  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  close (file);
  file = open (path, O_RDONLY | O_CLOEXEC);
  index = jz_index_build (file, NULL, error);
  close (file);
  g_unlink (path);
  return index;
}

static void
test_no_recording (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFrameIndex) index = build ("not a recording at all, but a text", -1, &error);

  g_assert_null (index);
  g_assert_true (error != NULL && error->domain == JZ_MEDIA_ERROR);
}

static void
test_cancelled (void)
{
  Fixture self = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  if (!set_up (&self, &cases[0]))
    return;
  g_cancellable_cancel (cancellable);
  g_assert_null (jz_index_build (self.file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tear_down (&self);
}

static void
test_numbers (void)
{
  /* times 0, 40, 80, 80 + 3 s … in ms; keys at the first and the last */
  const gint64 stamps[] = { 1, 80000000, 160000000, 6160000001 };
  g_autoptr (JzFrameIndex) index = jz_frame_index_new (stamps, G_N_ELEMENTS (stamps));
  g_autoptr (JzFrameIndex) empty = jz_frame_index_new (NULL, 0);
  g_autoptr (GArray) gaps = jz_frame_index_find_gaps (index, 1000000000);
  static const struct {
    gint64 pts;
    gint64 number;
  } places[] = { { -5, 0 },         { 0, 0 },          { 39999999, 0 },
                 { 40000000, 1 },   { 79999999, 1 },   { 80000000, 2 },
                 { 3079999999, 2 }, { 3080000000, 3 }, { G_MAXINT64, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpint (jz_frame_index_find (index, places[i].pts), ==, places[i].number);
  g_assert_cmpint (jz_frame_index_get_usual_duration (index), ==, 40000000);
  g_assert_true (jz_frame_index_is_key (index, 0));
  g_assert_false (jz_frame_index_is_key (index, 1));
  g_assert_true (jz_frame_index_is_key (index, 3));
  g_assert_cmpuint (gaps->len, ==, 1);
  g_assert_cmpint (g_array_index (gaps, JzFrameGap, 0).from, ==, 80000000);
  g_assert_cmpint (g_array_index (gaps, JzFrameGap, 0).to, ==, 3080000000);
  g_assert_cmpint (jz_frame_index_find (empty, 5), ==, -1);
  g_assert_cmpint (jz_frame_index_get_usual_duration (empty), ==, 0);
}

static void
test_hash_json (void)
{
  static const char *const wrong[] = {
    "{}",
    "[]",
    "7",
    "{\"decoder\":\"a\",\"decoder_version\":\"1\",\"format\":\"I420\",\"height\":2,\"number\":1,"
    "\"pts\":5,\"sha256\":\"00\",\"width\":2}",
    "{\"decoder\":\"a\",\"decoder_version\":\"1\",\"format\":\"I420\",\"height\":0,\"number\":1,"
    "\"pts\":5,\"sha256\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
    "\"width\":2}",
  };
  JzFrameHash hash = { .pts = 7,
                       .number = 3,
                       .decoder = (char *)"avdec_h264",
                       .decoder_version = (char *)"1.22",
                       .format = (char *)"I420",
                       .width = 640,
                       .height = 360 };
  g_autoptr (JzJson) json = NULL;
  g_autoptr (JzFrameHash) back = NULL;
  g_autoptr (JzFrameHash) copy = NULL;
  g_autoptr (GError) error = NULL;

  memset (hash.sha256, 'a', 64);
  json = jz_frame_hash_to_json (&hash);
  back = jz_frame_hash_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (jz_frame_hash_equal (&hash, back));
  g_assert_cmpint (back->number, ==, 3);
  copy = jz_frame_hash_copy (back);
  copy->sha256[0] = 'b';
  g_assert_false (jz_frame_hash_equal (copy, back));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (JzJson) odd = jz_json_parse (wrong[i], strlen (wrong[i]), NULL);
    g_autoptr (GError) refused = NULL;
    g_assert_null (jz_frame_hash_from_json (odd, &refused));
    g_assert_error (refused, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
  }
}

/* A picture of 2 × 3: what is left lying becomes upright. */
static void
test_turn (void)
{
  static const struct {
    GstVideoOrientationMethod turn;
    guint8 expected[6];
    guint width;
  } turns[] = {
    { GST_VIDEO_ORIENTATION_IDENTITY, { 1, 2, 3, 4, 5, 6 }, 2 },
    { GST_VIDEO_ORIENTATION_90R, { 5, 3, 1, 6, 4, 2 }, 3 },
    { GST_VIDEO_ORIENTATION_180, { 6, 5, 4, 3, 2, 1 }, 2 },
    { GST_VIDEO_ORIENTATION_90L, { 2, 4, 6, 1, 3, 5 }, 3 },
    { GST_VIDEO_ORIENTATION_HORIZ, { 2, 1, 4, 3, 6, 5 }, 2 },
    { GST_VIDEO_ORIENTATION_VERT, { 5, 6, 3, 4, 1, 2 }, 2 },
    { GST_VIDEO_ORIENTATION_UL_LR, { 1, 3, 5, 2, 4, 6 }, 3 },
    { GST_VIDEO_ORIENTATION_UR_LL, { 6, 4, 2, 5, 3, 1 }, 3 },
  };
  g_autoptr (GstCaps) caps = gst_caps_from_string (
    "video/x-raw,format=BGRA,width=2,height=3,framerate=25/1,pixel-aspect-ratio=1/1");
  g_autoptr (GstBuffer) buffer = gst_buffer_new_allocate (NULL, 24, NULL);
  g_autoptr (GstSample) sample = NULL;
  g_autoptr (JzPainter) painter = jz_painter_new ();

  for (guint i = 0; i < 6; i++) {
    guint8 pixel[] = { (guint8)(i + 1), 0, 0, 255 };
    gst_buffer_fill (buffer, i * 4, pixel, sizeof pixel);
  }
  sample = gst_sample_new (buffer, caps, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++) {
    guint8 pixels[24] = { 0 };
    guint width = 0;
    guint height = 0;

    g_assert_true (jz_painter_fit (caps, turns[i].turn, 100, 100, &width, &height));
    g_assert_cmpuint (width, ==, turns[i].width);
    g_assert_cmpuint (width * height, ==, 6);
    g_assert_true (jz_painter_draw (painter, sample, turns[i].turn, width, height, pixels));
    for (guint k = 0; k < 6; k++)
      g_assert_cmpuint (pixels[k * 4], ==, turns[i].expected[k]);
  }
}

static void
test_fit (void)
{
  static const struct {
    const char *caps;
    guint max[2];
    guint expected[2];
  } sizes[] = {
    { "width=1920,height=1080,pixel-aspect-ratio=1/1", { 960, 960 }, { 960, 540 } },
    { "width=1920,height=1080,pixel-aspect-ratio=1/1", { 4000, 4000 }, { 1920, 1080 } },
    { "width=720,height=576,pixel-aspect-ratio=16/15", { 4000, 4000 }, { 768, 576 } },
    { "width=16000,height=2,pixel-aspect-ratio=1/1", { 100, 100 }, { 100, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *text =
      g_strconcat ("video/x-raw,format=I420,framerate=25/1,", sizes[i].caps, NULL);
    g_autoptr (GstCaps) caps = gst_caps_from_string (text);
    guint width = 0;
    guint height = 0;

    g_assert_true (jz_painter_fit (caps, GST_VIDEO_ORIENTATION_IDENTITY, sizes[i].max[0],
                                   sizes[i].max[1], &width, &height));
    g_assert_cmpuint (width, ==, sizes[i].expected[0]);
    g_assert_cmpuint (height, ==, sizes[i].expected[1]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  jz_file_source_register ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/media/index/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/media/index/no-recording", test_no_recording);
  g_test_add_func ("/media/index/cancelled", test_cancelled);
  g_test_add_func ("/media/index/numbers", test_numbers);
  g_test_add_func ("/media/index/hash-json", test_hash_json);
  g_test_add_func ("/media/index/turn", test_turn);
  g_test_add_func ("/media/index/fit", test_fit);
  return g_test_run ();
}
