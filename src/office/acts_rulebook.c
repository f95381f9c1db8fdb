/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/rulebooks.h"

/* The head may let one act through that rules of level BLOCK* refuse (rules.md 3). */

static const JzArgument override_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "act", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL, N_ ("the act that is let through") },
  { "rules", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 40, NULL, N_ ("ids of the rules that refuse it") },
  { "reason", JZ_ARGUMENT_LONG_TEXT, JZ_REQUIRED, 0, NULL, N_ ("why") },
  { "basis", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("hash of what is to be decided") },
  { NULL },
};

static gboolean
has_overridable_refusal (const JzRulebook *rulebook, const char *id)
{
  const JzGateRule *gate = (const JzGateRule *)jz_rulebook_find (rulebook, JZ_RULE_GATE, id);

  for (guint i = 0; gate != NULL && i < gate->refusals->len; i++) {
    const JzGateRefusal *refusal = g_ptr_array_index (gate->refusals, i);
    if (refusal->level == JZ_REFUSAL_OVERRIDABLE)
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_rules (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const JzJson *rules = jz_json_get_member (situation->args, "rules");
  const JzRulebook *rulebook = NULL;
  JzMaybeHash hash = { 0 };

  if (!jz_situation_find_rulebook (situation, &hash, error))
    return FALSE;
  if (hash.is_present && situation->objects != NULL) {
    rulebook = jz_rulebooks_get (situation->objects, &hash.hash, error);
    if (rulebook == NULL)
      return FALSE;
  }
  if (rulebook == NULL || jz_json_get_n_items (rules) == 0)
    jz_refuse (refusal, "J-OVERRIDE", NULL, _ ("There is no rule here that could be lifted."));
  for (guint i = 0; i < jz_json_get_n_items (rules) && *refusal == NULL; i++) {
    const char *id = jz_json_get_text (jz_json_get_item (rules, i));
    if (!has_overridable_refusal (rulebook, id))
      jz_refuse (refusal, "J-OVERRIDE", _ ("Do what the rule asks for."),
                 _ ("Nobody can lift the rule %s."), id);
  }
  return TRUE;
}

static gboolean
check_override (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gboolean is_proposal = FALSE;
  const char *act = jz_situation_get_text (situation, "act");

  if (!jz_situation_need_stage (situation, "open|closed", refusal, error))
    return FALSE;
  if (*refusal == NULL && jz_act_find (act, &is_proposal) == NULL)
    jz_refuse (refusal, "J-OVERRIDE", _ ("Choose an act of this program."),
               _ ("There is no act %s."), act);
  if (*refusal == NULL && !jz_check_basis (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || check_rules (situation, refusal, error);
}

static gboolean
apply_override (JzApplication *application, GError **error)
{
  const JzJson *rules = jz_json_get_member (application->args, "rules");
  g_autoptr (GString) row = g_string_new ("|");
  JzHash basis = { 0 };

  for (guint i = 0; i < jz_json_get_n_items (rules); i++)
    g_string_append_printf (row, "%s|", jz_json_get_text (jz_json_get_item (rules, i)));
  jz_hash_from_hex (jz_application_get_text (application, "basis"), &basis);
  return jz_connection_run (application->tables, error,
                            "INSERT INTO gate_override (hash, entry, case_id, act, rules, basis, "
                            "used_by) VALUES (?, ?, ?, ?, ?, ?, 0)",
                            "hittth", &application->record->hash, application->record->arrival,
                            application->record->entry->case_id,
                            jz_application_get_text (application, "act"), row->str, &basis);
}

const JzAct jz_acts_rulebook[] = {
  {
    .name = "gate.override",
    .version = 1,
    .summary = N_ ("Let one act through that a rule refuses which the head may lift; it is shown "
                   "to the inspectors."),
    .roles = "head",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = override_arguments,
    .complete = jz_complete_basis,
    .check = check_override,
    .apply = apply_override,
  },
  { NULL },
};
