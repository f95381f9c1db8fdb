/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/paper-private.h"
#include "pages/metrics.h"

/* Drawing a page: what changes rarely is kept as two render nodes a page, what moves with the caret
 * is drawn between them. Paper is white in a dark theme too. */

#define CARET_WIDTH 1.4f

static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA edge = { 0.75f, 0.75f, 0.75f, 1 };
static const GdkRGBA field_tint = { 0.90f, 0.94f, 1, 1 };
static const GdkRGBA focus_tint = { 1, 0.96f, 0.80f, 1 };
static const GdkRGBA focus_edge = { 0.11f, 0.44f, 0.85f, 1 };
static const GdkRGBA selected = { 0.55f, 0.75f, 1, 1 };
static const GdkRGBA hit_tint = { 1, 0.85f, 0.35f, 1 };
static const GdkRGBA caret_ink = { 0.05f, 0.20f, 0.65f, 1 };
static const GdkRGBA mark_ink = { JZ_WATERMARK_GREY, JZ_WATERMARK_GREY, JZ_WATERMARK_GREY, 1 };

void
jz_paper_page_clear (JzPaperPage *self)
{
  g_clear_pointer (&self->tint, gsk_render_node_unref);
  g_clear_pointer (&self->ink, gsk_render_node_unref);
}

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

static void
fill_range (GtkSnapshot *snapshot,
            const JzPageLine *line,
            guint start,
            guint end,
            const GdkRGBA *colour)
{
  double left;
  double right;
  double top = jz_page_line_get_top (line);
  if (jz_page_line_get_range (line, start, end, &left, &right))
    fill (snapshot, colour, left, top, right - left, jz_page_line_get_bottom (line) - top);
}

static void
draw_run (GtkSnapshot *snapshot, const PangoLayoutRun *run, double x, double baseline)
{
  GskRenderNode *node = gsk_text_node_new (run->item->analysis.font, run->glyphs, &black,
                                           &GRAPHENE_POINT_INIT ((float)x, (float)baseline));
  if (node == NULL)
    return;
  gtk_snapshot_append_node (snapshot, node);
  gsk_render_node_unref (node);
}

static void
draw_line (GtkSnapshot *snapshot, const JzPageLine *line)
{
  int position = 0;
  for (GSList *runs = jz_page_line_get (line)->runs; runs != NULL; runs = runs->next) {
    const PangoLayoutRun *run = runs->data;
    draw_run (snapshot, run, line->x + (double)position / PANGO_SCALE, line->baseline);
    position += pango_glyph_string_get_width (run->glyphs);
  }
}

static void
draw_box (GtkSnapshot *snapshot, const JzPageBox *box)
{
  double w = box->line_width;
  fill (snapshot, &black, box->x - w / 2, box->y - w / 2, box->width + w, w);
  fill (snapshot, &black, box->x - w / 2, box->y + box->height - w / 2, box->width + w, w);
  fill (snapshot, &black, box->x - w / 2, box->y, w, box->height);
  fill (snapshot, &black, box->x + box->width - w / 2, box->y, w, box->height);
}

static void
draw_stroke (GtkSnapshot *snapshot, const JzPageStroke *stroke)
{
  double left = MIN (stroke->x1, stroke->x2) - 1;
  double top = MIN (stroke->y1, stroke->y2) - 1;
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot,
    &GRAPHENE_RECT_INIT ((float)left, (float)top, (float)(ABS (stroke->x1 - stroke->x2) + 2),
                         (float)(ABS (stroke->y1 - stroke->y2) + 2)));
  cairo_set_line_width (cr, stroke->line_width);
  cairo_move_to (cr, stroke->x1, stroke->y1);
  cairo_line_to (cr, stroke->x2, stroke->y2);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* A node even where there is nothing to draw, so that it is not made again. */
static GskRenderNode *
finish (GtkSnapshot *snapshot)
{
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  return node != NULL ? node : gsk_container_node_new (NULL, 0);
}

static GskRenderNode *
make_ink (const JzPage *page)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  for (guint i = 0; i < page->boxes->len; i++)
    draw_box (snapshot, &g_array_index (page->boxes, JzPageBox, i));
  for (guint i = 0; i < page->strokes->len; i++)
    draw_stroke (snapshot, &g_array_index (page->strokes, JzPageStroke, i));
  for (guint i = 0; i < page->lines->len; i++)
    draw_line (snapshot, g_ptr_array_index (page->lines, i));
  return finish (snapshot);
}

static GskRenderNode *
make_tint (const JzPage *page)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      fill_range (snapshot, line, span->start, span->end, &field_tint);
    }
  }
  return finish (snapshot);
}

/* Of a field: its part from @from to @to bytes of its text; all of it when @to is less than @from.
 */
void
jz_paper_draw_part (GtkSnapshot *snapshot,
                    const JzPage *page,
                    const char *path,
                    guint from,
                    guint to,
                    const GdkRGBA *colour)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      if (strcmp (span->path, path) != 0)
        continue;
      if (to < from) {
        fill_range (snapshot, line, span->start, span->end, colour);
        continue;
      }
      guint end = span->offset + span->end - span->start;
      guint a = CLAMP (from, span->offset, end) - span->offset + span->start;
      guint b = CLAMP (to, span->offset, end) - span->offset + span->start;
      if (span->show == JZ_SHOW_PLAIN && !span->is_blank)
        fill_range (snapshot, line, a, b, colour);
    }
  }
}

/* Around a field that is chosen and not typed: where the focus is. */
static void
draw_focus (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      double left;
      double right;
      double bottom = jz_page_line_get_bottom (line);
      if (strcmp (span->path, self->path) == 0 &&
          jz_page_line_get_range (line, span->start, span->end, &left, &right))
        fill (snapshot, &focus_edge, left, bottom, right - left, CARET_WIDTH);
    }
  }
}

static void
draw_found (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page)
{
  gsize length = strlen (self->find);
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    const char *text = pango_layout_get_text (line->text->layout);
    for (const char *at = strstr (text, self->find); at != NULL;
         at = strstr (at + length, self->find))
      fill_range (snapshot, line, (guint)(at - text), (guint)(at - text + length), &hit_tint);
  }
}

static void
draw_preedit (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page)
{
  guint start = jz_paper_input_get_caret (self);
  guint end = start + (guint)strlen (self->preedit);
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      double left;
      double right;
      if (strcmp (span->path, self->path) != 0 || span->show != JZ_SHOW_PLAIN ||
          start < span->offset)
        continue;
      guint from = start - span->offset + span->start;
      guint to = MIN (end - span->offset + span->start, span->end);
      if (jz_page_line_get_range (line, from, to, &left, &right))
        fill (snapshot, &caret_ink, left, jz_page_line_get_bottom (line) - CARET_WIDTH,
              right - left, CARET_WIDTH);
    }
  }
}

static void
draw_live (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page)
{
  guint start;
  guint end;
  if (self->find != NULL)
    draw_found (self, snapshot, page);
  jz_paper_draw_ties (self, snapshot, page);
  if (!self->is_editable)
    return;
  if (self->path != NULL)
    jz_paper_draw_part (snapshot, page, self->path, 1, 0, &focus_tint);
  jz_paper_draw_carried (self, snapshot, page);
  if (self->path == NULL)
    return;
  if (!self->is_typed)
    draw_focus (self, snapshot, page);
  else if (jz_paper_input_get_selection (self, &start, &end))
    jz_paper_draw_part (snapshot, page, self->path, start, end, &selected);
  if (self->is_typed && self->preedit[0] != '\0')
    draw_preedit (self, snapshot, page);
}

static void
draw_watermark (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page)
{
  PangoRectangle extents;
  pango_layout_get_extents (self->pages->watermark, NULL, &extents);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)(page->left + page->width / 2),
                                                          (float)page->height / 2));
  gtk_snapshot_rotate (snapshot, JZ_WATERMARK_ANGLE);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float)-extents.width / PANGO_SCALE / 2,
                                                (float)-extents.height / PANGO_SCALE / 2));
  gtk_snapshot_append_layout (snapshot, self->pages->watermark, &mark_ink);
  gtk_snapshot_restore (snapshot);
}

static void
draw_page (JzPaper *self, GtkSnapshot *snapshot, guint number)
{
  const JzPage *page = g_ptr_array_index (self->pages->pages, number);
  JzPaperPage *drawn = &g_array_index (self->drawn, JzPaperPage, number);
  if (drawn->ink == NULL)
    drawn->ink = make_ink (page);
  if (drawn->tint == NULL)
    drawn->tint = make_tint (page);
  if (!self->is_continuous)
    fill (snapshot, &edge, page->left - 0.5, -0.5, page->width + 1, page->height + 1);
  fill (snapshot, &white, page->left, 0, page->width, page->height);
  if (self->pages->watermark != NULL)
    draw_watermark (self, snapshot, page);
  if (self->is_editable)
    gtk_snapshot_append_node (snapshot, drawn->tint);
  draw_live (self, snapshot, page);
  gtk_snapshot_append_node (snapshot, drawn->ink);
}

static void
draw_caret (JzPaper *self, GtkSnapshot *snapshot)
{
  JzPagePlace place;
  if (!self->is_editable || !self->is_typed || !gtk_widget_has_focus (self->input) ||
      !jz_paper_find_caret (self, &place))
    return;
  double top = jz_page_line_get_top (place.line);
  const JzPage *page = g_ptr_array_index (self->pages->pages, place.page);
  fill (snapshot, &caret_ink, place.x - page->left - CARET_WIDTH / 2,
        jz_paper_get_top (self, place.page) + top, CARET_WIDTH,
        jz_page_line_get_bottom (place.line) - top);
}

void
jz_paper_draw (JzPaper *self, GtkSnapshot *snapshot)
{
  if (self->pages == NULL)
    return;
  jz_paper_update_visible (self);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)self->offset_x, 0));
  gtk_snapshot_scale (snapshot, (float)self->scale, (float)self->scale);
  for (guint i = self->first_visible; i <= self->last_visible && i < self->pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (self->pages->pages, i);
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)-page->left, (float)jz_paper_get_top (self, i)));
    draw_page (self, snapshot, i);
    gtk_snapshot_restore (snapshot);
  }
  draw_caret (self, snapshot);
  gtk_snapshot_restore (snapshot);
}
