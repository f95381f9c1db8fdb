/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/rule_list_page.h"

G_BEGIN_DECLS

/* Matters of enforcement of the adopted rulebook (执法事项; P-14). */
#define JZ_TYPE_MATTERS_PAGE (jz_matters_page_get_type ())
G_DECLARE_FINAL_TYPE (JzMattersPage, jz_matters_page, JZ, MATTERS_PAGE, JzRuleListPage)

G_END_DECLS
