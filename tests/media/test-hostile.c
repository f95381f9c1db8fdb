/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "hostile-files.h"

/* Damaged and hostile files: each ends with a result or one sentence within its deadline, and what
 * opens files works after it. JZ_HOSTILE_SEED: other changes at random. */

/* Of every deadline: what never answers is given three seconds. */
#define PATIENCE 20
#define DEADLINE_MS 20000
/* A sound file is opened after so many of them. */
#define EVERY 10
#define LEAST_FILES 60

static MediaFixture fixture;

static void
assert_sentence (const HostileFile *file, const GError *error)
{
  g_assert_true (error->domain == JZ_MEDIA_ERROR);
  /* The helper never says what is not to be said of a file. */
  if (error->code == JZ_MEDIA_ERROR_PROTOCOL || error->code == JZ_MEDIA_ERROR_NO_HELPER)
    g_error ("%s: %s", file->path, error->message);
  if (error->code == JZ_MEDIA_ERROR_DEADLINE && !file->is_slow)
    g_test_message ("%s: %s", file->path, error->message);
  g_assert_cmpint (g_utf8_strlen (error->message, -1), >, 10);
  g_assert_null (strchr (error->message, '\n'));
}

static void
probe (const HostileFile *file, int handle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzProbe) result = jz_media_probe (fixture.media, handle, file->path, NULL, &error);
  g_autofree char *words = NULL;
  gint64 begun = g_get_monotonic_time ();

  if (result == NULL) {
    assert_sentence (file, error);
    return;
  }
  g_assert_cmpint (g_get_monotonic_time () - begun, <, DEADLINE_MS * 1000);
  g_assert_cmpuint (result->streams->len, <=, JZ_PROBE_MAX_STREAMS);
  words = jz_probe_dup_odd_sentences (result);
  if (file->odd != NULL && !jz_probe_is_odd (result, file->odd))
    g_error ("%s is not said to be %s: %s", file->path, file->odd, words);
}

static void
draw (const HostileFile *file, int handle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPixels) pixels = jz_media_thumbnail (fixture.media, handle, 0, 64, 64, NULL, &error);

  if (pixels == NULL) {
    assert_sentence (file, error);
    return;
  }
  g_assert_cmpuint (pixels->width, <=, 64);
  g_assert_cmpuint (pixels->height, <=, 64);
  g_assert_cmpuint (g_bytes_get_size (pixels->bytes), ==, (gsize)pixels->stride * pixels->height);
}

/* What only documents or only recordings have. */
static void
read_further (const HostileFile *file, int handle)
{
  g_autoptr (GError) error = NULL;

  if (g_str_has_suffix (file->path, ".pdf")) {
    g_autoptr (JzPageText) text = jz_media_page_text (fixture.media, handle, 0, NULL, &error);
    if (text == NULL)
      assert_sentence (file, error);
  } else if (g_str_has_suffix (file->path, ".wav") || g_str_has_suffix (file->path, ".mp3")) {
    g_autoptr (GArray) peaks = jz_media_peaks (fixture.media, handle, 100, NULL, &error);
    if (peaks == NULL)
      assert_sentence (file, error);
  }
}

static void
assert_alive (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "a.pdf");
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  g_autoptr (JzPixels) page = jz_media_page (fixture.media, handle, 0, 100, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->n_pages, ==, 3);
  close (handle);
}

static void
test_files (void)
{
  const char *wanted = g_getenv ("JZ_HOSTILE_SEED");
  guint32 seed = wanted != NULL ? (guint32)g_ascii_strtoull (wanted, NULL, 10) : 20260203;
  g_autoptr (GPtrArray) files = hostile_files_make (&fixture, seed);
  gint64 all = g_get_monotonic_time ();

  g_test_message ("seed %u, %u files", seed, files->len);
  g_assert_cmpuint (files->len, >=, LEAST_FILES);
  for (guint i = 0; i < files->len; i++) {
    const HostileFile *file = files->pdata[i];
    int handle = media_fixture_open (file->path);
    gint64 begun = g_get_monotonic_time ();
    gint64 took;

    probe (file, handle);
    draw (file, handle);
    read_further (file, handle);
    close (handle);
    took = (g_get_monotonic_time () - begun) / 1000;
    if (took > 1000)
      g_test_message ("%s: %d ms", file->path, (int)took);
    if (i % EVERY == 0)
      assert_alive ();
  }
  assert_alive ();
  g_test_message ("%u files in %d ms", files->len, (int)((g_get_monotonic_time () - all) / 1000));
}

int
main (int argc, char *argv[])
{
  int result;

  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  media_fixture_init (&fixture);
  jz_media_set_patience (fixture.media, PATIENCE);
  g_test_add_func ("/media/hostile/files", test_files);
  result = g_test_run ();
  media_fixture_clear (&fixture);
  return result;
}
