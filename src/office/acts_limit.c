/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/stated.h"

/* Times that are not counted in a limit, and extensions (rules.md ST-O3d, 2; G-22). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static const JzArgument approval_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_APPROVAL_ARGUMENTS,
  { NULL },
};

static const JzArgument end_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORD_ARGUMENT (N_ ("which time")),
  { NULL },
};

const JzAct jz_acts_limit[] = {
  {
    .name = "limit.exclude",
    .version = 1,
    .summary = N_ ("Write down that a time begins which is not counted in the limits."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "limit.resume",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "procedure.exclusions.kind! procedure.exclusions.started_on! "
             "procedure.exclusions.ended_on procedure.exclusions.includes_start",
    .list = "procedure.exclusions",
  },
  {
    .name = "limit.resume",
    .version = 1,
    .summary = N_ ("Write down when a time ended that is not counted."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = end_arguments,
    .check = jz_check_record,
    .apply = jz_apply_facts,
    .facts = "procedure.exclusions.ended_on!",
    .list = "procedure.exclusions",
  },
  {
    .name = "limit.extend",
    .version = 1,
    .summary = N_ ("Extend a limit."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_check_approval,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "procedure.extensions.limit! procedure.extensions.length! "
             "procedure.extensions.approved_on! procedure.extensions.approved_by!",
    .list = "procedure.extensions",
  },
  {
    .name = "limit.confirm",
    .version = 1,
    .summary = N_ ("Confirm in writing the last day of a limit that is presumed, because the "
                   "holidays of the year are not known yet."),
    .roles = "approver|head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "procedure.confirmed_limits!",
  },
  { NULL },
};
