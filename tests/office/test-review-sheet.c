/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "office/review_opinion.h"
#include "office/review_queue.h"
#include "office/review_sheet.h"

/* What a reviewer works with (ux.md 7; L-14 to L-24): the queue, and of one review the cards with
 * what the program found, what was judged and what stands in the way. */

#define PASS                                                                                       \
  "'text':'意见','review.opinion_on':'2025-01-02','review.outcome':'pass',"                      \
  "'review.finds_facts_unclear':false"

static JzJson *
ask_sheet (Penalty *penalty, const char *user)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autofree char *person = test_office_get_person (&penalty->office, user);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzJson *sheet;

  g_assert_no_error (error);
  sheet = jz_review_sheet (reader, jz_store_get_objects (store), penalty->id, person,
                           jz_clock_now (penalty->office.clock), &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return sheet;
}

static JzJson *
ask_queue (Penalty *penalty)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzJson *queue;

  g_assert_no_error (error);
  queue = jz_review_queue (reader, jz_store_get_objects (store),
                           jz_clock_now (penalty->office.clock), &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return queue;
}

static const JzJson *
find (const JzJson *list, const char *id)
{
  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    if (g_strcmp0 (jz_json_get_member_text (jz_json_get_item (list, i), "id"), id) == 0)
      return jz_json_get_item (list, i);
  return NULL;
}

static const JzJson *
find_item (const JzJson *sheet, const char *point, const char *item)
{
  const JzJson *card = find (jz_json_get_member (sheet, "points"), point);
  const JzJson *found;

  g_assert_nonnull (card);
  found = find (jz_json_get_member (card, "items"), item);
  g_assert_nonnull (found);
  return found;
}

static void
judge_item (Penalty *penalty,
            const char *point,
            const char *item,
            const char *verdict,
            const char *reason)
{
  g_autofree char *args = g_strdup_printf (
    "'point':'%s','item':'%s','verdict':'%s','links':['%s']%s%s%s", point, item, verdict,
    penalty->id, reason[0] != '\0' ? ",'reason':'" : "", reason, reason[0] != '\0' ? "'" : "");

  penalty_do (penalty, "reviewer", "review.judge", args);
}

static const char *
get_state (const JzJson *queue)
{
  g_assert_cmpuint (jz_json_get_n_items (queue), ==, 1);
  return jz_json_get_member_text (jz_json_get_item (queue, 0), "state");
}

#define CHECK_STATE(penalty, expected)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (JzJson) queue = ask_queue (penalty);                                                \
    g_assert_cmpstr (get_state (queue), ==, expected);                                             \
  }                                                                                                \
  G_STMT_END

/* The sentence on a rule under an item: its result. */
static const char *
get_told (const JzJson *item, const char *rule)
{
  const JzJson *sentences = jz_json_get_member (item, "sentences");

  for (guint i = 0; i < jz_json_get_n_items (sentences); i++) {
    const JzJson *sentence = jz_json_get_item (sentences, i);
    if (g_strcmp0 (jz_json_get_member_text (sentence, "rule"), rule) == 0)
      return jz_json_get_member_text (sentence, "result");
  }
  return "";
}

/* While the party's time runs a person looks; when it is over it is settled, used or not. */
static void
test_time_of_party (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) running = NULL;
  g_autoptr (JzJson) over = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  /* A new notice, which the waiver before it does not concern. */
  penalty_do (&penalty, "handler", "notice.serve", "'notice.served_on':'2025-01-02'");
  penalty_play (&penalty, PENALTY_SUBMITTED, PENALTY_SUBMITTED);
  running = ask_sheet (&penalty, "reviewer");
  g_assert_cmpstr (get_told (find_item (running, "AP-05", "AC-50"), "TL-P12"), ==, "unknown");
  penalty_wait (&penalty, 20);
  over = ask_sheet (&penalty, "reviewer");
  g_assert_cmpstr (get_told (find_item (over, "AP-05", "AC-50"), "TL-P12"), ==, "pass");
}

static void
test_queue (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *reviewer = NULL;
  g_autoptr (JzJson) empty = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  empty = ask_queue (&penalty);
  g_assert_cmpuint (jz_json_get_n_items (empty), ==, 0);
  penalty_do (&penalty, "handler", "review.submit",
              "'review.submitted_on':'2025-01-02','review.materials_complete_on':'2025-01-02'");
  CHECK_STATE (&penalty, "unassigned");
  reviewer = test_office_get_person (&penalty.office, "reviewer");
  test_office_do (&penalty.office, "review_head", "review.assign",
                  "{'case':'%s','person':'%s','assignment.is_first_time':true,"
                  "'assignment.qualification':'A20211101010000001'}",
                  penalty.id, reviewer);
  CHECK_STATE (&penalty, "waiting");
  {
    g_autoptr (JzJson) queue = ask_queue (&penalty);
    const JzJson *row = jz_json_get_item (queue, 0);
    /* Five working days after 2025-01-02, one of the weekend days of which is worked. */
    g_assert_cmpstr (jz_json_get_member_text (row, "due"), ==, "2025-01-09");
    g_assert_cmpint (jz_json_get_member_integer (row, "days_left", 0), ==, 5);
    g_assert_cmpint (jz_json_get_member_integer (row, "round", 0), ==, 1);
    g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (row, "reviewers")), ==, 1);
    g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (row, "handlers")), ==, 2);
  }
  penalty_do (&penalty, "reviewer", "review.ask", "'review.materials_asked_on':'2025-01-02'");
  CHECK_STATE (&penalty, "supplement");
  penalty_judge (&penalty, "AP-01", "pass");
  penalty_do (&penalty, "handler", "review.submit",
              "'review.submitted_on':'2025-01-02','review.materials_complete_on':'2025-01-02'");
  CHECK_STATE (&penalty, "waiting");
  penalty_judge (&penalty, "AP-01", "pass");
  CHECK_STATE (&penalty, "running");
  penalty_wait (&penalty, 30);
  {
    g_autoptr (JzJson) queue = ask_queue (&penalty);
    g_assert_cmpint (jz_json_get_member_integer (jz_json_get_item (queue, 0), "days_left", 0), <,
                     -10);
  }
  penalty_do (&penalty, "reviewer", "review.conclude",
              "'text':'意见','review.opinion_on':'2025-02-01','review.outcome':'not_pass',"
              "'review.finds_facts_unclear':false");
  {
    g_autoptr (JzJson) queue = ask_queue (&penalty);
    const JzJson *row = jz_json_get_item (queue, 0);
    g_assert_cmpstr (get_state (queue), ==, "done");
    g_assert_cmpstr (jz_json_get_member_text (row, "outcome"), ==, "not_pass");
    g_assert_null (jz_json_get_member (row, "due"));
  }
}

static const char *
get_result (const JzJson *sheet, const char *point, const char *item)
{
  return jz_json_get_member_text (find_item (sheet, point, item), "result");
}

static gboolean
is_open (const JzJson *sheet, const char *point, const char *item)
{
  return jz_json_get_member_boolean (find_item (sheet, point, item), "is_open", FALSE);
}

/* What the program can say of the fixture's case, and what it cannot. */
static void
test_answers (void)
{
  static const struct {
    const char *point;
    const char *item;
    const char *result;
    gboolean is_open;
  } expected[] = {
    { "AP-02", "AC-05", "pass", FALSE },   /* gates that stood before steps of the case */
    { "AP-03", "AC-13", "pass", FALSE },   /* a condition that holds */
    { "AP-03", "AC-18", "unknown", TRUE }, /* a condition that does not hold */
    { "AP-03", "AC-19", "unknown", TRUE }, /* nothing computes it */
    { "AP-03", "AC-21", "pass", FALSE },   /* a limit that was met */
    { "AP-04", "AC-30", "none", FALSE },   /* nothing of the kind was done */
    { "AP-04", "AC-32", "pass", TRUE },    /* only a person can judge it */
    { "AP-05", "AC-49", "pass", FALSE },   /* gates before the decision, asked now */
    { "AP-05", "AC-51", "pass", FALSE },   /* limits that have not begun */
    { "AP-07", "AC-44", "none", FALSE },   /* no similar case */
    { "AP-08", "AC-59", "pass", FALSE },   /* checks of the documents */
    { "AP-08", "AC-57", "unknown", TRUE }, /* a paragraph names no evidence */
  };
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) sheet = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  sheet = ask_sheet (&penalty, "reviewer");
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_test_message ("%s", expected[i].item);
    g_assert_cmpstr (get_result (sheet, expected[i].point, expected[i].item), ==,
                     expected[i].result);
    g_assert_cmpint (is_open (sheet, expected[i].point, expected[i].item), ==, expected[i].is_open);
  }
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (sheet, "points")), ==, 10);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (sheet, "blocks")), ==, 0);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (sheet, "blocks_passing")), ==, 1);
  g_assert_cmpint (jz_json_get_member_integer (sheet, "n_points_open", 0), ==, 10);
}

/* A fact is shown with its value and the field of the document in which it stands. */
static void
test_materials (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) sheet = NULL;
  g_autofree char *place = NULL;
  const JzJson *item, *value, *material;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  sheet = ask_sheet (&penalty, "reviewer");
  item = find_item (sheet, "AP-07", "AC-40");
  value = jz_json_get_item (jz_json_get_member (item, "values"), 1);
  g_assert_cmpstr (jz_json_get_member_text (value, "fact"), ==, "decision.fine");
  g_assert_nonnull (strstr (jz_json_get_member_text (value, "value"), "2500.00"));
  material = jz_json_get_item (jz_json_get_member (item, "materials"), 0);
  place = g_strdup_printf ("cases/%s/document/%s/fine", penalty.id, penalty.decision);
  g_assert_cmpstr (jz_json_get_member_text (material, "place"), ==, place);
  g_assert_cmpstr (jz_json_get_member_text (material, "field"), ==, "fine");
  /* The decision comes first among all that can be looked at, evidence after the documents. */
  material = jz_json_get_item (jz_json_get_member (sheet, "materials"), 0);
  g_assert_cmpstr (jz_json_get_member_text (material, "id"), ==, penalty.decision);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (sheet, "materials")), ==, 5);
  item = find_item (sheet, "AP-03", "AC-17");
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (item, "materials")), ==, 4);
}

/* Items are judged beside their point, each for itself and anew in every round. */
static void
test_judgements (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) after = NULL;
  g_autoptr (JzJson) again = NULL;
  const JzJson *told;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  before = ask_sheet (&penalty, "reviewer");
  judge_item (&penalty, "AP-03", "AC-19", "supplement", "两份笔录的面积不一致");
  judge_item (&penalty, "AP-03", "AC-18", "pass", "");
  after = ask_sheet (&penalty, "reviewer");
  told = jz_json_get_member (find_item (after, "AP-03", "AC-19"), "judgement");
  g_assert_cmpstr (jz_json_get_member_text (told, "verdict"), ==, "supplement");
  g_assert_cmpstr (jz_json_get_member_text (told, "reason"), ==, "两份笔录的面积不一致");
  g_assert_nonnull (jz_json_get_member_text (told, "by"));
  g_assert_cmpint (jz_json_get_member_integer (after, "n_open", -1), ==,
                   jz_json_get_member_integer (before, "n_open", -1) - 2);
  /* The point as a whole is not judged by judging its items, and nothing passes now. */
  g_assert_cmpint (jz_json_get_member_integer (after, "n_points_open", 0), ==, 10);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (after, "blocks_passing")), ==, 2);
  for (int i = 1; i <= 10; i++) {
    g_autofree char *id = g_strdup_printf ("AP-%02d", i);
    penalty_judge (&penalty, id, "pass");
  }
  penalty_refuse (&penalty, "reviewer", "review.conclude", "J-POINT", PASS);
  judge_item (&penalty, "AP-03", "AC-19", "pass", "");
  penalty_do (&penalty, "reviewer", "review.conclude", PASS);
  penalty_do (&penalty, "handler", "review.submit", "'review.submitted_on':'2025-01-02'");
  again = ask_sheet (&penalty, "reviewer");
  g_assert_null (jz_json_get_member (find_item (again, "AP-03", "AC-19"), "judgement"));
  g_assert_cmpint (jz_json_get_member_integer (again, "n_open", -1), ==,
                   jz_json_get_member_integer (before, "n_open", -1));
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* A point is not judged by judging what is under it. */
static void
test_items_are_no_points (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  for (int i = 1; i <= 9; i++) {
    g_autofree char *id = g_strdup_printf ("AP-%02d", i);
    penalty_judge (&penalty, id, "pass");
  }
  judge_item (&penalty, "AP-10", "AC-67", "pass", "");
  penalty_refuse (&penalty, "reviewer", "review.conclude", "J-POINT", PASS);
  penalty_refuse (&penalty, "reviewer", "review.judge", "J-POINT",
                  "'point':'AP-10','item':'AC-01','verdict':'not_applicable','links':[],"
                  "'reason':'无'");
  penalty_refuse (&penalty, "reviewer", "review.judge", "J-POINT",
                  "'point':'AP-10','item':'AC-99','verdict':'not_applicable','links':[],"
                  "'reason':'无'");
  penalty_judge (&penalty, "AP-10", "pass");
  penalty_do (&penalty, "reviewer", "review.conclude", PASS);
}

/* Who holds met what the program found not to be met must say why. */
static void
test_overruling (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) sheet = NULL;
  g_autoptr (JzJson) after = NULL;
  g_autofree char *args = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_NOTIFIED);
  penalty_do (&penalty, "handler", "case.characterise",
              "'case.n_parties':1,'case.is_complex':true,'case.is_major':false,"
              "'case.touches_public_interest':true,'case.has_social_risk':false,"
              "'case.has_joint_organs':false,'case.concerns_major_rights':false");
  penalty_play (&penalty, PENALTY_NOTIFIED, PENALTY_SUBMITTED);
  sheet = ask_sheet (&penalty, "reviewer");
  g_assert_cmpstr (get_result (sheet, "AP-05", "AC-53"), ==, "fail");
  g_assert_true (is_open (sheet, "AP-05", "AC-53"));
  args =
    g_strdup_printf ("'point':'AP-05','item':'AC-53','verdict':'pass','links':['%s']", penalty.id);
  penalty_refuse (&penalty, "reviewer", "review.judge", "J-REASON", args);
  judge_item (&penalty, "AP-05", "AC-53", "pass", "集体讨论在审核之后进行");
  after = ask_sheet (&penalty, "reviewer");
  g_assert_false (is_open (after, "AP-05", "AC-53"));
  g_assert_true (
    jz_json_get_member_boolean (find_item (after, "AP-05", "AC-53"), "is_overruled", FALSE));
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* What stands in the way of an opinion is told before it is tried. */
static void
test_blocks (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) other = NULL;
  g_autoptr (JzJson) changed = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  other = ask_sheet (&penalty, "head");
  g_assert_false (jz_json_get_member_boolean (other, "is_reviewer", TRUE));
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (other, "blocks")), ==, 1);
  penalty_draft (&penalty, 240000);
  changed = ask_sheet (&penalty, "reviewer");
  g_assert_true (jz_json_get_member_boolean (changed, "has_changed", FALSE));
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (changed, "blocks")), ==, 1);
}

/* A second case on the same matter sees what was decided in the first. */
static void
test_similar (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autoptr (JzJson) sheet = NULL;
  const JzJson *similar;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DECIDED);
  first = g_strdup (penalty.id);
  g_free (g_steal_pointer (&penalty.id));
  penalty_reset (&penalty);
  penalty.fine = 350000;
  penalty.party_number = "示例-2";
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  sheet = ask_sheet (&penalty, "reviewer");
  similar = jz_json_get_member (find_item (sheet, "AP-07", "AC-44"), "similar");
  g_assert_cmpuint (jz_json_get_n_items (similar), ==, 1);
  similar = jz_json_get_item (similar, 0);
  g_assert_cmpstr (jz_json_get_member_text (similar, "case"), ==, first);
  g_assert_cmpint (jz_json_get_member_integer (similar, "fine", 0), ==, 250000);
  g_assert_cmpint (jz_json_get_member_integer (similar, "difference", 0), ==, 40);
  g_assert_cmpstr (get_result (sheet, "AP-07", "AC-44"), ==, "unknown");
}

/* The form of the opinion says what was judged, the heaviest verdict of each card. */
static void
test_opinion (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) clean = NULL;
  g_autoptr (JzJson) sheet = NULL;
  g_autoptr (JzJson) values = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *text = NULL;
  const JzJson *rows;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  clean = ask_sheet (&penalty, "reviewer");
  nothing = jz_review_opinion_dup_text (clean);
  g_assert_cmpstr (nothing, ==, "");
  judge_item (&penalty, "AP-03", "AC-19", "supplement", "面积不一致");
  judge_item (&penalty, "AP-03", "AC-18", "fail", "只有一份证据");
  penalty_judge (&penalty, "AP-09", "not_applicable");
  sheet = ask_sheet (&penalty, "reviewer");
  text = jz_review_opinion_dup_text (sheet);
  g_assert_true (g_str_has_prefix (text, "1. "));
  g_assert_nonnull (strstr (text, "面积不一致"));
  values = jz_review_opinion_fill (sheet, "return", "补充调查", "吴某", "2025-01-02");
  rows = jz_json_get_member (values, "points");
  g_assert_cmpuint (jz_json_get_n_items (rows), ==, 10);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (rows, 2), "conclusion"), ==, "fails");
  g_assert_nonnull (
    strstr (jz_json_get_member_text (jz_json_get_item (rows, 2), "problem"), "只有一份证据"));
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (rows, 8), "conclusion"), ==, "meets");
  g_assert_cmpstr (jz_json_get_member_text (values, "overall"), ==, "investigate");
  g_assert_cmpint (jz_json_get_member_integer (values, "n_materials", 0), ==, 5);
  g_assert_cmpstr (jz_json_get_member_text (values, "reviewer"), ==, "吴某");
  {
    g_autofree char *filled = jz_json_to_canonical (values, NULL);
    g_autofree char *args = g_strdup_printf ("'form':'legal_review_opinion','values':%s", filled);
    penalty_do (&penalty, "reviewer", "document.draft", args);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/review-sheet/queue", test_queue);
  g_test_add_func ("/office/review-sheet/time-of-party", test_time_of_party);
  g_test_add_func ("/office/review-sheet/answers", test_answers);
  g_test_add_func ("/office/review-sheet/materials", test_materials);
  g_test_add_func ("/office/review-sheet/judgements", test_judgements);
  g_test_add_func ("/office/review-sheet/items-are-no-points", test_items_are_no_points);
  g_test_add_func ("/office/review-sheet/overruling", test_overruling);
  g_test_add_func ("/office/review-sheet/blocks", test_blocks);
  g_test_add_func ("/office/review-sheet/similar", test_similar);
  g_test_add_func ("/office/review-sheet/opinion", test_opinion);
  return g_test_run ();
}
