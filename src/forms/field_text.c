/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/field_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/half_width.h"
#include "base/money.h"

/* Between what people type into a field and its value (ux.md §1.8). What cannot be read stays as it
 * was typed, so that nothing is lost and nothing is refused. */

#define YEAR_DIGITS 4
#define DATE_DIGITS 8
#define MONTH_DAY_DIGITS 4
#define CLOCK_DIGITS 4

/**
 * jz_field_is_typed:
 * @field: a field, member or column
 * @is_list: whether the value is a list of entries
 *
 * Returns: whether its value is typed as one text; the others are chosen or have parts
 */
gboolean
jz_field_is_typed (const JzFormField *field, gboolean is_list)
{
  g_return_val_if_fail (field != NULL, FALSE);

  if (is_list)
    return FALSE;
  if (field->type == JZ_FIELD_COMPOSITE)
    return g_strcmp0 (field->composite, "qty") == 0 ||
           g_strcmp0 (field->composite, "date-range") == 0;
  return field->type != JZ_FIELD_CHOICE && field->type != JZ_FIELD_BOOL &&
         field->type != JZ_FIELD_TABLE;
}

/**
 * jz_field_has_paragraphs:
 * @field: a field, member or column
 *
 * Returns: whether its text may have several paragraphs
 */
gboolean
jz_field_has_paragraphs (const JzFormField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->type == JZ_FIELD_LONGTEXT;
}

/**
 * jz_field_dup_typed:
 * @field: a field whose value is typed
 * @value: (nullable): its value
 *
 * Returns: (transfer full): the text that jz_field_read_typed() reads as this value, and that
 *   stands on paper
 */
char *
jz_field_dup_typed (const JzFormField *field, const JzJson *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  return jz_filling_dup_text (field, value, JZ_SHOW_PLAIN);
}

static guint
count_digits (const char *text)
{
  guint n = 0;
  while (g_ascii_isdigit (text[n]))
    n++;
  return n;
}

static int
read_digits (const char **at, guint n)
{
  int value = 0;
  for (guint i = 0; i < n; i++)
    value = value * 10 + ((*at)[i] - '0');
  *at += n;
  return value;
}

static gboolean
skip (const char **at, const char *word)
{
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

static void
skip_spaces (const char **at)
{
  while (**at == ' ')
    (*at)++;
}

/* Between the numbers of a day: a unit or a sign. */
static gboolean
skip_divider (const char **at, const char *unit)
{
  static const char *const signs[] = { "-", "/", "." };
  skip_spaces (at);
  gboolean is_found = skip (at, unit);
  for (guint i = 0; i < G_N_ELEMENTS (signs) && !is_found; i++)
    is_found = skip (at, signs[i]);
  skip_spaces (at);
  return is_found;
}

static gboolean
read_word (const char **at, JzDate today, JzDate *date)
{
  static const struct {
    const char *word;
    int n_days;
  } words[] = { { "今天", 0 }, { "今日", 0 },  { "明天", 1 },
                { "后天", 2 }, { "昨天", -1 }, { "前天", -2 } };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (!skip (at, words[i].word))
      continue;
    *date = jz_date_add_days (today, words[i].n_days);
    return TRUE;
  }
  return FALSE;
}

/* "+5" and "-3": days from today. */
static gboolean
read_distance (const char **at, JzDate today, JzDate *date)
{
  const char *digits = *at + 1;
  guint n = count_digits (digits);
  if ((**at != '+' && **at != '-') || n == 0 || n > 4)
    return FALSE;
  int n_days = read_digits (&digits, n);
  *date = jz_date_add_days (today, **at == '+' ? n_days : -n_days);
  *at = digits;
  if (!skip (at, "天"))
    (void)skip (at, "日");
  return TRUE;
}

/* "20261121", "1121": without anything between the numbers. */
static gboolean
read_packed (const char **at, JzDate today, JzDate *date)
{
  guint n = count_digits (*at);
  if (n != DATE_DIGITS && n != MONTH_DAY_DIGITS)
    return FALSE;
  const char *digits = *at;
  date->year = n == DATE_DIGITS ? read_digits (&digits, YEAR_DIGITS) : today.year;
  date->month = read_digits (&digits, 2);
  date->day = read_digits (&digits, 2);
  if (!jz_date_is_valid (*date))
    return FALSE;
  *at = digits;
  return TRUE;
}

/* "2026年11月21日", "2026-11-21", "11月21日", "11.21" */
static gboolean
read_divided (const char **at, JzDate today, JzDate *date)
{
  const char *here = *at;
  guint n = count_digits (here);
  if (n == 0 || (n > 2 && n != YEAR_DIGITS))
    return FALSE;
  date->year = today.year;
  if (n == YEAR_DIGITS) {
    date->year = read_digits (&here, n);
    if (!skip_divider (&here, "年"))
      return FALSE;
    n = count_digits (here);
  }
  if (n == 0 || n > 2)
    return FALSE;
  date->month = read_digits (&here, n);
  if (!skip_divider (&here, "月"))
    return FALSE;
  n = count_digits (here);
  if (n == 0 || n > 2)
    return FALSE;
  date->day = read_digits (&here, n);
  if (!skip (&here, "日"))
    (void)skip (&here, "号");
  if (!jz_date_is_valid (*date))
    return FALSE;
  *at = here;
  return TRUE;
}

/**
 * jz_date_read_typed:
 * @text: in half width
 * @today: for what is said from today
 * @date: (out): the day
 * @rest: (out): what follows it
 *
 * Reads a day as people type it (ux.md §1.8).
 *
 * Returns: whether @text begins with a day
 */
gboolean
jz_date_read_typed (const char *text, JzDate today, JzDate *date, const char **rest)
{
  g_return_val_if_fail (text != NULL, FALSE);

  const char *at = text;
  skip_spaces (&at);
  if (!read_word (&at, today, date) && !read_distance (&at, today, date) &&
      !read_packed (&at, today, date) && !read_divided (&at, today, date))
    return FALSE;
  *rest = at;
  return TRUE;
}

static JzJson *
new_day (JzDate date)
{
  char text[JZ_DATE_SIZE];
  jz_date_format (date, text);
  return jz_json_new_text (text);
}

/* "9:30", "0930", "9时30分", "9点" */
static gboolean
read_clock (const char **at, int *hour, int *minute)
{
  const char *here = *at;
  guint n = count_digits (here);
  *minute = 0;
  if (n == CLOCK_DIGITS) {
    *hour = read_digits (&here, 2);
    *minute = read_digits (&here, 2);
  } else if (n == 1 || n == 2) {
    *hour = read_digits (&here, n);
    gboolean is_word = skip (&here, "时") || skip (&here, "点");
    if (!is_word && !skip (&here, ":"))
      return FALSE;
    n = count_digits (here);
    if (n > 2 || (n == 0 && !is_word))
      return FALSE;
    *minute = read_digits (&here, n);
    (void)skip (&here, "分");
  } else {
    return FALSE;
  }
  *at = here;
  return *hour < 24 && *minute < 60;
}

static JzJson *
read_minute (const char *text, JzDate today)
{
  const char *at = text;
  JzDate date = today;
  int hour = 0;
  int minute = 0;
  gboolean is_clock_only = read_clock (&at, &hour, &minute) && *at == '\0' && strlen (text) != 4;
  if (!is_clock_only) {
    if (!jz_date_read_typed (text, today, &date, &at))
      return NULL;
    skip_spaces (&at);
    (void)skip (&at, "T");
    if (!read_clock (&at, &hour, &minute))
      return NULL;
    skip_spaces (&at);
    if (*at != '\0')
      return NULL;
  }
  g_autofree char *written =
    g_strdup_printf ("%04d-%02d-%02dT%02d:%02d", date.year, date.month, date.day, hour, minute);
  return jz_json_new_text (written);
}

static JzJson *
read_day (const char *text, JzDate today)
{
  JzDate date;
  const char *rest;
  if (!jz_date_read_typed (text, today, &date, &rest))
    return NULL;
  skip_spaces (&rest);
  return *rest == '\0' ? new_day (date) : NULL;
}

/* "5万" and "1.2万元" are how amounts are spoken. */
static JzJson *
read_amount (const char *text)
{
  g_autofree char *figures = g_strdup (text);
  gint64 amount_fen = 0;
  gint64 times = 1;
  if (g_str_has_suffix (figures, "元"))
    figures[strlen (figures) - strlen ("元")] = '\0';
  if (g_str_has_suffix (figures, "万")) {
    figures[strlen (figures) - strlen ("万")] = '\0';
    times = 10000;
  }
  if (jz_money_parse (figures, &amount_fen, NULL) && amount_fen <= JZ_MONEY_MAX_FEN / times)
    return jz_json_new_integer (amount_fen * times);
  if (times == 1 && jz_money_parse_capitals (text, &amount_fen, NULL))
    return jz_json_new_integer (amount_fen);
  return NULL;
}

static JzJson *
read_whole (const char *text)
{
  gint64 number;
  if (!g_ascii_string_to_signed (text, 10, -JZ_JSON_MAX_INTEGER, JZ_JSON_MAX_INTEGER, &number,
                                 NULL))
    return NULL;
  return jz_json_new_integer (number);
}

/* "12.5箱": a number and what follows it. */
static JzJson *
read_quantity (const char *text)
{
  gsize length = strspn (text, "0123456789.");
  g_autofree char *number = g_strndup (text, length);
  g_autofree char *unit = g_strstrip (g_strdup (text + length));
  JzJson *value = jz_json_new_object ();
  if (*number != '\0')
    jz_json_set_text (value, "number", number);
  if (*unit != '\0')
    jz_json_set_text (value, "unit", unit);
  return value;
}

static JzJson *
read_range (const char *text, JzDate today)
{
  static const char *const dividers[] = { "至", "到", "~", "—", " - " };
  for (guint i = 0; i < G_N_ELEMENTS (dividers); i++) {
    const char *at = strstr (text, dividers[i]);
    if (at == NULL)
      continue;
    g_autofree char *first = g_strstrip (g_strndup (text, (gsize)(at - text)));
    g_autofree char *last = g_strstrip (g_strdup (at + strlen (dividers[i])));
    JzJson *start = read_day (first, today);
    JzJson *end = read_day (last, today);
    JzJson *value = start != NULL && end != NULL ? jz_json_new_object () : NULL;
    if (value == NULL) {
      g_clear_pointer (&start, jz_json_unref);
      g_clear_pointer (&end, jz_json_unref);
      return NULL;
    }
    jz_json_set_member (value, "start", start);
    jz_json_set_member (value, "end", end);
    return value;
  }
  return NULL;
}

static JzJson *
read_plain (const JzFormField *field, const char *text, const char *plain, JzDate today)
{
  switch (field->type) {
  case JZ_FIELD_DATE:
    return read_day (plain, today);
  case JZ_FIELD_DATETIME:
    return read_minute (plain, today);
  case JZ_FIELD_MONEY:
    return read_amount (plain);
  case JZ_FIELD_INT:
    return read_whole (plain);
  case JZ_FIELD_NUMBER:
    return jz_json_new_text (plain);
  case JZ_FIELD_IDCODE:
  case JZ_FIELD_COMPOSITE:
    break;
  default:
    return jz_json_new_text (text);
  }
  if (field->type == JZ_FIELD_IDCODE)
    return jz_json_new_text (text);
  return strcmp (field->composite, "qty") == 0 ? read_quantity (plain) : read_range (plain, today);
}

/**
 * jz_field_read_typed:
 * @field: a field whose value is typed
 * @text: what was typed
 * @today: for days that are said from today
 * @value: (out) (transfer full) (nullable): its value; %NULL for nothing, or when it cannot be read
 *
 * Reads days, amounts and numbers in half or full width; every other text is a value as it is.
 *
 * Returns: whether @text could be read
 */
gboolean
jz_field_read_typed (const JzFormField *field, const char *text, JzDate today, JzJson **value)
{
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  g_autofree char *plain = jz_half_width_dup (text);
  *value = NULL;
  if (*text == '\0')
    return TRUE;
  if (plain == NULL)
    return FALSE;
  *value = read_plain (field, text, g_strstrip (plain), today);
  return *value != NULL;
}
