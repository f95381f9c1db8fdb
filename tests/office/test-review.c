/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

/* The points of a legal review: those of the rulebook, judged in every round, with links that lead
 * somewhere; none is left out when it passes (L-14 to L-24). */

#define PASS                                                                                       \
  "'text':'意见','review.opinion_on':'2025-01-02','review.outcome':'pass',"                      \
  "'review.finds_facts_unclear':false"

typedef struct {
  const char *point;
  const char *verdict;
  const char *links; /* $ stands for the case */
  const char *reason;
  const char *rule; /* NULL: it is taken */
} Judgement;

static const Judgement judgements[] = {
  { "AP-01", "pass", "['$']", "", NULL },
  { "AP-02", "pass", "['$#page=1','$#paragraph=12']", "", NULL },
  { "AP-03", "fail", "['$#second=0']", "'reason':'事实不清'", NULL },
  { "AP-03", "fail", "['$#second=75.120']", "'reason':'事实不清'", NULL },
  { "AP-03", "fail", "['$#second=75.12']", "'reason':'事实不清'", "J-LINK" },
  { "AP-03", "fail", "['$#second=.120']", "'reason':'事实不清'", "J-LINK" },
  { "AP-03", "fail", "['$#page=1.120']", "'reason':'事实不清'", "J-LINK" },
  { "AP-09", "not_applicable", "[]", "'reason':'没有犯罪线索'", NULL },
  { "AP-11", "pass", "['$']", "", "J-POINT" },
  { "ap-01", "pass", "['$']", "", "J-POINT" },
  { "AC-01", "pass", "['$']", "", "J-POINT" },
  { "AP-01", "pass", "[]", "", "J-LINK" },
  { "AP-01", "pass", "['第3页']", "", "J-LINK" },
  { "AP-01", "pass", "['$','$#page=']", "", "J-LINK" },
  { "AP-01", "pass", "['$#page=-1']", "", "J-LINK" },
  { "AP-01", "pass", "['$#page=1234567']", "", "J-LINK" },
  { "AP-01", "pass", "['$#leaf=3']", "", "J-LINK" },
  { "AP-01", "pass", "['0011223344556677-9-1']", "", "J-LINK" },
  { "AP-01", "pass", "['$other#page=1']", "", "J-LINK" },
  { "AP-01", "fail", "['$']", "", "J-REASON" },
  { "AP-01", "fail", "['$']", "'reason':''", "J-REASON" },
  { "AP-01", "not_applicable", "['$']", "", "J-REASON" },
};

static char *
make_args (Penalty *penalty, const Judgement *judgement, const char *other)
{
  GString *links = g_string_new (judgement->links);
  g_autofree char *text = NULL;

  g_string_replace (links, "$other", other, 0);
  g_string_replace (links, "$", penalty->id, 0);
  text = g_string_free (links, FALSE);
  return g_strdup_printf ("'point':'%s','verdict':'%s','links':%s%s%s", judgement->point,
                          judgement->verdict, text, judgement->reason[0] != '\0' ? "," : "",
                          judgement->reason);
}

static void
test_judgements (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *other = NULL;

  penalty_init (&penalty);
  other = test_office_open_case (&penalty.office, "另一案");
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  for (gsize i = 0; i < G_N_ELEMENTS (judgements); i++) {
    g_autofree char *args = make_args (&penalty, &judgements[i], other);
    if (judgements[i].rule == NULL)
      penalty_do (&penalty, "reviewer", "review.judge", args);
    else
      penalty_refuse (&penalty, "reviewer", "review.judge", judgements[i].rule, args);
  }
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* Who asks for a point that there is not is told all that there are. */
static void
test_names_the_points (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  outcome = test_office_try (&penalty.office, "reviewer", "review.judge", &error,
                             "{'case':'%s','point':'L-14','verdict':'pass','links':['%s']}",
                             penalty.id, penalty.id);
  g_assert_no_error (error);
  for (int i = 1; i <= 10; i++) {
    g_autofree char *id = g_strdup_printf ("AP-%02d", i);
    g_assert_nonnull (strstr (jz_refusal_get_sentence (outcome->refusal), id));
  }
}

/* Each of the ten, left out or failed, keeps the whole from passing. */
static void
test_every_point_counts (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  for (int i = 1; i <= 10; i++) {
    g_autofree char *id = g_strdup_printf ("AP-%02d", i);
    penalty_refuse (&penalty, "reviewer", "review.conclude", "J-POINT", PASS);
    penalty_judge (&penalty, id, "pass");
  }
  for (int i = 1; i <= 10; i++) {
    g_autofree char *id = g_strdup_printf ("AP-%02d", i);
    penalty_judge (&penalty, id, "fail");
    penalty_refuse (&penalty, "reviewer", "review.conclude", "J-POINT", PASS);
    penalty_judge (&penalty, id, i % 2 == 0 ? "pass" : "not_applicable");
  }
  penalty_do (&penalty, "reviewer", "review.conclude", PASS);
  penalty_play (&penalty, PENALTY_EXAMINED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* An element that was found unclear under a point is not cleared by judging the point. */
static void
test_elements (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *failed = NULL;
  g_autofree char *passed = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  failed = g_strdup_printf ("'point':'AP-03','element':'result','verdict':'fail','links':['%s'],"
                            "'reason':'后果没有证据'",
                            penalty.id);
  passed = g_strdup_printf (
    "'point':'AP-03','element':'result','verdict':'pass','links':['%s#page=2']", penalty.id);
  penalty_do (&penalty, "reviewer", "review.judge", failed);
  for (int i = 1; i <= 10; i++) {
    g_autofree char *id = g_strdup_printf ("AP-%02d", i);
    penalty_judge (&penalty, id, "pass");
  }
  penalty_refuse (&penalty, "reviewer", "review.conclude", "J-POINT", PASS);
  penalty_do (&penalty, "reviewer", "review.judge", passed);
  penalty_do (&penalty, "reviewer", "review.conclude", PASS);
}

/* What was judged of one submission was not judged of the next. */
static void
test_rounds (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  penalty_review (&penalty, "pass");
  {
    g_autofree char *args =
      g_strdup_printf ("'point':'AP-01','verdict':'pass','links':['%s']", penalty.id);
    penalty_refuse (&penalty, "reviewer", "review.judge", "J-SUBMISSION", args);
  }
  penalty_do (&penalty, "handler", "review.submit", "'review.submitted_on':'2025-01-02'");
  penalty_refuse (&penalty, "reviewer", "review.conclude", "J-POINT", PASS);
  penalty_judge (&penalty, "AP-07", "fail");
  /* Other opinions need no judgement of every point. */
  penalty_review (&penalty, "not_pass");
}

/* Changes are confirmed when nothing stands as failed any more. */
static void
test_changes (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  penalty_refuse (&penalty, "reviewer", "review.conclude", "J-POINT",
                  "'text':'意见','review.opinion_on':'2025-01-02','review.outcome':"
                  "'pass_with_changes','review.finds_facts_unclear':false");
  penalty_review (&penalty, "pass_with_changes");
  penalty_judge (&penalty, "AP-08", "fail");
  penalty_draft (&penalty, 240000);
  penalty_refuse (&penalty, "reviewer", "review.confirm", "J-POINT", "");
  penalty_judge (&penalty, "AP-08", "pass");
  penalty_do (&penalty, "reviewer", "review.confirm", "");
  penalty_do (&penalty, "head", "case.examine",
              "'case.head_reviewed_on':'2025-01-02','case.outcome':'penalise'");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/review/judgements", test_judgements);
  g_test_add_func ("/office/review/names-the-points", test_names_the_points);
  g_test_add_func ("/office/review/every-point-counts", test_every_point_counts);
  g_test_add_func ("/office/review/elements", test_elements);
  g_test_add_func ("/office/review/rounds", test_rounds);
  g_test_add_func ("/office/review/changes", test_changes);
  return g_test_run ();
}
