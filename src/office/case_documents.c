/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_documents.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/case_course.h"
#include "office/case_facts-private.h"
#include "office/documents.h"
#include "office/next_step.h"

/* The documents of a case by the stages that ask for them: those that are there, and those that a
 * stage needs and that nobody has begun (ux.md §4, 文书). */

typedef struct {
  const JzCaseView *view;
  GPtrArray *course;
  GHashTable *placed; /* ids of documents that stand under a stage */
} Shelf;

static gboolean
is_needed (const Shelf *self, const JzStageItem *item)
{
  return item->when == NULL || jz_case_facts_ask (self->view->facts, item->when) == JZ_TRUTH_TRUE;
}

static gboolean
asks_for (const JzStage *stage, const char *form)
{
  for (guint i = 0; i < stage->documents->len; i++)
    if (strcmp (((const JzStageItem *)g_ptr_array_index (stage->documents, i))->name, form) == 0)
      return TRUE;
  return FALSE;
}

/* How one document was signed, and what came of serving it. */
static const JzStatedRecord *
find_service (const JzCaseView *view, const char *document)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_SERVICE) == 0 &&
        strcmp (jz_stated_record_get_text (record, "document"), document) == 0)
      return record;
  }
  return NULL;
}

static void
set_text (JzJson *json, const char *name, const char *text)
{
  if (text[0] != '\0')
    jz_json_set_text (json, name, text);
}

static const char *
get_word (const char *act_name, const char *name, const char *word)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (act_name, &is_proposal);

  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (strcmp (argument->name, name) == 0 && word[0] != '\0')
      return jz_argument_get_word_label (argument, word);
  return "";
}

/* What carries it a step further, and who may do that. */
static void
set_next (const JzCaseView *view, const JzStatedRecord *record, JzJson *json)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = NULL;
  const char *next;
  JzDocument document;

  if (!jz_document_find (view->stated, view->objects, record->id, &document, NULL))
    return;
  next = jz_document_get_next_act (&document);
  act = next != NULL ? jz_act_find (next, &is_proposal) : NULL;
  if (act == NULL)
    return;
  jz_json_set_text (json, "next", act->name);
  jz_json_set_text (json, "next_label", jz_act_get_label (act->name));
  jz_json_set_text (json, "next_roles",
                    (act->flags & JZ_ACT_TWO_SIGNERS) != 0 && act->proposer_roles != NULL
                      ? act->proposer_roles
                      : act->roles);
  jz_json_set_boolean (json, "is_served", jz_form_get_served (document.form) != NULL);
}

static JzJson *
describe (const JzCaseView *view, const JzStatedRecord *record)
{
  static const char *const texts[] = { "form", "title", "number", "date", "corrects" };
  JzDocumentState state = jz_document_record_get_state (record);
  const JzStatedRecord *service = find_service (view, record->id);
  const JzJson *pdf = jz_stated_record_get (record, "pdf");
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "kind", "have");
  jz_json_set_text (json, "id", record->id);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    set_text (json, texts[i], jz_stated_record_get_text (record, texts[i]));
  jz_json_set_text (json, "state", jz_document_state_get_name (state));
  jz_json_set_text (json, "word", jz_document_state_word (state));
  set_text (json, "signed",
            get_word ("document.sign", "how", jz_stated_record_get_text (record, "how")));
  set_text (json, "signed_on", jz_stated_record_get_text (record, "on"));
  jz_json_set_boolean (json, "scanned", jz_stated_record_get (record, "object") != NULL);
  if (service != NULL)
    set_text (json, "served",
              get_word ("document.serve", "result", jz_stated_record_get_text (service, "result")));
  if (pdf != NULL)
    set_text (json, "object", jz_json_get_member_text (pdf, "object"));
  set_next (view, record, json);
  return json;
}

/* One form may be needed by several stages, such as the receipt of a service: each takes one, and
 * the last takes the rest. */
static gboolean
is_needed_later (const Shelf *self, guint position, const char *form)
{
  for (guint i = position + 1; i < self->course->len; i++)
    if (asks_for (((const JzCourseStage *)g_ptr_array_index (self->course, i))->stage, form))
      return TRUE;
  return FALSE;
}

static guint
take_documents (Shelf *self, guint position, const char *form, JzJson *rows)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);
  gboolean takes_one = is_needed_later (self, position, form);
  guint n = 0;

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzDocumentState state = jz_document_record_get_state (record);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) != 0 || (takes_one && n > 0) ||
        strcmp (jz_stated_record_get_text (record, "form"), form) != 0 ||
        !g_hash_table_add (self->placed, record->id))
      continue;
    jz_json_append (rows, describe (self->view, record));
    n += state != JZ_DOCUMENT_VOID && state != JZ_DOCUMENT_CORRECTED;
  }
  return n;
}

static JzJson *
new_missing (const JzForm *form, const char *kind)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "kind", kind);
  jz_json_set_text (json, "form", jz_form_get_id (form));
  jz_json_set_text (json, "title", jz_form_get_title (form, NULL));
  return json;
}

/* What the stage asks for as it stands, or has. A form that the bureau has not adopted cannot be
 * begun and is not shown; in a case that is closed nothing is begun. */
static JzJson *
list_rows (Shelf *self, guint position)
{
  const JzCourseStage *stage = g_ptr_array_index (self->course, position);
  g_autofree char *state = jz_case_view_dup_text (self->view, "stage");
  gboolean is_open = strcmp (state, "open") == 0;
  gboolean is_due = stage->state == JZ_COURSE_CURRENT || stage->state == JZ_COURSE_OPEN ||
                    stage->state == JZ_COURSE_DONE;
  JzJson *rows = jz_json_new_array ();

  for (guint i = 0; i < stage->stage->documents->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->stage->documents, i);
    const JzForm *form =
      self->view->forms != NULL ? jz_form_set_find (self->view->forms, item->name) : NULL;
    guint n = take_documents (self, position, item->name, rows);
    if (n == 0 && is_open && form != NULL && is_needed (self, item))
      jz_json_append (rows, new_missing (form, is_due ? "missing" : "later"));
  }
  return rows;
}

static JzJson *
list_others (Shelf *self)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);
  JzJson *rows = jz_json_new_array ();

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0 &&
        !g_hash_table_contains (self->placed, record->id))
      jz_json_append (rows, describe (self->view, record));
  }
  return rows;
}

static void
add_group (JzJson *groups, const char *name, const char *state, JzJson *rows)
{
  JzJson *group = jz_json_new_object ();
  gboolean is_empty = jz_json_get_n_items (rows) == 0;

  jz_json_set_text (group, "name", name);
  jz_json_set_text (group, "state", state);
  jz_json_set_member (group, "rows", rows);
  if (is_empty)
    jz_json_unref (group);
  else
    jz_json_append (groups, group);
}

/**
 * jz_case_documents_list:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of groups `name`, `state` (of the stage) and
 *   `rows`: `kind` (have, missing, later), `form`, `title`, and of those that are there `id`,
 *   `number`, `date`, `state`, `word`, `signed`, `signed_on`, `scanned`, `served`, `object`, and
 *   `next`, `next_label`, `next_roles`: the act that carries it a step further, and who may
 */
JzJson *
jz_case_documents_list (const JzCaseView *view, GError **error)
{
  g_autoptr (JzJson) groups = jz_json_new_array ();
  g_autoptr (GPtrArray) course = jz_case_course_new (view, error);
  g_autoptr (GHashTable) placed = g_hash_table_new (g_str_hash, g_str_equal);
  Shelf shelf = { view, course, placed };

  if (course == NULL)
    return NULL;
  for (guint i = 0; i < course->len; i++) {
    const JzCourseStage *stage = g_ptr_array_index (course, i);
    add_group (groups, jz_text_get (&stage->stage->rule.name, jz_language_get_current ()),
               jz_course_state_get_name (stage->state), list_rows (&shelf, i));
  }
  add_group (groups, _ ("Other documents"), "", list_others (&shelf));
  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return NULL;
  return g_steal_pointer (&groups);
}

/**
 * jz_case_documents_list_missing:
 * @view: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the rows of kind `missing`, that of the stage where the case
 *   stands first
 */
JzJson *
jz_case_documents_list_missing (const JzCaseView *view, GError **error)
{
  g_autoptr (JzJson) groups = jz_case_documents_list (view, error);
  JzJson *missing;

  if (groups == NULL)
    return NULL;
  missing = jz_json_new_array ();
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
      const JzJson *group = jz_json_get_item (groups, i);
      const JzJson *rows = jz_json_get_member (group, "rows");
      gboolean is_current = strcmp (jz_json_get_member_text (group, "state"), "current") == 0;
      for (guint j = 0; is_current == (pass == 0) && j < jz_json_get_n_items (rows); j++)
        if (strcmp (jz_json_get_member_text (jz_json_get_item (rows, j), "kind"), "missing") == 0)
          jz_json_append (missing, jz_json_ref (jz_json_get_item (rows, j)));
    }
  return missing;
}

/**
 * jz_case_forms_list:
 * @view: a case
 *
 * Returns: (transfer full): an array of objects `form`, `title`: what can be begun at any time
 */
JzJson *
jz_case_forms_list (const JzCaseView *view)
{
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; view->forms != NULL && i < jz_form_set_get_n_forms (view->forms); i++)
    jz_json_append (list, new_missing (jz_form_set_get_form (view->forms, i), "form"));
  return list;
}
