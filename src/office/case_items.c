/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_items.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_due.h"
#include "office/documents.h"
#include "office/publication_check.h"
#include "office/review_question.h"
#include "office/role.h"

/* What is to be done in a case, and by whom: limits that run, documents that wait for somebody's
 * approval, a review that nobody has been given yet. What waits for a head also waits, for the
 * handlers, for somebody else. */

static JzCaseItem *
add_item (JzCaseRow *row, const char *role, const char *kind)
{
  JzCaseItem *item = g_new0 (JzCaseItem, 1);

  item->role = role;
  g_strlcpy (item->due, JZ_CASE_NO_DUE, sizeof item->due);
  item->body = jz_json_new_object ();
  jz_json_set_text (item->body, "kind", kind);
  g_ptr_array_add (row->items, item);
  return item;
}

static void
set_place (JzCaseItem *item, const JzCaseRow *row, const char *rest, const char *thing)
{
  g_autofree char *place = g_strdup_printf ("cases/%s/%s%s", row->id, rest, thing);
  jz_json_set_text (item->body, "go", place);
}

/* Whoever may propose an act begins it; else whoever may do it. */
static const char *
find_role (const JzAct *act)
{
  static const char *const first[] = { "handler",  "reviewer", "section_head", "archivist",
                                       "approver", "head",     "clerk" };

  for (gsize i = 0; i < G_N_ELEMENTS (first); i++)
    if (jz_word_is_in (first[i], act->roles) ||
        (act->proposer_roles != NULL && jz_word_is_in (first[i], act->proposer_roles)))
      return first[i];
  return "handler";
}

static void
describe_due (JzCaseItem *item, const JzCaseView *view, const JzCaseDue *due)
{
  const JzRule *rule = &due->answer->limit->rule;
  JzLanguage language = jz_language_get_current ();
  g_autofree char *basis = jz_rulebook_dup_basis (view->rulebook, rule, language);

  jz_date_format (due->answer->due, item->due);
  jz_json_set_text (item->body, "rule", rule->id);
  jz_json_set_text (item->body, "name", jz_text_get (&rule->name, language));
  if (basis != NULL)
    jz_json_set_text (item->body, "basis", basis);
  jz_json_set_boolean (item->body, "presumed", due->answer->count->is_presumed);
  if (due->answer->count->kind == JZ_DAY_COUNT_INSTANT) {
    char instant[JZ_INSTANT_SIZE];
    jz_instant_format (due->answer->count->due_instant, instant);
    jz_json_set_text (item->body, "instant", instant);
  }
}

static gboolean
is_reviewers (const JzCaseDue *due)
{
  return strcmp (find_role (due->act), "reviewer") == 0;
}

/* Whether what meets the limit belongs to a stage that the case has not come to: then the case is
 * shown, which says what comes before. */
static gboolean
is_ahead (const GPtrArray *course, const JzAct *act)
{
  for (guint i = 0; i < course->len; i++) {
    const JzCourseStage *stage = g_ptr_array_index (course, i);
    if (stage->state != JZ_COURSE_AHEAD)
      continue;
    for (guint j = 0; j < stage->stage->facts->len; j++) {
      const JzStageItem *fact = g_ptr_array_index (stage->stage->facts, j);
      if (jz_act_states_fact (act, fact->name))
        return TRUE;
    }
  }
  return FALSE;
}

static void
add_due (const JzCaseView *view, JzCaseRow *row, const GPtrArray *course, const JzCaseDue *due)
{
  JzCaseItem *item =
    add_item (row, due->wait == JZ_CASE_TO_DO ? find_role (due->act) : "handler", "limit");

  item->wait = due->wait;
  describe_due (item, view, due);
  if (due->wait == JZ_CASE_WAITED_FOR) {
    set_place (item, row, "limits", "");
  } else if (due->wait == JZ_CASE_WAITED_OUT || is_ahead (course, due->act)) {
    g_autofree char *place = g_strdup_printf ("cases/%s", row->id);
    jz_json_set_text (item->body, "go", place);
  } else {
    jz_json_set_text (item->body, "act", due->act->name);
    set_place (item, row, "do/", due->act->name);
  }
}

static gboolean
is_publications (const JzCaseDue *due)
{
  return g_str_has_prefix (due->act->name, "publication.");
}

/* Limits of the review go with the review, those of publicity with what is to be published. */
static void
add_dues (const JzCaseView *view, JzCaseRow *row, const GPtrArray *course, const GPtrArray *dues)
{
  for (guint i = 0; i < dues->len; i++) {
    const JzCaseDue *due = g_ptr_array_index (dues, i);
    if (!is_reviewers (due) && !is_publications (due))
      add_due (view, row, course, due);
    if (due->wait == JZ_CASE_TO_DO && row->due_name == NULL) {
      jz_date_format (due->answer->due, row->due);
      row->due_name =
        g_strdup (jz_text_get (&due->answer->limit->rule.name, jz_language_get_current ()));
    }
  }
}

static gboolean
set_since (JzCaseItem *item,
           const JzCaseView *view,
           const char *list,
           const char *record,
           GError **error)
{
  g_autofree char *since = NULL;

  if (!jz_connection_get_text (view->reader, &since, error,
                               "SELECT time FROM fact JOIN entry ON entry.arrival = fact.arrival "
                               "WHERE fact.case_id = ? AND list = ? AND record = ? ORDER BY "
                               "fact.arrival DESC LIMIT 1",
                               "ttt", view->case_id, list, record))
    return FALSE;
  if (since != NULL)
    jz_json_set_text (item->body, "since", since);
  return TRUE;
}

static gboolean
add_document (const JzCaseView *view,
              JzCaseRow *row,
              const JzStatedRecord *record,
              const char *role,
              JzCaseWait wait,
              GError **error)
{
  JzCaseItem *item = add_item (row, role, "document");

  item->wait = wait;
  jz_json_set_text (item->body, "name", jz_stated_record_get_text (record, "title"));
  jz_json_set_text (item->body, "state",
                    jz_document_state_get_name (jz_document_record_get_state (record)));
  jz_json_set_text (item->body, "document", record->id);
  set_place (item, row, "document/", record->id);
  return set_since (item, view, JZ_LIST_DOCUMENT, record->id, error);
}

/* Who has to pass it on next; NULL where it waits for nobody. */
static const char *
find_next_role (const JzCaseView *view, const JzStatedRecord *record)
{
  JzDocumentState state = jz_document_record_get_state (record);
  JzDocument document;
  g_autoptr (GError) error = NULL;

  if (state == JZ_DOCUMENT_APPROVED)
    return "handler";
  if (state == JZ_DOCUMENT_EXAMINED)
    return "approver";
  if (state != JZ_DOCUMENT_SUBMITTED)
    return NULL;
  /* A document whose form is gone is still somebody's to look at. */
  if (!jz_document_find (view->stated, view->objects, record->id, &document, &error))
    return "section_head";
  return strchr (jz_form_get_flow (document.form), 'u') != NULL ? "section_head" : "approver";
}

static gboolean
add_documents (const JzCaseView *view, JzCaseRow *row, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *role =
      strcmp (record->list, JZ_LIST_DOCUMENT) == 0 ? find_next_role (view, record) : NULL;
    if (role == NULL)
      continue;
    if (!add_document (view, row, record, role, JZ_CASE_TO_DO, error) ||
        (strcmp (role, "handler") != 0 &&
         !add_document (view, row, record, "handler", JZ_CASE_WAITED_FOR, error)))
      return FALSE;
  }
  return TRUE;
}

static const JzCaseDue *
find_review_due (const GPtrArray *dues)
{
  for (guint i = 0; i < dues->len; i++)
    if (is_reviewers (g_ptr_array_index (dues, i)))
      return g_ptr_array_index (dues, i);
  return NULL;
}

static gboolean
add_review_item (const JzCaseView *view,
                 JzCaseRow *row,
                 const GPtrArray *dues,
                 const char *role,
                 const char *person,
                 GError **error)
{
  const JzStatedRecord *submission = jz_stated_find_last (view->stated, JZ_LIST_SUBMISSION);
  const JzCaseDue *due = find_review_due (dues);
  JzCaseItem *item = add_item (row, role, "review");
  g_autofree char *place = g_strdup_printf ("reviews/%s", row->id);

  item->person = g_strdup (person);
  item->wait = strcmp (role, "handler") == 0 ? JZ_CASE_WAITED_FOR : JZ_CASE_TO_DO;
  if (due != NULL)
    describe_due (item, view, due);
  jz_json_set_text (item->body, "act",
                    strcmp (role, "review_head") == 0 ? "review.assign" : "review.conclude");
  if (item->wait == JZ_CASE_WAITED_FOR)
    set_place (item, row, "review", "");
  else
    jz_json_set_text (item->body, "go", place);
  return set_since (item, view, JZ_LIST_SUBMISSION, submission->id, error);
}

/* The reviewers have it on their desks, or their head where there is none; the handlers wait. */
static gboolean
add_review (const JzCaseView *view, JzCaseRow *row, const GPtrArray *dues, GError **error)
{
  gboolean has_row = FALSE;
  guint n_reviewers = 0;
  g_autoptr (JzStatement) rows = NULL;

  if (!jz_case_is_in_review (view))
    return TRUE;
  rows = jz_connection_query (
    view->reader, error,
    "SELECT person FROM case_duty WHERE case_id = ? AND duty = 'reviewer' AND ended = 0", "t",
    row->id);
  while (rows != NULL && jz_statement_step (rows, &has_row, error) && has_row) {
    if (!add_review_item (view, row, dues, "reviewer", jz_statement_get_text (rows, 0), error))
      return FALSE;
    n_reviewers++;
  }
  if (rows == NULL || has_row)
    return FALSE;
  return (n_reviewers > 0 || add_review_item (view, row, dues, "review_head", NULL, error)) &&
         add_review_item (view, row, dues, "handler", NULL, error);
}

static gboolean
add_question (const JzCaseView *view,
              JzCaseRow *row,
              const JzStatedRecord *question,
              const char *role,
              GError **error)
{
  JzCaseItem *item = add_item (row, role, "question");

  if (strcmp (role, "handler") == 0) {
    set_place (item, row, "review", "");
  } else {
    g_autofree char *place = g_strdup_printf ("reviews/%s", row->id);
    item->wait = JZ_CASE_WAITED_FOR;
    jz_json_set_text (item->body, "go", place);
    if (!jz_connection_get_text (view->reader, &item->person, error,
                                 "SELECT actor FROM entry WHERE arrival = ?", "i",
                                 question->arrival))
      return FALSE;
  }
  jz_json_set_text (item->body, "name", jz_stated_record_get_text (question, "text"));
  return set_since (item, view, JZ_LIST_QUESTION, question->id, error);
}

/* The handlers have it on their desks, and who asked waits. */
static gboolean
add_questions (const JzCaseView *view, JzCaseRow *row, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; jz_case_is_in_review (view) && i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_QUESTION) != 0 ||
        jz_review_find_reply (view->stated, record->id) != NULL)
      continue;
    if (!add_question (view, row, record, "handler", error) ||
        !add_question (view, row, record, "reviewer", error))
      return FALSE;
  }
  return TRUE;
}

static const JzCaseDue *
find_publication_due (const GPtrArray *dues, const char *act)
{
  for (guint i = 0; i < dues->len; i++) {
    const JzCaseDue *due = g_ptr_array_index (dues, i);
    if (strcmp (due->act->name, act) == 0)
      return due;
  }
  return NULL;
}

static void
add_publication_item (const JzCaseView *view,
                      JzCaseRow *row,
                      const JzPublication *publication,
                      const JzPublicationStep *step,
                      const char *role,
                      const GPtrArray *dues)
{
  JzCaseItem *item = add_item (row, role, "publication");
  g_autofree char *place = g_strdup_printf ("publicity/%s", publication->document);
  const JzCaseDue *due = find_publication_due (dues, jz_publication_get_limited_act (publication));

  item->wait = strcmp (role, "handler") == 0 && !jz_word_is_in ("handler", step->roles)
                 ? JZ_CASE_WAITED_FOR
                 : JZ_CASE_TO_DO;
  if (due != NULL)
    describe_due (item, view, due);
  jz_json_set_text (item->body, "name", publication->number);
  jz_json_set_text (item->body, "act", step->act);
  jz_json_set_boolean (item->body, "in_error",
                       publication->n_errors > 0 && strcmp (publication->step, "released") == 0);
  jz_json_set_text (item->body, "document", publication->document);
  jz_json_set_text (item->body, "go", place);
}

/* Whoever has the next step has it on the desk; the handlers wait. */
static gboolean
add_publications (const JzCaseView *view, JzCaseRow *row, const GPtrArray *dues, GError **error)
{
  g_autoptr (GPtrArray) all = jz_publications_of_case (view->reader, row->id, error);

  for (guint i = 0; all != NULL && i < all->len; i++) {
    const JzPublication *publication = g_ptr_array_index (all, i);
    const JzPublicationStep *step = jz_publication_get_next_step (publication);
    g_auto (GStrv) roles = step != NULL ? g_strsplit (step->roles, "|", -1) : NULL;
    if (step == NULL || step->is_desk == FALSE)
      continue;
    for (char **role = roles; *role != NULL; role++)
      add_publication_item (view, row, publication, step, g_intern_string (*role), dues);
    if (!g_strv_contains ((const char *const *)roles, "handler"))
      add_publication_item (view, row, publication, step, "handler", dues);
  }
  return all != NULL;
}

/**
 * jz_case_is_in_review:
 * @view: a case
 *
 * Returns: whether it was submitted for review and no opinion was given since
 */
gboolean
jz_case_is_in_review (const JzCaseView *view)
{
  const JzStatedRecord *submission = jz_stated_find_last (view->stated, JZ_LIST_SUBMISSION);
  const JzStatedRecord *opinion = jz_stated_find_last (view->stated, JZ_LIST_OPINION);

  return submission != NULL && (opinion == NULL || opinion->arrival < submission->arrival);
}

/**
 * jz_case_items_collect:
 * @view: a case that is not archived
 * @row: gets what is to be done in it, and what is due first
 * @course: (element-type JzCourseStage): its stages
 * @error: return location
 *
 * Returns: whether it could be looked up
 */
gboolean
jz_case_items_collect (const JzCaseView *view,
                       JzCaseRow *row,
                       const GPtrArray *course,
                       GError **error)
{
  g_autoptr (GPtrArray) dues = jz_case_due_list (view, error);

  if (dues == NULL)
    return FALSE;
  add_dues (view, row, course, dues);
  return add_documents (view, row, error) && add_review (view, row, dues, error) &&
         add_questions (view, row, error) && add_publications (view, row, dues, error);
}

/**
 * jz_case_items_collect_archived:
 * @reader: a store's database
 * @row: a case that is archived; gets what is to be done in it all the same
 * @error: return location
 *
 * What the public sees of a case outlives it.
 *
 * Returns: whether it could be looked up
 */
gboolean
jz_case_items_collect_archived (JzConnection *reader, JzCaseRow *row, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const JzCaseView view = { .reader = reader };

  return add_publications (&view, row, none, error);
}
