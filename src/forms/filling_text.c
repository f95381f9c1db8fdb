/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/money.h"
#include "forms/filling-private.h"
#include "forms/form-private.h"

/* How values are written on paper: dates and amounts by forms.md §0.3, composites as their types
 * are usually named in a sentence. Wording between values stands in the forms. */

/**
 * jz_filling_dup_date:
 * @text: a day as it is stored
 *
 * Returns: (transfer full): the day with year, month and day in digits without leading zeros
 *   (GB/T 9704); @text itself when it is no day
 */
char *
jz_filling_dup_date (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  JzDate date;
  if (!jz_date_parse (text, &date, NULL))
    return g_strdup (text);
  return g_strdup_printf ("%d年%d月%d日", date.year, date.month, date.day);
}

static char *
dup_minute (const char *text, JzShow show)
{
  JzInstant instant;
  if (!jz_filling_parse_minute (text, &instant))
    return g_strdup (text);
  g_autofree char *day = g_strndup (text, strlen ("2026-03-02"));
  g_autofree char *date = jz_filling_dup_date (day);
  if (show == JZ_SHOW_DAY)
    return g_steal_pointer (&date);
  const char *clock = text + strlen ("2026-03-02T");
  int hour = (clock[0] - '0') * 10 + clock[1] - '0';
  int minute = (clock[3] - '0') * 10 + clock[4] - '0';
  return g_strdup_printf ("%s%d时%d分", date, hour, minute);
}

static char *
dup_amount (gint64 amount_fen, JzShow show)
{
  if (!jz_money_is_valid (amount_fen))
    return g_strdup_printf ("%" G_GINT64_FORMAT "分", amount_fen);
  if (show == JZ_SHOW_CAPITALS)
    return jz_money_to_capitals (amount_fen);
  g_autofree char *figures = jz_money_format (amount_fen);
  return g_strconcat (figures, "元", NULL);
}

static gboolean
is_chosen (const char *value, const JzJson *json)
{
  if (json == NULL)
    return FALSE;
  if (jz_json_get_kind (json) == JZ_JSON_TEXT)
    return strcmp (jz_json_get_text (json), value) == 0;
  for (guint i = 0; i < jz_json_get_n_items (json); i++) {
    if (g_strcmp0 (jz_json_get_text (jz_json_get_item (json, i)), value) == 0)
      return TRUE;
  }
  return FALSE;
}

static char *
dup_choices (const JzFormField *field, const JzJson *json, JzShow show)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < field->choices->len; i++) {
    const JzFormChoice *choice = g_ptr_array_index (field->choices, i);
    gboolean is_on = is_chosen (choice->value, json);
    if (show != JZ_SHOW_BOXES && !is_on)
      continue;
    if (text->len > 0)
      g_string_append (text, show == JZ_SHOW_BOXES ? "　" : "、");
    if (show == JZ_SHOW_BOXES)
      g_string_append (text, is_on ? "☑" : "□");
    g_string_append (text, choice->label.zh);
  }
  /* A word that the form does not know is shown rather than lost. */
  if (text->len == 0 && json != NULL && jz_json_get_kind (json) == JZ_JSON_TEXT)
    g_string_append (text, jz_json_get_text (json));
  return g_string_free (text, FALSE);
}

static char *
dup_member (const JzFormField *field, const JzJson *json, const char *name)
{
  const JzFormField *member = jz_form_field_find_member (field, name);
  if (member == NULL)
    return g_strdup ("");
  return jz_filling_dup_text (member, jz_json_get_member (json, name), JZ_SHOW_PLAIN);
}

/* How a composite is written: %NAME is a member; what stands between [ ] is left out when its
 * member is empty. */
static const struct {
  const char *type;
  const char *pattern;
} patterns[] = {
  { "party", "%name" },
  { "officer", "%name[（证号%credential）]" },
  { "off2", "%name[（证号%credential）]" },
  { "law", "《%law》[（%version）][%article][%paragraph][%item]" },
  { "evid", "证据%no[：%name]" },
  { "docref", "《%title》[（%number）]" },
  { "qty", "%number[%unit]" },
  { "date-range", "%start至%end" },
  { "signature", "%name[（拒绝签名：%note）]" },
  { "qa-list", "问：%q　答：%a" },
};

static const char *
append_member (GString *text,
               const JzFormField *field,
               const JzJson *json,
               const char *at,
               gboolean *is_filled)
{
  const char *end = at + 1;
  while (g_ascii_islower (*end) || *end == '_')
    end++;
  g_autofree char *name = g_strndup (at + 1, (gsize)(end - at - 1));
  g_autofree char *value = dup_member (field, json, name);
  *is_filled = *value != '\0';
  g_string_append (text, value);
  return end;
}

static void
append_pattern (GString *text, const JzFormField *field, const JzJson *json, const char *pattern)
{
  gsize mark = 0;
  gboolean is_filled = TRUE;
  for (const char *at = pattern; *at != '\0';) {
    if (*at == '[') {
      mark = text->len;
      at++;
    } else if (*at == ']') {
      if (!is_filled)
        g_string_truncate (text, mark);
      at++;
    } else if (*at == '%') {
      at = append_member (text, field, json, at, &is_filled);
    } else {
      g_string_append_c (text, *at++);
    }
  }
}

static char *
dup_composite (const JzFormField *field, const JzJson *json)
{
  if (jz_filling_is_empty (json))
    return g_strdup ("");
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++) {
    if (g_strcmp0 (patterns[i].type, field->composite) == 0) {
      append_pattern (text, field, json, patterns[i].pattern);
      return g_string_free (text, FALSE);
    }
  }
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    g_autofree char *value = dup_member (field, json, member->name);
    if (*value != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", value);
  }
  return g_string_free (text, FALSE);
}

static char *
dup_plain (const JzFormField *field, const JzJson *json, JzShow show)
{
  switch (field->type) {
  case JZ_FIELD_MONEY:
    return dup_amount (jz_json_get_integer (json), show);
  case JZ_FIELD_INT:
    return g_strdup_printf ("%" G_GINT64_FORMAT, jz_json_get_integer (json));
  case JZ_FIELD_BOOL:
    return g_strdup (jz_json_get_boolean (json) ? "是" : "否");
  case JZ_FIELD_DATE:
    return jz_filling_dup_date (jz_json_get_text (json));
  case JZ_FIELD_DATETIME:
    return dup_minute (jz_json_get_text (json), show);
  case JZ_FIELD_COMPOSITE:
  case JZ_FIELD_TABLE:
    return dup_composite (field, json);
  default:
    return g_strdup (jz_json_get_text (json));
  }
}

/**
 * jz_filling_dup_text:
 * @field: a field, member or column
 * @value: (nullable): its value, of the field's shape
 * @show: how it is shown
 *
 * Writes a value as it stands on paper; the entries of a list are divided by the Chinese
 * enumeration comma.
 *
 * Returns: (transfer full): the text, "" for no value
 */
char *
jz_filling_dup_text (const JzFormField *field, const JzJson *value, JzShow show)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (field->type == JZ_FIELD_CHOICE)
    return dup_choices (field, value, show);
  if (value == NULL)
    return g_strdup ("");
  if (!field->is_list)
    return dup_plain (field, value, show);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < jz_json_get_n_items (value); i++) {
    g_autofree char *entry = dup_plain (field, jz_json_get_item (value, i), show);
    if (text->len > 0 && *entry != '\0')
      g_string_append (text, "、");
    g_string_append (text, entry);
  }
  return g_string_free (text, FALSE);
}
