/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/pages.h"

G_BEGIN_DECLS

/* Where a byte of a value stands. */
typedef struct {
  guint page;             /* from 0 */
  const JzPageLine *line; /* of the pages */
  const JzPageSpan *span; /* of the line's text */
  double x;               /* from the left edge of the page */
} JzPagePlace;

/* Which byte of which value is at a point. */
typedef struct {
  guint page;
  const JzPageLine *line;
  const JzPageSpan *span;
  guint index;  /* bytes in the text of the line's paragraph */
  guint offset; /* bytes in the text of the value */
} JzPagePick;

gboolean
jz_pages_find_place (const JzPages *self, const char *path, guint offset, JzPagePlace *place);
gboolean jz_pages_pick (const JzPages *self,
                        guint page,
                        double x,
                        double y,
                        const char *only,
                        JzPagePick *pick);
gboolean jz_pages_step (const JzPages *self,
                        const JzPagePlace *from,
                        int direction,
                        double x,
                        const char *only,
                        JzPagePick *pick);
GPtrArray *jz_pages_list_spans (const JzPages *self); /* (element-type JzPageSpan) */
gboolean jz_page_line_get_range (const JzPageLine *self,
                                 guint start,
                                 guint end,
                                 double *left,
                                 double *right);
gboolean jz_page_line_shows (const JzPageLine *self, const JzPageSpan *span);
double jz_page_line_get_top (const JzPageLine *self);
double jz_page_line_get_bottom (const JzPageLine *self);

G_END_DECLS
