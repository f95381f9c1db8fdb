/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

#define JZ_TYPE_DESK_SECTION (jz_desk_section_get_type ())
G_DECLARE_FINAL_TYPE (JzDeskSection, jz_desk_section, JZ, DESK_SECTION, JzSection)

G_END_DECLS
