/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_facts-private.h"
#include "office/situation.h"

/* How far the case has come: hearing, defence, review, extensions, service (rules.md 1.2, 1.3). */

static JzFactState
get_today (JzCaseFacts *self, JzValue **value)
{
  *value = jz_value_new_date (jz_instant_get_date (self->now));
  return JZ_FACT_PRESENT;
}

static JzFactState
get_now (JzCaseFacts *self, JzValue **value)
{
  *value = jz_value_new_instant (self->now);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_of_case (JzCaseFacts *self, const char *column_sql, JzValue **value)
{
  g_autofree char *text = jz_case_facts_dup_text (self, column_sql, self->case_id, "");
  return jz_fact_has_text (value, text);
}

static JzFactState
get_number (JzCaseFacts *self, JzValue **value)
{
  return get_of_case (self, "SELECT number FROM case_file WHERE id = ?1 AND ?2 = '' AND ?3 >= 0",
                      value);
}

static JzFactState
get_title (JzCaseFacts *self, JzValue **value)
{
  return get_of_case (self, "SELECT title FROM case_file WHERE id = ?1 AND ?2 = '' AND ?3 >= 0",
                      value);
}

static JzFactState
get_day_of_case (JzCaseFacts *self, const char *column_sql, JzValue **value)
{
  g_autofree char *text = jz_case_facts_dup_text (self, column_sql, self->case_id, "");
  JzDate date;

  if (text == NULL || !jz_date_parse (text, &date, NULL))
    return JZ_FACT_ABSENT;
  *value = jz_value_new_date (date);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_closed_on (JzCaseFacts *self, JzValue **value)
{
  return get_day_of_case (
    self, "SELECT closed_on FROM case_file WHERE id = ?1 AND ?2 = '' AND ?3 >= 0", value);
}

static JzFactState
get_archived_on (JzCaseFacts *self, JzValue **value)
{
  return get_day_of_case (
    self, "SELECT archived_on FROM case_file WHERE id = ?1 AND ?2 = '' AND ?3 >= 0", value);
}

/* Whatever a case holds is an original: what is derived from it is made anew whenever it is wanted,
 * and kept nowhere (RE-08). */
static JzFactState
is_original_record (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, TRUE);
}

static JzFactState
get_keep_until (JzCaseFacts *self, JzValue **value)
{
  return get_day_of_case (
    self, "SELECT keep_until FROM case_file WHERE id = ?1 AND ?2 = '' AND ?3 >= 0", value);
}

/* A stage is done when all that it must state is there; one that must state nothing is never known
 * to be done. */
static gboolean
is_stage_done (JzCaseFacts *self, const JzStage *stage)
{
  for (guint i = 0; i < stage->facts->len; i++) {
    const JzStageItem *item = g_ptr_array_index (stage->facts, i);
    g_autoptr (JzValue) value = NULL;
    if (item->when != NULL && jz_case_facts_ask (self, item->when) == JZ_TRUTH_FALSE)
      continue;
    if (jz_case_facts_get (self, item->name, &value) != JZ_FACT_PRESENT)
      return FALSE;
  }
  return stage->facts->len > 0;
}

static JzFactState
get_stages (JzCaseFacts *self, JzValue **value)
{
  const GPtrArray *stages = self->limits.rulebook != NULL
                              ? jz_rulebook_get_rules (self->limits.rulebook, JZ_RULE_STAGE)
                              : NULL;

  if (stages == NULL)
    return JZ_FACT_UNKNOWN;
  *value = jz_value_new_list ();
  for (guint i = 0; i < stages->len; i++) {
    const JzStage *stage = g_ptr_array_index (stages, i);
    JzRecord *record;
    if (!is_stage_done (self, stage))
      continue;
    record = jz_record_new ();
    jz_record_set (record, "stage", jz_value_new_text (stage->rule.id));
    jz_record_set (record, "state", jz_value_new_choice ("done"));
    jz_record_set_absent (record, "done_on");
    jz_value_append (*value, record);
  }
  return JZ_FACT_PRESENT;
}

static JzFactState
get_setting (JzCaseFacts *self, const char *name, JzValue **value)
{
  g_autofree char *text = jz_case_facts_dup_text (
    self, "SELECT value FROM setting WHERE name = ?1 AND ?2 = '' AND entry <= ?3", name, "");
  return jz_fact_has_text (value, text);
}

static JzFactState
get_bureau (JzCaseFacts *self, JzValue **value)
{
  return get_setting (self, "bureau.name", value);
}

static gboolean
is_stated (const JzCaseFacts *self, const char *name)
{
  return jz_stated_get (self->stated, name) != NULL;
}

/* Days in the form of the journal compare like texts. */
static gboolean
is_after (const JzCaseFacts *self, const char *name, const char *other)
{
  return is_stated (self, name) && strcmp (jz_stated_get_text (self->stated, name),
                                           jz_stated_get_text (self->stated, other)) >= 0;
}

static JzFactState
defence_is_received (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, is_stated (self, "defence.received_on"));
}

/* Every one of those who took part, and of what is to be decided now. */
static JzFactState
minutes_are_signed (JzCaseFacts *self, JzValue **value)
{
  const JzJson *persons = jz_stated_get (self->stated, "collective.participants");
  gboolean is_signed =
    persons != NULL && jz_stated_get_arrival (self->stated, "collective.participants") >=
                         jz_stated_get_arrival (self->stated, "decision.kinds");

  for (guint i = 0; is_signed && i < jz_json_get_n_items (persons); i++)
    is_signed = g_strcmp0 (jz_json_get_member_text (jz_json_get_item (persons, i), "signature"),
                           "signed") == 0;
  return jz_fact_is (value, is_signed);
}

/* A state that was said (withdrawn, terminated) goes before one that follows from the days. */
static JzFactState
get_hearing_state (JzCaseFacts *self, JzValue **value)
{
  const char *said = jz_stated_get_text (self->stated, "hearing.state");
  const char *state = "none";

  if (is_stated (self, "hearing.requested_on"))
    state = said[0] != '\0' ? said : "requested";
  if (is_after (self, "hearing.closed_on", "hearing.requested_on"))
    state = "held";
  *value = jz_value_new_choice (state);
  return JZ_FACT_PRESENT;
}

/* Certain as soon as one certainly holds. */
static JzFactState
ask_triggers (JzCaseFacts *self, JzTriggerPurpose purpose, JzValue **value)
{
  const GPtrArray *triggers = self->limits.rulebook != NULL
                                ? jz_rulebook_get_rules (self->limits.rulebook, JZ_RULE_TRIGGER)
                                : NULL;
  gboolean is_unknown = FALSE;

  if (triggers == NULL)
    return JZ_FACT_UNKNOWN;
  for (guint i = 0; i < triggers->len; i++) {
    const JzTrigger *trigger = g_ptr_array_index (triggers, i);
    JzTruth truth =
      trigger->purpose == purpose ? jz_case_facts_ask (self, trigger->when) : JZ_TRUTH_FALSE;
    if (truth == JZ_TRUTH_TRUE)
      return jz_fact_is (value, TRUE);
    is_unknown = is_unknown || truth == JZ_TRUTH_UNKNOWN;
  }
  return is_unknown ? JZ_FACT_UNKNOWN : jz_fact_is (value, FALSE);
}

static JzFactState
hearing_is_in_scope (JzCaseFacts *self, JzValue **value)
{
  return ask_triggers (self, JZ_TRIGGER_HEARING, value);
}

static JzFactState
review_is_required (JzCaseFacts *self, JzValue **value)
{
  return ask_triggers (self, JZ_TRIGGER_REVIEW, value);
}

static gint64
count_records (const JzCaseFacts *self, const char *list)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);
  gint64 n = 0;

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    n += strcmp (record->list, list) == 0;
  }
  return n;
}

static JzFactState
get_round (JzCaseFacts *self, JzValue **value)
{
  *value = jz_value_new_int (count_records (self, JZ_LIST_SUBMISSION));
  return JZ_FACT_PRESENT;
}

static gboolean
is_on_basis (const JzCaseFacts *self, const char *list)
{
  const JzStatedRecord *record = jz_stated_find_last (self->stated, list);
  JzHash basis = jz_case_facts_get_basis (self);
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (&basis, hex);
  return record != NULL && strcmp (jz_stated_record_get_text (record, "basis"), hex) == 0;
}

/* Changes that an opinion asks for make a new basis; the reviewer confirms them on that. */
static gboolean
are_changes_confirmed (const JzCaseFacts *self)
{
  const JzStatedRecord *opinion = jz_stated_find_last (self->stated, JZ_LIST_OPINION);
  const JzStatedRecord *confirmation = jz_stated_find_last (self->stated, JZ_LIST_CONFIRMATION);

  return opinion != NULL && confirmation != NULL && confirmation->arrival > opinion->arrival &&
         strcmp (jz_stated_get_text (self->stated, "review.outcome"), "pass_with_changes") == 0 &&
         is_on_basis (self, JZ_LIST_CONFIRMATION);
}

static JzFactState
changes_are_confirmed (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, are_changes_confirmed (self));
}

/* The basis that the last opinion was given on against that of today (design §5). */
static JzFactState
opinion_is_on_basis (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, is_on_basis (self, JZ_LIST_OPINION) || are_changes_confirmed (self));
}

/* Said by the reviewer, of what is to be decided now and nothing else. */
static JzFactState
change_is_clerical (JzCaseFacts *self, JzValue **value)
{
  return jz_fact_is (value, is_on_basis (self, JZ_LIST_RECHECK));
}

/* An opinion that another submission has overtaken is none any more. */
static JzFactState
get_review_outcome (JzCaseFacts *self, JzValue **value)
{
  const JzStatedRecord *opinion = jz_stated_find_last (self->stated, JZ_LIST_OPINION);
  const JzStatedRecord *submission = jz_stated_find_last (self->stated, JZ_LIST_SUBMISSION);
  const char *outcome = jz_stated_get_text (self->stated, "review.outcome");

  if (opinion == NULL || outcome[0] == '\0' ||
      (submission != NULL && submission->arrival > opinion->arrival))
    return JZ_FACT_ABSENT;
  *value = jz_value_new_choice (outcome);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_finds_unclear (JzCaseFacts *self, JzValue **value)
{
  const JzJson *stated = jz_stated_get (self->stated, "review.finds_facts_unclear");
  return jz_fact_is (value, stated != NULL && jz_json_get_boolean (stated));
}

/* The extension that is tried counts among those that are there. */
static JzFactState
get_extension_ordinal (JzCaseFacts *self, JzValue **value)
{
  *value = jz_value_new_int (count_records (self, "procedure.extensions"));
  return JZ_FACT_PRESENT;
}

static const JzJson *
get_extension_field (const JzCaseFacts *self, const char *field)
{
  const JzStatedRecord *extension = jz_stated_find_last (self->stated, "procedure.extensions");
  return extension != NULL ? jz_stated_record_get (extension, field) : NULL;
}

static JzFactState
get_extension_day (JzCaseFacts *self, JzValue **value)
{
  const JzJson *json = get_extension_field (self, "approved_on");
  JzDate date;

  if (json == NULL || !jz_date_parse (jz_json_get_text (json), &date, NULL))
    return JZ_FACT_ABSENT;
  *value = jz_value_new_date (date);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_extension_approver (JzCaseFacts *self, JzValue **value)
{
  const JzJson *json = get_extension_field (self, "approved_by");

  if (json == NULL)
    return JZ_FACT_ABSENT;
  *value = jz_value_new_choice (jz_json_get_text (json));
  return JZ_FACT_PRESENT;
}

static const JzExpression *
get_start (const JzLimit *limit)
{
  const JzLimitStart *start = limit->starts->len > 0 ? g_ptr_array_index (limit->starts, 0) : NULL;
  return start != NULL ? start->at : NULL;
}

/* A limit and its extensions are limits of their own that begin and end with the same event. */
static gboolean
is_of_same_course (const JzLimit *a, const JzLimit *b)
{
  return a->ends != NULL && b->ends != NULL && jz_expression_equal (a->ends, b->ends) &&
         get_start (a) != NULL && get_start (b) != NULL &&
         jz_expression_equal (get_start (a), get_start (b));
}

/* The latest day of those limits that ran before the extension that is tried. */
static JzFactState
find_running_end (const JzLimitFacts *before, const JzLimit *extended, JzDate *end)
{
  JzFacts facts = jz_limit_facts_get_facts (before);
  const GPtrArray *limits = jz_rulebook_get_rules (before->rulebook, JZ_RULE_LIMIT);
  JzFactState found = JZ_FACT_ABSENT;

  for (guint i = 0; i < limits->len; i++) {
    const JzLimit *limit = g_ptr_array_index (limits, i);
    JzDate due;
    JzFactState state = is_of_same_course (limit, extended)
                          ? facts.get_limit_due (facts.data, limit->rule.id, &due)
                          : JZ_FACT_ABSENT;
    if (state == JZ_FACT_UNKNOWN)
      return state;
    if (state == JZ_FACT_PRESENT && (found == JZ_FACT_ABSENT || jz_date_compare (due, *end) > 0)) {
      found = JZ_FACT_PRESENT;
      *end = due;
    }
  }
  return found;
}

static JzFactState
get_running_end (JzCaseFacts *self, JzValue **value)
{
  const JzJson *id = get_extension_field (self, "limit");
  const JzLimit *limit = id != NULL && self->limits.rulebook != NULL
                           ? jz_rulebook_find_limit (self->limits.rulebook, jz_json_get_text (id))
                           : NULL;
  g_autoptr (JzCaseFacts) before = NULL;
  JzFactState state;
  JzDate due;

  if (limit == NULL || self->error != NULL)
    return JZ_FACT_UNKNOWN;
  before = jz_case_facts_new (self->tables, self->limits.rulebook, self->limits.calendar,
                              self->case_id, self->until, self->now, &self->error);
  if (before == NULL)
    return JZ_FACT_UNKNOWN;
  state = find_running_end (&before->limits, limit, &due);
  if (state == JZ_FACT_PRESENT)
    *value = jz_value_new_date (due);
  return state;
}

const JzComputedFact jz_facts_of_course[] = {
  { "archive.is_original_record", is_original_record },
  { "archive.keep_until", get_keep_until },
  { "bureau.name", get_bureau },
  { "case.archived_on", get_archived_on },
  { "case.closed_on", get_closed_on },
  { "case.number", get_number },
  { "case.title", get_title },
  { "collective.is_signed", minutes_are_signed },
  { "defence.is_received", defence_is_received },
  { "extension.approved_by", get_extension_approver },
  { "extension.approved_on", get_extension_day },
  { "extension.ordinal", get_extension_ordinal },
  { "extension.running_end", get_running_end },
  { "hearing.is_in_scope", hearing_is_in_scope },
  { "hearing.state", get_hearing_state },
  { "now.date", get_today },
  { "now.instant", get_now },
  { "procedure.stages", get_stages },
  { "review.changes_confirmed", changes_are_confirmed },
  { "review.finds_facts_unclear", get_finds_unclear },
  { "review.is_on_current_basis", opinion_is_on_basis },
  { "review.is_only_clerical_change", change_is_clerical },
  { "review.is_required", review_is_required },
  { "review.outcome", get_review_outcome },
  { "review.round", get_round },
  { NULL },
};
