/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "media-fixture.h"

/* A helper that hangs, stops, crashes, fills memory or answers garbage: one sentence each time, and
 * the next file is opened as if nothing had happened. JZ_HELPER_ROUNDS: how many of them. */

#define ROUNDS 20
/* Of every deadline, for those that hang; the others get all of it, on a busy machine too. */
#define PATIENCE 8
#define USUAL 100

static const struct {
  const char *order;
  JzMediaError code;
} cases[] = {
  { "crash", JZ_MEDIA_ERROR_DIED },
  { "hang", JZ_MEDIA_ERROR_DEADLINE },
  { "garbage", JZ_MEDIA_ERROR_PROTOCOL },
  { "memory", JZ_MEDIA_ERROR_TOO_LARGE },
  { "end", JZ_MEDIA_ERROR_DIED },
  { "stop", JZ_MEDIA_ERROR_DEADLINE },
  { "giant", JZ_MEDIA_ERROR_PROTOCOL },
  { "handles", JZ_MEDIA_ERROR_DEADLINE },
  { "unasked", JZ_MEDIA_ERROR_PROTOCOL },
  { "other-type", JZ_MEDIA_ERROR_PROTOCOL },
  { "odd-failure", JZ_MEDIA_ERROR_PROTOCOL },
  { "too-much", JZ_MEDIA_ERROR_PROTOCOL },
  { "no-json", JZ_MEDIA_ERROR_PROTOCOL },
  { "odd-json", JZ_MEDIA_ERROR_PROTOCOL },
  { "shrink", JZ_MEDIA_ERROR_PROTOCOL },
  { "close", JZ_MEDIA_ERROR_DIED },
};

static MediaFixture fixture;

static JzProbe *
give_order (const char *order, GError **error)
{
  g_autofree char *path = media_fixture_write (&fixture, "order", order, strlen (order));
  int handle = media_fixture_open (path);
  JzProbe *probe = jz_media_probe (fixture.media, handle, NULL, NULL, error);

  close (handle);
  return probe;
}

static void
assert_well (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzProbe) probe = give_order ("well\n", &error);

  g_assert_no_error (error);
  g_assert_cmpint (probe->kind, ==, JZ_FILE_OTHER);
}

static void
test_probe (void)
{
  const char *wanted = g_getenv ("JZ_HELPER_ROUNDS");
  guint rounds = wanted != NULL ? (guint)g_ascii_strtoull (wanted, NULL, 10) : ROUNDS;

  assert_well ();
  for (guint i = 0; i < rounds; i++) {
    const char *name = cases[i % G_N_ELEMENTS (cases)].order;
    g_autofree char *order = g_strconcat (name, "\n", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzProbe) probe = NULL;
    gint64 begun = g_get_monotonic_time ();

#if defined(__SANITIZE_ADDRESS__)
    /* Its memory is not bounded there. */
    if (strcmp (name, "memory") == 0)
      continue;
#endif
    if (cases[i % G_N_ELEMENTS (cases)].code == JZ_MEDIA_ERROR_DEADLINE)
      jz_media_set_patience (fixture.media, PATIENCE);
    probe = give_order (order, &error);
    jz_media_set_patience (fixture.media, USUAL);
    g_test_message ("%s: %d ms: %s", name, (int)((g_get_monotonic_time () - begun) / 1000),
                    error != NULL ? error->message : "no error");
    g_assert_null (probe);
    g_assert_error (error, JZ_MEDIA_ERROR, (int)cases[i % G_N_ELEMENTS (cases)].code);
    g_assert_cmpint (g_utf8_strlen (error->message, -1), >, 10);
    assert_well ();
  }
}

/* Pictures and texts are believed no more than words. */
static void
test_pixels (void)
{
  g_autofree char *path = media_fixture_write (&fixture, "order", "too-much\n", 9);
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);

  g_assert_null (jz_media_thumbnail (fixture.media, handle, 0, 100, 100, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (jz_media_page (fixture.media, handle, 0, 100, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (jz_media_page_text (fixture.media, handle, 0, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (jz_media_peaks (fixture.media, handle, 100, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL);
  close (handle);
}

static gpointer
cancel_in_thread (gpointer data)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

/* Whoever gives up does not wait for what hangs. */
static void
test_cancel (void)
{
  g_autofree char *path = media_fixture_write (&fixture, "order", "hang\n", 5);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);
  GThread *thread = g_thread_new (NULL, cancel_in_thread, cancellable);

  g_assert_null (jz_media_probe (fixture.media, handle, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  close (handle);
  assert_well ();
}

/* The helper of a file that was looked at before is gone meanwhile: nobody notices. */
static void
test_retry (void)
{
  g_autofree char *path = media_fixture_write (&fixture, "kept", "well\n", 5);
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);

  for (guint i = 0; i < 3; i++) {
    g_autoptr (JzProbe) probe = jz_media_probe (fixture.media, handle, NULL, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (probe);
    jz_media_end_helpers (fixture.media);
  }
  close (handle);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("JUANZONG_MEDIA"));
  media_fixture_init (&fixture);
  g_test_add_func ("/media/misbehaving/probe", test_probe);
  g_test_add_func ("/media/misbehaving/pixels", test_pixels);
  g_test_add_func ("/media/misbehaving/cancel", test_cancel);
  g_test_add_func ("/media/misbehaving/retry", test_retry);
  result = g_test_run ();
  media_fixture_clear (&fixture);
  return result;
}
