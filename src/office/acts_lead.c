/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/stated.h"

/* Where a case comes from (案源), what the check of it found, and who the party is (rules.md ST-O1;
 * L-01, R-26). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static const JzArgument approval_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  { NULL },
};

static const JzArgument register_arguments[] = {
  { "title", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("what the case is called") },
  { "party", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("the party, or “unknown” until known") },
  { "matter", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("the matter") },
  { "found", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("day on which it was found") },
  { "number", JZ_ARGUMENT_TEXT, JZ_PREPARED, 80, NULL, N_ ("case number, given by the program") },
  { NULL },
};

static gboolean
complete_register (const JzSituation *situation, JzJson *args, GError **error)
{
  const char *found = jz_json_get_member_text (args, "found");

  if (found != NULL)
    jz_json_set_text (args, "case.lead_found_on", found);
  return jz_case_complete_number (situation, args, error);
}

static gboolean
check_register (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_case_check_open (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL && strcmp (jz_situation_get_text (situation, "found"),
                                  jz_situation_get_text (situation, "case.lead_found_on")) != 0)
    jz_refuse (refusal, "J-DATE", NULL, _ ("The lead would have been found on two days."));
  return TRUE;
}

/* The facts belong to the case that the entry opens; the first thing it makes is the case. */
static gboolean
apply_register (JzApplication *application, GError **error)
{
  return jz_case_apply_open (application, error) && jz_apply_facts (application, error);
}

const JzAct jz_acts_lead[] = {
  {
    .name = "lead.register",
    .version = 1,
    .summary =
      N_ ("Register a lead; it opens the case, and who registers it is its first handler."),
    .roles = "handler|section_head|clerk",
    .scope = JZ_SCOPE_OPENS,
    .arguments = register_arguments,
    .inverse = "case.close",
    .complete = complete_register,
    .check = check_register,
    .apply = apply_register,
    .makes_thing = TRUE,
    .facts = "case.source! case.lead_text!* case.is_reporter_named! case.lead_found_on",
  },
  {
    .name = "lead.check",
    .version = 1,
    .summary =
      N_ ("Write down what the check of a lead found: jurisdiction, place, days of the conduct."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "lead.check",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "case.jurisdiction! case.jurisdiction_checked_on! case.jurisdiction_disputed_on "
             "case.is_filed_elsewhere! conduct.began_on conduct.ended_on! conduct.found_on! "
             "conduct.place!* conduct.is_in_area! conduct.is_continuing! "
             "conduct.continuing_reason* conduct.has_harm!",
  },
  {
    .name = "lead.drop",
    .version = 1,
    .summary = N_ ("Decide that a lead is not filed."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_check_approval,
    .apply = jz_apply_facts,
    .facts = "case.not_filed_on! case.not_filed_reason!*",
  },
  {
    .name = "party.state",
    .version = 1,
    .summary = N_ ("Write down who the party is."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "party.state",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "party.kind! party.name! party.id_kind! party.id_number! party.born_on "
             "party.capacity party.representative party.address party.phone",
  },
  {
    .name = "conduct.state",
    .version = 1,
    .summary =
      N_ ("Write down what was found of the conduct: gains, quantities, correction, harm."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "conduct.state",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "conduct.gains conduct.goods_value conduct.project_price conduct.area "
             "conduct.quantity conduct.times_in_year conduct.is_corrected conduct.is_slight "
             "conduct.is_first_time conduct.has_no_fault conduct.has_harm "
             "conduct.is_continuing conduct.continuing_reason*",
  },
  { NULL },
};
