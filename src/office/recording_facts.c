/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_facts.h"

#include <string.h>

#include "office/case_facts-private.h"
#include "office/fact_arguments.h"
#include "office/recording_duty.h"
#include "office/settings.h"

/* What the rules on recordings are asked with (rules.md 5; ): the acts of a case, what
 * the bureau has set, and facts, of which those that a step itself stated go before those of the
 * case. */

#define ACT "act."
#define FACT_LAST "step.is_last"
#define FACT_SIGNATURE "step.signature"

typedef struct {
  JzCaseFacts *facts;
  const JzStatedRecord *record;
} StepFacts;

static gboolean
is_last (const StepFacts *self)
{
  const JzStatedRecord *last = jz_stated_find_last (self->facts->stated, self->record->list);

  return last == NULL || last->arrival <= self->record->arrival;
}

/* What the entry stated that made the step. */
static JzJson *
find_own (const StepFacts *self, const char *name)
{
  const JzStated *stated = self->facts->stated;
  g_autofree char *text = NULL;

  if (jz_stated_get_arrival (stated, name) == self->record->arrival)
    return jz_json_ref ((JzJson *)jz_stated_get (stated, name));
  if (self->facts->error == NULL)
    (void)!jz_connection_get_text (
      self->facts->tables, &text, &self->facts->error,
      "SELECT value FROM fact WHERE case_id = ? AND list = '' AND record = '' AND name = ? AND "
      "arrival = ?",
      "tti", self->facts->case_id, name, self->record->arrival);
  return text != NULL ? jz_json_parse (text, strlen (text), NULL) : NULL;
}

/* How the person concerned signed a record. */
static JzFactState
get_signature (const StepFacts *self, JzValue **value)
{
  const char *word = jz_stated_record_get_text (self->record, "signed");

  if (strcmp (self->record->list, JZ_LIST_RECORD) != 0 || word[0] == '\0')
    return JZ_FACT_ABSENT;
  *value = jz_value_new_choice (word);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_step_fact (gconstpointer data, const char *name, JzValue **value)
{
  const StepFacts *self = data;
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), name);
  g_autoptr (JzJson) own = NULL;

  if (strcmp (name, FACT_LAST) == 0)
    return jz_fact_is (value, is_last (self));
  if (strcmp (name, FACT_SIGNATURE) == 0)
    return get_signature (self, value);
  own = definition != NULL && definition->type.kind != JZ_VALUE_LIST ? find_own (self, name) : NULL;
  *value = own != NULL ? jz_fact_read_value (definition, own) : NULL;
  if (*value != NULL)
    return JZ_FACT_PRESENT;
  /* What another act has stated of itself is not said of this one. */
  return g_str_has_prefix (name, ACT) ? JZ_FACT_ABSENT
                                      : jz_case_facts_get (self->facts, name, value);
}

/**
 * jz_recording_facts_ask:
 * @facts: facts of a case; what cannot be looked up is told by jz_case_facts_finish()
 * @step: what was done
 * @act: name of the act that did it
 * @bureau: what the bureau has set for acts that the rules leave to it
 *
 * Returns: what the step owes
 */
JzRecordingDuty
jz_recording_facts_ask (JzCaseFacts *facts,
                        const JzStatedRecord *step,
                        const char *act,
                        JzRecordingLevel bureau)
{
  const StepFacts own = { facts, step };
  const JzLimitFacts situation = { facts->limits.rulebook,
                                   facts->limits.calendar,
                                   { .get_fact = get_step_fact, .data = &own } };
  JzRecordingDuty duty = { NULL, JZ_RECORDING_TEXT };

  if (facts->error == NULL)
    (void)!jz_recording_rules_ask (&situation, act, bureau, &duty, &facts->error);
  return duty;
}

/**
 * jz_recording_facts_get_level:
 * @facts: facts of a case
 *
 * Returns: how the bureau has set what the rules leave to it
 */
JzRecordingLevel
jz_recording_facts_get_level (JzCaseFacts *facts)
{
  g_autofree char *word = jz_case_facts_dup_text (
    facts, "SELECT value FROM setting WHERE name = ?1 AND ?2 = '' AND entry <= ?3",
    JZ_RECORDING_SETTING, "");
  JzRecordingLevel level = JZ_RECORDING_CHOOSE;

  (void)!jz_recording_level_from_word (
    word != NULL ? word : jz_setting_find (JZ_RECORDING_SETTING)->otherwise, &level);
  return level;
}

/**
 * jz_recording_facts_list_acts:
 * @facts: facts of a case
 *
 * Returns: (transfer full) (element-type gint64 utf8): which act made what of the case, by arrival
 */
GHashTable *
jz_recording_facts_list_acts (JzCaseFacts *facts)
{
  const GPtrArray *rules = jz_rulebook_get_rules (facts->limits.rulebook, JZ_RULE_RECORDING);
  const JzSituation *tried = facts->situation;
  JzConnection *journal = tried != NULL ? tried->journal : facts->tables;
  GHashTable *acts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (rules->len == 0 || facts->error != NULL)
    return acts;
  rows = jz_connection_query (journal, &facts->error,
                              "SELECT arrival, act FROM entry WHERE case_id = ? AND arrival <= ?",
                              "ti", facts->case_id, facts->until);
  while (rows != NULL && jz_statement_step (rows, &has_row, &facts->error) && has_row) {
    gint64 arrival = jz_statement_get_integer (rows, 0);
    g_hash_table_insert (acts, g_memdup2 (&arrival, sizeof arrival),
                         g_strdup (jz_statement_get_text (rows, 1)));
  }
  if (tried != NULL)
    g_hash_table_insert (acts, g_memdup2 (&tried->arrival, sizeof tried->arrival),
                         g_strdup (tried->act->name));
  return acts;
}

/**
 * jz_recording_facts_speak_of:
 * @facts: facts of a case
 * @act: name of an act
 *
 * Returns: whether a rule on recordings speaks of the act
 */
gboolean
jz_recording_facts_speak_of (const JzCaseFacts *facts, const char *act)
{
  const GPtrArray *rules = jz_rulebook_get_rules (facts->limits.rulebook, JZ_RULE_RECORDING);

  for (guint i = 0; i < rules->len; i++)
    if (jz_recording_rule_names (g_ptr_array_index (rules, i), act))
      return TRUE;
  return FALSE;
}
