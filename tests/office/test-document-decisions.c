/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "document-fixture.h"
#include "office/document_freeze.h"

/* The decision of a case as a document: only the acts of the law approve it and make it final, and
 * a review holds for what it says and for nothing else (design §5). */

#define APPROVE "'way':'account','opinion':'同意'"
#define FINALISE                                                                                   \
  "'decision.decided_on':'2025-01-02','document.date':'2025-01-02','decision.is_sealed':true"

static void
refuse (Penalty *penalty,
        const char *who,
        const char *act,
        const char *rule,
        const char *document,
        const char *rest)
{
  g_autofree char *args = documents_args (penalty, document, rest);
  test_office_refuse (&penalty->office, who, act, rule, "%s", args);
}

static void
perform (Penalty *penalty, const char *who, const char *act, const char *document, const char *rest)
{
  g_autofree char *args = documents_args (penalty, document, rest);
  test_office_do (&penalty->office, who, act, "%s", args);
}

static JzJson *
read_values (Penalty *penalty)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  g_autoptr (JzStated) stated = jz_stated_load (reader, penalty->id, G_MAXINT64, NULL);
  const JzStatedRecord *record = jz_document_find_record (stated, penalty->decision);

  jz_store_return_reader (store, reader);
  return jz_json_copy (jz_stated_record_get (record, "values"));
}

/* The decision with one value changed, back to where it waits for approval. */
static void
change (Penalty *penalty, const char *field, const char *value)
{
  g_autoptr (JzJson) values = read_values (penalty);
  g_autoptr (JzJson) new_value = test_json (value);
  g_autofree char *text = NULL;
  g_autofree char *rest = NULL;

  jz_json_set_member (values, field, jz_json_copy (new_value));
  text = jz_json_to_canonical (values, NULL);
  rest = g_strdup_printf ("'values':%s", text);
  perform (penalty, "handler", "document.revise", penalty->decision, rest);
  perform (penalty, "handler", "document.submit", penalty->decision, "'opinion':'请审'");
  perform (penalty, "section_head", "document.examine", penalty->decision, "'opinion':'拟同意'");
}

/* Approved and made final by the acts of the law, and served by the act that serves it. */
static void
test_own_acts (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *other = NULL;

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_EXAMINED);
  refuse (&penalty, "handler", "document.approve.propose", "J-DOCUMENT", penalty.decision, APPROVE);
  refuse (&penalty, "handler", "notice.approve.propose", "J-DOCUMENT", penalty.decision,
          APPROVE ",'notice.approved_on':'2025-01-02','notice.content':'拟罚款',"
                  "'notice.hearing_right_told':false");
  other = documents_make (&penalty, "one_hur", JZ_DOCUMENT_EXAMINED);
  refuse (&penalty, "handler", "notice.approve.propose", "J-DOCUMENT", other,
          APPROVE ",'notice.approved_on':'2025-01-02','notice.content':'拟罚款',"
                  "'notice.hearing_right_told':false");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  refuse (&penalty, "handler", "document.finalise", "J-DOCUMENT", penalty.decision,
          "'document.date':'2025-01-02'");
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
  refuse (&penalty, "handler", "document.void", "J-DOCUMENT", penalty.decision, "'reason':'作废'");
  /* What was served is the decision, and no other document. */
  {
    g_autofree char *final = documents_make (&penalty, "one_hur", JZ_DOCUMENT_FINAL);
    refuse (&penalty, "handler", "decision.serve", "J-DOCUMENT", final,
            "'decision.served_on':'2025-01-02'");
    refuse (&penalty, "handler", "notice.serve", "J-DOCUMENT", penalty.decision,
            "'notice.served_on':'2025-01-02'");
  }
  perform (&penalty, "handler", "decision.serve", penalty.decision,
           "'decision.served_on':'2025-01-02'");
  {
    g_autofree char *state = documents_get (&penalty, penalty.decision, "state");
    g_assert_cmpstr (state, ==, "served");
  }
}

/* A review holds for the facts, the law, the amounts; a number of another paper does not lapse it.
 */
static void
test_decisive (void)
{
  static const struct {
    const char *field;
    const char *value;
    gboolean lapses;
  } rows[] = {
    { "notice", "{'title':'行政处罚事先告知书','number':'罚告〔2025〕3号'}", FALSE },
    { "review", "{'title':'法制审核意见书','number':'法审〔2025〕3号'}", FALSE },
    { "copies", "4", FALSE },
    { "statement_made", "'none'", FALSE },
    { "facts", "'当事人在某某路2号门前占用城市道路堆放建材。'", TRUE },
    { "behaviour", "'占用城市道路'", TRUE },
    { "discretion", "'情节较重。'", TRUE },
    { "basis_law", "[{'law':'某某条例','article':'第四十六条'}]", TRUE },
    { "court", "'某某市中级人民法院'", TRUE },
  };
  g_auto (Penalty) penalty = { 0 };

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_EXAMINED);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzJson) before = read_values (&penalty);
    const JzJson *old = jz_json_get_member (before, rows[i].field);
    g_autofree char *text = NULL;
    g_autofree char *args = documents_args (&penalty, penalty.decision, APPROVE);
    g_autoptr (JzActOutcome) outcome = NULL;
    g_autoptr (GError) error = NULL;

    change (&penalty, rows[i].field, rows[i].value);
    outcome =
      test_office_try (&penalty.office, "handler", "decision.approve.propose", &error, "%s", args);
    g_assert_no_error (error);
    if ((outcome->refusal != NULL) != rows[i].lapses)
      g_error ("%s: the review %s", rows[i].field, rows[i].lapses ? "holds" : "lapses");
    if (!rows[i].lapses)
      continue;
    g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "G-33");
    /* As it was: what the review passed on. */
    text = jz_json_to_canonical (old, NULL);
    change (&penalty, rows[i].field, text);
  }
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* One text is reviewed, and no other is decided on that review. */
static void
test_two_texts (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_DRAFTED);
  change (&penalty, "facts", "'当事人在某某路9号占用城市道路，情节恶劣。'");
  first = g_steal_pointer (&penalty.decision);
  penalty_write_decision (&penalty);
  penalty_play (&penalty, PENALTY_NOTIFIED, PENALTY_EXAMINED);
  refuse (&penalty, "handler", "decision.approve.propose", "J-BASIS", first, APPROVE);
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  refuse (&penalty, "handler", "decision.finalise", "J-BASIS", first, FINALISE);
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
}

/* A corrected decision is a new basis: reviewed, approved, numbered, and it takes the place of the
 * old one only when it is final itself. */
static void
test_corrected_decision (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *old = NULL;
  g_autofree char *state = NULL;
  g_autofree char *number = NULL;

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_DECIDED);
  old = g_strdup (penalty.decision);
  g_free (penalty.decision);
  penalty.decision =
    test_office_make (&penalty.office, "handler", "document.correct",
                      "{'case':'%s','corrects':'%s','reason':'门牌号笔误'}", penalty.id, old);
  change (&penalty, "facts", "'当事人在某某路3号门前占用城市道路堆放建材。'");
  refuse (&penalty, "handler", "decision.approve.propose", "G-33", penalty.decision, APPROVE);
  refuse (&penalty, "handler", "decision.finalise", "J-BASIS", penalty.decision, FINALISE);
  test_office_do (&penalty.office, "reviewer", "review.recheck",
                  "{'case':'%s','text':'仅更正门牌号'}", penalty.id);
  refuse (&penalty, "handler", "decision.finalise", "J-BASIS", penalty.decision, FINALISE);
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  state = documents_get (&penalty, old, "state");
  g_assert_cmpstr (state, ==, "final");
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
  g_free (state);
  state = documents_get (&penalty, old, "state");
  g_assert_cmpstr (state, ==, "corrected");
  number = documents_get (&penalty, penalty.decision, "number");
  g_assert_cmpstr (number, ==, "罚决〔2025〕2号");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

#define NO_PENALTY(reason)                                                                                                  \
  "'org_name':'某某局','filed_on':'2025-01-02','party':{'kind':'company','name':'"                                       \
  "某某商贸有限公司','id_kind':'uscc','id_number':'91110000MA01ABCD52','representative':'张某','"                 \
  "address':'某某路2号'},'process':'立案后进行了现场检查。','facts':'占用一平方米，当场移走。'," \
  "'evidence':[{'no':1,'name':'现场照片','proves':'占用城市道路','source':'本机关制作'}],"                   \
  "'behaviour':'占用城市道路','violated_law':[{'law':'某某条例','article':'第二十条'}],"                      \
  "'reason':'" reason "','reason_text':'危害后果轻微，已改正。','basis_law':[{'law':'行政处罚法',"          \
  "'article':'第三十三条'}],'education':'讲解了规定。','remedy_kind':'ordinary','recon_org':"                    \
  "'某某市人民政府','court':'某某市某某区人民法院','copies':2"

static void
examine (Penalty *penalty, const char *outcome)
{
  g_autofree char *text =
    g_strdup_printf ("'case.head_reviewed_on':'2025-01-02','case.outcome':'%s'", outcome);

  penalty_do (penalty, "head", "case.examine", text);
}

/* A case that ends without a penalty: no notice, but a review, and a decision of a form of its own.
 */
static void
test_no_penalty (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *number = NULL;

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_PROVED);
  penalty_do (&penalty, "handler", "decision.draft",
              "'decision.kinds':[],'decision.basis':[{'title':'某某市市容和环境卫生管理条例',"
              "'article':'12','level':'local_regulation','version':'2024年'}],'decision.remedy':"
              "'review_or_suit','decision.review_organ':'某某市人民政府','decision.court':"
              "'某某市某某区人民法院','decision.educated':true,'discretion.direction':'general'");
  penalty.decision = test_office_make (
    &penalty.office, "handler", "document.draft",
    "{'case':'%s','form':'no_penalty_decision','values':{" NO_PENALTY ("unproved") "}}",
    penalty.id);
  perform (&penalty, "handler", "document.submit", penalty.decision, "'opinion':'请审'");
  perform (&penalty, "section_head", "document.examine", penalty.decision, "'opinion':'拟同意'");
  examine (&penalty, "no_penalty");
  change (&penalty, "reason", "'first_minor'");
  penalty_play (&penalty, PENALTY_SUBMITTED, PENALTY_REVIEWED);
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  /* Somebody judges it otherwise: then that paper is not what the case ends with. */
  examine (&penalty, "penalise");
  refuse (&penalty, "handler", "decision.finalise", "FC-32", penalty.decision, FINALISE);
  examine (&penalty, "unproved");
  refuse (&penalty, "handler", "decision.finalise", "FC-32", penalty.decision, FINALISE);
  examine (&penalty, "no_penalty");
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
  number = documents_get (&penalty, penalty.decision, "number");
  g_assert_cmpstr (number, ==, "不罚〔2025〕1号");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* Nor does a case end with a penalty that the head did not see. */
static void
test_penalty_of_no_penalty (void)
{
  g_auto (Penalty) penalty = { 0 };

  documents_init (&penalty);
  penalty_play (&penalty, PENALTY_PROVED, PENALTY_APPROVED);
  examine (&penalty, "no_penalty");
  refuse (&penalty, "handler", "decision.finalise", "FC-32", penalty.decision, FINALISE);
  examine (&penalty, "penalise");
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
}

static void
remove_object (Penalty *penalty, const char *hex)
{
  const char *command[] = { "find", penalty->office.path, "-name", NULL, "-delete", NULL };
  g_autofree char *pattern = g_strdup_printf ("*%s*", hex + 4);

  command[3] = pattern;
  g_assert_true (g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
}

/* In a program of its own, for forms once read are kept as long as a program runs. */
static void
print_without_forms (void)
{
  const char *set = g_getenv ("TEST_FORMS");
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store =
    jz_store_open (g_getenv ("TEST_STORE"), JZ_STORE_READ, NULL, NULL, &error);
  g_autoptr (GBytes) pdf = NULL;
  JzConnection *reader;

  g_assert_no_error (error);
  reader = jz_store_lease_reader (store, &error);
  pdf = jz_document_print (reader, jz_store_get_objects (store), g_getenv ("TEST_DOCUMENT"), 0,
                           NULL, &error);
  jz_store_return_reader (store, reader);
  g_assert_null (pdf);
  g_assert_nonnull (strstr (error->message, set));
}

/* Where the forms that it was drafted under are gone, the sentence says which set is missing. */
static void
test_missing_forms (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *document = NULL;
  g_autofree char *set = NULL;

  documents_init (&penalty);
  document = documents_make (&penalty, "one_hu", JZ_DOCUMENT_DRAFT);
  set = documents_get (&penalty, document, "form_set");
  test_office_close (&penalty.office);
  remove_object (&penalty, set);
  g_setenv ("TEST_STORE", penalty.office.path, TRUE);
  g_setenv ("TEST_DOCUMENT", document, TRUE);
  g_setenv ("TEST_FORMS", set, TRUE);
  g_test_trap_subprocess ("/office/document-decisions/missing-forms/subprocess", 0,
                          G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/document-decisions/own-acts", test_own_acts);
  g_test_add_func ("/office/document-decisions/decisive", test_decisive);
  g_test_add_func ("/office/document-decisions/two-texts", test_two_texts);
  g_test_add_func ("/office/document-decisions/corrected-decision", test_corrected_decision);
  g_test_add_func ("/office/document-decisions/no-penalty", test_no_penalty);
  g_test_add_func ("/office/document-decisions/penalty-of-no-penalty", test_penalty_of_no_penalty);
  g_test_add_func ("/office/document-decisions/missing-forms", test_missing_forms);
  g_test_add_func ("/office/document-decisions/missing-forms/subprocess", print_without_forms);
  return g_test_run ();
}
