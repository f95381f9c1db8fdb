/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

static void
test_quark (void)
{
  g_assert_cmpstr (g_quark_to_string (JZ_BASE_ERROR), ==, "jz_base_error");
}

static void
test_excerpt (void)
{
  static const struct {
    const char *text;
    gssize length;
    const char *expected;
  } cases[] = {
    { "", -1, "" },
    { "2026-13-01", -1, "2026-13-01" },
    { "2026-13-01", 4, "2026" },
    { "张某", -1, "张某" },
    /* a control character, an escape sequence for a terminal, a line break */
    { "a\001b", -1, "a\357\277\275b" },
    { "\033[2Jx", -1, "\357\277\275[2Jx" },
    { "a\nb", -1, "a\357\277\275b" },
    /* half a character, and bytes that are none */
    { "\345\274", -1, "\357\277\275\357\277\275" },
    { "\377\376", 2, "\357\277\275\357\277\275" },
    /* 40 characters are shown whole, 41 are not */
    { "0123456789012345678901234567890123456789", -1, "0123456789012345678901234567890123456789" },
    { "01234567890123456789012345678901234567890", -1,
      "0123456789012345678901234567890123456789…" },
    { "某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某商贸有限公"
      "司",
      -1, "某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某…" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *excerpt = jz_error_dup_excerpt (cases[i].text, cases[i].length);
    g_assert_cmpstr (excerpt, ==, cases[i].expected);
  }
}

static void
test_printable (void)
{
  g_autofree char *none = jz_error_dup_printable ("张某", -1, 0);
  g_autofree char *one = jz_error_dup_printable ("张某", -1, 1);
  g_autofree char *two = jz_error_dup_printable ("张某", -1, 2);
  g_assert_cmpstr (none, ==, "…");
  g_assert_cmpstr (one, ==, "张…");
  g_assert_cmpstr (two, ==, "张某");
}

static void
test_random_bytes (void)
{
  for (int round = 0; round < 20000; round++) {
    char bytes[300];
    gssize length = g_test_rand_int_range (0, sizeof bytes);
    for (gssize i = 0; i < length; i++)
      bytes[i] = (char)g_test_rand_int_range (0, 256);
    g_autofree char *excerpt = jz_error_dup_excerpt (bytes, length);
    g_assert_true (g_utf8_validate (excerpt, -1, NULL));
    g_assert_cmpint (g_utf8_strlen (excerpt, -1), <=, 41);
    for (const char *p = excerpt; *p != '\0'; p = g_utf8_next_char (p))
      g_assert_true (g_utf8_get_char (p) == 0xfffd || g_unichar_isprint (g_utf8_get_char (p)));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/quark", test_quark);
  g_test_add_func ("/base/error/excerpt", test_excerpt);
  g_test_add_func ("/base/error/printable", test_printable);
  g_test_add_func ("/base/error/random-bytes", test_random_bytes);
  return g_test_run ();
}
