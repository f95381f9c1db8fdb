/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/demo_plan-private.h"

#include <string.h>

/* Who and what a case of the demo office is about. Numbers are taken one statement at a time, so
 * that no compiler can change their order. */

/* Nobody begins a case so many days before he leaves. */
#define DAYS_BEFORE_LEAVING 30

/**
 * jz_demo_get_number:
 * @element: an element
 * @name: an attribute that the schema demands to be a number
 *
 * Returns: the number
 */
int
jz_demo_get_number (const xmlNode *element, const char *name)
{
  return (int)g_ascii_strtoll (jz_demo_words_peek_attribute (element, name), NULL, 10);
}

static gboolean
is_there (const JzDemoPerson *person, JzDate date)
{
  char text[JZ_DATE_SIZE];
  char later[JZ_DATE_SIZE];

  jz_date_format (date, text);
  jz_date_format (jz_date_add_days (date, DAYS_BEFORE_LEAVING), later);
  /* On the day of arrival there is no certificate yet. */
  return strcmp (person->from, text) < 0 &&
         (person->until == NULL || strcmp (later, person->until) < 0);
}

static gboolean
may_enforce (const JzDemoPerson *person, JzDate date)
{
  char text[JZ_DATE_SIZE];

  jz_date_format (date, text);
  return person->credential != NULL && strcmp (person->credential_from, text) <= 0 &&
         strcmp (person->credential_to, text) >= 0;
}

static gboolean
is_used (JzDemoPlan *self, const JzDemoPerson *person)
{
  GHashTableIter people;
  gpointer other;

  g_hash_table_iter_init (&people, self->people);
  while (g_hash_table_iter_next (&people, NULL, &other))
    if (other == person)
      return TRUE;
  return FALSE;
}

/**
 * jz_demo_plan_choose_person:
 * @self: a plan
 * @role: a role
 * @section: (nullable): name of a section
 * @date: a day
 *
 * Returns: (transfer none) (nullable): somebody with the role who works in the section on that day
 *   and is nothing else to the case; a handler has a credential that is good
 */
const JzDemoPerson *
jz_demo_plan_choose_person (JzDemoPlan *self, const char *role, const char *section, JzDate date)
{
  const JzDemoPerson *chosen = NULL;
  int n = 0;

  for (guint i = 0; i < self->words->people->len; i++) {
    const JzDemoPerson *person = g_ptr_array_index (self->words->people, i);
    if (!g_strv_contains ((const char *const *)person->roles, role) || is_used (self, person) ||
        (section != NULL && strcmp (section, person->section) != 0) || !is_there (person, date) ||
        (strcmp (role, "handler") == 0 && !may_enforce (person, date)))
      continue;
    if (jz_demo_random_between (&self->random, 1, ++n) == 1)
      chosen = person;
  }
  return chosen;
}

/**
 * jz_demo_plan_get_person:
 * @self: a plan
 * @who: what somebody is to the case, a word of the schema
 *
 * Returns: (transfer none): who is it
 */
const JzDemoPerson *
jz_demo_plan_get_person (JzDemoPlan *self, const char *who)
{
  const JzDemoPerson *person = g_hash_table_lookup (self->people, who);

  g_assert (person != NULL);
  return person;
}

/**
 * jz_demo_plan_get_role:
 * @who: what somebody is to the case
 *
 * Returns: the role in which that person acts
 */
const char *
jz_demo_plan_get_role (const char *who)
{
  if (strcmp (who, "partner") == 0)
    return "handler";

  return strcmp (who, "other_reviewer") == 0 ? "reviewer" : who;
}

/**
 * jz_demo_plan_choose_people:
 * @self: a plan that knows when the case is opened
 *
 * Chooses who is what to the case; nobody is two things.
 */
void
jz_demo_plan_choose_people (JzDemoPlan *self)
{
  /* Who is head of the review body is not its reviewer as well. */
  static const char *const who[] = { "handler",     "partner",   "section_head",
                                     "review_head", "reviewer",  "approver",
                                     "checker",     "publisher", "clerk",
                                     "archivist",   NULL };
  JzDate date = jz_instant_get_date (self->opened);

  for (gsize i = 0; who[i] != NULL; i++) {
    const char *section = strcmp (who[i], "section_head") == 0
                            ? jz_demo_plan_get_person (self, "handler")->section
                            : NULL;
    const JzDemoPerson *person =
      jz_demo_plan_choose_person (self, jz_demo_plan_get_role (who[i]), section, date);
    g_assert (person != NULL);
    g_hash_table_insert (self->people, (gpointer)who[i], (gpointer)person);
  }
  g_hash_table_insert (self->people, (gpointer) "head", g_ptr_array_index (self->words->people, 1));
  g_hash_table_insert (self->people, (gpointer) "other_reviewer",
                       (gpointer)jz_demo_plan_get_person (self, "review_head"));
}

/**
 * jz_demo_plan_set_fact:
 * @self: a plan
 * @name: name of a fact
 * @text: (transfer full): the fact
 */
void
jz_demo_plan_set_fact (JzDemoPlan *self, const char *name, char *text)
{
  g_hash_table_insert (self->facts, (gpointer)g_intern_string (name), text);
}

static void
set_number (JzDemoPlan *self, const char *name, int number)
{
  jz_demo_plan_set_fact (self, name, g_strdup_printf ("%d", number));
}

/**
 * jz_demo_plan_get_fact:
 * @self: a plan
 * @name: name of a fact
 *
 * Returns: (transfer none): the fact, empty where there is none
 */
const char *
jz_demo_plan_get_fact (JzDemoPlan *self, const char *name)
{
  const char *text = g_hash_table_lookup (self->facts, name);
  return text != NULL ? text : "";
}

/**
 * jz_demo_plan_expand:
 * @self: a plan
 * @text: with names of facts in braces
 *
 * Returns: (transfer full): @text with the facts in the place of their names
 */
char *
jz_demo_plan_expand (JzDemoPlan *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "{", -1);
  GString *result = g_string_new (parts[0]);

  for (char **part = parts + 1; parts[0] != NULL && *part != NULL; part++) {
    char *end = strchr (*part, '}');
    g_assert (end != NULL);
    *end = '\0';
    g_string_append (result, jz_demo_plan_get_fact (self, *part));
    g_string_append (result, end + 1);
  }
  return g_string_free (result, FALSE);
}

static char *
choose_name (JzDemoPlan *self)
{
  g_autofree char *surname = jz_demo_words_choose_word (self->words, "surname", &self->random);
  g_autofree char *given = jz_demo_words_choose_word (self->words, "given", &self->random);

  return g_strconcat (surname, given, NULL);
}

static void
choose_party (JzDemoPlan *self, const xmlNode *matter)
{
  g_auto (GStrv) kinds = g_strsplit (jz_demo_words_peek_attribute (matter, "parties"), " ", -1);
  const char *kind =
    kinds[jz_demo_random_between (&self->random, 0, (int)g_strv_length (kinds) - 1)];
  g_autofree char *prefix = jz_demo_words_choose_word (self->words, "prefix", &self->random);
  g_autofree char *trade = NULL;

  if (strcmp (kind, "person") == 0) {
    jz_demo_plan_set_fact (self, "party", g_strdup (jz_demo_plan_get_fact (self, "who")));
    return;
  }
  trade = jz_demo_words_choose_word (self->words, kind, &self->random);
  jz_demo_plan_set_fact (self, "party", g_strconcat (prefix, trade, NULL));
}

static void
choose_matter (JzDemoPlan *self)
{
  const xmlNode *matter =
    jz_demo_words_choose (jz_demo_words_get_part (self->words, "matters"), "matter", &self->random);
  int amount = jz_demo_random_between (&self->random, jz_demo_get_number (matter, "least") / 50,
                                       jz_demo_get_number (matter, "most") / 50);
  g_autofree char *fact = NULL;

  choose_party (self, matter);
  set_number (self, "amount", amount * 50);
  jz_demo_plan_set_fact (self, "matter", jz_xml_dup_attribute (matter, "matter"));
  jz_demo_plan_set_fact (self, "title",
                         g_strconcat (jz_demo_plan_get_fact (self, "party"),
                                      jz_demo_words_peek_attribute (matter, "title"), NULL));
  fact = jz_xml_dup_text (jz_demo_words_choose (matter, "fact", &self->random));
  jz_demo_plan_set_fact (self, "fact", jz_demo_plan_expand (self, fact));
}

/**
 * jz_demo_plan_choose_facts:
 * @self: a plan
 * @kind: kind of its way
 *
 * Chooses what the case is about.
 */
void
jz_demo_plan_choose_facts (JzDemoPlan *self, const char *kind)
{
  g_autofree char *street = jz_demo_words_choose_word (self->words, "street", &self->random);
  g_autofree char *town = jz_demo_words_choose_word (self->words, "town", &self->random);
  int number = jz_demo_random_between (&self->random, 1, 288);

  jz_demo_plan_set_fact (self, "who", choose_name (self));
  jz_demo_plan_set_fact (self, "place", g_strdup_printf ("%s%s%d号", town, street, number));
  set_number (self, "count", jz_demo_random_between (&self->random, 2, 12));
  set_number (self, "area", jz_demo_random_between (&self->random, 3, 120));
  if (strcmp (kind, "penalty") == 0)
    jz_demo_plan_choose_penalty (self);
  else
    choose_matter (self);
}
