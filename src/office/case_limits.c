/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_limits.h"

#include <string.h>

#include "base/expression.h"

/* The limits that run in a case or ran, each with the days that were counted (ux.md §3, 计算). */

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

static const char *
get_state (int n_days, gboolean met)
{
  if (met)
    return "met";
  return n_days < 0 ? "overdue" : "running";
}

/* In a case that is over no limit runs any more, met or not. */
static gboolean
is_over (const JzCaseView *view)
{
  g_autofree char *stage = jz_case_view_dup_text (view, "stage");

  return stage[0] != '\0' && strcmp (stage, "open") != 0;
}

static JzJson *
describe (const JzCaseView *view, const JzLimitAnswer *answer, gboolean met)
{
  JzLanguage language = jz_language_get_current ();
  JzJson *json = jz_limit_answer_to_json (answer, view->calendar, language);
  g_autofree char *basis = jz_rulebook_dup_basis (view->rulebook, &answer->limit->rule, language);
  int n_days = jz_date_days_between (view->today, answer->due);

  jz_json_set_text (json, "state", get_state (n_days, met));
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
  return strcmp (jz_json_get_member_text (limit, "state"), "met") == 0;
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
collect (const JzCaseView *view, const JzLimit *limit, GPtrArray *found, GError **error)
{
  g_autoptr (JzLimitAnswer) answer = compute (view, limit, error);
  gboolean met = FALSE;

  if (answer == NULL)
    return FALSE;
  if (answer->state != JZ_FACT_PRESENT || answer->count == NULL)
    return TRUE;
  if (!is_met (view, limit, &met, error))
    return FALSE;
  if (!met && is_over (view))
    return TRUE;
  g_ptr_array_add (found, describe (view, answer, met));
  return TRUE;
}

/**
 * jz_case_limits_list:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects as of jz_limit_answer_to_json(), with
 *   `state` (running, overdue, met), `left` or `late` in days, `extensible` and `basis`: first
 *   those that still run, by their last day. Quotas are left out.
 */
JzJson *
jz_case_limits_list (const JzCaseView *view, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  const GPtrArray *limits =
    view->rulebook != NULL ? jz_rulebook_get_rules (view->rulebook, JZ_RULE_LIMIT) : NULL;
  JzJson *list;

  for (guint i = 0; limits != NULL && i < limits->len; i++)
    if (!collect (view, g_ptr_array_index (limits, i), found, error))
      return NULL;
  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return NULL;
  g_ptr_array_sort (found, compare_limits);
  list = jz_json_new_array ();
  for (guint i = 0; i < found->len; i++)
    jz_json_append (list, jz_json_ref (g_ptr_array_index (found, i)));
  return list;
}
