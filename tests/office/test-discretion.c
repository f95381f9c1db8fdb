/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "office/cases.h"

/* How a fine is measured, and what is cited (rules.md 7.4; L-18, L-19, P-08, P-25): the invented
 * bureau fines piling on a road with 500 to 5000 yuan. */

#define LAW_2024(article)                                                                          \
  "{'title':'某某市市容和环境卫生管理条例','article':'" article                                    \
  "','level':'local_regulation','version':'2024年'}"
#define LAW_2015(article)                                                                          \
  "{'title':'某某市市容和环境卫生管理条例','article':'" article                                    \
  "','level':'local_regulation','version':'2015年'}"
#define BOTH LAW_2024 ("12") "," LAW_2024 ("45")

static void
test_citations (void)
{
  static const struct {
    const char *basis;
    const char *rule;
  } cited[] = {
    { BOTH, NULL },
    { LAW_2024 ("12(2)") "," LAW_2024 ("45"), NULL },
    { BOTH ",{'title':'某某路段管理规定','level':'local_rule'}", NULL },
    { LAW_2024 ("45"), "J-CITATION" },
    { LAW_2024 ("12"), "J-CITATION" },
    { LAW_2024 ("123") "," LAW_2024 ("45"), "J-CITATION" },
    { "", "J-CITATION" },
    { BOTH "," LAW_2015 ("12"), "J-CITATION" }, /* repealed before the conduct */
    { LAW_2024 ("12") ",{'title':'某某市市容和环境卫生管理条例','article':'45','level':"
                      "'local_regulation'}",
      "J-CITATION" },
    { LAW_2024 ("12") ",{'title':'某某市市容和环境卫生管理条例','article':'45','level':"
                      "'local_regulation','version':'2019年'}",
      "J-CITATION" },
    { LAW_2024 ("12") ",{'title':'某某市市容和环境卫生管理条例','article':'45','level':'law',"
                      "'version':'2024年'}",
      "J-CITATION" },
    { BOTH ",{'title':'某某市市容和环境卫生管理条例','level':'local_regulation','version':"
           "'2024年'}",
      "J-CITATION" },
    { BOTH ",{'article':'3','level':'law'}", "J-CITATION" },
  };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  for (gsize i = 0; i < G_N_ELEMENTS (cited); i++) {
    g_autofree char *args = g_strdup_printf ("'decision.basis':[%s]", cited[i].basis);
    if (cited[i].rule == NULL)
      penalty_do (&penalty, "handler", "basis.cite", args);
    else
      penalty_refuse (&penalty, "handler", "basis.cite", cited[i].rule, args);
  }
  /* Of conduct that was over while the old version was in force, that one is cited. */
  penalty_do (&penalty, "handler", "lead.check",
              "'case.jurisdiction':'own','case.jurisdiction_checked_on':'2025-01-02',"
              "'case.is_filed_elsewhere':false,'conduct.ended_on':'2024-02-29','conduct.found_on':"
              "'2025-01-02','conduct.place':'某某路1号门前','conduct.is_in_area':true,"
              "'conduct.is_continuing':false,'conduct.has_harm':false");
  penalty_refuse (&penalty, "handler", "basis.cite", "J-CITATION", "'decision.basis':[" BOTH "]");
  penalty_do (&penalty, "handler", "basis.cite",
              "'decision.basis':[" LAW_2015 ("12") "," LAW_2015 ("45") "]");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

#define LIGHT "{'id':'DF-08','effect':'light','is_proved':true}"
#define HEAVY "{'id':'DF-21','effect':'heavy','is_proved':true}"
#define UNPROVED "{'id':'DF-21','effect':'heavy','is_proved':false}"
#define NO_PENALTY "{'id':'DF-05','effect':'no_penalty','is_proved':true}"

typedef struct {
  const char *tier;
  const char *direction;
  const char *factors;
  const char *reason;
  const char *rule;
} Citation;

/* Ten square metres, corrected: general. */
static const Citation citations[] = {
  { "general", "general", "", NULL, NULL },
  { "general", "general", UNPROVED, NULL, NULL },
  { "general", "light", LIGHT, NULL, NULL },
  { "general", "mitigated", LIGHT, NULL, NULL },
  { "general", "heavy", HEAVY, NULL, NULL },
  { "general", "mixed", LIGHT "," HEAVY, "两方面情节都有，综合考虑", NULL },
  { "general", "none", NO_PENALTY, NULL, NULL },
  { "light", "general", "", NULL, "J-TIER" },
  { "grave", "general", "", NULL, "J-TIER" },
  { "worst", "general", "", NULL, "J-TIER" },
  { "general", "light", "", NULL, "J-DIRECTION" },
  { "general", "heavy", UNPROVED, NULL, "J-DIRECTION" },
  { "general", "general", LIGHT, NULL, "J-DIRECTION" },
  { "general", "heavy", LIGHT, NULL, "J-DIRECTION" },
  { "general", "light", LIGHT "," HEAVY, NULL, "J-DIRECTION" },
  { "general", "mixed", LIGHT "," HEAVY, NULL, "J-DIRECTION" },
};

static void
test_factors (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  for (gsize i = 0; i < G_N_ELEMENTS (citations); i++) {
    const Citation *row = &citations[i];
    g_autofree char *reason = row->reason != NULL
                                ? g_strdup_printf (",'case.discretion_reason':'%s'", row->reason)
                                : g_strdup ("");
    g_autofree char *args =
      g_strdup_printf ("'discretion.tier':'%s','discretion.direction':'%s','discretion.factors':"
                       "[%s]%s",
                       row->tier, row->direction, row->factors, reason);
    if (row->reason != NULL) /* once given, a reason stays */
      continue;
    if (row->rule == NULL)
      penalty_do (&penalty, "handler", "discretion.cite", args);
    else
      penalty_refuse (&penalty, "handler", "discretion.cite", row->rule, args);
  }
  penalty_do (&penalty, "handler", "discretion.cite",
              "'discretion.tier':'general','discretion.direction':'mixed','discretion.factors':"
              "[" LIGHT "," HEAVY "],'case.discretion_reason':'两方面情节都有，综合考虑'");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* The most severe tier that holds is the tier; what is not known makes none. */
static void
test_tiers (void)
{
  static const struct {
    const char *conduct;
    const char *tier; /* NULL: none can be cited */
  } found[] = {
    { "'conduct.area':5,'conduct.is_corrected':true", "light" },
    { "'conduct.area':5,'conduct.is_corrected':false", "general" },
    { "'conduct.area':20,'conduct.is_corrected':true", "general" },
    { "'conduct.area':21,'conduct.is_corrected':true", "grave" },
  };
  static const char *const tiers[] = { "light", "general", "grave" };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  penalty_refuse (&penalty, "handler", "discretion.cite", "J-TIER",
                  "'discretion.tier':'light','discretion.direction':'general',"
                  "'discretion.factors':[]");
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++) {
    penalty_do (&penalty, "handler", "conduct.state", found[i].conduct);
    for (gsize j = 0; j < G_N_ELEMENTS (tiers); j++) {
      g_autofree char *args = g_strdup_printf (
        "'discretion.tier':'%s','discretion.direction':'general','discretion.factors':[]",
        tiers[j]);
      if (strcmp (tiers[j], found[i].tier) == 0)
        penalty_do (&penalty, "handler", "discretion.cite", args);
      else
        penalty_refuse (&penalty, "handler", "discretion.cite", "J-TIER", args);
    }
  }
}

static JzJson *
show (Penalty *penalty)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (penalty->office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzJson) row = jz_cases_show (reader, penalty->id, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return jz_json_copy (jz_json_get_member (row, "discretion"));
}

/* The journal has the calculation, and the case shows it. */
static void
test_is_recorded (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) empty = NULL;
  g_autoptr (JzJson) shown = NULL;
  const JzJson *figures;
  static const struct {
    const char *name;
    gint64 figure;
  } expected[] = {
    { "law_least", 50000 },  { "law_most", 500000 },   { "tier_least", 185000 },
    { "tier_most", 365000 }, { "band_least", 185001 }, { "band_most", 364999 },
    { "fine", 250000 },      { "position", 444 },      { "n_light", 0 },
    { "n_heavy", 0 },
  };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  empty = show (&penalty);
  g_assert_cmpuint (jz_json_get_n_items (empty), ==, 0);
  penalty_draft (&penalty, 250000);
  shown = show (&penalty);
  g_assert_cmpstr (jz_json_get_member_text (shown, "grade"), ==, "general");
  g_assert_nonnull (strstr (jz_json_get_member_text (shown, "benchmark"), "2024"));
  figures = jz_json_get_member (shown, "computed");
  g_assert_cmpuint (jz_json_get_n_items (figures), ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (jz_json_get_member_integer (figures, expected[i].name, -1), ==,
                     expected[i].figure);
}

/* A bureau's own figures count from the day on which it sets them. */
static void
test_steps_are_settings (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) shown = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  test_office_do (&penalty.office, "head", "setting.change",
                  "{'name':'discretion.light','value':'200'}");
  test_office_refuse (&penalty.office, "admin", "setting.change", "J-ROLE",
                      "{'name':'discretion.light','value':'200'}");
  test_office_refuse (&penalty.office, "head", "setting.change", "J-SETTING",
                      "{'name':'discretion.heavy','value':'1001'}");
  penalty_draft (&penalty, 250000);
  shown = show (&penalty);
  g_assert_cmpint (
    jz_json_get_member_integer (jz_json_get_member (shown, "computed"), "band_least", -1), ==,
    140001);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* A draft is held to the same, and to a tier that was cited before it. */
static void
test_draft (void)
{
  static const char rest[] =
    "'text':'正文','decision.kinds':[{'kind':'fine'}],'decision.fine':250000,'decision.basis':"
    "[" BOTH "],'decision.remedy':'review_or_suit','decision.review_organ':'某某市人民政府',"
    "'decision.court':'某某区人民法院'";
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *without = g_strdup_printf ("%s,'discretion.direction':'general'", rest);
  g_autofree char *light =
    g_strdup_printf ("%s,'discretion.direction':'general','discretion.tier':'light'", rest);
  g_autofree char *made_up = g_strdup_printf ("%s,'computed':{'law_least':1}", without);
  g_autofree char *exempt = g_strdup_printf ("%s,'discretion.factors':[" NO_PENALTY "]", without);
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  penalty_refuse (&penalty, "handler", "decision.draft", "J-TIER", without);
  penalty_refuse (&penalty, "handler", "decision.draft", "J-TIER", light);
  penalty_do (&penalty, "handler", "discretion.cite",
              "'discretion.tier':'general','discretion.direction':'general',"
              "'discretion.factors':[]");
  penalty_refuse (&penalty, "handler", "decision.draft", "J-DIRECTION", exempt);
  penalty_do (&penalty, "handler", "decision.draft", without);
  /* What the program counts is taken from nobody's hand. */
  outcome = test_office_try (&penalty.office, "handler", "decision.draft", &error,
                             "{'case':'%s',%s}", penalty.id, made_up);
  g_assert_null (outcome);
  g_assert_nonnull (error);
}

/* Reasons are given, and nobody approves in his own case. */
static void
test_departure (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  penalty_init (&penalty);
  penalty.fine = 400000;
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DRAFTED);
  outcome = test_office_try (&penalty.office, "approver", "discretion.approve", &error,
                             "{'case':'%s','discretion.deviation_approved':true}", penalty.id);
  g_assert_null (outcome);
  g_assert_nonnull (error);
  test_office_do (&penalty.office, "admin", "role.grant", "{'person':'%s','role':'approver'}",
                  penalty.other);
  penalty_refuse (&penalty, "other", "discretion.approve", "J-SEPARATION",
                  "'discretion.deviation_approved':true,'case.discretion_reason':'多次违法'");
  penalty_do (&penalty, "approver", "discretion.approve",
              "'discretion.deviation_approved':true,'case.discretion_reason':'多次违法'");
  penalty_play (&penalty, PENALTY_NOTIFIED, PENALTY_DECIDED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/discretion/citations", test_citations);
  g_test_add_func ("/office/discretion/factors", test_factors);
  g_test_add_func ("/office/discretion/tiers", test_tiers);
  g_test_add_func ("/office/discretion/is-recorded", test_is_recorded);
  g_test_add_func ("/office/discretion/steps-are-settings", test_steps_are_settings);
  g_test_add_func ("/office/discretion/draft", test_draft);
  g_test_add_func ("/office/discretion/departure", test_departure);
  return g_test_run ();
}
