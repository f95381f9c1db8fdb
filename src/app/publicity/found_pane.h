/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/page_view.h"
#include "app/publicity/found.h"

G_BEGIN_DECLS

/**
 * JzFoundPane:
 *
 * What was found in a document, one row each, with what is decided on it: N goes to the next, Y
 * covers, K keeps for a reason.
 *
 * Signal "changed": something was decided.
 * Signal "moved": another row is the current one.
 */
#define JZ_TYPE_FOUND_PANE (jz_found_pane_get_type ())
G_DECLARE_FINAL_TYPE (JzFoundPane, jz_found_pane, JZ, FOUND_PANE, AdwBin)

GtkWidget *jz_found_pane_new (void);
void jz_found_pane_set_list (JzFoundPane *self, GPtrArray *list, gboolean may_decide);
void jz_found_pane_add_selected (JzFoundPane *self, JzPageView *page, const JzPublicSource *source);
int jz_found_pane_get_current (JzFoundPane *self);
void jz_found_pane_set_current (JzFoundPane *self, int current);
void jz_found_pane_cover (JzFoundPane *self);
void jz_found_pane_keep (JzFoundPane *self);
void jz_found_pane_next (JzFoundPane *self);
void jz_found_pane_cover_rest (JzFoundPane *self);
gboolean jz_found_pane_press (JzFoundPane *self, guint keyval);

G_END_DECLS
