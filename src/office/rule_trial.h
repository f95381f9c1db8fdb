/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/**
 * JzTrialOutcome:
 * @JZ_TRIAL_NEEDS_FACTS: it cannot be said before more is stated
 * @JZ_TRIAL_PASSES: a gate lets through; a condition does not hold
 * @JZ_TRIAL_REFUSED: a gate refuses; a condition holds
 * @JZ_TRIAL_DUE: a limit ends on a day
 * @JZ_TRIAL_NO_LIMIT: there is no such limit in this case
 *
 * What comes of trying a rule out.
 */
typedef enum {
  JZ_TRIAL_NEEDS_FACTS,
  JZ_TRIAL_PASSES,
  JZ_TRIAL_REFUSED,
  JZ_TRIAL_DUE,
  JZ_TRIAL_NO_LIMIT,
} JzTrialOutcome;

/**
 * JzTrialDay:
 * @date: a day
 * @n_counted: how many are counted up to it
 * @text: what is with it, for people
 *
 * A day of the counting of a limit.
 */
typedef struct {
  JzDate date;
  int n_counted;
  char *text;
} JzTrialDay;

/**
 * JzTrialFact:
 * @name: of the vocabulary
 * @meaning: for people
 * @kind: what it is
 * @hint: how to write it
 * @choices: (nullable): of a choice: its words, and after each its label
 * @is_assumed: whether the usual case was taken for it; otherwise it is missing
 *
 * A fact that the rule asks for.
 */
typedef struct {
  char *name;
  char *meaning;
  JzValueKind kind;
  char *hint;
  GStrv choices;
  gboolean is_assumed;
} JzTrialFact;

/**
 * JzTrial:
 * @outcome: what came of it
 * @sentence: the result, for people
 * @days: (nullable) (element-type JzTrialDay): of a limit: each day that was looked at
 * @notes: (element-type utf8): what is to be known of the result
 * @facts: (element-type JzTrialFact): facts that are missing or were assumed
 * @trace: (nullable): how each part of the condition came out
 *
 * A rule tried out on facts that were stated for it.
 */
typedef struct {
  JzTrialOutcome outcome;
  char *sentence;
  GPtrArray *days;
  GPtrArray *notes;
  GPtrArray *facts;
  char *trace;
} JzTrial;

/**
 * JzTrialRequest:
 * @rulebook: rules
 * @calendar: which days are worked
 * @rule: id of a limit, a gate or a threshold
 * @from: (nullable): day of the event of a limit; a time may stand behind it, 2026-03-02T09:30
 * @assignments: (array zero-terminated=1): facts as NAME=VALUE
 *
 * What is to be tried out.
 */
typedef struct {
  const JzRulebook *rulebook;
  const JzCalendar *calendar;
  const char *rule;
  const char *from;
  const char *const *assignments;
} JzTrialRequest;

JzTrial *jz_rule_try (const JzTrialRequest *request, GError **error);
gboolean jz_rule_can_be_tried (const JzRule *rule);
void jz_trial_free (JzTrial *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzTrial, jz_trial_free)

G_END_DECLS
