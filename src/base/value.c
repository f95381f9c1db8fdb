/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/record.h"

#define MS_IN_A_MINUTE 60000
/* "2026-03-02T09:30" without its NUL */
#define MINUTE_LENGTH 16

struct _JzValue {
  gatomicrefcount ref_count;
  JzValueKind kind;
  union {
    gboolean truth;
    gint64 number; /* whole number, fen or instant */
    JzDate date;
    char *text;
    GPtrArray *records;
  };
};

static JzValue *
value_new (JzValueKind kind)
{
  JzValue *self = g_new0 (JzValue, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  return self;
}

static JzValue *
value_new_number (JzValueKind kind, gint64 number)
{
  JzValue *self = value_new (kind);

  self->number = number;
  return self;
}

static JzValue *
value_new_string (JzValueKind kind, const char *text)
{
  JzValue *self = value_new (kind);

  self->text = g_strdup (text);
  return self;
}

/**
 * jz_value_new_bool:
 * @value: true or false
 *
 * Makes a truth value. Every value is immutable once it is shared, so that threads may read it.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_bool (gboolean value)
{
  JzValue *self = value_new (JZ_VALUE_BOOL);

  self->truth = value != FALSE;
  return self;
}

/**
 * jz_value_new_int:
 * @value: any number of 64 bits
 *
 * Makes a whole number.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_int (gint64 value)
{
  return value_new_number (JZ_VALUE_INT, value);
}

/**
 * jz_value_new_money:
 * @amount_fen: the amount, in fen
 *
 * Makes an amount of money.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_money (gint64 amount_fen)
{
  return value_new_number (JZ_VALUE_MONEY, amount_fen);
}

/**
 * jz_value_new_date:
 * @value: a valid date
 *
 * Makes a day.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_date (JzDate value)
{
  JzValue *self = NULL;

  g_return_val_if_fail (jz_date_is_valid (value), NULL);

  self = value_new (JZ_VALUE_DATE);
  self->date = value;
  return self;
}

/**
 * jz_value_new_instant:
 * @value: milliseconds since 1970
 *
 * Makes a point in time.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_instant (JzInstant value)
{
  return value_new_number (JZ_VALUE_INSTANT, value);
}

/**
 * jz_value_new_text:
 * @value: UTF-8
 *
 * Makes a text.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_text (const char *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  return value_new_string (JZ_VALUE_TEXT, value);
}

/**
 * jz_value_new_choice:
 * @word: the word chosen
 *
 * Makes a choice. The word is not held against the set of its fact: that is for whoever writes
 * the fact.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_choice (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  return value_new_string (JZ_VALUE_CHOICE, word);
}

/**
 * jz_value_new_list:
 *
 * Makes an empty list, to be filled with jz_value_append() before it is shared. An empty list is
 * present; it is not the same as an absent one.
 *
 * Returns: (transfer full): the value
 */
JzValue *
jz_value_new_list (void)
{
  JzValue *self = value_new (JZ_VALUE_LIST);

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_record_free);
  return self;
}

/**
 * jz_value_ref:
 * @self: a value
 *
 * Takes a reference; values are immutable, so a const one may be kept too.
 *
 * Returns: (transfer full): @self
 */
JzValue *
jz_value_ref (const JzValue *self)
{
  JzValue *mutable_self = (JzValue *)self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->ref_count);
  return mutable_self;
}

/**
 * jz_value_unref:
 * @self: (transfer full): a value
 *
 * Gives a reference back.
 */
void
jz_value_unref (JzValue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->kind == JZ_VALUE_TEXT || self->kind == JZ_VALUE_CHOICE)
    g_free (self->text);
  else if (self->kind == JZ_VALUE_LIST)
    g_ptr_array_unref (self->records);
  g_free (self);
}

/**
 * jz_value_get_kind:
 * @self: a value
 *
 * Gets what the value is; the getters below may only be called on their own kind.
 *
 * Returns: the kind
 */
JzValueKind
jz_value_get_kind (const JzValue *self)
{
  g_return_val_if_fail (self != NULL, JZ_VALUE_BOOL);

  return self->kind;
}

/**
 * jz_value_get_bool:
 * @self: a %JZ_VALUE_BOOL
 *
 * Gets a truth value.
 *
 * Returns: true or false
 */
gboolean
jz_value_get_bool (const JzValue *self)
{
  g_return_val_if_fail (self != NULL && self->kind == JZ_VALUE_BOOL, FALSE);

  return self->truth;
}

/**
 * jz_value_get_int:
 * @self: a %JZ_VALUE_INT
 *
 * Gets a whole number.
 *
 * Returns: the number
 */
gint64
jz_value_get_int (const JzValue *self)
{
  g_return_val_if_fail (self != NULL && self->kind == JZ_VALUE_INT, 0);

  return self->number;
}

/**
 * jz_value_get_money:
 * @self: a %JZ_VALUE_MONEY
 *
 * Gets an amount of money.
 *
 * Returns: the amount, in fen
 */
gint64
jz_value_get_money (const JzValue *self)
{
  g_return_val_if_fail (self != NULL && self->kind == JZ_VALUE_MONEY, 0);

  return self->number;
}

/**
 * jz_value_get_date:
 * @self: a %JZ_VALUE_DATE
 *
 * Gets a day.
 *
 * Returns: the date
 */
JzDate
jz_value_get_date (const JzValue *self)
{
  g_return_val_if_fail (self != NULL && self->kind == JZ_VALUE_DATE, ((JzDate){ 1900, 1, 1 }));

  return self->date;
}

/**
 * jz_value_get_instant:
 * @self: a %JZ_VALUE_INSTANT
 *
 * Gets a point in time.
 *
 * Returns: the instant
 */
JzInstant
jz_value_get_instant (const JzValue *self)
{
  g_return_val_if_fail (self != NULL && self->kind == JZ_VALUE_INSTANT, 0);

  return self->number;
}

/**
 * jz_value_get_text:
 * @self: a %JZ_VALUE_TEXT or %JZ_VALUE_CHOICE
 *
 * Gets the text, or the word chosen.
 *
 * Returns: the text
 */
const char *
jz_value_get_text (const JzValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->kind == JZ_VALUE_TEXT || self->kind == JZ_VALUE_CHOICE, NULL);

  return self->text;
}

/**
 * jz_value_get_n_records:
 * @self: a %JZ_VALUE_LIST
 *
 * Gets the length of a list.
 *
 * Returns: the number of records
 */
guint
jz_value_get_n_records (const JzValue *self)
{
  g_return_val_if_fail (self != NULL && self->kind == JZ_VALUE_LIST, 0);

  return self->records->len;
}

/**
 * jz_value_get_record:
 * @self: a %JZ_VALUE_LIST
 * @position: from 0
 *
 * Gets one record of a list.
 *
 * Returns: the record
 */
const JzRecord *
jz_value_get_record (const JzValue *self, guint position)
{
  g_return_val_if_fail (self != NULL && self->kind == JZ_VALUE_LIST, NULL);
  g_return_val_if_fail (position < self->records->len, NULL);

  return g_ptr_array_index (self->records, position);
}

/**
 * jz_value_append:
 * @self: a %JZ_VALUE_LIST that nobody else holds yet
 * @record: (transfer full): the record
 *
 * Adds a record to the end of a list.
 */
void
jz_value_append (JzValue *self, JzRecord *record)
{
  g_return_if_fail (self != NULL && self->kind == JZ_VALUE_LIST);
  g_return_if_fail (record != NULL);

  g_ptr_array_add (self->records, record);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

/**
 * jz_value_compare:
 * @a: a value, not a list
 * @b: a value of the same kind; a text and a choice count as the same kind
 *
 * Orders two values: false before true, earlier before later, texts by their bytes.
 *
 * Returns: less than, equal to or greater than 0
 */
int
jz_value_compare (const JzValue *a, const JzValue *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  switch (a->kind) {
  case JZ_VALUE_BOOL:
    g_return_val_if_fail (b->kind == JZ_VALUE_BOOL, 0);
    return a->truth - b->truth;
  case JZ_VALUE_INT:
  case JZ_VALUE_MONEY:
  case JZ_VALUE_INSTANT:
    g_return_val_if_fail (b->kind == a->kind, 0);
    return compare_numbers (a->number, b->number);
  case JZ_VALUE_DATE:
    g_return_val_if_fail (b->kind == JZ_VALUE_DATE, 0);
    return jz_date_compare (a->date, b->date);
  case JZ_VALUE_TEXT:
  case JZ_VALUE_CHOICE:
    g_return_val_if_fail (b->kind == JZ_VALUE_TEXT || b->kind == JZ_VALUE_CHOICE, 0);
    return strcmp (a->text, b->text);
  case JZ_VALUE_LIST:
  default:
    g_return_val_if_reached (0);
  }
}

static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("'");

  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '\'')
      g_string_append_c (quoted, '\'');
    g_string_append_c (quoted, *p);
  }
  g_string_append_c (quoted, '\'');
  return g_string_free (quoted, FALSE);
}

static char *
format_instant (JzInstant instant)
{
  char text[JZ_INSTANT_SIZE];

  jz_instant_format (instant, text);
  if (instant % MS_IN_A_MINUTE == 0)
    text[MINUTE_LENGTH] = '\0';
  return g_strdup (text);
}

static char *
format_money (gint64 amount_fen)
{
  if (amount_fen % JZ_VALUE_FEN_PER_YUAN == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " yuan", amount_fen / JZ_VALUE_FEN_PER_YUAN);
  return g_strdup_printf ("%" G_GINT64_FORMAT " fen", amount_fen);
}

static char *
format_list (guint n_records)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry", "%u entries", n_records),
                          n_records);
}

/**
 * jz_value_to_text:
 * @self: a value
 *
 * Writes a value as the expression language writes it: `true`, `-5`, `200 yuan` (`50 fen` when it
 * is no whole number of yuan), `2026-03-02`, `2026-03-02T09:30`, `'text'`. The language has no
 * words for a list and for an instant between two minutes: these are written to be read, as the
 * number of entries and with milliseconds and zone.
 *
 * Returns: (transfer full): the text
 */
char *
jz_value_to_text (const JzValue *self)
{
  char date[JZ_DATE_SIZE];

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->kind) {
  case JZ_VALUE_BOOL:
    return g_strdup (self->truth ? "true" : "false");
  case JZ_VALUE_INT:
    return g_strdup_printf ("%" G_GINT64_FORMAT, self->number);
  case JZ_VALUE_MONEY:
    return format_money (self->number);
  case JZ_VALUE_DATE:
    jz_date_format (self->date, date);
    return g_strdup (date);
  case JZ_VALUE_INSTANT:
    return format_instant (self->number);
  case JZ_VALUE_TEXT:
  case JZ_VALUE_CHOICE:
    return quote (self->text);
  case JZ_VALUE_LIST:
    return format_list (self->records->len);
  default:
    g_return_val_if_reached (NULL);
  }
}
