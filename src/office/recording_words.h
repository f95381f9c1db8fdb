/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

const char *jz_recording_part_get_label (const char *part);
JzJson *jz_recording_words_list (const JzRecordingRule *rule);
JzJson *jz_recording_cards_list (const JzRulebook *rulebook);

G_END_DECLS
