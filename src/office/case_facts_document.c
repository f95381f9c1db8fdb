/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"
#include "office/documents.h"
#include "office/fact_arguments.h"
#include "office/situation.h"

/* What a document lacks of what the law wants in it; which items those are, its form says (forms.md
 * §1). And what the other documents of the case say, for the rules that compare them (forms.md §4):
 * their fields have the same names in every form. */

/* The document that is being made final, else the decision as it was drafted last. */
static const JzStatedRecord *
find_record (const JzCaseFacts *self)
{
  const char *named =
    self->situation != NULL ? jz_situation_get_text (self->situation, "document") : "";

  return named[0] != '\0' ? jz_document_find_record (self->stated, named)
                          : jz_document_find_decision (self->stated);
}

/* What the entry says, with number and day in it, where it is tried; what was saved otherwise. */
static JzFilling *
fill (const JzCaseFacts *self, const JzDocument *document, GError **error)
{
  const JzJson *values =
    self->situation != NULL ? jz_json_get_member (self->situation->args, "values") : NULL;

  return values != NULL ? jz_filling_new_from_json (document->form, values, error)
                        : jz_document_fill (document, error);
}

static gboolean
is_missing (const JzFilling *filling, const JzFormElement *element)
{
  for (gsize i = 0; element->fields[i] != NULL; i++) {
    const JzFormField *field =
      jz_form_find_field (jz_filling_get_form (filling), element->fields[i]);
    if (field != NULL && jz_filling_has_field (filling, field) &&
        jz_filling_is_empty (jz_json_get_member (jz_filling_get_values (filling), field->name)))
      return TRUE;
  }
  return FALSE;
}

static void
add_item (JzValue *list, const char *text)
{
  JzRecord *item = jz_record_new ();

  jz_record_set (item, "item", jz_value_new_text (text));
  jz_value_append (list, item);
}

/* What the decision is made of must be stated beside what stands on the paper: an empty list names
 * nothing. Kinds of penalties are in a decision that has a place for them. */
static void
add_unstated (const JzCaseFacts *self, const JzForm *form, JzValue *list)
{
  static const char *const names[] = { "decision.basis", "decision.kinds" };
  gsize n_names = jz_form_find_field (form, "decision") != NULL ? 2 : 1;

  for (gsize i = 0; i < n_names; i++) {
    const JzJson *value = jz_stated_get (self->stated, names[i]);
    const JzFactDefinition *fact = jz_fact_vocabulary_find (jz_office_get_facts (), names[i]);
    if (fact != NULL && (value == NULL || jz_json_get_n_items (value) == 0))
      add_item (list, jz_text_get (&fact->meaning, jz_language_get_current ()));
  }
}

static JzFactState
get_missing_items (JzCaseFacts *self, JzValue **value)
{
  const JzStatedRecord *record = find_record (self);
  JzObjects *objects = self->situation != NULL ? self->situation->objects : NULL;
  g_autoptr (JzFilling) filling = NULL;
  JzDocument document;

  if (record == NULL || objects == NULL || self->error != NULL ||
      !jz_document_find (self->stated, objects, record->id, &document, &self->error))
    return JZ_FACT_UNKNOWN;
  filling = fill (self, &document, &self->error);
  if (filling == NULL)
    return JZ_FACT_UNKNOWN;
  *value = jz_value_new_list ();
  for (guint i = 0; i < jz_form_get_n_elements (document.form); i++) {
    const JzFormElement *element = jz_form_get_element (document.form, i);
    if (is_missing (filling, element))
      add_item (*value, element->text);
  }
  add_unstated (self, document.form, *value);
  return JZ_FACT_PRESENT;
}

/* Calls @add for what each other final document of the case says: not for the one that is asked
 * about, nor for what that corrects. */
static JzFactState
list_others (JzCaseFacts *self,
             void (*add) (const JzStatedRecord *record, const JzJson *values, JzValue *list),
             JzValue **value)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);
  const char *id =
    self->document != NULL ? self->document : jz_case_facts_get_argument (self, "document");
  const JzStatedRecord *own = jz_document_find_record (self->stated, id);
  const char *corrected = own != NULL ? jz_stated_record_get_text (own, "corrects") : "";

  *value = jz_value_new_list ();
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const JzJson *values = jz_stated_record_get (record, "values");
    JzDocumentState state;
    if (strcmp (record->list, JZ_LIST_DOCUMENT) != 0 || record == own || values == NULL ||
        strcmp (record->id, corrected) == 0)
      continue;
    state = jz_document_record_get_state (record);
    if (state >= JZ_DOCUMENT_FINAL && state <= JZ_DOCUMENT_SERVED)
      add (record, values, *value);
  }
  return JZ_FACT_PRESENT;
}

static void
set_text (JzRecord *record, const char *field, const char *text)
{
  if (text != NULL && text[0] != '\0')
    jz_record_set (record, field, jz_value_new_text (text));
  else
    jz_record_set_absent (record, field);
}

static JzRecord *
new_row (const JzStatedRecord *record)
{
  JzRecord *row = jz_record_new ();

  set_text (row, "form", jz_stated_record_get_text (record, "form"));
  return row;
}

/* The act as it is called: a cause is that of which the party is suspected. */
static void
set_behaviour (JzRecord *row, const JzJson *values)
{
  static const char suspected[] = "涉嫌";
  const char *cause = jz_json_get_member_text (values, "cause");
  const char *behaviour = jz_json_get_member_text (values, "behaviour");

  if (behaviour == NULL && cause != NULL)
    behaviour = g_str_has_prefix (cause, suspected) ? cause + strlen (suspected) : cause;
  set_text (row, "cause", cause);
  set_text (row, "behaviour", behaviour);
}

static void
add_other (const JzStatedRecord *record, const JzJson *values, JzValue *list)
{
  const JzJson *party = jz_json_get_member (values, "party");
  JzRecord *row = new_row (record);

  set_text (row, "party_name", party != NULL ? jz_json_get_member_text (party, "name") : NULL);
  set_text (row, "party_number",
            party != NULL ? jz_json_get_member_text (party, "id_number") : NULL);
  set_text (row, "party_address",
            party != NULL ? jz_json_get_member_text (party, "address") : NULL);
  set_behaviour (row, values);
  jz_value_append (list, row);
}

static JzFactState
get_others (JzCaseFacts *self, JzValue **value)
{
  return list_others (self, add_other, value);
}

static void
add_cited (const JzStatedRecord *record, const JzJson *laws, const char *role, JzValue *list)
{
  for (guint i = 0; laws != NULL && i < jz_json_get_n_items (laws); i++) {
    const JzJson *law = jz_json_get_item (laws, i);
    JzRecord *row = new_row (record);
    set_text (row, "role", role);
    set_text (row, "law", jz_json_get_member_text (law, "law"));
    set_text (row, "article", jz_json_get_member_text (law, "article"));
    jz_value_append (list, row);
  }
}

static void
add_citations (const JzStatedRecord *record, const JzJson *values, JzValue *list)
{
  add_cited (record, jz_json_get_member (values, "violated_law"), "violated", list);
  add_cited (record, jz_json_get_member (values, "basis_law"), "basis", list);
}

static JzFactState
get_citations (JzCaseFacts *self, JzValue **value)
{
  return list_others (self, add_citations, value);
}

static void
add_evidence (const JzStatedRecord *record, const JzJson *values, JzValue *list)
{
  const JzJson *rows = jz_json_get_member (values, "evidence");

  for (guint i = 0; rows != NULL && i < jz_json_get_n_items (rows); i++) {
    const JzJson *item = jz_json_get_item (rows, i);
    JzRecord *row = new_row (record);
    jz_record_set (row, "no", jz_value_new_int (jz_json_get_member_integer (item, "no", 0)));
    set_text (row, "name", jz_json_get_member_text (item, "name"));
    jz_value_append (list, row);
  }
}

static JzFactState
get_evidence (JzCaseFacts *self, JzValue **value)
{
  return list_others (self, add_evidence, value);
}

static void
add_officers (const JzStatedRecord *record, const JzJson *values, JzValue *list)
{
  const JzJson *officers = jz_json_get_member (values, "officers");

  for (guint i = 0; officers != NULL && i < jz_json_get_n_items (officers); i++) {
    const JzJson *officer = jz_json_get_item (officers, i);
    JzRecord *row = new_row (record);
    set_text (row, "name", jz_json_get_member_text (officer, "name"));
    set_text (row, "credential", jz_json_get_member_text (officer, "credential"));
    jz_value_append (list, row);
  }
}

static JzFactState
get_officers (JzCaseFacts *self, JzValue **value)
{
  return list_others (self, add_officers, value);
}

const JzComputedFact jz_facts_of_documents[] = {
  { "decision.missing_items", get_missing_items },
  { "document.citations", get_citations },
  { "document.evidence", get_evidence },
  { "document.officers", get_officers },
  { "document.others", get_others },
  { NULL },
};
