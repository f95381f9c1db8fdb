/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/limit_inputs-private.h"

#include <glib/gi18n-lib.h>
#include "base/error.h"
#include "base/record.h"

/* The two lists of the vocabulary that every limit looks at, whatever the kind of case. */
#define EXCLUSIONS "procedure.exclusions"
#define EXTENSIONS "procedure.extensions"

static void
note (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* A condition that nobody can answer is @usually so, where assuming is allowed. */
gboolean
jz_limit_inputs_ask (const JzLimitInputs *self,
                     const JzExpression *condition,
                     JzTruth usually,
                     JzTruth *truth,
                     GError **error)
{
  *truth = JZ_TRUTH_TRUE;
  if (condition == NULL)
    return TRUE;
  g_autoptr (JzOutcome) outcome = jz_expression_evaluate (
    condition, &self->request->facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);
  if (outcome == NULL)
    return FALSE;
  *truth = jz_outcome_get_truth (outcome);
  if (*truth == JZ_TRUTH_UNKNOWN) {
    jz_outcome_note_missing (outcome, self->request->assumes ? self->answer->assumed
                                                             : self->answer->missing);
    *truth = self->request->assumes ? usually : JZ_TRUTH_UNKNOWN;
  }
  return TRUE;
}

/* *@value is NULL when it is not known. */
gboolean
jz_limit_inputs_get_value (const JzLimitInputs *self,
                           const JzExpression *expression,
                           JzValue **value,
                           GError **error)
{
  g_autoptr (JzOutcome) outcome = jz_expression_evaluate (
    expression, &self->request->facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, error);
  *value = NULL;
  if (outcome == NULL)
    return FALSE;
  if (jz_outcome_get_value (outcome) != NULL)
    *value = jz_value_ref (jz_outcome_get_value (outcome));
  else
    jz_outcome_note_missing (outcome, self->answer->missing);
  return TRUE;
}

static JzFactState
get_list (const JzLimitInputs *self, const char *name, JzValue **list)
{
  const JzFacts *facts = &self->request->facts;
  JzFactState state = facts->get_fact (facts->data, name, list);
  if (state == JZ_FACT_UNKNOWN && !self->request->assumes)
    note (self->answer->missing, name);
  return state;
}

/* Writes @count only when the fact says how many; answers whether the limit has a length. */
gboolean
jz_limit_inputs_get_count (const JzLimitInputs *self, const char *fact, int *count)
{
  g_autoptr (JzValue) value = NULL;
  const JzFacts *facts = &self->request->facts;
  if (fact == NULL)
    return TRUE;
  switch (facts->get_fact (facts->data, fact, &value)) {
  case JZ_FACT_PRESENT:
    *count = (int)CLAMP (jz_value_get_int (value), -1, G_MAXINT);
    return TRUE;
  case JZ_FACT_UNKNOWN:
    note (self->request->assumes ? self->answer->assumed : self->answer->missing, fact);
    return self->request->assumes;
  case JZ_FACT_ABSENT:
  default:
    return TRUE;
  }
}

static gboolean
get_field_date (const JzRecord *record, const char *field, JzDate *date)
{
  const JzValue *value = NULL;
  if (jz_record_get (record, field, &value) != JZ_FACT_PRESENT)
    return FALSE;
  *date = jz_value_get_date (value);
  return TRUE;
}

static const char *
get_field_text (const JzRecord *record, const char *field)
{
  const JzValue *value = NULL;
  return jz_record_get (record, field, &value) == JZ_FACT_PRESENT ? jz_value_get_text (value)
                                                                  : NULL;
}

/* Only what has both a first and a last day is excluded; the rest runs (DC-08). */
static gboolean
add_exclusion (const JzLimitInputs *self, const JzRecord *record, GArray *exclusions)
{
  JzExclusion exclusion = { 0 };
  const JzValue *includes_start = NULL;
  if (!get_field_date (record, "started_on", &exclusion.start)) {
    note (self->answer->missing, EXCLUSIONS ".started_on");
    return FALSE;
  }
  exclusion.is_open = !get_field_date (record, "ended_on", &exclusion.end);
  if (jz_record_get (record, "includes_start", &includes_start) == JZ_FACT_PRESENT)
    exclusion.includes_start = jz_value_get_bool (includes_start);
  g_array_append_val (exclusions, exclusion);
  return TRUE;
}

gboolean
jz_limit_inputs_get_exclusions (const JzLimitInputs *self, const JzLimit *limit, GArray *exclusions)
{
  g_autoptr (JzValue) list = NULL;
  if (limit->exclusion_kinds == NULL)
    return TRUE;
  JzFactState state = get_list (self, EXCLUSIONS, &list);
  if (state != JZ_FACT_PRESENT)
    return state == JZ_FACT_ABSENT || self->request->assumes;
  for (guint i = 0; i < jz_value_get_n_records (list); i++) {
    const JzRecord *record = jz_value_get_record (list, i);
    const char *kind = get_field_text (record, "kind");
    if (kind == NULL) {
      note (self->answer->missing, EXCLUSIONS ".kind");
      return FALSE;
    }
    if (g_strv_contains ((const char *const *)limit->exclusion_kinds, kind) &&
        !add_exclusion (self, record, exclusions))
      return FALSE;
  }
  return TRUE;
}

/* Sums what was approved for one limit; *@n_found says how many entries there were. */
static gboolean
sum_extensions (const JzLimitInputs *self,
                const JzValue *list,
                const char *limit,
                GArray *extensions,
                guint *n_found,
                GError **error)
{
  for (guint i = 0; list != NULL && i < jz_value_get_n_records (list); i++) {
    const JzRecord *record = jz_value_get_record (list, i);
    const JzValue *length = NULL;
    if (g_strcmp0 (get_field_text (record, "limit"), limit) != 0)
      continue;
    if (jz_record_get (record, "length", &length) != JZ_FACT_PRESENT) {
      note (self->answer->missing, EXTENSIONS ".length");
      return TRUE;
    }
    gint64 by = jz_value_get_int (length);
    if (by < 0 || by > G_MAXINT16) {
      g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                   _ ("An extension of %s is negative or longer than any law allows."), limit);
      return FALSE;
    }
    int extension = (int)by;
    g_array_append_val (extensions, extension);
    *n_found += 1;
  }
  return TRUE;
}

/* What was approved for the limit named by each <extension>, else what that says itself. */
gboolean
jz_limit_inputs_get_extensions (const JzLimitInputs *self,
                                const JzLimit *limit,
                                GArray *extensions,
                                GError **error)
{
  g_autoptr (JzValue) list = NULL;
  if (limit->extensions->len == 0)
    return TRUE;
  get_list (self, EXTENSIONS, &list);
  for (guint i = 0; i < limit->extensions->len; i++) {
    const JzLimitExtension *extension = &g_array_index (limit->extensions, JzLimitExtension, i);
    guint n_found = 0;
    if (!sum_extensions (self, list, extension->limit, extensions, &n_found, error))
      return FALSE;
    if (n_found == 0)
      g_array_append_val (extensions, extension->count);
  }
  return TRUE;
}
