/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_record.h"
#include "office/review_sheet.h"
#include "penalty-fixture.h"

/* The reviewer asks the handler, who finds it on his desk and answers; it is seen in the review.
 * The record of the case tells what was judged by its name (ux.md §7). */

static JzConnection *
lease (Penalty *penalty)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader =
    jz_store_lease_reader (jz_office_get_store (penalty->office.office), &error);

  g_assert_no_error (error);
  return reader;
}

static JzJson *
read_questions (Penalty *penalty)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  g_autofree char *reviewer = test_office_get_person (&penalty->office, "reviewer");
  JzConnection *reader = lease (penalty);
  g_autoptr (JzJson) sheet =
    jz_review_sheet (reader, jz_store_get_objects (store), penalty->id, reviewer,
                     jz_clock_now (penalty->office.clock), &error);

  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return jz_json_ref (jz_json_get_member (sheet, "questions"));
}

static const char *
get (const JzJson *list, guint position, const char *name)
{
  const char *text = jz_json_get_member_text (jz_json_get_item (list, position), name);
  return text != NULL ? text : "";
}

static void
test_asked (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *question = NULL;
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) asked = NULL;
  g_autoptr (JzJson) answered = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  before = read_questions (&penalty);
  g_assert_cmpuint (jz_json_get_n_items (before), ==, 0);
  question = test_office_make (&penalty.office, "reviewer", "review.question",
                               "{'case':'%s','text':'照片是何时拍摄的？','link':'%s#page=1'}",
                               penalty.id, penalty.id);
  asked = read_questions (&penalty);
  g_assert_cmpuint (jz_json_get_n_items (asked), ==, 1);
  g_assert_cmpstr (get (asked, 0, "text"), ==, "照片是何时拍摄的？");
  g_assert_cmpstr (get (asked, 0, "answer"), ==, "");
  g_assert_cmpstr (get (asked, 0, "by"), !=, "");
  for (int i = 0; i < 2; i++)
    test_office_do (&penalty.office, "handler", "review.reply",
                    "{'case':'%s','question':'%s','text':'1月%d日'}", penalty.id, question, i + 1);
  answered = read_questions (&penalty);
  g_assert_cmpstr (get (answered, 0, "answer"), ==, "1月2日");
  g_assert_cmpstr (get (answered, 0, "answered_by"), !=, "");
}

static void
test_refused (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  test_office_refuse (&penalty.office, "reviewer", "review.question", "J-REVIEWER",
                      "{'case':'%s','text':'何时？'}", penalty.id);
  penalty_play (&penalty, PENALTY_SUBMITTED, PENALTY_SUBMITTED);
  test_office_refuse (&penalty.office, "handler", "review.question", "J-ROLE",
                      "{'case':'%s','text':'何时？'}", penalty.id);
  test_office_refuse (&penalty.office, "reviewer", "review.question", "J-LINK",
                      "{'case':'%s','text':'何时？','link':'第3页'}", penalty.id);
  test_office_refuse (&penalty.office, "handler", "review.reply", "J-RECORD",
                      "{'case':'%s','question':'%s','text':'答'}", penalty.id, penalty.id);
}

static guint
count_on_desk (Penalty *penalty, const char *user, const char *which)
{
  g_autoptr (JzJson) desk = penalty_read_desk (penalty, user, JZ_DESK_OF_PERSON);
  const JzJson *list = jz_json_get_member (desk, which);
  guint n = 0;

  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    n += strcmp (get (list, i, "kind"), "question") == 0;
  return n;
}

/* With the handlers while nobody has answered; who asked waits. */
static void
test_desk (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *question = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  question = test_office_make (&penalty.office, "reviewer", "review.question",
                               "{'case':'%s','text':'何时拍摄？'}", penalty.id);
  g_assert_cmpuint (count_on_desk (&penalty, "handler", "items"), ==, 1);
  g_assert_cmpuint (count_on_desk (&penalty, "reviewer", "waiting"), ==, 1);
  g_assert_cmpuint (count_on_desk (&penalty, "approver", "items"), ==, 0);
  test_office_do (&penalty.office, "handler", "review.reply",
                  "{'case':'%s','question':'%s','text':'1月2日'}", penalty.id, question);
  g_assert_cmpuint (count_on_desk (&penalty, "handler", "items"), ==, 0);
  g_assert_cmpuint (count_on_desk (&penalty, "reviewer", "waiting"), ==, 0);
}

/* By its name in the rulebook, and by its id where no rulebook is known. */
static void
test_recorded (void)
{
  g_auto (Penalty) penalty = { 0 };
  JzStore *store;
  JzConnection *reader;
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) named = NULL;
  g_autoptr (JzJson) bare = NULL;
  guint last;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  penalty_do (&penalty, "reviewer", "review.judge",
              "'point':'AP-09','verdict':'not_applicable','links':[],'reason':'没有犯罪线索'");
  store = jz_office_get_store (penalty.office.office);
  reader = lease (&penalty);
  g_assert_true (jz_case_view_open (&view, reader, jz_store_get_objects (store), penalty.id,
                                    jz_clock_now (penalty.office.clock), NULL));
  named = jz_case_record_list (reader, view.rulebook, penalty.id, NULL);
  bare = jz_case_record_list (reader, NULL, penalty.id, NULL);
  last = jz_json_get_n_items (named) - 1;
  g_assert_null (strstr (get (named, last, "sentence"), "AP-09"));
  g_assert_nonnull (strstr (get (bare, last, "sentence"), "AP-09"));
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/review-question/asked", test_asked);
  g_test_add_func ("/office/review-question/refused", test_refused);
  g_test_add_func ("/office/review-question/desk", test_desk);
  g_test_add_func ("/office/review-question/recorded", test_recorded);
  return g_test_run ();
}
