/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_printer.h"

#include <string.h>

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"
#include "app/messages.h"
#include "app/printing.h"
#include "app/window.h"
#include "office/case_view.h"
#include "office/document_freeze.h"
#include "pages/cards.h"
#include "pages/dossier.h"
#include "pages/pdf.h"

/* Several papers of a case as one print job (ux.md §4, 批量打印): drawn and put together on a
 * worker thread. Where both sides of the sheets are used each begins on a sheet of its own. */

/* An A4 page in points. */
#define WIDTH 595.0
#define HEIGHT 842.0

typedef struct {
  GtkWidget *inside;
  char *name;
  GStrv documents; /* NULL for the dossier */
  char *case_id;
  gboolean is_demo;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  g_object_unref (self->inside);
  g_free (self->name);
  g_strfreev (self->documents);
  g_free (self->case_id);
  g_free (self);
}

typedef struct {
  GBytes *pdf;
  GBytes *on_both_sides; /* (nullable) */
} Pile;

static void
pile_free (gpointer data)
{
  Pile *self = data;

  g_bytes_unref (self->pdf);
  g_clear_pointer (&self->on_both_sides, g_bytes_unref);
  g_free (self);
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_blank (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append, bytes, WIDTH, HEIGHT);
  cairo_t *cairo = cairo_create (surface);

  cairo_show_page (cairo);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* Behind each that ends on the front of a sheet, if there is a @blank page. */
static GBytes *
merge (const GPtrArray *pdfs, GBytes *blank, const char *name, JzInstant now, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (JzPdfPart));

  for (guint i = 0; i < pdfs->len; i++) {
    JzPdfPart part = { g_ptr_array_index (pdfs, i), name, NULL, 1 };
    guint n_pages = 0;
    g_array_append_val (parts, part);
    if (blank == NULL)
      continue;
    if (!jz_pdf_count_pages (part.pdf, &n_pages, error))
      return NULL;
    part.pdf = blank;
    if (n_pages % 2 != 0)
      g_array_append_val (parts, part);
  }
  return jz_pdf_merge ((const JzPdfPart *)(gpointer)parts->data, parts->len, name, now, error);
}

static GPtrArray *
draw_all (JzOffice *office,
          JzConnection *reader,
          const Wanted *wanted,
          GCancellable *cancellable,
          GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_autoptr (GPtrArray) pdfs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (char **document = wanted->documents; *document != NULL; document++) {
    GBytes *pdf = g_cancellable_set_error_if_cancelled (cancellable, error)
                    ? NULL
                    : jz_document_print (reader, objects, *document, now, NULL, error);
    if (pdf == NULL)
      return NULL;
    g_ptr_array_add (pdfs, pdf);
  }
  return g_steal_pointer (&pdfs);
}

static gpointer
draw_documents (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_autoptr (GPtrArray) pdfs = draw_all (office, reader, wanted, cancellable, error);
  g_autoptr (GBytes) blank = draw_blank ();
  g_autoptr (GBytes) pdf = pdfs != NULL ? merge (pdfs, NULL, wanted->name, now, error) : NULL;
  GBytes *on_both_sides = pdf != NULL ? merge (pdfs, blank, wanted->name, now, error) : NULL;
  Pile *pile;

  if (on_both_sides == NULL)
    return NULL;
  pile = g_new0 (Pile, 1);
  pile->pdf = g_steal_pointer (&pdf);
  pile->on_both_sides = on_both_sides;
  return pile;
}

static gpointer
draw_dossier (JzOffice *office,
              JzConnection *reader,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  const Wanted *wanted = data;
  GBytes *pdf = jz_pages_write_dossier (
    reader, jz_store_get_objects (jz_office_get_store (office)), wanted->case_id,
    jz_clock_now (jz_office_get_clock (office)), JZ_DOSSIER_WHOLE, NULL, error);
  Pile *pile;

  if (pdf == NULL)
    return NULL;
  pile = g_new0 (Pile, 1);
  pile->pdf = pdf;
  return pile;
}

/* What officers say while they record, on cards for the pocket. */
static gpointer
draw_cards (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Wanted *wanted = data;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzCards) cards = NULL;
  GBytes *pdf;
  Pile *pile;

  if (!jz_case_view_open (&view, reader, objects, wanted->case_id, now, error))
    return NULL;
  cards = jz_cards_new_of_rules (view.rulebook, wanted->is_demo);
  pdf = jz_cards_write_pdf (cards, now, error);
  if (pdf == NULL)
    return NULL;
  pile = g_new0 (Pile, 1);
  pile->pdf = pdf;
  return pile;
}

typedef struct {
  GtkWidget *inside;
  char *name;
} Asked;

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;
  Pile *pile = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (pile == NULL)
    jz_show_error (asked->inside, error);
  else {
    const JzPrintRequest request = { pile->pdf, pile->on_both_sides, asked->name, FALSE };
    jz_print (asked->inside, &request);
    pile_free (pile);
  }
  g_object_unref (asked->inside);
  g_free (asked->name);
  g_free (asked);
}

static void
start (Wanted *wanted, JzOfficeClient *client, JzOfficeRead draw)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->inside = g_object_ref (wanted->inside);
  asked->name = g_strdup (wanted->name);
  jz_office_client_read_async (client, draw, wanted, wanted_free, pile_free, NULL, on_drawn, asked);
}

static Wanted *
wanted_new (GtkWidget *inside, const char *name)
{
  Wanted *self = g_new0 (Wanted, 1);

  self->inside = g_object_ref (inside);
  self->name = g_strdup (name);
  return self;
}

/**
 * jz_case_print_documents:
 * @inside: a widget of a window
 * @client: the office
 * @name: of the print job
 * @documents: (array zero-terminated=1): ids of documents, in the order in which they are printed
 *
 * Prints them as one job: a final one as it was frozen, a draft as it stands.
 */
void
jz_case_print_documents (GtkWidget *inside,
                         JzOfficeClient *client,
                         const char *name,
                         const char *const *documents)
{
  Wanted *wanted = wanted_new (inside, name);

  wanted->documents = g_strdupv ((char **)documents);
  start (wanted, client, draw_documents);
}

static void
print_dossier (GtkWidget *inside, JzOfficeClient *client, const char *name, const char *case_id)
{
  Wanted *wanted = wanted_new (inside, name);

  wanted->case_id = g_strdup (case_id);
  start (wanted, client, draw_dossier);
}

static void
print_cards (GtkWidget *inside, JzOfficeClient *client, const char *case_id)
{
  Wanted *wanted = wanted_new (inside, _ ("What to Say While Recording"));

  wanted->case_id = g_strdup (case_id);
  wanted->is_demo = jz_office_client_is_demo (client);
  start (wanted, client, draw_cards);
}

/* In the order of the dossier. */
static GStrv
list_final (const JzJson *sheet)
{
  const JzJson *volumes = jz_json_get_member (jz_json_get_member (sheet, "dossier"), "volumes");
  g_autoptr (GStrvBuilder) documents = g_strv_builder_new ();

  for (guint i = 0; i < jz_json_get_n_items (volumes); i++) {
    const JzJson *rows = jz_json_get_member (jz_json_get_item (volumes, i), "rows");
    for (guint j = 0; j < jz_json_get_n_items (rows); j++)
      g_strv_builder_add (documents, jz_json_read_text (jz_json_get_item (rows, j), "id"));
  }
  return g_strv_builder_end (documents);
}

/**
 * jz_case_print:
 * @inside: a widget of a window
 * @client: the office
 * @sheet: what was read of the case
 * @what: `final` for all its final documents, `dossier` for the dossier with index and record,
 *   `cards` for what officers say while they record
 *
 * Prints it as one job.
 */
void
jz_case_print (GtkWidget *inside, JzOfficeClient *client, const JzJson *sheet, const char *what)
{
  const JzJson *whole = jz_json_get_member (sheet, "case");
  const char *name = jz_json_read_text (whole, "title");
  g_auto (GStrv) documents = list_final (sheet);

  if (strcmp (what, "cards") == 0)
    print_cards (inside, client, jz_json_read_text (whole, "id"));
  else if (documents[0] == NULL)
    jz_window_toast (inside, _ ("The case has no final document yet."));
  else if (strcmp (what, "dossier") == 0)
    print_dossier (inside, client, name, jz_json_read_text (whole, "id"));
  else
    jz_case_print_documents (inside, client, name, (const char *const *)documents);
}
