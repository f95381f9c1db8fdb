/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/plain_text.h"

#include <string.h>

/* People write a number in full width, with spaces, over the end of a line, with a hyphen after
 * every four digits or in Chinese digits, and some put characters in between that nobody sees. A
 * pattern that had to know all this would know none of it well, so the text is made plain first;
 * each of its bytes knows where it came from. */

/* Rows of Chinese digits at least this long are numbers, shorter ones years and counts. */
#define LEAST_CHINESE_DIGITS 7

typedef struct {
  gunichar sign;
  guint32 start;
  guint32 end;
  gboolean has_gap;
} Sign;

static gboolean
is_invisible (gunichar sign)
{
  switch (g_unichar_type (sign)) {
  case G_UNICODE_FORMAT:
  case G_UNICODE_CONTROL:
  case G_UNICODE_NON_SPACING_MARK:
  case G_UNICODE_ENCLOSING_MARK:
  case G_UNICODE_UNASSIGNED:
  case G_UNICODE_PRIVATE_USE:
    return TRUE;
  default:
    /* Hangul fillers and the braille blank are letters to Unicode and nothing to the eye. */
    return sign == 0x115f || sign == 0x1160 || sign == 0x3164 || sign == 0xffa0 || sign == 0x2800;
  }
}

static gboolean
is_space (gunichar sign)
{
  return sign == '\n' || sign == '\r' || sign == '\t' || sign == 0x0b || sign == 0x0c ||
         sign == 0x85 || g_unichar_isspace (sign) || sign == 0x2028 || sign == 0x2029 ||
         sign == 0x2800 || sign == 0x3164;
}

static gunichar
make_plain (gunichar sign)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  if (g_unichar_isdigit (sign))
    return (gunichar)('0' + g_unichar_digit_value (sign));
  /* Full width, circled and mathematical forms, radicals, compatibility characters. */
  if (sign >= 0x80 && g_unichar_fully_decompose (sign, TRUE, parts, G_N_ELEMENTS (parts)) >= 1 &&
      (parts[0] < 0x80 || parts[0] > 0x2e80))
    sign = parts[0];
  if (sign >= 0x2010 && sign <= 0x2015)
    return '-';
  switch (sign) {
  case 0x2212: /* minus */
  case 0xfe63:
  case 0x2043:
    return '-';
  case 0x3002:
  case 0xff61:
    return 0x3002;
  case 0x30fb: /* middle dots of names and plates */
  case 0x2022:
  case 0x2027:
  case 0x22c5:
  case 0xff65:
    return 0xb7;
  default:
    return g_unichar_toupper (sign);
  }
}

static int
get_chinese_digit (gunichar sign)
{
  static const char *const digits[] = { "〇零○", "一壹幺", "二贰两", "三叁", "四肆",
                                        "五伍",  "六陆",   "七柒",   "八捌", "九玖" };
  char text[7] = { 0 };
  g_unichar_to_utf8 (sign, text);
  for (int i = 0; i < 10; i++)
    if (strstr (digits[i], text) != NULL)
      return i;
  return -1;
}

static gboolean
is_any_digit (gunichar sign)
{
  return (sign >= '0' && sign <= '9') || (sign > 0x3000 && get_chinese_digit (sign) >= 0);
}

static void
read_chinese_digits (GArray *signs)
{
  for (guint i = 0; i < signs->len;) {
    guint end = i;
    while (end < signs->len && is_any_digit (g_array_index (signs, Sign, end).sign))
      end++;
    for (guint j = i; end - i >= LEAST_CHINESE_DIGITS && j < end; j++) {
      Sign *sign = &g_array_index (signs, Sign, j);
      if (sign->sign > '9')
        sign->sign = (gunichar)('0' + get_chinese_digit (sign->sign));
    }
    i = MAX (end, i + 1);
  }
}

static GArray *
read_signs (const char *original)
{
  GArray *signs = g_array_new (FALSE, FALSE, sizeof (Sign));
  gboolean has_gap = FALSE;
  for (const char *at = original; *at != '\0';) {
    const char *next = g_utf8_next_char (at);
    gunichar sign = g_utf8_get_char (at);
    if (is_space (sign)) {
      has_gap = TRUE;
    } else if (!is_invisible (sign)) {
      Sign found = { make_plain (sign), (guint32)(at - original), (guint32)(next - original),
                     has_gap };
      g_array_append_val (signs, found);
      has_gap = FALSE;
    }
    at = next;
  }
  read_chinese_digits (signs);
  return signs;
}

/**
 * jz_plain_text_new:
 * @original: UTF-8, less than 4 GiB
 *
 * Returns: (transfer full): the text as it is searched (RD-10)
 */
JzPlainText *
jz_plain_text_new (const char *original)
{
  g_return_val_if_fail (original != NULL, NULL);

  g_autoptr (GArray) signs = read_signs (original);
  JzPlainText *self = g_new0 (JzPlainText, 1);
  self->text = g_malloc (signs->len * 6 + 1);
  self->starts = g_new (guint32, signs->len * 6 + 1);
  self->ends = g_new (guint32, signs->len * 6 + 1);
  self->gaps = g_new0 (guint8, signs->len * 6 + 1);
  for (guint i = 0; i < signs->len; i++) {
    const Sign *sign = &g_array_index (signs, Sign, i);
    int n = g_unichar_to_utf8 (sign->sign, self->text + self->length);
    for (int j = 0; j < n; j++) {
      self->starts[self->length + j] = sign->start;
      self->ends[self->length + j] = sign->end;
      self->gaps[self->length + j] = j == 0 && sign->has_gap;
    }
    self->length += (gsize)n;
  }
  self->text[self->length] = '\0';
  return self;
}

/**
 * jz_plain_text_free:
 * @self: a plain text
 */
void
jz_plain_text_free (JzPlainText *self)
{
  g_free (self->text);
  g_free (self->starts);
  g_free (self->ends);
  g_free (self->gaps);
  g_free (self);
}

/**
 * jz_plain_text_dup_original:
 * @self: a plain text
 * @original: what it was made of
 * @start: first byte in the plain text
 * @end: behind the last byte in the plain text, after @start
 *
 * Returns: (transfer full): what stands there in the original
 */
char *
jz_plain_text_dup_original (const JzPlainText *self, const char *original, gsize start, gsize end)
{
  g_return_val_if_fail (start < end && end <= self->length, NULL);

  return g_strndup (original + self->starts[start], self->ends[end - 1] - self->starts[start]);
}

/**
 * jz_plain_dup:
 * @original: UTF-8
 *
 * Returns: (transfer full): the text as it is searched, alone
 */
char *
jz_plain_dup (const char *original)
{
  g_autoptr (JzPlainText) plain = jz_plain_text_new (original);
  return g_steal_pointer (&plain->text);
}
