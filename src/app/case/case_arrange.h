/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/case/case_tab.h"

G_BEGIN_DECLS

/* Rows that a person puts in order: dragged, moved by Alt+Up and Alt+Down, or by two buttons. */
void jz_case_make_movable (GtkWidget *row, const char *id, const char *title, const char *action);
void jz_case_take_moved (GtkWidget *list, const char *id, const char *action);
GtkWidget *jz_case_new_movers (const char *title);
char *jz_case_dup_focused (GtkWidget *inside);
JzJson *jz_case_move (const JzJson *ids, const char *moved, const char *place);

G_END_DECLS
