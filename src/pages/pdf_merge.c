/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <qpdf/qpdf-c.h>
#include "pages/pdf.h"

/* Putting PDFs together and taking out what tells about their making, by the qpdf library. The
 * outline and the page labels of the whole are made anew, one entry a part; each part's own outline
 * stays in its own file. */

typedef struct {
  qpdf_data pdf;
} Qpdf;

static Qpdf *
qpdf_new (void)
{
  Qpdf *self = g_new0 (Qpdf, 1);
  self->pdf = qpdf_init ();
  qpdf_silence_errors (self->pdf);
  qpdf_set_suppress_warnings (self->pdf, QPDF_TRUE);
  return self;
}

static void
qpdf_free (Qpdf *self)
{
  qpdf_cleanup (&self->pdf);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Qpdf, qpdf_free)

static gboolean
set_error (Qpdf *self, JzPdfError code, GError **error)
{
  qpdf_error found = qpdf_has_error (self->pdf) ? qpdf_get_error (self->pdf) : NULL;
  const char *detail = found != NULL ? qpdf_get_error_full_text (self->pdf, found) : "?";
  if (code == JZ_PDF_ERROR_READ)
    g_set_error (error, JZ_PDF_ERROR, (int)code,
                 _ ("The PDF could not be read (%s); it may be damaged."), detail);
  else
    g_set_error (error, JZ_PDF_ERROR, (int)code, _ ("The PDF could not be written (%s)."), detail);
  return FALSE;
}

static gboolean
read_pdf (Qpdf *self, GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  if (data != NULL && qpdf_read_memory (self->pdf, "part", data, size, NULL) == QPDF_SUCCESS &&
      qpdf_get_num_pages (self->pdf) > 0)
    return TRUE;
  return set_error (self, JZ_PDF_ERROR_READ, error);
}

static GBytes *
write_pdf (Qpdf *self, GError **error)
{
  if (qpdf_init_write_memory (self->pdf) != QPDF_SUCCESS) {
    set_error (self, JZ_PDF_ERROR_WRITE, error);
    return NULL;
  }
  qpdf_set_deterministic_ID (self->pdf, QPDF_TRUE);
  qpdf_set_object_stream_mode (self->pdf, qpdf_o_generate);
  if (qpdf_write (self->pdf) != QPDF_SUCCESS) {
    set_error (self, JZ_PDF_ERROR_WRITE, error);
    return NULL;
  }
  return g_bytes_new (qpdf_get_buffer (self->pdf), qpdf_get_buffer_length (self->pdf));
}

static void
put (Qpdf *self, qpdf_oh dictionary, const char *key, qpdf_oh value)
{
  qpdf_oh_replace_key (self->pdf, dictionary, key, value);
}

static void
put_text (Qpdf *self, qpdf_oh dictionary, const char *key, const char *text)
{
  put (self, dictionary, key, qpdf_oh_new_unicode_string (self->pdf, text));
}

static qpdf_oh
new_destination (Qpdf *self, guint page)
{
  qpdf_oh destination = qpdf_oh_new_array (self->pdf);
  qpdf_oh_append_item (self->pdf, destination, qpdf_get_page_n (self->pdf, page));
  qpdf_oh_append_item (self->pdf, destination, qpdf_oh_new_name (self->pdf, "/Fit"));
  return destination;
}

/* One item a part, each linked to the one before and after it. */
static void
add_outline (Qpdf *self, const JzPdfPart *parts, guint n_parts, const guint *first_pages)
{
  qpdf_data pdf = self->pdf;
  qpdf_oh root = qpdf_get_root (pdf);
  qpdf_oh outlines = qpdf_make_indirect_object (pdf, qpdf_oh_new_dictionary (pdf));
  g_autofree qpdf_oh *items = g_new0 (qpdf_oh, n_parts);
  put (self, outlines, "/Type", qpdf_oh_new_name (pdf, "/Outlines"));
  for (guint i = 0; i < n_parts; i++) {
    items[i] = qpdf_make_indirect_object (pdf, qpdf_oh_new_dictionary (pdf));
    put_text (self, items[i], "/Title", parts[i].title);
    put (self, items[i], "/Parent", outlines);
    put (self, items[i], "/Dest", new_destination (self, first_pages[i]));
    if (i > 0) {
      put (self, items[i], "/Prev", items[i - 1]);
      put (self, items[i - 1], "/Next", items[i]);
    }
  }
  put (self, outlines, "/First", items[0]);
  put (self, outlines, "/Last", items[n_parts - 1]);
  put (self, outlines, "/Count", qpdf_oh_new_integer (pdf, (long long)n_parts));
  put (self, root, "/Outlines", outlines);
}

static void
add_labels (Qpdf *self, const JzPdfPart *parts, guint n_parts, const guint *first_pages)
{
  qpdf_data pdf = self->pdf;
  qpdf_oh numbers = qpdf_oh_new_array (pdf);
  qpdf_oh labels = qpdf_oh_new_dictionary (pdf);
  for (guint i = 0; i < n_parts; i++) {
    qpdf_oh label = qpdf_oh_new_dictionary (pdf);
    put (self, label, "/S", qpdf_oh_new_name (pdf, "/D"));
    if (parts[i].label != NULL)
      put_text (self, label, "/P", parts[i].label);
    if (parts[i].first_page > 1)
      put (self, label, "/St", qpdf_oh_new_integer (pdf, parts[i].first_page));
    qpdf_oh_append_item (pdf, numbers, qpdf_oh_new_integer (pdf, first_pages[i]));
    qpdf_oh_append_item (pdf, numbers, label);
  }
  put (self, labels, "/Nums", numbers);
  put (self, qpdf_get_root (pdf), "/PageLabels", labels);
}

static void
set_information (Qpdf *self, const char *title, const char *creator, JzInstant time)
{
  char instant[JZ_INSTANT_SIZE];
  jz_instant_format (time, instant);
  GString *date = g_string_new ("D:");
  for (const char *at = instant; at < instant + 19; at++) {
    if (g_ascii_isdigit (*at))
      g_string_append_c (date, *at);
  }
  g_string_append (date, "+08'00'");
  qpdf_oh information = qpdf_make_indirect_object (self->pdf, qpdf_oh_new_dictionary (self->pdf));
  put_text (self, information, "/Title", title);
  if (creator != NULL)
    put_text (self, information, "/Creator", creator);
  put_text (self, information, "/CreationDate", date->str);
  put_text (self, information, "/ModDate", date->str);
  put (self, qpdf_get_trailer (self->pdf), "/Info", information);
  g_string_free (date, TRUE);
}

static gboolean
add_pages (Qpdf *self, Qpdf *part, GError **error)
{
  int n_pages = qpdf_get_num_pages (part->pdf);
  for (int i = 0; i < n_pages; i++) {
    qpdf_oh page = qpdf_get_page_n (part->pdf, (size_t)i);
    if (qpdf_add_page (self->pdf, part->pdf, page, QPDF_FALSE) != QPDF_SUCCESS)
      return set_error (self, JZ_PDF_ERROR_WRITE, error);
  }
  return TRUE;
}

/**
 * jz_pdf_merge:
 * @parts: (array length=n_parts): documents in order
 * @n_parts: how many, at least one
 * @title: of the whole
 * @time: the time of the act that makes it
 * @error: return location
 *
 * Puts documents together, as a dossier. The outline has an entry for each part, and the pages of
 * each are labelled from its first number. Equal parts give equal bytes.
 *
 * Returns: (transfer full): the PDF, or %NULL with %JZ_PDF_ERROR_READ or %JZ_PDF_ERROR_WRITE
 */
GBytes *
jz_pdf_merge (const JzPdfPart *parts,
              guint n_parts,
              const char *title,
              JzInstant time,
              GError **error)
{
  g_return_val_if_fail (parts != NULL && n_parts > 0, NULL);
  g_return_val_if_fail (title != NULL, NULL);

  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func ((GDestroyNotify)qpdf_free);
  g_autofree guint *first_pages = g_new0 (guint, n_parts);
  g_autoptr (Qpdf) whole = qpdf_new ();
  qpdf_empty_pdf (whole->pdf);
  for (guint i = 0; i < n_parts; i++) {
    /* What was taken over is copied when the whole is written: the parts must live as long. */
    Qpdf *part = qpdf_new ();
    g_ptr_array_add (read, part);
    first_pages[i] = (guint)qpdf_get_num_pages (whole->pdf);
    if (!read_pdf (part, parts[i].pdf, error) || !add_pages (whole, part, error))
      return NULL;
  }
  add_outline (whole, parts, n_parts, first_pages);
  add_labels (whole, parts, n_parts, first_pages);
  set_information (whole, title, "juanzong", time);
  return write_pdf (whole, error);
}

/**
 * jz_pdf_count_pages:
 * @pdf: a PDF
 * @n_pages: (out): how many pages it has
 * @error: return location
 *
 * Returns: %FALSE with %JZ_PDF_ERROR_READ when it cannot be read
 */
gboolean
jz_pdf_count_pages (GBytes *pdf, guint *n_pages, GError **error)
{
  g_autoptr (Qpdf) self = qpdf_new ();

  if (!read_pdf (self, pdf, error))
    return FALSE;
  *n_pages = (guint)qpdf_get_num_pages (self->pdf);
  return TRUE;
}

static void
strip (Qpdf *self)
{
  static const char *const taken[] = { "/Metadata", "/PieceInfo", "/OpenAction", "/AA", "/Names" };
  qpdf_oh root = qpdf_get_root (self->pdf);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    qpdf_oh_remove_key (self->pdf, root, taken[i]);
  qpdf_oh_remove_key (self->pdf, qpdf_get_trailer (self->pdf), "/Info");
  int n_pages = qpdf_get_num_pages (self->pdf);
  for (int i = 0; i < n_pages; i++) {
    qpdf_oh page = qpdf_get_page_n (self->pdf, (size_t)i);
    qpdf_oh_remove_key (self->pdf, page, "/Metadata");
    qpdf_oh_remove_key (self->pdf, page, "/PieceInfo");
    qpdf_oh_remove_key (self->pdf, page, "/LastModified");
  }
}

/**
 * jz_pdf_strip:
 * @pdf: a PDF
 * @error: return location
 *
 * Takes out who made a document, when and by which program, the attached files and what runs when
 * it is opened; the pages, the outline and the labels stay.
 *
 * Returns: (transfer full): the PDF, or %NULL with %JZ_PDF_ERROR_READ or %JZ_PDF_ERROR_WRITE
 */
GBytes *
jz_pdf_strip (GBytes *pdf, GError **error)
{
  g_return_val_if_fail (pdf != NULL, NULL);

  g_autoptr (Qpdf) self = qpdf_new ();
  if (!read_pdf (self, pdf, error))
    return NULL;
  strip (self);
  return write_pdf (self, error);
}

/**
 * jz_pdf_retitle:
 * @pdf: a PDF
 * @title: what it is called
 * @time: the time of the act that makes it
 * @error: return location
 *
 * As jz_pdf_strip(), and then says only its title and the time of the act: what the public gets
 * tells nothing of who made it by which program.
 *
 * Returns: (transfer full): the PDF, or %NULL with %JZ_PDF_ERROR_READ or %JZ_PDF_ERROR_WRITE
 */
GBytes *
jz_pdf_retitle (GBytes *pdf, const char *title, JzInstant time, GError **error)
{
  g_return_val_if_fail (pdf != NULL && title != NULL, NULL);

  g_autoptr (Qpdf) self = qpdf_new ();
  if (!read_pdf (self, pdf, error))
    return NULL;
  strip (self);
  set_information (self, title, NULL, time);
  return write_pdf (self, error);
}
