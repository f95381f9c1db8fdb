/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limit_term.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

/* Bounds on what comes from outside; none of them is a figure of any law. */
#define MAX_DAYS 9999
#define MAX_MONTHS 1200
#define MAX_YEARS 100

/**
 * jz_limit_unit_get_max_length:
 * @unit: a unit
 *
 * Returns: how long a limit of this unit may be, extensions included; 0 for a fixed date
 */
int
jz_limit_unit_get_max_length (JzLimitUnit unit)
{
  switch (unit) {
  case JZ_LIMIT_UNIT_MONTH:
    return MAX_MONTHS;
  case JZ_LIMIT_UNIT_YEAR:
    return MAX_YEARS;
  case JZ_LIMIT_UNIT_WORKING_DAY:
  case JZ_LIMIT_UNIT_CALENDAR_DAY:
  case JZ_LIMIT_UNIT_HOUR:
    return MAX_DAYS;
  case JZ_LIMIT_UNIT_FIXED:
    return 0;
  default:
    g_return_val_if_reached (0);
  }
}

static gboolean
set_range_error (GError **error, const char *sentence)
{
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE, sentence);
  return FALSE;
}

static gboolean
check_fixed (const JzLimitTerm *term, GError **error)
{
  if (term->length != 0 || term->rolls || term->is_backward || term->mode != JZ_BACKWARD_MODE_FULL)
    return set_range_error (
      error, _ ("A fixed date has no length, does not roll and does not lie backward."));
  if (term->fixed_month == 0 && term->fixed_day == 0)
    return TRUE;
  /* 2000 was a leap year: February 29 is allowed, and means the last day of February elsewhere. */
  if (!jz_date_is_valid ((JzDate){ 2000, term->fixed_month, term->fixed_day }))
    return set_range_error (error, _ ("There is no such month and day for a fixed date."));
  return TRUE;
}

static gboolean
check_backward (const JzLimitTerm *term, GError **error)
{
  if (term->unit != JZ_LIMIT_UNIT_WORKING_DAY && term->unit != JZ_LIMIT_UNIT_CALENDAR_DAY)
    return set_range_error (error, _ ("Only working days and calendar days are counted backward."));
  if (term->rolls)
    return set_range_error (error, _ ("A limit that lies backward does not roll."));
  if (term->length == 0)
    return set_range_error (error, _ ("A limit that lies backward is at least one day long."));
  return TRUE;
}

static gboolean
check_length (const JzLimitTerm *term, GError **error)
{
  int max = jz_limit_unit_get_max_length (term->unit);
  if (term->length >= 0 && term->length <= max)
    return TRUE;
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("A limit of this unit has a length from 0 to %d, and this one has %d."), max,
               term->length);
  return FALSE;
}

/**
 * jz_limit_term_check:
 * @term: how long a limit is, as somebody wrote it
 * @error: return location
 *
 * Checks that the parts of @term go together. There are: working days, calendar days, months and
 * years forward; working days and calendar days backward (DC-07), which do not roll; hours, which
 * do not roll (DC-10); fixed dates, which do not roll (DC-19).
 *
 * Returns: whether such a limit can be counted; fails with %JZ_BASE_ERROR_RANGE
 */
gboolean
jz_limit_term_check (const JzLimitTerm *term, GError **error)
{
  g_return_val_if_fail (term != NULL, FALSE);

  if (term->unit == JZ_LIMIT_UNIT_FIXED)
    return check_fixed (term, error);
  if (term->fixed_month != 0 || term->fixed_day != 0 || term->to_previous_working_day)
    return set_range_error (error, _ ("Only a fixed date names a month and a day."));
  if (!check_length (term, error))
    return FALSE;
  if (term->is_backward)
    return check_backward (term, error);
  if (term->mode != JZ_BACKWARD_MODE_FULL)
    return set_range_error (error, _ ("Only a limit that lies backward has a mode."));
  if (term->unit == JZ_LIMIT_UNIT_HOUR && term->rolls)
    return set_range_error (error, _ ("A limit in hours does not roll."));
  return TRUE;
}

static gboolean
is_forward_in_days (const JzLimitTerm *term)
{
  return term->unit != JZ_LIMIT_UNIT_FIXED && term->unit != JZ_LIMIT_UNIT_HOUR &&
         !term->is_backward;
}

/**
 * jz_limit_step_get_length:
 * @step: a step whose term is good
 * @length: (out): its length with all extensions
 * @error: return location
 *
 * Adds up the length and its extensions: 90 + 30 is one limit of 120 (DC-09).
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE when an extension is below 1 or the sum is
 * longer than a limit may be
 */
gboolean
jz_limit_step_get_length (const JzLimitStep *step, int *length, GError **error)
{
  g_return_val_if_fail (step != NULL, FALSE);
  g_return_val_if_fail (length != NULL, FALSE);

  gint64 total = step->term.length;
  for (guint i = 0; i < step->n_extensions; i++) {
    if (step->extensions[i] < 1) {
      g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                   _ ("An extension is at least 1 long, and this one is %d."), step->extensions[i]);
      return FALSE;
    }
    total += step->extensions[i];
  }
  int max = jz_limit_unit_get_max_length (step->term.unit);
  if (total > max) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The limit is longer than %d together with its extensions."), max);
    return FALSE;
  }
  *length = (int)total;
  return TRUE;
}

/**
 * jz_limit_step_check:
 * @step: a limit, as somebody wrote it
 * @error: return location
 *
 * Checks the term with jz_limit_term_check(), and that exclusions and extensions are only given
 * where they mean something: for limits that run forward in days, months or years.
 *
 * Returns: whether such a limit can be counted; fails with %JZ_BASE_ERROR_RANGE
 */
gboolean
jz_limit_step_check (const JzLimitStep *step, GError **error)
{
  g_return_val_if_fail (step != NULL, FALSE);

  if (!jz_limit_term_check (&step->term, error))
    return FALSE;
  if (!is_forward_in_days (&step->term)) {
    if (step->n_exclusions == 0 && step->n_extensions == 0)
      return TRUE;
    return set_range_error (
      error, _ ("Only a limit that runs forward in days, months or years is extended or has times "
                "that are not counted."));
  }
  int length;
  return jz_limit_step_get_length (step, &length, error);
}

/**
 * jz_limit_step_check_chain:
 * @steps: (array length=n_steps): limits, each good by jz_limit_step_check()
 * @n_steps: how many
 * @error: return location
 *
 * Checks that these limits can follow one another, each starting on the due date of the one before.
 *
 * Returns: whether they can; fails with %JZ_BASE_ERROR_RANGE
 */
gboolean
jz_limit_step_check_chain (const JzLimitStep *steps, guint n_steps, GError **error)
{
  g_return_val_if_fail (steps != NULL, FALSE);

  for (guint i = 0; n_steps > 1 && i < n_steps; i++) {
    if (!is_forward_in_days (&steps[i].term))
      return set_range_error (
        error, _ ("Only limits that run forward in days, months or years follow one another."));
  }
  return TRUE;
}
