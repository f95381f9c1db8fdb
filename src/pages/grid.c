/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pages-private.h"

/* Tables of the two ways: grids, whose cells the form names one by one, and lists with one row an
 * entry. */

#define STRUCK "／"
#define LIST_GAP 4.0
/* Millimetres; from this height on, text begins at the top. */
#define HIGH_ROW 20.0
#define LABEL_PADDING 1.5

static void
add_plain_text (JzComposer *self,
                const char *text,
                const JzStyle *style,
                JzAlign align,
                JzCell *cell)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  g_string_append (phrase->text, text);
  jz_composer_break_lines (self, phrase, style, cell->width - 2 * cell->padding, 0, align, FALSE,
                           cell->lines);
}

static void
add_phrase (JzComposer *self,
            const JzPhrase *phrase,
            const JzStyle *style,
            JzAlign align,
            JzCell *cell)
{
  g_autoptr (GPtrArray) parts = jz_phrase_split (phrase);
  for (guint i = 0; i < parts->len; i++)
    jz_composer_break_lines (self, g_ptr_array_index (parts, i), style,
                             cell->width - 2 * cell->padding, 0, align, FALSE, cell->lines);
}

/* No cell is left empty: what is not filled is struck. @path: whose value would stand there. */
static void
strike_if_empty (JzComposer *self, const char *path, JzCell *cell)
{
  if (cell->lines->len > 0)
    return;
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  g_string_append (phrase->text, STRUCK);
  JzPageSpan span = { 0, .end = (guint)phrase->text->len, .is_blank = TRUE,
                      .path = g_strdup (path) };
  if (path != NULL)
    g_array_append_val (phrase->spans, span);
  add_phrase (self, phrase, &jz_style_cell, JZ_ALIGN_CENTER, cell);
  cell->is_middle = TRUE;
}

/* The lines of a signature stay together; several begin at the left. */
static void
keep_sign (JzCell *cell, guint first)
{
  gboolean is_long = cell->lines->len - first > 1;
  for (guint i = first; i < cell->lines->len; i++) {
    JzLooseLine *line = g_ptr_array_index (cell->lines, i);
    line->is_kept = TRUE;
    line->x = is_long ? 0 : line->x;
  }
  cell->is_middle = FALSE;
}

static void
fill_cell (JzComposer *self, const JzBodyNode *node, double height, JzCell *cell)
{
  g_autofree char *path = NULL;
  cell->is_middle = height < HIGH_ROW;
  for (guint i = 0; i < node->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (node->parts, i);
    if (!jz_composer_has (self, part))
      continue;
    g_autoptr (JzPhrase) phrase = jz_phrase_new ();
    if (part->kind == JZ_BODY_SIGN) {
      guint first = cell->lines->len;
      jz_composer_compose_sign (self, part, phrase);
      add_phrase (self, phrase, &jz_style_cell, JZ_ALIGN_RIGHT, cell);
      keep_sign (cell, first);
      continue;
    }
    jz_composer_add_inline (self, part, NULL, phrase);
    if (path == NULL && phrase->spans->len > 0)
      path = g_strdup (g_array_index (phrase->spans, JzPageSpan, 0).path);
    if (phrase->text->len > 0 && !phrase->is_blank)
      add_phrase (self, phrase, &jz_style_cell,
                  node->align != JZ_ALIGN_LEFT ? node->align : part->align, cell);
  }
  strike_if_empty (self, path, cell);
}

static void
fill_label (JzComposer *self, const JzBodyNode *node, JzCell *cell)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  cell->padding = LABEL_PADDING;
  jz_composer_add_inline (self, node, NULL, phrase);
  add_phrase (self, phrase, &jz_style_label, JZ_ALIGN_CENTER, cell);
  cell->is_middle = TRUE;
}

/* Widths are scaled so that a row is exactly as wide as its table. */
static double
get_scale (const GArray *widths, double room)
{
  double sum = 0;
  for (guint i = 0; i < widths->len; i++)
    sum += JZ_MM (g_array_index (widths, double, i));
  return sum > 0 ? room / sum : 1;
}

static JzRow *
compose_row (JzComposer *self, const JzBodyNode *node)
{
  double x = self->group != NULL ? self->group_width : 0;
  double scale = get_scale (node->widths, JZ_AREA_WIDTH - x);
  JzRow *row = jz_row_new (JZ_MM (node->height));
  for (guint i = 0; i < node->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (node->parts, i);
    double width = JZ_MM (g_array_index (node->widths, double, i)) * scale;
    JzCell *cell = jz_row_add_cell (row, x, width);
    if (part->kind == JZ_BODY_LABEL)
      fill_label (self, part, cell);
    else
      fill_cell (self, part, node->height, cell);
    x += width;
  }
  return row;
}

static double
get_column_width (const JzFormField *column)
{
  return JZ_MM (column->width > 0 ? column->width : 20);
}

static double
get_list_scale (const JzFormField *field)
{
  double sum = 0;
  for (guint i = 0; i < field->members->len; i++)
    sum += get_column_width (g_ptr_array_index (field->members, i));
  return JZ_AREA_WIDTH / sum;
}

static JzRow *
compose_head (JzComposer *self, const JzFormField *field)
{
  double scale = get_list_scale (field);
  double x = 0;
  JzRow *row = jz_row_new (0);
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *column = g_ptr_array_index (field->members, i);
    JzCell *cell = jz_row_add_cell (row, x, get_column_width (column) * scale);
    cell->padding = LABEL_PADDING;
    add_plain_text (self, column->label.zh, &jz_style_label, JZ_ALIGN_CENTER, cell);
    cell->is_middle = TRUE;
    x += cell->width;
  }
  return row;
}

static JzRow *
compose_entry (JzComposer *self, const JzFormField *field, const JzJson *entry, guint number)
{
  double scale = get_list_scale (field);
  double x = 0;
  JzRow *row = jz_row_new (0);
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *column = g_ptr_array_index (field->members, i);
    JzCell *cell = jz_row_add_cell (row, x, get_column_width (column) * scale);
    g_autofree char *path = g_strdup_printf ("%s[%u].%s", field->name, number, column->name);
    g_autoptr (JzPhrase) phrase = jz_phrase_new ();
    jz_composer_add_value (self, column, jz_json_get_member (entry, column->name), path,
                           JZ_SHOW_PLAIN, phrase);
    if (!phrase->is_blank)
      add_phrase (self, phrase, &jz_style_cell, column->align, cell);
    cell->is_middle = TRUE;
    strike_if_empty (self, path, cell);
    x += cell->width;
  }
  return row;
}

/* The unused rows, struck from corner to corner. */
static void
add_struck (JzComposer *self, double height)
{
  if (height < JZ_TABLE_ROW_HEIGHT)
    return;
  g_autoptr (JzRow) row = jz_row_new (MIN (height, self->bottom - self->y));
  JzCell *cell = jz_row_add_cell (row, 0, JZ_AREA_WIDTH);
  cell->is_struck = TRUE;
  jz_composer_place_row (self, row);
}

static void
add_total (JzComposer *self, const JzBodyNode *node)
{
  for (guint i = 0; i < node->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (node->parts, i);
    g_autoptr (JzPhrase) phrase = jz_phrase_new ();
    g_autoptr (JzRow) row = jz_row_new (0);
    JzCell *cell = jz_row_add_cell (row, 0, JZ_AREA_WIDTH);
    jz_composer_add_inline (self, part, NULL, phrase);
    add_phrase (self, phrase, &jz_style_cell, JZ_ALIGN_LEFT, cell);
    cell->is_middle = TRUE;
    jz_composer_place_row (self, row);
  }
}

/* The rows of a list inside a table that has been begun. */
void
jz_composer_add_list_rows (JzComposer *self, const JzBodyNode *node)
{
  const JzFormField *field = node->field;
  const JzJson *value = jz_filling_find (self->filling, field->name);
  guint n = value != NULL ? jz_json_get_n_items (value) : 0;
  g_autoptr (JzRow) head = compose_head (self, field);
  /* Not alone at the foot of a page. */
  if (self->bottom - self->y < 3 * JZ_TABLE_ROW_HEIGHT && self->y > self->top) {
    jz_composer_close_segment (self);
    jz_composer_begin_page (self);
    jz_composer_open_segment (self);
  }
  jz_composer_place_row (self, head);
  self->head = head;
  for (guint i = 0; i < n; i++) {
    g_autoptr (JzRow) row = compose_entry (self, field, jz_json_get_item (value, i), i + 1);
    jz_composer_place_row (self, row);
  }
  /* What stands below the table never stands alone on a page. */
  double feet_height = jz_composer_measure_feet (self) + LIST_GAP;
  if (node->fills_page && self->bottom - self->y < feet_height)
    jz_composer_turn_page (self);
  self->head = NULL;
  if (node->fills_page)
    add_struck (self, self->bottom - self->y - feet_height);
  else if (n < MAX (node->level, 1))
    add_struck (self, (MAX (node->level, 1) - n) * JZ_TABLE_ROW_HEIGHT);
  add_total (self, node);
}

void
jz_composer_add_list (JzComposer *self, const JzBodyNode *node)
{
  self->y += LIST_GAP;
  if (self->bottom - self->y < 3 * JZ_TABLE_ROW_HEIGHT)
    jz_composer_begin_page (self);
  jz_composer_begin_table (self);
  jz_composer_add_list_rows (self, node);
  jz_composer_end_table (self);
  self->y += LIST_GAP;
}

static void add_grid_rows (JzComposer *self, const JzBodyNode *node);

static void
add_group (JzComposer *self, const JzBodyNode *node)
{
  double scale = JZ_AREA_WIDTH / JZ_MM (156);
  self->group = node->text;
  self->group_width = JZ_MM (g_array_index (node->widths, double, 0)) * scale;
  self->group_top = self->y;
  add_grid_rows (self, node);
  /* Close the group's label, but not the frame around the table. */
  double frame_top = self->frame_top;
  self->frame_top = self->y;
  jz_composer_close_segment (self);
  self->frame_top = frame_top;
  self->group = NULL;
}

static void
add_grid_rows (JzComposer *self, const JzBodyNode *node)
{
  for (guint i = 0; i < node->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (node->parts, i);
    if (!jz_composer_has (self, part))
      continue;
    if (part->kind == JZ_BODY_GROUP) {
      add_group (self, part);
    } else if (part->kind == JZ_BODY_LIST) {
      jz_composer_add_list_rows (self, part);
    } else if (part->kind == JZ_BODY_ROW) {
      g_autoptr (JzRow) row = compose_row (self, part);
      jz_composer_place_row (self, row);
    }
  }
}

void
jz_composer_add_grid (JzComposer *self, const JzBodyNode *node)
{
  self->y += 2;
  jz_composer_begin_table (self);
  add_grid_rows (self, node);
  jz_composer_end_table (self);
}
