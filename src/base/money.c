/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/half_width.h"

/**
 * jz_money_is_valid:
 * @amount_fen: a number of fen
 *
 * Returns: whether it is an amount that we handle: not negative, less than 10^16 fen (CA-7)
 */
gboolean
jz_money_is_valid (gint64 amount_fen)
{
  return amount_fen >= 0 && amount_fen <= JZ_MONEY_MAX_FEN;
}

/* Whether @digits, of the length @n_digits and perhaps with commas, is a whole number as people
 * write it: no leading zeros, and if there are commas, one before every three digits from the
 * right. */
static gboolean
is_whole_number (const char *digits, gsize n_digits)
{
  gboolean is_grouped = memchr (digits, ',', n_digits) != NULL;

  if (n_digits == 0 || *digits == ',' || (n_digits > 1 && *digits == '0'))
    return FALSE;
  for (gsize i = 0; i < n_digits; i++) {
    gboolean needs_comma = is_grouped && (n_digits - i) % 4 == 0;
    if (needs_comma ? digits[i] != ',' : !g_ascii_isdigit (digits[i]))
      return FALSE;
  }
  return TRUE;
}

/* Adds the digits among @length bytes at @text to @amount_fen; stops where it grows too large. */
static gboolean
append_digits (const char *text, gsize length, gint64 *amount_fen)
{
  for (gsize i = 0; i < length; i++) {
    if (text[i] == ',')
      continue;
    *amount_fen = *amount_fen * 10 + g_ascii_digit_value (text[i]);
    if (*amount_fen > JZ_MONEY_MAX_FEN)
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_form (const char *figures, const char *text, GError **error)
{
  gsize n_whole = strcspn (figures, ".");
  const char *decimals = figures[n_whole] == '.' ? figures + n_whole + 1 : "0";
  g_autofree char *excerpt = jz_error_dup_excerpt (text, -1);

  if (*figures == '-') {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The amount “%s” is negative; write an amount of at least 0."), excerpt);
    return FALSE;
  }
  if (!is_whole_number (figures, n_whole) || *decimals == '\0' ||
      strspn (decimals, "0123456789") != strlen (decimals)) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                 _ ("“%s” is not an amount; write it in yuan like 1409.50 or 1,409.50."), excerpt);
    return FALSE;
  }
  if (strlen (decimals) > 2) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                 _ ("The amount “%s” is finer than one fen; write at most two decimals."), excerpt);
    return FALSE;
  }
  return TRUE;
}

/**
 * jz_money_parse:
 * @text: an amount in yuan, such as "1,409.50", "1409.5" or "50000"; full-width signs are the same
 * as half-width ones
 * @amount_fen: (out): the amount in fen, written only on success
 * @error: return location for an error
 *
 * Reads an amount strictly, because a misread amount is a wrong fine: digits, grouped throughout or
 * not at all, at most two decimals, no sign, no leading zeros, no spaces, no unit (CA-7).
 *
 * Returns: whether @text is an amount; otherwise %FALSE with @error in the domain %JZ_BASE_ERROR:
 *   %JZ_BASE_ERROR_SYNTAX for another form, %JZ_BASE_ERROR_RANGE for a negative amount or one of
 *   10^16 fen or more
 */
gboolean
jz_money_parse (const char *text, gint64 *amount_fen, GError **error)
{
  g_autofree char *half_width = NULL;
  const char *figures = NULL;
  const char *decimals = NULL;
  gsize n_whole = 0;
  gint64 read_fen = 0;

  g_return_val_if_fail (text != NULL && amount_fen != NULL, FALSE);
  half_width = jz_half_width_dup (text);
  figures = half_width != NULL ? half_width : "";
  if (!check_form (figures, text, error))
    return FALSE;
  n_whole = strcspn (figures, ".");
  decimals = figures[n_whole] == '.' ? figures + n_whole + 1 : "";
  if (!append_digits (figures, n_whole, &read_fen) ||
      !append_digits (decimals, strlen (decimals), &read_fen) ||
      !append_digits ("00", 2 - strlen (decimals), &read_fen)) {
    g_autofree char *excerpt = jz_error_dup_excerpt (text, -1);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("The amount “%s” is too large; write less than 100,000,000,000,000 yuan."),
                 excerpt);
    return FALSE;
  }
  *amount_fen = read_fen;
  return TRUE;
}

/**
 * jz_money_format:
 * @amount_fen: a valid amount in fen
 *
 * Returns: (transfer full): the amount in yuan with grouping and two decimals, such as "1,409.50"
 */
char *
jz_money_format (gint64 amount_fen)
{
  g_autofree char *whole = NULL;
  GString *text = NULL;
  gsize n_digits = 0;

  g_return_val_if_fail (jz_money_is_valid (amount_fen), NULL);
  whole = g_strdup_printf ("%" G_GINT64_FORMAT, amount_fen / 100);
  text = g_string_new (NULL);
  n_digits = strlen (whole);
  for (gsize i = 0; i < n_digits; i++) {
    if (i > 0 && (n_digits - i) % 3 == 0)
      g_string_append_c (text, ',');
    g_string_append_c (text, whole[i]);
  }
  g_string_append_printf (text, ".%02d", (int)(amount_fen % 100));
  return g_string_free (text, FALSE);
}

/* @amount_fen times @parts of ten thousand, rounded half up once; the steps stay within 64 bits for
 * every valid amount and @parts up to 9 million. */
static gint64
scale (gint64 amount_fen, gint64 parts)
{
  gint64 remainder = amount_fen % 10000 * parts;
  return amount_fen / 10000 * parts + (remainder + 5000) / 10000;
}

/**
 * jz_money_get_surcharge:
 * @fine_fen: the amount on which it runs, in fen
 * @rate_basis_points: what a day adds, in basis points of the fine (3 % is 300), at most 10000
 * @n_days: the number of days late, at least 0
 * @cap_per_cent: what the sum may not pass, in per cent of the fine (100), at most 1000
 *
 * The surcharge for late payment (加处罚款, TL-P24; Penalty Law 72). The figures are parameters of
 * the rulebook. Fine × rate × days is rounded half up once, not day by day.
 *
 * Returns: the whole surcharge in fen
 */
gint64
jz_money_get_surcharge (gint64 fine_fen, int rate_basis_points, int n_days, int cap_per_cent)
{
  gint64 parts = 0;

  g_return_val_if_fail (jz_money_is_valid (fine_fen), 0);
  g_return_val_if_fail (rate_basis_points >= 0 && rate_basis_points <= 10000, 0);
  g_return_val_if_fail (n_days >= 0, 0);
  g_return_val_if_fail (cap_per_cent >= 0 && cap_per_cent <= 1000, 0);
  parts = MIN ((gint64)rate_basis_points * n_days, (gint64)cap_per_cent * 100);
  return scale (fine_fen, parts);
}
