/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/document_step.h"
#include "office/stated.h"

/* The notice before the penalty, how it was served, what the party answered (rules.md ST-O5,
 * ST-O5a, ST-O10; G-25 to G-29). */

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

static const JzArgument served_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_DOCUMENT_ARGUMENT,
  { NULL },
};

static const JzArgument serve_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_DOCUMENT_ARGUMENT,
  { "receiver", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 100, NULL, N_ ("who received it") },
  { "result", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "served|returned", N_ ("what came of it") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL, N_ ("why it came back, or was left") },
  { NULL },
};

const JzAct jz_acts_notice[] = {
  {
    .name = "notice.approve",
    .version = 1,
    .summary = N_ ("Approve the notice before the penalty."),
    .roles = JZ_APPROVERS,
    .proposer_roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = approval_arguments,
    .check = jz_document_check_approval,
    .apply = jz_document_apply_approval,
    .facts = "notice.approved_on! notice.content!* notice.fine notice.hearing_right_told! "
             "notice.defence_days",
  },
  {
    .name = "notice.serve",
    .version = 1,
    .summary = N_ ("Write down when the notice before the penalty was served."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = served_arguments,
    .check = jz_document_check_service,
    .apply = jz_document_apply_service,
    .facts = "notice.served_on! notice.hearing_right_served_on",
  },
  {
    .name = "notice.reconsider",
    .version = 1,
    .summary = N_ ("Write down whether facts, basis or evidence changed after the notice."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "notice.reconsider",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "notice.has_new_evidence! notice.facts_changed! notice.basis_changed!",
  },
  {
    .name = "defence.receive",
    .version = 1,
    .summary = N_ ("Register a statement or defence of the party."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "defence.received_on!",
  },
  {
    .name = "defence.waive",
    .version = 1,
    .summary = N_ ("Register that the party waives statement and defence in writing."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "defence.is_waived!",
  },
  {
    .name = "defence.recheck",
    .version = 1,
    .summary = N_ ("Write down how a statement or defence was re-checked."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .inverse = "defence.recheck",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "defence.rechecked_on! defence.is_accepted! defence.reply!*",
  },
  {
    .name = "document.serve",
    .version = 1,
    .summary = N_ ("Write down an attempt to serve a document, which may come back."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = serve_arguments,
    .check = jz_document_check_service,
    .apply = jz_document_apply_service,
    .makes_thing = TRUE,
    .facts = "service.document! service.method! service.served_on! service.receipt! "
             "service.is_confirmed service.entrusted_on service.published_on",
    .list = JZ_LIST_SERVICE,
  },
  { NULL },
};
