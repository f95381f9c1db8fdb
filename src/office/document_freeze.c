/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/document_freeze.h"

#include <glib/gi18n-lib.h>

#include "office/document_number.h"
#include "office/document_view.h"
#include "office/error.h"
#include "office/office.h"
#include "office/situation.h"

/* A document becomes a PDF once, while it is made final, and that PDF is the document: nobody draws
 * it anew (design §5). Drawing is the business of a layer above this one, which is told here who
 * does it. */

/* A frozen document; pictures are no part of forms. */
#define MAX_PDF (64 * 1024 * 1024)

static JzDocumentDrawer drawer;

/**
 * jz_office_set_drawer:
 * @drawer: draws documents; may be called on any thread
 *
 * Both programs call this before anything else.
 */
void
jz_office_set_drawer (JzDocumentDrawer new_drawer)
{
  drawer = new_drawer;
}

/**
 * jz_sheet_clear:
 * @self: a sheet
 */
void
jz_sheet_clear (JzSheet *self)
{
  g_clear_pointer (&self->case_number, g_free);
  g_clear_pointer (&self->mark, g_free);
}

/**
 * jz_sheet_init:
 * @self: (out caller-allocates): a sheet for documents of a case
 * @reader: a store's database
 * @case_id: the case
 * @now: the time
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_sheet_init (JzSheet *self,
               JzConnection *reader,
               const char *case_id,
               JzInstant now,
               GError **error)
{
  g_autofree char *demo = NULL;

  *self = (JzSheet){ .time = now };
  if (!jz_connection_get_text (reader, &self->case_number, error,
                               "SELECT number FROM case_file WHERE id = ?", "t", case_id) ||
      !jz_connection_get_text (reader, &self->mark, error,
                               "SELECT store || '-' || seq || ' ' || lower (substr (hex (hash), 1, "
                               "8)) FROM entry WHERE case_id = ? ORDER BY arrival DESC LIMIT 1",
                               "t", case_id) ||
      !jz_tables_get_setting (reader, "store.demo", &demo, error)) {
    jz_sheet_clear (self);
    return FALSE;
  }
  self->is_demo = demo != NULL;
  return TRUE;
}

/**
 * jz_sheet_draw:
 * @self: a sheet
 * @filling: what stands on it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the PDF
 */
GBytes *
jz_sheet_draw (const JzSheet *self, const JzFilling *filling, GError **error)
{
  if (drawer != NULL)
    return drawer (filling, self, error);
  g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                       _ ("This program cannot draw documents."));
  return NULL;
}

static gboolean
is_taken (const JzPreparation *preparation, const char *argument, const char *number)
{
  for (guint i = 0; preparation->earlier != NULL && i < preparation->earlier->len; i++)
    if (g_strcmp0 (jz_json_get_member_text (g_ptr_array_index (preparation->earlier, i), argument),
                   number) == 0)
      return TRUE;
  return FALSE;
}

/* Documents that become final together get numbers in a row, as they stand in the batch. */
static char *
choose_number (const JzPreparation *preparation,
               JzConnection *reader,
               const JzForm *form,
               const JzJson *args,
               const char *argument,
               JzInstant now,
               GError **error)
{
  const char *given = jz_json_get_member_text (args, argument);
  g_autofree char *number =
    given != NULL ? g_strdup (given) : jz_document_dup_number (reader, form, now, error);

  while (given == NULL && number != NULL && number[0] != '\0' &&
         is_taken (preparation, argument, number)) {
    char *next = jz_document_number_dup_after (number);
    if (next == NULL)
      break; /* of no series; refused when it is checked */
    g_free (number);
    number = next;
  }
  return g_steal_pointer (&number);
}

static gboolean
freeze (const JzPreparation *preparation,
        JzConnection *reader,
        const JzDocument *document,
        const char *argument,
        JzJson *args,
        GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  JzInstant now = jz_clock_now (jz_office_get_clock (preparation->office));
  const char *date = jz_json_get_member_text (args, "document.date");
  g_autofree char *number =
    choose_number (preparation, reader, document->form, args, argument, now, error);
  g_autoptr (JzFilling) filling =
    number != NULL ? jz_document_complete (document, number, date != NULL ? date : "", error)
                   : NULL;
  g_auto (JzSheet) sheet = { 0 };
  g_autoptr (GBytes) pdf = NULL;
  JzObject object;

  if (filling == NULL ||
      !jz_sheet_init (&sheet, reader, jz_json_get_member_text (args, "case"), now, error))
    return FALSE;
  pdf = jz_sheet_draw (&sheet, filling, error);
  if (pdf == NULL || !jz_objects_put_bytes (objects, pdf, &object, error))
    return FALSE;
  if (number[0] != '\0')
    jz_json_set_text (args, argument, number);
  jz_json_set_text (args, "document.form", jz_form_get_id (document->form));
  jz_json_set_member (args, "values", jz_json_copy (jz_filling_get_values (filling)));
  jz_json_set_member (args, "pdf", jz_object_to_json (&object));
  return TRUE;
}

static gboolean
find_and_freeze (const JzPreparation *preparation,
                 JzConnection *reader,
                 const char *argument,
                 JzJson *args,
                 GError **error)
{
  const char *case_id = jz_json_get_member_text (args, "case");
  const char *id = jz_json_get_member_text (args, "document");
  g_autoptr (JzStated) stated = NULL;
  JzDocument document;

  if (case_id == NULL || id == NULL)
    return TRUE; /* missed when the arguments are checked */
  stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  if (stated == NULL ||
      !jz_document_find (stated, jz_store_get_objects (jz_office_get_store (preparation->office)),
                         id, &document, error))
    return FALSE;
  if (document.id != NULL)
    return freeze (preparation, reader, &document, argument, args, error);
  g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
               _ ("The case has no document %s."), id);
  return FALSE;
}

static gboolean
prepare (const JzPreparation *preparation, const char *argument, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_done;

  if (reader == NULL)
    return FALSE;
  is_done = find_and_freeze (preparation, reader, argument, args, error);
  jz_store_return_reader (store, reader);
  return is_done;
}

/**
 * jz_prepare_frozen:
 * @preparation: who makes a document final
 * @args: gets its number, `document.number`, its values and the PDF
 * @error: return location
 *
 * The number is the next one as things are now, and the one behind it for the next of a batch; when
 * somebody else took it meanwhile, the check refuses and it is done once more.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_frozen (const JzPreparation *preparation, JzJson *args, GError **error)
{
  return prepare (preparation, "document.number", args, error);
}

/**
 * jz_prepare_frozen_decision:
 * @preparation: who makes a decision final
 * @args: gets its number, `decision.number`, its values and the PDF
 * @error: return location
 *
 * As jz_prepare_frozen().
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_frozen_decision (const JzPreparation *preparation, JzJson *args, GError **error)
{
  return prepare (preparation, "decision.number", args, error);
}

static GBytes *
get_frozen (const JzStatedRecord *record, JzObjects *objects, gboolean *is_frozen, GError **error)
{
  const JzJson *pdf = jz_stated_record_get (record, "pdf");
  JzObject object;

  *is_frozen = pdf != NULL && jz_object_from_json (pdf, &object);
  return *is_frozen ? jz_objects_get_bytes (objects, &object.hash, MAX_PDF, error) : NULL;
}

static GBytes *
draw_draft (JzConnection *reader,
            const JzDocument *document,
            const char *case_id,
            JzInstant now,
            GError **error)
{
  g_autoptr (JzFilling) filling = jz_document_complete (document, "", "", error);
  g_auto (JzSheet) sheet = { 0 };

  if (filling == NULL || !jz_sheet_init (&sheet, reader, case_id, now, error))
    return NULL;
  sheet.is_draft = TRUE;
  return jz_sheet_draw (&sheet, filling, error);
}

/**
 * jz_document_print:
 * @reader: a store's database
 * @objects: the store's
 * @document: id of a document
 * @now: the time
 * @name: (out) (optional) (transfer full): number and title, for the name of a file
 * @error: return location
 *
 * What is final comes as it was frozen; what is not is drawn, and every page says so.
 *
 * Returns: (transfer full) (nullable): the PDF; %JZ_OFFICE_ERROR_NOT_FOUND where there is no such
 *   document
 */
GBytes *
jz_document_print (JzConnection *reader,
                   JzObjects *objects,
                   const char *document,
                   JzInstant now,
                   char **name,
                   GError **error)
{
  g_autofree char *case_id = jz_document_find_case (reader, document, error);
  g_autoptr (JzStated) stated =
    case_id != NULL ? jz_stated_load (reader, case_id, G_MAXINT64, error) : NULL;
  gboolean is_frozen = FALSE;
  JzDocument found;
  GBytes *pdf;

  if (stated == NULL || !jz_document_find (stated, objects, document, &found, error))
    return NULL;
  pdf = get_frozen (found.record, objects, &is_frozen, error);
  if (!is_frozen)
    pdf = draw_draft (reader, &found, case_id, now, error);
  if (pdf != NULL && name != NULL)
    *name = g_strconcat (jz_stated_record_get_text (found.record, "number"),
                         jz_form_get_title (found.form, NULL), NULL);
  return pdf;
}
