/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo_plan-private.h"

/* How a case goes its way: the elements of a way one after the other, each some working days after
 * the one before, until the demo office's time is over. */

/**
 * jz_demo_plan_choose_number:
 * @self: a plan
 * @element: an element
 * @name: an attribute: “3” or “3-7”
 * @otherwise: what it is where there is none
 *
 * Returns: a number of the range
 */
int
jz_demo_plan_choose_number (JzDemoPlan *self,
                            const xmlNode *element,
                            const char *name,
                            int otherwise)
{
  const char *text = jz_demo_words_peek_attribute (element, name);
  char *end = NULL;
  int least = text != NULL ? (int)g_ascii_strtoll (text, &end, 10) : otherwise;
  int most = end != NULL && *end == '-' ? (int)g_ascii_strtoll (end + 1, NULL, 10) : least;

  return jz_demo_random_between (&self->random, least, most);
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

static gboolean
is_archiving (const xmlNode *element)
{
  return g_strcmp0 (jz_demo_words_peek_attribute (element, "do"), "archive") == 0 &&
         jz_demo_words_peek_attribute (element, "by") == NULL;
}

static void
move_on (JzDemoPlan *self, const xmlNode *element)
{
  int n_days = jz_demo_plan_choose_number (self, element, "days", 0);
  JzInstant time = jz_demo_time_later (self->words, &self->random, self->now, n_days);

  if (is_archiving (element))
    time = get_day_of_archiving (self->words, time);
  if (time < jz_demo_time_end ()) {
    jz_demo_plan_hand_over (self, "handler", &time);
    jz_demo_plan_hand_over (self, "partner", &time);
  }
  self->is_over = time >= jz_demo_time_end ();
  if (!self->is_over)
    self->now = time;
}

static const xmlNode *
find_part (JzDemoPlan *self, const char *name)
{
  const xmlNode *part = jz_xml_get_first_element (jz_demo_words_get_part (self->words, "parts"));

  while (part != NULL && strcmp (jz_demo_words_peek_attribute (part, "id"), name) != 0)
    part = jz_xml_get_next_element (part);
  if (part == NULL)
    g_error ("the words of the demo office have no part %s", name);
  return part;
}

/* One of the parts that are named. */
static void
run_part (JzDemoPlan *self, const xmlNode *element)
{
  g_auto (GStrv) names = g_strsplit (jz_demo_words_peek_attribute (element, "part"), " ", -1);
  int chosen = jz_demo_random_between (&self->random, 0, (int)g_strv_length (names) - 1);

  jz_demo_plan_run (self, find_part (self, names[chosen]));
}

static void
let (JzDemoPlan *self, const xmlNode *element)
{
  g_autofree char *text = jz_demo_plan_expand (self, jz_demo_words_peek_attribute (element, "be"));

  jz_demo_plan_set_fact (self, jz_demo_words_peek_attribute (element, "fact"),
                         g_steal_pointer (&text));
}

static void
run_element (JzDemoPlan *self, const xmlNode *element)
{
  if (jz_xml_is_element (element, "use")) {
    run_part (self, element);
    return;
  }
  if (jz_xml_is_element (element, "let")) {
    let (self, element);
    return;
  }
  move_on (self, element);
  if (self->is_over)
    return;
  if (jz_xml_is_element (element, "act"))
    jz_demo_plan_add_act (self, element);
  else
    jz_demo_plan_run_step (self, element);
}

static gboolean
has_fact (JzDemoPlan *self, const xmlNode *element, const char *attribute)
{
  const char *name = jz_demo_words_peek_attribute (element, attribute);
  return name != NULL && jz_demo_plan_get_fact (self, name)[0] != '\0';
}

static int
count_times (JzDemoPlan *self, const xmlNode *element, gboolean was_done)
{
  int n_times = jz_demo_plan_choose_number (self, element, "times", 1);
  int chance = jz_demo_plan_choose_number (self, element, "chance", 100);
  gboolean is_lucky = jz_demo_random_chance (&self->random, chance);

  if (!is_lucky || (jz_demo_words_peek_attribute (element, "if") != NULL && !was_done) ||
      (jz_demo_words_peek_attribute (element, "when") != NULL &&
       !has_fact (self, element, "when")) ||
      has_fact (self, element, "unless"))
    return 0;
  return n_times;
}

/**
 * jz_demo_plan_run:
 * @self: a plan
 * @parent: a way or a part of ways
 *
 * Adds the acts of all elements in it.
 */
void
jz_demo_plan_run (JzDemoPlan *self, const xmlNode *parent)
{
  for (const xmlNode *element = jz_xml_get_first_element (parent);
       element != NULL && !self->is_over; element = jz_xml_get_next_element (element)) {
    gboolean was_done = self->was_done;
    int n_times;
    if (jz_xml_is_element (element, "before"))
      continue;
    n_times = count_times (self, element, was_done);
    self->was_done = FALSE;
    for (int i = 0; i < n_times && !self->is_over; i++)
      run_element (self, element);
  }
}
