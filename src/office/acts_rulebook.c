/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/error.h"
#include "office/office.h"
#include "office/rulebooks.h"
#include "rules/rules-resources.h"

/* What is in force (design §4): the bureau adopts a rulebook, composed once of the national rules,
 * those of the field and its own; and the head may let one act through that rules of level BLOCK*
 * refuse (rules.md 3). */

#define DEMO_BOOK "demo"
#define DEMO_PATH "/org/juanzong/rules/bureau-demo.xml"

static const JzArgument adopt_arguments[] = {
  { "book", JZ_ARGUMENT_WORD, JZ_OPTIONAL, 0, "BASE|HR|MR|" DEMO_BOOK,
    N_ ("shipped rules of a field; without it `file` names the bureau's own") },
  { "in_force", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("first day on which it is in force") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why it is adopted") },
  { "rulebook", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("the rules, composed to one file by the program") },
  { NULL },
};

static JzRulebook *
compose_file (const char *path, GError **error)
{
  g_autofree char *content = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &content, &length, error))
    return NULL;
  if (length > JZ_MAX_RULEBOOK) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                 _ ("%s is too large for a rulebook."), path);
    return NULL;
  }
  bytes = g_bytes_new_take (g_steal_pointer (&content), length);
  return jz_rulebook_compose_over_shipped (bytes, name, error);
}

static JzRulebook *
compose (const JzJson *args, GError **error)
{
  const char *book = jz_json_get_member_text (args, "book");
  const char *file = jz_json_get_member_text (args, "file");
  g_autoptr (GBytes) bytes = NULL;

  if (file != NULL)
    return compose_file (file, error);
  if (book == NULL) {
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                         _ ("Name a shipped book, or the file of the bureau's own rules."));
    return NULL;
  }
  if (strcmp (book, DEMO_BOOK) != 0)
    return jz_rulebook_load_shipped (book, error);
  bytes = g_resource_lookup_data (jz_rules_get_resource (), DEMO_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  error);
  return bytes != NULL ? jz_rulebook_compose_over_shipped (bytes, "bureau-demo.xml", error) : NULL;
}

static gboolean
prepare_adopt (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  g_autoptr (JzRulebook) rulebook = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JzObject object;

  if (jz_json_get_member (args, "rulebook") != NULL)
    return TRUE;
  rulebook = compose (args, error);
  if (rulebook == NULL)
    return FALSE;
  bytes = jz_rulebook_to_bytes (rulebook);
  if (!jz_objects_put_bytes (objects, bytes, &object, error))
    return FALSE;
  jz_json_remove_member (args, "file");
  jz_json_set_member (args, "rulebook", jz_object_to_json (&object));
  return TRUE;
}

/* The rules of an invented bureau are for invented offices. */
static gboolean
check_demo (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autofree char *demo = NULL;

  if (!jz_tables_get_setting (situation->tables, "store.demo", &demo, error))
    return FALSE;
  if (demo == NULL && strcmp (jz_situation_get_text (situation, "book"), DEMO_BOOK) == 0)
    jz_refuse (refusal, "J-RULEBOOK", _ ("Choose the rules of your field."),
               _ ("These are rules of an invented bureau."));
  return TRUE;
}

/* What is in force already is not changed behind those who rely on it. */
static gboolean
check_day (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gint64 n_adopted = 0;
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (situation->now), today);
  if (!jz_connection_get_number (situation->tables, &n_adopted, error,
                                 "SELECT count (*) FROM rulebook", ""))
    return FALSE;
  if (n_adopted > 0 && strcmp (jz_situation_get_text (situation, "in_force"), today) < 0)
    jz_refuse (refusal, "J-DATE", _ ("Choose today or a later day."),
               _ ("Only the first rulebook can be in force from a day that is over."));
  return TRUE;
}

static gboolean
check_adopt (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  JzObject object;
  g_autoptr (GError) local = NULL;

  if (!check_demo (situation, refusal, error) ||
      (*refusal == NULL && !check_day (situation, refusal, error)))
    return FALSE;
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  if (!jz_object_from_json (jz_json_get_member (situation->args, "rulebook"), &object) ||
      jz_rulebooks_get (situation->objects, &object.hash, &local) == NULL)
    jz_refuse (refusal, "J-RULEBOOK", _ ("Compose it anew from its files."),
               _ ("The rulebook cannot be read: %s"), local != NULL ? local->message : "");
  return TRUE;
}

static gboolean
apply_adopt (JzApplication *application, GError **error)
{
  JzObject object = { 0 };

  if (!jz_object_from_json (jz_json_get_member (application->args, "rulebook"), &object)) {
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                         _ ("An entry that adopts a rulebook does not name it."));
    return FALSE;
  }
  return jz_connection_run (application->tables, error,
                            "INSERT INTO rulebook (arrival, hash, in_force) VALUES (?, ?, ?)",
                            "iht", application->record->arrival, &object.hash,
                            jz_application_get_text (application, "in_force"));
}

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
    .name = "rulebook.adopt",
    .version = 1,
    .summary = N_ ("Adopt a rulebook: cases that are filed from a day on are kept under it."),
    .roles = "head|review_head",
    .proposer_roles = "review_head|section_head|head",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = adopt_arguments,
    .inverse = "rulebook.adopt",
    .prepare = prepare_adopt,
    .check = check_adopt,
    .apply = apply_adopt,
  },
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
