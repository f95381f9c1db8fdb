/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/procedure.h"

#include <string.h>

#include "base/record.h"

/* Which stages of a case are open (rules.md 1.2 and its order note). A stage is reached when it
 * starts the procedure or a stage that is done leads to it; it is open when nothing that must come
 * before it is left. The order is partial: whether the review stands before or after the notice is
 * for the rules of the field to say, and whether a hearing stands before the review for the case.
 */

#define STAGES "procedure.stages"

typedef struct {
  const JzRulebook *rulebook;
  JzFacts facts;
  GHashTable *done; /* ids of the stages that are done */
} Walk;

static const char *
get_text (const JzRecord *record, const char *field)
{
  const JzValue *value = NULL;
  return jz_record_get (record, field, &value) == JZ_FACT_PRESENT ? jz_value_get_text (value)
                                                                  : NULL;
}

/* The last entry of a stage says how it stands: what is to be done again is not done. */
static void
find_done (Walk *self)
{
  g_autoptr (JzValue) list = NULL;
  if (self->facts.get_fact (self->facts.data, STAGES, &list) != JZ_FACT_PRESENT)
    return;
  for (guint i = 0; i < jz_value_get_n_records (list); i++) {
    const JzRecord *record = jz_value_get_record (list, i);
    const char *stage = get_text (record, "stage");
    const char *state = get_text (record, "state");
    if (stage == NULL || jz_rulebook_find_stage (self->rulebook, stage) == NULL)
      continue;
    if (g_strcmp0 (state, "redo") == 0)
      g_hash_table_remove (self->done, stage);
    else
      g_hash_table_add (self->done, g_strdup (stage));
  }
}

static gboolean
is_done (const Walk *self, const char *id)
{
  return g_hash_table_contains (self->done, id);
}

static gboolean
ask (const Walk *self, const JzExpression *when, GPtrArray *missing, JzTruth *truth, GError **error)
{
  *truth = JZ_TRUTH_TRUE;
  if (when == NULL)
    return TRUE;
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (when, &self->facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);
  if (outcome == NULL)
    return FALSE;
  *truth = jz_outcome_get_truth (outcome);
  jz_outcome_note_missing (outcome, missing);
  return TRUE;
}

/* Whether a stage that is done leads here; TRUE as soon as one surely does. */
static gboolean
ask_reached (const Walk *self,
             const JzProcedure *procedure,
             JzStageStanding *standing,
             JzTruth *reached,
             GError **error)
{
  *reached = standing->stage->is_start ? JZ_TRUTH_TRUE : JZ_TRUTH_FALSE;
  for (guint i = 0; i < procedure->stages->len; i++) {
    const JzStage *from = g_ptr_array_index (procedure->stages, i);
    for (guint j = 0; is_done (self, from->rule.id) && j < from->next->len; j++) {
      const JzStageItem *next = g_ptr_array_index (from->next, j);
      JzTruth truth;
      if (*reached == JZ_TRUTH_TRUE || strcmp (next->name, standing->stage->rule.id) != 0)
        continue;
      if (!ask (self, next->when, standing->missing, &truth, error))
        return FALSE;
      if (truth != JZ_TRUTH_FALSE)
        *reached = truth;
    }
  }
  if (*reached != JZ_TRUTH_UNKNOWN)
    g_ptr_array_set_size (standing->missing, 0);
  return TRUE;
}

/* What must come before and is not done; *@is_certain is FALSE when of some of it nobody knows. */
static gboolean
find_unmet (const Walk *self, JzStageStanding *standing, gboolean *is_certain, GError **error)
{
  *is_certain = TRUE;
  for (guint i = 0; i < standing->stage->after->len; i++) {
    JzStageOrder *order = g_ptr_array_index (standing->stage->after, i);
    JzTruth truth;
    if (is_done (self, order->stage))
      continue;
    if (!ask (self, order->when, standing->missing, &truth, error))
      return FALSE;
    if (truth == JZ_TRUTH_TRUE)
      g_ptr_array_add (standing->unmet, order);
    else if (truth == JZ_TRUTH_UNKNOWN)
      *is_certain = FALSE;
  }
  return TRUE;
}

static gboolean
judge (const Walk *self, const JzProcedure *procedure, JzStageStanding *standing, GError **error)
{
  JzTruth reached;
  gboolean is_certain;
  if (is_done (self, standing->stage->rule.id)) {
    standing->state = JZ_STAGE_DONE;
    return TRUE;
  }
  if (!ask_reached (self, procedure, standing, &reached, error))
    return FALSE;
  standing->state = reached == JZ_TRUTH_FALSE ? JZ_STAGE_NOT_REACHED : JZ_STAGE_UNKNOWN;
  if (reached != JZ_TRUTH_TRUE)
    return TRUE;
  if (!find_unmet (self, standing, &is_certain, error))
    return FALSE;
  if (standing->unmet->len > 0)
    standing->state = JZ_STAGE_BLOCKED;
  else
    standing->state = is_certain ? JZ_STAGE_OPEN : JZ_STAGE_UNKNOWN;
  return TRUE;
}

/**
 * jz_procedure_get_standings:
 * @self: a procedure of the situation's rulebook
 * @situation: what is the case; `procedure.stages` says which stages were gone through
 * @error: return location
 *
 * Tells of every stage of a procedure how it stands now.
 *
 * Returns: (transfer full) (element-type JzStageStanding): the stages by id, or %NULL with a
 *   %JZ_BASE_ERROR when a condition cannot be evaluated
 */
GPtrArray *
jz_procedure_get_standings (const JzProcedure *self, const JzLimitFacts *situation, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (situation != NULL, NULL);

  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) standings =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_stage_standing_free);
  Walk walk = { situation->rulebook, jz_limit_facts_get_facts (situation), done };
  find_done (&walk);
  for (guint i = 0; i < self->stages->len; i++) {
    JzStageStanding *standing = g_new0 (JzStageStanding, 1);
    g_ptr_array_add (standings, standing);
    standing->stage = g_ptr_array_index (self->stages, i);
    standing->unmet = g_ptr_array_new ();
    standing->missing = g_ptr_array_new_with_free_func (g_free);
    if (!judge (&walk, self, standing, error))
      return NULL;
  }
  return g_steal_pointer (&standings);
}

/**
 * jz_stage_standing_free:
 * @self: (transfer full): a standing
 *
 * Frees it.
 */
void
jz_stage_standing_free (JzStageStanding *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->unmet);
  g_ptr_array_unref (self->missing);
  g_free (self);
}

/**
 * jz_stage_state_get_word:
 * @state: how a stage stands
 *
 * Returns: (transfer none): its word in JSON
 */
const char *
jz_stage_state_get_word (JzStageState state)
{
  static const char *const words[] = {
    [JZ_STAGE_NOT_REACHED] = "not_reached",
    [JZ_STAGE_OPEN] = "open",
    [JZ_STAGE_BLOCKED] = "blocked",
    [JZ_STAGE_UNKNOWN] = "unknown",
    [JZ_STAGE_DONE] = "done",
  };
  g_return_val_if_fail (state < G_N_ELEMENTS (words), NULL);
  return words[state];
}
