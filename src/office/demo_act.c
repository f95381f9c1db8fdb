/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/act.h"
#include "office/demo_plan-private.h"

/* Elements that are acts of the program themselves: their text is the arguments as JSON, in which
 * $name stands for a fact of the case, and $_name for what an earlier act of the case was called
 * by `as`. Who confirms does so soon after it was proposed. */

static gboolean
is_sign_of_name (char sign)
{
  return g_ascii_isalnum (sign) || sign == '_';
}

/* An id of the agenda: what a later step says instead of the id that the thing will get. */
static char *
make_label (JzDemoPlan *self, const char *name)
{
  return g_strdup_printf ("%s-%s", self->label, name);
}

static void
expand_name (JzDemoPlan *self, const char *name, GString *result)
{
  g_autofree char *label = NULL;

  if (name[0] == '_') {
    label = make_label (self, name + 1);
    g_string_append_printf (result, "@%s", label);
    return;
  }
  if (!g_hash_table_contains (self->facts, name))
    g_error ("the words of the demo office speak of $%s, which there is not", name);
  g_string_append (result, jz_demo_plan_get_fact (self, name));
}

static char *
expand (JzDemoPlan *self, const char *text)
{
  GString *result = g_string_new (NULL);

  while (*text != '\0') {
    gsize length = strcspn (text, "$");
    g_string_append_len (result, text, (gssize)length);
    text += length;
    if (*text == '$') {
      g_autofree char *name = NULL;
      const char *end = ++text;
      while (is_sign_of_name (*end))
        end++;
      name = g_strndup (text, (gsize)(end - text));
      expand_name (self, name, result);
      text = end;
    }
  }
  return g_string_free (result, FALSE);
}

static JzJson *
make_arguments (JzDemoPlan *self, const xmlNode *element)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = jz_xml_dup_text (element);
  g_autofree char *expanded = expand (self, g_strstrip (text));
  g_autofree char *whole = g_strdup_printf ("{\"case\":\"@%s\"%s%s}", self->label,
                                            expanded[0] != '\0' ? "," : "", expanded);
  JzJson *json = jz_json_parse (whole, strlen (whole), &error);

  if (json == NULL)
    g_error ("the words of the demo office are no arguments: %s (%s)", whole, error->message);
  return json;
}

static JzDemoStep *
add (JzDemoPlan *self, const char *who, const char *act, const char *label, JzJson *args)
{
  const JzDemoPerson *person = jz_demo_plan_get_person (self, who);
  JzDemoStep *step = jz_demo_agenda_add (self->agenda, self->now, person->user,
                                         jz_demo_plan_get_role (who), act, label);

  jz_json_unref (step->args);
  step->args = args;
  return step;
}

static void
set_proposal (JzDemoPlan *self, JzDemoStep *step, const char *label)
{
  g_autofree char *id = g_strconcat ("@", self->label, NULL);
  g_autofree char *hash = g_strconcat ("#", label, NULL);

  jz_json_set_text (step->args, "case", id);
  jz_json_set_text (step->args, "proposal", hash);
}

/* What is proposed when the demo office's time is over waits for whoever opens it. */
static void
add_pair (JzDemoPlan *self, const xmlNode *element, const char *who, const char *label)
{
  const char *act = jz_demo_words_peek_attribute (element, "name");
  const char *other = jz_demo_words_peek_attribute (element, "confirm");
  g_autofree char *propose = g_strconcat (act, ".propose", NULL);
  g_autofree char *proposal = g_strdup_printf ("%s-proposal-%d", self->label, ++self->n_proposals);
  JzInstant later;

  add (self, who, propose, proposal, make_arguments (self, element));
  later = jz_demo_time_later (self->words, &self->random, self->now, 0);
  self->is_over = later >= jz_demo_time_end ();
  if (self->is_over)
    return;
  self->now = later;
  set_proposal (self, add (self, other, act, label, jz_json_new_object ()), proposal);
}

/* All at the same time, so that they are one batch. */
static void
add_each (JzDemoPlan *self, const xmlNode *element, const char *who, const char *label)
{
  const char *each = jz_demo_words_peek_attribute (element, "each");
  g_auto (GStrv) items = g_strsplit (each != NULL ? each : "", " ", -1);

  for (guint i = 0; i == 0 || (each != NULL && items[i] != NULL); i++) {
    if (each != NULL)
      jz_demo_plan_set_fact (self, "each", g_strdup (items[i]));
    add (self, who, jz_demo_words_peek_attribute (element, "name"), label,
         make_arguments (self, element));
  }
}

static void
remember_day (JzDemoPlan *self, const xmlNode *element)
{
  const char *sets = jz_demo_words_peek_attribute (element, "sets");

  if (sets != NULL)
    jz_demo_plan_set_fact (self, sets, g_strdup (jz_demo_plan_get_fact (self, "day")));
}

/**
 * jz_demo_plan_add_act:
 * @self: a plan; its time is that of the act
 * @element: an act
 *
 * Adds it, and where somebody else confirms it, that as well.
 */
void
jz_demo_plan_add_act (JzDemoPlan *self, const xmlNode *element)
{
  const char *by = jz_demo_words_peek_attribute (element, "by");
  const char *as = jz_demo_words_peek_attribute (element, "as");
  const char *who = by != NULL ? by : "handler";
  g_autofree char *label = as != NULL ? make_label (self, as) : NULL;

  jz_demo_plan_set_changing_facts (self);
  if (jz_demo_words_peek_attribute (element, "confirm") != NULL)
    add_pair (self, element, who, label);
  else
    add_each (self, element, who, label);
  remember_day (self, element);
  self->was_done = TRUE;
}
