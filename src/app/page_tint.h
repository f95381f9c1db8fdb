/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/pages.h"

G_BEGIN_DECLS

void jz_page_tint_field (GtkSnapshot *snapshot, const JzPage *page, const char *field);
void jz_page_tint_bytes (GtkSnapshot *snapshot,
                         const JzPage *page,
                         const char *path,
                         guint from,
                         guint to,
                         const GdkRGBA *colour,
                         gboolean is_framed);
gboolean
jz_page_tint_find_field (const JzPages *pages, const char *field, guint *page, double *baseline);
const JzPageSpan *jz_page_tint_find_span (const JzPage *page, double x, double y);

G_END_DECLS
