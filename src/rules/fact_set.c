/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/fact_set.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/record.h"

/* Facts that somebody stated, for trying a rule out. A value is written as in the expression
 * language (`true`, `7`, `500 yuan`, `2026-03-02`), texts and choices without quotes; `-` says that
 * it is known that there is none. What is not stated is unknown. */

#define ABSENT "-"
/* states the last day of a limit itself, instead of the facts that it is counted from */
#define LIMIT_PREFIX "limit:"

struct _JzFactSet {
  JzFactVocabulary *vocabulary;
  JzRecord *facts;
  JzRecord *limits;
};

/**
 * jz_fact_set_new:
 * @vocabulary: which facts there are
 *
 * Returns: (transfer full): a set in which nothing is stated yet
 */
JzFactSet *
jz_fact_set_new (const JzFactVocabulary *vocabulary)
{
  g_return_val_if_fail (vocabulary != NULL, NULL);

  JzFactSet *self = g_new0 (JzFactSet, 1);
  self->vocabulary = jz_fact_vocabulary_ref (vocabulary);
  self->facts = jz_record_new ();
  self->limits = jz_record_new ();
  return self;
}

/**
 * jz_fact_set_free:
 * @self: (transfer full): a set
 *
 * Frees it.
 */
void
jz_fact_set_free (JzFactSet *self)
{
  g_return_if_fail (self != NULL);

  jz_record_free (self->facts);
  jz_record_free (self->limits);
  jz_fact_vocabulary_unref (self->vocabulary);
  g_free (self);
}

static gboolean
fail (GError **error, char *sentence)
{
  g_autofree char *owned = sentence;
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE, owned);
  return FALSE;
}

static JzFactState
know_nothing (gconstpointer data, const char *name, JzValue **value)
{
  return JZ_FACT_UNKNOWN;
}

/* The expression language reads its own literals, and says what is wrong with them. */
static JzValue *
read_literal (const JzFactSet *self, const char *text, const JzType *type, GError **error)
{
  const JzTextPosition position = { .file = "=", .line = 1, .column = 1 };
  const JzFacts nothing = { .get_fact = know_nothing };
  JzVocabulary vocabulary;
  jz_fact_vocabulary_get_interface (self->vocabulary, &vocabulary);
  g_autoptr (JzExpression) expression = jz_expression_parse (
    text, strlen (text), &position, JZ_EXPRESSION_SEMANTICS, &vocabulary, type, error);
  if (expression == NULL)
    return NULL;
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (expression, &nothing, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);
  if (outcome == NULL)
    return NULL;
  if (jz_outcome_get_value (outcome) == NULL) {
    fail (error, g_strdup_printf (_ ("“%s” is no value but names other facts."), text));
    return NULL;
  }
  return jz_value_ref (jz_outcome_get_value (outcome));
}

static JzValue *
read_choice (const JzFactDefinition *definition, const char *text, GError **error)
{
  if (g_strv_contains (definition->type.choices, text))
    return jz_value_new_choice (text);
  g_autofree char *words = g_strjoinv (", ", (char **)definition->type.choices);
  fail (error, g_strdup_printf (_ ("“%1$s” is none of the words of %2$s: %3$s."), text,
                                definition->name, words));
  return NULL;
}

static JzValue *
read_text (const JzFactSet *self,
           const JzFactDefinition *definition,
           const char *text,
           GError **error)
{
  switch (definition->type.kind) {
  case JZ_VALUE_TEXT:
    return jz_value_new_text (text);
  case JZ_VALUE_CHOICE:
    return read_choice (definition, text, error);
  case JZ_VALUE_LIST:
    fail (error, g_strdup_printf (_ ("%s is a list; state it as a JSON array of objects."),
                                  definition->name));
    return NULL;
  case JZ_VALUE_BOOL:
  case JZ_VALUE_INT:
  case JZ_VALUE_MONEY:
  case JZ_VALUE_DATE:
  case JZ_VALUE_INSTANT:
  default:
    return read_literal (self, text, &definition->type, error);
  }
}

static JzValue *read_json (const JzFactSet *self,
                           const JzFactDefinition *definition,
                           const JzJson *json,
                           GError **error);

static const JzFactDefinition *
find_field (const JzFactDefinition *list, const char *name)
{
  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    if (strcmp (field->name, name) == 0)
      return field;
  }
  return NULL;
}

static gboolean
add_member (const JzFactSet *self,
            const JzFactDefinition *list,
            const JzJson *object,
            guint position,
            JzRecord *record,
            GError **error)
{
  const char *name = jz_json_get_name (object, position);
  const JzJson *member = jz_json_get_member (object, name);
  const JzFactDefinition *field = find_field (list, name);
  if (field == NULL)
    return fail (error,
                 g_strdup_printf (_ ("The records of %1$s have no field %2$s."), list->name, name));
  if (jz_json_get_kind (member) == JZ_JSON_NULL) {
    jz_record_set_absent (record, name);
    return TRUE;
  }
  JzValue *value = read_json (self, field, member, error);
  if (value == NULL)
    return FALSE;
  jz_record_set (record, name, value);
  return TRUE;
}

static JzValue *
read_list (const JzFactSet *self, const JzFactDefinition *list, const JzJson *json, GError **error)
{
  g_autoptr (JzValue) value = jz_value_new_list ();
  for (guint i = 0; i < jz_json_get_n_items (json); i++) {
    const JzJson *item = jz_json_get_item (json, i);
    g_autoptr (JzRecord) record = jz_record_new ();
    if (jz_json_get_kind (item) != JZ_JSON_OBJECT) {
      fail (error, g_strdup_printf (_ ("%s is a list of objects; one entry is none."), list->name));
      return NULL;
    }
    for (guint j = 0; j < jz_json_get_n_items (item); j++) {
      if (!add_member (self, list, item, j, record, error))
        return NULL;
    }
    jz_value_append (value, g_steal_pointer (&record));
  }
  return g_steal_pointer (&value);
}

/* A number is whole, an amount is in fen; what JSON has no type for is a text. */
static JzValue *
read_json (const JzFactSet *self,
           const JzFactDefinition *definition,
           const JzJson *json,
           GError **error)
{
  JzValueKind kind = definition->type.kind;
  switch (jz_json_get_kind (json)) {
  case JZ_JSON_BOOLEAN:
    if (kind == JZ_VALUE_BOOL)
      return jz_value_new_bool (jz_json_get_boolean (json));
    break;
  case JZ_JSON_INTEGER:
    if (kind == JZ_VALUE_INT)
      return jz_value_new_int (jz_json_get_integer (json));
    if (kind == JZ_VALUE_MONEY)
      return jz_value_new_money (jz_json_get_integer (json));
    break;
  case JZ_JSON_TEXT:
    return read_text (self, definition, jz_json_get_text (json), error);
  case JZ_JSON_ARRAY:
    if (kind == JZ_VALUE_LIST)
      return read_list (self, definition, json, error);
    break;
  case JZ_JSON_NULL:
  case JZ_JSON_OBJECT:
  default:
    break;
  }
  fail (error,
        g_strdup_printf (_ ("What is stated of %s is of the wrong type."), definition->name));
  return NULL;
}

static const JzFactDefinition *
find_fact (const JzFactSet *self, const char *name, GError **error)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (self->vocabulary, name);
  if (definition != NULL && strcmp (definition->name, name) == 0)
    return definition;
  fail (error,
        g_strdup_printf (_ ("There is no fact %s; the vocabulary of facts has none such."), name));
  return NULL;
}

static gboolean
state_limit (JzFactSet *self, const char *id, const char *text, GError **error)
{
  JzDate due;
  if (strcmp (text, ABSENT) == 0) {
    jz_record_set_absent (self->limits, id);
    return TRUE;
  }
  if (!jz_date_parse (text, &due, error))
    return FALSE;
  jz_record_set (self->limits, id, jz_value_new_date (due));
  return TRUE;
}

static gboolean
state_text (JzFactSet *self, const char *name, const char *text, GError **error)
{
  if (g_str_has_prefix (name, LIMIT_PREFIX))
    return state_limit (self, name + strlen (LIMIT_PREFIX), text, error);
  const JzFactDefinition *definition = find_fact (self, name, error);
  if (definition == NULL)
    return FALSE;
  if (strcmp (text, ABSENT) == 0) {
    jz_record_set_absent (self->facts, name);
    return TRUE;
  }
  JzValue *value = NULL;
  if (*text == '[') {
    g_autoptr (JzJson) json = jz_json_parse (text, strlen (text), error);
    value = json != NULL ? read_json (self, definition, json, error) : NULL;
  } else {
    value = read_text (self, definition, text, error);
  }
  if (value == NULL)
    return FALSE;
  jz_record_set (self->facts, name, value);
  return TRUE;
}

/**
 * jz_fact_set_state:
 * @self: a set
 * @assignment: "name=value"; the value of a list is a JSON array of objects, "-" says that there is
 *   none; "limit:TL-P12=2026-03-02" states when a limit ends
 * @error: return location
 *
 * States a fact; what was stated of it before is forgotten.
 *
 * Returns: whether there is such a fact and it can have that value; fails with a %JZ_BASE_ERROR
 */
gboolean
jz_fact_set_state (JzFactSet *self, const char *assignment, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (assignment != NULL, FALSE);

  const char *equals = strchr (assignment, '=');
  if (equals == NULL)
    return fail (error, g_strdup_printf (_ ("“%s” states no fact; write NAME=VALUE."), assignment));
  g_autofree char *name = g_strndup (assignment, (gsize)(equals - assignment));
  if (state_text (self, name, equals + 1, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
state_member (JzFactSet *self, const char *name, const JzJson *member, GError **error)
{
  if (jz_json_get_kind (member) == JZ_JSON_NULL)
    return state_text (self, name, ABSENT, error);
  if (g_str_has_prefix (name, LIMIT_PREFIX)) {
    if (jz_json_get_kind (member) != JZ_JSON_TEXT)
      return fail (error, g_strdup (_ ("A limit ends on a date, written like \"2026-03-02\".")));
    return state_limit (self, name + strlen (LIMIT_PREFIX), jz_json_get_text (member), error);
  }
  const JzFactDefinition *definition = find_fact (self, name, error);
  JzValue *value = definition != NULL ? read_json (self, definition, member, error) : NULL;
  if (value == NULL)
    return FALSE;
  jz_record_set (self->facts, name, value);
  return TRUE;
}

/**
 * jz_fact_set_state_json:
 * @self: a set
 * @object: an object of facts by their names; `null` says that there is none, amounts are in fen
 * @error: return location
 *
 * States several facts, each as jz_fact_set_state() does.
 *
 * Returns: whether all could be stated; fails with a %JZ_BASE_ERROR
 */
gboolean
jz_fact_set_state_json (JzFactSet *self, const JzJson *object, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (object != NULL, FALSE);

  if (jz_json_get_kind (object) != JZ_JSON_OBJECT)
    return fail (error, g_strdup (_ ("Facts are stated as a JSON object, by their names.")));
  for (guint i = 0; i < jz_json_get_n_items (object); i++) {
    const char *name = jz_json_get_name (object, i);
    if (!state_member (self, name, jz_json_get_member (object, name), error)) {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * jz_fact_set_has:
 * @self: a set
 * @name: the name of a fact
 *
 * Returns: whether a value was stated of it
 */
gboolean
jz_fact_set_has (const JzFactSet *self, const char *name)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  const JzValue *value = NULL;
  return jz_record_get (self->facts, name, &value) == JZ_FACT_PRESENT;
}

static JzFactState
get_fact (gconstpointer data, const char *name, JzValue **value)
{
  const JzFactSet *self = data;
  const JzValue *found = NULL;
  JzFactState state = jz_record_get (self->facts, name, &found);
  if (state == JZ_FACT_PRESENT)
    *value = jz_value_ref (found);
  return state;
}

static JzFactState
get_limit_due (gconstpointer data, const char *id, JzDate *due)
{
  const JzFactSet *self = data;
  const JzValue *found = NULL;
  JzFactState state = jz_record_get (self->limits, id, &found);
  if (state == JZ_FACT_PRESENT)
    *due = jz_value_get_date (found);
  return state;
}

/**
 * jz_fact_set_get_facts:
 * @self: a set, which must outlive what is returned
 *
 * Returns: what jz_expression_evaluate() asks
 */
JzFacts
jz_fact_set_get_facts (const JzFactSet *self)
{
  return (JzFacts){ .get_fact = get_fact, .get_limit_due = get_limit_due, .data = self };
}
