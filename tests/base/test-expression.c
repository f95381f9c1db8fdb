/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "base/expression.h"

#include "expression-fixture.h"

static JzExpression *
parse (const char *text, GError **error)
{
  return jz_expression_parse (text, strlen (text), &fixture_position, JZ_EXPRESSION_SEMANTICS,
                              &fixture_vocabulary, NULL, error);
}

static void
assert_refused (const char *text, JzBaseError code, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzExpression) expression = parse (text, &error);
  g_autofree char *prefix = g_strdup_printf ("data/rules/x.xml:%s: ", place);

  if (expression != NULL)
    g_error ("“%s” was accepted.", text);
  if (!g_error_matches (error, JZ_BASE_ERROR, (int)code) ||
      !g_str_has_prefix (error->message, prefix))
    g_error ("“%s” should be refused at %s with code %d, not: %d %s", text, place, (int)code,
             error->code, error->message);
  g_assert_cmpuint (strlen (error->message), >, strlen (prefix) + 10);
  g_assert_true (g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, "?"));
}

/* What is written, and its canonical form. */
static const struct {
  const char *text;
  const char *canonical;
} canonical_texts[] = {
  { "true", "true" },
  { "  false\n", "false" },
  { "0", "0" },
  { "9223372036854775807", "9223372036854775807" },
  { "200 yuan", "200 yuan" },
  { "20000 fen", "200 yuan" },
  { "0 fen", "0 yuan" },
  { "150\tfen", "150 fen" },
  { "2026-03-02", "2026-03-02" },
  { "2026-03-02T09:30", "2026-03-02T09:30" },
  { "1900-01-01T00:00", "1900-01-01T00:00" },
  { "9999-12-31T23:59", "9999-12-31T23:59" },
  { "'某某商贸有限公司'", "'某某商贸有限公司'" },
  { "''", "''" },
  { "'it''s'", "'it''s'" },
  { "''''", "''''" },
  { "'（全角）“引号”'", "'（全角）“引号”'" },
  { "party.name", "party.name" },
  { "a and b and c", "a and b and c" },
  { "(a and b) and c", "(a and b) and c" },
  { "a and (b and c)", "a and (b and c)" },
  { "a or b and c", "a or b and c" },
  { "a or (b and c)", "a or b and c" },
  { "(a or b) and c", "(a or b) and c" },
  { "((a))or(b)", "a or b" },
  { "not a and b", "not a and b" },
  { "not (a and b)", "not (a and b)" },
  { "not not a", "not not a" },
  { "not (not a)", "not not a" },
  { "not a=b", "not a = b" },
  { "not (a = b)", "not a = b" },
  { "(not a) = b", "(not a) = b" },
  { "(a = b) = c", "(a = b) = c" },
  { "a = (b = c)", "a = (b = c)" },
  { "n+1-2", "n + 1 - 2" },
  { "n-(1-2)", "n - (1 - 2)" },
  { "(n-1)-2", "(n - 1) - 2" },
  { "n - -1", "n - -1" },
  { "- - n", "--n" },
  { "-(n + 1)", "-(n + 1)" },
  { "-(-(n))", "--n" },
  { "2 - 1 = n", "2 - 1 = n" },
  { "n!=1", "n != 1" },
  { "n<=1 or n>=2", "n <= 1 or n >= 2" },
  { "party.kind in{'citizen','个体工商户'}", "party.kind in {'citizen', '个体工商户'}" },
  { "n in {1, -2, 3}", "n in {1, -2, 3}" },
  { "decision.amount_fen in {-1 yuan, - 50 fen}", "decision.amount_fen in {-1 yuan, -50 fen}" },
  { "n + 1 in {2}", "n + 1 in {2}" },
  { "(a and b) in {true}", "(a and b) in {true}" },
  { "exists party.phone", "exists party.phone" },
  { "not exists party.phone", "not exists party.phone" },
  { "exists party.phone = true", "exists party.phone = true" },
  { "limit ( 'TL-P12' ) . due", "limit('TL-P12').due" },
  { "exists limit('TL-P12').due", "exists limit('TL-P12').due" },
  { "days (notice.served_on,decision.date) > 5", "days(notice.served_on, decision.date) > 5" },
  { "days((notice.served_on), decision.date + 1)", "days(notice.served_on, decision.date + 1)" },
  { "count (officers)", "count(officers)" },
  { "count( x in officers: x.valid )>=2", "count(x in officers : x.valid) >= 2" },
  { "any(x in officers:x.valid and not(x.auxiliary))",
    "any(x in officers : x.valid and not x.auxiliary)" },
  { "all(x in officers : any(y in x.areas : y.name = x.name))",
    "all(x in officers : any(y in x.areas : y.name = x.name))" },
  { "any(x in officers : count(x.areas) > 1)", "any(x in officers : count(x.areas) > 1)" },
  { "officers", "officers" },
  { "a\r\n  and\n\tb", "a and b" },
};

static void
test_canonical (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (canonical_texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzExpression) expression = parse (canonical_texts[i].text, &error);
    g_assert_no_error (error);
    g_autofree char *printed = jz_expression_to_text (expression);
    g_assert_cmpstr (printed, ==, canonical_texts[i].canonical);
    g_assert_cmpstr (jz_expression_get_text (expression), ==, canonical_texts[i].text);
    g_autoptr (JzExpression) again = parse (printed, &error);
    g_assert_no_error (error);
    g_assert_true (jz_expression_equal (expression, again));
  }
}

/* Pairs of equal and of different trees: the comparison that the other tests lean on. */
static void
test_equal (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (canonical_texts); i++) {
    for (gsize j = 0; j < G_N_ELEMENTS (canonical_texts); j++) {
      g_autoptr (JzExpression) a = parse (canonical_texts[i].text, NULL);
      g_autoptr (JzExpression) b = parse (canonical_texts[j].text, NULL);
      gboolean same = strcmp (canonical_texts[i].canonical, canonical_texts[j].canonical) == 0;
      g_assert_cmpint (jz_expression_equal (a, b), ==, same);
    }
  }
}

/* One mistake each, with the place of the character where it begins. */
static const struct {
  const char *text;
  const char *place;
} syntax_errors[] = {
  { "", "1:1" },
  { "   ", "1:4" },
  { "\n\n ", "3:2" },
  { "a and", "1:6" },
  { "a and and b", "1:7" },
  { "and a", "1:1" },
  { "a b", "1:3" },
  { "a = b = c", "1:7" },
  { "n < 1 < 2", "1:7" },
  { "n < 1 = a", "1:7" },
  { "n in {1} in {2}", "1:10" },
  { "a = n in {2}", "1:7" },
  { "a = not b", "1:5" },
  { "- not a", "1:3" },
  { "(a", "1:3" },
  { "(a or (b)", "1:10" },
  { "a)", "1:2" },
  { "a }", "1:3" },
  { "()", "1:2" },
  { "('a', 'b')", "1:5" },
  { "{1, 2}", "1:1" },
  { "n in (1, 2)", "1:6" },
  { "n in {}", "1:7" },
  { "n in {1,}", "1:9" },
  { "n in {1 2}", "1:9" },
  { "n in {1", "1:8" },
  { "n in {n}", "1:7" },
  { "n in {-n}", "1:8" },
  { "n in {--1}", "1:8" },
  { "n in {-'a'}", "1:8" },
  { "n == 1", "1:3" },
  { "n <> 1", "1:3" },
  { "!a", "1:1" },
  { "a && b", "1:3" },
  { "a | b", "1:3" },
  { "n * 2", "1:3" },
  { "n / 2", "1:3" },
  { "a; b", "1:2" },
  { "a := b", "1:3" },
  { "A", "1:1" },
  { "party.Kind", "1:7" },
  { "partyKind", "1:6" },
  { "a AND b", "1:3" },
  { "party.", "1:7" },
  { "party..kind", "1:7" },
  { "party.2nd", "1:7" },
  { "_a", "1:1" },
  { ".a", "1:1" },
  { "200yuan", "1:1" },
  { "2x", "1:1" },
  { "007", "1:1" },
  { "1.5", "1:1" },
  { "0.5 yuan", "1:1" },
  { "2026-3-2", "1:1" },
  { "2026-1", "1:1" },
  { "2026-03-021", "1:1" },
  { "2026-03-02x", "1:1" },
  { "2026-03-02T9:30", "1:1" },
  { "2026-03-02T09:30:00", "1:1" },
  { "2026-03-02T09:300", "1:1" },
  { "2026-03-02T", "1:1" },
  { "'open", "1:1" },
  { "a and 'open''", "1:7" },
  { "party.name = 'two\nlines'", "1:14" },
  { "party.name = 'tab\tinside'", "1:18" },
  { "\"double\"", "1:1" },
  { "party.name = “张某”", "1:14" },
  { "party.name = ‘张某’", "1:14" },
  { "（a）", "1:1" },
  { "n ＞ 1", "1:3" },
  { "a，b", "1:2" },
  { "当事人.种类 = 'citizen'", "1:1" },
  { "a\xc2\xa0"
    "and b",
    "1:2" },
  { "exists", "1:7" },
  { "exists 5", "1:8" },
  { "exists (a)", "1:8" },
  { "exists exists a", "1:8" },
  { "limit", "1:6" },
  { "limit(TL-P12).due", "1:7" },
  { "limit(5).due", "1:7" },
  { "limit('TL-P12')", "1:16" },
  { "limit('TL-P12').end", "1:17" },
  { "limit('TL-P12', 'x').due", "1:15" },
  { "limit('TL-P12').due.due", "1:17" },
  { "days(decision.date)", "1:19" },
  { "days decision.date", "1:6" },
  { "days(decision.date, decision.date, decision.date)", "1:34" },
  { "count()", "1:7" },
  { "count(5)", "1:7" },
  { "count officers", "1:7" },
  { "any(officers)", "1:13" },
  { "any(x in officers)", "1:18" },
  { "any(x in officers :)", "1:20" },
  { "any(x in 5 : true)", "1:10" },
  { "any(x.y in officers : true)", "1:5" },
  { "any(in in officers : true)", "1:5" },
  { "any(x in officers : true", "1:25" },
  { "any(x, officers : true)", "1:6" },
  { "party.name = '张某' and\n  party.kind = '公民' or", "2:23" },
  { "party.name = '张某张某'\n or\n  'é𠀀' ＝ party.name", "3:8" },
};

static void
test_syntax_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (syntax_errors); i++)
    assert_refused (syntax_errors[i].text, JZ_BASE_ERROR_SYNTAX, syntax_errors[i].place);
}

static const struct {
  const char *text;
  const char *place;
} range_errors[] = {
  { "9223372036854775808", "1:1" },
  { "1 + 99999999999999999999999999", "1:5" },
  { "92233720368547759 yuan", "1:1" },
  { "n in {1, -92233720368547759 yuan}", "1:11" },
  { "2026-02-29", "1:1" },
  { "2026-00-10", "1:1" },
  { "1899-12-31", "1:1" },
  { "2026-03-02T24:00", "1:1" },
  { "2026-03-02T09:60", "1:1" },
};

static void
test_range_errors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (range_errors); i++)
    assert_refused (range_errors[i].text, JZ_BASE_ERROR_RANGE, range_errors[i].place);
}

static void
test_bytes (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    const char *place;
  } rows[] = {
    { "a and \xff", 7, "1:7" }, { "'\xe5\xbc\xa0\n\xe6", 6, "2:1" }, { "a\0", 2, "1:2" },
    { "'a\0b'", 5, "1:3" },     { "a\xed\xa0\x80", 4, "1:2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *prefix = g_strdup_printf ("data/rules/x.xml:%s: ", rows[i].place);
    /* an exact copy, so that a read past its end is noticed */
    g_autofree char *bytes = g_memdup2 (rows[i].bytes, rows[i].length);
    g_assert_null (jz_expression_parse (bytes, rows[i].length, &fixture_position,
                                        JZ_EXPRESSION_SEMANTICS, &fixture_vocabulary, NULL,
                                        &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
    g_assert_true (g_str_has_prefix (error->message, prefix));
  }
}

/* The text is read to its length and not beyond. */
static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzExpression) expression = jz_expression_parse (
    "a and b", 1, &fixture_position, JZ_EXPRESSION_SEMANTICS, &fixture_vocabulary, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (jz_expression_get_text (expression), ==, "a");
}

/* The caller's place is where the first character stands; only the first line is shifted by it. */
static void
test_position (void)
{
  static const JzTextPosition position = { .file = "规则.xml", .line = 12, .column = 34 };
  static const struct {
    const char *text;
    const char *prefix;
  } rows[] = {
    { "?", "规则.xml:12:34: " },
    { "'张某' = ?", "规则.xml:12:41: " },
    { "'张某' =\n ?", "规则.xml:13:2: " },
    { "'张某' =\r\n\t?", "规则.xml:13:2: " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_expression_parse (rows[i].text, strlen (rows[i].text), &position,
                                        JZ_EXPRESSION_SEMANTICS, &fixture_vocabulary, NULL,
                                        &error));
    g_assert_true (g_str_has_prefix (error->message, rows[i].prefix));
  }
}

static void
test_semantics (void)
{
  static const guint unknown[] = { 0, JZ_EXPRESSION_SEMANTICS + 1, G_MAXUINT };
  g_autoptr (JzExpression) expression = parse ("a", NULL);

  g_assert_cmpuint (jz_expression_get_semantics (expression), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_expression_parse ("a", 1, &fixture_position, unknown[i], &fixture_vocabulary,
                                        NULL, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
    g_assert_true (g_str_has_prefix (error->message, "data/rules/x.xml:1:1: "));
  }
}

static char *
repeat (const char *before, guint n, const char *middle, const char *after)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, before);
  g_string_append (text, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
assert_parses (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzExpression) expression = parse (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (expression);
}

static void
test_size (void)
{
  g_autofree char *largest = g_strnfill (JZ_EXPRESSION_MAX_SIZE, ' ');
  g_autofree char *larger = g_strnfill (JZ_EXPRESSION_MAX_SIZE + 1, ' ');

  largest[JZ_EXPRESSION_MAX_SIZE - 1] = 'a';
  larger[JZ_EXPRESSION_MAX_SIZE] = 'a';
  assert_parses (largest);
  assert_refused (larger, JZ_BASE_ERROR_LIMIT, "1:1");
}

/* Each construct that nests, at the bound and one past it; the place is that of the one too many.
 */
static void
test_nesting (void)
{
  static const struct {
    const char *before;
    const char *middle;
    const char *after;
    const char *place;
  } rows[] = {
    { "(", "a", ")", "1:65" },
    { "not ", "a", "", "1:257" },
    { "-", "n", "", "1:65" },
    { "not (", "a", ")", "1:161" },
    { "days(decision.date, decision.date + ", "1", ")", "1:2305" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint n = JZ_EXPRESSION_MAX_NESTING / (i == 3 ? 2 : 1);
    g_autofree char *deepest = repeat (rows[i].before, n, rows[i].middle, rows[i].after);
    g_autofree char *deeper = repeat (rows[i].before, n + 1, rows[i].middle, rows[i].after);
    assert_parses (deepest);
    assert_refused (deeper, JZ_BASE_ERROR_LIMIT, rows[i].place);
  }
}

/* As deep as loops can go: each with its own variable over the officers. */
static char *
write_loops (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "any(x%u in officers : ", i);
  g_string_append (text, "x0.valid");
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static void
test_nested_loops (void)
{
  g_autofree char *deepest = write_loops (JZ_EXPRESSION_MAX_NESTING);
  g_autofree char *deeper = write_loops (JZ_EXPRESSION_MAX_NESTING + 1);
  g_autoptr (GError) error = NULL;

  assert_parses (deepest);
  g_assert_null (parse (deeper, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
}

/* Nesting that was closed again does not count: it is depth and not a number of parentheses. */
static void
test_nesting_beside (void)
{
  g_autofree char *text = repeat ("(not (a)) or ", 200, "a", "");

  assert_parses (text);
}

/* A row of n operands is one part more than its operands, however long. */
static void
test_nodes (void)
{
  g_autofree char *most = repeat ("1+", JZ_EXPRESSION_MAX_NODES - 2, "1", "");
  g_autofree char *more = repeat ("1+", JZ_EXPRESSION_MAX_NODES - 1, "1", "");
  g_autofree char *largest_set = repeat ("1,", JZ_EXPRESSION_MAX_NODES - 3, "1}", "");
  g_autofree char *most_in_set = g_strconcat ("n in {", largest_set, NULL);
  g_autofree char *more_in_set = g_strconcat ("n in {1,", largest_set, NULL);

  assert_parses (most);
  assert_refused (more, JZ_BASE_ERROR_LIMIT, "1:8191");
  assert_parses (most_in_set);
  assert_refused (more_in_set, JZ_BASE_ERROR_LIMIT, "1:8195");
}

static void
test_references (void)
{
  g_autoptr (JzExpression) expression = parse ("n > 1", NULL);
  JzExpression *second = jz_expression_ref (expression);

  g_assert_true (second == expression);
  jz_expression_unref (second);
  g_assert_cmpint (jz_expression_get_kind (expression), ==, JZ_VALUE_BOOL);
}

/* Any bytes at all: the parser answers with an expression that prints and parses to itself, or
 * with an error that has a place. */
static void
test_random_bytes (void)
{
  static const char *const pieces[] = {
    "a",     "n",      "party.kind", "'citizen'", "officers", "x",          "x.valid",
    "(",     ")",      "{",          "}",         ",",        ":",          " in ",
    " and ", "or",     " not ",      "-",         "+",        "=",          "<=",
    "any(",  "count(", "all(",       "exists ",   "1",        "2 yuan",     "\n",
    "张",    "'",      "days(",      ".due",      "limit(",   "'TL-P12'",   ".",
    "!=",    "true",   " ",          "\t",        "0",        "2026-03-02", "2026-03-02T09:30",
    "fen",
  };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_parsed = 0;

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 20000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    gint n_pieces = g_rand_int_range (rand, 1, 12);
    for (gint j = 0; j < n_pieces; j++)
      g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    g_autoptr (JzExpression) expression = parse (text->str, &error);
    if (expression == NULL) {
      g_assert_nonnull (error);
      g_assert_true (g_str_has_prefix (error->message, "data/rules/x.xml:"));
      continue;
    }
    n_parsed++;
    g_autofree char *printed = jz_expression_to_text (expression);
    g_autoptr (JzExpression) again = parse (printed, &error);
    g_assert_no_error (error);
    g_assert_true (jz_expression_equal (expression, again));
  }
  g_assert_cmpuint (n_parsed, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/expression/canonical", test_canonical);
  g_test_add_func ("/base/expression/equal", test_equal);
  g_test_add_func ("/base/expression/syntax-errors", test_syntax_errors);
  g_test_add_func ("/base/expression/range-errors", test_range_errors);
  g_test_add_func ("/base/expression/bytes", test_bytes);
  g_test_add_func ("/base/expression/length", test_length);
  g_test_add_func ("/base/expression/position", test_position);
  g_test_add_func ("/base/expression/semantics", test_semantics);
  g_test_add_func ("/base/expression/size", test_size);
  g_test_add_func ("/base/expression/nesting", test_nesting);
  g_test_add_func ("/base/expression/nested-loops", test_nested_loops);
  g_test_add_func ("/base/expression/nesting-beside", test_nesting_beside);
  g_test_add_func ("/base/expression/nodes", test_nodes);
  g_test_add_func ("/base/expression/references", test_references);
  g_test_add_func ("/base/expression/random-bytes", test_random_bytes);

  return g_test_run ();
}
