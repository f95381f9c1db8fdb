/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recordings.h"
#include "office/act_choices.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/case_recordings.h"
#include "office/documents.h"
#include "office/dossier_use.h"
#include "office/role.h"

/* From what an argument of an act can be chosen in a case: people, documents, files, evidence,
 * steps, matters, tiers, elements, limits. Nobody types an id. */

#define STEPS                                                                                      \
  "'field.inspect', 'field.inquire', 'field.collect', 'field.sample', 'preservation.make', "       \
  "'hearing.appoint', 'document.serve'"
/* What a recording can be of besides: the record of one, where somebody would not sign it. */
#define RECORDED STEPS ", 'record.finalise'"

/**
 * jz_choice_new:
 * @value: what is sent
 * @label: what is shown
 * @detail: (nullable): what is shown small beside it
 *
 * Returns: (transfer full): an object `value`, `label`, `detail`
 */
JzJson *
jz_choice_new (const char *value, const char *label, const char *detail)
{
  JzJson *choice = jz_json_new_object ();

  jz_json_set_text (choice, "value", value);
  jz_json_set_text (choice, "label", label);
  if (detail != NULL && detail[0] != '\0')
    jz_json_set_text (choice, "detail", detail);
  return choice;
}

static gboolean
fill_from_rows (JzStatement *rows, JzJson *choices, GError **error)
{
  gboolean has_row = FALSE;

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    jz_json_append (choices,
                    jz_choice_new (jz_statement_get_text (rows, 0), jz_statement_get_text (rows, 1),
                                   jz_statement_get_text (rows, 2)));
  }
  return FALSE;
}

/* Who works here, with the roles; where the act needs one of certain roles, only who has it. */
static gboolean
list_people (const JzCaseView *view, const char *roles, JzJson *choices, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error,
    "SELECT id, name, (SELECT group_concat (role, '|') FROM person_role WHERE person = person.id) "
    "FROM person WHERE state = 'active' ORDER BY key",
    "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    const char *held = has_row ? jz_statement_get_text (rows, 2) : "";
    g_autofree char *words = held[0] != '\0' ? jz_role_list_words (held) : g_strdup ("");
    g_auto (GStrv) names = g_strsplit (held, "|", -1);
    gboolean fits = roles == NULL;
    if (!has_row)
      return TRUE;
    for (char **name = names; *name != NULL && !fits; name++)
      fits = jz_word_is_in (*name, roles);
    if (fits)
      jz_json_append (choices, jz_choice_new (jz_statement_get_text (rows, 0),
                                              jz_statement_get_text (rows, 1), words));
  }
  return FALSE;
}

static void
list_documents (const JzCaseView *view, JzJson *choices)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzDocumentState state = jz_document_record_get_state (record);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0 && state != JZ_DOCUMENT_VOID)
      jz_json_append (choices,
                      jz_choice_new (record->id, jz_stated_record_get_text (record, "title"),
                                     jz_document_state_word (state)));
  }
}

/* Of the dossier: what is final, and of one volume alone. */
static void
list_volume (const JzCaseView *view, guint volume, JzJson *choices)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzDocumentState state = jz_document_record_get_state (record);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0 && state >= JZ_DOCUMENT_FINAL &&
        state != JZ_DOCUMENT_VOID &&
        jz_dossier_get_volume (view->stated, view->objects, record->id, NULL, NULL) == volume)
      jz_json_append (choices,
                      jz_choice_new (record->id, jz_stated_record_get_text (record, "title"),
                                     jz_stated_record_get_text (record, "number")));
  }
}

static void
list_main_volume (const JzCaseView *view, JzJson *choices)
{
  list_volume (view, 1, choices);
}

static void
list_secondary_volume (const JzCaseView *view, JzJson *choices)
{
  list_volume (view, 2, choices);
}

/* Approvals by which nothing was given out yet. */
static void
list_openings (const JzCaseView *view, JzJson *choices)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_OPENED) == 0 &&
        !jz_dossier_opening_is_used (view->stated, record->id))
      jz_json_append (
        choices, jz_choice_new (record->id, jz_stated_record_get_text (record, "reason"), NULL));
  }
}

static void
list_records (const JzCaseView *view, const char *list, JzJson *choices)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *title = jz_stated_record_get_text (record, "title");
    if (title[0] == '\0')
      title = jz_stated_record_get_text (record, "text");
    if (strcmp (record->list, list) == 0 && jz_stated_record_get (record, JZ_REMOVED) == NULL)
      jz_json_append (choices, jz_choice_new (record->id, title[0] != '\0' ? title : record->id,
                                              jz_stated_record_get_text (record, "number")));
  }
}

/* The steps that a record can be of, or all that a recording can be of. */
static gboolean
list_steps (const JzCaseView *view, gboolean is_recorded, JzJson *choices, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error,
    is_recorded
      ? "SELECT store || '-' || seq || '-1', act, substr (time, 1, 10) FROM entry WHERE case_id = "
        "? AND act IN (" RECORDED ") ORDER BY arrival"
      : "SELECT store || '-' || seq || '-1', act, substr (time, 1, 10) FROM entry WHERE case_id = "
        "? AND act IN (" STEPS ") ORDER BY arrival",
    "t", view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    jz_json_append (choices, jz_choice_new (jz_statement_get_text (rows, 0),
                                            jz_act_get_label (jz_statement_get_text (rows, 1)),
                                            jz_statement_get_text (rows, 2)));
  }
  return FALSE;
}

static const JzMatter *
get_matter (const JzCaseView *view)
{
  return view->rulebook != NULL
           ? (const JzMatter *)jz_rulebook_find (view->rulebook, JZ_RULE_MATTER,
                                                 jz_stated_get_text (view->stated, "matter.id"))
           : NULL;
}

static void
list_rules (const JzCaseView *view, JzRuleKind kind, JzJson *choices)
{
  const GPtrArray *rules =
    view->rulebook != NULL ? jz_rulebook_get_rules (view->rulebook, kind) : NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++) {
    const JzRule *rule = g_ptr_array_index (rules, i);
    jz_json_append (
      choices,
      jz_choice_new (rule->id, jz_text_get (&rule->name, jz_language_get_current ()), rule->id));
  }
}

static void
list_tiers (const JzCaseView *view, JzJson *choices)
{
  const JzMatter *matter = get_matter (view);

  for (guint i = 0; matter != NULL && i < matter->tiers->len; i++) {
    const JzTier *tier = g_ptr_array_index (matter->tiers, i);
    jz_json_append (
      choices, jz_choice_new (tier->id, jz_text_get (&tier->name, jz_language_get_current ()), ""));
  }
}

static void
list_elements (const JzCaseView *view, JzJson *choices)
{
  const JzMatter *matter = get_matter (view);

  for (guint i = 0; matter != NULL && i < matter->elements->len; i++) {
    const JzElement *element = g_ptr_array_index (matter->elements, i);
    jz_json_append (
      choices,
      jz_choice_new (element->id, jz_text_get (&element->name, jz_language_get_current ()), ""));
  }
}

/* Limits that may be extended. */
static void
list_limits (const JzCaseView *view, JzJson *choices)
{
  const GPtrArray *limits =
    view->rulebook != NULL ? jz_rulebook_get_rules (view->rulebook, JZ_RULE_LIMIT) : NULL;

  for (guint i = 0; limits != NULL && i < limits->len; i++) {
    const JzLimit *limit = g_ptr_array_index (limits, i);
    if (limit->extensions != NULL && limit->extensions->len > 0)
      jz_json_append (choices,
                      jz_choice_new (limit->rule.id,
                                     jz_text_get (&limit->rule.name, jz_language_get_current ()),
                                     limit->rule.id));
  }
}

static void
list_forms (const JzCaseView *view, JzJson *choices)
{
  for (guint i = 0; view->forms != NULL && i < jz_form_set_get_n_forms (view->forms); i++) {
    const JzForm *form = jz_form_set_get_form (view->forms, i);
    jz_json_append (choices,
                    jz_choice_new (jz_form_get_id (form), jz_form_get_title (form, NULL), ""));
  }
}

static gboolean
list_attachments (const JzCaseView *view, JzJson *choices, GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error,
    "SELECT id, name, description FROM attachment WHERE case_id = ? ORDER BY key", "t",
    view->case_id);
  return fill_from_rows (rows, choices, error);
}

static gboolean
list_numbers (const JzCaseView *view, JzJson *choices, GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, error,
    "SELECT number, number, '' FROM document_number WHERE state = 'reserved' ORDER BY series, "
    "serial",
    "");
  return fill_from_rows (rows, choices, error);
}

/**
 * jz_argument_names_people:
 * @argument: an argument
 *
 * Returns: whether its value is a person of the office, or several
 */
gboolean
jz_argument_names_people (const JzArgument *argument)
{
  static const char *const names[] = { "person",    "approver", "host", "officers",
                                       "confirmer", "viewers",  NULL };

  return (argument->kind == JZ_ARGUMENT_ID || argument->kind == JZ_ARGUMENT_TEXTS) &&
         g_strv_contains (names, argument->name);
}

static const char *
get_roles (const JzAct *act, const JzArgument *argument)
{
  if (strcmp (argument->name, "approver") == 0)
    return "approver|head";
  if (strcmp (argument->name, "officers") == 0)
    return "handler|section_head";
  return strcmp (act->name, "review.assign") == 0 ? "reviewer" : NULL;
}

static void
list_words (const JzArgument *argument, JzJson *choices)
{
  g_auto (GStrv) words = g_strsplit (argument->words, "|", -1);

  for (char **word = words; *word != NULL; word++)
    jz_json_append (choices,
                    jz_choice_new (*word, jz_argument_get_word_label (argument, *word), NULL));
}

typedef struct {
  const char *argument;
  void (*list) (const JzCaseView *view, JzJson *choices);
} Lister;

static void
list_matters (const JzCaseView *view, JzJson *choices)
{
  list_rules (view, JZ_RULE_MATTER, choices);
}

/* Of a lead, by their names. */
static void
list_matter_names (const JzCaseView *view, JzJson *choices)
{
  const GPtrArray *rules =
    view->rulebook != NULL ? jz_rulebook_get_rules (view->rulebook, JZ_RULE_MATTER) : NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++) {
    const JzRule *rule = g_ptr_array_index (rules, i);
    const char *name = jz_text_get (&rule->name, jz_language_get_current ());
    jz_json_append (choices, jz_choice_new (name, name, NULL));
  }
}

static void
list_points (const JzCaseView *view, JzJson *choices)
{
  list_rules (view, JZ_RULE_AUDIT_POINT, choices);
}

static void
list_evidence (const JzCaseView *view, JzJson *choices)
{
  list_records (view, "evidence.items", choices);
}

/* What was asked is what tells it. */
static void
list_questions (const JzCaseView *view, JzJson *choices)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_QUESTION) == 0)
      jz_json_append (choices,
                      jz_choice_new (record->id, jz_stated_record_get_text (record, "text"), NULL));
  }
}

/* Errors in what is public that are not done with. */
static void
list_reports (const JzCaseView *view, JzJson *choices)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    view->reader, NULL,
    "SELECT id, what, reported_on FROM publication_error WHERE case_id = ? AND state = 'open' "
    "ORDER BY key",
    "t", view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, NULL) && has_row)
    jz_json_append (choices,
                    jz_choice_new (jz_statement_get_text (rows, 0), jz_statement_get_text (rows, 1),
                                   jz_statement_get_text (rows, 2)));
}

static void
list_by_name (const JzCaseView *view, const JzArgument *argument, JzJson *choices)
{
  static const Lister listers[] = {
    { "document", list_documents },
    { "documents", list_main_volume },
    { "pieces", list_secondary_volume },
    { "opening", list_openings },
    { "corrects", list_documents },
    { "copy_of", list_evidence },
    { "evidence", list_evidence },
    { "matter", list_matter_names },
    { "matter.id", list_matters },
    { "element", list_elements },
    { "discretion.tier", list_tiers },
    { "procedure.extensions.limit", list_limits },
    { "point", list_points },
    { "form", list_forms },
    { "question", list_questions },
    { "report", list_reports },
    { "shot", jz_case_recordings_list_shots },
    { "statement", jz_case_recordings_list_statements },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (listers); i++)
    if (strcmp (listers[i].argument, argument->name) == 0)
      listers[i].list (view, choices);
}

/**
 * jz_act_list_choices:
 * @view: a case
 * @act: an act
 * @argument: one of its arguments
 * @choices: (out) (transfer full): an array of objects `value`, `label`, `detail`; empty where the
 *   argument is written freely
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_act_list_choices (const JzCaseView *view,
                     const JzAct *act,
                     const JzArgument *argument,
                     JzJson **choices,
                     GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean is_listed = TRUE;

  if (argument->kind == JZ_ARGUMENT_WORD)
    list_words (argument, list);
  else if (jz_argument_names_people (argument))
    is_listed = list_people (view, get_roles (act, argument), list, error);
  else if (strcmp (argument->name, "attachment") == 0 ||
           strcmp (argument->name, "attachments") == 0 ||
           (argument->kind == JZ_ARGUMENT_ID && strcmp (argument->name, "source") == 0))
    is_listed = list_attachments (view, list, error);
  else if (argument->kind == JZ_ARGUMENT_ID &&
           (strcmp (argument->name, "act") == 0 || strcmp (argument->name, "of") == 0 ||
            strcmp (argument->name, "step") == 0))
    is_listed = list_steps (view, strcmp (argument->name, "act") != 0, list, error);
  else if (strcmp (act->name, "number.void") == 0 || strcmp (act->name, "number.return") == 0)
    is_listed = strcmp (argument->name, "number") != 0 || list_numbers (view, list, error);
  else if (strcmp (argument->name, "record") == 0 && act->list != NULL)
    list_records (view, act->list, list);
  else
    list_by_name (view, argument, list);
  if (is_listed)
    *choices = g_steal_pointer (&list);
  return is_listed;
}
