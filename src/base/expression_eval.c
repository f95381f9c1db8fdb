/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <glib/gi18n-lib.h>

#include "base/record.h"

/* Evaluation by Kleene's three values; an unknown value is NULL. It ends because the tree is
 * finite and every loop runs over a finite list, and it is bounded because every node that is
 * visited is a step.
 *
 * Missing facts. Whoever finds a fact without a value puts its name on a stack. Whoever comes to a
 * known value after all takes off the stack what was put there since he began: those facts did not
 * matter. What is left in the end is why the result is unknown. */

/* What an unknown number can be; none is known where @is_known is FALSE. */
typedef struct {
  gboolean is_known;
  gint64 least;
  gint64 most;
} JzBounds;

typedef struct {
  const JzSource *source;
  const JzFacts *facts;
  JzTracer *tracer; /* NULL: no trace is asked for */
  guint64 max_steps;
  guint64 n_steps;
  GPtrArray *missing;
  const JzRecord *entries[JZ_EXPRESSION_MAX_NESTING]; /* of the loops around */
  int n_loops;
  JzBounds count; /* of the loop that ended last with an unknown count */
} JzEvaluator;

/* Operands bring the evaluation back to its beginning. On success *@value is the value or NULL. */
static gboolean evaluate (JzEvaluator *self,
                          const JzNode *node,
                          JzTrace *parent,
                          guint entry,
                          JzValue **value,
                          GError **error);

static gboolean
take_step (JzEvaluator *self, const JzNode *node, GError **error)
{
  if (self->n_steps < self->max_steps) {
    self->n_steps++;
    return TRUE;
  }
  jz_source_set_error (self->source, node->start, JZ_BASE_ERROR_LIMIT, error,
                       _ ("Evaluating this takes more than %llu steps; it was stopped here."),
                       (unsigned long long)self->max_steps);
  return FALSE;
}

static JzFactState
find_field (const JzEvaluator *self, const JzNode *node, JzValue **value)
{
  const JzValue *found = NULL;
  JzFactState state = jz_record_get (self->entries[node->loop], node->field, &found);

  if (state == JZ_FACT_PRESENT)
    *value = jz_value_ref (found);
  return state;
}

static JzFactState
find_limit (const JzEvaluator *self, const JzNode *node, JzValue **value)
{
  JzDate due = { 0 };
  JzFactState state = self->facts->get_limit_due (self->facts->data, node->name, &due);

  if (state == JZ_FACT_PRESENT && jz_date_is_valid (due))
    *value = jz_value_new_date (due);
  return state;
}

/* What a name or limit stands for. The facts come from a store, so that their type is checked. */
static gboolean
find (const JzEvaluator *self,
      const JzNode *node,
      JzFactState *state,
      JzValue **value,
      GError **error)
{
  g_autoptr (JzValue) found = NULL;

  if (node->kind == JZ_NODE_LIMIT)
    *state = find_limit (self, node, &found);
  else if (node->loop >= 0)
    *state = find_field (self, node, &found);
  else
    *state = self->facts->get_fact (self->facts->data, node->name, &found);
  if (*state != JZ_FACT_PRESENT)
    return TRUE;
  if (found == NULL || jz_value_get_kind (found) != node->value_kind) {
    jz_source_set_error (self->source, node->start, JZ_BASE_ERROR_RANGE, error,
                         _ ("The value of “%s” is not of the type that the vocabulary gives it."),
                         node->path);
    return FALSE;
  }
  *value = g_steal_pointer (&found);
  return TRUE;
}

static gboolean
evaluate_name (JzEvaluator *self,
               const JzNode *node,
               JzTrace *trace,
               JzValue **value,
               GError **error)
{
  JzFactState state = JZ_FACT_UNKNOWN;

  if (!find (self, node, &state, value, error))
    return FALSE;
  if (state == JZ_FACT_PRESENT)
    return TRUE;
  g_ptr_array_add (self->missing, node->path);
  if (trace != NULL) {
    trace->missing = node->path;
    trace->state = state == JZ_FACT_ABSENT ? JZ_TRACE_ABSENT : JZ_TRACE_UNKNOWN;
  }
  return TRUE;
}

/* Only here an absent fact is an answer. The name is looked up as anywhere else, so that it has its
 * line in the trace, and it is a step. */
static gboolean
evaluate_exists (JzEvaluator *self,
                 const JzNode *node,
                 JzTrace *trace,
                 JzValue **value,
                 GError **error)
{
  const JzNode *name = jz_node_get_child (node, 0);
  g_autoptr (JzValue) found = NULL;
  JzFactState state = JZ_FACT_UNKNOWN;
  JzTrace *child = trace == NULL ? NULL : jz_tracer_add (self->tracer, trace, name, 0);

  if (!take_step (self, name, error) || !find (self, name, &state, &found, error))
    return FALSE;
  if (state == JZ_FACT_UNKNOWN)
    g_ptr_array_add (self->missing, name->path);
  else
    *value = jz_value_new_bool (state == JZ_FACT_PRESENT);
  if (child == NULL)
    return TRUE;
  child->state = state == JZ_FACT_ABSENT ? JZ_TRACE_ABSENT : JZ_TRACE_UNKNOWN;
  if (found != NULL)
    jz_trace_set_value (child, found);
  else
    child->missing = name->path;
  return TRUE;
}

static void
trace_not_needed (JzEvaluator *self, JzTrace *trace, const JzNode *node, guint entry)
{
  if (trace != NULL)
    jz_tracer_add (self->tracer, trace, node, entry);
}

/* `or` is decided by the first true operand, `and` by the first false one. */
static gboolean
evaluate_row (JzEvaluator *self,
              const JzNode *node,
              JzTrace *trace,
              JzValue **value,
              GError **error)
{
  gboolean deciding = node->kind == JZ_NODE_OR;
  gboolean is_known = TRUE;

  for (guint i = 0; i < node->children->len; i++) {
    const JzNode *operand = jz_node_get_child (node, i);
    g_autoptr (JzValue) truth = NULL;
    if (*value != NULL) {
      trace_not_needed (self, trace, operand, 0);
      continue;
    }
    if (!evaluate (self, operand, trace, 0, &truth, error))
      return FALSE;
    if (truth == NULL)
      is_known = FALSE;
    else if (jz_value_get_bool (truth) == deciding)
      *value = g_steal_pointer (&truth);
  }
  if (*value == NULL && is_known)
    *value = jz_value_new_bool (!deciding);
  return TRUE;
}

/* Sums and what else is unknown as soon as one part is. All parts are evaluated even
 * then: an office wants to hear of everything that is missing at once. */
static gboolean
evaluate_strict (JzEvaluator *self,
                 const JzNode *node,
                 JzTrace *trace,
                 JzValue **value,
                 GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_value_unref);

  for (guint i = 0; i < node->children->len; i++) {
    g_autoptr (JzValue) operand = NULL;
    if (!evaluate (self, jz_node_get_child (node, i), trace, 0, &operand, error))
      return FALSE;
    if (operand != NULL)
      g_ptr_array_add (values, g_steal_pointer (&operand));
  }
  if (values->len < node->children->len)
    return TRUE;
  *value = jz_node_calculate (self->source, node, values, error);
  return *value != NULL;
}

static JzBounds
get_bounds (const JzEvaluator *self, const JzNode *operand, const JzValue *value)
{
  if (value == NULL)
    return operand->kind == JZ_NODE_COUNT_WHERE ? self->count : (JzBounds){ 0 };
  if (jz_value_get_kind (value) != JZ_VALUE_INT)
    return (JzBounds){ 0 };
  return (JzBounds){ TRUE, jz_value_get_int (value), jz_value_get_int (value) };
}

/* Two numbers of which only bounds are known: the comparison is decided where it comes out alike
 * for every order that they can have. */
static JzValue *
compare_bounds (JzTokenKind comparison, const JzBounds *first, const JzBounds *second)
{
  gboolean is_possible[] = {
    first->least < second->most,
    first->least <= second->most && second->least <= first->most,
    first->most > second->least,
  };
  gboolean can_hold = FALSE;
  gboolean can_fail = FALSE;

  if (!first->is_known || !second->is_known)
    return NULL;
  for (int order = -1; order <= 1; order++) {
    if (!is_possible[order + 1])
      continue;
    can_hold = can_hold || jz_comparison_holds (comparison, order);
    can_fail = can_fail || !jz_comparison_holds (comparison, order);
  }
  return can_hold && can_fail ? NULL : jz_value_new_bool (can_hold);
}

/* A count with unknown entries still lies between two numbers: two certain officers are enough for
 * `count(…) >= 2`, whatever is not known of a third. */
static gboolean
evaluate_comparison (JzEvaluator *self,
                     const JzNode *node,
                     JzTrace *trace,
                     JzValue **value,
                     GError **error)
{
  JzValue *operands[2] = { NULL };
  JzBounds bounds[2] = { 0 };
  gboolean is_evaluated = TRUE;

  for (guint i = 0; i < 2 && is_evaluated; i++) {
    const JzNode *operand = jz_node_get_child (node, i);
    self->count.is_known = FALSE;
    is_evaluated = evaluate (self, operand, trace, 0, &operands[i], error);
    bounds[i] = get_bounds (self, operand, operands[i]);
  }
  if (is_evaluated && operands[0] != NULL && operands[1] != NULL)
    *value = jz_value_new_bool (
      jz_comparison_holds (node->comparison, jz_value_compare (operands[0], operands[1])));
  else if (is_evaluated)
    *value = compare_bounds (node->comparison, &bounds[0], &bounds[1]);
  g_clear_pointer (&operands[0], jz_value_unref);
  g_clear_pointer (&operands[1], jz_value_unref);
  return is_evaluated;
}

/* What a loop comes to while it runs. */
typedef struct {
  gint64 n_true;
  gint64 n_unknown;
  gboolean has_false;
} JzTally;

static void
count_truth (JzTally *tally, const JzValue *truth)
{
  if (truth == NULL)
    tally->n_unknown++;
  else if (jz_value_get_bool (truth))
    tally->n_true++;
  else
    tally->has_false = TRUE;
}

static gboolean
is_decided (JzNodeKind kind, const JzTally *tally)
{
  return (kind == JZ_NODE_ANY && tally->n_true > 0) || (kind == JZ_NODE_ALL && tally->has_false);
}

static JzValue *
conclude (JzNodeKind kind, const JzTally *tally)
{
  if (tally->n_unknown > 0 && !is_decided (kind, tally))
    return NULL;
  if (kind == JZ_NODE_COUNT_WHERE)
    return jz_value_new_int (tally->n_true);
  return jz_value_new_bool (kind == JZ_NODE_ANY ? tally->n_true > 0 : !tally->has_false);
}

static gboolean
evaluate_loop (JzEvaluator *self,
               const JzNode *node,
               JzTrace *trace,
               JzValue **value,
               GError **error)
{
  const JzNode *body = jz_node_get_child (node, 1);
  g_autoptr (JzValue) list = NULL;
  JzTally tally = { 0 };

  if (!evaluate (self, jz_node_get_child (node, 0), trace, 0, &list, error))
    return FALSE;
  if (list == NULL)
    return TRUE;
  for (guint i = 0; i < jz_value_get_n_records (list); i++) {
    g_autoptr (JzValue) truth = NULL;
    if (is_decided (node->kind, &tally)) {
      trace_not_needed (self, trace, body, i + 1);
      break;
    }
    self->entries[self->n_loops++] = jz_value_get_record (list, i);
    gboolean is_evaluated = evaluate (self, body, trace, i + 1, &truth, error);
    self->n_loops--;
    if (!is_evaluated)
      return FALSE;
    count_truth (&tally, truth);
  }
  *value = conclude (node->kind, &tally);
  self->count = (JzBounds){ TRUE, tally.n_true, tally.n_true + tally.n_unknown };
  return TRUE;
}

static gboolean
evaluate_by_kind (JzEvaluator *self,
                  const JzNode *node,
                  JzTrace *trace,
                  JzValue **value,
                  GError **error)
{
  switch ((int)node->kind) {
  case JZ_NODE_LITERAL:
    *value = jz_value_ref (node->value);
    return TRUE;
  case JZ_NODE_NAME:
  case JZ_NODE_LIMIT:
    return evaluate_name (self, node, trace, value, error);
  case JZ_NODE_OR:
  case JZ_NODE_AND:
    return evaluate_row (self, node, trace, value, error);
  case JZ_NODE_COMPARE:
    return evaluate_comparison (self, node, trace, value, error);
  case JZ_NODE_EXISTS:
    return evaluate_exists (self, node, trace, value, error);
  case JZ_NODE_COUNT_WHERE:
  case JZ_NODE_ANY:
  case JZ_NODE_ALL:
    return evaluate_loop (self, node, trace, value, error);
  default:
    return evaluate_strict (self, node, trace, value, error);
  }
}

static gboolean
evaluate (JzEvaluator *self,
          const JzNode *node,
          JzTrace *parent,
          guint entry,
          JzValue **value,
          GError **error)
{
  guint n_missing = self->missing->len;
  JzTrace *trace = NULL;

  if (!take_step (self, node, error))
    return FALSE;
  if (self->tracer != NULL) {
    trace = jz_tracer_add (self->tracer, parent, node, entry);
    trace->state = JZ_TRACE_UNKNOWN;
  }
  if (!evaluate_by_kind (self, node, trace, value, error))
    return FALSE;
  if (*value == NULL)
    return TRUE;
  g_ptr_array_set_size (self->missing, (int)n_missing);
  if (trace != NULL)
    jz_trace_set_value (trace, *value);
  return TRUE;
}

/* Each name once, in the order met, and a NULL at the end. */
static GPtrArray *
dup_distinct (GPtrArray *names)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *distinct = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++) {
    gpointer name = g_ptr_array_index (names, i);
    if (g_hash_table_add (seen, name))
      g_ptr_array_add (distinct, name);
  }
  g_ptr_array_add (distinct, NULL);
  return distinct;
}

/**
 * jz_expression_evaluate:
 * @self: an expression
 * @facts: what is the case; must not change meanwhile
 * @max_steps: how much work is allowed; usually %JZ_EXPRESSION_DEFAULT_STEPS
 * @tracing: whether to record what became of each part
 * @error: return location
 *
 * Evaluates an expression by the rules at the head of expression.c. A pure function of the
 * expression and the facts: no clock, locale or order of hashing enters. A step is a visit to one
 * part; a loop visits its condition once for every entry of its list.
 *
 * Unknown is not an error: it is an outcome, with the names of the facts that are missing. Design
 * §4: in a gate it refuses and names them.
 *
 * Returns: (transfer full): the outcome, or %NULL with %JZ_BASE_ERROR_RANGE (a number beyond 64
 *   bits, a date outside 1900 to 9999, a fact of another type than the vocabulary gave it) or
 *   %JZ_BASE_ERROR_LIMIT (more than @max_steps); both say where
 */
JzOutcome *
jz_expression_evaluate (const JzExpression *self,
                        const JzFacts *facts,
                        guint64 max_steps,
                        gboolean tracing,
                        GError **error)
{
  g_return_val_if_fail (self != NULL && facts != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autoptr (JzOutcome) outcome = g_new0 (JzOutcome, 1);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();
  JzEvaluator evaluator = {
    .source = &self->source, .facts = facts, .max_steps = max_steps, .missing = missing
  };
  outcome->expression = jz_expression_ref (self);
  if (tracing) {
    jz_tracer_init (&outcome->tracer, &self->source);
    evaluator.tracer = &outcome->tracer;
  }
  if (!evaluate (&evaluator, self->root, NULL, 0, &outcome->value, error))
    return NULL;
  outcome->missing = dup_distinct (missing);
  outcome->n_steps = evaluator.n_steps;
  return g_steal_pointer (&outcome);
}
