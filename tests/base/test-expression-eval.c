/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "base/expression.h"

#include "expression-fixture.h"

static JzExpression *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JzExpression *expression =
    jz_expression_parse (text, strlen (text), &fixture_position, JZ_EXPRESSION_SEMANTICS,
                         &fixture_vocabulary, NULL, &error);

  g_assert_no_error (error);
  return expression;
}

static JzOutcome *
evaluate (const char *text, const char *facts_text, guint64 max_steps, GError **error)
{
  g_autoptr (JzExpression) expression = parse (text);
  g_autoptr (FixtureFacts) facts = fixture_facts_new (facts_text);
  JzFacts interface = fixture_facts_get_interface (facts);

  return jz_expression_evaluate (expression, &interface, max_steps, FALSE, error);
}

/* The value as the language writes it, or ? and what is missing. */
static void
assert_outcome (const char *text, const char *facts, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOutcome) outcome = evaluate (text, facts, JZ_EXPRESSION_DEFAULT_STEPS, &error);
  g_autofree char *came_out = NULL;

  g_assert_no_error (error);
  if (jz_outcome_get_value (outcome) != NULL) {
    came_out = jz_value_to_text (jz_outcome_get_value (outcome));
    g_assert_null (jz_outcome_get_missing (outcome)[0]);
  } else {
    g_autofree char *missing = g_strjoinv (", ", (char **)jz_outcome_get_missing (outcome));
    came_out = g_strdup_printf ("? %s", missing);
  }
  if (strcmp (came_out, expected) != 0)
    g_error ("“%s” with “%s” should be “%s”, not “%s”.", text, facts, expected, came_out);
}

/* The four states of two conditions, as the fixture writes them. */
static const char *const a_states[] = { "a=true", "a=false", "", "a=-" };
static const char *const b_states[] = { "b=true", "b=false", "", "b=-" };

/* Kleene's tables, row a and column b, each true, false, unknown, absent. */
static const struct {
  const char *text;
  const char *expected[4][4];
} truth_tables[] = {
  { "a and b",
    { { "true", "false", "? b", "? b" },
      { "false", "false", "false", "false" },
      { "? a", "false", "? a, b", "? a, b" },
      { "? a", "false", "? a, b", "? a, b" } } },
  { "a or b",
    { { "true", "true", "true", "true" },
      { "true", "false", "? b", "? b" },
      { "true", "? a", "? a, b", "? a, b" },
      { "true", "? a", "? a, b", "? a, b" } } },
  { "not a or b",
    { { "true", "false", "? b", "? b" },
      { "true", "true", "true", "true" },
      { "true", "? a", "? a, b", "? a, b" },
      { "true", "? a", "? a, b", "? a, b" } } },
  { "a = b",
    { { "true", "false", "? b", "? b" },
      { "false", "true", "? b", "? b" },
      { "? a", "? a", "? a, b", "? a, b" },
      { "? a", "? a", "? a, b", "? a, b" } } },
  { "a != b",
    { { "false", "true", "? b", "? b" },
      { "true", "false", "? b", "? b" },
      { "? a", "? a", "? a, b", "? a, b" },
      { "? a", "? a", "? a, b", "? a, b" } } },
  { "not a",
    { { "false", "false", "false", "false" },
      { "true", "true", "true", "true" },
      { "? a", "? a", "? a", "? a" },
      { "? a", "? a", "? a", "? a" } } },
  { "exists a",
    { { "true", "true", "true", "true" },
      { "true", "true", "true", "true" },
      { "? a", "? a", "? a", "? a" },
      { "false", "false", "false", "false" } } },
  { "exists a and a = b",
    { { "true", "false", "? b", "? b" },
      { "false", "true", "? b", "? b" },
      { "? a", "? a", "? a, b", "? a, b" },
      { "false", "false", "false", "false" } } },
  { "a in {true}",
    { { "true", "true", "true", "true" },
      { "false", "false", "false", "false" },
      { "? a", "? a", "? a", "? a" },
      { "? a", "? a", "? a", "? a" } } },
};

static void
test_truth_tables (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (truth_tables); i++) {
    for (guint a = 0; a < 4; a++) {
      for (guint b = 0; b < 4; b++) {
        g_autofree char *facts = g_strdup_printf ("%s; %s", a_states[a], b_states[b]);
        assert_outcome (truth_tables[i].text, facts, truth_tables[i].expected[a][b]);
      }
    }
  }
}

/* any, all and count over two entries, in the same order. */
static const struct {
  const char *text;
  const char *expected[4][4];
} loop_tables[] = {
  { "any(x in officers : x.valid)",
    { { "true", "true", "true", "true" },
      { "true", "false", "? officers.valid", "? officers.valid" },
      { "true", "? officers.valid", "? officers.valid", "? officers.valid" },
      { "true", "? officers.valid", "? officers.valid", "? officers.valid" } } },
  { "all(x in officers : x.valid)",
    { { "true", "false", "? officers.valid", "? officers.valid" },
      { "false", "false", "false", "false" },
      { "? officers.valid", "false", "? officers.valid", "? officers.valid" },
      { "? officers.valid", "false", "? officers.valid", "? officers.valid" } } },
  { "count(x in officers : x.valid)",
    { { "2", "1", "? officers.valid", "? officers.valid" },
      { "1", "0", "? officers.valid", "? officers.valid" },
      { "? officers.valid", "? officers.valid", "? officers.valid", "? officers.valid" },
      { "? officers.valid", "? officers.valid", "? officers.valid", "? officers.valid" } } },
  { "count(x in officers : exists x.valid)",
    { { "2", "2", "? officers.valid", "1" },
      { "2", "2", "? officers.valid", "1" },
      { "? officers.valid", "? officers.valid", "? officers.valid", "? officers.valid" },
      { "1", "1", "? officers.valid", "0" } } },
  { "count(x in officers : x.valid) >= 1",
    { { "true", "true", "true", "true" },
      { "true", "false", "? officers.valid", "? officers.valid" },
      { "true", "? officers.valid", "? officers.valid", "? officers.valid" },
      { "true", "? officers.valid", "? officers.valid", "? officers.valid" } } },
  { "2 > count(x in officers : x.valid)",
    { { "false", "true", "? officers.valid", "? officers.valid" },
      { "true", "true", "true", "true" },
      { "? officers.valid", "true", "? officers.valid", "? officers.valid" },
      { "? officers.valid", "true", "? officers.valid", "? officers.valid" } } },
  { "count(x in officers : x.valid) = 2",
    { { "true", "false", "? officers.valid", "? officers.valid" },
      { "false", "false", "false", "false" },
      { "? officers.valid", "false", "? officers.valid", "? officers.valid" },
      { "? officers.valid", "false", "? officers.valid", "? officers.valid" } } },
  { "count(x in officers : x.valid) != count(y in officers : y.valid) + 3",
    { { "true", "true", "? officers.valid", "? officers.valid" },
      { "true", "true", "? officers.valid", "? officers.valid" },
      { "? officers.valid", "? officers.valid", "? officers.valid", "? officers.valid" },
      { "? officers.valid", "? officers.valid", "? officers.valid", "? officers.valid" } } },
  { "count(x in officers : x.valid) < count(officers) + 1",
    { { "true", "true", "true", "true" },
      { "true", "true", "true", "true" },
      { "true", "true", "true", "true" },
      { "true", "true", "true", "true" } } },
  { "count(officers)",
    { { "2", "2", "2", "2" },
      { "2", "2", "2", "2" },
      { "2", "2", "2", "2" },
      { "2", "2", "2", "2" } } },
};

static void
test_loop_tables (void)
{
  static const char *const entries[] = { "valid=true", "valid=false", "age=1", "valid=-" };

  for (gsize i = 0; i < G_N_ELEMENTS (loop_tables); i++) {
    for (guint a = 0; a < 4; a++) {
      for (guint b = 0; b < 4; b++) {
        g_autofree char *facts = g_strdup_printf ("officers=[%s|%s]", entries[a], entries[b]);
        assert_outcome (loop_tables[i].text, facts, loop_tables[i].expected[a][b]);
      }
    }
  }
}

static const struct {
  const char *text;
  const char *facts;
  const char *expected;
} outcomes[] = {
  /* literals are themselves */
  { "true", "", "true" },
  { "200 yuan", "", "200 yuan" },
  { "1 fen", "", "1 fen" },
  { "2026-03-02T09:30", "", "2026-03-02T09:30" },
  { "'某某''商贸'", "", "'某某''商贸'" },
  /* comparison by type */
  { "n < 5", "n=4", "true" },
  { "n < 5", "n=5", "false" },
  { "n <= 5", "n=5", "true" },
  { "n <= 5", "n=6", "false" },
  { "n > 5", "n=6", "true" },
  { "n > 5", "n=5", "false" },
  { "n >= 5", "n=5", "true" },
  { "n >= 5", "n=4", "false" },
  { "n = -5", "n=-5", "true" },
  { "n > -9223372036854775807", "n=-9223372036854775808", "false" },
  { "false = true", "", "false" },
  { "decision.amount_fen > 3000 yuan", "decision.amount_fen=300000", "false" },
  { "decision.amount_fen > 3000 yuan", "decision.amount_fen=300001", "true" },
  { "decision.date > notice.served_on", "decision.date=2026-03-02;notice.served_on=2026-02-28",
    "true" },
  { "decision.date < 2026-03-02", "decision.date=2026-03-02", "false" },
  { "decision.date < 2027-01-01", "decision.date=2026-12-31", "true" },
  { "case.found_at >= 2026-03-02T22:00", "case.found_at=2026-03-02T21:59", "false" },
  { "case.found_at >= 2026-03-02T22:00", "case.found_at=2026-03-02T22:00", "true" },
  { "party.name = '张某'", "party.name=张某", "true" },
  { "party.name = '张某'", "party.name=张某某", "false" },
  { "party.name = party.phone", "party.name=1;party.phone=1", "true" },
  { "party.kind = '个体工商户'", "party.kind=个体工商户", "true" },
  { "'citizen' = party.kind", "party.kind=organisation", "false" },
  { "party.kind != 'citizen'", "party.kind=organisation", "true" },
  { "decision.kind = notice.kind", "decision.kind=warning;notice.kind=warning", "true" },
  { "decision.kind = notice.kind", "decision.kind=fine;notice.kind=warning", "false" },
  /* sets */
  { "party.kind in {'organisation', '个体工商户'}", "party.kind=个体工商户", "true" },
  { "party.kind in {'organisation', '个体工商户'}", "party.kind=citizen", "false" },
  { "n in {1, -2}", "n=-2", "true" },
  { "n in {1, -2}", "n=2", "false" },
  { "decision.amount_fen in {1 yuan, -2 fen}", "decision.amount_fen=-2", "true" },
  { "decision.date in {2026-10-01, 2026-10-02}", "decision.date=2026-10-02", "true" },
  { "not n in {1}", "n=2", "true" },
  { "n in {1, 2}", "", "? n" },
  { "n in {1, 2}", "n=-", "? n" },
  /* sums */
  { "n + 1 - 2 + 10", "n=5", "14" },
  { "n - (1 - 2)", "n=5", "6" },
  { "n - 1 - 2", "n=5", "2" },
  { "-n", "n=5", "-5" },
  { "- - n", "n=5", "5" },
  { "1 - -n", "n=5", "6" },
  { "-(n + 1)", "n=5", "-6" },
  { "9223372036854775806 + 1", "", "9223372036854775807" },
  { "-9223372036854775807 - 1", "", "-9223372036854775808" },
  { "decision.amount_fen + 1 yuan - 50 fen", "decision.amount_fen=100", "150 fen" },
  { "decision.amount_fen - 1 yuan - 1 yuan", "decision.amount_fen=100", "-1 yuan" },
  { "-decision.amount_fen", "decision.amount_fen=5", "-5 fen" },
  { "decision.date + 5", "decision.date=2026-02-26", "2026-03-03" },
  { "decision.date - 2", "decision.date=2026-03-01", "2026-02-27" },
  { "decision.date + -2", "decision.date=2026-03-01", "2026-02-27" },
  { "decision.date - -2", "decision.date=2024-02-28", "2024-03-01" },
  { "decision.date - notice.served_on", "decision.date=2026-03-02;notice.served_on=2026-02-26",
    "4" },
  { "decision.date - 1 - notice.served_on + 10",
    "decision.date=2026-03-02;notice.served_on=2026-02-26", "13" },
  { "9999-12-30 + 1", "", "9999-12-31" },
  { "1900-01-02 - 1", "", "1900-01-01" },
  { "9999-12-31 - 1900-01-01", "", "2958463" },
  { "days(notice.served_on, decision.date)", "decision.date=2026-03-02;notice.served_on=2026-02-26",
    "4" },
  { "days(decision.date, notice.served_on)", "decision.date=2026-03-02;notice.served_on=2026-02-26",
    "-4" },
  { "days(decision.date, decision.date)", "decision.date=2026-03-02", "0" },
  { "n + party.age", "n=1", "? party.age" },
  { "n + party.age", "party.age=1", "? n" },
  { "party.age + n", "", "? party.age, n" },
  { "-n", "", "? n" },
  { "days(notice.served_on, decision.date)", "", "? notice.served_on, decision.date" },
  /* an unknown part is unknown even where the rest would not fit into 64 bits */
  { "9223372036854775807 + 1 + n", "", "? n" },
  { "n + 9223372036854775807 + 1", "", "? n" },
  /* limits */
  { "limit('TL-P12').due", "limit:TL-P12=2026-03-09", "2026-03-09" },
  { "decision.date > limit('TL-P12').due", "limit:TL-P12=2026-03-09;decision.date=2026-03-10",
    "true" },
  { "decision.date > limit('TL-P12').due", "decision.date=2026-03-10", "? limit('TL-P12').due" },
  { "decision.date > limit('TL-P12').due", "limit:TL-P12=-;decision.date=2026-03-10",
    "? limit('TL-P12').due" },
  { "exists limit('TL-P12').due", "limit:TL-P12=2026-03-09", "true" },
  { "exists limit('TL-P12').due", "limit:TL-P12=-", "false" },
  { "exists limit('TL-P12').due", "", "? limit('TL-P12').due" },
  { "limit('TL-P12').due < limit('TL-P16').due", "limit:TL-P12=2026-03-09;limit:TL-P16=2026-03-09",
    "false" },
  /* lists */
  { "count(officers)", "officers=[]", "0" },
  { "count(officers)", "officers=[|]", "2" },
  { "count(officers)", "", "? officers" },
  { "count(officers)", "officers=-", "? officers" },
  { "exists officers", "officers=[]", "true" },
  { "exists officers", "officers=-", "false" },
  { "any(x in officers : true)", "officers=[]", "false" },
  { "all(x in officers : false)", "officers=[]", "true" },
  { "count(x in officers : true)", "officers=[]", "0" },
  { "any(x in officers : true)", "", "? officers" },
  { "all(x in officers : true)", "officers=-", "? officers" },
  { "count(x in officers : x.valid and not x.auxiliary) >= 2",
    "officers=[valid=true,auxiliary=false|valid=true,auxiliary=true|valid=true,auxiliary=false]",
    "true" },
  { "count(x in officers : x.valid and not x.auxiliary) >= 2",
    "officers=[valid=true,auxiliary=false|valid=true,auxiliary=true]", "false" },
  { "any(x in officers : x.name = party.name)", "officers=[name=李某|name=张某];party.name=张某",
    "true" },
  { "any(x in officers : x.name = party.name)", "officers=[name=李某|name=张某]", "? party.name" },
  { "any(x in officers : x.name = party.name or x.valid)", "officers=[name=李某|valid=true]",
    "true" },
  { "any(x in officers : any(y in officers : x.age + 1 = y.age))", "officers=[age=5|age=9|age=6]",
    "true" },
  { "any(x in officers : any(y in officers : x.age + 1 = y.age))", "officers=[age=5|age=9|age=7]",
    "false" },
  { "all(x in officers : count(y in officers : y.age <= x.age) >= 1)",
    "officers=[age=5|age=9|age=7]", "true" },
  { "any(x in officers : x.kind in {'citizen'})", "officers=[kind=organisation|kind=citizen]",
    "true" },
  { "any(x in officers : x.collected_fen > 100 yuan)", "officers=[collected_fen=10000]", "false" },
  { "any(x in officers : x.certified_on + 365 < decision.date)",
    "officers=[certified_on=2025-03-01];decision.date=2026-03-02", "true" },
  { "any(a in officers : a.valid) and a", "officers=[valid=true];a=false", "false" },
  { "any(party in officers : party.age > 60)", "officers=[age=61];party.age=20", "true" },
  { "any(x in officers : any(y in x.areas : y.name = '城东'))", "officers=[areas=-|areas=[]]",
    "? officers.areas" },
  { "any(x in officers : any(y in x.areas : y.name = '城东'))", "officers=[areas=[name=城东]]",
    "true" },
  { "any(x in officers : any(y in x.areas : y.since = x.certified_on))",
    "officers=[areas=[name=城东]]", "? officers.areas.since, officers.certified_on" },
  /* only what mattered is missing */
  { "(a or b) and c", "c=false", "false" },
  { "(a or b) and c", "c=true", "? a, b" },
  { "(a and b) or c", "b=false", "? c" },
  { "(a and b) or c", "a=true", "? b, c" },
  { "(a and b) or c or d", "d=true", "true" },
  { "a and b and c and d", "a=true;c=true", "? b, d" },
  { "a and a and not a", "", "? a" },
  { "(a and false) or n = 1", "", "? n" },
  { "(b or true) and n > 1 and exists party.name", "party.name=-", "false" },
  { "not (a and b) or a and b", "", "? a, b" },
  { "exists a or a", "a=-", "? a" },
  { "n = 1 and exists n", "n=-", "false" },
  /* what is not needed cannot fail */
  { "false and 9223372036854775807 + 1 > 0", "", "false" },
  { "true or 9223372036854775807 + 1 > 0", "", "true" },
  { "any(x in officers : x.valid or 9223372036854775807 + x.age > 0)",
    "officers=[valid=true|age=1]", "true" },
};

static void
test_outcomes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    assert_outcome (outcomes[i].text, outcomes[i].facts, outcomes[i].expected);
}

static const struct {
  const char *text;
  const char *facts;
  const char *place;
  const char *says;
} failures[] = {
  { "n + 1 > 0", "n=9223372036854775807", "1:1", "“n + 1”" },
  { "n - 1 > 0", "n=-9223372036854775808", "1:1", "“n - 1”" },
  { "-n > 0", "n=-9223372036854775808", "1:1", "“-n”" },
  { "0 - n", "n=-9223372036854775808", "1:1", "“0 - n”" },
  { "a and\n  0 < n + 1", "a=true;n=9223372036854775807", "2:7", "“n + 1”" },
  { "'张某' = '李某' or\n  '' = '' and n + 1 > 0", "n=9223372036854775807", "2:15", "“n + 1”" },
  { "a and n + 1 > 0", "n=9223372036854775807", "1:7", "“n + 1”" },
  { "decision.amount_fen + 1 fen", "decision.amount_fen=9223372036854775807", "1:1", NULL },
  { "n + 1 - 1", "n=9223372036854775807", "1:1", NULL },
  { "9999-12-31 + 1", "", "1:1", "“9999-12-31 + 1”" },
  { "1900-01-01 - 1", "", "1:1", NULL },
  { "2026-03-02 + n", "n=9223372036854775807", "1:1", "“2026-03-02 + n”" },
  { "2026-03-02 - n", "n=-9223372036854775808", "1:1", NULL },
  { "2026-03-02 + n", "n=2147483647", "1:1", NULL },
  { "2026-03-02 - n", "n=2147483648", "1:1", NULL },
  { "any(x in officers : x.age + 1 > 0)", "officers=[age=9223372036854775807]", "1:21",
    "“x.age + 1”" },
};

static void
test_failures (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *prefix = g_strdup_printf ("data/rules/x.xml:%s: ", failures[i].place);
    g_assert_null (
      evaluate (failures[i].text, failures[i].facts, JZ_EXPRESSION_DEFAULT_STEPS, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
    if (!g_str_has_prefix (error->message, prefix) ||
        (failures[i].says != NULL && strstr (error->message, failures[i].says) == NULL))
      g_error ("“%s” should fail at %s with %s, not: %s", failures[i].text, failures[i].place,
               failures[i].says, error->message);
  }
}

/* Each node visited is a step; with as many as it takes it succeeds, with one less it does not. */
static void
test_steps (void)
{
  static const struct {
    const char *text;
    guint64 n_steps;
  } rows[] = {
    { "true", 1 },
    { "a", 1 },
    { "a and b", 3 },
    { "b and a", 2 },
    { "n + 1 = 2", 5 },
    { "n in {1, 2, 3}", 5 },
    { "exists a", 2 },
    { "count(officers)", 2 },
    { "any(x in officers : x.valid)", 5 },
    { "all(x in officers : x.valid)", 3 },
    { "count(x in officers : not x.valid)", 8 },
  };
  const char *facts = "a=true;b=false;n=1;officers=[valid=false|valid=false|valid=true]";

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzOutcome) outcome = evaluate (rows[i].text, facts, rows[i].n_steps, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (jz_outcome_get_n_steps (outcome), ==, rows[i].n_steps);
    g_assert_null (evaluate (rows[i].text, facts, rows[i].n_steps - 1, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
    g_assert_true (g_str_has_prefix (error->message, "data/rules/x.xml:1:"));
  }
}

/* Loops within loops grow without end as the list does: the steps stop them. */
static void
test_steps_of_loops (void)
{
  const char *text = "any(x in officers : any(y in officers : any(z in officers : "
                     "x.age + y.age + z.age < 0)))";
  g_autoptr (GString) facts = g_string_new ("officers=[age=1");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 199; i++)
    g_string_append (facts, "|age=1");
  g_string_append_c (facts, ']');
  g_assert_null (evaluate (text, facts->str, 100000, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
}

static JzFactState
get_wrong_fact (gconstpointer data, const char *name, JzValue **value)
{
  const JzValue *given = data;

  if (given != NULL)
    *value = jz_value_ref (given);
  return JZ_FACT_PRESENT;
}

static JzFactState
get_wrong_due (gconstpointer data, const char *id, JzDate *due)
{
  *due = (JzDate){ .year = 2026, .month = 2, .day = 30 };
  return JZ_FACT_PRESENT;
}

/* Facts come from outside: one of another type than the vocabulary says is an error with a place.
 */
static void
test_wrong_facts (void)
{
  g_autoptr (JzValue) text = jz_value_new_text ("5");
  g_autoptr (JzValue) number = jz_value_new_int (5);
  const struct {
    const char *text;
    const JzValue *given;
  } rows[] = {
    { "n", text },
    { "n", NULL },
    { "decision.amount_fen", number },
    { "party.kind", text },
    { "party.kind = 'citizen'", text },
    { "exists n", text },
    { "count(officers)", number },
    { "limit('TL-P12').due", NULL },
    { "exists limit('TL-P12').due", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzExpression) expression = parse (rows[i].text);
    JzFacts facts = { .get_fact = get_wrong_fact,
                      .get_limit_due = get_wrong_due,
                      .data = rows[i].given };
    g_assert_null (
      jz_expression_evaluate (expression, &facts, JZ_EXPRESSION_DEFAULT_STEPS, TRUE, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
    g_assert_true (g_str_has_prefix (error->message, "data/rules/x.xml:1:"));
  }
}

static void
test_wrong_field (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzExpression) expression = parse ("any(x in officers : x.age > 5)");
  g_autoptr (FixtureFacts) facts = fixture_facts_new ("");
  JzFacts interface = fixture_facts_get_interface (facts);
  JzValue *officers = jz_value_new_list ();
  JzRecord *officer = jz_record_new ();

  jz_record_set (officer, "age", jz_value_new_text ("六"));
  jz_value_append (officers, officer);
  jz_record_set (facts->facts, "officers", officers);
  g_assert_null (
    jz_expression_evaluate (expression, &interface, JZ_EXPRESSION_DEFAULT_STEPS, FALSE, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  g_assert_true (g_str_has_prefix (error->message, "data/rules/x.xml:1:21: "));
  g_assert_nonnull (strstr (error->message, "“officers.age”"));
}

static void
test_truth (void)
{
  g_autoptr (JzOutcome) is_true = evaluate ("a", "a=true", 10, NULL);
  g_autoptr (JzOutcome) is_false = evaluate ("a", "a=false", 10, NULL);
  g_autoptr (JzOutcome) is_unknown = evaluate ("a", "", 10, NULL);

  g_assert_cmpint (jz_outcome_get_truth (is_true), ==, JZ_TRUTH_TRUE);
  g_assert_cmpint (jz_outcome_get_truth (is_false), ==, JZ_TRUTH_FALSE);
  g_assert_cmpint (jz_outcome_get_truth (is_unknown), ==, JZ_TRUTH_UNKNOWN);
  g_assert_null (jz_outcome_get_trace (is_true));
}

/* What an outcome points into outlives the expression. */
static void
test_outlives (void)
{
  JzExpression *expression = parse ("n > 1 and a");
  g_autoptr (FixtureFacts) facts = fixture_facts_new ("");
  JzFacts interface = fixture_facts_get_interface (facts);
  g_autoptr (JzOutcome) outcome =
    jz_expression_evaluate (expression, &interface, JZ_EXPRESSION_DEFAULT_STEPS, TRUE, NULL);
  g_autoptr (GPtrArray) noted = g_ptr_array_new_with_free_func (g_free);

  jz_expression_unref (expression);
  g_assert_cmpstr (jz_outcome_get_missing (outcome)[0], ==, "n");
  g_assert_cmpstr (jz_outcome_get_missing (outcome)[1], ==, "a");
  g_assert_null (jz_outcome_get_missing (outcome)[2]);
  /* what is noted already is not noted twice */
  for (guint i = 0; i < 2; i++)
    jz_outcome_note_missing (outcome, noted);
  g_assert_cmpuint (noted->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (noted, 1), ==, "a");
  g_assert_cmpint (strncmp (jz_outcome_get_trace (outcome)->text, "n > 1 and a", 11), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/expression-eval/truth-tables", test_truth_tables);
  g_test_add_func ("/base/expression-eval/loop-tables", test_loop_tables);
  g_test_add_func ("/base/expression-eval/outcomes", test_outcomes);
  g_test_add_func ("/base/expression-eval/failures", test_failures);
  g_test_add_func ("/base/expression-eval/steps", test_steps);
  g_test_add_func ("/base/expression-eval/steps-of-loops", test_steps_of_loops);
  g_test_add_func ("/base/expression-eval/wrong-facts", test_wrong_facts);
  g_test_add_func ("/base/expression-eval/wrong-field", test_wrong_field);
  g_test_add_func ("/base/expression-eval/truth", test_truth);
  g_test_add_func ("/base/expression-eval/outlives", test_outlives);

  return g_test_run ();
}
