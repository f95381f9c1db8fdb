/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/vocabulary.h"

#include <string.h>

#include "base/error.h"
#include "rules/fact_set.h"

#define BOTH(tag) "<" tag " xml:lang='zh-CN'>试</" tag "><" tag " xml:lang='en'>t</" tag ">"
#define GROUP(facts) "<group id='a'>" BOTH ("label") "\n" facts "</group>"
#define FACT(name, type, more)                                                                     \
  "<fact name='" name "' type='" type "' secrecy='public' since='1'>" BOTH ("meaning") more        \
    "</fact>\n"

static JzFactVocabulary *
load_shipped (void)
{
  g_autoptr (GError) error = NULL;
  JzFactVocabulary *vocabulary = jz_fact_vocabulary_load_shipped (&error);
  g_assert_no_error (error);
  return vocabulary;
}

static JzFactVocabulary *
load (const char *content, GError **error)
{
  g_autofree char *text = g_strconcat ("<facts version='1'>\n", content, "</facts>", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return jz_fact_vocabulary_load (bytes, "f.xml", error);
}

static void
test_shipped (void)
{
  g_autoptr (JzFactVocabulary) vocabulary = load_shipped ();
  g_assert_cmpuint (jz_fact_vocabulary_get_n_facts (vocabulary), >, 250);
  const JzFactDefinition *kind = jz_fact_vocabulary_find (vocabulary, "party.kind");
  g_assert_cmpint (kind->type.kind, ==, JZ_VALUE_CHOICE);
  g_assert_cmpstr (kind->meaning.zh, ==, "当事人种类");
  g_assert_cmpstr (jz_fact_definition_get_label (kind, "citizen", JZ_LANGUAGE_ZH), ==, "自然人");
  g_assert_cmpstr (jz_fact_definition_get_label (kind, "ghost", JZ_LANGUAGE_ZH), ==, "ghost");
  const JzFactDefinition *number = jz_fact_vocabulary_find (vocabulary, "party.id_number");
  g_assert_cmpint (number->secrecy, ==, JZ_SECRECY_PERSONAL);
  const JzFactDefinition *field = jz_fact_vocabulary_find (vocabulary, "act.officers.is_certified");
  g_assert_cmpint (field->type.kind, ==, JZ_VALUE_BOOL);
  g_autofree char *meaning =
    jz_fact_vocabulary_dup_meaning (vocabulary, "act.officers.name", JZ_LANGUAGE_ZH);
  g_assert_cmpstr (meaning, ==, "姓名 (参加本行为的人员)");
  g_assert_null (jz_fact_vocabulary_find (vocabulary, "party.shoe_size"));
}

/* As an expression asks: fields are no facts of their own, and there are no limits. */
static void
test_interface (void)
{
  g_autoptr (JzFactVocabulary) vocabulary = load_shipped ();
  JzVocabulary interface;
  jz_fact_vocabulary_get_interface (vocabulary, &interface);
  const JzType *list = interface.get_fact_type (interface.data, "act.officers");
  g_assert_cmpint (list->kind, ==, JZ_VALUE_LIST);
  g_assert_cmpuint (list->n_fields, ==, 5);
  g_assert_null (interface.get_fact_type (interface.data, "act.officers.name"));
  g_assert_false (interface.has_limit (interface.data, "TL-P12"));
  gsize n_names = 0;
  while (interface.get_fact_name (interface.data, n_names) != NULL)
    n_names++;
  g_assert_cmpuint (n_names, ==, jz_fact_vocabulary_get_n_facts (vocabulary));
}

static const struct {
  const char *content;
  const char *place;
} bad[] = {
  { GROUP (FACT ("a.b", "bool", "") FACT ("a.b", "int", "")), "f.xml:4:1:" },
  { GROUP (FACT ("b.b", "bool", "")), "f.xml:3:1:" },
  { GROUP ("<fact name='a.b' type='choice' choices='none' secrecy='public' since='1'>" BOTH (
      "meaning") "</fact>"),
    "f.xml:3:1:" },
  { GROUP ("<fact name='a.b' type='bool' secrecy='public' since='1'>"
           "<meaning xml:lang='en'>t</meaning></fact>"),
    "f.xml:3:1:" },
  { GROUP (FACT ("a.b", "real", "")), "f.xml:3:" },
  { GROUP (FACT ("a.b", " bool", "")), "f.xml:3:" },
  { GROUP (FACT ("a.b", "date' not-before='a.c", "") FACT ("a.c", "date", "")), "f.xml:3:1:" },
  { GROUP (FACT ("a.c", "bool", "") FACT ("a.b", "date' not-before='a.c", "")), "f.xml:4:1:" },
  { GROUP (FACT ("a.b", "date' lies-ahead='no", "")), "f.xml:3:" },
  { GROUP (FACT ("a.b", "int' lies-ahead='yes", "")), "f.xml:3:" },
  { GROUP (FACT ("a.b", "list", "")), "f.xml:3:" },
  { GROUP (FACT ("a.b",
                 "list",
                 "<field name='c' type='bool'>" BOTH (
                   "meaning") "</field>"
                              "<field name='c' type='bool'>" BOTH ("meaning") "</field>")),
    "f.xml:3:" },
  { "<choices id='x'><choice id='y'>" BOTH ("label") "</choice><choice id='y'>" BOTH (
      "label") "</choice></choices>" GROUP (FACT ("a.b", "bool", "")),
    "f.xml:2:" },
  { "", "f.xml:1:1:" },
};

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (bad[i].content, &error));
    g_assert_cmpint ((int)error->domain, ==, (int)JZ_BASE_ERROR);
    if (!g_str_has_prefix (error->message, bad[i].place))
      g_error ("Case %" G_GSIZE_FORMAT " is told as “%s”.", i, error->message);
  }
}

static const struct {
  const char *assignment;
  const char *value; /* as the language writes it; "-" absent; NULL refused */
} assignments[] = {
  { "case.n_parties=7", "7" },
  { "case.n_parties=-7", "-7" },
  { "case.n_parties=7 yuan", NULL },
  { "case.n_parties=seven", NULL },
  { "case.n_parties=1+1", "2" },
  { "case.n_parties=case.n_parties", NULL },
  { "decision.fine=500 yuan", "500 yuan" },
  { "decision.fine=500", NULL },
  { "case.filed_on=2025-03-05", "2025-03-05" },
  { "case.filed_on=2025-02-30", NULL },
  { "case.filed_on=-", "-" },
  { "case.is_major=true", "true" },
  { "case.is_major=yes", NULL },
  { "party.name=某某商贸有限公司", "'某某商贸有限公司'" },
  { "party.kind=citizen", "'citizen'" },
  { "party.kind=alien", NULL },
  { "party.shoe_size=42", NULL },
  { "act.officers.name=张某", NULL },
  { "act.officers=[]", NULL },
  { "act.officers=张某", NULL },
  { "act.officers=[{\"nickname\":\"张某\"}]", NULL },
  { "act.officers=[7]", NULL },
  { "act.officers=[", NULL },
  { "party.name", NULL },
};

static void
test_fact_set (void)
{
  g_autoptr (JzFactVocabulary) vocabulary = load_shipped ();
  for (gsize i = 0; i < G_N_ELEMENTS (assignments); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzFactSet) set = jz_fact_set_new (vocabulary);
    g_autofree char *name =
      g_strndup (assignments[i].assignment, strcspn (assignments[i].assignment, "="));
    gboolean is_list = strcmp (assignments[i].assignment, "act.officers=[]") == 0;
    gboolean is_stated = jz_fact_set_state (set, assignments[i].assignment, &error);
    if (is_stated != (assignments[i].value != NULL || is_list))
      g_error ("“%s” came out as %d.", assignments[i].assignment, is_stated);
    if (!is_stated) {
      g_assert_cmpint ((int)error->domain, ==, (int)JZ_BASE_ERROR);
      g_assert_false (jz_fact_set_has (set, name));
      continue;
    }
    JzFacts facts = jz_fact_set_get_facts (set);
    g_autoptr (JzValue) value = NULL;
    JzFactState state = facts.get_fact (facts.data, name, &value);
    if (is_list) {
      g_assert_cmpuint (jz_value_get_n_records (value), ==, 0);
    } else if (strcmp (assignments[i].value, "-") == 0) {
      g_assert_cmpint (state, ==, JZ_FACT_ABSENT);
    } else {
      g_autofree char *text = jz_value_to_text (value);
      g_assert_cmpstr (text, ==, assignments[i].value);
    }
  }
}

static void
test_fact_set_json (void)
{
  static const struct {
    const char *json;
    gboolean is_good;
  } cases[] = {
    { "{}", TRUE },
    { "{\"decision.fine\":500,\"case.is_major\":true,\"case.filed_on\":\"2025-03-05\"}", TRUE },
    { "{\"case.filed_on\":null,\"limit:TL-P12\":\"2025-03-05\",\"limit:TL-P13\":null}", TRUE },
    { "{\"act.officers\":[{\"name\":\"张某\",\"is_auxiliary\":null}]}", TRUE },
    { "{\"decision.fine\":true}", FALSE },
    { "{\"case.is_major\":1}", FALSE },
    { "{\"case.n_parties\":[]}", FALSE },
    { "{\"limit:TL-P12\":5}", FALSE },
    { "{\"limit:TL-P12\":\"soon\"}", FALSE },
    { "{\"act.officers\":{}}", FALSE },
    { "[]", FALSE },
  };
  g_autoptr (JzFactVocabulary) vocabulary = load_shipped ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzFactSet) set = jz_fact_set_new (vocabulary);
    g_autoptr (JzJson) json = jz_json_parse (cases[i].json, strlen (cases[i].json), &error);
    g_assert_no_error (error);
    g_assert_true (jz_fact_set_state_json (set, json, &error) == cases[i].is_good);
    g_assert_true ((error == NULL) == cases[i].is_good);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/vocabulary/shipped", test_shipped);
  g_test_add_func ("/rules/vocabulary/interface", test_interface);
  g_test_add_func ("/rules/vocabulary/bad", test_bad);
  g_test_add_func ("/rules/vocabulary/fact-set", test_fact_set);
  g_test_add_func ("/rules/vocabulary/fact-set-json", test_fact_set_json);
  return g_test_run ();
}
