/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/document_findings.h"
#include "office/error.h"
#include "office/fact_arguments.h"
#include "office/recordings.h"
#include "office/review_material.h"

/* What a reviewer looks at: the documents of the case, its evidence and its recordings, each with
 * the place in the window where it is, and the field of a document in which a fact stands: forms
 * say by their defaults which fact a field holds. */

static char *
make_place (const JzReviewView *view, const char *kind, const char *id, const char *field)
{
  return field != NULL && field[0] != '\0'
           ? g_strdup_printf ("cases/%s/%s/%s/%s", view->case_id, kind, id, field)
           : g_strdup_printf ("cases/%s/%s/%s", view->case_id, kind, id);
}

static JzJson *
make_material (const JzReviewView *view, const char *kind, const char *id, const char *title)
{
  JzJson *json = jz_json_new_object ();
  g_autofree char *place = make_place (view, kind, id, NULL);

  jz_json_set_text (json, "kind", kind);
  jz_json_set_text (json, "id", id);
  jz_json_set_text (json, "title", title);
  jz_json_set_text (json, "place", place);
  return json;
}

static const char *
get_title (const JzDocument *document)
{
  const char *title = jz_stated_record_get_text (document->record, "title");

  return title[0] != '\0'
           ? title
           : jz_form_get_title (document->form,
                                jz_language_get_current () == JZ_LANGUAGE_ZH ? "zh-CN" : "en");
}

static JzJson *
make_document (const JzReviewView *view, const JzDocument *document)
{
  JzJson *json = make_material (view, "document", document->id, get_title (document));
  const char *number = jz_stated_record_get_text (document->record, "number");

  jz_json_set_text (json, "state", jz_document_state_word (document->state));
  jz_json_set_boolean (json, "is_final", document->state >= JZ_DOCUMENT_FINAL);
  if (number[0] != '\0')
    jz_json_set_text (json, "number", number);
  return json;
}

static gboolean
add_document (JzReviewMaterials *self, const JzStatedRecord *record, GError **error)
{
  JzDocument *document = g_new0 (JzDocument, 1);

  g_ptr_array_add (self->documents, document);
  return jz_document_find (self->view->stated, self->view->objects, record->id, document, error);
}

static gboolean
is_live_document (const JzStatedRecord *record)
{
  return strcmp (record->list, JZ_LIST_DOCUMENT) == 0 &&
         jz_document_record_get_state (record) < JZ_DOCUMENT_CORRECTED;
}

static gboolean
load_documents (JzReviewMaterials *self, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);
  const JzStatedRecord *decision = jz_document_find_decision (self->view->stated);

  if (decision != NULL && !add_document (self, decision, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (is_live_document (record) && record != decision && !add_document (self, record, error))
      return FALSE;
  }
  return TRUE;
}

/* Evidence bears a title and a number; a recording a name or what it shows. */
static const char *
get_name (const JzStatedRecord *record)
{
  static const char *const names[] = { "title", "name", "description", "number" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (jz_stated_record_get_text (record, names[i])[0] != '\0')
      return jz_stated_record_get_text (record, names[i]);
  return record->id;
}

/* What is recorded of it, with the names that the vocabulary has for its fields. */
static JzJson *
describe_fields (const JzStatedRecord *record)
{
  const JzFactDefinition *list = jz_fact_vocabulary_find (jz_office_get_facts (), record->list);
  JzLanguage language = jz_language_get_current ();
  JzJson *fields = jz_json_new_array ();

  for (guint i = 0; list != NULL && i < list->fields->len; i++) {
    const JzFactDefinition *definition = g_ptr_array_index (list->fields, i);
    const JzJson *json = jz_stated_record_get (record, definition->name);
    g_autoptr (JzValue) value = json != NULL ? jz_fact_read_value (definition, json) : NULL;
    g_autofree char *text =
      value != NULL ? jz_fact_definition_dup_words (definition, value, language) : NULL;
    JzJson *field;
    if (text == NULL)
      continue;
    field = jz_json_new_object ();
    jz_json_set_text (field, "name", jz_text_get (&definition->meaning, language));
    jz_json_set_text (field, "value", text);
    jz_json_append (fields, field);
  }
  return fields;
}

/* What has a file is looked at where the file is shown, and a recording bears the file's name. */
static gboolean
add_record (JzReviewMaterials *self, const JzStatedRecord *record, const char *kind, GError **error)
{
  const char *attachment = jz_stated_record_get_text (record, "attachment");
  const char *title = get_name (record);
  g_autofree char *name = NULL;
  g_autofree char *place = NULL;
  JzJson *json;

  if (attachment[0] != '\0' &&
      !jz_connection_get_text (self->view->reader, &name, error,
                               "SELECT name FROM attachment WHERE id = ?", "t", attachment))
    return FALSE;
  json = make_material (self->view, kind, record->id,
                        title == record->id && name != NULL ? name : title);
  place = name != NULL ? make_place (self->view, "evidence", attachment, NULL)
                       : g_strdup_printf ("cases/%s/evidence", self->view->case_id);
  jz_json_set_text (json, "place", place);
  if (name != NULL)
    jz_json_set_text (json, "attachment", attachment);
  jz_json_set_member (json, "fields", describe_fields (record));
  jz_json_append (self->list, json);
  return TRUE;
}

/* What says why there is none is not one. */
static gboolean
add_recordings (JzReviewMaterials *self, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_RECORDING) == 0 &&
        jz_stated_record_get (record, "attachment") != NULL &&
        jz_stated_record_get (record, JZ_REMOVED) == NULL &&
        !add_record (self, record, "recording", error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_records (JzReviewMaterials *self, const char *list, const char *kind, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, list) == 0 &&
        jz_stated_record_get (record, "excluded_reason") == NULL &&
        !add_record (self, record, kind, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jz_review_materials_load (JzReviewMaterials *self, const JzReviewView *view, GError **error)
{
  self->view = view;
  self->documents = g_ptr_array_new_with_free_func (g_free);
  self->list = jz_json_new_array ();
  if (!load_documents (self, error))
    return FALSE;
  for (guint i = 0; i < self->documents->len; i++)
    jz_json_append (self->list, make_document (view, g_ptr_array_index (self->documents, i)));
  return add_records (self, "evidence.items", "evidence", error) && add_recordings (self, error);
}

void
jz_review_materials_clear (JzReviewMaterials *self)
{
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_clear_pointer (&self->list, jz_json_unref);
}

static gboolean
holds_fact (const JzFormField *field, const char *fact)
{
  for (guint i = 0; i < field->defaults->len; i++) {
    const JzFormDefault *preset = g_ptr_array_index (field->defaults, i);
    if (strcmp (preset->text, fact) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Path and label of the field that holds the fact; FALSE where none does. */
static gboolean
find_field (const JzForm *form, const char *fact, char **path, const JzFormField **found)
{
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    if (!holds_fact (field, fact))
      continue;
    *path = g_strdup (field->name);
    *found = field;
    return TRUE;
  }
  return FALSE;
}

static void
add_field (JzJson *list,
           const JzReviewView *view,
           const JzDocument *document,
           const char *path,
           const char *label)
{
  JzJson *json = make_document (view, document);
  g_autofree char *place = make_place (view, "document", document->id, path);

  jz_json_set_text (json, "place", place);
  jz_json_set_text (json, "field", path);
  jz_json_set_text (json, "label", label);
  jz_json_append (list, json);
}

static gboolean
has_place (const JzJson *list, const char *place)
{
  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    if (g_strcmp0 (jz_json_get_member_text (jz_json_get_item (list, i), "place"), place) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_thing (const JzJson *list, const char *id)
{
  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    if (g_strcmp0 (jz_json_get_member_text (jz_json_get_item (list, i), "id"), id) == 0)
      return TRUE;
  return FALSE;
}

static const char *
get_label (const JzFormField *field)
{
  return jz_language_get_current () == JZ_LANGUAGE_ZH || field->label.en == NULL ? field->label.zh
                                                                                 : field->label.en;
}

static void
add_fields_of_fact (const JzReviewMaterials *self, const char *fact, JzJson *list)
{
  for (guint i = 0; i < self->documents->len; i++) {
    const JzDocument *document = g_ptr_array_index (self->documents, i);
    const JzFormField *field = NULL;
    g_autofree char *path = NULL;
    g_autofree char *place = NULL;
    if (!find_field (document->form, fact, &path, &field))
      continue;
    place = make_place (self->view, "document", document->id, path);
    if (!has_place (list, place))
      add_field (list, self->view, document, path, get_label (field));
  }
}

static void
add_kind (const JzReviewMaterials *self, const char *kind, JzJson *list)
{
  for (guint i = 0; i < jz_json_get_n_items (self->list); i++) {
    const JzJson *material = jz_json_get_item (self->list, i);
    if (strcmp (jz_json_get_member_text (material, "kind"), kind) == 0 &&
        !has_thing (list, jz_json_get_member_text (material, "id")))
      jz_json_append (list, jz_json_copy (material));
  }
}

/* What an item is about: the fields that hold the facts which were looked at, evidence where those
 * are of evidence; and where nothing is found the decision as a whole, or the first material. */
JzJson *
jz_review_materials_find (const JzReviewMaterials *self, const JzJson *values)
{
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (values); i++) {
    const char *fact = jz_json_get_member_text (jz_json_get_item (values, i), "fact");
    add_fields_of_fact (self, fact, list);
    if (g_str_has_prefix (fact, "evidence.") || strcmp (fact, "conduct.elements") == 0)
      add_kind (self, "evidence", list);
    if (g_str_has_prefix (fact, "recording."))
      add_kind (self, "recording", list);
  }
  if (jz_json_get_n_items (list) == 0 && jz_json_get_n_items (self->list) > 0)
    jz_json_append (list, jz_json_copy (jz_json_get_item (self->list, 0)));
  return list;
}

/* Number and day come with the last step, after the review (documents.c). */
static gboolean
is_filled_in_later (const JzJson *finding)
{
  const char *field = jz_json_get_member_text (finding, "field");
  return strcmp (field, "doc_no") == 0 || strcmp (field, "doc_date") == 0;
}

static void
place_finding (const JzReviewView *view, const JzDocument *document, JzJson *finding)
{
  g_autofree char *place =
    make_place (view, "document", document->id, jz_json_get_member_text (finding, "field"));

  jz_json_set_text (finding, "document", document->id);
  jz_json_set_text (finding, "title", get_title (document));
  jz_json_set_text (finding, "place", place);
}

/* What the checks of the documents that are not final yet find. */
JzJson *
jz_review_materials_find_findings (const JzReviewMaterials *self, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  const JzReviewView *view = self->view;

  for (guint i = 0; i < self->documents->len; i++) {
    const JzDocument *document = g_ptr_array_index (self->documents, i);
    g_autoptr (JzJson) findings = jz_document_find_findings (
      view->reader, view->objects, view->case_id, document->id, view->now, error);
    if (findings == NULL)
      return NULL;
    for (guint j = 0; j < jz_json_get_n_items (findings); j++) {
      JzJson *finding;
      if (is_filled_in_later (jz_json_get_item (findings, j)))
        continue;
      finding = jz_json_copy (jz_json_get_item (findings, j));
      place_finding (view, document, finding);
      jz_json_append (list, finding);
    }
  }
  return g_steal_pointer (&list);
}

/**
 * jz_review_fill_document:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @document: id of one of its documents
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the document says now, with its number and day where it
 *   has them
 */
JzFilling *
jz_review_fill_document (JzConnection *reader,
                         JzObjects *objects,
                         const char *case_id,
                         const char *document,
                         GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  JzDocument found;

  if (stated == NULL || !jz_document_find (stated, objects, document, &found, error))
    return NULL;
  if (found.id == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("The case has no document %s."), document);
    return NULL;
  }
  return jz_document_complete (&found, jz_stated_record_get_text (found.record, "number"),
                               jz_stated_record_get_text (found.record, "date"), error);
}
