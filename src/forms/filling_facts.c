/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/record.h"
#include "forms/filling-private.h"
#include "forms/form-private.h"

/* The values of a document as facts for its own expressions: doc.NAME. An empty field is known to
 * be absent; a value that is not of its form is unknown; a list is always there, maybe empty. */

/* "2026-03-02T09:30", as a date and time is stored. */
gboolean
jz_filling_parse_minute (const char *text, JzInstant *instant)
{
  if (strlen (text) != strlen ("2026-03-02T09:30"))
    return FALSE;
  g_autofree char *whole = g_strdup_printf ("%s:00.000+08:00", text);
  return jz_instant_parse (whole, instant, NULL);
}

static JzValue *
new_value_of_text (JzFieldType type, const char *text)
{
  JzDate date;
  JzInstant instant;
  switch (type) {
  case JZ_FIELD_DATE:
    return jz_date_parse (text, &date, NULL) ? jz_value_new_date (date) : NULL;
  case JZ_FIELD_DATETIME:
    return jz_filling_parse_minute (text, &instant) ? jz_value_new_instant (instant) : NULL;
  case JZ_FIELD_CHOICE:
    return jz_value_new_choice (text);
  default:
    return jz_value_new_text (text);
  }
}

static JzValue *
new_plain_value (const JzFormField *field, const JzJson *json)
{
  switch (jz_json_get_kind (json)) {
  case JZ_JSON_BOOLEAN:
    return jz_value_new_bool (jz_json_get_boolean (json));
  case JZ_JSON_INTEGER:
    return field->type == JZ_FIELD_MONEY ? jz_value_new_money (jz_json_get_integer (json))
                                         : jz_value_new_int (jz_json_get_integer (json));
  case JZ_JSON_TEXT:
    return new_value_of_text (field->type, jz_json_get_text (json));
  default:
    return NULL;
  }
}

static void
set_in_record (JzRecord *record, const JzFormField *member, const JzJson *json, const char *name)
{
  if (jz_filling_is_empty (json)) {
    jz_record_set_absent (record, name);
    return;
  }
  JzValue *value = new_plain_value (member, json);
  if (value != NULL)
    jz_record_set (record, name, value);
}

static JzRecord *
new_record (const JzFormField *field, const JzJson *entry)
{
  JzRecord *record = jz_record_new ();
  if (field->members->len == 0)
    set_in_record (record, field, entry, "value");
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    if (member->type != JZ_FIELD_COMPOSITE && !member->is_list)
      set_in_record (record, member, jz_json_get_member (entry, member->name), member->name);
  }
  return record;
}

static JzValue *
new_list (const JzFormField *field, const JzJson *json)
{
  JzValue *list = jz_value_new_list ();
  for (guint i = 0; json != NULL && i < jz_json_get_n_items (json); i++)
    jz_value_append (list, new_record (field, jz_json_get_item (json, i)));
  return list;
}

JzFactState
jz_filling_get_value (const JzFilling *self, const char *name, JzValue **value)
{
  g_auto (GStrv) path = g_strsplit (name, ".", 2);
  const JzFormField *field = jz_form_find_field (jz_filling_get_form (self), path[0]);
  if (field != NULL && path[1] != NULL)
    field = jz_form_field_find_member (field, path[1]);
  if (field == NULL)
    return JZ_FACT_UNKNOWN;
  const JzJson *json = jz_filling_find (self, name);
  if (field->is_list) {
    *value = new_list (field, json);
    return JZ_FACT_PRESENT;
  }
  if (jz_filling_is_empty (json))
    return JZ_FACT_ABSENT;
  JzValue *found = new_plain_value (field, json);
  if (found == NULL)
    return JZ_FACT_UNKNOWN;
  *value = found;
  return JZ_FACT_PRESENT;
}

/* What is left in a field that a choice has hidden since does not count. */
static gboolean
is_hidden (const JzFilling *self, const char *path)
{
  g_autofree char *name = g_strndup (path, strcspn (path, "."));
  const JzFormField *field = jz_form_find_field (jz_filling_get_form (self), name);
  return field != NULL && !field->is_list && !jz_filling_has_field (self, field);
}

static JzFactState
get_fact (gconstpointer data, const char *name, JzValue **value)
{
  const JzFillingFacts *self = data;
  if (g_str_has_prefix (name, JZ_FORM_PREFIX)) {
    const char *path = name + strlen (JZ_FORM_PREFIX);
    if (!self->is_raw && is_hidden (self->filling, path))
      return JZ_FACT_ABSENT;
    return jz_filling_get_value (self->filling, path, value);
  }
  if (self->given == NULL)
    return JZ_FACT_UNKNOWN;
  return self->given->get_fact (self->given->data, name, value);
}

static JzFactState
get_limit_due (gconstpointer data, const char *id, JzDate *due)
{
  const JzFillingFacts *self = data;
  if (self->given == NULL || self->given->get_limit_due == NULL)
    return JZ_FACT_UNKNOWN;
  return self->given->get_limit_due (self->given->data, id, due);
}

void
jz_filling_facts_init (JzFillingFacts *self, const JzFilling *filling, const JzFacts *given)
{
  self->filling = filling;
  self->given = given;
  self->is_raw = FALSE;
  self->facts.get_fact = get_fact;
  self->facts.get_limit_due = get_limit_due;
  self->facts.data = self;
}
