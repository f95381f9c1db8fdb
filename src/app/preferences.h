/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JZ_TYPE_PREFERENCES (jz_preferences_get_type ())
G_DECLARE_FINAL_TYPE (JzPreferences, jz_preferences, JZ, PREFERENCES, AdwPreferencesWindow)

void jz_preferences_show (GtkWindow *parent);

G_END_DECLS
