/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/form_sets.h"
#include "office/document_step.h"
#include "office/stated.h"

/* Filing (立案), the weight of a case, recusal (rules.md ST-O2; G-01, G-05 to G-08, G-12). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static const JzArgument approval_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  { NULL },
};

static const JzArgument file_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  JZ_DOCUMENT_ARGUMENT,
  { NULL },
};

static const JzArgument recusal_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("whose recusal is asked for") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument decide_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("whose recusal is decided on") },
  { "granted", JZ_ARGUMENT_BOOLEAN, JZ_REQUIRED, 0, NULL, N_ ("whether the person is recused") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

static gboolean
check_recusal (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_situation_need_person (situation, "person", refusal, error);
}

static gboolean
check_file (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gint64 n_filed = 0;

  /* Whether the approver is a handler is for the rulebook to ask (G-08). */
  if (!jz_check_approval_form (situation, refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_filed, error,
                                 "SELECT count (*) FROM fact WHERE case_id = ? AND list = '' AND "
                                 "record = '' AND name = 'case.filed_on'",
                                 "t", situation->case_id))
    return FALSE;
  if (*refusal == NULL && n_filed > 0)
    jz_refuse (refusal, "J-FILED", NULL, _ ("The case was filed already."));
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_APPROVE, refusal, error);
}

/* As its rulebook, the case keeps the forms of the day on which it was filed. */
static gboolean
keep_form_set (const JzApplication *application, GError **error)
{
  const char *case_id = application->record->entry->case_id;
  JzMaybeHash forms = { 0 };
  JzDate date;

  if (!jz_date_parse (jz_application_get_text (application, "case.filed_on"), &date, error) ||
      !jz_tables_find_form_set (application->tables, case_id, date, &forms, error))
    return FALSE;
  return !forms.is_present ||
         jz_connection_run (application->tables, error,
                            "INSERT INTO case_form_set (case_id, hash) VALUES (?, ?)", "th",
                            case_id, &forms.hash);
}

/* The case keeps the rulebook of the day on which it was filed, which its entry names. */
static gboolean
apply_file (JzApplication *application, GError **error)
{
  const JzMaybeHash *rulebook = &application->record->entry->rulebook;

  if (rulebook->is_present &&
      !jz_connection_run (application->tables, error,
                          "INSERT INTO case_rulebook (case_id, hash) VALUES (?, ?)", "th",
                          application->record->entry->case_id, &rulebook->hash))
    return FALSE;
  if (!keep_form_set (application, error))
    return FALSE;
  return jz_document_apply_approval (application, error);
}

const JzAct jz_acts_filing[] = {
  {
    .name = "case.file",
    .version = 1,
    .summary = N_ ("File a case."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = file_arguments,
    .check = check_file,
    .apply = apply_file,
    .facts = "case.filed_on! case.cause! case.procedure! matter.id! matter.field! "
             "matter.is_listed! matter.limitation! matter.needs_review_by_law! "
             "matter.is_enterprise_resource!",
  },
  {
    .name = "case.characterise",
    .version = 1,
    .summary =
      N_ ("Write down how much weight a case has, which decides on review and discussion."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "case.characterise",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "case.n_parties! case.is_complex! case.is_major! case.touches_public_interest! "
             "case.has_social_risk! case.has_joint_organs! case.concerns_major_rights!",
  },
  {
    .name = "recusal.tell",
    .version = 1,
    .summary = N_ ("Write down that the party was told that it may ask for recusal."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "recusal.told_on!",
  },
  {
    .name = "recusal.ask",
    .version = 1,
    .summary = N_ ("Register that somebody asks for the recusal of a person."),
    .roles = "handler|section_head|clerk",
    .scope = JZ_SCOPE_CASE,
    .arguments = recusal_arguments,
    .check = check_recusal,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "recusal.requested_on!",
    .list = JZ_LIST_RECUSAL,
  },
  {
    .name = "recusal.decide",
    .version = 1,
    .summary = N_ ("Decide on the recusal of a person."),
    .roles = "approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = decide_arguments,
    .inverse = "recusal.decide",
    .check = check_recusal,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "recusal.decided_on!",
    .list = JZ_LIST_RECUSAL,
  },
  {
    .name = "case.suspend",
    .version = 1,
    .summary = N_ ("Suspend an investigation."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_check_approval,
    .apply = jz_apply_facts,
    .facts = "case.investigation_suspended_on! case.investigation_suspended_reason!*",
  },
  {
    .name = "case.end",
    .version = 1,
    .summary = N_ ("End an investigation for good."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_check_approval,
    .apply = jz_apply_facts,
    .facts = "case.investigation_ended_on! case.investigation_ended_reason!*",
  },
  { NULL },
};
