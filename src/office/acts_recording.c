/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/fact_arguments.h"
#include "office/recording_points.h"
#include "office/recording_step.h"
#include "office/recordings.h"

/* Sound and picture that a step owes (rules.md 5, G-63): which file shows it and from
 * when to when, what it shows, and why there is none, or none of a part. */

#define MAX_TIME ((G_GINT64_CONSTANT (1) << 53) - 1)
#define MS_PER_HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)

#define SPAN_ARGUMENTS(source)                                                                     \
  { "began_at", JZ_ARGUMENT_INSTANT, source, 0, NULL, N_ ("when it began") },                      \
  {                                                                                                \
    "ended_at", JZ_ARGUMENT_INSTANT, source, 0, NULL, N_ ("when it ended")                         \
  }

static const JzArgument bind_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORDED_STEP_ARGUMENT,
  { "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("the file of the recording") },
  { "started_at", JZ_ARGUMENT_INSTANT, JZ_OPTIONAL, 0, NULL,
    N_ ("when it starts, by the right time and not by a wrong clock of the device") },
  { "finished_at", JZ_ARGUMENT_INSTANT, JZ_OPTIONAL, 0, NULL, N_ ("when it ends, likewise") },
  { "device", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 80, NULL, N_ ("number of the device") },
  { "person", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("who recorded it") },
  { NULL },
};

static const JzArgument unbind_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORD_ARGUMENT (N_ ("which recording of a step")),
  { JZ_REMOVED, JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why it does not belong there") },
  { NULL },
};

static const JzArgument excuse_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORDED_STEP_ARGUMENT,
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL,
    N_ ("why it was not necessary: what the text records fully") },
  { "suitability", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL,
    N_ ("why it was not suitable at that place") },
  { "timeliness", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL,
    N_ ("why it could not be done in time") },
  { NULL },
};

static const JzArgument declare_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORDED_STEP_ARGUMENT,
  SPAN_ARGUMENTS (JZ_REQUIRED),
  { NULL },
};

static const JzArgument explain_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORDED_STEP_ARGUMENT,
  SPAN_ARGUMENTS (JZ_OPTIONAL),
  { "cause", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "fault|weather|obstruction|other",
    N_ ("what kept it from being recorded") },
  { "text", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 1000, NULL, N_ ("what happened, in words") },
  { NULL },
};

static const JzArgument approve_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "statement", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL,
    N_ ("which of the reasons for a missing recording or a gap") },
  { "approved", JZ_ARGUMENT_BOOLEAN, JZ_REQUIRED, 0, NULL, N_ ("whether it is accepted") },
  { "opinion", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 1000, NULL, N_ ("opinion") },
  { NULL },
};

static const JzArgument shot_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORDED_STEP_ARGUMENT,
  { "shot", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 40, NULL,
    N_ ("what is seen, by its id in the rule on recordings") },
  { "attachment", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("in which file it is seen") },
  { "at", JZ_ARGUMENT_INTEGER, JZ_OPTIONAL, MAX_TIME, NULL,
    N_ ("where in it, in nanoseconds from its beginning") },
  { "text", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL,
    N_ ("where it is not seen: why, or where else it is recorded") },
  { NULL },
};

static void
check_span (const JzSituation *self, const char *from, const char *to, JzRefusal **refusal)
{
  const char *first = jz_situation_get_text (self, from);
  const char *last = jz_situation_get_text (self, to);
  JzInstant start, end;

  if (first[0] == '\0' && last[0] == '\0')
    return;
  if (!jz_instant_parse (first, &start, NULL) || !jz_instant_parse (last, &end, NULL))
    jz_refuse (refusal, "J-DATE", _ ("Give both moments, or neither."),
               _ ("Only one of the two moments is given."));
  else if (start >= end)
    jz_refuse (refusal, "J-DATE", _ ("Compare the two moments."),
               _ ("The end does not come after the beginning."));
}

/* A recording is stored soon after it was made; who stores it later says why (RT-01). */
static gboolean
check_storing (const JzSituation *self,
               const JzRecordedStep *step,
               JzRefusal **refusal,
               GError **error)
{
  int n_hours = step != NULL ? step->rule->n_hours : 0;
  g_autofree char *text = NULL;
  JzInstant stored, finished;

  if (n_hours == 0 || jz_situation_get_text (self, JZ_LATE_REASON)[0] != '\0' ||
      !jz_instant_parse (jz_situation_get_text (self, "finished_at"), &finished, NULL))
    return TRUE;
  if (!jz_connection_get_text (self->tables, &text, error,
                               "SELECT recorded FROM attachment WHERE id = ?", "t",
                               jz_situation_get_text (self, "attachment")))
    return FALSE;
  if (text != NULL && jz_instant_parse (text, &stored, NULL) &&
      stored - finished > n_hours * MS_PER_HOUR)
    jz_refuse (refusal, "J-LATE", _ ("Give the reason why it was stored only then."),
               _ ("The recording was stored more than %d hours after it ended, and no reason is "
                  "given."),
               n_hours);
  return TRUE;
}

static gboolean
check_bind (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (JzRecordingDuties) duties = { NULL };
  const JzRecordedStep *step;
  gboolean is_barred;

  if (!jz_recorded_step_check (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_check_attachment (situation, "attachment", refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_span (situation, "started_at", "finished_at", refusal);
  if (*refusal != NULL)
    return TRUE;
  if (!jz_recording_duties_open (&duties, situation, error))
    return FALSE;
  step = jz_recording_duties_find (&duties, situation);
  is_barred = step != NULL && (step->ban != NULL || step->level == JZ_RECORDING_FORBIDDEN);
  if (is_barred)
    jz_refuse (refusal, "J-RECORDING",
               _ ("Do not record it; the section head can allow it again with a reason."),
               _ ("This step must not be recorded, so no recording is linked to it."));
  return *refusal != NULL || check_storing (situation, step, refusal, error);
}

/* Taken from its step, what is sealed off would be open to everybody. */
static gboolean
check_sealed_record (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *record = jz_situation_get_text (self, "record");
  g_autoptr (JzStated) stated =
    jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);

  if (stated == NULL)
    return FALSE;
  for (guint i = 0; i < jz_stated_get_records (stated)->len && *refusal == NULL; i++) {
    const JzStatedRecord *found = g_ptr_array_index (jz_stated_get_records (stated), i);
    if (strcmp (found->list, JZ_LIST_RECORDING) == 0 && strcmp (found->id, record) == 0 &&
        jz_recording_is_forbidden (stated, jz_stated_record_get_text (found, "attachment")))
      jz_refuse (refusal, "J-SEALED", _ ("An approver or the head decides what becomes of it."),
                 _ ("This recording is sealed off, because the step must not be recorded; it stays "
                    "linked to the step."));
  }
  return TRUE;
}

static gboolean
check_unbind (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *record = jz_situation_get_text (situation, "record");
  gint64 n_files = 0;
  gint64 n_removed = 0;

  if (!jz_check_record (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_connection_get_number (situation->tables, &n_files, error,
                                 "SELECT count (*) FROM fact WHERE case_id = ? AND list = "
                                 "'" JZ_LIST_RECORDING "' AND record = ? AND name = 'attachment'",
                                 "tt", situation->case_id, record) ||
      !jz_connection_get_number (situation->tables, &n_removed, error,
                                 "SELECT count (*) FROM fact WHERE case_id = ? AND list = "
                                 "'" JZ_LIST_RECORDING "' AND record = ? AND name = '" JZ_REMOVED
                                 "'",
                                 "tt", situation->case_id, record))
    return FALSE;
  if (n_files == 0 || n_removed > 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose another one."),
               _ ("No recording is linked to a step by this any more."));
  return *refusal != NULL || check_sealed_record (situation, refusal, error);
}

static void
refuse_excuse (JzRecordingLevel level, JzRefusal **refusal)
{
  if (level == JZ_RECORDING_FULL)
    jz_refuse (refusal, "J-RECORDING",
               _ ("Link a recording, or explain each gap by what kept it from being recorded."),
               _ ("The full course of this step must be recorded; it cannot be left to text."));
  else
    jz_refuse (refusal, "J-RECORDING",
               _ ("Link a recording, or explain what kept it from being recorded."),
               _ ("This step must be recorded; it cannot be left to text."));
}

/* Three short answers, where the rules leave it to who acts. */
static gboolean
check_excuse (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (JzRecordingDuties) duties = { NULL };
  const JzRecordedStep *step;

  if (!jz_recorded_step_check (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!jz_recording_duties_open (&duties, situation, error))
    return FALSE;
  step = jz_recording_duties_find (&duties, situation);
  if (step != NULL && step->level >= JZ_RECORDING_MUST)
    refuse_excuse (step->level, refusal);
  else if (step != NULL && (jz_situation_get_text (situation, "suitability")[0] == '\0' ||
                            jz_situation_get_text (situation, "timeliness")[0] == '\0'))
    jz_refuse (refusal, "J-RECORDING", _ ("Answer all three, a few words each."),
               _ ("Who leaves it to text says why a recording was not necessary, not suitable, and "
                  "could not be made in time."));
  return TRUE;
}

static gboolean
check_declare (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_recorded_step_check (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_span (situation, "began_at", "ended_at", refusal);
  return TRUE;
}

static gboolean
count_statements (const JzSituation *self, gint64 *n_statements, gint64 *n_decided, GError **error)
{
  const char *statement = jz_situation_get_text (self, "statement");
  g_autoptr (JzJson) quoted = jz_json_new_text (statement);
  g_autofree char *value = jz_json_to_canonical (quoted, NULL);

  return jz_connection_get_number (
           self->tables, n_statements, error,
           "SELECT count (*) FROM fact WHERE case_id = ? AND record = ? AND "
           "((list = '" JZ_LIST_RECORDING "' AND name = 'reason') OR (list = "
           "'" JZ_LIST_GAP "' AND name = 'cause'))",
           "tt", self->case_id, statement) &&
         jz_connection_get_number (self->tables, n_decided, error,
                                   "SELECT count (*) FROM fact WHERE case_id = ? AND list = "
                                   "'" JZ_LIST_DECIDED "' AND name = 'statement' AND value = ?",
                                   "tt", self->case_id, value);
}

/* By the head of the section, of what somebody else said. */
static gboolean
check_approve (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *statement = jz_situation_get_text (situation, "statement");
  g_autofree char *maker = NULL;
  gint64 n_statements = 0;
  gint64 n_decided = 0;

  if (!jz_check_facts (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (!count_statements (situation, &n_statements, &n_decided, error) ||
      !jz_situation_find_maker (situation, statement, &maker, error))
    return FALSE;
  if (n_statements == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), statement);
  else if (n_decided > 0)
    jz_refuse (refusal, "J-RECORD", _ ("Let it be explained anew."),
               _ ("This was decided on already."));
  else if (g_strcmp0 (maker, situation->actor) == 0)
    jz_refuse (refusal, "J-SEPARATION", _ ("Let somebody else decide on it."),
               _ ("Nobody approves what he said himself."));
  return *refusal != NULL || jz_check_no_handler (situation, refusal, error);
}

static gboolean
check_shot (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (JzRecordingDuties) duties = { NULL };
  const JzRecordedStep *step;
  const char *shot = jz_situation_get_text (situation, "shot");
  gboolean is_seen = jz_situation_get_text (situation, "attachment")[0] != '\0';

  if (!jz_recorded_step_check (situation, refusal, error) || *refusal != NULL)
    return *refusal != NULL;
  if (is_seen &&
      (!jz_check_attachment (situation, "attachment", refusal, error) || *refusal != NULL))
    return *refusal != NULL;
  if (!jz_recording_duties_open (&duties, situation, error))
    return FALSE;
  step = jz_recording_duties_find (&duties, situation);
  if (step == NULL || step->rule == NULL || !jz_recording_points_has (step->rule, shot))
    jz_refuse (refusal, "J-RECORDING", _ ("Choose what the rule on recordings names."),
               _ ("The rules name no %s that is to be seen of this step."), shot);
  else if (!is_seen && jz_situation_get_text (situation, "text")[0] == '\0')
    jz_refuse (refusal, "J-RECORDING", _ ("Name the file, or say why it is not seen."),
               _ ("It is not said in which file this is seen, nor why it is not."));
  return TRUE;
}

const JzAct jz_acts_recording[] = {
  {
    .name = "recording.bind",
    .version = 1,
    .summary = N_ ("Say which file is the recording of a step, and from when to when it runs."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = bind_arguments,
    .inverse = "recording.unbind",
    .check = check_bind,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_RECORDING,
  },
  {
    .name = "recording.unbind",
    .version = 1,
    .summary = N_ ("Say that a file is not the recording of a step after all."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = unbind_arguments,
    .inverse = "recording.bind",
    .check = check_unbind,
    .apply = jz_apply_facts,
    .facts = "",
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
    .check = check_excuse,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_RECORDING,
  },
  {
    .name = "recording.declare",
    .version = 1,
    .summary = N_ ("Say from when to when a step lasted that is to be recorded."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = declare_arguments,
    .inverse = "recording.declare",
    .check = check_declare,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_DECLARED,
  },
  {
    .name = "recording.explain_gap",
    .version = 1,
    .summary = N_ ("Explain why a part of a step, or all of it, was not recorded."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = explain_arguments,
    .inverse = "recording.bind",
    .check = check_declare,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_GAP,
  },
  {
    .name = "recording.approve",
    .version = 1,
    .summary = N_ ("Decide whether a reason for a missing recording or a gap is accepted."),
    .roles = JZ_RECORDING_DECIDERS,
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = approve_arguments,
    .check = check_approve,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_DECIDED,
  },
  {
    .name = "recording.check_shot",
    .version = 1,
    .summary =
      N_ ("Say where in a recording something is seen that it must show, or why it is not."),
    .roles = "handler|section_head",
    .scope = JZ_SCOPE_CASE,
    .arguments = shot_arguments,
    .inverse = "recording.check_shot",
    .check = check_shot,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = "",
    .list = JZ_LIST_SHOT,
  },
  { NULL },
};
