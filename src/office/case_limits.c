/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_limits.h"

#include <string.h>

#include "base/expression.h"
#include "office/case_due.h"
#include "office/role.h"

/* The limits that run in a case or ran, each with the days that were counted (ux.md §3, 计算). Late
 * is only what is ours to do; the time of the party, of another organ, or one that nothing can meet
 * just ends. */

static gboolean
is_met (const JzCaseView *view, const JzLimit *limit, gboolean *met, GError **error)
{
  JzFacts facts = jz_limit_facts_get_facts (jz_case_facts_get_limits (view->facts));
  g_autoptr (JzOutcome) outcome = NULL;

  *met = FALSE;
  if (limit->ends == NULL)
    return TRUE;
  outcome = jz_expression_evaluate (limit->ends, &facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);
  if (outcome != NULL)
    *met = jz_outcome_get_truth (outcome) == JZ_TRUTH_TRUE;
  return outcome != NULL;
}

static JzLimitAnswer *
compute (const JzCaseView *view, const JzLimit *limit, GError **error)
{
  const JzLimitFacts *limits = jz_case_facts_get_limits (view->facts);
  const JzLimitRequest request = {
    .rulebook = view->rulebook,
    .calendar = view->calendar,
    .facts = jz_limit_facts_get_facts (limits),
  };

  return jz_limit_compute (limit, &request, error);
}

static gboolean
is_ours (const JzLimit *limit, const GPtrArray *dues)
{
  for (guint i = 0; i < dues->len; i++) {
    const JzCaseDue *due = g_ptr_array_index (dues, i);
    if (due->answer->limit == limit)
      return due->wait == JZ_CASE_TO_DO;
  }
  return FALSE;
}

static const char *
get_state (int n_days, gboolean met, gboolean ours)
{
  if (met)
    return "met";
  if (ours)
    return n_days < 0 ? "overdue" : "running";
  return n_days < 0 ? "passed" : "waited";
}

static const char *
get_owner (const JzLimit *limit)
{
  switch (limit->owner) {
  case JZ_LIMIT_OF_PARTY:
    return "party";
  case JZ_LIMIT_OF_OTHER:
    return "other";
  default:
    return "bureau";
  }
}

/* In a case that is over nothing runs any more but what it owes to the archive. */
static gboolean
is_over (const JzCaseView *view)
{
  g_autofree char *stage = jz_case_view_dup_text (view, "stage");

  return stage[0] != '\0' && strcmp (stage, "open") != 0;
}

static JzJson *
describe (const JzCaseView *view, const JzLimitAnswer *answer, gboolean met, gboolean ours)
{
  JzLanguage language = jz_language_get_current ();
  JzJson *json = jz_limit_answer_to_json (answer, view->calendar, language);
  g_autofree char *basis = jz_rulebook_dup_basis (view->rulebook, &answer->limit->rule, language);
  int n_days = jz_date_days_between (view->today, answer->due);

  jz_json_set_text (json, "state", get_state (n_days, met, ours));
  jz_json_set_text (json, "whose", get_owner (answer->limit));
  jz_json_set_integer (json, "left", MAX (n_days, 0));
  jz_json_set_integer (json, "late", MAX (-n_days, 0));
  jz_json_set_boolean (json, "extensible", answer->limit->extensions->len > 0);
  if (basis != NULL)
    jz_json_set_text (json, "basis", basis);
  return json;
}

static int
get_rank (const JzJson *limit)
{
  static const char *const states[] = { "overdue|running", "waited", "met|passed" };
  const char *state = jz_json_get_member_text (limit, "state");
  int rank = 0;

  while (!jz_word_is_in (state, states[rank]))
    rank++;
  return rank;
}

static int
compare_limits (gconstpointer a, gconstpointer b)
{
  const JzJson *of_a = *(const JzJson *const *)a;
  const JzJson *of_b = *(const JzJson *const *)b;
  int difference = get_rank (of_a) - get_rank (of_b);

  if (difference == 0)
    difference =
      strcmp (jz_json_get_member_text (of_a, "due"), jz_json_get_member_text (of_b, "due"));
  return difference != 0 ? difference
                         : strcmp (jz_json_get_member_text (of_a, "rule"),
                                   jz_json_get_member_text (of_b, "rule"));
}

static gboolean
collect (const JzCaseView *view,
         const JzLimit *limit,
         const GPtrArray *dues,
         GPtrArray *found,
         GError **error)
{
  g_autoptr (JzLimitAnswer) answer = compute (view, limit, error);
  gboolean ours = is_ours (limit, dues);
  gboolean met = FALSE;

  if (answer == NULL)
    return FALSE;
  if (answer->state != JZ_FACT_PRESENT || answer->count == NULL)
    return TRUE;
  if (!is_met (view, limit, &met, error))
    return FALSE;
  if (!met && !ours && is_over (view))
    return TRUE;
  g_ptr_array_add (found, describe (view, answer, met, ours));
  return TRUE;
}

/**
 * jz_case_limits_list:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects as of jz_limit_answer_to_json(), with
 *   `state`, `whose` (bureau, party, other), `left` or `late` in days, `extensible` and `basis`,
 *   by their last day: first what is ours (running, overdue), then the time of others that runs
 *   (waited), then what was met, or ran out without being ours (passed). Quotas are left out.
 */
JzJson *
jz_case_limits_list (const JzCaseView *view, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  const GPtrArray *limits =
    view->rulebook != NULL ? jz_rulebook_get_rules (view->rulebook, JZ_RULE_LIMIT) : NULL;
  g_autoptr (GPtrArray) dues = jz_case_due_list (view, error);
  JzJson *list;

  if (dues == NULL)
    return NULL;
  for (guint i = 0; limits != NULL && i < limits->len; i++)
    if (!collect (view, g_ptr_array_index (limits, i), dues, found, error))
      return NULL;
  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return NULL;
  g_ptr_array_sort (found, compare_limits);
  list = jz_json_new_array ();
  for (guint i = 0; i < found->len; i++)
    jz_json_append (list, jz_json_ref (g_ptr_array_index (found, i)));
  return list;
}
