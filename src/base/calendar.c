/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/calendar.h"

#include "base/calendar-private.h"

/* Which days are worked. The State Council says it for one year at a time, in a notice; until that
 * of a year is loaded, its Mondays to Fridays are taken to be worked and every answer about them is
 * presumed (推定, DC-15).
 *
 * A calendar never changes once its builder has ended, so that any thread may read it without a
 * lock. */

static void
free_holiday (JzCalendarHoliday *holiday)
{
  g_free (holiday->id);
  g_free (holiday->name);
  g_free (holiday);
}

/**
 * jz_calendar_new_empty:
 *
 * Makes the calendar in which no year is known: every weekday is presumed to be worked (DC-15).
 *
 * Returns: (transfer full): the calendar
 */
JzCalendar *
jz_calendar_new_empty (void)
{
  JzCalendar *self = g_new0 (JzCalendar, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->years = g_hash_table_new (NULL, NULL);
  self->days = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->holidays =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)free_holiday);
  return self;
}

/**
 * jz_calendar_ref:
 * @self: a calendar
 *
 * Returns: (transfer full): @self
 */
JzCalendar *
jz_calendar_ref (const JzCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* The count is no part of the value: one may hold on to what one may only read. */
  JzCalendar *counted = (JzCalendar *)self;
  g_atomic_ref_count_inc (&counted->ref_count);
  return counted;
}

/**
 * jz_calendar_unref:
 * @self: (transfer full): a calendar
 *
 * Gives a reference back; the last one frees the calendar.
 */
void
jz_calendar_unref (JzCalendar *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->years);
  g_hash_table_unref (self->days);
  g_hash_table_unref (self->holidays);
  g_free (self);
}

/**
 * jz_calendar_has_year:
 * @self: a calendar
 * @year: a year
 *
 * Returns: whether the holiday notice of @year is loaded
 */
gboolean
jz_calendar_has_year (const JzCalendar *self, int year)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_hash_table_contains (self->years, GINT_TO_POINTER (year));
}

/**
 * jz_calendar_get_day_kind:
 * @self: a calendar
 * @date: a valid date
 *
 * Returns: what kind of day @date is, as far as is known
 */
JzDayKind
jz_calendar_get_day_kind (const JzCalendar *self, JzDate date)
{
  g_return_val_if_fail (self != NULL, JZ_DAY_KIND_WORKING);
  g_return_val_if_fail (jz_date_is_valid (date), JZ_DAY_KIND_WORKING);

  const JzCalendarDay *day = g_hash_table_lookup (self->days, jz_calendar_make_key (date));
  if (day != NULL && day->is_local_off)
    return JZ_DAY_KIND_LOCAL_OFF;
  if (day != NULL && day->is_off)
    return JZ_DAY_KIND_OFF;
  if (day != NULL && day->is_worked)
    return JZ_DAY_KIND_WORKED_WEEKEND;
  return jz_date_get_weekday (date) < 6 ? JZ_DAY_KIND_WORKING : JZ_DAY_KIND_WEEKEND;
}

static const JzCalendarHoliday *
get_holiday (const JzCalendar *self, JzDate date)
{
  const JzCalendarDay *day = g_hash_table_lookup (self->days, jz_calendar_make_key (date));
  if (day == NULL)
    return NULL;
  return day->is_local_off ? day->local_holiday : day->holiday;
}

/**
 * jz_calendar_get_holiday_id:
 * @self: a calendar
 * @date: a date
 *
 * Returns: (nullable): the id of the holiday for which @date is off or worked
 */
const char *
jz_calendar_get_holiday_id (const JzCalendar *self, JzDate date)
{
  g_return_val_if_fail (self != NULL, NULL);

  const JzCalendarHoliday *holiday = get_holiday (self, date);
  return holiday != NULL ? holiday->id : NULL;
}

/**
 * jz_calendar_get_holiday_name:
 * @self: a calendar
 * @date: a date
 *
 * Returns: (nullable): the name of the holiday for which @date is off or worked
 */
const char *
jz_calendar_get_holiday_name (const JzCalendar *self, JzDate date)
{
  g_return_val_if_fail (self != NULL, NULL);

  const JzCalendarHoliday *holiday = get_holiday (self, date);
  return holiday != NULL ? holiday->name : NULL;
}

/**
 * jz_calendar_is_working_day:
 * @self: a calendar
 * @date: a valid date
 * @is_presumed: (out) (optional): whether the notice of that year is not loaded (DC-15)
 *
 * Returns: whether @date is a working day (DC-04): Monday to Friday and not off, or a weekend day
 *   that is worked
 */
gboolean
jz_calendar_is_working_day (const JzCalendar *self, JzDate date, gboolean *is_presumed)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (jz_date_is_valid (date), FALSE);

  if (is_presumed != NULL)
    *is_presumed = !jz_calendar_has_year (self, date.year);
  JzDayKind kind = jz_calendar_get_day_kind (self, date);
  return kind == JZ_DAY_KIND_WORKING || kind == JZ_DAY_KIND_WORKED_WEEKEND;
}

static JzDate
find_working_day (const JzCalendar *self, JzDate date, int step, gboolean *is_presumed)
{
  gboolean any_presumed = FALSE;
  JzDate found = jz_date_add_days (date, step);
  while (jz_date_is_valid (found)) {
    gboolean day_presumed;
    gboolean is_working = jz_calendar_is_working_day (self, found, &day_presumed);
    any_presumed |= day_presumed;
    if (is_working)
      break;
    found = jz_date_add_days (found, step);
  }
  if (is_presumed != NULL)
    *is_presumed = any_presumed;
  return found;
}

/**
 * jz_calendar_get_next_working_day:
 * @self: a calendar
 * @date: a valid date
 * @is_presumed: (out) (optional): whether a day that was looked at lies in a year that is not
 * loaded
 *
 * Returns: the first working day after @date, never @date itself; a date that jz_date_is_valid()
 *   refuses if none is left before the year 10000
 */
JzDate
jz_calendar_get_next_working_day (const JzCalendar *self, JzDate date, gboolean *is_presumed)
{
  g_return_val_if_fail (self != NULL, (JzDate){ 0 });
  g_return_val_if_fail (jz_date_is_valid (date), (JzDate){ 0 });

  return find_working_day (self, date, 1, is_presumed);
}

/**
 * jz_calendar_get_previous_working_day:
 * @self: a calendar
 * @date: a valid date
 * @is_presumed: (out) (optional): whether a day that was looked at lies in a year that is not
 * loaded
 *
 * Returns: the last working day before @date, never @date itself; a date that jz_date_is_valid()
 *   refuses if there is none since 1900
 */
JzDate
jz_calendar_get_previous_working_day (const JzCalendar *self, JzDate date, gboolean *is_presumed)
{
  g_return_val_if_fail (self != NULL, (JzDate){ 0 });
  g_return_val_if_fail (jz_date_is_valid (date), (JzDate){ 0 });

  return find_working_day (self, date, -1, is_presumed);
}

/**
 * jz_calendar_count_working_days:
 * @self: a calendar
 * @year: a year from 1900 to 9999
 * @is_presumed: (out) (optional): whether the notice of @year is not loaded
 *
 * Returns: how many working days @year has; a check sum by which a notice that was typed in can be
 *   compared with what is published
 */
int
jz_calendar_count_working_days (const JzCalendar *self, int year, gboolean *is_presumed)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (jz_date_is_valid ((JzDate){ year, 1, 1 }), 0);

  int n_days = 0;
  for (JzDate date = { year, 1, 1 }; date.year == year; date = jz_date_add_days (date, 1)) {
    if (jz_calendar_is_working_day (self, date, NULL))
      n_days++;
  }
  if (is_presumed != NULL)
    *is_presumed = !jz_calendar_has_year (self, year);
  return n_days;
}
