/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression.h"

#include "expression-fixture.h"

static JzOutcome *
trace (const char *text, const char *facts_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FixtureFacts) facts = fixture_facts_new (facts_text);
  JzFacts interface = fixture_facts_get_interface (facts);
  g_autoptr (JzExpression) expression =
    jz_expression_parse (text, strlen (text), &fixture_position, JZ_EXPRESSION_SEMANTICS,
                         &fixture_vocabulary, NULL, &error);

  g_assert_no_error (error);
  JzOutcome *outcome =
    jz_expression_evaluate (expression, &interface, JZ_EXPRESSION_DEFAULT_STEPS, TRUE, &error);
  g_assert_no_error (error);
  return outcome;
}

static const struct {
  const char *text;
  const char *facts;
  const char *lines;
} rows[] = {
  { "a", "a=true", "a: true\n" },
  { "true", "", "true: true\n" },
  { "party.kind = 'citizen' and decision.amount_fen > 200 yuan", "party.kind=citizen",
    "party.kind = 'citizen' and decision.amount_fen > 200 yuan: unknown\n"
    "  party.kind = 'citizen': true\n"
    "    party.kind: 'citizen'\n"
    "  decision.amount_fen > 200 yuan: unknown\n"
    "    decision.amount_fen: unknown\n" },
  { "a and (b or\n     c) and d", "a=true;b=true",
    "a and (b or c) and d: unknown\n"
    "  a: true\n"
    "  b or c: true\n"
    "    b: true\n"
    "    c: not needed\n"
    "  d: unknown\n" },
  { "not (a or b) and n + 1 > 5", "a=true",
    "not (a or b) and n + 1 > 5: false\n"
    "  not (a or b): false\n"
    "    a or b: true\n"
    "      a: true\n"
    "      b: not needed\n"
    "  n + 1 > 5: not needed\n" },
  { "exists party.phone and exists party.name and exists n", "party.phone=1",
    "exists party.phone and exists party.name and exists n: unknown\n"
    "  exists party.phone: true\n"
    "    party.phone: '1'\n"
    "  exists party.name: unknown\n"
    "    party.name: unknown\n"
    "  exists n: unknown\n"
    "    n: unknown\n" },
  { "exists party.phone or party.phone = '1'", "party.phone=-",
    "exists party.phone or party.phone = '1': unknown\n"
    "  exists party.phone: false\n"
    "    party.phone: absent\n"
    "  party.phone = '1': unknown\n"
    "    party.phone: absent\n" },
  { "count(x in officers : x.valid) >= 2", "officers=[valid=true|valid=false|valid=-]",
    "count(x in officers : x.valid) >= 2: unknown\n"
    "  count(x in officers : x.valid): unknown\n"
    "    officers: 3 entries\n"
    "    entry 1: x.valid: true\n"
    "    entry 2: x.valid: false\n"
    "    entry 3: x.valid: absent\n" },
  { "any(x in officers : x.valid and x.age > 17)",
    "officers=[valid=false|valid=true,age=30|valid=true]",
    "any(x in officers : x.valid and x.age > 17): true\n"
    "  officers: 3 entries\n"
    "  entry 1: x.valid and x.age > 17: false\n"
    "    x.valid: false\n"
    "    x.age > 17: not needed\n"
    "  entry 2: x.valid and x.age > 17: true\n"
    "    x.valid: true\n"
    "    x.age > 17: true\n"
    "      x.age: 30\n"
    "  from entry 3 on: not needed\n" },
  { "any(x in officers : true)", "officers=[|]",
    "any(x in officers : true): true\n"
    "  officers: 2 entries\n"
    "  entry 1: true: true\n"
    "  from entry 2 on: not needed\n" },
  { "all(x in officers : x.valid)", "officers=[valid=false]",
    "all(x in officers : x.valid): false\n"
    "  officers: 1 entry\n"
    "  entry 1: x.valid: false\n" },
  { "count(officers) = 0", "officers=[]",
    "count(officers) = 0: true\n"
    "  count(officers): 0\n"
    "    officers: 0 entries\n" },
  { "all(x in officers : x.valid)", "officers=-",
    "all(x in officers : x.valid): unknown\n"
    "  officers: absent\n" },
  { "days(notice.served_on, limit('TL-P12').due) - 1",
    "notice.served_on=2026-03-02;limit:TL-P12=2026-03-09",
    "days(notice.served_on, limit('TL-P12').due) - 1: 6\n"
    "  days(notice.served_on, limit('TL-P12').due): 7\n"
    "    notice.served_on: 2026-03-02\n"
    "    limit('TL-P12').due: 2026-03-09\n" },
  { "decision.amount_fen - 1 fen < -notice.amount_fen", "decision.amount_fen=1;notice.amount_fen=5",
    "decision.amount_fen - 1 fen < -notice.amount_fen: false\n"
    "  decision.amount_fen - 1 fen: 0 yuan\n"
    "    decision.amount_fen: 1 fen\n"
    "  -notice.amount_fen: -5 fen\n"
    "    notice.amount_fen: 5 fen\n" },
  { "party.kind in {'个体工商户'}", "party.kind=个体工商户",
    "party.kind in {'个体工商户'}: true\n"
    "  party.kind: '个体工商户'\n" },
  { "case.found_at < 2026-03-02T09:30", "case.found_at=2026-03-02T08:00",
    "case.found_at < 2026-03-02T09:30: true\n"
    "  case.found_at: 2026-03-02T08:00\n" },
};

static void
test_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzOutcome) outcome = trace (rows[i].text, rows[i].facts);
    g_autofree char *lines = jz_trace_to_text (jz_outcome_get_trace (outcome));
    g_assert_cmpstr (lines, ==, rows[i].lines);
  }
}

/* The tree that others turn into JSON: spans, places in characters, values and names. */
static void
test_tree (void)
{
  const char *text = "party.name = '张某' and\n  (n > 1 or a)";
  g_autoptr (JzOutcome) outcome = trace (text, "party.name=张某;n=2");
  const JzTrace *root = jz_outcome_get_trace (outcome);
  const JzTrace *first = root->first_child;
  const JzTrace *second = first->next;
  const JzTrace *skipped = second->first_child->next;

  g_assert_cmpmem (root->text, root->length, text, strlen (text));
  g_assert_cmpuint (root->line, ==, 1);
  g_assert_cmpuint (root->column, ==, 1);
  g_assert_cmpint (root->state, ==, JZ_TRACE_KNOWN);
  g_assert_null (root->next);

  g_assert_cmpmem (first->text, first->length, "party.name = '张某'", 21);
  g_assert_cmpint (first->first_child->next->is_literal, ==, TRUE);
  g_assert_cmpuint (first->first_child->next->column, ==, 14);
  g_assert_cmpstr (jz_value_get_text (first->first_child->value), ==, "张某");
  g_assert_null (first->first_child->missing);

  g_assert_cmpmem (second->text, second->length, "n > 1 or a", 10);
  g_assert_cmpuint (second->line, ==, 2);
  g_assert_cmpuint (second->column, ==, 4);
  g_assert_null (second->next);

  g_assert_cmpmem (skipped->text, skipped->length, "a", 1);
  g_assert_cmpint (skipped->state, ==, JZ_TRACE_NOT_NEEDED);
  g_assert_cmpuint (skipped->column, ==, 13);
  g_assert_null (skipped->value);
  g_assert_null (skipped->missing);
  g_assert_null (skipped->first_child);
}

static void
test_missing (void)
{
  g_autoptr (JzOutcome) outcome =
    trace ("any(x in officers : x.name = '张某') or exists n", "officers=[name=-]");
  const JzTrace *any = jz_outcome_get_trace (outcome)->first_child;
  const JzTrace *entry = any->first_child->next;
  const JzTrace *exists = any->next;

  g_assert_cmpuint (any->entry, ==, 0);
  g_assert_cmpuint (entry->entry, ==, 1);
  g_assert_cmpint (entry->state, ==, JZ_TRACE_UNKNOWN);
  g_assert_null (entry->missing);
  g_assert_cmpint (entry->first_child->state, ==, JZ_TRACE_ABSENT);
  g_assert_cmpstr (entry->first_child->missing, ==, "officers.name");
  g_assert_cmpint (exists->first_child->state, ==, JZ_TRACE_UNKNOWN);
  g_assert_cmpstr (exists->first_child->missing, ==, "n");
}

/* Where the expression stands in a file, the parts of its trace stand too. */
static void
test_position (void)
{
  static const JzTextPosition position = { .file = "x.xml", .line = 12, .column = 34 };
  g_autoptr (FixtureFacts) facts = fixture_facts_new ("a=true");
  JzFacts interface = fixture_facts_get_interface (facts);
  g_autoptr (JzExpression) expression = jz_expression_parse (
    "a and\n b", 8, &position, JZ_EXPRESSION_SEMANTICS, &fixture_vocabulary, NULL, NULL);
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (expression, &interface, JZ_EXPRESSION_DEFAULT_STEPS, TRUE, NULL);
  const JzTrace *root = jz_outcome_get_trace (outcome);

  g_assert_cmpuint (root->line, ==, 12);
  g_assert_cmpuint (root->column, ==, 34);
  g_assert_cmpuint (root->first_child->next->line, ==, 13);
  g_assert_cmpuint (root->first_child->next->column, ==, 2);
}

/* A fact is a line, whatever it holds, and never an order to a terminal. */
static void
test_foreign_text (void)
{
  g_autofree char *long_name = g_strnfill (500, 'x');
  g_autofree char *long_facts = g_strdup_printf ("party.name=%s", long_name);
  g_autoptr (JzOutcome) hostile =
    trace ("party.name = 'x'", "party.name=a\n\n \tb\x1b[1m\xe2\x80\xae");
  g_autoptr (JzOutcome) endless = trace ("party.name = 'x'", long_facts);
  g_autofree char *hostile_lines = jz_trace_to_text (jz_outcome_get_trace (hostile));
  g_autofree char *endless_lines = jz_trace_to_text (jz_outcome_get_trace (endless));

  g_assert_cmpstr (hostile_lines, ==,
                   "party.name = 'x': false\n  party.name: 'a b\xef\xbf\xbd[1m\xef\xbf\xbd'\n");
  g_assert_cmpuint (strlen (endless_lines), <, 200);
  g_assert_true (g_str_has_suffix (endless_lines, "xxx…\n"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/expression-trace/lines", test_lines);
  g_test_add_func ("/base/expression-trace/tree", test_tree);
  g_test_add_func ("/base/expression-trace/missing", test_missing);
  g_test_add_func ("/base/expression-trace/position", test_position);
  g_test_add_func ("/base/expression-trace/foreign-text", test_foreign_text);

  return g_test_run ();
}
