/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/limit.h"

#include <glib/gi18n-lib.h>
#include "base/error.h"
#include "rules/limit_inputs-private.h"

/* When a limit of the rulebook ends in a case (rules.md 2.2). What is counted are steps of
 * base/day_count.h: the limit itself and, where it starts when another one ends, those before it.
 * The counting itself, and the list of days that explains it, is done there. */

typedef struct {
  JzDate start;
  JzInstant start_instant;
  GArray *steps; /* JzLimitStep */
} Plan;

static const char *const kind_words[] = {
  [JZ_LIMIT_DATE] = "date",   [JZ_LIMIT_INSTANT] = "instant",   [JZ_LIMIT_BACKWARD] = "backward",
  [JZ_LIMIT_FIXED] = "fixed", [JZ_LIMIT_SCHEDULE] = "schedule", [JZ_LIMIT_QUOTA] = "quota",
};

/**
 * jz_limit_kind_get_word:
 * @kind: a kind
 *
 * Returns: (transfer none): its word in rulebooks and in JSON
 */
const char *
jz_limit_kind_get_word (JzLimitKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_words), NULL);

  return kind_words[kind];
}

static void
clear_step (gpointer data)
{
  JzLimitStep *step = data;
  g_free ((gpointer)step->exclusions);
  g_free ((gpointer)step->extensions);
}

static Plan *
plan_new (void)
{
  Plan *self = g_new0 (Plan, 1);
  self->steps = g_array_new (FALSE, TRUE, sizeof (JzLimitStep));
  g_array_set_clear_func (self->steps, clear_step);
  return self;
}

static void
plan_free (Plan *self)
{
  g_array_unref (self->steps);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Plan, plan_free)

/* Operands bring planning back to its beginning; the loader refuses circles. On success *@plan is
 * NULL where the limit does not apply or facts are missing; @state says which. */
static gboolean plan_limit (const JzLimitInputs *inputs,
                            const JzLimit *limit,
                            gboolean is_last,
                            Plan **plan,
                            JzFactState *state,
                            GError **error);

static JzDayCount *
count_plan (const JzLimitInputs *inputs, const JzLimit *limit, const Plan *plan, GError **error)
{
  const JzLimitStep *steps = (const JzLimitStep *)(gpointer)plan->steps->data;
  const JzCalendar *calendar = inputs->request->calendar;
  if (limit->kind == JZ_LIMIT_INSTANT)
    return jz_day_count_hours (calendar, &steps[0].term, plan->start_instant, error);
  return jz_day_count_limit (calendar, steps, plan->steps->len, plan->start, error);
}

/* Keeps the plan that ends later, DC-14. */
static gboolean
keep_later (const JzLimitInputs *inputs,
            const JzLimit *limit,
            Plan **latest,
            JzDate *due,
            Plan *plan,
            GError **error)
{
  g_autoptr (Plan) owned = plan;
  g_autoptr (JzDayCount) count = count_plan (inputs, limit, plan, error);
  if (count == NULL)
    return FALSE;
  if (*latest != NULL && jz_date_compare (count->due, *due) <= 0)
    return TRUE;
  g_clear_pointer (latest, plan_free);
  *latest = g_steal_pointer (&owned);
  *due = count->due;
  return TRUE;
}

static gboolean
plan_after (const JzLimitInputs *inputs,
            char *const *ids,
            Plan **plan,
            JzFactState *state,
            GError **error)
{
  g_autoptr (Plan) latest = NULL;
  JzDate due = { 0 };
  for (gsize i = 0; ids[i] != NULL; i++) {
    const JzLimit *limit = jz_rulebook_find_limit (inputs->request->rulebook, ids[i]);
    Plan *candidate = NULL;
    if (!plan_limit (inputs, limit, FALSE, &candidate, state, error))
      return FALSE;
    if (*state == JZ_FACT_UNKNOWN)
      return TRUE;
    if (candidate != NULL && !keep_later (inputs, limit, &latest, &due, candidate, error))
      return FALSE;
  }
  *state = latest != NULL ? JZ_FACT_PRESENT : JZ_FACT_ABSENT;
  *plan = g_steal_pointer (&latest);
  return TRUE;
}

/* The first way to start whose condition holds; NULL when that is not known. */
static gboolean
choose_start (const JzLimitInputs *inputs,
              const JzLimit *limit,
              const JzLimitStart **chosen,
              GError **error)
{
  *chosen = NULL;
  for (guint i = 0; i < limit->starts->len; i++) {
    const JzLimitStart *start = g_ptr_array_index (limit->starts, i);
    JzTruth truth;
    if (!jz_limit_inputs_ask (inputs, start->when, JZ_TRUTH_FALSE, &truth, error))
      return FALSE;
    if (truth == JZ_TRUTH_TRUE)
      *chosen = start;
    if (truth != JZ_TRUTH_FALSE)
      return TRUE;
  }
  return TRUE;
}

static gboolean
take_stated_start (const JzLimitRequest *request, const JzLimit *limit, Plan *plan, GError **error)
{
  if (limit->kind != JZ_LIMIT_INSTANT) {
    plan->start =
      request->from != NULL ? *request->from : jz_instant_get_date (*request->from_instant);
    return TRUE;
  }
  if (request->from_instant == NULL) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("%s is counted in hours; give the time of day as well, like "
                    "2026-03-02T09:30."),
                 limit->rule.id);
    return FALSE;
  }
  plan->start_instant = *request->from_instant;
  plan->start = jz_instant_get_date (plan->start_instant);
  return TRUE;
}

static gboolean
plan_start (const JzLimitInputs *inputs,
            const JzLimit *limit,
            Plan **plan,
            JzFactState *state,
            GError **error)
{
  const JzLimitRequest *request = inputs->request;
  const JzLimitStart *start = NULL;
  g_autoptr (Plan) begun = plan_new ();
  g_autoptr (JzValue) value = NULL;
  *state = JZ_FACT_UNKNOWN;
  if (!choose_start (inputs, limit, &start, error))
    return FALSE;
  if (start == NULL)
    return TRUE;
  if (start->after != NULL)
    return plan_after (inputs, start->after, plan, state, error);
  if (request->from != NULL || request->from_instant != NULL) {
    if (!take_stated_start (request, limit, begun, error))
      return FALSE;
  } else {
    if (!jz_limit_inputs_get_value (inputs, start->at, &value, error))
      return FALSE;
    if (value == NULL)
      return TRUE;
    gboolean is_instant = jz_value_get_kind (value) == JZ_VALUE_INSTANT;
    begun->start_instant = is_instant ? jz_value_get_instant (value) : 0;
    begun->start =
      is_instant ? jz_instant_get_date (begun->start_instant) : jz_value_get_date (value);
  }
  *state = JZ_FACT_PRESENT;
  *plan = g_steal_pointer (&begun);
  return TRUE;
}

static gboolean
check_length (const JzLimit *limit, const JzLimitLength *length, int count, GError **error)
{
  if (count >= 0 && count <= jz_limit_unit_get_max_length (length->term.unit))
    return TRUE;
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("%1$s is the length of %2$s and must lie between 0 and %3$d."), length->fact,
               limit->rule.id, jz_limit_unit_get_max_length (length->term.unit));
  return FALSE;
}

/* *@is_known says whether the facts tell how long it is. */
static gboolean
choose_length (const JzLimitInputs *inputs,
               const JzLimit *limit,
               JzLimitTerm *term,
               gboolean *is_known,
               GError **error)
{
  *is_known = FALSE;
  for (guint i = 0; i < limit->lengths->len; i++) {
    const JzLimitLength *length = g_ptr_array_index (limit->lengths, i);
    JzTruth truth;
    if (!jz_limit_inputs_ask (inputs, length->when, JZ_TRUTH_FALSE, &truth, error))
      return FALSE;
    if (truth == JZ_TRUTH_FALSE)
      continue;
    *term = length->term;
    *is_known =
      truth == JZ_TRUTH_TRUE && jz_limit_inputs_get_count (inputs, length->fact, &term->length);
    return !*is_known || check_length (limit, length, term->length, error);
  }
  return TRUE;
}

/* Of several dates of the year the next one, on the day or after it. */
static JzLimitTerm
choose_fixed (const JzLimit *limit, JzDate start)
{
  JzLimitTerm nearest = { 0 };
  JzDate nearest_date = { 0 };
  for (guint i = 0; i < limit->fixed->len; i++) {
    const JzLimitTerm *term = &g_array_index (limit->fixed, JzLimitTerm, i);
    JzDate january = { start.year, 1, term->fixed_day };
    JzDate date = jz_date_add_months (january, term->fixed_month - 1);
    if (jz_date_compare (date, start) < 0)
      date = jz_date_add_months (january, 12 + term->fixed_month - 1);
    if (i == 0 || jz_date_compare (date, nearest_date) < 0) {
      nearest = *term;
      nearest_date = date;
    }
  }
  return nearest;
}

static void
take_stated_times (const JzLimitRequest *request, GArray *exclusions, GArray *extensions)
{
  if (request->n_exclusions > 0)
    g_array_append_vals (exclusions, request->exclusions, request->n_exclusions);
  if (request->extension != 0)
    g_array_append_val (extensions, request->extension);
}

/* A limit of days has times that are not counted and extensions; the others have none. */
static gboolean
add_step (const JzLimitInputs *inputs,
          const JzLimit *limit,
          const JzLimitTerm *term,
          gboolean is_last,
          Plan *plan,
          GError **error)
{
  g_autoptr (GArray) exclusions = g_array_new (FALSE, TRUE, sizeof (JzExclusion));
  g_autoptr (GArray) extensions = g_array_new (FALSE, TRUE, sizeof (int));
  guint n_missing = inputs->answer->missing->len;
  jz_limit_inputs_get_exclusions (inputs, limit, exclusions);
  if (!jz_limit_inputs_get_extensions (inputs, limit, extensions, error))
    return FALSE;
  if (inputs->answer->missing->len > n_missing)
    return TRUE;
  if (is_last)
    take_stated_times (inputs->request, exclusions, extensions);
  JzLimitStep step = { .term = *term };
  step.n_exclusions = exclusions->len;
  step.n_extensions = extensions->len;
  step.exclusions = g_memdup2 (exclusions->data, exclusions->len * sizeof (JzExclusion));
  step.extensions = g_memdup2 (extensions->data, extensions->len * sizeof (int));
  g_array_append_val (plan->steps, step);
  return TRUE;
}

static gboolean
plan_term (const JzLimitInputs *inputs,
           const JzLimit *limit,
           gboolean is_last,
           Plan *plan,
           JzFactState *state,
           GError **error)
{
  JzLimitTerm term = { 0 };
  gboolean is_known = TRUE;
  guint n_steps = plan->steps->len;
  if (limit->fixed->len > 0)
    term = choose_fixed (limit, plan->start);
  else if (!choose_length (inputs, limit, &term, &is_known, error))
    return FALSE;
  if (is_known && !add_step (inputs, limit, &term, is_last, plan, error))
    return FALSE;
  if (plan->steps->len == n_steps)
    *state = JZ_FACT_UNKNOWN;
  return TRUE;
}

static gboolean
plan_limit (const JzLimitInputs *inputs,
            const JzLimit *limit,
            gboolean is_last,
            Plan **plan,
            JzFactState *state,
            GError **error)
{
  g_autoptr (Plan) begun = NULL;
  JzTruth applies;
  if (!jz_limit_inputs_ask (inputs, limit->applies, JZ_TRUTH_TRUE, &applies, error))
    return FALSE;
  *state = applies == JZ_TRUTH_FALSE ? JZ_FACT_ABSENT : JZ_FACT_UNKNOWN;
  if (applies != JZ_TRUTH_TRUE)
    return TRUE;
  if (!plan_start (inputs, limit, &begun, state, error))
    return FALSE;
  if (*state != JZ_FACT_PRESENT)
    return TRUE;
  if (!plan_term (inputs, limit, is_last, begun, state, error))
    return FALSE;
  if (*state == JZ_FACT_PRESENT)
    *plan = g_steal_pointer (&begun);
  return TRUE;
}

static gboolean
check_stated_times (const JzLimit *limit, const JzLimitRequest *request, GError **error)
{
  if (limit->kind == JZ_LIMIT_DATE || (request->n_exclusions == 0 && request->extension == 0))
    return TRUE;
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("%s is no limit that is extended or has times that are not counted."),
               limit->rule.id);
  return FALSE;
}

static gboolean
compute_count (const JzLimitInputs *inputs, const JzLimit *limit, GError **error)
{
  JzLimitAnswer *answer = inputs->answer;
  g_autoptr (Plan) plan = NULL;
  if (!check_stated_times (limit, inputs->request, error) ||
      !plan_limit (inputs, limit, TRUE, &plan, &answer->state, error))
    return FALSE;
  if (plan == NULL)
    return TRUE;
  answer->count = count_plan (inputs, limit, plan, error);
  if (answer->count == NULL)
    return FALSE;
  answer->start = plan->start;
  answer->due = answer->count->due;
  answer->term = g_array_index (plan->steps, JzLimitStep, plan->steps->len - 1).term;
  return TRUE;
}

/* So many times in the year of the start: due is its last day. */
static gboolean
compute_quota (const JzLimitInputs *inputs, const JzLimit *limit, GError **error)
{
  JzLimitAnswer *answer = inputs->answer;
  const JzLimitLength *length = g_ptr_array_index (limit->lengths, 0);
  g_autoptr (Plan) plan = NULL;
  g_autoptr (JzValue) used = NULL;
  int quota = length->term.length;
  if (!check_stated_times (limit, inputs->request, error) ||
      !plan_start (inputs, limit, &plan, &answer->state, error))
    return FALSE;
  if (plan == NULL)
    return TRUE;
  if (!jz_limit_inputs_get_count (inputs, length->fact, &quota))
    answer->state = JZ_FACT_UNKNOWN;
  if (!jz_limit_inputs_get_value (inputs, limit->used, &used, error))
    return FALSE;
  if (used == NULL && !inputs->request->assumes)
    answer->state = JZ_FACT_UNKNOWN;
  answer->quota = quota;
  answer->used = used != NULL ? jz_value_get_int (used) : 0;
  answer->start = plan->start;
  answer->due = (JzDate){ plan->start.year, 12, 31 };
  return TRUE;
}

/**
 * jz_limit_compute:
 * @self: a limit of the request's rulebook
 * @request: of what it is computed
 * @error: return location
 *
 * Computes when a limit ends: rules.md 2.1 and 2.2, DC-01 to DC-19.
 *
 * Returns: (transfer full): the answer, which may be that there is no such limit here or that facts
 *   are missing; or %NULL with a %JZ_BASE_ERROR when facts contradict what a limit can be
 */
JzLimitAnswer *
jz_limit_compute (const JzLimit *self, const JzLimitRequest *request, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (request != NULL && request->calendar != NULL, NULL);

  g_autoptr (JzLimitAnswer) answer = g_new0 (JzLimitAnswer, 1);
  const JzLimitInputs inputs = { request, answer };
  answer->limit = self;
  answer->state = JZ_FACT_UNKNOWN;
  answer->missing = g_ptr_array_new_with_free_func (g_free);
  answer->assumed = g_ptr_array_new_with_free_func (g_free);
  gboolean is_computed = self->kind == JZ_LIMIT_QUOTA ? compute_quota (&inputs, self, error)
                                                      : compute_count (&inputs, self, error);
  if (!is_computed)
    return NULL;
  return g_steal_pointer (&answer);
}

/**
 * jz_limit_answer_free:
 * @self: (transfer full): an answer
 *
 * Frees it.
 */
void
jz_limit_answer_free (JzLimitAnswer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->count, jz_day_count_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->assumed, g_ptr_array_unref);
  g_free (self);
}
