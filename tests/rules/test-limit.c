/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/limit.h"

#include <string.h>

#include "../base/test-calendar-data.h"
#include "base/error.h"
#include "base/limit_form.h"
#include "rules/calendar_file.h"
#include "rules/fact_set.h"

#define N_ROUNDS 60

typedef struct {
  JzRulebook *rulebook;
  JzCalendar *calendar;
  JzFactSet *facts;
} Law;

static void
law_clear (Law *self)
{
  jz_fact_set_free (self->facts);
  jz_rulebook_unref (self->rulebook);
  jz_calendar_unref (self->calendar);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Law, law_clear)

static void
law_take (Law *self, JzRulebook *rulebook)
{
  g_autoptr (GError) error = NULL;
  self->rulebook = rulebook;
  self->calendar = jz_calendar_load_shipped (&error);
  g_assert_no_error (error);
  self->facts = jz_fact_set_new (jz_rulebook_get_fact_vocabulary (rulebook));
}

static void
law_init (Law *self, const char *field)
{
  g_autoptr (GError) error = NULL;
  JzRulebook *rulebook = jz_rulebook_load_shipped (field, &error);
  g_assert_no_error (error);
  law_take (self, rulebook);
}

static void
state (const Law *law, const char *assignment)
{
  g_autoptr (GError) error = NULL;
  jz_fact_set_state (law->facts, assignment, &error);
  g_assert_no_error (error);
}

static JzLimitRequest
make_request (const Law *law, const JzDate *from)
{
  return (JzLimitRequest){
    .rulebook = law->rulebook,
    .calendar = law->calendar,
    .facts = jz_fact_set_get_facts (law->facts),
    .from = from,
    .assumes = from != NULL,
  };
}

static JzLimitAnswer *
compute (const Law *law, const char *id, const JzLimitRequest *request)
{
  g_autoptr (GError) error = NULL;
  const JzLimit *limit = jz_rulebook_find_limit (law->rulebook, id);
  g_assert_nonnull (limit);
  JzLimitAnswer *answer = jz_limit_compute (limit, request, &error);
  g_assert_no_error (error);
  return answer;
}

static void
assert_date (JzDate date, const char *expected)
{
  char text[JZ_DATE_SIZE];
  jz_date_format (date, text);
  g_assert_cmpstr (text, ==, expected);
}

/* From the facts alone, as a gate asks. */
static void
assert_due (const Law *law, const char *id, const char *expected)
{
  const JzLimitRequest request = make_request (law, NULL);
  g_autoptr (JzLimitAnswer) answer = compute (law, id, &request);
  if (strcmp (expected, "unknown") == 0) {
    g_assert_cmpint (answer->state, ==, JZ_FACT_UNKNOWN);
    g_assert_cmpuint (answer->missing->len, >, 0);
  } else if (strcmp (expected, "absent") == 0) {
    g_assert_cmpint (answer->state, ==, JZ_FACT_ABSENT);
  } else {
    g_assert_cmpint (answer->state, ==, JZ_FACT_PRESENT);
    assert_date (answer->due, expected);
  }
}

/* rules.md 2.4, by the ids of the rules: what they say must be what the vectors were made from. */
static void
test_vectors (gconstpointer data)
{
  g_auto (Law) law = { NULL };
  law_init (&law, data);
  g_autoptr (GPtrArray) rows = test_load_table ("date-vectors.tsv");
  g_assert_cmpuint (rows->len, ==, 28);
  for (guint i = 0; i < rows->len; i++) {
    char **row = g_ptr_array_index (rows, i);
    g_autoptr (JzLimitForm) form = jz_limit_parse (row[2], NULL);
    g_assert_nonnull (form);
    g_autofree char *id = g_strndup (row[1], strcspn (row[1], " "));
    const JzDate from = test_date (row[3]);
    const JzLimitStep *last = &form->steps[form->n_steps - 1];
    JzLimitRequest request = make_request (&law, &from);
    request.exclusions = last->exclusions;
    request.n_exclusions = last->n_exclusions;
    g_autoptr (JzLimitAnswer) answer = compute (&law, id, &request);
    char due[JZ_DATE_SIZE];
    jz_date_format (answer->due, due);
    if (strcmp (due, row[4]) != 0)
      g_error ("%s: %s from %s is due %s, not %s.", row[0], id, row[3], due, row[4]);
    g_assert_cmpuint (answer->count->days->len, >, 0);
    g_assert_cmpuint (answer->count->days->len, >=, form->n_steps);
  }
}

/* Every limit that is encoded can be tried out, and gives its kind and its days as JSON. */
static void
test_every_limit (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "BASE");
  const GPtrArray *limits = jz_rulebook_get_rules (law.rulebook, JZ_RULE_LIMIT);
  const JzDate from = { 2025, 3, 5 };
  const JzInstant instant = jz_instant_from_date (from, 9, 30);
  g_assert_cmpuint (limits->len, ==, 88);
  for (guint i = 0; i < limits->len; i++) {
    const JzLimit *limit = g_ptr_array_index (limits, i);
    JzLimitRequest request = make_request (&law, &from);
    request.from_instant = &instant;
    g_autoptr (JzLimitAnswer) answer = compute (&law, limit->rule.id, &request);
    g_assert_cmpint (answer->state, ==, JZ_FACT_PRESENT);
    g_autoptr (JzJson) json = jz_limit_answer_to_json (answer, law.calendar, JZ_LANGUAGE_ZH);
    g_assert_cmpstr (jz_json_get_member_text (json, "rule"), ==, limit->rule.id);
    g_assert_cmpstr (jz_json_get_member_text (json, "kind"), ==,
                     jz_limit_kind_get_word (limit->kind));
    gboolean has_days = jz_json_get_n_items (jz_json_get_member (json, "days")) > 0;
    g_assert_true (has_days == (limit->kind != JZ_LIMIT_QUOTA));
    if (limit->kind != JZ_LIMIT_BACKWARD)
      g_assert_cmpint (jz_date_compare (answer->due, from), >=, 0);
    else
      g_assert_cmpint (jz_date_compare (answer->due, from), <, 0);
  }
}

static JzExclusion
draw_exclusion (JzDate start)
{
  JzExclusion exclusion = { .start = jz_date_add_days (start, g_test_rand_int_range (0, 40)) };
  exclusion.end = jz_date_add_days (exclusion.start, g_test_rand_int_range (0, 30));
  exclusion.includes_start = g_test_rand_bit ();
  return exclusion;
}

/* The days that are counted are as many as the limit has, one more for each than for the one
 * before; and what is counted in working days is counted on working days. */
static void
assert_adds_up (const Law *law, const JzLimitAnswer *answer)
{
  const GArray *days = answer->count->days;
  const JzCountedDay *last = &g_array_index (days, JzCountedDay, days->len - 1);
  int n_counted = 0;
  for (guint i = 0; i < days->len; i++) {
    const JzCountedDay *day = &g_array_index (days, JzCountedDay, i);
    if (day->step != last->step)
      continue;
    if (day->verdict == JZ_DAY_VERDICT_COUNTED) {
      n_counted++;
      g_assert_cmpint (day->n_counted, ==, n_counted);
      if (answer->term.unit == JZ_LIMIT_UNIT_WORKING_DAY)
        g_assert_true (jz_calendar_is_working_day (law->calendar, day->date, NULL));
    }
  }
  gboolean is_in_days = answer->term.unit == JZ_LIMIT_UNIT_WORKING_DAY ||
                        answer->term.unit == JZ_LIMIT_UNIT_CALENDAR_DAY;
  int n_extended = 0;
  for (guint i = 0; i < answer->limit->extensions->len; i++)
    n_extended += g_array_index (answer->limit->extensions, JzLimitExtension, i).count;
  if (is_in_days)
    g_assert_cmpint (n_counted, ==, answer->term.length + n_extended);
}

static void
check_round (const Law *law, const JzLimit *limit)
{
  const JzDate from = jz_date_add_days ((JzDate){ 2024, 1, 1 }, g_test_rand_int_range (0, 700));
  const JzDate later = jz_date_add_days (from, g_test_rand_int_range (1, 40));
  const JzExclusion exclusion = draw_exclusion (from);
  JzLimitRequest request = make_request (law, &from);
  /* months are without exclusions: tests/base/test-day-count-property.c says why */
  const JzLimitLength *length =
    limit->kind == JZ_LIMIT_DATE ? g_ptr_array_index (limit->lengths, 0) : NULL;
  if (length != NULL && length->term.unit < JZ_LIMIT_UNIT_MONTH && g_test_rand_bit ()) {
    request.exclusions = &exclusion;
    request.n_exclusions = 1;
  }
  g_autoptr (JzLimitAnswer) answer = compute (law, limit->rule.id, &request);
  request.from = &later;
  g_autoptr (JzLimitAnswer) later_answer = compute (law, limit->rule.id, &request);
  g_assert_cmpint (jz_date_compare (answer->due, later_answer->due), <=, 0);
  gboolean must_be_worked =
    answer->term.rolls || answer->term.to_previous_working_day ||
    (limit->kind == JZ_LIMIT_DATE && answer->term.unit == JZ_LIMIT_UNIT_WORKING_DAY);
  if (must_be_worked)
    g_assert_true (jz_calendar_is_working_day (law->calendar, answer->due, NULL));
  assert_adds_up (law, answer);
}

/* Monotone in the start, never ending on a day off where it must not, adding up: every limit of the
 * law that is counted in days, months or years. */
static void
test_properties (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "HR");
  const GPtrArray *limits = jz_rulebook_get_rules (law.rulebook, JZ_RULE_LIMIT);
  for (guint i = 0; i < limits->len; i++) {
    const JzLimit *limit = g_ptr_array_index (limits, i);
    if (limit->kind == JZ_LIMIT_INSTANT || limit->kind == JZ_LIMIT_QUOTA)
      continue;
    for (int round = 0; round < N_ROUNDS; round++)
      check_round (&law, limit);
  }
}

/* The time for the decision: grounds of the list that count, extensions that were approved. */
static void
test_case_limit (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "HR");
  assert_due (&law, "TL-P16", "unknown");
  state (&law, "case.filed_on=2026-01-05");
  assert_due (&law, "TL-P16", "unknown");
  state (&law, "procedure.exclusions=[]");
  assert_due (&law, "TL-P16", "2026-04-07");
  state (&law, "procedure.exclusions=[{\"kind\":\"appraisal\",\"started_on\":\"2026-01-20\","
               "\"ended_on\":\"2026-02-09\"}]");
  assert_due (&law, "TL-P16", "2026-04-27");
  /* waiting for money is no ground, and what has not ended excludes nothing yet */
  state (&law, "procedure.exclusions=[{\"kind\":\"deferral\",\"started_on\":\"2026-01-20\","
               "\"ended_on\":\"2026-02-09\"},{\"kind\":\"hearing\",\"started_on\":\"2026-02-10\","
               "\"ended_on\":null}]");
  assert_due (&law, "TL-P16", "2026-04-07");
  const JzLimitRequest request = make_request (&law, NULL);
  g_autoptr (JzLimitAnswer) running = compute (&law, "TL-P16", &request);
  g_assert_cmpint (running->count->warnings & JZ_DAY_COUNT_EXCLUSION_RUNNING, !=, 0);

  state (&law, "procedure.exclusions=[]");
  state (&law, "procedure.extensions=[]");
  assert_due (&law, "TL-P17", "absent");
  state (&law, "procedure.extensions=[{\"limit\":\"TL-P17\",\"length\":30}]");
  state (&law, "case.filed_on=2025-09-05");
  assert_due (&law, "TL-P17", "2026-01-04");
  assert_due (&law, "TL-P18", "absent");
  state (&law, "procedure.extensions=[{\"limit\":\"TL-P17\",\"length\":30},"
               "{\"limit\":\"TL-P18\",\"length\":20}]");
  assert_due (&law, "TL-P18", "2026-01-23");
  state (&law, "procedure.exclusions=[{\"kind\":\"appraisal\"}]");
  assert_due (&law, "TL-P16", "unknown");
}

/* MR 64 stops the time for service by public notice, HR 29 does not. */
static void
test_fields (void)
{
  static const char service[] =
    "procedure.exclusions=[{\"kind\":\"publication_service\",\"started_on\":\"2026-01-20\","
    "\"ended_on\":\"2026-02-09\"}]";
  g_auto (Law) hr = { NULL };
  g_auto (Law) mr = { NULL };
  law_init (&hr, "HR");
  law_init (&mr, "MR");
  state (&hr, "case.filed_on=2026-01-05");
  state (&mr, "case.filed_on=2026-01-05");
  state (&hr, service);
  state (&mr, service);
  assert_due (&hr, "TL-P16", "2026-04-07");
  assert_due (&mr, "TL-P16", "2026-04-27");
}

/* DC-14: which appeal period comes before the application to the court. */
static void
test_chain (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "BASE");
  state (&law, "remedy.known_on=2025-04-03");
  state (&law, "procedure.exclusions=[]");
  state (&law, "payment.deferred_until=-");
  state (&law, "remedy.review_decision_received_on=-");
  assert_due (&law, "TL-C11", "unknown");
  state (&law, "remedy.sued_on=-");
  state (&law, "case.procedure=ordinary");
  assert_due (&law, "TL-C11", "2026-01-09");
  state (&law, "case.procedure=simplified");
  assert_due (&law, "TL-R01", "2025-06-03");
  assert_due (&law, "TL-C11", "2025-09-03");
  state (&law, "remedy.review_decision_received_on=2025-06-10");
  assert_due (&law, "TL-R03", "2025-06-25");
  assert_due (&law, "TL-C11", "2025-09-25");
  state (&law, "payment.deferred_until=2025-12-31");
  assert_due (&law, "TL-C11", "2026-03-31");
  state (&law, "remedy.sued_on=2025-07-01");
  assert_due (&law, "TL-C11", "absent");
}

static void
test_lengths (void)
{
  g_auto (Law) law = { NULL };
  law_init (&law, "BASE");
  state (&law, "notice.served_on=2025-01-24");
  assert_due (&law, "TL-P12", "unknown");
  state (&law, "notice.defence_days=-");
  assert_due (&law, "TL-P12", "2025-02-07");
  state (&law, "notice.defence_days=7");
  assert_due (&law, "TL-P12", "2025-02-10");
  state (&law, "conduct.ended_on=2020-05-06");
  state (&law, "matter.limitation=ordinary");
  assert_due (&law, "TL-P01", "2022-05-06");
  state (&law, "matter.limitation=extended");
  assert_due (&law, "TL-P01", "unknown");
  state (&law, "conduct.has_harm=true");
  assert_due (&law, "TL-P01", "2025-05-06");

  g_autoptr (GError) error = NULL;
  const JzLimitRequest request = make_request (&law, NULL);
  state (&law, "notice.defence_days=-3");
  g_assert_null (
    jz_limit_compute (jz_rulebook_find_limit (law.rulebook, "TL-P12"), &request, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
}

static void
test_hours (void)
{
  g_auto (Law) law = { NULL };
  g_autoptr (GError) error = NULL;
  law_init (&law, "BASE");
  const JzDate day = { 2025, 9, 30 };
  const JzInstant from = jz_instant_from_date (day, 16, 45);
  JzLimitRequest request = make_request (&law, NULL);
  request.assumes = TRUE;
  request.from_instant = &from;
  g_autoptr (JzLimitAnswer) answer = compute (&law, "TL-P29", &request);
  g_autoptr (JzJson) json = jz_limit_answer_to_json (answer, law.calendar, JZ_LANGUAGE_EN);
  g_assert_cmpstr (jz_json_get_member_text (json, "kind"), ==, "instant");
  g_assert_cmpstr (jz_json_get_member_text (json, "due"), ==, "2025-10-01T16:45");
  request.from_instant = NULL;
  request.from = &day;
  g_assert_null (
    jz_limit_compute (jz_rulebook_find_limit (law.rulebook, "TL-P29"), &request, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  state (&law, "transfer.approved_at=2025-09-30T16:45");
  assert_due (&law, "TL-P29", "2025-10-01");
}

static JzRulebook *
load_text (const char *rules)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactVocabulary) vocabulary = jz_fact_vocabulary_load_shipped (&error);
  g_assert_no_error (error);
  g_autofree char *text = g_strconcat (
    "<rulebook id='t' level='national' field='BASE' version='1' semantics='1' "
    "in-force='2025-01-01'><name xml:lang='zh-CN'>试</name><name xml:lang='en'>t</name>",
    rules, "</rulebook>", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  const JzRulebookFile file = { bytes, "t.xml" };
  JzRulebook *rulebook = jz_rulebook_compose (vocabulary, &file, 1, &error);
  g_assert_no_error (error);
  return rulebook;
}

#define NAMES "<name xml:lang='zh-CN'>试</name><name xml:lang='en'>t</name>"
#define LIMIT(id, kind)                                                                            \
  "<limit id='" id "' in-force='2025-01-01' sure='design' kind='" kind "'>" NAMES

/* Kinds that the law of one case does not need: a schedule, a fixed date of the year, a quota. */
static void
test_other_kinds (void)
{
  static const char rules[] = LIMIT (
    "TL-X1",
    "schedule") "<start><at>now.date</at></start>"
                "<fixed month='4' day='30'/><fixed month='11' day='15'/>"
                "<ends>exists case.closed_on</ends></limit>" LIMIT (
                  "TL-X2",
                  "fixed") "<start><at>now.date</at></start>"
                           "<fixed month='1' day='31' previous-workday='yes'/>"
                           "<ends>exists case.closed_on</ends></limit>" LIMIT (
                             "TL-X3",
                             "quota") "<start><at>inspection.year_start</at></start>"
                                      "<quota fact='matter.inspection_cap' default='2'>"
                                      "<used>inspection.n_in_year</used></quota></limit>" LIMIT (
                                        "TL-X4",
                                        "backward") "<start><at>hearing.planned_on</at></start>"
                                                    "<length count='7' unit='WD' mode='INCLUSIVE'/>"
                                                    "<ends>exists "
                                                    "hearing.notice_served_on</ends></"
                                                    "limit>" LIMIT (
                                                      "TL-X5",
                                                      "date") "<start><at>limit('TL-X1').due</at></"
                                                              "start>"
                                                              "<length count='1' unit='MO' "
                                                              "roll='no'/>"
                                                              "<ends>exists "
                                                              "case.closed_on</ends></limit>";
  static const struct {
    const char *today;
    const char *schedule;
    const char *fixed;
    const char *month_later;
  } rows[] = {
    { "now.date=2025-01-01", "2025-04-30", "2025-01-27", "2025-05-30" },
    { "now.date=2025-04-30", "2025-04-30", "2026-01-30", "2025-05-30" },
    { "now.date=2025-05-01", "2025-11-15", "2026-01-30", "2025-12-15" },
    { "now.date=2025-11-16", "2026-04-30", "2026-01-30", "2026-05-30" },
  };
  g_auto (Law) law = { NULL };
  law_take (&law, load_text (rules));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    state (&law, rows[i].today);
    assert_due (&law, "TL-X1", rows[i].schedule);
    assert_due (&law, "TL-X2", rows[i].fixed);
    const JzLimitFacts facts = { law.rulebook, law.calendar, jz_fact_set_get_facts (law.facts) };
    JzLimitRequest request = make_request (&law, NULL);
    request.facts = jz_limit_facts_get_facts (&facts);
    g_autoptr (JzLimitAnswer) answer = compute (&law, "TL-X5", &request);
    assert_date (answer->due, rows[i].month_later);
  }
  state (&law, "hearing.planned_on=2026-02-26");
  assert_due (&law, "TL-X4", "2026-02-10");
  state (&law, "inspection.year_start=2026-01-01");
  assert_due (&law, "TL-X3", "unknown");
  state (&law, "matter.inspection_cap=-");
  state (&law, "inspection.n_in_year=1");
  assert_due (&law, "TL-X3", "2026-12-31");
  const JzLimitRequest request = make_request (&law, NULL);
  g_autoptr (JzLimitAnswer) quota = compute (&law, "TL-X3", &request);
  g_assert_cmpint (quota->quota, ==, 2);
  g_assert_cmpint (quota->used, ==, 1);
}

/* What is stated on the command line beside the rule. */
static void
test_stated_times (void)
{
  g_auto (Law) law = { NULL };
  g_autoptr (GError) error = NULL;
  law_init (&law, "BASE");
  const JzDate from = { 2025, 9, 5 };
  JzLimitRequest request = make_request (&law, &from);
  request.extension = 30;
  g_autoptr (JzLimitAnswer) answer = compute (&law, "TL-P16", &request);
  assert_date (answer->due, "2026-01-04");
  g_assert_null (
    jz_limit_compute (jz_rulebook_find_limit (law.rulebook, "TL-P14"), &request, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
  request.extension = 0;
  const JzDate unknown_year = { 2027, 3, 1 };
  request.from = &unknown_year;
  g_autoptr (JzLimitAnswer) presumed = compute (&law, "TL-P12", &request);
  g_assert_true (presumed->count->is_presumed);
  g_assert_cmpuint (presumed->assumed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (presumed->assumed, 0), ==, "notice.defence_days");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/rules/limit/vectors/BASE", "BASE", test_vectors);
  g_test_add_data_func ("/rules/limit/vectors/HR", "HR", test_vectors);
  g_test_add_func ("/rules/limit/every-limit", test_every_limit);
  g_test_add_func ("/rules/limit/properties", test_properties);
  g_test_add_func ("/rules/limit/case-limit", test_case_limit);
  g_test_add_func ("/rules/limit/fields", test_fields);
  g_test_add_func ("/rules/limit/chain", test_chain);
  g_test_add_func ("/rules/limit/lengths", test_lengths);
  g_test_add_func ("/rules/limit/hours", test_hours);
  g_test_add_func ("/rules/limit/other-kinds", test_other_kinds);
  g_test_add_func ("/rules/limit/stated-times", test_stated_times);
  return g_test_run ();
}
