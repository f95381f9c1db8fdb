/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/stated.h"

/* Sound and picture that a step owes (rules.md 5, G-63): which file shows it, or why
 * there is none. */

#define OF_ARGUMENT                                                                                \
  {                                                                                                \
    "of", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL,                                                    \
      N_ ("the field act, preservation, hearing or service that it shows")                         \
  }

static const JzArgument bind_arguments[] = {
  JZ_CASE_ARGUMENT,
  OF_ARGUMENT,
  { "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("the file of the recording") },
  { NULL },
};

static const JzArgument excuse_arguments[] = {
  JZ_CASE_ARGUMENT,
  OF_ARGUMENT,
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why there is no recording") },
  { NULL },
};

static gboolean
check_step (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *of = jz_situation_get_text (situation, "of");
  gint64 n_rows = 0;

  if (!jz_check_facts (situation, refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_rows, error,
                                 "SELECT count (*) FROM fact WHERE case_id = ? AND record = ? AND "
                                 "list IN ('" JZ_LIST_FIELD "', '" JZ_LIST_PRESERVATION
                                 "', '" JZ_LIST_HEARING "', '" JZ_LIST_SERVICE "')",
                                 "tt", situation->case_id, of))
    return FALSE;
  if (*refusal == NULL && n_rows == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), of);
  return TRUE;
}

static gboolean
check_bind (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *attachment = jz_situation_get_text (situation, "attachment");
  gint64 n_rows = 0;

  if (!check_step (situation, refusal, error) ||
      !jz_connection_get_number (situation->tables, &n_rows, error,
                                 "SELECT count (*) FROM attachment WHERE case_id = ? AND id = ?",
                                 "tt", situation->case_id, attachment))
    return FALSE;
  if (*refusal == NULL && n_rows == 0)
    jz_refuse (refusal, "J-ATTACHMENT", _ ("Choose an attachment of this case."),
               _ ("There is no attachment %s in this case."), attachment);
  return TRUE;
}

const JzAct jz_acts_recording[] = {
  {
    .name = "recording.bind",
    .version = 1,
    .summary = N_ ("Say which file is the recording of a step."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = bind_arguments,
    .inverse = "recording.excuse",
    .check = check_bind,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "recording.finished_at recording.stored_at",
    .list = JZ_LIST_RECORDING,
  },
  {
    .name = "recording.excuse",
    .version = 1,
    .summary = N_ ("Say why a step has no recording although it owes one."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = excuse_arguments,
    .inverse = "recording.bind",
    .check = check_step,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_RECORDING,
  },
  { NULL },
};
