/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

/* Civil dates of the proleptic Gregorian calendar and instants of Shanghai.
 *
 * Shanghai is +08:00 here, always, although its clocks were not: there was summer time in 1940-1949
 * and 1986-1991, and local mean time before 1901. An instant is written so that two programs which
 * never meet agree byte by byte (format/README.md §1); a table of time zones differs from machine
 * to machine and changes after the fact. Nothing that this program records happened before 1992,
 * and the limits of law count civil days, which no offset moves (DC-17). */

#define MIN_YEAR 1900
#define MAX_YEAR 9999
#define MS_PER_DAY (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define SHANGHAI_OFFSET_MS (G_GINT64_CONSTANT (8) * 60 * 60 * 1000)

/* Days since 1970-01-01 of the first and the last date. */
#define MIN_DAY_NUMBER (-25567)
#define MAX_DAY_NUMBER 2932896

static int
get_days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : days[month - 1];
}

/* Years are taken to begin in March, so that the leap day is the last day of its year. */
static gint64
get_day_number (JzDate date)
{
  int year = date.month > 2 ? date.year : date.year - 1;
  int month_from_march = (date.month + 9) % 12;
  int day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
  return (gint64)year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

static JzDate
get_date_of_day_number (gint64 day_number)
{
  gint64 days = day_number + 719468;
  int era = (int)(days / 146097);
  int day_of_era = (int)(days % 146097);
  int year_of_era =
    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;
  int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return (JzDate){
    .year = era * 400 + year_of_era + (month <= 2 ? 1 : 0),
    .month = month,
    .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
  };
}

/**
 * jz_date_is_valid:
 * @date: any three numbers
 *
 * Returns: whether @date is a day of the proleptic Gregorian calendar from 1900-01-01 to 9999-12-31
 */
gboolean
jz_date_is_valid (JzDate date)
{
  return date.year >= MIN_YEAR && date.year <= MAX_YEAR && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= get_days_in_month (date.year, date.month);
}

/* A digit stands where the pattern has 0; every other byte stands for itself. */
static gboolean
matches_pattern (const char *text, const char *pattern)
{
  for (; *pattern != '\0'; pattern++, text++) {
    if (*pattern == '0' ? !g_ascii_isdigit (*text) : *text != *pattern)
      return FALSE;
  }
  return TRUE;
}

static int
read_digits (const char *text, int n_digits)
{
  int value = 0;
  for (int i = 0; i < n_digits; i++)
    value = value * 10 + g_ascii_digit_value (text[i]);
  return value;
}

static JzDate
read_date (const char *text)
{
  return (JzDate){
    .year = read_digits (text, 4),
    .month = read_digits (text + 5, 2),
    .day = read_digits (text + 8, 2),
  };
}

/**
 * jz_date_parse:
 * @text: what should be a date, such as "2026-03-02"
 * @date: (out): the date; written only on success
 * @error: return location
 *
 * Reads a civil date in the only form that is written (format/README.md §1): ten bytes, no spaces,
 * no sign, a day that exists.
 *
 * Returns: whether @text is such a date; fails with %JZ_BASE_ERROR_SYNTAX when the form is wrong
 * and with %JZ_BASE_ERROR_RANGE when there is no such day between 1900 and 9999
 */
gboolean
jz_date_parse (const char *text, JzDate *date, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (date != NULL, FALSE);

  g_autofree char *excerpt = NULL;
  if (!matches_pattern (text, "0000-00-00") || text[JZ_DATE_SIZE - 1] != '\0') {
    excerpt = jz_error_dup_excerpt (text, -1);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                 _ ("“%s” is not a date; write year, month and day like 2026-03-02."), excerpt);
    return FALSE;
  }
  JzDate read = read_date (text);
  if (!jz_date_is_valid (read)) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("There is no day %s; a date lies between 1900-01-01 and 9999-12-31."), text);
    return FALSE;
  }
  *date = read;
  return TRUE;
}

static void
write_digits (char *text, int n_digits, int value)
{
  for (int i = n_digits - 1; i >= 0; i--) {
    text[i] = (char)('0' + value % 10);
    value /= 10;
  }
}

static void
write_date (char *text, JzDate date)
{
  write_digits (text, 4, date.year);
  write_digits (text + 5, 2, date.month);
  write_digits (text + 8, 2, date.day);
}

/**
 * jz_date_format:
 * @date: a valid date
 * @text: (out): ten bytes and a NUL
 *
 * Writes @date in the form that jz_date_parse() reads.
 */
void
jz_date_format (JzDate date, char text[JZ_DATE_SIZE])
{
  memcpy (text, "0000-00-00", JZ_DATE_SIZE);
  g_return_if_fail (jz_date_is_valid (date));

  write_date (text, date);
}

/**
 * jz_date_compare:
 * @a: a date
 * @b: a date
 *
 * Returns: less than, equal to or greater than 0, as @a lies before, on or after @b
 */
int
jz_date_compare (JzDate a, JzDate b)
{
  if (a.year != b.year)
    return a.year < b.year ? -1 : 1;
  if (a.month != b.month)
    return a.month < b.month ? -1 : 1;
  return (a.day > b.day) - (a.day < b.day);
}

/**
 * jz_date_add_days:
 * @date: a valid date
 * @n_days: how many days later; earlier if negative
 *
 * Returns: the day, or a date that jz_date_is_valid() refuses if it lies outside 1900 to 9999; who
 *   adds a number from outside checks that
 */
JzDate
jz_date_add_days (JzDate date, int n_days)
{
  g_return_val_if_fail (jz_date_is_valid (date), (JzDate){ 0 });

  gint64 day_number = get_day_number (date) + n_days;
  if (day_number < MIN_DAY_NUMBER || day_number > MAX_DAY_NUMBER)
    return (JzDate){ 0 };
  return get_date_of_day_number (day_number);
}

/**
 * jz_date_add_months:
 * @date: a valid date
 * @n_months: how many months later; earlier if negative
 *
 * Goes to the same-numbered day of another month or, where that month has no such day, to its last
 * day (DC-03, Civil Code 202).
 *
 * Returns: the day, or a date that jz_date_is_valid() refuses if it lies outside 1900 to 9999
 */
JzDate
jz_date_add_months (JzDate date, int n_months)
{
  g_return_val_if_fail (jz_date_is_valid (date), (JzDate){ 0 });

  gint64 months = (gint64)date.year * 12 + date.month - 1 + n_months;
  if (months < MIN_YEAR * 12 || months >= (MAX_YEAR + 1) * 12)
    return (JzDate){ 0 };
  JzDate moved = { .year = (int)(months / 12), .month = (int)(months % 12) + 1 };
  moved.day = MIN (date.day, get_days_in_month (moved.year, moved.month));
  return moved;
}

/**
 * jz_date_days_between:
 * @from: a valid date
 * @to: a valid date
 *
 * Returns: how many days @to lies after @from; negative if before
 */
int
jz_date_days_between (JzDate from, JzDate to)
{
  g_return_val_if_fail (jz_date_is_valid (from), 0);
  g_return_val_if_fail (jz_date_is_valid (to), 0);

  return (int)(get_day_number (to) - get_day_number (from));
}

/**
 * jz_date_get_weekday:
 * @date: a valid date
 *
 * Returns: 1 for Monday to 7 for Sunday, as in #GDateWeekday and ISO 8601
 */
int
jz_date_get_weekday (JzDate date)
{
  g_return_val_if_fail (jz_date_is_valid (date), 0);

  /* 1970-01-01 was a Thursday; the first day number is made positive by whole weeks. */
  return (int)((get_day_number (date) + 3 + 7 * 4000) % 7) + 1;
}

static gboolean
is_valid_instant (JzInstant instant)
{
  return instant >= MIN_DAY_NUMBER * MS_PER_DAY - SHANGHAI_OFFSET_MS &&
         instant < (MAX_DAY_NUMBER + 1) * MS_PER_DAY - SHANGHAI_OFFSET_MS;
}

/**
 * jz_instant_parse:
 * @text: what should be an instant, such as "2026-03-02T09:30:00.000+08:00"
 * @instant: (out): the instant; written only on success
 * @error: return location
 *
 * Reads an instant in the only form that is written (format/README.md §1): 29 bytes, always
 * milliseconds, always +08:00; hour 24 and second 60 do not exist.
 *
 * Returns: whether @text is such an instant; fails with %JZ_BASE_ERROR_SYNTAX when the form is
 * wrong and with %JZ_BASE_ERROR_RANGE when there is no such day or no such time of day
 */
gboolean
jz_instant_parse (const char *text, JzInstant *instant, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (instant != NULL, FALSE);

  g_autofree char *excerpt = NULL;
  if (!matches_pattern (text, "0000-00-00T00:00:00.000+") || strcmp (text + 23, "+08:00") != 0) {
    excerpt = jz_error_dup_excerpt (text, -1);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                 _ ("“%s” is not an instant; write it like 2026-03-02T09:30:00.000+08:00."),
                 excerpt);
    return FALSE;
  }
  JzDate date = read_date (text);
  int hour = read_digits (text + 11, 2);
  int minute = read_digits (text + 14, 2);
  int second = read_digits (text + 17, 2);
  if (!jz_date_is_valid (date) || hour > 23 || minute > 59 || second > 59) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("There is no instant %s; the day must exist and the time lie between "
                    "00:00:00.000 and 23:59:59.999."),
                 text);
    return FALSE;
  }
  *instant = jz_instant_from_date (date, hour, minute) + second * 1000 + read_digits (text + 20, 3);
  return TRUE;
}

/**
 * jz_instant_format:
 * @instant: an instant from 1900-01-01 to 9999-12-31 in Shanghai
 * @text: (out): 29 bytes and a NUL
 *
 * Writes @instant in the form that jz_instant_parse() reads.
 */
void
jz_instant_format (JzInstant instant, char text[JZ_INSTANT_SIZE])
{
  memcpy (text, "0000-00-00T00:00:00.000+08:00", JZ_INSTANT_SIZE);
  g_return_if_fail (is_valid_instant (instant));

  JzDate date = jz_instant_get_date (instant);
  int ms_of_day = (int)(instant - jz_instant_from_date (date, 0, 0));
  write_date (text, date);
  write_digits (text + 11, 2, ms_of_day / 3600000);
  write_digits (text + 14, 2, ms_of_day / 60000 % 60);
  write_digits (text + 17, 2, ms_of_day / 1000 % 60);
  write_digits (text + 20, 3, ms_of_day % 1000);
}

/**
 * jz_instant_get_date:
 * @instant: an instant from 1900-01-01 to 9999-12-31 in Shanghai
 *
 * Returns: the civil day in Shanghai on which @instant lies; a day ends at 24:00 (DC-17)
 */
JzDate
jz_instant_get_date (JzInstant instant)
{
  g_return_val_if_fail (is_valid_instant (instant), (JzDate){ 0 });

  /* The dividend is made positive first, because C rounds towards 0. */
  gint64 ms = instant + SHANGHAI_OFFSET_MS - MIN_DAY_NUMBER * MS_PER_DAY;
  return get_date_of_day_number (ms / MS_PER_DAY + MIN_DAY_NUMBER);
}

/**
 * jz_instant_from_date:
 * @date: a valid date
 * @hour: 0 to 23
 * @minute: 0 to 59
 *
 * Returns: the instant of that time of day in Shanghai
 */
JzInstant
jz_instant_from_date (JzDate date, int hour, int minute)
{
  g_return_val_if_fail (jz_date_is_valid (date), 0);
  g_return_val_if_fail (hour >= 0 && hour <= 23, 0);
  g_return_val_if_fail (minute >= 0 && minute <= 59, 0);

  gint64 ms_of_day = ((gint64)hour * 60 + minute) * 60 * 1000;
  return get_day_number (date) * MS_PER_DAY + ms_of_day - SHANGHAI_OFFSET_MS;
}
