/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/calendar_file.h"

#include <gio/gio.h>
#include <string.h>

#include "../base/test-calendar-data.h"
#include "base/error.h"

#define NOTICE "<notice title='某年放假安排的通知' date='2025-11'/>\n"

static JzCalendar *
load (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return jz_calendar_load (bytes, "a.xml", error);
}

/* What is shipped is what the domain rules say, day by day. */
static void
test_shipped (void)
{
  static const int n_working_days[] = { 251, 248, 248 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCalendar) shipped = jz_calendar_load_shipped (&error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) expected = test_load_calendar ();
  for (int year = 2024; year <= 2026; year++) {
    gboolean is_presumed;
    g_assert_cmpint (jz_calendar_count_working_days (shipped, year, &is_presumed), ==,
                     n_working_days[year - 2024]);
    g_assert_false (is_presumed);
  }
  g_assert_false (jz_calendar_has_year (shipped, 2023));
  g_assert_false (jz_calendar_has_year (shipped, 2027));
  for (JzDate date = { 2023, 1, 1 }; date.year < 2028; date = jz_date_add_days (date, 1)) {
    g_assert_cmpint (jz_calendar_get_day_kind (shipped, date), ==,
                     jz_calendar_get_day_kind (expected, date));
    g_assert_cmpstr (jz_calendar_get_holiday_id (shipped, date), ==,
                     jz_calendar_get_holiday_id (expected, date));
    g_assert_cmpstr (jz_calendar_get_holiday_name (shipped, date), ==,
                     jz_calendar_get_holiday_name (expected, date));
  }
}

/* DC-16: a local calendar adds days off to the notice, and makes no year known. */
static void
test_local (void)
{
  static const char local_text[] =
    "<local-calendar year='2026'>" NOTICE "<holiday id='LH-26-1'><name xml:lang='zh'>开斋节</name>"
    "<off from='2026-03-20' to='2026-03-21'/></holiday></local-calendar>";
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "data", "calendar", "2026.xml", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) alone = load (local_text, &error);
  g_assert_no_error (error);
  g_assert_false (jz_calendar_has_year (alone, 2026));

  g_autoptr (GBytes) national = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) local = g_bytes_new_static (local_text, strlen (local_text));
  GBytes *files[] = { local, national };
  const char *const names[] = { "local.xml", "2026.xml" };
  g_autoptr (JzCalendar) calendar = jz_calendar_load_several (files, names, 2, &error);
  g_assert_no_error (error);
  g_assert_true (jz_calendar_has_year (calendar, 2026));
  g_assert_cmpint (jz_calendar_get_day_kind (calendar, test_date ("2026-03-20")), ==,
                   JZ_DAY_KIND_LOCAL_OFF);
  g_assert_cmpint (jz_calendar_count_working_days (calendar, 2026, NULL), ==, 247);
}

static void
test_several_refused (void)
{
  static const char text[] =
    "<calendar year='2026'>" NOTICE "<holiday id='HD-26-1'><name xml:lang='zh'>元旦</name>"
    "<off from='2026-01-01' to='2026-01-03'/></holiday></calendar>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  GBytes *files[] = { bytes, bytes };
  const char *const names[] = { "a.xml", "b.xml" };
  g_autoptr (GError) error = NULL;
  g_assert_null (jz_calendar_load_several (files, names, 2, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  g_assert_true (g_str_has_prefix (error->message, "b.xml: "));
  g_clear_error (&error);
  g_autoptr (JzCalendar) none = jz_calendar_load_several (NULL, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_false (jz_calendar_has_year (none, 2026));
}

/* A mistake that no schema can see is told with the line and column of its element. */
static void
test_positions (void)
{
  static const struct {
    const char *element;
    JzBaseError code;
    const char *start;
  } cases[] = {
    { "<off from='2026-02-30' to='2026-03-01'/>", JZ_BASE_ERROR_RANGE,
      "a.xml:5:3: There is no day " },
    { "<off from='2026-02-01' to='2026-02-29'/>", JZ_BASE_ERROR_RANGE,
      "a.xml:5:3: There is no day " },
    { "<off from='2026-01-03' to='2026-01-01'/>", JZ_BASE_ERROR_RANGE, "a.xml:5:3: The days off " },
    { "<off from='2026-01-01' to='2026-12-31'/>", JZ_BASE_ERROR_LIMIT,
      "a.xml:5:3: These are 365 " },
    { "<off from='2025-11-30' to='2025-12-01'/>", JZ_BASE_ERROR_RANGE,
      "a.xml:5:3: The day 2025-11-30" },
    { "<off from='2026-12-31' to='2027-01-01'/>", JZ_BASE_ERROR_RANGE,
      "a.xml:5:3: The day 2027-01-01" },
    { "<off from='2026-04-04' to='2026-04-04'/>", JZ_BASE_ERROR_RANGE,
      "a.xml:5:3: The day 2026-04-04" },
    { "<worked on='2026-04-06'/>", JZ_BASE_ERROR_RANGE, "a.xml:5:3: The day 2026-04-06" },
    { "<worked on='2026-04-04'/>", JZ_BASE_ERROR_RANGE, "a.xml:5:3: The day 2026-04-04" },
    { "</holiday><holiday id='HD-26-3'><name xml:lang='zh'>某</name>"
      "<off from='2026-06-01' to='2026-06-01'/>",
      JZ_BASE_ERROR_RANGE, "a.xml:5:13: The holiday “HD-26-3” " },
    { "<off from='2026-1-1' to='2026-01-03'/>", JZ_BASE_ERROR_SYNTAX,
      "a.xml:5:3: The file does not follow its schema (" },
    { "<off from='2026-01-01'/>", JZ_BASE_ERROR_SYNTAX,
      "a.xml:5:3: The file does not follow its schema (" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf (
      "<calendar year='2026'>\n" NOTICE "<holiday id='HD-26-3'><name xml:lang='zh'>清明节</name>\n"
      "<off from='2026-04-04' to='2026-04-06'/>\n"
      "  %s\n</holiday></calendar>",
      cases[i].element);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzCalendar) calendar = load (text, &error);
    g_test_message ("%s", error != NULL ? error->message : text);
    g_assert_null (calendar);
    g_assert_error (error, JZ_BASE_ERROR, (int)cases[i].code);
    g_autofree char *start = g_strndup (error->message, strlen (cases[i].start));
    g_assert_cmpstr (start, ==, cases[i].start);
  }
}

/* The seeds of the fuzz target: what is called good is read, what is called bad is refused. */
static void
test_corpus (void)
{
  g_autofree char *folder =
    g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "calendar-xml", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) entries = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  int n_good = 0;
  int n_bad = 0;
  const char *name;
  while ((name = g_dir_read_name (entries)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    char *content;
    gsize size;
    g_file_get_contents (path, &content, &size, &error);
    g_assert_no_error (error);
    g_autoptr (GBytes) bytes = g_bytes_new_take (content, size);
    g_autoptr (JzCalendar) calendar = jz_calendar_load (bytes, name, &error);
    gboolean is_good = g_str_has_prefix (name, "good-");
    g_test_message ("%s", error != NULL ? error->message : name);
    g_assert_cmpint (calendar != NULL, ==, is_good);
    g_assert_cmpint (error == NULL, ==, is_good);
    if (!is_good) {
      g_assert_cmpuint (error->domain, ==, JZ_BASE_ERROR);
      g_autofree char *start = g_strdup_printf ("%s:", name);
      g_assert_true (g_str_has_prefix (error->message, start));
      g_clear_error (&error);
    }
    n_good += is_good;
    n_bad += !is_good;
  }
  g_assert_cmpint (n_good, >=, 6);
  g_assert_cmpint (n_bad, >=, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/calendar-file/shipped", test_shipped);
  g_test_add_func ("/rules/calendar-file/local", test_local);
  g_test_add_func ("/rules/calendar-file/several-refused", test_several_refused);
  g_test_add_func ("/rules/calendar-file/positions", test_positions);
  g_test_add_func ("/rules/calendar-file/corpus", test_corpus);
  return g_test_run ();
}
