/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/filling.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/record.h"
#include "forms/filling-private.h"
#include "forms/form-private.h"

/* The values of a document: an object with a member for each field that is filled. What is not of
 * the right shape is never taken in; what is only wrong stays, so that a draft can be saved. */

#define MAX_STEPS 200000

struct _JzFilling {
  JzForm *form;
  JzJson *values;
};

/**
 * jz_filling_new:
 * @form: a form
 *
 * Returns: (transfer full): a document without any value
 */
JzFilling *
jz_filling_new (const JzForm *form)
{
  g_return_val_if_fail (form != NULL, NULL);

  JzFilling *self = g_new0 (JzFilling, 1);
  self->form = jz_form_ref (form);
  self->values = jz_json_new_object ();
  return self;
}

/**
 * jz_filling_new_from_json:
 * @form: a form
 * @values: values by the names of fields
 * @error: return location
 *
 * Takes values in after their shape was checked: every name is a field's, every value of the kind
 * that its type has, no text too long or with control characters. Characters are kept as they are,
 * rare ones too.
 *
 * Returns: (transfer full): the document, or %NULL with %JZ_BASE_ERROR_SYNTAX, %JZ_BASE_ERROR_RANGE
 *   or %JZ_BASE_ERROR_LIMIT; the message names the field
 */
JzFilling *
jz_filling_new_from_json (const JzForm *form, const JzJson *values, GError **error)
{
  g_return_val_if_fail (form != NULL, NULL);
  g_return_val_if_fail (values != NULL, NULL);

  if (!jz_filling_check_shape (form, values, error))
    return NULL;
  JzFilling *self = jz_filling_new (form);
  jz_json_unref (self->values);
  self->values = jz_json_copy (values);
  return self;
}

/**
 * jz_filling_parse:
 * @form: a form
 * @text: JSON
 * @length: bytes of it
 * @error: return location
 *
 * Reads values as jz_filling_new_from_json() takes them. More is read than is kept, so that a text
 * that is too long can be named.
 *
 * Returns: (transfer full): the document, or %NULL as in jz_filling_new_from_json()
 */
JzFilling *
jz_filling_parse (const JzForm *form, const char *text, gsize length, GError **error)
{
  g_return_val_if_fail (form != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (JzJson) values = jz_json_parse_long (text, length, 8 * JZ_FILLING_MAX_SIZE, error);
  if (values == NULL)
    return NULL;
  g_autoptr (JzFilling) self = jz_filling_new_from_json (form, values, error);
  if (self == NULL || length <= JZ_FILLING_MAX_SIZE)
    return g_steal_pointer (&self);
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
               _ ("The values of a document are at most %d bytes; put long material into an "
                  "attachment."),
               JZ_FILLING_MAX_SIZE);
  return NULL;
}

/**
 * jz_filling_free:
 * @self: (transfer full): a document
 *
 * Frees a document's values.
 */
void
jz_filling_free (JzFilling *self)
{
  g_return_if_fail (self != NULL);

  jz_form_unref (self->form);
  jz_json_unref (self->values);
  g_free (self);
}

/**
 * jz_filling_get_form:
 * @self: a document
 *
 * Returns: (transfer none): its form
 */
const JzForm *
jz_filling_get_form (const JzFilling *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->form;
}

/**
 * jz_filling_get_values:
 * @self: a document
 *
 * Returns: (transfer none): its values, an object
 */
const JzJson *
jz_filling_get_values (const JzFilling *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->values;
}

/**
 * jz_filling_to_canonical:
 * @self: a document
 * @length: (out) (optional): bytes
 *
 * Returns: (transfer full): its values as canonical JSON
 */
char *
jz_filling_to_canonical (const JzFilling *self, gsize *length)
{
  g_return_val_if_fail (self != NULL, NULL);

  return jz_json_to_canonical (self->values, length);
}

/**
 * jz_filling_find:
 * @self: a document
 * @path: a field, or "field.member"
 *
 * Returns: (transfer none) (nullable): the value
 */
const JzJson *
jz_filling_find (const JzFilling *self, const char *path)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  g_auto (GStrv) names = g_strsplit (path, ".", 0);
  const JzJson *value = self->values;
  for (guint i = 0; names[i] != NULL && value != NULL; i++) {
    if (jz_json_get_kind (value) != JZ_JSON_OBJECT)
      return NULL;
    value = jz_json_get_member (value, names[i]);
  }
  return value;
}

/**
 * jz_filling_set:
 * @self: a document
 * @field: the name of a field
 * @value: (nullable): its new value; %NULL empties it
 * @error: return location
 *
 * Returns: whether the value has the shape of the field; when not, the old one stays and the error
 *   is that of jz_filling_new_from_json()
 */
gboolean
jz_filling_set (JzFilling *self, const char *field, const JzJson *value, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  g_autoptr (JzJson) one = jz_json_new_object ();
  if (value == NULL) {
    jz_json_remove_member (self->values, field);
    return TRUE;
  }
  jz_json_set_member (one, field, jz_json_copy (value));
  if (!jz_filling_check_shape (self->form, one, error))
    return FALSE;
  jz_json_set_member (self->values, field, jz_json_copy (value));
  return TRUE;
}

/* A field's own condition is asked of the values as they are, so that conditions of hidden fields
 * cannot go round in a circle. */
static gboolean
holds (const JzFilling *self, const JzExpression *condition, gboolean is_raw)
{
  if (condition == NULL)
    return TRUE;
  JzFillingFacts values;
  jz_filling_facts_init (&values, self, NULL);
  values.is_raw = is_raw;
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (condition, &values.facts, MAX_STEPS, FALSE, NULL);
  return outcome != NULL && jz_outcome_get_truth (outcome) == JZ_TRUTH_TRUE;
}

/**
 * jz_filling_holds:
 * @self: a document
 * @condition: (nullable): an expression over its values
 *
 * Returns: whether the condition is certainly met, or is none
 */
gboolean
jz_filling_holds (const JzFilling *self, const JzExpression *condition)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return holds (self, condition, FALSE);
}

/**
 * jz_filling_has_field:
 * @self: a document
 * @field: a field of its form
 *
 * A field that is hidden by a choice is not blank: it prints nothing and is never missing
 * (forms.md §7).
 *
 * Returns: whether the field belongs to the document as it is filled now
 */
gboolean
jz_filling_has_field (const JzFilling *self, const JzFormField *field)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (field != NULL, FALSE);

  return holds (self, field->when, TRUE);
}

static JzJson *
new_json_of_value (const JzFormField *field, const JzValue *value)
{
  g_autofree char *text = jz_value_to_text (value);
  switch (jz_value_get_kind (value)) {
  case JZ_VALUE_BOOL:
    return jz_json_new_boolean (jz_value_get_bool (value));
  case JZ_VALUE_INT:
    return jz_json_new_integer (jz_value_get_int (value));
  case JZ_VALUE_MONEY:
    return jz_json_new_integer (jz_value_get_money (value));
  case JZ_VALUE_DATE: {
    char date[JZ_DATE_SIZE];
    jz_date_format (jz_value_get_date (value), date);
    return jz_json_new_text (date);
  }
  case JZ_VALUE_INSTANT: {
    char instant[JZ_INSTANT_SIZE];
    jz_instant_format (jz_value_get_instant (value), instant);
    instant[strlen ("2026-03-02T09:30")] = '\0';
    return jz_json_new_text (instant);
  }
  case JZ_VALUE_TEXT:
  case JZ_VALUE_CHOICE:
    return jz_json_new_text (jz_value_get_text (value));
  case JZ_VALUE_LIST:
    break;
  }
  return NULL;
}

static JzJson *
new_json_of_entry (const JzFormField *field, const JzRecord *record)
{
  JzJson *entry = jz_json_new_object ();
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    const JzValue *value;
    if (jz_record_get (record, member->name, &value) != JZ_FACT_PRESENT)
      continue;
    JzJson *json = new_json_of_value (member, value);
    if (json != NULL)
      jz_json_set_member (entry, member->name, json);
  }
  return entry;
}

static JzJson *
new_json_of_default (const JzFormField *field, const JzValue *value)
{
  if (jz_value_get_kind (value) != JZ_VALUE_LIST)
    return new_json_of_value (field, value);
  JzJson *list = jz_json_new_array ();
  for (guint i = 0; i < jz_value_get_n_records (value); i++)
    jz_json_append (list, new_json_of_entry (field, jz_value_get_record (value, i)));
  return list;
}

static gboolean
set_default (JzFilling *self,
             const JzFormField *field,
             const JzFormDefault *value,
             const JzFacts *facts,
             GError **error)
{
  if (value->expression == NULL)
    return TRUE;
  JzFillingFacts all;
  jz_filling_facts_init (&all, self, facts);
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (value->expression, &all.facts, MAX_STEPS, FALSE, error);
  if (outcome == NULL)
    return FALSE;
  const JzValue *found = jz_outcome_get_value (outcome);
  if (found == NULL)
    return TRUE;
  JzJson *json = new_json_of_default (field, found);
  const JzJson *old = jz_json_get_member (self->values, field->name);
  JzJson *whole = old != NULL ? jz_json_copy (old) : jz_json_new_object ();
  if (value->member != NULL)
    jz_json_set_member (whole, value->member, json);
  jz_json_set_member (self->values, field->name, value->member != NULL ? whole : json);
  if (value->member == NULL)
    jz_json_unref (whole);
  return TRUE;
}

/**
 * jz_filling_set_defaults:
 * @self: a document
 * @facts: what is known of the case
 * @error: return location
 *
 * Fills every empty field that has a default whose facts are known (forms.md §1.10).
 *
 * Returns: whether no default went wrong
 */
gboolean
jz_filling_set_defaults (JzFilling *self, const JzFacts *facts, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (facts != NULL, FALSE);

  for (guint i = 0; i < self->form->fields->len; i++) {
    const JzFormField *field = g_ptr_array_index (self->form->fields, i);
    if (!jz_filling_is_empty (jz_json_get_member (self->values, field->name)))
      continue;
    for (guint j = 0; j < field->defaults->len; j++) {
      if (!set_default (self, field, g_ptr_array_index (field->defaults, j), facts, error))
        return FALSE;
    }
  }
  return TRUE;
}
