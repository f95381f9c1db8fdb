/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_duty.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/attachments.h"
#include "office/case_facts-private.h"
#include "office/fact_arguments.h"
#include "office/recording_facts.h"
#include "office/recordings.h"
#include "office/role.h"

/* Which steps of a case are to be recorded, how much of each is, and what is said of the rest
 * (rules.md 5; ). What a step owes stands in the rulebook, see recording_facts.h. */

static void
clear_step (gpointer data)
{
  JzRecordedStep *self = data;

  g_free (self->act);
  g_array_unref (self->recordings);
  g_array_unref (self->covered);
  g_array_unref (self->gaps);
  g_free (self);
}

static gboolean
read_moment (const JzStatedRecord *record, const char *field, JzInstant *moment)
{
  return record != NULL &&
         jz_instant_parse (jz_stated_record_get_text (record, field), moment, NULL);
}

static gboolean
read_span (const JzStatedRecord *record, const char *from, const char *to, JzSpan *span)
{
  return read_moment (record, from, &span->from) && read_moment (record, to, &span->to) &&
         span->from <= span->to;
}

static gboolean
is_of (const JzStatedRecord *record, const char *list, const char *step)
{
  return strcmp (record->list, list) == 0 &&
         strcmp (jz_stated_record_get_text (record, "of"), step) == 0 &&
         jz_stated_record_get (record, JZ_REMOVED) == NULL;
}

static const JzStatedRecord *
find_last_of (const JzStated *stated, const char *list, const char *step)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (is_of (record, list, step))
      return record;
  }
  return NULL;
}

static const JzStatedRecord *
find_file (const JzStated *stated, const char *attachment)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_ATTACHMENT) == 0 && strcmp (record->id, attachment) == 0)
      return record;
  }
  return NULL;
}

static gboolean
read_span_of_file (const JzStatedRecord *file, JzSpan *span)
{
  gint64 duration = file != NULL ? jz_attachment_get_duration (file) : -1;

  if (duration < 0 || !jz_attachment_get_begin (file, &span->from))
    return FALSE;
  span->to = span->from + duration;
  return TRUE;
}

static void
add_recording (JzRecordedStep *self,
               const JzStated *stated,
               const JzStatedRecord *record,
               const char *attachment)
{
  JzStepRecording recording = { record->id, attachment, record, find_file (stated, attachment) };

  recording.has_span = read_span (record, "started_at", "finished_at", &recording.span) ||
                       read_span_of_file (recording.file, &recording.span);
  recording.is_photo = recording.file != NULL &&
                       strcmp (jz_stated_record_get_text (recording.file, "kind"), "photo") == 0;
  g_array_append_val (self->recordings, recording);
}

/**
 * jz_recorded_step_has_file:
 * @self: a step
 * @attachment: id of a file
 *
 * Returns: whether the file shows it
 */
gboolean
jz_recorded_step_has_file (const JzRecordedStep *self, const char *attachment)
{
  for (guint i = 0; i < self->recordings->len; i++)
    if (strcmp (g_array_index (self->recordings, JzStepRecording, i).attachment, attachment) == 0)
      return TRUE;
  return FALSE;
}

/* What shows how somebody would not sign a record is as a rule the recording of what it records. */
static gboolean
is_of_step (const JzRecordedStep *self, const char *of)
{
  return of[0] != '\0' && (strcmp (of, self->id) == 0 ||
                           (strcmp (self->record->list, JZ_LIST_RECORD) == 0 &&
                            strcmp (of, jz_stated_record_get_text (self->record, "act")) == 0));
}

/* What was bound to the step, and the files that were taken in for it. */
static void
find_recordings (JzRecordedStep *self, const JzStated *stated)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *attachment = jz_stated_record_get_text (record, "attachment");
    if (strcmp (record->list, JZ_LIST_RECORDING) == 0 &&
        jz_stated_record_get (record, JZ_REMOVED) == NULL &&
        is_of_step (self, jz_stated_record_get_text (record, "of")) && attachment[0] != '\0' &&
        !jz_recorded_step_has_file (self, attachment))
      add_recording (self, stated, record, attachment);
  }
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_ATTACHMENT) == 0 &&
        is_of_step (self, jz_stated_record_get_text (record, "step")) &&
        !jz_recorded_step_has_file (self, record->id))
      add_recording (self, stated, record, record->id);
  }
}

/**
 * jz_statement_get_state:
 * @stated: what was stated of a case
 * @id: id of what says why there is no recording, or a gap in one
 *
 * Returns: how far it got
 */
JzStatementState
jz_statement_get_state (const JzStated *stated, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const JzJson *approved = jz_stated_record_get (record, "approved");
    if (strcmp (record->list, JZ_LIST_DECIDED) == 0 &&
        strcmp (jz_stated_record_get_text (record, "statement"), id) == 0)
      return approved != NULL && jz_json_get_boolean (approved) ? JZ_STATEMENT_APPROVED
                                                                : JZ_STATEMENT_REFUSED;
  }
  return JZ_STATEMENT_WAITING;
}

/* Says why there is no recording at all; who explains a gap says from when to when it is. */
static gboolean
speaks_of_all (const JzStatedRecord *record, const char *step)
{
  JzSpan span;

  return (is_of (record, JZ_LIST_RECORDING, step) &&
          jz_stated_record_get (record, "attachment") == NULL) ||
         (is_of (record, JZ_LIST_GAP, step) && !read_span (record, "began_at", "ended_at", &span));
}

/* An approved one stands, whatever was said after it. */
static void
find_statement (JzRecordedStep *self, const JzStated *stated)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0 && self->statement_state != JZ_STATEMENT_APPROVED;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzStatementState state;
    if (!speaks_of_all (record, self->id))
      continue;
    state = jz_statement_get_state (stated, record->id);
    if (self->statement != NULL && state != JZ_STATEMENT_APPROVED)
      continue;
    self->statement = record;
    self->statement_state = state;
  }
}

/* The best that is said of a gap by those explanations that hold all of it. */
static void
explain (JzRecordedStep *self, const JzStated *stated, JzStepGap *gap)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzStatementState state;
    JzSpan span;
    if (!is_of (record, JZ_LIST_GAP, self->id) ||
        !read_span (record, "began_at", "ended_at", &span) || span.from > gap->span.from ||
        span.to < gap->span.to)
      continue;
    state = jz_statement_get_state (stated, record->id);
    if (gap->state == JZ_STATEMENT_APPROVED ||
        (gap->state == JZ_STATEMENT_WAITING && state == JZ_STATEMENT_REFUSED))
      continue;
    gap->state = state;
    gap->explanation = record;
  }
}

static void
find_gaps (JzRecordedStep *self, const JzStated *stated)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (JzSpan));
  g_autoptr (GArray) gaps = NULL;

  for (guint i = 0; i < self->recordings->len; i++) {
    const JzStepRecording *recording = &g_array_index (self->recordings, JzStepRecording, i);
    if (recording->has_span && !recording->is_photo)
      g_array_append_val (spans, recording->span);
  }
  g_array_unref (self->covered);
  self->covered = jz_spans_unite (spans);
  if (!self->has_span || self->level != JZ_RECORDING_FULL)
    return;
  gaps = jz_spans_find_gaps (&self->span, spans, (gint64)self->rule->allowed_gap * 1000);
  for (guint i = 0; i < gaps->len; i++) {
    JzStepGap gap = { g_array_index (gaps, JzSpan, i), JZ_STATEMENT_NONE, NULL };
    explain (self, stated, &gap);
    g_array_append_val (self->gaps, gap);
  }
}

static gboolean
are_gaps_explained (const JzRecordedStep *self)
{
  gboolean is = self->has_span;

  for (guint i = 0; is && i < self->gaps->len; i++)
    is = g_array_index (self->gaps, JzStepGap, i).state == JZ_STATEMENT_APPROVED;
  return is;
}

/**
 * jz_recording_get_disposal:
 * @stated: what was stated of a case
 * @attachment: id of a file
 *
 * Returns: (transfer none): what was decided last of a file that must not have been recorded, empty
 *   where nothing was
 */
const char *
jz_recording_get_disposal (const JzStated *stated, const char *attachment)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DISPOSED) == 0 &&
        strcmp (jz_stated_record_get_text (record, "attachment"), attachment) == 0)
      return jz_stated_record_get_text (record, "disposal");
  }
  return "";
}

static void
find_ban (JzRecordedStep *self, const JzStated *stated)
{
  const JzStatedRecord *ban = find_last_of (stated, JZ_LIST_FORBIDDEN, self->id);
  const JzStatedRecord *leave = find_last_of (stated, JZ_LIST_ALLOWED, self->id);

  if (ban != NULL && (leave == NULL || leave->arrival < ban->arrival))
    self->ban = ban;
}

/* A section head's ban does not stand against the rule that wants the full course, also where that
 * was found to apply only afterwards: who may decide it decides in writing. */
static void
weigh_ban (JzRecordedStep *self, JzCaseFacts *facts)
{
  const JzSituation *tried = facts->situation;
  g_autofree char *role = NULL;

  if (self->ban == NULL || self->level != JZ_RECORDING_FULL || facts->error != NULL)
    return;
  if (tried != NULL && self->ban->arrival >= tried->arrival)
    role = g_strdup (tried->role);
  else
    (void)!jz_connection_get_text (tried != NULL ? tried->journal : facts->tables, &role,
                                   &facts->error, "SELECT role FROM entry WHERE arrival = ?", "i",
                                   self->ban->arrival);
  self->is_contradicted = role == NULL || !jz_word_is_in (role, JZ_RECORDING_HEADS);
}

static gboolean
is_excused (const JzRecordedStep *self)
{
  gboolean is_approved = self->statement_state == JZ_STATEMENT_APPROVED;

  switch (self->level) {
  case JZ_RECORDING_CHOOSE:
    return is_approved;
  case JZ_RECORDING_MUST:
    return is_approved && strcmp (self->statement->list, JZ_LIST_GAP) == 0;
  case JZ_RECORDING_FULL:
    return (is_approved && strcmp (self->statement->list, JZ_LIST_GAP) == 0) ||
           are_gaps_explained (self);
  case JZ_RECORDING_FORBIDDEN:
  case JZ_RECORDING_TEXT:
  case JZ_RECORDING_BUREAU:
  default:
    return TRUE;
  }
}

static void
weigh (JzRecordedStep *self, const JzStated *stated)
{
  gboolean is_barred = self->ban != NULL || self->level == JZ_RECORDING_FORBIDDEN;
  gboolean takes_photos = self->rule != NULL && self->rule->takes_photos;

  for (guint i = 0; i < self->recordings->len; i++) {
    const JzStepRecording *recording = &g_array_index (self->recordings, JzStepRecording, i);
    if (is_barred)
      self->is_quarantined = self->is_quarantined ||
                             jz_recording_get_disposal (stated, recording->attachment)[0] == '\0';
    else if (!recording->is_photo || takes_photos)
      self->is_present = TRUE;
  }
  self->is_excused = is_barred ? !self->is_contradicted : is_excused (self);
  self->is_covered = self->level != JZ_RECORDING_FULL || is_barred || are_gaps_explained (self);
}

static JzRecordedStep *
new_step (JzCaseFacts *facts,
          const JzStatedRecord *record,
          const char *act,
          JzRecordingLevel bureau)
{
  JzRecordingDuty duty = jz_recording_facts_ask (facts, record, act, bureau);
  JzRecordedStep *self = g_new0 (JzRecordedStep, 1);

  self->id = record->id;
  self->act = g_strdup (act);
  self->record = record;
  self->rule = duty.rule;
  self->level = duty.level;
  self->recordings = g_array_new (FALSE, FALSE, sizeof (JzStepRecording));
  self->covered = g_array_new (FALSE, FALSE, sizeof (JzSpan));
  self->gaps = g_array_new (FALSE, FALSE, sizeof (JzStepGap));
  self->has_span = read_span (find_last_of (facts->stated, JZ_LIST_DECLARED, self->id) != NULL
                                ? find_last_of (facts->stated, JZ_LIST_DECLARED, self->id)
                                : record,
                              "began_at", "ended_at", &self->span);
  find_recordings (self, facts->stated);
  find_statement (self, facts->stated);
  find_ban (self, facts->stated);
  weigh_ban (self, facts);
  find_gaps (self, facts->stated);
  weigh (self, facts->stated);
  return self;
}

/**
 * jz_recorded_steps_list:
 * @facts: facts of a case; what cannot be looked up is told by jz_case_facts_finish()
 *
 * Returns: (transfer full) (element-type JzRecordedStep): what was done in the case that a rule on
 *   recordings speaks of, in the order in which it was done; the texts in it belong to @facts
 */
GPtrArray *
jz_recorded_steps_list (JzCaseFacts *facts)
{
  const GPtrArray *records = jz_stated_get_records (facts->stated);
  GPtrArray *steps = g_ptr_array_new_with_free_func (clear_step);
  g_autoptr (GHashTable) acts = NULL;
  JzRecordingLevel bureau;

  if (facts->limits.rulebook == NULL)
    return steps;
  acts = jz_recording_facts_list_acts (facts);
  bureau = jz_recording_facts_get_level (facts);
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *act = g_hash_table_lookup (acts, &record->arrival);
    gboolean is_proposal = FALSE;
    const JzAct *made = act != NULL && jz_recording_facts_speak_of (facts, act)
                          ? jz_act_find (act, &is_proposal)
                          : NULL;
    if (made != NULL && !is_proposal && g_strcmp0 (made->list, record->list) == 0)
      g_ptr_array_add (steps, new_step (facts, record, act, bureau));
  }
  return steps;
}

/**
 * jz_recorded_steps_find:
 * @steps: as of jz_recorded_steps_list()
 * @id: id of what was done
 *
 * Returns: (transfer none) (nullable): that step
 */
const JzRecordedStep *
jz_recorded_steps_find (const GPtrArray *steps, const char *id)
{
  for (guint i = 0; i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    if (strcmp (step->id, id) == 0)
      return step;
  }
  return NULL;
}

/**
 * jz_recorded_step_owes:
 * @self: a step
 *
 * Returns: whether something is still to be done about its recordings
 */
gboolean
jz_recorded_step_owes (const JzRecordedStep *self)
{
  return (!self->is_present && !self->is_excused) || (self->is_present && !self->is_covered) ||
         self->is_quarantined;
}

/**
 * jz_span_dup_text:
 * @self: a span
 *
 * Returns: (transfer full): from when to when, in hours, minutes and seconds; with the day where it
 *   ends on another
 */
char *
jz_span_dup_text (const JzSpan *self)
{
  char from[JZ_INSTANT_SIZE];
  char to[JZ_INSTANT_SIZE];
  gsize day = strlen ("2026-03-02");

  jz_instant_format (self->from, from);
  jz_instant_format (self->to, to);
  from[day] = to[day] = ' ';
  if (strncmp (from, to, day) == 0)
    return g_strdup_printf ("%.8s–%.8s", from + day + 1, to + day + 1);
  return g_strdup_printf ("%.19s–%.19s", from, to);
}

/**
 * jz_recorded_step_dup_gaps:
 * @self: a step
 *
 * Returns: (transfer full) (nullable): the gaps that are left unexplained, or what is missing to
 *   know them; %NULL where nothing is left
 */
char *
jz_recorded_step_dup_gaps (const JzRecordedStep *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->is_covered)
    return NULL;
  if (!self->has_span)
    return g_strdup (_ ("it is not said from when to when it lasted"));
  for (guint i = 0; i < self->gaps->len; i++) {
    const JzStepGap *gap = &g_array_index (self->gaps, JzStepGap, i);
    g_autofree char *span = jz_span_dup_text (&gap->span);
    if (gap->state != JZ_STATEMENT_APPROVED)
      g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", span);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
