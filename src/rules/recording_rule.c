/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/recording_rule.h"

#include <string.h>

#include "rules/rulebook-private.h"

/* What an act owes of sound and picture (rules.md 5; ): read from the rulebook,
 * and asked of facts. Where several rules speak of an act, the strictest is the one that counts. */

#define MARK_KINDS "mark-kind"

static const char *const level_words[] = {
  [JZ_RECORDING_TEXT] = "text",     [JZ_RECORDING_BUREAU] = "bureau",
  [JZ_RECORDING_CHOOSE] = "choose", [JZ_RECORDING_MUST] = "must",
  [JZ_RECORDING_FULL] = "full",     [JZ_RECORDING_FORBIDDEN] = "forbidden",
};

/**
 * jz_recording_level_get_word:
 * @level: a level
 *
 * Returns: (transfer none): its word in rulebooks and in the vocabulary of facts
 */
const char *
jz_recording_level_get_word (JzRecordingLevel level)
{
  g_return_val_if_fail (level < G_N_ELEMENTS (level_words), NULL);

  return level_words[level];
}

/**
 * jz_recording_level_from_word:
 * @word: a word
 * @level: (out): the level that it names
 *
 * Returns: whether it names one
 */
gboolean
jz_recording_level_from_word (const char *word, JzRecordingLevel *level)
{
  g_return_val_if_fail (word != NULL && level != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (level_words); i++)
    if (strcmp (level_words[i], word) == 0) {
      *level = (JzRecordingLevel)i;
      return TRUE;
    }
  return FALSE;
}

static void
free_shot (gpointer data)
{
  JzRecordingShot *self = data;
  g_free (self->id);
  g_free (self->mark);
  jz_text_clear (&self->name);
  g_free (self);
}

static void
free_words (gpointer data)
{
  JzRecordingWords *self = data;
  g_free (self->part);
  g_free (self->mark);
  jz_text_clear (&self->words);
  g_free (self);
}

static gboolean
add_shot (JzRuleReader *reader, const xmlNode *element, JzRecordingRule *rule, GError **error)
{
  JzRecordingShot *shot = g_new0 (JzRecordingShot, 1);
  g_ptr_array_add (rule->shots, shot);
  shot->id = jz_xml_dup_attribute (element, "id");
  shot->mark = jz_xml_dup_attribute (element, "mark");
  return (shot->mark == NULL ||
          jz_rule_reader_check_word (reader, element, MARK_KINDS, shot->mark, error)) &&
         jz_reader_read_text (reader->place->source->document, element, "name", &shot->name, error);
}

static gboolean
add_words (JzRuleReader *reader, const xmlNode *element, JzRecordingRule *rule, GError **error)
{
  JzRecordingWords *words = g_new0 (JzRecordingWords, 1);
  g_ptr_array_add (rule->words, words);
  words->part = jz_xml_dup_attribute (element, "part");
  words->mark = jz_xml_dup_attribute (element, "mark");
  return (words->mark == NULL ||
          jz_rule_reader_check_word (reader, element, MARK_KINDS, words->mark, error)) &&
         jz_reader_read_text (reader->place->source->document, element, "sentence", &words->words,
                              error);
}

gboolean
jz_recording_rule_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzRecordingRule *self = (JzRecordingRule *)rule;
  g_autofree char *level = jz_xml_dup_attribute (element, "level");
  g_autofree char *notes = jz_xml_dup_attribute (element, "note");
  (void)!jz_recording_level_from_word (level, &self->level);
  self->takes_photos = jz_reader_is_yes (element, "photo");
  self->allowed_gap = jz_reader_read_number (element, "gap-seconds", JZ_RECORDING_GAP);
  self->n_hours = jz_reader_read_number (element, "store-hours", JZ_RECORDING_HOURS);
  self->notes = g_strsplit (notes != NULL ? notes : "", " ", -1);
  self->on = jz_gate_on_list_new ();
  self->shots = g_ptr_array_new_with_free_func (free_shot);
  self->words = g_ptr_array_new_with_free_func (free_words);
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (jz_xml_is_element (child, "on") && !jz_gate_on_read (reader, child, self->on, error))
      return FALSE;
    if (jz_xml_is_element (child, "shot") && !add_shot (reader, child, self, error))
      return FALSE;
    if (jz_xml_is_element (child, "say") && !add_words (reader, child, self, error))
      return FALSE;
  }
  return TRUE;
}

void
jz_recording_rule_clear (JzRule *rule)
{
  JzRecordingRule *self = (JzRecordingRule *)rule;
  g_clear_pointer (&self->notes, g_strfreev);
  g_clear_pointer (&self->on, g_ptr_array_unref);
  g_clear_pointer (&self->shots, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
}

/**
 * jz_recording_rule_names:
 * @self: a rule
 * @act: name of an act
 *
 * Returns: whether the rule speaks of that act; whether it does in the case at hand may still
 *   depend on facts
 */
gboolean
jz_recording_rule_names (const JzRecordingRule *self, const char *act)
{
  g_return_val_if_fail (self != NULL && act != NULL, FALSE);

  for (guint i = 0; i < self->on->len; i++)
    if (strcmp (((const JzGateOn *)g_ptr_array_index (self->on, i))->act, act) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
ask_on (const JzGateOn *on, const JzFacts *facts, JzTruth *truth, GError **error)
{
  g_autoptr (JzOutcome) outcome = NULL;
  *truth = JZ_TRUTH_TRUE;
  if (on->when == NULL)
    return TRUE;
  outcome = jz_expression_evaluate (on->when, facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);
  if (outcome != NULL)
    *truth = jz_outcome_get_truth (outcome);
  return outcome != NULL;
}

/**
 * jz_recording_rule_ask:
 * @self: a rule
 * @situation: what is the case
 * @act: name of an act
 * @error: return location
 *
 * Returns: whether the rule speaks of the act in this case; unknown when that hangs on a fact that
 *   nobody has stated, and when @error is set
 */
JzTruth
jz_recording_rule_ask (const JzRecordingRule *self,
                       const JzLimitFacts *situation,
                       const char *act,
                       GError **error)
{
  g_return_val_if_fail (self != NULL && situation != NULL && act != NULL, JZ_TRUTH_UNKNOWN);

  const JzFacts facts = jz_limit_facts_get_facts (situation);
  JzTruth found = JZ_TRUTH_FALSE;
  for (guint i = 0; i < self->on->len && found != JZ_TRUTH_TRUE; i++) {
    const JzGateOn *on = g_ptr_array_index (self->on, i);
    JzTruth truth = JZ_TRUTH_FALSE;
    if (strcmp (on->act, act) != 0)
      continue;
    if (!ask_on (on, &facts, &truth, error))
      return JZ_TRUTH_UNKNOWN;
    if (truth != JZ_TRUTH_FALSE)
      found = truth;
  }
  return found;
}

/**
 * jz_recording_rules_ask:
 * @situation: what is the case, with its rulebook
 * @act: name of an act
 * @bureau: what the bureau has set for acts that the rules leave to it
 * @duty: (out): what the act owes
 * @error: return location
 *
 * A rule that cannot be decided, because a fact is missing, does not count: what is owed must be
 * certain, since a step that is not recorded cannot be recorded any more.
 *
 * Returns: %FALSE with a %JZ_BASE_ERROR when a condition cannot be evaluated
 */
gboolean
jz_recording_rules_ask (const JzLimitFacts *situation,
                        const char *act,
                        JzRecordingLevel bureau,
                        JzRecordingDuty *duty,
                        GError **error)
{
  g_return_val_if_fail (situation != NULL && act != NULL && duty != NULL, FALSE);

  const GPtrArray *rules = jz_rulebook_get_rules (situation->rulebook, JZ_RULE_RECORDING);
  *duty = (JzRecordingDuty){ NULL, JZ_RECORDING_TEXT };
  for (guint i = 0; i < rules->len; i++) {
    const JzRecordingRule *rule = g_ptr_array_index (rules, i);
    JzRecordingLevel level = rule->level == JZ_RECORDING_BUREAU ? bureau : rule->level;
    g_autoptr (GError) local = NULL;
    JzTruth truth;
    if (!jz_recording_rule_names (rule, act) || (duty->rule != NULL && level <= duty->level))
      continue;
    truth = jz_recording_rule_ask (rule, situation, act, &local);
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (truth == JZ_TRUTH_TRUE)
      *duty = (JzRecordingDuty){ rule, level };
  }
  return TRUE;
}

/**
 * jz_recording_rule_find_shot:
 * @self: a rule
 * @id: id of a shot
 *
 * Returns: (transfer none) (nullable): the shot that a recording by this rule must show
 */
const JzRecordingShot *
jz_recording_rule_find_shot (const JzRecordingRule *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->shots->len; i++) {
    const JzRecordingShot *shot = g_ptr_array_index (self->shots, i);
    if (strcmp (shot->id, id) == 0)
      return shot;
  }
  return NULL;
}
