/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/limit.h"

G_BEGIN_DECLS

/**
 * JzRecordingDuty:
 * @rule: (nullable): the rule that says it; %NULL where no rule speaks of the act
 * @level: what is owed, with the bureau's choice in place of %JZ_RECORDING_BUREAU
 *
 * What an act owes of sound and picture.
 */
typedef struct {
  const JzRecordingRule *rule;
  JzRecordingLevel level;
} JzRecordingDuty;

const char *jz_recording_level_get_word (JzRecordingLevel level);
gboolean jz_recording_level_from_word (const char *word, JzRecordingLevel *level);
gboolean jz_recording_rule_names (const JzRecordingRule *self, const char *act);
JzTruth jz_recording_rule_ask (const JzRecordingRule *self,
                               const JzLimitFacts *situation,
                               const char *act,
                               GError **error);
gboolean jz_recording_rules_ask (const JzLimitFacts *situation,
                                 const char *act,
                                 JzRecordingLevel bureau,
                                 JzRecordingDuty *duty,
                                 GError **error);
const JzRecordingShot *jz_recording_rule_find_shot (const JzRecordingRule *self, const char *id);

G_END_DECLS
