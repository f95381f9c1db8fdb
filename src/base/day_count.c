/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/day_count.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

/* When a limit ends, counted day by day as a person would with a calendar on the wall, so that the
 * explanation is the computation itself and not a second one beside it.
 *
 * The day of the event is not counted (DC-01). What is counted are working days or calendar days;
 * months and years are turned into the calendar days until the same-numbered day (DC-03), and then
 * counted like these, so that exclusions mean the same for every unit. Extensions are added to the
 * length before anything is counted (DC-09), which adds exclusions and rolls once, at the end.
 *
 * An exclusion that begins on the very last day: calendar days go on behind it, for DC-08 says "add
 * e − s days"; working days do not, for there it says "skip the working days in (s, e]". */

/* A bound on what comes from outside, no figure of any law. */
#define MAX_EXPLAINED_DAYS 100000

#define MS_PER_HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)

typedef struct {
  const JzCalendar *calendar;
  JzDayCount *result;
  guint step;
  int n_counted;
} Counter;

static gboolean
set_range_error (GError **error)
{
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                       _ ("The limit ends before 1900 or after 9999; check its start and length."));
  return FALSE;
}

static gboolean
add_row (Counter *self, JzDate date, JzDayVerdict verdict, GError **error)
{
  if (!jz_date_is_valid (date))
    return set_range_error (error);
  if (self->result->days->len == MAX_EXPLAINED_DAYS) {
    g_set_error (
      error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
      _ ("The limit runs over more than %d days; check its length and the times that are "
         "not counted."),
      MAX_EXPLAINED_DAYS);
    return FALSE;
  }
  if (verdict == JZ_DAY_VERDICT_COUNTED)
    self->n_counted++;
  JzCountedDay row = {
    .date = date,
    .verdict = verdict,
    .kind = jz_calendar_get_day_kind (self->calendar, date),
    .is_presumed = !jz_calendar_has_year (self->calendar, date.year),
    .step = self->step,
    .n_counted = self->n_counted,
  };
  g_array_append_val (self->result->days, row);
  return TRUE;
}

static JzDayVerdict
judge_working_day (Counter *self, JzDate date)
{
  if (!jz_date_is_valid (date))
    return JZ_DAY_VERDICT_REST;
  gboolean is_presumed;
  gboolean is_working = jz_calendar_is_working_day (self->calendar, date, &is_presumed);
  self->result->is_presumed |= is_presumed;
  return is_working ? JZ_DAY_VERDICT_COUNTED : JZ_DAY_VERDICT_REST;
}

/* Days are asked for in order; @position remembers which spans already lie behind. */
static gboolean
is_excluded (const GArray *spans, JzDate date, guint *position)
{
  while (*position < spans->len &&
         jz_date_compare (g_array_index (spans, JzExcludedSpan, *position).last, date) < 0)
    (*position)++;
  return *position < spans->len &&
         jz_date_compare (g_array_index (spans, JzExcludedSpan, *position).first, date) <= 0;
}

static gboolean
count_days (Counter *self,
            JzLimitUnit unit,
            JzDate start,
            int n_days,
            const GArray *spans,
            GError **error)
{
  guint position = 0;
  gboolean is_in_working_days = unit == JZ_LIMIT_UNIT_WORKING_DAY;
  JzDate date = start;
  while (n_days > 0) {
    JzDate next = jz_date_add_days (date, 1);
    gboolean next_excluded = is_excluded (spans, next, &position);
    if (self->n_counted == n_days && (is_in_working_days || !next_excluded))
      break;
    JzDayVerdict verdict = JZ_DAY_VERDICT_COUNTED;
    if (next_excluded)
      verdict = JZ_DAY_VERDICT_EXCLUDED;
    else if (is_in_working_days)
      verdict = judge_working_day (self, next);
    if (!add_row (self, next, verdict, error))
      return FALSE;
    date = next;
  }
  self->result->unrolled = date;
  return TRUE;
}

static void
warn_of_spans_outside (Counter *self, JzDate start, const GArray *spans)
{
  for (guint i = 0; i < spans->len; i++) {
    const JzExcludedSpan *span = &g_array_index (spans, JzExcludedSpan, i);
    if (jz_date_compare (span->last, start) <= 0 ||
        jz_date_compare (span->first, self->result->unrolled) > 0)
      self->result->warnings |= JZ_DAY_COUNT_EXCLUSION_OUTSIDE;
  }
}

static gboolean
roll (Counter *self, gboolean is_rolling, GError **error)
{
  JzDayCount *result = self->result;
  gboolean last_presumed;
  gboolean next_presumed = FALSE;
  JzDate rolled = result->unrolled;
  if (!jz_calendar_is_working_day (self->calendar, rolled, &last_presumed))
    rolled = jz_calendar_get_next_working_day (self->calendar, rolled, &next_presumed);
  result->rolled = jz_date_is_valid (rolled) ? rolled : result->unrolled;
  result->due = result->unrolled;
  if (!is_rolling)
    return TRUE;
  result->is_presumed |= last_presumed || next_presumed;
  while (jz_date_compare (result->due, rolled) != 0) {
    result->due = jz_date_add_days (result->due, 1);
    if (!add_row (self, result->due, JZ_DAY_VERDICT_ROLLED, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
get_n_days (JzLimitUnit unit, int length, JzDate start, int *n_days, GError **error)
{
  if (unit == JZ_LIMIT_UNIT_WORKING_DAY || unit == JZ_LIMIT_UNIT_CALENDAR_DAY) {
    *n_days = length;
    return TRUE;
  }
  int n_months = unit == JZ_LIMIT_UNIT_YEAR ? length * 12 : length;
  JzDate same_day = jz_date_add_months (start, n_months);
  if (!jz_date_is_valid (same_day))
    return set_range_error (error);
  *n_days = jz_date_days_between (start, same_day);
  return TRUE;
}

static gboolean
count_forward (Counter *self, const JzLimitStep *step, JzDate start, GError **error)
{
  self->result->kind = JZ_DAY_COUNT_DATE;
  gboolean is_running;
  g_autoptr (GArray) spans =
    jz_exclusion_merge (step->exclusions, step->n_exclusions, &is_running, error);
  if (spans == NULL)
    return FALSE;
  if (is_running)
    self->result->warnings |= JZ_DAY_COUNT_EXCLUSION_RUNNING;
  int length = 0;
  int n_days = 0;
  if (!jz_limit_step_get_length (step, &length, error) ||
      !get_n_days (step->term.unit, length, start, &n_days, error) ||
      !add_row (self, start, JZ_DAY_VERDICT_EVENT, error) ||
      !count_days (self, step->term.unit, start, n_days, spans, error))
    return FALSE;
  warn_of_spans_outside (self, start, spans);
  /* Working days end on a working day (DC-04), and what is due at once has no last day to move. */
  gboolean is_rolling =
    step->term.rolls && step->term.unit != JZ_LIMIT_UNIT_WORKING_DAY && n_days > 0;
  return roll (self, is_rolling, error);
}

static gboolean
count_backward (Counter *self, const JzLimitTerm *term, JzDate event, GError **error)
{
  JzDayCount *result = self->result;
  result->kind = JZ_DAY_COUNT_BACKWARD;
  if (!add_row (self, event, JZ_DAY_VERDICT_EVENT, error))
    return FALSE;
  JzDate date = event;
  while (self->n_counted < term->length) {
    date = jz_date_add_days (date, -1);
    JzDayVerdict verdict = JZ_DAY_VERDICT_COUNTED;
    if (term->unit == JZ_LIMIT_UNIT_WORKING_DAY)
      verdict = judge_working_day (self, date);
    if (!add_row (self, date, verdict, error))
      return FALSE;
  }
  if (term->mode == JZ_BACKWARD_MODE_FULL) {
    date = jz_date_add_days (date, -1);
    if (!add_row (self, date, JZ_DAY_VERDICT_LATEST, error))
      return FALSE;
  }
  result->due = date;
  result->unrolled = date;
  result->rolled = date;
  if (!jz_calendar_is_working_day (self->calendar, date, NULL))
    result->warnings |= JZ_DAY_COUNT_REST_DAY;
  return TRUE;
}

static JzDate
make_fixed_date (const JzLimitTerm *term, int year)
{
  /* January has every day, and going from there to a shorter month ends on its last day. */
  return jz_date_add_months ((JzDate){ year, 1, term->fixed_day }, term->fixed_month - 1);
}

static gboolean
count_fixed (Counter *self, const JzLimitTerm *term, JzDate start, GError **error)
{
  JzDayCount *result = self->result;
  result->kind = JZ_DAY_COUNT_FIXED;
  JzDate date = start;
  if (term->fixed_month != 0) {
    date = make_fixed_date (term, start.year);
    if (jz_date_compare (date, start) < 0 && start.year < 9999)
      date = make_fixed_date (term, start.year + 1);
    if (jz_date_compare (date, start) < 0)
      return set_range_error (error);
  }
  result->unrolled = date;
  result->rolled = date;
  while (term->to_previous_working_day && judge_working_day (self, date) == JZ_DAY_VERDICT_REST) {
    if (!add_row (self, date, JZ_DAY_VERDICT_REST, error))
      return FALSE;
    date = jz_date_add_days (date, -1);
  }
  result->due = date;
  return add_row (self, date, JZ_DAY_VERDICT_LATEST, error);
}

static gboolean
count_step (Counter *self, const JzLimitStep *step, JzDate start, GError **error)
{
  self->n_counted = 0;
  if (step->term.unit == JZ_LIMIT_UNIT_FIXED)
    return count_fixed (self, &step->term, start, error);
  if (step->term.is_backward)
    return count_backward (self, &step->term, start, error);
  return count_forward (self, step, start, error);
}

static JzDayCount *
new_day_count (void)
{
  JzDayCount *self = g_new0 (JzDayCount, 1);
  self->days = g_array_new (FALSE, FALSE, sizeof (JzCountedDay));
  return self;
}

static void
set_unit_error (GError **error, const char *sentence)
{
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE, sentence);
}

/**
 * jz_day_count_limit:
 * @calendar: which days are worked
 * @steps: (array length=n_steps): the limit; more than one where a limit starts on the due date of
 *   another
 * @n_steps: how many, at least 1
 * @start: a valid date: the day of the event; of a backward limit the planned event; of a fixed
 *   date the date itself or, where the term names a month, the day from which it is sought
 * @error: return location
 *
 * Counts when a limit ends: DC-01 to DC-04, DC-07 to DC-09, DC-12, DC-14, DC-15 and DC-19. It
 * counts by what the term says and by nothing else (DC-05, DC-06); mailing time is no part of it,
 * because what counts for the sender is the date of posting (DC-11).
 *
 * Returns: (transfer full): when it ends and why, or %NULL with %JZ_BASE_ERROR_RANGE when the parts
 *   of a term do not go together, a date of an exclusion is wrong or the end lies outside 1900 to
 *   9999, and with %JZ_BASE_ERROR_LIMIT when there are too many days to explain
 */
JzDayCount *
jz_day_count_limit (const JzCalendar *calendar,
                    const JzLimitStep *steps,
                    guint n_steps,
                    JzDate start,
                    GError **error)
{
  g_return_val_if_fail (calendar != NULL, NULL);
  g_return_val_if_fail (steps != NULL && n_steps > 0, NULL);
  g_return_val_if_fail (jz_date_is_valid (start), NULL);

  if (!jz_limit_step_check_chain (steps, n_steps, error))
    return NULL;
  if (steps[0].term.unit == JZ_LIMIT_UNIT_HOUR) {
    set_unit_error (error,
                    _ ("A limit in hours starts at an instant; give the time of day as well."));
    return NULL;
  }
  g_autoptr (JzDayCount) result = new_day_count ();
  result->due = start;
  for (guint i = 0; i < n_steps; i++) {
    Counter counter = { .calendar = calendar, .result = result, .step = i };
    if (!jz_limit_step_check (&steps[i], error) ||
        !count_step (&counter, &steps[i], result->due, error))
      return NULL;
  }
  return g_steal_pointer (&result);
}

/**
 * jz_day_count_hours:
 * @calendar: which days are worked; changes nothing but the explanation
 * @term: how many hours
 * @start: when the act was done, from 1900 to 9999
 * @error: return location
 *
 * Counts hours by the clock, from the minute of the act, through nights and rest days (DC-10).
 *
 * Returns: (transfer full): when it ends, or %NULL with %JZ_BASE_ERROR_RANGE when @term is not in
 *   hours or the end lies behind 9999
 */
JzDayCount *
jz_day_count_hours (const JzCalendar *calendar,
                    const JzLimitTerm *term,
                    JzInstant start,
                    GError **error)
{
  g_return_val_if_fail (calendar != NULL, NULL);
  g_return_val_if_fail (term != NULL, NULL);

  if (!jz_limit_term_check (term, error))
    return NULL;
  if (term->unit != JZ_LIMIT_UNIT_HOUR) {
    set_unit_error (error, _ ("Only a limit in hours starts at an instant."));
    return NULL;
  }
  JzDate event = jz_instant_get_date (start);
  /* Checked by whole days, which errs by at most a day at the end of the year 9999. */
  if (!jz_date_is_valid (jz_date_add_days (event, term->length / 24 + 1))) {
    set_range_error (error);
    return NULL;
  }
  g_autoptr (JzDayCount) result = new_day_count ();
  result->kind = JZ_DAY_COUNT_INSTANT;
  result->due_instant = start + term->length * MS_PER_HOUR;
  result->due = jz_instant_get_date (result->due_instant);
  result->unrolled = result->due;
  result->rolled = result->due;
  Counter counter = { .calendar = calendar, .result = result };
  if (!add_row (&counter, event, JZ_DAY_VERDICT_EVENT, error))
    return NULL;
  counter.n_counted = term->length;
  if (!add_row (&counter, result->due, JZ_DAY_VERDICT_LATEST, error))
    return NULL;
  return g_steal_pointer (&result);
}

/**
 * jz_day_count_free:
 * @self: (transfer full): a result
 *
 * Frees a result and its explanation.
 */
void
jz_day_count_free (JzDayCount *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->days);
  g_free (self);
}

/**
 * jz_day_count_is_in_time:
 * @self: when a limit ends
 * @instant: when something was done
 *
 * Tells whether an act was in time. The due day itself is (DC-13), until 24:00 in Shanghai (DC-17);
 * of a fixed date the date itself is, though the task is shown for a working day before it (DC-19).
 *
 * Returns: whether @instant does not lie behind the end
 */
gboolean
jz_day_count_is_in_time (const JzDayCount *self, JzInstant instant)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->kind == JZ_DAY_COUNT_INSTANT)
    return instant <= self->due_instant;
  JzDate last = self->kind == JZ_DAY_COUNT_FIXED ? self->unrolled : self->due;
  return jz_date_compare (jz_instant_get_date (instant), last) <= 0;
}

/**
 * jz_day_count_surcharge:
 * @due: a valid date: the last day for paying; the day after it is the first surcharge day
 * @until: a valid date: the last day that is asked about, itself counted
 * @exclusions: (array length=n_exclusions): approved deferrals; review and litigation from the day
 *   of acceptance to that of service, with includes_start set: neither day is counted (DC-18)
 * @n_exclusions: how many
 * @n_days: (out): how many surcharge days there are
 * @is_running: (out): whether an exclusion has not ended: running, not yet excluded (DC-08)
 * @error: return location
 *
 * Counts surcharge days one by one (TL-P24, TL-P25). What they cost and when they stop is said by
 * the rule, not here.
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE when an exclusion ends before it begins
 */
gboolean
jz_day_count_surcharge (JzDate due,
                        JzDate until,
                        const JzExclusion *exclusions,
                        guint n_exclusions,
                        int *n_days,
                        gboolean *is_running,
                        GError **error)
{
  g_return_val_if_fail (jz_date_is_valid (due) && jz_date_is_valid (until), FALSE);
  g_return_val_if_fail (n_days != NULL, FALSE);
  g_return_val_if_fail (is_running != NULL, FALSE);

  g_autoptr (GArray) spans = jz_exclusion_merge (exclusions, n_exclusions, is_running, error);
  if (spans == NULL)
    return FALSE;
  int n_left = jz_date_days_between (due, until);
  for (guint i = 0; i < spans->len; i++) {
    const JzExcludedSpan *span = &g_array_index (spans, JzExcludedSpan, i);
    int n_before = MAX (jz_date_days_between (due, span->first) - 1, 0);
    int n_through = MIN (jz_date_days_between (due, span->last), jz_date_days_between (due, until));
    n_left -= MAX (n_through - n_before, 0);
  }
  *n_days = MAX (n_left, 0);
  return TRUE;
}

/**
 * jz_day_verdict_word:
 * @verdict: what became of a day
 *
 * Returns: (transfer none): that as it is told
 */
const char *
jz_day_verdict_word (JzDayVerdict verdict)
{
  switch (verdict) {
  case JZ_DAY_VERDICT_EVENT:
    return _ ("the event; not counted");
  case JZ_DAY_VERDICT_COUNTED:
    return _ ("counted");
  case JZ_DAY_VERDICT_REST:
    return _ ("rest day");
  case JZ_DAY_VERDICT_EXCLUDED:
    return _ ("not counted");
  case JZ_DAY_VERDICT_ROLLED:
    return _ ("moved on");
  case JZ_DAY_VERDICT_LATEST:
  default:
    return _ ("the last day");
  }
}
