/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/list_page.h"
#include "office/adoption_list.h"

G_BEGIN_DECLS

/**
 * JzRuleReading:
 * @rulebook: (nullable): the rules in force; live as long as the program
 * @forms: (nullable): the forms in force
 * @adoptions: (element-type JzAdoption): the rulebooks that were adopted, the last first
 *
 * What the pages about rules show.
 */
typedef struct {
  const JzRulebook *rulebook;
  const JzFormSet *forms;
  GPtrArray *adoptions;
} JzRuleReading;

gpointer jz_rule_reading_read (JzOffice *office,
                               JzConnection *reader,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);
void jz_rule_reading_free (JzRuleReading *self);
void jz_rule_reading_show (const JzRuleReading *self, JzDetail *detail, const JzRule *rule);
void jz_rule_reading_set_strip (const JzRuleReading *self, JzListPage *page);
char *jz_adoptions_dup_sentence (const GPtrArray *adoptions);
void jz_adoptions_show (const GPtrArray *adoptions, JzDetail *detail);
void jz_list_page_set_none_adopted (JzListPage *page);

G_END_DECLS
