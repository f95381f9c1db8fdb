/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/places.h"

#include <math.h>
#include <string.h>

/* Between values and points on pages: where the caret of a value stands, and what a pointer is at.
 * A value stands where it is shown plainly; what is derived from it only leads to it. */

/* From the baseline of a line, in sizes of its characters. */
#define ASCENT 1.05
#define DESCENT 0.35
/* What is farther from a point than this, in sizes of its characters, is not meant by it. */
#define REACH 2.5
/* Lines whose baselines are so close are one row. */
#define ROW_SLACK 2.0
/* What may be clicked anywhere in is lower than this. */
#define CELL_HEIGHT 500.0

/**
 * jz_page_line_get_top:
 * @self: a line on a page
 *
 * Returns: the upper edge of its characters, from the top of the page
 */
double
jz_page_line_get_top (const JzPageLine *self)
{
  return self->baseline - self->size * ASCENT;
}

/**
 * jz_page_line_get_bottom:
 * @self: a line on a page
 *
 * Returns: the lower edge of its characters, from the top of the page
 */
double
jz_page_line_get_bottom (const JzPageLine *self)
{
  return self->baseline + self->size * DESCENT;
}

static guint
get_start (const JzPageLine *line)
{
  return (guint)jz_page_line_get (line)->start_index;
}

static guint
get_end (const JzPageLine *line)
{
  const PangoLayoutLine *drawn = jz_page_line_get (line);
  return (guint)(drawn->start_index + drawn->length);
}

/* Where a line is wrapped, what begins the next one does not stand at the end of this one. */
static gboolean
has_index (const JzPageLine *line, guint index)
{
  guint end = get_end (line);
  gboolean is_last = pango_layout_get_text (line->text->layout)[end] == '\0';
  return index >= get_start (line) && (is_last ? index <= end : index < end);
}

static double
get_x (const JzPageLine *line, guint index)
{
  int x = 0;
  pango_layout_line_index_to_x (jz_page_line_get (line), (int)index, FALSE, &x);
  return line->x + (double)x / PANGO_SCALE;
}

/**
 * jz_page_line_shows:
 * @self: a line on a page
 * @span: a span of its text
 *
 * Returns: whether a part of the span, or an empty span, stands in this line
 */
gboolean
jz_page_line_shows (const JzPageLine *self, const JzPageSpan *span)
{
  if (span->start == span->end)
    return has_index (self, span->start);
  return span->start < get_end (self) && span->end > get_start (self);
}

/**
 * jz_page_line_get_range:
 * @self: a line on a page
 * @start: bytes in the text of its paragraph
 * @end: likewise
 * @left: (out): where the range begins in this line
 * @right: (out): where it ends
 *
 * Returns: whether a part of the range stands in this line
 */
gboolean
jz_page_line_get_range (const JzPageLine *self, guint start, guint end, double *left, double *right)
{
  guint line_end = get_end (self);
  guint from = MAX (start, get_start (self));
  guint to = MIN (end, line_end);

  if (from >= to)
    return FALSE;
  *left = get_x (self, from);
  /* The end of a wrapped line belongs to the next one; its width does not. */
  *right = to == line_end ? self->x + self->width : get_x (self, to);
  return TRUE;
}

static gboolean
has_offset (const JzPageSpan *span, guint offset)
{
  if (span->is_blank)
    return offset == span->offset;
  return offset >= span->offset && offset <= span->offset + span->end - span->start;
}

static guint
get_index (const JzPageSpan *span, guint offset)
{
  return span->is_blank ? span->start : span->start + offset - span->offset;
}

static gboolean
find_in_line (const JzPageLine *line, const char *path, guint offset, JzPagePlace *place)
{
  for (guint i = 0; i < line->text->spans->len; i++) {
    const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, i);
    if (span->show != JZ_SHOW_PLAIN || strcmp (span->path, path) != 0 ||
        !has_offset (span, offset) || !has_index (line, get_index (span, offset)))
      continue;
    place->line = line;
    place->span = span;
    place->x = get_x (line, get_index (span, offset));
    return TRUE;
  }
  return FALSE;
}

/**
 * jz_pages_find_place:
 * @self: pages
 * @path: a value
 * @offset: bytes in its text
 * @place: (out): where that byte begins, the first time the value is shown
 *
 * Returns: whether the value is on the pages
 */
gboolean
jz_pages_find_place (const JzPages *self, const char *path, guint offset, JzPagePlace *place)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  for (guint i = 0; i < self->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (self->pages, i);
    place->page = i;
    for (guint j = 0; j < page->lines->len; j++)
      if (find_in_line (g_ptr_array_index (page->lines, j), path, offset, place))
        return TRUE;
  }
  return FALSE;
}

static gboolean
may_pick (const JzPageLine *line, const JzPageSpan *span, const char *only)
{
  if (only != NULL && (strcmp (span->path, only) != 0 || span->show != JZ_SHOW_PLAIN))
    return FALSE;
  return jz_page_line_shows (line, span);
}

static gboolean
has_pick (const JzPageLine *line, const char *only)
{
  for (guint i = 0; i < line->text->spans->len; i++)
    if (may_pick (line, &g_array_index (line->text->spans, JzPageSpan, i), only))
      return TRUE;
  return FALSE;
}

static double
get_distance (double value, double from, double to)
{
  return value < from ? from - value : value > to ? value - to : 0;
}

/* Cells are smaller than the type area around them, and win; then rows, then what is beside. */
static double
rate (const JzPageLine *line, double x, double y)
{
  gboolean is_inside = x >= line->left && x <= line->right && y >= line->top && y <= line->bottom;
  double area = (line->right - line->left) * (line->bottom - line->top);
  double down = get_distance (y, jz_page_line_get_top (line), jz_page_line_get_bottom (line));
  double beside = get_distance (x, line->x, line->x + line->width);
  return (is_inside ? area : 1e7) * 1e6 + down * 1e3 + beside;
}

/* What a wrapped line ends with belongs to the next one. */
static guint
clamp_index (const JzPageLine *line, const JzPageSpan *span, guint index)
{
  const char *text = pango_layout_get_text (line->text->layout);
  guint from = MAX (span->start, get_start (line));
  guint to = MIN (span->end, get_end (line));
  if (to == get_end (line) && text[to] != '\0' && to > from && to < span->end)
    to = (guint)(g_utf8_prev_char (text + to) - text);
  return CLAMP (index, from, MAX (from, to));
}

static guint
get_index_at (const JzPageLine *line, double x)
{
  const char *text = pango_layout_get_text (line->text->layout);
  int index = 0;
  int trailing = 0;
  pango_layout_line_x_to_index (jz_page_line_get (line), (int)((x - line->x) * PANGO_SCALE), &index,
                                &trailing);
  const char *at = text + index;
  while (trailing-- > 0 && *at != '\0')
    at = g_utf8_next_char (at);
  return (guint)(at - text);
}

static gboolean
pick_in_line (const JzPageLine *line, double x, const char *only, JzPagePick *pick)
{
  guint index = get_index_at (line, x);
  guint nearest = G_MAXUINT;
  for (guint i = 0; i < line->text->spans->len; i++) {
    const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, i);
    guint distance = index < span->start ? span->start - index
                     : index > span->end ? index - span->end
                                         : 0;
    if (distance >= nearest || !may_pick (line, span, only))
      continue;
    nearest = distance;
    pick->line = line;
    pick->span = span;
    pick->index = clamp_index (line, span, index);
    pick->offset = span->offset + (span->is_blank ? 0 : pick->index - span->start);
  }
  return nearest != G_MAXUINT;
}

/* Beside or below the text of a cell, the cell is meant; far from a line of running text nothing
 * is. */
static gboolean
is_near (const JzPageLine *line, double x, double y)
{
  gboolean is_in_cell = line->bottom - line->top < CELL_HEIGHT && x >= line->left &&
                        x <= line->right && y >= line->top && y <= line->bottom;
  return is_in_cell || get_distance (y, jz_page_line_get_top (line),
                                     jz_page_line_get_bottom (line)) < REACH * line->size;
}

/**
 * jz_pages_pick:
 * @self: pages
 * @page: from 0
 * @x: from the left edge of the page
 * @y: from its top
 * @only: (nullable): the value that is meant, wherever the point is
 * @pick: (out): what is at the point, or next to it
 *
 * Returns: whether there is a value at the point
 */
gboolean
jz_pages_pick (const JzPages *self,
               guint page,
               double x,
               double y,
               const char *only,
               JzPagePick *pick)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (page < self->pages->len, FALSE);

  const JzPage *there = g_ptr_array_index (self->pages, page);
  const JzPageLine *best = NULL;
  for (guint i = 0; i < there->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (there->lines, i);
    if (has_pick (line, only) && (best == NULL || rate (line, x, y) < rate (best, x, y)))
      best = line;
  }
  pick->page = page;
  if (best == NULL || (only == NULL && !is_near (best, x, y)))
    return FALSE;
  return pick_in_line (best, x, only, pick);
}

/* How far down a line is, through all pages. */
static double
get_depth (guint page, const JzPageLine *line)
{
  return page * 1e5 + line->baseline;
}

static gboolean
is_better (double depth, double beside, double best_depth, double best_beside, int direction)
{
  double difference = (depth - best_depth) * direction;
  if (fabs (difference) < ROW_SLACK)
    return beside < best_beside;
  return difference < 0;
}

/**
 * jz_pages_step:
 * @self: pages
 * @from: where the caret is
 * @direction: 1 for down, -1 for up
 * @x: where the caret would like to be, from the left edge of the page
 * @only: (nullable): the value that it must not leave
 * @pick: (out): where it goes
 *
 * One row up or down by the rows that are drawn, over what has no value.
 *
 * Returns: whether there is a row with a value
 */
gboolean
jz_pages_step (const JzPages *self,
               const JzPagePlace *from,
               int direction,
               double x,
               const char *only,
               JzPagePick *pick)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (from != NULL && from->line != NULL, FALSE);

  double start = get_depth (from->page, from->line);
  double best_depth = direction * 1e9;
  double best_beside = 0;
  const JzPageLine *best = NULL;
  for (guint i = 0; i < self->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (self->pages, i);
    for (guint j = 0; j < page->lines->len; j++) {
      const JzPageLine *line = g_ptr_array_index (page->lines, j);
      double depth = get_depth (i, line);
      double beside = get_distance (x, line->x, line->x + line->width);
      if ((depth - start) * direction < ROW_SLACK || !has_pick (line, only) ||
          !is_better (depth, beside, best_depth, best_beside, direction))
        continue;
      best = line;
      best_depth = depth;
      best_beside = beside;
      pick->page = i;
    }
  }
  return best != NULL && pick_in_line (best, x, only, pick);
}

static void
add_spans (const JzPageLine *line, GHashTable *seen, GPtrArray *spans)
{
  for (guint i = 0; i < line->text->spans->len; i++) {
    JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, i);
    if (g_hash_table_add (seen, span->path))
      g_ptr_array_add (spans, span);
  }
}

/**
 * jz_pages_list_spans:
 * @self: pages, which must outlive the list
 *
 * Returns: (transfer container) (element-type JzPageSpan): for every value on the pages the first
 *   place where it is shown, in the order of reading
 */
GPtrArray *
jz_pages_list_spans (const JzPages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *spans = g_ptr_array_new ();
  for (guint i = 0; i < self->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (self->pages, i);
    for (guint j = 0; j < page->lines->len; j++)
      add_spans (g_ptr_array_index (page->lines, j), seen, spans);
  }
  return spans;
}
