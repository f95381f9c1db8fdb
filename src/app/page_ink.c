/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page_ink.h"

#include "pages/metrics.h"

/* What is printed on a page, as nodes that are drawn again without laying out. */

static const GdkRGBA black = { 0, 0, 0, 1 };

static void
fill (GtkSnapshot *snapshot, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, &black,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

static void
draw_line (GtkSnapshot *snapshot, const JzPageLine *line)
{
  double x = line->x;

  for (GSList *runs = jz_page_line_get (line)->runs; runs != NULL; runs = runs->next) {
    const PangoLayoutRun *run = runs->data;
    GskRenderNode *node =
      gsk_text_node_new (run->item->analysis.font, run->glyphs, &black,
                         &GRAPHENE_POINT_INIT ((float)x, (float)line->baseline));
    if (node != NULL) {
      gtk_snapshot_append_node (snapshot, node);
      gsk_render_node_unref (node);
    }
    x += (double)pango_glyph_string_get_width (run->glyphs) / PANGO_SCALE;
  }
}

static void
draw_box (GtkSnapshot *snapshot, const JzPageBox *box)
{
  double w = box->line_width;

  fill (snapshot, box->x - w / 2, box->y - w / 2, box->width + w, w);
  fill (snapshot, box->x - w / 2, box->y + box->height - w / 2, box->width + w, w);
  fill (snapshot, box->x - w / 2, box->y, w, box->height);
  fill (snapshot, box->x + box->width - w / 2, box->y, w, box->height);
}

static void
draw_strokes (GtkSnapshot *snapshot, const JzPage *page)
{
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)JZ_PAGE_WIDTH, (float)JZ_PAGE_HEIGHT));

  for (guint i = 0; i < page->strokes->len; i++) {
    const JzPageStroke *stroke = &g_array_index (page->strokes, JzPageStroke, i);
    cairo_set_line_width (cr, stroke->line_width);
    cairo_move_to (cr, stroke->x1, stroke->y1);
    cairo_line_to (cr, stroke->x2, stroke->y2);
    cairo_stroke (cr);
  }
  cairo_destroy (cr);
}

/**
 * jz_page_make_ink:
 * @page: a page
 *
 * Returns: (transfer full): lines, boxes and strokes of the page
 */
GskRenderNode *
jz_page_make_ink (const JzPage *page)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  for (guint i = 0; i < page->boxes->len; i++)
    draw_box (snapshot, &g_array_index (page->boxes, JzPageBox, i));
  if (page->strokes->len > 0)
    draw_strokes (snapshot, page);
  for (guint i = 0; i < page->lines->len; i++)
    draw_line (snapshot, g_ptr_array_index (page->lines, i));
  node = gtk_snapshot_free_to_node (snapshot);
  return node != NULL ? node : gsk_container_node_new (NULL, 0);
}
