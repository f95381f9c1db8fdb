/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

/**
 * jz_outcome_free:
 * @self: (transfer full): an outcome
 *
 * Frees an outcome with its trace.
 */
void
jz_outcome_free (JzOutcome *self)
{
  g_return_if_fail (self != NULL);

  if (self->value != NULL)
    jz_value_unref (self->value);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  jz_tracer_clear (&self->tracer);
  jz_expression_unref (self->expression);
  g_free (self);
}

/**
 * jz_outcome_get_truth:
 * @self: the outcome of a condition
 *
 * Gets what a condition came to.
 *
 * Returns: true, false or unknown
 */
JzTruth
jz_outcome_get_truth (const JzOutcome *self)
{
  g_return_val_if_fail (self != NULL, JZ_TRUTH_UNKNOWN);
  g_return_val_if_fail (jz_expression_get_kind (self->expression) == JZ_VALUE_BOOL,
                        JZ_TRUTH_UNKNOWN);

  if (self->value == NULL)
    return JZ_TRUTH_UNKNOWN;
  return jz_value_get_bool (self->value) ? JZ_TRUTH_TRUE : JZ_TRUTH_FALSE;
}

/**
 * jz_outcome_get_value:
 * @self: an outcome
 *
 * Gets what an expression of any type came to.
 *
 * Returns: (nullable): the value, %NULL when it is unknown
 */
const JzValue *
jz_outcome_get_value (const JzOutcome *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->value;
}

/**
 * jz_outcome_get_missing:
 * @self: an outcome
 *
 * Gets why it is unknown: the facts that are unknown or absent and on which the result depends.
 * A field is called by its list (`parties.phone`), a limit as it is written
 * (`limit('TL-P12').due`). Empty when the value is known.
 *
 * Returns: (array zero-terminated=1): the names, each once, in the order met
 */
const char *const *
jz_outcome_get_missing (const JzOutcome *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->missing->pdata;
}

/**
 * jz_outcome_note_missing:
 * @self: an outcome
 * @names: (element-type utf8): names of facts, to be freed with it
 *
 * Adds the facts of jz_outcome_get_missing() that are not among the names yet.
 */
void
jz_outcome_note_missing (const JzOutcome *self, GPtrArray *names)
{
  g_return_if_fail (self != NULL && names != NULL);

  for (const char *const *name = jz_outcome_get_missing (self); *name != NULL; name++)
    if (!g_ptr_array_find_with_equal_func (names, *name, g_str_equal, NULL))
      g_ptr_array_add (names, g_strdup (*name));
}

/**
 * jz_outcome_get_trace:
 * @self: an outcome
 *
 * Gets what became of the whole expression and, below it, of its parts.
 *
 * Returns: (nullable): the trace, or %NULL if none was asked for
 */
const JzTrace *
jz_outcome_get_trace (const JzOutcome *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->tracer.traces == NULL ? NULL : g_ptr_array_index (self->tracer.traces, 0);
}

/**
 * jz_outcome_get_n_steps:
 * @self: an outcome
 *
 * Gets how much work it was.
 *
 * Returns: the number of steps, the least @max_steps with which it succeeds
 */
guint64
jz_outcome_get_n_steps (const JzOutcome *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_steps;
}
