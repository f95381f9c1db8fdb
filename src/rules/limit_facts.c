/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/limit.h"

#include <string.h>

#include "base/record.h"

/* Limits as facts: what `limit('TL-P12').due` in an expression asks. A day that was stated as such
 * goes before one that is computed. A presumed day opens no gate (DC-15): it counts as unknown
 * until somebody has confirmed, with a reason, a day that is not earlier. */

#define CONFIRMED "procedure.confirmed_limits"

static JzFactState
get_fact (gconstpointer data, const char *name, JzValue **value)
{
  const JzLimitFacts *self = data;
  return self->facts.get_fact (self->facts.data, name, value);
}

static gboolean
is_confirmation (const JzRecord *record, const char *id, JzDate computed, JzDate *due)
{
  const JzValue *limit = NULL;
  const JzValue *confirmed = NULL;
  const JzValue *reason = NULL;
  if (jz_record_get (record, "limit", &limit) != JZ_FACT_PRESENT ||
      jz_record_get (record, "due", &confirmed) != JZ_FACT_PRESENT ||
      jz_record_get (record, "reason", &reason) != JZ_FACT_PRESENT ||
      strcmp (jz_value_get_text (limit), id) != 0 || *jz_value_get_text (reason) == '\0' ||
      jz_date_compare (jz_value_get_date (confirmed), computed) < 0)
    return FALSE;
  *due = jz_value_get_date (confirmed);
  return TRUE;
}

static JzFactState
confirm_presumed (const JzLimitFacts *self, const char *id, JzDate computed, JzDate *due)
{
  g_autoptr (JzValue) list = NULL;
  if (get_fact (self, CONFIRMED, &list) != JZ_FACT_PRESENT)
    return JZ_FACT_UNKNOWN;
  for (guint i = 0; i < jz_value_get_n_records (list); i++) {
    if (is_confirmation (jz_value_get_record (list, i), id, computed, due))
      return JZ_FACT_PRESENT;
  }
  return JZ_FACT_UNKNOWN;
}

static JzFactState
get_limit_due (gconstpointer data, const char *id, JzDate *due)
{
  const JzLimitFacts *self = data;
  JzFactState state = JZ_FACT_UNKNOWN;
  if (self->facts.get_limit_due != NULL)
    state = self->facts.get_limit_due (self->facts.data, id, due);
  const JzLimit *limit = jz_rulebook_find_limit (self->rulebook, id);
  if (state != JZ_FACT_UNKNOWN || limit == NULL)
    return state;
  const JzLimitRequest request = {
    .rulebook = self->rulebook,
    .calendar = self->calendar,
    .facts = jz_limit_facts_get_facts (self),
  };
  /* facts that contradict the limit tell as little as facts that are missing */
  g_autoptr (JzLimitAnswer) answer = jz_limit_compute (limit, &request, NULL);
  if (answer == NULL || answer->state != JZ_FACT_PRESENT)
    return answer != NULL ? answer->state : JZ_FACT_UNKNOWN;
  if (answer->count != NULL && answer->count->is_presumed)
    return confirm_presumed (self, id, answer->due, due);
  *due = answer->due;
  return JZ_FACT_PRESENT;
}

/**
 * jz_limit_facts_get_facts:
 * @self: facts, a rulebook and a calendar; must outlive what is returned
 *
 * Facts of a case, with the limits computed from them. A limit whose end is presumed (DC-15) is
 * unknown until it is confirmed in `procedure.confirmed_limits`.
 *
 * Returns: what jz_expression_evaluate() asks
 */
JzFacts
jz_limit_facts_get_facts (const JzLimitFacts *self)
{
  return (JzFacts){ .get_fact = get_fact, .get_limit_due = get_limit_due, .data = self };
}
