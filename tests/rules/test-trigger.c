/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/trigger.h"

#include <string.h>

#include "rules/calendar_file.h"
#include "rules/fact_set.h"

#define NOTHING                                                                                    \
  "case.touches_public_interest=false;case.has_social_risk=false;"                                 \
  "case.concerns_major_rights=false;hearing.is_in_scope=false;hearing.state=none;"                 \
  "decision.n_laws=1;case.n_parties=1;case.has_joint_organs=false;"                                \
  "matter.needs_review_by_law=false;matter.is_enterprise_resource=false;"                          \
  "discretion.direction=general;case.outcome=penalise;discretion.tier_least=100 yuan;"             \
  "discretion.tier_most=100000 yuan;decision.confiscated=0 "                                       \
  "yuan;discretion.tier=x;coercion.kind=-;"
#define FINE(kind, fine)                                                                           \
  "party.kind=" kind ";decision.kinds=[{\"kind\":\"fine\"}];decision.fine=" fine ";"
#define KIND(kind) "party.kind=company;decision.kinds=[{\"kind\":\"" kind "\"}];"

/* "AR-06" alone, or several with spaces between them; "-" none; "?" unknown */
static const struct {
  JzTriggerPurpose purpose;
  const char *facts;
  const char *expected;
} rows[] = {
  { JZ_TRIGGER_REVIEW, "", "?" },
  { JZ_TRIGGER_REVIEW, "case.has_social_risk=true", "AR-02" },
  { JZ_TRIGGER_REVIEW, NOTHING FINE ("citizen", "4999 yuan"), "-" },
  { JZ_TRIGGER_REVIEW, NOTHING FINE ("citizen", "5000 yuan"), "AR-06" },
  { JZ_TRIGGER_REVIEW, NOTHING FINE ("company", "5000 yuan"), "-" },
  { JZ_TRIGGER_REVIEW, NOTHING FINE ("company", "50000 yuan"), "AR-06" },
  { JZ_TRIGGER_REVIEW, NOTHING FINE ("citizen", "99 yuan"), "AR-09" },
  { JZ_TRIGGER_REVIEW, NOTHING KIND ("warning"), "-" },
  { JZ_TRIGGER_REVIEW, NOTHING KIND ("warning") "decision.n_laws=3", "AR-04" },
  { JZ_TRIGGER_REVIEW, NOTHING KIND ("warning") "hearing.state=held", "AR-03" },
  { JZ_TRIGGER_REVIEW, NOTHING KIND ("warning") "coercion.kind=demolish", "AR-08" },
  { JZ_TRIGGER_REVIEW,
    NOTHING KIND ("warning") "coercion.kind=performance;coercion.cost=49999 yuan", "-" },
  { JZ_TRIGGER_REVIEW, NOTHING FINE ("citizen", "99 yuan") "discretion.tier=-", "-" },
  { JZ_TRIGGER_REVIEW, NOTHING KIND ("warning") "hearing.is_in_scope=true", "AR-03" },
  { JZ_TRIGGER_REVIEW, NOTHING KIND ("warning") "case.outcome=no_penalty", "AR-10" },
  { JZ_TRIGGER_REVIEW, NOTHING KIND ("warning") "matter.needs_review_by_law=true", "AR-05" },
  { JZ_TRIGGER_HEARING, NOTHING FINE ("citizen", "4999.99 yuan"), "refused" },
  { JZ_TRIGGER_HEARING, NOTHING FINE ("citizen", "499999 fen"), "-" },
  { JZ_TRIGGER_HEARING, NOTHING FINE ("sole_trader", "5000 yuan"), "HT-02" },
  { JZ_TRIGGER_HEARING, NOTHING FINE ("organisation", "50000 yuan"), "HT-02" },
  { JZ_TRIGGER_HEARING, NOTHING KIND ("revoke"), "HT-01" },
  { JZ_TRIGGER_HEARING, NOTHING KIND ("gains") "decision.confiscated=60000 yuan", "HT-03" },
  { JZ_TRIGGER_HEARING, NOTHING KIND ("warning"), "-" },
  { JZ_TRIGGER_HEARING, "party.kind=company", "?" },
};

static char *
dup_word (const JzTriggerScope *scope)
{
  if (scope->truth == JZ_TRUTH_UNKNOWN)
    return g_strdup ("?");
  if (scope->truth == JZ_TRUTH_FALSE)
    return g_strdup ("-");
  GString *ids = g_string_new (NULL);
  for (guint i = 0; i < scope->holding->len; i++) {
    const JzTrigger *trigger = g_ptr_array_index (scope->holding, i);
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", trigger->rule.id);
  }
  return g_string_free (ids, FALSE);
}

/* FALSE when a fact cannot be stated. */
static gboolean
state (JzFactSet *facts, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  for (gsize i = 0; parts[i] != NULL; i++) {
    if (*parts[i] != '\0' && !jz_fact_set_state (facts, parts[i], NULL))
      return FALSE;
  }
  return TRUE;
}

static void
test_triggers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("BASE", &error);
  g_assert_no_error (error);
  g_autoptr (JzCalendar) calendar = jz_calendar_load_shipped (&error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzFactSet) facts = jz_fact_set_new (jz_rulebook_get_fact_vocabulary (rulebook));
    const JzLimitFacts situation = { rulebook, calendar, jz_fact_set_get_facts (facts) };
    if (!state (facts, rows[i].facts)) {
      g_assert_cmpstr (rows[i].expected, ==, "refused");
      continue;
    }
    g_autoptr (JzTriggerScope) scope = jz_triggers_ask (rows[i].purpose, &situation, &error);
    g_assert_no_error (error);
    g_autofree char *word = dup_word (scope);
    if (strcmp (word, rows[i].expected) != 0)
      g_error ("“%s” came out as %s, not %s.", rows[i].facts, word, rows[i].expected);
    g_assert_true ((scope->truth == JZ_TRUTH_UNKNOWN) == (scope->missing->len > 0));
  }
}

/* A bureau's own figure takes the place of the national one; figures are data. */
static void
test_bureau_figure (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "data", "rules", "bureau-demo.xml", NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (JzRulebook) rulebook = jz_rulebook_compose_over_shipped (bytes, "demo.xml", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jz_rulebook_get_id (rulebook), ==, "cn-national+cn-hr+demo-cg");
  g_autoptr (JzCalendar) calendar = jz_calendar_load_shipped (&error);
  g_assert_no_error (error);
  g_autoptr (JzFactSet) facts = jz_fact_set_new (jz_rulebook_get_fact_vocabulary (rulebook));
  const JzLimitFacts situation = { rulebook, calendar, jz_fact_set_get_facts (facts) };
  g_assert_true (state (facts, NOTHING FINE ("citizen", "3000 yuan")));
  g_autoptr (JzTriggerScope) scope = jz_triggers_ask (JZ_TRIGGER_REVIEW, &situation, &error);
  g_assert_no_error (error);
  g_autofree char *word = dup_word (scope);
  g_assert_cmpstr (word, ==, "AR-06");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/trigger/triggers", test_triggers);
  g_test_add_func ("/rules/trigger/bureau-figure", test_bureau_figure);
  return g_test_run ();
}
