/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/extractor.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/temporary.h"
#include "media/media.h"
#include "publish/pdf_parts.h"
#include "publish/tool.h"

/* Ways of getting text out of a finished PDF that share nothing with the way it got in: poppler in
 * the helper and as a program, in reading order and in the order of the file, MuPDF, every object
 * by the qpdf library, the bytes as they lie, and what can be read on the page as a picture. */

#define TEXT_SECONDS 30
#define PICTURE_SECONDS 60
#define PICTURE_RESOLUTION "150"

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
}

/* A form feed stands behind every page. */
static GPtrArray *
split_pages (GString *text)
{
  GPtrArray *list = new_list ();
  const char *at = text->str;
  const char *end = text->str + text->len;
  while (at < end) {
    const char *feed = memchr (at, '\f', (gsize)(end - at));
    const char *stop = feed != NULL ? feed : end;
    g_ptr_array_add (list, g_bytes_new (at, (gsize)(stop - at)));
    at = stop + 1;
  }
  g_string_free (text, TRUE);
  return list;
}

static GPtrArray *
run_text (const char *const *argv, GCancellable *cancellable, GError **error)
{
  GString *text = jz_tool_run (argv, TEXT_SECONDS, cancellable, error);
  return text != NULL ? split_pages (text) : NULL;
}

static GPtrArray *
read_reading_order (const JzExhibit *exhibit, GCancellable *cancellable, GError **error)
{
  const char *const argv[] = { "pdftotext", "-enc", "UTF-8", exhibit->path, "-", NULL };
  return run_text (argv, cancellable, error);
}

static GPtrArray *
read_file_order (const JzExhibit *exhibit, GCancellable *cancellable, GError **error)
{
  const char *const argv[] = { "pdftotext", "-raw", "-enc", "UTF-8", exhibit->path, "-", NULL };
  return run_text (argv, cancellable, error);
}

static GPtrArray *
read_mupdf (const JzExhibit *exhibit, GCancellable *cancellable, GError **error)
{
  const char *const argv[] = {
    "mutool", "draw", "-q", "-F", "txt", "-o", "-", exhibit->path, NULL
  };
  return run_text (argv, cancellable, error);
}

/* Our own helper is always there, where no other program is. */
static GPtrArray *
read_helper (const JzExhibit *exhibit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) list = new_list ();
  g_autoptr (JzMedia) media = jz_media_new ();
  int handle = jz_media_open (exhibit->path, error);
  gboolean is_read = handle >= 0;
  for (guint page = 0; is_read && page < exhibit->n_pages; page++) {
    g_autoptr (JzPageText) text = jz_media_page_text (media, handle, page, cancellable, error);
    is_read = text != NULL;
    if (is_read)
      g_ptr_array_add (list, g_bytes_new (text->text, strlen (text->text)));
  }
  if (handle >= 0)
    close (handle);
  return is_read ? g_steal_pointer (&list) : NULL;
}

static GPtrArray *
read_objects (const JzExhibit *exhibit, GCancellable *cancellable, GError **error)
{
  return jz_pdf_parts_list (exhibit->pdf, error);
}

static GPtrArray *
read_bytes (const JzExhibit *exhibit, GCancellable *cancellable, GError **error)
{
  GPtrArray *list = new_list ();
  g_ptr_array_add (list, g_bytes_ref (exhibit->pdf));
  return list;
}

static GBytes *
read_picture (const JzExhibit *exhibit, guint page, GCancellable *cancellable, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", page);
  g_autofree char *base = g_build_filename (exhibit->folder, "page", NULL);
  g_autofree char *picture = g_strconcat (base, ".png", NULL);
  const char *const draw[] = { "pdftoppm", "-singlefile", "-png",
                               "-gray",    "-r",          PICTURE_RESOLUTION,
                               "-f",       number,        exhibit->path,
                               base,       NULL };
  const char *const read[] = { "tesseract", picture, "-", "-l", "chi_sim", "--psm", "3", NULL };
  g_autoptr (GString) nothing = jz_tool_run (draw, TEXT_SECONDS, cancellable, error);
  GString *text = nothing != NULL ? jz_tool_run (read, PICTURE_SECONDS, cancellable, error) : NULL;
  g_unlink (picture);
  return text != NULL ? g_string_free_to_bytes (text) : NULL;
}

static GPtrArray *
read_pictures (const JzExhibit *exhibit, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) list = new_list ();
  guint first = exhibit->page > 0 ? exhibit->page : 1;
  guint last = exhibit->page > 0 ? exhibit->page : exhibit->n_pages;
  for (guint page = first; page <= last; page++) {
    GBytes *text = read_picture (exhibit, page, cancellable, error);
    if (text == NULL)
      return NULL;
    g_ptr_array_add (list, text);
  }
  return g_steal_pointer (&list);
}

static const JzExtractor extractors[] = {
  { "helper", { NULL }, TRUE, FALSE, read_helper },
  { "poppler", { "pdftotext" }, TRUE, FALSE, read_reading_order },
  { "poppler-raw", { "pdftotext" }, TRUE, FALSE, read_file_order },
  { "mupdf", { "mutool" }, TRUE, FALSE, read_mupdf },
  { "objects", { NULL }, TRUE, TRUE, read_objects },
  { "bytes", { NULL }, TRUE, TRUE, read_bytes },
  { "ocr", { "pdftoppm", "tesseract" }, FALSE, FALSE, read_pictures },
};

/**
 * jz_extractors_get:
 * @n_extractors: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_extractors): all of them, installed or not
 */
const JzExtractor *
jz_extractors_get (guint *n_extractors)
{
  *n_extractors = G_N_ELEMENTS (extractors);
  return extractors;
}

/**
 * jz_extractor_is_there:
 * @self: an extractor
 *
 * Returns: whether the programs that it needs are installed
 */
gboolean
jz_extractor_is_there (const JzExtractor *self)
{
  for (guint i = 0; self->tools[i] != NULL; i++) {
    g_autofree char *path = jz_tool_find (self->tools[i]);
    if (path == NULL)
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_exhibit_new:
 * @pdf: a PDF
 * @n_pages: its pages
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the PDF in a folder that nobody else can enter; it goes with
 *   what is returned
 */
JzExhibit *
jz_exhibit_new (GBytes *pdf, guint n_pages, GError **error)
{
  g_autoptr (JzExhibit) self = g_new0 (JzExhibit, 1);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  self->pdf = g_bytes_ref (pdf);
  self->n_pages = n_pages;
  self->folder = jz_temporary_folder ("copy", error);
  if (self->folder == NULL)
    return NULL;
  self->path = g_build_filename (self->folder, "copy.pdf", NULL);
  if (!g_file_set_contents_full (self->path, data, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0600,
                                 error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_exhibit_free:
 * @self: an exhibit
 */
void
jz_exhibit_free (JzExhibit *self)
{
  if (self->path != NULL)
    g_unlink (self->path);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
  g_bytes_unref (self->pdf);
  g_free (self);
}
