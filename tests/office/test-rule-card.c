/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/rule_card.h"
#include "office/rule_trial.h"
#include "rules/calendar_file.h"

/* Rules as people read them, and tried out as people try them. */

static const char *const fields[] = { "BASE", "HR", "MR" };

static JzRulebook *
load (const char *field)
{
  g_autoptr (GError) error = NULL;
  JzRulebook *rulebook = jz_rulebook_load_shipped (field, &error);

  g_assert_no_error (error);
  return rulebook;
}

/* Every rule of every shipped book, in both languages: its basis or its day is said, and no line is
 * empty. */
static void
test_every_rule (void)
{
  for (gsize f = 0; f < G_N_ELEMENTS (fields); f++) {
    g_autoptr (JzRulebook) rulebook = load (fields[f]);
    for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
      const GPtrArray *rules = jz_rulebook_get_rules (rulebook, (JzRuleKind)kind);
      for (guint i = 0; i < 2 * rules->len; i++) {
        g_autoptr (GPtrArray) lines = jz_rule_card_new (rulebook, NULL, rules->pdata[i / 2],
                                                        i % 2 ? JZ_LANGUAGE_ZH : JZ_LANGUAGE_EN);
        g_assert_cmpuint (lines->len, >=, 2);
        for (guint j = 0; j < lines->len; j++) {
          const JzRuleLine *line = lines->pdata[j];
          g_assert_cmpstr (line->label, !=, "");
          g_assert_cmpstr (line->text, !=, "");
          g_assert_true (g_utf8_validate (line->text, -1, NULL));
        }
      }
    }
  }
}

static char *
dump (const JzRulebook *rulebook, const char *id)
{
  g_autoptr (GPtrArray) lines =
    jz_rule_card_new (rulebook, NULL, jz_rulebook_find_any (rulebook, id), JZ_LANGUAGE_EN);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++) {
    const JzRuleLine *line = lines->pdata[i];
    g_string_append_printf (text, "%s: %s\n", line->label, line->text);
  }
  return g_string_free (text, FALSE);
}

static void
test_words (void)
{
  g_autoptr (JzRulebook) rulebook = load ("BASE");
  g_autofree char *limit = dump (rulebook, "TL-P01");
  g_autofree char *gate = dump (rulebook, "G-02");

  g_assert_nonnull (strstr (limit, "Length: 5 years; does not move when it ends on a rest day, "
                                   "when ["));
  g_assert_nonnull (strstr (limit, " = “"));
  g_assert_nonnull (strstr (limit, "Length: 2 years; does not move"));
  g_assert_nonnull (strstr (limit, "Ends when: THERE IS ["));
  g_assert_nonnull (strstr (gate, "Strictness: Refused; nobody can lift it\n"));
  g_assert_nonnull (strstr (gate, "Clears it: Choose an officer"));
}

static void
test_ranges (void)
{
  static const struct {
    JzRange range;
    const char *words;
  } ranges[] = {
    { { JZ_RANGE_AMOUNT, NULL, 50000, 185050 }, "500 yuan to 1850.50 yuan" },
    { { JZ_RANGE_MAX_ONLY, NULL, 0, 900000 }, "Up to 9000 yuan" },
    { { JZ_RANGE_CHOICE, NULL, 0, 0 }, "No amount; a choice of kinds" },
  };
  g_autoptr (JzRulebook) rulebook = load ("BASE");

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++) {
    g_autofree char *words = jz_range_dup_words (rulebook, &ranges[i].range, JZ_LANGUAGE_EN);
    g_assert_cmpstr (words, ==, ranges[i].words);
  }
}

/* Fifteen working days, counted here by the calendar alone. */
static void
test_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = load ("BASE");
  g_autoptr (JzCalendar) calendar = jz_calendar_load_shipped (&error);
  JzTrialRequest request = { rulebook, calendar, "TL-P03", "2025-01-15", NULL };
  g_autoptr (JzTrial) trial = jz_rule_try (&request, &error);
  JzDate date = { 2025, 1, 15 };
  char due[JZ_DATE_SIZE];

  g_assert_no_error (error);
  for (int i = 0; i < 15; i++)
    date = jz_calendar_get_next_working_day (calendar, date, NULL);
  jz_date_format (date, due);
  g_assert_cmpint (trial->outcome, ==, JZ_TRIAL_DUE);
  g_assert_nonnull (strstr (trial->sentence, due));
  g_assert_cmpint (((JzTrialDay *)trial->days->pdata[trial->days->len - 1])->n_counted, ==, 15);
}

static void
test_asking (void)
{
  static const char *const stated[] = { "conduct.is_first=false", NULL };
  static const char *const wrong[] = { "conduct.is_first=maybe", NULL };
  g_autoptr (JzRulebook) rulebook = load ("HR");
  g_autoptr (JzCalendar) calendar = jz_calendar_new_empty ();
  guint n_asking = 0;

  for (guint kind = JZ_RULE_LIMIT; kind <= JZ_RULE_TRIGGER; kind++) {
    const GPtrArray *rules = jz_rulebook_get_rules (rulebook, (JzRuleKind)kind);
    for (guint i = 0; i < rules->len; i++) {
      const JzRule *rule = rules->pdata[i];
      g_autoptr (GError) error = NULL;
      JzTrialRequest request = { rulebook, calendar, rule->id, NULL, NULL };
      g_autoptr (JzTrial) trial = NULL;
      if (!jz_rule_can_be_tried (rule))
        continue;
      trial = jz_rule_try (&request, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (trial->sentence, !=, "");
      if (trial->outcome != JZ_TRIAL_NEEDS_FACTS)
        continue;
      n_asking++;
      g_assert_cmpuint (trial->facts->len, >, 0);
      g_assert_cmpstr (((JzTrialFact *)trial->facts->pdata[0])->meaning, !=, "");
    }
  }
  g_assert_cmpuint (n_asking, >, 20);
  {
    g_autoptr (GError) error = NULL;
    JzTrialRequest request = { rulebook, calendar, "G-01", NULL, wrong };
    g_assert_null (jz_rule_try (&request, &error));
    g_assert_nonnull (error);
    g_clear_error (&error);
    request.assignments = stated;
    request.rule = "AP-01";
    g_assert_null (jz_rule_try (&request, &error));
    g_assert_nonnull (error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/rule-card/every-rule", test_every_rule);
  g_test_add_func ("/office/rule-card/words", test_words);
  g_test_add_func ("/office/rule-card/ranges", test_ranges);
  g_test_add_func ("/office/rule-card/limit", test_limit);
  g_test_add_func ("/office/rule-card/asking", test_asking);
  return g_test_run ();
}
