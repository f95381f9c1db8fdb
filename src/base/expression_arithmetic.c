/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <glib/gi18n-lib.h>

/* What the operators make of known values. The type check let through only what is handled here. */

static JzValue *
refuse_too_large (const JzSource *source, const JzNode *node, GError **error)
{
  g_autofree char *excerpt = jz_source_dup_excerpt (source, node->start, node->end);

  jz_source_set_error (source, node->start, JZ_BASE_ERROR_RANGE, error,
                       _ ("“%s” is too large to be calculated: a number or amount has at most 64 "
                          "bits."),
                       excerpt);
  return NULL;
}

static JzValue *
refuse_far_date (const JzSource *source, const JzNode *node, GError **error)
{
  g_autofree char *excerpt = jz_source_dup_excerpt (source, node->start, node->end);

  jz_source_set_error (source, node->start, JZ_BASE_ERROR_RANGE, error,
                       _ ("“%s” is no day between 1900-01-01 and 9999-12-31."), excerpt);
  return NULL;
}

/* Whether @comparison holds of two values, of which the first is less than (-1), equal to (0) or
 * greater than (1) the second. */
gboolean
jz_comparison_holds (JzTokenKind comparison, int order)
{
  switch ((int)comparison) {
  case JZ_TOKEN_EQUAL:
    return order == 0;
  case JZ_TOKEN_UNEQUAL:
    return order != 0;
  case JZ_TOKEN_LESS:
    return order < 0;
  case JZ_TOKEN_LESS_OR_EQUAL:
    return order <= 0;
  case JZ_TOKEN_GREATER:
    return order > 0;
  case JZ_TOKEN_GREATER_OR_EQUAL:
    return order >= 0;
  default:
    g_return_val_if_reached (FALSE);
  }
}

static gint64
get_number (const JzValue *value)
{
  return jz_value_get_kind (value) == JZ_VALUE_MONEY ? jz_value_get_money (value)
                                                     : jz_value_get_int (value);
}

static JzValue *
new_number (JzValueKind kind, gint64 number)
{
  return kind == JZ_VALUE_MONEY ? jz_value_new_money (number) : jz_value_new_int (number);
}

static JzValue *
shift_date (const JzSource *source,
            const JzNode *node,
            JzDate date,
            gint64 n_days,
            gboolean is_earlier,
            GError **error)
{
  JzDate shifted = { 0 };

  if (n_days >= -G_MAXINT && n_days <= G_MAXINT)
    shifted = jz_date_add_days (date, (int)(is_earlier ? -n_days : n_days));
  if (jz_date_is_valid (shifted))
    return jz_value_new_date (shifted);
  return refuse_far_date (source, node, error);
}

static JzValue *
add (const JzSource *source,
     const JzNode *node,
     const JzValue *sum,
     const JzValue *value,
     gboolean is_subtracted,
     GError **error)
{
  gint64 number = 0;

  if (jz_value_get_kind (value) == JZ_VALUE_DATE)
    return jz_value_new_int (
      jz_date_days_between (jz_value_get_date (value), jz_value_get_date (sum)));
  if (jz_value_get_kind (sum) == JZ_VALUE_DATE)
    return shift_date (source, node, jz_value_get_date (sum), jz_value_get_int (value),
                       is_subtracted, error);
  gboolean overflows = is_subtracted
                         ? __builtin_sub_overflow (get_number (sum), get_number (value), &number)
                         : __builtin_add_overflow (get_number (sum), get_number (value), &number);
  if (!overflows)
    return new_number (jz_value_get_kind (sum), number);
  return refuse_too_large (source, node, error);
}

static JzValue *
sum_up (const JzSource *source, const JzNode *node, GPtrArray *values, GError **error)
{
  g_autoptr (JzValue) sum = jz_value_ref (g_ptr_array_index (values, 0));

  for (guint i = 1; i < values->len; i++) {
    gboolean is_subtracted = jz_node_get_child (node, i)->is_subtracted;
    JzValue *next = add (source, node, sum, g_ptr_array_index (values, i), is_subtracted, error);
    if (next == NULL)
      return NULL;
    jz_value_unref (sum);
    sum = next;
  }
  return g_steal_pointer (&sum);
}

static JzValue *
negate (const JzSource *source, const JzNode *node, const JzValue *value, GError **error)
{
  gint64 number = 0;

  if (__builtin_sub_overflow ((gint64)0, get_number (value), &number))
    return refuse_too_large (source, node, error);
  return new_number (jz_value_get_kind (value), number);
}

static gboolean
is_among_the_rest (GPtrArray *values)
{
  for (guint i = 1; i < values->len; i++) {
    if (jz_value_compare (g_ptr_array_index (values, 0), g_ptr_array_index (values, i)) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The value of a node whose operands, all of them known, are @values. */
JzValue *
jz_node_calculate (const JzSource *source, const JzNode *node, GPtrArray *values, GError **error)
{
  const JzValue *first = g_ptr_array_index (values, 0);
  const JzValue *second = values->len > 1 ? g_ptr_array_index (values, 1) : NULL;

  switch ((int)node->kind) {
  case JZ_NODE_NOT:
    return jz_value_new_bool (!jz_value_get_bool (first));
  case JZ_NODE_IN:
    return jz_value_new_bool (is_among_the_rest (values));
  case JZ_NODE_SUM:
    return sum_up (source, node, values, error);
  case JZ_NODE_NEGATE:
    return negate (source, node, first, error);
  case JZ_NODE_DAYS:
    return jz_value_new_int (
      jz_date_days_between (jz_value_get_date (first), jz_value_get_date (second)));
  case JZ_NODE_COUNT:
    return jz_value_new_int (jz_value_get_n_records (first));
  default:
    g_return_val_if_reached (NULL);
  }
}
