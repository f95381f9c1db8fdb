/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_facts.h"
#include "office/stated.h"
#include "rules/recording_rule.h"

G_BEGIN_DECLS

JzRecordingDuty jz_recording_facts_ask (JzCaseFacts *facts,
                                        const JzStatedRecord *step,
                                        const char *act,
                                        JzRecordingLevel bureau);
JzRecordingLevel jz_recording_facts_get_level (JzCaseFacts *facts);
GHashTable *jz_recording_facts_list_acts (JzCaseFacts *facts);
gboolean jz_recording_facts_speak_of (const JzCaseFacts *facts, const char *act);

G_END_DECLS
