/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/editor/paper.h"

G_BEGIN_DECLS

/* Finds on the pages of a document, and replaces inside of its fields. */
#define JZ_TYPE_FIND_BAR (jz_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (JzFindBar, jz_find_bar, JZ, FIND_BAR, GtkWidget)

void jz_find_bar_set_paper (JzFindBar *self, JzPaper *paper);
void jz_find_bar_set_typing (JzFindBar *self, JzTyping *typing);
void jz_find_bar_open (JzFindBar *self);
gboolean jz_find_bar_close (JzFindBar *self);

G_END_DECLS
