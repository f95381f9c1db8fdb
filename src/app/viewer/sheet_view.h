/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/viewer/sheet_source.h"

G_BEGIN_DECLS

/**
 * JzSheetView:
 *
 * The pages of a paper, or a picture, one below the other: drawn only where they are seen, larger
 * or smaller, turned, with what was searched for marked, and with text that can be chosen and
 * copied. It scrolls itself.
 *
 * Signals: "moved" (): another page is in front, or the size changed; "copied" (): text was copied.
 */
#define JZ_TYPE_SHEET_VIEW (jz_sheet_view_get_type ())
G_DECLARE_FINAL_TYPE (JzSheetView, jz_sheet_view, JZ, SHEET_VIEW, GtkWidget)

GtkWidget *jz_sheet_view_new (void);
void jz_sheet_view_set_source (JzSheetView *self, JzSheetSource *source);
void jz_sheet_view_set_watermark (JzSheetView *self, const char *text);
guint jz_sheet_view_get_page (JzSheetView *self);
void jz_sheet_view_go (JzSheetView *self, guint page);
double jz_sheet_view_get_zoom (JzSheetView *self);
void jz_sheet_view_zoom (JzSheetView *self, double factor);
void jz_sheet_view_fit_width (JzSheetView *self);
void jz_sheet_view_turn (JzSheetView *self, int quarters);
void jz_sheet_view_set_search (JzSheetView *self, const char *text);
void jz_sheet_view_show_hit (JzSheetView *self, guint page, guint start, guint length);
char *jz_sheet_view_dup_chosen (JzSheetView *self);
void jz_sheet_view_choose_page (JzSheetView *self);

G_END_DECLS
