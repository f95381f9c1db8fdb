/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/rule_trial.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "rules/fact_set.h"
#include "rules/gate.h"

/* Trying a rule out (design §4): the same that `juanzongctl due` and `rules test` do, for people
 * who are asked for one missing fact after the other instead of knowing their names. */

#define FIELD_FACT "matter.field"

static void
fact_free (gpointer data)
{
  JzTrialFact *self = data;

  g_free (self->name);
  g_free (self->meaning);
  g_free (self->hint);
  g_strfreev (self->choices);
  g_free (self);
}

static void
clear_day (gpointer data)
{
  g_free (((JzTrialDay *)data)->text);
  g_free (data);
}

static JzTrial *
trial_new (void)
{
  JzTrial *self = g_new0 (JzTrial, 1);

  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->facts = g_ptr_array_new_with_free_func (fact_free);
  return self;
}

/**
 * jz_trial_free:
 * @self: (transfer full) (nullable): a trial
 */
void
jz_trial_free (JzTrial *self)
{
  if (self == NULL)
    return;
  g_free (self->sentence);
  g_clear_pointer (&self->days, g_ptr_array_unref);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->facts);
  g_free (self->trace);
  g_free (self);
}

static const char *
get_hint (JzValueKind kind)
{
  switch (kind) {
  case JZ_VALUE_BOOL:
    return _ ("True or false");
  case JZ_VALUE_INT:
    return _ ("A whole number");
  case JZ_VALUE_MONEY:
    return _ ("An amount in yuan, such as 36000.50");
  case JZ_VALUE_DATE:
    return _ ("A day, such as 2026-03-02");
  case JZ_VALUE_INSTANT:
    return _ ("A moment, such as 2026-03-02T09:30");
  case JZ_VALUE_LIST:
    return _ ("A list; it can be stated with juanzongctl");
  case JZ_VALUE_TEXT:
  case JZ_VALUE_CHOICE:
  default:
    return "";
  }
}

static GStrv
dup_choices (const JzFactDefinition *fact, JzLanguage language)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (fact->choices == NULL)
    return NULL;
  for (guint i = 0; i < fact->choices->choices->len; i++) {
    const JzChoice *choice = fact->choices->choices->pdata[i];
    g_strv_builder_add (builder, choice->id);
    g_strv_builder_add (builder, jz_text_get (&choice->label, language));
  }
  return g_strv_builder_end (builder);
}

static void
add_fact (JzTrial *self, const JzTrialRequest *request, const char *name, gboolean is_assumed)
{
  JzLanguage language = jz_language_get_current ();
  const JzFactVocabulary *facts = jz_rulebook_get_fact_vocabulary (request->rulebook);
  const JzFactDefinition *definition = jz_fact_vocabulary_find (facts, name);
  JzTrialFact *fact;

  for (guint i = 0; i < self->facts->len; i++)
    if (strcmp (((JzTrialFact *)self->facts->pdata[i])->name, name) == 0)
      return;
  fact = g_new0 (JzTrialFact, 1);
  fact->name = g_strdup (name);
  fact->meaning = jz_fact_vocabulary_dup_meaning (facts, name, language);
  fact->kind = definition != NULL ? definition->type.kind : JZ_VALUE_TEXT;
  fact->hint = g_strdup (definition != NULL ? get_hint (definition->type.kind) : "");
  fact->choices = definition != NULL ? dup_choices (definition, language) : NULL;
  fact->is_assumed = is_assumed;
  g_ptr_array_add (self->facts, fact);
}

static void
add_facts (JzTrial *self,
           const JzTrialRequest *request,
           const GPtrArray *names,
           gboolean is_assumed)
{
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (names->pdata[i] != NULL)
      add_fact (self, request, names->pdata[i], is_assumed);
}

static GPtrArray *
list_days (const JzDayCount *count, const JzCalendar *calendar)
{
  GPtrArray *days = g_ptr_array_new_with_free_func (clear_day);

  for (guint i = 0; i < count->days->len; i++) {
    const JzCountedDay *counted = &g_array_index (count->days, JzCountedDay, i);
    const char *holiday = jz_calendar_get_holiday_name (calendar, counted->date);
    JzTrialDay *day = g_new0 (JzTrialDay, 1);
    day->date = counted->date;
    day->n_counted = counted->n_counted;
    day->text = holiday != NULL
                  ? g_strdup_printf ("%s (%s)", jz_day_verdict_word (counted->verdict), holiday)
                  : g_strdup (jz_day_verdict_word (counted->verdict));
    g_ptr_array_add (days, day);
  }
  return days;
}

static void
add_notes (JzTrial *self, const JzDayCount *count)
{
  if (count->is_presumed)
    g_ptr_array_add (self->notes,
                     g_strdup (_ ("Presumed: the holidays of a year are not known; only weekends "
                                  "are taken as days off.")));
  if (count->warnings & JZ_DAY_COUNT_REST_DAY)
    g_ptr_array_add (self->notes, g_strdup (_ ("The last day is a rest day.")));
}

static void
take_answer (JzTrial *self, const JzTrialRequest *request, const JzLimitAnswer *answer)
{
  JzLanguage language = jz_language_get_current ();
  g_autoptr (JzJson) json = jz_limit_answer_to_json (answer, request->calendar, language);
  const char *due = jz_json_get_member_text (json, "due");

  add_facts (self, request, answer->missing, FALSE);
  add_facts (self, request, answer->assumed, TRUE);
  if (answer->state == JZ_FACT_UNKNOWN) {
    self->outcome = JZ_TRIAL_NEEDS_FACTS;
    self->sentence = g_strdup (_ ("The limit cannot be counted before more is stated."));
  } else if (answer->state != JZ_FACT_PRESENT) {
    self->outcome = JZ_TRIAL_NO_LIMIT;
    self->sentence = g_strdup (_ ("There is no such limit under what was stated."));
  } else if (answer->count == NULL) {
    self->outcome = JZ_TRIAL_DUE;
    self->sentence = g_strdup_printf (_ ("%1$lld of %2$lld times in the year."),
                                      (long long)answer->used, (long long)answer->quota);
  } else {
    self->outcome = JZ_TRIAL_DUE;
    self->sentence = g_strdup_printf (_ ("The limit ends on %s."), due != NULL ? due : "");
    self->days = list_days (answer->count, request->calendar);
    add_notes (self, answer->count);
  }
}

static gboolean
read_from (const char *text, JzDate *date, JzInstant *instant, gboolean *has_time, GError **error)
{
  g_autofree char *whole = g_strconcat (text, ":00.000+08:00", NULL);

  *has_time = strchr (text, 'T') != NULL;
  if (!*has_time)
    return jz_date_parse (text, date, error);
  if (!jz_instant_parse (whole, instant, error))
    return FALSE;
  *date = jz_instant_get_date (*instant);
  return TRUE;
}

static JzTrial *
try_limit (const JzTrialRequest *request,
           const JzLimit *limit,
           const JzFactSet *facts,
           GError **error)
{
  const JzLimitFacts situation = { request->rulebook, request->calendar,
                                   jz_fact_set_get_facts (facts) };
  JzLimitRequest asked = { .rulebook = request->rulebook,
                           .calendar = request->calendar,
                           .facts = jz_limit_facts_get_facts (&situation),
                           .assumes = TRUE };
  JzDate from = { 0 };
  JzInstant instant = 0;
  gboolean has_time = FALSE;
  g_autoptr (JzLimitAnswer) answer = NULL;
  JzTrial *self;

  if (request->from != NULL && request->from[0] != '\0') {
    if (!read_from (request->from, &from, &instant, &has_time, error))
      return NULL;
    asked.from = &from;
    asked.from_instant = has_time ? &instant : NULL;
  }
  answer = jz_limit_compute (limit, &asked, error);
  if (answer == NULL)
    return NULL;
  self = trial_new ();
  take_answer (self, request, answer);
  return self;
}

static JzTrial *
try_gate (const JzTrialRequest *request,
          const JzGateRule *gate,
          const JzFactSet *facts,
          GError **error)
{
  const JzLimitFacts situation = { request->rulebook, request->calendar,
                                   jz_fact_set_get_facts (facts) };
  g_autoptr (JzGateVerdict) verdict =
    jz_gate_ask (gate, &situation, NULL, jz_language_get_current (), TRUE, error);
  JzTrial *self;

  if (verdict == NULL)
    return NULL;
  self = trial_new ();
  add_facts (self, request, verdict->missing, FALSE);
  self->trace = g_strdup (verdict->trace);
  if (verdict->is_unknown) {
    self->outcome = JZ_TRIAL_NEEDS_FACTS;
    self->sentence = g_strdup (_ ("The gate refuses as long as facts are missing."));
  } else if (verdict->refusal != NULL) {
    self->outcome = JZ_TRIAL_REFUSED;
    self->sentence = g_strdup (jz_refusal_get_sentence (verdict->refusal));
  } else {
    self->outcome = JZ_TRIAL_PASSES;
    self->sentence = g_strdup (_ ("The gate lets it through."));
  }
  return self;
}

static JzTrial *
try_trigger (const JzTrialRequest *request,
             const JzTrigger *trigger,
             const JzFactSet *facts,
             GError **error)
{
  const JzLimitFacts situation = { request->rulebook, request->calendar,
                                   jz_fact_set_get_facts (facts) };
  const JzFacts asked = jz_limit_facts_get_facts (&situation);
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (trigger->when, &asked, JZ_EXPRESSION_DEFAULT_STEPS, TRUE, error);
  const char *const *missing = outcome != NULL ? jz_outcome_get_missing (outcome) : NULL;
  JzTrial *self;

  if (outcome == NULL)
    return NULL;
  self = trial_new ();
  self->trace = jz_trace_to_text (jz_outcome_get_trace (outcome));
  for (; missing != NULL && *missing != NULL; missing++)
    add_fact (self, request, *missing, FALSE);
  switch (jz_outcome_get_truth (outcome)) {
  case JZ_TRUTH_TRUE:
    self->outcome = JZ_TRIAL_REFUSED;
    self->sentence = g_strdup (_ ("The threshold is reached."));
    break;
  case JZ_TRUTH_FALSE:
    self->outcome = JZ_TRIAL_PASSES;
    self->sentence = g_strdup (_ ("The threshold is not reached."));
    break;
  case JZ_TRUTH_UNKNOWN:
  default:
    self->outcome = JZ_TRIAL_NEEDS_FACTS;
    self->sentence = g_strdup (_ ("It cannot be said before more is stated."));
  }
  return self;
}

/**
 * jz_rule_can_be_tried:
 * @rule: a rule
 *
 * Returns: whether it is a limit, a gate or a threshold
 */
gboolean
jz_rule_can_be_tried (const JzRule *rule)
{
  return rule->kind == JZ_RULE_LIMIT || rule->kind == JZ_RULE_GATE || rule->kind == JZ_RULE_TRIGGER;
}

static JzFactSet *
state_facts (const JzTrialRequest *request, GError **error)
{
  g_autoptr (JzFactSet) facts =
    jz_fact_set_new (jz_rulebook_get_fact_vocabulary (request->rulebook));
  g_autofree char *field =
    g_strconcat (FIELD_FACT "=", jz_rulebook_get_field (request->rulebook), NULL);

  if (!jz_fact_set_state (facts, field, error))
    return NULL;
  for (const char *const *at = request->assignments; at != NULL && *at != NULL; at++)
    if (!jz_fact_set_state (facts, *at, error))
      return NULL;
  return g_steal_pointer (&facts);
}

/**
 * jz_rule_try:
 * @request: what is to be tried out
 * @error: return location
 *
 * Fails with %JZ_BASE_ERROR for what is no rule that can be tried, and for a fact that is not of
 * its form.
 *
 * Returns: (transfer full) (nullable): what came of it
 */
JzTrial *
jz_rule_try (const JzTrialRequest *request, GError **error)
{
  const JzRule *rule = jz_rulebook_find_any (request->rulebook, request->rule);
  g_autoptr (JzFactSet) facts = NULL;

  if (rule == NULL || !jz_rule_can_be_tried (rule)) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("There is no limit, gate or threshold %s."), request->rule);
    return NULL;
  }
  facts = state_facts (request, error);
  if (facts == NULL)
    return NULL;
  if (rule->kind == JZ_RULE_LIMIT)
    return try_limit (request, (const JzLimit *)rule, facts, error);
  if (rule->kind == JZ_RULE_GATE)
    return try_gate (request, (const JzGateRule *)rule, facts, error);
  return try_trigger (request, (const JzTrigger *)rule, facts, error);
}
