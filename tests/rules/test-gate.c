/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/gate.h"

#include <string.h>

#include "../base/test-calendar-data.h"
#include "rules/calendar_file.h"
#include "rules/fact_set.h"

static const char *const fields[] = { "BASE", "HR", "MR" };

typedef struct {
  JzRulebook *rulebook;
  JzCalendar *calendar;
} Law;

static void
law_clear (Law *self)
{
  jz_rulebook_unref (self->rulebook);
  jz_calendar_unref (self->calendar);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Law, law_clear)

static void
law_init (Law *self, const char *field)
{
  g_autoptr (GError) error = NULL;
  self->rulebook = jz_rulebook_load_shipped (field, &error);
  g_assert_no_error (error);
  self->calendar = jz_calendar_load_shipped (&error);
  g_assert_no_error (error);
}

static JzFactSet *
state (const Law *law, const char *text)
{
  g_autoptr (GError) error = NULL;
  JzFactSet *facts = jz_fact_set_new (jz_rulebook_get_fact_vocabulary (law->rulebook));
  g_autoptr (JzJson) json = jz_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  jz_fact_set_state_json (facts, json, &error);
  g_assert_no_error (error);
  return facts;
}

static JzGateVerdict *
ask (const Law *law,
     const char *id,
     const char *act,
     const char *text,
     JzLanguage language,
     gboolean tracing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactSet) facts = state (law, text);
  const JzLimitFacts situation = { law->rulebook, law->calendar, jz_fact_set_get_facts (facts) };
  const JzGateRule *gate = (const JzGateRule *)jz_rulebook_find (law->rulebook, JZ_RULE_GATE, id);
  g_assert_nonnull (gate);
  JzGateVerdict *verdict = jz_gate_ask (gate, &situation, act, language, tracing, &error);
  g_assert_no_error (error);
  return verdict;
}

static const char *
get_word (const JzGateVerdict *verdict)
{
  if (verdict->refusal == NULL)
    return "passes";
  if (verdict->is_unknown)
    return "unknown";
  return jz_refusal_get_level (verdict->refusal) == JZ_REFUSAL_BLOCK ? "BLOCK" : "BLOCK*";
}

/* Every row of the table comes out as it says, under the rules of every field. */
static void
test_table (gconstpointer data)
{
  g_auto (Law) law = { NULL };
  law_init (&law, data);
  g_autoptr (GPtrArray) rows = test_load_table ("gates.tsv");
  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);
    g_autoptr (JzGateVerdict) verdict = ask (&law, row[0], row[1], row[3], JZ_LANGUAGE_ZH, FALSE);
    g_assert_true (jz_gate_stands_before (verdict->gate, row[1]));
    if (strcmp (get_word (verdict), row[2]) != 0)
      g_error ("%s with %s came out as %s, not %s.", row[0], row[3], get_word (verdict), row[2]);
    if (verdict->refusal == NULL)
      continue;
    g_assert_cmpstr (jz_refusal_get_rule (verdict->refusal), ==, row[0]);
    g_assert_cmpstr (jz_refusal_get_basis (verdict->refusal), !=, "");
    g_assert_null (strchr (jz_refusal_get_sentence (verdict->refusal), '{'));
    g_assert_null (strstr (jz_refusal_get_sentence (verdict->refusal), "……"));
    g_assert_cmpuint (verdict->missing->len, ==, 0);
  }
}

/* No gate is encoded without being refused, by each of its sentences, and let through. */
static void
test_table_is_complete (gconstpointer data)
{
  g_auto (Law) law = { NULL };
  law_init (&law, data);
  g_autoptr (GPtrArray) rows = test_load_table ("gates.tsv");
  const GPtrArray *gates = jz_rulebook_get_rules (law.rulebook, JZ_RULE_GATE);
  g_assert_cmpuint (gates->len, ==, 44);
  for (guint i = 0; i < gates->len; i++) {
    const JzGateRule *gate = g_ptr_array_index (gates, i);
    g_autoptr (GHashTable) sentences =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    gboolean passes = FALSE;
    for (guint j = 0; j < rows->len; j++) {
      char **row = g_ptr_array_index (rows, j);
      if (strcmp (row[0], gate->rule.id) != 0)
        continue;
      g_autoptr (JzGateVerdict) verdict = ask (&law, row[0], row[1], row[3], JZ_LANGUAGE_EN, FALSE);
      if (verdict->refusal == NULL)
        passes = TRUE;
      else
        g_hash_table_add (sentences, g_strdup (jz_refusal_get_sentence (verdict->refusal)));
    }
    if (!passes || g_hash_table_size (sentences) < gate->refusals->len)
      g_error ("%s is not shown refused by every sentence and let through.", gate->rule.id);
  }
}

/* What nobody stated opens no gate, and is named by its meaning. */
static void
test_unknown_refuses (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "BASE");
  const GPtrArray *gates = jz_rulebook_get_rules (law.rulebook, JZ_RULE_GATE);
  for (guint i = 0; i < gates->len; i++) {
    const JzGateRule *gate = g_ptr_array_index (gates, i);
    g_autoptr (JzGateVerdict) verdict =
      ask (&law, gate->rule.id, NULL, "{}", JZ_LANGUAGE_ZH, FALSE);
    g_assert_cmpstr (get_word (verdict), ==, "unknown");
    g_assert_cmpuint (verdict->missing->len, >, 0);
  }
  g_autoptr (JzGateVerdict) verdict = ask (&law, "G-26", "decision.approve",
                                           "{\"case.outcome\":\"penalise\","
                                           "\"defence.is_waived\":false,"
                                           "\"now.date\":\"2025-03-05\"}",
                                           JZ_LANGUAGE_ZH, FALSE);
  g_assert_nonnull (strstr (jz_refusal_get_sentence (verdict->refusal), "陈述申辩期 (TL-P12)"));
}

/* An act that a gate does not stand before, or not in this case, is let through by it. */
static void
test_acts (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "BASE");
  const JzGateRule *gate =
    (const JzGateRule *)jz_rulebook_find (law.rulebook, JZ_RULE_GATE, "G-02");
  g_assert_true (jz_gate_stands_before (gate, "field.inspect"));
  g_assert_true (jz_gate_stands_before (gate, "field.preserve"));
  g_assert_false (jz_gate_stands_before (gate, "fields.inspect"));
  g_assert_false (jz_gate_stands_before (gate, "case.file"));
  g_autoptr (JzGateVerdict) other = ask (&law, "G-02", "case.file", "{}", JZ_LANGUAGE_ZH, FALSE);
  g_assert_null (other->refusal);
  g_autoptr (JzGateVerdict) unknown =
    ask (&law, "G-25", "decision.approve", "{\"notice.served_on\":null}", JZ_LANGUAGE_ZH, FALSE);
  g_assert_cmpstr (get_word (unknown), ==, "unknown");
  g_autoptr (JzGateVerdict) unproved =
    ask (&law, "G-25", "decision.approve",
         "{\"notice.served_on\":null,\"case.outcome\":\"unproved\"}", JZ_LANGUAGE_ZH, FALSE);
  g_assert_null (unproved->refusal);
}

/* Sentences name those that are meant, in the words of the reader. */
static void
test_sentences (void)
{
  static const char facts[] = "{\"act.happened_on\":\"2025-03-05\",\"act.officers\":["
                              "{\"name\":\"张某\",\"is_auxiliary\":false,\"is_certified\":true},"
                              "{\"name\":\"李某\",\"is_auxiliary\":false,\"is_certified\":false},"
                              "{\"name\":\"王某\",\"is_auxiliary\":false,\"is_certified\":false}]}";
  g_auto (Law) law = { NULL };
  law_init (&law, "BASE");
  g_autoptr (JzGateVerdict) zh = ask (&law, "G-02", "field.inspect", facts, JZ_LANGUAGE_ZH, TRUE);
  g_assert_cmpstr (
    jz_refusal_get_sentence (zh->refusal), ==,
    "执法人员李某、王某的执法证在2025年3月5日无效或不在执法范围内，不能实施本行为。");
  g_assert_cmpstr (jz_refusal_get_basis (zh->refusal), ==,
                   "《行政处罚法》第42条；《行政处罚法》第55条；"
                   "《关于全面推行三项制度的指导意见》(5)");
  g_assert_nonnull (strstr (zh->trace, "is_certified"));
  g_autoptr (JzGateVerdict) en = ask (&law, "G-02", "field.inspect", facts, JZ_LANGUAGE_EN, FALSE);
  g_assert_null (en->trace);
  g_assert_nonnull (
    strstr (jz_refusal_get_sentence (en->refusal), "of 李某, 王某 is not valid on 2025-03-05"));
  g_autoptr (JzGateVerdict) money =
    ask (&law, "G-35", "decision.approve",
         "{\"case.outcome\":\"penalise\",\"decision.kinds\":[{\"kind\":\"fine\"}],"
         "\"decision.fine\":\"60000 yuan\",\"discretion.statutory_least\":1000050,"
         "\"discretion.statutory_most\":5000000,\"discretion.is_mitigation_documented\":false}",
         JZ_LANGUAGE_ZH, FALSE);
  g_assert_cmpstr (jz_refusal_get_sentence (money->refusal), ==,
                   "处罚幅度超出法定范围：法定10000.50元至50000.00元，拟定60000.00元。");
  g_autoptr (JzGateVerdict) choice =
    ask (&law, "G-11", "case.assign",
         "{\"assignment.role\":\"reviewer\",\"assignment.is_sole_handler\":false,"
         "\"assignment.held\":[{\"role\":\"checker\"},{\"role\":\"handler\"}]}",
         JZ_LANGUAGE_ZH, FALSE);
  g_assert_cmpstr (jz_refusal_get_sentence (choice->refusal), ==,
                   "同一人员不得兼任本案的法制审核人员与承办人。");
}

/* DC-15: a presumed end opens no gate; a confirmed day with a reason does. */
static void
test_presumed (void)
{
  static const char begin[] = "{\"case.outcome\":\"penalise\",\"defence.is_waived\":false,"
                              "\"notice.served_on\":\"2027-03-01\",\"notice.defence_days\":null,"
                              "\"now.date\":\"2027-03-20\"";
  static const struct {
    const char *confirmed;
    const char *word;
  } cases[] = {
    { ",\"procedure.confirmed_limits\":[]}", "unknown" },
    { ",\"procedure.confirmed_limits\":"
      "[{\"limit\":\"TL-P12\",\"due\":\"2027-03-08\",\"reason\":\"经核对无假日\"}]}",
      "passes" },
    { ",\"procedure.confirmed_limits\":[{\"limit\":\"TL-P12\",\"due\":\"2027-03-08\"}]}",
      "unknown" },
    { ",\"procedure.confirmed_limits\":"
      "[{\"limit\":\"TL-P12\",\"due\":\"2027-03-05\",\"reason\":\"早于推定\"}]}",
      "unknown" },
    { ",\"procedure.confirmed_limits\":"
      "[{\"limit\":\"TL-P13\",\"due\":\"2027-03-08\",\"reason\":\"另一期限\"}]}",
      "unknown" },
    { ",\"procedure.confirmed_limits\":"
      "[{\"limit\":\"TL-P12\",\"due\":\"2027-03-22\",\"reason\":\"放假通知未发\"}]}",
      "BLOCK" },
  };
  g_auto (Law) law = { NULL };
  law_init (&law, "BASE");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *facts = g_strconcat (begin, cases[i].confirmed, NULL);
    g_autoptr (JzGateVerdict) verdict =
      ask (&law, "G-26", "decision.approve", facts, JZ_LANGUAGE_ZH, FALSE);
    g_assert_cmpstr (get_word (verdict), ==, cases[i].word);
  }
}

/* All gates before an act at once. */
static void
test_all (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "HR");
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactSet) facts = state (&law, "{\"record.kind\":\"other\"}");
  const JzLimitFacts situation = { law.rulebook, law.calendar, jz_fact_set_get_facts (facts) };
  g_autoptr (GPtrArray) verdicts =
    jz_gates_ask_all (&situation, "record.finalise", JZ_LANGUAGE_ZH, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (verdicts->len, ==, 2);
  const JzGateVerdict *first = g_ptr_array_index (verdicts, 0);
  const JzGateVerdict *second = g_ptr_array_index (verdicts, 1);
  g_assert_cmpstr (first->gate->rule.id, ==, "G-04");
  g_assert_null (first->refusal);
  g_assert_cmpstr (second->gate->rule.id, ==, "G-12");
  g_assert_true (second->is_unknown);
}

/* A warning is told where the gate lets through, and stands in nobody's way; what is not known is
 * none. */
static void
test_warnings (void)
{
  static const struct {
    const char *facts;
    const char *word;
    const char *said; /* or NULL: nothing */
  } cases[] = {
    { "{\"recording.owed\":[],\"recording.unticked\":[{\"stage\":\"询问\",\"points\":"
      "\"双方同框\",\"count\":1}]}",
      "passes", "双方同框" },
    { "{\"recording.owed\":[],\"recording.unticked\":[]}", "passes", NULL },
    { "{\"recording.owed\":[]}", "passes", NULL },
    { "{\"recording.owed\":[{\"is_covered\":true,\"is_excused\":false,\"is_present\":false,"
      "\"is_quarantined\":false,\"level\":\"choose\",\"stage\":\"询问\"}],"
      "\"recording.unticked\":[{\"stage\":\"询问\",\"points\":\"双方同框\",\"count\":1}]}",
      "BLOCK*", NULL },
  };
  g_auto (Law) law = { NULL };

  law_init (&law, "BASE");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzGateVerdict) verdict =
      ask (&law, "G-63", "case.close", cases[i].facts, JZ_LANGUAGE_ZH, FALSE);
    g_assert_cmpstr (get_word (verdict), ==, cases[i].word);
    g_assert_cmpuint (verdict->missing->len, ==, 0);
    g_assert_cmpuint (verdict->warnings->len, ==, cases[i].said != NULL ? 1 : 0);
    if (cases[i].said != NULL)
      g_assert_nonnull (strstr (g_ptr_array_index (verdict->warnings, 0), cases[i].said));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *table = g_strconcat ("/rules/gate/table/", fields[i], NULL);
    g_autofree char *complete = g_strconcat ("/rules/gate/complete/", fields[i], NULL);
    g_test_add_data_func (table, fields[i], test_table);
    g_test_add_data_func (complete, fields[i], test_table_is_complete);
  }
  g_test_add_func ("/rules/gate/unknown-refuses", test_unknown_refuses);
  g_test_add_func ("/rules/gate/acts", test_acts);
  g_test_add_func ("/rules/gate/sentences", test_sentences);
  g_test_add_func ("/rules/gate/presumed", test_presumed);
  g_test_add_func ("/rules/gate/all", test_all);
  g_test_add_func ("/rules/gate/warnings", test_warnings);
  return g_test_run ();
}
