/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "office/replay.h"

/* An ordinary penalty case by acts, and what stands before its steps: no penalty is decided by any
 * path until the review has passed on exactly what is decided (L-29). */

#define APPROVE "'way':'account'"
#define FINALISE                                                                                   \
  "'decision.decided_on':'2025-01-02','document.date':'2025-01-02','decision.is_sealed':true"

static gint64
count_decisions (Penalty *penalty)
{
  return test_office_count (&penalty->office,
                            "SELECT count (*) FROM entry WHERE act = 'decision.finalise'");
}

static char *
dup_payload (Penalty *penalty, const char *act)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (jz_connection_get_text (
    reader, &text, &error,
    "SELECT text FROM payload JOIN entry ON arrival = payload.entry WHERE act = ? ORDER BY arrival "
    "DESC LIMIT 1",
    "t", act));
  jz_store_return_reader (store, reader);
  g_assert_nonnull (text);
  return text;
}

static void
test_whole (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *payload = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DECIDED);
  payload = dup_payload (&penalty, "decision.finalise");
  g_assert_nonnull (strstr (payload, "\"rules\":[\"G-07\",\"G-12\",\"G-23\""));
  g_assert_nonnull (strstr (payload, "\"G-32\",\"G-33\""));
  g_assert_nonnull (strstr (payload, "罚决〔2025〕1号"));
  penalty_do (&penalty, "handler", "decision.serve", "'decision.served_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "payment.record",
              "'payment.route':'bank','payment.paid':250000,'payment.paid_on':'2025-01-02'");
  penalty_do (&penalty, "handler", "closing.state",
              "'case.closing_ground':'performed','case.closing_ground_on':'2025-01-02'");
  penalty_refuse (&penalty, "handler", "case.close", "G-63",
                  "'happened':'2025-01-02','ground':'已履行'");
  penalty_excuse (&penalty);
  penalty_do (&penalty, "handler", "case.close", "'happened':'2025-01-02','ground':'已履行'");
  /* Number and date are given once. */
  g_assert_cmpint (test_office_count (&penalty.office,
                                      "SELECT count (*) FROM document_number WHERE state = 'used'"),
                   ==, 1);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* Everybody, and the head, at every step before the opinion. */
static void
test_not_before_the_review (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  penalty_do (&penalty, "head", "case.examine",
              "'case.head_reviewed_on':'2025-01-02','case.outcome':'penalise'");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-32", APPROVE);
  penalty_refuse (&penalty, "handler", "decision.finalise", "J-APPROVAL", FINALISE);
  penalty_refuse (&penalty, "head", "decision.finalise", "J-APPROVAL", FINALISE);
  penalty_refuse (&penalty, "head", "gate.override", "J-OVERRIDE",
                  "'act':'decision.approve','rules':['G-32'],'reason':'急'");
  penalty_review (&penalty, "not_pass");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-32", APPROVE);
  g_assert_cmpint (count_decisions (&penalty), ==, 0);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static void
test_changed_amount_lapses (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_draft (&penalty, 240000);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-33", APPROVE);
  /* The old opinion does not count for the new submission either. */
  penalty_do (&penalty, "handler", "review.submit", "'review.submitted_on':'2025-01-02'");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-32", APPROVE);
  penalty_review (&penalty, "pass");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  /* What was approved is what is decided. */
  penalty_draft (&penalty, 230000);
  penalty_refuse (&penalty, "handler", "decision.finalise", "J-BASIS", FINALISE);
  penalty_draft (&penalty, 240000);
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_DECIDED);
  penalty_refuse (&penalty, "handler", "decision.finalise", "J-DECIDED", FINALISE);
  g_assert_cmpint (count_decisions (&penalty), ==, 1);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* Only the reviewer says that a correction is clerical, and only of what is to be decided then. */
static void
test_clerical_correction (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_do (&penalty, "handler", "party.state",
              "'party.kind':'company','party.name':'某某商贸有限责任公司','party.id_kind':'other',"
              "'party.id_number':'示例-1'");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-33", APPROVE);
  penalty_refuse (&penalty, "handler", "review.recheck", "J-ROLE", "'text':'仅更正名称'");
  penalty_do (&penalty, "reviewer", "review.recheck", "'text':'仅更正名称'");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  penalty_draft (&penalty, 240000);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-33", APPROVE);
}

/* An opinion that asks for changes holds for what the reviewer confirms, and only for that. */
static void
test_pass_with_changes (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  penalty_review (&penalty, "pass_with_changes");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-32", APPROVE);
  penalty_draft (&penalty, 240000);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-32", APPROVE);
  penalty_refuse (&penalty, "handler", "review.confirm", "J-ROLE", "");
  penalty_do (&penalty, "reviewer", "review.confirm", "");
  penalty_by_two (&penalty, "handler", "approver", "decision.approve", APPROVE);
  penalty_draft (&penalty, 230000);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-32", APPROVE);
}

/* A waiver belongs to the notice before it; after a new notice the time runs anew. */
static void
test_new_notice (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_do (&penalty, "handler", "notice.serve", "'notice.served_on':'2025-01-02'");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-26", APPROVE);
  penalty_wait (&penalty, 14);
  penalty_do (&penalty, "handler", "defence.receive", "'defence.received_on':'2025-01-09'");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-27", APPROVE);
  penalty_do (&penalty, "handler", "defence.recheck",
              "'defence.rechecked_on':'2025-01-10','defence.is_accepted':false,'defence.reply':"
              "'理由不成立'");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  /* Nor heavier than what was announced. */
  penalty_state_draft (&penalty, 300000);
  penalty_do (&penalty, "handler", "review.submit", "'review.submitted_on':'2025-01-10'");
  penalty_review (&penalty, "pass");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-28", APPROVE);
}

/* Whoever worked on the case neither reviews nor approves it, in whatever role. */
static void
test_separation (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *args = NULL;
  g_autofree char *reviewer = NULL;
  g_autofree char *paper = NULL;

  penalty_init (&penalty);
  test_office_do (&penalty.office, "admin", "role.grant", "{'person':'%s','role':'reviewer'}",
                  penalty.other);
  test_office_do (&penalty.office, "admin", "role.grant", "{'person':'%s','role':'approver'}",
                  penalty.other);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DRAFTED);
  args = g_strdup_printf ("'person':'%s','assignment.is_first_time':false", penalty.other);
  penalty_refuse (&penalty, "review_head", "review.assign", "G-09", args);
  paper = g_strdup_printf ("'way':'telephone','approver':'%s','source':'电话','notice.approved_on':"
                           "'2025-01-02','notice.content':'拟罚款','notice.hearing_right_told':"
                           "false",
                           penalty.other);
  penalty_refuse (&penalty, "handler", "notice.approve.propose", "J-SEPARATION", paper);
  /* A case that somebody opens in the old way lives by the rulebook as well. */
  g_free (test_office_open_case (&penalty.office, "某某路面违法案"));
  /* Nor is there a way around the reviewer's qualification. */
  reviewer = test_office_get_person (&penalty.office, "reviewer");
  g_free (args);
  args = g_strdup_printf ("'person':'%s','duty':'reviewer'", reviewer);
  penalty_refuse (&penalty, "section_head", "case.assign", "G-10", args);
  g_free (args);
  args = g_strdup_printf ("'person':'%s','assignment.is_first_time':true", reviewer);
  penalty_refuse (&penalty, "review_head", "review.assign", "G-10", args);
}

static void
test_changed_while_reviewed (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  penalty_draft (&penalty, 240000);
  penalty_refuse (&penalty, "reviewer", "review.conclude", "J-BASIS",
                  "'text':'意见','review.opinion_on':'2025-01-02','review.outcome':'pass',"
                  "'review.finds_facts_unclear':false");
}

/* Many cases in one batch pass no gate that one does not. */
static void
test_batch (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_APPROVED);
  penalty_do (&penalty, "handler", "evidence.add",
              "'title':'新证据','evidence.items.number':'9','evidence.items.kind':'document',"
              "'evidence.items.obtained_by':'张某','evidence.items.obtained_on':'2025-01-02',"
              "'evidence.items.obtained_at':'现场','evidence.items.is_original':true");
  text =
    g_strdup_printf ("{'case':'%s','document':'%s'," FINALISE "}", penalty.id, penalty.decision);
  args = test_json (text);
  {
    const JzJson *all[] = { args, args };
    outcome =
      test_office_try_batch (&penalty.office, "handler", "decision.finalise", all, 2, &error);
  }
  g_assert_no_error (error);
  g_assert_nonnull (outcome->refusal);
  g_assert_cmpint (count_decisions (&penalty), ==, 0);
}

static void
test_officers (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *late = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  /* One handler only. */
  penalty_refuse (
    &penalty, "handler", "case.file.propose", "G-01",
    "'way':'account','case.filed_on':'2025-01-02','case.cause':'占道','case.procedure':'ordinary',"
    "'matter.id':'MT-CS-001','matter.field':'HR','matter.is_listed':true,'matter.limitation':"
    "'ordinary','matter.needs_review_by_law':false,'matter.is_enterprise_resource':false");
  penalty_play (&penalty, PENALTY_FILED, PENALTY_FILED);
  late = test_office_add_person (&penalty.office, "late", "handler");
  test_office_do (&penalty.office, "admin", "credential.add",
                  "{'person':'%s','number':'A-003','issuer':'某某市人民政府','valid_from':"
                  "'2022-01-01','valid_to':'2025-01-01'}",
                  late);
  one = g_strdup_printf ("'officers':['%s'],'shown':true,'shown_to':'李某','text':'检查',"
                         "'act.happened_on':'2025-01-02','act.place':'现场'",
                         penalty.handler);
  two = g_strdup_printf ("'officers':['%s','%s'],'shown':true,'shown_to':'李某','text':'检查',"
                         "'act.happened_on':'2025-01-02','act.place':'现场'",
                         penalty.handler, late);
  penalty_refuse (&penalty, "handler", "field.inspect", "G-01", one);
  /* The credential ran out the day before. */
  penalty_refuse (&penalty, "handler", "field.inspect", "G-02", two);
  /* Who was recused takes no further part. */
  {
    g_autofree char *recusal = g_strdup_printf (
      "'person':'%s','granted':true,'reason':'系当事人近亲属','recusal.decided_on':'2025-01-02'",
      penalty.other);
    g_autofree char *both =
      g_strdup_printf ("'officers':['%s','%s'],'shown':true,'shown_to':'李某','text':'检查',"
                       "'act.happened_on':'2025-01-02','act.place':'现场'",
                       penalty.handler, penalty.other);
    penalty_do (&penalty, "handler", "field.inspect", both);
    penalty_do (&penalty, "head", "recusal.decide", recusal);
    penalty_refuse (&penalty, "handler", "field.inspect", "G-12", both);
    penalty_refuse (&penalty, "other", "case.note", "G-12", "'text':'记一笔'");
  }
}

/* A fine outside its tier, which the head lets through once. */
static void
test_override (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *payload = NULL;

  penalty_init (&penalty);
  penalty.fine = 400000;
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-36", APPROVE);
  penalty_refuse (&penalty, "approver", "gate.override", "J-ROLE",
                  "'act':'decision.approve','rules':['G-36'],'reason':'多次违法'");
  penalty_do (&penalty, "head", "gate.override",
              "'act':'decision.approve','rules':['G-36'],'reason':'多次违法'");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  payload = dup_payload (&penalty, "decision.approve");
  g_assert_nonnull (strstr (payload, "\"override\":\""));
  /* It was for one act, once. */
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-36", APPROVE);
  penalty_refuse (&penalty, "handler", "decision.finalise", "G-36", FINALISE);
  penalty_do (&penalty, "head", "gate.override",
              "'act':'decision.finalise','rules':['G-36'],'reason':'多次违法'");
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* On paper and by telephone one registers and another confirms, and the head's own hand is not
 * needed; but somebody is named, and never a handler of the case. */
static void
test_approval_on_paper (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *approver = NULL;
  g_autofree char *text = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  approver = test_office_get_person (&penalty.office, "approver");
  text = g_strdup_printf ("'way':'paper','approver':'%s','source':'审批表原件'", approver);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "J-APPROVAL", "'way':'paper'");
  penalty_by_two (&penalty, "handler", "section_head", "decision.approve", text);
  penalty_play (&penalty, PENALTY_DECIDED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static void
test_rebuilds (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GError) error = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_EXAMINED);
  penalty_draft (&penalty, 240000);
  test_office_close (&penalty.office);
  g_assert_true (jz_rebuild_at (penalty.office.path, &error));
  g_assert_no_error (error);
  test_office_open (&penalty.office);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-33", APPROVE);
}

static void
test_destroyed (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DECIDED);
  penalty_excuse (&penalty);
  penalty_do (&penalty, "handler", "dossier.bind", "");
  test_office_destroy_case (&penalty.office, penalty.id);
  g_assert_cmpint (test_office_count (&penalty.office, "SELECT count (*) FROM fact"), ==, 0);
  g_assert_cmpint (test_office_count (&penalty.office, "SELECT count (*) FROM document_number"), ==,
                   1);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/penalty/whole", test_whole);
  g_test_add_func ("/office/penalty/not-before-the-review", test_not_before_the_review);
  g_test_add_func ("/office/penalty/changed-amount-lapses", test_changed_amount_lapses);
  g_test_add_func ("/office/penalty/clerical-correction", test_clerical_correction);
  g_test_add_func ("/office/penalty/pass-with-changes", test_pass_with_changes);
  g_test_add_func ("/office/penalty/new-notice", test_new_notice);
  g_test_add_func ("/office/penalty/separation", test_separation);
  g_test_add_func ("/office/penalty/changed-while-reviewed", test_changed_while_reviewed);
  g_test_add_func ("/office/penalty/batch", test_batch);
  g_test_add_func ("/office/penalty/officers", test_officers);
  g_test_add_func ("/office/penalty/override", test_override);
  g_test_add_func ("/office/penalty/approval-on-paper", test_approval_on_paper);
  g_test_add_func ("/office/penalty/rebuilds", test_rebuilds);
  g_test_add_func ("/office/penalty/destroyed", test_destroyed);
  return g_test_run ();
}
