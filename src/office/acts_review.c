/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/review_check.h"
#include "office/stated.h"

/* Legal review (法制审核): submission with its round, the reviewer, the judgement of the points,
 * the opinion, which holds for one decision basis only (rules.md ST-O6, 4; L-14 to L-32; G-09 to
 * G-11, G-32, G-33). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

#define BASIS_ARGUMENT                                                                             \
  {                                                                                                \
    "basis", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("hash of what is to be decided")          \
  }

static const JzArgument basis_arguments[] = {
  JZ_CASE_ARGUMENT,
  BASIS_ARGUMENT,
  { NULL },
};

static const JzArgument assign_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("who reviews") },
  { NULL },
};

static const JzArgument judge_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "point", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 40, NULL,
    N_ ("which point of the review, by its id in the rulebook") },
  { "item", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 40, NULL,
    N_ ("which item under the point, by its id in the rulebook; without it the point as a whole") },
  { "verdict", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "pass|fail|supplement|not_applicable",
    N_ ("what the reviewer holds of it") },
  { "element", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 60, NULL,
    N_ ("the element of the violation that it is about") },
  { "links", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 200, NULL,
    N_ ("where in the case it is seen: the id of something in it, and behind it #page=3, "
        "#paragraph=2, #second=75 or #field=facts") },
  { "reason", JZ_ARGUMENT_LONG_TEXT, JZ_OPTIONAL, 0, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument recheck_arguments[] = {
  JZ_CASE_ARGUMENT,
  BASIS_ARGUMENT,
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("the opinion") },
  { NULL },
};

static const JzArgument opinion_arguments[] = {
  JZ_CASE_ARGUMENT,
  BASIS_ARGUMENT,
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("the opinion") },
  { "unseen_reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL,
    N_ ("why the opinion is given without looking at the recordings of a full course") },
  { NULL },
};

static const JzArgument question_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("the question") },
  { "link", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 200, NULL,
    N_ ("what it is about: the id of something in the case, and behind it a place like #page=3") },
  { NULL },
};

static const JzArgument reply_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "question", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which question") },
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("the answer") },
  { NULL },
};

static gboolean
check_submit (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_basis (situation, refusal, error);
}

static gboolean
check_assign (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gboolean holds = FALSE;

  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  if (*refusal != NULL || !jz_situation_need_person (situation, "person", refusal, error))
    return *refusal != NULL;
  if (*refusal != NULL)
    return TRUE;
  if (!jz_tables_has_role (situation->tables, jz_situation_get_text (situation, "person"),
                           "reviewer", &holds, error))
    return FALSE;
  if (!holds)
    jz_refuse (refusal, "J-ROLE", _ ("Choose somebody who holds this role."),
               _ ("The person is no legal reviewer."));
  return TRUE;
}

static gboolean
apply_assign (JzApplication *application, GError **error)
{
  return jz_connection_run (
           application->tables, error,
           "INSERT INTO case_duty (case_id, person, duty, since, ended) VALUES (?, ?, 'reviewer', "
           "?, 0) ON CONFLICT (case_id, person, duty) DO UPDATE SET since = excluded.since, "
           "ended = 0",
           "tti", application->record->entry->case_id,
           jz_application_get_text (application, "person"), application->record->arrival) &&
         jz_apply_facts (application, error);
}

/* Only who was made reviewer of the case reviews it. */
static gboolean
check_reviewer (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gint64 n_duties = 0;

  if (!jz_check_facts (situation, refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_duties, error,
                                 "SELECT count (*) FROM case_duty WHERE case_id = ? AND person = "
                                 "? AND duty = 'reviewer' AND ended = 0",
                                 "tt", situation->case_id, situation->actor))
    return FALSE;
  if (*refusal == NULL && n_duties == 0)
    jz_refuse (refusal, "J-REVIEWER", _ ("Ask the head of the legal section to assign you."),
               _ ("You are not the reviewer of this case."));
  return TRUE;
}

static gboolean
check_question (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *link = jz_situation_get_text (situation, "link");

  if (!check_reviewer (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || link[0] == '\0' || jz_check_link (situation, link, refusal, error);
}

static gboolean
check_reply (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *question = jz_situation_get_text (situation, "question");
  gint64 n_rows = 0;

  if (!jz_check_facts (situation, refusal, error) ||
      !jz_connection_get_number (
        situation->tables, &n_rows, error,
        "SELECT count (*) FROM fact WHERE case_id = ? AND list = ? AND record = ?", "ttt",
        situation->case_id, JZ_LIST_QUESTION, question))
    return FALSE;
  if (*refusal == NULL && n_rows == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), question);
  return TRUE;
}

static gboolean
check_judge (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!check_reviewer (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_judgement (situation, refusal, error);
}

/* What was submitted is what the opinion is on. */
static gboolean
check_submission (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated =
    jz_stated_load (situation->tables, situation->case_id, situation->arrival - 1, error);
  const JzStatedRecord *submission, *opinion;

  if (stated == NULL)
    return FALSE;
  submission = jz_stated_find_last (stated, JZ_LIST_SUBMISSION);
  opinion = jz_stated_find_last (stated, JZ_LIST_OPINION);
  if (submission == NULL || (opinion != NULL && opinion->arrival > submission->arrival))
    jz_refuse (refusal, "J-SUBMISSION", _ ("Let the handler submit it."),
               _ ("Nothing is submitted to legal review at present."));
  else if (strcmp (jz_stated_record_get_text (submission, "basis"),
                   jz_situation_get_text (situation, "basis")) != 0)
    jz_refuse (refusal, "J-BASIS", _ ("Let the handler submit it again."),
               _ ("What is to be decided was changed after it was submitted."));
  return TRUE;
}

/* A reviewer who has passed the case says that what was changed since is clerical. */
static gboolean
check_recheck (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!check_reviewer (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_basis (situation, refusal, error);
}

/* What was to be changed was changed, so that no point stands as failed any more. */
static gboolean
check_confirm (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!check_recheck (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_none_failed (situation, refusal, error);
}

static gboolean
check_conclude (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  static gboolean (*const checks[]) (const JzSituation *, JzRefusal **, GError **) = {
    check_reviewer, jz_check_basis, check_submission, jz_check_judged, jz_check_seen,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (checks) && *refusal == NULL; i++)
    if (!checks[i](situation, refusal, error))
      return FALSE;
  return TRUE;
}

const JzAct jz_acts_review[] = {
  {
    .name = "review.submit",
    .version = 1,
    .summary = N_ ("Submit a case to legal review, as it stands now."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = basis_arguments,
    .complete = jz_complete_basis,
    .check = check_submit,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "review.submitted_on! review.materials_complete_on",
    .list = JZ_LIST_SUBMISSION,
  },
  {
    .name = "review.assign",
    .version = 1,
    .summary = N_ ("Assign the legal reviewer of a case."),
    .roles = "review_head|head",
    .scope = JZ_SCOPE_CASE,
    .arguments = assign_arguments,
    .inverse = "case.unassign",
    .check = check_assign,
    .apply = apply_assign,
    .facts = "assignment.is_first_time! assignment.qualification",
  },
  {
    .name = "review.ask",
    .version = 1,
    .summary = N_ ("Ask the handler for missing materials."),
    .roles = "reviewer|review_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "review.materials_asked_on!",
  },
  {
    .name = "review.question",
    .version = 1,
    .summary = N_ ("Ask the handler a question about the case that is reviewed."),
    .roles = "reviewer",
    .scope = JZ_SCOPE_CASE,
    .arguments = question_arguments,
    .check = check_question,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_QUESTION,
  },
  {
    .name = "review.reply",
    .version = 1,
    .summary = N_ ("Answer a question of the reviewer."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = reply_arguments,
    .inverse = "review.reply",
    .check = check_reply,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_REPLY,
  },
  {
    .name = "review.judge",
    .version = 1,
    .summary = N_ ("Judge one point of the review, with links to where it is seen."),
    .roles = "reviewer",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = judge_arguments,
    .inverse = "review.judge",
    .check = check_judge,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "review.materials_complete_on",
    .list = JZ_LIST_JUDGEMENT,
  },
  {
    .name = "review.conclude",
    .version = 1,
    .summary = N_ ("Give the opinion of the legal review."),
    .roles = "reviewer",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = opinion_arguments,
    .complete = jz_complete_basis,
    .check = check_conclude,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "review.opinion_on! review.outcome! review.finds_facts_unclear!",
    .list = JZ_LIST_OPINION,
  },
  {
    .name = "review.confirm",
    .version = 1,
    .summary = N_ ("Confirm that the changes which the opinion asks for were made."),
    .roles = "reviewer",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = basis_arguments,
    .complete = jz_complete_basis,
    .check = check_confirm,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "review.opinion_on",
    .list = JZ_LIST_CONFIRMATION,
  },
  {
    .name = "review.recheck",
    .version = 1,
    .summary = N_ ("Confirm that nothing but clerical errors was corrected since the opinion."),
    .roles = "reviewer",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = recheck_arguments,
    .complete = jz_complete_basis,
    .check = check_recheck,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "review.opinion_on",
    .list = JZ_LIST_RECHECK,
  },
  {
    .name = "review.disagree",
    .version = 1,
    .summary = N_ ("Raise a disagreement with the opinion."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "review.disagreement_on!",
  },
  {
    .name = "review.settle",
    .version = 1,
    .summary = N_ ("Settle a disagreement with the opinion."),
    .roles = "head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "review.settled_on!",
  },
  { NULL },
};
