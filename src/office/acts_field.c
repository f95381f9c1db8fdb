/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/stated.h"

/* What officers do in the field, each act with its block of credentials: who took part, that the
 * credentials were shown, to whom, when; and the records of it (rules.md ST-O3; G-01 to G-04). */

static const JzArgument field_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_OFFICERS_ARGUMENT,
  { "shown", JZ_ARGUMENT_BOOLEAN, JZ_REQUIRED, 0, NULL, N_ ("whether credentials were shown") },
  { "shown_to", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 100, NULL, N_ ("to whom they were shown") },
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("what was done and found") },
  { NULL },
};

static const JzArgument sampling_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_OFFICERS_ARGUMENT,
  { NULL },
};

static const JzArgument record_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "act", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("the field act that it records") },
  { "signed", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "signed|refused|absent",
    N_ ("whether the person concerned signed it") },
  { "text", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("the record") },
  { NULL },
};

static const JzArgument case_arguments[] = {
  JZ_CASE_ARGUMENT,
  { NULL },
};

static gboolean
check_field (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_officers (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_json_get_member_boolean (situation->args, "shown", FALSE))
    jz_refuse (refusal, "J-SHOWN", _ ("Show the credentials, then act."),
               _ ("Officers who do not show their credentials must not act."));
  return TRUE;
}

const JzAct jz_acts_field[] = {
  {
    .name = "field.inspect",
    .version = 1,
    .summary = N_ ("Inspect a place or a thing."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = field_arguments,
    .check = check_field,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "act.happened_on! act.place!",
    .list = JZ_LIST_FIELD,
  },
  {
    .name = "field.inquire",
    .version = 1,
    .summary = N_ ("Question the party or a witness."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = field_arguments,
    .check = check_field,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "act.happened_on! act.place! act.in_case_room",
    .list = JZ_LIST_FIELD,
  },
  {
    .name = "field.collect",
    .version = 1,
    .summary = N_ ("Collect evidence on the spot."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = field_arguments,
    .check = check_field,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "act.happened_on! act.place!",
    .list = JZ_LIST_FIELD,
  },
  {
    .name = "field.sample",
    .version = 1,
    .summary = N_ ("Take samples."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = sampling_arguments,
    .check = jz_check_officers,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "act.happened_on! sampling.made_on! sampling.party_told! sampling.list_signed!",
    .list = JZ_LIST_FIELD,
  },
  {
    .name = "record.finalise",
    .version = 1,
    .summary = N_ ("Make a record final: it is signed, or the refusal is noted."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = record_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "record.kind! record.shows_credential!",
    .list = JZ_LIST_RECORD,
  },
  {
    .name = "testing.entrust",
    .version = 1,
    .summary = N_ ("Entrust a test or an appraisal."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "testing.body! testing.entrusted_on! testing.body_is_qualified! "
             "testing.period_days!",
  },
  {
    .name = "testing.result",
    .version = 1,
    .summary = N_ ("Register the result of a test, and that the party was told."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "testing.result_on! testing.told_on",
  },
  {
    .name = "assistance.ask",
    .version = 1,
    .summary = N_ ("Write down when another organ received a letter that asks for assistance."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "assistance.requested_on!",
  },
  {
    .name = "assistance.answer",
    .version = 1,
    .summary = N_ ("Register the answer of another organ."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "assistance.answered_on!",
  },
  {
    .name = "materials.ask",
    .version = 1,
    .summary = N_ ("Write down that the party was asked to supply materials."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "assistance.materials_asked_on! assistance.materials_days!",
  },
  {
    .name = "materials.receive",
    .version = 1,
    .summary = N_ ("Register that the materials came."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "assistance.materials_on!",
  },
  {
    .name = "correction.order",
    .version = 1,
    .summary = N_ ("Write down that an order to correct was served."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "correction.ordered_on! matter.correction_days!",
  },
  {
    .name = "correction.recheck",
    .version = 1,
    .summary = N_ ("Write down when a correction was re-checked."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = case_arguments,
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .facts = "correction.rechecked_on! conduct.is_corrected!",
  },
  { NULL },
};
