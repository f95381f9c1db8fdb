/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/fact_arguments.h"
#include "office/recording_step.h"
#include "office/role.h"

/* Steps that must not be recorded: who says so, who takes it back, and what becomes of a
 * recording that is there all the same. */

static const JzArgument forbid_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORDED_STEP_ARGUMENT,
  { "ground", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "state_secret|business_secret|privacy|unfit",
    N_ ("why it must not be recorded") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("the reason in words") },
  { NULL },
};

static const JzArgument allow_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORDED_STEP_ARGUMENT,
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("why it may be recorded after all") },
  { NULL },
};

static const JzArgument dispose_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which file of the case") },
  { "disposal", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "seal|hand_over|release",
    N_ ("what becomes of it") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("the reason in words") },
  { NULL },
};

/* Where the rules want the full course, a head decides in writing that there may be none. */
static gboolean
check_forbid (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (JzRecordingDuties) duties = { NULL };
  const JzRecordedStep *step;

  if (!jz_recorded_step_check (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_recording_duties_open (&duties, situation, error))
    return FALSE;
  step = jz_recording_duties_find (&duties, situation);
  if (step != NULL && step->level == JZ_RECORDING_FULL &&
      !jz_word_is_in (situation->role, JZ_RECORDING_HEADS))
    jz_refuse (refusal, "J-RECORDING", _ ("Let an approver or the head decide it."),
               _ ("The full course of this step must be recorded; only an approver or the head "
                  "decides that it must not be."));
  return TRUE;
}

static gboolean
is_forbidden (const JzStated *stated, const char *step)
{
  gboolean is = FALSE;

  for (guint i = 0; i < jz_stated_get_records (stated)->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (jz_stated_get_records (stated), i);
    if (strcmp (jz_stated_record_get_text (record, "of"), step) != 0)
      continue;
    if (strcmp (record->list, JZ_LIST_FORBIDDEN) == 0)
      is = TRUE;
    else if (strcmp (record->list, JZ_LIST_ALLOWED) == 0)
      is = FALSE;
  }
  return is;
}

/* Allowing it opens what is there, so that who decides on that decides it. */
static gboolean
check_allow (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (JzRecordingDuties) duties = { NULL };
  g_autoptr (JzStated) stated = NULL;
  const JzRecordedStep *step;

  if (!jz_recorded_step_check (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  stated = jz_stated_load (situation->tables, situation->case_id, situation->arrival - 1, error);
  if (stated == NULL || !jz_recording_duties_open (&duties, situation, error))
    return FALSE;
  step = jz_recording_duties_find (&duties, situation);
  if (!is_forbidden (stated, jz_situation_get_text (situation, "of")))
    jz_refuse (refusal, "J-RECORDING", _ ("Link the recording; nothing stands in the way."),
               _ ("Nobody has forbidden that this step be recorded."));
  else if (step != NULL && step->recordings->len > 0 &&
           !jz_word_is_in (situation->role, JZ_RECORDING_HEADS))
    jz_refuse (refusal, "J-RECORDING", _ ("Let an approver or the head decide it."),
               _ ("There are recordings of this step that are sealed off; only an approver or the "
                  "head decides what becomes of them."));
  return TRUE;
}

static gboolean
shows_barred_step (const GPtrArray *steps, const char *file)
{
  for (guint i = 0; steps != NULL && i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    if ((step->ban != NULL || step->level == JZ_RECORDING_FORBIDDEN) &&
        jz_recorded_step_has_file (step, file))
      return TRUE;
  }
  return FALSE;
}

/* Of what is sealed off, and of nothing else, by somebody who did not make it. */
static gboolean
check_dispose (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (JzRecordingDuties) duties = { NULL };

  if (!jz_check_facts (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_check_attachment (situation, "attachment", refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_recording_duties_open (&duties, situation, error))
    return FALSE;
  if (!shows_barred_step (duties.steps, jz_situation_get_text (situation, "attachment")))
    jz_refuse (refusal, "J-RECORDING",
               _ ("Choose a recording of a step that must not be recorded."),
               _ ("This file is not sealed off, so there is nothing to decide of it."));
  return *refusal != NULL || jz_check_no_handler (situation, refusal, error);
}

const JzAct jz_acts_recording_ban[] = {
  {
    .name = "recording.forbid",
    .version = 1,
    .summary = N_ ("Decide that a step must not be recorded."),
    .roles = "handler|" JZ_RECORDING_DECIDERS,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = forbid_arguments,
    .inverse = "recording.allow",
    .check = check_forbid,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_FORBIDDEN,
  },
  {
    .name = "recording.allow",
    .version = 1,
    .summary = N_ ("Take back that a step must not be recorded."),
    .roles = JZ_RECORDING_DECIDERS,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = allow_arguments,
    .inverse = "recording.forbid",
    .check = check_allow,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_ALLOWED,
  },
  {
    .name = "recording.dispose",
    .version = 1,
    .summary = N_ ("Decide what becomes of a recording that must not have been made."),
    .roles = JZ_RECORDING_HEADS,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = dispose_arguments,
    .inverse = "recording.dispose",
    .check = check_dispose,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_DISPOSED,
  },
  { NULL },
};
