/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/recording_rule.h"

#include <string.h>

#include "rules/calendar_file.h"
#include "rules/coverage.h"
#include "rules/fact_set.h"

#define MINUTE (G_GINT64_CONSTANT (60) * 1000)
/* The property tests work on whole steps of time, so that they can be told one by one. */
#define N_STEPS 120
#define MOST_SPANS 8

/* What an act owes by the rules that are shipped: act, facts, the bureau's choice, rule, level. */
static const struct {
  const char *act;
  const char *facts;
  JzRecordingLevel bureau;
  const char *rule; /* "-" none */
  JzRecordingLevel level;
} duties[] = {
  { "field.inspect", "", JZ_RECORDING_CHOOSE, "RC-02", JZ_RECORDING_CHOOSE },
  { "field.inspect", "", JZ_RECORDING_MUST, "RC-02", JZ_RECORDING_MUST },
  { "field.inspect", "case.concerns_major_rights=true", JZ_RECORDING_CHOOSE, "RC-08",
    JZ_RECORDING_FULL },
  { "field.inspect", "case.concerns_major_rights=false", JZ_RECORDING_MUST, "RC-02",
    JZ_RECORDING_MUST },
  { "field.inquire", "", JZ_RECORDING_CHOOSE, "RC-03", JZ_RECORDING_CHOOSE },
  { "field.inquire", "case.concerns_major_rights=true", JZ_RECORDING_MUST, "RC-03f",
    JZ_RECORDING_FULL },
  { "field.inquire", "act.in_case_room=true", JZ_RECORDING_CHOOSE, "RC-09", JZ_RECORDING_FULL },
  { "field.inquire", "act.in_case_room=false", JZ_RECORDING_CHOOSE, "RC-03", JZ_RECORDING_CHOOSE },
  { "field.sample", "", JZ_RECORDING_CHOOSE, "RC-04", JZ_RECORDING_CHOOSE },
  { "field.collect", "", JZ_RECORDING_CHOOSE, "RC-02", JZ_RECORDING_CHOOSE },
  { "preservation.make", "", JZ_RECORDING_CHOOSE, "RC-05", JZ_RECORDING_CHOOSE },
  { "hearing.appoint", "hearing.closed_on=-;step.is_last=true", JZ_RECORDING_CHOOSE, "-",
    JZ_RECORDING_TEXT },
  { "hearing.appoint", "hearing.closed_on=2025-01-02;step.is_last=true", JZ_RECORDING_CHOOSE,
    "RC-10", JZ_RECORDING_FULL },
  { "hearing.appoint", "hearing.closed_on=2025-01-02;step.is_last=false", JZ_RECORDING_CHOOSE, "-",
    JZ_RECORDING_TEXT },
  { "document.serve", "service.method=direct", JZ_RECORDING_MUST, "RC-12", JZ_RECORDING_TEXT },
  { "document.serve", "service.method=left", JZ_RECORDING_MUST, "RC-13", JZ_RECORDING_MUST },
  { "document.serve", "service.method=publication", JZ_RECORDING_CHOOSE, "RC-14",
    JZ_RECORDING_CHOOSE },
  { "document.serve", "service.method=mail", JZ_RECORDING_MUST, "-", JZ_RECORDING_TEXT },
  { "document.serve", "service.method=electronic", JZ_RECORDING_MUST, "RC-15", JZ_RECORDING_MUST },
  { "record.finalise", "step.signature=signed;record.kind=inspection", JZ_RECORDING_MUST, "-",
    JZ_RECORDING_TEXT },
  { "record.finalise", "step.signature=refused;record.kind=inspection", JZ_RECORDING_MUST, "RC-19",
    JZ_RECORDING_MUST },
  { "record.finalise", "step.signature=absent;record.kind=scene", JZ_RECORDING_CHOOSE, "RC-19",
    JZ_RECORDING_CHOOSE },
  { "record.finalise", "step.signature=signed;record.kind=statement", JZ_RECORDING_CHOOSE, "RC-11",
    JZ_RECORDING_CHOOSE },
  { "case.file", "", JZ_RECORDING_MUST, "RC-01", JZ_RECORDING_TEXT },
  { "collective.hold", "", JZ_RECORDING_MUST, "RC-01", JZ_RECORDING_TEXT },
  /* nobody said how it was served */
  { "document.serve", "", JZ_RECORDING_MUST, "-", JZ_RECORDING_TEXT },
  { "case.note", "", JZ_RECORDING_MUST, "-", JZ_RECORDING_TEXT },
};

static void
state (JzFactSet *facts, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0') {
      jz_fact_set_state (facts, parts[i], &error);
      g_assert_no_error (error);
    }
}

static void
test_duties (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("BASE", &error);
  g_autoptr (JzCalendar) calendar = jz_calendar_load_shipped (&error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (duties); i++) {
    g_autoptr (JzFactSet) facts = jz_fact_set_new (jz_rulebook_get_fact_vocabulary (rulebook));
    const JzLimitFacts situation = { rulebook, calendar, jz_fact_set_get_facts (facts) };
    JzRecordingDuty duty = { 0 };
    state (facts, duties[i].facts);
    g_assert_true (
      jz_recording_rules_ask (&situation, duties[i].act, duties[i].bureau, &duty, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (duty.rule != NULL ? duty.rule->rule.id : "-", ==, duties[i].rule);
    g_assert_cmpstr (jz_recording_level_get_word (duty.level), ==,
                     jz_recording_level_get_word (duties[i].level));
  }
}

/* What every rule that is shipped says can be used: an act, a name for each thing to be seen. */
static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("BASE", &error);
  const GPtrArray *rules;

  g_assert_no_error (error);
  rules = jz_rulebook_get_rules (rulebook, JZ_RULE_RECORDING);
  for (guint i = 0; i < rules->len; i++) {
    const JzRecordingRule *rule = g_ptr_array_index (rules, i);
    /* What no act of the program is is a card for the pocket. */
    g_assert_true (rule->on->len > 0 || rule->words->len > 0);
    g_assert_cmpint (rule->allowed_gap, ==, JZ_RECORDING_GAP);
    g_assert_cmpint (rule->n_hours, ==, JZ_RECORDING_HOURS);
    g_assert_true (rule->level == JZ_RECORDING_TEXT || rule->on->len == 0 || rule->shots->len > 0);
    for (guint j = 0; j < rule->shots->len; j++) {
      const JzRecordingShot *shot = g_ptr_array_index (rule->shots, j);
      g_assert_true (jz_recording_rule_find_shot (rule, shot->id) == shot);
    }
    g_assert_null (jz_recording_rule_find_shot (rule, "nothing"));
  }
}

/* What is said while a step is recorded: at least how it begins and ends, in the order in
 * which it is said, short enough to be read out, and in words of our own: no law is quoted. */
static void
test_said (void)
{
  static const char *const parts[] = { "opening", "rights", "warning", "closing" };
  static const char *const wanted[] = { "RC-02", "RC-03", "RC-03f", "RC-04", "RC-05",
                                        "RC-08", "RC-09", "RC-10",  "RC-11", "RC-13",
                                        "RC-14", "RC-18", "RC-19" };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("BASE", &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++) {
    const JzRecordingRule *rule =
      (const JzRecordingRule *)jz_rulebook_find (rulebook, JZ_RULE_RECORDING, wanted[i]);
    gsize part = 0;
    g_assert_nonnull (rule);
    g_assert_true (rule->rule.in_force.year > 0);
    g_assert_cmpuint (rule->rule.bases->len, >, 0);
    g_assert_cmpuint (rule->words->len, >=, 3);
    for (guint j = 0; j < rule->words->len; j++) {
      const JzRecordingWords *words = g_ptr_array_index (rule->words, j);
      while (part < G_N_ELEMENTS (parts) && strcmp (parts[part], words->part) != 0)
        part++;
      g_assert_cmpuint (part, <, G_N_ELEMENTS (parts));
      g_assert_cmpint (g_utf8_strlen (words->words.zh, -1), <, 110);
      g_assert_null (strstr (words->words.zh, "《"));
      g_assert_cmpstr (words->words.en, !=, "");
      /* A warning is given where it is needed; the rest is ticked. */
      g_assert_true ((words->mark == NULL) == (strcmp (words->part, "warning") == 0));
    }
    g_assert_cmpstr (((const JzRecordingWords *)g_ptr_array_index (rule->words, 0))->part, ==,
                     "opening");
    g_assert_cmpstr (
      ((const JzRecordingWords *)g_ptr_array_index (rule->words, rule->words->len - 1))->part, ==,
      "closing");
  }
}

static void
test_words (void)
{
  for (JzRecordingLevel level = JZ_RECORDING_TEXT; level <= JZ_RECORDING_FORBIDDEN; level++) {
    JzRecordingLevel again = JZ_RECORDING_TEXT;
    g_assert_true (jz_recording_level_from_word (jz_recording_level_get_word (level), &again));
    g_assert_cmpint (again, ==, level);
  }
  g_assert_false (jz_recording_level_from_word ("sometimes", &(JzRecordingLevel){ 0 }));
}

#define BOOK(inside)                                                                               \
  "<rulebook id='x' level='bureau' field='LOCAL' version='1' semantics='1' "                       \
  "in-force='2026-01-01'><name xml:lang='zh-CN'>试</name><name xml:lang='en'>t</name>" inside      \
  "</rulebook>"
#define RECORDING(id, more, inside)                                                                \
  "<recording id='" id "' in-force='2026-01-01' sure='design' " more                               \
  "><name xml:lang='zh-CN'>试</name><name xml:lang='en'>t</name>" inside "</recording>"

/* A bureau replaces a level by its id; what a schema cannot say is refused with its place. */
static void
test_bureau (void)
{
  static const struct {
    const char *text;
    const char *fault; /* or NULL: it is in order */
  } books[] = {
    { BOOK (RECORDING ("RC-02", "replaces='yes' level='must' gap-seconds='0' store-hours='8'",
                       "<on act='field.inspect'/>")),
      NULL },
    { BOOK (RECORDING ("RC-02", "level='must'", "<on act='field.inspect'/>")), "replaces" },
    { BOOK (RECORDING ("RC-90", "level='must' card='no'", "")), "schema" },
    { BOOK (RECORDING ("RC-90", "level='must'",
                       "<on act='field.inspect'/><say part='middle'><sentence xml:lang='zh-CN'>试"
                       "</sentence><sentence xml:lang='en'>t</sentence></say>")),
      "schema" },
    { BOOK (RECORDING ("RC-90", "level='must'",
                       "<on act='field.inspect'/><say part='opening'><sentence xml:lang='en'>t"
                       "</sentence></say>")),
      "<sentence>" },
    { BOOK (RECORDING ("RC-90", "level='must'",
                       "<on act='field.inspect'/><say part='opening' mark='nonsense'><sentence "
                       "xml:lang='zh-CN'>试</sentence><sentence xml:lang='en'>t</sentence></say>")),
      "nonsense" },
    { BOOK (RECORDING ("RC-90", "level='often'", "<on act='field.inspect'/>")), "schema" },
    { BOOK (RECORDING ("RC-90", "level='must'", "")), "schema" },
    { BOOK (RECORDING ("RC-90", "level='must'", "<on act='field.*'/>")), "schema" },
    { BOOK (RECORDING ("RC-90", "level='must'",
                       "<on act='field.inspect'><when>no.such_fact</when></on>")),
      "no.such_fact" },
    { BOOK (RECORDING ("RC-90", "level='must'",
                       "<on act='field.inspect'/><shot id='a' mark='nonsense'><name "
                       "xml:lang='zh-CN'>试</name><name xml:lang='en'>t</name></shot>")),
      "nonsense" },
    { BOOK (
        RECORDING ("RC-90", "level='must'",
                   "<on act='field.inspect'/><shot id='a'><name xml:lang='en'>t</name></shot>")),
      "<name>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (books); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_static (books[i].text, strlen (books[i].text));
    g_autoptr (JzRulebook) rulebook =
      jz_rulebook_compose_over_shipped (bytes, "bureau.xml", &error);
    const JzRecordingRule *rule;
    if (books[i].fault != NULL) {
      g_assert_null (rulebook);
      g_assert_nonnull (strstr (error->message, "bureau.xml:"));
      if (strstr (error->message, books[i].fault) == NULL)
        g_error ("%s does not speak of %s", error->message, books[i].fault);
      continue;
    }
    g_assert_no_error (error);
    rule = (const JzRecordingRule *)jz_rulebook_find (rulebook, JZ_RULE_RECORDING, "RC-02");
    g_assert_cmpint (rule->level, ==, JZ_RECORDING_MUST);
    g_assert_cmpint (rule->allowed_gap, ==, 0);
    g_assert_cmpint (rule->n_hours, ==, 8);
  }
}

static void
append (GArray *spans, gint64 from, gint64 to)
{
  const JzSpan span = { from * MINUTE, to * MINUTE };
  g_array_append_val (spans, span);
}

static void
assert_span (const GArray *spans, guint i, gint64 from, gint64 to)
{
  g_assert_cmpuint (i, <, spans->len);
  g_assert_cmpint (g_array_index (spans, JzSpan, i).from, ==, from * MINUTE);
  g_assert_cmpint (g_array_index (spans, JzSpan, i).to, ==, to * MINUTE);
}

/* Two recorders at once, a break, and one that ran on after the end. */
static void
test_coverage (void)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (JzSpan));
  const JzSpan whole = { 10 * MINUTE, 60 * MINUTE };
  g_autoptr (GArray) united = NULL;
  g_autoptr (GArray) gaps = NULL;
  g_autoptr (GArray) all = NULL;

  all = jz_spans_find_gaps (&whole, spans, 0);
  g_assert_cmpuint (all->len, ==, 1);
  assert_span (all, 0, 10, 60);
  append (spans, 40, 90);
  append (spans, 0, 20);
  append (spans, 15, 30);
  append (spans, 32, 31);
  united = jz_spans_unite (spans);
  g_assert_cmpuint (united->len, ==, 2);
  assert_span (united, 0, 0, 30);
  assert_span (united, 1, 40, 90);
  gaps = jz_spans_find_gaps (&whole, spans, MINUTE);
  g_assert_cmpuint (gaps->len, ==, 1);
  assert_span (gaps, 0, 30, 40);
  g_assert_true (jz_span_is_within (&(JzSpan){ 5 * MINUTE, 30 * MINUTE }, united));
  g_assert_false (jz_span_is_within (&(JzSpan){ 5 * MINUTE, 41 * MINUTE }, united));
  /* Exactly what is allowed is no gap. */
  g_clear_pointer (&gaps, g_array_unref);
  gaps = jz_spans_find_gaps (&whole, spans, 10 * MINUTE);
  g_assert_cmpuint (gaps->len, ==, 0);
}

static gboolean
is_recorded (const GArray *spans, int step)
{
  for (guint i = 0; i < spans->len; i++) {
    const JzSpan *span = &g_array_index (spans, JzSpan, i);
    if (span->from <= step && step < span->to)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_in_gap (const GArray *gaps, int step)
{
  return is_recorded (gaps, step);
}

/* How many steps in a row around this one are not recorded, within the whole. */
static int
count_silence (const GArray *spans, const JzSpan *whole, int step)
{
  int n = 0;

  for (int at = step; at >= whole->from && !is_recorded (spans, at); at--)
    n++;
  for (int at = step + 1; at < whole->to && !is_recorded (spans, at); at++)
    n++;
  return n;
}

static void
check_one (const GArray *spans, const JzSpan *whole, int allowed)
{
  g_autoptr (GArray) united = jz_spans_unite (spans);
  g_autoptr (GArray) gaps = jz_spans_find_gaps (whole, spans, allowed);

  for (guint i = 1; i < united->len; i++)
    g_assert_cmpint (g_array_index (united, JzSpan, i - 1).to, <,
                     g_array_index (united, JzSpan, i).from);
  for (int step = 0; step < N_STEPS; step++)
    g_assert_true (is_recorded (united, step) == is_recorded (spans, step));
  for (int step = 0; step < N_STEPS; step++) {
    gboolean is_inside = step >= whole->from && step < whole->to;
    gboolean expected =
      is_inside && !is_recorded (spans, step) && count_silence (spans, whole, step) > allowed;
    g_assert_true (is_in_gap (gaps, step) == expected);
  }
  for (guint i = 0; i < gaps->len; i++) {
    const JzSpan *gap = &g_array_index (gaps, JzSpan, i);
    g_assert_cmpint (gap->from, >=, whole->from);
    g_assert_cmpint (gap->to, <=, whole->to);
    g_assert_cmpint (gap->to - gap->from, >, allowed);
  }
}

/* Against telling every step of time by itself; what is recorded twice changes nothing. */
static void
test_coverage_of_any (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int n = 0; n < 2000; n++) {
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (JzSpan));
    int n_spans = g_rand_int_range (random, 0, MOST_SPANS);
    int from = g_rand_int_range (random, 0, N_STEPS - 1);
    const JzSpan whole = { from, g_rand_int_range (random, from + 1, N_STEPS) };
    for (int i = 0; i < n_spans; i++) {
      int begin = g_rand_int_range (random, 0, N_STEPS);
      const JzSpan span = { begin, g_rand_int_range (random, 0, N_STEPS) };
      g_array_append_val (spans, span);
      if (g_rand_boolean (random))
        g_array_append_val (spans, span);
    }
    check_one (spans, &whole, g_rand_int_range (random, 0, 20));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/recording-rule/duties", test_duties);
  g_test_add_func ("/rules/recording-rule/shipped", test_shipped);
  g_test_add_func ("/rules/recording-rule/said", test_said);
  g_test_add_func ("/rules/recording-rule/words", test_words);
  g_test_add_func ("/rules/recording-rule/bureau", test_bureau);
  g_test_add_func ("/rules/coverage/table", test_coverage);
  g_test_add_func ("/rules/coverage/any", test_coverage_of_any);
  return g_test_run ();
}
