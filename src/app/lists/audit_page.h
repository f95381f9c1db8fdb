/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/rule_list_page.h"

G_BEGIN_DECLS

/* Points and items of a legal review (审核目录; L-14). */
#define JZ_TYPE_AUDIT_PAGE (jz_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (JzAuditPage, jz_audit_page, JZ, AUDIT_PAGE, JzRuleListPage)

G_END_DECLS
