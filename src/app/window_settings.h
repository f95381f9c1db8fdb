/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *jz_window_settings_get (const char *part);
void
jz_window_settings_bind (const char *part, const char *key, gpointer object, const char *property);
void jz_window_settings_keep_layout (const char *list, GVariant *layout);
GVariant *jz_window_settings_dup_layout (const char *list);
void jz_window_settings_keep_place (const char *person, const char *place);
char *jz_window_settings_dup_place (const char *person);

G_END_DECLS
