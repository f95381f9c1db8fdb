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
 * Signal "picked" (path): the user clicked on a field.
 */
#define JZ_TYPE_PAGE_VIEW (jz_page_view_get_type ())
G_DECLARE_FINAL_TYPE (JzPageView, jz_page_view, JZ, PAGE_VIEW, GtkWidget)

GtkWidget *jz_page_view_new (void);
void jz_page_view_set_pages (JzPageView *self, JzPages *pages);
void jz_page_view_set_field (JzPageView *self, const char *path);
const char *jz_page_view_get_field (JzPageView *self);

G_END_DECLS
