/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "hostile-files.h"
#include "main_loop.h"
#include "media/player-private.h"

/* Damaged and hostile files in the player: each is played and stepped through as far as it goes, or
 * ends with one sentence, and a good one plays after it. */

#define DEADLINE_SECONDS 3
/* a good file gets all the time that there is */
#define GOOD_DEADLINE_SECONDS 60
/* more than deadline, silence and a second start together */
#define PATIENCE_US (90 * G_USEC_PER_SEC)
#define LOOK_US (G_USEC_PER_SEC / 4)
#define EVERY 20

static MediaFixture fixture;
static JzPlayer *player;
static guint n_failures;
static guint n_notices;

static gboolean
is_settled (void)
{
  JzPlayerState state = jz_player_get_state (player);

  return state == JZ_PLAYER_STATE_FAILED ||
         (state != JZ_PLAYER_STATE_OPENING && player->busy_serial == 0 &&
          !player->is_seek_waiting && player->n_steps_waiting == 0 && !player->is_play_waiting);
}

static void
settle (const char *path, const char *what)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!is_settled ()) {
    if (g_get_monotonic_time () > end)
      g_error ("%s: no end of %s", path, what);
    main_loop_iterate (20);
  }
}

static void
look (gint64 us)
{
  gint64 end = g_get_monotonic_time () + us;

  while (g_get_monotonic_time () < end && jz_player_get_state (player) == JZ_PLAYER_STATE_PLAYING)
    main_loop_iterate (20);
}

static void
on_sentence (JzPlayer *self, const char *sentence, gpointer data)
{
  guint *n = data;

  (*n)++;
  g_assert_cmpint (g_utf8_strlen (sentence, -1), >, 10);
  g_assert_null (strchr (sentence, '\n'));
}

static void
on_frame (JzPlayer *self, JzFrame *frame, gpointer data)
{
  g_assert_cmpuint (g_bytes_get_size (frame->pixels), ==, frame->stride * frame->height);
}

static void
try (const char *path)
{
  n_failures = n_notices = 0;
  player->deadline = DEADLINE_SECONDS;
  jz_player_open (player, path);
  settle (path, "opening");
  if (jz_player_get_state (player) == JZ_PLAYER_STATE_FAILED) {
    g_assert_cmpuint (n_failures, ==, 1);
    return;
  }
  jz_player_play (player);
  look (LOOK_US);
  jz_player_pause (player);
  settle (path, "playing");
  jz_player_seek (player, jz_player_get_duration (player) / 2, TRUE);
  settle (path, "a seek");
  /* of what is never read through no picture is told: that is not waited for */
  jz_player_step (player, -1);
  look (LOOK_US);
  /* each end of a helper costs one sentence, and so does a file that breaks */
  g_assert_cmpuint (n_failures, <=, 1);
  g_assert_cmpuint (n_notices, <=, 5);
}

static void
assert_alive (void)
{
  g_autofree char *path = media_fixture_path (&fixture, "alive.mp4");

  player->deadline = GOOD_DEADLINE_SECONDS;
  jz_player_open (player, path);
  settle (path, "opening");
  g_assert_cmpint (jz_player_get_state (player), ==, JZ_PLAYER_STATE_PAUSED);
  jz_player_step (player, 1);
  settle (path, "a step");
  g_assert_cmpint (jz_player_get_position (player), >, 0);
}

static void
test_files (void)
{
  g_autoptr (GPtrArray) files = hostile_files_make (&fixture, 20260203);
  g_autofree char *alive = media_fixture_mp4 (&fixture, "alive.mp4", 1);
  guint n_played = 0;
  guint n_tried = 0;

  for (guint i = 0; i < files->len; i++) {
    const HostileFile *file = files->pdata[i];
    gint64 begin = g_get_monotonic_time ();

    if (g_str_has_suffix (file->path, ".pdf"))
      continue;
    try (file->path);
    n_tried++;
    n_played += jz_player_get_state (player) != JZ_PLAYER_STATE_FAILED;
    if (g_get_monotonic_time () - begin > 2 * G_USEC_PER_SEC)
      g_test_message ("%s: %d ms", file->path, (int)((g_get_monotonic_time () - begin) / 1000));
    if (i % EVERY == 0)
      assert_alive ();
  }
  assert_alive ();
  g_test_message ("%u files, %u play as far as they go", n_tried, n_played);
  g_assert_cmpuint (n_tried, >=, 40);
}

int
main (int argc, char *argv[])
{
  int result;

  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  media_fixture_init (&fixture);
  player = jz_player_new (fixture.media);
  g_signal_connect (player, "frame", G_CALLBACK (on_frame), NULL);
  g_signal_connect (player, "failed", G_CALLBACK (on_sentence), &n_failures);
  g_signal_connect (player, "notice", G_CALLBACK (on_sentence), &n_notices);
  g_test_add_func ("/media/player/hostile", test_files);
  result = g_test_run ();
  jz_player_close (player);
  g_clear_object (&player);
  media_fixture_clear (&fixture);
  return result;
}
