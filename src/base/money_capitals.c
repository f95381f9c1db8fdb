/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"

/* Amounts in capitals (rules.md §8.5, after 正确填写票据和结算凭证的基本规定).
 *
 * An amount is first turned into the row of pieces of which its capitals consist. In some places
 * the rules leave a choice; there the piece is optional. What we write and what we accept are both
 * read off the same row, so that they cannot drift apart. */

typedef enum {
  PIECE_ALWAYS,
  PIECE_WE_WRITE,     /* may be left out, we do not */
  PIECE_WE_LEAVE_OUT, /* may be written, we do not */
} PieceUse;

typedef struct {
  PieceUse use;
  const char *text;
  const char *variant; /* (nullable): accepted in its place */
} Piece;

/* In fen. */
#define HUNDRED_MILLION_YUAN G_GINT64_CONSTANT (10000000000)

static const char *const digit_names[] = { "零", "壹", "贰", "叁", "肆",
                                           "伍", "陆", "柒", "捌", "玖" };

static void
add_piece (GArray *pieces, PieceUse use, const char *text)
{
  Piece piece = { use, text, NULL };
  g_array_append_val (pieces, piece);
}

static void
add_digit (GArray *pieces, int digit, const char *unit)
{
  add_piece (pieces, PIECE_ALWAYS, digit_names[digit]);
  if (unit != NULL)
    add_piece (pieces, PIECE_ALWAYS, unit);
}

/* Zeros inside the group are one 零 for a run; those at its end are left to what follows (CA-3). */
static void
add_group (GArray *pieces, int group)
{
  static const char *const units[] = { "仟", "佰", "拾", NULL };
  static const int powers[] = { 1000, 100, 10, 1 };
  gboolean has_begun = FALSE;
  gboolean has_gap = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (powers); i++) {
    int digit = group / powers[i] % 10;
    if (digit == 0) {
      has_gap = has_begun;
      continue;
    }
    if (has_gap)
      add_piece (pieces, PIECE_ALWAYS, "零");
    add_digit (pieces, digit, units[i]);
    has_begun = TRUE;
    has_gap = FALSE;
  }
}

/* The 零 between two groups that both have a value. @group is the lower one; @is_apart says that
 * groups without value lie between, @ends_in_zero that the last digit before is 0. */
static void
add_zero_between_groups (GArray *pieces, int group, gboolean is_apart, gboolean ends_in_zero)
{
  if (group < 1000)
    add_piece (pieces, PIECE_ALWAYS, "零");
  else if (is_apart)
    add_piece (pieces, PIECE_WE_WRITE, "零");
  else if (ends_in_zero)
    add_piece (pieces, PIECE_WE_LEAVE_OUT, "零");
}

/* Four digits each: 万亿, 亿, 万, 元. The unit 亿 stands behind the second also where it has no
 * value of its own; 万 stands only behind a value (CA-6). */
static void
add_yuan (GArray *pieces, gint64 amount_yuan)
{
  static const gint64 powers[] = { G_GINT64_CONSTANT (1000000000000), 100000000, 10000, 1 };
  static const char *const units[] = { "万", "亿", "万", "元" };
  int last = 0;
  gboolean has_begun = FALSE;
  gboolean is_apart = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (powers); i++) {
    int group = (int)(amount_yuan / powers[i] % 10000);
    if (group > 0) {
      if (has_begun)
        add_zero_between_groups (pieces, group, is_apart, last % 10 == 0);
      add_group (pieces, group);
      last = group;
    }
    is_apart = group == 0;
    has_begun = has_begun || group > 0;
    if (group > 0 || (has_begun && i % 2 == 1))
      add_piece (pieces, PIECE_ALWAYS, units[i]);
  }
}

/* CA-2, CA-4, CA-5. */
static void
add_end (GArray *pieces, gint64 amount_fen)
{
  gint64 amount_yuan = amount_fen / 100;
  int jiao = (int)(amount_fen / 10 % 10);
  int fen = (int)(amount_fen % 10);
  Piece end = { jiao == 0 ? PIECE_ALWAYS : PIECE_WE_LEAVE_OUT, "整", "正" };

  if (jiao > 0) {
    if (amount_yuan > 0 && amount_yuan % 10 == 0)
      add_piece (pieces, PIECE_WE_WRITE, "零");
    add_digit (pieces, jiao, "角");
  } else if (fen > 0 && amount_yuan > 0) {
    add_piece (pieces, PIECE_ALWAYS, "零");
  }
  if (fen > 0)
    add_digit (pieces, fen, "分");
  else
    g_array_append_val (pieces, end);
}

static GArray *
make_pieces (gint64 amount_fen)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  add_piece (pieces, PIECE_ALWAYS, JZ_MONEY_PREFIX);
  if (amount_fen == 0)
    add_digit (pieces, 0, "元");
  else
    add_yuan (pieces, amount_fen / 100);
  add_end (pieces, amount_fen);
  return pieces;
}

/**
 * jz_money_to_capitals:
 * @amount_fen: a valid amount in fen
 *
 * Writes an amount in Chinese capitals, beginning with %JZ_MONEY_PREFIX, in the form that rules.md
 * §8.5 (CA-1 to CA-7) gives first.
 *
 * Returns: (transfer full): such as "人民币壹仟肆佰零玖元伍角"
 */
char *
jz_money_to_capitals (gint64 amount_fen)
{
  g_autoptr (GArray) pieces = NULL;
  GString *text = NULL;

  g_return_val_if_fail (jz_money_is_valid (amount_fen), NULL);
  pieces = make_pieces (amount_fen);
  text = g_string_new (NULL);
  for (guint i = 0; i < pieces->len; i++) {
    const Piece *piece = &g_array_index (pieces, Piece, i);
    if (piece->use != PIECE_WE_LEAVE_OUT)
      g_string_append (text, piece->text);
  }
  return g_string_free (text, FALSE);
}

static gboolean
skip_piece (const char **at, const char *text)
{
  if (text == NULL || !g_str_has_prefix (*at, text))
    return FALSE;
  *at += strlen (text);
  return TRUE;
}

/**
 * jz_money_check_capitals:
 * @text: an amount in capitals
 * @amount_fen: a valid amount in fen
 *
 * Serves the check that figures and capitals of a document agree (AC-59, FC-21).
 *
 * Returns: whether @text is @amount_fen in capitals, in the form that we write or in any other that
 *   rules.md §8.5 allows
 */
gboolean
jz_money_check_capitals (const char *text, gint64 amount_fen)
{
  g_autoptr (GArray) pieces = NULL;
  const char *at = text;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (jz_money_is_valid (amount_fen), FALSE);
  pieces = make_pieces (amount_fen);
  for (guint i = 0; i < pieces->len; i++) {
    const Piece *piece = &g_array_index (pieces, Piece, i);
    if (!skip_piece (&at, piece->text) && !skip_piece (&at, piece->variant) &&
        piece->use == PIECE_ALWAYS)
      return FALSE;
  }
  return *at == '\0';
}

/* What was read so far, in fen: @digit waits for its unit, @group for 万, 亿 or 元. */
typedef struct {
  gint64 digit;
  gint64 group;
  gint64 total;
} Reading;

static gboolean
read_end_of_group (Reading *reading, gint64 unit_fen)
{
  gint64 group_fen = (reading->group + reading->digit) * unit_fen;

  reading->group = 0;
  reading->digit = 0;
  if (unit_fen < HUNDRED_MILLION_YUAN) {
    reading->total += group_fen;
  } else {
    /* 亿 multiplies all that stands before it, 万 included. */
    if (reading->total > JZ_MONEY_MAX_FEN / (HUNDRED_MILLION_YUAN / 100))
      return FALSE;
    reading->total = reading->total * (HUNDRED_MILLION_YUAN / 100) + group_fen;
  }
  return reading->total <= JZ_MONEY_MAX_FEN;
}

static gboolean
read_sign (Reading *reading, gunichar sign)
{
  static const struct {
    const char *name;
    gint64 unit;
    gboolean ends_group; /* its unit is in fen, that of others in yuan */
  } units[] = {
    { "拾", 10, FALSE },
    { "佰", 100, FALSE },
    { "仟", 1000, FALSE },
    { "万", 1000000, TRUE },
    { "亿", HUNDRED_MILLION_YUAN, TRUE },
    { "元", 100, TRUE },
    { "角", 10, TRUE },
    { "分", 1, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (digit_names); i++) {
    if (sign == g_utf8_get_char (digit_names[i])) {
      reading->digit = (gint64)i;
      return TRUE;
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    if (sign != g_utf8_get_char (units[i].name))
      continue;
    if (units[i].ends_group)
      return read_end_of_group (reading, units[i].unit);
    reading->group += reading->digit * units[i].unit;
    reading->digit = 0;
    return reading->group < 10000;
  }
  return sign == g_utf8_get_char ("整") || sign == g_utf8_get_char ("正");
}

/* Reads generously; whoever calls holds the result against the text. */
static gboolean
read_capitals (const char *text, gint64 *amount_fen)
{
  Reading reading = { 0 };

  if (!g_utf8_validate (text, -1, NULL) || !g_str_has_prefix (text, JZ_MONEY_PREFIX))
    return FALSE;
  for (const char *at = text + strlen (JZ_MONEY_PREFIX); *at != '\0'; at = g_utf8_next_char (at)) {
    if (!read_sign (&reading, g_utf8_get_char (at)))
      return FALSE;
  }
  *amount_fen = reading.total;
  return TRUE;
}

/**
 * jz_money_parse_capitals:
 * @text: an amount in capitals, beginning with %JZ_MONEY_PREFIX
 * @amount_fen: (out): the amount in fen, written only on success
 * @error: return location for an error
 *
 * Reads every form that jz_money_check_capitals() accepts, and no other.
 *
 * Returns: whether @text is an amount; otherwise %FALSE with %JZ_BASE_ERROR_SYNTAX
 */
gboolean
jz_money_parse_capitals (const char *text, gint64 *amount_fen, GError **error)
{
  gint64 read_fen = 0;

  g_return_val_if_fail (text != NULL && amount_fen != NULL, FALSE);
  if (!read_capitals (text, &read_fen) || !jz_money_check_capitals (text, read_fen)) {
    g_autofree char *excerpt = jz_error_dup_excerpt (text, -1);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                 _ ("“%s” is not an amount in capitals; write it like 人民币壹仟肆佰零玖元伍角."),
                 excerpt);
    return FALSE;
  }
  *amount_fen = read_fen;
  return TRUE;
}
