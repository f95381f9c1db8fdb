/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/filling.h"

#include <string.h>

#include "base/error.h"
#include "base/record.h"
#include "forms/form_load.h"
#include "rules/vocabulary.h"

static JzForm *
load_form (const char *id)
{
  g_autoptr (GError) error = NULL;
  JzForm *form = jz_form_load_shipped (id, NULL, &error);
  g_assert_no_error (error);
  return form;
}

static JzFilling *
load_typical (const JzForm *form)
{
  g_autofree char *file = g_strconcat (jz_form_get_id (form), ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "pages", "values", file, NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  JzFilling *filling = jz_filling_parse (form, text, length, &error);
  g_assert_no_error (error);
  return filling;
}

static JzInstant
get_now (void)
{
  return jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30);
}

static void
set_json (JzFilling *filling, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) value = jz_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  jz_filling_set (filling, field, value, &error);
  g_assert_no_error (error);
}

static const JzFinding *
find (const GPtrArray *findings, const char *field, const char *rule)
{
  for (guint i = 0; i < findings->len; i++) {
    const JzFinding *finding = g_ptr_array_index (findings, i);
    if (strcmp (finding->field, field) == 0 &&
        (rule == NULL || g_strcmp0 (finding->rule, rule) == 0))
      return finding;
  }
  return NULL;
}

/* The hand-written documents are without a fault, and survive a round trip. */
static void
test_typical (void)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (JzForm) form = load_form (ids[i]);
    g_autoptr (JzFilling) filling = load_typical (form);
    g_autoptr (GPtrArray) findings = jz_filling_check (filling, get_now (), NULL);
    for (guint j = 0; j < findings->len; j++)
      g_test_message ("%s: %s", ids[i],
                      ((const JzFinding *)g_ptr_array_index (findings, j))->sentence);
    g_assert_cmpuint (findings->len, ==, 0);
    gsize length;
    g_autoptr (GError) error = NULL;
    g_autofree char *text = jz_filling_to_canonical (filling, &length);
    g_autoptr (JzFilling) again = jz_filling_parse (form, text, length, &error);
    g_assert_no_error (error);
    g_assert_true (jz_json_equal (jz_filling_get_values (filling), jz_filling_get_values (again)));
  }
}

/* Nothing that is required may be taken away. */
static void
test_required (void)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (JzForm) form = load_form (ids[i]);
    for (guint j = 0; j < jz_form_get_n_fields (form); j++) {
      const JzFormField *field = jz_form_get_field (form, j);
      g_autoptr (JzFilling) filling = load_typical (form);
      if (!field->is_required || !jz_filling_has_field (filling, field))
        continue;
      g_assert_true (jz_filling_set (filling, field->name, NULL, NULL));
      g_autoptr (GPtrArray) findings = jz_filling_check (filling, get_now (), NULL);
      g_assert_true (jz_findings_has_error (findings));
      /* Without it, what hangs on it may be hidden; the field itself is always named. */
      g_assert_nonnull (find (findings, field->name, "FC-42"));
    }
  }
}

static const struct {
  const char *text;
  JzBaseError code;
  const char *part;
} refused[] = {
  { "[]", JZ_BASE_ERROR_SYNTAX, "object" },
  { "{\"nothing\":1}", JZ_BASE_ERROR_RANGE, "nothing" },
  { "{\"party\":{\"nothing\":\"a\"}}", JZ_BASE_ERROR_RANGE, "party.nothing" },
  { "{\"fine\":\"200\"}", JZ_BASE_ERROR_SYNTAX, "fine" },
  { "{\"fine\":true}", JZ_BASE_ERROR_SYNTAX, "fine" },
  { "{\"facts\":1}", JZ_BASE_ERROR_SYNTAX, "facts" },
  { "{\"facts\":null}", JZ_BASE_ERROR_SYNTAX, "facts" },
  { "{\"evidence\":{}}", JZ_BASE_ERROR_SYNTAX, "evidence" },
  { "{\"evidence\":[1]}", JZ_BASE_ERROR_SYNTAX, "evidence[1]" },
  { "{\"evidence\":[{\"no\":1},{\"no\":\"a\"}]}", JZ_BASE_ERROR_SYNTAX, "evidence[2].no" },
  { "{\"facts\":\"a\\u0007b\"}", JZ_BASE_ERROR_SYNTAX, "U+0007" },
  { "{\"facts\":\"a\\tb\"}", JZ_BASE_ERROR_SYNTAX, "U+0009" },
  { "{\"facts\":\"a\\u202eb\"}", JZ_BASE_ERROR_SYNTAX, "U+202E" },
  { "{\"facts\":\"a\\u0085b\"}", JZ_BASE_ERROR_SYNTAX, "U+0085" },
  { "{\"party\":{\"name\":\"a\\u0000b\"}}", JZ_BASE_ERROR_SYNTAX, "" },
};

static void
test_refused (void)
{
  g_autoptr (JzForm) form = load_form ("penalty_decision");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzFilling) filling =
      jz_filling_parse (form, refused[i].text, strlen (refused[i].text), &error);
    g_assert_null (filling);
    g_assert_cmpint (error->domain, ==, JZ_BASE_ERROR);
    if (*refused[i].part != '\0')
      g_assert_cmpint (error->code, ==, (int)refused[i].code);
    g_assert_nonnull (strstr (error->message, refused[i].part));
  }
}

/* Ten megabytes in a field are refused by the field's name. */
static void
test_long (void)
{
  g_autoptr (JzForm) form = load_form ("penalty_decision");
  GString *text = g_string_new ("{\"facts\":\"");
  for (guint i = 0; i < 10 * 1024 * 1024; i++)
    g_string_append_c (text, 'a');
  g_string_append (text, "\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFilling) filling = jz_filling_parse (form, text->str, text->len, &error);
  g_assert_null (filling);
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "facts"));
  g_string_free (text, TRUE);
}

/* Rare characters are kept as they are. */
static void
test_rare (void)
{
  g_autoptr (JzForm) form = load_form ("penalty_decision");
  g_autoptr (JzFilling) filling = load_typical (form);
  set_json (filling, "behaviour", "\"䶮㐂𠮷𬀩·买买提\"");
  g_assert_cmpstr (jz_json_get_text (jz_filling_find (filling, "behaviour")), ==,
                   "䶮㐂𠮷𬀩·买买提");
  g_autoptr (GPtrArray) findings = jz_filling_check (filling, get_now (), NULL);
  g_assert_false (jz_findings_has_error (findings));
}

static const struct {
  const char *form;
  const char *field;
  const char *value;
  const char *found;
  const char *rule;
} faults[] = {
  { "penalty_decision", "fine", "-1", "fine", "FC-21" },
  { "penalty_decision", "fine", "100", "fine", "FC-21" },
  { "penalty_decision", "doc_date", "\"2026-02-30\"", "doc_date", NULL },
  { "penalty_decision", "doc_date", "\"2026-03-03\"", "doc_date", "FC-08" },
  { "penalty_decision", "doc_date", "\"2025-12-01\"", "doc_date", "FC-08" },
  { "penalty_decision", "notice_served_on", "\"2026-02-07\"", "doc_date", "FC-08" },
  { "penalty_decision", "discussed_on", "\"2026-02-07\"", "discussed_on", "FC-08" },
  { "penalty_decision", "facts", "\"还有{x}没填\"", "facts", "FC-42" },
  { "penalty_decision", "facts", "\"  \"", "facts", "FC-42" },
  { "penalty_decision", "behaviour", "\"一\\n二\"", "behaviour", NULL },
  { "penalty_decision", "copies", "0", "copies", NULL },
  { "penalty_decision", "copies", "21", "copies", NULL },
  { "penalty_decision", "surcharge", "\"maybe\"", "surcharge", NULL },
  { "penalty_decision", "evidence", "[]", "evidence", "FC-42" },
  { "penalty_decision", "evidence", "[{\"no\":1,\"name\":\"甲\",\"source\":\"乙\"}]",
    "evidence[1].proves", "FC-42" },
  { "penalty_decision", "violated_law", "[{\"law\":\"甲\"}]", "violated_law[1].article", "FC-42" },
  { "penalty_decision", "party",
    "{\"kind\":\"citizen\",\"name\":\"张某\",\"id_kind\":\"resident\",\"id_number\":"
    "\"110101199003078882\",\"address\":\"某地\"}",
    "party.id_number", "ID-R1" },
  { "penalty_decision", "party",
    "{\"kind\":\"company\",\"name\":\"某公司\",\"id_kind\":\"uscc\",\"id_number\":"
    "\"91110000MA01ABCD53\",\"address\":\"某地\",\"representative\":\"张某\"}",
    "party.id_number", "ID-U3" },
  { "penalty_decision", "party",
    "{\"kind\":\"company\",\"name\":\"某公司\",\"id_kind\":\"other\",\"id_number\":\"1\","
    "\"address\":\"某地\",\"representative\":\"张某\"}",
    "party.id_number", "FC-02" },
  { "penalty_decision", "party",
    "{\"kind\":\"company\",\"name\":\"某公司\",\"id_kind\":\"uscc\",\"id_number\":"
    "\"91110000MA01ABCD52\",\"address\":\"某地\"}",
    "party.representative", "FC-02" },
  { "scene_record", "end", "\"2025-12-05T10:25\"", "end", "FC-08" },
  { "scene_record", "start", "\"2025-12-05 10:25\"", "start", NULL },
  { "scene_record", "start", "\"2025-12-05T25:25\"", "start", NULL },
  { "scene_record", "cards", "\"not_checked\"", "cards", "FC-04" },
  { "scene_record", "opinion", "\"objected\"", "objection", "FC-42" },
  { "scene_record", "officers", "[{\"name\":\"王某\",\"credential\":\"1\"}]", "officers", "FC-04" },
  { "scene_record", "officers",
    "[{\"name\":\"王某\",\"credential\":\"1\"},{\"name\":\"赵某\",\"credential\":\"1\"}]",
    "officers", "FC-04" },
  { "scene_record", "officers",
    "[{\"name\":\"王某\",\"credential\":\"1\",\"valid_to\":\"2025-12-04\"},"
    "{\"name\":\"赵某\",\"credential\":\"2\"}]",
    "officers[1]", "FC-04" },
  { "scene_record", "party_sign", "{\"refused\":true}", "party_sign", "FC-43" },
  { "scene_record", "measures",
    "[{\"item\":\"长\",\"value\":\"1,5\",\"unit\":\"米\",\"tool\":\"尺\"}]", "measures[1].value",
    NULL },
  { "scene_record", "measures",
    "[{\"item\":\"长\",\"value\":\"-1.5\",\"unit\":\"米\",\"tool\":\"尺\"}]", "measures[1].value",
    NULL },
  { "inquiry_record", "person", "\"王某\"", "person", "FC-06" },
  { "inquiry_record", "qa", "[{\"q\":\"问什么\"}]", "qa[1].a", "FC-42" },
  { "preserve_notice", "total", "5", "total", "FC-21" },
  { "preserve_notice", "n_kinds", "1", "n_kinds", "FC-21" },
  { "legal_review_opinion", "doc_date", "\"2026-01-27\"", "doc_date", "FC-08" },
  { "collective_discussion", "chair", "\"陈某\"", "chair", "FC-32" },
  { "collective_discussion", "n_votes", "2", "n_votes", "FC-21" },
  { "service_receipt", "method", "\"post\"", "postal_no", "FC-42" },
  { "file_index", "n_rows", "9", "n_rows", "FC-49" },
};

/* Each fault is found in an otherwise faultless document, and does not keep a draft from being. */
static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (JzForm) form = load_form (faults[i].form);
    g_autoptr (JzFilling) filling = load_typical (form);
    set_json (filling, faults[i].field, faults[i].value);
    g_autoptr (GPtrArray) findings = jz_filling_check (filling, get_now (), NULL);
    const JzFinding *finding = find (findings, faults[i].found, faults[i].rule);
    g_test_message ("%u %s: %s", i, faults[i].found, finding != NULL ? finding->sentence : "-");
    g_assert_nonnull (finding);
    g_assert_cmpint (finding->level, ==, JZ_FINDING_ERROR);
    g_assert_true (jz_findings_has_error (findings));
  }
}

static void
test_warnings (void)
{
  g_autoptr (JzForm) form = load_form ("penalty_decision");
  g_autoptr (JzFilling) filling = load_typical (form);
  set_json (filling, "facts", "\"据说当事人占用了道路。\"");
  set_json (filling, "filed_on", "\"2025-10-01\"");
  g_autoptr (GPtrArray) findings = jz_filling_check (filling, get_now (), NULL);
  g_assert_cmpint (find (findings, "facts", NULL)->level, ==, JZ_FINDING_WARNING);
  g_assert_cmpint (find (findings, "doc_date", "FC-10")->level, ==, JZ_FINDING_WARNING);
  g_assert_false (jz_findings_has_error (findings));
}

static JzFactState
get_fact (gconstpointer data, const char *name, JzValue **value)
{
  if (strcmp (name, "notice.fine") == 0)
    *value = jz_value_new_money (*(const gint64 *)data);
  else if (strcmp (name, "bureau.name") == 0)
    *value = jz_value_new_text ("某某县城市管理局");
  else if (strcmp (name, "party.kind") == 0)
    *value = jz_value_new_choice ("citizen");
  else
    return JZ_FACT_UNKNOWN;
  return JZ_FACT_PRESENT;
}

/* FC-17 is checked against the facts of the case; defaults come from them. */
static void
test_facts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactVocabulary) words = jz_fact_vocabulary_load_shipped (&error);
  g_assert_no_error (error);
  JzVocabulary vocabulary;
  jz_fact_vocabulary_get_interface (words, &vocabulary);
  g_autoptr (JzForm) form = jz_form_load_shipped ("penalty_decision", &vocabulary, &error);
  g_assert_no_error (error);
  g_autoptr (JzFilling) filling = load_typical (form);
  static const gint64 amounts[] = { 199999, 200000 };
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++) {
    const JzFacts facts = { .get_fact = get_fact, .data = &amounts[i] };
    g_autoptr (GPtrArray) findings = jz_filling_check (filling, get_now (), &facts);
    g_assert_true ((find (findings, "fine", "FC-17") != NULL) == (i == 0));
  }
  const JzFacts facts = { .get_fact = get_fact, .data = &amounts[0] };
  g_autoptr (JzFilling) empty = jz_filling_new (form);
  g_assert_true (jz_filling_set_defaults (empty, &facts, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (jz_json_get_text (jz_filling_find (empty, "org_name")), ==, "某某县城市管理局");
  g_assert_cmpstr (jz_json_get_text (jz_filling_find (empty, "party.kind")), ==, "citizen");
  g_assert_null (jz_filling_find (empty, "filed_on"));
}

/* Blanks are no words, however wide. */
static void
test_blank (void)
{
  static const struct {
    const char *text;
    gboolean is_empty;
  } cases[] = {
    { "", TRUE },      { " \t", TRUE },   { "　", TRUE },
    { " 　\n", TRUE }, { "　无", FALSE }, { "0", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzJson) value = jz_json_new_text (cases[i].text);
    g_assert_true (jz_filling_is_empty (value) == cases[i].is_empty);
  }
}

static const struct {
  const char *form;
  const char *field;
  const char *value;
  JzShow show;
  const char *text;
} texts[] = {
  { "penalty_decision", "doc_date", "\"2026-03-05\"", JZ_SHOW_PLAIN, "2026年3月5日" },
  { "penalty_decision", "fine", "200050", JZ_SHOW_PLAIN, "2,000.50元" },
  { "penalty_decision", "fine", "200000", JZ_SHOW_CAPITALS, "人民币贰仟元整" },
  { "penalty_decision", "is_published", "false", JZ_SHOW_PLAIN, "否" },
  { "penalty_decision", "violated_law",
    "[{\"law\":\"甲法\",\"article\":\"第一条\",\"item\":\"第（二）项\"},"
    "{\"law\":\"乙法\",\"version\":\"2021年版\",\"article\":\"第三条\"}]",
    JZ_SHOW_PLAIN, "《甲法》第一条第（二）项、《乙法》（2021年版）第三条" },
  { "penalty_decision", "notice", "{\"title\":\"甲\"}", JZ_SHOW_PLAIN, "《甲》" },
  { "scene_record", "start", "\"2026-03-05T09:05\"", JZ_SHOW_PLAIN, "2026年3月5日9时5分" },
  { "scene_record", "start", "\"2026-03-05T09:05\"", JZ_SHOW_DAY, "2026年3月5日" },
  { "scene_record", "cards", "\"seen\"", JZ_SHOW_PLAIN, "已看清证件" },
  { "scene_record", "cards", "\"seen\"", JZ_SHOW_BOXES, "☑已看清证件　□不予核对" },
  { "scene_record", "officers",
    "[{\"name\":\"王某\",\"credential\":\"1\"},{\"name\":\"赵某\",\"credential\":\"2\"}]",
    JZ_SHOW_PLAIN, "王某（证号1）、赵某（证号2）" },
  { "service_receipt", "announced", "{\"start\":\"2026-01-02\",\"end\":\"2026-02-01\"}",
    JZ_SHOW_PLAIN, "2026年1月2日至2026年2月1日" },
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JzForm) form = load_form (texts[i].form);
    g_autoptr (JzJson) value = jz_json_parse (texts[i].value, strlen (texts[i].value), NULL);
    const JzFormField *field = jz_form_find_field (form, texts[i].field);
    g_autofree char *text = jz_filling_dup_text (field, value, texts[i].show);
    g_assert_cmpstr (text, ==, texts[i].text);
  }
}

/* Every paragraph of the facts names a number of the list, and no number that is not in it. */
static void
test_proof (void)
{
  static const struct {
    const char *facts;
    const char *rules; /* of the findings, in order */
  } rows[] = {
    { "占用道路（证据1）。", "" },
    { "占用道路（证据1、2）。\n货架未拆除（证据2至4）。\n\n", "" },
    { "占用道路。", "FC-23" },
    { "占用道路（证据1）。\n货架未拆除。", "FC-23" },
    { "占用道路，有证据证明。", "FC-23" },
    { "占用道路（证据9）。", "FC-22" },
    { "占用道路（证据1、17、3，证据18）。\n货架未拆除。", "FC-22 FC-22 FC-23" },
    { "占用道路（证据99999999999999999999）。", "FC-22" },
    { "占用道路（证据1、）。", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzForm) form = load_form ("investigation_report");
    g_autoptr (JzFilling) filling = load_typical (form);
    g_autoptr (JzJson) value = jz_json_new_text (rows[i].facts);
    g_assert_true (jz_filling_set (filling, "facts", value, NULL));
    g_autoptr (GPtrArray) findings = jz_filling_check (filling, get_now (), NULL);
    GString *rules = g_string_new (NULL);
    for (guint j = 0; j < findings->len; j++) {
      const JzFinding *finding = g_ptr_array_index (findings, j);
      g_assert_cmpstr (finding->field, ==, "facts");
      g_assert_cmpint (finding->level, ==, JZ_FINDING_WARNING);
      g_string_append_printf (rules, "%s%s", j > 0 ? " " : "", finding->rule);
    }
    g_assert_cmpstr (rules->str, ==, rows[i].rules);
    g_string_free (rules, TRUE);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/filling/facts", test_facts);
  g_test_add_func ("/forms/filling/faults", test_faults);
  g_test_add_func ("/forms/filling/long", test_long);
  g_test_add_func ("/forms/filling/rare", test_rare);
  g_test_add_func ("/forms/filling/refused", test_refused);
  g_test_add_func ("/forms/filling/blank", test_blank);
  g_test_add_func ("/forms/filling/required", test_required);
  g_test_add_func ("/forms/filling/texts", test_texts);
  g_test_add_func ("/forms/filling/typical", test_typical);
  g_test_add_func ("/forms/filling/warnings", test_warnings);
  g_test_add_func ("/forms/filling/proof", test_proof);
  return g_test_run ();
}
