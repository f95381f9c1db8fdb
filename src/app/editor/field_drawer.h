/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/editor/typing.h"

G_BEGIN_DECLS

/* Every field of a document in an ordinary entry, also those that have no place on the pages yet.
 */
#define JZ_TYPE_FIELD_DRAWER (jz_field_drawer_get_type ())
G_DECLARE_FINAL_TYPE (JzFieldDrawer, jz_field_drawer, JZ, FIELD_DRAWER, GtkWidget)

void jz_field_drawer_set_typing (JzFieldDrawer *self, JzTyping *typing);
void jz_field_drawer_set_shown (JzFieldDrawer *self, gboolean is_shown);
gboolean jz_field_drawer_go (JzFieldDrawer *self, const char *path);

G_END_DECLS
