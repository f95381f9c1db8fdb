/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/document_step.h"
#include "office/stated.h"

/* Registered preservation (先行登记保存), its handling within seven working days (rules.md ST-O3b;
 * G-14, G-15). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static const JzArgument approval_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  JZ_DOCUMENT_ARGUMENT,
  { NULL },
};

static const JzArgument make_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_OFFICERS_ARGUMENT,
  { "items", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 200, NULL,
    N_ ("what is kept, each with its quantity") },
  { NULL },
};

static const JzArgument handle_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  { "result", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "return|seal|sample|test|confiscate|transfer",
    N_ ("what becomes of the goods") },
  { NULL },
};

const JzAct jz_acts_preservation[] = {
  {
    .name = "preservation.approve",
    .version = 1,
    .summary = N_ ("Approve a registered preservation."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_document_check_approval,
    .apply = jz_document_apply_approval,
    .facts = "preservation.approved_at! preservation.reason!*",
  },
  {
    .name = "preservation.make",
    .version = 1,
    .summary = N_ ("Make a registered preservation."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = make_arguments,
    .check = jz_check_officers,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "preservation.made_at! preservation.made_on! preservation.list_signed! "
             "act.is_emergency",
    .list = JZ_LIST_PRESERVATION,
  },
  {
    .name = "preservation.keep",
    .version = 1,
    .summary = N_ ("Write down that the goods are still kept."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "preservation.is_kept!",
  },
  {
    .name = "preservation.handle",
    .version = 1,
    .summary = N_ ("Decide what becomes of goods that are kept."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = handle_arguments,
    .check = jz_check_approval,
    .apply = jz_apply_facts,
    .facts = "preservation.handled_on! preservation.is_kept!",
  },
  { NULL },
};
