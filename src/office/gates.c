/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/gates.h"

#include <string.h>

#include "office/case_facts.h"
#include "office/rulebooks.h"
#include "rules/gate.h"

/* The gates of the rulebook that a case is kept under stand before its acts (design §1, §4). They
 * look at the case as it would be if the act were done, both when it is tried and when the store is
 * verified. What the head has let through by gate.override passes those of level BLOCK* once, for
 * one act, as long as what is decided is the same. */

/* The refusals of a list of verdicts: the first that nobody can lift, or else the first. */
static const JzRefusal *
find_refusal (const GPtrArray *verdicts, GPtrArray *liftable)
{
  const JzRefusal *first = NULL;

  for (guint i = 0; i < verdicts->len; i++) {
    const JzGateVerdict *verdict = g_ptr_array_index (verdicts, i);
    if (verdict->refusal == NULL)
      continue;
    if (jz_refusal_get_level (verdict->refusal) == JZ_REFUSAL_BLOCK)
      return verdict->refusal;
    g_ptr_array_add (liftable, (gpointer)jz_refusal_get_rule (verdict->refusal));
    first = first != NULL ? first : verdict->refusal;
  }
  return first;
}

/* The rules of an override stand in a row, each between two bars. */
static gboolean
covers (const char *rules, const GPtrArray *needed)
{
  for (guint i = 0; i < needed->len; i++) {
    g_autofree char *word = g_strdup_printf ("|%s|", (char *)g_ptr_array_index (needed, i));
    if (strstr (rules, word) == NULL)
      return FALSE;
  }
  return TRUE;
}

/* The first one that was not used and covers all; found again in the same way when verifying. */
static gboolean
find_override (const JzSituation *situation,
               const JzHash *basis,
               const GPtrArray *needed,
               JzMaybeHash *override,
               GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    situation->tables, error,
    "SELECT hash, rules FROM gate_override WHERE case_id = ? AND act = ? AND basis = ? AND "
    "used_by = 0 ORDER BY entry",
    "tth", situation->case_id, situation->act->name, basis);

  override->is_present = FALSE;
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (covers (jz_statement_get_text (rows, 1), needed)) {
      override->is_present = jz_statement_get_hash (rows, 0, &override->hash);
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
judge (const JzSituation *situation,
       const JzCaseFacts *facts,
       const GPtrArray *verdicts,
       JzRefusal **refusal,
       GError **error)
{
  g_autoptr (GPtrArray) liftable = g_ptr_array_new ();
  const JzRefusal *found = find_refusal (verdicts, liftable);
  JzMaybeHash override = { 0 };
  JzHash basis;

  if (found == NULL)
    return TRUE;
  basis = jz_case_facts_get_basis (facts);
  if (jz_refusal_get_level (found) == JZ_REFUSAL_OVERRIDABLE &&
      !find_override (situation, &basis, liftable, &override, error))
    return FALSE;
  if (!override.is_present)
    *refusal = jz_refusal_copy (found);
  else if (situation->override != NULL)
    *situation->override = override;
  return TRUE;
}

static gboolean
ask (const JzCaseFacts *facts,
     const char *act,
     GPtrArray *verdicts,
     GPtrArray *rules,
     GError **error)
{
  GPtrArray *answers =
    jz_gates_ask_all (jz_case_facts_get_limits (facts), act, jz_language_get_current (), error);

  if (answers == NULL)
    return FALSE;
  for (guint i = 0; i < answers->len; i++) {
    const JzGateVerdict *verdict = g_ptr_array_index (answers, i);
    g_ptr_array_add (rules, g_strdup (verdict->gate->rule.id));
  }
  g_ptr_array_extend_and_steal (verdicts, answers);
  return TRUE;
}

static void
tell_warnings (const JzSituation *situation, const GPtrArray *verdicts)
{
  for (guint i = 0; situation->warnings != NULL && i < verdicts->len; i++) {
    const JzGateVerdict *verdict = g_ptr_array_index (verdicts, i);
    for (guint j = 0; j < verdict->warnings->len; j++) {
      const char *sentence = g_ptr_array_index (verdict->warnings, j);
      if (!g_ptr_array_find_with_equal_func (situation->warnings, sentence, g_str_equal, NULL))
        g_ptr_array_add (situation->warnings, g_strdup (sentence));
    }
  }
}

/**
 * jz_gates_check:
 * @situation: what is tried; its `override` gets the one that lets it through, and its `warnings`
 *   what the gates tell besides
 * @rules: (element-type utf8): gets the ids of the gates that were asked
 * @refusal: (out): set when one refuses
 * @data: unused
 * @error: return location
 *
 * Asks every gate of the case's rulebook that stands before the act. Without a rulebook there are
 * none; what concerns no case passes none.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_gates_check (const JzSituation *situation,
                GPtrArray *rules,
                JzRefusal **refusal,
                gpointer data,
                GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzRulebook *rulebook;
  const char *also =
    situation->act->get_also_asked != NULL ? situation->act->get_also_asked (situation) : NULL;
  g_autoptr (JzCaseFacts) facts = NULL;
  g_autoptr (GPtrArray) verdicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_gate_verdict_free);

  if (situation->override != NULL)
    situation->override->is_present = FALSE;
  if (situation->act->scope == JZ_SCOPE_BUREAU || situation->objects == NULL)
    return TRUE;
  if (!jz_situation_find_rulebook (situation, &hash, error))
    return FALSE;
  if (!hash.is_present)
    return TRUE;
  rulebook = jz_rulebooks_get (situation->objects, &hash.hash, error);
  facts = rulebook != NULL ? jz_case_facts_new_for (situation, rulebook, error) : NULL;
  if (facts == NULL || !ask (facts, situation->act->name, verdicts, rules, error) ||
      (also != NULL && !ask (facts, also, verdicts, rules, error)))
    return FALSE;
  tell_warnings (situation, verdicts);
  return jz_case_facts_finish (facts, error) && judge (situation, facts, verdicts, refusal, error);
}
