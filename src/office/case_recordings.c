/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/case_recordings.h"

#include <string.h>

#include "office/act_choices.h"
#include "office/act_words.h"
#include "office/attachments.h"
#include "office/case_facts-private.h"
#include "office/fact_arguments.h"
#include "office/file_access.h"
#include "office/recording_points.h"
#include "office/recording_words.h"
#include "office/recordings.h"

/* The recordings of a case as people look at them (ux.md §4, 音像): step by step what is owed and
 * what is there, each gap, what is said of it and how far that got, and who has seen what. */

/* A clock that is wrong by more seconds than this is told (RE-07). */
#define MAX_CLOCK_OFF 60
#define MS_PER_HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)

typedef struct {
  const JzCaseView *view;
  GPtrArray *steps;
  const char *person;
  GHashTable *seen; /* ids of the files that the person has opened */
  GError **error;
} Listing;

static const char *
get_level_label (JzRecordingLevel level)
{
  const JzFactDefinition *list = jz_fact_vocabulary_find (jz_office_get_facts (), "recording.owed");
  const char *word = jz_recording_level_get_word (level);

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    if (strcmp (field->name, "level") == 0)
      return jz_fact_definition_get_label (field, word, jz_language_get_current ());
  }
  return word;
}

static const char *
get_word_label (const char *act, const char *argument, const char *word)
{
  gboolean is_proposal = FALSE;
  const JzAct *found = jz_act_find (act, &is_proposal);

  for (const JzArgument *at = found->arguments; at->name != NULL; at++)
    if (strcmp (at->name, argument) == 0)
      return jz_argument_get_word_label (at, word);
  return word;
}

/* Who said it, and when. */
static gboolean
add_maker (const Listing *self, const JzStatedRecord *record, JzJson *json)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    self->view->reader, self->error,
    "SELECT coalesce (person.name, ''), entry.time, entry.actor FROM entry LEFT JOIN person ON "
    "person.id = entry.actor WHERE arrival = ?",
    "i", record->arrival);

  if (row == NULL || !jz_statement_step (row, &has_row, self->error))
    return FALSE;
  if (has_row) {
    jz_json_set_text (json, "by", jz_statement_get_text (row, 0));
    jz_json_set_text (json, "time", jz_statement_get_text (row, 1));
    jz_json_set_text (json, "actor", jz_statement_get_text (row, 2));
  }
  return TRUE;
}

static void
set_moment (JzJson *json, const char *name, JzInstant moment)
{
  char text[JZ_INSTANT_SIZE];

  jz_instant_format (moment, text);
  jz_json_set_text (json, name, text);
}

static const char *
get_state_word (JzStatementState state)
{
  static const char *const words[] = {
    [JZ_STATEMENT_NONE] = "none",
    [JZ_STATEMENT_WAITING] = "waiting",
    [JZ_STATEMENT_REFUSED] = "refused",
    [JZ_STATEMENT_APPROVED] = "approved",
  };
  return words[state];
}

/* What was said, in the words in which it was. */
static JzJson *
describe_statement (const Listing *self, const JzStatedRecord *record, JzStatementState state)
{
  static const char *const texts[] = { "reason", "suitability", "timeliness", "text" };
  const char *cause = jz_stated_record_get_text (record, "cause");
  g_autoptr (JzJson) json = jz_json_new_object ();

  jz_json_set_text (json, "id", record->id);
  jz_json_set_text (json, "state", get_state_word (state));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (jz_stated_record_get_text (record, texts[i])[0] != '\0')
      jz_json_set_text (json, texts[i], jz_stated_record_get_text (record, texts[i]));
  if (cause[0] != '\0')
    jz_json_set_text (json, "cause", get_word_label ("recording.explain_gap", "cause", cause));
  return add_maker (self, record, json) ? g_steal_pointer (&json) : NULL;
}

static JzJson *
describe_gap (const Listing *self, const JzStepGap *gap)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  g_autofree char *text = jz_span_dup_text (&gap->span);

  set_moment (json, "from", gap->span.from);
  set_moment (json, "to", gap->span.to);
  jz_json_set_text (json, "text", text);
  jz_json_set_integer (json, "seconds", (gap->span.to - gap->span.from) / 1000);
  jz_json_set_text (json, "state", get_state_word (gap->state));
  if (gap->explanation != NULL) {
    JzJson *explanation = describe_statement (self, gap->explanation, gap->state);
    if (explanation == NULL)
      return NULL;
    jz_json_set_member (json, "explanation", explanation);
  }
  return g_steal_pointer (&json);
}

static JzJson *
list_gaps (const Listing *self, const JzRecordedStep *step)
{
  g_autoptr (JzJson) list = jz_json_new_array ();

  for (guint i = 0; i < step->gaps->len; i++) {
    JzJson *gap = describe_gap (self, &g_array_index (step->gaps, JzStepGap, i));
    if (gap == NULL)
      return NULL;
    jz_json_append (list, gap);
  }
  return g_steal_pointer (&list);
}

static void
add_segment (JzJson *bar, gint64 at, gint64 until, const char *kind)
{
  JzJson *segment;

  if (until <= at)
    return;
  segment = jz_json_new_object ();
  jz_json_set_integer (segment, "at", at);
  jz_json_set_integer (segment, "length", until - at);
  jz_json_set_text (segment, "kind", kind);
  jz_json_append (bar, segment);
}

/* The step from its beginning to its end, in milliseconds: what is no gap is covered. */
static JzJson *
draw_bar (const JzRecordedStep *step)
{
  JzJson *bar = jz_json_new_array ();
  JzInstant at = step->span.from;

  for (guint i = 0; i < step->gaps->len; i++) {
    const JzStepGap *gap = &g_array_index (step->gaps, JzStepGap, i);
    add_segment (bar, at - step->span.from, gap->span.from - step->span.from, "covered");
    add_segment (bar, gap->span.from - step->span.from, gap->span.to - step->span.from,
                 gap->state == JZ_STATEMENT_APPROVED  ? "explained"
                 : gap->state == JZ_STATEMENT_WAITING ? "waiting"
                                                      : "gap");
    at = gap->span.to;
  }
  add_segment (bar, at - step->span.from, step->span.to - step->span.from, "covered");
  return bar;
}

/* The reason that stands in the entry that tied a late file to the step. */
static char *
dup_late_reason (const Listing *self, const JzStatedRecord *record)
{
  g_autofree char *text = NULL;
  g_autoptr (JzJson) payload = NULL;
  const JzJson *args;

  if (!jz_connection_get_text (self->view->reader, &text, NULL,
                               "SELECT text FROM payload WHERE entry = ?", "i", record->arrival) ||
      text == NULL)
    return NULL;
  payload = jz_json_parse (text, strlen (text), NULL);
  args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;
  return args != NULL ? g_strdup (jz_json_get_member_text (args, JZ_LATE_REASON)) : NULL;
}

static void
add_lateness (const Listing *self,
              const JzRecordedStep *step,
              const JzStepRecording *recording,
              const char *stored,
              JzJson *json)
{
  JzInstant moment;
  gint64 late = 0;
  g_autofree char *reason = NULL;

  if (!recording->has_span || !jz_instant_parse (stored, &moment, NULL))
    return;
  late = moment - recording->span.to;
  if (late <= step->rule->n_hours * MS_PER_HOUR)
    return;
  reason = dup_late_reason (self, recording->record);
  jz_json_set_integer (json, "late_hours", late / MS_PER_HOUR);
  if (reason != NULL)
    jz_json_set_text (json, "late_reason", reason);
}

static void
add_times (const JzStepRecording *recording, JzJson *json)
{
  g_autofree char *text = NULL;
  gint64 off = 0;

  if (recording->file != NULL && jz_attachment_get_clock_off (recording->file, &off) &&
      ABS (off) > MAX_CLOCK_OFF)
    jz_json_set_integer (json, "clock_off", off);
  if (!recording->has_span)
    return;
  text = jz_span_dup_text (&recording->span);
  set_moment (json, "from", recording->span.from);
  set_moment (json, "to", recording->span.to);
  jz_json_set_text (json, "span", text);
}

static const char *
get_device (const JzStepRecording *recording)
{
  const char *device = jz_stated_record_get_text (recording->record, "device");

  return device[0] == '\0' && recording->file != NULL
           ? jz_stated_record_get_text (recording->file, "device")
           : device;
}

static gboolean
add_access (const Listing *self, const char *attachment, JzJson *json)
{
  const JzCaseView *view = self->view;
  const JzFileAccess access = { view->reader, view->stated, self->steps, view->today };
  g_autoptr (JzRefusal) refusal = NULL;
  JzSecrecyMark mark;

  jz_json_set_boolean (json, "sealed",
                       jz_recording_is_sealed (self->steps, view->stated, attachment));
  if (jz_secrecy_find (view->stated, attachment, view->today, &mark))
    jz_json_set_member (json, "secrecy", jz_secrecy_mark_to_json (&mark));
  if (!jz_file_access_check_view (&access, attachment, self->person, &refusal, self->error))
    return FALSE;
  if (refusal != NULL)
    jz_json_set_text (json, "locked", jz_refusal_get_sentence (refusal));
  return TRUE;
}

static JzJson *
describe_recording (const Listing *self,
                    const JzRecordedStep *step,
                    const JzStepRecording *recording)
{
  gboolean has_row = FALSE;
  g_autoptr (JzJson) json = jz_json_new_object ();
  g_autoptr (JzStatement) row = jz_connection_query (
    self->view->reader, self->error,
    "SELECT attachment.name, attachment.recorded, coalesce (person.name, '') FROM attachment LEFT "
    "JOIN person ON person.id = CASE WHEN ?2 <> '' THEN ?2 ELSE added_by END WHERE attachment.id = "
    "?1",
    "tt", recording->attachment, jz_stated_record_get_text (recording->record, "person"));

  if (row == NULL || !jz_statement_step (row, &has_row, self->error))
    return NULL;
  jz_json_set_text (json, "id", recording->id);
  jz_json_set_text (json, "attachment", recording->attachment);
  jz_json_set_text (json, "name", has_row ? jz_statement_get_text (row, 0) : "");
  jz_json_set_text (json, "by", has_row ? jz_statement_get_text (row, 2) : "");
  jz_json_set_text (json, "device", get_device (recording));
  jz_json_set_boolean (json, "photo", recording->is_photo);
  jz_json_set_boolean (json, "linked", strcmp (recording->record->list, JZ_LIST_RECORDING) == 0);
  jz_json_set_boolean (json, "seen", g_hash_table_contains (self->seen, recording->attachment));
  add_times (recording, json);
  if (has_row && step->rule != NULL)
    add_lateness (self, step, recording, jz_statement_get_text (row, 1), json);
  return add_access (self, recording->attachment, json) ? g_steal_pointer (&json) : NULL;
}

static JzJson *
list_recordings (const Listing *self, const JzRecordedStep *step)
{
  g_autoptr (JzJson) list = jz_json_new_array ();

  for (guint i = 0; i < step->recordings->len; i++) {
    JzJson *json =
      describe_recording (self, step, &g_array_index (step->recordings, JzStepRecording, i));
    if (json == NULL)
      return NULL;
    jz_json_append (list, json);
  }
  return g_steal_pointer (&list);
}

static const char *
get_state (const JzRecordedStep *step)
{
  if (step->is_contradicted)
    return "contradicted";
  if (step->ban != NULL || step->level == JZ_RECORDING_FORBIDDEN)
    return step->is_quarantined ? "quarantined" : "forbidden";
  if (step->is_present)
    return step->is_covered ? "bound" : "gaps";
  if (step->level == JZ_RECORDING_TEXT)
    return "text";
  if (step->is_excused)
    return "excused";
  return step->statement_state == JZ_STATEMENT_NONE ? "none"
                                                    : get_state_word (step->statement_state);
}

static gboolean
add_ban (const Listing *self, const JzRecordedStep *step, JzJson *json)
{
  JzJson *ban;

  if (step->ban == NULL)
    return TRUE;
  ban = jz_json_new_object ();
  jz_json_set_member (json, "ban", ban);
  jz_json_set_text (
    ban, "ground",
    get_word_label ("recording.forbid", "ground", jz_stated_record_get_text (step->ban, "ground")));
  jz_json_set_text (ban, "reason", jz_stated_record_get_text (step->ban, "reason"));
  return add_maker (self, step->ban, ban);
}

static void
add_rule (const JzCaseView *view, const JzRecordedStep *step, JzJson *json)
{
  g_autofree char *basis = NULL;

  if (step->rule == NULL)
    return;
  basis = jz_rulebook_dup_basis (view->rulebook, &step->rule->rule, jz_language_get_current ());
  jz_json_set_text (json, "rule", step->rule->rule.id);
  jz_json_set_text (json, "name", jz_text_get (&step->rule->rule.name, jz_language_get_current ()));
  jz_json_set_text (json, "basis", basis);
  jz_json_set_member (json, "words", jz_recording_words_list (step->rule));
}

static gboolean
take (JzJson *json, const char *name, JzJson *part)
{
  if (part != NULL)
    jz_json_set_member (json, name, part);
  return part != NULL;
}

static JzJson *
describe_step (const Listing *self, const JzRecordedStep *step)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  g_autofree char *span = step->has_span ? jz_span_dup_text (&step->span) : NULL;

  jz_json_set_text (json, "of", step->id);
  jz_json_set_text (json, "act", step->act);
  jz_json_set_text (json, "label", jz_act_get_label (step->act));
  jz_json_set_text (json, "level", jz_recording_level_get_word (step->level));
  jz_json_set_text (json, "level_label", get_level_label (step->level));
  jz_json_set_text (json, "state", get_state (step));
  jz_json_set_boolean (json, "owes", jz_recorded_step_owes (step));
  add_rule (self->view, step, json);
  if (span != NULL) {
    jz_json_set_text (json, "span", span);
    set_moment (json, "from", step->span.from);
    set_moment (json, "to", step->span.to);
    jz_json_set_member (json, "bar", draw_bar (step));
  }
  if (step->statement != NULL &&
      !take (json, "statement", describe_statement (self, step->statement, step->statement_state)))
    return NULL;
  jz_json_set_member (json, "shots", jz_recorded_step_list_points (step, self->view->stated));
  return add_maker (self, step->record, json) && add_ban (self, step, json) &&
             take (json, "recordings", list_recordings (self, step)) &&
             take (json, "gaps", list_gaps (self, step))
           ? g_steal_pointer (&json)
           : NULL;
}

static gboolean
find_seen (Listing *self, const char *person)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->view->reader, self->error,
    "SELECT DISTINCT value FROM fact JOIN entry ON entry.arrival = fact.arrival WHERE fact.case_id "
    "= ? AND list = '" JZ_LIST_VIEW "' AND name = 'attachment' AND entry.actor = ?",
    "tt", self->view->case_id, person);

  while (rows != NULL && jz_statement_step (rows, &has_row, self->error)) {
    const char *text = has_row ? jz_statement_get_text (rows, 0) : "";
    g_autoptr (JzJson) value = NULL;
    if (!has_row)
      return TRUE;
    value = jz_json_parse (text, strlen (text), NULL);
    if (value != NULL)
      g_hash_table_add (self->seen, g_strdup (jz_json_get_text (value)));
  }
  return FALSE;
}

/* A step of which text is enough is shown only where somebody recorded it all the same. */
static gboolean
is_shown (const JzRecordedStep *step)
{
  return step->level != JZ_RECORDING_TEXT || step->recordings->len > 0 || step->ban != NULL;
}

/**
 * jz_case_recordings_list:
 * @view: a case
 * @person: who looks at it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the steps that are recorded, in the order in which they were
 *   done: `of` (id), `act`, `label`, `time`, `by`; `rule`, `name` and `basis` of the rule and its
 *   `words` as of jz_recording_words_list(); `level` and `level_label`; `state` (none, waiting,
 * refused, excused, bound, gaps, forbidden, quarantined, contradicted, text); `owes`; where it is
 * said from when to when it lasted `from`, `to`, `span` and `bar` (`at`, `length` in milliseconds,
 * `kind`: covered, gap, waiting, explained); `recordings`, `gaps`, `shots` as of
 * jz_recorded_step_list_points(), `statement` and `ban`
 */
JzJson *
jz_case_recordings_list (const JzCaseView *view, const char *person, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_autoptr (GPtrArray) steps = view->facts != NULL ? jz_recorded_steps_list (view->facts) : NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Listing listing = { view, steps, person, seen, error };

  if (steps == NULL)
    return g_steal_pointer (&list);
  if (!jz_case_facts_finish (view->facts, error) || !find_seen (&listing, person))
    return NULL;
  for (guint i = 0; i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    JzJson *json = is_shown (step) ? describe_step (&listing, step) : NULL;
    if (json == NULL && is_shown (step))
      return NULL;
    if (json != NULL)
      jz_json_append (list, json);
  }
  return g_steal_pointer (&list);
}

static const JzStepGap *
find_open_gap (const JzRecordedStep *step)
{
  for (guint i = 0; i < step->gaps->len; i++) {
    const JzStepGap *gap = &g_array_index (step->gaps, JzStepGap, i);
    if (gap->state != JZ_STATEMENT_APPROVED)
      return gap;
  }
  return NULL;
}

/**
 * jz_case_recordings_dup_place:
 * @view: a case
 *
 * Returns: (transfer full): the place of the window where the first step is that owes something,
 *   and on it the first gap that nobody explained (ux.md §1.2)
 */
char *
jz_case_recordings_dup_place (const JzCaseView *view)
{
  g_autoptr (GPtrArray) steps = view->facts != NULL ? jz_recorded_steps_list (view->facts) : NULL;

  for (guint i = 0; steps != NULL && i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    const JzStepGap *gap = find_open_gap (step);
    char from[JZ_INSTANT_SIZE];
    if (!jz_recorded_step_owes (step))
      continue;
    if (gap == NULL)
      return g_strdup_printf ("cases/%s/recordings/%s", view->case_id, step->id);
    jz_instant_format (gap->span.from, from);
    return g_strdup_printf ("cases/%s/recordings/%s/%s", view->case_id, step->id, from);
  }
  return g_strdup_printf ("cases/%s/recordings", view->case_id);
}

/**
 * jz_case_recordings_list_statements:
 * @view: a case
 * @choices: gets the reasons that nobody has decided on
 */
void
jz_case_recordings_list_statements (const JzCaseView *view, JzJson *choices)
{
  const GPtrArray *records = jz_stated_get_records (view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    const char *text = jz_stated_record_get_text (record, "reason");
    gboolean is_excuse = strcmp (record->list, JZ_LIST_RECORDING) == 0 && text[0] != '\0';
    if ((!is_excuse && strcmp (record->list, JZ_LIST_GAP) != 0) ||
        jz_statement_get_state (view->stated, record->id) != JZ_STATEMENT_WAITING)
      continue;
    jz_json_append (
      choices, jz_choice_new (record->id,
                              is_excuse ? text : jz_stated_record_get_text (record, "text"), NULL));
  }
}

/**
 * jz_case_recordings_list_shots:
 * @view: a case
 * @choices: gets what the recordings of its steps must show
 */
void
jz_case_recordings_list_shots (const JzCaseView *view, JzJson *choices)
{
  g_autoptr (GPtrArray) steps = view->facts != NULL ? jz_recorded_steps_list (view->facts) : NULL;
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; steps != NULL && i < steps->len; i++) {
    const JzRecordedStep *step = g_ptr_array_index (steps, i);
    g_autoptr (GPtrArray) points =
      step->rule != NULL ? jz_recording_points_list (step->rule) : NULL;
    for (guint j = 0; points != NULL && j < points->len; j++) {
      const JzRecordingPoint *point = g_ptr_array_index (points, j);
      if (g_hash_table_add (told, g_strdup (point->id)))
        jz_json_append (choices, jz_choice_new (point->id, point->name, NULL));
    }
  }
}
