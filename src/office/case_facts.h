/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "rules/limit.h"

G_BEGIN_DECLS

typedef struct _JzCaseFacts JzCaseFacts;

/* The facts of a case as they were after the entry that arrived as number @until ... */
JzCaseFacts *jz_case_facts_new (JzConnection *tables,
                                const JzRulebook *rulebook,
                                const JzCalendar *calendar,
                                const char *case_id,
                                gint64 until,
                                JzInstant now,
                                GError **error);
/* ... and as they would be if what is tried were done. */
JzCaseFacts *
jz_case_facts_new_for (const JzSituation *situation, const JzRulebook *rulebook, GError **error);
void jz_case_facts_free (JzCaseFacts *self);
const JzLimitFacts *jz_case_facts_get_limits (const JzCaseFacts *self);
gboolean jz_case_facts_is_answered (const char *name);
void jz_case_facts_set_document (JzCaseFacts *self, const char *document);
gboolean jz_case_facts_finish (JzCaseFacts *self, GError **error);
JzHash jz_case_facts_get_basis (const JzCaseFacts *self);

gboolean jz_situation_get_basis (const JzSituation *self, JzHash *basis, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCaseFacts, jz_case_facts_free)

G_END_DECLS
