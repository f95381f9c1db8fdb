/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/document_view.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_facts.h"
#include "office/document_draft.h"
#include "office/document_findings.h"
#include "office/document_step.h"
#include "office/error.h"
#include "office/office.h"
#include "office/rulebooks.h"
#include "office/situation.h"

/* A document as the window shows it: what is on record, what is typed and not on record, and what
 * can be done with it next. */

static JzObjects *
get_objects (JzOffice *office)
{
  return jz_store_get_objects (jz_office_get_store (office));
}

/**
 * jz_document_find_case:
 * @reader: a connection
 * @document: id of a document
 * @error: return location
 *
 * Returns: (transfer full) (nullable): id of the case that it belongs to; %NULL where there is no
 *   such document
 */
char *
jz_document_find_case (JzConnection *reader, const char *document, GError **error)
{
  g_autofree char *case_id = NULL;

  if (!jz_connection_get_text (reader, &case_id, error,
                               "SELECT case_id FROM fact WHERE list = ? AND record = ? LIMIT 1",
                               "tt", JZ_LIST_DOCUMENT, document))
    return NULL;
  if (case_id == NULL)
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("There is no document %s in this store, or its case was destroyed."), document);
  return g_steal_pointer (&case_id);
}

static gboolean
find (JzOffice *office,
      JzConnection *reader,
      const char *document,
      char **case_id,
      JzStated **stated,
      JzDocument *found,
      GError **error)
{
  *case_id = jz_document_find_case (reader, document, error);
  *stated = *case_id != NULL ? jz_stated_load (reader, *case_id, G_MAXINT64, error) : NULL;
  return *stated != NULL &&
         jz_document_find (*stated, get_objects (office), document, found, error);
}

/* The acts of the law's own take the place of the plain ones. */
static void
add_steps (JzDocumentView *self, const JzDocument *document)
{
  const struct {
    JzDocumentStep step;
    const char *act;
  } steps[] = {
    { JZ_STEP_REVISE, "document.revise" },
    { JZ_STEP_SUBMIT, "document.submit" },
    { JZ_STEP_EXAMINE, "document.examine" },
    { JZ_STEP_APPROVE, jz_form_get_approving_act (document->form) },
    { JZ_STEP_FINALISE, jz_form_get_finalising_act (document->form) },
    { JZ_STEP_SIGN, "document.sign" },
    { JZ_STEP_SERVE, "document.serve" },
    { JZ_STEP_RETURN, "document.return" },
    { JZ_STEP_CORRECT, "document.correct" },
    { JZ_STEP_VOID, "document.void" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (jz_document_may_step (document, steps[i].step))
      g_ptr_array_add (self->steps, g_strdup (steps[i].act));
}

/* What those who passed it on wrote stands in it from then on. */
static gboolean
set_values (JzDocumentView *self, const JzDocument *document, GError **error)
{
  gboolean is_passed = document->state > JZ_DOCUMENT_DRAFT && document->state < JZ_DOCUMENT_FINAL;
  g_autoptr (JzFilling) filling =
    is_passed ? jz_document_complete (document, "", "", error) : jz_document_fill (document, error);

  if (filling == NULL)
    return FALSE;
  self->values = jz_json_copy (jz_filling_get_values (filling));
  return TRUE;
}

static gboolean
set_draft (JzDocumentView *self, JzOffice *office, JzConnection *reader, GError **error)
{
  JzScratch *scratch = jz_store_get_scratch (jz_office_get_store (office));

  /* Where only reading is possible there is none. */
  if (scratch == NULL || self->state >= JZ_DOCUMENT_FINAL)
    return TRUE;
  if (!jz_scratch_find_draft (scratch, self->id, &self->draft, error) ||
      !jz_scratch_find_carried (scratch, self->id, &self->carried, error))
    return FALSE;
  return self->draft == NULL ||
         jz_tables_get_person_name (reader, self->draft->person, &self->holder, error);
}

static JzDocumentView *
describe (const JzDocument *document, const char *case_id, const JzStated *stated)
{
  JzDocumentView *self = g_new0 (JzDocumentView, 1);
  const JzJson *pdf = jz_stated_record_get (document->record, "pdf");
  const char *number = jz_stated_get_text (stated, "case.number");

  self->id = g_strdup (document->id);
  self->case_id = g_strdup (case_id);
  self->case_number = number[0] != '\0' ? g_strdup (number) : NULL;
  self->title = g_strdup (jz_form_get_title (document->form, NULL));
  self->number = g_strdup (jz_stated_record_get_text (document->record, "number"));
  self->corrects = g_strdup (jz_stated_record_get_text (document->record, "corrects"));
  self->state = document->state;
  self->form = jz_form_ref (document->form);
  self->writers = jz_document_get_writers (document->form);
  self->steps = g_ptr_array_new_with_free_func (g_free);
  if (pdf != NULL)
    self->pdf = g_strdup (jz_json_get_member_text (pdf, "object"));
  add_steps (self, document);
  return self;
}

/**
 * jz_document_view_load:
 * @office: an office
 * @reader: a connection that reads
 * @document: id of a document
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the document; %JZ_OFFICE_ERROR_NOT_FOUND where there is none
 */
JzDocumentView *
jz_document_view_load (JzOffice *office, JzConnection *reader, const char *document, GError **error)
{
  g_autofree char *case_id = NULL;
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzDocumentView) self = NULL;
  JzDocument found;

  g_return_val_if_fail (document != NULL, NULL);
  if (!find (office, reader, document, &case_id, &stated, &found, error))
    return NULL;
  self = describe (&found, case_id, stated);
  if (!set_values (self, &found, error) || !set_draft (self, office, reader, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_document_view_free:
 * @self: (transfer full): a document
 */
void
jz_document_view_free (JzDocumentView *self)
{
  g_free (self->id);
  g_free (self->case_id);
  g_free (self->case_number);
  g_free (self->title);
  g_free (self->number);
  g_free (self->corrects);
  g_free (self->pdf);
  g_free (self->holder);
  g_free (self->carried);
  jz_form_unref (self->form);
  g_clear_pointer (&self->values, jz_json_unref);
  g_clear_pointer (&self->draft, jz_scratch_draft_free);
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/**
 * jz_document_list_versions:
 * @reader: a connection that reads
 * @document: id of a document
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of objects `time`, `person` (a name), `act` and
 *   `values`, the newest first: what was put on record in its fields, and by whom
 */
JzJson *
jz_document_list_versions (JzConnection *reader, const char *document, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) statement = jz_connection_query (
    reader, error,
    "SELECT entry.time, person.name, entry.act, fact.value FROM fact JOIN entry USING (arrival) "
    "LEFT JOIN person ON person.id = entry.actor WHERE fact.list = ? AND fact.record = ? "
    "AND fact.name = 'values' ORDER BY fact.arrival DESC",
    "tt", JZ_LIST_DOCUMENT, document);

  if (statement == NULL)
    return NULL;
  while (jz_statement_step (statement, &has_row, error)) {
    static const char *const names[] = { "time", "person", "act" };
    JzJson *row;
    JzJson *values;
    const char *text;
    if (!has_row)
      return g_steal_pointer (&list);
    text = jz_statement_get_text (statement, 3);
    values = jz_json_parse (text, strlen (text), error);
    if (values == NULL)
      return NULL;
    row = jz_json_new_object ();
    for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
      jz_json_set_text (row, names[i], jz_statement_get_text (statement, i));
    jz_json_set_member (row, "values", values);
    jz_json_append (list, row);
  }
  return NULL;
}

/**
 * jz_document_find_sources:
 * @office: an office
 * @reader: a connection that reads
 * @document: id of a document
 * @error: return location
 *
 * What the case would fill in by itself now, so that somebody can see where a value comes from, and
 * whether it still is what the case says.
 *
 * Returns: (transfer full) (nullable): values by the names of fields
 */
JzJson *
jz_document_find_sources (JzOffice *office,
                          JzConnection *reader,
                          const char *document,
                          GError **error)
{
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_autofree char *case_id = NULL;
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzCaseFacts) facts = NULL;
  g_autoptr (JzFilling) filling = NULL;
  JzDocument found;

  if (!find (office, reader, document, &case_id, &stated, &found, error))
    return NULL;
  facts = jz_document_new_facts (reader, get_objects (office), case_id, now, error);
  if (facts == NULL)
    return NULL;
  jz_case_facts_set_document (facts, document);
  filling = jz_filling_new (found.form);
  if (!jz_filling_set_defaults (filling, &jz_case_facts_get_limits (facts)->facts, error) ||
      !jz_case_facts_finish (facts, error))
    return NULL;
  return jz_json_copy (jz_filling_get_values (filling));
}

/**
 * jz_document_check_draft_values:
 * @office: an office
 * @reader: a connection that reads
 * @document: id of a document
 * @values: what is typed in it now
 * @error: return location
 *
 * As jz_document_find_findings(), of what is not on record yet.
 *
 * Returns: (transfer full) (nullable): the findings
 */
JzJson *
jz_document_check_draft_values (JzOffice *office,
                                JzConnection *reader,
                                const char *document,
                                const JzJson *values,
                                GError **error)
{
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_autofree char *case_id = NULL;
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzFilling) filling = NULL;
  JzDocument found;

  if (!find (office, reader, document, &case_id, &stated, &found, error))
    return NULL;
  if (found.state >= JZ_DOCUMENT_FINAL)
    return jz_json_new_array ();
  filling = jz_filling_new_from_json (found.form, values, error);
  if (filling == NULL)
    return NULL;
  return jz_document_check_filling (reader, get_objects (office), case_id, document, filling, now,
                                    error);
}
