/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/pages-private.h"

/* From paragraphs to lines without a place, and from those to lines on a page. */

const JzStyle jz_style_body = { JZ_FACE_BODY, JZ_TEXT_SIZE, JZ_ROW_HEIGHT, JZ_TEXT_SPACING };
const JzStyle jz_style_cell = { JZ_FACE_BODY, JZ_SMALL_TEXT_SIZE, JZ_CELL_PITCH, 0 };
const JzStyle jz_style_label = { JZ_FACE_SONG, JZ_SMALL_TEXT_SIZE, JZ_CELL_PITCH, 0 };
const JzStyle jz_style_note = { JZ_FACE_BODY, JZ_NOTE_SIZE, JZ_NOTE_PITCH, 0 };

#define LEAST_FILL 0.9

static void
clear_span (gpointer data)
{
  g_free (((JzPageSpan *)data)->path);
}

static JzPageText *
new_text (PangoLayout *layout, const JzPhrase *phrase)
{
  JzPageText *self = g_new0 (JzPageText, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->layout = layout;
  self->spans = g_array_new (FALSE, FALSE, sizeof (JzPageSpan));
  g_array_set_clear_func (self->spans, clear_span);
  for (guint i = 0; i < phrase->spans->len; i++) {
    JzPageSpan span = g_array_index (phrase->spans, JzPageSpan, i);
    span.path = g_strdup (span.path);
    g_array_append_val (self->spans, span);
  }
  return self;
}

JzPageText *
jz_page_text_ref (JzPageText *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
jz_page_text_unref (JzPageText *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->layout);
  g_array_unref (self->spans);
  g_free (self);
}

static void
free_loose_line (gpointer data)
{
  JzLooseLine *self = data;
  jz_page_text_unref (self->text);
  g_free (self);
}

GPtrArray *
jz_loose_lines_new (void)
{
  return g_ptr_array_new_with_free_func (free_loose_line);
}

static double
get_offset (double room, double width, JzAlign align)
{
  switch (align) {
  case JZ_ALIGN_CENTER:
    return MAX ((room - width) / 2, 0);
  case JZ_ALIGN_RIGHT:
    return MAX (room - width, 0);
  case JZ_ALIGN_LEFT:
    break;
  }
  return 0;
}

/* Before a long number that does not break, a line may be so short that filling it would tear it
 * apart. */
static gboolean
is_torn (PangoLayout *natural, int line, double room)
{
  PangoRectangle extents;
  pango_layout_line_get_extents (pango_layout_get_line_readonly (natural, line), NULL, &extents);
  return (double)extents.width / PANGO_SCALE < LEAST_FILL * room;
}

static JzPageText *
new_natural_text (JzComposer *self,
                  const JzPhrase *phrase,
                  const JzStyle *style,
                  double width,
                  double indent)
{
  return new_text (jz_faces_lay_out (self->faces, style->role, style->size, phrase->text->str,
                                     width, indent, style->spacing, FALSE),
                   phrase);
}

void
jz_composer_break_lines (JzComposer *self,
                         const JzPhrase *phrase,
                         const JzStyle *style,
                         double width,
                         double indent,
                         JzAlign align,
                         gboolean is_justified,
                         GPtrArray *lines)
{
  PangoLayout *layout = jz_faces_lay_out (self->faces, style->role, style->size, phrase->text->str,
                                          width, indent, style->spacing, is_justified);
  jz_faces_inspect (self->faces, style->role, layout, self->pages->notes);
  JzPageText *text = new_text (layout, phrase);
  JzPageText *natural =
    is_justified ? new_natural_text (self, phrase, style, width, indent) : jz_page_text_ref (text);
  int n_lines = pango_layout_get_line_count (layout);
  for (int i = 0; i < n_lines; i++) {
    PangoRectangle extents;
    JzPageText *chosen =
      is_torn (natural->layout, i, width - (i == 0 ? indent : 0)) ? natural : text;
    pango_layout_line_get_extents (pango_layout_get_line_readonly (chosen->layout, i), NULL,
                                   &extents);
    JzLooseLine *line = g_new0 (JzLooseLine, 1);
    line->text = jz_page_text_ref (chosen);
    line->line = (guint)i;
    line->width = (double)extents.width / PANGO_SCALE;
    /* The line does not know its indent. */
    line->x =
      (i == 0 ? indent : 0) + get_offset (width - (i == 0 ? indent : 0), line->width, align);
    line->pitch = style->pitch;
    line->size = style->size;
    g_ptr_array_add (lines, line);
  }
  jz_page_text_unref (natural);
  jz_page_text_unref (text);
}

void
jz_composer_place_line (JzComposer *self,
                        const JzLooseLine *line,
                        double left,
                        double right,
                        double x,
                        double baseline)
{
  JzPageLine *placed = g_new0 (JzPageLine, 1);
  placed->text = jz_page_text_ref (line->text);
  placed->line = line->line;
  placed->x = x;
  placed->baseline = baseline;
  placed->width = line->width;
  placed->size = line->size;
  placed->left = left;
  placed->right = right;
  placed->top = self->top;
  placed->bottom = self->bottom;
  g_ptr_array_add (self->page->lines, placed);
}
