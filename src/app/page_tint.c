/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page_tint.h"

#include <string.h>

#include "pages/places.h"

/* Behind the ink of a page: where its fields and parts of their values stand, and colours there. */

/* A line's part above and below its baseline, as a share of its size. */
#define ASCENT 0.95
#define DESCENT 0.30

static const GdkRGBA tint = { 1, 0.91f, 0.55f, 1 };
static const GdkRGBA frame = { 0.11f, 0.44f, 0.85f, 1 };

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

/* Of "party" also "party.name", of "points" also "points[2].basis". */
static gboolean
is_under (const char *path, const char *field)
{
  gsize length = strlen (field);

  return strncmp (path, field, length) == 0 &&
         (path[length] == '\0' || path[length] == '.' || path[length] == '[');
}

/* Where bytes @from to @to of the value at @path stand on the line; %FALSE where they do not. */
static gboolean
find_bytes (const JzPageLine *line,
            const JzPageSpan *span,
            const char *path,
            guint from,
            guint to,
            double *left,
            double *right)
{
  guint start = MAX (from, span->offset);
  guint end = MIN (to, span->offset + (span->end - span->start));

  if (span->is_blank || strcmp (span->path, path) != 0 || start >= end)
    return FALSE;
  return jz_page_line_get_range (line, span->start + (start - span->offset),
                                 span->start + (end - span->offset), left, right);
}

/**
 * jz_page_tint_field:
 * @snapshot: what is drawn
 * @page: a page
 * @field: path of a field
 *
 * Puts a colour behind the field and all that is in it.
 */
void
jz_page_tint_field (GtkSnapshot *snapshot, const JzPage *page, const char *field)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      double left, right;
      if (!is_under (span->path, field) ||
          !jz_page_line_get_range (line, span->start, span->end, &left, &right))
        continue;
      fill (snapshot, &tint, left, line->baseline - line->size * ASCENT, right - left,
            line->size * (ASCENT + DESCENT));
    }
  }
}

/**
 * jz_page_tint_bytes:
 * @snapshot: what is drawn
 * @page: a page
 * @path: path of a value
 * @from: the first byte of its text
 * @to: the byte after the last one
 * @colour: of the tint
 * @is_framed: whether it has a frame
 *
 * Puts a colour behind a part of a value.
 */
void
jz_page_tint_bytes (GtkSnapshot *snapshot,
                    const JzPage *page,
                    const char *path,
                    guint from,
                    guint to,
                    const GdkRGBA *colour,
                    gboolean is_framed)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    for (guint j = 0; j < line->text->spans->len; j++) {
      double left, right;
      double top = line->baseline - line->size * ASCENT;
      double height = line->size * (ASCENT + DESCENT);
      if (!find_bytes (line, &g_array_index (line->text->spans, JzPageSpan, j), path, from, to,
                       &left, &right))
        continue;
      if (is_framed)
        fill (snapshot, &frame, left - 1.5, top - 1.5, right - left + 3, height + 3);
      fill (snapshot, colour, left, top, right - left, height);
    }
  }
}

/**
 * jz_page_tint_find_field:
 * @pages: all pages
 * @field: path of a field
 * @page: (out): on which page it begins
 * @baseline: (out): of its first line there
 *
 * Returns: whether the pages have the field
 */
gboolean
jz_page_tint_find_field (const JzPages *pages, const char *field, guint *page, double *baseline)
{
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *at = g_ptr_array_index (pages->pages, i);
    for (guint j = 0; j < at->lines->len; j++) {
      const JzPageLine *line = g_ptr_array_index (at->lines, j);
      for (guint k = 0; k < line->text->spans->len; k++) {
        const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, k);
        if (!is_under (span->path, field) || !jz_page_line_shows (line, span))
          continue;
        *page = i;
        *baseline = line->baseline;
        return TRUE;
      }
    }
  }
  return FALSE;
}

/**
 * jz_page_tint_find_span:
 * @page: a page
 * @x: from its left
 * @y: from its top
 *
 * Returns: (transfer none) (nullable): the value that stands there
 */
const JzPageSpan *
jz_page_tint_find_span (const JzPage *page, double x, double y)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    if (y < line->baseline - line->size * ASCENT || y > line->baseline + line->size * DESCENT)
      continue;
    for (guint j = 0; j < line->text->spans->len; j++) {
      const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, j);
      double left, right;
      if (jz_page_line_get_range (line, span->start, span->end, &left, &right) && x >= left &&
          x <= right)
        return span;
    }
  }
  return NULL;
}
