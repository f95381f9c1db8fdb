/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_sheet.h"

#include <string.h>

#include "office/case_course.h"
#include "office/case_documents.h"
#include "office/case_evidence.h"
#include "office/case_limits.h"
#include "office/case_record.h"
#include "office/case_recordings.h"
#include "office/case_values.h"
#include "office/cases.h"
#include "office/dossier_use.h"
#include "office/fact_arguments.h"
#include "office/next_step.h"
#include "office/recording_cross_check.h"
#include "office/review_question.h"
#include "office/secret_sheet.h"

/* All that the page of a case shows, read at once, so that its parts belong together. */

static gboolean
take (JzJson *sheet, const char *name, JzJson *value)
{
  if (value == NULL)
    return FALSE;
  jz_json_set_member (sheet, name, value);
  return TRUE;
}

/* The first handler leads (主办), the others help (协办). */
static JzJson *
list_people (const JzCaseView *view, GError **error)
{
  JzJson *list = jz_json_new_array ();
  gboolean has_row = FALSE;
  gboolean has_lead = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error,
    "SELECT person, name, duty, ended FROM case_duty JOIN person ON person.id = case_duty.person "
    "WHERE case_id = ? ORDER BY ended <> 0, since, name",
    "t", view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *person;
    gboolean is_handler;
    if (!has_row)
      return list;
    is_handler = strcmp (jz_statement_get_text (rows, 2), "handler") == 0 &&
                 jz_statement_get_integer (rows, 3) == 0;
    person = jz_json_new_object ();
    jz_json_set_text (person, "person", jz_statement_get_text (rows, 0));
    jz_json_set_text (person, "name", jz_statement_get_text (rows, 1));
    jz_json_set_text (person, "duty", jz_statement_get_text (rows, 2));
    jz_json_set_boolean (person, "ended", jz_statement_get_integer (rows, 3) != 0);
    jz_json_set_boolean (person, "lead", is_handler && !has_lead);
    has_lead = has_lead || is_handler;
    jz_json_append (list, person);
  }
  jz_json_unref (list);
  return NULL;
}

/* What the review has come to, to be read only. */
static JzJson *
describe_review (const JzCaseView *view, GError **error)
{
  static const char *const facts[] = { "review.submitted_on", "review.outcome", "review.opinion_on",
                                       "review.materials_complete_on" };
  const GPtrArray *records = jz_stated_get_records (view->stated);
  JzJson *json = jz_json_new_object ();
  gint64 n_rounds = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++) {
    const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), facts[i]);
    const JzJson *value = jz_stated_get (view->stated, facts[i]);
    g_autofree char *text =
      value != NULL && definition != NULL ? jz_fact_dup_text (definition, value) : NULL;
    if (text != NULL)
      jz_json_set_text (json, facts[i] + strlen ("review."), text);
  }
  for (guint i = 0; i < records->len; i++)
    n_rounds += strcmp (((const JzStatedRecord *)g_ptr_array_index (records, i))->list,
                        JZ_LIST_SUBMISSION) == 0;
  jz_json_set_integer (json, "rounds", n_rounds);
  if (!take (json, "questions", jz_review_questions_list (view->reader, view->stated, error))) {
    jz_json_unref (json);
    return NULL;
  }
  return json;
}

static JzJson *
list_volumes (const JzCaseView *view, GError **error)
{
  g_autoptr (JzJson) documents =
    jz_dossier_list (view->reader, view->objects, view->case_id, error);
  JzJson *volumes;

  if (documents == NULL)
    return NULL;
  volumes = jz_json_new_array ();
  for (gint64 number = 1; number <= 2; number++) {
    JzJson *volume = jz_json_new_object ();
    JzJson *rows = jz_json_new_array ();
    for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
      const JzJson *document = jz_json_get_item (documents, i);
      if (jz_json_get_member_integer (document, "volume", 0) == number)
        jz_json_append (rows, jz_json_ref (document));
    }
    jz_json_set_integer (volume, "volume", number);
    jz_json_set_member (volume, "rows", rows);
    jz_json_append (volumes, volume);
  }
  return volumes;
}

static JzJson *
describe_dossier (const JzCaseView *view, JzJson *sheet, GError **error)
{
  const JzStatedRecord *bound = jz_stated_find_last (view->stated, "@dossier");
  const JzJson *index = bound != NULL ? jz_stated_record_get (bound, "index") : NULL;
  JzJson *json = jz_json_new_object ();
  JzJson *gaps = jz_case_evidence_list_gaps (view, jz_json_get_member (sheet, "documents"),
                                             jz_json_get_member (sheet, "recordings"));

  jz_json_set_member (json, "gaps", gaps);
  jz_json_set_member (json, "secrets", jz_secret_sheet_list (view->stated));
  if (!take (json, "volumes", list_volumes (view, error))) {
    jz_json_unref (json);
    return NULL;
  }
  jz_json_set_member (json, "openings", jz_dossier_list_openings (view->stated));
  jz_json_set_member (json, "shown", jz_dossier_list_shown (view->stated));
  jz_json_set_boolean (json, "bound", bound != NULL);
  if (index != NULL)
    jz_json_set_member (json, "index", jz_json_ref (index));
  return json;
}

static gboolean
fill (const JzCaseView *view, const char *person, JzJson *sheet, GError **error)
{
  return take (sheet, "people", list_people (view, error)) &&
         take (sheet, "course", jz_case_course_list (view, error)) &&
         take (sheet, "steps", jz_next_steps_list (view, person, error)) &&
         take (sheet, "proposals", jz_case_proposals_list (view, person, error)) &&
         take (sheet, "acts", jz_case_acts_list (view, person, error)) &&
         take (sheet, "documents", jz_case_documents_list (view, error)) &&
         take (sheet, "missing", jz_case_documents_list_missing (view, error)) &&
         take (sheet, "forms", jz_case_forms_list (view)) &&
         take (sheet, "limits", jz_case_limits_list (view, error)) &&
         take (sheet, "values", jz_case_values_list (view, error)) &&
         take (sheet, "record",
               jz_case_record_list (view->reader, view->rulebook, view->case_id, error)) &&
         take (sheet, "evidence", jz_case_evidence_list (view, person, error)) &&
         take (sheet, "recordings", jz_case_recordings_list (view, person, error)) &&
         take (sheet, "untied", jz_recording_cross_check (view, error)) &&
         take (sheet, "review", describe_review (view, error)) &&
         take (sheet, "dossier", describe_dossier (view, sheet, error));
}

/**
 * jz_case_sheet_new:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: id or number of a case
 * @person: who looks at it
 * @now: when
 * @error: return location
 *
 * Returns: (transfer full) (nullable): `case` as of jz_cases_show(), `people`, `course`, `steps`,
 *   `proposals`, `acts`, `documents`, `missing`, `forms`, `limits`, `values`, `record`, `evidence`,
 *   `recordings`, `untied` as of jz_recording_cross_check(), `review` and `dossier`;
 * %JZ_OFFICE_ERROR_NOT_FOUND where there is no such case
 */
JzJson *
jz_case_sheet_new (JzConnection *reader,
                   JzObjects *objects,
                   const char *case_id,
                   const char *person,
                   JzInstant now,
                   GError **error)
{
  g_autoptr (JzJson) sheet = jz_json_new_object ();
  g_auto (JzCaseView) view = { 0 };
  JzJson *whole = jz_cases_show (reader, case_id, error);

  if (!take (sheet, "case", whole) ||
      !jz_case_view_open (&view, reader, objects, jz_json_get_member_text (whole, "id"), now,
                          error) ||
      !fill (&view, person, sheet, error))
    return NULL;
  return g_steal_pointer (&sheet);
}
