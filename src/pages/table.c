/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pages-private.h"

/* Rows of cells on pages. A row that does not fit goes to the next page whole; one that is too high
 * for that is divided between lines, but never where a signature would be parted from its words. */

/* A row higher than this part of a page is divided rather than moved. */
#define MOVED_PART 0.4
#define ROW_PADDING 8.0
#define LEAST_LINES 2

JzRow *
jz_row_new (double height)
{
  JzRow *self = g_new0 (JzRow, 1);
  self->cells = g_ptr_array_new ();
  self->height = MAX (height, JZ_TABLE_ROW_HEIGHT);
  return self;
}

void
jz_row_free (JzRow *self)
{
  for (guint i = 0; i < self->cells->len; i++) {
    JzCell *cell = g_ptr_array_index (self->cells, i);
    g_ptr_array_unref (cell->lines);
    g_free (cell);
  }
  g_ptr_array_unref (self->cells);
  g_free (self);
}

JzCell *
jz_row_add_cell (JzRow *self, double x, double width)
{
  JzCell *cell = g_new0 (JzCell, 1);
  cell->x = x;
  cell->width = width;
  cell->padding = JZ_CELL_PADDING;
  cell->lines = jz_loose_lines_new ();
  g_ptr_array_add (self->cells, cell);
  return cell;
}

static double
get_lines_height (const GPtrArray *lines)
{
  double height = 0;
  for (guint i = 0; i < lines->len; i++)
    height += ((const JzLooseLine *)g_ptr_array_index (lines, i))->pitch;
  return height;
}

static double
get_row_height (const JzRow *self)
{
  double height = self->height;
  for (guint i = 0; i < self->cells->len; i++) {
    const JzCell *cell = g_ptr_array_index (self->cells, i);
    height = MAX (height, get_lines_height (cell->lines) + ROW_PADDING);
  }
  return height;
}

static void
add_box (JzComposer *self, double x, double y, double width, double height, double line_width)
{
  JzPageBox box = { x, y, width, height, line_width };
  g_array_append_val (self->page->boxes, box);
}

/* Text stands at the top, signatures at the foot; a cell of few words is in the middle. */
static void
place_cell (JzComposer *self, const JzCell *cell, double height)
{
  double left = JZ_AREA_LEFT + cell->x;
  double free_height = height - get_lines_height (cell->lines);
  double y = self->y + (cell->is_middle ? free_height / 2 : ROW_PADDING / 2);
  gboolean is_at_foot = FALSE;
  add_box (self, left, self->y, cell->width, height, JZ_LINE_INNER);
  for (guint i = 0; i < cell->lines->len; i++) {
    const JzLooseLine *line = g_ptr_array_index (cell->lines, i);
    if (line->is_kept && !is_at_foot && !cell->is_middle) {
      y += free_height - ROW_PADDING;
      is_at_foot = TRUE;
    }
    jz_composer_place_line (self, line, left, left + cell->width, left + cell->padding + line->x,
                            y + line->pitch / 2 + line->size * 0.36);
    JzPageLine *placed = g_ptr_array_index (self->page->lines, self->page->lines->len - 1);
    placed->top = self->y;
    placed->bottom = self->y + height;
    y += line->pitch;
  }
  if (cell->is_struck) {
    JzPageStroke stroke = { left + cell->width, self->y, left, self->y + height, JZ_LINE_INNER };
    g_array_append_val (self->page->strokes, stroke);
  }
}

static void
place_whole (JzComposer *self, const JzRow *row, double height)
{
  for (guint i = 0; i < row->cells->len; i++)
    place_cell (self, g_ptr_array_index (row->cells, i), height);
  self->y += height;
}

/* The label of a group, one character under the other. */
static void
place_group_label (JzComposer *self)
{
  double height = self->y - self->group_top;
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  g_string_append (phrase->text, self->group);
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  jz_composer_break_lines (self, phrase, &jz_style_label, JZ_SMALL_TEXT_SIZE + 1, 0, JZ_ALIGN_LEFT,
                           FALSE, lines);
  add_box (self, JZ_AREA_LEFT, self->group_top, self->group_width, height, JZ_LINE_INNER);
  double text_height = get_lines_height (lines);
  if (text_height > height)
    return;
  double y = self->group_top + (height - text_height) / 2;
  for (guint i = 0; i < lines->len; i++) {
    const JzLooseLine *line = g_ptr_array_index (lines, i);
    jz_composer_place_line (self, line, JZ_AREA_LEFT, JZ_AREA_LEFT + self->group_width,
                            JZ_AREA_LEFT + (self->group_width - line->width) / 2,
                            y + line->pitch / 2 + line->size * 0.36);
    y += line->pitch;
  }
}

void
jz_composer_open_segment (JzComposer *self)
{
  self->frame_top = self->y;
  self->group_top = self->y;
}

void
jz_composer_close_segment (JzComposer *self)
{
  if (self->group != NULL && self->y > self->group_top)
    place_group_label (self);
  if (self->y > self->frame_top)
    add_box (self, JZ_AREA_LEFT, self->frame_top, JZ_AREA_WIDTH, self->y - self->frame_top,
             JZ_LINE_OUTER);
}

void
jz_composer_begin_table (JzComposer *self)
{
  self->n_movable = 0;
  jz_composer_open_segment (self);
}

void
jz_composer_end_table (JzComposer *self)
{
  jz_composer_close_segment (self);
  self->frame_top = -1;
  self->head = NULL;
}

void
jz_composer_turn_page (JzComposer *self)
{
  jz_composer_close_segment (self);
  jz_composer_begin_page (self);
  jz_composer_open_segment (self);
  if (self->head != NULL) {
    place_whole (self, self->head, get_row_height (self->head));
    self->group_top = self->y;
  }
}

/* How many of the lines have room; what is kept together is not divided. */
static guint
count_fitting (const GPtrArray *lines, double room)
{
  guint n = 0;
  double height = ROW_PADDING;
  for (; n < lines->len; n++) {
    height += ((const JzLooseLine *)g_ptr_array_index (lines, n))->pitch;
    if (height > room)
      break;
  }
  while (n > 0 && n < lines->len && ((const JzLooseLine *)g_ptr_array_index (lines, n))->is_kept)
    n--;
  return n;
}

static void
move_lines (GPtrArray *from, GPtrArray *to, guint n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (to, g_ptr_array_steal_index (from, 0));
}

/* Places what fits of @row here and leaves the rest in it. */
static void
place_part (JzComposer *self, JzRow *row, double room)
{
  g_autoptr (JzRow) part = jz_row_new (0);
  for (guint i = 0; i < row->cells->len; i++) {
    JzCell *cell = g_ptr_array_index (row->cells, i);
    JzCell *here = jz_row_add_cell (part, cell->x, cell->width);
    here->is_middle = cell->is_middle;
    move_lines (cell->lines, here->lines, count_fitting (cell->lines, room));
  }
  place_whole (self, part, MAX (room, JZ_TABLE_ROW_HEIGHT));
}

static guint
count_most_lines (const JzRow *row, double room)
{
  guint most = 0;
  for (guint i = 0; i < row->cells->len; i++) {
    const JzCell *cell = g_ptr_array_index (row->cells, i);
    most = MAX (most, count_fitting (cell->lines, room));
  }
  return most;
}

/* So many signatures that no page holds them are divided after all. */
static void
release_kept (JzRow *row)
{
  for (guint i = 0; i < row->cells->len; i++) {
    const JzCell *cell = g_ptr_array_index (row->cells, i);
    for (guint j = 0; j < cell->lines->len; j++)
      ((JzLooseLine *)g_ptr_array_index (cell->lines, j))->is_kept = FALSE;
  }
}

void
jz_composer_place_row (JzComposer *self, JzRow *row)
{
  double page_height = self->bottom - self->top;
  gboolean has_turned = FALSE;
  for (;;) {
    double height = get_row_height (row);
    double room = self->bottom - self->y;
    if (height <= room + 0.1) {
      place_whole (self, row, height);
      return;
    }
    if (has_turned && count_most_lines (row, room) < LEAST_LINES)
      release_kept (row);
    gboolean is_divided = height > MOVED_PART * page_height || has_turned;
    if (is_divided && room > JZ_TABLE_ROW_HEIGHT && count_most_lines (row, room) >= LEAST_LINES)
      place_part (self, row, room);
    jz_composer_turn_page (self);
    has_turned = TRUE;
  }
}
