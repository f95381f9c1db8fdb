/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/pages.h"

G_BEGIN_DECLS

/**
 * JzPageView:
 *
 * The pages of a document as they are printed, to be read only, as wide as there is room. One field
 * can be tinted and scrolled to; a click on a field picks it.
 *
 * Parts of values can be marked, and a part of one selected by dragging.
 *
 * Signal "picked" (path): the user clicked on a field.
 * Signal "marked" (index): the user clicked on a mark.
 * Signal "selected": another part is selected, or none.
 */
#define JZ_TYPE_PAGE_VIEW (jz_page_view_get_type ())
G_DECLARE_FINAL_TYPE (JzPageView, jz_page_view, JZ, PAGE_VIEW, GtkWidget)

/**
 * JzPageMarkKind:
 * @JZ_PAGE_MARK_OPEN: nobody decided on it
 * @JZ_PAGE_MARK_COVERED: it is covered
 * @JZ_PAGE_MARK_KEPT: it is kept
 */
typedef enum {
  JZ_PAGE_MARK_OPEN,
  JZ_PAGE_MARK_COVERED,
  JZ_PAGE_MARK_KEPT,
} JzPageMarkKind;

/* A part of a value that is marked. */
typedef struct {
  char *path;
  guint start; /* bytes in the text of the value */
  guint length;
  JzPageMarkKind kind;
} JzPageMark;

GtkWidget *jz_page_view_new (void);
void jz_page_view_set_pages (JzPageView *self, JzPages *pages);
void jz_page_view_replace_pages (JzPageView *self, JzPages *pages);
void jz_page_view_set_marks (JzPageView *self, const JzPageMark *marks, guint n_marks, int current);
void jz_page_view_set_may_select (JzPageView *self, gboolean may_select);
const char *jz_page_view_get_selection (JzPageView *self, guint *start, guint *length);
void jz_page_view_clear_selection (JzPageView *self);
void jz_page_view_set_field (JzPageView *self, const char *path);
const char *jz_page_view_get_field (JzPageView *self);

G_END_DECLS
