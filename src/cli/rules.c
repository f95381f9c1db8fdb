/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/stated.h"
#include "rules/gate.h"
#include "rules/xml.h"
#include "store/files.h"

/* `rules`: what the rulebook says, and what it would say of stated facts. */

typedef struct {
  char *field;
  char **facts;
  char *file;
  char *act;
  char *expression;
  JzAdopted adopted;
  gboolean as_json;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->field);
  g_strfreev (self->facts);
  g_free (self->file);
  g_free (self->act);
  g_free (self->expression);
  jz_adopted_clear (&self->adopted);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
get_sureness (const JzRule *rule)
{
  static const char *const words[] = { [JZ_SURENESS_VERIFIED] = "verified",
                                       [JZ_SURENESS_KNOWN] = "known",
                                       [JZ_SURENESS_DESIGN] = "design" };
  return words[rule->sureness];
}

static JzJson *
rule_to_json (const JzRulebook *rulebook, const JzRule *rule)
{
  JzJson *json = jz_json_new_object ();
  JzLanguage language = jz_language_get_current ();
  char in_force[JZ_DATE_SIZE];
  g_autofree char *basis = jz_rulebook_dup_basis (rulebook, rule, language);
  jz_date_format (rule->in_force, in_force);
  jz_json_set_text (json, "id", rule->id);
  jz_json_set_text (json, "kind", jz_rule_kind_get_word (rule->kind));
  jz_json_set_text (json, "name", jz_text_get (&rule->name, language));
  jz_json_set_text (json, "basis", basis);
  jz_json_set_text (json, "in_force", in_force);
  jz_json_set_text (json, "sure", get_sureness (rule));
  jz_json_set_text (json, "rulebook", rule->book);
  jz_json_set_boolean (json, "replaces", rule->has_replaced);
  return json;
}

static int
list_rules (const JzStated *stated, gboolean as_json)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
    const GPtrArray *rules = jz_rulebook_get_rules (stated->rulebook, (JzRuleKind)kind);
    for (guint i = 0; i < rules->len; i++) {
      const JzRule *rule = g_ptr_array_index (rules, i);
      if (as_json)
        jz_json_append (list, rule_to_json (stated->rulebook, rule));
      else
        g_print ("%-10s %-12s %s\n", rule->id, jz_rule_kind_get_word (rule->kind),
                 jz_text_get (&rule->name, jz_language_get_current ()));
    }
  }
  if (as_json)
    jz_cli_print_json (list);
  return JZ_EXIT_DONE;
}

static const JzRule *
find_rule (const JzStated *stated, const char *id, GError **error)
{
  const JzRule *rule = jz_rulebook_find_any (stated->rulebook, id);
  if (rule == NULL)
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("There is no rule %s; juanzongctl rules list shows them."), id);
  return rule;
}

static int
show_rule (const JzStated *stated, const char *id, gboolean as_json, GError **error)
{
  const JzRule *rule = find_rule (stated, id, error);
  if (rule == NULL)
    return JZ_EXIT_USAGE;
  if (as_json) {
    g_autoptr (JzJson) json = rule_to_json (stated->rulebook, rule);
    jz_json_set_text (json, "name_zh", rule->name.zh);
    jz_json_set_text (json, "name_en", rule->name.en);
    jz_json_set_text (json, "text", rule->text);
    jz_cli_print_json (json);
    return JZ_EXIT_DONE;
  }
  JzLanguage language = jz_language_get_current ();
  g_autofree char *basis = jz_rulebook_dup_basis (stated->rulebook, rule, language);
  g_autoptr (GString) text = g_string_new (rule->text);
  g_string_replace (text, "><", ">\n<", 0);
  g_print ("%s %s\n", rule->id, jz_text_get (&rule->name, language));
  g_print (_ ("Legal basis: %s\n"), basis);
  g_print (_ ("Rulebook: %s\n"), rule->book);
  g_print ("%s\n", text->str);
  return JZ_EXIT_DONE;
}

static JzRulebook *
load_adopted (const JzAdopted *adopted, GError **error)
{
  const JzRulebook *rulebook = NULL;
  const JzCalendar *calendar = NULL;
  return jz_adopted_get_rules (adopted, &rulebook, &calendar, error) ? jz_rulebook_ref (rulebook)
                                                                     : NULL;
}

/* Of a file what it stands on comes from what is shipped; without a file what
 * is shipped itself, or what was adopted. */
static JzRulebook *
load_checked (const char *path, const Options *options, GError **error)
{
  const char *field = options->field;
  if (jz_adopted_is_misused (&options->adopted, error))
    return NULL;
  if (options->adopted.store != NULL && path == NULL)
    return load_adopted (&options->adopted, error);
  if (options->adopted.store != NULL) {
    g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                         _ ("A file of rules stands on what is shipped; leave out --store."));
    return NULL;
  }
  if (path == NULL)
    return jz_rulebook_load_shipped (field != NULL ? field : "BASE", error);
  g_autoptr (GBytes) bytes = jz_file_read (path, JZ_XML_MAX_SIZE, error);
  return bytes != NULL ? jz_rulebook_compose_over_shipped (bytes, path, error) : NULL;
}

static int
check_rules (const char *path, const Options *options, GError **error)
{
  g_autoptr (JzRulebook) rulebook = load_checked (path, options, error);
  g_autoptr (JzJson) replaced = jz_json_new_array ();
  g_autoptr (JzJson) json = jz_json_new_object ();
  guint n_rules = 0;
  if (rulebook == NULL)
    return JZ_EXIT_USAGE;
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
    const GPtrArray *rules = jz_rulebook_get_rules (rulebook, (JzRuleKind)kind);
    n_rules += rules->len;
    for (guint i = 0; i < rules->len; i++) {
      const JzRule *rule = g_ptr_array_index (rules, i);
      if (rule->has_replaced)
        jz_json_append (replaced, jz_json_new_text (rule->id));
    }
  }
  g_autofree char *hash = jz_rulebook_dup_hash (rulebook);
  jz_json_set_text (json, "rulebook", jz_rulebook_get_id (rulebook));
  jz_json_set_text (json, "hash", hash);
  jz_json_set_integer (json, "rules", n_rules);
  jz_json_set_member (json, "replaced", jz_json_ref (replaced));
  if (options->as_json) {
    jz_cli_print_json (json);
    return JZ_EXIT_DONE;
  }
  g_print (_ ("%1$s is in order: %2$u rules.\n"), jz_rulebook_get_id (rulebook), n_rules);
  for (guint i = 0; i < jz_json_get_n_items (replaced); i++)
    g_print (_ ("It replaces %s.\n"), jz_json_get_text (jz_json_get_item (replaced, i)));
  return JZ_EXIT_DONE;
}

static const char *
get_result (JzTruth truth)
{
  if (truth == JZ_TRUTH_UNKNOWN)
    return "unknown";
  return truth == JZ_TRUTH_TRUE ? "true" : "false";
}

static int
print_test (const char *result,
            const JzRefusal *refusal,
            const char *const *missing,
            const char *trace,
            gboolean as_json)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  JzJson *names = jz_json_new_array ();
  for (gsize i = 0; missing != NULL && missing[i] != NULL; i++)
    jz_json_append (names, jz_json_new_text (missing[i]));
  jz_json_set_text (json, "result", result);
  jz_json_set_member (json, "missing", names);
  jz_json_set_text (json, "trace", trace);
  if (refusal != NULL)
    jz_json_set_member (json, "refusal", jz_refusal_to_json (refusal));
  if (as_json) {
    jz_cli_print_json (json);
    return refusal != NULL ? JZ_EXIT_REFUSED : JZ_EXIT_DONE;
  }
  g_print ("%s", trace);
  g_print (_ ("Result: %s\n"), result);
  if (refusal == NULL)
    return JZ_EXIT_DONE;
  g_printerr ("%s: %s\n", jz_refusal_get_rule (refusal), jz_refusal_get_sentence (refusal));
  g_printerr (_ ("Legal basis: %s\n"), jz_refusal_get_basis (refusal));
  return JZ_EXIT_REFUSED;
}

static int
test_gate (const JzStated *stated, const JzGateRule *gate, const Options *options, GError **error)
{
  const JzLimitFacts situation = { stated->rulebook, stated->calendar,
                                   jz_fact_set_get_facts (stated->facts) };
  g_autoptr (JzGateVerdict) verdict =
    jz_gate_ask (gate, &situation, options->act, jz_language_get_current (), TRUE, error);
  if (verdict == NULL)
    return JZ_EXIT_USAGE;
  const char *result = verdict->refusal == NULL ? "passes" : "refused";
  g_ptr_array_add (verdict->missing, NULL);
  return print_test (verdict->is_unknown ? "unknown" : result, verdict->refusal,
                     (const char *const *)verdict->missing->pdata, verdict->trace,
                     options->as_json);
}

static int
test_expression (const JzStated *stated,
                 const JzExpression *expression,
                 const Options *options,
                 GError **error)
{
  const JzLimitFacts situation = { stated->rulebook, stated->calendar,
                                   jz_fact_set_get_facts (stated->facts) };
  const JzFacts facts = jz_limit_facts_get_facts (&situation);
  g_autofree char *value = NULL;
  g_autofree char *trace = NULL;
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (expression, &facts, JZ_EXPRESSION_DEFAULT_STEPS, TRUE, error);
  if (outcome == NULL)
    return JZ_EXIT_USAGE;
  if (jz_expression_get_kind (expression) == JZ_VALUE_BOOL)
    value = g_strdup (get_result (jz_outcome_get_truth (outcome)));
  else
    value = jz_outcome_get_value (outcome) != NULL
              ? jz_value_to_text (jz_outcome_get_value (outcome))
              : g_strdup ("unknown");
  trace = jz_trace_to_text (jz_outcome_get_trace (outcome));
  return print_test (value, NULL, jz_outcome_get_missing (outcome), trace, options->as_json);
}

/* Of the acts that it speaks of: the one of --act, else the first. */
static const JzGateOn *
find_on (const JzRecordingRule *rule, const char *act)
{
  for (guint i = 0; i < rule->on->len; i++) {
    const JzGateOn *on = g_ptr_array_index (rule->on, i);
    if (act == NULL || strcmp (on->act, act) == 0)
      return on;
  }
  return NULL;
}

static int
test_recording (const JzStated *stated,
                const JzRecordingRule *rule,
                const Options *options,
                GError **error)
{
  const JzGateOn *on = find_on (rule, options->act);
  if (on == NULL)
    return print_test ("false", NULL, NULL, "", options->as_json);
  if (on->when == NULL)
    return print_test ("true", NULL, NULL, "", options->as_json);
  return test_expression (stated, on->when, options, error);
}

static int
test_text (const JzStated *stated, const Options *options, GError **error)
{
  const JzTextPosition position = { .file = "--expression", .line = 1, .column = 1 };
  JzVocabulary vocabulary;
  jz_rulebook_get_vocabulary (stated->rulebook, &vocabulary);
  g_autoptr (JzExpression) expression =
    jz_expression_parse (options->expression, strlen (options->expression), &position,
                         jz_rulebook_get_semantics (stated->rulebook), &vocabulary, NULL, error);
  if (expression == NULL)
    return JZ_EXIT_USAGE;
  return test_expression (stated, expression, options, error);
}

static int
test_rule (const JzStated *stated, const char *id, const Options *options, GError **error)
{
  if (options->expression != NULL)
    return test_text (stated, options, error);
  const JzRule *rule = find_rule (stated, id, error);
  if (rule == NULL)
    return JZ_EXIT_USAGE;
  if (rule->kind == JZ_RULE_GATE)
    return test_gate (stated, (const JzGateRule *)rule, options, error);
  if (rule->kind == JZ_RULE_TRIGGER)
    return test_expression (stated, ((const JzTrigger *)rule)->when, options, error);
  if (rule->kind == JZ_RULE_RECORDING)
    return test_recording (stated, (const JzRecordingRule *)rule, options, error);
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("%s cannot be tried out on facts; gates, triggers and rules on recordings can, "
                  "and limits by juanzongctl due."),
               id);
  return JZ_EXIT_USAGE;
}

static int
run (const char *verb, const char *word, const Options *options, GError **error)
{
  g_auto (JzStated) stated = { NULL };
  if (strcmp (verb, "check") == 0)
    return check_rules (word, options, error);
  if (!jz_stated_init (&stated, options->field, options->facts, options->file, &options->adopted,
                       error))
    return JZ_EXIT_USAGE;
  if (strcmp (verb, "list") == 0 && word == NULL)
    return list_rules (&stated, options->as_json);
  if (strcmp (verb, "show") == 0 && word != NULL)
    return show_rule (&stated, word, options->as_json, error);
  if (strcmp (verb, "test") == 0 && (word != NULL) != (options->expression != NULL))
    return test_rule (&stated, word, options, error);
  return jz_cli_misuse (_ ("Write rules list, rules show ID, rules check [FILE], rules test ID or "
                           "rules test --expression TEXT."));
}

/**
 * jz_cli_rules:
 * @argc: number of words
 * @argv: the words
 *
 * `rules list|show|check|test`: lists what is shipped, or what
 * the store of --store has adopted, shows a rule, checks a
 * file of the user's with file, line and column of what is wrong, or tries a
 * gate, a trigger or an expression out on stated facts and shows how it came
 * out (3 when a gate refuses).
 *
 * Returns: exit status
 */
int
jz_cli_rules (int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  g_autoptr (GError) error = NULL;
  int status = 0;
  const GOptionEntry entries[] = {
    { "field", 0, 0, G_OPTION_ARG_STRING, &options.field, N_ ("Field of law"), "BASE|HR|MR" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.facts, N_ ("State a fact"),
      N_ ("NAME=VALUE") },
    { "facts", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("State the facts of a JSON file"),
      N_ ("FILE") },
    { "act", 0, 0, G_OPTION_ARG_STRING, &options.act, N_ ("Ask the gate before this act only"),
      N_ ("ACT") },
    { "expression", 0, 0, G_OPTION_ARG_STRING, &options.expression,
      N_ ("Try out an expression instead of a rule"), N_ ("TEXT") },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options.adopted.store,
      N_ ("Take what this store has adopted, not what is shipped"), N_ ("STORE") },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &options.adopted.as_of,
      N_ ("Take what was in force on this day; today when absent"), N_ ("DATE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 2, &status))
    return status;
  status = run (argv[1], argc > 2 ? argv[2] : NULL, &options, &error);
  return error != NULL ? jz_cli_fail (error) : status;
}
