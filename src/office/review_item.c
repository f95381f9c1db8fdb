/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review_item.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_facts-private.h"
#include "rules/gate.h"

/* What the program itself can say of an item of a review (rules.md 4.3), so that the reviewer
 * judges only what it cannot clear. Gates before the decision are tried now; the others stood
 * before acts that were done, and are looked up in the journal. What nobody can say is for a person
 * to judge. */

/* Until this act nothing is decided: its gates are tried in a review. */
#define FINAL_ACT "decision.approve"

/* From what is easily said to what weighs most: the heaviest answer of its rules is the item's. */
typedef enum {
  RESULT_NONE,
  RESULT_PASS,
  RESULT_UNKNOWN,
  RESULT_FAIL,
} Result;

typedef struct {
  const JzItemAsking *asking;
  const JzLimitFacts *situation;
  JzLanguage language;
  Result result;
  JzJson *sentences;
  JzJson *values;
  JzJson *limits;
  GHashTable *seen; /* facts whose values are told */
} Answer;

static const char *
get_word (Result result)
{
  static const char *const words[] = {
    [RESULT_NONE] = "none",
    [RESULT_PASS] = "pass",
    [RESULT_UNKNOWN] = "unknown",
    [RESULT_FAIL] = "fail",
  };
  return words[result];
}

static void
tell (Answer *self, Result result, const JzRule *rule, const char *sentence, const char *clears)
{
  JzJson *json = jz_json_new_object ();
  g_autofree char *basis =
    rule != NULL ? jz_rulebook_dup_basis (self->situation->rulebook, rule, self->language) : NULL;

  jz_json_set_text (json, "result", get_word (result));
  jz_json_set_text (json, "sentence", sentence);
  if (rule != NULL)
    jz_json_set_text (json, "rule", rule->id);
  if (basis != NULL)
    jz_json_set_text (json, "basis", basis);
  if (clears != NULL)
    jz_json_set_text (json, "clears", clears);
  jz_json_append (self->sentences, json);
  self->result = MAX (self->result, result);
}

/* What stands first in each record of a list: how many there are says little. */
static char *
dup_records (Answer *self, const JzFactDefinition *list, const JzValue *value)
{
  const JzFactDefinition *field =
    list->fields->len > 0 ? g_ptr_array_index (list->fields, 0) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; field != NULL && i < jz_value_get_n_records (value); i++) {
    const JzValue *first = NULL;
    g_autofree char *word = NULL;
    if (jz_record_get (jz_value_get_record (value, i), field->name, &first) != JZ_FACT_PRESENT)
      continue;
    word = jz_fact_definition_dup_words (field, first, self->language);
    /* Translators: stands between the entries of a list. */
    g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", word);
  }
  return g_string_free (text, FALSE);
}

/* The tier of a benchmark is stated by its id. */
static char *
dup_value (Answer *self, const JzFactDefinition *definition, const JzValue *value)
{
  const JzTier *tier = strcmp (definition->name, "discretion.tier") == 0
                         ? jz_case_facts_get_tier (self->asking->facts)
                         : NULL;

  if (tier != NULL)
    return g_strdup (jz_text_get (&tier->name, self->language));
  if (jz_value_get_kind (value) == JZ_VALUE_LIST && jz_value_get_n_records (value) > 0)
    return dup_records (self, definition, value);
  return jz_fact_definition_dup_words (definition, value, self->language);
}

static void
add_value (Answer *self, const JzFactDefinition *definition)
{
  g_autoptr (JzValue) value = NULL;
  g_autofree char *text = NULL;
  g_autofree char *meaning = NULL;
  JzJson *json;

  if (!g_hash_table_add (self->seen, definition->name))
    return;
  if (jz_case_facts_get (self->asking->facts, definition->name, &value) == JZ_FACT_PRESENT)
    text = dup_value (self, definition, value);
  meaning = jz_fact_vocabulary_dup_meaning (
    jz_rulebook_get_fact_vocabulary (self->situation->rulebook), definition->name, self->language);
  json = jz_json_new_object ();
  jz_json_set_text (json, "fact", definition->name);
  jz_json_set_text (json, "name", meaning);
  if (text != NULL)
    jz_json_set_text (json, "value", text);
  jz_json_append (self->values, json);
}

/* The facts that a condition looked at, in the order of its text. */
static void
collect_values (Answer *self, const JzTrace *trace)
{
  for (const JzTrace *part = trace; part != NULL; part = part->next) {
    g_autofree char *name = g_strndup (part->text, part->length);
    const JzFactDefinition *definition =
      jz_fact_vocabulary_find (jz_rulebook_get_fact_vocabulary (self->situation->rulebook), name);
    if (definition != NULL && strcmp (definition->name, name) == 0)
      add_value (self, definition);
    collect_values (self, part->first_child);
  }
}

static gboolean
ask (Answer *self, const JzExpression *condition, JzTruth *truth, GError **error)
{
  JzFacts facts = jz_limit_facts_get_facts (self->situation);
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (condition, &facts, JZ_EXPRESSION_DEFAULT_STEPS, TRUE, error);

  if (outcome == NULL)
    return FALSE;
  *truth = jz_outcome_get_truth (outcome);
  collect_values (self, jz_outcome_get_trace (outcome));
  return TRUE;
}

static gboolean
collect_values_of_gate (Answer *self, const JzGateRule *gate, GError **error)
{
  for (guint i = 0; i < gate->refusals->len; i++) {
    const JzGateRefusal *refusal = g_ptr_array_index (gate->refusals, i);
    JzTruth truth;
    if (refusal->when != NULL && !ask (self, refusal->when, &truth, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
try_gate (Answer *self, const JzGateRule *gate, GError **error)
{
  g_autoptr (JzGateVerdict) verdict =
    jz_gate_ask (gate, self->situation, NULL, self->language, FALSE, error);
  g_autofree char *sentence = NULL;

  if (verdict == NULL || !collect_values_of_gate (self, gate, error))
    return FALSE;
  if (verdict->refusal != NULL) {
    tell (self, verdict->is_unknown ? RESULT_UNKNOWN : RESULT_FAIL, &gate->rule,
          jz_refusal_get_sentence (verdict->refusal), jz_refusal_get_clears (verdict->refusal));
    return TRUE;
  }
  sentence = g_strdup_printf (_ ("Asked now, “%s” finds nothing against the decision."),
                              jz_text_get (&gate->rule.name, self->language));
  tell (self, RESULT_PASS, &gate->rule, sentence, NULL);
  return TRUE;
}

/* Whether the head let an act through although the gate refused it. */
static gboolean
count_overrides (Answer *self, const char *gate, gint64 *n_overrides, GError **error)
{
  g_autofree char *word = g_strdup_printf ("|%s|", gate);

  return jz_connection_get_number (self->asking->facts->tables, n_overrides, error,
                                   "SELECT count (*) FROM gate_override WHERE case_id = ? AND "
                                   "used_by > 0 AND instr (rules, ?) > 0",
                                   "tt", self->asking->case_id, word);
}

static gboolean
count_acts (Answer *self, const JzGateRule *gate, guint *n_acts, char **last, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->asking->journal, error,
    "SELECT act, time FROM entry WHERE case_id = ? AND arrival <= ? ORDER BY arrival", "ti",
    self->asking->case_id, self->asking->until);

  *n_acts = 0;
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!jz_gate_stands_before (gate, jz_statement_get_text (rows, 0)))
      continue;
    *n_acts += 1;
    g_free (*last);
    *last = g_strndup (jz_statement_get_text (rows, 1), JZ_DATE_SIZE - 1);
  }
  return FALSE;
}

/* The gate was asked when its acts were done, and what it refuses is never done. */
static gboolean
look_up_gate (Answer *self, const JzGateRule *gate, GError **error)
{
  g_autofree char *last = NULL;
  g_autofree char *sentence = NULL;
  const char *name = jz_text_get (&gate->rule.name, self->language);
  gint64 n_overrides = 0;
  guint n_acts = 0;

  if (!count_acts (self, gate, &n_acts, &last, error) ||
      !count_overrides (self, gate->rule.id, &n_overrides, error))
    return FALSE;
  if (n_acts == 0)
    sentence = g_strdup_printf (_ ("“%s”: nothing of the kind was done in this case."), name);
  else if (n_overrides > 0)
    sentence = g_strdup_printf (
      _ ("“%1$s” refused something in this case, and the head let it through."), name);
  else
    sentence = g_strdup_printf (ngettext ("“%1$s” was asked before %2$u step of this case and let "
                                          "it through, on %3$s.",
                                          "“%1$s” was asked before %2$u steps of this case and let "
                                          "them through, last on %3$s.",
                                          n_acts),
                                name, n_acts, last);
  tell (self,
        n_acts == 0       ? RESULT_NONE
        : n_overrides > 0 ? RESULT_UNKNOWN
                          : RESULT_PASS,
        &gate->rule, sentence, NULL);
  return TRUE;
}

static gboolean
answer_by_gate (Answer *self, const JzGateRule *gate, GError **error)
{
  return jz_gate_stands_before (gate, FINAL_ACT) ? try_gate (self, gate, error)
                                                 : look_up_gate (self, gate, error);
}

/* The day on which the limit was met, where it ends with something that has a day. */
static gboolean
get_end (Answer *self, const JzLimit *limit, JzDate *end)
{
  const char *text = limit->ends != NULL ? jz_expression_get_text (limit->ends) : "";
  g_autoptr (JzValue) value = NULL;

  if (!g_str_has_prefix (text, "exists ") ||
      jz_case_facts_get (self->asking->facts, text + strlen ("exists "), &value) !=
        JZ_FACT_PRESENT ||
      jz_value_get_kind (value) != JZ_VALUE_DATE)
    return FALSE;
  *end = jz_value_get_date (value);
  return TRUE;
}

static Result
judge_limit (Answer *self, const JzLimitAnswer *limit, char **sentence)
{
  const char *name = jz_text_get (&limit->limit->rule.name, self->language);
  JzDate today = jz_instant_get_date (self->asking->facts->now);
  char due[JZ_DATE_SIZE], ended[JZ_DATE_SIZE];
  JzDate end = today;
  gboolean has_end = get_end (self, limit->limit, &end);
  gboolean is_late = jz_date_compare (end, limit->due) > 0;

  jz_date_format (limit->due, due);
  jz_date_format (end, ended);
  if (limit->count != NULL && limit->count->is_presumed)
    *sentence = g_strdup_printf (
      _ ("“%1$s” would end on %2$s, but the holidays of that year are not known yet."), name, due);
  else if (limit->limit->owner == JZ_LIMIT_OF_PARTY && !has_end)
    /* Whether the party used its time or not, the case may go on once that is over. */
    *sentence = g_strdup_printf (is_late ? _ ("“%1$s” ended on %2$s; it was the party's time.")
                                         : _ ("“%1$s” runs until %2$s; it is the party's time."),
                                 name, due);
  else if (has_end)
    *sentence = g_strdup_printf (is_late ? _ ("“%1$s” ended on %2$s, and was met only on %3$s.")
                                         : _ ("“%1$s” ended on %2$s, and was met on %3$s."),
                                 name, due, ended);
  else if (is_late)
    *sentence = g_strdup_printf (_ ("“%1$s” ended on %2$s."), name, due);
  else
    *sentence = g_strdup_printf (_ ("“%1$s” runs until %2$s."), name, due);
  if (limit->count != NULL && limit->count->is_presumed)
    return RESULT_UNKNOWN;
  if (limit->limit->owner == JZ_LIMIT_OF_PARTY && !has_end)
    return is_late ? RESULT_PASS : RESULT_UNKNOWN;
  if (is_late)
    return has_end ? RESULT_FAIL : RESULT_UNKNOWN;
  return RESULT_PASS;
}

/* What has no day is not counted from: where nothing else is missing, it has not come up. */
static gboolean
has_not_begun (Answer *self, const JzLimitAnswer *limit)
{
  for (guint i = 0; i < limit->missing->len; i++) {
    g_autoptr (JzValue) value = NULL;
    if (jz_case_facts_get (self->asking->facts, g_ptr_array_index (limit->missing, i), &value) !=
        JZ_FACT_ABSENT)
      return FALSE;
  }
  return limit->missing->len > 0;
}

static gboolean
answer_by_limit (Answer *self, const JzLimit *limit, GError **error)
{
  const JzLimitRequest request = {
    .rulebook = self->situation->rulebook,
    .calendar = self->situation->calendar,
    .facts = jz_limit_facts_get_facts (self->situation),
  };
  g_autoptr (JzLimitAnswer) answer = jz_limit_compute (limit, &request, error);
  const char *name = jz_text_get (&limit->rule.name, self->language);
  g_autofree char *sentence = NULL;
  Result result = RESULT_NONE;

  if (answer == NULL)
    return FALSE;
  if (answer->state == JZ_FACT_PRESENT)
    result = judge_limit (self, answer, &sentence);
  else
    sentence = g_strdup_printf (answer->state == JZ_FACT_ABSENT || has_not_begun (self, answer)
                                  ? _ ("“%s”: this limit does not run in this case.")
                                  : _ ("“%s” cannot be counted yet."),
                                name);
  if (answer->state == JZ_FACT_UNKNOWN && !has_not_begun (self, answer))
    result = RESULT_UNKNOWN;
  tell (self, result, &limit->rule, sentence, NULL);
  jz_json_append (self->limits,
                  jz_limit_answer_to_json (answer, self->situation->calendar, self->language));
  return TRUE;
}

static gboolean
answer_by_rule (Answer *self, const char *id, GError **error)
{
  const JzRulebook *rulebook = self->situation->rulebook;
  const JzRule *gate = jz_rulebook_find (rulebook, JZ_RULE_GATE, id);
  const JzLimit *limit = jz_rulebook_find_limit (rulebook, id);

  if (gate != NULL)
    return answer_by_gate (self, (const JzGateRule *)gate, error);
  return limit == NULL || answer_by_limit (self, limit, error);
}

/* Where the condition does not hold nothing is wrong yet: a person looks. */
static gboolean
answer_by_condition (Answer *self, const JzAuditItem *item, GError **error)
{
  JzTruth truth;

  if (!ask (self, item->passes, &truth, error))
    return FALSE;
  if (truth == JZ_TRUTH_TRUE)
    tell (self, RESULT_PASS, NULL, _ ("What is recorded of the case answers this."), NULL);
  else
    tell (self, RESULT_UNKNOWN, NULL,
          truth == JZ_TRUTH_FALSE
            ? _ ("What is recorded of the case does not settle this; look at it yourself.")
            : _ ("Too little is recorded of the case to settle this; look at it yourself."),
          NULL);
  return TRUE;
}

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->sentences, jz_json_unref);
  g_clear_pointer (&self->values, jz_json_unref);
  g_clear_pointer (&self->limits, jz_json_unref);
  g_clear_pointer (&self->seen, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static JzJson *
to_json (Answer *self)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "result", get_word (self->result));
  jz_json_set_member (json, "sentences", g_steal_pointer (&self->sentences));
  jz_json_set_member (json, "values", g_steal_pointer (&self->values));
  jz_json_set_member (json, "limits", g_steal_pointer (&self->limits));
  return json;
}

/**
 * jz_review_item_answer:
 * @item: an item of the case's rulebook
 * @asking: what it is answered from
 * @error: return location
 *
 * Answers by the gates and limits that the item names and by its condition; checks of documents and
 * similar cases are not looked at here.
 *
 * Returns: (transfer full) (nullable): an object `result` (`none`: it does not arise; `pass`;
 *   `unknown`: a person must look; `fail`), `sentences` (each with `result`, `sentence`, and of a
 *   rule `rule`, `basis`, `clears`), `values` (`fact`, `name`, `value`) and `limits`, as
 *   jz_limit_answer_to_json() gives them; without any of these the result is `unknown`
 */
JzJson *
jz_review_item_answer (const JzAuditItem *item, const JzItemAsking *asking, GError **error)
{
  g_auto (Answer) answer = {
    .asking = asking,
    .situation = jz_case_facts_get_limits (asking->facts),
    .language = jz_language_get_current (),
    .sentences = jz_json_new_array (),
    .values = jz_json_new_array (),
    .limits = jz_json_new_array (),
    .seen = g_hash_table_new (g_str_hash, g_str_equal),
  };

  for (guint i = 0; i < item->see->len; i++)
    if (!answer_by_rule (&answer, g_ptr_array_index (item->see, i), error))
      return NULL;
  if (item->passes != NULL && !answer_by_condition (&answer, item, error))
    return NULL;
  if (item->see->len == 0 && item->passes == NULL)
    answer.result = RESULT_UNKNOWN;
  return to_json (&answer);
}
