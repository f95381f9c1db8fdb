/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/destruction.h"
#include "office/prepare.h"
#include "office/rulebooks.h"
#include "office/situation.h"
#include "rules/gate.h"

/* Destroying an archived case after its time of keeping (R-27; design §1): payloads, salts, rows
 * and objects that nothing else uses go; the entries stay in the chain, and a residue says what
 * there was. */

static const JzArgument destroy_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("the appraisal that allows it") },
  { "entries", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 60, NULL,
    N_ ("ids of the entries that lose their payload") },
  { "number", JZ_ARGUMENT_TEXT, JZ_PREPARED, 80, NULL, N_ ("case number") },
  { "documents", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 80, NULL,
    N_ ("document numbers that the case used") },
  { "class", JZ_ARGUMENT_TEXT, JZ_PREPARED, 60, NULL, N_ ("class of the archive rules") },
  { "figures", JZ_ARGUMENT_FIGURES, JZ_PREPARED, 0, NULL, N_ ("figures for statistics") },
  { NULL },
};

/* To destroy is to delete what is archived. */
#define DELETE "archive.delete"

static const char *
get_deleting_act (const JzSituation *situation)
{
  return DELETE;
}

/* Whether the rules that the case is kept under ask about the time of keeping themselves (G-64). */
static gboolean
find_whether_gated (const JzSituation *situation, gboolean *is_gated, GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzRulebook *rulebook;
  const GPtrArray *gates;

  *is_gated = FALSE;
  if (!jz_situation_find_rulebook (situation, &hash, error))
    return FALSE;
  if (!hash.is_present || situation->objects == NULL)
    return TRUE;
  rulebook = jz_rulebooks_get (situation->objects, &hash.hash, error);
  if (rulebook == NULL)
    return FALSE;
  gates = jz_rulebook_get_rules (rulebook, JZ_RULE_GATE);
  for (guint i = 0; i < gates->len && !*is_gated; i++)
    *is_gated = jz_gate_stands_before (g_ptr_array_index (gates, i), DELETE);
  return TRUE;
}

static gboolean
check_destroy (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gboolean has_row = FALSE;
  const char *name = NULL;
  gboolean is_gated = FALSE;
  char today[JZ_DATE_SIZE];
  g_autoptr (JzStatement) row = NULL;

  if (!jz_situation_need_stage (situation, "archived", refusal, error) ||
      !find_whether_gated (situation, &is_gated, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  row =
    jz_connection_query (situation->tables, error, "SELECT keep_until FROM case_file WHERE id = ?",
                         "t", situation->case_id);
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  jz_date_format (jz_instant_get_date (situation->now), today);
  if (jz_statement_get_text (row, 0)[0] == '\0')
    jz_refuse (refusal, "J-KEEP", NULL, _ ("This case is kept for ever and cannot be destroyed."));
  else if (!is_gated && strcmp (jz_statement_get_text (row, 0), today) >= 0)
    jz_refuse (refusal, "J-KEEP", _ ("Wait until the time of keeping is over."),
               _ ("This case must be kept until %s."), jz_statement_get_text (row, 0));
  if (*refusal != NULL)
    return TRUE;
  if (!jz_destruction_find_difference (situation, &name, error))
    return FALSE;
  if (name != NULL)
    jz_refuse (refusal, "J-KEEP", _ ("Let it be proposed anew."),
               _ ("What the argument %s says of this case is not what the store holds of it."),
               name);
  return TRUE;
}

const JzAct jz_acts_destruction[] = {
  {
    .name = "case.destroy",
    .version = 1,
    .summary = N_ ("Destroy an archived case after its time of keeping; a residue stays."),
    .roles = "head",
    .proposer_roles = "archivist",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS,
    .arguments = destroy_arguments,
    .prepare = jz_prepare_destruction,
    .check = check_destroy,
    .apply = jz_apply_destruction,
    .get_also_asked = get_deleting_act,
  },
  { NULL },
};
