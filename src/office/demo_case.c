/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo_plan-private.h"
#include "office/role.h"

/* The plan of one case of the demo office: facts put together from words, people, and the steps of
 * one of the ways that data/demo/words.xml describes. Numbers are taken one statement at a time, so
 * that no compiler can change their order. */

/* One case was destroyed, some of the first hundred were taken over from paper; by index. */
#define EXPIRED_CASE 3
#define EVERY_PAPER_CASE 8
#define FIRST_PAPER_CASE 5
#define LAST_PAPER_CASE 96
/* One in four is no ordinary penalty. */
#define EVERY_ORDINARY_CASE 4
#define FIRST_ORDINARY_CASE 2
/* Those that show every way begin early enough to come to their ends. */
#define DAYS_OF_FIRST_WAYS 250

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

static const char *
get_kind (guint index)
{
  if (index == EXPIRED_CASE)
    return "expired";
  if (index < LAST_PAPER_CASE && index % EVERY_PAPER_CASE == FIRST_PAPER_CASE)
    return "paper";
  return index % EVERY_ORDINARY_CASE == FIRST_ORDINARY_CASE ? "ordinary" : "penalty";
}

static guint
count_ways (const xmlNode *ways)
{
  guint n = 0;

  for (const xmlNode *way = jz_xml_get_first_element (ways); way != NULL;
       way = jz_xml_get_next_element (way))
    n++;
  return n;
}

/* How many penalty cases there are before it. */
static guint
count_penalties (guint index)
{
  guint n = 0;

  for (guint i = 0; i < index; i++)
    n += strcmp (get_kind (i), "penalty") == 0;
  return n;
}

/* The first penalty cases go every way there is, so that a small office shows them all. */
static const xmlNode *
find_first_way (JzDemoPlan *self, guint index)
{
  const xmlNode *ways = jz_demo_words_get_part (self->words, "penalties");
  guint n_before = index < 2 * LAST_PAPER_CASE ? count_penalties (index) : G_MAXUINT;
  const xmlNode *way = jz_xml_get_first_element (ways);

  if (n_before >= count_ways (ways))
    return NULL;
  for (guint i = 0; i < n_before; i++)
    way = jz_xml_get_next_element (way);
  return way;
}

static const xmlNode *
choose_way (JzDemoPlan *self, const char *kind)
{
  gboolean is_penalty = strcmp (kind, "penalty") == 0;
  const xmlNode *ways = jz_demo_words_get_part (self->words, is_penalty ? "penalties" : "ways");
  const xmlNode *chosen = NULL;
  int sum = 0;

  for (const xmlNode *way = jz_xml_get_first_element (ways); way != NULL;
       way = jz_xml_get_next_element (way)) {
    int weight = jz_demo_get_number (way, "weight");
    if (!is_penalty && strcmp (jz_demo_words_peek_attribute (way, "kind"), kind) != 0)
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
  int n_days_from = self->is_first ? DAYS_OF_FIRST_WAYS : n_days;
  int n_days_before = jz_demo_plan_choose_number (self, self->way, "ago", 0);
  JzDate date;

  /* All that ran on paper was taken over in one go. */
  if (jz_word_is_in (kind, "paper|expired"))
    return jz_instant_from_date ((JzDate){ 2025, 1, 20 }, 10, 0);
  date = jz_date_add_days (JZ_DEMO_FIRST_CASE_DAY,
                           jz_demo_random_between (&self->random, 0, n_days_from) - 1);
  if (n_days_before > 0)
    date = jz_date_add_days (JZ_DEMO_LAST_DAY, -n_days_before);
  date = jz_calendar_get_next_working_day (self->words->calendar, date, NULL);
  return jz_demo_time_on (&self->random, date);
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
  self.way = strcmp (kind, "penalty") == 0 ? find_first_way (&self, index) : NULL;
  self.is_first = self.way != NULL;
  if (self.way == NULL)
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
  jz_demo_plan_choose_facts (&self, kind);
  jz_demo_plan_open (&self, kind);
  jz_demo_plan_run (&self, self.way);
  /* A case in which nothing more happens is handed over as well. */
  jz_demo_plan_hand_over (&self, "handler", &end);
  jz_demo_plan_hand_over (&self, "partner", &end);
  return self.opened;
}

static int
compare_openings (gconstpointer a, gconstpointer b)
{
  const JzDemoOpening *first = a;
  const JzDemoOpening *second = b;

  if (first->time != second->time)
    return first->time < second->time ? -1 : 1;
  return first->index < second->index ? -1 : first->index > second->index;
}

/**
 * jz_demo_plan_openings:
 * @words: what cases are made of
 * @seed: of the office
 * @n_cases: how many there are
 *
 * Returns: (transfer full) (element-type JzDemoOpening): when each begins, by time
 */
GArray *
jz_demo_plan_openings (const JzDemoWords *words, guint64 seed, guint n_cases)
{
  GArray *openings = g_array_new (FALSE, FALSE, sizeof (JzDemoOpening));

  for (guint i = 0; i < n_cases; i++) {
    JzDemoOpening opening = { jz_demo_plan_case (words, seed, i, NULL), i };
    g_array_append_val (openings, opening);
  }
  g_array_sort (openings, compare_openings);
  return openings;
}
