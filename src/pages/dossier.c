/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/dossier.h"

#include <glib/gi18n-lib.h>

#include "office/checkpoints.h"
#include "office/document_freeze.h"
#include "office/situation.h"
#include "pages/draw.h"
#include "pages/pdf.h"

/* The dossier of a case as one PDF: index, documents as they were frozen, record of the case. Cover
 * and index bear no page numbers; the documents are numbered through (forms.md §2.11). */

#define MAX_PDF (64 * 1024 * 1024)

typedef struct {
  JzConnection *reader;
  JzObjects *objects;
  const char *case_id;
  JzInstant now;
  JzSheet sheet;
  JzJson *rows;     /* of the index */
  GPtrArray *pdfs;  /* (element-type GBytes): the documents */
  GPtrArray *names; /* (element-type utf8) beside each */
  GArray *firsts;   /* (element-type guint): the number of its first page */
  guint n_pages;
} Binding;

static void
clear_binding (Binding *self)
{
  jz_sheet_clear (&self->sheet);
  g_clear_pointer (&self->rows, jz_json_unref);
  g_clear_pointer (&self->pdfs, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->firsts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Binding, clear_binding)

static gboolean
add_row (Binding *self, const JzJson *document, const char *page, GError **error)
{
  g_autofree char *bureau = NULL;
  const char *number = jz_json_get_member_text (document, "number");
  JzJson *row = jz_json_new_object ();

  jz_json_append (self->rows, row);
  if (!jz_tables_get_setting (self->reader, "bureau.name", &bureau, error))
    return FALSE;
  jz_json_set_integer (row, "no", jz_json_get_n_items (self->rows));
  if (number != NULL)
    jz_json_set_text (row, "number", number);
  jz_json_set_text (row, "author", bureau != NULL ? bureau : "");
  jz_json_set_text (row, "title", jz_json_get_member_text (document, "title"));
  jz_json_set_text (row, "date", jz_json_get_member_text (document, "date"));
  jz_json_set_text (row, "page", page);
  return TRUE;
}

static gboolean
add_document (Binding *self, const JzJson *document, gboolean is_last, GError **error)
{
  guint first = self->n_pages + 1;
  guint n_pages = 0;
  g_autofree char *page = NULL;
  JzHash hash;
  GBytes *pdf;

  if (!jz_hash_from_hex (jz_json_get_member_text (document, "object"), &hash))
    return TRUE;
  pdf = jz_objects_get_bytes (self->objects, &hash, MAX_PDF, error);
  if (pdf == NULL)
    return FALSE;
  g_ptr_array_add (self->pdfs, pdf);
  g_ptr_array_add (self->names, g_strdup (jz_json_get_member_text (document, "title")));
  g_array_append_val (self->firsts, first);
  if (!jz_pdf_count_pages (pdf, &n_pages, error))
    return FALSE;
  self->n_pages += n_pages;
  page = is_last && n_pages > 1 ? g_strdup_printf ("%u—%u", first, self->n_pages)
                                : g_strdup_printf ("%u", first);
  return add_row (self, document, page, error);
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  const JzJson *first = *(const JzJson *const *)a;
  const JzJson *second = *(const JzJson *const *)b;
  int order =
    g_strcmp0 (jz_json_get_member_text (first, "date"), jz_json_get_member_text (second, "date"));

  return order != 0 ? order
                    : (int)jz_json_get_member_integer (first, "position", 0) -
                        (int)jz_json_get_member_integer (second, "position", 0);
}

/* One volume in the order of the days that the documents bear; of one day as they were drafted. */
static gboolean
add_documents (Binding *self, GError **error)
{
  g_autoptr (JzJson) list = jz_documents_list (self->reader, self->case_id, error);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (list); i++) {
    JzJson *document = (JzJson *)jz_json_get_item (list, i);
    jz_json_set_integer (document, "position", i);
    if (jz_dossier_is_listed (document))
      g_ptr_array_add (sorted, document);
  }
  g_ptr_array_sort (sorted, compare_days);
  for (guint i = 0; i < sorted->len; i++)
    if (!add_document (self, g_ptr_array_index (sorted, i), i + 1 == sorted->len, error))
      return FALSE;
  if (sorted->len > 0)
    return TRUE;
  g_set_error_literal (error, JZ_PDF_ERROR, JZ_PDF_ERROR_WRITE,
                       _ ("The case has no final document yet, so there is no dossier."));
  return FALSE;
}

static GBytes *
draw (Binding *self, const char *form_id, const JzJson *values, GError **error)
{
  const JzForm *form =
    jz_dossier_find_form (self->reader, self->objects, self->case_id, self->now, form_id, error);
  g_autoptr (JzFilling) filling =
    form != NULL ? jz_filling_new_from_json (form, values, error) : NULL;

  return filling != NULL ? jz_pages_draw (filling, &self->sheet, error) : NULL;
}

static char *
get_handler (Binding *self, GError **error)
{
  char *name = NULL;

  if (!jz_connection_get_text (self->reader, &name, error,
                               "SELECT person.name FROM case_duty JOIN person ON person.id = "
                               "case_duty.person WHERE case_id = ? AND duty = 'handler' ORDER BY "
                               "ended = 0 DESC, since LIMIT 1",
                               "t", self->case_id))
    return NULL;
  return name != NULL ? name : g_strdup ("");
}

static JzJson *
make_index (Binding *self, GError **error)
{
  g_autofree char *handler = get_handler (self, error);
  char day[JZ_DATE_SIZE];
  JzJson *index;

  if (handler == NULL)
    return NULL;
  jz_date_format (jz_instant_get_date (self->now), day);
  index = jz_json_new_object ();
  jz_json_set_text (index, "case_no", self->sheet.case_number);
  jz_json_set_integer (index, "volume", 1);
  jz_json_set_member (index, "rows", jz_json_ref (self->rows));
  jz_json_set_integer (index, "n_rows", jz_json_get_n_items (self->rows));
  jz_json_set_integer (index, "n_pages", self->n_pages);
  jz_json_set_text (index, "filer", handler);
  jz_json_set_text (index, "checked_on", day);
  return index;
}

/* The checkpoint is of the time before the binding, which is an entry itself. */
static gboolean
set_checkpoint (Binding *self, JzJson *record, GError **error)
{
  g_autofree char *store = NULL;
  g_autofree char *note = NULL;

  if (!jz_journal_get_current_store (self->reader, &store, error))
    return FALSE;
  note = jz_checkpoints_load_newest (self->reader, store, NULL);
  if (note != NULL)
    jz_json_set_text (record, "checkpoint", note);
  return TRUE;
}

static GBytes *
draw_record (Binding *self, GError **error)
{
  g_autoptr (JzJson) record = jz_json_new_object ();
  g_autoptr (JzJson) entries = jz_dossier_list_entries (self->reader, self->case_id, error);
  g_autoptr (JzJson) attachments =
    entries != NULL ? jz_dossier_list_attachments (self->reader, self->case_id, error) : NULL;
  g_autofree char *title = NULL;

  if (attachments == NULL || !set_checkpoint (self, record, error) ||
      !jz_connection_get_text (self->reader, &title, error,
                               "SELECT title FROM case_file WHERE id = ?", "t", self->case_id))
    return NULL;
  jz_json_set_text (record, "case_no", self->sheet.case_number);
  jz_json_set_text (record, "case_title", title != NULL ? title : "");
  jz_json_set_member (record, "rows", g_steal_pointer (&entries));
  if (jz_json_get_n_items (attachments) > 0)
    jz_json_set_member (record, "attachments", g_steal_pointer (&attachments));
  return draw (self, "case_record", record, error);
}

static GBytes *
merge (Binding *self, GBytes *index, GBytes *record, GError **error)
{
  guint n_parts = self->pdfs->len + 2;
  g_autofree JzPdfPart *parts = g_new0 (JzPdfPart, n_parts);
  g_autofree char *title = g_strdup_printf (_ ("Dossier %s"), self->sheet.case_number);

  parts[0] = (JzPdfPart){ index, _ ("Index"), _ ("Index "), 1 };
  for (guint i = 0; i < self->pdfs->len; i++)
    parts[i + 1] =
      (JzPdfPart){ g_ptr_array_index (self->pdfs, i), g_ptr_array_index (self->names, i), NULL,
                   g_array_index (self->firsts, guint, i) };
  parts[n_parts - 1] = (JzPdfPart){ record, _ ("Record of the case"), _ ("Record "), 1 };
  return jz_pdf_merge (parts, n_parts, title, self->now, error);
}

/**
 * jz_pages_bind_dossier:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @index: (out) (transfer full) (optional): the values of its index
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the dossier as PDF
 */
GBytes *
jz_pages_bind_dossier (JzConnection *reader,
                       JzObjects *objects,
                       const char *case_id,
                       JzInstant now,
                       JzJson **index,
                       GError **error)
{
  g_auto (Binding) self = { reader, objects, case_id, now };
  g_autoptr (JzJson) values = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) last = NULL;
  GBytes *whole;

  self.rows = jz_json_new_array ();
  self.pdfs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self.names = g_ptr_array_new_with_free_func (g_free);
  self.firsts = g_array_new (FALSE, TRUE, sizeof (guint));
  if (!jz_sheet_init (&self.sheet, reader, case_id, now, error) || !add_documents (&self, error))
    return NULL;
  values = make_index (&self, error);
  first = values != NULL ? draw (&self, "file_index", values, error) : NULL;
  last = first != NULL ? draw_record (&self, error) : NULL;
  whole = last != NULL ? merge (&self, first, last, error) : NULL;
  if (whole != NULL && index != NULL)
    *index = g_steal_pointer (&values);
  return whole;
}
