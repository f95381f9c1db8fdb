/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a person has left the editor: what is open beside the page, and how large that is. */

gboolean jz_editor_settings_get (const char *key, gboolean otherwise);
void jz_editor_settings_keep (const char *key, gboolean value);
double jz_editor_settings_get_zoom (void);
void jz_editor_settings_keep_zoom (double pixels);

char *jz_editor_settings_dup_printer (void);
int jz_editor_settings_get_copies (void);
void jz_editor_settings_keep_printer (const char *name, int copies);

G_END_DECLS
