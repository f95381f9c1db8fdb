/* SPDX-License-Identifier: GPL-3.0-or-later */
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

/* A paragraph that was broken into lines, apart from where its values come from: what is the same
 * from one layout to the next is not laid out again. */
typedef struct {
  gatomicrefcount ref_count;
  PangoLayout *layouts[2]; /* justified as asked, and not justified */
  GArray *lines;           /* (element-type Line) */
  GPtrArray *notes;        /* (element-type JzGlyphNote) */
} Broken;

typedef struct {
  guint layout;
  double x;
  double width;
} Line;

static Broken *
broken_ref (Broken *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
jz_broken_unref (gpointer data)
{
  Broken *self = data;
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->layouts); i++)
    g_object_unref (self->layouts[i]);
  g_array_unref (self->lines);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* How a paragraph is to be broken. */
typedef struct {
  const char *text;
  const JzStyle *style;
  double width;
  double indent;
  JzAlign align;
  gboolean is_justified;
} Wanted;

static PangoLayout *
lay_out (JzFaces *faces, const Wanted *wanted, gboolean is_justified)
{
  return jz_faces_lay_out (faces, wanted->style->role, wanted->style->size, wanted->text,
                           wanted->width, wanted->indent, wanted->style->spacing, is_justified);
}

static Broken *
break_text (JzFaces *faces, const Wanted *wanted)
{
  Broken *self = g_new0 (Broken, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->layouts[0] = lay_out (faces, wanted, wanted->is_justified);
  self->layouts[1] =
    wanted->is_justified ? lay_out (faces, wanted, FALSE) : g_object_ref (self->layouts[0]);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_glyph_note_free);
  jz_faces_inspect (faces, wanted->style->role, self->layouts[0], self->notes);
  int n_lines = pango_layout_get_line_count (self->layouts[0]);
  for (int i = 0; i < n_lines; i++) {
    /* The line does not know its indent. */
    double indent = i == 0 ? wanted->indent : 0;
    double room = wanted->width - indent;
    Line line = { is_torn (self->layouts[1], i, room) ? 1 : 0 };
    PangoRectangle extents;
    pango_layout_line_get_extents (pango_layout_get_line_readonly (self->layouts[line.layout], i),
                                   NULL, &extents);
    line.width = (double)extents.width / PANGO_SCALE;
    line.x = indent + get_offset (room, line.width, wanted->align);
    g_array_append_val (self->lines, line);
  }
  return self;
}

static char *
dup_key (const Wanted *wanted)
{
  return g_strdup_printf ("%d %d %d %d %d %d %d %s", (int)wanted->style->role,
                          (int)(wanted->style->size * PANGO_SCALE), wanted->style->spacing,
                          (int)(wanted->width * PANGO_SCALE), (int)(wanted->indent * PANGO_SCALE),
                          (int)wanted->align, wanted->is_justified, wanted->text);
}

static void
add_notes (const Broken *broken, GPtrArray *notes)
{
  for (guint i = 0; i < broken->notes->len; i++)
    jz_glyph_notes_add (notes, g_ptr_array_index (broken->notes, i));
}

/* Of these pages, of the previous ones, or new. */
static const Broken *
find_broken (JzComposer *self, const Wanted *wanted)
{
  const JzPages *previous = self->options->previous;
  char *key = dup_key (wanted);
  Broken *broken = g_hash_table_lookup (self->pages->broken, key);
  if (broken != NULL) {
    g_free (key);
    return broken;
  }
  broken = previous != NULL ? g_hash_table_lookup (previous->broken, key) : NULL;
  broken = broken != NULL ? broken_ref (broken) : break_text (self->faces, wanted);
  g_hash_table_insert (self->pages->broken, key, broken);
  add_notes (broken, self->pages->notes);
  return broken;
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
  const Wanted wanted = { phrase->text->str, style, width, indent, align, is_justified };
  const Broken *broken = find_broken (self, &wanted);
  JzPageText *texts[G_N_ELEMENTS (broken->layouts)];
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    texts[i] = new_text (g_object_ref (broken->layouts[i]), phrase);
  for (guint i = 0; i < broken->lines->len; i++) {
    const Line *from = &g_array_index (broken->lines, Line, i);
    JzLooseLine *line = g_new0 (JzLooseLine, 1);
    line->text = jz_page_text_ref (texts[from->layout]);
    line->line = i;
    line->width = from->width;
    line->x = from->x;
    line->pitch = style->pitch;
    line->size = style->size;
    g_ptr_array_add (lines, line);
  }
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    jz_page_text_unref (texts[i]);
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
