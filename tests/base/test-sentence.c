/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sentence.h"

static void
test_split (void)
{
  static const struct {
    const char *text;
    const char *expected; /* with | between */
  } cases[] = {
    { "", "" },
    { "　\n \n", "" },
    { "当事人占用道路。", "当事人占用道路。" },
    { "没有句号", "没有句号" },
    { "甲。乙；丙", "甲。|乙；|丙" },
    { "他说：“不知道。”之后离开。", "他说：“不知道。”|之后离开。" },
    { "真的吗？！是的!", "真的吗？！|是的!" },
    { "第一段\n　　第二段。\n", "第一段|第二段。" },
    { "。", "。" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GArray) sentences = jz_sentences_split (cases[i].text);
    g_autoptr (GString) joined = g_string_new (NULL);
    for (guint j = 0; j < sentences->len; j++) {
      g_autofree char *words =
        jz_sentence_dup (cases[i].text, &g_array_index (sentences, JzSentence, j));
      g_string_append_printf (joined, "%s%s", j > 0 ? "|" : "", words);
    }
    g_assert_cmpstr (joined->str, ==, cases[i].expected);
  }
}

static void
test_numbers (void)
{
  static const struct {
    guint number;
    const char *words;
  } cases[] = {
    { 0, "零" },         { 1, "一" },           { 10, "十" },         { 12, "十二" },
    { 20, "二十" },      { 45, "四十五" },      { 100, "一百" },      { 102, "一百零二" },
    { 110, "一百一十" }, { 999, "九百九十九" }, { 1001, "一千零一" }, { 1010, "一千零一十" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *end = NULL;
    g_autofree char *words = jz_chinese_number_dup (cases[i].number);
    g_assert_cmpstr (words, ==, cases[i].words);
    g_assert_cmpuint (jz_chinese_number_read (words, &end), ==, cases[i].number);
    g_assert_cmpstr (end, ==, "");
  }
}

/* Every number that an article can have comes back. */
static void
test_all_numbers (void)
{
  for (guint i = 1; i < 10000; i++) {
    const char *end = NULL;
    g_autofree char *words = jz_chinese_number_dup (i);
    g_assert_cmpuint (jz_chinese_number_read (words, &end), ==, i);
    g_assert_cmpstr (end, ==, "");
  }
}

static void
test_reading (void)
{
  static const struct {
    const char *text;
    guint number;
    const char *rest;
  } cases[] = {
    { "57", 57, "" },          { "57条", 57, "条" }, { "五十七条第二款", 57, "条第二款" },
    { "第五条", 0, "第五条" }, { "", 0, "" },        { "条", 0, "条" },
    { "123456", 1234, "56" },  { "12十", 12, "十" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *end = NULL;
    g_assert_cmpuint (jz_chinese_number_read (cases[i].text, &end), ==, cases[i].number);
    g_assert_cmpstr (end, ==, cases[i].rest);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/sentence/split", test_split);
  g_test_add_func ("/base/sentence/numbers", test_numbers);
  g_test_add_func ("/base/sentence/all-numbers", test_all_numbers);
  g_test_add_func ("/base/sentence/reading", test_reading);
  return g_test_run ();
}
