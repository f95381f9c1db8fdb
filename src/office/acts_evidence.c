/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/sequence.h"
#include "office/stated.h"

/* Evidence: what there is, in what order, whether it may be used, what it proves (rules.md ST-O3;
 * G-23, G-24). Order, and what an item is to show in the handler's words, are lists of their own:
 * they are no part of what a review passes on. */

static const JzArgument add_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "attachment", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("the file that shows it") },
  { "attachments", JZ_ARGUMENT_TEXTS, JZ_OPTIONAL, 60, NULL,
    N_ ("further files that belong to it, by their ids") },
  { "copy_of", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL,
    N_ ("the item of evidence that it is a copy of, where that is in the case") },
  { "title", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("what it is") },
  { NULL },
};

/* A title says nothing of the content; that stays where the law lets it be. */
static const JzArgument secret_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "title", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL,
    N_ ("what it is, without saying anything that is secret") },
  { NULL },
};

static const JzArgument exclude_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORD_ARGUMENT (N_ ("which item of evidence")),
  { "excluded_reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why it is not used") },
  { NULL },
};

static const JzArgument bind_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "evidence", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which item of evidence") },
  { "element", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL,
    N_ ("which element of the violation it proves, by its id in the rulebook") },
  { NULL },
};

static const JzArgument describe_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "evidence", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which item of evidence") },
  { "purpose", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 400, NULL,
    N_ ("what it is to show, in words; left out, nothing is said of it any more") },
  { NULL },
};

static const JzArgument order_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "order", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 60, NULL,
    N_ ("ids of items of evidence, the first one first; what is not named stands behind them") },
  { NULL },
};

static gboolean
check_item (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *evidence = jz_situation_get_text (situation, "evidence");
  gint64 n_rows = 0;

  if (!jz_check_facts (situation, refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_rows, error,
                                 "SELECT count (*) FROM fact WHERE case_id = ? AND list = "
                                 "'evidence.items' AND record = ?",
                                 "tt", situation->case_id, evidence))
    return FALSE;
  if (*refusal == NULL && n_rows == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), evidence);
  return TRUE;
}

static const char *
get_adding_act (const JzSituation *situation)
{
  return "evidence.add";
}

static gboolean
check_order (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  return jz_check_facts (situation, refusal, error) &&
         (*refusal != NULL ||
          jz_sequence_check (situation, "order", "evidence.items", NULL, refusal, error));
}

const JzAct jz_acts_evidence[] = {
  {
    .name = "evidence.add",
    .version = 1,
    .summary = N_ ("Add an item of evidence."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = add_arguments,
    .inverse = "evidence.exclude",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "evidence.items.number! evidence.items.kind! evidence.items.obtained_by! "
             "evidence.items.obtained_on! evidence.items.obtained_at! "
             "evidence.items.is_original! evidence.items.source evidence.items.maker "
             "evidence.items.made_at evidence.items.kept_at",
    .list = "evidence.items",
  },
  {
    .name = "evidence.bind",
    .version = 1,
    .summary = N_ ("Say which element of the violation an item of evidence proves."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = bind_arguments,
    .inverse = "evidence.exclude",
    .check = check_item,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "evidence.is_lawful! evidence.is_verified! evidence.is_by_device! "
             "evidence.is_device_reviewed",
    .list = JZ_LIST_BINDING,
  },
  {
    .name = "evidence.describe",
    .version = 1,
    .summary = N_ ("Say in words what an item of evidence is to show."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = describe_arguments,
    .inverse = "evidence.describe",
    .check = check_item,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_PURPOSE,
  },
  {
    .name = "evidence.exclude",
    .version = 1,
    .summary =
      N_ ("Exclude an item of evidence: it stays in the case, and nothing rests on it any more."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = exclude_arguments,
    .check = jz_check_record,
    .apply = jz_apply_facts,
    .facts = "evidence.is_lawful",
    .list = "evidence.items",
  },
  {
    .name = "evidence.order",
    .version = 1,
    .summary = N_ ("Put the evidence of a case in order."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .arguments = order_arguments,
    .inverse = "evidence.order",
    .check = check_order,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_EVIDENCE_ORDER,
  },
  {
    .name = "evidence.register_secret",
    .version = 1,
    .summary = N_ ("Register an item of evidence that is a state secret: who keeps it and where, "
                   "without its content."),
    .roles = "handler",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = secret_arguments,
    .inverse = "evidence.exclude",
    .check = jz_check_facts,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "evidence.items.number! evidence.items.kind! evidence.items.obtained_by! "
             "evidence.items.obtained_on! evidence.items.obtained_at! "
             "evidence.items.is_original! evidence.items.secret_level! evidence.items.carrier! "
             "evidence.items.keeper! evidence.items.kept_at!",
    .list = "evidence.items",
    .get_also_asked = get_adding_act,
  },
  { NULL },
};
