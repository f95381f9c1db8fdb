/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/half_width.h"

static void
test_table (void)
{
  static const struct {
    const char *text;
    const char *half_width;
  } cases[] = {
    { "", "" },
    { "abc 123", "abc 123" },
    { "０１９ＡＺａｚ", "019AZaz" },
    { "，．：；（）！～", ",.:;()!~" },
    { "\u3000", " " },
    { "〔２０２６〕第１号。、", "〔2026〕第1号。、" },
    { "\uff00\uff5f\uff61\uffe5", "\uff00\uff5f\uff61\uffe5" },
    { "\U0001f600张某", "\U0001f600张某" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *half_width = jz_half_width_dup (cases[i].text);
    g_autofree char *again = jz_half_width_dup (half_width);
    g_assert_cmpstr (half_width, ==, cases[i].half_width);
    g_assert_cmpstr (again, ==, half_width);
  }
}

static void
test_every_ascii_sign (void)
{
  for (gunichar sign = '!'; sign <= '~'; sign++) {
    g_autoptr (GString) full_width = g_string_new (NULL);
    g_autofree char *half_width = NULL;
    g_string_append_unichar (full_width, sign - '!' + 0xff01);
    half_width = jz_half_width_dup (full_width->str);
    g_assert_cmpint (half_width[0], ==, (char)sign);
    g_assert_cmpint (half_width[1], ==, '\0');
  }
}

static void
test_not_utf8 (void)
{
  g_assert_null (jz_half_width_dup ("\xff"));
  g_assert_null (jz_half_width_dup ("abc\xef\xbc"));
  g_assert_null (jz_half_width_dup ("\xed\xa0\x80"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/half-width/table", test_table);
  g_test_add_func ("/base/half-width/every-ascii-sign", test_every_ascii_sign);
  g_test_add_func ("/base/half-width/not-utf8", test_not_utf8);
  return g_test_run ();
}
