/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"
#include "base/limit_term.h"

G_BEGIN_DECLS

/**
 * JzDayVerdict:
 * @JZ_DAY_VERDICT_EVENT: the day from which a step starts; never counted (DC-01)
 * @JZ_DAY_VERDICT_COUNTED: counted
 * @JZ_DAY_VERDICT_REST: not counted because it is no working day
 * @JZ_DAY_VERDICT_EXCLUDED: not counted because it lies in an exclusion (DC-08)
 * @JZ_DAY_VERDICT_ROLLED: behind the last day, passed or reached by rolling (DC-02)
 * @JZ_DAY_VERDICT_LATEST: not counted, but the day that is due: of a backward limit the last day
 *   before the full days, of hours the day on which they end, of a fixed date the date
 *
 * What became of a day in the counting.
 */
typedef enum {
  JZ_DAY_VERDICT_EVENT,
  JZ_DAY_VERDICT_COUNTED,
  JZ_DAY_VERDICT_REST,
  JZ_DAY_VERDICT_EXCLUDED,
  JZ_DAY_VERDICT_ROLLED,
  JZ_DAY_VERDICT_LATEST,
} JzDayVerdict;

/**
 * JzCountedDay:
 * @date: the day
 * @verdict: what became of it
 * @kind: what kind of day it is
 * @is_presumed: whether @kind is presumed because the year is not loaded (DC-15)
 * @step: the position of the step that it belongs to
 * @n_counted: how many days of that step are counted up to here; how many hours, of a limit in
 * hours
 *
 * One day of an explanation.
 */
typedef struct {
  JzDate date;
  JzDayVerdict verdict;
  JzDayKind kind;
  gboolean is_presumed;
  guint step;
  int n_counted;
} JzCountedDay;

/**
 * JzDayCountKind:
 * @JZ_DAY_COUNT_DATE: until the end of a day
 * @JZ_DAY_COUNT_INSTANT: until an instant
 * @JZ_DAY_COUNT_BACKWARD: until the end of a day that lies before the event
 * @JZ_DAY_COUNT_FIXED: until a fixed date
 *
 * What kind of end was counted.
 */
typedef enum {
  JZ_DAY_COUNT_DATE,
  JZ_DAY_COUNT_INSTANT,
  JZ_DAY_COUNT_BACKWARD,
  JZ_DAY_COUNT_FIXED,
} JzDayCountKind;

/**
 * JzDayCountWarnings:
 * @JZ_DAY_COUNT_REST_DAY: a backward limit is due on a rest day (DC-07)
 * @JZ_DAY_COUNT_EXCLUSION_RUNNING: an exclusion has not ended: running, not yet excluded (DC-08)
 * @JZ_DAY_COUNT_EXCLUSION_OUTSIDE: an exclusion lies before the start or after the end and changed
 *   nothing
 *
 * What the person who relies on the date should look at.
 */
typedef enum {
  JZ_DAY_COUNT_REST_DAY = 1 << 0,
  JZ_DAY_COUNT_EXCLUSION_RUNNING = 1 << 1,
  JZ_DAY_COUNT_EXCLUSION_OUTSIDE = 1 << 2,
} JzDayCountWarnings;

/**
 * JzDayCount:
 * @kind: what kind of end it is
 * @due: the last day on which the act is in time; of a fixed date the day that is shown for the
 * task
 * @due_instant: of hours, the last instant that is in time; otherwise 0
 * @unrolled: the day on which the last step ends before rolling; of a fixed date the date itself
 * @rolled: @unrolled moved to the next working day, also where the limit does not move: how the
 *   text of the law alone would read
 * @is_presumed: whether @due depends on a year that is not loaded (DC-15)
 * @warnings: what to look at
 * @days: (element-type JzCountedDay): the explanation, step by step, in the order of counting
 *
 * When a limit ends, and why.
 */
typedef struct {
  JzDayCountKind kind;
  JzDate due;
  JzInstant due_instant;
  JzDate unrolled;
  JzDate rolled;
  gboolean is_presumed;
  JzDayCountWarnings warnings;
  GArray *days;
} JzDayCount;

JzDayCount *jz_day_count_limit (const JzCalendar *calendar,
                                const JzLimitStep *steps,
                                guint n_steps,
                                JzDate start,
                                GError **error);
JzDayCount *jz_day_count_hours (const JzCalendar *calendar,
                                const JzLimitTerm *term,
                                JzInstant start,
                                GError **error);
void jz_day_count_free (JzDayCount *self);
gboolean jz_day_count_is_in_time (const JzDayCount *self, JzInstant instant);

gboolean jz_day_count_surcharge (JzDate due,
                                 JzDate until,
                                 const JzExclusion *exclusions,
                                 guint n_exclusions,
                                 int *n_days,
                                 gboolean *is_running,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzDayCount, jz_day_count_free)
const char *jz_day_verdict_word (JzDayVerdict verdict);

G_END_DECLS
