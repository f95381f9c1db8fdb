/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/seen.h"
#include "office/recordings.h"

static char *
tell (const JzSeen *seen, guint max)
{
  g_autoptr (JzJson) json = jz_seen_to_json (seen, max);
  return jz_json_to_canonical (json, NULL);
}

static void
test_merge (void)
{
  static const struct {
    gint64 added[8];
    guint n;
    const char *told;
  } rows[] = {
    { { 0 }, 0, "[]" },
    { { 5, 5 }, 1, "[\"5-5\"]" },
    { { 0, 10, 20, 30 }, 2, "[\"0-10\",\"20-30\"]" },
    { { 20, 30, 0, 10 }, 2, "[\"0-10\",\"20-30\"]" },
    { { 0, 10, 12, 30 }, 2, "[\"0-30\"]" },
    { { 0, 10, 13, 30 }, 2, "[\"0-10\",\"13-30\"]" },
    { { 0, 10, 20, 30, 5, 25 }, 3, "[\"0-30\"]" },
    { { 0, 10, 20, 30, 40, 50, 1, 2 }, 4, "[\"0-10\",\"20-30\",\"40-50\"]" },
    { { 4, 6, 4, 6, 3, 9, 0, 1 }, 4, "[\"0-9\"]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzSeen) seen = jz_seen_new (2);
    g_autofree char *told = NULL;
    for (guint j = 0; j < rows[i].n; j++)
      jz_seen_add (seen, rows[i].added[2 * j], rows[i].added[2 * j + 1]);
    told = tell (seen, 100);
    g_assert_cmpstr (told, ==, rows[i].told);
    g_assert_true (jz_seen_is_empty (seen) == (rows[i].n == 0));
  }
}

/* Where there is no room for all, nothing that was seen is left out. */
static void
test_few (void)
{
  g_autoptr (JzSeen) seen = jz_seen_new (0);
  g_autofree char *three = NULL;
  g_autofree char *one = NULL;

  jz_seen_add (seen, 0, 10);
  jz_seen_add (seen, 100, 110);
  jz_seen_add (seen, 13, 20);
  jz_seen_add (seen, 300, 400);
  three = tell (seen, 3);
  one = tell (seen, 1);
  g_assert_cmpstr (three, ==, "[\"0-20\",\"100-110\",\"300-400\"]");
  g_assert_cmpstr (one, ==, "[\"0-400\"]");
  jz_seen_clear (seen);
  g_assert_true (jz_seen_is_empty (seen));
}

/* Against a plain array of moments, in any order. */
static void
test_random (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 200; round++) {
    g_autoptr (JzSeen) seen = jz_seen_new (1);
    gboolean plain[64] = { FALSE };
    gboolean told[64] = { FALSE };
    g_autoptr (JzJson) json = NULL;
    for (guint i = 0; i < 12; i++) {
      gint64 from = g_rand_int_range (rand, 0, 60);
      gint64 until = from + g_rand_int_range (rand, 0, 4);
      jz_seen_add (seen, from, until);
      for (gint64 at = from; at <= until; at++)
        plain[at] = TRUE;
    }
    json = jz_seen_to_json (seen, 500);
    for (guint i = 0; i < jz_json_get_n_items (json); i++) {
      gint64 from = 0;
      gint64 until = 0;
      g_assert_true (
        jz_recording_parse_range (jz_json_get_text (jz_json_get_item (json, i)), &from, &until));
      for (gint64 at = from; at <= until; at++)
        told[at] = TRUE;
    }
    g_assert_cmpmem (plain, sizeof plain, told, sizeof told);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/seen/merge", test_merge);
  g_test_add_func ("/media/seen/few", test_few);
  g_test_add_func ("/media/seen/random", test_random);
  return g_test_run ();
}
