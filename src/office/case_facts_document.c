/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"
#include "office/documents.h"
#include "office/fact_arguments.h"
#include "office/situation.h"

/* What a document lacks of what the law wants in it; which items those are, its form says (forms.md
 * §1). */

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

const JzComputedFact jz_facts_of_documents[] = {
  { "decision.missing_items", get_missing_items },
  { NULL },
};
