/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* 设置: the bureau, its people, what it adopted, backup, printing. Places: "settings",
 * "settings/people[/<person id>]", "settings/rules", "settings/backup", "settings/printing". */
#define JZ_TYPE_SETTINGS_SECTION (jz_settings_section_get_type ())
G_DECLARE_FINAL_TYPE (JzSettingsSection, jz_settings_section, JZ, SETTINGS_SECTION, JzSection)

G_END_DECLS
