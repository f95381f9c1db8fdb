/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/paper-private.h"

/* Paragraphs that are tied to a second of a recording have a small mark beside their first line
 * (R-23). */

#define MARK_WIDTH 6.0f
#define MARK_HEIGHT 8.0f
#define MARK_GAP 3.0f

static const GdkRGBA tied_ink = { 0.11f, 0.44f, 0.85f, 1 };
static const GdkRGBA changed_ink = { 0.85f, 0.45f, 0.05f, 1 };

/**
 * jz_paper_set_ties:
 * @self: a page widget
 * @ties: (nullable) (element-type utf8 GArray): by path, the paragraphs that are tied, each a
 * #JzPaperTie
 */
void
jz_paper_set_ties (JzPaper *self, GHashTable *ties)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  g_clear_pointer (&self->ties, g_hash_table_unref);
  self->ties = ties != NULL ? g_hash_table_ref (ties) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A triangle that points to the words, as on a button that plays. */
static void
draw_mark (GtkSnapshot *snapshot, double x, double y, const GdkRGBA *colour)
{
  cairo_t *cr = gtk_snapshot_append_cairo (
    snapshot, &GRAPHENE_RECT_INIT ((float)x, (float)y, MARK_WIDTH, MARK_HEIGHT));

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + MARK_WIDTH, y + MARK_HEIGHT / 2);
  cairo_line_to (cr, x, y + MARK_HEIGHT);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static gboolean
holds (const JzPageSpan *span, const char *path, guint offset)
{
  guint end = span->offset + span->end - span->start;

  return strcmp (span->path, path) == 0 && offset >= span->offset && offset <= end;
}

static void
draw_tie (GtkSnapshot *snapshot, const JzPage *page, const char *path, const JzPaperTie *tie)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      double left = 0;
      double right = 0;
      double top = jz_page_line_get_top (line);
      double height = jz_page_line_get_bottom (line) - top;
      guint start;
      if (!holds (span, path, tie->start))
        continue;
      start = tie->start - span->offset + span->start;
      if (!jz_page_line_get_range (line, start, MIN (start + 1, span->end), &left, &right) &&
          !jz_page_line_get_range (line, span->start, span->end, &left, &right))
        continue;
      draw_mark (snapshot, left - MARK_WIDTH - MARK_GAP, top + (height - MARK_HEIGHT) / 2,
                 tie->is_changed ? &changed_ink : &tied_ink);
      return;
    }
  }
}

void
jz_paper_draw_ties (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page)
{
  GHashTableIter iter;
  gpointer path, ties;

  if (self->ties == NULL)
    return;
  g_hash_table_iter_init (&iter, self->ties);
  while (g_hash_table_iter_next (&iter, &path, &ties))
    for (guint i = 0; i < ((GArray *)ties)->len; i++)
      draw_tie (snapshot, page, path, &g_array_index ((GArray *)ties, JzPaperTie, i));
}
