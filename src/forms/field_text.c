/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/field_text.h"

#include <string.h>

#include "base/half_width.h"
#include "base/money.h"
#include "base/typed.h"

/* Between what people type into a field and its value (ux.md §1.8). What cannot be read stays as it
 * was typed, so that nothing is lost and nothing is refused. */

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

static JzJson *
read_minute (const char *text, JzDate today)
{
  char written[JZ_INSTANT_SIZE];
  JzInstant instant;
  if (!jz_typed_read_instant (text, today, &instant))
    return NULL;
  jz_instant_format (instant, written);
  written[strlen ("2026-03-02T09:30")] = '\0';
  return jz_json_new_text (written);
}

static JzJson *
read_day (const char *text, JzDate today)
{
  char written[JZ_DATE_SIZE];
  JzDate date;
  if (!jz_typed_read_date (text, today, &date))
    return NULL;
  jz_date_format (date, written);
  return jz_json_new_text (written);
}

static JzJson *
read_amount (const char *text)
{
  gint64 amount_fen = 0;
  if (!jz_typed_read_money (text, &amount_fen) &&
      !jz_money_parse_capitals (text, &amount_fen, NULL))
    return NULL;
  return jz_json_new_integer (amount_fen);
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
  case JZ_FIELD_IDCODE:
    return jz_json_new_text (plain);
  case JZ_FIELD_COMPOSITE:
    break;
  default:
    return jz_json_new_text (text);
  }
  return strcmp (field->composite, "qty") == 0 ? read_quantity (plain) : read_range (plain, today);
}

/**
 * jz_field_read_typed:
 * @field: a field whose value is typed
 * @text: what was typed
 * @today: for days that are said from today
 * @value: (out) (transfer full) (nullable): its value; %NULL for nothing, or when it cannot be read
 *
 * Reads days, amounts, numbers and identity codes in half or full width; every other text is a
 * value as it is.
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
