/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pages.h"

#include <string.h>

#include "pages/pages-private.h"

static void
free_page (gpointer data)
{
  JzPage *self = data;
  g_ptr_array_unref (self->lines);
  g_array_unref (self->boxes);
  g_array_unref (self->strokes);
  g_free (self);
}

static void
free_heading (gpointer data)
{
  JzPageHeading *self = data;
  g_free (self->text);
  g_free (self);
}

JzPages *
jz_pages_new (void)
{
  JzPages *self = g_new0 (JzPages, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->pages = g_ptr_array_new_with_free_func (free_page);
  self->headings = g_ptr_array_new_with_free_func (free_heading);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_glyph_note_free);
  self->broken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, jz_broken_unref);
  return self;
}

/**
 * jz_pages_ref:
 * @self: pages
 *
 * Returns: (transfer full): the same pages
 */
JzPages *
jz_pages_ref (JzPages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * jz_pages_unref:
 * @self: (transfer full): pages
 *
 * Gives pages back.
 */
void
jz_pages_unref (JzPages *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->pages);
  g_ptr_array_unref (self->headings);
  g_ptr_array_unref (self->notes);
  g_hash_table_unref (self->broken);
  g_clear_object (&self->watermark);
  g_free (self->title);
  g_free (self->author);
  g_free (self);
}

/**
 * jz_pages_has_missing:
 * @self: pages
 *
 * Returns: whether a character is in none of the installed faces; such pages are not for signing
 */
gboolean
jz_pages_has_missing (const JzPages *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->notes->len; i++) {
    if (((const JzGlyphNote *)g_ptr_array_index (self->notes, i))->is_missing)
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_page_line_get:
 * @self: a line on a page
 *
 * Returns: (transfer none): what is drawn
 */
PangoLayoutLine *
jz_page_line_get (const JzPageLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return pango_layout_get_line_readonly (self->text->layout, (int)self->line);
}

/**
 * jz_page_line_dup_text:
 * @self: a line on a page
 *
 * Returns: (transfer full): its characters
 */
char *
jz_page_line_dup_text (const JzPageLine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const PangoLayoutLine *line = jz_page_line_get (self);
  const char *text = pango_layout_get_text (self->text->layout);
  return g_strndup (text + line->start_index, (gsize)line->length);
}

static void
dump_line (const JzPageLine *line, GString *text)
{
  g_autofree char *content = jz_page_line_dup_text (line);
  g_string_append_printf (text, "text %.1f %.1f %.1f %s\n", line->x, line->baseline, line->width,
                          content);
}

static void
dump_page (const JzPage *page, guint number, GString *text)
{
  g_string_append_printf (text, "page %u\n", number);
  for (guint i = 0; i < page->lines->len; i++)
    dump_line (g_ptr_array_index (page->lines, i), text);
  for (guint i = 0; i < page->boxes->len; i++) {
    const JzPageBox *box = &g_array_index (page->boxes, JzPageBox, i);
    g_string_append_printf (text, "box %.1f %.1f %.1f %.1f %.2f\n", box->x, box->y, box->width,
                            box->height, box->line_width);
  }
  for (guint i = 0; i < page->strokes->len; i++) {
    const JzPageStroke *stroke = &g_array_index (page->strokes, JzPageStroke, i);
    g_string_append_printf (text, "stroke %.1f %.1f %.1f %.1f %.2f\n", stroke->x1, stroke->y1,
                            stroke->x2, stroke->y2, stroke->line_width);
  }
}

/**
 * jz_pages_dump:
 * @self: pages
 *
 * Writes what stands where, one thing a line, in tenths of points: to compare pages exactly.
 *
 * Returns: (transfer full): the text
 */
char *
jz_pages_dump (const JzPages *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);
  for (guint i = 0; i < self->pages->len; i++)
    dump_page (g_ptr_array_index (self->pages, i), i + 1, text);
  return g_string_free (text, FALSE);
}

static gboolean
have_equal_spans (const JzPageText *a, const JzPageText *b)
{
  if (a->spans->len != b->spans->len)
    return FALSE;
  for (guint i = 0; i < a->spans->len; i++) {
    const JzPageSpan *x = &g_array_index (a->spans, JzPageSpan, i);
    const JzPageSpan *y = &g_array_index (b->spans, JzPageSpan, i);
    if (x->start != y->start || x->end != y->end || strcmp (x->path, y->path) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_equal_line (const JzPageLine *a, const JzPageLine *b)
{
  return a->text->layout == b->text->layout && a->line == b->line && a->x == b->x &&
         a->baseline == b->baseline && have_equal_spans (a->text, b->text);
}

static gboolean
have_equal_bytes (const GArray *a, const GArray *b)
{
  return a->len == b->len &&
         (a->len == 0 ||
          memcmp (a->data, b->data, a->len * g_array_get_element_size ((GArray *)a)) == 0);
}

/**
 * jz_page_equal:
 * @a: a page
 * @b: a page of pages that were laid out with those of @a as previous ones, or the other way round
 *
 * Returns: whether the same lines stand at the same places on both, so that a drawing of the one is
 *   one of the other
 */
gboolean
jz_page_equal (const JzPage *a, const JzPage *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a->lines->len != b->lines->len || !have_equal_bytes (a->boxes, b->boxes) ||
      !have_equal_bytes (a->strokes, b->strokes))
    return FALSE;
  for (guint i = 0; i < a->lines->len; i++)
    if (!is_equal_line (g_ptr_array_index (a->lines, i), g_ptr_array_index (b->lines, i)))
      return FALSE;
  return TRUE;
}
