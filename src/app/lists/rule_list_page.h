/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/list_page.h"
#include "app/lists/rule_reading.h"

G_BEGIN_DECLS

/* A list of rules of the adopted rulebook, and beside it what the selected one says. */
#define JZ_TYPE_RULE_LIST_PAGE (jz_rule_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (JzRuleListPage, jz_rule_list_page, JZ, RULE_LIST_PAGE, JzListPage)

/**
 * JzRuleListPageClass:
 * @kinds: the kinds of rules that it lists, in this order
 * @n_kinds: how many
 * @add_rows: (element-type JzShortRow): adds the rows of one rule; their id is the rule's
 * @show_more: (nullable): adds to the pane what belongs below the rule, %NULL for no rule
 */
struct _JzRuleListPageClass {
  JzListPageClass parent_class;

  const JzRuleKind *kinds;
  guint n_kinds;
  void (*add_rows) (const JzRulebook *rulebook, const JzRule *rule, GPtrArray *rows);
  void (*show_more) (JzRuleListPage *self, const JzRuleReading *reading, const JzRule *rule);
};

void jz_rule_list_page_show_only (JzRuleListPage *self, int i);

G_END_DECLS
