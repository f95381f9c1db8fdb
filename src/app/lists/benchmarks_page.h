/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/rule_list_page.h"

G_BEGIN_DECLS

/* Discretion benchmarks of the matters, grade by grade (裁量基准; P-25). */
#define JZ_TYPE_BENCHMARKS_PAGE (jz_benchmarks_page_get_type ())
G_DECLARE_FINAL_TYPE (JzBenchmarksPage, jz_benchmarks_page, JZ, BENCHMARKS_PAGE, JzRuleListPage)

G_END_DECLS
