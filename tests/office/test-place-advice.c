/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/place_advice.h"
#include "store/error.h"

#include "../store/folder.h"

static void
test_advice (void)
{
  static const struct {
    JzPlaceFacts facts;
    guint n_sentences;
    const char *word;
  } rows[] = {
    { { JZ_PLACE_ROOM, FALSE, FALSE }, 0, NULL },
    { { JZ_PLACE_ROOM - 1, FALSE, FALSE }, 1, "50 GB" },
    { { JZ_PLACE_ROOM, TRUE, FALSE }, 1, "pulled out" },
    { { JZ_PLACE_ROOM, FALSE, TRUE }, 1, "cameras" },
    { { 0, TRUE, TRUE }, 3, "pulled out" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
    jz_place_advise (&rows[i].facts, sentences);
    g_assert_cmpuint (sentences->len, ==, rows[i].n_sentences);
    if (rows[i].word != NULL)
      g_assert_nonnull (strstr (g_ptr_array_index (sentences, 0), rows[i].word));
  }
}

static void
test_look (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *deep = g_build_filename (folder, "a", "b", "c", NULL);
  g_autoptr (GError) error = NULL;
  JzPlaceFacts here = { 0 };
  JzPlaceFacts there = { 0 };

  g_assert_true (jz_place_get_facts (folder, &here, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (here.n_free, >, 0);
  g_assert_true (jz_place_get_facts (deep, &there, &error));
  g_assert_cmpint (here.is_removable, ==, there.is_removable);
  g_assert_false (here.is_weak);
}

static void
test_check_new (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *fresh = g_build_filename (folder, "卷宗", NULL);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_place_check_new (fresh, sentences, &error));
  g_assert_no_error (error);
  g_assert_false (jz_place_check_new (folder, sentences, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
}

static void
test_suggest (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *first = jz_place_suggest (folder, "卷宗");
  g_autofree char *expected = g_build_filename (folder, "卷宗", NULL);
  g_autofree char *second = NULL;

  g_assert_cmpstr (first, ==, expected);
  g_assert_cmpint (g_mkdir (first, 0700), ==, 0);
  second = jz_place_suggest (folder, "卷宗");
  g_assert_true (g_str_has_suffix (second, "/卷宗-2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/place-advice/advice", test_advice);
  g_test_add_func ("/office/place-advice/look", test_look);
  g_test_add_func ("/office/place-advice/check-new", test_check_new);
  g_test_add_func ("/office/place-advice/suggest", test_suggest);
  return g_test_run ();
}
