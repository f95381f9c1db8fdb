/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "pages/pages.h"

G_BEGIN_DECLS

void jz_page_paint (const JzPage *self, cairo_t *cr);
void jz_pages_paint (const JzPages *self, guint i, cairo_t *cr);

G_END_DECLS
