/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "office/case_facts.h"
#include "office/recording_duty.h"

G_BEGIN_DECLS

/* Lists of what is recorded, for a query. */
#define JZ_STEP_LISTS                                                                              \
  "('" JZ_LIST_FIELD "', '" JZ_LIST_RECORD "', '" JZ_LIST_PRESERVATION "', '" JZ_LIST_HEARING      \
  "', '" JZ_LIST_SERVICE "')"

/* Of an act that is about such a step; see jz_recorded_step_check(). */
#define JZ_RECORDED_STEP_ARGUMENT                                                                  \
  {                                                                                                \
    "of", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL,                                                    \
      N_ ("the field act, preservation, hearing or service that it is about")                      \
  }

/**
 * JzRecordingDuties:
 * @facts: (nullable): of the case; %NULL before a rulebook was adopted
 * @steps: (nullable) (element-type JzRecordedStep): what is owed
 *
 * What the rules say of the steps of the case before an act.
 */
typedef struct {
  JzCaseFacts *facts;
  GPtrArray *steps;
} JzRecordingDuties;

gboolean
jz_recording_duties_open (JzRecordingDuties *self, const JzSituation *situation, GError **error);
void jz_recording_duties_clear (JzRecordingDuties *self);
const JzRecordedStep *jz_recording_duties_find (const JzRecordingDuties *self,
                                                const JzSituation *situation);

gboolean jz_recorded_step_check (const JzSituation *situation, JzRefusal **refusal, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzRecordingDuties, jz_recording_duties_clear)

G_END_DECLS
