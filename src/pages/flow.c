/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "pages/pages-private.h"

/* Running text on the grid of rows, titles, the place of the seal, and what follows the text. */

#define ROW_BASELINE 21.41
#define FOOT_GAP 6.0
/* From the right edge to the end of the date under a seal: four characters. */
#define SEAL_RIGHT (4 * JZ_TEXT_CELL)
/* The last lines of the text go with the organ and date, so that no seal stands on an empty page.
 */
#define MAX_MOVABLE 2

static void
free_line (gpointer data)
{
  JzPageLine *self = data;
  jz_page_text_unref (self->text);
  g_free (self);
}

void
jz_composer_begin_page (JzComposer *self)
{
  JzPage *page = g_new0 (JzPage, 1);
  /* Without page breaks one ends where its last line does. */
  if (self->page != NULL && self->options->is_continuous)
    self->page->height = self->y;
  page->left = self->left;
  page->width = self->width;
  page->height = JZ_PAGE_HEIGHT;
  page->lines = g_ptr_array_new_with_free_func (free_line);
  page->boxes = g_array_new (FALSE, FALSE, sizeof (JzPageBox));
  page->strokes = g_array_new (FALSE, FALSE, sizeof (JzPageStroke));
  g_ptr_array_add (self->pages->pages, page);
  self->page = page;
  self->y = self->top;
  self->n_movable = 0;
}

/* To the next row of the grid. */
void
jz_composer_snap (JzComposer *self)
{
  double rows = (self->y - self->top) / JZ_ROW_HEIGHT;
  self->y = self->top + ceil (rows - 0.01) * JZ_ROW_HEIGHT;
}

static gboolean
has_room (const JzComposer *self, double height)
{
  return self->y + height <= self->bottom + 0.1;
}

static void
place_row (JzComposer *self, const JzLooseLine *line)
{
  if (!has_room (self, JZ_ROW_HEIGHT))
    jz_composer_begin_page (self);
  jz_composer_place_line (self, line, JZ_AREA_LEFT, JZ_AREA_RIGHT, JZ_AREA_LEFT + line->x,
                          self->y + ROW_BASELINE);
  self->y += JZ_ROW_HEIGHT;
  self->n_movable++;
}

/* Around a grid, text is of the grid's size and not on the rows of letters. */
static void
add_small_paragraph (JzComposer *self, const JzPhrase *phrase, JzAlign align)
{
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  jz_composer_break_lines (self, phrase, &jz_style_cell, JZ_AREA_WIDTH, 0, align, FALSE, lines);
  self->n_movable = 0;
  for (guint i = 0; i < lines->len; i++) {
    const JzLooseLine *line = g_ptr_array_index (lines, i);
    if (!has_room (self, line->pitch))
      jz_composer_begin_page (self);
    jz_composer_place_line (self, line, JZ_AREA_LEFT, JZ_AREA_RIGHT, JZ_AREA_LEFT + line->x,
                            self->y + line->pitch / 2 + line->size * 0.36);
    self->y += line->pitch;
  }
}

static void
add_one_paragraph (JzComposer *self,
                   const JzPhrase *phrase,
                   JzFaceRole role,
                   double indent,
                   JzAlign align)
{
  JzStyle style = jz_style_body;
  style.role = role;
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  jz_composer_break_lines (self, phrase, &style, JZ_AREA_WIDTH + JZ_TEXT_SLACK, indent, align,
                           align == JZ_ALIGN_LEFT, lines);
  self->n_movable = 0;
  for (guint i = 0; i < lines->len; i++)
    place_row (self, g_ptr_array_index (lines, i));
}

/* @keep_rows: so many rows must have room here, or it goes to the next page. */
void
jz_composer_add_paragraph (JzComposer *self,
                           const JzPhrase *phrase,
                           JzFaceRole role,
                           double indent,
                           JzAlign align,
                           guint keep_rows)
{
  gboolean is_small = jz_form_get_kind (self->form) == JZ_FORM_TABLE;
  if (!is_small)
    jz_composer_snap (self);
  if (!has_room (self, keep_rows * JZ_ROW_HEIGHT))
    jz_composer_begin_page (self);
  g_autoptr (GPtrArray) parts = jz_phrase_split (phrase);
  for (guint i = 0; i < parts->len; i++) {
    if (is_small)
      add_small_paragraph (self, g_ptr_array_index (parts, i), align);
    else
      add_one_paragraph (self, g_ptr_array_index (parts, i), role, indent, align);
  }
}

/* As many lines as it needs, all of about one length. */
static void
add_title_line (JzComposer *self, const char *text)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  g_string_append (phrase->text, text);
  const JzStyle style = { JZ_FACE_TITLE, JZ_TITLE_SIZE, JZ_TITLE_PITCH, 0 };
  g_autoptr (GPtrArray) whole = jz_loose_lines_new ();
  jz_composer_break_lines (self, phrase, &style, 0, 0, JZ_ALIGN_LEFT, FALSE, whole);
  double width = ((const JzLooseLine *)g_ptr_array_index (whole, 0))->width;
  double n_lines = ceil (width / JZ_AREA_WIDTH);
  double room = n_lines > 1 ? MIN (width / n_lines + JZ_TITLE_SIZE, JZ_AREA_WIDTH) : JZ_AREA_WIDTH;
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  jz_composer_break_lines (self, phrase, &style, room, 0, JZ_ALIGN_CENTER, FALSE, lines);
  for (guint i = 0; i < lines->len; i++) {
    const JzLooseLine *line = g_ptr_array_index (lines, i);
    jz_composer_place_line (self, line, JZ_AREA_LEFT, JZ_AREA_RIGHT,
                            JZ_AREA_LEFT + (JZ_AREA_WIDTH - line->width) / 2, self->y + 25.5);
    self->y +=
      jz_form_get_kind (self->form) == JZ_FORM_TABLE ? JZ_TABLE_TITLE_PITCH : JZ_TITLE_PITCH;
  }
}

static void
add_number (JzComposer *self, const char *text, JzAlign align)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  g_string_append (phrase->text, text);
  jz_composer_add_paragraph (self, phrase, JZ_FACE_BODY, 0, align, 1);
}

static char *
dup_title (JzComposer *self)
{
  const JzBodyNode *body = jz_form_get_body (self->form);
  for (guint i = 0; i < body->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (body->parts, i);
    if (part->kind != JZ_BODY_HEADLINE)
      continue;
    g_autoptr (JzPhrase) phrase = jz_phrase_new ();
    jz_composer_add_inline (self, part, NULL, phrase);
    return g_strdup (phrase->text->str);
  }
  return g_strdup (jz_form_get_title (self->form, NULL));
}

/* Organ and title, then the number: in the middle on a letter, at the right on the others. */
void
jz_composer_add_title (JzComposer *self)
{
  g_autofree char *title = dup_title (self);
  const JzJson *organ = jz_filling_find (self->filling, "org_name");
  const JzJson *number = jz_filling_find (self->filling, "doc_no");
  if (organ != NULL)
    add_title_line (self, jz_json_get_text (organ));
  add_title_line (self, title);
  if (number != NULL && *jz_json_get_text (number) != '\0')
    add_number (self, jz_json_get_text (number),
                jz_form_get_kind (self->form) == JZ_FORM_LETTER ? JZ_ALIGN_CENTER : JZ_ALIGN_RIGHT);
  if (jz_form_get_kind (self->form) != JZ_FORM_TABLE)
    jz_composer_snap (self);
  if (jz_form_get_kind (self->form) == JZ_FORM_LETTER)
    self->y += JZ_ROW_HEIGHT;
  self->n_movable = 0;
}

/* The last lines of the text move to the new page. */
static void
begin_page_with_last_lines (JzComposer *self)
{
  JzPage *old = self->page;
  guint n = MIN (self->n_movable, MAX_MOVABLE);
  n = MIN (n, old->lines->len > n + 2 ? n : 0);
  g_autoptr (GPtrArray) moved = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (moved, 0, g_ptr_array_steal_index (old->lines, old->lines->len - 1));
  jz_composer_begin_page (self);
  for (guint i = 0; i < n; i++) {
    JzPageLine *line = g_ptr_array_index (moved, i);
    line->baseline = self->y + ROW_BASELINE;
    g_ptr_array_add (self->page->lines, line);
    self->y += JZ_ROW_HEIGHT;
  }
}

static void
place_centred (JzComposer *self, const JzLooseLine *line, double centre)
{
  double x = centre - line->width / 2;
  x = MIN (x, JZ_AREA_RIGHT - line->width);
  x = MAX (x, JZ_AREA_LEFT);
  jz_composer_place_line (self, line, JZ_AREA_LEFT, JZ_AREA_RIGHT, x, self->y + ROW_BASELINE);
  self->y += JZ_ROW_HEIGHT;
}

static void
break_value (JzComposer *self, const char *name, double width, GPtrArray *lines)
{
  const JzFormField *field = jz_form_find_field (self->form, name);
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  if (field != NULL)
    jz_composer_add_value (self, field, jz_filling_find (self->filling, name), name, JZ_SHOW_PLAIN,
                           phrase);
  jz_composer_break_lines (self, phrase, &jz_style_body, width, 0, JZ_ALIGN_LEFT, FALSE, lines);
}

/* Organ over date, two rows below the text: room for the seal, whose top is within one row of it.
 */
void
jz_composer_add_seal (JzComposer *self)
{
  g_autoptr (GPtrArray) organ = jz_loose_lines_new ();
  g_autoptr (GPtrArray) date = jz_loose_lines_new ();
  break_value (self, "org_name", JZ_AREA_WIDTH - SEAL_RIGHT, organ);
  break_value (self, "doc_date", JZ_AREA_WIDTH - SEAL_RIGHT, date);
  jz_composer_snap (self);
  if (!has_room (self, (organ->len + 3) * JZ_ROW_HEIGHT))
    begin_page_with_last_lines (self);
  self->y += 2 * JZ_ROW_HEIGHT;
  const JzLooseLine *day = g_ptr_array_index (date, 0);
  double centre = JZ_AREA_RIGHT - SEAL_RIGHT - day->width / 2;
  for (guint i = 0; i < organ->len; i++)
    place_centred (self, g_ptr_array_index (organ, i), centre);
  place_centred (self, day, centre);
  self->n_movable = 0;
}

static void
break_foot (JzComposer *self, const JzPhrase *phrase, GPtrArray *lines)
{
  g_autoptr (GPtrArray) parts = jz_phrase_split (phrase);
  for (guint i = 0; i < parts->len; i++)
    jz_composer_break_lines (self, g_ptr_array_index (parts, i), &jz_style_note, JZ_AREA_WIDTH, 0,
                             JZ_ALIGN_LEFT, TRUE, lines);
}

/* So much room the notes at the end need below a table that fills its page. */
double
jz_composer_measure_feet (JzComposer *self)
{
  const JzBodyNode *body = jz_form_get_body (self->form);
  double height = 0;
  for (guint i = 0; i < body->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (body->parts, i);
    if (part->kind != JZ_BODY_FOOT || !jz_composer_has (self, part))
      continue;
    g_autoptr (JzPhrase) phrase = jz_phrase_new ();
    g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
    jz_composer_add_inline (self, part, NULL, phrase);
    break_foot (self, phrase, lines);
    height += FOOT_GAP + lines->len * JZ_NOTE_PITCH;
  }
  return height;
}

void
jz_composer_add_foot (JzComposer *self, const JzPhrase *phrase)
{
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  break_foot (self, phrase, lines);
  self->y += FOOT_GAP;
  for (guint i = 0; i < lines->len; i++) {
    const JzLooseLine *line = g_ptr_array_index (lines, i);
    if (!has_room (self, line->pitch))
      jz_composer_begin_page (self);
    jz_composer_place_line (self, line, JZ_AREA_LEFT, JZ_AREA_RIGHT, JZ_AREA_LEFT + line->x,
                            self->y + 15.5);
    self->y += line->pitch;
  }
  self->n_movable = 0;
}
