/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/day_count.h"

#include "base/error.h"
#include "base/limit_form.h"
#include "test-calendar-data.h"

/* The public vectors and one test for each rule DC-… of the domain rules; test-day-count-property.c
 * has what must hold for every limit. */

static JzDayCount *
count_on (const JzCalendar *calendar, const char *form_text, const char *start, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (JzLimitForm) form = jz_limit_parse (form_text, &parse_error);
  g_assert_no_error (parse_error);
  return jz_day_count_limit (calendar, form->steps, form->n_steps, test_date (start), error);
}

static JzDayCount *
count (const char *form_text, const char *start)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  g_autoptr (GError) error = NULL;
  JzDayCount *result = count_on (calendar, form_text, start, &error);
  g_assert_no_error (error);
  return result;
}

static void
assert_date (JzDate date, const char *expected)
{
  char text[JZ_DATE_SIZE];
  jz_date_format (date, text);
  g_assert_cmpstr (text, ==, expected);
}

typedef struct {
  const char *form;
  const char *start;
  const char *due;
} Case;

static void
assert_due (const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++) {
    g_test_message ("%s from %s", cases[i].form, cases[i].start);
    g_autoptr (JzDayCount) result = count (cases[i].form, cases[i].start);
    assert_date (result->due, cases[i].due);
  }
}

static const JzCountedDay *
get_day (const JzDayCount *result, guint position)
{
  g_assert_cmpuint (position, <, result->days->len);
  return &g_array_index (result->days, JzCountedDay, position);
}

static void
assert_day (const JzDayCount *result,
            guint position,
            const char *date,
            JzDayVerdict verdict,
            JzDayKind kind,
            int n_counted)
{
  const JzCountedDay *day = get_day (result, position);
  assert_date (day->date, date);
  g_assert_cmpint (day->verdict, ==, verdict);
  g_assert_cmpint (day->kind, ==, kind);
  g_assert_cmpint (day->n_counted, ==, n_counted);
}

static void
test_vectors (void)
{
  g_autoptr (GPtrArray) rows = test_load_table ("date-vectors.tsv");
  g_assert_cmpuint (rows->len, ==, 28);
  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);
    g_assert_cmpuint (g_strv_length (row), ==, 5);
    g_test_message ("%s %s %s", row[0], row[1], row[2]);
    g_autoptr (JzDayCount) result = count (row[2], row[3]);
    assert_date (result->due, row[4]);
    /* DV47 starts in 2023, but calendar days ask no calendar unless they roll. */
    g_assert_false (result->is_presumed);
  }
}

/* DC-01: the day of the event is not counted. */
static void
test_dc_01 (void)
{
  static const Case cases[] = {
    { "{len=1CD,roll=N}", "2025-11-03", "2025-11-04" },
    { "{len=1WD}", "2025-11-03", "2025-11-04" },
    /* what is due at once is due on that day, even a rest day */
    { "{len=0WD}", "2025-11-03", "2025-11-03" },
    { "{len=0WD}", "2025-11-01", "2025-11-01" },
    { "{len=0CD,roll=Y}", "2025-11-01", "2025-11-01" },
    { "{len=0MO,roll=Y}", "2025-11-01", "2025-11-01" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
  g_autoptr (JzDayCount) result = count ("{len=2WD}", "2025-09-27");
  g_assert_cmpuint (result->days->len, ==, 3);
  assert_day (result, 0, "2025-09-27", JZ_DAY_VERDICT_EVENT, JZ_DAY_KIND_WEEKEND, 0);
  assert_day (result, 1, "2025-09-28", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKED_WEEKEND, 1);
  assert_day (result, 2, "2025-09-29", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKING, 2);
}

/* DC-02: a last day that is no working day moves to the next one; a weekend day worked is one. */
static void
test_dc_02 (void)
{
  static const Case cases[] = {
    { "{len=15CD,roll=Y}", "2025-09-19", "2025-10-09" },
    { "{len=15CD,roll=N}", "2025-09-19", "2025-10-04" },
    { "{len=1CD,roll=Y}", "2025-09-27", "2025-09-28" },
    { "{len=2CD,roll=Y}", "2025-10-09", "2025-10-11" },
    { "{len=3CD,roll=Y}", "2025-10-09", "2025-10-13" },
    { "{len=1MO,roll=Y}", "2025-12-01", "2026-01-04" },
    { "{len=1YR,roll=Y}", "2024-10-01", "2025-10-09" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
  g_autoptr (JzDayCount) result = count ("{len=2CD,roll=Y}", "2025-10-01");
  assert_date (result->unrolled, "2025-10-03");
  assert_day (result, 2, "2025-10-03", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_OFF, 2);
  assert_day (result, 3, "2025-10-04", JZ_DAY_VERDICT_ROLLED, JZ_DAY_KIND_OFF, 2);
  assert_day (result, 8, "2025-10-09", JZ_DAY_VERDICT_ROLLED, JZ_DAY_KIND_WORKING, 2);
  g_assert_cmpuint (result->days->len, ==, 9);
}

/* §2: where a limit does not move, the date to which the text of the law would move it is shown. */
static void
test_rolled_is_shown (void)
{
  g_autoptr (JzDayCount) result = count ("{len=30CD,roll=N}", "2026-01-16");
  assert_date (result->due, "2026-02-15");
  assert_date (result->unrolled, "2026-02-15");
  assert_date (result->rolled, "2026-02-24");
  g_assert_cmpuint (result->days->len, ==, 31);
}

/* DC-03: months and years end on the same-numbered day, or the last day of the month. */
static void
test_dc_03 (void)
{
  static const Case cases[] = {
    { "{len=6MO,roll=N}", "2025-08-31", "2026-02-28" },
    { "{len=1MO,roll=N}", "2024-01-30", "2024-02-29" },
    { "{len=1MO,roll=N}", "2025-02-28", "2025-03-28" },
    { "{len=1YR,roll=N}", "2024-02-29", "2025-02-28" },
    { "{len=4YR,roll=N}", "2024-02-29", "2028-02-29" },
    { "{len=20YR,roll=N}", "2004-05-06", "2024-05-06" },
    { "{len=3MO,roll=N}", "2025-11-30", "2026-02-28" },
    { "{len=3MO,roll=Y}", "2025-11-21", "2026-02-24" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
}

/* DC-04: working days end on a working day; what a notice gives off or has worked is respected. */
static void
test_dc_04 (void)
{
  g_autoptr (JzDayCount) result = count ("{len=5WD}", "2025-01-24");
  assert_date (result->due, "2025-02-07");
  assert_day (result, 1, "2025-01-25", JZ_DAY_VERDICT_REST, JZ_DAY_KIND_WEEKEND, 0);
  assert_day (result, 2, "2025-01-26", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKED_WEEKEND, 1);
  assert_day (result, 3, "2025-01-27", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKING, 2);
  assert_day (result, 4, "2025-01-28", JZ_DAY_VERDICT_REST, JZ_DAY_KIND_OFF, 2);
  assert_day (result, 14, "2025-02-07", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKING, 5);
  g_assert_cmpuint (result->days->len, ==, 15);
  assert_date (result->unrolled, "2025-02-07");
  assert_date (result->rolled, "2025-02-07");
}

/* DC-05, DC-06: the unit is what the row says, the number says nothing. */
static void
test_dc_06 (void)
{
  static const Case cases[] = {
    { "{len=7WD}", "2025-09-26", "2025-10-13" },
    { "{len=7CD,roll=Y}", "2025-09-26", "2025-10-09" },
    { "{len=7CD,roll=N}", "2025-09-26", "2025-10-03" },
    { "{len=15WD}", "2025-09-22", "2025-10-17" },
    { "{len=15CD,roll=Y}", "2025-09-22", "2025-10-09" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
}

/* DC-07: N full working days lie between the service and the event. */
static void
test_dc_07 (void)
{
  static const Case cases[] = {
    { "{len=-7WD,mode=FULL}", "2026-02-26", "2026-02-09" },
    { "{len=-7WD}", "2026-02-26", "2026-02-09" },
    { "{len=-7WD,mode=INCLUSIVE}", "2026-02-26", "2026-02-10" },
    { "{len=-3WD,mode=FULL}", "2025-10-10", "2025-09-28" },
    { "{len=-3WD,mode=INCLUSIVE}", "2025-10-10", "2025-09-29" },
    { "{len=-1WD,mode=FULL}", "2025-11-04", "2025-11-02" },
    { "{len=-30CD,roll=N,mode=FULL}", "2026-03-31", "2026-02-28" },
    { "{len=-30CD,roll=N,mode=INCLUSIVE}", "2026-03-31", "2026-03-01" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
  g_autoptr (JzDayCount) weekday = count ("{len=-7WD}", "2026-02-26");
  g_assert_cmpint (weekday->kind, ==, JZ_DAY_COUNT_BACKWARD);
  g_assert_cmpint (weekday->warnings, ==, 0);
  assert_day (weekday, 0, "2026-02-26", JZ_DAY_VERDICT_EVENT, JZ_DAY_KIND_WORKING, 0);
  assert_day (weekday, 1, "2026-02-25", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKING, 1);
  assert_day (weekday, 3, "2026-02-23", JZ_DAY_VERDICT_REST, JZ_DAY_KIND_OFF, 2);
  assert_day (weekday, 17, "2026-02-09", JZ_DAY_VERDICT_LATEST, JZ_DAY_KIND_WORKING, 7);

  /* one may serve on a rest day, but is warned */
  g_autoptr (JzDayCount) sunday = count ("{len=-1WD}", "2025-11-04");
  g_assert_cmpint (sunday->warnings, ==, JZ_DAY_COUNT_REST_DAY);
  g_autoptr (JzDayCount) worked_sunday = count ("{len=-3WD}", "2025-10-10");
  g_assert_cmpint (worked_sunday->warnings, ==, 0);
}

/* DC-08: (s, e] is not counted; what overlaps is merged; what has no end is not excluded yet. */
static void
test_dc_08 (void)
{
  static const Case cases[] = {
    { "{len=90CD,roll=N,excl=2026-01-20/2026-02-09}", "2026-01-05", "2026-04-25" },
    { "{len=90CD,roll=N,excl_both=2026-01-20/2026-02-09}", "2026-01-05", "2026-04-26" },
    { "{len=30WD,excl=2025-04-21/2025-04-30}", "2025-04-14", "2025-06-10" },
    /* begun and ended on one day: nothing; unless both days are out */
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-05}", "2025-11-03", "2025-11-13" },
    { "{len=10CD,roll=N,excl_both=2025-11-05/2025-11-05}", "2025-11-03", "2025-11-14" },
    /* overlapping, nested, touching and the same twice */
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-10,excl=2025-11-08/2025-11-12}", "2025-11-03",
      "2025-11-20" },
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-12,excl=2025-11-08/2025-11-10}", "2025-11-03",
      "2025-11-20" },
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-08,excl=2025-11-08/2025-11-12}", "2025-11-03",
      "2025-11-20" },
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-12,excl=2025-11-05/2025-11-12}", "2025-11-03",
      "2025-11-20" },
    /* two apart, the second only reached because of the first */
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-12,excl=2025-11-18/2025-11-20}", "2025-11-03",
      "2025-11-22" },
    /* what lies before the event takes nothing away, what reaches over it only what lies behind */
    { "{len=10CD,roll=N,excl=2025-10-20/2025-11-03}", "2025-11-03", "2025-11-13" },
    { "{len=10CD,roll=N,excl=2025-10-20/2025-11-05}", "2025-11-03", "2025-11-15" },
    { "{len=5WD,excl=2025-10-20/2025-11-04}", "2025-11-03", "2025-11-11" },
    /* begun on the last day: days are added, working days were all there */
    { "{len=10CD,roll=N,excl=2025-11-13/2025-11-18}", "2025-11-03", "2025-11-18" },
    { "{len=5WD,excl=2025-11-10/2025-11-18}", "2025-11-03", "2025-11-10" },
    /* begun after the last day: too late */
    { "{len=10CD,roll=N,excl=2025-11-14/2025-11-18}", "2025-11-03", "2025-11-13" },
    /* months: the days are added to the same-numbered day */
    { "{len=6MO,roll=N,excl=2025-09-01/2025-09-11}", "2025-08-31", "2026-03-10" },
    { "{len=1YR,roll=N,excl=2025-09-01/2025-09-11}", "2025-08-31", "2026-09-10" },
    /* rolled once, at the end */
    { "{len=10CD,roll=Y,excl=2025-11-05/2025-11-07}", "2025-11-03", "2025-11-17" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
}

static void
test_dc_08_days (void)
{
  g_autoptr (JzDayCount) result =
    count ("{len=3CD,roll=N,excl=2025-11-04/2025-11-06}", "2025-11-03");
  g_assert_cmpuint (result->days->len, ==, 6);
  assert_day (result, 1, "2025-11-04", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKING, 1);
  assert_day (result, 2, "2025-11-05", JZ_DAY_VERDICT_EXCLUDED, JZ_DAY_KIND_WORKING, 1);
  assert_day (result, 3, "2025-11-06", JZ_DAY_VERDICT_EXCLUDED, JZ_DAY_KIND_WORKING, 1);
  assert_day (result, 4, "2025-11-07", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WORKING, 2);
  assert_day (result, 5, "2025-11-08", JZ_DAY_VERDICT_COUNTED, JZ_DAY_KIND_WEEKEND, 3);
}

static void
test_dc_08_warnings (void)
{
  static const struct {
    const char *form;
    guint warnings;
  } cases[] = {
    { "{len=10CD,roll=N}", 0 },
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-12}", 0 },
    { "{len=10CD,roll=N,excl=2025-11-05/2025-11-05}", 0 },
    { "{len=10CD,roll=N,excl=2025-11-05/}", JZ_DAY_COUNT_EXCLUSION_RUNNING },
    { "{len=10CD,roll=N,excl_both=2025-11-05/}", JZ_DAY_COUNT_EXCLUSION_RUNNING },
    { "{len=10CD,roll=N,excl=2025-10-05/2025-10-12}", JZ_DAY_COUNT_EXCLUSION_OUTSIDE },
    { "{len=10CD,roll=N,excl=2025-11-14/2025-11-18}", JZ_DAY_COUNT_EXCLUSION_OUTSIDE },
    { "{len=10CD,roll=N,excl=2025-11-13/2025-11-18}", 0 },
    { "{len=5WD,excl=2025-11-10/2025-11-18}", JZ_DAY_COUNT_EXCLUSION_OUTSIDE },
    { "{len=10CD,roll=N,excl=2025-12-05/2025-12-12,excl=2025-11-05/}",
      JZ_DAY_COUNT_EXCLUSION_OUTSIDE | JZ_DAY_COUNT_EXCLUSION_RUNNING },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzDayCount) result = count (cases[i].form, "2025-11-03");
    g_test_message ("%s", cases[i].form);
    g_assert_cmpuint (result->warnings, ==, cases[i].warnings);
  }
  /* running, not yet excluded */
  g_autoptr (JzDayCount) running = count ("{len=10CD,roll=N,excl=2025-11-05/}", "2025-11-03");
  assert_date (running->due, "2025-11-13");
}

/* DC-09: 90 + 30 is one limit of 120 days with one roll. */
static void
test_dc_09 (void)
{
  static const Case cases[] = {
    { "{len=90CD,roll=Y,ext=30}", "2025-09-05", "2026-01-04" },
    { "{len=120CD,roll=Y}", "2025-09-05", "2026-01-04" },
    /* counted in two pieces, each rolled, it would end five days later */
    { "{len=30CD,roll=Y,ext=10}", "2025-09-05", "2025-10-15" },
    { "{len=30CD,roll=Y > len=10CD,roll=Y}", "2025-09-05", "2025-10-20" },
    { "{len=20WD,ext=10,excl=2025-04-21/2025-04-30}", "2025-04-14", "2025-06-10" },
    { "{len=60CD,roll=N,ext=5,ext=7}", "2025-11-03", "2026-01-14" },
    /* an exclusion that only begins in the extension */
    { "{len=90CD,roll=N,ext=30,excl=2026-02-10/2026-02-15}", "2025-11-03", "2026-03-08" },
    { "{len=90CD,roll=N,excl=2026-02-10/2026-02-15}", "2025-11-03", "2026-02-01" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
}

/* DC-10: hours by the clock, through nights, weekends and holidays. */
static void
test_dc_10 (void)
{
  static const struct {
    const char *start;
    int length;
    const char *due;
  } cases[] = {
    { "2025-09-30T17:45:30.250+08:00", 24, "2025-10-01T17:45:30.250+08:00" },
    { "2025-10-03T00:00:00.000+08:00", 24, "2025-10-04T00:00:00.000+08:00" },
    { "2025-12-31T23:59:59.999+08:00", 48, "2026-01-02T23:59:59.999+08:00" },
    { "2026-03-02T09:30:00.000+08:00", 1, "2026-03-02T10:30:00.000+08:00" },
    { "2026-03-02T09:30:00.000+08:00", 0, "2026-03-02T09:30:00.000+08:00" },
    { "1969-12-31T12:00:00.000+08:00", 24, "1970-01-01T12:00:00.000+08:00" },
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzInstant start;
    char due[JZ_INSTANT_SIZE];
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_instant_parse (cases[i].start, &start, &error));
    JzLimitTerm term = { .unit = JZ_LIMIT_UNIT_HOUR, .length = cases[i].length };
    g_autoptr (JzDayCount) result = jz_day_count_hours (calendar, &term, start, &error);
    g_assert_no_error (error);
    g_assert_cmpint (result->kind, ==, JZ_DAY_COUNT_INSTANT);
    jz_instant_format (result->due_instant, due);
    g_assert_cmpstr (due, ==, cases[i].due);
    g_assert_cmpint (jz_date_compare (result->due, jz_instant_get_date (result->due_instant)), ==,
                     0);
    g_assert_false (result->is_presumed);
    g_assert_cmpuint (result->days->len, ==, 2);
    g_assert_cmpint (get_day (result, 1)->n_counted, ==, cases[i].length);
    g_assert_true (jz_day_count_is_in_time (result, result->due_instant));
    g_assert_false (jz_day_count_is_in_time (result, result->due_instant + 1));
  }
}

/* DC-12: publication service: the limit of the party starts when the publication has run out. */
static void
test_dc_12 (void)
{
  g_autoptr (JzDayCount) result = count ("{len=30CD,roll=Y > len=60CD,roll=Y}", "2025-09-08");
  assert_date (result->due, "2025-12-08");
  /* both steps are explained, each from its own event */
  assert_day (result, 0, "2025-09-08", JZ_DAY_VERDICT_EVENT, JZ_DAY_KIND_WORKING, 0);
  assert_day (result, 31, "2025-10-09", JZ_DAY_VERDICT_ROLLED, JZ_DAY_KIND_WORKING, 30);
  assert_day (result, 32, "2025-10-09", JZ_DAY_VERDICT_EVENT, JZ_DAY_KIND_WORKING, 0);
  g_assert_cmpuint (get_day (result, 31)->step, ==, 0);
  g_assert_cmpuint (get_day (result, 32)->step, ==, 1);
  assert_date (result->unrolled, "2025-12-08");
}

/* DC-13, DC-17: the last day is in time until 24:00 in Shanghai. */
static void
test_dc_13 (void)
{
  static const struct {
    const char *form;
    const char *start;
    const char *last_day_in_time;
  } cases[] = {
    { "{len=15CD,roll=Y}", "2025-09-19", "2025-10-09" },
    { "{len=7WD}", "2025-09-26", "2025-10-13" },
    { "{len=-7WD}", "2026-02-26", "2026-02-09" },
    { "{len=30CD,roll=N}", "2026-01-16", "2026-02-15" },
    /* the task is shown for the 30th, but the law says the 31st */
    { "{fixed,prev_workday}", "2026-01-31", "2026-01-31" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzDayCount) result = count (cases[i].form, cases[i].start);
    JzInstant midnight = jz_instant_from_date (test_date (cases[i].last_day_in_time), 0, 0);
    JzInstant end = midnight + G_GINT64_CONSTANT (86400000);
    g_assert_true (jz_day_count_is_in_time (result, midnight));
    g_assert_true (jz_day_count_is_in_time (result, end - 1));
    g_assert_false (jz_day_count_is_in_time (result, end));
  }
}

/* DC-14: the later of the review and the suit route, then three months. */
static void
test_dc_14 (void)
{
  static const Case cases[] = {
    { "{len=60CD,roll=Y}", "2025-04-03", "2025-06-03" },
    { "{len=6MO,roll=Y}", "2025-04-03", "2025-10-09" },
    { "{len=6MO,roll=Y > len=3MO,roll=Y}", "2025-04-03", "2026-01-09" },
    { "{len=3MO,roll=Y}", "2025-10-09", "2026-01-09" },
    /* review first, for a penalty on the spot */
    { "{len=60CD,roll=Y > len=3MO,roll=Y}", "2025-04-03", "2025-09-03" },
    /* from the review decision */
    { "{len=15CD,roll=Y > len=3MO,roll=Y}", "2025-06-20", "2025-10-09" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
  g_autoptr (JzDayCount) result = count ("{len=6MO,roll=Y > len=3MO,roll=Y}", "2025-04-03");
  g_assert_cmpint (result->kind, ==, JZ_DAY_COUNT_DATE);
}

/* DC-15: what depends on a year that is not loaded is presumed. */
static void
test_dc_15 (void)
{
  static const struct {
    const char *form;
    const char *start;
    gboolean is_presumed;
  } cases[] = {
    { "{len=5WD}", "2026-12-24", FALSE },
    { "{len=6WD}", "2026-12-24", TRUE },
    { "{len=5WD}", "2023-12-20", TRUE },
    { "{len=5WD}", "2023-12-31", FALSE },
    /* an excluded day is not asked whether it is worked */
    { "{len=5WD,excl=2023-12-20/2023-12-31}", "2023-12-20", FALSE },
    { "{len=10CD,roll=Y}", "2026-12-25", TRUE },
    { "{len=10CD,roll=N}", "2026-12-25", FALSE },
    { "{len=10CD,roll=Y}", "2023-12-25", FALSE },
    { "{len=6MO,roll=Y}", "2026-10-08", TRUE },
    { "{len=-3WD}", "2024-01-03", TRUE },
    { "{len=-1WD}", "2024-01-03", FALSE },
    { "{len=-1WD}", "2027-01-01", FALSE },
    { "{fixed,prev_workday}", "2027-01-31", TRUE },
    { "{fixed}", "2027-01-31", FALSE },
    /* the first of two steps is enough */
    { "{len=5WD > len=30CD,roll=N}", "2023-12-20", TRUE },
    { "{len=2CD,roll=N > len=5WD}", "2023-12-30", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s from %s", cases[i].form, cases[i].start);
    g_autoptr (JzDayCount) result = count (cases[i].form, cases[i].start);
    g_assert_cmpint (result->is_presumed, ==, cases[i].is_presumed);
  }
  g_autoptr (JzDayCount) result = count ("{len=6WD}", "2026-12-24");
  g_assert_false (get_day (result, 7)->is_presumed);
  g_assert_true (get_day (result, 8)->is_presumed);
  assert_date (get_day (result, 8)->date, "2027-01-01");
}

/* A last day that is known to be a rest day, before a year that is not known. */
static void
test_dc_15_over_new_year (void)
{
  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  g_autoptr (GError) error = NULL;
  jz_calendar_builder_add_year (builder, 2022, &error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) calendar = jz_calendar_builder_end (builder);
  g_autoptr (JzDayCount) rolled = count_on (calendar, "{len=1CD,roll=Y}", "2022-12-30", &error);
  assert_date (rolled->due, "2023-01-02");
  g_assert_true (rolled->is_presumed);
  g_autoptr (JzDayCount) unrolled = count_on (calendar, "{len=1CD,roll=N}", "2022-12-30", &error);
  assert_date (unrolled->due, "2022-12-31");
  g_assert_false (unrolled->is_presumed);
}

/* DC-16: a local holiday counts like one of the notice. */
static void
test_dc_16 (void)
{
  g_autoptr (JzCalendar) national = test_load_calendar ();
  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  g_autoptr (GError) error = NULL;
  jz_calendar_builder_add_calendar (builder, national, &error);
  jz_calendar_builder_add_local_off (builder, test_date ("2026-03-20"), test_date ("2026-03-20"),
                                     &error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) calendar = jz_calendar_builder_end (builder);
  g_autoptr (JzDayCount) working = count_on (calendar, "{len=2WD}", "2026-03-18", &error);
  assert_date (working->due, "2026-03-23");
  assert_day (working, 2, "2026-03-20", JZ_DAY_VERDICT_REST, JZ_DAY_KIND_LOCAL_OFF, 1);
  g_autoptr (JzDayCount) rolled = count_on (calendar, "{len=2CD,roll=Y}", "2026-03-18", &error);
  assert_date (rolled->due, "2026-03-23");
  g_assert_false (rolled->is_presumed);
}

/* DC-18: neither the day of acceptance nor the day on which the decision is served is counted. */
static void
test_dc_18 (void)
{
  static const JzExclusion suit = { { 2025, 10, 15 }, { 2025, 11, 14 }, TRUE, FALSE };
  static const JzExclusion late = { { 2025, 11, 10 }, { 2025, 11, 20 }, TRUE, FALSE };
  static const JzExclusion early = { { 2025, 9, 1 }, { 2025, 10, 10 }, TRUE, FALSE };
  static const JzExclusion open = { { 2025, 10, 15 }, { 0 }, TRUE, TRUE };
  static const struct {
    const char *until;
    const JzExclusion *exclusions[2];
    int n_days;
    gboolean is_running;
  } cases[] = {
    { "2025-10-01", { NULL }, 0, FALSE },         { "2025-10-09", { NULL }, 0, FALSE },
    { "2025-10-10", { NULL }, 1, FALSE },         { "2025-11-12", { NULL }, 34, FALSE },
    { "2025-10-14", { &suit }, 5, FALSE },        { "2025-10-15", { &suit }, 5, FALSE },
    { "2025-11-14", { &suit }, 5, FALSE },        { "2025-11-15", { &suit }, 6, FALSE },
    { "2025-11-20", { &suit, &late }, 5, FALSE }, { "2025-11-21", { &late, &suit }, 6, FALSE },
    { "2025-10-12", { &early }, 2, FALSE },       { "2025-10-10", { &early }, 0, FALSE },
    { "2025-10-20", { &open }, 11, TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzExclusion exclusions[2] = { 0 };
    guint n_exclusions = 0;
    for (; n_exclusions < 2 && cases[i].exclusions[n_exclusions] != NULL; n_exclusions++)
      exclusions[n_exclusions] = *cases[i].exclusions[n_exclusions];
    int n_days;
    gboolean is_running;
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_day_count_surcharge (test_date ("2025-10-09"), test_date (cases[i].until),
                                           exclusions, n_exclusions, &n_days, &is_running, &error));
    g_assert_no_error (error);
    g_assert_cmpint (n_days, ==, cases[i].n_days);
    g_assert_cmpint (is_running, ==, cases[i].is_running);
  }
}

/* The two ways to count surcharge days agree: days until a date, and the date of the n-th day. */
static void
test_dc_18_agrees (void)
{
  g_autoptr (JzDayCount) cap =
    count ("{len=34CD,roll=N,excl_both=2025-10-15/2025-11-14}", "2025-10-09");
  JzExclusion suit = { { 2025, 10, 15 }, { 2025, 11, 14 }, TRUE, FALSE };
  int n_days;
  gboolean is_running;
  assert_date (cap->due, "2025-12-13");
  g_assert_true (jz_day_count_surcharge (test_date ("2025-10-09"), cap->due, &suit, 1, &n_days,
                                         &is_running, NULL));
  g_assert_cmpint (n_days, ==, 34);
}

/* DC-19: a fixed date does not move; the task is shown for the last working day not after it. */
static void
test_dc_19 (void)
{
  static const Case cases[] = {
    { "{fixed}", "2026-01-31", "2026-01-31" },
    { "{fixed,prev_workday}", "2026-01-31", "2026-01-30" },
    { "{fixed,prev_workday}", "2026-01-30", "2026-01-30" },
    { "{fixed,prev_workday}", "2026-10-07", "2026-09-30" },
    { "{fixed=01-31,prev_workday}", "2025-12-31", "2026-01-30" },
    { "{fixed=01-31,prev_workday}", "2026-01-01", "2026-01-30" },
    { "{fixed=01-31,prev_workday}", "2026-01-31", "2026-01-30" },
    { "{fixed=01-31}", "2026-02-01", "2027-01-31" },
    { "{fixed=03-31}", "2025-12-31", "2026-03-31" },
    { "{fixed=02-29}", "2025-12-31", "2026-02-28" },
    { "{fixed=02-29}", "2024-02-29", "2024-02-29" },
    { "{fixed=12-31}", "9999-12-31", "9999-12-31" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
  g_autoptr (JzDayCount) result = count ("{fixed,prev_workday}", "2026-02-01");
  g_assert_cmpint (result->kind, ==, JZ_DAY_COUNT_FIXED);
  assert_date (result->unrolled, "2026-02-01");
  g_assert_cmpuint (result->days->len, ==, 3);
  assert_day (result, 0, "2026-02-01", JZ_DAY_VERDICT_REST, JZ_DAY_KIND_WEEKEND, 0);
  assert_day (result, 1, "2026-01-31", JZ_DAY_VERDICT_REST, JZ_DAY_KIND_WEEKEND, 0);
  assert_day (result, 2, "2026-01-30", JZ_DAY_VERDICT_LATEST, JZ_DAY_KIND_WORKING, 0);
}

static void
test_refused (void)
{
  static const struct {
    const char *form;
    const char *start;
    JzBaseError code;
  } cases[] = {
    { "{len=24H}", "2025-11-03", JZ_BASE_ERROR_RANGE },
    { "{len=5WD}", "9999-12-30", JZ_BASE_ERROR_RANGE },
    { "{len=5CD,roll=N}", "9999-12-30", JZ_BASE_ERROR_RANGE },
    { "{len=1MO,roll=N}", "9999-12-30", JZ_BASE_ERROR_RANGE },
    { "{len=100YR,roll=N}", "9900-12-30", JZ_BASE_ERROR_RANGE },
    { "{len=-5WD}", "1900-01-03", JZ_BASE_ERROR_RANGE },
    { "{fixed=01-31}", "9999-02-01", JZ_BASE_ERROR_RANGE },
    { "{len=5CD,roll=N,excl=1900-01-01/9999-12-31}", "2025-11-03", JZ_BASE_ERROR_LIMIT },
    { "{len=5WD,excl=9999-12-01/9999-12-31}", "9999-12-01", JZ_BASE_ERROR_RANGE },
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_test_message ("%s from %s", cases[i].form, cases[i].start);
    g_assert_null (count_on (calendar, cases[i].form, cases[i].start, &error));
    g_assert_error (error, JZ_BASE_ERROR, (int)cases[i].code);
  }
}

/* The very last days of the calendar can still be counted to. */
static void
test_end_of_time (void)
{
  static const Case cases[] = {
    { "{len=1CD,roll=Y}", "9999-12-30", "9999-12-31" },
    { "{len=1CD,roll=N,excl=9999-12-31/9999-12-31}", "9999-12-30", "9999-12-31" },
    { "{len=-1CD,mode=INCLUSIVE}", "1900-01-02", "1900-01-01" },
  };
  assert_due (cases, G_N_ELEMENTS (cases));
}

/* Terms that were not read by jz_limit_parse(), such as those of a rulebook. */
static void
test_term_refused (void)
{
  static const JzLimitTerm terms[] = {
    { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = -1 },
    { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 10000 },
    { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = G_MAXINT },
    { .unit = JZ_LIMIT_UNIT_MONTH, .length = 1201 },
    { .unit = JZ_LIMIT_UNIT_YEAR, .length = 101 },
    { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 5, .mode = JZ_BACKWARD_MODE_INCLUSIVE },
    { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 5, .fixed_month = 1, .fixed_day = 1 },
    { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 5, .to_previous_working_day = TRUE },
    { .unit = JZ_LIMIT_UNIT_CALENDAR_DAY, .length = 5, .is_backward = TRUE, .rolls = TRUE },
    { .unit = JZ_LIMIT_UNIT_CALENDAR_DAY, .is_backward = TRUE },
    { .unit = JZ_LIMIT_UNIT_MONTH, .length = 1, .is_backward = TRUE },
    { .unit = JZ_LIMIT_UNIT_HOUR, .length = 24, .is_backward = TRUE },
    { .unit = JZ_LIMIT_UNIT_FIXED, .length = 5 },
    { .unit = JZ_LIMIT_UNIT_FIXED, .rolls = TRUE },
    { .unit = JZ_LIMIT_UNIT_FIXED, .is_backward = TRUE },
    { .unit = JZ_LIMIT_UNIT_FIXED, .mode = JZ_BACKWARD_MODE_INCLUSIVE },
    { .unit = JZ_LIMIT_UNIT_FIXED, .fixed_month = 13, .fixed_day = 1 },
    { .unit = JZ_LIMIT_UNIT_FIXED, .fixed_month = 4, .fixed_day = 31 },
    { .unit = JZ_LIMIT_UNIT_FIXED, .fixed_day = 31 },
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++) {
    JzLimitStep step = { .term = terms[i] };
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_day_count_limit (calendar, &step, 1, test_date ("2025-11-03"), &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  }
}

static void
test_hours_refused (void)
{
  static const JzLimitTerm terms[] = {
    { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 5 },
    { .unit = JZ_LIMIT_UNIT_HOUR, .length = 24, .rolls = TRUE },
    { .unit = JZ_LIMIT_UNIT_HOUR, .length = -24 },
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_day_count_hours (calendar, &terms[i], 0, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  }
  JzLimitTerm day = { .unit = JZ_LIMIT_UNIT_HOUR, .length = 24 };
  JzInstant last = jz_instant_from_date (test_date ("9999-12-31"), 9, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (jz_day_count_hours (calendar, &day, last, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
}

static void
test_exclusion_refused (void)
{
  JzExclusion backward = { { 2025, 11, 12 }, { 2025, 11, 5 }, FALSE, FALSE };
  JzLimitStep step = {
    .term = { .unit = JZ_LIMIT_UNIT_CALENDAR_DAY, .length = 10 },
    .exclusions = &backward,
    .n_exclusions = 1,
  };
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  g_autoptr (GError) error = NULL;
  g_assert_null (jz_day_count_limit (calendar, &step, 1, test_date ("2025-11-03"), &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  g_clear_error (&error);
  int n_days;
  gboolean is_running;
  g_assert_false (jz_day_count_surcharge (test_date ("2025-10-09"), test_date ("2025-11-09"),
                                          &backward, 1, &n_days, &is_running, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/day-count/vectors", test_vectors);
  g_test_add_func ("/base/day-count/DC-01", test_dc_01);
  g_test_add_func ("/base/day-count/DC-02", test_dc_02);
  g_test_add_func ("/base/day-count/rolled-is-shown", test_rolled_is_shown);
  g_test_add_func ("/base/day-count/DC-03", test_dc_03);
  g_test_add_func ("/base/day-count/DC-04", test_dc_04);
  g_test_add_func ("/base/day-count/DC-05-DC-06", test_dc_06);
  g_test_add_func ("/base/day-count/DC-07", test_dc_07);
  g_test_add_func ("/base/day-count/DC-08", test_dc_08);
  g_test_add_func ("/base/day-count/DC-08-days", test_dc_08_days);
  g_test_add_func ("/base/day-count/DC-08-warnings", test_dc_08_warnings);
  g_test_add_func ("/base/day-count/DC-09", test_dc_09);
  g_test_add_func ("/base/day-count/DC-10", test_dc_10);
  g_test_add_func ("/base/day-count/DC-12", test_dc_12);
  g_test_add_func ("/base/day-count/DC-13-DC-17", test_dc_13);
  g_test_add_func ("/base/day-count/DC-14", test_dc_14);
  g_test_add_func ("/base/day-count/DC-15", test_dc_15);
  g_test_add_func ("/base/day-count/DC-15-over-new-year", test_dc_15_over_new_year);
  g_test_add_func ("/base/day-count/DC-16", test_dc_16);
  g_test_add_func ("/base/day-count/DC-18", test_dc_18);
  g_test_add_func ("/base/day-count/DC-18-agrees", test_dc_18_agrees);
  g_test_add_func ("/base/day-count/DC-19", test_dc_19);
  g_test_add_func ("/base/day-count/refused", test_refused);
  g_test_add_func ("/base/day-count/end-of-time", test_end_of_time);
  g_test_add_func ("/base/day-count/term-refused", test_term_refused);
  g_test_add_func ("/base/day-count/hours-refused", test_hours_refused);
  g_test_add_func ("/base/day-count/exclusion-refused", test_exclusion_refused);
  return g_test_run ();
}
