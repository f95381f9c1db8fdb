/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/expression.h"
#include "office/act_words.h"
#include "office/attachments.h"
#include "office/case_facts-private.h"
#include "office/fact_arguments.h"
#include "office/recording_duty.h"
#include "office/recordings.h"

/* The recordings of a case as the list of all recordings shows them (ux.md §2, 音像记录): which
 * step each shows, with what and when it was taken, and whether it came in time (R-18, R-20, R-21,
 * */

#define MS_PER_HOUR (G_GINT64_CONSTANT (60) * 60 * 1000)
/* What meets the limit in which a recording is stored (RT-01). */
#define STORED_FACT "recording.stored_at"

typedef struct {
  const JzCaseView *view;
  const GPtrArray *steps; /* (nullable): JzRecordedStep */
  const JzLimit *limit;   /* (nullable): in which a recording is stored */
  GPtrArray *rows;
  GError **error;
} Listing;

/* An attachment, and what is said of it. */
typedef struct {
  const char *id;
  const char *recorded;
  const JzStatedRecord *file;    /* (nullable) */
  const JzStatedRecord *still;   /* (nullable): that it was taken from a recording */
  const JzStatedRecord *binding; /* (nullable): the first that ties it to a step */
  const JzRecordedStep *step;    /* (nullable): the first that a rule speaks of */
  const char *first_step;        /* (nullable): id of the first that it shows */
} File;

/**
 * jz_recording_row_free:
 * @self: (transfer full): a row
 */
void
jz_recording_row_free (JzRecordingRow *self)
{
  g_free (self->file);
  g_free (self->step);
  g_free (self->go);
  g_free (self->name);
  g_free (self->label);
  g_free (self->device);
  g_free (self->model);
  g_free (self->state);
  g_free (self);
}

static const JzStatedRecord *
find_record (const Listing *self, const char *list, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->id, id) == 0 && (list == NULL || strcmp (record->list, list) == 0))
      return record;
  }
  return NULL;
}

/* What the person said in the entry. */
static gboolean
read_argument (const Listing *self, gint64 arrival, const char *name, char **text)
{
  return jz_connection_get_text (
    self->view->reader, text, self->error,
    "SELECT text ->> ('$.args.' || ?2) FROM payload WHERE entry = ?1 AND text ->> ('$.args.' || "
    "?2) IS NOT NULL",
    "it", arrival, name);
}

static const char *
get_text (const JzStatedRecord *record, const char *field)
{
  return record != NULL ? jz_stated_record_get_text (record, field) : "";
}

static const char *
get_kind_label (const char *kind)
{
  const JzFactDefinition *list =
    jz_fact_vocabulary_find (jz_office_get_facts (), JZ_LIST_ATTACHMENT);

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    if (strcmp (field->name, "kind") == 0 && kind[0] != '\0')
      return jz_fact_definition_get_label (field, kind, jz_language_get_current ());
  }
  return "";
}

static gboolean
is_recording_kind (const char *kind)
{
  static const char *const kinds[] = { "photo", "video", "audio", NULL };

  return g_strv_contains (kinds, kind);
}

static void
add_part (GString *text, const char *part, const char *between)
{
  if (part[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, between);
  g_string_append (text, part);
}

/* What was done in a step. */
static gboolean
add_step (const Listing *self, File *file, const char *step, GString *labels)
{
  const JzRecordedStep *known =
    self->steps != NULL ? jz_recorded_steps_find (self->steps, step) : NULL;
  const JzStatedRecord *record = find_record (self, NULL, step);
  g_autofree char *act = NULL;

  if (file->first_step == NULL)
    file->first_step = step;
  if (file->step == NULL)
    file->step = known;
  if (known == NULL && record != NULL &&
      !jz_connection_get_text (self->view->reader, &act, self->error,
                               "SELECT act FROM entry WHERE arrival = ?", "i", record->arrival))
    return FALSE;
  if (known != NULL || act != NULL)
    add_part (labels, jz_act_get_label (known != NULL ? known->act : act), _ (", "));
  return TRUE;
}

/* Which steps it shows, as it was tied to them or was taken in for one. */
static gboolean
find_steps (const Listing *self, File *file, GString *labels)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);
  const char *own = get_text (file->file, "step");

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_RECORDING) != 0 ||
        strcmp (jz_stated_record_get_text (record, "attachment"), file->id) != 0 ||
        jz_stated_record_get (record, JZ_REMOVED) != NULL)
      continue;
    if (file->binding == NULL)
      file->binding = record;
    if (strcmp (jz_stated_record_get_text (record, "of"), own) != 0 &&
        !add_step (self, file, jz_stated_record_get_text (record, "of"), labels))
      return FALSE;
  }
  return own[0] == '\0' || add_step (self, file, own, labels);
}

static gboolean
get_moment (const JzStatedRecord *record, const char *field, JzInstant *moment)
{
  return record != NULL &&
         jz_instant_parse (jz_stated_record_get_text (record, field), moment, NULL);
}

/* From when to when, as the person said who tied it to the step, else as is known of the file. */
static gboolean
read_span (const File *file, JzSpan *span, gboolean *has_begun)
{
  gint64 duration = file->file != NULL ? jz_attachment_get_duration (file->file) : -1;

  *has_begun = TRUE;
  if (get_moment (file->binding, "started_at", &span->from) &&
      get_moment (file->binding, "finished_at", &span->to))
    return span->from <= span->to;
  *has_begun = file->file != NULL && jz_attachment_get_begin (file->file, &span->from);
  span->to = span->from + duration;
  return *has_begun && duration >= 0;
}

/* The limit that is met by storing a recording. */
static const JzLimit *
find_limit (const JzRulebook *rulebook)
{
  const GPtrArray *rules =
    rulebook != NULL ? jz_rulebook_get_rules (rulebook, JZ_RULE_LIMIT) : NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++) {
    const JzLimit *limit = g_ptr_array_index (rules, i);
    if (limit->kind == JZ_LIMIT_INSTANT && limit->ends != NULL &&
        strstr (jz_expression_get_text (limit->ends), STORED_FACT) != NULL)
      return limit;
  }
  return NULL;
}

/* By when a recording is stored that ended at a moment: in the hours that the rule of its step
 * says, else as the limit says (RT-01). */
static gboolean
find_due (const Listing *self,
          const JzRecordedStep *step,
          JzInstant end,
          JzInstant *due,
          gboolean *has_due)
{
  const JzLimitFacts *limits;
  g_autoptr (JzLimitAnswer) answer = NULL;

  *has_due = step != NULL && step->rule != NULL && step->rule->n_hours > 0;
  if (*has_due)
    *due = end + step->rule->n_hours * MS_PER_HOUR;
  if (*has_due || (step != NULL && step->rule != NULL) || self->limit == NULL)
    return TRUE;
  limits = jz_case_facts_get_limits (self->view->facts);
  answer = jz_limit_compute (self->limit,
                             &(JzLimitRequest){ .rulebook = limits->rulebook,
                                                .calendar = limits->calendar,
                                                .facts = jz_limit_facts_get_facts (limits),
                                                .from_instant = &end,
                                                .assumes = TRUE },
                             self->error);
  if (answer == NULL)
    return FALSE;
  *has_due = answer->state == JZ_FACT_PRESENT;
  if (*has_due)
    *due = answer->count->due_instant;
  return TRUE;
}

/* Why it came late, where somebody said it when it was tied to its step, or taken in. */
static gboolean
find_late_reason (const Listing *self, const File *file, gint64 arrival, char **reason)
{
  *reason = NULL;
  if (file->binding != NULL &&
      !read_argument (self, file->binding->arrival, JZ_LATE_REASON, reason))
    return FALSE;
  return *reason != NULL || read_argument (self, arrival, JZ_LATE_REASON, reason);
}

static gboolean
add_lateness (const Listing *self,
              const File *file,
              JzInstant end,
              JzRecordingRow *row,
              GString *state)
{
  g_autofree char *reason = NULL;
  g_autofree char *text = NULL;
  long long n_hours;
  JzInstant stored = 0;
  JzInstant due = 0;
  gboolean has_due = FALSE;

  if (!jz_instant_parse (file->recorded, &stored, NULL))
    return TRUE;
  if (!find_due (self, file->step, end, &due, &has_due))
    return FALSE;
  if (!has_due || stored <= due)
    return TRUE;
  if (!find_late_reason (self, file, row->key / 256, &reason))
    return FALSE;
  n_hours = (stored - end) / MS_PER_HOUR;
  row->flags |= JZ_RECORDING_IN (JZ_RECORDING_VIEW_LATE);
  if (reason != NULL)
    /* Translators: %2$s is the reason that somebody gave. */
    text = g_strdup_printf (_ ("stored %1$lld hours after it ended (%2$s)"), n_hours, reason);
  else
    text = g_strdup_printf (_ ("stored %lld hours after it ended, no reason given"), n_hours);
  add_part (state, text, _ ("; "));
  return TRUE;
}

/* What others have made was never to be stored by an officer. */
static gboolean
is_of_others (const File *file)
{
  static const char *const origins[] = { "network", "party", "scan", NULL };

  return file->first_step == NULL && g_strv_contains (origins, get_text (file->file, "origin"));
}

static gboolean
is_sealed (const Listing *self, const char *id)
{
  return self->steps != NULL ? jz_recording_is_sealed (self->steps, self->view->stated, id)
                             : jz_recording_is_forbidden (self->view->stated, id);
}

/* How it stands with it; what nothing is to be said of is in order. */
static gboolean
describe_state (const Listing *self, const File *file, JzRecordingRow *row)
{
  g_autoptr (GString) state = g_string_new (NULL);
  gboolean has_begun = FALSE;
  JzSpan span = { 0, 0 };
  gboolean has_span = read_span (file, &span, &has_begun);

  if (has_begun)
    jz_instant_format (span.from, row->began);
  row->duration_ms = has_span ? span.to - span.from
                              : (file->file != NULL ? jz_attachment_get_duration (file->file) : -1);
  if (is_sealed (self, file->id)) {
    row->flags |= JZ_RECORDING_SEALED;
    add_part (state, _ ("sealed off"), _ ("; "));
  }
  if (file->first_step == NULL && file->still == NULL) {
    row->flags |= JZ_RECORDING_IN (JZ_RECORDING_VIEW_UNASSIGNED);
    add_part (state, _ ("shows no step yet"), _ ("; "));
  }
  if (has_span && file->still == NULL && !is_of_others (file) &&
      !add_lateness (self, file, span.to, row, state))
    return FALSE;
  if (file->still != NULL)
    add_part (state, _ ("taken from a recording"), _ ("; "));
  row->state = g_strdup (state->len > 0 ? state->str : _ ("in order"));
  return TRUE;
}

/* What must not be seen leads to where it is decided on. */
static char *
dup_go (const Listing *self, const File *file, guint flags)
{
  if ((flags & JZ_RECORDING_SEALED) != 0)
    return g_strdup_printf ("cases/%s/recordings/%s", self->view->case_id,
                            file->first_step != NULL ? file->first_step : "");
  return g_strdup_printf ("cases/%s/evidence/%s", self->view->case_id, file->id);
}

/* The number of a bound device goes before what the file says of it. */
static void
name_device (const File *file, JzRecordingRow *row)
{
  const char *number = get_text (file->binding, "device");
  const char *said = get_text (file->file, "device");

  row->device = g_strdup (number[0] != '\0' ? number : said);
  row->model = g_strdup (strcmp (row->device, said) != 0 ? said : "");
}

/* A name that somebody has given since says nothing of the device's numbers. */
static gboolean
read_serial (const Listing *self, const char *name, JzRecordingRow *row)
{
  g_autofree char *own = NULL;

  if (!read_argument (self, row->key / 256, "name", &own))
    return FALSE;
  row->serial = jz_recording_serial_read (own != NULL ? own : name);
  return TRUE;
}

static gboolean
add_file (const Listing *self, JzStatement *attachment)
{
  File file = { .id = jz_statement_get_text (attachment, 1),
                .recorded = jz_statement_get_text (attachment, 3) };
  g_autoptr (JzRecordingRow) row = g_new0 (JzRecordingRow, 1);
  g_autoptr (GString) steps = g_string_new (NULL);
  g_autoptr (GString) label = g_string_new (NULL);
  const char *kind;

  file.file = find_record (self, JZ_LIST_ATTACHMENT, file.id);
  file.still = find_record (self, JZ_LIST_STILL, file.id);
  kind = get_text (file.file, "kind");
  if (!find_steps (self, &file, steps))
    return FALSE;
  if (file.binding == NULL && !is_recording_kind (kind))
    return TRUE;
  row->key = jz_statement_get_integer (attachment, 0);
  row->file = g_strdup (file.id);
  row->step = g_strdup (file.first_step != NULL ? file.first_step : "");
  row->name = g_strdup (jz_statement_get_text (attachment, 2));
  row->flags = JZ_RECORDING_IN (JZ_RECORDING_VIEW_ALL);
  g_strlcpy (row->stored, file.recorded, sizeof row->stored);
  add_part (label, get_kind_label (kind), " · ");
  add_part (label, steps->str, " · ");
  row->label = g_string_free (g_steal_pointer (&label), FALSE);
  name_device (&file, row);
  if (!read_serial (self, row->name, row) || !describe_state (self, &file, row))
    return FALSE;
  row->go = dup_go (self, &file, row->flags);
  g_ptr_array_add (self->rows, g_steal_pointer (&row));
  return TRUE;
}

static gboolean
add_files (const Listing *self)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->view->reader, self->error,
    "SELECT key, id, name, recorded FROM attachment WHERE case_id = ? ORDER BY key", "t",
    self->view->case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, self->error)) {
    if (!has_row)
      return TRUE;
    if (!add_file (self, rows))
      return FALSE;
  }
  return FALSE;
}

/**
 * jz_recording_row_collect:
 * @view: a case
 * @is_over: whether it is archived, so that nobody can do anything about what is missing
 * @rows: (element-type JzRecordingRow): gets its recordings, and the steps that owe one
 * @error: return location
 *
 * Returns: whether they could be read
 */
gboolean
jz_recording_row_collect (const JzCaseView *view, gboolean is_over, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) steps = view->facts != NULL ? jz_recorded_steps_list (view->facts) : NULL;
  const Listing self = { view, steps, view->facts != NULL ? find_limit (view->rulebook) : NULL,
                         rows, error };

  if (view->facts != NULL && !jz_case_facts_finish (view->facts, error))
    return FALSE;
  return add_files (&self) &&
         (steps == NULL || is_over || jz_recording_row_collect_owed (view, steps, rows, error));
}
