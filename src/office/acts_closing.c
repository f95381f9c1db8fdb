/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/stated.h"

/* What follows a decision: payment, the ground of closing; and the transfer of a suspected crime
 * (rules.md ST-O9, ST-O11, ST-O12; G-40). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static const JzArgument approval_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  { NULL },
};

const JzAct jz_acts_closing[] = {
  {
    .name = "payment.record",
    .version = 1,
    .summary = N_ ("Register what was paid."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "payment.route! payment.paid! payment.paid_on! payment.banked_on",
  },
  {
    .name = "payment.defer",
    .version = 1,
    .summary = N_ ("Approve that a fine is paid later."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_check_approval,
    .apply = jz_apply_facts,
    .facts = "payment.deferred_until!",
  },
  {
    .name = "payment.demand",
    .version = 1,
    .summary = N_ ("Write down that a demand for payment was served."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "payment.demanded_on!",
  },
  {
    .name = "closing.state",
    .version = 1,
    .summary = N_ ("Write down the ground on which a case is to be closed."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "closing.state",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "case.closing_ground! case.closing_ground_on!",
  },
  {
    .name = "transfer.suspect",
    .version = 1,
    .summary = N_ ("Write down whether a crime is suspected."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "transfer.suspect",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "transfer.is_suspected! transfer.reported_on",
  },
  {
    .name = "transfer.approve",
    .version = 1,
    .summary = N_ ("Approve the transfer of a suspected crime."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_check_approval,
    .apply = jz_apply_facts,
    .facts = "transfer.approved_at! transfer.approved_on!",
  },
  {
    .name = "transfer.send",
    .version = 1,
    .summary = N_ ("Write down that a suspected crime was handed over."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "transfer.sent_at! transfer.handed_over_on",
  },
  {
    .name = "transfer.answer",
    .version = 1,
    .summary = N_ ("Register the answer of the police, or that none came."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "transfer.answer! transfer.answered_on transfer.is_returned "
             "transfer.remedies_used transfer.reminder_recorded",
  },
  {
    .name = "transfer.go_on",
    .version = 1,
    .summary = N_ ("Decide to go on with the case although the police has not answered."),
    .roles = "head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "transfer.head_goes_on!",
  },
  { NULL },
};
