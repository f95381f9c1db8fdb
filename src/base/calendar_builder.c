/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/calendar_builder.h"

#include <glib/gi18n-lib.h>

#include "base/calendar-private.h"
#include "base/error.h"

/* More than any holiday has; a range typed with a wrong year is longer. */
#define MAX_DAYS_OFF 92

struct _JzCalendarBuilder {
  JzCalendar *calendar;             /* NULL after the end */
  const JzCalendarHoliday *holiday; /* to which added days belong; NULL before the first */
};

/**
 * jz_calendar_builder_new:
 *
 * Begins a calendar. What is added is checked at once, so that who reads a file can say in which
 * line the mistake is; after a failure the builder is only good for being freed.
 *
 * Returns: (transfer full): the builder
 */
JzCalendarBuilder *
jz_calendar_builder_new (void)
{
  JzCalendarBuilder *self = g_new0 (JzCalendarBuilder, 1);
  self->calendar = jz_calendar_new_empty ();
  return self;
}

/**
 * jz_calendar_builder_free:
 * @self: (transfer full): a builder
 *
 * Frees a builder, and with it what was not ended.
 */
void
jz_calendar_builder_free (JzCalendarBuilder *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->calendar, jz_calendar_unref);
  g_free (self);
}

/**
 * jz_calendar_builder_end:
 * @self: a builder to which nothing is added any more
 *
 * Returns: (transfer full): the calendar
 */
JzCalendar *
jz_calendar_builder_end (JzCalendarBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->calendar != NULL, NULL);

  self->holiday = NULL;
  return g_steal_pointer (&self->calendar);
}

/**
 * jz_calendar_builder_add_year:
 * @self: a builder
 * @year: a year
 * @error: return location
 *
 * Says that the whole holiday notice of @year is in this calendar, so that its days are no longer
 * presumed (DC-15).
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE for a year that is no year of ours or is there
 *   already
 */
gboolean
jz_calendar_builder_add_year (JzCalendarBuilder *self, int year, GError **error)
{
  g_return_val_if_fail (self != NULL && self->calendar != NULL, FALSE);

  if (!jz_date_is_valid ((JzDate){ year, 1, 1 })) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("There is no year %d; a year lies between 1900 and 9999."), year);
    return FALSE;
  }
  if (!g_hash_table_add (self->calendar->years, GINT_TO_POINTER (year))) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The holidays of %d are given twice; keep one of the two."), year);
    return FALSE;
  }
  return TRUE;
}

/**
 * jz_calendar_builder_begin_holiday:
 * @self: a builder
 * @id: its id, such as "HD-25-2"
 * @name: its name, such as "春节"
 * @error: return location
 *
 * Says to which holiday the days that are added next belong.
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE when @id is there already
 */
gboolean
jz_calendar_builder_begin_holiday (JzCalendarBuilder *self,
                                   const char *id,
                                   const char *name,
                                   GError **error)
{
  g_return_val_if_fail (self != NULL && self->calendar != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  if (g_hash_table_contains (self->calendar->holidays, id)) {
    g_autofree char *excerpt = jz_error_dup_excerpt (id, -1);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The holiday “%s” is given twice; give each holiday an id of its own."),
                 excerpt);
    return FALSE;
  }
  JzCalendarHoliday *holiday = g_new0 (JzCalendarHoliday, 1);
  holiday->id = g_strdup (id);
  holiday->name = g_strdup (name);
  g_hash_table_insert (self->calendar->holidays, holiday->id, holiday);
  self->holiday = holiday;
  return TRUE;
}

static JzCalendarDay *
ensure_day (JzCalendarBuilder *self, JzDate date)
{
  JzCalendarDay *day = g_hash_table_lookup (self->calendar->days, jz_calendar_make_key (date));
  if (day == NULL) {
    day = g_new0 (JzCalendarDay, 1);
    g_hash_table_insert (self->calendar->days, jz_calendar_make_key (date), day);
  }
  return day;
}

static gboolean
add_day (JzCalendarBuilder *self, JzDate date, const JzCalendarDay *added, GError **error)
{
  JzCalendarDay *day = ensure_day (self, date);
  gboolean is_by_notice = added->is_off || added->is_worked;
  if ((is_by_notice && (day->is_off || day->is_worked)) ||
      (added->is_local_off && day->is_local_off)) {
    char text[JZ_DATE_SIZE];
    jz_date_format (date, text);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The day %s is given twice; a day is off or worked, and is named once."), text);
    return FALSE;
  }
  if (is_by_notice) {
    day->is_off = added->is_off;
    day->is_worked = added->is_worked;
    day->holiday = added->holiday;
  }
  if (added->is_local_off) {
    day->is_local_off = TRUE;
    day->local_holiday = added->local_holiday;
  }
  return TRUE;
}

static gboolean
check_span (JzDate first, JzDate last, GError **error)
{
  int n_days = jz_date_days_between (first, last) + 1;
  if (n_days < 1) {
    g_set_error_literal (
      error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
      _ ("The days off end before they begin; give the first day first, then the last."));
    return FALSE;
  }
  if (n_days > MAX_DAYS_OFF) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
                 _ ("These are %d days off in one piece; no holiday has more than %d."), n_days,
                 MAX_DAYS_OFF);
    return FALSE;
  }
  return TRUE;
}

static gboolean
add_span (JzCalendarBuilder *self,
          JzDate first,
          JzDate last,
          const JzCalendarDay *added,
          GError **error)
{
  if (!check_span (first, last, error))
    return FALSE;
  int n_days = jz_date_days_between (first, last) + 1;
  for (int i = 0; i < n_days; i++) {
    if (!add_day (self, jz_date_add_days (first, i), added, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_calendar_builder_add_off:
 * @self: a builder
 * @first: a valid date, the first day off
 * @last: a valid date, the last day off
 * @error: return location
 *
 * Adds the days that a holiday notice gives off (放假), both ends included; weekend days among them
 * may be named or not.
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE when @last lies before @first or a day is there
 *   already, and with %JZ_BASE_ERROR_LIMIT when there are too many days
 */
gboolean
jz_calendar_builder_add_off (JzCalendarBuilder *self, JzDate first, JzDate last, GError **error)
{
  g_return_val_if_fail (self != NULL && self->calendar != NULL, FALSE);
  g_return_val_if_fail (jz_date_is_valid (first) && jz_date_is_valid (last), FALSE);

  JzCalendarDay off = { .is_off = TRUE, .holiday = self->holiday };
  return add_span (self, first, last, &off, error);
}

/**
 * jz_calendar_builder_add_worked:
 * @self: a builder
 * @date: a valid date, a Saturday or Sunday
 * @error: return location
 *
 * Adds a weekend day that a holiday notice makes a working day (调休上班).
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE when @date is a weekday or is there already
 */
gboolean
jz_calendar_builder_add_worked (JzCalendarBuilder *self, JzDate date, GError **error)
{
  g_return_val_if_fail (self != NULL && self->calendar != NULL, FALSE);
  g_return_val_if_fail (jz_date_is_valid (date), FALSE);

  if (jz_date_get_weekday (date) < 6) {
    char text[JZ_DATE_SIZE];
    jz_date_format (date, text);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The day %s is no Saturday or Sunday; only these can be worked instead."),
                 text);
    return FALSE;
  }
  JzCalendarDay worked = { .is_worked = TRUE, .holiday = self->holiday };
  return add_day (self, date, &worked, error);
}

/**
 * jz_calendar_builder_add_local_off:
 * @self: a builder
 * @first: a valid date, the first day off
 * @last: a valid date, the last day off
 * @error: return location
 *
 * Adds days off by decision of an autonomous government (DC-16). They go before the national
 * notice: also a weekend day worked elsewhere is off.
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE when @last lies before @first or a day is there
 *   already, and with %JZ_BASE_ERROR_LIMIT when there are too many days
 */
gboolean
jz_calendar_builder_add_local_off (JzCalendarBuilder *self,
                                   JzDate first,
                                   JzDate last,
                                   GError **error)
{
  g_return_val_if_fail (self != NULL && self->calendar != NULL, FALSE);
  g_return_val_if_fail (jz_date_is_valid (first) && jz_date_is_valid (last), FALSE);

  JzCalendarDay off = { .is_local_off = TRUE, .local_holiday = self->holiday };
  return add_span (self, first, last, &off, error);
}

static const JzCalendarHoliday *
find_same_holiday (JzCalendarBuilder *self, const JzCalendarHoliday *holiday)
{
  return holiday != NULL ? g_hash_table_lookup (self->calendar->holidays, holiday->id) : NULL;
}

/**
 * jz_calendar_builder_add_calendar:
 * @self: a builder
 * @calendar: another calendar
 * @error: return location
 *
 * Adds everything that @calendar holds.
 *
 * Returns: success; fails with %JZ_BASE_ERROR_RANGE when a year, a holiday or a day is there
 * already
 */
gboolean
jz_calendar_builder_add_calendar (JzCalendarBuilder *self,
                                  const JzCalendar *calendar,
                                  GError **error)
{
  g_return_val_if_fail (self != NULL && self->calendar != NULL, FALSE);
  g_return_val_if_fail (calendar != NULL && calendar != self->calendar, FALSE);

  GHashTableIter iter;
  gpointer key;
  gpointer value;
  g_hash_table_iter_init (&iter, calendar->years);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!jz_calendar_builder_add_year (self, GPOINTER_TO_INT (key), error))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, calendar->holidays);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const JzCalendarHoliday *holiday = value;
    if (!jz_calendar_builder_begin_holiday (self, holiday->id, holiday->name, error))
      return FALSE;
  }
  g_hash_table_iter_init (&iter, calendar->days);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    JzCalendarDay day = *(const JzCalendarDay *)value;
    day.holiday = find_same_holiday (self, day.holiday);
    day.local_holiday = find_same_holiday (self, day.local_holiday);
    if (!add_day (self, jz_calendar_get_date_of_key (key), &day, error))
      return FALSE;
  }
  self->holiday = NULL;
  return TRUE;
}

/**
 * jz_calendar_merge:
 * @calendars: (array length=n_calendars): calendars of different years, and local ones
 * @n_calendars: how many
 * @error: return location
 *
 * Makes one calendar of several; their order does not matter.
 *
 * Returns: (transfer full): the calendar, or %NULL with %JZ_BASE_ERROR_RANGE when two of them say
 *   something about the same year, holiday or day
 */
JzCalendar *
jz_calendar_merge (const JzCalendar *const *calendars, guint n_calendars, GError **error)
{
  g_return_val_if_fail (calendars != NULL || n_calendars == 0, NULL);

  g_autoptr (JzCalendarBuilder) builder = jz_calendar_builder_new ();
  for (guint i = 0; i < n_calendars; i++) {
    if (!jz_calendar_builder_add_calendar (builder, calendars[i], error))
      return NULL;
  }
  return jz_calendar_builder_end (builder);
}
