/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

#define JZ_TYPE_CASES_SECTION (jz_cases_section_get_type ())
G_DECLARE_FINAL_TYPE (JzCasesSection, jz_cases_section, JZ, CASES_SECTION, JzSection)

G_END_DECLS
