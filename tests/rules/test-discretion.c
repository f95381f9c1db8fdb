/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/discretion.h"

#include <string.h>

#include "../base/test-calendar-data.h"

/* Ranges of fines in whole fen, from the vectors of rules.md 7.4. */

static const JzBandSteps steps = { 100, 300, 700 };

static int
find_word (const char *const *words, const char *word)
{
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  g_error ("%s is no word here", word);
}

static void
test_vectors (void)
{
  static const char *const kinds[] = { "amount", "multiple", "percent", "max-only",
                                       "choice", "unit",     NULL };
  static const char *const directions[] = {
    "mitigated", "light", "general", "heavy", "mixed", NULL
  };
  g_autoptr (GPtrArray) rows = test_load_table ("discretion-vectors.tsv");

  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);
    JzRange range = { .kind = (JzRangeKind)find_word (kinds, row[1]),
                      .least = g_ascii_strtoll (row[2], NULL, 10),
                      .most = g_ascii_strtoll (row[3], NULL, 10) };
    JzFineRange law = { 0 };
    JzFineRange band;
    g_assert_true (jz_range_get_fines (&range, g_ascii_strtoll (row[4], NULL, 10), &law));
    band = jz_fine_range_get_band (&law, range.kind != JZ_RANGE_MAX_ONLY,
                                   (JzDirection)find_word (directions, row[5]), &steps);
    if (band.least != g_ascii_strtoll (row[6], NULL, 10) ||
        band.most != g_ascii_strtoll (row[7], NULL, 10))
      g_error ("%s %s %s: %lld to %lld", row[0], row[1], row[5], (long long)band.least,
               (long long)band.most);
  }
}

static void
test_position (void)
{
  const JzFineRange law = { 500000, 10000000 };
  const JzFineRange point = { 100, 100 };
  const JzFineRange huge = { 0, G_MAXINT64 };

  g_assert_cmpint (jz_fine_range_get_position (&law, 3350000), ==, 300);
  g_assert_cmpint (jz_fine_range_get_position (&law, 3350001), ==, 300);
  g_assert_cmpint (jz_fine_range_get_position (&law, 500000), ==, 0);
  g_assert_cmpint (jz_fine_range_get_position (&law, 10000000), ==, 1000);
  g_assert_cmpint (jz_fine_range_get_position (&law, 499999), ==, -1);
  g_assert_cmpint (jz_fine_range_get_position (&law, 10000001), ==, -1);
  g_assert_cmpint (jz_fine_range_get_position (&point, 100), ==, 0);
  g_assert_cmpint (jz_fine_range_get_position (&huge, G_MAXINT64), ==, 0);
}

/* What cannot be counted is not guessed. */
static void
test_too_large (void)
{
  const JzRange multiple = { JZ_RANGE_MULTIPLE, NULL, 1000, 5000 };
  const JzRange unit = { JZ_RANGE_UNIT, NULL, 5000, 20000 };
  const JzRange choice = { JZ_RANGE_CHOICE, NULL, 0, 0 };
  JzFineRange fines = { 0 };

  g_assert_false (jz_range_get_fines (&multiple, G_MAXINT64, &fines));
  g_assert_false (jz_range_get_fines (&multiple, -1, &fines));
  g_assert_false (jz_range_get_fines (&unit, G_MAXINT64 / 10000, &fines));
  g_assert_false (jz_range_get_fines (&unit, -1, &fines));
  g_assert_false (jz_range_get_fines (&choice, 5, &fines));
}

/* Every fine of a range with a least lies in exactly one of three parts. */
static void
test_parts_cover_the_range (void)
{
  for (gint64 most = 0; most < 60; most++)
    for (gint64 fine = 0; fine <= most; fine++) {
      const JzFineRange law = { 0, most };
      int n_parts = 0;
      for (JzDirection part = JZ_DIRECTION_LIGHT; part <= JZ_DIRECTION_HEAVY; part++) {
        const JzFineRange band = jz_fine_range_get_band (&law, TRUE, part, &steps);
        n_parts += jz_fine_range_has (&band, fine);
      }
      g_assert_cmpint (n_parts, ==, most > 0 ? 1 : 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/discretion/vectors", test_vectors);
  g_test_add_func ("/rules/discretion/position", test_position);
  g_test_add_func ("/rules/discretion/too-large", test_too_large);
  g_test_add_func ("/rules/discretion/parts-cover-the-range", test_parts_cover_the_range);
  return g_test_run ();
}
