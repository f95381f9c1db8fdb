/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"

#define NAMES "<name xml:lang='zh-CN'>试</name><name xml:lang='en'>t</name>"
#define SHOWS "<shows xml:lang='zh-CN'>试</shows><shows xml:lang='en'>t</shows>"
#define HEAD(level, field)                                                                         \
  "<rulebook id='" level "' level='" level "' field='" field                                       \
  "' version='1' semantics='1' in-force='2025-01-01'>" NAMES "\n"
#define RULE(id) "id='" id "' in-force='2025-01-01' sure='design'"
#define SENTENCE                                                                                   \
  "<sentence xml:lang='zh-CN'>不行。</sentence><sentence xml:lang='en'>No.</sentence>"
#define LAW "<law id='PL' level='law' version='1' in-force='2021-07-15'>" NAMES "</law>\n"
#define ROLE "<role id='handler' actor='ACT-01'>" NAMES "</role>\n"
#define PROCEDURE "<procedure " RULE ("PR-A") ">" NAMES "</procedure>\n"
#define STAGE(id, more)                                                                            \
  "<stage " RULE (id) " procedure='PR-A'" more ">" NAMES "<actor role='handler'/>"
#define LIMIT(id, more)                                                                            \
  "<limit " RULE (id) " kind='date'>" NAMES more "<ends>exists case.closed_on</ends></limit>\n"
#define START "<start><at>case.filed_on</at></start>"
#define LENGTH "<length count='5' unit='WD'/>"
#define GATE(id, when, sentence)                                                                   \
  "<gate " RULE (id) ">" NAMES "<on act='case.file'/><refuse level='BLOCK'><when>" when            \
                     "</when>" sentence "</refuse></gate>\n"

static JzRulebook *
compose (const char *const *texts, GError **error)
{
  JzRulebookFile files[4];
  guint n_files = 0;
  g_autoptr (GError) unexpected = NULL;
  g_autoptr (JzFactVocabulary) vocabulary = jz_fact_vocabulary_load_shipped (&unexpected);
  g_assert_no_error (unexpected);
  static const char *const names[] = { "a.xml", "b.xml", "c.xml", "d.xml" };
  for (; texts[n_files] != NULL; n_files++)
    files[n_files] =
      (JzRulebookFile){ g_bytes_new (texts[n_files], strlen (texts[n_files])), names[n_files] };
  JzRulebook *rulebook = jz_rulebook_compose (vocabulary, files, n_files, error);
  for (guint i = 0; i < n_files; i++)
    g_bytes_unref (files[i].bytes);
  return rulebook;
}

static JzRulebook *
compose_good (const char *const *texts)
{
  g_autoptr (GError) error = NULL;
  JzRulebook *rulebook = compose (texts, &error);
  g_assert_no_error (error);
  return rulebook;
}

/* One file each; what is wrong with it begins with the place and says this. */
static const struct {
  const char *rules;
  const char *place;
  const char *words;
} bad[] = {
  { "<law id='PL' level=' law' version='1' in-force='2021-07-15'>" NAMES "</law>",
    "a.xml:2:1:", "" },
  { GATE ("G-01", "nobody.knows", SENTENCE), "a.xml:2:", "nobody.knows" },
  { GATE ("G-01", "case.filed_onn = 2025-01-01", SENTENCE), "a.xml:2:", "case.filed_on" },
  { "<gate " RULE ("G-01") ">" NAMES "<on act='case.file'/><refuse level='BLOCK'>\n"
                           "<when>case.is_major and\n  case.number</when>" SENTENCE
                           "</refuse></gate>",
    "a.xml:4:3:", "" },
  { GATE ("G-01", "case.filed_on", SENTENCE), "a.xml:2:", "" },
  { GATE ("G-01", "case.source = 'gossip'", SENTENCE), "a.xml:2:", "gossip" },
  { GATE ("G-01", "limit('TL-A').due = now.date", SENTENCE), "a.xml:2:", "TL-A" },
  { GATE ("G-01", "case.is_major", "<sentence xml:lang='zh-CN'>不行。</sentence>"),
    "a.xml:2:", "" },
  { GATE ("G-01", "case.is_major", "<sentence xml:lang='en'>No.</sentence>"), "a.xml:2:", "" },
  { GATE ("G-01", "case.is_major", SENTENCE SENTENCE), "a.xml:2:", "" },
  { GATE ("G-01",
          "case.is_major",
          "<sentence xml:lang='zh-CN'>{party.nam}</sentence>"
          "<sentence xml:lang='en'>{party.nam}</sentence>"),
    "a.xml:2:", "party.nam" },
  { GATE ("G-01",
          "case.is_major",
          "<sentence xml:lang='zh-CN'>{party.name}</sentence>"
          "<sentence xml:lang='en'>No.</sentence>"),
    "a.xml:2:", "party.name" },
  { GATE ("G-01",
          "case.is_major",
          "<sentence xml:lang='zh-CN'>不{行。</sentence><sentence xml:lang='en'>No.</sentence>"),
    "a.xml:2:", "不{行" },
  { GATE ("G-01", "case.is_major", SENTENCE) GATE ("G-01", "case.is_major", SENTENCE),
    "a.xml:3:1:", "G-01" },
  { "<trigger " RULE ("AR-01") " for='review'>" NAMES "<basis law='XX'/>"
                               "<when>case.is_major</when></trigger>",
    "a.xml:2:", "XX" },
  { "<role id='nobody' actor='ACT-01'>" NAMES "</role>", "a.xml:2:1:", "nobody" },
  { ROLE PROCEDURE STAGE ("ST-A", " starts='yes' ends='yes'") "<actor role='clerk'/></stage>",
    "a.xml:", "" },
  { LIMIT ("TL-A", START), "a.xml:2:1:", "<length>" },
  { LIMIT ("TL-A", START "<length count='5' unit='WD'><when>case.is_major</when></length>"),
    "a.xml:2:1:", "<length>" },
  { LIMIT ("TL-A", LENGTH), "a.xml:2:1:", "<start>" },
  { "<limit " RULE ("TL-A") " kind='date'>" NAMES START LENGTH "</limit>", "a.xml:2:1:", "<ends>" },
  { LIMIT ("TL-A", START "<length count='5' unit='CD'/>"), "a.xml:2:", "roll" },
  { LIMIT ("TL-A", START "<length count='5' unit='H'/>"), "a.xml:2:", "" },
  { LIMIT ("TL-A", START "<length fact='party.name' default='5' unit='WD'/>"),
    "a.xml:2:", "party.name" },
  { LIMIT ("TL-A", START "<length fact='party.shoe_size' default='5' unit='WD'/>"),
    "a.xml:2:", "party.shoe_size" },
  { LIMIT ("TL-A", START LENGTH "<fixed month='1' day='31'/>"), "a.xml:2:1:", "<fixed>" },
  { LIMIT ("TL-A", START LENGTH "<exclude kinds='sleep'/>"), "a.xml:2:", "sleep" },
  { LIMIT ("TL-A", START LENGTH "<extension limit='TL-B' count='5'/>"), "a.xml:2:", "TL-B" },
  { LIMIT ("TL-A", "<start><after-latest limits='TL-B'/></start>" LENGTH), "a.xml:2:", "TL-B" },
  { LIMIT ("TL-A", "<start><at>now.instant</at></start>" LENGTH), "a.xml:2:", "" },
  { LIMIT ("TL-A", "<start><at>limit('TL-A').due</at></start>" LENGTH), "a.xml:2:1:", "TL-A" },
  { LIMIT ("TL-A", "<start><after-latest limits='TL-B'/></start>" LENGTH)
      LIMIT ("TL-B", "<start><at>limit('TL-A').due</at></start>" LENGTH),
    "a.xml:2:1:", "TL-A" },
  { ROLE STAGE ("ST-A", " starts='yes' ends='yes'") "</stage>", "a.xml:3:1:", "PR-A" },
  { ROLE PROCEDURE STAGE ("ST-A", " ends='yes'") "</stage>", "a.xml:3:1:", "PR-A" },
  { ROLE PROCEDURE STAGE ("ST-A", " starts='yes'") "<next stage='ST-Z'/></stage>",
    "a.xml:4:", "ST-Z" },
  { ROLE PROCEDURE STAGE ("ST-A",
                          " starts='yes' ends='yes'") "</stage>\n" STAGE ("ST-B",
                                                                          " ends='yes'") "</stage>",
    "a.xml:5:1:", "ST-B" },
  { ROLE PROCEDURE STAGE ("ST-A", " starts='yes'") "<next stage='ST-B'/></stage>\n" STAGE (
      "ST-B",
      "") "<next stage='ST-A'/></stage>",
    "a.xml:4:1:", "ST-A" },
  { ROLE PROCEDURE STAGE (
      "ST-A",
      " starts='yes' ends='yes'") "<next stage='ST-B'/>"
                                  "<after stage='ST-B'>" SENTENCE "</after></stage>\n" STAGE (
                                    "ST-B",
                                    " ends='yes'") "<after stage='ST-A'>" SENTENCE
                                                   "</after></stage>",
    "a.xml:4:1:", "ST-A" },
  { ROLE PROCEDURE STAGE ("ST-A", " starts='yes' ends='yes'") "<fact name='party.soul'/></stage>",
    "a.xml:4:", "party.soul" },
  { "<audit-item " RULE (
      "AC-01") " point='AP-01' mode='AUTO'>" NAMES
               "<shows xml:lang='zh-CN'>试</shows><shows xml:lang='en'>t</shows></audit-item>",
    "a.xml:2:1:", "AP-01" },
  { "<audit-point " RULE ("AP-01") ">" NAMES "</audit-point>\n<audit-item " RULE (
      "AC-01") " point='AP-01' mode='AUTO' from='books'>" NAMES SHOWS "</audit-item>",
    "a.xml:3:", "" },
  { "<audit-point " RULE ("AP-01") ">" NAMES "</audit-point>\n<audit-item " RULE (
      "AC-01") " point='AP-01' mode='AUTO'>" NAMES SHOWS "<passes>party.soul</passes></audit-item>",
    "a.xml:3:", "party.soul" },
  { "<audit-point " RULE ("AP-01") ">" NAMES "</audit-point>\n<audit-item " RULE (
      "AC-01") " point='AP-01' mode='AUTO'>" NAMES SHOWS "<passes>party.name</passes></audit-item>",
    "a.xml:3:", "" },
  { "<limit " RULE ("TL-A") " kind='sometimes'>" NAMES "</limit>", "a.xml:2:", "" },
  { "<law id='PL' level='law' version='1' in-force='2021-02-30'>" NAMES "</law>",
    "a.xml:2:1:", "" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text =
      g_strconcat (HEAD ("national", "BASE"), bad[i].rules, "</rulebook>", NULL);
    const char *const texts[] = { text, NULL };
    g_autoptr (JzRulebook) rulebook = compose (texts, &error);
    if (rulebook != NULL)
      g_error ("Case %" G_GSIZE_FORMAT " was taken: %s", i, bad[i].rules);
    g_assert_cmpint ((int)error->domain, ==, (int)JZ_BASE_ERROR);
    if (!g_str_has_prefix (error->message, bad[i].place) ||
        strstr (error->message, bad[i].words) == NULL)
      g_error ("Case %" G_GSIZE_FORMAT " is told as “%s”.", i, error->message);
  }
}

/* What could eat memory or time is refused by the reader, before any rule is looked at. */
static void
test_hostile (void)
{
  g_autoptr (GString) repeats = g_string_new (HEAD ("national", "BASE"));
  for (int i = 0; i < 4100; i++)
    g_string_append_printf (
      repeats, "<law id='L%d' level='law' version='1' in-force='2021-07-15'>" NAMES "</law>", i);
  g_string_append (repeats, "</rulebook>");
  g_autoptr (GString) deep = g_string_new (HEAD ("national", "BASE"));
  for (int i = 0; i < 5000; i++)
    g_string_append (deep, "<gate>");
  g_autoptr (GString) doubling = g_string_new (HEAD ("national", "BASE"));
  g_string_append (doubling, LIMIT ("TL-A0", START LENGTH));
  for (int i = 1; i < 40; i++)
    g_string_append_printf (
      doubling,
      "<limit id='TL-A%d' in-force='2025-01-01' sure='design' kind='date'>" NAMES
      "<start><after-latest limits='TL-A%d TL-A%d'/></start>" LENGTH
      "<ends>exists case.closed_on</ends></limit>",
      i, i - 1, i - 1);
  g_string_append (doubling, "</rulebook>");
  g_autofree char *nested = g_strnfill (3000, '(');
  g_autofree char *expression =
    g_strconcat (HEAD ("national", "BASE"), "<trigger ", RULE ("AR-01"), " for='review'>", NAMES,
                 "<when>", nested, "</when></trigger></rulebook>", NULL);
  const char *const files[] = {
    "<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><rulebook>&c;</rulebook>",
    "<!DOCTYPE r SYSTEM 'file:///etc/passwd'><rulebook/>",
    repeats->str,
    doubling->str,
    deep->str,
    expression,
    "",
    "<rulebook",
    "<other/>",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    const char *const texts[] = { files[i], NULL };
    g_assert_null (compose (texts, &error));
    g_assert_cmpint ((int)error->domain, ==, (int)JZ_BASE_ERROR);
    g_assert_true (g_str_has_prefix (error->message, "a.xml:"));
  }
}

static const char national[] = HEAD ("national", "BASE") LAW LIMIT ("TL-A", START LENGTH)
  GATE ("G-02", "case.is_major", SENTENCE) GATE ("G-01", "case.is_major", SENTENCE) "</rulebook>";
static const char field[] = HEAD ("field", "HR") "<limit replaces='yes' " RULE (
  "TL-A") " kind='date'>" NAMES START
          "<length count='7' unit='WD'/><ends>exists case.closed_on</ends></limit>\n"
          "</rulebook>";
static const char bureau[] =
  HEAD ("bureau", "HR") GATE ("G-03", "case.is_complex", SENTENCE) "</rulebook>";

static void
test_composition (void)
{
  const char *const texts[] = { national, field, bureau, NULL };
  g_autoptr (JzRulebook) rulebook = compose_good (texts);
  g_assert_cmpstr (jz_rulebook_get_id (rulebook), ==, "national+field+bureau");
  g_assert_cmpstr (jz_rulebook_get_field (rulebook), ==, "HR");
  g_assert_cmpuint (jz_rulebook_get_semantics (rulebook), ==, 1);
  const JzLimit *limit = jz_rulebook_find_limit (rulebook, "TL-A");
  const JzLimitLength *length = g_ptr_array_index (limit->lengths, 0);
  g_assert_cmpint (length->term.length, ==, 7);
  g_assert_true (limit->rule.has_replaced);
  g_assert_cmpstr (limit->rule.book, ==, "field");
  const GPtrArray *gates = jz_rulebook_get_rules (rulebook, JZ_RULE_GATE);
  g_assert_cmpuint (gates->len, ==, 3);
  static const char *const ids[] = { "G-01", "G-02", "G-03" };
  for (guint i = 0; i < gates->len; i++) {
    const JzRule *gate = g_ptr_array_index (gates, i);
    g_assert_cmpstr (gate->id, ==, ids[i]);
    g_assert_false (gate->has_replaced);
  }
  g_assert_true (jz_rulebook_find_any (rulebook, "PL") ==
                 jz_rulebook_find (rulebook, JZ_RULE_LAW, "PL"));
  g_assert_null (jz_rulebook_find_any (rulebook, "G-99"));
}

/* Files that do not go together, and replacing what must be said. */
static void
test_bad_composition (void)
{
  static const char silent[] = HEAD ("field", "HR") LIMIT ("TL-A", START LENGTH) "</rulebook>";
  static const char nothing[] = HEAD ("field", "HR") "<limit replaces='yes' " RULE (
    "TL-B") " kind='date'>" NAMES START LENGTH
            "<ends>exists case.closed_on</ends></limit></rulebook>";
  static const char other_field[] = HEAD ("bureau", "MR") "</rulebook>";
  static const char tomorrow[] =
    "<rulebook id='n' level='national' field='BASE' version='1' semantics='2' "
    "in-force='2025-01-01'>" NAMES "</rulebook>";
  static const struct {
    const char *texts[4];
    const char *place;
  } cases[] = {
    { { national, silent, NULL }, "b.xml:2:1:" },
    { { national, nothing, NULL }, "b.xml:2:1:" },
    { { field, NULL }, "a.xml:1:1:" },
    { { field, national, NULL }, "a.xml:1:1:" },
    { { national, national, NULL }, "b.xml:1:1:" },
    { { national, bureau, field, NULL }, "c.xml:1:1:" },
    { { national, field, other_field, NULL }, "c.xml:1:1:" },
    { { tomorrow, NULL }, "a.xml:1:1:" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (compose (cases[i].texts, &error));
    if (!g_str_has_prefix (error->message, cases[i].place))
      g_error ("Case %" G_GSIZE_FORMAT " is told as “%s”.", i, error->message);
  }
}

static char *
dup_canonical (const JzRulebook *rulebook)
{
  g_autoptr (GBytes) bytes = jz_rulebook_to_bytes (rulebook);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* The same rules are the same bytes however they were written down, and read back they are the same
 * rules. */
static void
test_canonical (void)
{
  static const char rewritten[] = "<!-- written anew -->" HEAD ("national", "BASE")
    GATE ("G-01", "case.is_major",
          SENTENCE) "<gate sure='design' in-force='2025-01-01'\n id='G-02' >" NAMES
                    "<on act='case.file' ></on><!-- why --><refuse level='BLOCK'><when>\n  "
                    "case.is_major </when>" SENTENCE "</refuse></gate>" LIMIT ("TL-A", START LENGTH)
                      LAW "</rulebook>";
  static const char changed[] =
    HEAD ("national", "BASE") LAW LIMIT ("TL-A", START "<length count='6' unit='WD'/>")
      GATE ("G-02", "case.is_major", SENTENCE)
        GATE ("G-01", "case.is_major", SENTENCE) "</rulebook>";
  const char *const first_texts[] = { national, NULL };
  const char *const second_texts[] = { rewritten, NULL };
  const char *const third_texts[] = { changed, NULL };
  g_autoptr (JzRulebook) first = compose_good (first_texts);
  g_autoptr (JzRulebook) second = compose_good (second_texts);
  g_autoptr (JzRulebook) third = compose_good (third_texts);
  g_autofree char *canonical = dup_canonical (first);
  g_autofree char *rewritten_canonical = dup_canonical (second);
  g_assert_cmpstr (canonical, ==, rewritten_canonical);
  const char *const again_texts[] = { canonical, NULL };
  g_autoptr (JzRulebook) again = compose_good (again_texts);
  g_autofree char *again_canonical = dup_canonical (again);
  g_assert_cmpstr (again_canonical, ==, canonical);
  g_autofree char *hash = jz_rulebook_dup_hash (first);
  g_autofree char *changed_hash = jz_rulebook_dup_hash (third);
  g_assert_cmpuint (strlen (hash), ==, 64);
  g_assert_cmpstr (hash, !=, changed_hash);
}

static GBytes *
load_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "rules", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize length;
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

/* What is shipped is whole: all files, together and read back, with the rules of rules.md. */
static void
test_shipped (void)
{
  static const guint n_rules[JZ_RULE_N_KINDS] = {
    [JZ_RULE_LAW] = 29,     [JZ_RULE_ROLE] = 11,        [JZ_RULE_LIMIT] = 88,
    [JZ_RULE_GATE] = 44,    [JZ_RULE_PROCEDURE] = 2,    [JZ_RULE_STAGE] = 31,
    [JZ_RULE_TRIGGER] = 13, [JZ_RULE_AUDIT_POINT] = 10, [JZ_RULE_AUDIT_ITEM] = 67,
    [JZ_RULE_MATTER] = 4,   [JZ_RULE_RECORDING] = 16,
  };
  static const char *const names[] = { "national.xml", "hr.xml", "bureau-demo.xml" };
  JzRulebookFile files[G_N_ELEMENTS (names)];
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactVocabulary) vocabulary = jz_fact_vocabulary_load_shipped (&error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    files[i] = (JzRulebookFile){ load_file (names[i]), names[i] };
  g_autoptr (JzRulebook) rulebook =
    jz_rulebook_compose (vocabulary, files, G_N_ELEMENTS (names), &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_bytes_unref (files[i].bytes);
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++)
    g_assert_cmpuint (jz_rulebook_get_rules (rulebook, (JzRuleKind)kind)->len, ==, n_rules[kind]);
  g_autofree char *canonical = dup_canonical (rulebook);
  const char *const texts[] = { canonical, NULL };
  g_autoptr (JzRulebook) again = compose_good (texts);
  g_autofree char *again_canonical = dup_canonical (again);
  g_assert_cmpstr (again_canonical, ==, canonical);
}

static void
test_shipped_lists (void)
{
  static const char *const expected[] = { "bureau-demo.xml", "hr.xml", "mr.xml", "national.xml" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = jz_rulebook_list_shipped (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < names->len; i++)
    g_assert_cmpstr (g_ptr_array_index (names, i), ==, expected[i]);
  g_autoptr (JzRulebook) base = jz_rulebook_load_shipped ("BASE", &error);
  g_assert_no_error (error);
  g_autoptr (JzRulebook) local = jz_rulebook_load_shipped ("LOCAL", &error);
  g_assert_no_error (error);
  g_autofree char *base_hash = jz_rulebook_dup_hash (base);
  g_autofree char *local_hash = jz_rulebook_dup_hash (local);
  g_assert_cmpstr (base_hash, ==, local_hash);
}

static void
test_matter (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) demo = load_file ("bureau-demo.xml");
  g_autoptr (GBytes) base = load_file ("national.xml");
  g_autoptr (JzFactVocabulary) vocabulary = jz_fact_vocabulary_load_shipped (&error);
  g_assert_no_error (error);
  const JzRulebookFile files[] = { { base, "national.xml" }, { demo, "bureau-demo.xml" } };
  g_autoptr (JzRulebook) rulebook = jz_rulebook_compose (vocabulary, files, 2, &error);
  g_assert_no_error (error);
  const JzMatter *matter =
    (const JzMatter *)jz_rulebook_find (rulebook, JZ_RULE_MATTER, "MT-CS-002");
  g_assert_nonnull (matter);
  g_assert_cmpint (matter->range.kind, ==, JZ_RANGE_AMOUNT);
  g_assert_cmpint (matter->range.least, ==, 1000000);
  g_assert_cmpuint (matter->tiers->len, ==, 3);
  const JzTier *light = g_ptr_array_index (matter->tiers, 0);
  g_assert_cmpint (light->range.most, ==, 2200000);
  g_assert_cmpstr (matter->violates.article, ==, "23");
  g_autofree char *basis = jz_rulebook_dup_basis (
    rulebook, jz_rulebook_find (rulebook, JZ_RULE_LIMIT, "TL-P13"), JZ_LANGUAGE_EN);
  g_assert_cmpstr (basis, ==,
                   "Administrative Penalty Law, art. 64(1); Administrative Penalty Law, art. 85");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/rulebook/bad", test_bad);
  g_test_add_func ("/rules/rulebook/hostile", test_hostile);
  g_test_add_func ("/rules/rulebook/composition", test_composition);
  g_test_add_func ("/rules/rulebook/bad-composition", test_bad_composition);
  g_test_add_func ("/rules/rulebook/canonical", test_canonical);
  g_test_add_func ("/rules/rulebook/shipped", test_shipped);
  g_test_add_func ("/rules/rulebook/shipped-lists", test_shipped_lists);
  g_test_add_func ("/rules/rulebook/matter", test_matter);
  return g_test_run ();
}
