/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/trigger.h"

static gboolean
ask_trigger (JzTriggerScope *self, const JzTrigger *trigger, const JzFacts *facts, GError **error)
{
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (trigger->when, facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);
  if (outcome == NULL)
    return FALSE;
  JzTruth truth = jz_outcome_get_truth (outcome);
  if (truth == JZ_TRUTH_TRUE)
    g_ptr_array_add (self->holding, (gpointer)trigger);
  jz_outcome_note_missing (outcome, self->missing);
  return TRUE;
}

/**
 * jz_triggers_ask:
 * @purpose: for the review or for hearings
 * @situation: what is the case
 * @error: return location
 *
 * Asks every trigger of a purpose (rules.md 4.1): whether the decision must pass the legal review,
 * or whether the party has a right to a hearing.
 *
 * Returns: (transfer full): the answer with its reasons, or %NULL with a %JZ_BASE_ERROR when a
 *   condition cannot be evaluated
 */
JzTriggerScope *
jz_triggers_ask (JzTriggerPurpose purpose, const JzLimitFacts *situation, GError **error)
{
  g_return_val_if_fail (situation != NULL, NULL);

  const GPtrArray *triggers = jz_rulebook_get_rules (situation->rulebook, JZ_RULE_TRIGGER);
  const JzFacts facts = jz_limit_facts_get_facts (situation);
  g_autoptr (JzTriggerScope) self = g_new0 (JzTriggerScope, 1);
  self->holding = g_ptr_array_new ();
  self->missing = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < triggers->len; i++) {
    const JzTrigger *trigger = g_ptr_array_index (triggers, i);
    if (trigger->purpose == purpose && !ask_trigger (self, trigger, &facts, error))
      return NULL;
  }
  if (self->holding->len > 0) {
    self->truth = JZ_TRUTH_TRUE;
    g_ptr_array_set_size (self->missing, 0);
  } else {
    self->truth = self->missing->len > 0 ? JZ_TRUTH_UNKNOWN : JZ_TRUTH_FALSE;
  }
  return g_steal_pointer (&self);
}

/**
 * jz_trigger_scope_free:
 * @self: (transfer full): an answer
 *
 * Frees it.
 */
void
jz_trigger_scope_free (JzTriggerScope *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->holding, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self);
}
