/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/day_count.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/**
 * JzLimitRequest:
 * @rulebook: the rules in force
 * @calendar: which days are worked
 * @facts: what is the case; may name limits, see jz_limit_facts_get_facts()
 * @from: (nullable): the day of the event, instead of what the facts say
 * @from_instant: (nullable): the moment of the event, instead of what the facts say
 * @exclusions: (array length=n_exclusions): times that are not counted beside those of the facts
 * @n_exclusions: how many
 * @extension: by how much it is extended beside what the facts say, 0 for nothing
 * @assumes: whether what nobody stated is taken as in the usual case: for trying out; never for a
 *   gate
 *
 * Of what a limit is to be computed.
 */
typedef struct {
  const JzRulebook *rulebook;
  const JzCalendar *calendar;
  JzFacts facts;
  const JzDate *from;
  const JzInstant *from_instant;
  const JzExclusion *exclusions;
  guint n_exclusions;
  int extension;
  gboolean assumes;
} JzLimitRequest;

/**
 * JzLimitAnswer:
 * @limit: the limit
 * @state: present, absent when there is no such limit in this case, unknown when facts are missing
 * @start: the day from which was counted, of a chain that of its first limit
 * @due: the last day; of a quota the last day of the year
 * @count: (nullable): how it was counted; %NULL for a quota
 * @term: the last term that was counted
 * @quota: of a quota: how often in the year
 * @used: of a quota: how often it was so far
 * @missing: (element-type utf8): names of facts that are missing, when unknown
 * @assumed: (element-type utf8): names of facts that were taken as in the usual case
 *
 * When a limit ends, and why.
 */
typedef struct {
  const JzLimit *limit;
  JzFactState state;
  JzDate start;
  JzDate due;
  JzDayCount *count;
  JzLimitTerm term;
  gint64 quota;
  gint64 used;
  GPtrArray *missing;
  GPtrArray *assumed;
} JzLimitAnswer;

JzLimitAnswer *
jz_limit_compute (const JzLimit *self, const JzLimitRequest *request, GError **error);
void jz_limit_answer_free (JzLimitAnswer *self);
const char *jz_limit_kind_get_word (JzLimitKind kind);
JzJson *jz_limit_answer_to_json (const JzLimitAnswer *self,
                                 const JzCalendar *calendar,
                                 JzLanguage language);

/* What an expression may ask in a case: the facts, and limits computed from them. */
typedef struct {
  const JzRulebook *rulebook;
  const JzCalendar *calendar;
  JzFacts facts;
} JzLimitFacts;

JzFacts jz_limit_facts_get_facts (const JzLimitFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzLimitAnswer, jz_limit_answer_free)

G_END_DECLS
