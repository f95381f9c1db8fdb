/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_due.h"

#include <string.h>

#include "base/expression.h"
#include "rules/limit.h"

/* What of a case is due (ux.md §3): the limits that run and are not met. A limit and its extensions
 * are one matter, of which the last day counts; the party's time is somebody else's until it ends,
 * and of no interest once the case went past it. */

static gboolean
is_name_character (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '.';
}

static gboolean
names_fact (const char *text, const char *fact)
{
  gsize length = strlen (fact);

  for (const char *at = strstr (text, fact); at != NULL; at = strstr (at + 1, fact))
    if ((at == text || !is_name_character (at[-1])) && !is_name_character (at[length]))
      return TRUE;
  return FALSE;
}

static gboolean
states_named_fact (const JzAct *act, const char *text)
{
  g_auto (GStrv) facts = g_strsplit (act->facts != NULL ? act->facts : "", " ", -1);

  for (gsize i = 0; facts[i] != NULL; i++) {
    facts[i][strcspn (facts[i], "!*")] = '\0';
    if (facts[i][0] != '\0' && names_fact (text, facts[i]))
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_act_states_fact:
 * @act: an act
 * @fact: a fact
 *
 * Returns: whether the act states it
 */
gboolean
jz_act_states_fact (const JzAct *act, const char *fact)
{
  return act->facts != NULL && names_fact (act->facts, fact);
}

/**
 * jz_limit_find_act:
 * @limit: a limit
 *
 * Returns: (transfer none) (nullable): the act that states what meets the limit, or %NULL where
 *   none does
 */
const JzAct *
jz_limit_find_act (const JzLimit *limit)
{
  /* What the program computes from an act without facts. */
  static const char *const computed[][2] = {
    { "case.closed_on", "case.close" },
    { "case.archived_on", "case.archive" },
    { "defence.is_received", "defence.receive" },
    { "publication.error_closed_on", "publication.correct" },
    { "publication.released_on", "publication.release" },
    { "publication.withdrawn_on", "publication.withdraw" },
  };
  const char *text = limit->ends != NULL ? jz_expression_get_text (limit->ends) : "";
  gboolean is_proposal = FALSE;
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  for (gsize i = 0; i < G_N_ELEMENTS (computed); i++)
    if (names_fact (text, computed[i][0]))
      return jz_act_find (computed[i][1], &is_proposal);
  for (gsize i = 0; i < n_acts; i++)
    if (states_named_fact (acts[i], text))
      return acts[i];
  return NULL;
}

static void
free_due (gpointer data)
{
  JzCaseDue *self = data;

  jz_limit_answer_free (self->answer);
  g_free (self);
}

static gboolean
is_met (const JzCaseView *view, const JzLimit *limit, gboolean *met, GError **error)
{
  JzFacts facts = jz_limit_facts_get_facts (jz_case_facts_get_limits (view->facts));
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (limit->ends, &facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);

  if (outcome != NULL)
    *met = jz_outcome_get_truth (outcome) == JZ_TRUTH_TRUE;
  return outcome != NULL;
}

static gboolean
get_day (const JzCaseView *view, const char *fact, JzDate *day)
{
  return jz_date_parse (jz_stated_get_text (view->stated, fact), day, NULL);
}

/* The party's time that was told before the case was examined or decided. */
static gboolean
is_past (const JzCaseView *view, const JzLimitAnswer *answer)
{
  static const char *const marks[] = { "case.head_reviewed_on", "decision.decided_on" };
  JzDate day;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (get_day (view, marks[i], &day) && jz_date_compare (answer->start, day) < 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_of_publicity (const JzLimit *limit)
{
  const JzAct *act = limit->ends != NULL ? jz_limit_find_act (limit) : NULL;
  return act != NULL && g_str_has_prefix (act->name, "publication.");
}

/* Of a closed case only what began with the closing or later; what the public is to see is asked
 * for all the same. */
static gboolean
is_over_with_case (const JzLimit *limit, const JzLimitAnswer *answer, const char *closed_on)
{
  JzDate day;

  if (is_of_publicity (limit))
    return FALSE;
  return jz_date_parse (closed_on, &day, NULL) && jz_date_compare (answer->start, day) < 0;
}

static JzLimitAnswer *
compute (const JzCaseView *view, const JzLimit *limit, GError **error)
{
  const JzLimitRequest request = {
    .rulebook = view->rulebook,
    .calendar = view->calendar,
    .facts = jz_limit_facts_get_facts (jz_case_facts_get_limits (view->facts)),
  };

  return jz_limit_compute (limit, &request, error);
}

static const JzExpression *
get_start (const JzLimit *limit)
{
  const JzLimitStart *start = limit->starts->len > 0 ? g_ptr_array_index (limit->starts, 0) : NULL;
  return start != NULL ? start->at : NULL;
}

static gboolean
is_of_same_course (const JzLimit *a, const JzLimit *b)
{
  return get_start (a) != NULL && get_start (b) != NULL &&
         jz_expression_equal (get_start (a), get_start (b)) &&
         jz_expression_equal (a->ends, b->ends);
}

/* The one that ends later stays. */
static void
add_due (GPtrArray *dues, JzCaseDue *due)
{
  for (guint i = 0; i < dues->len; i++) {
    const JzCaseDue *other = g_ptr_array_index (dues, i);
    if (!is_of_same_course (due->answer->limit, other->answer->limit))
      continue;
    if (jz_date_compare (due->answer->due, other->answer->due) > 0) {
      g_ptr_array_remove_index (dues, i);
      break;
    }
    free_due (due);
    return;
  }
  g_ptr_array_add (dues, due);
}

static gboolean
look_at (const JzCaseView *view,
         const JzLimit *limit,
         const char *closed_on,
         GPtrArray *dues,
         GError **error)
{
  gboolean is_foreign = limit->owner == JZ_LIMIT_OF_PARTY || limit->owner == JZ_LIMIT_OF_OTHER;
  g_autoptr (JzLimitAnswer) answer = NULL;
  const JzAct *act;
  gboolean met = FALSE;
  JzCaseDue *due;

  if (limit->owner == JZ_LIMIT_OF_NOBODY || limit->ends == NULL)
    return TRUE;
  answer = compute (view, limit, error);
  if (answer == NULL || (answer->state == JZ_FACT_PRESENT && answer->count != NULL &&
                         !is_met (view, limit, &met, error)))
    return FALSE;
  if (answer->state != JZ_FACT_PRESENT || answer->count == NULL || met ||
      is_over_with_case (limit, answer, closed_on) || (is_foreign && is_past (view, answer)))
    return TRUE;
  /* What no act can meet would stand there for ever. */
  act = jz_limit_find_act (limit);
  if (act == NULL)
    return TRUE;
  due = g_new0 (JzCaseDue, 1);
  if (is_foreign)
    due->wait =
      jz_date_compare (view->today, answer->due) <= 0 ? JZ_CASE_WAITED_FOR : JZ_CASE_WAITED_OUT;
  due->act = act;
  due->answer = g_steal_pointer (&answer);
  add_due (dues, due);
  return TRUE;
}

static int
compare_dues (gconstpointer a, gconstpointer b)
{
  const JzLimitAnswer *of_a = (*(const JzCaseDue *const *)a)->answer;
  const JzLimitAnswer *of_b = (*(const JzCaseDue *const *)b)->answer;
  int difference = jz_date_compare (of_a->due, of_b->due);

  return difference != 0 ? difference : strcmp (of_a->limit->rule.id, of_b->limit->rule.id);
}

/**
 * jz_case_due_list:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzCaseDue): what is due in the case, by its
 *   last day; in one that is archived only what the public is to see, and nothing where no rulebook
 *   was adopted
 */
GPtrArray *
jz_case_due_list (const JzCaseView *view, GError **error)
{
  g_autoptr (GPtrArray) dues = g_ptr_array_new_with_free_func (free_due);
  g_autofree char *stage = jz_case_view_dup_text (view, "stage");
  g_autofree char *closed_on = jz_case_view_dup_text (view, "closed_on");
  gboolean is_archived = g_strcmp0 (stage, "archived") == 0;
  const GPtrArray *limits;

  if (view->facts == NULL)
    return g_steal_pointer (&dues);
  limits = jz_rulebook_get_rules (view->rulebook, JZ_RULE_LIMIT);
  for (guint i = 0; i < limits->len; i++)
    if ((!is_archived || is_of_publicity (g_ptr_array_index (limits, i))) &&
        !look_at (view, g_ptr_array_index (limits, i), closed_on, dues, error))
      return NULL;
  if (!jz_case_facts_finish (view->facts, error))
    return NULL;
  g_ptr_array_sort (dues, compare_dues);
  return g_steal_pointer (&dues);
}
