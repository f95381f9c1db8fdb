/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/dossier.h"

#include <glib/gi18n-lib.h>

#include "office/checkpoints.h"
#include "office/document_freeze.h"
#include "office/secret_sheet.h"
#include "office/situation.h"
#include "pages/draw.h"
#include "pages/pdf.h"

/* The dossier of a case as one PDF: of each volume the index and the documents as they were frozen,
 * then the record of the case. Cover and index bear no page numbers; the documents of a volume are
 * numbered through (forms.md §2.11). */

#define MAX_PDF (64 * 1024 * 1024)
#define N_VOLUMES 2

typedef struct {
  JzJson *rows;     /* of the index */
  GPtrArray *pdfs;  /* (element-type GBytes): the documents */
  GPtrArray *names; /* (element-type utf8) beside each */
  GArray *firsts;   /* (element-type guint): the number of its first page */
  guint n_pages;
  GBytes *index; /* once it is drawn */
} Volume;

typedef struct {
  JzConnection *reader;
  JzObjects *objects;
  const char *case_id;
  JzInstant now;
  const JzJson
    *pieces; /* (nullable): ids of the documents of the secondary volume that are wanted */
  JzSheet sheet;
  Volume volumes[N_VOLUMES];
} Binding;

static void
clear_binding (Binding *self)
{
  jz_sheet_clear (&self->sheet);
  for (guint i = 0; i < N_VOLUMES; i++) {
    Volume *volume = &self->volumes[i];
    g_clear_pointer (&volume->rows, jz_json_unref);
    g_clear_pointer (&volume->pdfs, g_ptr_array_unref);
    g_clear_pointer (&volume->names, g_ptr_array_unref);
    g_clear_pointer (&volume->firsts, g_array_unref);
    g_clear_pointer (&volume->index, g_bytes_unref);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Binding, clear_binding)

static void
init_volumes (Binding *self)
{
  for (guint i = 0; i < N_VOLUMES; i++) {
    self->volumes[i].rows = jz_json_new_array ();
    self->volumes[i].pdfs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
    self->volumes[i].names = g_ptr_array_new_with_free_func (g_free);
    self->volumes[i].firsts = g_array_new (FALSE, TRUE, sizeof (guint));
  }
}

/* What stays in the bureau goes only where it was approved, piece by piece. */
static gboolean
is_wanted (const Binding *self, const Volume *volume, const JzJson *document)
{
  const char *id = jz_json_get_member_text (document, "id");

  if (self->pieces == NULL || volume == &self->volumes[0])
    return TRUE;
  for (guint i = 0; i < jz_json_get_n_items (self->pieces); i++)
    if (g_strcmp0 (jz_json_get_text (jz_json_get_item (self->pieces, i)), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
add_row (Binding *self, Volume *volume, const JzJson *document, const char *page, GError **error)
{
  g_autofree char *bureau = NULL;
  const char *number = jz_json_get_member_text (document, "number");
  JzJson *row = jz_json_new_object ();

  jz_json_append (volume->rows, row);
  if (!jz_tables_get_setting (self->reader, "bureau.name", &bureau, error))
    return FALSE;
  jz_json_set_integer (row, "no", jz_json_get_n_items (volume->rows));
  if (number != NULL)
    jz_json_set_text (row, "number", number);
  jz_json_set_text (row, "author", bureau != NULL ? bureau : "");
  jz_json_set_text (row, "title", jz_json_get_member_text (document, "title"));
  jz_json_set_text (row, "date", jz_json_get_member_text (document, "date"));
  jz_json_set_text (row, "page", page);
  return TRUE;
}

static gboolean
add_document (Binding *self,
              Volume *volume,
              const JzJson *document,
              gboolean is_last,
              GError **error)
{
  guint first = volume->n_pages + 1;
  guint n_pages = 0;
  g_autofree char *page = NULL;
  JzHash hash;
  GBytes *pdf;

  if (!is_wanted (self, volume, document) ||
      !jz_hash_from_hex (jz_json_get_member_text (document, "object"), &hash))
    return TRUE;
  pdf = jz_objects_get_bytes (self->objects, &hash, MAX_PDF, error);
  if (pdf == NULL)
    return FALSE;
  g_ptr_array_add (volume->pdfs, pdf);
  g_ptr_array_add (volume->names, g_strdup (jz_json_get_member_text (document, "title")));
  g_array_append_val (volume->firsts, first);
  if (!jz_pdf_count_pages (pdf, &n_pages, error))
    return FALSE;
  volume->n_pages += n_pages;
  page = is_last && n_pages > 1 ? g_strdup_printf ("%u—%u", first, volume->n_pages)
                                : g_strdup_printf ("%u", first);
  return add_row (self, volume, document, page, error);
}

static gint64
get_volume (const JzJson *list, guint position)
{
  return position < jz_json_get_n_items (list)
           ? jz_json_get_member_integer (jz_json_get_item (list, position), "volume", 1)
           : 0;
}

/* They come by volumes, so the last of one is whom another volume follows. */
static gboolean
add_documents (Binding *self, GError **error)
{
  g_autoptr (JzJson) list = jz_dossier_list (self->reader, self->objects, self->case_id, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (list); i++) {
    gint64 number = get_volume (list, i);
    if (!add_document (self, &self->volumes[number - 1], jz_json_get_item (list, i),
                       get_volume (list, i + 1) != number, error))
      return FALSE;
  }
  if (jz_json_get_n_items (list) > 0)
    return TRUE;
  g_set_error_literal (error, JZ_PDF_ERROR, JZ_PDF_ERROR_WRITE,
                       _ ("The case has no final document yet, so there is no dossier."));
  return FALSE;
}

/* What is a state secret is not in the dossier; its index says who keeps it and where. */
static gboolean
add_secrets (Binding *self, GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (self->reader, self->case_id, G_MAXINT64, error);
  g_autoptr (JzJson) secrets = stated != NULL ? jz_secret_sheet_list (stated) : NULL;
  JzJson *rows = self->volumes[0].rows;

  for (guint i = 0; secrets != NULL && i < jz_json_get_n_items (secrets); i++) {
    JzJson *row = jz_json_copy (jz_json_get_item (secrets, i));
    jz_json_append (rows, row);
    jz_json_set_integer (row, "no", jz_json_get_n_items (rows));
  }
  return secrets != NULL;
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
make_index (Binding *self, guint position, GError **error)
{
  const Volume *volume = &self->volumes[position];
  g_autofree char *handler = get_handler (self, error);
  char day[JZ_DATE_SIZE];
  JzJson *index;

  if (handler == NULL)
    return NULL;
  jz_date_format (jz_instant_get_date (self->now), day);
  index = jz_json_new_object ();
  jz_json_set_text (index, "case_no", self->sheet.case_number);
  jz_json_set_integer (index, "volume", position + 1);
  jz_json_set_member (index, "rows", jz_json_ref (volume->rows));
  jz_json_set_integer (index, "n_rows", jz_json_get_n_items (volume->rows));
  jz_json_set_integer (index, "n_pages", volume->n_pages);
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

/* What is kept sealed has an index of its own; forms of before have no place for it. */
static gboolean
add_sealed (Binding *self, JzJson *record, GError **error)
{
  const JzForm *form = jz_dossier_find_form (self->reader, self->objects, self->case_id, self->now,
                                             "case_record", error);
  g_autoptr (JzJson) list = NULL;

  if (form == NULL || jz_form_find_field (form, "secrets") == NULL)
    return form != NULL;
  list = jz_secret_sheet_list_sealed (self->reader, self->case_id, jz_instant_get_date (self->now),
                                      error);
  if (list != NULL && jz_json_get_n_items (list) > 0)
    jz_json_set_member (record, "secrets", jz_json_ref (list));
  return list != NULL;
}

static GBytes *
draw_record (Binding *self, GError **error)
{
  g_autoptr (JzJson) record = jz_json_new_object ();
  g_autoptr (JzJson) entries = jz_dossier_list_entries (self->reader, self->case_id, error);
  g_autoptr (JzJson) attachments =
    entries != NULL ? jz_dossier_list_attachments (self->reader, self->case_id,
                                                   jz_instant_get_date (self->now), error)
                    : NULL;
  g_autofree char *title = NULL;

  if (attachments == NULL || !set_checkpoint (self, record, error) ||
      !add_sealed (self, record, error) ||
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

static void
add_part (GArray *parts, GBytes *pdf, const char *title, const char *label, guint first_page)
{
  JzPdfPart part = { pdf, title, label, first_page };
  g_array_append_val (parts, part);
}

static void
add_volume (GArray *parts, const Volume *volume, gboolean is_main)
{
  if (volume->index == NULL)
    return;
  add_part (parts, volume->index, is_main ? _ ("Index") : _ ("Index of the secondary volume"),
            is_main ? _ ("Index ") : _ ("Secondary index "), 1);
  for (guint i = 0; i < volume->pdfs->len; i++)
    add_part (parts, g_ptr_array_index (volume->pdfs, i), g_ptr_array_index (volume->names, i),
              is_main ? NULL : _ ("Secondary "), g_array_index (volume->firsts, guint, i));
}

static GBytes *
merge (Binding *self, GBytes *record, GError **error)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (JzPdfPart));
  g_autofree char *title = g_strdup_printf (_ ("Dossier %s"), self->sheet.case_number);

  for (guint i = 0; i < N_VOLUMES; i++)
    add_volume (parts, &self->volumes[i], i == 0);
  if (record != NULL)
    add_part (parts, record, _ ("Record of the case"), _ ("Record "), 1);
  return jz_pdf_merge ((const JzPdfPart *)(gpointer)parts->data, parts->len, title, self->now,
                       error);
}

/* The values of the index of each volume that has documents; it is drawn where it is asked for. */
static gboolean
draw_indices (Binding *self, JzDossierParts parts, JzJson **values, GError **error)
{
  for (guint i = 0; i < N_VOLUMES; i++) {
    Volume *volume = &self->volumes[i];
    gboolean is_wanted = (parts & (i == 0 ? JZ_DOSSIER_MAIN : JZ_DOSSIER_SECONDARY)) != 0;
    values[i] = make_index (self, i, error);
    if (values[i] == NULL)
      return FALSE;
    if (!is_wanted || volume->pdfs->len == 0)
      continue;
    volume->index = draw (self, "file_index", values[i], error);
    if (volume->index == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_part (const Binding *self, GError **error)
{
  for (guint i = 0; i < N_VOLUMES; i++)
    if (self->volumes[i].index != NULL)
      return TRUE;
  g_set_error_literal (error, JZ_PDF_ERROR, JZ_PDF_ERROR_WRITE,
                       _ ("There is no document yet in this volume of the dossier."));
  return FALSE;
}

static GBytes *
write_parts (JzConnection *reader,
             JzObjects *objects,
             const char *case_id,
             JzInstant now,
             JzDossierParts parts,
             const JzJson *pieces,
             JzJson **index,
             GError **error)
{
  g_auto (Binding) self = { reader, objects, case_id, now, pieces };
  g_autoptr (JzJson) values = NULL;
  g_autoptr (JzJson) secondary = NULL;
  g_autoptr (GBytes) record = NULL;
  JzJson *made[N_VOLUMES] = { NULL };
  gboolean is_drawn;

  init_volumes (&self);
  if (!jz_sheet_init (&self.sheet, reader, case_id, now, error) || !add_documents (&self, error) ||
      !add_secrets (&self, error))
    return NULL;
  is_drawn = draw_indices (&self, parts, made, error);
  values = made[0];
  secondary = made[1];
  if (!is_drawn || !has_part (&self, error))
    return NULL;
  if ((parts & JZ_DOSSIER_RECORD) != 0 && (record = draw_record (&self, error)) == NULL)
    return NULL;
  if (self.volumes[1].pdfs->len > 0)
    jz_json_set_member (values, "secondary", g_steal_pointer (&secondary));
  if (index != NULL)
    *index = g_steal_pointer (&values);
  return merge (&self, record, error);
}

/**
 * jz_pages_write_dossier:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @parts: what of the dossier
 * @index: (out) (transfer full) (optional): the values of the index of its main volume; those of
 *   the secondary one are its member `secondary`, where there is one
 * @error: return location
 *
 * Returns: (transfer full) (nullable): these parts as one PDF
 */
GBytes *
jz_pages_write_dossier (JzConnection *reader,
                        JzObjects *objects,
                        const char *case_id,
                        JzInstant now,
                        JzDossierParts parts,
                        JzJson **index,
                        GError **error)
{
  return write_parts (reader, objects, case_id, now, parts, NULL, index, error);
}

/**
 * jz_pages_bind_dossier:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @index: (out) (transfer full) (optional): see jz_pages_write_dossier()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the whole dossier as PDF
 */
GBytes *
jz_pages_bind_dossier (JzConnection *reader,
                       JzObjects *objects,
                       const char *case_id,
                       JzInstant now,
                       JzJson **index,
                       GError **error)
{
  return jz_pages_write_dossier (reader, objects, case_id, now, JZ_DOSSIER_WHOLE, index, error);
}

/**
 * jz_pages_give_dossier:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @pieces: (nullable): ids of the documents of the secondary volume that were approved to go there,
 *   none for the main volume only; %NULL for all of that volume
 * @index: (out) (transfer full) (optional): see jz_pages_write_dossier()
 * @error: return location
 *
 * What src/acts.c registers with the act dossier.give (ux.md §4, AO-10). The record of the case
 * stays.
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
jz_pages_give_dossier (JzConnection *reader,
                       JzObjects *objects,
                       const char *case_id,
                       JzInstant now,
                       const JzJson *pieces,
                       JzJson **index,
                       GError **error)
{
  return write_parts (reader, objects, case_id, now, JZ_DOSSIER_MAIN | JZ_DOSSIER_SECONDARY, pieces,
                      index, error);
}

/* A document as the party may read it, or only its name; numbered through. */
static gboolean
add_party_row (Binding *self, const JzJson *row, GError **error)
{
  Volume *volume = &self->volumes[0];
  const JzJson *copy = jz_json_get_member (row, "copy");
  const char *note = jz_json_get_member_text (row, "note");
  g_autofree char *page = NULL;
  guint n_pages = 0;
  JzObject object;
  JzJson *listed;
  GBytes *pdf;

  if (copy != NULL && jz_object_from_json (copy, &object)) {
    guint first = volume->n_pages + 1;
    pdf = jz_objects_get_bytes (self->objects, &object.hash, MAX_PDF, error);
    if (pdf == NULL)
      return FALSE;
    g_ptr_array_add (volume->pdfs, pdf);
    g_ptr_array_add (volume->names, g_strdup (jz_json_get_member_text (row, "title")));
    g_array_append_val (volume->firsts, first);
    if (!jz_pdf_count_pages (pdf, &n_pages, error))
      return FALSE;
    volume->n_pages += n_pages;
    page = g_strdup_printf ("%u", first);
  }
  if (!add_row (self, volume, row, page != NULL ? page : "—", error))
    return FALSE;
  listed = (JzJson *)jz_json_get_item (volume->rows, jz_json_get_n_items (volume->rows) - 1);
  if (note != NULL)
    jz_json_set_text (listed, "note", note);
  /* Who made a file is not known. */
  if (jz_json_get_member_boolean (row, "file", FALSE))
    jz_json_set_text (listed, "author", "—");
  return TRUE;
}

/**
 * jz_pages_write_party_copy:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @rows: what is in the copy and what is left out of it, in order: `title`, `number`, `date`, the
 *   object `copy` where it was drawn anew, `note` on what is not there, `file` where it is no
 *   document
 * @index: (out) (transfer full): the values of the index
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the index and the copies as one PDF
 */
GBytes *
jz_pages_write_party_copy (JzConnection *reader,
                           JzObjects *objects,
                           const char *case_id,
                           JzInstant now,
                           const JzJson *rows,
                           JzJson **index,
                           GError **error)
{
  g_auto (Binding) self = { reader, objects, case_id, now };
  g_autoptr (JzJson) values = NULL;

  init_volumes (&self);
  if (!jz_sheet_init (&self.sheet, reader, case_id, now, error))
    return NULL;
  for (guint i = 0; i < jz_json_get_n_items (rows); i++)
    if (!add_party_row (&self, jz_json_get_item (rows, i), error))
      return NULL;
  values = make_index (&self, 0, error);
  if (values != NULL)
    self.volumes[0].index = draw (&self, "file_index", values, error);
  if (self.volumes[0].index == NULL)
    return NULL;
  *index = g_steal_pointer (&values);
  return merge (&self, NULL, error);
}
