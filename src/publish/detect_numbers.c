/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/identity_code.h"
#include "publish/redaction-private.h"

/* Rows of digits that are numbers of something: identity cards, bank cards, telephones (RD-10).
 * Between two digits there may be a space, a line end or a sign such as a hyphen, so a row may end
 * at each of these, and every length is tried. */

#define MOST_DIGITS 24
#define MOST_BETWEEN 2
/* Of what stands before a number, in bytes. */
#define MOST_BEFORE 48

typedef struct {
  const JzPlainText *plain;
  gsize start;
  guint n;
  char digits[MOST_DIGITS + 1];
  gsize ends[MOST_DIGITS + 1]; /* behind the digit with this number, from 1 */
  gboolean is_end[MOST_DIGITS + 1];
} Row;

static gboolean
is_between (char sign)
{
  return sign == '-' || sign == '.' || sign == '_';
}

/* Where the next digit of a row stands; the end of the text where there is none. */
static gsize
find_next (const JzPlainText *plain, gsize at)
{
  gsize end = MIN (at + MOST_BETWEEN, plain->length);
  while (at < end && is_between (plain->text[at]))
    at++;
  return at < plain->length && g_ascii_isdigit (plain->text[at]) ? at : plain->length;
}

static gboolean
can_begin (const JzPlainText *plain, gsize at)
{
  return g_ascii_isdigit (plain->text[at]) &&
         (at == 0 || plain->gaps[at] || !g_ascii_isdigit (plain->text[at - 1]));
}

static gboolean
can_end (const JzPlainText *plain, gsize at)
{
  if (at >= plain->length || plain->gaps[at])
    return TRUE;
  return !g_ascii_isalnum (plain->text[at]);
}

static void
read_row (Row *row, const JzPlainText *plain, gsize start)
{
  gsize at = start;
  *row = (Row){ .plain = plain, .start = start };
  while (at < plain->length && row->n < MOST_DIGITS) {
    row->digits[row->n++] = plain->text[at];
    row->ends[row->n] = at + 1;
    row->is_end[row->n] = can_end (plain, at + 1);
    at = find_next (plain, at + 1);
  }
}

static gboolean
passes_luhn (const char *digits, guint n)
{
  int sum = 0;
  for (guint i = 0; i < n; i++) {
    int value = digits[n - 1 - i] - '0';
    value = i % 2 == 1 ? value * 2 : value;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

static gboolean
is_resident (const char *digits, guint n, gboolean is_old)
{
  g_autofree char *number = g_strndup (digits, n);
  g_autoptr (JzIdentityCode) code =
    jz_identity_code_check_resident (number, (JzDate){ 2199, 12, 31 }, is_old);
  return code->verdict == JZ_IDENTITY_VALID;
}

static gboolean
passes_check (const JzRedactionNumber *number, const char *digits, guint n)
{
  switch (number->check) {
  case 'r':
    return is_resident (digits, n, FALSE);
  case 'o':
    return is_resident (digits, n, TRUE);
  case 'l':
    return passes_luhn (digits, n) && strspn (digits, "0") < n;
  default:
    return TRUE;
  }
}

static gboolean
passes_beginning (const JzRedactionNumber *number, const char *digits)
{
  return number->begins == NULL || g_regex_match (number->begins, digits, 0, NULL);
}

/* What stands before a number may say that it is one of another kind. */
static gboolean
is_something_else (const JzRedactionNumber *number, const Row *row)
{
  if (number->not_behind == NULL)
    return FALSE;
  gsize from = row->start > MOST_BEFORE ? row->start - MOST_BEFORE : 0;
  while ((row->plain->text[from] & 0xc0) == 0x80)
    from++;
  g_autofree char *before = g_strndup (row->plain->text + from, row->start - from);
  return g_regex_match (number->not_behind, before, 0, NULL);
}

/* The check character of an identity number may be an X behind 17 digits. */
static gsize
find_check_letter (const Row *row)
{
  const JzPlainText *plain = row->plain;
  gsize at = row->n >= 17 ? row->ends[17] : plain->length;
  if (at < plain->length && is_between (plain->text[at]))
    at++;
  return at < plain->length && plain->text[at] == 'X' && can_end (plain, at + 1) ? at : 0;
}

static void
try_number (JzDetection *self, guint leaf, const Row *row, const JzRedactionNumber *number)
{
  const JzPlainText *plain = row->plain;
  gsize x = number->check == 'r' ? find_check_letter (row) : 0;
  if (row->start > 0 && !plain->gaps[row->start] && g_ascii_isalpha (plain->text[row->start - 1]) &&
      !number->is_after_letters)
    return;
  if (is_something_else (number, row))
    return;
  if (x > 0) {
    char digits[19];
    memcpy (digits, row->digits, 17);
    memcpy (digits + 17, "X", 2);
    if (is_resident (digits, 18, FALSE))
      jz_detection_add (self, leaf, row->start, x + 1, number->kind, number->certainty);
  }
  for (guint n = number->least; n <= MIN (number->most, row->n); n++) {
    if (!row->is_end[n] || !passes_beginning (number, row->digits) ||
        !passes_check (number, row->digits, n))
      continue;
    jz_detection_add (self, leaf, row->start, row->ends[n], number->kind, number->certainty);
  }
}

/*
 * jz_detect_numbers:
 * @self: a search
 */
void
jz_detect_numbers (JzDetection *self)
{
  for (guint i = 0; i < self->leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (self->leaves, i);
    if (jz_detection_passes_over (self, leaf))
      continue;
    for (gsize at = 0; at < leaf->plain->length; at++) {
      Row row;
      if (!can_begin (leaf->plain, at))
        continue;
      read_row (&row, leaf->plain, at);
      for (guint j = 0; j < self->rules->numbers->len; j++)
        try_number (self, i, &row, g_ptr_array_index (self->rules->numbers, j));
    }
  }
}
