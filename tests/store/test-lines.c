/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include "store/lines-private.h"

static JzLines
lines_of (const char *text)
{
  return (JzLines){ text, text + strlen (text) };
}

static void
test_take (void)
{
  JzLines lines = lines_of ("name one\n\nname \nrest");
  g_autofree char *one = jz_lines_take (&lines, "name ");
  g_autofree char *none = jz_lines_take (&lines, "name ");
  g_autofree char *empty = jz_lines_take (&lines, "");
  g_autofree char *nothing = jz_lines_take (&lines, "name ");
  g_autofree char *unended = jz_lines_take (&lines, "");

  g_assert_cmpstr (one, ==, "one");
  g_assert_null (none);
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_null (unended);
  g_assert_cmpstr (lines.at, ==, "rest");
}

static void
test_take_nul (void)
{
  static const char text[] = "a\0b\nc\n";
  JzLines lines = { text, text + sizeof text - 1 };
  JzLines nothing = { NULL, NULL };

  g_assert_null (jz_lines_take (&lines, "a"));
  g_assert_null (jz_lines_take (&nothing, ""));
  g_assert_true (lines.at == text);
}

static void
test_exactly (void)
{
  JzLines lines = lines_of ("one\ntwo\n");

  g_assert_false (jz_lines_take_exactly (&lines, "on"));
  g_assert_false (jz_lines_take_exactly (&lines, "one\ntwo"));
  g_assert_true (jz_lines_take_exactly (&lines, "one"));
  g_assert_false (jz_lines_take_exactly (&lines, ""));
  g_assert_true (jz_lines_take_exactly (&lines, "two"));
  g_assert_false (jz_lines_take_exactly (&lines, ""));
}

static void
test_number (void)
{
  static const struct {
    const char *text;
    gboolean is_good;
    guint64 number;
  } cases[] = {
    { "n 0\n", TRUE, 0 },
    { "n 7\n", TRUE, 7 },
    { "n 10\n", TRUE, 10 },
    { "n 9223372036854775807\n", TRUE, G_MAXINT64 },
    { "n 9223372036854775808\n", FALSE, 0 },
    { "n 18446744073709551616\n", FALSE, 0 },
    { "n 99999999999999999999999999999999\n", FALSE, 0 },
    { "n 00\n", FALSE, 0 },
    { "n 07\n", FALSE, 0 },
    { "n +7\n", FALSE, 0 },
    { "n -7\n", FALSE, 0 },
    { "n -0\n", FALSE, 0 },
    { "n  7\n", FALSE, 0 },
    { "n 7 \n", FALSE, 0 },
    { "n 7\r\n", FALSE, 0 },
    { "n 0x7\n", FALSE, 0 },
    { "n 1e3\n", FALSE, 0 },
    { "n ７\n", FALSE, 0 },
    { "n \n", FALSE, 0 },
    { "n 7", FALSE, 0 },
    { "m 7\n", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzLines lines = lines_of (cases[i].text);
    guint64 number = 99;
    g_assert_cmpint (jz_lines_take_number (&lines, "n ", &number), ==, cases[i].is_good);
    g_assert_cmpuint (number, ==, cases[i].is_good ? cases[i].number : 99);
    g_assert_true (lines.at == (cases[i].is_good ? lines.end : cases[i].text));
  }
}

static void
test_hash (void)
{
  JzLines lines = lines_of ("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
                            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n");
  const char *second;
  JzHash expected;
  JzHash hash;

  jz_hash_of (NULL, 0, &expected);
  g_assert_false (jz_lines_take_hash (&lines, "root ", &hash));
  g_assert_true (jz_lines_take_hash (&lines, "", &hash));
  g_assert_true (jz_hash_equal (&hash, &expected));
  second = lines.at;
  g_assert_false (jz_lines_take_hash (&lines, "", &hash));
  g_assert_true (lines.at == second);
}

static void
test_base64 (void)
{
  static const struct {
    const char *text;
    const char *decoded;
  } cases[] = {
    { "IQ==\n", "!" },      { "ISE=\n", "!!" },  { "ISEh\n", "!!!" },  { "IR==\n", NULL },
    { "ISF=\n", NULL },     { "IQ=\n", NULL },   { "IQ\n", NULL },     { "\n", NULL },
    { "IQ== \n", NULL },    { " IQ==\n", NULL }, { "I Q==\n", NULL },  { "====\n", NULL },
    { "IQ==IQ==\n", NULL }, { "IQ==", NULL },    { "I\tQ==\n", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzLines lines = lines_of (cases[i].text);
    g_autoptr (GBytes) bytes = jz_lines_take_base64 (&lines, "");
    if (cases[i].decoded != NULL) {
      g_autoptr (GBytes) expected = bytes_from_text (cases[i].decoded);
      g_assert_true (g_bytes_equal (bytes, expected));
      g_assert_true (lines.at == lines.end);
    } else {
      g_assert_null (bytes);
      g_assert_true (lines.at == cases[i].text);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/lines/take", test_take);
  g_test_add_func ("/store/lines/take-nul", test_take_nul);
  g_test_add_func ("/store/lines/exactly", test_exactly);
  g_test_add_func ("/store/lines/number", test_number);
  g_test_add_func ("/store/lines/hash", test_hash);
  g_test_add_func ("/store/lines/base64", test_base64);
  return g_test_run ();
}
