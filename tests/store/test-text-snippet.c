/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/text_snippet.h"

#include <string.h>

#include "search.h"

/* With brackets around the marks. */
static char *
cut (const char *text, gsize length, const char *typed)
{
  g_autoptr (JzSearchQuery) query = search_query (typed);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (JzSearchSpan));
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (JzSearchSpan));
  g_autofree char *snippet = NULL;
  GString *marked;

  jz_search_query_find (query, text, length, hits);
  snippet = jz_text_snippet_new (text, length, hits, marks);
  g_assert_true (g_utf8_validate (snippet, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (snippet, -1), <=, JZ_TEXT_SNIPPET_SIGNS + 2);
  marked = g_string_new (snippet);
  for (guint i = marks->len; i-- > 0;) {
    const JzSearchSpan *mark = &g_array_index (marks, JzSearchSpan, i);
    g_assert_cmpuint (mark->start, <, mark->end);
    g_string_insert_c (marked, (gssize)mark->end, ']');
    g_string_insert_c (marked, (gssize)mark->start, '[');
  }
  return g_string_free (marked, FALSE);
}

#define TEN "一二三四五六七八九十"

static void
test_cut (void)
{
  static const struct {
    const char *text;
    const char *typed;
    const char *marked;
  } rows[] = {
    { "", "罚", "" },
    { "对张某罚款。", "罚", "对张某[罚]款。" },
    { "没有", "罚", "没有" },
    { TEN TEN "罚款" TEN, "罚款", "…九十" TEN "[罚款]" TEN },
    { "款" TEN TEN "罚款" TEN, "罚款", "…九十" TEN "[罚款]" TEN },
    { TEN "一二罚", "罚", TEN "一二[罚]" },
    { TEN "一二三罚", "罚", "…二三四五六七八九十一二三[罚]" },
    { TEN TEN TEN TEN TEN, "乙", TEN TEN TEN TEN "一二三四五六七八…" },
    { "罚" TEN TEN TEN TEN "一二三四五六七罚", "罚", "[罚]" TEN TEN TEN TEN "一二三四五六七…" },
    { TEN TEN TEN TEN "一二三四五六七", "七",
      "一二三四五六[七]八九十一二三四五六[七]八九十一二三"
      "四五六[七]八九十一二三四五六[七]八九十一二三四五六[七]" },
    { "甲\n乙\t罚\r\n", "罚", "甲 乙 [罚]  " },
    { "甲\xff乙\xe7罚\xe7\xbd", "罚", "甲\xef\xbf\xbd乙\xef\xbf\xbd[罚]\xef\xbf\xbd\xef\xbf\xbd" },
    { "甲\xe2\x80\xa8乙", "乙", "甲 [乙]" },
    { "𠮷𠮷罚", "𠮷罚", "𠮷[𠮷罚]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *marked = cut (rows[i].text, strlen (rows[i].text), rows[i].typed);
    g_assert_cmpstr (marked, ==, rows[i].marked);
  }
}

/* A hit that is longer than a snippet ends with it. */
static void
test_long_hit (void)
{
  g_autofree char *marked = cut (TEN TEN TEN TEN TEN TEN TEN, strlen (TEN) * 7,
                                 "三四五六七八九十" TEN TEN TEN TEN TEN "一二三");

  g_assert_cmpstr (marked, ==, "一二[三四五六七八九十" TEN TEN TEN "一二三四五六七八]…");
}

/* Any bytes; the seed is printed above. */
static void
test_bytes (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_marked = 0;

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 5000; i++) {
    gsize length = (gsize)g_rand_int_range (rand, 1, 90);
    g_autofree char *text = g_malloc (length);
    g_autofree char *marked = NULL;
    for (gsize j = 0; j < length; j++)
      text[j] = (char)(g_rand_int_range (rand, 0, 4) > 0 ? g_rand_int_range (rand, 0x80, 0x100)
                                                         : g_rand_int_range (rand, 0, 0x80));
    marked = cut (text, length, "a");
    n_marked += strchr (marked, ']') != NULL;
  }
  g_assert_cmpuint (n_marked, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/text-snippet/cut", test_cut);
  g_test_add_func ("/store/text-snippet/long-hit", test_long_hit);
  g_test_add_func ("/store/text-snippet/bytes", test_bytes);
  return g_test_run ();
}
