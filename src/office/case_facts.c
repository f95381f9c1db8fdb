/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "office/calendars.h"
#include "office/case_facts-private.h"
#include "office/fact_arguments.h"
#include "office/situation.h"

/* The office answers the facts of a case: what acts have stated, what follows from it (one function
 * for each such fact, in the files case_facts_*.c), and what nobody's saying nothing means. */

/* What only an act of this program can bring about has not happened as long as no act has said so.
 * Days, moments and texts are absent then, too; everything else that nobody stated is unknown, and
 * an unknown fact opens no gate. */
static const struct {
  const char *name;
  const char *otherwise;
} closed[] = {
  { "act.is_emergency", "false" },
  { "case.is_filed_elsewhere", "false" },
  { "coercion.kind", NULL },
  { "conduct.is_continuing", "false" },
  { "decision.fine", NULL },
  { "decision.confiscated", NULL },
  { "decision.is_sealed", "false" },
  { "decision.remedy", "\"none\"" },
  { "defence.is_waived", "false" },
  { "discretion.deviation_approved", "false" },
  { "discretion.is_mitigation_documented", "false" },
  { "discretion.newer_is_lighter", "false" },
  { "evidence.is_by_device", "false" },
  { "evidence.is_device_reviewed", "false" },
  { "hearing.is_waived", "false" },
  { "notice.basis_changed", "false" },
  { "notice.defence_days", NULL },
  { "notice.facts_changed", "false" },
  { "notice.fine", NULL },
  { "notice.has_new_evidence", "false" },
  { "notice.hearing_right_told", "false" },
  { "procedure.confirmed_limits", "[]" },
  { "transfer.answer", NULL },
  { "transfer.head_goes_on", "false" },
  { "transfer.is_returned", "false" },
  { "transfer.is_suspected", "false" },
  { "transfer.remedies_used", "false" },
  { "transfer.reminder_recorded", "false" },
};

/* Of the world outside: that nobody wrote down such a day does not mean that there was none. */
static const char *const open_days[] = {
  "conduct.began_on",
  "conduct.ended_on",
  "conduct.found_on",
  "party.born_on",
};

/* What was said of something earlier is not said of what came after: a waiver belongs to the notice
 * before it, a re-check to a defence, an approval of a deviation and a discussion to a draft. */
static const struct {
  const char *name;
  const char *since;
} fresh[] = {
  { "collective.held_on", "decision.kinds" },
  { "defence.is_accepted", "defence.received_on" },
  { "defence.is_waived", "notice.served_on" },
  { "defence.rechecked_on", "defence.received_on" },
  { "defence.reply", "defence.received_on" },
  { "discretion.deviation_approved", "decision.kinds" },
  { "discretion.is_mitigation_documented", "decision.kinds" },
  { "hearing.is_waived", "notice.served_on" },
  { "notice.basis_changed", "notice.served_on" },
  { "notice.facts_changed", "notice.served_on" },
  { "notice.has_new_evidence", "notice.served_on" },
};

static gboolean
is_stale (const JzCaseFacts *self, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fresh); i++)
    if (strcmp (fresh[i].name, name) == 0)
      return jz_stated_get_arrival (self->stated, name) <
             jz_stated_get_arrival (self->stated, fresh[i].since);
  return FALSE;
}

static JzFactState
assume (const JzFactDefinition *definition, JzValue **value)
{
  JzValueKind kind = definition->type.kind;

  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    if (strcmp (closed[i].name, definition->name) == 0) {
      const char *text = closed[i].otherwise;
      g_autoptr (JzJson) json = text != NULL ? jz_json_parse (text, strlen (text), NULL) : NULL;
      *value = json != NULL ? jz_fact_read_value (definition, json) : NULL;
      return *value != NULL ? JZ_FACT_PRESENT : JZ_FACT_ABSENT;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (open_days); i++)
    if (strcmp (open_days[i], definition->name) == 0)
      return JZ_FACT_UNKNOWN;
  return kind == JZ_VALUE_DATE || kind == JZ_VALUE_INSTANT || kind == JZ_VALUE_TEXT
           ? JZ_FACT_ABSENT
           : JZ_FACT_UNKNOWN;
}

static JzRecord *
read_record (const JzFactDefinition *list, const JzStatedRecord *stated)
{
  JzRecord *record = jz_record_new ();

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    const JzJson *json = jz_stated_record_get (stated, field->name);
    JzValue *value = json != NULL ? jz_fact_read_value (field, json) : NULL;
    if (value != NULL)
      jz_record_set (record, field->name, value);
    else
      jz_record_set_absent (record, field->name);
  }
  return record;
}

/* Records made one by one; one that was excluded counts no more. */
static JzFactState
list_records (JzCaseFacts *self, const JzFactDefinition *list, JzValue **value)
{
  const GPtrArray *records = jz_stated_get_records (self->stated);

  *value = jz_value_new_list ();
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, list->name) == 0 &&
        jz_stated_record_get (record, "excluded_reason") == NULL)
      jz_value_append (*value, read_record (list, record));
  }
  return JZ_FACT_PRESENT;
}

static gboolean
is_made_by_records (const char *name)
{
  static const char *const names[] = { "attachment.items", "evidence.items", "procedure.exclusions",
                                       "procedure.extensions", NULL };

  return g_strv_contains (names, name);
}

static const JzComputedFact *
find_computed (const char *name)
{
  static const JzComputedFact *const tables[] = { jz_facts_of_course,      jz_facts_of_decision,
                                                  jz_facts_of_documents,   jz_facts_of_people,
                                                  jz_facts_of_publication, jz_facts_of_recording };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const JzComputedFact *fact = tables[i]; fact->name != NULL; fact++)
      if (strcmp (fact->name, name) == 0)
        return fact;
  return NULL;
}

JzFactState
jz_case_facts_get (JzCaseFacts *self, const char *name, JzValue **value)
{
  const JzComputedFact *computed = find_computed (name);
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), name);
  const JzJson *stated;

  if (definition == NULL)
    return JZ_FACT_UNKNOWN;
  if (computed != NULL)
    return computed->compute (self, value);
  if (is_made_by_records (name))
    return list_records (self, definition, value);
  stated = is_stale (self, name) ? NULL : jz_stated_get (self->stated, name);
  *value = stated != NULL ? jz_fact_read_value (definition, stated) : NULL;
  return *value != NULL ? JZ_FACT_PRESENT : assume (definition, value);
}

static JzFactState
get_fact (gconstpointer data, const char *name, JzValue **value)
{
  return jz_case_facts_get ((JzCaseFacts *)data, name, value);
}

/**
 * jz_case_facts_is_answered:
 * @name: a fact
 *
 * Returns: whether the office can answer it: an act states it, it is made of records, or it is
 *   computed
 */
gboolean
jz_case_facts_is_answered (const char *name)
{
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  if (find_computed (name) != NULL || is_made_by_records (name))
    return TRUE;
  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments; argument->name != NULL; argument++)
      if (strcmp (argument->name, name) == 0)
        return TRUE;
  return FALSE;
}

gint64
jz_case_facts_count (JzCaseFacts *self, const char *sql, const char *a, const char *b)
{
  gint64 number = 0;

  if (self->error == NULL)
    (void)!jz_connection_get_number (self->tables, &number, &self->error, sql, "tti", a, b,
                                     self->until);
  return number;
}

char *
jz_case_facts_dup_text (JzCaseFacts *self, const char *sql, const char *a, const char *b)
{
  char *text = NULL;

  if (self->error == NULL)
    (void)!jz_connection_get_text (self->tables, &text, &self->error, sql, "tti", a, b,
                                   self->until);
  return text;
}

const char *
jz_case_facts_get_argument (const JzCaseFacts *self, const char *name)
{
  return self->situation != NULL ? jz_situation_get_text (self->situation, name) : "";
}

/* The day on which what is tried is or was done. */
JzDate
jz_case_facts_get_act_date (const JzCaseFacts *self)
{
  static const char *const names[] = { "act.happened_on", "happened", "case.filed_on",
                                       "preservation.made_on" };
  JzDate date;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (jz_date_parse (jz_case_facts_get_argument (self, names[i]), &date, NULL))
      return date;
  return jz_instant_get_date (self->now);
}

JzTruth
jz_case_facts_ask (JzCaseFacts *self, const JzExpression *condition)
{
  JzFacts facts = jz_limit_facts_get_facts (&self->limits);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (condition, &facts, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, &error);

  if (outcome != NULL)
    return jz_outcome_get_truth (outcome);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  return JZ_TRUTH_UNKNOWN;
}

/**
 * jz_case_facts_new:
 * @tables: derived tables
 * @rulebook: (transfer none): the rules of the case; must outlive the facts
 * @calendar: (transfer none) (nullable): which days are worked; %NULL where none is known
 * @case_id: a case; the empty text where it is not opened yet
 * @until: nothing that arrived later is known
 * @now: the moment at which it is asked
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the facts of the case
 */
JzCaseFacts *
jz_case_facts_new (JzConnection *tables,
                   const JzRulebook *rulebook,
                   const JzCalendar *calendar,
                   const char *case_id,
                   gint64 until,
                   JzInstant now,
                   GError **error)
{
  g_autoptr (JzCaseFacts) self = g_new0 (JzCaseFacts, 1);

  self->tables = tables;
  self->case_id = g_strdup (case_id);
  self->until = until;
  self->now = now;
  self->limits = (JzLimitFacts){
    .rulebook = rulebook,
    .calendar = calendar != NULL ? calendar : jz_calendars_get_empty (),
    .facts = { .get_fact = get_fact, .data = self },
  };
  self->stated = jz_stated_load (tables, case_id, until, error);
  return self->stated != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * jz_case_facts_new_for:
 * @situation: what is tried; must outlive the facts
 * @rulebook: (transfer none): the rules of the case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the facts of the case as they would be if it were done
 */
JzCaseFacts *
jz_case_facts_new_for (const JzSituation *situation, const JzRulebook *rulebook, GError **error)
{
  const JzCalendar *calendar = jz_situation_get_calendar (situation, error);
  g_autoptr (JzStated) before = NULL;
  JzCaseFacts *self = NULL;

  if (calendar != NULL)
    self = jz_case_facts_new (situation->tables, rulebook, calendar, situation->case_id,
                              situation->arrival - 1, situation->now, error);
  if (self == NULL)
    return NULL;
  self->situation = situation;
  before = g_steal_pointer (&self->stated);
  self->stated = jz_stated_copy (before);
  jz_stated_add (self->stated, situation->act, situation->args, situation->arrival);
  return self;
}

/**
 * jz_case_facts_free:
 * @self: (transfer full): facts
 */
void
jz_case_facts_free (JzCaseFacts *self)
{
  g_free (self->case_id);
  g_free (self->document);
  g_clear_pointer (&self->stated, jz_stated_free);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * jz_case_facts_get_limits:
 * @self: facts
 *
 * Returns: (transfer none): what gates, limits and procedures are asked with
 */
const JzLimitFacts *
jz_case_facts_get_limits (const JzCaseFacts *self)
{
  return &self->limits;
}

/**
 * jz_case_facts_finish:
 * @self: facts that were asked
 * @error: return location
 *
 * Returns: %FALSE when something could not be looked up, so that what came out of it is worth
 *   nothing
 */
gboolean
jz_case_facts_finish (JzCaseFacts *self, GError **error)
{
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/**
 * jz_case_facts_set_document:
 * @self: facts of a case
 * @document: id of one of its documents
 *
 * Where nothing is tried: the document that is asked about, which is none of its others.
 */
void
jz_case_facts_set_document (JzCaseFacts *self, const char *document)
{
  g_free (self->document);
  self->document = g_strdup (document);
}
