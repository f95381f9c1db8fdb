/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* The lists and catalogues of the bureau (清单与目录). */
#define JZ_TYPE_LISTS_SECTION (jz_lists_section_get_type ())
G_DECLARE_FINAL_TYPE (JzListsSection, jz_lists_section, JZ, LISTS_SECTION, JzSection)

G_END_DECLS
