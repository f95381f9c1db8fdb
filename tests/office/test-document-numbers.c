/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "document-fixture.h"
#include "office/document_freeze.h"

/* Numbers, corrections and what does not fit a form (design §5, FC-40). */

static char *
make_approved (Penalty *penalty)
{
  return documents_make (penalty, "one_hur", JZ_DOCUMENT_APPROVED);
}

static void
refuse_final (Penalty *penalty, const char *document, const char *rule, const char *rest)
{
  g_autofree char *args = documents_args (penalty, document, rest);
  test_office_refuse (&penalty->office, "handler", "document.finalise", rule, "%s", args);
}

static void
assert_final (Penalty *penalty, const char *document, const char *rest, const char *number)
{
  g_autofree char *args = documents_args (penalty, document, rest);
  g_autofree char *got = NULL;
  g_autoptr (JzJson) frozen = NULL;

  test_office_do (&penalty->office, "handler", "document.finalise", "%s", args);
  got = documents_get (penalty, document, "number");
  g_assert_cmpstr (got, ==, number);
  frozen = documents_read_frozen (penalty, document);
  g_assert_cmpstr (jz_json_get_member_text (frozen, "doc_no"), ==, number);
}

#define LATE "'late_reason':'上年文书补办成文',"
#define TODAY "'document.date':'2025-01-02'"

/* The next, one that was kept back, one that was given back, and no other; what is void stays so.
 */
static void
test_numbers (void)
{
  static const char *const wrong[] = {
    "试〔2025〕7号",
    "试〔2025〕0号",
    "录〔2025〕1号",
    "试〔2024〕1号",
    "试2025-1",
    "试〔2025〕1",
    "1",
    "试〔2025〕18446744073709551617号",
  };
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *c = NULL;
  g_autofree char *d = NULL;

  documents_init (&penalty);
  a = make_approved (&penalty);
  b = make_approved (&penalty);
  c = make_approved (&penalty);
  d = make_approved (&penalty);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *rest = g_strdup_printf (TODAY ",'document.number':'%s'", wrong[i]);
    refuse_final (&penalty, a, strstr (wrong[i], "2024") != NULL ? "FC-40" : "J-NUMBER", rest);
  }
  assert_final (&penalty, a, TODAY, "试〔2025〕1号");
  test_office_do (&penalty.office, "section_head", "number.reserve",
                  "{'series':'试','count':3,'reason':'外出'}");
  assert_final (&penalty, b, TODAY, "试〔2025〕5号");
  refuse_final (&penalty, c, "J-NUMBER", TODAY ",'document.number':'试〔2025〕1号'");
  assert_final (&penalty, c, TODAY ",'document.number':'试〔2025〕3号'", "试〔2025〕3号");
  refuse_final (&penalty, d, "J-NUMBER", TODAY ",'document.number':'试〔2025〕3号'");
  test_office_do (&penalty.office, "handler", "number.void",
                  "{'number':'试〔2025〕2号','reason':'写坏'}");
  refuse_final (&penalty, d, "J-NUMBER", TODAY ",'document.number':'试〔2025〕2号'");
  test_office_do (&penalty.office, "handler", "number.return",
                  "{'number':'试〔2025〕4号','reason':'未用'}");
  assert_final (&penalty, d, TODAY ",'document.number':'试〔2025〕4号'", "试〔2025〕4号");
  /* A final document that is made void keeps its number from everybody. */
  {
    g_autofree char *args = documents_args (&penalty, d, "'reason':'印错'");
    g_autofree char *e = make_approved (&penalty);
    test_office_do (&penalty.office, "handler", "document.void", "%s", args);
    refuse_final (&penalty, e, "J-NUMBER", TODAY ",'document.number':'试〔2025〕4号'");
    test_office_refuse (&penalty.office, "handler", "number.return", "J-NUMBER",
                        "{'number':'试〔2025〕4号','reason':'未用'}");
    assert_final (&penalty, e, TODAY, "试〔2025〕6号");
  }
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* What nobody takes any more is made void, or its series had a gap for ever. */
static void
test_given_back (void)
{
  g_auto (Penalty) penalty = { 0 };

  documents_init (&penalty);
  test_office_do (&penalty.office, "section_head", "number.reserve",
                  "{'series':'试','count':1,'reason':'外出'}");
  test_office_do (&penalty.office, "handler", "number.return",
                  "{'number':'试〔2025〕1号','reason':'未用'}");
  test_office_do (&penalty.office, "handler", "number.void",
                  "{'number':'试〔2025〕1号','reason':'不再使用'}");
  test_office_refuse (&penalty.office, "handler", "number.void", "J-NUMBER",
                      "{'number':'试〔2025〕1号','reason':'不再使用'}");
}

/* A number and its document are of one year, over New Year as well. */
static void
test_new_year (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;

  documents_init (&penalty);
  test_office_do (&penalty.office, "section_head", "number.reserve",
                  "{'series':'试','count':2,'reason':'外出'}");
  for (int i = 0; i < 14; i++) { /* nobody is silent for a month */
    penalty_wait (&penalty, 27);
    penalty_do (&penalty, "handler", "case.note", "'text':'记一笔'");
  }
  old = make_approved (&penalty);
  new = make_approved (&penalty);
  refuse_final (&penalty, old, "FC-40", LATE "'document.date':'2025-12-31'");
  refuse_final (&penalty, old, "FC-40",
                LATE "'document.date':'2026-01-02','document.number':'试〔2025〕1号'");
  assert_final (&penalty, old,
                LATE "'document.date':'2025-12-31','document.number':'试〔2025〕1号'",
                "试〔2025〕1号");
  assert_final (&penalty, new, LATE "'document.date':'2026-01-02'", "试〔2026〕1号");
}

/* Several that become final together have numbers in a row, as they stand in the batch. */
static void
test_batch (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  documents_init (&penalty);
  for (int i = 0; i < 3; i++) {
    char *document = make_approved (&penalty);
    g_autofree char *text = documents_args (&penalty, document, TODAY);
    g_ptr_array_add (documents, document);
    g_ptr_array_add (args, test_json (text));
  }
  outcome = test_office_try_batch (&penalty.office, "handler", "document.finalise",
                                   (const JzJson *const *)args->pdata, 3, &error);
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  for (int i = 0; i < 3; i++) {
    g_autofree char *wanted = g_strdup_printf ("试〔2025〕%d号", i + 1);
    g_autofree char *number = documents_get (&penalty, documents->pdata[i], "number");
    g_assert_cmpstr (number, ==, wanted);
  }
  /* The same one twice is not done at all. */
  {
    g_autofree char *again = make_approved (&penalty);
    g_autofree char *text = documents_args (&penalty, again, TODAY);
    g_autoptr (JzJson) one = test_json (text);
    const JzJson *twice[] = { one, one };
    g_autoptr (JzActOutcome) refused = test_office_try_batch (
      &penalty.office, "handler", "document.finalise", twice, G_N_ELEMENTS (twice), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (jz_refusal_get_rule (refused->refusal), ==, "J-DOCUMENT");
    refuse_final (&penalty, again, "J-NUMBER", TODAY ",'document.number':'试〔2025〕3号'");
    assert_final (&penalty, again, TODAY, "试〔2025〕4号");
  }
}

static char *
correct (Penalty *penalty, const char *document)
{
  return test_office_make (&penalty->office, "handler", "document.correct",
                           "{'case':'%s','corrects':'%s','reason':'笔误'}", penalty->id, document);
}

/* The old one stays what it is until the new one is final; of two new ones one takes its place. */
static void
test_correction (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *old = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *state = NULL;
  g_autofree char *after = NULL;
  g_autofree char *args = NULL;
  g_autoptr (JzJson) drawn = NULL;

  documents_init (&penalty);
  old = documents_make (&penalty, "one_hur", JZ_DOCUMENT_SERVED);
  first = correct (&penalty, old);
  second = correct (&penalty, old);
  drawn = documents_read_frozen (&penalty, first);
  g_assert_cmpstr (jz_json_get_member_text (drawn, "text"), ==, "甲");
  g_assert_null (jz_json_get_member (drawn, "doc_no"));
  g_assert_null (jz_json_get_member (drawn, "sign_r"));
  for (int state_to = JZ_DOCUMENT_SUBMITTED; state_to <= JZ_DOCUMENT_APPROVED; state_to++) {
    documents_step (&penalty, first, "one_hur", (JzDocumentState)state_to);
    documents_step (&penalty, second, "one_hur", (JzDocumentState)state_to);
  }
  state = documents_get (&penalty, old, "state");
  g_assert_cmpstr (state, ==, "served");
  assert_final (&penalty, first, TODAY, "试〔2025〕2号");
  after = documents_get (&penalty, old, "state");
  g_assert_cmpstr (after, ==, "corrected");
  refuse_final (&penalty, second, "J-DOCUMENT", TODAY);
  args = documents_args (&penalty, second, "'reason':'重复'");
  test_office_do (&penalty.office, "handler", "document.void", "%s", args);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* What does not fit its form is said with the field, and what the program makes nobody gives. */
static void
test_values (void)
{
  static const struct {
    const char *values;
    const char *words;
  } rows[] = {
    { "{'none':'甲'}", "none" },
    { "{'text':3}", "text" },
    { "{'text':['甲']}", "text" },
    { "{'text':'a\\u0007b'}", "text|0007" },
    { "{'text':'a\\u202eb'}", "text|202E" },
    { "{'sign_r':{'name':'张某','kin':'李某'}}", "sign_r.kin" },
    { "[]", "values" },
    { "'甲'", "values" },
  };
  static const char *const prepared[] = { "'title':'某书'", "'finalised_by':'document.finalise'",
                                          "'form_set':'00'", "'decisive':'00'" };
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *draft = NULL;
  g_autofree char *final = NULL;

  documents_init (&penalty);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *args =
      g_strdup_printf ("{'case':'%s','form':'one_hur','values':%s}", penalty.id, rows[i].values);
    documents_fail (&penalty, "handler", "document.draft", args, rows[i].words);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (prepared); i++) {
    g_autofree char *args =
      g_strdup_printf ("{'case':'%s','form':'one_hur',%s}", penalty.id, prepared[i]);
    g_autofree char *name = g_strndup (prepared[i] + 1, strcspn (prepared[i] + 1, "'"));
    documents_fail (&penalty, "handler", "document.draft", args, name);
  }
  {
    g_autofree char *none = g_strdup_printf ("{'case':'%s','form':'no_such'}", penalty.id);
    documents_fail (&penalty, "handler", "document.draft", none, "no_such");
  }
  draft = documents_make (&penalty, "one_h", JZ_DOCUMENT_DRAFT);
  final = documents_args (&penalty, draft, TODAY ",'values':{'text':'乙'}");
  documents_fail (&penalty, "handler", "document.finalise", final, "values");
  /* Too long for its field is a finding, which lets a draft be but is never final. */
  {
    g_autofree char *args = documents_args (
      &penalty, draft, "'values':{'text':'一二三四五六七八九十一二三四五六七八九十一'}");
    test_office_do (&penalty.office, "handler", "document.revise", "%s", args);
    refuse_final (&penalty, draft, "J-FORM", TODAY);
  }
}

/* 512 KiB are room for every document of a case; more belongs into an annex. */
static void
test_size (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *half = g_strnfill (200 * 1024, 'a');
  g_autofree char *args = NULL;
  g_autofree char *deep = NULL;
  g_autofree char *open = g_strnfill (200, '[');
  g_autofree char *close = g_strnfill (200, ']');

  documents_init (&penalty);
  args = g_strdup_printf ("{'case':'%s','form':'one_hur','values':{'text':'甲','opinion_h':'%s',"
                          "'opinion_u':'%s','opinion_r':'%s'}}",
                          penalty.id, half, half, half);
  test_office_refuse (&penalty.office, "handler", "document.draft", "J-FORM", "%s", args);
  deep = g_strdup_printf ("{'case':'%s','form':'one_hur','values':{'text':%s%s}}", penalty.id, open,
                          close);
  {
    g_autofree char *quoted = g_strdelimit (g_strdup (deep), "'", '"');
    g_assert_null (jz_json_parse (quoted, strlen (quoted), NULL));
  }
}

/* Its form is as it was when it was drafted, whatever is adopted later. */
static void
test_form_of_the_case (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *set = NULL;
  g_autofree char *later = NULL;
  g_autofree char *later_set = NULL;

  documents_init (&penalty);
  document = make_approved (&penalty);
  set = documents_get (&penalty, document, "form_set");
  test_office_do_by_two (&penalty.office, "section_head", "head", "forms.adopt",
                         "{'over':'shipped','in_force':'2025-01-02','reason':'恢复'}");
  later = documents_draft (&penalty, "one_h");
  later_set = documents_get (&penalty, later, "form_set");
  g_assert_cmpstr (later_set, ==, set);
  assert_final (&penalty, document, TODAY, "试〔2025〕1号");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* With its case everything goes but the number, which nobody else gets. */
static void
test_destroyed (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;

  documents_init (&penalty);
  document = documents_make (&penalty, "one_hur", JZ_DOCUMENT_FINAL);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_DECIDED);
  penalty_excuse (&penalty);
  penalty_do (&penalty, "handler", "dossier.bind", "");
  test_office_destroy_case (&penalty.office, penalty.id);
  g_assert_cmpint (
    test_office_count (&penalty.office, "SELECT count (*) FROM fact WHERE list = '@document'"), ==,
    0);
  g_assert_cmpint (test_office_count (&penalty.office,
                                      "SELECT count (*) FROM document_number WHERE number = "
                                      "'试〔2025〕1号' AND state = 'used'"),
                   ==, 1);
  {
    JzStore *store = jz_office_get_store (penalty.office.office);
    g_autoptr (GError) error = NULL;
    JzConnection *reader = jz_store_lease_reader (store, NULL);
    g_autoptr (GBytes) gone = jz_document_print (reader, jz_store_get_objects (store), document,
                                                 jz_clock_now (penalty.office.clock), NULL, &error);
    jz_store_return_reader (store, reader);
    g_assert_null (gone);
    g_assert_nonnull (error);
  }
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/document-numbers/numbers", test_numbers);
  g_test_add_func ("/office/document-numbers/given-back", test_given_back);
  g_test_add_func ("/office/document-numbers/new-year", test_new_year);
  g_test_add_func ("/office/document-numbers/batch", test_batch);
  g_test_add_func ("/office/document-numbers/correction", test_correction);
  g_test_add_func ("/office/document-numbers/values", test_values);
  g_test_add_func ("/office/document-numbers/size", test_size);
  g_test_add_func ("/office/document-numbers/form-of-the-case", test_form_of_the_case);
  g_test_add_func ("/office/document-numbers/destroyed", test_destroyed);
  return g_test_run ();
}
