/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/draw.h"

#include <glib/gi18n-lib.h>

#include "pages/pdf.h"

/**
 * jz_pages_draw:
 * @filling: values of a document
 * @sheet: what stands on its pages beside it
 * @error: return location
 *
 * What the office draws its documents with. A name that no installed face can write is no reason to
 * refuse: the page shows the code point in a box (forms.md §3.5).
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
jz_pages_draw (const JzFilling *filling, const JzSheet *sheet, GError **error)
{
  g_autoptr (JzFaces) faces = jz_faces_new ();
  g_autofree char *mark =
    sheet->is_draft ? g_strdup_printf (_ ("draft %s"), sheet->mark) : g_strdup (sheet->mark);
  const JzPageOptions options = { .case_number = sheet->case_number,
                                  .mark = mark,
                                  .is_demo = sheet->is_demo,
                                  .is_draft = sheet->is_draft };
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, &options);

  return jz_pdf_write (pages, sheet->time, error);
}
