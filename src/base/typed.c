/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/typed.h"

#include <string.h>

#include "base/half_width.h"
#include "base/money.h"
#include "base/value.h"

/* Dates, moments and amounts as somebody types them in a hurry. Whatever is read is shown written
 * out beside the field, so that a misreading is seen; what could be read in two ways is not read.
 */

#define MAX_NUMBERS 3

/* In half width, without blanks. */
static char *
dup_plain (const char *text)
{
  g_autofree char *half_width = jz_half_width_dup (text);
  GString *plain = g_string_new (NULL);

  for (const char *at = half_width != NULL ? half_width : ""; *at != '\0'; at++)
    if (!g_ascii_isspace (*at))
      g_string_append_c (plain, *at);
  return g_string_free (plain, FALSE);
}

static gboolean
take_date (int year, int month, int day, JzDate *date)
{
  JzDate read = { year, month, day };

  if (!jz_date_is_valid (read))
    return FALSE;
  *date = read;
  return TRUE;
}

static gboolean
read_word (const char *text, JzDate today, JzDate *date)
{
  static const struct {
    const char *word;
    int n_days;
  } words[] = {
    { "今天", 0 },  { "今日", 0 },  { "today", 0 },      { "昨天", -1 },
    { "昨日", -1 }, { "前天", -2 }, { "yesterday", -1 }, { "明天", 1 },
    { "明日", 1 },  { "后天", 2 },  { "tomorrow", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (words[i].word, text) == 0) {
      *date = jz_date_add_days (today, words[i].n_days);
      return TRUE;
    }
  return FALSE;
}

/* "+5" is in five days, "-3" was three days ago. */
static gboolean
read_offset (const char *text, JzDate today, JzDate *date)
{
  gint64 n_days = 0;

  if ((*text != '+' && *text != '-') ||
      !g_ascii_string_to_signed (text + 1, 10, 0, 36500, &n_days, NULL))
    return FALSE;
  *date = jz_date_add_days (today, (int)(*text == '-' ? -n_days : n_days));
  return jz_date_is_valid (*date);
}

/* Whole numbers with signs of one kind between: -, /, . or the words for year, month and day. */
static int
split_numbers (const char *text, int numbers[MAX_NUMBERS])
{
  g_autoptr (GString) plain = g_string_new (text);
  g_auto (GStrv) parts = NULL;
  int n = 0;

  g_string_replace (plain, "年", "-", 0);
  g_string_replace (plain, "月", "-", 0);
  g_string_replace (plain, "日", "", 0);
  g_string_replace (plain, "号", "", 0);
  parts = g_strsplit_set (plain->str, "-/.", MAX_NUMBERS + 1);
  for (char **part = parts; *part != NULL; part++) {
    gint64 number = 0;
    if (n == MAX_NUMBERS || !g_ascii_string_to_signed (*part, 10, 1, 9999, &number, NULL))
      return 0;
    numbers[n++] = (int)number;
  }
  return n;
}

static gboolean
read_numbers (const char *text, JzDate today, JzDate *date)
{
  int numbers[MAX_NUMBERS] = { 0 };
  int n = split_numbers (text, numbers);

  if (n == 3)
    return take_date (numbers[0], numbers[1], numbers[2], date);
  return n == 2 && take_date (today.year, numbers[0], numbers[1], date);
}

/* 1121 is a day of this year, 20261121 any day. */
static gboolean
read_digits (const char *text, JzDate today, JzDate *date)
{
  gsize length = strlen (text);
  guint64 number = 0;

  if ((length != 4 && length != 8) || !g_ascii_isdigit (*text) ||
      !g_ascii_string_to_unsigned (text, 10, 0, 99991231, &number, NULL))
    return FALSE;
  return take_date (length == 8 ? (int)(number / 10000) : today.year, (int)(number / 100 % 100),
                    (int)(number % 100), date);
}

/**
 * jz_typed_read_date:
 * @text: what was typed
 * @today: the day on which it was typed
 * @date: (out): the day, written only on success
 *
 * Reads `1121`, `20261121`, `2026-11-21`, `11.21`, `11月21日`, `今天`, `+5` and the like, in half
 * or full width (ux.md §1.8). Without a year it is this one.
 *
 * Returns: whether it is a day
 */
gboolean
jz_typed_read_date (const char *text, JzDate today, JzDate *date)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (text != NULL && date != NULL, FALSE);
  plain = dup_plain (text);
  return read_word (plain, today, date) || read_offset (plain, today, date) ||
         read_digits (plain, today, date) || read_numbers (plain, today, date);
}

/* 9:30, 0930, 9时30分, 9点 */
static gboolean
read_time (const char *text, int *hour, int *minute)
{
  g_autoptr (GString) plain = g_string_new (text);
  g_auto (GStrv) parts = NULL;
  gint64 numbers[2] = { 0 };

  g_string_replace (plain, "点", ":", 0);
  g_string_replace (plain, "时", ":", 0);
  g_string_replace (plain, "分", "", 0);
  if (plain->len > 0 && plain->str[plain->len - 1] == ':')
    g_string_append (plain, "00");
  if (plain->len == 4 && strchr (plain->str, ':') == NULL)
    g_string_insert_c (plain, 2, ':');
  parts = g_strsplit (plain->str, ":", 3);
  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_signed (parts[0], 10, 0, 23, &numbers[0], NULL) ||
      !g_ascii_string_to_signed (parts[1], 10, 0, 59, &numbers[1], NULL))
    return FALSE;
  *hour = (int)numbers[0];
  *minute = (int)numbers[1];
  return TRUE;
}

/**
 * jz_typed_read_instant:
 * @text: what was typed
 * @today: the day on which it was typed
 * @instant: (out): the moment, written only on success
 *
 * Reads a day and a time with a blank or the word for day between, such as `1121 9:30` or
 * `11月21日9时30分`; a time alone is one of today.
 *
 * Returns: whether it is a moment
 */
gboolean
jz_typed_read_instant (const char *text, JzDate today, JzInstant *instant)
{
  g_autofree char *half_width = NULL;
  g_autoptr (GString) spaced = NULL;
  char *blank;
  JzDate date = today;
  int hour = 0;
  int minute = 0;

  g_return_val_if_fail (text != NULL && instant != NULL, FALSE);
  half_width = jz_half_width_dup (text);
  spaced = g_string_new (half_width);
  g_string_replace (spaced, "T", " ", 1);
  g_string_replace (spaced, "日", "日 ", 1);
  g_strstrip (spaced->str);
  blank = strpbrk (spaced->str, " \t");
  if (blank != NULL) {
    *blank++ = '\0';
    if (!jz_typed_read_date (spaced->str, today, &date))
      return FALSE;
  }
  blank = dup_plain (blank != NULL ? blank : spaced->str);
  if (!read_time (blank, &hour, &minute)) {
    g_free (blank);
    return FALSE;
  }
  g_free (blank);
  *instant = jz_instant_from_date (date, hour, minute);
  return TRUE;
}

/* 3.6万 is 36000 yuan; what is left over after four decimals would be less than a yuan. */
static gboolean
read_ten_thousands (const char *text, gint64 *amount_fen)
{
  g_autofree char *figures = g_strndup (text, strlen (text) - strlen ("万"));
  g_auto (GStrv) parts = g_strsplit (figures, ".", 2);
  const char *decimals = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";
  g_autofree char *shifted = NULL;

  if (parts[0] == NULL || strlen (decimals) > 4 || (parts[1] != NULL && decimals[0] == '\0'))
    return FALSE;
  shifted = g_strdup_printf ("%s%s%.*s", strcmp (parts[0], "0") == 0 ? "" : parts[0], decimals,
                             (int)(4 - strlen (decimals)), "0000");
  while (shifted[0] == '0' && shifted[1] != '\0')
    memmove (shifted, shifted + 1, strlen (shifted));
  return jz_money_parse (shifted, amount_fen, NULL);
}

/**
 * jz_typed_read_money:
 * @text: what was typed
 * @amount_fen: (out): the amount in fen, written only on success
 *
 * As jz_money_parse(), and with the unit or its sign beside it, blanks, and in ten thousands:
 * `36000`, `36,000元`, `3.6万元`, `￥36000`.
 *
 * Returns: whether it is an amount
 */
gboolean
jz_typed_read_money (const char *text, gint64 *amount_fen)
{
  g_autofree char *plain = NULL;
  g_autoptr (GString) figures = NULL;

  g_return_val_if_fail (text != NULL && amount_fen != NULL, FALSE);
  plain = dup_plain (text);
  figures = g_string_new (plain);
  g_string_replace (figures, "￥", "", 1);
  g_string_replace (figures, "¥", "", 1);
  g_string_replace (figures, "人民币", "", 1);
  g_string_replace (figures, "，", ",", 0);
  if (g_str_has_suffix (figures->str, "元整"))
    g_string_truncate (figures, figures->len - strlen ("元整"));
  else if (g_str_has_suffix (figures->str, "元"))
    g_string_truncate (figures, figures->len - strlen ("元"));
  if (g_str_has_suffix (figures->str, "万"))
    return read_ten_thousands (figures->str, amount_fen);
  return jz_money_parse (figures->str, amount_fen, NULL);
}
