/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "document-fixture.h"
#include "office/document_findings.h"

/* What documents of one case say of the same thing is compared (forms.md §4: FC-01, FC-03, FC-05,
 * FC-15, FC-16, FC-22): with the documents by hand of tests/pages/values, one value of which is
 * changed at a time. */

static JzJson *
load_values (const char *form)
{
  g_autofree char *file = g_strconcat (form, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "pages", "values", file, NULL);
  g_autofree char *text = NULL;
  gsize length;
  JzJson *json;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  json = jz_json_parse (text, length, NULL);
  g_assert_nonnull (json);
  return json;
}

static char *
draft (Penalty *penalty, const char *form, const JzJson *values)
{
  g_autofree char *text = jz_json_to_canonical (values, NULL);

  return test_office_make (&penalty->office, "handler", "document.draft",
                           "{'case':'%s','form':'%s','values':%s}", penalty->id, form, text);
}

static void
perform (Penalty *penalty, const char *who, const char *act, const char *document, const char *rest)
{
  g_autofree char *args = documents_args (penalty, document, rest);
  test_office_do (&penalty->office, who, act, "%s", args);
}

static JzJson *
find_findings (Penalty *penalty, const char *document)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzJson *list = jz_document_find_findings (reader, jz_store_get_objects (store), penalty->id,
                                            document, jz_clock_now (penalty->office.clock), &error);

  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return list;
}

/* The level of a finding of that rule in that field, NULL for none. */
static const char *
find_level (const JzJson *findings, const char *rule, const char *field)
{
  for (guint i = 0; i < jz_json_get_n_items (findings); i++) {
    const JzJson *finding = jz_json_get_item (findings, i);
    const char *found = jz_json_get_member_text (finding, "rule");
    if (g_strcmp0 (found, rule) == 0 &&
        strcmp (jz_json_get_member_text (finding, "field"), field) == 0) {
      g_assert_cmpstr (jz_json_get_member_text (finding, "sentence"), !=, "");
      return jz_json_get_member_text (finding, "level");
    }
  }
  return NULL;
}

typedef struct {
  const char *rule;
  const char *field;
  const char *value;
  const char *level;
} Row;

#define LAW(article) "[{'law':'城市道路管理条例','article':'" article "'}]"
#define PARTY(name, number, address)                                                               \
  "{'kind':'company','name':'" name "','id_kind':'uscc','id_number':'" number                      \
  "','representative':'张某','address':'" address "','phone':'010-00000000'}"
#define TYPICAL "91110000MA01ABCD52"

static const Row notice_rows[] = {
  { "FC-01", "party", PARTY ("某某贸易有限公司", TYPICAL, "某某市城东区人民路18号"), "error" },
  { "FC-01", "party", PARTY ("某某商贸有限公司", TYPICAL, "某某市城西区解放路1号"), "warning" },
  { "FC-03", "cause", "'涉嫌占道经营'", "warning" },
  { "FC-05", "officers",
    "[{'name':'冯某','credential':'A0000009'},{'name':'王某','credential':'A0000001'}]",
    "warning" },
  { "FC-15", "violated_law", LAW ("第三十条"), "error" },
  { "FC-15", "basis_law", LAW ("第四十三条"), "error" },
  { "FC-22", "evidence", "[{'no':9,'name':'证人证言','proves':'占用'}]", "warning" },
};

static const Row decision_rows[] = {
  { "FC-01", "party", PARTY ("某某贸易有限公司", TYPICAL, "某某市城东区人民路18号"), "error" },
  { "FC-03", "behaviour", "'占道经营'", "warning" },
  { "FC-16", "violated_law", LAW ("第三十条"), "error" },
  { "FC-16", "basis_law", "[{'law':'某某市条例','article':'第四十二条'}]", "error" },
  { "FC-22", "evidence", "[{'no':9,'name':'证人证言','proves':'占用','source':'某处'}]",
    "warning" },
};

/* What agrees is not found; what was changed is, and nothing is found of it in the rest. */
static void
check_rows (Penalty *penalty, const char *form, JzJson *typical, const Row *rows, gsize n)
{
  g_autofree char *document = draft (penalty, form, typical);
  g_autoptr (JzJson) before = find_findings (penalty, document);

  for (gsize i = 0; i < n; i++) {
    g_autoptr (JzJson) values = jz_json_copy (typical);
    g_autoptr (JzJson) value = test_json (rows[i].value);
    g_autofree char *text = NULL;
    g_autofree char *rest = NULL;
    g_autoptr (JzJson) after = NULL;

    if (find_level (before, rows[i].rule, rows[i].field) != NULL)
      g_error ("%s is found in the %s before it is changed", rows[i].rule, form);
    jz_json_set_member (values, rows[i].field, jz_json_copy (value));
    text = jz_json_to_canonical (values, NULL);
    rest = g_strdup_printf ("'values':%s", text);
    perform (penalty, "handler", "document.revise", document, rest);
    after = find_findings (penalty, document);
    if (g_strcmp0 (find_level (after, rows[i].rule, rows[i].field), rows[i].level) != 0)
      g_error ("%s is not found in the %s of the %s as %s", rows[i].rule, rows[i].field, form,
               rows[i].level);
  }
  perform (penalty, "handler", "document.void", document, "'reason':'试验'");
}

static void
wait_until_2026 (Penalty *penalty)
{
  for (int i = 0; i < 16; i++) { /* nobody is silent for a month */
    penalty_wait (penalty, 27);
    penalty_do (penalty, "handler", "case.note", "'text':'记一笔'");
  }
}

static void
finalise_report (Penalty *penalty)
{
  g_autoptr (JzJson) values = load_values ("investigation_report");
  g_autofree char *report = draft (penalty, "investigation_report", values);

  perform (penalty, "handler", "document.submit", report, "'opinion':'请审'");
  perform (penalty, "section_head", "document.examine", report, "'opinion':'同意'");
  perform (penalty, "handler", "document.finalise", report,
           "'document.date':'2026-01-13','late_reason':'补录'");
}

static JzJson *
make_notice_values (void)
{
  g_autoptr (JzJson) report = load_values ("investigation_report");
  JzJson *values = load_values ("penalty_notice");
  static const char *const same[] = { "party", "cause", "officers", "violated_law", "basis_law" };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    jz_json_set_member (values, same[i], jz_json_copy (jz_json_get_member (report, same[i])));
  {
    g_autoptr (JzJson) evidence =
      test_json ("[{'no':1,'name':'现场检查笔录','proves':'占用'},{'no':4,'name':"
                 "'营业执照复印件','proves':'主体资格'}]");
    jz_json_set_member (values, "evidence", jz_json_copy (evidence));
  }
  return values;
}

static JzJson *
make_decision_values (void)
{
  JzJson *values = load_values ("penalty_decision");
  g_autoptr (JzJson) evidence =
    test_json ("[{'no':1,'name':'现场检查笔录','proves':'占用','source':'本机关制作'}]");

  jz_json_set_member (values, "evidence", jz_json_copy (evidence));
  return values;
}

static void
finalise_notice (Penalty *penalty, const JzJson *values)
{
  g_autofree char *notice = draft (penalty, "penalty_notice", values);
  g_autofree char *args =
    documents_args (penalty, notice,
                    "'way':'account','opinion':'同意','late_reason':'补录','notice.approved_on':'"
                    "2026-01-20','notice.content':"
                    "'拟罚款','notice.fine':300000,'notice.hearing_right_told':false");

  perform (penalty, "handler", "document.submit", notice, "'opinion':'请审'");
  perform (penalty, "section_head", "document.examine", notice, "'opinion':'同意'");
  test_office_do_by_two (&penalty->office, "handler", "approver", "notice.approve", "%s", args);
  perform (penalty, "handler", "document.finalise", notice,
           "'document.date':'2026-01-20','late_reason':'补录'");
}

static void
test_compared (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) notice = make_notice_values ();
  g_autoptr (JzJson) decision = make_decision_values ();
  g_autofree char *wrong = NULL;

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_PROVED);
  wait_until_2026 (&penalty);
  finalise_report (&penalty);
  check_rows (&penalty, "penalty_notice", notice, notice_rows, G_N_ELEMENTS (notice_rows));
  finalise_notice (&penalty, notice);
  check_rows (&penalty, "penalty_decision", decision, decision_rows, G_N_ELEMENTS (decision_rows));
  /* An error is refused when it is submitted. */
  {
    g_autoptr (JzJson) article = test_json (LAW ("第三十条"));
    g_autofree char *args = NULL;
    jz_json_set_member (notice, "violated_law", jz_json_copy (article));
    wrong = draft (&penalty, "penalty_notice", notice);
    args = documents_args (&penalty, wrong, "'opinion':'请审'");
    test_office_refuse (&penalty.office, "handler", "document.submit", "FC-15", "%s", args);
  }
}

/* Who writes a document is not asked for the words of those who pass it on. */
static void
test_later (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) values = test_json ("{}");
  g_autoptr (JzJson) findings = NULL;
  g_autofree char *sheet = NULL;

  documents_init (&penalty);
  sheet = draft (&penalty, "case_filing_approval", values);
  findings = find_findings (&penalty, sheet);
  g_assert_cmpstr (find_level (findings, "FC-42", "source"), ==, "error");
  g_assert_null (find_level (findings, "FC-42", "opinion_u"));
  g_assert_null (find_level (findings, "FC-42", "opinion_r"));
}

/* What replaces a document is not held to it; a change that the case knows of is no error. */
static void
test_corrected (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) notice = make_notice_values ();
  g_autoptr (JzJson) renamed =
    test_json (PARTY ("某某贸易有限公司", TYPICAL, "某某市城东区人民路18号"));
  g_autofree char *next = NULL;
  g_autofree char *text = NULL;
  g_autofree char *rest = NULL;

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_PROVED);
  wait_until_2026 (&penalty);
  finalise_report (&penalty);
  jz_json_set_member (notice, "party", jz_json_copy (renamed));
  next = draft (&penalty, "penalty_notice", notice);
  {
    g_autoptr (JzJson) found = find_findings (&penalty, next);
    g_assert_cmpstr (find_level (found, "FC-01", "party"), ==, "error");
  }
  penalty_do (&penalty, "handler", "party.state",
              "'party.kind':'company','party.name':'某某贸易有限公司','party.id_kind':'uscc',"
              "'party.id_number':'" TYPICAL "','party.address':'某某市城东区人民路18号'");
  {
    g_autoptr (JzJson) found = find_findings (&penalty, next);
    g_assert_null (find_level (found, "FC-01", "party"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/document-findings/compared", test_compared);
  g_test_add_func ("/office/document-findings/later", test_later);
  g_test_add_func ("/office/document-findings/corrected", test_corrected);
  return g_test_run ();
}
