/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "base/expression.h"

#include "expression-fixture.h"

static JzExpression *
parse_wanted (const char *text, const JzType *wanted, GError **error)
{
  return jz_expression_parse (text, strlen (text), &fixture_position, JZ_EXPRESSION_SEMANTICS,
                              &fixture_vocabulary, wanted, error);
}

static void
assert_refused (const char *text, const JzType *wanted, const char *place, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzExpression) expression = parse_wanted (text, wanted, &error);
  g_autofree char *prefix = g_strdup_printf ("data/rules/x.xml:%s: ", place);

  if (expression != NULL)
    g_error ("“%s” was accepted.", text);
  if (!g_error_matches (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE) ||
      !g_str_has_prefix (error->message, prefix) ||
      (says != NULL && strstr (error->message, says) == NULL))
    g_error ("“%s” should be refused at %s with %s, not: %d %s", text, place, says, error->code,
             error->message);
}

static const struct {
  const char *text;
  JzValueKind kind;
} well_typed[] = {
  { "true", JZ_VALUE_BOOL },
  { "1", JZ_VALUE_INT },
  { "1 fen", JZ_VALUE_MONEY },
  { "2026-03-02", JZ_VALUE_DATE },
  { "2026-03-02T09:30", JZ_VALUE_INSTANT },
  { "'张某'", JZ_VALUE_TEXT },
  { "a", JZ_VALUE_BOOL },
  { "n", JZ_VALUE_INT },
  { "decision.amount_fen", JZ_VALUE_MONEY },
  { "decision.date", JZ_VALUE_DATE },
  { "case.found_at", JZ_VALUE_INSTANT },
  { "party.name", JZ_VALUE_TEXT },
  { "party.kind", JZ_VALUE_CHOICE },
  { "officers", JZ_VALUE_LIST },
  { "limit('TL-P12').due", JZ_VALUE_DATE },
  { "a or b", JZ_VALUE_BOOL },
  { "a and b", JZ_VALUE_BOOL },
  { "not a", JZ_VALUE_BOOL },
  { "a = b", JZ_VALUE_BOOL },
  { "a != true", JZ_VALUE_BOOL },
  { "n >= 1", JZ_VALUE_BOOL },
  { "decision.amount_fen > 3000 yuan", JZ_VALUE_BOOL },
  { "decision.amount_fen > notice.amount_fen", JZ_VALUE_BOOL },
  { "decision.date > limit('TL-P12').due", JZ_VALUE_BOOL },
  { "case.found_at < 2026-03-02T09:30", JZ_VALUE_BOOL },
  { "party.name = '张某'", JZ_VALUE_BOOL },
  { "party.name = party.phone", JZ_VALUE_BOOL },
  { "party.kind = 'citizen'", JZ_VALUE_BOOL },
  { "'个体工商户' != party.kind", JZ_VALUE_BOOL },
  { "decision.kind = notice.kind", JZ_VALUE_BOOL },
  { "'x' = 'y'", JZ_VALUE_BOOL },
  { "party.kind in {'citizen', '个体工商户'}", JZ_VALUE_BOOL },
  { "party.name in {'citizen', 'anything'}", JZ_VALUE_BOOL },
  { "a in {true}", JZ_VALUE_BOOL },
  { "decision.date in {2026-01-01, 2026-10-01}", JZ_VALUE_BOOL },
  { "decision.amount_fen in {1 yuan, -1 fen}", JZ_VALUE_BOOL },
  { "n + 1 - n", JZ_VALUE_INT },
  { "-n", JZ_VALUE_INT },
  { "decision.amount_fen - 1 yuan", JZ_VALUE_MONEY },
  { "-decision.amount_fen", JZ_VALUE_MONEY },
  { "decision.date + 5", JZ_VALUE_DATE },
  { "decision.date - n", JZ_VALUE_DATE },
  { "decision.date - notice.served_on", JZ_VALUE_INT },
  { "decision.date + 1 - notice.served_on + 3", JZ_VALUE_INT },
  { "days(notice.served_on, decision.date)", JZ_VALUE_INT },
  { "exists a", JZ_VALUE_BOOL },
  { "exists officers", JZ_VALUE_BOOL },
  { "exists limit('TL-P16').due", JZ_VALUE_BOOL },
  { "count(officers)", JZ_VALUE_INT },
  { "count(x in officers : x.valid)", JZ_VALUE_INT },
  { "any(x in officers : x.valid)", JZ_VALUE_BOOL },
  { "all(x in officers : x.kind = 'citizen')", JZ_VALUE_BOOL },
  { "any(x in officers : exists x.name)", JZ_VALUE_BOOL },
  { "any(x in officers : count(x.areas) > 1)", JZ_VALUE_BOOL },
  { "any(x in officers : all(y in x.areas : y.since < x.certified_on))", JZ_VALUE_BOOL },
  { "any(x in officers : x.valid) and all(x in officers : x.valid)", JZ_VALUE_BOOL },
  { "any(a in officers : a.valid)", JZ_VALUE_BOOL },
  { "any(party in officers : party.name = 'x' and party.age > 1)", JZ_VALUE_BOOL },
  { "any(fen in officers : fen.valid)", JZ_VALUE_BOOL },
};

static void
test_well_typed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (well_typed); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzExpression) expression = parse_wanted (well_typed[i].text, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (jz_expression_get_kind (expression), ==, well_typed[i].kind);
  }
}

static const struct {
  const char *text;
  const char *place;
  const char *says; /* a word that the sentence holds, whatever its language */
} ill_typed[] = {
  { "n and a", "1:1", "“n”" },
  { "a and n", "1:7", "“n”" },
  { "a or b or 'c'", "1:11", "“'c'”" },
  { "not n", "1:5", "“n”" },
  { "not officers", "1:5", "“officers”" },
  { "a = n", "1:5", NULL },
  { "n = 'x'", "1:5", NULL },
  { "decision.date = case.found_at", "1:17", NULL },
  { "decision.date < 2026-03-02T09:30", "1:17", NULL },
  { "decision.amount_fen > 200", "1:23", "200 yuan" },
  { "200 < decision.amount_fen", "1:7", "200 yuan" },
  { "n = 200 yuan", "1:5", "200 yuan" },
  { "decision.amount_fen in {1 yuan, 2}", "1:33", "200 yuan" },
  { "decision.amount_fen + 5", "1:23", "200 yuan" },
  { "5 + decision.amount_fen", "1:5", "200 yuan" },
  { "party.kind = '公民'", "1:14", "“公民”" },
  { "'公民' = party.kind", "1:1", "'个体工商户'" },
  { "party.kind != 'Citizen'", "1:15", "'citizen', 'organisation', '个体工商户'" },
  { "party.kind in {'citizen',\n  '公司'}", "2:3", "“公司”" },
  { "party.kind = party.name", "1:14", NULL },
  { "party.kind = 5", "1:14", NULL },
  { "party.kind = case.stage", "1:14", NULL },
  { "party.kind < 'citizen'", "1:1", NULL },
  { "party.name < 'x'", "1:1", NULL },
  { "a < b", "1:1", NULL },
  { "officers = officers", "1:12", NULL },
  { "officers in {1}", "1:14", NULL },
  { "n in {1, 'x'}", "1:10", NULL },
  { "party.name + 'x'", "1:14", NULL },
  { "a + b", "1:5", NULL },
  { "5 + decision.date", "1:5", NULL },
  { "decision.date + notice.served_on", "1:17", NULL },
  { "decision.date - notice.served_on - notice.served_on", "1:36", NULL },
  { "decision.date + 5 fen", "1:17", NULL },
  { "case.found_at + 1", "1:17", NULL },
  { "case.found_at - case.found_at", "1:17", NULL },
  { "-decision.date", "1:2", NULL },
  { "-'x'", "1:2", NULL },
  { "-a", "1:2", NULL },
  { "days(n, decision.date)", "1:6", "“n”" },
  { "days(decision.date, case.found_at)", "1:21", "“case.found_at”" },
  { "count(n)", "1:7", "“n”" },
  { "any(x in n : true)", "1:10", "“n”" },
  { "any(x in officers : x.age)", "1:21", "“x.age”" },
  { "count(x in officers : 5)", "1:23", "“5”" },
  { "any(x in officers : x)", "1:21", NULL },
  { "any(x in officers : exists x)", "1:28", NULL },
  { "any(x in x.areas : true)", "1:10", NULL },
  { "any(x in officers : any(x in x.areas : true))", "1:21", NULL },
  { "any(x in officers : true) and x.valid", "1:31", NULL },
  { "any(x in officers : x.valid.y)", "1:21", NULL },
  { "any(x in officers : any(y in x.name : true))", "1:30", "“x.name”" },
  { "limit('TL-P99').due", "1:1", "“TL-P99”" },
  { "limit('TL-P12').due > 5", "1:23", NULL },
  { "a and\n  '张某' = party.nam", "2:10", "“party.name”" },
};

static void
test_ill_typed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ill_typed); i++)
    assert_refused (ill_typed[i].text, NULL, ill_typed[i].place, ill_typed[i].says);
}

/* A misspelt name with the nearest one, or without when none is near. */
static void
test_suggestions (void)
{
  static const struct {
    const char *text;
    const char *suggestion;
  } rows[] = {
    { "party.knd", "party.kind" },
    { "party.kidn", "party.kind" },
    { "party.names", "party.name" },
    { "decision.amount", "decision.amount_fen" },
    { "dicesion.date", "decision.date" },
    { "officer", "officers" },
    { "e", NULL },
    { "ab", NULL },
    { "coun", NULL },
    { "limit('TL-P13').due", "TL-P12" },
    { "limit('TL-P1').due", "TL-P12" },
    { "any(x in officers : x.vald)", "valid" },
    { "any(x in officers : x.axiliary)", "auxiliary" },
    { "any(x in officers : any(y in x.areas : y.nam = 'a'))", "name" },
    { "entirely.different", NULL },
    { "limit('another').due", NULL },
    { "limit('').due", NULL },
    { "any(x in officers : x.unheard_of)", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (parse_wanted (rows[i].text, NULL, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
    g_autofree char *quoted =
      rows[i].suggestion == NULL ? NULL : g_strdup_printf ("“%s”", rows[i].suggestion);
    g_assert_cmpint (strchr (error->message, '?') != NULL, ==, rows[i].suggestion != NULL);
    if (quoted != NULL)
      g_assert_nonnull (strstr (error->message, quoted));
  }
}

/* A name of any length and bytes is refused without harm, and shown cut and clean. */
static void
test_long_names (void)
{
  for (gsize length = 60; length < 80; length++) {
    g_autofree char *name = g_strnfill (length, 'z');
    g_autofree char *limit = g_strdup_printf ("limit('%s\xe2\x80\xae').due", name);
    assert_refused (name, NULL, "1:1", "zzzz…");
    assert_refused (limit, NULL, "1:1", "zzzz…");
  }
  assert_refused ("limit('\xe2\x80\xae').due", NULL, "1:1", "\xef\xbf\xbd");
}

/* A message lists a dozen words of a choice, and says that there are more. */
static const char *const many_words[] = { "w01", "w02", "w03", "w04", "w05", "w06", "w07",
                                          "w08", "w09", "w10", "w11", "w12", "w13", NULL };

static void
test_many_words (void)
{
  JzType wanted = { .kind = JZ_VALUE_CHOICE, .choices = many_words };

  assert_refused ("'none'", &wanted, "1:1", "'w11', 'w12', ….");
}

static void
test_wanted (void)
{
  static const char *const narrow[] = { "citizen", "organisation", NULL };
  static const char *const wide[] = { "citizen", "organisation", "个体工商户", "other", NULL };
  JzType boolean = { .kind = JZ_VALUE_BOOL };
  JzType money = { .kind = JZ_VALUE_MONEY };
  JzType text = { .kind = JZ_VALUE_TEXT };
  JzType narrow_choice = { .kind = JZ_VALUE_CHOICE, .choices = narrow };
  JzType wide_choice = { .kind = JZ_VALUE_CHOICE, .choices = wide };
  JzType no_choice = { .kind = JZ_VALUE_CHOICE };
  JzType list = { .kind = JZ_VALUE_LIST };
  const struct {
    const char *text;
    const JzType *wanted;
    gboolean fits;
  } rows[] = {
    { "a", &boolean, TRUE },
    { "n", &boolean, FALSE },
    { "200 yuan", &money, TRUE },
    { "200", &money, FALSE },
    { "'x'", &text, TRUE },
    { "party.kind", &text, FALSE },
    { "'citizen'", &narrow_choice, TRUE },
    { "'个体工商户'", &narrow_choice, FALSE },
    { "party.name", &narrow_choice, FALSE },
    { "party.kind", &narrow_choice, FALSE },
    { "party.kind", &wide_choice, TRUE },
    { "party.kind", &no_choice, FALSE },
    { "'citizen'", &no_choice, FALSE },
    { "5", &wide_choice, FALSE },
    { "officers", &list, TRUE },
    { "a", &list, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzExpression) expression = parse_wanted (rows[i].text, rows[i].wanted, &error);
    g_assert_cmpint (expression != NULL, ==, rows[i].fits);
    if (rows[i].fits)
      g_assert_no_error (error);
    else
      assert_refused (rows[i].text, rows[i].wanted, "1:1", NULL);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/expression-types/well-typed", test_well_typed);
  g_test_add_func ("/base/expression-types/ill-typed", test_ill_typed);
  g_test_add_func ("/base/expression-types/suggestions", test_suggestions);
  g_test_add_func ("/base/expression-types/long-names", test_long_names);
  g_test_add_func ("/base/expression-types/many-words", test_many_words);
  g_test_add_func ("/base/expression-types/wanted", test_wanted);

  return g_test_run ();
}
