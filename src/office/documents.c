/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/documents.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/document_number.h"
#include "office/form_sets.h"
#include "store/error.h"

/* The documents of a case as they stand (design §5): what was stated of each, under which
 * definition, and what it says once number, day and the opinions of its approval are in it. */

static const struct {
  const char *name;
  const char *word;
} states[] = {
  [JZ_DOCUMENT_DRAFT] = { "draft", N_ ("being drafted") },
  [JZ_DOCUMENT_SUBMITTED] = { "submitted", N_ ("submitted for approval") },
  [JZ_DOCUMENT_EXAMINED] = { "examined", N_ ("agreed to by the unit") },
  [JZ_DOCUMENT_APPROVED] = { "approved", N_ ("approved") },
  [JZ_DOCUMENT_FINAL] = { "final", N_ ("final") },
  [JZ_DOCUMENT_SIGNED] = { "signed", N_ ("signed or sealed") },
  [JZ_DOCUMENT_SERVED] = { "served", N_ ("served") },
  [JZ_DOCUMENT_CORRECTED] = { "corrected", N_ ("replaced by a corrected one") },
  [JZ_DOCUMENT_VOID] = { "void", N_ ("void") },
};

/**
 * jz_document_state_get_name:
 * @state: a state
 *
 * Returns: its name in entries
 */
const char *
jz_document_state_get_name (JzDocumentState state)
{
  return states[state].name;
}

/**
 * jz_document_state_word:
 * @state: a state
 *
 * Returns: what it is called in the user's language
 */
const char *
jz_document_state_word (JzDocumentState state)
{
  return _ (states[state].word);
}

/**
 * jz_document_find_record:
 * @stated: what was stated of a case
 * @id: id of a document
 *
 * Returns: (transfer none) (nullable): what was stated of the document
 */
const JzStatedRecord *
jz_document_find_record (const JzStated *stated, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0 && strcmp (record->id, id) == 0)
      return record;
  }
  return NULL;
}

/**
 * jz_document_record_get_state:
 * @record: what was stated of a document
 *
 * Returns: how far it has come
 */
JzDocumentState
jz_document_record_get_state (const JzStatedRecord *record)
{
  const char *name = jz_stated_record_get_text (record, "state");

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i].name, name) == 0)
      return (JzDocumentState)i;
  return JZ_DOCUMENT_DRAFT;
}

/**
 * jz_document_find_decision:
 * @stated: what was stated of a case
 *
 * The decision as a document, drafted last and not void: a review passes on what that says.
 *
 * Returns: (transfer none) (nullable): what was stated of the document
 */
const JzStatedRecord *
jz_document_find_decision (const JzStated *stated)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0 &&
        strcmp (jz_stated_record_get_text (record, "finalised_by"), "decision.finalise") == 0 &&
        jz_document_record_get_state (record) != JZ_DOCUMENT_VOID)
      return record;
  }
  return NULL;
}

static const JzForm *
find_form (const JzStatedRecord *record, JzObjects *objects, GError **error)
{
  const char *id = jz_stated_record_get_text (record, "form");
  const JzFormSet *set;
  const JzForm *form;
  JzHash hash;

  if (!jz_hash_from_hex (jz_stated_record_get_text (record, "form_set"), &hash)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("It is not written down under which forms the document %s was drafted."),
                 record->id);
    return NULL;
  }
  set = jz_form_sets_get (objects, &hash, error);
  if (set == NULL)
    return NULL;
  form = jz_form_set_find (set, id);
  if (form == NULL)
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The form %s of the document %s is not among the forms it was drafted under."),
                 id, record->id);
  return form;
}

/**
 * jz_document_find:
 * @stated: what was stated of a case
 * @objects: where adopted forms are
 * @id: id of a document
 * @document: (out): the document; its `id` is %NULL where the case has none of that id
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_find (const JzStated *stated,
                  JzObjects *objects,
                  const char *id,
                  JzDocument *document,
                  GError **error)
{
  *document = (JzDocument){ .record = jz_document_find_record (stated, id) };
  if (document->record == NULL)
    return TRUE;
  document->id = document->record->id;
  document->state = jz_document_record_get_state (document->record);
  document->form = find_form (document->record, objects, error);
  return document->form != NULL;
}

/**
 * jz_document_fill:
 * @self: a document
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its values as they were saved last
 */
JzFilling *
jz_document_fill (const JzDocument *self, GError **error)
{
  const JzJson *values = jz_stated_record_get (self->record, "values");
  g_autoptr (JzJson) none = NULL;

  if (values == NULL)
    values = none = jz_json_new_object ();
  return jz_filling_new_from_json (self->form, values, error);
}

static gboolean
set_text (JzFilling *filling, const char *field, const char *text, GError **error)
{
  g_autoptr (JzJson) value = NULL;

  if (text[0] == '\0' || jz_form_find_field (jz_filling_get_form (filling), field) == NULL)
    return TRUE;
  value = jz_json_new_text (text);
  return jz_filling_set (filling, field, value, error);
}

static JzJson *
make_signature (const char *name, const char *date, gboolean is_list)
{
  JzJson *signature = jz_json_new_object ();
  JzJson *list;

  jz_json_set_text (signature, "name", name);
  jz_json_set_text (signature, "date", date);
  if (!is_list)
    return signature;
  list = jz_json_new_array ();
  jz_json_append (list, signature);
  return list;
}

/* What somebody who passed the document on wrote, under his name; on paper he signs by hand. */
static gboolean
set_step (JzFilling *filling, const JzStatedRecord *record, char letter, GError **error)
{
  g_autofree char *opinion = g_strdup_printf ("opinion_%c", letter);
  g_autofree char *sign = g_strdup_printf ("sign_%c", letter);
  g_autofree char *name = g_strdup_printf ("name_%c", letter);
  g_autofree char *date = g_strdup_printf ("date_%c", letter);
  const char *who = jz_stated_record_get_text (record, name);
  const JzFormField *field = jz_form_find_field (jz_filling_get_form (filling), sign);
  g_autoptr (JzJson) signature = NULL;

  if (!set_text (filling, opinion, jz_stated_record_get_text (record, opinion), error))
    return FALSE;
  if (field == NULL || who[0] == '\0')
    return TRUE;
  signature = make_signature (who, jz_stated_record_get_text (record, date), field->is_list);
  return jz_filling_set (filling, sign, signature, error);
}

/* Whatever somebody typed there, or what was left of an approval that was taken back. Who signs by
 * hand beside the approval, such as the second handler, is not among them. */
static gboolean
clear_steps (JzFilling *filling, GError **error)
{
  static const char *const always[] = { "doc_no",    "opinion_h", "opinion_u",
                                        "opinion_r", "sign_u",    "sign_r" };

  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    if (!jz_filling_set (filling, always[i], NULL, error))
      return FALSE;
  return TRUE;
}

/**
 * jz_document_field_comes_later:
 * @field: name of a field
 *
 * Returns: whether a later step puts it into the document, so that it is not missed before
 */
gboolean
jz_document_field_comes_later (const char *field)
{
  return strcmp (field, "doc_no") == 0 || strcmp (field, "doc_date") == 0 ||
         g_str_has_prefix (field, "opinion_") || g_str_has_prefix (field, "sign_");
}

/**
 * jz_document_wants_opinion:
 * @form: a form
 *
 * Returns: whether it cannot be final without the opinion of who approved it
 */
gboolean
jz_document_wants_opinion (const JzForm *form)
{
  const JzFormField *field = jz_form_find_field (form, "opinion_r");

  return field != NULL && field->is_required;
}

/**
 * jz_document_complete:
 * @self: a document
 * @number: its number, empty for none
 * @date: its day, empty for none yet
 * @error: return location
 *
 * Puts into its values what no one types: number, day, and the opinions and names of those who
 * passed it on; what somebody typed there all the same does not count. The fields are called
 * `doc_no`, `doc_date`, and `opinion_` and `sign_` with the role's letter of forms.md §0.4.
 *
 * Returns: (transfer full) (nullable): the values that the final document has
 */
JzFilling *
jz_document_complete (const JzDocument *self, const char *number, const char *date, GError **error)
{
  g_autoptr (JzFilling) filling = jz_document_fill (self, error);

  if (filling == NULL || !clear_steps (filling, error) ||
      !set_text (filling, "doc_no", number, error) || !set_text (filling, "doc_date", date, error))
    return NULL;
  for (const char *letter = "hur"; *letter != '\0'; letter++)
    if (!set_step (filling, self->record, *letter, error))
      return NULL;
  return g_steal_pointer (&filling);
}

/**
 * jz_document_dup_number:
 * @tables: derived tables
 * @form: a form
 * @now: the time; its year is that of the series
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the number that a document of the form would get now, the
 *   next of its series; the empty text for a form that bears none, or the case's only
 */
char *
jz_document_dup_number (JzConnection *tables, const JzForm *form, JzInstant now, GError **error)
{
  const char *code = jz_form_get_number_code (form);

  return code == NULL || strcmp (code, "case") == 0
           ? g_strdup ("")
           : jz_document_number_dup_next (tables, code, jz_instant_get_date (now).year, error);
}

static JzJson *
describe (const JzStatedRecord *record)
{
  static const char *const texts[] = { "form", "title", "number", "date", "corrects" };
  JzJson *json = jz_json_new_object ();
  const JzJson *pdf = jz_stated_record_get (record, "pdf");

  jz_json_set_text (json, "id", record->id);
  jz_json_set_text (json, "state",
                    jz_document_state_get_name (jz_document_record_get_state (record)));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = jz_stated_record_get_text (record, texts[i]);
    if (text[0] != '\0')
      jz_json_set_text (json, texts[i], text);
  }
  if (pdf != NULL)
    jz_json_set_text (json, "object", jz_json_get_member_text (pdf, "object"));
  return json;
}

/**
 * jz_documents_list:
 * @reader: a store's database
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects `id`, `form`, `title`, `state`,
 *   `number`, `date` and `object`, the hash of the frozen PDF, in the order in which they were
 *   drafted
 */
JzJson *
jz_documents_list (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  JzJson *list;
  const GPtrArray *records;

  if (stated == NULL)
    return NULL;
  list = jz_json_new_array ();
  records = jz_stated_get_records (stated);
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0)
      jz_json_append (list, describe (record));
  }
  return list;
}
