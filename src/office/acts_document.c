/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/attachments.h"
#include "office/case_check.h"
#include "office/document_number.h"
#include "office/document_draft.h"
#include "office/document_freeze.h"
#include "office/document_step.h"

/* Documents from the first draft to the served paper (design §5). Drafting, revising and printing
 * a draft are never refused for what the law asks; the steps after that are. */

#define WRITERS "handler|section_head|reviewer|review_head|secretary|clerk|archivist"
#define DOCUMENT(what)                                                                             \
  {                                                                                                \
    "document", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, what                                         \
  }
#define MADE_BY_THE_FORM                                                                             \
  { "form_set", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("the adopted forms, by their hash") },   \
    { "title", JZ_ARGUMENT_TEXT, JZ_PREPARED, 100, NULL, N_ ("what the form is called") },           \
    { "finalised_by", JZ_ARGUMENT_TEXT, JZ_PREPARED, 60, NULL, N_ ("the act that makes it final") }, \
  {                                                                                                  \
    "decisive", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,                                              \
      N_ ("hash of what it says of the decision, which a review passes on")                          \
  }

static const JzArgument draft_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "form", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL, N_ ("id of its form, as forms list shows") },
  { "values", JZ_ARGUMENT_VALUES, JZ_OPTIONAL, 0, NULL,
    N_ ("what is written in its fields; the program adds what the case knows") },
  MADE_BY_THE_FORM,
  { NULL },
};

static const JzArgument correct_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "corrects", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("the final document that has an error") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("what is wrong in it") },
  { "values", JZ_ARGUMENT_VALUES, JZ_OPTIONAL, 0, NULL,
    N_ ("what is written in its fields; without it what the other one says") },
  { "form", JZ_ARGUMENT_TEXT, JZ_PREPARED, 60, NULL, N_ ("id of its form") },
  MADE_BY_THE_FORM,
  { NULL },
};

static const JzArgument revise_arguments[] = {
  JZ_CASE_ARGUMENT,
  DOCUMENT (N_ ("which document")),
  { "values", JZ_ARGUMENT_VALUES, JZ_REQUIRED, 0, NULL,
    N_ ("what is written in its fields; the program adds what the case knows") },
  { "decisive", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("hash of what it says of the decision, which a review passes on") },
  { NULL },
};

static const JzArgument pass_arguments[] = {
  JZ_CASE_ARGUMENT,
  DOCUMENT (N_ ("which document")),
  { "opinion", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("opinion, as it stands on paper") },
  { NULL },
};

static const JzArgument approve_arguments[] = {
  JZ_CASE_ARGUMENT,
  DOCUMENT (N_ ("which document")),
  JZ_APPROVAL_ARGUMENTS,
  { NULL },
};

static const JzArgument reason_arguments[] = {
  JZ_CASE_ARGUMENT,
  DOCUMENT (N_ ("which document")),
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument finalise_arguments[] = {
  JZ_CASE_ARGUMENT,
  DOCUMENT (N_ ("which document")),
  JZ_FROZEN_ARGUMENTS,
  { NULL },
};

static const JzArgument sign_arguments[] = {
  JZ_CASE_ARGUMENT,
  DOCUMENT (N_ ("which document")),
  { "how", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "sealed|signed|refused",
    N_ ("whether it was sealed or signed, or signing was refused") },
  { "on", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("on which day") },
  { "copies", JZ_ARGUMENT_INTEGER, JZ_OPTIONAL, 999, NULL, N_ ("how many copies were sealed") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL,
    N_ ("how signing was refused, and who witnessed it") },
  { "object", JZ_ARGUMENT_OBJECT, JZ_OPTIONAL, 0, NULL,
    N_ ("the scanned paper; `file` names it on the disk") },
  { "name", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 255, NULL, N_ ("name of the scanned file") },
  { NULL },
};

/* Nobody is asked to approve what has errors in it. */
static gboolean
check_submit (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzFilling) filling = NULL;
  JzDocument document;

  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_document_check_step (situation, JZ_STEP_SUBMIT, refusal, error))
    return FALSE;
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  if (!jz_document_find_named (situation, "document", &stated, &document, error))
    return FALSE;
  filling = jz_document_fill (&document, error);
  return filling != NULL && jz_document_check_values (situation, filling, FALSE, refusal, error);
}

static gboolean
check_examine (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_EXAMINE, refusal, error);
}

static gboolean
check_approve (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_approval (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_APPROVE, refusal, error);
}

static gboolean
check_return (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_RETURN, refusal, error);
}

static gboolean
check_finalise (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL ||
         jz_document_check_final (situation, jz_situation_get_text (situation, "document.number"),
                                  refusal, error);
}

static gboolean
check_sign (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  if (*refusal == NULL)
    jz_situation_need_past_date (situation, "on", refusal);
  if (*refusal == NULL && strcmp (jz_situation_get_text (situation, "how"), "refused") == 0 &&
      jz_situation_get_text (situation, "reason")[0] == '\0')
    jz_refuse (refusal, "FC-43", _ ("Write down the reason, and the witness or the video."),
               _ ("It is not said how signing was refused and who witnessed it."));
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_SIGN, refusal, error);
}

static gboolean
check_void (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_VOID, refusal, error);
}

static gboolean
apply_revise (JzApplication *application, GError **error)
{
  return jz_document_apply_step (application, JZ_STEP_REVISE, error);
}

static gboolean
apply_submit (JzApplication *application, GError **error)
{
  return jz_document_apply_step (application, JZ_STEP_SUBMIT, error);
}

static gboolean
apply_examine (JzApplication *application, GError **error)
{
  return jz_document_apply_step (application, JZ_STEP_EXAMINE, error);
}

static gboolean
apply_approve (JzApplication *application, GError **error)
{
  return jz_document_apply_step (application, JZ_STEP_APPROVE, error);
}

static gboolean
apply_return (JzApplication *application, GError **error)
{
  return jz_document_apply_step (application, JZ_STEP_RETURN, error);
}

static gboolean
apply_finalise (JzApplication *application, GError **error)
{
  return jz_document_number_use (application,
                                 jz_application_get_text (application, "document.number"), error) &&
         jz_document_apply_step (application, JZ_STEP_FINALISE, error) &&
         jz_apply_facts (application, error);
}

static gboolean
apply_sign (JzApplication *application, GError **error)
{
  return jz_document_apply_step (application, JZ_STEP_SIGN, error);
}

/* A number that was on a spoiled document is not given again (FC-40). */
static gboolean
apply_void (JzApplication *application, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JzJson) number = NULL;

  if (!jz_document_apply_step (application, JZ_STEP_VOID, error) ||
      !jz_connection_get_text (application->tables, &text, error,
                               "SELECT value FROM fact WHERE case_id = ? AND list = ? AND record "
                               "= ? AND name = 'number' ORDER BY arrival DESC LIMIT 1",
                               "ttt", application->record->entry->case_id, JZ_LIST_DOCUMENT,
                               jz_application_get_text (application, "document")))
    return FALSE;
  if (text == NULL)
    return TRUE;
  number = jz_json_parse (text, strlen (text), error);
  return number != NULL && jz_document_number_void (application, jz_json_get_text (number), error);
}

const JzAct jz_acts_document[] = {
  {
    .name = "document.draft",
    .version = 1,
    .summary = N_ ("Draft a document of a case; the program fills in what the case knows."),
    .roles = WRITERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = draft_arguments,
    .inverse = "document.void",
    .complete = jz_document_complete_draft,
    .check = jz_document_check_draft,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_DOCUMENT,
  },
  {
    .name = "document.correct",
    .version = 1,
    .summary = N_ ("Draft a corrected document beside a final one, which it replaces once it is "
                   "final itself."),
    .roles = WRITERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = correct_arguments,
    .inverse = "document.void",
    .complete = jz_document_complete_correct,
    .check = jz_document_check_correct,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_DOCUMENT,
  },
  {
    .name = "document.revise",
    .version = 1,
    .summary = N_ ("Change what a document says before it is final; its approval begins anew."),
    .roles = WRITERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = revise_arguments,
    .inverse = "document.revise",
    .complete = jz_document_complete_revise,
    .check = jz_document_check_revise,
    .apply = apply_revise,
  },
  {
    .name = "document.submit",
    .version = 1,
    .summary = N_ ("Submit a document for approval."),
    .roles = WRITERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = pass_arguments,
    .inverse = "document.return",
    .check = check_submit,
    .apply = apply_submit,
  },
  {
    .name = "document.examine",
    .version = 1,
    .summary = N_ ("Agree to a document as the head of the unit."),
    .roles = "section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = pass_arguments,
    .inverse = "document.return",
    .check = check_examine,
    .apply = apply_examine,
  },
  {
    .name = "document.approve",
    .version = 1,
    .summary = N_ ("Approve a document."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approve_arguments,
    .inverse = "document.return",
    .check = check_approve,
    .apply = apply_approve,
  },
  {
    .name = "document.return",
    .version = 1,
    .summary = N_ ("Give a document back to be revised."),
    .roles = "handler|section_head|approver|head|reviewer|review_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = reason_arguments,
    .inverse = "document.submit",
    .check = check_return,
    .apply = apply_return,
  },
  {
    .name = "document.finalise",
    .version = 1,
    .summary = N_ ("Make a document final: it gets its number and is frozen."),
    .roles = WRITERS "|approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = finalise_arguments,
    .prepare = jz_prepare_frozen,
    .check = check_finalise,
    .apply = apply_finalise,
    .facts = "document.form document.number document.date!",
  },
  {
    .name = "document.sign",
    .version = 1,
    .summary = N_ ("Write down that a final document was sealed or signed, or that signing was "
                   "refused."),
    .roles = WRITERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = sign_arguments,
    .inverse = "document.sign",
    .prepare = jz_prepare_file,
    .check = check_sign,
    .apply = apply_sign,
  },
  {
    .name = "document.void",
    .version = 1,
    .summary = N_ ("Make a spoiled document void; its number is never given again."),
    .roles = WRITERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = reason_arguments,
    .check = check_void,
    .apply = apply_void,
  },
  { NULL },
};
