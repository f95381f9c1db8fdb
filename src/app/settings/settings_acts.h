/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/settings/settings_data.h"
#include "app/settings/settings_section.h"

G_BEGIN_DECLS

/* What can be done in the settings, as actions of the section. */
void jz_settings_install_acts (GtkWidgetClass *widget_class);
const JzSettingsData *jz_settings_section_get_data (JzSettingsSection *self);

G_END_DECLS
