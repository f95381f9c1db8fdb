/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/words.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/money.h"

/**
 * jz_words_dup_date:
 * @date: a day
 *
 * Returns: (transfer full): the day as people write it (ux.md §1.8)
 */
char *
jz_words_dup_date (JzDate date)
{
  /* Translators: year, month, day; in Chinese %1$d年%2$d月%3$d日 */
  return g_strdup_printf (_ ("%1$04d-%2$02d-%3$02d"), date.year, date.month, date.day);
}

/**
 * jz_words_dup_day:
 * @text: (nullable): a day, or a moment, as it is stored
 *
 * Returns: (transfer full): the day as people write it; the empty text where it is none
 */
char *
jz_words_dup_day (const char *text)
{
  g_autofree char *day = g_strndup (text != NULL ? text : "", JZ_DATE_SIZE - 1);
  JzDate date;

  return jz_date_parse (day, &date, NULL) ? jz_words_dup_date (date) : g_strdup ("");
}

/**
 * jz_words_dup_moment:
 * @text: (nullable): a moment as it is stored
 *
 * Returns: (transfer full): day, hour and minute as people write them; the empty text where it is
 *   none
 */
char *
jz_words_dup_moment (const char *text)
{
  JzInstant instant;
  g_autofree char *day = jz_words_dup_day (text);

  if (text == NULL || !jz_instant_parse (text, &instant, NULL))
    return g_strdup (day);
  return g_strdup_printf ("%s %.5s", day, text + JZ_DATE_SIZE);
}

/**
 * jz_words_dup_span:
 * @from: (nullable): a moment as it is stored
 * @to: (nullable): a later one
 *
 * Returns: (transfer full): from when to when, to the second; the day stands before both times
 * where it is the same, and before each where it is not; the empty text where one is no moment
 */
char *
jz_words_dup_span (const char *from, const char *to)
{
  JzInstant instant;
  g_autofree char *first = jz_words_dup_day (from);
  g_autofree char *last = jz_words_dup_day (to);

  if (from == NULL || to == NULL || !jz_instant_parse (from, &instant, NULL) ||
      !jz_instant_parse (to, &instant, NULL))
    return g_strdup ("");
  if (strcmp (first, last) == 0)
    return g_strdup_printf ("%s %.8s–%.8s", first, from + JZ_DATE_SIZE, to + JZ_DATE_SIZE);
  return g_strdup_printf ("%s %.8s – %s %.8s", first, from + JZ_DATE_SIZE, last, to + JZ_DATE_SIZE);
}

/**
 * jz_words_dup_weekday:
 * @date: a day
 *
 * Returns: (transfer full): the name of its weekday
 */
char *
jz_words_dup_weekday (JzDate date)
{
  static const char *const names[] = { N_ ("Monday"),   N_ ("Tuesday"), N_ ("Wednesday"),
                                       N_ ("Thursday"), N_ ("Friday"),  N_ ("Saturday"),
                                       N_ ("Sunday") };
  int weekday = jz_date_get_weekday (date);

  return g_strdup (_ (names[(weekday + 6) % 7]));
}

/**
 * jz_words_dup_money:
 * @amount_fen: an amount
 *
 * Returns: (transfer full): the amount in yuan
 */
char *
jz_words_dup_money (gint64 amount_fen)
{
  g_autofree char *figures = jz_money_format (amount_fen);

  return g_strdup_printf (_ ("%s yuan"), figures);
}
