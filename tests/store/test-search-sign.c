/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/search_sign.h"

#include <string.h>

#include "base/half_width.h"

static void
test_signs (void)
{
  static const struct {
    const char *text;
    gunichar sign;
  } signs[] = {
    { "a", 'a' },
    { "Z", 'z' },
    { "7", '7' },
    { "罚", 0x7f5a },
    { "㐀", 0x3400 },
    { "𠮷", 0x20bb7 },
    { "𰻞", 0x30ede },
    { "々", 0x3005 },
    { "〇", 0x3007 },
    { "é", 0xe9 },
    { "É", 0xc9 },
    { "\xcc\x81", 0x301 }, /* combining acute */
    { "①", 0x2460 },
    { "℃", 0x2103 },
    { "カ", 0x30ab },
    { "\xee\x80\x81", 0xe001 }, /* private use */
    { "Ａ", 'a' },
    { "ｚ", 'z' },
    { "９", '9' },
    { " ", JZ_SEARCH_BREAK },
    { "\n", JZ_SEARCH_BREAK },
    { "\x7f", JZ_SEARCH_BREAK },
    { "　", JZ_SEARCH_BREAK },
    { "\xc2\xa0", JZ_SEARCH_BREAK },
    { ",", JZ_SEARCH_BREAK },
    { "，", JZ_SEARCH_BREAK },
    { "；", JZ_SEARCH_BREAK },
    { "、", JZ_SEARCH_BREAK },
    { "。", JZ_SEARCH_BREAK },
    { "\"", JZ_SEARCH_JOINT },
    { "“", JZ_SEARCH_JOINT },
    { "〔", JZ_SEARCH_JOINT },
    { "（", JZ_SEARCH_JOINT },
    { "·", JZ_SEARCH_JOINT },
    { "-", JZ_SEARCH_JOINT },
    { "—", JZ_SEARCH_JOINT },
    { "￥", JZ_SEARCH_JOINT },
    { "\xe2\x80\x8b", JZ_SEARCH_UNSEEN },     /* zero width space */
    { "\xef\xb8\x80", JZ_SEARCH_UNSEEN },     /* variation selector */
    { "\xf3\xa0\x84\x80", JZ_SEARCH_UNSEEN }, /* ideographic variation selector */
    { "\xef\xbb\xbf", JZ_SEARCH_UNSEEN },     /* byte order mark */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++) {
    const char *at = signs[i].text;
    const char *end = at + strlen (at);
    g_assert_cmphex (jz_search_sign_read (&at, end), ==, signs[i].sign);
    g_assert_true (at == end);
  }
}

/* Each byte by itself, and nothing behind the end is looked at. */
static void
test_bytes (void)
{
  static const struct {
    const char *text;
    int length;
    int n_read;
  } bytes[] = {
    { "\xff罚", 4, 1 },       { "\x80", 1, 1 },         { "\xe7\xbd", 2, 1 },
    { "\xc0\x80", 2, 1 },     { "\xed\xa0\x80", 3, 1 }, { "\xf4\x90\x80\x80", 4, 1 },
    { "\xe7\xbd\x9a", 2, 1 }, /* 罚 without its last byte */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bytes); i++) {
    g_autofree char *exact = g_memdup2 (bytes[i].text, (gsize)bytes[i].length);
    const char *at = exact;
    g_assert_cmphex (jz_search_sign_read (&at, exact + bytes[i].length), ==, JZ_SEARCH_JOINT);
    g_assert_cmpint (at - exact, ==, bytes[i].n_read);
  }
  {
    const char zero[] = { '\0', 'a' };
    const char *at = zero;
    g_assert_cmphex (jz_search_sign_read (&at, zero + 2), ==, JZ_SEARCH_BREAK);
    g_assert_cmpint (at - zero, ==, 1);
  }
}

/* Of every sign that there is: as the half width of the whole program has it. */
static void
test_is_half_width (void)
{
  for (gunichar sign = 1; sign <= 0x10ffff; sign++) {
    char text[8] = { 0 };
    g_autofree char *half = NULL;
    const char *at = text;
    const char *half_at;
    if (!g_unichar_validate (sign))
      continue;
    g_unichar_to_utf8 (sign, text);
    half = jz_half_width_dup (text);
    half_at = half;
    g_assert_cmphex (jz_search_sign_read (&at, text + strlen (text)), ==,
                     jz_search_sign_read (&half_at, half + strlen (half)));
    g_assert_true (*at == '\0');
  }
}

static void
test_kinds (void)
{
  g_assert_true (jz_search_sign_is_gap (JZ_SEARCH_BREAK));
  g_assert_true (jz_search_sign_is_gap (JZ_SEARCH_JOINT));
  g_assert_false (jz_search_sign_is_gap (JZ_SEARCH_UNSEEN));
  g_assert_false (jz_search_sign_is_gap ('a'));
  g_assert_true (jz_search_sign_is_word ('a'));
  g_assert_true (jz_search_sign_is_word ('0'));
  g_assert_false (jz_search_sign_is_word (0x7f5a));
  g_assert_false (jz_search_sign_is_word (0x161)); /* 'a' in its lowest byte */
  g_assert_false (jz_search_sign_is_word (JZ_SEARCH_UNSEEN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/search-sign/signs", test_signs);
  g_test_add_func ("/store/search-sign/bytes", test_bytes);
  g_test_add_func ("/store/search-sign/is-half-width", test_is_half_width);
  g_test_add_func ("/store/search-sign/kinds", test_kinds);
  return g_test_run ();
}
