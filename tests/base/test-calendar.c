/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/calendar.h"

#include "base/error.h"
#include "test-calendar-data.h"

static void
assert_date (JzDate date, const char *expected)
{
  char text[JZ_DATE_SIZE];
  jz_date_format (date, text);
  g_assert_cmpstr (text, ==, expected);
}

/* The check sums of the domain rules, §2.3. */
static void
test_check_sums (void)
{
  static const struct {
    int year;
    int n_working_days;
    gboolean is_presumed;
  } cases[] = {
    { 2024, 251, FALSE },
    { 2025, 248, FALSE },
    { 2026, 248, FALSE },
    /* not loaded: every Monday to Friday */
    { 2023, 260, TRUE },
    { 2027, 261, TRUE },
    { 9999, 261, TRUE },
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gboolean is_presumed = !cases[i].is_presumed;
    g_assert_cmpint (jz_calendar_count_working_days (calendar, cases[i].year, &is_presumed), ==,
                     cases[i].n_working_days);
    g_assert_cmpint (is_presumed, ==, cases[i].is_presumed);
    g_assert_cmpint (jz_calendar_has_year (calendar, cases[i].year), ==, !cases[i].is_presumed);
  }
}

/* DC-04 */
static void
test_kinds (void)
{
  static const struct {
    const char *date;
    JzDayKind kind;
    gboolean is_working;
    const char *holiday; /* nullable */
  } cases[] = {
    { "2025-09-26", JZ_DAY_KIND_WORKING, TRUE, NULL },
    { "2025-09-27", JZ_DAY_KIND_WEEKEND, FALSE, NULL },
    { "2025-09-28", JZ_DAY_KIND_WORKED_WEEKEND, TRUE, "国庆节、中秋节" },
    { "2025-10-01", JZ_DAY_KIND_OFF, FALSE, "国庆节、中秋节" },
    { "2025-10-04", JZ_DAY_KIND_OFF, FALSE, "国庆节、中秋节" },
    { "2025-10-08", JZ_DAY_KIND_OFF, FALSE, "国庆节、中秋节" },
    { "2025-10-09", JZ_DAY_KIND_WORKING, TRUE, NULL },
    { "2025-10-11", JZ_DAY_KIND_WORKED_WEEKEND, TRUE, "国庆节、中秋节" },
    { "2025-10-12", JZ_DAY_KIND_WEEKEND, FALSE, NULL },
    /* New Year's Eve of 2024 was worked */
    { "2024-02-09", JZ_DAY_KIND_WORKING, TRUE, NULL },
    { "2024-02-10", JZ_DAY_KIND_OFF, FALSE, "春节" },
    { "2026-01-04", JZ_DAY_KIND_WORKED_WEEKEND, TRUE, "元旦" },
    { "2027-10-01", JZ_DAY_KIND_WORKING, TRUE, NULL },
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzDate date = test_date (cases[i].date);
    gboolean is_presumed;
    g_test_message ("%s", cases[i].date);
    g_assert_cmpint (jz_calendar_get_day_kind (calendar, date), ==, cases[i].kind);
    g_assert_cmpint (jz_calendar_is_working_day (calendar, date, &is_presumed), ==,
                     cases[i].is_working);
    g_assert_cmpint (is_presumed, ==, date.year == 2027);
    g_assert_cmpint (jz_calendar_is_working_day (calendar, date, NULL), ==, cases[i].is_working);
    g_assert_cmpstr (jz_calendar_get_holiday_name (calendar, date), ==, cases[i].holiday);
    g_assert_cmpint (jz_calendar_get_holiday_id (calendar, date) != NULL, ==,
                     cases[i].holiday != NULL);
  }
  g_assert_cmpstr (jz_calendar_get_holiday_id (calendar, test_date ("2025-02-08")), ==, "HD-25-2");
}

static void
test_next_and_previous (void)
{
  static const struct {
    const char *date;
    const char *next;
    gboolean next_presumed;
    const char *previous;
    gboolean previous_presumed;
  } cases[] = {
    { "2025-09-30", "2025-10-09", FALSE, "2025-09-29", FALSE },
    { "2025-10-03", "2025-10-09", FALSE, "2025-09-30", FALSE },
    { "2025-09-27", "2025-09-28", FALSE, "2025-09-26", FALSE },
    { "2025-10-10", "2025-10-11", FALSE, "2025-10-09", FALSE },
    { "2026-02-14", "2026-02-24", FALSE, "2026-02-13", FALSE },
    { "2025-12-31", "2026-01-04", FALSE, "2025-12-30", FALSE },
    /* DC-15: what is presumed is the year of the days looked at, not that of the day asked about */
    { "2026-12-31", "2027-01-01", TRUE, "2026-12-30", FALSE },
    { "2024-01-02", "2024-01-03", FALSE, "2023-12-29", TRUE },
    { "2026-12-30", "2026-12-31", FALSE, "2026-12-29", FALSE },
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gboolean next_presumed;
    gboolean previous_presumed;
    JzDate date = test_date (cases[i].date);
    assert_date (jz_calendar_get_next_working_day (calendar, date, &next_presumed), cases[i].next);
    assert_date (jz_calendar_get_previous_working_day (calendar, date, &previous_presumed),
                 cases[i].previous);
    g_assert_cmpint (next_presumed, ==, cases[i].next_presumed);
    g_assert_cmpint (previous_presumed, ==, cases[i].previous_presumed);
  }
  g_assert_false (
    jz_date_is_valid (jz_calendar_get_next_working_day (calendar, test_date ("9999-12-31"), NULL)));
  g_assert_false (jz_date_is_valid (
    jz_calendar_get_previous_working_day (calendar, test_date ("1900-01-01"), NULL)));
}

/* DC-16 */
static void
test_local_off (void)
{
  g_autoptr (JzCalendar) national = test_load_calendar ();
  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  g_autoptr (GError) error = NULL;
  jz_calendar_builder_begin_holiday (builder, "LH-1", "开斋节", &error);
  g_assert_no_error (error);
  /* a Friday, the Saturday after it, and a weekend day that is worked elsewhere */
  jz_calendar_builder_add_local_off (builder, test_date ("2026-03-20"), test_date ("2026-03-21"),
                                     &error);
  g_assert_no_error (error);
  jz_calendar_builder_add_local_off (builder, test_date ("2026-05-09"), test_date ("2026-05-09"),
                                     &error);
  g_assert_no_error (error);
  /* off by both */
  jz_calendar_builder_add_local_off (builder, test_date ("2026-10-01"), test_date ("2026-10-01"),
                                     &error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) local = jz_calendar_builder_end (builder);
  g_assert_false (jz_calendar_has_year (local, 2026));

  const JzCalendar *const orders[][2] = { { national, local }, { local, national } };
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++) {
    g_autoptr (JzCalendar) merged = jz_calendar_merge (orders[i], 2, &error);
    g_assert_no_error (error);
    JzDate eid = test_date ("2026-03-20");
    g_assert_cmpint (jz_calendar_get_day_kind (merged, eid), ==, JZ_DAY_KIND_LOCAL_OFF);
    g_assert_cmpstr (jz_calendar_get_holiday_name (merged, eid), ==, "开斋节");
    assert_date (jz_calendar_get_next_working_day (merged, test_date ("2026-03-19"), NULL),
                 "2026-03-23");
    g_assert_false (jz_calendar_is_working_day (merged, test_date ("2026-05-09"), NULL));
    g_assert_cmpstr (jz_calendar_get_holiday_id (merged, test_date ("2026-10-01")), ==, "LH-1");
    g_assert_cmpstr (jz_calendar_get_holiday_id (merged, test_date ("2026-10-02")), ==, "HD-26-7");
    g_assert_cmpint (jz_calendar_count_working_days (merged, 2026, NULL), ==, 246);
  }
  /* the national one did not change */
  g_assert_cmpint (jz_calendar_count_working_days (national, 2026, NULL), ==, 248);
}

/* The notice of 2019 gave off and worked days at the end of 2018. */
static void
test_days_of_another_year (void)
{
  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  g_autoptr (GError) error = NULL;
  jz_calendar_builder_add_year (builder, 2019, &error);
  jz_calendar_builder_add_off (builder, test_date ("2018-12-30"), test_date ("2019-01-01"), &error);
  jz_calendar_builder_add_worked (builder, test_date ("2018-12-29"), &error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) calendar = jz_calendar_builder_end (builder);
  gboolean is_presumed;
  g_assert_false (jz_calendar_is_working_day (calendar, test_date ("2018-12-31"), &is_presumed));
  g_assert_true (is_presumed);
  g_assert_true (jz_calendar_is_working_day (calendar, test_date ("2018-12-29"), NULL));
  g_assert_false (jz_calendar_is_working_day (calendar, test_date ("2019-01-01"), &is_presumed));
  g_assert_false (is_presumed);
  g_assert_null (jz_calendar_get_holiday_name (calendar, test_date ("2019-01-01")));
}

static void
test_builder_refused (void)
{
  static const struct {
    const char *off_first;
    const char *off_last;
    const char *worked;
    JzBaseError code;
  } cases[] = {
    { "2025-10-08", "2025-10-01", NULL, JZ_BASE_ERROR_RANGE },
    { "2025-10-01", "2026-10-08", NULL, JZ_BASE_ERROR_LIMIT },
    { "1900-01-01", "9999-12-31", NULL, JZ_BASE_ERROR_LIMIT },
    { "2025-05-01", "2025-05-01", NULL, JZ_BASE_ERROR_RANGE },
    { "2025-04-29", "2025-05-03", NULL, JZ_BASE_ERROR_RANGE },
    { "2025-04-27", "2025-04-27", NULL, JZ_BASE_ERROR_RANGE },
    { NULL, NULL, "2025-05-04", JZ_BASE_ERROR_RANGE },
    { NULL, NULL, "2025-04-27", JZ_BASE_ERROR_RANGE },
    { NULL, NULL, "2025-05-06", JZ_BASE_ERROR_RANGE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
    g_autoptr (GError) error = NULL;
    jz_calendar_builder_add_off (builder, test_date ("2025-05-01"), test_date ("2025-05-05"),
                                 &error);
    jz_calendar_builder_add_worked (builder, test_date ("2025-04-27"), &error);
    g_assert_no_error (error);
    if (cases[i].worked != NULL)
      g_assert_false (
        jz_calendar_builder_add_worked (builder, test_date (cases[i].worked), &error));
    else
      g_assert_false (jz_calendar_builder_add_off (builder, test_date (cases[i].off_first),
                                                   test_date (cases[i].off_last), &error));
    g_assert_error (error, JZ_BASE_ERROR, (int)cases[i].code);
  }
}

static void
test_builder_twice (void)
{
  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  g_autoptr (GError) error = NULL;
  g_assert_true (jz_calendar_builder_add_year (builder, 2025, &error));
  g_assert_false (jz_calendar_builder_add_year (builder, 2025, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (jz_calendar_builder_add_year (builder, 1899, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_true (jz_calendar_builder_begin_holiday (builder, "HD-25-1", "元旦", &error));
  g_assert_false (jz_calendar_builder_begin_holiday (builder, "HD-25-1", "春节", &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  g_clear_error (&error);
  JzDate day = test_date ("2025-03-20");
  g_assert_true (jz_calendar_builder_add_local_off (builder, day, day, &error));
  g_assert_false (jz_calendar_builder_add_local_off (builder, day, day, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
}

static void
test_merge_refused (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  const JzCalendar *const twice[] = { calendar, calendar };
  g_autoptr (GError) error = NULL;
  g_assert_null (jz_calendar_merge (twice, 2, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
}

static void
test_merge_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCalendar) none = jz_calendar_merge (NULL, 0, &error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) empty = jz_calendar_new_empty ();
  gboolean is_presumed;
  g_assert_cmpint (jz_calendar_count_working_days (none, 2025, &is_presumed), ==, 261);
  g_assert_true (is_presumed);
  g_assert_cmpint (jz_calendar_count_working_days (empty, 2025, NULL), ==, 261);
}

static void
test_ref (void)
{
  JzCalendar *calendar = test_load_calendar ();
  const JzCalendar *read_only = calendar;
  JzCalendar *again = jz_calendar_ref (read_only);
  jz_calendar_unref (calendar);
  g_assert_true (jz_calendar_has_year (again, 2025));
  jz_calendar_unref (again);
}

/* The next working day of the previous one is the first working day not before; both are working
 * days, and between a day and the next one there is none. */
static void
test_random (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int i = 0; i < 3000; i++) {
    JzDate date = jz_date_add_days ((JzDate){ 2023, 6, 1 }, g_test_rand_int_range (0, 1700));
    JzDate next = jz_calendar_get_next_working_day (calendar, date, NULL);
    JzDate previous = jz_calendar_get_previous_working_day (calendar, date, NULL);
    g_assert_true (jz_calendar_is_working_day (calendar, next, NULL));
    g_assert_true (jz_calendar_is_working_day (calendar, previous, NULL));
    g_assert_cmpint (jz_date_compare (previous, date), <, 0);
    g_assert_cmpint (jz_date_compare (date, next), <, 0);
    JzDate between = jz_date_add_days (previous, 1);
    while (jz_date_compare (between, next) < 0) {
      if (jz_date_compare (between, date) != 0)
        g_assert_false (jz_calendar_is_working_day (calendar, between, NULL));
      between = jz_date_add_days (between, 1);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/calendar/check-sums", test_check_sums);
  g_test_add_func ("/base/calendar/kinds", test_kinds);
  g_test_add_func ("/base/calendar/next-and-previous", test_next_and_previous);
  g_test_add_func ("/base/calendar/local-off", test_local_off);
  g_test_add_func ("/base/calendar/days-of-another-year", test_days_of_another_year);
  g_test_add_func ("/base/calendar/builder-refused", test_builder_refused);
  g_test_add_func ("/base/calendar/builder-twice", test_builder_twice);
  g_test_add_func ("/base/calendar/merge-refused", test_merge_refused);
  g_test_add_func ("/base/calendar/merge-none", test_merge_none);
  g_test_add_func ("/base/calendar/ref", test_ref);
  g_test_add_func ("/base/calendar/random", test_random);
  return g_test_run ();
}
