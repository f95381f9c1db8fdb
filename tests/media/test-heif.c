/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "heif-picture.h"

/* Photographs as telephones write them, in the real helper. */

#define WIDTH 320
#define HEIGHT 240
#define N_CHANGED 40
#define PATIENCE 20

static MediaFixture fixture;

static const HeifPicture plain = { heif_compression_HEVC,   WIDTH, HEIGHT,
                                   heif_orientation_normal, FALSE, FALSE };
/* The camera was held upright: it lies in the file, once in the words of HEIF and once in those of
 * the camera. */
static const HeifPicture turned = { heif_compression_HEVC,         WIDTH, HEIGHT,
                                    heif_orientation_rotate_90_cw, FALSE, TRUE };

static gboolean
is_skipped (const HeifPicture *picture)
{
  if (heif_picture_can_be_made (picture))
    return FALSE;
  g_test_skip ("libheif has no encoder here");
  return TRUE;
}

static JzProbe *
probe (const char *path)
{
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  JzProbe *result = jz_media_probe (fixture.media, handle, path, NULL, &error);

  g_assert_no_error (error);
  close (handle);
  return result;
}

static void
assert_colour (const JzPixels *pixels, guint x, guint y, guint32 colour)
{
  const guint8 *bytes = g_bytes_get_data (pixels->bytes, NULL);
  const guint8 *p = bytes + (gsize)y * pixels->stride + (gsize)x * 4;

  g_assert_cmpuint (x, <, pixels->width);
  g_assert_cmpuint (y, <, pixels->height);
  for (guint i = 0; i < 3; i++)
    if (ABS (p[i] - (int)(colour >> (8 * i) & 0xff)) > 40)
      g_error ("pixel %u,%u is %02x%02x%02x, not %06x", x, y, p[2], p[1], p[0], colour);
  g_assert_cmpuint (p[3], ==, 255);
}

/* Both ways in which a picture is shown: small in a list, and as large as there is room. */
static JzPixels *
draw (const char *path, gboolean is_small, guint side)
{
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  JzPixels *pixels = is_small
                       ? jz_media_thumbnail (fixture.media, handle, 0, side, side, NULL, &error)
                       : jz_media_picture (fixture.media, handle, side, side, NULL, &error);

  g_assert_no_error (error);
  close (handle);
  return pixels;
}

/* What the file says of itself, with no picture decoded: its size is that of the upright one, and
 * nobody is told to turn it a second time. */
static void
test_probe (void)
{
  g_autofree char *path = NULL;
  g_autoptr (JzProbe) result = NULL;
  g_autofree char *odd = NULL;
  const JzProbeStream *picture;

  if (is_skipped (&turned))
    return;
  path = heif_picture_make (&turned, &fixture, "turned.heic");
  result = probe (path);
  odd = jz_probe_dup_odd_sentences (result);
  picture = jz_probe_get_stream (result, "picture");
  g_assert_cmpstr (odd, ==, NULL);
  g_assert_cmpint (result->kind, ==, JZ_FILE_PHOTO);
  g_assert_cmpstr (result->container, ==, "image/heif");
  g_assert_cmpint (result->duration_ms, ==, -1);
  g_assert_cmpstr (result->made_at, ==, "2026-02-03T09:12:05");
  g_assert_cmpstr (result->maker, ==, "Moumou");
  g_assert_cmpstr (result->model, ==, "SJ-02");
  g_assert_cmpstr (result->place, ==, "31.230400,121.473700");
  g_assert_cmpuint (result->orientation, ==, 0);
  g_assert_false (result->mirrored);
  g_assert_nonnull (picture);
  g_assert_true (picture->is_decodable);
  g_assert_cmpuint (picture->width, ==, HEIGHT);
  g_assert_cmpuint (picture->height, ==, WIDTH);
}

static void
test_plain (void)
{
  g_autofree char *path = NULL;
  g_autoptr (JzPixels) small = NULL;
  g_autoptr (JzPixels) whole = NULL;

  if (is_skipped (&plain))
    return;
  path = heif_picture_make (&plain, &fixture, "plain.heic");
  small = draw (path, TRUE, 160);
  g_assert_cmpuint (small->width, ==, 160);
  g_assert_cmpuint (small->height, ==, 120);
  assert_colour (small, 10, 60, 0xff0000);
  assert_colour (small, 150, 60, 0x0000ff);
  whole = draw (path, FALSE, 4096);
  g_assert_cmpuint (whole->width, ==, WIDTH);
  g_assert_cmpuint (whole->height, ==, HEIGHT);
  assert_colour (whole, 10, 10, 0xff0000);
  assert_colour (whole, 310, 230, 0x0000ff);
}

/* Clockwise: what was on the left is at the top. */
static void
test_turned (void)
{
  g_autofree char *path = NULL;
  g_autoptr (JzPixels) small = NULL;

  if (is_skipped (&turned))
    return;
  path = heif_picture_make (&turned, &fixture, "upright.heic");
  small = draw (path, TRUE, 160);
  g_assert_cmpuint (small->width, ==, 120);
  g_assert_cmpuint (small->height, ==, 160);
  assert_colour (small, 60, 10, 0xff0000);
  assert_colour (small, 60, 150, 0x0000ff);
}

/* What lets through shows paper. */
static void
test_glass (void)
{
  static const HeifPicture glass = { heif_compression_HEVC,   64,   64,
                                     heif_orientation_normal, TRUE, FALSE };
  g_autofree char *path = NULL;
  g_autoptr (JzPixels) paper = NULL;

  if (is_skipped (&glass))
    return;
  path = heif_picture_make (&glass, &fixture, "glass.heic");
  paper = draw (path, FALSE, 4096);
  assert_colour (paper, 10, 10, 0xffffff);
}

static void
test_avif (void)
{
  static const HeifPicture avif = { heif_compression_AV1,    64,    64,
                                    heif_orientation_normal, FALSE, FALSE };
  g_autofree char *path = NULL;
  g_autoptr (JzProbe) result = NULL;
  g_autoptr (JzPixels) small = NULL;

  if (is_skipped (&avif))
    return;
  path = heif_picture_make (&avif, &fixture, "a.avif");
  result = probe (path);
  g_assert_cmpint (result->kind, ==, JZ_FILE_PHOTO);
  g_assert_cmpstr (result->container, ==, "image/avif");
  g_assert_cmpuint (result->odd->len, ==, 0);
  small = draw (path, TRUE, 32);
  assert_colour (small, 4, 16, 0xff0000);
  assert_colour (small, 28, 16, 0x0000ff);
}

/* Its name says JPEG, as when a telephone's picture was renamed to be sent. */
static void
test_wrong_ending (void)
{
  g_autofree char *path = NULL;
  g_autoptr (JzProbe) result = NULL;

  if (is_skipped (&plain))
    return;
  path = heif_picture_make (&plain, &fixture, "renamed.jpg");
  result = probe (path);
  g_assert_cmpint (result->kind, ==, JZ_FILE_PHOTO);
  g_assert_true (jz_probe_is_odd (result, "wrong-ending"));
}

static void
put_big (guint8 *at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8)(value >> (8 * (3 - i)));
}

/* The picture's size, as its box says it: of one that would not fit into any memory. */
static void
test_large (void)
{
  g_autofree char *path = NULL;
  g_autofree char *large = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (JzProbe) result = NULL;
  g_autoptr (JzPixels) pixels = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  guint8 *box;
  int handle;

  if (is_skipped (&plain))
    return;
  path = heif_picture_make (&plain, &fixture, "sized.heic");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  box = memmem (bytes, size, "ispe", 4);
  g_assert_nonnull (box);
  put_big (box + 8, 30000);
  put_big (box + 12, 30000);
  large = media_fixture_write (&fixture, "large.heic", bytes, size);
  result = probe (large);
  g_assert_true (jz_probe_is_odd (result, "large"));
  handle = media_fixture_open (large);
  pixels = jz_media_thumbnail (fixture.media, handle, 0, 64, 64, NULL, &error);
  g_assert_null (pixels);
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_TOO_LARGE);
  close (handle);
}

static void
open_changed (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;
  int handle = media_fixture_open (path);
  g_autoptr (JzProbe) result = jz_media_probe (fixture.media, handle, path, NULL, &error);
  g_autoptr (JzPixels) pixels =
    jz_media_thumbnail (fixture.media, handle, 0, 64, 64, NULL, &second);

  close (handle);
  g_assert_true (result != NULL || error->domain == JZ_MEDIA_ERROR);
  if (pixels != NULL) {
    g_assert_cmpuint (pixels->width, <=, 64);
    g_assert_cmpuint (pixels->height, <=, 64);
    return;
  }
  g_assert_true (second->domain == JZ_MEDIA_ERROR);
  g_assert_cmpint (second->code, !=, JZ_MEDIA_ERROR_PROTOCOL);
  g_assert_null (strchr (second->message, '\n'));
}

/* Boxes and picture with bits changed, or cut: a result or one sentence, and the helper works
 * afterwards. JZ_HOSTILE_SEED: other changes. */
static void
test_changed (void)
{
  const char *wanted = g_getenv ("JZ_HOSTILE_SEED");
  guint32 seed = wanted != NULL ? (guint32)g_ascii_strtoull (wanted, NULL, 10) : 20260203;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (JzPixels) last = NULL;
  gsize size = 0;

  if (is_skipped (&turned))
    return;
  g_test_message ("seed %u", seed);
  path = heif_picture_make (&turned, &fixture, "sound.heic");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (guint i = 0; i < N_CHANGED; i++) {
    g_autofree char *name = g_strdup_printf ("changed-%u.heic", i);
    g_autofree guint8 *changed = g_memdup2 (bytes, size);
    g_autofree char *file = NULL;
    gsize length = i % 8 == 7 ? size * i / N_CHANGED : size;
    /* Of the boxes, which stand in front, more than of the picture. */
    gsize within = i % 4 == 3 ? size : MIN (size, 700);

    for (guint k = 0; k < 1 + i / 4; k++)
      changed[g_rand_int_range (random, 12, (gint32)within)] ^=
        (guint8)(1 << g_rand_int_range (random, 0, 8));
    file = media_fixture_write (&fixture, name, changed, length);
    open_changed (file);
  }
  last = draw (path, TRUE, 64);
  g_assert_nonnull (last);
}

int
main (int argc, char *argv[])
{
  int result;

  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  media_fixture_init (&fixture);
  jz_media_set_patience (fixture.media, PATIENCE);
  g_test_add_func ("/media/heif/probe", test_probe);
  g_test_add_func ("/media/heif/plain", test_plain);
  g_test_add_func ("/media/heif/turned", test_turned);
  g_test_add_func ("/media/heif/glass", test_glass);
  g_test_add_func ("/media/heif/avif", test_avif);
  g_test_add_func ("/media/heif/wrong-ending", test_wrong_ending);
  g_test_add_func ("/media/heif/large", test_large);
  g_test_add_func ("/media/heif/changed", test_changed);
  result = g_test_run ();
  media_fixture_clear (&fixture);
  return result;
}
