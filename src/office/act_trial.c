/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/act_trial.h"

#include <string.h>

#include "office/case_recordings.h"
#include "office/check.h"
#include "office/document_step.h"
#include "office/fact_arguments.h"
#include "office/gates.h"
#include "office/role.h"
#include "office/situation.h"
#include "rules/gate.h"

/* What stands in the way of an act, found out on a reader without writing: the same checks and
 * gates that refuse it when it is done. What the act itself will ask for is no obstacle: the law's
 * gates are asked with what is known only, and the act's own check with stand-ins, of which only
 * refusals count that do not come from them. */

/* Refusals of an act's own check that no stand-in brings about. */
static const char *const sure_rules[] = { "J-ACCEPT", "J-APPROVAL", "J-CASE",  "J-CERTIFICATE",
                                          "J-CLOCK",  "J-DOCUMENT", "J-FILED", "J-PERSON",
                                          "J-REVIEW", "J-ROLE",     "J-STAGE", NULL };

/**
 * jz_trial_find_role:
 * @self: what is tried
 * @proposes: whether it is only proposed
 * @role: (out) (transfer full) (nullable): a role that may; the one of a duty in the case first
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_trial_find_role (const JzTrial *self, gboolean proposes, char **role, GError **error)
{
  const char *roles = proposes ? self->act->proposer_roles : self->act->roles;
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->view->reader, error,
    "SELECT role FROM person_role WHERE person = ?1 ORDER BY EXISTS (SELECT 1 FROM case_duty WHERE "
    "case_id = ?2 AND person = ?1 AND duty = role AND ended = 0) DESC, role",
    "tt", self->person, self->view->case_id);

  *role = NULL;
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (*role == NULL && roles != NULL && jz_word_is_in (jz_statement_get_text (rows, 0), roles))
      *role = g_strdup (jz_statement_get_text (rows, 0));
  }
  return FALSE;
}

/* So that the act's own check finds everything that it looks at. */
static JzJson *
make_stand_in (const JzArgument *argument, const JzCaseView *view, const char *person)
{
  char text[JZ_INSTANT_SIZE];

  switch (argument->kind) {
  case JZ_ARGUMENT_INTEGER:
    return jz_json_new_integer (0);
  case JZ_ARGUMENT_BOOLEAN:
    return jz_json_new_boolean (TRUE);
  case JZ_ARGUMENT_DATE:
    jz_date_format (view->today, text);
    return jz_json_new_text (text);
  case JZ_ARGUMENT_INSTANT:
    jz_instant_format (view->now, text);
    return jz_json_new_text (text);
  case JZ_ARGUMENT_WORD: {
    g_autofree char *word = g_strndup (argument->words, strcspn (argument->words, "|"));
    return jz_json_new_text (word);
  }
  case JZ_ARGUMENT_ID:
    return jz_json_new_text (person);
  case JZ_ARGUMENT_TEXTS:
  case JZ_ARGUMENT_RECORDS:
  case JZ_ARGUMENT_OBJECTS:
    return jz_json_new_array ();
  case JZ_ARGUMENT_FIGURES:
  case JZ_ARGUMENT_HASHES:
  case JZ_ARGUMENT_VALUES:
    return jz_json_new_object ();
  case JZ_ARGUMENT_OBJECT:
    return NULL;
  default:
    return jz_json_new_text ("-");
  }
}

static JzJson *
fill_in (const JzTrial *self)
{
  JzJson *args = self->given != NULL ? jz_json_copy (self->given) : jz_json_new_object ();

  for (const JzArgument *argument = self->act->arguments; argument->name != NULL; argument++) {
    JzJson *value;
    if (argument->source != JZ_REQUIRED || jz_json_get_member (args, argument->name) != NULL)
      continue;
    value = make_stand_in (argument, self->view, self->person);
    if (value != NULL)
      jz_json_set_member (args, argument->name, value);
  }
  jz_json_set_text (args, "case", self->view->case_id);
  return args;
}

static void
init_situation (const JzTrial *self, const char *role, gboolean proposes, JzSituation *situation)
{
  gint64 last = 0;

  (void)!jz_connection_get_number (self->view->reader, &last, NULL,
                                   "SELECT max (arrival) FROM entry", "");
  *situation = (JzSituation){
    .tables = self->view->reader,
    .journal = self->view->reader,
    .arrival = last + 1,
    .now = self->view->now,
    .store = "",
    .act = self->act,
    .is_proposal = proposes,
    .actor = self->person,
    .role = role,
    .case_id = self->view->case_id,
    .objects = self->view->objects,
  };
}

static gboolean
prepares (const JzAct *act, JzArgumentKind kind)
{
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (argument->source == JZ_PREPARED && argument->kind == kind)
      return TRUE;
  return FALSE;
}

static gboolean
is_made_while_preparing (const JzAct *act)
{
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (argument->source == JZ_PREPARED && argument->kind != JZ_ARGUMENT_OBJECT)
      return TRUE;
  return FALSE;
}

/* A check that looks at what the program makes only when the act is done cannot be asked before;
 * then only the case and the document are looked at. */
static gboolean
ask_own (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  /* Of a dossier whose documents are final: all of it is asked when it is made. */
  static const char *const whole[] = { "dossier.cover", "dossier.give", "dossier.show_party",
                                       NULL };
  const JzAct *act = situation->act;

  if (!is_made_while_preparing (act))
    return act->check (situation, refusal, error);
  if (g_strv_contains (whole, act->name))
    return TRUE;
  if (strcmp (act->name, "dossier.bind") != 0 &&
      !jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (prepares (act, JZ_ARGUMENT_VALUES))
    return jz_document_check_step (situation, JZ_STEP_FINALISE, refusal, error);
  return !g_str_has_suffix (act->name, ".approve") ||
         jz_document_check_step (situation, JZ_STEP_APPROVE, refusal, error);
}

static gboolean
is_sure (const JzRefusal *refusal)
{
  const char *rule = jz_refusal_get_rule (refusal);

  return g_str_has_prefix (rule, "FC-") || g_strv_contains (sure_rules, rule);
}

static void
add_obstacle (const JzTrial *self, const JzRefusal *refusal, JzJson *list)
{
  JzJson *json = jz_refusal_to_json (refusal);
  g_autofree char *place =
    jz_place_dup_of_rule (self->view, self->act->name, self->given, jz_refusal_get_rule (refusal));

  jz_json_set_boolean (json, "liftable", jz_refusal_get_level (refusal) == JZ_REFUSAL_OVERRIDABLE);
  if (place != NULL)
    jz_json_set_text (json, "place", place);
  jz_json_append (list, json);
}

static gboolean
ask_check (const JzTrial *self, const JzSituation *known, JzJson *list, GError **error)
{
  g_autoptr (JzJson) args = fill_in (self);
  JzSituation situation = *known;
  JzRefusal *refusal = NULL;
  gboolean is_looked;

  situation.args = args;
  if (self->act->check == NULL)
    return TRUE;
  is_looked = ask_own (&situation, &refusal, error);
  if (refusal != NULL && is_sure (refusal))
    add_obstacle (self, refusal, list);
  g_clear_pointer (&refusal, jz_refusal_free);
  return is_looked;
}

/* Facts that the act itself will state, and those that follow from them, are asked for when it is
 * done. */
static gboolean
will_be_asked (const JzTrial *self, const JzGateVerdict *verdict)
{
  for (guint i = 0; verdict->is_unknown && i < verdict->missing->len; i++) {
    const char *name = g_ptr_array_index (verdict->missing, i);
    for (const JzArgument *argument = self->act->arguments; argument->name != NULL; argument++)
      if (strcmp (argument->name, name) == 0)
        return TRUE;
  }
  return FALSE;
}

static gboolean
ask_gates (const JzTrial *self, const JzSituation *situation, JzJson *list, GError **error)
{
  g_autoptr (JzCaseFacts) facts = NULL;
  g_autoptr (GPtrArray) verdicts = NULL;
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func (g_free);
  JzMaybeHash override = { 0 };
  JzSituation whole = *situation;
  JzRefusal *refusal = NULL;

  if (self->view->rulebook == NULL)
    return TRUE;
  whole.override = &override;
  if (!jz_gates_check (&whole, rules, &refusal, NULL, error))
    return FALSE;
  if (refusal == NULL)
    return TRUE;
  jz_refusal_free (refusal);
  facts = jz_case_facts_new_for (situation, self->view->rulebook, error);
  verdicts = facts != NULL ? jz_gates_ask_all (jz_case_facts_get_limits (facts), self->act->name,
                                               jz_language_get_current (), error)
                           : NULL;
  for (guint i = 0; verdicts != NULL && i < verdicts->len; i++) {
    const JzGateVerdict *verdict = g_ptr_array_index (verdicts, i);
    if (verdict->refusal != NULL && !will_be_asked (self, verdict))
      add_obstacle (self, verdict->refusal, list);
  }
  return verdicts != NULL && jz_case_facts_finish (facts, error);
}

/**
 * jz_trial_list_obstacles:
 * @self: what is tried
 * @obstacles: (out) (transfer full): an array of refusals as of jz_refusal_to_json(), with `place`
 *   (where it is cleared) and `liftable` (the head may let it through); empty where nothing stands
 *   in the way but what the act itself asks for, or the person may not do it at all
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_trial_list_obstacles (const JzTrial *self, JzJson **obstacles, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_autoptr (JzJson) known =
    self->given != NULL ? jz_json_copy (self->given) : jz_json_new_object ();
  gboolean proposes = (self->act->flags & JZ_ACT_TWO_SIGNERS) != 0;
  g_autofree char *role = NULL;
  JzSituation situation;

  if (!jz_trial_find_role (self, proposes, &role, error))
    return FALSE;
  jz_json_set_text (known, "case", self->view->case_id);
  init_situation (self, role != NULL ? role : "", proposes, &situation);
  situation.args = known;
  if (!ask_check (self, &situation, list, error) || !ask_gates (self, &situation, list, error))
    return FALSE;
  *obstacles = g_steal_pointer (&list);
  return TRUE;
}

/**
 * jz_trial_is_possible:
 * @self: what is tried
 * @is_possible: (out): whether one of the person's roles may, and the case is in a state for it
 * @error: return location
 *
 * Whether it can be tried at all; what the law asks besides is said when it is.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_trial_is_possible (const JzTrial *self, gboolean *is_possible, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean proposes = (self->act->flags & JZ_ACT_TWO_SIGNERS) != 0;
  g_autofree char *role = NULL;
  JzSituation situation;

  *is_possible = FALSE;
  if (!jz_trial_find_role (self, proposes, &role, error))
    return FALSE;
  if (role == NULL)
    return TRUE;
  init_situation (self, role, proposes, &situation);
  if (!ask_check (self, &situation, list, error))
    return FALSE;
  *is_possible = TRUE;
  for (guint i = 0; i < jz_json_get_n_items (list); i++) {
    const char *rule = jz_json_get_member_text (jz_json_get_item (list, i), "rule");
    *is_possible = *is_possible && strcmp (rule, "J-STAGE") != 0 && strcmp (rule, "J-FILED") != 0;
  }
  return TRUE;
}

static const char *
find_act_that_states (const char *fact, const char *except)
{
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments;
         argument->name != NULL && acts[i]->scope == JZ_SCOPE_CASE; argument++)
      if (strcmp (argument->name, fact) == 0 && g_strcmp0 (acts[i]->name, except) != 0)
        return acts[i]->name;
  return NULL;
}

/* Where facts are seen that no single act states. */
static char *
dup_place_of_fact (const JzCaseView *view, const char *fact, const char *act)
{
  static const struct {
    const char *prefix;
    const char *place;
  } places[] = {
    { "review.", "cases/%s/review" },
    { "evidence.", "cases/%s/evidence" },
    { "case.handlers", "cases/%s/do/case.assign" },
    { "case.n_handlers", "cases/%s/do/case.assign" },
    { "document.", "cases/%s/documents" },
    { "procedure.", "cases/%s/limits" },
    { "discretion.", "cases/%s/do/decision.draft" },
  };
  const char *by = NULL;

  if (g_str_has_prefix (fact, "recording."))
    return jz_case_recordings_dup_place (view);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_has_prefix (fact, places[i].prefix)) {
      g_auto (GStrv) parts = g_strsplit (places[i].place, "%s", 2);
      return g_strjoin (view->case_id, parts[0], parts[1], NULL);
    }
  by = find_act_that_states (fact, act);
  return by != NULL ? g_strdup_printf ("cases/%s/do/%s", view->case_id, by) : NULL;
}

/* The facts that an expression names, in the order in which they stand in it. */
static char *
find_place_in (const JzCaseView *view, const char *expression, const char *act)
{
  g_auto (GStrv) words = g_strsplit_set (expression, " ()=!<>,+-:{}'", -1);
  char *place = NULL;

  for (char **word = words; place == NULL && *word != NULL; word++)
    if (strchr (*word, '.') != NULL &&
        jz_fact_vocabulary_find (jz_office_get_facts (), *word) != NULL)
      place = dup_place_of_fact (view, *word, act);
  return place;
}

static char *
dup_place_of_gate (const JzCaseView *view, const JzGateRule *gate, const char *act)
{
  char *place = NULL;

  for (guint i = 0; place == NULL && i < gate->refusals->len; i++) {
    const JzGateRefusal *refusal = g_ptr_array_index (gate->refusals, i);
    g_autofree char *text = jz_expression_to_text (refusal->when);
    place = find_place_in (view, text, act);
  }
  return place;
}

/**
 * jz_place_dup_of_rule:
 * @view: a case
 * @act: name of an act that was refused
 * @given: (nullable): its arguments
 * @rule: the rule that refused it
 *
 * Returns: (transfer full) (nullable): the place of the window where that is cleared (ux.md §1.2):
 *   the document, the tab, or the act that states what is missing
 */
char *
jz_place_dup_of_rule (const JzCaseView *view,
                      const char *act,
                      const JzJson *given,
                      const char *rule)
{
  const char *document = given != NULL ? jz_json_get_member_text (given, "document") : NULL;
  const JzGateRule *gate =
    view->rulebook != NULL
      ? (const JzGateRule *)jz_rulebook_find (view->rulebook, JZ_RULE_GATE, rule)
      : NULL;

  if (document != NULL && (g_str_has_prefix (rule, "FC-") || strcmp (rule, "J-DOCUMENT") == 0 ||
                           strcmp (rule, "J-FORM") == 0))
    return g_strdup_printf ("cases/%s/document/%s", view->case_id, document);
  if (gate != NULL)
    return dup_place_of_gate (view, gate, act);
  if (strcmp (rule, "J-DOCUMENT") == 0 || strcmp (rule, "J-APPROVAL") == 0)
    return g_strdup_printf ("cases/%s/documents", view->case_id);
  if (strcmp (rule, "J-POINT") == 0)
    return g_strdup_printf ("reviews/%s", view->case_id);
  if (strcmp (rule, "J-CERTIFICATE") == 0 || strcmp (rule, "J-PERSON") == 0)
    return g_strdup ("settings/people");
  return strcmp (rule, "J-CODE") == 0 ? g_strdup_printf ("cases/%s/do/party.state", view->case_id)
                                      : NULL;
}
