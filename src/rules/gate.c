/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/gate.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Asking the gates before an act (rules.md 3). A gate refuses when one of its conditions holds, and
 * also when nobody can say whether it holds: what is not known does not open a gate (design §4). */

static gboolean
matches (const char *pattern, const char *act)
{
  gsize length = strlen (pattern);
  if (pattern[length - 1] == '*')
    return strncmp (pattern, act, length - 1) == 0;
  return strcmp (pattern, act) == 0;
}

/**
 * jz_gate_stands_before:
 * @self: a gate
 * @act: the name of an act
 *
 * Returns: whether the gate is asked before that act; whether it then matters in the case at hand
 *   may still depend on facts
 */
gboolean
jz_gate_stands_before (const JzGateRule *self, const char *act)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (act != NULL, FALSE);

  for (guint i = 0; i < self->on->len; i++) {
    const JzGateOn *on = g_ptr_array_index (self->on, i);
    if (matches (on->act, act))
      return TRUE;
  }
  return FALSE;
}

typedef struct {
  const JzLimitFacts *situation;
  JzFacts facts;
  JzLanguage language;
  JzGateVerdict *verdict;
  GString *trace; /* or NULL: no trace is asked for */
} Asking;

static gboolean
ask (const Asking *self, const JzExpression *condition, JzTruth *truth, GError **error)
{
  *truth = JZ_TRUTH_TRUE;
  if (condition == NULL)
    return TRUE;
  g_autoptr (JzOutcome) outcome = jz_expression_evaluate (
    condition, &self->facts, JZ_EXPRESSION_DEFAULT_STEPS, self->trace != NULL, error);
  if (outcome == NULL)
    return FALSE;
  *truth = jz_outcome_get_truth (outcome);
  if (self->trace != NULL) {
    g_autofree char *text = jz_trace_to_text (jz_outcome_get_trace (outcome));
    g_string_append (self->trace, text);
  }
  jz_outcome_note_missing (outcome, self->verdict->missing);
  return TRUE;
}

/* TRUE before the act for certain, UNKNOWN perhaps. */
static gboolean
ask_whether_it_matters (const Asking *self, const char *act, JzTruth *matters, GError **error)
{
  const JzGateRule *gate = self->verdict->gate;
  *matters = JZ_TRUTH_FALSE;
  for (guint i = 0; i < gate->on->len && *matters != JZ_TRUTH_TRUE; i++) {
    const JzGateOn *on = g_ptr_array_index (gate->on, i);
    JzTruth truth;
    if (act != NULL && !matches (on->act, act))
      continue;
    /* without an act the gate is tried out as such */
    if (!ask (self, act != NULL ? on->when : NULL, &truth, error))
      return FALSE;
    if (truth != JZ_TRUTH_FALSE)
      *matters = truth;
  }
  return TRUE;
}

/* A limit is missing as “limit('TL-P12').due”, and is shown by its name. */
static char *
dup_missing_meaning (const Asking *self, const char *path)
{
  const JzRulebook *rulebook = self->situation->rulebook;
  g_auto (GStrv) parts = g_strsplit (path, "'", 3);
  const JzLimit *limit =
    g_strv_length (parts) == 3 ? jz_rulebook_find_limit (rulebook, parts[1]) : NULL;
  if (limit == NULL)
    return jz_fact_vocabulary_dup_meaning (jz_rulebook_get_fact_vocabulary (rulebook), path,
                                           self->language);
  return g_strdup_printf ("%s (%s)", jz_text_get (&limit->rule.name, self->language),
                          limit->rule.id);
}

static char *
dup_missing_meanings (const Asking *self)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < self->verdict->missing->len; i++) {
    g_autofree char *meaning =
      dup_missing_meaning (self, g_ptr_array_index (self->verdict->missing, i));
    if (i > 0)
      g_string_append (text, self->language == JZ_LANGUAGE_ZH ? "、" : ", ");
    g_string_append (text, meaning);
  }
  return g_string_free (text, FALSE);
}

static void
refuse_unknown (const Asking *self, const JzGateRefusal *refusal)
{
  const JzRule *rule = &self->verdict->gate->rule;
  g_autofree char *basis = jz_rulebook_dup_basis (self->situation->rulebook, rule, self->language);
  g_autofree char *missing = dup_missing_meanings (self);
  g_autofree char *sentence = g_strdup_printf (
    /* Translators: %1$s is the name of a rule, %2$s a list of facts. */
    _ ("“%1$s” cannot be judged because this is not known: %2$s."),
    jz_text_get (&rule->name, self->language), missing);
  self->verdict->is_unknown = TRUE;
  self->verdict->refusal = jz_refusal_new (rule->id, refusal->level, sentence, basis,
                                           _ ("Enter what is not known, and try again."));
}

static void
refuse (const Asking *self, const JzGateRefusal *refusal)
{
  const JzRule *rule = &self->verdict->gate->rule;
  g_autofree char *basis = jz_rulebook_dup_basis (self->situation->rulebook, rule, self->language);
  g_autofree char *sentence =
    jz_sentence_fill (&refusal->sentence, refusal->when, self->situation, self->language);
  g_autofree char *clears = NULL;
  if (refusal->clears.zh != NULL)
    clears = jz_sentence_fill (&refusal->clears, refusal->when, self->situation, self->language);
  g_ptr_array_set_size (self->verdict->missing, 0);
  self->verdict->refusal = jz_refusal_new (rule->id, refusal->level, sentence, basis, clears);
}

/* The first that holds is told; if none does, the first of which nobody can say it. */
static gboolean
ask_refusals (const Asking *self, JzTruth matters, GError **error)
{
  const JzGateRule *gate = self->verdict->gate;
  const JzGateRefusal *unknown = NULL;
  for (guint i = 0; i < gate->refusals->len; i++) {
    const JzGateRefusal *refusal = g_ptr_array_index (gate->refusals, i);
    JzTruth truth;
    if (!ask (self, refusal->when, &truth, error))
      return FALSE;
    if (truth == JZ_TRUTH_TRUE && matters == JZ_TRUTH_TRUE) {
      refuse (self, refusal);
      return TRUE;
    }
    if (truth != JZ_TRUTH_FALSE && unknown == NULL)
      unknown = refusal;
  }
  if (unknown != NULL)
    refuse_unknown (self, unknown);
  else
    g_ptr_array_set_size (self->verdict->missing, 0);
  return TRUE;
}

/* All that hold for certain; what is not known is no warning. */
static gboolean
ask_warnings (const Asking *self, GError **error)
{
  const GPtrArray *warnings = self->verdict->gate->warnings;
  for (guint i = 0; i < warnings->len; i++) {
    const JzGateWarning *warning = g_ptr_array_index (warnings, i);
    JzTruth truth;
    if (!ask (self, warning->when, &truth, error))
      return FALSE;
    if (truth == JZ_TRUTH_TRUE)
      g_ptr_array_add (self->verdict->warnings, jz_sentence_fill (&warning->sentence, warning->when,
                                                                  self->situation, self->language));
  }
  g_ptr_array_set_size (self->verdict->missing, 0);
  return TRUE;
}

/**
 * jz_gate_ask:
 * @self: a gate of the situation's rulebook
 * @situation: what is the case
 * @act: (nullable): the act that is tried, %NULL to try the gate itself
 * @language: in which language it is to speak
 * @tracing: whether to tell how the conditions came out
 * @error: return location
 *
 * Asks a gate.
 *
 * Returns: (transfer full): what it said; or %NULL with a %JZ_BASE_ERROR when a condition cannot be
 *   evaluated at all, which the caller must treat like a refusal
 */
JzGateVerdict *
jz_gate_ask (const JzGateRule *self,
             const JzLimitFacts *situation,
             const char *act,
             JzLanguage language,
             gboolean tracing,
             GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (situation != NULL, NULL);

  g_autoptr (JzGateVerdict) verdict = g_new0 (JzGateVerdict, 1);
  g_autoptr (GString) trace = tracing ? g_string_new (NULL) : NULL;
  verdict->gate = self;
  verdict->missing = g_ptr_array_new_with_free_func (g_free);
  verdict->warnings = g_ptr_array_new_with_free_func (g_free);
  const Asking asking = {
    .situation = situation,
    .facts = jz_limit_facts_get_facts (situation),
    .language = language,
    .verdict = verdict,
    .trace = trace,
  };
  JzTruth matters;
  if (!ask_whether_it_matters (&asking, act, &matters, error) ||
      (matters != JZ_TRUTH_FALSE && !ask_refusals (&asking, matters, error)))
    return NULL;
  if (matters == JZ_TRUTH_TRUE && verdict->refusal == NULL && !ask_warnings (&asking, error))
    return NULL;
  if (trace != NULL)
    verdict->trace = g_strdup (trace->str);
  return g_steal_pointer (&verdict);
}

/**
 * jz_gates_ask_all:
 * @situation: what is the case
 * @act: the act that is tried
 * @language: in which language they are to speak
 * @error: return location
 *
 * Asks every gate that stands before an act, by id.
 *
 * Returns: (transfer full) (element-type JzGateVerdict): what each said; or %NULL as jz_gate_ask()
 */
GPtrArray *
jz_gates_ask_all (const JzLimitFacts *situation,
                  const char *act,
                  JzLanguage language,
                  GError **error)
{
  g_return_val_if_fail (situation != NULL, NULL);
  g_return_val_if_fail (act != NULL, NULL);

  const GPtrArray *gates = jz_rulebook_get_rules (situation->rulebook, JZ_RULE_GATE);
  g_autoptr (GPtrArray) verdicts =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_gate_verdict_free);
  for (guint i = 0; i < gates->len; i++) {
    const JzGateRule *gate = g_ptr_array_index (gates, i);
    if (!jz_gate_stands_before (gate, act))
      continue;
    JzGateVerdict *verdict = jz_gate_ask (gate, situation, act, language, FALSE, error);
    if (verdict == NULL)
      return NULL;
    g_ptr_array_add (verdicts, verdict);
  }
  return g_steal_pointer (&verdicts);
}

/**
 * jz_gate_verdict_free:
 * @self: (transfer full): a verdict
 *
 * Frees it.
 */
void
jz_gate_verdict_free (JzGateVerdict *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->refusal, jz_refusal_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_free (self->trace);
  g_free (self);
}
