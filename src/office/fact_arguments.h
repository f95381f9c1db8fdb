/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* A list of a case has at most so many records in one statement. */
#define JZ_MAX_RECORDS 200

/* Every act that states facts may say why it does so only now (补录). */
#define JZ_LATE_REASON "late_reason"

const JzFactVocabulary *jz_office_get_facts (void);
JzAct *jz_act_with_facts (const JzAct *act);
gboolean jz_argument_is_fact (const char *name);
gboolean jz_fact_check_records (const JzFactDefinition *list, const JzJson *value);
JzValue *jz_fact_read_value (const JzFactDefinition *definition, const JzJson *json);

G_END_DECLS
