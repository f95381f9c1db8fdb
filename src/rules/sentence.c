/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/record.h"
#include "rules/gate.h"

/* Filling facts into a sentence of a rulebook. A fact that is a field of a list's records is filled
 * in of those records for which the condition holds when they are alone in the list: so the
 * sentence that no officer without a credential may act names the officers without one, and not the
 * others. Where none does so alone (two officers are too few), all are named. */

typedef struct {
  JzFacts facts;
  const char *list_name;
  const JzValue *list; /* stands instead of the fact @list_name */
} NarrowFacts;

typedef struct {
  const JzLimitFacts *situation;
  const JzFactVocabulary *vocabulary;
  const JzExpression *condition;
  JzLanguage language;
} Filling;

static JzFactState
get_narrow_fact (gconstpointer data, const char *name, JzValue **value)
{
  const NarrowFacts *self = data;
  if (strcmp (name, self->list_name) != 0)
    return self->facts.get_fact (self->facts.data, name, value);
  *value = jz_value_ref (self->list);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_narrow_limit (gconstpointer data, const char *id, JzDate *due)
{
  const NarrowFacts *self = data;
  return self->facts.get_limit_due (self->facts.data, id, due);
}

static char *
format_date (JzDate date, JzLanguage language)
{
  char text[JZ_DATE_SIZE];
  if (language == JZ_LANGUAGE_ZH)
    return g_strdup_printf ("%d年%d月%d日", date.year, date.month, date.day);
  jz_date_format (date, text);
  return g_strdup (text);
}

static char *
format_instant (JzInstant instant, JzLanguage language)
{
  char text[JZ_INSTANT_SIZE];
  g_autofree char *date = format_date (jz_instant_get_date (instant), language);
  jz_instant_format (instant, text);
  return g_strdup_printf ("%s %.5s", date, text + strlen ("2026-03-02T"));
}

static char *
format_money (gint64 amount_fen, JzLanguage language)
{
  guint64 positive = amount_fen < 0 ? -(guint64)amount_fen : (guint64)amount_fen;
  return g_strdup_printf (
    "%s%" G_GUINT64_FORMAT ".%02u%s", amount_fen < 0 ? "-" : "", positive / JZ_VALUE_FEN_PER_YUAN,
    (guint)(positive % JZ_VALUE_FEN_PER_YUAN), language == JZ_LANGUAGE_ZH ? "元" : " yuan");
}

static char *
format_bool (gboolean value, JzLanguage language)
{
  if (language == JZ_LANGUAGE_ZH)
    return g_strdup (value ? "是" : "否");
  return g_strdup (value ? "yes" : "no");
}

static char *
format_value (const JzFactDefinition *definition, const JzValue *value, JzLanguage language)
{
  switch (jz_value_get_kind (value)) {
  case JZ_VALUE_BOOL:
    return format_bool (jz_value_get_bool (value), language);
  case JZ_VALUE_MONEY:
    return format_money (jz_value_get_money (value), language);
  case JZ_VALUE_DATE:
    return format_date (jz_value_get_date (value), language);
  case JZ_VALUE_INSTANT:
    return format_instant (jz_value_get_instant (value), language);
  case JZ_VALUE_TEXT:
    return g_strdup (jz_value_get_text (value));
  case JZ_VALUE_CHOICE:
    return g_strdup (
      jz_fact_definition_get_label (definition, jz_value_get_text (value), language));
  case JZ_VALUE_LIST:
    return g_strdup_printf ("%u", jz_value_get_n_records (value));
  case JZ_VALUE_INT:
  default:
    return jz_value_to_text (value);
  }
}

/**
 * jz_fact_definition_dup_words:
 * @self: a fact, or a field of a list
 * @value: a value of it
 * @language: in which language
 *
 * Returns: (transfer full): the value as people write it: days, amounts with their unit, yes and
 *   no, the label of a choice, and of a list how many records it has
 */
char *
jz_fact_definition_dup_words (const JzFactDefinition *self,
                              const JzValue *value,
                              JzLanguage language)
{
  g_return_val_if_fail (self != NULL && value != NULL, NULL);
  return format_value (self, value, language);
}

/* The same record again, alone in a list. */
static JzValue *
make_single (const JzFactDefinition *list, const JzRecord *record)
{
  JzValue *single = jz_value_new_list ();
  JzRecord *copy = jz_record_new ();
  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    const JzValue *value = NULL;
    JzFactState state = jz_record_get (record, field->name, &value);
    if (state == JZ_FACT_PRESENT)
      jz_record_set (copy, field->name, jz_value_ref (value));
    else if (state == JZ_FACT_ABSENT)
      jz_record_set_absent (copy, field->name);
  }
  jz_value_append (single, copy);
  return single;
}

static gboolean
holds_alone (const Filling *self, const JzFactDefinition *list, const JzRecord *record)
{
  g_autoptr (JzValue) single = make_single (list, record);
  const NarrowFacts narrow = { jz_limit_facts_get_facts (self->situation), list->name, single };
  const JzFacts facts = { get_narrow_fact, get_narrow_limit, &narrow };
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (self->condition, &facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, NULL);
  return outcome != NULL && jz_outcome_get_truth (outcome) == JZ_TRUTH_TRUE;
}

static void
append_field (GString *text,
              const JzFactDefinition *field,
              const JzRecord *record,
              JzLanguage language)
{
  const JzValue *value = NULL;
  if (jz_record_get (record, field->name, &value) != JZ_FACT_PRESENT)
    return;
  g_autofree char *formatted = format_value (field, value, language);
  if (text->len > 0)
    g_string_append (text, language == JZ_LANGUAGE_ZH ? "、" : ", ");
  g_string_append (text, formatted);
}

static char *
dup_fields (const Filling *self, const JzFactDefinition *field, const char *list_name)
{
  const JzFactDefinition *list = jz_fact_vocabulary_find (self->vocabulary, list_name);
  const JzFacts facts = jz_limit_facts_get_facts (self->situation);
  g_autoptr (JzValue) value = NULL;
  g_autoptr (GString) chosen = g_string_new (NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  if (facts.get_fact (facts.data, list_name, &value) != JZ_FACT_PRESENT)
    return NULL;
  for (guint i = 0; i < jz_value_get_n_records (value); i++) {
    const JzRecord *record = jz_value_get_record (value, i);
    append_field (all, field, record, self->language);
    if (holds_alone (self, list, record))
      append_field (chosen, field, record, self->language);
  }
  const GString *used = chosen->len > 0 ? chosen : all;
  return used->len > 0 ? g_strdup (used->str) : NULL;
}

static char *
dup_fact (const Filling *self, const char *path)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (self->vocabulary, path);
  const JzFacts facts = jz_limit_facts_get_facts (self->situation);
  g_autoptr (JzValue) value = NULL;
  if (strcmp (definition->name, path) != 0) {
    g_autofree char *list_name = g_strndup (path, strlen (path) - strlen (definition->name) - 1);
    return dup_fields (self, definition, list_name);
  }
  if (facts.get_fact (facts.data, path, &value) != JZ_FACT_PRESENT)
    return NULL;
  return format_value (definition, value, self->language);
}

/**
 * jz_sentence_fill:
 * @sentence: a sentence of a rulebook, checked when that was read
 * @condition: the condition that it tells of
 * @situation: what is the case
 * @language: in which language
 *
 * Fills facts into the placeholders of a sentence; a fact that is not known becomes "……".
 *
 * Returns: (transfer full): the sentence
 */
char *
jz_sentence_fill (const JzText *sentence,
                  const JzExpression *condition,
                  const JzLimitFacts *situation,
                  JzLanguage language)
{
  g_return_val_if_fail (sentence != NULL && condition != NULL, NULL);
  g_return_val_if_fail (situation != NULL, NULL);

  const Filling filling = { situation, jz_rulebook_get_fact_vocabulary (situation->rulebook),
                            condition, language };
  const char *at = jz_text_get (sentence, language);
  GString *text = g_string_new (NULL);
  for (const char *open = strchr (at, '{'); open != NULL; open = strchr (at, '{')) {
    const char *close = strchr (open, '}');
    g_autofree char *path = g_strndup (open + 1, (gsize)(close - open - 1));
    g_autofree char *value = dup_fact (&filling, path);
    g_string_append_len (text, at, open - at);
    g_string_append (text, value != NULL ? value : "……");
    at = close + 1;
  }
  g_string_append (text, at);
  return g_string_free (text, FALSE);
}
