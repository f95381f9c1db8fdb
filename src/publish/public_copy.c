/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/public_copy-private.h"

#include "pages/pdf.h"

/* The public copy is not the served PDF with something laid over it: it is drawn anew from values
 * in which what was hidden no longer is (lessons: redaction that does not redact). */

/**
 * jz_public_copy_free:
 * @self: a copy
 */
void
jz_public_copy_free (JzPublicCopy *self)
{
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->values, jz_json_unref);
  g_strfreev (self->files);
  g_free (self->text);
  g_free (self->title);
  g_free (self);
}

/*
 * jz_public_pages_lay_out:
 * @filling: the values that remain
 * @sheet: (nullable): number of the case, time, whether the office is invented
 *
 * The layout of the served document. The small code of the bureau's own record does not go out.
 *
 * Returns: (transfer full): the pages
 */
JzPages *
jz_public_pages_lay_out (const JzFilling *filling, const JzSheet *sheet)
{
  g_autoptr (JzFaces) faces = jz_faces_new ();
  const JzPageOptions options = { .case_number = sheet != NULL ? sheet->case_number : NULL,
                                  .is_demo = sheet != NULL && sheet->is_demo };
  return jz_pages_lay_out (filling, faces, &options);
}

/*
 * jz_public_pages_dup_text:
 * @pages: pages
 *
 * Returns: (transfer full): their text, a line each, a form feed behind every page
 */
char *
jz_public_pages_dup_text (const JzPages *pages)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (pages->pages, i);
    for (guint j = 0; j < page->lines->len; j++) {
      g_autofree char *line = jz_page_line_dup_text (g_ptr_array_index (page->lines, j));
      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
    g_string_append_c (text, '\f');
  }
  return g_string_free (text, FALSE);
}

/*
 * jz_public_pages_draw:
 * @pages: pages
 * @sheet: (nullable): the time of the act
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a PDF that says its title and its time, and nothing else of
 *   itself
 */
GBytes *
jz_public_pages_draw (const JzPages *pages, const JzSheet *sheet, GError **error)
{
  JzInstant time = sheet != NULL ? sheet->time : 0;
  g_autoptr (GBytes) drawn = jz_pdf_write (pages, time, error);
  return drawn != NULL ? jz_pdf_retitle (drawn, pages->title, time, error) : NULL;
}

/**
 * jz_public_copy_make:
 * @source: what is to be published
 * @redactions: (element-type JzRedaction): decisions
 * @sheet: (nullable): number of the case, time of the act, whether the office is invented
 * @error: return location
 *
 * Draws the copy that leaves (P-06). Pictures of seals and signatures are never in it: forms hold
 * none.
 *
 * Returns: (transfer full) (nullable): the copy
 */
JzPublicCopy *
jz_public_copy_make (const JzPublicSource *source,
                     const GPtrArray *redactions,
                     const JzSheet *sheet,
                     GError **error)
{
  g_return_val_if_fail (source != NULL && redactions != NULL, NULL);

  g_autoptr (JzFilling) masked = jz_redaction_apply (source, redactions, error);
  if (masked == NULL)
    return NULL;
  g_autoptr (JzPages) pages = jz_public_pages_lay_out (masked, sheet);
  g_autoptr (JzPublicCopy) self = g_new0 (JzPublicCopy, 1);
  self->pdf = jz_public_pages_draw (pages, sheet, error);
  if (self->pdf == NULL)
    return NULL;
  self->text = jz_public_pages_dup_text (pages);
  self->title = jz_redaction_apply_title (source, redactions);
  self->values = jz_json_copy (jz_filling_get_values (masked));
  self->files = jz_redaction_apply_files (source, redactions);
  self->n_pages = pages->pages->len;
  return g_steal_pointer (&self);
}
