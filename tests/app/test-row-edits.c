/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_edits.h"

/* Ids as letters, so that a case reads as what happens. */
static GArray *
ids_of (const char *letters)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (; *letters != '\0'; letters++) {
    gint64 id = *letters;
    g_array_append_val (ids, id);
  }
  return ids;
}

static void
replay (GArray *list, const GArray *edits, const GArray *target)
{
  for (guint i = 0; i < edits->len; i++) {
    const JzRowEdit *edit = &g_array_index (edits, JzRowEdit, i);
    if (edit->n_removed > 0)
      g_array_remove_range (list, edit->position, edit->n_removed);
    if (edit->n_added > 0)
      g_array_insert_vals (list, edit->position, &g_array_index (target, gint64, edit->position),
                           edit->n_added);
  }
}

static void
assert_same (const GArray *a, const GArray *b)
{
  g_assert_cmpmem (a->data, a->len * sizeof (gint64), b->data, b->len * sizeof (gint64));
}

static char *
describe (const GArray *edits)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < edits->len; i++) {
    const JzRowEdit *edit = &g_array_index (edits, JzRowEdit, i);
    g_string_append_printf (text, "%s%u-%u+%u", i > 0 ? " " : "", edit->position, edit->n_removed,
                            edit->n_added);
  }
  return g_string_free (text, FALSE);
}

static void
test_cases (void)
{
  static const struct {
    const char *before;
    const char *after;
    const char *edits;
  } cases[] = {
    { "", "", "" },
    { "abc", "abc", "" },
    { "", "abc", "0-0+3" },
    { "abc", "", "0-3+0" },
    { "abc", "xabc", "0-0+1" },
    { "abc", "abcx", "3-0+1" },
    { "abc", "ac", "1-1+0" },
    { "abc", "axc", "1-1+1" },
    /* a row moves to the back, to the front, and by one place */
    { "abcdefgh", "acdefgbh", "1-1+0 6-0+1" },
    { "abcdefgh", "agbcdefh", "1-0+1 7-1+0" },
    { "ab", "ba", "0-1+0 1-0+1" },
    /* several side by side, and several apart */
    { "abcdefgh", "xyzabcdefgh", "0-0+3" },
    { "abcdefgh", "acdxefh", "1-1+0 3-0+1 6-1+0" },
    { "abcdefgh", "zyxwvuts", "0-8+8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GArray) before = ids_of (cases[i].before);
    g_autoptr (GArray) after = ids_of (cases[i].after);
    g_autoptr (GArray) edits = jz_row_edits_compute (before, after);
    g_autofree char *text = describe (edits);
    g_assert_cmpstr (text, ==, cases[i].edits);
    replay (before, edits, after);
    assert_same (before, after);
  }
}

/* One row of many moves far: two changes of one row, not one of all between. */
static void
test_far (void)
{
  g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) edits = NULL;
  gint64 moved = 190000;

  for (gint64 i = 0; i < 200000; i++)
    g_array_append_val (before, i);
  after = g_array_copy (before);
  g_array_remove_index (after, (guint)moved);
  g_array_insert_val (after, 10, moved);
  edits = jz_row_edits_compute (before, after);
  g_autofree char *text = describe (edits);
  g_assert_cmpstr (text, ==, "10-0+1 190001-1+0");
}

static void
shuffle_some (GRand *rand, GArray *list)
{
  int n = g_rand_int_range (rand, 0, 12);

  for (int i = 0; i < n; i++) {
    guint from = (guint)g_rand_int_range (rand, 0, (int)list->len);
    guint to = (guint)g_rand_int_range (rand, 0, (int)list->len);
    gint64 id = g_array_index (list, gint64, from);
    gint64 other = 1000 + g_rand_int_range (rand, 0, 1000000);
    g_array_remove_index (list, from);
    id = g_rand_boolean (rand) ? id : other;
    g_array_insert_val (list, to, id);
  }
}

static void
test_property (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 500; round++) {
    g_autoptr (GArray) before = g_array_new (FALSE, FALSE, sizeof (gint64));
    g_autoptr (GArray) after = NULL;
    g_autoptr (GArray) edits = NULL;
    gint64 n = g_rand_int_range (rand, 1, 200);
    for (gint64 i = 0; i < n; i++)
      g_array_append_val (before, i);
    after = g_array_copy (before);
    shuffle_some (rand, after);
    edits = jz_row_edits_compute (before, after);
    g_assert_cmpuint (edits->len, <=, JZ_ROW_MAX_EDITS + 1);
    replay (before, edits, after);
    assert_same (before, after);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/row-edits/cases", test_cases);
  g_test_add_func ("/app/row-edits/far", test_far);
  g_test_add_func ("/app/row-edits/property", test_property);
  return g_test_run ();
}
