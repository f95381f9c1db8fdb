/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/paint.h"

#include <pango/pangocairo.h>

#include "pages/metrics.h"

static void
paint_line (cairo_t *cr, const JzPageLine *line)
{
  cairo_move_to (cr, line->x, line->baseline);
  pango_cairo_show_layout_line (cr, jz_page_line_get (line));
}

/**
 * jz_page_paint:
 * @self: a page
 * @cr: where to paint it, in points from the upper left corner of the page, in its colour
 *
 * Paints what stands on a page: its boxes, strokes and lines of text.
 */
void
jz_page_paint (const JzPage *self, cairo_t *cr)
{
  for (guint i = 0; i < self->boxes->len; i++) {
    const JzPageBox *box = &g_array_index (self->boxes, JzPageBox, i);
    cairo_set_line_width (cr, box->line_width);
    cairo_rectangle (cr, box->x, box->y, box->width, box->height);
    cairo_stroke (cr);
  }
  for (guint i = 0; i < self->strokes->len; i++) {
    const JzPageStroke *stroke = &g_array_index (self->strokes, JzPageStroke, i);
    cairo_set_line_width (cr, stroke->line_width);
    cairo_move_to (cr, stroke->x1, stroke->y1);
    cairo_line_to (cr, stroke->x2, stroke->y2);
    cairo_stroke (cr);
  }
  for (guint i = 0; i < self->lines->len; i++)
    paint_line (cr, g_ptr_array_index (self->lines, i));
}

/* Pale, so that what stands over it can be read and copied. */
static void
paint_watermark (cairo_t *cr, PangoLayout *watermark)
{
  PangoRectangle extents;
  pango_layout_get_extents (watermark, NULL, &extents);
  cairo_save (cr);
  cairo_set_source_rgb (cr, JZ_WATERMARK_GREY, JZ_WATERMARK_GREY, JZ_WATERMARK_GREY);
  cairo_translate (cr, JZ_PAGE_WIDTH / 2, JZ_PAGE_HEIGHT / 2);
  cairo_rotate (cr, JZ_WATERMARK_ANGLE * G_PI / 180);
  cairo_move_to (cr, -(double)extents.width / PANGO_SCALE / 2,
                 -(double)extents.height / PANGO_SCALE / 2);
  pango_cairo_show_layout (cr, watermark);
  cairo_restore (cr);
}

/**
 * jz_pages_paint:
 * @self: pages
 * @i: which one, from 0
 * @cr: where to, in points
 *
 * Paints a page with what stands behind it on every page, if anything does.
 */
void
jz_pages_paint (const JzPages *self, guint i, cairo_t *cr)
{
  if (self->watermark != NULL)
    paint_watermark (cr, self->watermark);
  jz_page_paint (g_ptr_array_index (self->pages, i), cr);
}
