/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/form_set.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/**
 * JzRuleLine:
 * @label: what it is about
 * @text: what the rule says of it
 *
 * A line of a rule as people read it.
 */
typedef struct {
  char *label;
  char *text;
} JzRuleLine;

const char *jz_rule_kind_get_title (JzRuleKind kind);
const char *jz_sureness_get_title (JzSureness sureness);
GPtrArray *jz_rule_card_new (const JzRulebook *rulebook,
                             const JzFormSet *forms,
                             const JzRule *rule,
                             JzLanguage language);
char *jz_rule_condition_dup_words (const JzRulebook *rulebook,
                                   const JzExpression *condition,
                                   JzLanguage language);
char *jz_range_dup_words (const JzRulebook *rulebook, const JzRange *range, JzLanguage language);
char *
jz_citation_dup_words (const JzRulebook *rulebook, const JzCitation *citation, JzLanguage language);

G_END_DECLS
