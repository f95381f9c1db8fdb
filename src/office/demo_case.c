/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo_plan-private.h"

/* The plan of one case of the demo office: facts put together from words, people, and the steps of
 * one of the ways that data/demo/words.xml describes. Numbers are taken one statement at a time, so
 * that no compiler can change their order. */

/* One case was destroyed, some of the first hundred were taken over from paper; by index. */
#define EXPIRED_CASE 3
#define EVERY_PAPER_CASE 8
#define FIRST_PAPER_CASE 5
#define LAST_PAPER_CASE 96
static void
plan_clear (JzDemoPlan *self)
{
  g_free (self->label);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->duties, g_hash_table_unref);
  g_free (self->attachment);
  g_free (self->attachment_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzDemoPlan, plan_clear)

/* “3” or “3-7”; absent is @otherwise. */
static int
choose_number (JzDemoPlan *self, const xmlNode *element, const char *name, int otherwise)
{
  const char *text = jz_demo_words_peek_attribute (element, name);
  char *end = NULL;
  int least = text != NULL ? (int)g_ascii_strtoll (text, &end, 10) : otherwise;
  int most = end != NULL && *end == '-' ? (int)g_ascii_strtoll (end + 1, NULL, 10) : least;

  return jz_demo_random_between (&self->random, least, most);
}

static const char *
get_kind (guint index)
{
  if (index == EXPIRED_CASE)
    return "expired";
  return index < LAST_PAPER_CASE && index % EVERY_PAPER_CASE == FIRST_PAPER_CASE ? "paper"
                                                                                 : "ordinary";
}

static const xmlNode *
choose_way (JzDemoPlan *self, const char *kind)
{
  const xmlNode *ways = jz_demo_words_get_part (self->words, "ways");
  const xmlNode *chosen = NULL;
  int sum = 0;

  for (const xmlNode *way = jz_xml_get_first_element (ways); way != NULL;
       way = jz_xml_get_next_element (way)) {
    int weight = jz_demo_get_number (way, "weight");
    if (strcmp (jz_demo_words_peek_attribute (way, "kind"), kind) != 0)
      continue;
    sum += weight;
    if (jz_demo_random_between (&self->random, 1, sum) <= weight)
      chosen = way;
  }
  return chosen;
}

static JzInstant
choose_opening (JzDemoPlan *self, const char *kind)
{
  int n_days = jz_date_days_between (JZ_DEMO_FIRST_CASE_DAY, JZ_DEMO_LAST_DAY) - 5;
  JzDate date;

  /* All that ran on paper was taken over in one go. */
  if (strcmp (kind, "ordinary") != 0)
    return jz_instant_from_date ((JzDate){ 2025, 1, 20 }, 10, 0);
  date = jz_date_add_days (JZ_DEMO_FIRST_CASE_DAY,
                           jz_demo_random_between (&self->random, 0, n_days) - 1);
  date = jz_calendar_get_next_working_day (self->words->calendar, date, NULL);
  return jz_demo_time_on (&self->random, date);
}

/* The archivist archives on the last working day of a month, all that is ready in one go. */
static JzInstant
get_day_of_archiving (const JzDemoWords *words, JzInstant ready)
{
  JzDate date = jz_instant_get_date (ready);
  JzDate next = jz_date_add_months ((JzDate){ date.year, date.month, 1 }, 1);
  JzDate last = jz_calendar_get_previous_working_day (words->calendar, next, NULL);

  if (jz_date_compare (last, date) <= 0)
    last =
      jz_calendar_get_previous_working_day (words->calendar, jz_date_add_months (next, 1), NULL);
  return jz_instant_from_date (last, 15, 0);
}

static void
move_on (JzDemoPlan *self, const xmlNode *element)
{
  int n_days = choose_number (self, element, "days", 0);
  JzInstant time = jz_demo_time_later (self->words, &self->random, self->now, n_days);

  if (strcmp (jz_demo_words_peek_attribute (element, "do"), "archive") == 0 &&
      jz_demo_words_peek_attribute (element, "by") == NULL)
    time = get_day_of_archiving (self->words, time);
  if (time < jz_demo_time_end ()) {
    jz_demo_plan_hand_over (self, "handler", &time);
    jz_demo_plan_hand_over (self, "partner", &time);
  }
  self->is_over = time >= jz_demo_time_end ();
  if (!self->is_over)
    self->now = time;
}

static void
run_way (JzDemoPlan *self)
{
  for (const xmlNode *element = jz_xml_get_first_element (self->way);
       element != NULL && !self->is_over; element = jz_xml_get_next_element (element)) {
    gboolean needs_previous;
    gboolean was_done = self->was_done;
    int n_times;
    if (!jz_xml_is_element (element, "step"))
      continue;
    needs_previous = jz_demo_words_peek_attribute (element, "if") != NULL;
    n_times = choose_number (self, element, "times", 1);
    if (!jz_demo_random_chance (&self->random, choose_number (self, element, "chance", 100)) ||
        (needs_previous && !was_done))
      n_times = 0;
    self->was_done = FALSE;
    for (int i = 0; i < n_times && !self->is_over; i++) {
      move_on (self, element);
      if (!self->is_over)
        jz_demo_plan_run_step (self, element);
    }
  }
}

/**
 * jz_demo_plan_case:
 * @words: what it is made of
 * @seed: of the office
 * @index: which case, from 0
 * @agenda: (nullable): gets the steps; %NULL to learn only when it begins
 *
 * Plans a case. It does not depend on how many other cases there are.
 *
 * Returns: when it is opened
 */
JzInstant
jz_demo_plan_case (const JzDemoWords *words, guint64 seed, guint index, JzDemoAgenda *agenda)
{
  g_auto (JzDemoPlan) self = { .words = words, .agenda = agenda };
  const char *kind = get_kind (index);
  JzInstant end = jz_demo_time_end () - 1;

  jz_demo_random_init (&self.random, seed, (guint64)index + 1);
  self.way = choose_way (&self, kind);
  self.opened = choose_opening (&self, kind);
  self.now = self.opened;
  if (agenda == NULL)
    return self.opened;
  self.label = g_strdup_printf ("case-%u", index);
  self.facts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self.people = g_hash_table_new (g_str_hash, g_str_equal);
  self.duties = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  jz_demo_plan_choose_people (&self);
  jz_demo_plan_choose_facts (&self);
  jz_demo_plan_open (&self, kind);
  run_way (&self);
  /* A case in which nothing more happens is handed over as well. */
  jz_demo_plan_hand_over (&self, "handler", &end);
  jz_demo_plan_hand_over (&self, "partner", &end);
  return self.opened;
}
