/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/rule_list_page.h"

G_BEGIN_DECLS

/* Everything that the adopted rulebook says, and a place to try it out (法律规则). */
#define JZ_TYPE_RULES_PAGE (jz_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (JzRulesPage, jz_rules_page, JZ, RULES_PAGE, JzRuleListPage)

G_END_DECLS
