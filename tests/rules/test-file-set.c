/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/file_set.h"

#include <string.h>

#include "base/error.h"
#include "rules/calendar_set.h"

/* Several files as one object, and the calendar that is made so. */

#define SET(files) "{\"files\":{" files "},\"kind\":\"k\"}"
#define FILE_A "\"a\":{\"name\":\"a.xml\",\"text\":\"甲\\n\"}"
#define NOTICE "<notice title='某年放假安排的通知' date='2026-11'/>\n"
#define YEAR(year, id, first, last)                                                                \
  "<calendar year='" year "'>" NOTICE "<holiday id='" id "'><name xml:lang='zh'>元旦</name>"     \
  "<off from='" first "' to='" last "'/></holiday></calendar>"

static GBytes *
wrap (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFileSet) set = jz_file_set_new ("k");
  g_autoptr (JzFileSet) other = jz_file_set_new ("k");
  g_autoptr (JzFileSet) read = NULL;
  g_autoptr (GBytes) a = wrap ("甲\n");
  g_autoptr (GBytes) b = wrap ("\"\\\r\n\t<x/>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GBytes) expected = wrap (SET (FILE_A));

  g_assert_true (jz_file_set_put (set, "a", "/some/where/a.xml", a, &error));
  bytes = jz_file_set_to_bytes (set, &error);
  g_assert_true (g_bytes_equal (bytes, expected));
  g_clear_pointer (&bytes, g_bytes_unref);
  g_assert_true (jz_file_set_put (set, "b", "b.xml", a, &error));
  g_assert_true (jz_file_set_put (set, "b", "b.xml", b, &error));
  g_assert_true (jz_file_set_put (other, "b", "x/b.xml", b, &error));
  g_assert_true (jz_file_set_put (other, "a", "a.xml", a, &error));
  bytes = jz_file_set_to_bytes (set, &error);
  same = jz_file_set_to_bytes (other, &error);
  g_assert_true (g_bytes_equal (bytes, same));
  read = jz_file_set_parse (bytes, "k", "set", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jz_file_set_get_n_files (read), ==, 2);
  g_assert_cmpstr (jz_file_set_get_key (read, 1), ==, "b");
  g_assert_cmpstr (jz_file_set_get_name (read, 1), ==, "b.xml");
  g_clear_pointer (&same, g_bytes_unref);
  same = jz_file_set_dup_bytes (read, 1);
  g_assert_true (g_bytes_equal (same, b));
}

/* There is one form only, so that no two objects are the same set. */
static void
test_foreign (void)
{
  static const char *const texts[] = {
    "",
    "x",
    "[]",
    "{}",
    "{\"files\":[],\"kind\":\"k\"}",
    "{\"files\":{},\"kind\":\"other\"}",
    "{\"files\":{},\"kind\":\"k\",\"more\":1}",
    " " SET (FILE_A),
    SET (FILE_A) "\n",
    "{\"kind\":\"k\",\"files\":{}}",
    SET ("\"a\":{\"name\":\"a.xml\"}"),
    SET ("\"a\":{\"name\":\"a.xml\",\"text\":1}"),
    SET ("\"a\":{\"name\":\"a.xml\",\"text\":\"\",\"x\":1}"),
    SET ("\"a\":{\"name\":\"\\u0061.xml\",\"text\":\"\"}"),
    SET ("\"a\":\"text\""),
    SET (FILE_A "," FILE_A),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = wrap (texts[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzFileSet) set = jz_file_set_parse (bytes, "k", "set", &error);

    if (set != NULL)
      g_error ("this was read: %s", texts[i]);
    g_assert_true (error->domain == JZ_BASE_ERROR);
    g_assert_true (g_str_has_prefix (error->message, "set: "));
  }
}

static void
test_bounds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFileSet) set = jz_file_set_new ("k");
  g_autoptr (JzFileSet) large = jz_file_set_new ("k");
  g_autofree char *text = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr (GBytes) small = wrap ("x");
  g_autoptr (GBytes) mebibytes = wrap (text);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < JZ_FILE_SET_MAX_FILES; i++) {
    g_autofree char *key = g_strdup_printf ("%u", i);
    g_assert_true (jz_file_set_put (set, key, "x", small, &error));
  }
  g_assert_true (jz_file_set_put (set, "0", "y", small, &error));
  g_assert_false (jz_file_set_put (set, "more", "x", small, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_true (jz_file_set_put (large, "a", "a", mebibytes, &error));
  g_assert_true (jz_file_set_put (large, "b", "b", mebibytes, &error));
  bytes = jz_file_set_to_bytes (large, &error);
  g_assert_no_error (error);
  g_assert_true (jz_file_set_put (large, "c", "c", mebibytes, &error));
  g_assert_null (jz_file_set_to_bytes (large, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
}

static GBytes *
put_year (GBytes *base, const char *text, const char *name, GError **error)
{
  g_autoptr (GBytes) file = wrap (text);

  return jz_calendar_set_compose_over (base, &file, &name, 1, error);
}

/* A year is added, then corrected; what is shipped goes over what it knows and leaves the rest. */
static void
test_calendar (void)
{
  static const JzDate monday = { 2027, 1, 4 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) shipped = jz_calendar_set_compose_shipped (&error);
  g_autoptr (GBytes) again = jz_calendar_set_add_shipped (shipped, &error);
  g_autoptr (GBytes) wrong =
    put_year (shipped, YEAR ("2027", "HD-27-1", "2027-01-01", "2027-01-04"), "w.xml", &error);
  g_autoptr (GBytes) right =
    put_year (wrong, YEAR ("2027", "HD-27-1", "2027-01-01", "2027-01-03"), "r.xml", &error);
  g_autoptr (GBytes) later = jz_calendar_set_add_shipped (right, &error);
  g_autoptr (JzCalendar) before = jz_calendar_set_load (wrong, "set", &error);
  g_autoptr (JzCalendar) after = jz_calendar_set_load (right, "set", &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (shipped, again));
  g_assert_true (g_bytes_equal (right, later));
  g_assert_false (jz_calendar_is_working_day (before, monday, NULL));
  g_assert_true (jz_calendar_is_working_day (after, monday, NULL));
  for (int year = 2024; year <= 2027; year++)
    g_assert_true (jz_calendar_has_year (after, year));
}

static void
test_bad_calendar (void)
{
  static const struct {
    const char *text;
    const char *words;
  } rows[] = {
    { "<calendar", "c.xml:1:" },
    { "<local/>", "c.xml:1:1: " },
    { YEAR ("2027", "HD-27-1", "2028-01-01", "2028-01-01"), "c.xml:2:" },
    { YEAR ("2027", "HD-26-1", "2027-01-01", "2027-01-01"), "c.xml: " },
  };
  g_autoptr (GBytes) shipped = jz_calendar_set_compose_shipped (NULL);
  g_autoptr (GBytes) foreign = wrap ("{\"files\":{\"year.2026\":{\"name\":\"n\",\"text\":\"\"}},"
                                     "\"kind\":\"calendar\"}");
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = put_year (shipped, rows[i].text, "c.xml", &error);
    g_autoptr (JzCalendar) calendar =
      bytes != NULL ? jz_calendar_set_load (bytes, "set", &error) : NULL;

    g_assert_null (calendar);
    if (!g_str_has_prefix (error->message, rows[i].words))
      g_error ("“%s” should begin “%s”", rows[i].words, error->message);
  }
  g_assert_null (jz_calendar_set_load (foreign, "set", &local));
  g_assert_nonnull (local);
}

/* What is kept under the name of another year is not believed. */
static void
test_wrong_key (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFileSet) set = jz_file_set_new ("calendar");
  g_autoptr (GBytes) file = wrap (YEAR ("2027", "HD-27-1", "2027-01-01", "2027-01-03"));
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (jz_file_set_put (set, "year.2026", "n.xml", file, &error));
  bytes = jz_file_set_to_bytes (set, &error);
  g_assert_null (jz_calendar_set_load (bytes, "set", &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
  g_assert_true (g_str_has_prefix (error->message, "n.xml: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/file-set/round-trip", test_round_trip);
  g_test_add_func ("/rules/file-set/foreign", test_foreign);
  g_test_add_func ("/rules/file-set/bounds", test_bounds);
  g_test_add_func ("/rules/file-set/calendar", test_calendar);
  g_test_add_func ("/rules/file-set/bad-calendar", test_bad_calendar);
  g_test_add_func ("/rules/file-set/wrong-key", test_wrong_key);
  return g_test_run ();
}
