/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"

/* One reader for both forms. The whole text is checked to be UTF-8 without U+0000 before anything
 * else looks at it, so that below a NUL can stand for "the text is over" and signs above 0x7f need
 * no further care. Every byte is looked at a fixed number of times; members are sorted once, when
 * their object ends, and then equal names are neighbours. The depth of calls is that of the text,
 * at most JZ_JSON_MAX_DEPTH. */

typedef struct {
  const char *start;
  const char *at;
  const char *end;
  gboolean is_canonical;
  GError **error;
  guint line;
  guint column;
} Parser;

typedef struct {
  JzJsonMember member;
  const char *at; /* where its name stands */
} Part;

static void
locate (Parser *self, const char *at)
{
  const char *line = self->start;

  self->line = 1;
  for (const char *scan = self->start; scan < at; scan++) {
    if (*scan == '\n') {
      self->line++;
      line = scan + 1;
    }
  }
  self->column = 1 + (guint)g_utf8_strlen (line, at - line);
}

/* A macro and no function, so that the compiler sees each sentence with its two numbers. */
#define FAIL(self, place, code, sentence)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    locate (self, place);                                                                          \
    g_set_error ((self)->error, JZ_BASE_ERROR, code, sentence, (self)->line, (self)->column);      \
  }                                                                                                \
  G_STMT_END

static char
peek (const Parser *self)
{
  return self->at < self->end ? *self->at : '\0';
}

static void
skip_space (Parser *self)
{
  if (self->is_canonical)
    return;
  while (self->at < self->end && strchr (" \t\n\r", *self->at) != NULL)
    self->at++;
}

static gboolean
find_end_of_text (Parser *self, const char **closing, gboolean *has_escapes)
{
  const char *scan = self->at + 1;

  *has_escapes = FALSE;
  while (scan < self->end && *scan != '"') {
    if ((guchar)*scan < 0x20) {
      FAIL (self, scan, JZ_BASE_ERROR_SYNTAX,
            _ ("The JSON text has a bare control character inside quotes at line %u, column "
               "%u; write it as an escape."));
      return FALSE;
    }
    if (*scan == '\\') {
      *has_escapes = TRUE;
      scan++;
    }
    scan++;
  }
  if (scan >= self->end) {
    FAIL (self, self->at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text opens quotes at line %u, column %u that nothing closes; close "
             "them."));
    return FALSE;
  }
  *closing = scan;
  return TRUE;
}

static gboolean
read_hex (const char *at, gunichar *code)
{
  gunichar read = 0;

  for (int i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (at[i]);
    if (digit < 0)
      return FALSE;
    read = read << 4 | (gunichar)digit;
  }
  *code = read;
  return TRUE;
}

/* @at stands on the backslash of `\u`. The closing quotes are neither a digit nor a backslash, so
 * no look ahead passes them. */
static gboolean
read_code (Parser *self, const char **at, gunichar *code)
{
  const char *digits = *at + 2;
  gunichar second = 0;

  if (!read_hex (digits, code)) {
    FAIL (self, *at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has an escape without four hexadecimal digits at line %u, column "
             "%u; write them."));
    return FALSE;
  }
  if (*code == 0) {
    FAIL (self, *at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has the character U+0000 at line %u, column %u; take it out."));
    return FALSE;
  }
  digits += 4;
  if (*code >= 0xd800 && *code <= 0xdfff) {
    if (*code >= 0xdc00 || digits[0] != '\\' || digits[1] != 'u' ||
        !read_hex (digits + 2, &second) || second < 0xdc00 || second > 0xdfff) {
      FAIL (self, *at, JZ_BASE_ERROR_SYNTAX,
            _ ("The JSON text has half a surrogate pair at line %u, column %u; write the "
               "character itself."));
      return FALSE;
    }
    *code = 0x10000 + ((*code - 0xd800) << 10) + (second - 0xdc00);
    digits += 6;
  }
  *at = digits;
  return TRUE;
}

static gboolean
is_shortest_escape (const char *from, gsize length, gunichar code)
{
  return code < 0x20 && strchr ("\b\t\n\f\r", (int)code) == NULL && length == 6 &&
         !g_ascii_isupper (from[4]) && !g_ascii_isupper (from[5]);
}

static gboolean
unescape_code (Parser *self, const char **at, char **out)
{
  const char *from = *at;
  gunichar code = 0;

  if (!read_code (self, at, &code))
    return FALSE;
  if (self->is_canonical && !is_shortest_escape (from, (gsize)(*at - from), code)) {
    FAIL (self, from, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has an escape at line %u, column %u where the canonical form has "
             "a shorter one or none; write that."));
    return FALSE;
  }
  *out += g_unichar_to_utf8 (code, *out);
  return TRUE;
}

static gboolean
unescape (Parser *self, const char **at, char **out)
{
  static const char letters[] = "btnfr\"\\/";
  static const char meanings[] = "\b\t\n\f\r\"\\/";
  char letter = (*at)[1];
  const char *known = strchr (letters, letter);

  if (letter == 'u')
    return unescape_code (self, at, out);
  if (known == NULL || (letter == '/' && self->is_canonical)) {
    FAIL (self, *at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has an escape that is not allowed at line %u, column %u; write "
             "the character itself."));
    return FALSE;
  }
  *(*out)++ = meanings[known - letters];
  *at += 2;
  return TRUE;
}

/* No escape is shorter than what it stands for, so the length between the quotes is enough. */
static char *
read_text (Parser *self)
{
  const char *closing = NULL;
  gboolean has_escapes = FALSE;
  g_autofree char *text = NULL;
  char *out = NULL;

  if (!find_end_of_text (self, &closing, &has_escapes))
    return NULL;
  self->at++;
  if (!has_escapes) {
    text = g_strndup (self->at, (gsize)(closing - self->at));
  } else {
    text = g_malloc ((gsize)(closing - self->at) + 1);
    out = text;
    while (self->at < closing) {
      if (*self->at != '\\')
        *out++ = *self->at++;
      else if (!unescape (self, &self->at, &out))
        return NULL;
    }
    *out = '\0';
  }
  self->at = closing + 1;
  return g_steal_pointer (&text);
}

static JzJson *
read_text_value (Parser *self)
{
  char *text = read_text (self);
  return text == NULL ? NULL : jz_json_new_take_text (text);
}

static JzJson *
read_integer (Parser *self)
{
  const char *from = self->at;
  const char *digits = NULL;
  gboolean is_negative = *from == '-';
  gint64 value = 0;

  if (is_negative)
    self->at++;
  digits = self->at;
  for (; g_ascii_isdigit (peek (self)); self->at++) {
    value = value * 10 + g_ascii_digit_value (*self->at);
    if (value > JZ_JSON_MAX_INTEGER) {
      FAIL (self, from, JZ_BASE_ERROR_RANGE,
            _ ("The JSON text has a number beyond 9007199254740991 at line %u, column %u; write a "
               "smaller one."));
      return NULL;
    }
  }
  if (self->at == digits || (*digits == '0' && (self->at > digits + 1 || is_negative)) ||
      (peek (self) != '\0' && strchr (".eE", peek (self)) != NULL)) {
    FAIL (
      self, from, JZ_BASE_ERROR_SYNTAX,
      _ ("The JSON text has a number at line %u, column %u that is not a plain integer; write it "
         "without leading zeros, fraction and exponent."));
    return NULL;
  }
  return jz_json_new_integer (is_negative ? -value : value);
}

static gboolean
skip_word (Parser *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(self->end - self->at) < length || strncmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static JzJson *
read_scalar (Parser *self)
{
  if (peek (self) == '"')
    return read_text_value (self);
  if (peek (self) == '-' || g_ascii_isdigit (peek (self)))
    return read_integer (self);
  if (skip_word (self, "true"))
    return jz_json_new_boolean (TRUE);
  if (skip_word (self, "false"))
    return jz_json_new_boolean (FALSE);
  if (skip_word (self, "null"))
    return jz_json_new_null ();
  FAIL (
    self, self->at, JZ_BASE_ERROR_SYNTAX,
    _ ("The JSON text has no value at line %u, column %u, where one is needed; write it there."));
  return NULL;
}

static gboolean
check_order (Parser *self, const Part *part, const Part *next)
{
  int order = jz_json_compare_names (part->member.name, next->member.name);

  if (order == 0) {
    FAIL (self, next->at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text repeats a name of the same object at line %u, column %u; keep "
             "one of the two."));
    return FALSE;
  }
  if (order > 0) {
    FAIL (self, next->at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has a name out of order at line %u, column %u; the canonical "
             "form sorts the names of an object."));
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_name (Parser *self, GArray *parts)
{
  Part part = { .at = self->at };

  if (peek (self) != '"') {
    FAIL (self, self->at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has no name in quotes at line %u, column %u, where an object "
             "needs one; write it there."));
    return FALSE;
  }
  part.member.name = read_text (self);
  if (part.member.name == NULL)
    return FALSE;
  g_array_append_val (parts, part);
  if (self->is_canonical && parts->len > 1) {
    const Part *last = &g_array_index (parts, Part, parts->len - 1);
    if (!check_order (self, last - 1, last))
      return FALSE;
  }
  skip_space (self);
  if (peek (self) != ':') {
    FAIL (self, self->at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has no colon behind a name at line %u, column %u; write it "
             "there."));
    return FALSE;
  }
  self->at++;
  skip_space (self);
  return TRUE;
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *left = a;
  const Part *right = b;
  return jz_json_compare_names (left->member.name, right->member.name);
}

/* Moves the members out of @parts. The sort is stable: an equal name stands behind the first. */
static gboolean
move_members (Parser *self, GArray *parts, JzJson *object)
{
  if (!self->is_canonical)
    g_array_sort (parts, compare_parts);
  for (guint i = 1; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    if (!check_order (self, part - 1, part))
      return FALSE;
  }
  g_array_set_size (object->members, parts->len);
  for (guint i = 0; i < parts->len; i++) {
    Part *part = &g_array_index (parts, Part, i);
    JzJsonMember *member = &g_array_index (object->members, JzJsonMember, i);
    member->name = g_steal_pointer (&part->member.name);
    member->value = g_steal_pointer (&part->member.value);
  }
  return TRUE;
}

static gboolean
read_separator (Parser *self, char closing, gboolean *has_more)
{
  skip_space (self);
  if (peek (self) != ',' && peek (self) != closing) {
    FAIL (self, self->at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has neither a comma nor a closing bracket at line %u, column %u; "
             "write one of them there."));
    return FALSE;
  }
  *has_more = peek (self) == ',';
  self->at++;
  if (*has_more)
    skip_space (self);
  return TRUE;
}

static gboolean
open_container (Parser *self, guint depth, char closing, gboolean *has_more)
{
  if (depth > JZ_JSON_MAX_DEPTH) {
    FAIL (self, self->at, JZ_BASE_ERROR_LIMIT,
          _ ("The JSON text nests more than 16 levels at line %u, column %u; make it "
             "flatter."));
    return FALSE;
  }
  self->at++;
  skip_space (self);
  *has_more = peek (self) != closing;
  if (!*has_more)
    self->at++;
  return TRUE;
}

static gboolean
starts_container (const Parser *self)
{
  return peek (self) == '{' || peek (self) == '[';
}

static JzJson *
read_container (Parser *self, guint depth)
{
  gboolean is_object = peek (self) == '{';
  char closing = is_object ? '}' : ']';
  g_autoptr (JzJson) container = is_object ? jz_json_new_object () : jz_json_new_array ();
  g_autoptr (GArray) parts = is_object ? g_array_new (FALSE, FALSE, sizeof (Part)) : NULL;
  gboolean has_more = FALSE;

  if (is_object)
    g_array_set_clear_func (parts, jz_json_member_clear);
  if (!open_container (self, depth, closing, &has_more))
    return NULL;
  while (has_more) {
    JzJson *value = NULL;
    if (is_object && !read_name (self, parts))
      return NULL;
    value = starts_container (self) ? read_container (self, depth + 1) : read_scalar (self);
    if (value == NULL)
      return NULL;
    if (is_object)
      g_array_index (parts, Part, parts->len - 1).member.value = value;
    else
      g_ptr_array_add (container->items, value);
    if (!read_separator (self, closing, &has_more))
      return NULL;
  }
  if (is_object && !move_members (self, parts, container))
    return NULL;
  return g_steal_pointer (&container);
}

static gboolean
check_text (Parser *self, gsize max)
{
  const char *valid_end = NULL;

  if ((gsize)(self->end - self->start) > max) {
    g_set_error (self->error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
                 _ ("The JSON text has more than %zu bytes; put what is long into a file of its "
                    "own."),
                 max);
    return FALSE;
  }
  if (!g_utf8_validate_len (self->start, (gsize)(self->end - self->start), &valid_end)) {
    FAIL (self, valid_end, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text is not UTF-8 or has the character U+0000 at line %u, column %u; "
             "save it as UTF-8."));
    return FALSE;
  }
  if (self->end - self->start >= 3 && memcmp (self->start, "\xef\xbb\xbf", 3) == 0) {
    FAIL (self, self->start, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text begins with a byte order mark at line %u, column %u; save it "
             "without one."));
    return FALSE;
  }
  return TRUE;
}

static JzJson *
parse (const char *text, gsize length, gsize max, gboolean is_canonical, GError **error)
{
  Parser self = { text, text, text + length, is_canonical, error, 0, 0 };
  g_autoptr (JzJson) value = NULL;

  if (!check_text (&self, max))
    return NULL;
  skip_space (&self);
  if (is_canonical && peek (&self) != '{') {
    FAIL (&self, self.at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text has no object at line %u, column %u, where its canonical form begins "
             "with one; write an object."));
    return NULL;
  }
  value = starts_container (&self) ? read_container (&self, 1) : read_scalar (&self);
  if (value == NULL)
    return NULL;
  skip_space (&self);
  if (self.at < self.end) {
    FAIL (&self, self.at, JZ_BASE_ERROR_SYNTAX,
          _ ("The JSON text goes on behind its end at line %u, column %u; take the rest out."));
    return NULL;
  }
  return g_steal_pointer (&value);
}

/**
 * jz_json_parse_canonical:
 * @text: (nullable): bytes, not necessarily with a NUL behind them; %NULL only when @length is 0
 * @length: their number
 * @error: return location for an error
 *
 * Reads the text of a payload, in the one form that it may have: an object, written as RFC 8785
 * asks, integers of at most 53 bits without fraction and exponent, no name twice, at most
 * %JZ_JSON_MAX_DEPTH levels and %JZ_JSON_MAX_SIZE bytes. jz_json_to_canonical() of the result is
 * @text again, byte by byte.
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with @error set in the domain
 *   %JZ_BASE_ERROR: %JZ_BASE_ERROR_SYNTAX, %JZ_BASE_ERROR_RANGE for an integer that is too large,
 *   %JZ_BASE_ERROR_LIMIT for a text that is too long or too deep. The sentence names line and
 * column (in characters).
 */
JzJson *
jz_json_parse_canonical (const char *text, gsize length, GError **error)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  return parse (text != NULL ? text : "", length, JZ_JSON_MAX_SIZE, TRUE, error);
}

/**
 * jz_json_parse:
 * @text: (nullable): bytes, not necessarily with a NUL behind them; %NULL only when @length is 0
 * @length: their number
 * @error: return location for an error
 *
 * Reads what a person or another program wrote: as jz_json_parse_canonical(), but with any white
 * space, order of names and escapes, and with any value on top.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with @error set as there
 */
JzJson *
jz_json_parse (const char *text, gsize length, GError **error)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  return parse (text != NULL ? text : "", length, JZ_JSON_MAX_SIZE, FALSE, error);
}

/**
 * jz_json_parse_long:
 * @text: (nullable): bytes, not necessarily with a NUL behind them; %NULL only when @length is 0
 * @length: their number
 * @max: how many there may be
 * @error: return location for an error
 *
 * As jz_json_parse(), for texts that may be longer than a payload: a batch of many, or one with a
 * long text that will become an object.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with @error set as there
 */
JzJson *
jz_json_parse_long (const char *text, gsize length, gsize max, GError **error)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  return parse (text != NULL ? text : "", length, max, FALSE, error);
}
