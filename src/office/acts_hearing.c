/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/role.h"
#include "office/stated.h"

/* The hearing: asked for, waived, prepared, held, reported on (rules.md 1.3; G-13, G-30, G-31). */

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static const JzArgument appoint_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "host", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("who presides") },
  { NULL },
};

static gboolean
check_appoint (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_situation_need_person (situation, "host", refusal, error);
}

/* That it was held is said by the day on which it was closed. */
static gboolean
check_end (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL &&
      !jz_word_is_in (jz_situation_get_text (situation, "hearing.state"), "terminated|withdrawn"))
    jz_refuse (refusal, "J-HEARING", _ ("Say that it was withdrawn or terminated."),
               _ ("A hearing ends without being held only by being withdrawn or terminated."));
  return TRUE;
}

const JzAct jz_acts_hearing[] = {
  {
    .name = "hearing.ask",
    .version = 1,
    .summary = N_ ("Register that the party asks for a hearing."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "hearing.requested_on!",
  },
  {
    .name = "hearing.waive",
    .version = 1,
    .summary = N_ ("Register that the party waives the hearing in writing."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "hearing.is_waived!",
  },
  {
    .name = "hearing.appoint",
    .version = 1,
    .summary = N_ ("Appoint who presides at the hearing."),
    .roles = "approver|head|review_head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = appoint_arguments,
    .check = check_appoint,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "hearing.clerk_name!",
    .list = JZ_LIST_HEARING,
  },
  {
    .name = "hearing.notify",
    .version = 1,
    .summary = N_ ("Write down that the notice of the hearing was served."),
    .roles = "handler|reviewer|review_head|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "hearing.planned_on! hearing.notice_served_on! hearing.is_public! "
             "hearing.private_reason*",
  },
  {
    .name = "hearing.hold",
    .version = 1,
    .summary = N_ ("Write down that the hearing was held and closed."),
    .roles = "handler|reviewer|review_head|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "hearing.closed_on! hearing.record_signed!",
  },
  {
    .name = "hearing.end",
    .version = 1,
    .summary = N_ ("Write down that a hearing was withdrawn or terminated."),
    .roles = "handler|reviewer|review_head|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = check_end,
    .apply = jz_apply_facts,
    .facts = "hearing.state!",
  },
  {
    .name = "hearing.report",
    .version = 1,
    .summary = N_ ("Hand in the report on the hearing."),
    .roles = "handler|reviewer|review_head|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "hearing.report_on! hearing.decision_cites_record",
  },
  { NULL },
};
