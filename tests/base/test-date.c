/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <string.h>

#include "base/error.h"

static void
assert_date (JzDate date, const char *expected)
{
  char text[JZ_DATE_SIZE];
  jz_date_format (date, text);
  g_assert_cmpstr (text, ==, expected);
}

static JzDate
make_date (const char *text)
{
  JzDate date;
  g_autoptr (GError) error = NULL;
  g_assert_true (jz_date_parse (text, &date, &error));
  g_assert_no_error (error);
  return date;
}

static JzDate
make_random_date (void)
{
  return jz_date_add_days ((JzDate){ 1900, 1, 1 }, g_test_rand_int_range (0, 2958464));
}

static void
test_is_valid (void)
{
  static const struct {
    JzDate date;
    gboolean is_valid;
  } cases[] = {
    { { 1900, 1, 1 }, TRUE },      { { 9999, 12, 31 }, TRUE },       { { 1899, 12, 31 }, FALSE },
    { { 10000, 1, 1 }, FALSE },    { { 2024, 2, 29 }, TRUE },        { { 2025, 2, 29 }, FALSE },
    { { 1900, 2, 29 }, FALSE },    { { 2000, 2, 29 }, TRUE },        { { 2100, 2, 29 }, FALSE },
    { { 2025, 0, 1 }, FALSE },     { { 2025, 13, 1 }, FALSE },       { { 2025, 1, 0 }, FALSE },
    { { 2025, 1, 32 }, FALSE },    { { 2025, 4, 31 }, FALSE },       { { 2025, 4, 30 }, TRUE },
    { { 0, 0, 0 }, FALSE },        { { 2025, -1, 5 }, FALSE },       { { 2025, 5, -1 }, FALSE },
    { { G_MAXINT, 1, 1 }, FALSE }, { { 2025, G_MAXINT, 1 }, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (jz_date_is_valid (cases[i].date), ==, cases[i].is_valid);
}

static void
test_parse (void)
{
  static const char *const good[] = { "2026-03-02", "1900-01-01", "9999-12-31", "2024-02-29" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_date (make_date (good[i]), good[i]);
}

static void
test_parse_refused (void)
{
  static const struct {
    const char *text;
    JzBaseError code;
  } cases[] = {
    { "", JZ_BASE_ERROR_SYNTAX },
    { "2026", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-0", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-022", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02 ", JZ_BASE_ERROR_SYNTAX },
    { " 2026-03-02", JZ_BASE_ERROR_SYNTAX },
    { "2026-3-2", JZ_BASE_ERROR_SYNTAX },
    { "2026/03/02", JZ_BASE_ERROR_SYNTAX },
    { "20260302", JZ_BASE_ERROR_SYNTAX },
    { "+026-03-02", JZ_BASE_ERROR_SYNTAX },
    { "-026-03-02", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-0２", JZ_BASE_ERROR_SYNTAX },
    { "２０２６-03-02", JZ_BASE_ERROR_SYNTAX },
    { "2026年3月2日", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T00:00:00.000+08:00", JZ_BASE_ERROR_SYNTAX },
    { "\377\377\377\377-03-02", JZ_BASE_ERROR_SYNTAX },
    { "2026-02-29", JZ_BASE_ERROR_RANGE },
    { "2026-00-01", JZ_BASE_ERROR_RANGE },
    { "2026-13-01", JZ_BASE_ERROR_RANGE },
    { "2026-04-31", JZ_BASE_ERROR_RANGE },
    { "2026-04-00", JZ_BASE_ERROR_RANGE },
    { "1899-12-31", JZ_BASE_ERROR_RANGE },
    { "0000-00-00", JZ_BASE_ERROR_RANGE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzDate date = { 1, 2, 3 };
    g_autoptr (GError) error = NULL;
    g_assert_false (jz_date_parse (cases[i].text, &date, &error));
    g_assert_error (error, JZ_BASE_ERROR, (int)cases[i].code);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    /* nothing is written on failure */
    g_assert_cmpint (date.year * 100 + date.month * 10 + date.day, ==, 123);
  }
}

static void
test_compare (void)
{
  static const char *const in_order[] = { "1900-01-01", "2025-12-31", "2026-01-01",
                                          "2026-01-31", "2026-02-01", "9999-12-31" };
  for (gsize i = 0; i < G_N_ELEMENTS (in_order); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (in_order); j++) {
      int order = jz_date_compare (make_date (in_order[i]), make_date (in_order[j]));
      g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
    }
  }
}

static void
test_add_days (void)
{
  static const struct {
    const char *date;
    int n_days;
    const char *expected; /* NULL when there is no such day */
  } cases[] = {
    { "2025-12-31", 1, "2026-01-01" },
    { "2026-01-01", -1, "2025-12-31" },
    { "2024-02-28", 1, "2024-02-29" },
    { "2025-02-28", 1, "2025-03-01" },
    { "2025-11-03", 90, "2026-02-01" },
    { "2026-03-02", 0, "2026-03-02" },
    { "1900-01-01", -1, NULL },
    { "9999-12-31", 1, NULL },
    { "1900-01-01", 2958463, "9999-12-31" },
    { "9999-12-31", -2958463, "1900-01-01" },
    { "2026-03-02", G_MAXINT, NULL },
    { "2026-03-02", G_MININT, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzDate date = jz_date_add_days (make_date (cases[i].date), cases[i].n_days);
    g_assert_cmpint (jz_date_is_valid (date), ==, cases[i].expected != NULL);
    if (cases[i].expected != NULL)
      assert_date (date, cases[i].expected);
  }
}

/* DC-03 */
static void
test_add_months (void)
{
  static const struct {
    const char *date;
    int n_months;
    const char *expected;
  } cases[] = {
    { "2025-08-31", 6, "2026-02-28" },  { "2024-01-31", 1, "2024-02-29" },
    { "2025-01-31", 1, "2025-02-28" },  { "2025-03-31", -1, "2025-02-28" },
    { "2025-04-03", 6, "2025-10-03" },  { "2024-02-29", 12, "2025-02-28" },
    { "2024-02-29", 48, "2028-02-29" }, { "2025-12-15", 1, "2026-01-15" },
    { "2026-01-15", -1, "2025-12-15" }, { "2026-01-15", 0, "2026-01-15" },
    { "1900-01-31", -1, NULL },         { "9999-12-01", 1, NULL },
    { "2026-01-01", G_MAXINT, NULL },   { "2026-01-01", G_MININT, NULL },
    { "9999-11-30", 1, "9999-12-30" },  { "1900-02-28", -1, "1900-01-28" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzDate date = jz_date_add_months (make_date (cases[i].date), cases[i].n_months);
    g_assert_cmpint (jz_date_is_valid (date), ==, cases[i].expected != NULL);
    if (cases[i].expected != NULL)
      assert_date (date, cases[i].expected);
  }
}

/* GLib's own calendar is the other program that has to agree, on every day of five centuries. */
static void
test_every_day (void)
{
  GDate oracle;
  g_date_set_dmy (&oracle, 1, G_DATE_JANUARY, 1900);
  JzDate first = { 1900, 1, 1 };
  JzDate date = first;
  for (int n_days = 0; date.year < 2401; n_days++) {
    g_assert_cmpint (date.year, ==, g_date_get_year (&oracle));
    g_assert_cmpint (date.month, ==, (int)g_date_get_month (&oracle));
    g_assert_cmpint (date.day, ==, g_date_get_day (&oracle));
    g_assert_cmpint (jz_date_get_weekday (date), ==, (int)g_date_get_weekday (&oracle));
    g_assert_cmpint (jz_date_days_between (first, date), ==, n_days);
    date = jz_date_add_days (date, 1);
    g_date_add_days (&oracle, 1);
  }
}

static void
test_random_days (void)
{
  for (int i = 0; i < 20000; i++) {
    JzDate a = make_random_date ();
    JzDate b = make_random_date ();
    int n_days = jz_date_days_between (a, b);
    g_assert_cmpint (jz_date_compare (jz_date_add_days (a, n_days), b), ==, 0);
    g_assert_cmpint (jz_date_days_between (b, a), ==, -n_days);
    g_assert_cmpint ((n_days < 0) - (n_days > 0), ==, jz_date_compare (a, b));
    char text[JZ_DATE_SIZE];
    jz_date_format (a, text);
    g_assert_cmpint (jz_date_compare (make_date (text), a), ==, 0);
    GDate oracle;
    g_date_set_dmy (&oracle, (GDateDay)a.day, (GDateMonth)a.month, (GDateYear)a.year);
    g_assert_cmpint (jz_date_get_weekday (a), ==, (int)g_date_get_weekday (&oracle));
  }
}

static const struct {
  const char *text;
  JzInstant instant;
} instants[] = {
  { "1970-01-01T08:00:00.000+08:00", 0 },
  { "2026-03-02T09:30:00.000+08:00", G_GINT64_CONSTANT (1772415000000) },
  { "1969-12-31T23:59:59.999+08:00", G_GINT64_CONSTANT (-28800001) },
  /* Shanghai had summer time on this day; we write +08:00 all the same. */
  { "1988-07-01T00:00:00.000+08:00", G_GINT64_CONSTANT (583689600000) },
  { "2000-02-29T12:34:56.789+08:00", G_GINT64_CONSTANT (951798896789) },
  { "1900-01-01T00:00:00.000+08:00", G_GINT64_CONSTANT (-2209017600000) },
  { "9999-12-31T23:59:59.999+08:00", G_GINT64_CONSTANT (253402271999999) },
};

static void
test_instant (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (instants); i++) {
    JzInstant instant;
    char text[JZ_INSTANT_SIZE];
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_instant_parse (instants[i].text, &instant, &error));
    g_assert_no_error (error);
    g_assert_cmpint (instant, ==, instants[i].instant);
    jz_instant_format (instant, text);
    g_assert_cmpstr (text, ==, instants[i].text);
    JzDate date = jz_instant_get_date (instant);
    char date_text[JZ_DATE_SIZE];
    jz_date_format (date, date_text);
    g_assert_true (g_str_has_prefix (text, date_text));
  }
}

static void
test_instant_refused (void)
{
  static const struct {
    const char *text;
    JzBaseError code;
  } cases[] = {
    { "", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.000", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00+08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.00+08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.0000+08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.000Z", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.000+09:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.000-08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.000+0800", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02t09:30:00.000+08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02 09:30:00.000+08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T9:30:00.000+08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00,000+08:00", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.000+08:00 ", JZ_BASE_ERROR_SYNTAX },
    { "2026-03-02T09:30:00.000+08:00x", JZ_BASE_ERROR_SYNTAX },
    { "2026-02-30T09:30:00.000+08:00", JZ_BASE_ERROR_RANGE },
    { "1899-12-31T09:30:00.000+08:00", JZ_BASE_ERROR_RANGE },
    { "2026-03-02T24:00:00.000+08:00", JZ_BASE_ERROR_RANGE },
    { "2026-03-02T09:60:00.000+08:00", JZ_BASE_ERROR_RANGE },
    { "2026-03-02T23:59:60.000+08:00", JZ_BASE_ERROR_RANGE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzInstant instant = 42;
    g_autoptr (GError) error = NULL;
    g_assert_false (jz_instant_parse (cases[i].text, &instant, &error));
    g_assert_error (error, JZ_BASE_ERROR, (int)cases[i].code);
    g_assert_cmpint (instant, ==, 42);
  }
}

/* Every text that is one byte away from a good one is refused, or is another good one. */
static void
test_instant_one_byte_off (void)
{
  char text[JZ_INSTANT_SIZE];
  for (int position = 0; position < JZ_INSTANT_SIZE - 1; position++) {
    for (int byte = 1; byte < 256; byte++) {
      JzInstant instant;
      strcpy (text, "2026-03-02T09:30:00.000+08:00");
      text[position] = (char)byte;
      if (!jz_instant_parse (text, &instant, NULL))
        continue;
      char written[JZ_INSTANT_SIZE];
      jz_instant_format (instant, written);
      g_assert_cmpstr (written, ==, text);
    }
  }
}

/* DC-17: a day ends at 24:00 in Shanghai, whatever the machine's zone */
static void
test_instant_date (void)
{
  JzInstant midnight = jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 0, 0);
  assert_date (jz_instant_get_date (midnight), "2026-03-02");
  assert_date (jz_instant_get_date (midnight - 1), "2026-03-01");
  assert_date (jz_instant_get_date (midnight + 86399999), "2026-03-02");
  assert_date (jz_instant_get_date (midnight + 86400000), "2026-03-03");
  g_assert_cmpint (jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30), ==, instants[1].instant);
  g_assert_cmpint (jz_instant_from_date ((JzDate){ 1969, 12, 31 }, 23, 59), ==, -28860000);
}

static void
test_instant_random (void)
{
  JzInstant first = instants[5].instant;
  JzInstant last = instants[6].instant;
  for (int i = 0; i < 20000; i++) {
    JzInstant instant = first +
                        (JzInstant)(g_test_rand_double () * (double)(last - first)) / 1000 * 1000 +
                        g_test_rand_int_range (0, 1000);
    instant = CLAMP (instant, first, last);
    char text[JZ_INSTANT_SIZE];
    JzInstant again;
    jz_instant_format (instant, text);
    g_assert_true (jz_instant_parse (text, &again, NULL));
    g_assert_cmpint (again, ==, instant);
  }
}

/* What is no date is a mistake of the caller, and what comes out is nothing that could pass. */
static void
test_mistakes (void)
{
  char text[JZ_DATE_SIZE];
  char instant_text[JZ_INSTANT_SIZE];
  g_test_expect_message ("juanzong", G_LOG_LEVEL_CRITICAL, "*jz_date_is_valid*");
  jz_date_format ((JzDate){ 2026, 2, 30 }, text);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (text, ==, "0000-00-00");

  g_test_expect_message ("juanzong", G_LOG_LEVEL_CRITICAL, "*is_valid_instant*");
  jz_instant_format (G_MAXINT64, instant_text);
  g_test_assert_expected_messages ();
  g_assert_false (jz_instant_parse (instant_text, &(JzInstant){ 0 }, NULL));

  g_test_expect_message ("juanzong", G_LOG_LEVEL_CRITICAL, "*jz_date_is_valid*");
  g_assert_false (jz_date_is_valid (jz_date_add_days ((JzDate){ 0 }, 1)));
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/date/is-valid", test_is_valid);
  g_test_add_func ("/base/date/parse", test_parse);
  g_test_add_func ("/base/date/parse-refused", test_parse_refused);
  g_test_add_func ("/base/date/compare", test_compare);
  g_test_add_func ("/base/date/add-days", test_add_days);
  g_test_add_func ("/base/date/add-months", test_add_months);
  g_test_add_func ("/base/date/every-day", test_every_day);
  g_test_add_func ("/base/date/random-days", test_random_days);
  g_test_add_func ("/base/date/instant", test_instant);
  g_test_add_func ("/base/date/instant-refused", test_instant_refused);
  g_test_add_func ("/base/date/instant-one-byte-off", test_instant_one_byte_off);
  g_test_add_func ("/base/date/instant-date", test_instant_date);
  g_test_add_func ("/base/date/instant-random", test_instant_random);
  g_test_add_func ("/base/date/mistakes", test_mistakes);
  return g_test_run ();
}
