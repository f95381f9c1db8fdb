/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/record.h"
#include "office/case_facts.h"
#include "office/stated.h"
#include "rules/discretion.h"

G_BEGIN_DECLS

/* What the functions that compute facts look at. A query that fails is remembered in @error, and
 * the fact is unknown. */
struct _JzCaseFacts {
  JzConnection *tables;
  char *case_id;
  gint64 until;
  JzInstant now;
  const JzSituation *situation; /* NULL where nothing is tried */
  char *document;               /* (nullable): the document that is asked about */
  JzStated *stated;
  JzLimitFacts limits;
  GError *error;
};

/**
 * JzComputedFact:
 * @name: the fact
 * @compute: works it out
 *
 * A fact that no act states, because it follows from what is in the store.
 */
typedef struct {
  const char *name;
  JzFactState (*compute) (JzCaseFacts *self, JzValue **value);
} JzComputedFact;

/* Each ends with a nameless one. */
extern const JzComputedFact jz_facts_of_people[];
extern const JzComputedFact jz_facts_of_course[];
extern const JzComputedFact jz_facts_of_decision[];
extern const JzComputedFact jz_facts_of_documents[];
extern const JzComputedFact jz_facts_of_publication[];
extern const JzComputedFact jz_facts_of_recording[];

JzFactState jz_case_facts_get (JzCaseFacts *self, const char *name, JzValue **value);
gint64 jz_case_facts_count (JzCaseFacts *self, const char *sql, const char *a, const char *b);
char *jz_case_facts_dup_text (JzCaseFacts *self, const char *sql, const char *a, const char *b);
const char *jz_case_facts_get_argument (const JzCaseFacts *self, const char *name);
JzDate jz_case_facts_get_act_date (const JzCaseFacts *self);
const JzMatter *jz_case_facts_get_matter (const JzCaseFacts *self);
const JzTier *jz_case_facts_get_tier (const JzCaseFacts *self);
gboolean
jz_case_facts_get_fines (JzCaseFacts *self, const JzRange *range, gint64 *base, JzFineRange *fines);
JzTruth jz_case_facts_ask (JzCaseFacts *self, const JzExpression *condition);

static inline JzFactState
jz_fact_is (JzValue **value, gboolean truth)
{
  *value = jz_value_new_bool (truth);
  return JZ_FACT_PRESENT;
}

static inline JzFactState
jz_fact_has_text (JzValue **value, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return JZ_FACT_ABSENT;
  *value = jz_value_new_text (text);
  return JZ_FACT_PRESENT;
}

G_END_DECLS
