/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo_plan-private.h"
#include "office/role.h"

/* What the steps of a way do: each becomes an act, seldom two. */

/* Working days from the notice of a hearing to it, and days by which a payment is put off. */
#define DAYS_TO_HEARING 10
#define DAYS_OF_DEFERRAL 45

static void
set_day_fact (JzDemoPlan *self, const char *name, JzDate date)
{
  char text[JZ_DATE_SIZE];

  jz_date_format (date, text);
  jz_demo_plan_set_fact (self, name, g_strdup (text));
}

static JzDate
get_working_day (JzDemoPlan *self, JzDate date, int n_days)
{
  for (int i = 0; i < n_days; i++)
    date = jz_calendar_get_next_working_day (self->words->calendar, date, NULL);
  return date;
}

static void
set_moment_fact (JzDemoPlan *self, const char *name, JzInstant moment)
{
  char text[JZ_INSTANT_SIZE];

  jz_instant_format (moment, text);
  jz_demo_plan_set_fact (self, name, g_strdup (text));
}

/**
 * jz_demo_plan_set_changing_facts:
 * @self: a plan
 *
 * Sets the facts that are not the same at each step: who does what now (`handler` is a name,
 * `handler_id` stands for the id), and the time.
 */
void
jz_demo_plan_set_changing_facts (JzDemoPlan *self)
{
  JzDate date = jz_instant_get_date (self->now);
  char moment[JZ_INSTANT_SIZE];
  GHashTableIter people;
  gpointer who, person;

  g_hash_table_iter_init (&people, self->people);
  while (g_hash_table_iter_next (&people, &who, &person)) {
    g_autofree char *id = g_strconcat (who, "_id", NULL);
    jz_demo_plan_set_fact (self, who, g_strdup (((const JzDemoPerson *)person)->name));
    jz_demo_plan_set_fact (self, id, g_strconcat ("@", ((const JzDemoPerson *)person)->user, NULL));
  }
  jz_instant_format (self->now, moment);
  jz_demo_plan_set_fact (self, "moment", g_strdup (moment));
  jz_demo_plan_set_fact (self, "minute", g_strndup (moment, strlen ("2025-01-02T09:00")));
  set_day_fact (self, "day", date);
  set_day_fact (self, "soon", get_working_day (self, date, DAYS_TO_HEARING));
  set_day_fact (self, "later", jz_date_add_days (date, DAYS_OF_DEFERRAL));
  set_moment_fact (self, "half_past_eight", jz_instant_from_date (date, 8, 30));
  set_moment_fact (self, "nearly_nine", jz_instant_from_date (date, 8, 54));
  set_moment_fact (self, "nine", jz_instant_from_date (date, 9, 0));
  jz_demo_plan_set_fact (self, "today",
                         g_strdup_printf ("%d年%d月%d日", date.year, date.month, date.day));
}

static void
set_date (JzDemoStep *step, const char *name, JzDate date)
{
  char text[JZ_DATE_SIZE];

  jz_date_format (date, text);
  jz_json_set_text (step->args, name, text);
}

static JzDemoStep *
add_step (JzDemoPlan *self, const JzDemoPerson *person, const char *role, const char *act)
{
  JzDemoStep *step = jz_demo_agenda_add (self->agenda, self->now, person->user, role, act, NULL);
  g_autofree char *id = g_strconcat ("@", self->label, NULL);

  jz_json_set_text (step->args, "case", id);
  return step;
}

static void
add_duty (JzDemoPlan *self, const JzDemoPerson *person, const char *duty)
{
  g_hash_table_add (self->duties, g_strconcat (person->user, " ", duty, NULL));
}

/* Whether it was had, and not any more. */
static gboolean
remove_duty (JzDemoPlan *self, const JzDemoPerson *person, const char *duty)
{
  g_autofree char *name = g_strconcat (person->user, " ", duty, NULL);
  return g_hash_table_remove (self->duties, name);
}

static void
add_duty_step (JzDemoPlan *self,
               const char *act,
               const char *by,
               const JzDemoPerson *person,
               const char *duty,
               const char *reason)
{
  JzDemoStep *step =
    add_step (self, jz_demo_plan_get_person (self, by), jz_demo_plan_get_role (by), act);
  g_autofree char *id = g_strconcat ("@", person->user, NULL);

  jz_json_set_text (step->args, "person", id);
  jz_json_set_text (step->args, "duty", duty);
  if (reason != NULL && reason[0] != '\0')
    jz_json_set_text (step->args, "reason", reason);
}

static JzDate
choose_day_found (JzDemoPlan *self, const char *kind)
{
  if (jz_word_is_in (kind, "ordinary|penalty"))
    return jz_date_add_days (jz_instant_get_date (self->opened),
                             -jz_demo_random_between (&self->random, 0, 3));
  if (strcmp (kind, "paper") == 0)
    return jz_date_add_days ((JzDate){ 2024, 8, 1 },
                             jz_demo_random_between (&self->random, 0, 150));
  return jz_date_add_days ((JzDate){ 2014, 8, 1 }, jz_demo_random_between (&self->random, 0, 60));
}

static void
set_source (JzDemoPlan *self, JzDemoStep *step)
{
  static const char *const sources[] = { "inspection", "report", "transfer", "assignment",
                                         "monitoring" };
  gsize chosen = (gsize)jz_demo_random_between (&self->random, 0, G_N_ELEMENTS (sources) - 1);
  g_autofree char *text = g_strdup_printf ("%s%s。", jz_demo_plan_get_fact (self, "party"),
                                           jz_demo_plan_get_fact (self, "fact"));

  jz_json_set_text (step->args, "case.source", sources[chosen]);
  jz_json_set_text (step->args, "case.lead_text", text);
  jz_json_set_boolean (step->args, "case.is_reporter_named", FALSE);
}

static const char *
get_opening_act (const char *kind)
{
  if (strcmp (kind, "penalty") == 0)
    return "lead.register";
  return strcmp (kind, "ordinary") == 0 ? "case.open" : "case.take_over";
}

/**
 * jz_demo_plan_open:
 * @self: a plan with people and facts
 * @kind: kind of its way
 *
 * Adds the act that opens the case or takes it over.
 */
void
jz_demo_plan_open (JzDemoPlan *self, const char *kind)
{
  const char *who = jz_demo_words_peek_attribute (self->way, "opener");
  const JzDemoPerson *opener = jz_demo_plan_get_person (self, who);
  JzDate found = choose_day_found (self, kind);
  JzDemoStep *step =
    jz_demo_agenda_add (self->agenda, self->opened, opener->user, jz_demo_plan_get_role (who),
                        get_opening_act (kind), self->label);

  jz_json_set_text (step->args, "title", jz_demo_plan_get_fact (self, "title"));
  jz_json_set_text (step->args, "party", jz_demo_plan_get_fact (self, "party"));
  jz_json_set_text (step->args, "matter", jz_demo_plan_get_fact (self, "matter"));
  set_date (step, "found", found);
  set_day_fact (self, "found_on", found);
  if (strcmp (kind, "penalty") == 0)
    set_source (self, step);
  else if (strcmp (kind, "ordinary") != 0) {
    g_autofree char *text = jz_xml_dup_text (jz_xml_get_first_element (self->way));
    jz_json_set_text (step->args, "before", text);
  }
  add_duty (self, opener, "handler");
}

/**
 * jz_demo_plan_hand_over:
 * @self: a plan
 * @who: what somebody is to the case
 * @time: (inout): of the next step; later where handing over comes before it
 *
 * Who leaves hands his cases over on the working day before.
 */
void
jz_demo_plan_hand_over (JzDemoPlan *self, const char *who, JzInstant *time)
{
  const JzDemoPerson *leaver = jz_demo_plan_get_person (self, who);
  const JzDemoPerson *successor;
  JzInstant day;
  JzDate last;

  if (leaver->until == NULL || !jz_date_parse (leaver->until, &last, NULL))
    return;
  last = jz_calendar_get_previous_working_day (self->words->calendar, last, NULL);
  if (jz_date_compare (jz_instant_get_date (*time), last) < 0)
    return;
  successor = jz_demo_plan_choose_person (self, "handler", NULL, last);
  g_assert (successor != NULL);
  g_hash_table_insert (self->people, (gpointer)who, (gpointer)successor);
  if (!remove_duty (self, leaver, "handler") || self->is_closed)
    return;
  day = jz_demo_time_on (&self->random, last);
  self->now = MAX (self->now + 60 * 1000, day);
  add_duty_step (self, "case.unassign", "section_head", leaver, "handler", leaver->reason);
  self->now += 60 * 1000;
  add_duty_step (self, "case.assign", "section_head", successor, "handler", leaver->reason);
  add_duty (self, successor, "handler");
  *time = MAX (*time, self->now + 60 * 1000);
}

static gboolean
do_assign (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  const char *duty = jz_demo_words_peek_attribute (element, "duty");
  const char *to = jz_demo_words_peek_attribute (element, "to");
  const JzDemoPerson *person = jz_demo_plan_get_person (self, to);

  add_duty_step (self, "case.assign", by, person, duty, text);
  add_duty (self, person, duty);
  if (strcmp (to, "other_reviewer") == 0)
    g_hash_table_insert (self->people, (gpointer) "reviewer", (gpointer)person);
  return TRUE;
}

static gboolean
do_unassign (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  const char *duty = jz_demo_words_peek_attribute (element, "duty");
  const JzDemoPerson *person =
    jz_demo_plan_get_person (self, jz_demo_words_peek_attribute (element, "to"));

  if (!remove_duty (self, person, duty))
    return FALSE;
  add_duty_step (self, "case.unassign", by, person, duty, text);
  return TRUE;
}

static gboolean
do_note (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  JzDemoStep *step =
    add_step (self, jz_demo_plan_get_person (self, by), jz_demo_plan_get_role (by), "case.note");
  JzDate opened = jz_instant_get_date (self->opened);
  JzDate before = jz_calendar_get_previous_working_day (self->words->calendar,
                                                        jz_instant_get_date (self->now), NULL);

  jz_json_set_text (step->args, "text", text);
  /* Some things are written down only on the next day. */
  if (jz_demo_random_chance (&self->random, 15))
    set_date (step, "happened", jz_date_compare (before, opened) < 0 ? opened : before);
  return TRUE;
}

static void
add_attachment (JzDemoPlan *self,
                const char *by,
                char *name,
                const char *description,
                GBytes *content)
{
  JzDemoStep *step = add_step (self, jz_demo_plan_get_person (self, by), jz_demo_plan_get_role (by),
                               "attachment.add");

  self->n_attachments++;
  g_free (self->attachment);
  self->attachment = g_strdup_printf ("%s-%d", self->label, self->n_attachments);
  g_free (self->attachment_name);
  self->attachment_name = name;
  jz_demo_plan_set_fact (self, "attachment", g_strconcat ("@", self->attachment, NULL));
  step->label = g_strdup (self->attachment);
  step->content = content;
  jz_json_set_text (step->args, "name", name);
  if (description != NULL)
    jz_json_set_text (step->args, "description", description);
}

static gboolean
do_attach (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  const char *name = jz_demo_words_peek_attribute (element, "name");
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  add_attachment (self, by, g_strconcat (name, ".txt", NULL), NULL,
                  g_bytes_new (line, strlen (line)));
  return TRUE;
}

static gboolean
do_photo (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  const char *name = jz_demo_words_peek_attribute (element, "name");
  g_autoptr (GBytes) picture = jz_demo_picture (&self->random);

  self->n_pictures++;
  add_attachment (self, by, g_strdup_printf ("%s%d.png", name, self->n_pictures), text,
                  g_steal_pointer (&picture));
  return TRUE;
}

static gboolean
do_describe (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  g_autofree char *id = g_strconcat ("@", self->attachment, NULL);
  JzDemoStep *step;

  if (self->attachment == NULL)
    return FALSE;
  step = add_step (self, jz_demo_plan_get_person (self, by), jz_demo_plan_get_role (by),
                   "attachment.describe");
  jz_json_set_text (step->args, "attachment", id);
  jz_json_set_text (step->args, "name", self->attachment_name);
  jz_json_set_text (step->args, "description", text);
  return TRUE;
}

/* The day that the step names, or that on which it is done. */
static JzDate
get_day (JzDemoPlan *self, const xmlNode *element)
{
  const char *happened = jz_demo_words_peek_attribute (element, "happened");
  JzDate date = jz_instant_get_date (self->now);

  if (happened != NULL && !jz_date_parse (happened, &date, NULL))
    g_assert_not_reached ();
  return date;
}

static gboolean
do_close (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  JzDemoStep *step =
    add_step (self, jz_demo_plan_get_person (self, by), jz_demo_plan_get_role (by), "case.close");

  set_date (step, "happened", get_day (self, element));
  jz_json_set_text (step->args, "ground", text);
  self->is_closed = TRUE;
  return TRUE;
}

static gboolean
do_archive (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  const char *until = jz_demo_words_peek_attribute (element, "until");
  JzDate date = get_day (self, element);
  JzDemoStep *step;

  if (!self->is_closed)
    return FALSE;
  step =
    add_step (self, jz_demo_plan_get_person (self, by), jz_demo_plan_get_role (by), "case.archive");
  set_date (step, "happened", date);
  jz_json_set_text (step->args, "class", jz_demo_words_peek_attribute (element, "class"));
  if (until != NULL)
    jz_json_set_text (step->args, "keep_until", until);
  else
    set_date (step, "keep_until",
              jz_date_add_months (date, 12 * jz_demo_get_number (element, "keep")));
  self->is_archived = TRUE;
  return TRUE;
}

static gboolean
do_destroy (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text)
{
  const JzDemoPerson *head = g_ptr_array_index (self->words->people, 1);
  g_autofree char *label = g_strconcat (self->label, "-destroy", NULL);
  g_autofree char *proposal = g_strconcat ("#", label, NULL);
  JzDemoStep *step;

  if (!self->is_archived)
    return FALSE;
  step = add_step (self, jz_demo_plan_get_person (self, "archivist"), "archivist",
                   "case.destroy.propose");
  step->label = g_steal_pointer (&label);
  jz_json_set_text (step->args, "reason", text);
  self->now = jz_demo_time_later (self->words, &self->random, self->now, 2);
  step = add_step (self, head, "head", "case.destroy");
  jz_json_set_text (step->args, "proposal", proposal);
  return TRUE;
}

static const struct {
  const char *name;
  const char *by;
  gboolean (*run) (JzDemoPlan *self, const xmlNode *element, const char *by, const char *text);
} kinds_of_steps[] = {
  { "assign", "section_head", do_assign }, { "unassign", "section_head", do_unassign },
  { "note", "handler", do_note },          { "attach", "handler", do_attach },
  { "photo", "handler", do_photo },        { "describe", "handler", do_describe },
  { "close", "handler", do_close },        { "archive", "archivist", do_archive },
  { "destroy", "archivist", do_destroy },
};

/**
 * jz_demo_plan_run_step:
 * @self: a plan; its time is that of the step
 * @element: a step
 *
 * Adds the acts of a step, and notes whether there were any.
 */
void
jz_demo_plan_run_step (JzDemoPlan *self, const xmlNode *element)
{
  const char *name = jz_demo_words_peek_attribute (element, "do");
  const char *by = jz_demo_words_peek_attribute (element, "by");
  const xmlNode *variant = jz_demo_words_choose (element, "text", &self->random);
  g_autofree char *template = variant != NULL ? jz_xml_dup_text (variant) : g_strdup ("");
  g_autofree char *text = NULL;
  gsize i = 0;

  g_assert (jz_xml_is_element (element, "step"));
  while (strcmp (kinds_of_steps[i].name, name) != 0)
    i++;
  jz_demo_plan_set_changing_facts (self);
  text = jz_demo_plan_expand (self, template);
  self->was_done =
    kinds_of_steps[i].run (self, element, by != NULL ? by : kinds_of_steps[i].by, text);
}
