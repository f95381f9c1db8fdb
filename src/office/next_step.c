/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/next_step.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_sheet.h"
#include "office/act_trial.h"
#include "office/act_words.h"
#include "office/case_course.h"
#include "office/case_facts-private.h"
#include "office/document_draft.h"
#include "office/role.h"

/* What carries a case on (ux.md §4, 下一步): the acts that state what the open stages still ask
 * for, each with the document that goes with it, and what stands in their way. */

#define MAX_OBSTACLES 3
#define MAX_STEPS 6

typedef struct {
  const JzCaseView *view;
  const char *person;
  JzJson *steps;
  GHashTable *seen; /* act and document of the steps that are there */
} Finder;

/**
 * jz_document_get_next_act:
 * @self: a document of a case
 *
 * Returns: (nullable): the act that carries it a step further, for one that is drafted that of
 *   handing it on; %NULL when nothing is left to be done with it
 */
const char *
jz_document_get_next_act (const JzDocument *self)
{
  gboolean has_unit = jz_form_has_step (self->form, 'U');
  gboolean has_approver = jz_form_has_step (self->form, 'R');
  const char *approving = jz_form_get_approving_act (self->form);
  g_autofree char *subject = g_strndup (approving, strcspn (approving, "."));

  switch (self->state) {
  case JZ_DOCUMENT_DRAFT:
    return has_unit || has_approver ? "document.submit" : jz_form_get_finalising_act (self->form);
  case JZ_DOCUMENT_SUBMITTED:
    return has_unit ? "document.examine" : approving;
  case JZ_DOCUMENT_EXAMINED:
    return has_approver ? approving : jz_form_get_finalising_act (self->form);
  case JZ_DOCUMENT_APPROVED:
    return jz_form_get_finalising_act (self->form);
  case JZ_DOCUMENT_FINAL:
    return "document.sign";
  case JZ_DOCUMENT_SIGNED:
    if (jz_form_get_served (self->form) == NULL)
      return NULL;
    if (strcmp (subject, "notice") == 0)
      return "notice.serve";
    return strcmp (subject, "decision") == 0 ? "decision.serve" : "document.serve";
  default:
    return NULL;
  }
}

static gboolean
is_approved_by (const JzDocument *document, const char *act)
{
  return strcmp (jz_form_get_approving_act (document->form), act) == 0;
}

static gboolean
is_carried_by (const JzDocument *document, const char *act)
{
  const char *next = jz_document_get_next_act (document);

  return is_approved_by (document, act) ||
         strcmp (jz_form_get_finalising_act (document->form), act) == 0 ||
         (document->state >= JZ_DOCUMENT_FINAL && g_strcmp0 (next, act) == 0);
}

/* The document that goes with an act of the law: of all those of its form the one drafted last. */
static gboolean
find_document (const JzCaseView *view, const char *act, JzDocument *document, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  document->id = NULL;
  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzDocument found;
    if (strcmp (record->list, JZ_LIST_DOCUMENT) != 0 ||
        jz_document_record_get_state (record) > JZ_DOCUMENT_SERVED)
      continue;
    if (!jz_document_find (view->stated, view->objects, record->id, &found, error))
      return FALSE;
    if (is_carried_by (&found, act)) {
      *document = found;
      return TRUE;
    }
  }
  return TRUE;
}

static gboolean
takes (const JzAct *act, const char *name)
{
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (strcmp (argument->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* What a form for the act would have in it already. */
static JzJson *
list_known (const Finder *self, const JzAct *act, const char *document, GError **error)
{
  g_autoptr (JzJson) preset = jz_json_new_object ();
  g_autoptr (JzJson) sheet = NULL;
  JzActSheetRequest request = { act->name, preset, self->person, self->view->now };
  const JzJson *fields;
  JzJson *known;

  jz_json_set_text (preset, "case", self->view->case_id);
  if (document != NULL)
    jz_json_set_text (preset, "document", document);
  sheet = jz_act_sheet_new (self->view->reader, self->view->objects, &request, error);
  if (sheet == NULL)
    return NULL;
  known = jz_json_copy (preset);
  fields = jz_json_get_member (sheet, "fields");
  for (guint i = 0; i < jz_json_get_n_items (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    const JzJson *value = jz_json_get_member (field, "value");
    if (value != NULL)
      jz_json_set_member (known, jz_json_get_member_text (field, "name"), jz_json_copy (value));
  }
  return known;
}

static JzJson *
cut (JzJson *obstacles)
{
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (obstacles) && i < MAX_OBSTACLES; i++)
    jz_json_append (list, jz_json_ref (jz_json_get_item (obstacles, i)));
  jz_json_unref (obstacles);
  return list;
}

static JzJson *
new_step (const Finder *self, const JzAct *act, const JzDocument *document, GError **error)
{
  gboolean proposes = (act->flags & JZ_ACT_TWO_SIGNERS) != 0;
  g_autofree char *roles =
    jz_role_list_words (proposes && act->proposer_roles != NULL ? act->proposer_roles : act->roles);
  g_autoptr (JzJson) known = list_known (self, act, document != NULL ? document->id : NULL, error);
  const JzTrial trial = { self->view, act, self->person, known };
  JzJson *obstacles = NULL;
  g_autofree char *role = NULL;
  JzJson *step;

  if (known == NULL || !jz_trial_find_role (&trial, proposes, &role, error) ||
      !jz_trial_list_obstacles (&trial, &obstacles, error))
    return NULL;
  step = jz_json_new_object ();
  jz_json_set_text (step, "kind", "act");
  jz_json_set_text (step, "act", act->name);
  jz_json_set_text (step, "label", jz_act_get_label (act->name));
  jz_json_set_boolean (step, "may", role != NULL);
  jz_json_set_boolean (step, "proposes", proposes);
  jz_json_set_text (step, "roles", roles);
  jz_json_set_member (step, "obstacles", cut (obstacles));
  if (document != NULL) {
    jz_json_set_text (step, "document", document->id);
    jz_json_set_text (step, "title", jz_form_get_title (document->form, NULL));
    jz_json_set_text (step, "document_state", jz_document_state_get_name (document->state));
  }
  return step;
}

static gboolean
is_new (const Finder *self, const char *act, const char *thing)
{
  return g_hash_table_add (self->seen, g_strdup_printf ("%s %s", act, thing != NULL ? thing : ""));
}

static gboolean
add_act (Finder *self, const char *name, const JzDocument *document, GError **error)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (name, &is_proposal);
  JzJson *step;

  if (act == NULL || jz_json_get_n_items (self->steps) >= MAX_STEPS ||
      !is_new (self, name, document != NULL ? document->id : NULL))
    return TRUE;
  step = new_step (self, act, document, error);
  if (step != NULL)
    jz_json_append (self->steps, step);
  return step != NULL;
}

/* A form that must be begun before the act that it goes with. */
static gboolean
add_draft (Finder *self, const JzForm *form, GError **error)
{
  const char *writers = jz_document_get_writers (form);
  const JzAct act = { .name = "document.draft", .roles = writers };
  const JzTrial trial = { self->view, &act, self->person, NULL };
  g_autofree char *roles = jz_role_list_words (writers);
  g_autofree char *role = NULL;
  JzJson *step;

  if (jz_json_get_n_items (self->steps) >= MAX_STEPS ||
      !is_new (self, "document.draft", jz_form_get_id (form)))
    return TRUE;
  if (!jz_trial_find_role (&trial, FALSE, &role, error))
    return FALSE;
  step = jz_json_new_object ();
  jz_json_set_text (step, "kind", "draft");
  jz_json_set_text (step, "act", "document.draft");
  jz_json_set_text (step, "form", jz_form_get_id (form));
  jz_json_set_text (step, "label", jz_act_get_label ("document.draft"));
  jz_json_set_text (step, "title", jz_form_get_title (form, NULL));
  jz_json_set_boolean (step, "may", role != NULL);
  jz_json_set_text (step, "roles", roles);
  jz_json_set_member (step, "obstacles", jz_json_new_array ());
  jz_json_append (self->steps, step);
  return TRUE;
}

/* The form of this stage that an act approves or makes final. */
static const JzForm *
find_form (const Finder *self, const JzStage *stage, const char *act)
{
  for (guint i = 0; self->view->forms != NULL && i < stage->documents->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->documents, i);
    const JzForm *form = jz_form_set_find (self->view->forms, item->name);
    if (form != NULL &&
        (item->when == NULL ||
         jz_case_facts_ask (self->view->facts, item->when) == JZ_TRUTH_TRUE) &&
        (strcmp (jz_form_get_approving_act (form), act) == 0 ||
         strcmp (jz_form_get_finalising_act (form), act) == 0))
      return form;
  }
  return NULL;
}

/* The act itself, or what must be done with its document before. */
static gboolean
add_candidate (Finder *self, const JzStage *stage, const JzAct *act, GError **error)
{
  const JzForm *form = find_form (self, stage, act->name);
  JzDocument document = { 0 };
  const char *next;

  if (!takes (act, "document"))
    return add_act (self, act->name, NULL, error);
  if (!find_document (self->view, act->name, &document, error))
    return FALSE;
  if (document.id == NULL && form != NULL)
    return add_draft (self, form, error);
  next = document.id != NULL ? jz_document_get_next_act (&document) : act->name;
  return add_act (self, next != NULL ? next : act->name, document.id != NULL ? &document : NULL,
                  error);
}

/* Of the acts that state a fact the one that must state it. */
static const JzAct *
find_act (const char *fact)
{
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);
  const JzAct *found = NULL;

  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments;
         acts[i]->scope == JZ_SCOPE_CASE && argument->name != NULL; argument++)
      if (strcmp (argument->name, fact) == 0 &&
          (found == NULL || argument->source == JZ_REQUIRED)) {
        if (argument->source == JZ_REQUIRED)
          return acts[i];
        found = acts[i];
      }
  return found;
}

static gboolean
add_of_stage (Finder *self, const JzStage *stage, GError **error)
{
  for (guint i = 0; i < stage->facts->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->facts, i);
    const JzAct *act = jz_course_is_missing (self->view, item) ? find_act (item->name) : NULL;
    if (act != NULL && !add_candidate (self, stage, act, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_document (const Finder *self, const char *form)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0 &&
        strcmp (jz_stated_record_get_text (record, "form"), form) == 0 &&
        jz_document_record_get_state (record) != JZ_DOCUMENT_VOID)
      return TRUE;
  }
  return FALSE;
}

/* Papers of the stage that nobody has begun. */
static gboolean
add_missing_documents (Finder *self, const JzStage *stage, GError **error)
{
  for (guint i = 0; self->view->forms != NULL && i < stage->documents->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->documents, i);
    const JzForm *form = jz_form_set_find (self->view->forms, item->name);
    if (form != NULL && !has_document (self, item->name) &&
        (item->when == NULL ||
         jz_case_facts_ask (self->view->facts, item->when) == JZ_TRUTH_TRUE) &&
        !add_draft (self, form, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_of_course (Finder *self, GError **error)
{
  g_autoptr (GPtrArray) course = jz_case_course_new (self->view, error);

  for (guint pass = 0; course != NULL && pass < 2; pass++)
    for (guint i = 0; i < course->len; i++) {
      const JzCourseStage *stage = g_ptr_array_index (course, i);
      gboolean is_wanted =
        pass == 0 ? stage->state == JZ_COURSE_CURRENT
                  : stage->state != JZ_COURSE_CURRENT && stage->has_begun && stage->has_gaps;
      if (is_wanted && !add_of_stage (self, stage->stage, error))
        return FALSE;
      if (stage->state == JZ_COURSE_CURRENT && pass == 0 &&
          !add_missing_documents (self, stage->stage, error))
        return FALSE;
    }
  return course != NULL;
}

/* Documents that somebody handed on, and final ones that are to be signed or served. */
static gboolean
add_of_documents (Finder *self, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzDocument document;
    const char *next;
    if (strcmp (record->list, JZ_LIST_DOCUMENT) != 0 ||
        jz_document_record_get_state (record) >= JZ_DOCUMENT_SIGNED)
      continue;
    if (!jz_document_find (self->view->stated, self->view->objects, record->id, &document, error))
      return FALSE;
    next = jz_document_get_next_act (&document);
    if (next != NULL && !add_act (self, next, &document, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_of_ending (Finder *self, const char *stage, GError **error)
{
  gboolean is_bound = jz_stated_find_last (self->view->stated, "@dossier") != NULL;

  if (strcmp (stage, "open") == 0 && jz_stated_get (self->view->stated, "case.closing_ground"))
    return add_act (self, "case.close", NULL, error);
  if (strcmp (stage, "closed") == 0)
    return (is_bound || add_act (self, "dossier.bind", NULL, error)) &&
           add_act (self, "case.archive", NULL, error);
  return TRUE;
}

/**
 * jz_next_steps_list:
 * @view: a case
 * @person: who asks
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of steps, the most fitting first: `kind` (act,
 *   draft), `act`, `label`, `may` (whether the person may), `proposes`, `roles` (who may, in
 *   words), `document` and `title` where one goes with it, `form` of one to be drafted, and
 *   `obstacles`, at most three, as of jz_trial_list_obstacles()
 */
JzJson *
jz_next_steps_list (const JzCaseView *view, const char *person, GError **error)
{
  g_autoptr (JzJson) steps = jz_json_new_array ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *stage = jz_case_view_dup_text (view, "stage");
  Finder finder = { view, person, steps, seen };

  if (strcmp (stage, "open") == 0 && view->facts != NULL &&
      (!add_of_course (&finder, error) || !add_of_documents (&finder, error)))
    return NULL;
  if (!add_of_ending (&finder, stage, error))
    return NULL;
  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return NULL;
  return g_steal_pointer (&steps);
}

static JzJson *
read_proposed (const char *text)
{
  g_autoptr (JzJson) payload = text[0] != '\0' ? jz_json_parse (text, strlen (text), NULL) : NULL;
  const JzJson *args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;

  return args != NULL ? jz_json_ref (args) : jz_json_new_object ();
}

/* How it was approved, in words; an approval on paper is registered by one and confirmed by
 * another (ux.md §6.5). */
static void
set_way (const JzCaseView *view, const JzAct *act, const JzJson *args, JzJson *json)
{
  const char *approver = jz_json_get_member_text (args, "approver");
  const char *way = jz_json_get_member_text (args, "way");
  g_autofree char *name = NULL;

  for (const JzArgument *argument = act->arguments; way != NULL && argument->name != NULL;
       argument++)
    if (strcmp (argument->name, "way") == 0)
      jz_json_set_text (json, "way", jz_argument_get_word_label (argument, way));
  if (approver != NULL &&
      jz_connection_get_text (view->reader, &name, NULL, "SELECT name FROM person WHERE id = ?",
                              "t", approver) &&
      name != NULL)
    jz_json_set_text (json, "approver", name);
}

static JzJson *
describe_proposal (const JzCaseView *view, const char *person, JzStatement *rows, GError **error)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (jz_statement_get_text (rows, 1), &is_proposal);
  g_autoptr (JzJson) args = read_proposed (jz_statement_get_text (rows, 5));
  const char *document = jz_json_get_member_text (args, "document");
  const JzStatedRecord *record =
    document != NULL ? jz_document_find_record (view->stated, document) : NULL;
  const JzTrial trial = { view, act, person, args };
  g_autofree char *role = NULL;
  g_autofree char *roles = act != NULL ? jz_role_list_words (act->roles) : NULL;
  JzJson *json;

  if (act == NULL || !jz_trial_find_role (&trial, FALSE, &role, error))
    return NULL;
  json = jz_json_new_object ();
  jz_json_set_text (json, "hash", jz_statement_get_text (rows, 0));
  jz_json_set_text (json, "act", act->name);
  jz_json_set_text (json, "label", jz_act_get_label (act->name));
  jz_json_set_text (json, "by", jz_statement_get_text (rows, 3));
  jz_json_set_text (json, "time", jz_statement_get_text (rows, 4));
  jz_json_set_text (json, "roles", roles);
  jz_json_set_boolean (json, "may",
                       role != NULL && strcmp (jz_statement_get_text (rows, 2), person) != 0);
  set_way (view, act, args, json);
  if (record != NULL) {
    jz_json_set_text (json, "document", document);
    jz_json_set_text (json, "title", jz_stated_record_get_text (record, "title"));
  }
  return json;
}

/**
 * jz_case_proposals_list:
 * @view: a case
 * @person: who asks
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of what was proposed in the case within the time
 *   that a proposal lives and is not confirmed: `hash`, `act`, `label`, `by`, `time`, `way`,
 *   `approver` (of an approval on paper or by telephone), `document`, `title`, `roles` and `may`,
 *   whether the person may confirm it
 */
JzJson *
jz_case_proposals_list (const JzCaseView *view, const char *person, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  char since[JZ_INSTANT_SIZE];
  g_autoptr (JzStatement) rows = NULL;

  jz_instant_format (view->now - JZ_PROPOSAL_LIFE_MS, since);
  rows = jz_connection_query (
    view->reader, error,
    "SELECT lower (hex (proposal.hash)), proposal.act, proposal.actor, person.name, proposal.time, "
    "payload.text FROM proposal JOIN entry ON entry.arrival = proposal.entry LEFT JOIN payload ON "
    "payload.entry = proposal.entry LEFT JOIN person ON person.id = proposal.actor WHERE case_id = "
    "? AND used_by = 0 AND proposal.time >= ? ORDER BY proposal.entry",
    "tt", view->case_id, since);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *json = has_row ? describe_proposal (view, person, rows, error) : NULL;
    if (!has_row)
      return g_steal_pointer (&list);
    if (json == NULL)
      return NULL;
    jz_json_append (list, json);
  }
  return NULL;
}
