/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/citation.h"
#include "office/discretion.h"
#include "office/document_freeze.h"
#include "office/document_number.h"
#include "office/document_step.h"
#include "office/publication_check.h"
#include "office/stated.h"

/* From the report to the decision (rules.md ST-O4, ST-O7, ST-O8): the draft with its amounts and
 * citations, the head's examination or the collective discussion, the approval, and the decision
 * with its number. Approval and decision hold for one decision basis (design §5). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static const JzArgument draft_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_OPTIONAL, 0, NULL,
    N_ ("what is to be decided, in words; the decision itself is a document") },
  JZ_DISCRETION_ARGUMENTS,
  { NULL },
};

static const JzArgument cite_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_DISCRETION_ARGUMENTS,
  { NULL },
};

static const JzArgument serve_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_DOCUMENT_ARGUMENT,
  { NULL },
};

static const JzArgument differ_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "number", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 80, NULL, N_ ("number of the earlier decision") },
  { "same", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "same|other",
    N_ ("whether it was for the same act") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why") },
  { NULL },
};

static const JzArgument discuss_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "conclusion", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("what was concluded") },
  { NULL },
};

static const JzArgument approve_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  { "document", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("the decision as a document") },
  { "basis", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("hash of what is to be decided") },
  { NULL },
};

static const JzArgument finalise_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "document", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("the decision as a document") },
  JZ_FROZEN_ARGUMENTS,
  { "basis", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("hash of what is to be decided") },
  { NULL },
};

/* Whether one took part who is named, said something, and of whom it is known whether he signed. */
static gboolean
is_whole (const JzJson *person, GHashTable *seen)
{
  const char *name = jz_json_get_member_text (person, "name");
  const char *opinion = jz_json_get_member_text (person, "opinion");

  return name != NULL && name[0] != '\0' && opinion != NULL && opinion[0] != '\0' &&
         jz_json_get_member_text (person, "signature") != NULL &&
         g_hash_table_add (seen, (gpointer)name);
}

/* One line for each (ACT-06): a discussion has at least two, and no circulated paper takes its
 * place. */
static gboolean
check_discussion (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzJson *persons = jz_json_get_member (situation->args, "collective.participants");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL && jz_json_get_n_items (persons) < 2)
    jz_refuse (refusal, "J-MEETING", _ ("Name everybody who took part."),
               _ ("A collective discussion is held by at least two."));
  for (guint i = 0; i < jz_json_get_n_items (persons) && *refusal == NULL; i++)
    if (!is_whole (jz_json_get_item (persons, i), seen))
      jz_refuse (refusal, "J-MEETING",
                 _ ("Write one line for each: name, opinion, and whether it was signed."),
                 _ ("The line %u of those who took part is not whole, or names somebody twice."),
                 i + 1);
  return TRUE;
}

static gboolean
check_basis_cited (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_citations (situation, refusal, error);
}

static gboolean
check_discretion_cited (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_discretion (situation, refusal, error);
}

static gboolean
check_draft (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!check_basis_cited (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_discretion (situation, refusal, error);
}

/* Nobody lets his own departure pass (DX-7). */
static gboolean
check_departure (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_check_no_handler (situation, refusal, error);
}

/* The basis holds what the decision that was drafted last says; no other text is decided on it. */
static gboolean
check_text (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated =
    jz_stated_load (situation->tables, situation->case_id, situation->arrival - 1, error);
  const JzStatedRecord *decision;

  if (stated == NULL)
    return FALSE;
  decision = jz_document_find_decision (stated);
  if (decision != NULL && strcmp (decision->id, jz_situation_get_text (situation, "document")) != 0)
    jz_refuse (refusal, "J-BASIS", _ ("Make the one that does not hold void, and begin anew."),
               _ ("Another document was drafted as the decision of this case later, and the review "
                  "is on that one."));
  return TRUE;
}

static gboolean
check_approve (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_document_check_approval (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_check_basis (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || check_text (situation, refusal, error);
}

/* A case is decided once; an error in the decision may be corrected. */
static gboolean
is_correction (const JzSituation *self, const JzStated *stated)
{
  const JzStatedRecord *document =
    jz_document_find_record (stated, jz_situation_get_text (self, "document"));

  return document != NULL && jz_stated_record_get_text (document, "corrects")[0] != '\0';
}

static gboolean
check_approved (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated =
    jz_stated_load (situation->tables, situation->case_id, situation->arrival - 1, error);
  const JzStatedRecord *approval;

  if (stated == NULL)
    return FALSE;
  approval = jz_stated_find_last (stated, JZ_LIST_APPROVAL);
  if (approval == NULL)
    jz_refuse (refusal, "J-APPROVAL", _ ("Ask the head to approve it."),
               _ ("The decision was not approved."));
  else if (strcmp (jz_stated_record_get_text (approval, "basis"),
                   jz_situation_get_text (situation, "basis")) != 0)
    jz_refuse (refusal, "J-BASIS", _ ("Ask the head to approve it as it is now."),
               _ ("What is to be decided was changed after it was approved."));
  else if (jz_stated_get (stated, "decision.number") != NULL && !is_correction (situation, stated))
    jz_refuse (refusal, "J-DECIDED", NULL, _ ("The case has been decided already."));
  return TRUE;
}

static gboolean
check_document (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  return jz_document_check_final (situation, jz_situation_get_text (situation, "decision.number"),
                                  refusal, error);
}

static gboolean
check_finalise (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  static gboolean (*const checks[]) (const JzSituation *, JzRefusal **, GError **) = {
    jz_check_facts, jz_check_basis, check_text, check_approved, check_document,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (checks) && *refusal == NULL; i++)
    if (!checks[i](situation, refusal, error))
      return FALSE;
  return TRUE;
}

/* A decision is a document, and what stands before one of those stands before it. */
static const char *
get_document_act (const JzSituation *situation)
{
  return "document.finalise";
}

static gboolean
apply_finalise (JzApplication *application, GError **error)
{
  const char *number = jz_application_get_text (application, "decision.number");
  const char *day = jz_application_get_text (application, "decision.decided_on");

  /* What was decided on paper only is nothing that could be published from here. */
  if (jz_application_get_text (application, "document")[0] != '\0' &&
      (!jz_publication_supersede (application, day, error) ||
       !jz_publication_enter (application, jz_application_get_text (application, "document.form"),
                              number, day, error)))
    return FALSE;
  return jz_document_number_use (application, number, error) &&
         jz_document_apply_step (application, JZ_STEP_FINALISE, error) &&
         jz_apply_facts (application, error);
}

const JzAct jz_acts_decision[] = {
  {
    .name = "report.make",
    .version = 1,
    .summary = N_ ("Hand in the report that ends the investigation."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "report.make",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "case.report_on! case.report_proposal!* case.discretion_reason*",
  },
  {
    .name = "decision.draft",
    .version = 1,
    .summary = N_ ("Draft the decision: kinds, amounts, citations, discretion, remedy, text."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = draft_arguments,
    .inverse = "decision.draft",
    .complete = jz_complete_discretion,
    .check = check_draft,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "decision.kinds! decision.fine decision.confiscated decision.basis! "
             "decision.remedy! decision.review_organ! decision.court! decision.educated "
             "discretion.tier discretion.direction! discretion.factors discretion.newer_is_lighter "
             "case.discretion_reason*",
    .list = JZ_LIST_DRAFT,
  },
  {
    .name = "basis.cite",
    .version = 1,
    .summary = N_ ("Cite the laws that a decision rests on, each with its version and article."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "basis.cite",
    .check = check_basis_cited,
    .apply = jz_apply_facts,
    .facts = "decision.basis!",
  },
  {
    .name = "discretion.cite",
    .version = 1,
    .summary = N_ ("Cite the tier of a benchmark and the factors that a fine is measured by."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = cite_arguments,
    .inverse = "discretion.cite",
    .complete = jz_complete_discretion,
    .check = check_discretion_cited,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "discretion.tier! discretion.direction! discretion.factors! "
             "discretion.newer_is_lighter case.discretion_reason*",
    .list = JZ_LIST_DISCRETION,
  },
  {
    .name = "decision.differ",
    .version = 1,
    .summary = N_ ("Say whether an earlier penalty was for the same act."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = differ_arguments,
    .inverse = "decision.differ",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "conduct.times_in_year",
    .list = JZ_LIST_DIFFERENCE,
  },
  {
    .name = "discretion.approve",
    .version = 1,
    .summary = N_ ("Approve a departure from the benchmark, or a mitigation below the least fine."),
    .roles = "approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = case_arguments,
    .check = check_departure,
    .apply = jz_apply_facts,
    .facts = "discretion.deviation_approved! discretion.is_mitigation_documented "
             "case.discretion_reason!*",
  },
  {
    .name = "case.examine",
    .version = 1,
    .summary = N_ ("Write down how the head judged the result of the investigation."),
    .roles = "approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = case_arguments,
    .inverse = "case.examine",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "case.head_reviewed_on! case.outcome!",
  },
  {
    .name = "collective.hold",
    .version = 1,
    .summary = N_ ("Write down a collective discussion, with what each said."),
    .roles = "handler|section_head|secretary",
    .scope = JZ_SCOPE_CASE,
    .arguments = discuss_arguments,
    .check = check_discussion,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "collective.held_on! collective.participants!",
    .list = "@discussion",
  },
  {
    .name = "decision.approve",
    .version = 1,
    .summary = N_ ("Approve the decision."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approve_arguments,
    .complete = jz_complete_basis,
    .check = check_approve,
    .apply = jz_document_apply_approval,
    .makes_thing = TRUE,
    .facts = "notice.has_new_evidence",
    .list = JZ_LIST_APPROVAL,
  },
  {
    .name = "decision.finalise",
    .version = 1,
    .summary = N_ ("Make the decision: give it its number and date."),
    .roles = "handler|section_head|approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = finalise_arguments,
    .prepare = jz_prepare_frozen_decision,
    .complete = jz_complete_basis,
    .check = check_finalise,
    .apply = apply_finalise,
    .facts =
      "decision.decided_on! decision.number document.form document.date! decision.is_sealed!",
    .get_also_asked = get_document_act,
  },
  {
    .name = "decision.serve",
    .version = 1,
    .summary = N_ ("Write down when the decision was served."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = serve_arguments,
    .check = jz_document_check_service,
    .apply = jz_document_apply_service,
    .facts = "decision.served_on!",
  },
  { NULL },
};
