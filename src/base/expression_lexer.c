/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "2026-03-02" and "2026-03-02T09:30" */
#define DATE_LENGTH 10
#define MINUTE_LENGTH 16
/* The full-width forms of ASCII's printing characters, as an input method types them. */
#define FIRST_FULL_WIDTH 0xff01
#define LAST_FULL_WIDTH 0xff5e
#define FULL_WIDTH_DISTANCE 0xfee0

static const struct {
  const char *word;
  JzTokenKind kind;
} keywords[] = {
  { "all", JZ_TOKEN_ALL },     { "and", JZ_TOKEN_AND },   { "any", JZ_TOKEN_ANY },
  { "count", JZ_TOKEN_COUNT }, { "days", JZ_TOKEN_DAYS }, { "exists", JZ_TOKEN_EXISTS },
  { "false", JZ_TOKEN_FALSE }, { "in", JZ_TOKEN_IN },     { "limit", JZ_TOKEN_LIMIT },
  { "not", JZ_TOKEN_NOT },     { "or", JZ_TOKEN_OR },     { "true", JZ_TOKEN_TRUE },
};

/* Longer signs stand before those they begin with. */
static const struct {
  const char *sign;
  JzTokenKind kind;
} signs[] = {
  { "!=", JZ_TOKEN_UNEQUAL }, { "<=", JZ_TOKEN_LESS_OR_EQUAL }, { ">=", JZ_TOKEN_GREATER_OR_EQUAL },
  { "<", JZ_TOKEN_LESS },     { ">", JZ_TOKEN_GREATER },        { "=", JZ_TOKEN_EQUAL },
  { "+", JZ_TOKEN_PLUS },     { "-", JZ_TOKEN_MINUS },          { "(", JZ_TOKEN_OPEN },
  { ")", JZ_TOKEN_CLOSE },    { "{", JZ_TOKEN_OPEN_LIST },      { "}", JZ_TOKEN_CLOSE_LIST },
  { ",", JZ_TOKEN_COMMA },    { ":", JZ_TOKEN_COLON },          { ".", JZ_TOKEN_DOT },
};

void
jz_lexer_init (JzLexer *self, const JzSource *source)
{
  *self = (JzLexer){ .source = source, .line = source->line, .column = source->column };
}

static const char *
peek (const JzLexer *self)
{
  return self->source->text + self->at;
}

static gboolean
is_word_char (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static void
skip_space (JzLexer *self)
{
  self->at += strspn (peek (self), " \t\r\n");
}

/* Counts only from the last place counted, so that a whole text is counted once. */
static void
count_place (JzLexer *self)
{
  const char *end = peek (self);

  for (const char *p = self->source->text + self->counted; p < end; p = g_utf8_next_char (p)) {
    if (*p == '\n') {
      self->line++;
      self->column = 1;
    } else {
      self->column++;
    }
  }
  self->counted = self->at;
}

static gboolean
fail (const JzLexer *self, gsize offset, GError **error, const char *sentence)
{
  jz_source_set_error (self->source, offset, JZ_BASE_ERROR_SYNTAX, error, "%s", sentence);
  return FALSE;
}

static gboolean
matches (const char *text, const char *pattern)
{
  for (; *pattern != '\0'; text++, pattern++) {
    if (*pattern == '0' ? !g_ascii_isdigit (*text) : *text != *pattern)
      return FALSE;
  }
  return TRUE;
}

static int
read_digits (const char *text, gsize n_digits)
{
  int number = 0;

  for (gsize i = 0; i < n_digits; i++)
    number = number * 10 + g_ascii_digit_value (text[i]);
  return number;
}

static gboolean
scan_instant (JzLexer *self, JzToken *token, GError **error)
{
  const char *text = peek (self);
  const char *after = text + MINUTE_LENGTH;

  if (!matches (text + DATE_LENGTH, "T00:00") || is_word_char (*after) ||
      (*after == ':' && g_ascii_isdigit (after[1])))
    return fail (self, self->at, error,
                 _ ("A point in time is written to the minute, like 2026-03-02T09:30."));
  int hour = read_digits (text + DATE_LENGTH + 1, 2);
  int minute = read_digits (text + DATE_LENGTH + 4, 2);
  if (hour > 23 || minute > 59) {
    jz_source_set_error (self->source, self->at, JZ_BASE_ERROR_RANGE, error,
                         _ ("“%.16s” is no time of day; hours go from 00 to 23 and minutes from "
                            "00 to 59."),
                         text);
    return FALSE;
  }
  token->kind = JZ_TOKEN_INSTANT;
  token->number = jz_instant_from_date (token->date, hour, minute);
  self->at += MINUTE_LENGTH;
  return TRUE;
}

static gboolean
scan_date (JzLexer *self, JzToken *token, GError **error)
{
  const char *text = peek (self);

  if (!matches (text, "0000-00-00") ||
      (is_word_char (text[DATE_LENGTH]) && text[DATE_LENGTH] != 'T'))
    return fail (self, self->at, error,
                 _ ("A date is written like 2026-03-02; put a space on both sides of a minus "
                    "sign."));
  token->date = (JzDate){ .year = read_digits (text, 4),
                          .month = read_digits (text + 5, 2),
                          .day = read_digits (text + 8, 2) };
  if (!jz_date_is_valid (token->date)) {
    jz_source_set_error (self->source, self->at, JZ_BASE_ERROR_RANGE, error,
                         _ ("There is no day %.10s; a date lies between 1900-01-01 and "
                            "9999-12-31."),
                         text);
    return FALSE;
  }
  if (text[DATE_LENGTH] == 'T')
    return scan_instant (self, token, error);
  token->kind = JZ_TOKEN_DATE;
  self->at += DATE_LENGTH;
  return TRUE;
}

static gboolean
scan_integer (JzLexer *self, JzToken *token, GError **error)
{
  const char *text = peek (self);
  gsize length = strspn (text, "0123456789");

  if (length == 4 && text[4] == '-' && g_ascii_isdigit (text[5]))
    return scan_date (self, token, error);
  if (is_word_char (text[length]))
    return fail (self, self->at, error, _ ("A number runs into a word; put a space between them."));
  if (text[length] == '.' && g_ascii_isdigit (text[length + 1]))
    return fail (self, self->at, error,
                 _ ("Numbers are whole; write a part of a yuan in fen, like 50 fen."));
  if (text[0] == '0' && length > 1)
    return fail (self, self->at, error, _ ("A number does not begin with 0; leave the 0 out."));
  g_autofree char *digits = g_strndup (text, length);
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, &number, NULL)) {
    jz_source_set_error (self->source, self->at, JZ_BASE_ERROR_RANGE, error,
                         _ ("This number is larger than 9223372036854775807, which is the largest "
                            "there is."));
    return FALSE;
  }
  token->kind = JZ_TOKEN_INTEGER;
  token->number = (gint64)number;
  self->at += length;
  return TRUE;
}

/* A text keeps to one line and has no control characters, so that it prints as it was written. */
static gboolean
scan_text (JzLexer *self, JzToken *token, GError **error)
{
  gsize opening = self->at++;

  for (;;) {
    const char *p = peek (self);
    if (*p == '\'' && p[1] == '\'')
      self->at += 2;
    else if (*p == '\'')
      break;
    else if (*p == '\0' || *p == '\n' || *p == '\r')
      return fail (self, opening, error,
                   _ ("This text is not closed on its line; write ' at its end, and '' for a "
                      "quote inside."));
    else if (g_ascii_iscntrl (*p))
      return fail (self, self->at, error, _ ("A text cannot hold a control character; remove it."));
    else
      self->at += (gsize)(g_utf8_next_char (p) - p);
  }
  self->at++;
  token->kind = JZ_TOKEN_TEXT;
  return TRUE;
}

/* Words joined by dots: `party.kind` is one name, and only a whole name can be a keyword. */
static gboolean
scan_word (JzLexer *self, JzToken *token, GError **error)
{
  gsize start = self->at;

  for (;;) {
    const char *p = peek (self);
    if (!g_ascii_islower (*p))
      return fail (self, self->at, error,
                   _ ("Each part of a name begins with a small letter from a to z."));
    gsize length = strspn (p, "abcdefghijklmnopqrstuvwxyz0123456789_");
    self->at += length;
    if (g_ascii_isupper (p[length]))
      return fail (self, self->at, error,
                   _ ("Names and words of the language are written in small letters."));
    if (p[length] != '.')
      break;
    self->at++;
  }
  g_autofree char *word = g_strndup (self->source->text + start, self->at - start);
  token->kind = JZ_TOKEN_NAME;
  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++) {
    if (strcmp (keywords[i].word, word) == 0)
      token->kind = keywords[i].kind;
  }
  return TRUE;
}

static gboolean
is_curly_quote (gunichar c)
{
  return c >= 0x2018 && c <= 0x201f;
}

static gboolean
refuse_char (const JzLexer *self, GError **error)
{
  const char *p = peek (self);
  gunichar c = g_utf8_get_char (p);

  if (c == '"' || is_curly_quote (c))
    return fail (self, self->at, error,
                 _ ("A text stands between straight single quotes: 'text'."));
  if (c == '!')
    return fail (self, self->at, error, _ ("“!” alone means nothing here; write “not” or “!=”."));
  if (g_ascii_isupper (*p))
    return fail (self, self->at, error,
                 _ ("Names and words of the language are written in small letters."));
  if (c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH) {
    jz_source_set_error (self->source, self->at, JZ_BASE_ERROR_SYNTAX, error,
                         _ ("This is a full-width character; write it as “%c”."),
                         (char)(c - FULL_WIDTH_DISTANCE));
    return FALSE;
  }
  g_autofree char *excerpt = jz_error_dup_excerpt (p, g_utf8_next_char (p) - p);
  jz_source_set_error (self->source, self->at, JZ_BASE_ERROR_SYNTAX, error,
                       _ ("The character “%s” has no meaning outside of quotes; remove it."),
                       excerpt);
  return FALSE;
}

static gboolean
scan_sign (JzLexer *self, JzToken *token, GError **error)
{
  if (g_str_has_prefix (peek (self), "=="))
    return fail (self, self->at, error, _ ("“Is equal to” is written with a single “=”."));
  if (g_str_has_prefix (peek (self), "<>"))
    return fail (self, self->at, error, _ ("“Is not equal to” is written “!=”."));
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++) {
    if (g_str_has_prefix (peek (self), signs[i].sign)) {
      token->kind = signs[i].kind;
      self->at += strlen (signs[i].sign);
      return TRUE;
    }
  }
  return refuse_char (self, error);
}

static gboolean
scan (JzLexer *self, JzToken *token, GError **error)
{
  char c = *peek (self);

  if (c == '\0') {
    token->kind = JZ_TOKEN_END;
    return TRUE;
  }
  if (g_ascii_isdigit (c))
    return scan_integer (self, token, error);
  if (g_ascii_islower (c))
    return scan_word (self, token, error);
  if (c == '\'')
    return scan_text (self, token, error);
  return scan_sign (self, token, error);
}

/* Reads the next token; after the last one there are only ends. */
gboolean
jz_lexer_next (JzLexer *self, JzToken *token, GError **error)
{
  skip_space (self);
  count_place (self);
  *token = (JzToken){ .start = self->at, .line = self->line, .column = self->column };
  if (!scan (self, token, error))
    return FALSE;
  token->end = self->at;
  return TRUE;
}
