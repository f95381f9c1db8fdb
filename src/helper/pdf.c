/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/pdf.h"

#include <fcntl.h>
#include <math.h>
#include <poppler.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper/pixels.h"
#include "media/page_text.h"

/* A helper works at one file, of which pages are asked for one by one: its document stays open.
 * Poppler is used by the thread of the jobs alone. */

/* Points; a sheet of paper is far smaller, and PDF allows hardly more. */
#define MAX_SIDE 1e6
/* Looking for scripts goes through all pages. */
#define MAX_PAGES_SEARCHED 2000
#define PIECE_SIZE (1024 * 1024)
#define OVERLAP 32
#define MAX_SEARCHED (256 * 1024 * 1024)

typedef PopplerPage Page;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)

static struct {
  PopplerDocument *document;
  dev_t device;
  ino_t inode;
} kept;

static JzMediaError
judge (const GError *error)
{
  if (g_error_matches (error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
    return JZ_MEDIA_ERROR_PASSWORD;
  return JZ_MEDIA_ERROR_DAMAGED;
}

/* (transfer none) (nullable) */
static PopplerDocument *
open_document (JzHelperJob *job, GError **error)
{
  g_autoptr (GError) theirs = NULL;
  struct stat info;
  int handle;

  if (fstat (job->file, &info) != 0)
    return NULL;
  if (kept.document != NULL && kept.device == info.st_dev && kept.inode == info.st_ino)
    return kept.document;
  g_clear_object (&kept.document);
  handle = fcntl (job->file, F_DUPFD_CLOEXEC, 3);
  kept.document = poppler_document_new_from_fd (handle, NULL, &theirs);
  if (kept.document == NULL) {
    jz_job_fail (error, judge (theirs), theirs->message);
    return NULL;
  }
  kept.device = info.st_dev;
  kept.inode = info.st_ino;
  return kept.document;
}

/* (transfer full) (nullable) */
static PopplerPage *
open_page (JzHelperJob *job, gint64 position, GError **error)
{
  PopplerDocument *document = open_document (job, error);
  PopplerPage *page = NULL;

  if (document == NULL)
    return NULL;
  if (position >= 0 && position < poppler_document_get_n_pages (document))
    page = poppler_document_get_page (document, (int)position);
  if (page == NULL)
    jz_job_fail (error, JZ_MEDIA_ERROR_ABSENT, "page");
  return page;
}

static gboolean
get_size (PopplerPage *page, double *width, double *height)
{
  poppler_page_get_size (page, width, height);
  return isfinite (*width) && isfinite (*height) && *width > 0 && *height > 0 &&
         *width <= MAX_SIDE && *height <= MAX_SIDE;
}

static void
draw (PopplerPage *page, double scale, guint8 *pixels, guint width, guint height)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
    pixels, CAIRO_FORMAT_ARGB32, (int)width, (int)height, (int)width * 4);
  cairo_t *cr = cairo_create (surface);

  memset (pixels, 255, (gsize)width * height * 4);
  cairo_scale (cr, scale, scale);
  poppler_page_render (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_destroy (surface);
}

/**
 * jz_pdf_put_page:
 * @job: a PDF; its result gets width, height, the row in bytes and the number of pages
 * @position: of the page, from 0
 * @width: what there is room for
 * @height: what there is room for
 * @error: return location
 *
 * Returns: whether the page is drawn
 */
gboolean
jz_pdf_put_page (JzHelperJob *job, guint position, guint width, guint height, GError **error)
{
  g_autoptr (Page) page = open_page (job, position, error);
  double page_width;
  double page_height;
  double scale;
  guint w;
  guint h;

  if (page == NULL)
    return FALSE;
  if (!get_size (page, &page_width, &page_height))
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "page");
  scale = MIN (width / page_width, height / page_height);
  w = (guint)CLAMP (lrint (page_width * scale), 1, width);
  h = (guint)CLAMP (lrint (page_height * scale), 1, height);
  if ((guint64)w * h * 4 > job->memory_size)
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "page");
  draw (page, scale, job->memory, w, h);
  job->result[0] = w;
  job->result[1] = h;
  job->result[2] = (gint64)w * 4;
  job->result[3] = poppler_document_get_n_pages (kept.document);
  return TRUE;
}

/**
 * jz_job_page:
 * @job: a is the page, b and c the size
 * @error: return location
 *
 * Returns: whether the memory holds it
 */
gboolean
jz_job_page (JzHelperJob *job, GError **error)
{
  if (job->a < 0 || job->a > G_MAXINT || job->b <= 0 || job->b > G_MAXINT16 || job->c <= 0 ||
      job->c > G_MAXINT16)
    return jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, "size");
  return jz_pdf_put_page (job, (guint)job->a, (guint)job->b, (guint)job->c, error);
}

static JzPageText *
read_text (PopplerPage *page)
{
  g_autofree char *raw = poppler_page_get_text (page);
  g_autofree char *text = g_utf8_make_valid (raw != NULL ? raw : "", -1);
  g_autofree PopplerRectangle *rectangles = NULL;
  g_autofree JzTextBox *boxes = NULL;
  guint n = 0;

  poppler_page_get_text_layout (page, &rectangles, &n);
  boxes = g_new0 (JzTextBox, MAX (n, 1));
  for (guint i = 0; i < n; i++) {
    const PopplerRectangle *r = &rectangles[i];
    double sides[] = { r->x1, r->y1, r->x2 - r->x1, r->y2 - r->y1 };
    float good[4];

    for (guint k = 0; k < 4; k++)
      good[k] = isfinite (sides[k]) && fabs (sides[k]) < MAX_SIDE ? (float)sides[k] : 0;
    boxes[i] = (JzTextBox){ good[0], good[1], good[2], good[3] };
  }
  return jz_page_text_new (text, boxes, n);
}

/**
 * jz_job_page_text:
 * @job: a is the page
 * @error: return location
 *
 * Returns: whether the memory holds its text
 */
gboolean
jz_job_page_text (JzHelperJob *job, GError **error)
{
  g_autoptr (Page) page = open_page (job, job->a, error);
  g_autoptr (JzPageText) text = NULL;
  g_autoptr (GBytes) packed = NULL;
  gsize size = 0;
  const void *data;

  if (page == NULL)
    return FALSE;
  text = read_text (page);
  text->n_pages = (guint)poppler_document_get_n_pages (kept.document);
  if (!get_size (page, &text->width, &text->height) ||
      strlen (text->text) > JZ_PAGE_TEXT_MAX_BYTES ||
      text->boxes->len > JZ_PAGE_TEXT_MAX_CHARACTERS)
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "text");
  packed = jz_page_text_pack (text);
  data = g_bytes_get_data (packed, &size);
  if (size > job->memory_size)
    return jz_job_fail (error, JZ_MEDIA_ERROR_TOO_LARGE, "text");
  memcpy (job->memory, data, size);
  job->result[0] = (gint64)size;
  return TRUE;
}

static void
probe_first_page (JzProbe *probe)
{
  g_autoptr (Page) page = poppler_document_get_page (kept.document, 0);
  double width;
  double height;

  if (page != NULL && get_size (page, &width, &height)) {
    JzProbeStream *stream = jz_probe_add_stream (probe, "picture");
    stream->width = (guint)lrint (width);
    stream->height = (guint)lrint (height);
    stream->is_decodable = TRUE;
  }
}

/* Actions that start programs hide in links; the first pages are looked at. */
static void
probe_links (JzProbe *probe)
{
  for (int i = 0; i < MIN ((int)probe->n_pages, 20); i++) {
    g_autoptr (Page) page = poppler_document_get_page (kept.document, i);
    GList *links = page != NULL ? poppler_page_get_link_mapping (page) : NULL;

    for (GList *l = links; l != NULL; l = l->next) {
      PopplerLinkMapping *link = l->data;
      if (link->action != NULL && link->action->type == POPPLER_ACTION_LAUNCH)
        jz_probe_add_odd (probe, "launch");
    }
    poppler_page_free_link_mapping (links);
  }
}

/* Poppler looks for scripts at some places only, and not for programs beyond links. What stands in
 * the file in clear is found here, wherever it is; a word in vain does no harm. */
static void
search_words (JzHelperJob *job, JzProbe *probe)
{
  static const struct {
    const char *word;
    const char *odd;
  } words[] = {
    { "/JavaScript", "script" },
    { "/Launch", "launch" },
    { "/EmbeddedFile", "attachment" },
  };
  g_autofree char *piece = g_malloc (PIECE_SIZE);
  guint64 end = MIN (job->file_size, MAX_SEARCHED);
  guint64 at = 0;

  while (at < end) {
    gsize size = (gsize)MIN (PIECE_SIZE, end - at);

    if (!jz_job_read (job, at, piece, size))
      return;
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      if (memmem (piece, size, words[i].word, strlen (words[i].word)) != NULL)
        jz_probe_add_odd (probe, words[i].odd);
    /* Pieces overlap, so that a word on the border of two is seen. */
    at += size == PIECE_SIZE ? size - OVERLAP : size;
  }
}

/**
 * jz_pdf_probe:
 * @job: a PDF
 * @probe: gets what it says of itself
 */
void
jz_pdf_probe (JzHelperJob *job, JzProbe *probe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) made = NULL;
  PopplerDocument *document = open_document (job, &error);
  int n_pages;

  if (document == NULL) {
    jz_probe_add_odd (probe, g_error_matches (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PASSWORD)
                               ? "password"
                               : "damaged");
    return;
  }
  n_pages = poppler_document_get_n_pages (document);
  probe->n_pages = (guint)CLAMP (n_pages, 0, 10000000);
  probe->software = poppler_document_get_producer (document);
  made = poppler_document_get_creation_date_time (document);
  if (made != NULL)
    probe->made_at = g_date_time_format_iso8601 (made);
  if (n_pages <= 0)
    jz_probe_add_odd (probe, "damaged");
  else
    probe_first_page (probe);
  if (poppler_document_has_attachments (document))
    jz_probe_add_odd (probe, "attachment");
  if (n_pages <= MAX_PAGES_SEARCHED && poppler_document_has_javascript (document))
    jz_probe_add_odd (probe, "script");
  probe_links (probe);
  search_words (job, probe);
}
