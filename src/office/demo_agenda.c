/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/demo-private.h"

/* What is still to happen in the demo office, and when offices work: 08:30 to 12:00 and 14:00 to
 * 17:30 on working days. */

#define MINUTE_MS (60 * 1000)
#define HALF_DAY_MS (210 * MINUTE_MS)

/**
 * jz_demo_step_free:
 * @self: (transfer full): a step
 */
void
jz_demo_step_free (JzDemoStep *self)
{
  g_free (self->user);
  g_free (self->role);
  g_free (self->act);
  g_free (self->label);
  jz_json_unref (self->args);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

static int
compare_steps (gconstpointer a, gconstpointer b, gpointer data)
{
  const JzDemoStep *first = a;
  const JzDemoStep *second = b;

  if (first->time != second->time)
    return first->time < second->time ? -1 : 1;
  return first->order < second->order ? -1 : first->order > second->order;
}

/**
 * jz_demo_agenda_init:
 * @self: what to set up
 */
void
jz_demo_agenda_init (JzDemoAgenda *self)
{
  self->steps = g_sequence_new (NULL);
  self->n_added = 0;
}

static void
free_step (gpointer step, gpointer data)
{
  jz_demo_step_free (step);
}

/**
 * jz_demo_agenda_clear:
 * @self: an agenda
 */
void
jz_demo_agenda_clear (JzDemoAgenda *self)
{
  g_sequence_foreach (self->steps, free_step, NULL);
  g_clear_pointer (&self->steps, g_sequence_free);
}

/**
 * jz_demo_agenda_add:
 * @self: an agenda
 * @time: when
 * @user: who
 * @role: in which role
 * @act: name of an act
 * @label: (nullable): name of what it makes
 *
 * Returns: (transfer none): the step, for its arguments to be set
 */
JzDemoStep *
jz_demo_agenda_add (JzDemoAgenda *self,
                    JzInstant time,
                    const char *user,
                    const char *role,
                    const char *act,
                    const char *label)
{
  JzDemoStep *step = g_new0 (JzDemoStep, 1);

  step->time = time;
  step->order = self->n_added++;
  step->user = g_strdup (user);
  step->role = g_strdup (role);
  step->act = g_strdup (act);
  step->label = g_strdup (label);
  step->args = jz_json_new_object ();
  g_sequence_insert_sorted (self->steps, step, compare_steps, NULL);
  return step;
}

/**
 * jz_demo_agenda_peek:
 * @self: an agenda
 *
 * Returns: (transfer none) (nullable): what happens next
 */
const JzDemoStep *
jz_demo_agenda_peek (const JzDemoAgenda *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->steps);
  return g_sequence_iter_is_end (first) ? NULL : g_sequence_get (first);
}

/**
 * jz_demo_agenda_take:
 * @self: an agenda that is not empty
 *
 * Returns: (transfer full): what happens next
 */
JzDemoStep *
jz_demo_agenda_take (JzDemoAgenda *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->steps);
  JzDemoStep *step = g_sequence_get (first);

  g_sequence_remove (first);
  return step;
}

static JzInstant
get_time (JzDate date, int worked_ms)
{
  return worked_ms < HALF_DAY_MS ? jz_instant_from_date (date, 8, 30) + worked_ms
                                 : jz_instant_from_date (date, 14, 0) + (worked_ms - HALF_DAY_MS);
}

static int
get_worked_ms (JzInstant time)
{
  JzDate date = jz_instant_get_date (time);
  gint64 morning = time - jz_instant_from_date (date, 8, 30);
  gint64 afternoon = time - jz_instant_from_date (date, 14, 0);

  if (afternoon >= 0)
    return (int)MIN (HALF_DAY_MS + afternoon, 2 * HALF_DAY_MS);
  return (int)CLAMP (morning, 0, HALF_DAY_MS);
}

/**
 * jz_demo_time_on:
 * @random: numbers
 * @date: a working day
 *
 * Returns: a time within office hours
 */
JzInstant
jz_demo_time_on (JzDemoRandom *random, JzDate date)
{
  return get_time (date, jz_demo_random_between (random, 0, 2 * HALF_DAY_MS - 1));
}

/**
 * jz_demo_time_later:
 * @words: with the calendar
 * @random: numbers
 * @from: a time
 * @n_working_days: so many working days later; 0 is the same day if it is long enough
 *
 * Returns: a later time within office hours
 */
JzInstant
jz_demo_time_later (const JzDemoWords *words,
                    JzDemoRandom *random,
                    JzInstant from,
                    int n_working_days)
{
  JzDate date = jz_instant_get_date (from);
  int worked_ms =
    get_worked_ms (from) + jz_demo_random_between (random, 2 * MINUTE_MS, 40 * MINUTE_MS);

  if (n_working_days == 0 && worked_ms < 2 * HALF_DAY_MS)
    return get_time (date, worked_ms);
  for (int i = 0; i < MAX (n_working_days, 1); i++)
    date = jz_calendar_get_next_working_day (words->calendar, date, NULL);
  return jz_demo_time_on (random, date);
}

/**
 * jz_demo_time_end:
 *
 * Returns: when nothing happens any more in the demo office but what ends it
 */
JzInstant
jz_demo_time_end (void)
{
  return jz_instant_from_date (JZ_DEMO_LAST_DAY, 9, 0);
}
