/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* 公示 (ux.md §8): what is to be published, as lists by how far it has come, and the page of one.
 */
#define JZ_TYPE_PUBLICITY_SECTION (jz_publicity_section_get_type ())
G_DECLARE_FINAL_TYPE (JzPublicitySection, jz_publicity_section, JZ, PUBLICITY_SECTION, JzSection)

G_END_DECLS
