/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/fact_arguments.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/record.h"

/* Acts that state facts have arguments named like the facts (design §4). What each may be, and what
 * it means, stands in the vocabulary and nowhere else: the arguments are made from it when the
 * table of acts is put together. */

#define MAX_NAME 300

/**
 * jz_office_get_facts:
 *
 * Returns: (transfer none): the vocabulary of facts that came with this program; a name in it never
 *   changes its type, so that what was stated once can be read for ever
 */
const JzFactVocabulary *
jz_office_get_facts (void)
{
  static JzFactVocabulary *vocabulary = NULL;

  if (g_once_init_enter (&vocabulary)) {
    g_autoptr (GError) error = NULL;
    JzFactVocabulary *loaded = jz_fact_vocabulary_load_shipped (&error);
    if (loaded == NULL)
      g_error ("the program was put together wrong: %s", error->message);
    g_once_init_leave (&vocabulary, loaded);
  }
  return vocabulary;
}

/**
 * jz_argument_is_fact:
 * @name: name of an argument
 *
 * Returns: whether it states the fact of that name; other arguments have no dot
 */
gboolean
jz_argument_is_fact (const char *name)
{
  return strchr (name, '.') != NULL;
}

static void
take_kind (JzArgument *argument, gboolean is_long)
{
  switch (argument->fact->type.kind) {
  case JZ_VALUE_BOOL:
    argument->kind = JZ_ARGUMENT_BOOLEAN;
    break;
  case JZ_VALUE_INT:
  case JZ_VALUE_MONEY:
    argument->kind = JZ_ARGUMENT_INTEGER;
    argument->max = JZ_JSON_MAX_INTEGER;
    break;
  case JZ_VALUE_DATE:
    argument->kind = JZ_ARGUMENT_DATE;
    break;
  case JZ_VALUE_INSTANT:
    argument->kind = JZ_ARGUMENT_INSTANT;
    break;
  case JZ_VALUE_CHOICE:
    argument->kind = JZ_ARGUMENT_WORD;
    argument->words = g_strjoinv ("|", (char **)argument->fact->type.choices);
    break;
  case JZ_VALUE_LIST:
    argument->kind = JZ_ARGUMENT_RECORDS;
    break;
  case JZ_VALUE_TEXT:
  default:
    argument->kind = is_long ? JZ_ARGUMENT_LONG_TEXT : JZ_ARGUMENT_TEXT;
    argument->max = is_long ? 0 : MAX_NAME;
    break;
  }
}

static JzArgument
make_argument (const JzAct *act, const char *word)
{
  gsize length = strcspn (word, "!*");
  JzArgument argument = { .name = g_strndup (word, length) };

  argument.source = strchr (word, '!') != NULL ? JZ_REQUIRED : JZ_OPTIONAL;
  argument.fact = jz_fact_vocabulary_find (jz_office_get_facts (), argument.name);
  if (argument.fact == NULL)
    g_error ("the act %s states a fact %s, which there is not", act->name, argument.name);
  argument.meaning = argument.fact->meaning.en;
  take_kind (&argument, strchr (word, '*') != NULL);
  return argument;
}

/**
 * jz_act_with_facts:
 * @act: an act that states facts
 *
 * Returns: (transfer full): the act with an argument for each of them behind its own; lives as long
 *   as the program
 */
JzAct *
jz_act_with_facts (const JzAct *act)
{
  g_auto (GStrv) words = g_strsplit (act->facts, " ", -1);
  GArray *arguments = g_array_new (TRUE, TRUE, sizeof (JzArgument));
  JzAct *whole = g_memdup2 (act, sizeof *act);
  const JzArgument late = { JZ_LATE_REASON, JZ_ARGUMENT_TEXT,
                            JZ_OPTIONAL,    MAX_NAME,
                            NULL,           N_ ("why it is entered later than it happened") };

  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    g_array_append_vals (arguments, argument, 1);
  g_array_append_val (arguments, late);
  for (char **word = words; *word != NULL; word++) {
    JzArgument argument = make_argument (act, *word);
    g_array_append_val (arguments, argument);
  }
  whole->arguments = (const JzArgument *)g_array_free (arguments, FALSE);
  return whole;
}

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

static JzValue *
read_text (const JzFactDefinition *definition, const char *text)
{
  JzDate date;
  JzInstant instant;

  switch (definition->type.kind) {
  case JZ_VALUE_TEXT:
    return jz_value_new_text (text);
  case JZ_VALUE_CHOICE:
    return g_strv_contains (definition->type.choices, text) ? jz_value_new_choice (text) : NULL;
  case JZ_VALUE_DATE:
    return jz_date_parse (text, &date, NULL) ? jz_value_new_date (date) : NULL;
  case JZ_VALUE_INSTANT:
    return jz_instant_parse (text, &instant, NULL) ? jz_value_new_instant (instant) : NULL;
  default:
    return NULL;
  }
}

static JzRecord *
read_record (const JzFactDefinition *list, const JzJson *json)
{
  g_autoptr (JzRecord) record = jz_record_new ();

  if (jz_json_get_kind (json) != JZ_JSON_OBJECT)
    return NULL;
  for (guint i = 0; i < jz_json_get_n_items (json); i++) {
    const JzFactDefinition *field = find_field (list, jz_json_get_name (json, i));
    JzValue *value = field != NULL ? jz_fact_read_value (field, jz_json_get_item (json, i)) : NULL;
    if (value == NULL)
      return NULL;
    jz_record_set (record, field->name, value);
  }
  return g_steal_pointer (&record);
}

static JzValue *
read_list (const JzFactDefinition *list, const JzJson *json)
{
  g_autoptr (JzValue) value = jz_value_new_list ();

  if (jz_json_get_n_items (json) > JZ_MAX_RECORDS)
    return NULL;
  for (guint i = 0; i < jz_json_get_n_items (json); i++) {
    JzRecord *record = read_record (list, jz_json_get_item (json, i));
    if (record == NULL)
      return NULL;
    jz_value_append (value, record);
  }
  return g_steal_pointer (&value);
}

/**
 * jz_fact_read_value:
 * @definition: a fact, or a field of a list
 * @json: what was stated of it: amounts in fen, days and moments in their only form; a text that
 *   was long enough to become an object is read as the name of that object
 *
 * Returns: (transfer full) (nullable): its value; %NULL when it is none of that fact
 */
JzValue *
jz_fact_read_value (const JzFactDefinition *definition, const JzJson *json)
{
  JzValueKind kind = definition->type.kind;
  JzJsonKind found = jz_json_get_kind (json);

  if (found == JZ_JSON_BOOLEAN && kind == JZ_VALUE_BOOL)
    return jz_value_new_bool (jz_json_get_boolean (json));
  if (found == JZ_JSON_INTEGER && kind == JZ_VALUE_INT && jz_json_get_integer (json) >= 0)
    return jz_value_new_int (jz_json_get_integer (json));
  if (found == JZ_JSON_INTEGER && kind == JZ_VALUE_MONEY && jz_json_get_integer (json) >= 0)
    return jz_value_new_money (jz_json_get_integer (json));
  if (found == JZ_JSON_TEXT)
    return read_text (definition, jz_json_get_text (json));
  if (found == JZ_JSON_ARRAY && kind == JZ_VALUE_LIST)
    return read_list (definition, json);
  if (found == JZ_JSON_OBJECT && kind == JZ_VALUE_TEXT)
    return jz_value_new_text (jz_json_get_member_text (json, "object"));
  return NULL;
}

/**
 * jz_fact_check_records:
 * @list: a list of the vocabulary
 * @value: what was given as its records
 *
 * Returns: whether each is an object of fields of that list, of the right kinds
 */
gboolean
jz_fact_check_records (const JzFactDefinition *list, const JzJson *value)
{
  g_autoptr (JzValue) read =
    jz_json_get_kind (value) == JZ_JSON_ARRAY ? jz_fact_read_value (list, value) : NULL;
  return read != NULL;
}
