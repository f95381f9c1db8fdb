/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo-private.h"

/* What happens in the demo office beside its cases: people come, get roles, certificates and
 * credentials, sign in and out, and leave. Steps of one act by one person at the same time are one
 * batch. */

typedef struct {
  const JzDemoWords *words;
  JzDemoAgenda *agenda;
  JzDemoRandom random;
} Life;

static const JzDemoPerson *
get_founder (Life *self)
{
  return g_ptr_array_index (self->words->people, 0);
}

static const JzDemoPerson *
get_second_person (Life *self)
{
  return g_ptr_array_index (self->words->people, 1);
}

static JzDate
parse_date (const char *text)
{
  JzDate date;

  if (!jz_date_parse (text, &date, NULL))
    g_assert_not_reached ();
  return date;
}

static JzDemoStep *
add (Life *self, JzInstant time, const JzDemoPerson *person, const char *act)
{
  return jz_demo_agenda_add (self->agenda, time, person->user, person->roles[0], act, NULL);
}

static void
set_reference (JzDemoStep *step, const char *name, const char *sign, const char *label)
{
  g_autofree char *text = g_strconcat (sign, label, NULL);
  jz_json_set_text (step->args, name, text);
}

static void
plan_adding (Life *self, JzInstant time, const JzDemoPerson *person)
{
  JzDemoStep *step = add (self, time, get_founder (self), "person.add");

  step->label = g_strdup (person->user);
  jz_json_set_text (step->args, "user", person->user);
  jz_json_set_text (step->args, "name", person->name);
  jz_json_set_text (step->args, "section", person->section);
}

static void
plan_roles (Life *self, JzInstant time, const JzDemoPerson *person)
{
  for (char **role = person->roles; *role != NULL; role++) {
    JzDemoStep *step = add (self, time, get_founder (self), "role.grant");
    set_reference (step, "person", "@", person->user);
    jz_json_set_text (step->args, "role", *role);
  }
}

static void
plan_certificate (Life *self, JzDate date, const JzDemoPerson *person)
{
  JzDemoStep *step = add (self, jz_instant_from_date (date, 11, 10), get_founder (self),
                          "certificate.issue.propose");

  step->label = g_strconcat ("certificate-", person->user, NULL);
  set_reference (step, "person", "@", person->user);
  jz_json_set_text (step->args, "reason", "first");
  step =
    add (self, jz_instant_from_date (date, 11, 40), get_second_person (self), "certificate.issue");
  set_reference (step, "person", "@", person->user);
  set_reference (step, "proposal", "#certificate-", person->user);
}

static void
plan_credential (Life *self, JzInstant time, const JzDemoPerson *keeper, const JzDemoPerson *person)
{
  const xmlNode *bureau = jz_demo_words_get_part (self->words, "bureau");
  JzDemoStep *step;

  if (person->credential == NULL)
    return;
  step = add (self, time, keeper, "credential.add");
  step->label = g_strconcat ("credential-", person->user, NULL);
  set_reference (step, "person", "@", person->user);
  jz_json_set_text (step->args, "number", person->credential);
  jz_json_set_text (step->args, "issuer", jz_demo_words_peek_attribute (bureau, "issuer"));
  jz_json_set_text (step->args, "scope", jz_demo_words_peek_attribute (bureau, "scope"));
  jz_json_set_text (step->args, "valid_from", person->credential_from);
  jz_json_set_text (step->args, "valid_to", person->credential_to);
}

static const JzDemoPerson *
get_keeper (Life *self)
{
  for (guint i = 0; i < self->words->people->len; i++) {
    const JzDemoPerson *person = g_ptr_array_index (self->words->people, i);
    if (strcmp (person->roles[0], "personnel_keeper") == 0)
      return person;
  }
  g_assert_not_reached ();
}

static void
plan_arrival (Life *self, const JzDemoPerson *person)
{
  JzDate date = parse_date (person->from);

  plan_adding (self, jz_instant_from_date (date, 10, 30), person);
  plan_roles (self, jz_instant_from_date (date, 10, 50), person);
  plan_certificate (self, date, person);
  plan_credential (self, jz_instant_from_date (date, 14, 45), get_keeper (self), person);
}

static void
plan_leaving (Life *self, const JzDemoPerson *person)
{
  JzDate date;
  JzDemoStep *step;

  if (person->until == NULL)
    return;
  date = parse_date (person->until);
  step = add (self, jz_instant_from_date (date, 17, 10), get_founder (self), "person.leave");
  set_reference (step, "person", "@", person->user);
  jz_json_set_text (step->args, "happened", person->until);
  jz_json_set_text (step->args, "reason", person->reason);
}

/* The second person is added before the store is accepted, and then everybody else. */
static void
plan_beginning (Life *self)
{
  const JzDemoPerson *second = get_second_person (self);
  JzDate date = JZ_DEMO_FIRST_DAY;
  JzDemoStep *step;

  plan_adding (self, jz_instant_from_date (date, 9, 10), second);
  plan_roles (self, jz_instant_from_date (date, 9, 14), second);
  step = add (self, jz_instant_from_date (date, 9, 20), get_founder (self), "store.accept.propose");
  step->label = g_strdup ("accept");
  set_reference (step, "person", "@", second->user);
  step = add (self, jz_instant_from_date (date, 9, 40), second, "store.accept");
  set_reference (step, "person", "@", second->user);
  set_reference (step, "proposal", "#", "accept");
}

static void
plan_day (Life *self, const JzDemoPerson *person, JzDate date)
{
  JzInstant begin = jz_instant_from_date (date, 8, 30);
  JzInstant end = jz_instant_from_date (date, 17, 30);
  int late_ms = jz_demo_random_between (&self->random, 0, 15 * 60 * 1000);
  int early_ms = jz_demo_random_between (&self->random, 0, 15 * 60 * 1000);

  add (self, begin + late_ms, person, "session.sign_in");
  if (end - early_ms < jz_demo_time_end ())
    add (self, end - early_ms, person, "session.sign_out");
}

static gboolean
is_here (const JzDemoPerson *person, JzDate date)
{
  char text[JZ_DATE_SIZE];

  jz_date_format (date, text);
  return strcmp (person->from, text) < 0 &&
         (person->until == NULL || strcmp (text, person->until) < 0);
}

/* Everybody signs in on the first working day of each month, and the administrator each week: the
 * office is never silent for so long that its clock would have to be confirmed. */
static void
plan_sign_ins (Life *self)
{
  JzDate before = JZ_DEMO_FIRST_DAY;
  JzDate date = jz_calendar_get_next_working_day (self->words->calendar, before, NULL);

  for (; jz_date_compare (date, JZ_DEMO_LAST_DAY) < 0;
       before = date, date = jz_calendar_get_next_working_day (self->words->calendar, date, NULL)) {
    gboolean is_new_week = jz_date_get_weekday (date) <= jz_date_get_weekday (before) ||
                           jz_date_days_between (before, date) > 6;
    for (guint i = 0; i < self->words->people->len; i++) {
      const JzDemoPerson *person = g_ptr_array_index (self->words->people, i);
      if (is_here (person, date) &&
          ((i == 0 && is_new_week) || date.month != before.month || !is_here (person, before)))
        plan_day (self, person, date);
    }
  }
}

/* The last entry is that at which the office's clock stands. */
static void
plan_end (Life *self)
{
  const JzDemoPerson *founder = get_founder (self);
  JzInstant end = jz_demo_time_end ();

  add (self, end, founder, "session.sign_in");
  add (self, end + 30 * 60 * 1000, founder, "session.sign_out");
}

static void
plan_act (Life *self, const xmlNode *element)
{
  g_autofree char *text =
    g_strconcat (jz_demo_words_peek_attribute (element, "at"), ":00.000+08:00", NULL);
  JzInstant time = 0;
  JzDemoStep *step;

  if (!jz_instant_parse (text, &time, NULL))
    g_assert_not_reached ();
  step = jz_demo_agenda_add (self->agenda, time, jz_demo_words_peek_attribute (element, "by"),
                             jz_demo_words_peek_attribute (element, "role"),
                             jz_demo_words_peek_attribute (element, "name"),
                             jz_demo_words_peek_attribute (element, "as"));
  for (const xmlNode *arg = jz_xml_get_first_element (element); arg != NULL;
       arg = jz_xml_get_next_element (arg)) {
    g_autofree char *value = jz_xml_dup_text (arg);
    const char *name = jz_demo_words_peek_attribute (arg, "name");
    if (jz_demo_words_peek_attribute (arg, "kind") != NULL)
      jz_json_set_integer (step->args, name, g_ascii_strtoll (value, NULL, 10));
    else
      jz_json_set_text (step->args, name, value);
  }
}

/**
 * jz_demo_plan_life:
 * @words: what the office is made of
 * @seed: of the office
 * @agenda: gets the steps
 *
 * Plans what happens in the office beside its cases.
 */
void
jz_demo_plan_life (const JzDemoWords *words, guint64 seed, JzDemoAgenda *agenda)
{
  Life self = { .words = words, .agenda = agenda };

  jz_demo_random_init (&self.random, seed, 0);
  plan_beginning (&self);
  for (guint i = 2; i < words->people->len; i++)
    plan_arrival (&self, g_ptr_array_index (words->people, i));
  for (const xmlNode *element = jz_xml_get_first_element (jz_demo_words_get_part (words, "life"));
       element != NULL; element = jz_xml_get_next_element (element))
    plan_act (&self, element);
  plan_sign_ins (&self);
  for (guint i = 0; i < words->people->len; i++)
    plan_leaving (&self, g_ptr_array_index (words->people, i));
  plan_end (&self);
}
