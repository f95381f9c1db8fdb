/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/editor/typing.h"

G_BEGIN_DECLS

/* Ordinary entries for one value: one for each of its parts, and rows for a list. */
#define JZ_TYPE_PARTS_BOX (jz_parts_box_get_type ())
G_DECLARE_FINAL_TYPE (JzPartsBox, jz_parts_box, JZ, PARTS_BOX, GtkBox)

GtkWidget *jz_parts_box_new (JzTyping *typing, const char *path);
GtkWidget *jz_parts_box_new_scrolled (JzTyping *typing, const char *path);
gboolean jz_parts_box_focus (JzPartsBox *self, const char *path);

G_END_DECLS
