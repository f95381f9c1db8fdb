/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/demo-private.h"
#include "office/office-resources.h"
#include "rules/calendar_file.h"
#include "rules/xml_schema.h"

/* The words of the demo office, and the numbers by which they are chosen. */

#define WORDS_PATH "/org/juanzong/demo/words.xml"
#define PENALTY_PATH "/org/juanzong/demo/penalty.xml"
#define SCHEMA_PATH "/org/juanzong/schemas/demo.rng"

/* splitmix64: the state moves on by a fixed odd number and is then mixed, so that any state is as
 * good as any other and streams need no warming up. */
#define STEP G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 value)
{
  value = (value ^ (value >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  value = (value ^ (value >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return value ^ (value >> 31);
}

/**
 * jz_demo_random_init:
 * @self: what to set up
 * @seed: of the office
 * @stream: which of many rows of numbers of that seed; each case has its own, so that one more case
 * changes no other
 */
void
jz_demo_random_init (JzDemoRandom *self, guint64 seed, guint64 stream)
{
  self->state = mix (mix (seed + STEP) ^ (stream * STEP));
}

/**
 * jz_demo_random_next:
 * @self: a row of numbers
 *
 * Returns: its next number
 */
guint64
jz_demo_random_next (JzDemoRandom *self)
{
  self->state += STEP;
  return mix (self->state);
}

/**
 * jz_demo_random_between:
 * @self: a row of numbers
 * @least: the least
 * @most: the most, not under @least
 *
 * Returns: a number from @least to @most
 */
int
jz_demo_random_between (JzDemoRandom *self, int least, int most)
{
  guint64 n = (guint64)(most - least) + 1;

  g_return_val_if_fail (least <= most, least);

  return least + (int)(((jz_demo_random_next (self) >> 32) * n) >> 32);
}

/**
 * jz_demo_random_chance:
 * @self: a row of numbers
 * @percent: how often in a hundred
 *
 * Returns: %TRUE so often
 */
gboolean
jz_demo_random_chance (JzDemoRandom *self, int percent)
{
  return jz_demo_random_between (self, 1, 100) <= percent;
}

static void
person_free (gpointer data)
{
  JzDemoPerson *self = data;

  g_free (self->user);
  g_free (self->name);
  g_free (self->section);
  g_strfreev (self->roles);
  g_free (self->password);
  g_free (self->from);
  g_free (self->until);
  g_free (self->reason);
  g_free (self->credential);
  g_free (self->credential_from);
  g_free (self->credential_to);
  g_free (self);
}

static JzDemoPerson *
read_person (const xmlNode *element)
{
  JzDemoPerson *self = g_new0 (JzDemoPerson, 1);
  const xmlNode *credential = jz_xml_get_first_element (element);

  self->user = jz_xml_dup_attribute (element, "user");
  self->name = jz_xml_dup_attribute (element, "name");
  self->section = jz_xml_dup_attribute (element, "section");
  self->roles = g_strsplit (jz_demo_words_peek_attribute (element, "roles"), " ", -1);
  self->password = jz_xml_dup_attribute (element, "password");
  if (self->password == NULL)
    self->password = g_strdup (JZ_DEMO_PASSWORD);
  self->from = jz_xml_dup_attribute (element, "from");
  if (self->from == NULL) {
    self->from = g_malloc (JZ_DATE_SIZE);
    jz_date_format (JZ_DEMO_FIRST_DAY, self->from);
  }
  self->until = jz_xml_dup_attribute (element, "until");
  self->reason = jz_xml_dup_attribute (element, "reason");
  if (credential != NULL) {
    self->credential = jz_xml_dup_attribute (credential, "number");
    self->credential_from = jz_xml_dup_attribute (credential, "from");
    self->credential_to = jz_xml_dup_attribute (credential, "to");
  }
  return self;
}

static JzXml *
load_document (const char *path, const char *name, GError **error)
{
  GResource *resource = jz_office_get_resource ();
  g_autoptr (GBytes) words = g_resource_lookup_data (resource, path, 0, error);
  g_autoptr (GBytes) rules =
    words != NULL ? g_resource_lookup_data (resource, SCHEMA_PATH, 0, error) : NULL;
  g_autoptr (JzXmlSchema) schema =
    rules != NULL ? jz_xml_schema_new (rules, "demo.rng", error) : NULL;
  g_autoptr (JzXml) document = schema != NULL ? jz_xml_parse (words, name, error) : NULL;

  if (document == NULL || !jz_xml_schema_validate (schema, document, error))
    return NULL;
  return g_steal_pointer (&document);
}

/**
 * jz_demo_words_load:
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the words that came with the program; %NULL would mean that
 *   it was put together wrong
 */
JzDemoWords *
jz_demo_words_load (GError **error)
{
  g_autoptr (JzXml) document = load_document (WORDS_PATH, "words.xml", error);
  g_autoptr (JzXml) penalty =
    document != NULL ? load_document (PENALTY_PATH, "penalty.xml", error) : NULL;
  JzDemoWords *self;

  if (penalty == NULL)
    return NULL;
  self = g_new0 (JzDemoWords, 1);
  self->document = g_steal_pointer (&document);
  self->penalty = g_steal_pointer (&penalty);
  self->people = g_ptr_array_new_with_free_func (person_free);
  for (const xmlNode *element = jz_xml_get_first_element (jz_demo_words_get_part (self, "people"));
       element != NULL; element = jz_xml_get_next_element (element))
    g_ptr_array_add (self->people, read_person (element));
  self->calendar = jz_calendar_load_shipped (error);
  if (self->calendar != NULL)
    return self;
  jz_demo_words_free (self);
  return NULL;
}

/**
 * jz_demo_words_free:
 * @self: (transfer full): the words
 */
void
jz_demo_words_free (JzDemoWords *self)
{
  g_clear_pointer (&self->document, jz_xml_free);
  g_clear_pointer (&self->penalty, jz_xml_free);
  g_clear_pointer (&self->calendar, jz_calendar_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_free (self);
}

/**
 * jz_demo_words_get_person:
 * @self: the words
 * @user: a user name
 *
 * Returns: (transfer none) (nullable): who has it
 */
const JzDemoPerson *
jz_demo_words_get_person (const JzDemoWords *self, const char *user)
{
  for (guint i = 0; i < self->people->len; i++) {
    const JzDemoPerson *person = g_ptr_array_index (self->people, i);
    if (strcmp (person->user, user) == 0)
      return person;
  }
  return NULL;
}

static const xmlNode *
find_part (const JzXml *document, const char *name)
{
  const xmlNode *part = jz_xml_get_first_element (jz_xml_get_root (document));

  while (part != NULL && !jz_xml_is_element (part, name))
    part = jz_xml_get_next_element (part);
  return part;
}

/**
 * jz_demo_words_get_part:
 * @self: the words
 * @name: name of an element directly below one of the roots, which the schema demands
 *
 * Returns: (transfer none): the element
 */
const xmlNode *
jz_demo_words_get_part (const JzDemoWords *self, const char *name)
{
  const xmlNode *part = find_part (self->document, name);

  if (part == NULL)
    part = find_part (self->penalty, name);
  g_assert (part != NULL);
  return part;
}

/**
 * jz_demo_words_peek_attribute:
 * @element: an element
 * @name: name of an attribute
 *
 * Returns: (transfer none) (nullable): its value, which our own file writes without entities
 */
const char *
jz_demo_words_peek_attribute (const xmlNode *element, const char *name)
{
  const xmlAttr *attribute = xmlHasProp (element, (const xmlChar *)name);

  return attribute != NULL && attribute->children != NULL
           ? (const char *)attribute->children->content
           : NULL;
}

/**
 * jz_demo_words_choose:
 * @parent: an element
 * @name: name of some of the elements in it
 * @random: numbers
 *
 * Returns: (transfer none) (nullable): one of them; %NULL where there is none
 */
const xmlNode *
jz_demo_words_choose (const xmlNode *parent, const char *name, JzDemoRandom *random)
{
  const xmlNode *chosen = NULL;
  int n = 0;

  /* Each of n is kept with the chance 1 in n, so that one walk is enough. */
  for (const xmlNode *child = jz_xml_get_first_element (parent); child != NULL;
       child = jz_xml_get_next_element (child))
    if (jz_xml_is_element (child, name) && jz_demo_random_between (random, 1, ++n) == 1)
      chosen = child;
  return chosen;
}

/**
 * jz_demo_words_choose_word:
 * @self: the words
 * @list: name of a list that the schema knows
 * @random: numbers
 *
 * Returns: (transfer full): one of its words
 */
char *
jz_demo_words_choose_word (const JzDemoWords *self, const char *list, JzDemoRandom *random)
{
  const xmlNode *element = jz_xml_get_first_element (jz_demo_words_get_part (self, "lists"));
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  while (strcmp (jz_demo_words_peek_attribute (element, "name"), list) != 0)
    element = jz_xml_get_next_element (element);
  text = jz_xml_dup_text (element);
  words = g_strsplit (g_strstrip (text), " ", -1);
  return g_strdup (words[jz_demo_random_between (random, 0, (int)g_strv_length (words) - 1)]);
}
