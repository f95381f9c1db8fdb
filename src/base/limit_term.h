/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/exclusion.h"

G_BEGIN_DECLS

/**
 * JzLimitUnit:
 * @JZ_LIMIT_UNIT_WORKING_DAY: `WD`, working days (DC-04)
 * @JZ_LIMIT_UNIT_CALENDAR_DAY: `CD`, calendar days
 * @JZ_LIMIT_UNIT_MONTH: `MO`, months (DC-03)
 * @JZ_LIMIT_UNIT_YEAR: `YR`, years (DC-03)
 * @JZ_LIMIT_UNIT_HOUR: `H`, hours by the clock (DC-10)
 * @JZ_LIMIT_UNIT_FIXED: no length but a date, such as January 31 (DC-19)
 *
 * In what a limit is counted. It is stored with each limit, never inferred from a number (DC-06).
 */
typedef enum {
  JZ_LIMIT_UNIT_WORKING_DAY,
  JZ_LIMIT_UNIT_CALENDAR_DAY,
  JZ_LIMIT_UNIT_MONTH,
  JZ_LIMIT_UNIT_YEAR,
  JZ_LIMIT_UNIT_HOUR,
  JZ_LIMIT_UNIT_FIXED,
} JzLimitUnit;

/**
 * JzBackwardMode:
 * @JZ_BACKWARD_MODE_FULL: that many full days lie between the service and the event
 * @JZ_BACKWARD_MODE_INCLUSIVE: service on the last of these days is still in time
 *
 * How "N days before" is read (DC-07).
 */
typedef enum {
  JZ_BACKWARD_MODE_FULL,
  JZ_BACKWARD_MODE_INCLUSIVE,
} JzBackwardMode;

/**
 * JzLimitTerm:
 * @unit: in what it is counted
 * @length: how many; 0 means on the day itself; not used by a fixed date
 * @rolls: whether it moves to the next working day when it ends on a rest day (DC-02)
 * @is_backward: whether it lies before the event: so many days before
 * @mode: how a backward limit is read
 * @fixed_month: of a fixed date: 1 to 12, or 0 when the start is the date itself
 * @fixed_day: of a fixed date: the day of that month, the last day where there is none such
 * @to_previous_working_day: of a fixed date: whether what is due is the last working day not after
 * it
 *
 * How long a limit is, as one row of a law says it.
 */
typedef struct {
  JzLimitUnit unit;
  int length;
  gboolean rolls;
  gboolean is_backward;
  JzBackwardMode mode;
  int fixed_month;
  int fixed_day;
  gboolean to_previous_working_day;
} JzLimitTerm;

/**
 * JzLimitStep:
 * @term: how long
 * @exclusions: (array length=n_exclusions): times that are not counted, in any order
 * @n_exclusions: how many
 * @extensions: (array length=n_extensions): by how much it was extended, in the unit of @term
 * @n_extensions: how many
 *
 * A limit, or one of several of which each starts on the due date of the one before it.
 */
typedef struct {
  JzLimitTerm term;
  const JzExclusion *exclusions;
  guint n_exclusions;
  const int *extensions;
  guint n_extensions;
} JzLimitStep;

int jz_limit_unit_get_max_length (JzLimitUnit unit);
gboolean jz_limit_term_check (const JzLimitTerm *term, GError **error);
gboolean jz_limit_step_check (const JzLimitStep *step, GError **error);
gboolean jz_limit_step_get_length (const JzLimitStep *step, int *length, GError **error);
gboolean jz_limit_step_check_chain (const JzLimitStep *steps, guint n_steps, GError **error);

G_END_DECLS
