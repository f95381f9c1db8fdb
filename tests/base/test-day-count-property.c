/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/day_count.h"
#include "test-calendar-data.h"

/* What must hold for every limit, on limits drawn at random (the seed is printed by the framework
 * and can be given with --seed). The expected values are computed here in other ways than by the
 * program: by formula where it walks, by walking where it has a formula. */

#define N_ROUNDS 1500
#define MAX_EXCLUSIONS 4

typedef struct {
  JzLimitStep step;
  JzExclusion exclusions[MAX_EXCLUSIONS];
  int extensions[3];
} Limit;

static JzDate
draw_date (void)
{
  /* some of it outside the years that are loaded */
  return jz_date_add_days ((JzDate){ 2023, 10, 1 }, g_test_rand_int_range (0, 1300));
}

static JzExclusion
draw_exclusion (JzDate near)
{
  JzExclusion exclusion = {
    .start = jz_date_add_days (near, g_test_rand_int_range (-10, 60)),
    .includes_start = g_test_rand_bit (),
  };
  exclusion.end = jz_date_add_days (exclusion.start, g_test_rand_int_range (0, 25));
  return exclusion;
}

static void
draw_limit (Limit *limit, JzLimitUnit unit, JzDate start, guint n_exclusions)
{
  *limit = (Limit){ 0 };
  limit->step.term.unit = unit;
  limit->step.term.length = g_test_rand_int_range (1, unit < JZ_LIMIT_UNIT_MONTH ? 60 : 7);
  limit->step.term.rolls = g_test_rand_bit ();
  for (guint i = 0; i < n_exclusions; i++)
    limit->exclusions[i] = draw_exclusion (start);
  limit->step.exclusions = limit->exclusions;
  limit->step.n_exclusions = n_exclusions;
  limit->step.extensions = limit->extensions;
}

static JzDayCount *
count (const JzCalendar *calendar, const Limit *limit, JzDate start)
{
  g_autoptr (GError) error = NULL;
  JzDayCount *result = jz_day_count_limit (calendar, &limit->step, 1, start, &error);
  g_assert_no_error (error);
  return result;
}

static gboolean
is_working (const JzCalendar *calendar, JzDate date)
{
  return jz_calendar_is_working_day (calendar, date, NULL);
}

static gboolean
is_excluded (const Limit *limit, JzDate date)
{
  for (guint i = 0; i < limit->step.n_exclusions; i++) {
    const JzExclusion *exclusion = &limit->exclusions[i];
    int after_start = jz_date_days_between (exclusion->start, date);
    if (after_start >= (exclusion->includes_start ? 0 : 1) &&
        jz_date_compare (date, exclusion->end) <= 0)
      return TRUE;
  }
  return FALSE;
}

static JzLimitUnit
draw_unit (JzLimitUnit last)
{
  return (JzLimitUnit)g_test_rand_int_range (0, (int)last + 1);
}

static void
test_monotone (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit limit;
    /* Months are without exclusions: two starts whose months end on the same day are of different
     * length in days, and then an exclusion before one of them makes a difference. */
    JzLimitUnit unit = draw_unit (JZ_LIMIT_UNIT_YEAR);
    draw_limit (&limit, unit, start, unit < JZ_LIMIT_UNIT_MONTH ? 3 : 0);
    g_autoptr (JzDayCount) result = count (calendar, &limit, start);
    JzDate later = jz_date_add_days (start, g_test_rand_int_range (1, 40));
    g_autoptr (JzDayCount) later_result = count (calendar, &limit, later);
    g_assert_cmpint (jz_date_compare (result->due, later_result->due), <=, 0);
    g_assert_cmpint (jz_date_compare (start, result->due), <, 0);
  }
}

static void
test_ends_on_working_day (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit limit;
    draw_limit (&limit, draw_unit (JZ_LIMIT_UNIT_YEAR), start, 2);
    g_autoptr (JzDayCount) result = count (calendar, &limit, start);
    if (limit.step.term.unit == JZ_LIMIT_UNIT_WORKING_DAY || limit.step.term.rolls)
      g_assert_true (is_working (calendar, result->due));
    else
      g_assert_cmpint (jz_date_compare (result->due, result->unrolled), ==, 0);
    g_assert_true (is_working (calendar, result->rolled));
    /* rolling passes rest days only */
    JzDate passed = result->unrolled;
    for (; jz_date_compare (passed, result->rolled) < 0; passed = jz_date_add_days (passed, 1))
      g_assert_false (is_working (calendar, passed));
  }
}

/* Between the latest service and the event lie exactly N full working days; a day later, fewer. */
static void
test_backward (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate event = draw_date ();
    Limit limit;
    draw_limit (&limit, JZ_LIMIT_UNIT_WORKING_DAY, event, 0);
    limit.step.term.is_backward = TRUE;
    limit.step.term.rolls = FALSE;
    g_autoptr (JzDayCount) full = count (calendar, &limit, event);
    limit.step.term.mode = JZ_BACKWARD_MODE_INCLUSIVE;
    g_autoptr (JzDayCount) inclusive = count (calendar, &limit, event);
    int n_between = 0;
    JzDate first = jz_date_add_days (full->due, 1);
    for (JzDate day = first; jz_date_compare (day, event) < 0; day = jz_date_add_days (day, 1))
      n_between += is_working (calendar, day);
    g_assert_cmpint (n_between, ==, limit.step.term.length);
    g_assert_true (is_working (calendar, first));
    g_assert_cmpint (jz_date_compare (inclusive->due, first), ==, 0);
    g_assert_cmpint ((full->warnings & JZ_DAY_COUNT_REST_DAY) == 0, ==,
                     is_working (calendar, full->due));
  }
}

static void
shuffle (JzExclusion *exclusions, guint n_exclusions)
{
  for (guint i = n_exclusions; i > 1; i--) {
    guint other = (guint)g_test_rand_int_range (0, (int)i);
    JzExclusion kept = exclusions[i - 1];
    exclusions[i - 1] = exclusions[other];
    exclusions[other] = kept;
  }
}

static void
test_exclusion_order (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit limit;
    draw_limit (&limit, draw_unit (JZ_LIMIT_UNIT_YEAR), start, MAX_EXCLUSIONS);
    g_autoptr (JzDayCount) result = count (calendar, &limit, start);
    shuffle (limit.exclusions, MAX_EXCLUSIONS);
    /* and one of them twice changes nothing either */
    limit.exclusions[g_test_rand_int_range (0, MAX_EXCLUSIONS)] = limit.exclusions[0];
    shuffle (limit.exclusions, MAX_EXCLUSIONS);
    g_autoptr (JzDayCount) fewer = count (calendar, &limit, start);
    g_assert_cmpint (jz_date_compare (fewer->due, result->due), <=, 0);
    shuffle (limit.exclusions, MAX_EXCLUSIONS);
    g_autoptr (JzDayCount) again = count (calendar, &limit, start);
    g_assert_cmpint (jz_date_compare (fewer->due, again->due), ==, 0);
    g_assert_cmpint (fewer->warnings, ==, again->warnings);
    g_assert_cmpuint (fewer->days->len, ==, again->days->len);
  }
}

static int
count_excluded (const Limit *limit, JzDate start, JzDate end)
{
  int n_days = 0;
  for (JzDate day = jz_date_add_days (start, 1); jz_date_compare (day, end) <= 0;
       day = jz_date_add_days (day, 1))
    n_days += is_excluded (limit, day);
  return n_days;
}

/* DC-08 as a formula: the end moves by as many days as are excluded before it, which may reach more
 * of them, until nothing changes; what begins on the last day is added as well. */
static JzDate
add_by_formula (const Limit *limit, JzDate start, int n_days)
{
  JzDate end = jz_date_add_days (start, n_days);
  while (TRUE) {
    JzDate moved = jz_date_add_days (start, n_days + count_excluded (limit, start, end));
    if (jz_date_compare (moved, end) == 0)
      break;
    end = moved;
  }
  while (is_excluded (limit, jz_date_add_days (end, 1)))
    end = jz_date_add_days (end, 1);
  return end;
}

static void
test_days_by_formula (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit limit;
    JzLimitUnit unit =
      (JzLimitUnit)g_test_rand_int_range (JZ_LIMIT_UNIT_CALENDAR_DAY, JZ_LIMIT_UNIT_YEAR + 1);
    draw_limit (&limit, unit, start, 3);
    int n_days = limit.step.term.length;
    if (unit != JZ_LIMIT_UNIT_CALENDAR_DAY) {
      int n_months = unit == JZ_LIMIT_UNIT_MONTH ? n_days : 12 * n_days;
      n_days = jz_date_days_between (start, jz_date_add_months (start, n_months));
    }
    g_autoptr (JzDayCount) result = count (calendar, &limit, start);
    JzDate expected = add_by_formula (&limit, start, n_days);
    g_assert_cmpint (jz_date_days_between (expected, result->unrolled), ==, 0);
  }
}

static void
test_working_days_by_steps (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit limit;
    draw_limit (&limit, JZ_LIMIT_UNIT_WORKING_DAY, start, 3);
    JzDate expected = start;
    for (int i = 0; i < limit.step.term.length; i++) {
      do {
        expected = jz_calendar_get_next_working_day (calendar, expected, NULL);
      } while (is_excluded (&limit, expected));
    }
    g_autoptr (JzDayCount) result = count (calendar, &limit, start);
    g_assert_cmpint (jz_date_days_between (expected, result->due), ==, 0);
  }
}

/* Every day from the event to the due date is there once, with a reason that is true, and the
 * counted ones add up. */
static void
test_explanation (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit limit;
    JzLimitUnit unit = draw_unit (JZ_LIMIT_UNIT_CALENDAR_DAY);
    draw_limit (&limit, unit, start, 2);
    g_autoptr (JzDayCount) result = count (calendar, &limit, start);
    int n_counted = 0;
    gboolean any_presumed = FALSE;
    for (guint i = 0; i < result->days->len; i++) {
      const JzCountedDay *day = &g_array_index (result->days, JzCountedDay, i);
      g_assert_cmpint (jz_date_days_between (start, day->date), ==, i);
      gboolean is_rolled = jz_date_compare (day->date, result->unrolled) > 0;
      gboolean is_rest = unit == JZ_LIMIT_UNIT_WORKING_DAY && !is_working (calendar, day->date);
      JzDayVerdict expected = JZ_DAY_VERDICT_COUNTED;
      if (i == 0)
        expected = JZ_DAY_VERDICT_EVENT;
      else if (is_rolled)
        expected = JZ_DAY_VERDICT_ROLLED;
      else if (is_excluded (&limit, day->date))
        expected = JZ_DAY_VERDICT_EXCLUDED;
      else if (is_rest)
        expected = JZ_DAY_VERDICT_REST;
      g_assert_cmpint (day->verdict, ==, expected);
      g_assert_cmpint (day->kind, ==, jz_calendar_get_day_kind (calendar, day->date));
      n_counted += expected == JZ_DAY_VERDICT_COUNTED;
      g_assert_cmpint (day->n_counted, ==, n_counted);
      gboolean is_asked =
        expected == JZ_DAY_VERDICT_ROLLED ||
        (unit == JZ_LIMIT_UNIT_WORKING_DAY && i > 0 && expected != JZ_DAY_VERDICT_EXCLUDED) ||
        (limit.step.term.rolls && unit != JZ_LIMIT_UNIT_WORKING_DAY &&
         jz_date_compare (day->date, result->unrolled) == 0);
      any_presumed |= is_asked && !jz_calendar_has_year (calendar, day->date.year);
    }
    g_assert_cmpint (n_counted, ==, limit.step.term.length);
    g_assert_cmpint (jz_date_days_between (start, result->due), ==, result->days->len - 1);
    g_assert_cmpint (result->is_presumed, ==, any_presumed);
  }
}

/* DC-09: extending in pieces is the same as one limit of the whole length. */
static void
test_extension_is_sum (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit whole;
    draw_limit (&whole, draw_unit (JZ_LIMIT_UNIT_YEAR), start, 3);
    Limit pieces = whole;
    pieces.step.exclusions = pieces.exclusions;
    pieces.step.extensions = pieces.extensions;
    pieces.step.n_extensions = (guint)g_test_rand_int_range (1, 4);
    for (guint i = 0; i < pieces.step.n_extensions; i++) {
      pieces.extensions[i] = g_test_rand_int_range (1, 4);
      whole.step.term.length += pieces.extensions[i];
    }
    whole.step.exclusions = whole.exclusions;
    g_autoptr (JzDayCount) expected = count (calendar, &whole, start);
    g_autoptr (JzDayCount) result = count (calendar, &pieces, start);
    g_assert_cmpint (jz_date_compare (result->due, expected->due), ==, 0);
    g_assert_cmpint (jz_date_compare (result->unrolled, expected->unrolled), ==, 0);
    g_assert_cmpuint (result->days->len, ==, expected->days->len);
  }
}

static void
test_chain_is_each_from_the_last (void)
{
  g_autoptr (JzCalendar) calendar = test_load_calendar ();
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate start = draw_date ();
    Limit limits[3];
    JzLimitStep steps[3];
    JzDate due = start;
    for (guint i = 0; i < 3; i++) {
      draw_limit (&limits[i], draw_unit (JZ_LIMIT_UNIT_MONTH), start, 1);
      steps[i] = limits[i].step;
      g_autoptr (JzDayCount) alone = count (calendar, &limits[i], due);
      due = alone->due;
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (JzDayCount) chain = jz_day_count_limit (calendar, steps, 3, start, &error);
    g_assert_no_error (error);
    g_assert_cmpint (jz_date_compare (chain->due, due), ==, 0);
  }
}

static void
test_surcharge_one_by_one (void)
{
  for (int round = 0; round < N_ROUNDS; round++) {
    JzDate due = draw_date ();
    JzDate until = jz_date_add_days (due, g_test_rand_int_range (-10, 120));
    Limit limit;
    draw_limit (&limit, JZ_LIMIT_UNIT_CALENDAR_DAY, due, 3);
    int n_days;
    gboolean is_running;
    g_autoptr (GError) error = NULL;
    jz_day_count_surcharge (due, until, limit.exclusions, 3, &n_days, &is_running, &error);
    g_assert_no_error (error);
    int expected = MAX (jz_date_days_between (due, until), 0);
    g_assert_cmpint (n_days, ==, expected - count_excluded (&limit, due, until));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/day-count-property/monotone", test_monotone);
  g_test_add_func ("/base/day-count-property/ends-on-working-day", test_ends_on_working_day);
  g_test_add_func ("/base/day-count-property/backward", test_backward);
  g_test_add_func ("/base/day-count-property/exclusion-order", test_exclusion_order);
  g_test_add_func ("/base/day-count-property/days-by-formula", test_days_by_formula);
  g_test_add_func ("/base/day-count-property/working-days-by-steps", test_working_days_by_steps);
  g_test_add_func ("/base/day-count-property/explanation", test_explanation);
  g_test_add_func ("/base/day-count-property/extension-is-sum", test_extension_is_sum);
  g_test_add_func ("/base/day-count-property/chain-is-each-from-the-last",
                   test_chain_is_each_from_the_last);
  g_test_add_func ("/base/day-count-property/surcharge-one-by-one", test_surcharge_one_by_one);
  return g_test_run ();
}
