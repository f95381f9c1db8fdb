/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/review_view.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/calendars.h"
#include "office/fact_arguments.h"
#include "office/role.h"
#include "office/rulebooks.h"
#include "office/situation.h"
#include "rules/limit.h"

/* A case as the reviewers see it: how far its review has come, who does it, until when. A round
 * begins with a submission; what was judged before that does not count in it. */

static const struct {
  const char *name;
  const char *word;
} states[] = {
  [JZ_REVIEW_NONE] = { "none", N_ ("Not submitted") },
  [JZ_REVIEW_UNASSIGNED] = { "unassigned", N_ ("To assign") },
  [JZ_REVIEW_WAITING] = { "waiting", N_ ("To review") },
  [JZ_REVIEW_RUNNING] = { "running", N_ ("In review") },
  [JZ_REVIEW_SUPPLEMENT] = { "supplement", N_ ("Waiting for materials") },
  [JZ_REVIEW_DONE] = { "done", N_ ("Reviewed") },
};

/**
 * jz_review_state_get_name:
 * @state: a state
 *
 * Returns: its name for programs
 */
const char *
jz_review_state_get_name (JzReviewState state)
{
  return states[state].name;
}

/**
 * jz_review_state_word:
 * @state: a state
 *
 * Returns: what it is called in the user's language
 */
const char *
jz_review_state_word (JzReviewState state)
{
  return _ (states[state].word);
}

static gboolean
load_calendar (JzReviewView *self, GError **error)
{
  JzMaybeHash hash = { 0 };

  if (!jz_tables_find_calendar (self->reader, jz_instant_get_date (self->now), G_MAXINT64, &hash,
                                error))
    return FALSE;
  self->calendar = hash.is_present ? jz_calendars_get (self->objects, &hash.hash, error)
                                   : jz_calendars_get_empty ();
  return self->calendar != NULL;
}

static gboolean
load_rulebook (JzReviewView *self, GError **error)
{
  JzMaybeHash hash = { 0 };

  if (!jz_tables_find_rulebook (self->reader, self->case_id, jz_instant_get_date (self->now), &hash,
                                error))
    return FALSE;
  if (!hash.is_present)
    return TRUE;
  self->rulebook = jz_rulebooks_get (self->objects, &hash.hash, error);
  if (self->rulebook == NULL)
    return FALSE;
  self->facts = jz_case_facts_new (self->reader, self->rulebook, self->calendar, self->case_id,
                                   G_MAXINT64, self->now, error);
  return self->facts != NULL;
}

/**
 * jz_review_view_load:
 * @self: with reader, objects, case and time
 * @error: return location
 *
 * Loads the rest; free it with jz_review_view_clear() also where it fails.
 *
 * Returns: whether it could be read
 */
gboolean
jz_review_view_load (JzReviewView *self, GError **error)
{
  self->stated = jz_stated_load (self->reader, self->case_id, G_MAXINT64, error);
  return self->stated != NULL && load_calendar (self, error) && load_rulebook (self, error);
}

/**
 * jz_review_view_clear:
 * @self: a view
 *
 * Frees what was loaded.
 */
void
jz_review_view_clear (JzReviewView *self)
{
  g_clear_pointer (&self->facts, jz_case_facts_free);
  g_clear_pointer (&self->stated, jz_stated_free);
}

/**
 * jz_review_view_get_submission:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the submission that began the present round
 */
const JzStatedRecord *
jz_review_view_get_submission (const JzReviewView *self)
{
  return jz_stated_find_last (self->stated, JZ_LIST_SUBMISSION);
}

/**
 * jz_review_view_get_opinion:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): the opinion that ended the present round
 */
const JzStatedRecord *
jz_review_view_get_opinion (const JzReviewView *self)
{
  const JzStatedRecord *submission = jz_review_view_get_submission (self);
  const JzStatedRecord *opinion = jz_stated_find_last (self->stated, JZ_LIST_OPINION);

  return submission != NULL && opinion != NULL && opinion->arrival > submission->arrival ? opinion
                                                                                         : NULL;
}

/**
 * jz_review_view_find_judgement:
 * @self: a view
 * @point: (nullable): a point; %NULL for any
 * @item: an item under it; the empty text for the point as a whole
 *
 * Returns: (transfer none) (nullable): the last judgement of it in this round
 */
const JzStatedRecord *
jz_review_view_find_judgement (const JzReviewView *self, const char *point, const char *item)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);
  const JzStatedRecord *submission = jz_review_view_get_submission (self);

  for (guint i = records->len; submission != NULL && i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (record->arrival < submission->arrival)
      break;
    if (strcmp (record->list, JZ_LIST_JUDGEMENT) == 0 &&
        (point == NULL || (strcmp (jz_stated_record_get_text (record, "point"), point) == 0 &&
                           strcmp (jz_stated_record_get_text (record, "item"), item) == 0 &&
                           jz_stated_record_get_text (record, "element")[0] == '\0')))
      return record;
  }
  return NULL;
}

/* Asked for after the submission, and not complete since. */
static gboolean
is_waiting_for_materials (const JzReviewView *self, const JzStatedRecord *submission)
{
  gint64 asked = jz_stated_get_arrival (self->stated, "review.materials_asked_on");

  return asked > submission->arrival &&
         asked > jz_stated_get_arrival (self->stated, "review.materials_complete_on");
}

/**
 * jz_review_view_get_state:
 * @self: a view
 * @state: (out): how far the review has come
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_review_view_get_state (const JzReviewView *self, JzReviewState *state, GError **error)
{
  const JzStatedRecord *submission = jz_review_view_get_submission (self);
  gint64 n_reviewers = 0;

  if (!jz_connection_get_number (self->reader, &n_reviewers, error,
                                 "SELECT count (*) FROM case_duty WHERE case_id = ? AND duty = "
                                 "'reviewer' AND ended = 0",
                                 "t", self->case_id))
    return FALSE;
  if (submission == NULL)
    *state = JZ_REVIEW_NONE;
  else if (jz_review_view_get_opinion (self) != NULL)
    *state = JZ_REVIEW_DONE;
  else if (n_reviewers == 0)
    *state = JZ_REVIEW_UNASSIGNED;
  else if (is_waiting_for_materials (self, submission))
    *state = JZ_REVIEW_SUPPLEMENT;
  else
    *state = jz_review_view_find_judgement (self, NULL, "") != NULL ? JZ_REVIEW_RUNNING
                                                                    : JZ_REVIEW_WAITING;
  return TRUE;
}

/* The limit that ends with the fact, as the rules of the case have it; the earliest of several. */
static gboolean
find_due (const JzReviewView *self, const char *fact, JzDate *due, GError **error)
{
  const GPtrArray *limits = jz_rulebook_get_rules (self->rulebook, JZ_RULE_LIMIT);
  g_autofree char *ends = g_strdup_printf ("exists %s", fact);
  gboolean is_found = FALSE;
  const JzLimitRequest request = {
    .rulebook = self->rulebook,
    .calendar = self->calendar,
    .facts = jz_limit_facts_get_facts (jz_case_facts_get_limits (self->facts)),
  };

  for (guint i = 0; i < limits->len; i++) {
    const JzLimit *limit = g_ptr_array_index (limits, i);
    g_autoptr (JzLimitAnswer) answer = NULL;
    if (limit->ends == NULL || strcmp (jz_expression_get_text (limit->ends), ends) != 0)
      continue;
    answer = jz_limit_compute (limit, &request, error);
    if (answer == NULL)
      return FALSE;
    if (answer->state == JZ_FACT_PRESENT &&
        (!is_found || jz_date_compare (answer->due, *due) < 0)) {
      *due = answer->due;
      is_found = TRUE;
    }
  }
  if (!is_found)
    due->year = 0;
  return TRUE;
}

/* Working days until the day, that one counted; negative where it is over. */
static int
count_days_left (const JzReviewView *self, JzDate due)
{
  JzDate today = jz_instant_get_date (self->now);
  gboolean is_over = jz_date_compare (due, today) < 0;
  JzDate last = is_over ? today : due;
  int n_days = 0;

  for (JzDate day = jz_date_add_days (is_over ? due : today, 1); jz_date_compare (day, last) <= 0;
       day = jz_date_add_days (day, 1))
    n_days += jz_calendar_is_working_day (self->calendar, day, NULL);
  return is_over ? -n_days : n_days;
}

static gboolean
add_due (const JzReviewView *self, JzReviewState state, JzJson *json, GError **error)
{
  JzDate due = { 0 };
  char text[JZ_DATE_SIZE];

  if (self->facts == NULL || state == JZ_REVIEW_NONE || state == JZ_REVIEW_DONE)
    return TRUE;
  if (!find_due (
        self, state == JZ_REVIEW_SUPPLEMENT ? "review.materials_complete_on" : "review.opinion_on",
        &due, error))
    return FALSE;
  if (due.year == 0)
    return TRUE;
  jz_date_format (due, text);
  jz_json_set_text (json, "due", text);
  jz_json_set_integer (json, "days_left", count_days_left (self, due));
  return TRUE;
}

static gboolean
add_persons (const JzReviewView *self,
             const char *duty,
             const char *name,
             JzJson *json,
             GError **error)
{
  JzJson *list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->reader, error,
    "SELECT person, name FROM case_duty JOIN person ON person.id = case_duty.person WHERE case_id "
    "= ? AND duty = ? AND ended = 0 ORDER BY since, person",
    "tt", self->case_id, duty);

  jz_json_set_member (json, name, list);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *person;
    if (!has_row)
      return TRUE;
    person = jz_json_new_object ();
    jz_json_set_text (person, "id", jz_statement_get_text (rows, 0));
    jz_json_set_text (person, "name", jz_statement_get_text (rows, 1));
    jz_json_append (list, person);
  }
  return FALSE;
}

static gboolean
add_case (const JzReviewView *self, JzJson *json, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    self->reader, error, "SELECT number, title, party, stage FROM case_file WHERE id = ?", "t",
    self->case_id);
  static const char *const names[] = { "number", "title", "party", "stage" };

  jz_json_set_text (json, "case", self->case_id);
  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  for (int i = 0; has_row && i < (int)G_N_ELEMENTS (names); i++)
    jz_json_set_text (json, names[i], jz_statement_get_text (row, i));
  return TRUE;
}

static int
count_rounds (const JzReviewView *self)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);
  int n_rounds = 0;

  for (guint i = 0; i < records->len; i++)
    n_rounds += strcmp (((const JzStatedRecord *)g_ptr_array_index (records, i))->list,
                        JZ_LIST_SUBMISSION) == 0;
  return n_rounds;
}

/* (nullable): the label of the outcome in the user's language */
static const char *
get_outcome_label (const char *outcome)
{
  const JzFactDefinition *definition =
    jz_fact_vocabulary_find (jz_office_get_facts (), "review.outcome");

  return jz_fact_definition_get_label (definition, outcome, jz_language_get_current ());
}

static void
add_opinion (const JzReviewView *self, JzJson *json)
{
  const JzStatedRecord *opinion = jz_review_view_get_opinion (self);
  const char *outcome = jz_stated_get_text (self->stated, "review.outcome");

  if (opinion == NULL)
    return;
  jz_json_set_text (json, "outcome", outcome);
  jz_json_set_text (json, "outcome_word", get_outcome_label (outcome));
  jz_json_set_text (json, "opinion_on", jz_stated_get_text (self->stated, "review.opinion_on"));
  jz_json_set_text (json, "opinion", jz_stated_record_get_text (opinion, "text"));
}

/**
 * jz_review_view_add_head:
 * @self: a view
 * @json: gets `case`, `number`, `title`, `party`, `stage`, `state`, `round`, `submitted_on`,
 *   `handlers` and `reviewers` (each `id`, `name`), `due` and `days_left` (working days, negative
 *   when over) where a limit runs, and of an opinion `outcome`, `outcome_word`, `opinion_on` and
 *   `opinion`
 * @error: return location
 *
 * What stands above a review and in its row (ux.md 7).
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_review_view_add_head (const JzReviewView *self, JzJson *json, GError **error)
{
  JzReviewState state;

  if (!jz_review_view_get_state (self, &state, error) || !add_case (self, json, error) ||
      !add_persons (self, "handler", "handlers", json, error) ||
      !add_persons (self, "reviewer", "reviewers", json, error) ||
      !add_due (self, state, json, error))
    return FALSE;
  jz_json_set_text (json, "state", jz_review_state_get_name (state));
  jz_json_set_integer (json, "round", count_rounds (self));
  jz_json_set_text (json, "submitted_on", jz_stated_get_text (self->stated, "review.submitted_on"));
  add_opinion (self, json);
  return self->facts == NULL || jz_case_facts_finish (self->facts, error);
}
