/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pdf.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "pages/metrics.h"
#include "pages/paint.h"

/* Pages as a PDF: embedded faces, text that can be selected, an outline, and no date but that of
 * the act, so that equal pages give equal bytes. */

G_DEFINE_QUARK (jz - pdf - error - quark, jz_pdf_error)

/* cairo knows whole seconds only. */
static char *
dup_date (JzInstant time)
{
  char instant[JZ_INSTANT_SIZE];
  jz_instant_format (time, instant);
  g_autofree char *second = g_strndup (instant, 19);
  return g_strconcat (second, "+08:00", NULL);
}

static void
set_metadata (cairo_surface_t *surface, const JzPages *pages, JzInstant time)
{
  g_autofree char *date = dup_date (time);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, pages->title);
  if (pages->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, pages->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "juanzong");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, date);
}

static void
add_outline (cairo_surface_t *surface, const JzPages *pages)
{
  int top = CAIRO_PDF_OUTLINE_ROOT;
  for (guint i = 0; i < pages->headings->len; i++) {
    const JzPageHeading *heading = g_ptr_array_index (pages->headings, i);
    char y[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (y, sizeof y, "%.1f", heading->y);
    g_autofree char *link = g_strdup_printf ("page=%u pos=[0 %s]", heading->page, y);
    int id = cairo_pdf_surface_add_outline (surface, top, heading->text, link,
                                            CAIRO_PDF_OUTLINE_FLAG_OPEN);
    if (i == 0)
      top = id;
  }
}

static cairo_status_t
append_bytes (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
new_surface (GByteArray *bytes)
{
  return cairo_pdf_surface_create_for_stream (append_bytes, bytes, JZ_PAGE_WIDTH, JZ_PAGE_HEIGHT);
}

/* Takes both. */
static GBytes *
finish (cairo_surface_t *surface, GByteArray *bytes, GError **error)
{
  cairo_surface_finish (surface);
  cairo_status_t status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, JZ_PDF_ERROR, JZ_PDF_ERROR_WRITE,
               _ ("The document could not be drawn as PDF (%s)."), cairo_status_to_string (status));
  return NULL;
}

static void
paint_pages (cairo_surface_t *surface, const JzPages *pages)
{
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < pages->pages->len; i++) {
    g_autofree char *label = g_strdup_printf ("%u", i + 1);
    cairo_pdf_surface_set_page_label (surface, label);
    jz_pages_paint (pages, i, cr);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
}

/**
 * jz_pdf_write:
 * @pages: pages
 * @time: the time of the act that makes the document
 * @error: return location
 *
 * Draws pages into a PDF. The text can be selected and searched; the outline has the title and the
 * headings.
 *
 * Returns: (transfer full): the PDF, or %NULL with %JZ_PDF_ERROR_WRITE
 */
GBytes *
jz_pdf_write (const JzPages *pages, JzInstant time, GError **error)
{
  g_return_val_if_fail (pages != NULL, NULL);

  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = new_surface (bytes);
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_5);
  set_metadata (surface, pages, time);
  add_outline (surface, pages);
  paint_pages (surface, pages);
  return finish (surface, bytes, error);
}

/**
 * jz_pdf_draw:
 * @title: of the document
 * @time: when it is made
 * @draw: draws its pages, of the size of paper, and shows each but the last
 * @data: for @draw
 * @error: return location
 *
 * For sheets that are no document of a case: they have a title and a date, and nothing else beside
 * what is drawn.
 *
 * Returns: (transfer full) (nullable): the PDF, or %NULL with %JZ_PDF_ERROR_WRITE
 */
GBytes *
jz_pdf_draw (const char *title, JzInstant time, JzPdfDrawFunc draw, gpointer data, GError **error)
{
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (draw != NULL, NULL);

  g_autofree char *date = dup_date (time);
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = new_surface (bytes);
  cairo_t *cr = cairo_create (surface);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  draw (cr, data);
  cairo_destroy (cr);
  return finish (surface, bytes, error);
}
