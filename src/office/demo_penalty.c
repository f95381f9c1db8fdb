/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo_plan-private.h"

/* What a penalty case is about: an offence of the rulebook `demo`, whose tier the conduct falls
 * under, a party with a code, and amounts that the benchmark allows. Amounts are in fen. */

#define FEN 100
#define THOUSANDTHS 1000

static void
set_number (JzDemoPlan *self, const char *name, gint64 number)
{
  jz_demo_plan_set_fact (self, name, g_strdup_printf ("%lld", (long long)number));
}

/* The element of that name with the id that the way asks for, or any. */
static const xmlNode *
choose (JzDemoPlan *self, const xmlNode *parent, const char *name)
{
  const char *id = jz_demo_words_peek_attribute (self->way, name);
  const xmlNode *child = jz_xml_get_first_element (parent);

  if (id == NULL)
    return jz_demo_words_choose (parent, name, &self->random);
  while (!jz_xml_is_element (child, name) ||
         strcmp (jz_demo_words_peek_attribute (child, "id"), id) != 0)
    child = jz_xml_get_next_element (child);
  return child;
}

static void
copy_attributes (JzDemoPlan *self, const xmlNode *element)
{
  for (const xmlAttr *attribute = element->properties; attribute != NULL;
       attribute = attribute->next)
    jz_demo_plan_set_fact (self, (const char *)attribute->name,
                           g_strdup ((const char *)attribute->children->content));
}

static void
choose_citizen (JzDemoPlan *self)
{
  int year = jz_demo_random_between (&self->random, 1962, 2001);
  int month = jz_demo_random_between (&self->random, 1, 12);
  int day = jz_demo_random_between (&self->random, 1, 28);
  g_autofree char *birthday = g_strdup_printf ("%04d%02d%02d", year, month, day);

  jz_demo_plan_set_fact (self, "party", g_strdup (jz_demo_plan_get_fact (self, "who")));
  jz_demo_plan_set_fact (self, "party_written", g_strdup (""));
  jz_demo_plan_set_fact (self, "id_kind", g_strdup ("resident"));
  jz_demo_plan_set_fact (self, "id_number", jz_demo_dup_resident_code (&self->random, birthday));
  jz_demo_plan_set_fact (
    self, "party_more",
    g_strdup_printf (",\"party.born_on\":\"%04d-%02d-%02d\",\"party.capacity\":\"full\"", year,
                     month, day));
}

static void
choose_undertaking (JzDemoPlan *self, gboolean is_company)
{
  g_autofree char *prefix = jz_demo_words_choose_word (self->words, "prefix", &self->random);
  g_autofree char *trade =
    jz_demo_words_choose_word (self->words, is_company ? "company" : "shop", &self->random);

  jz_demo_plan_set_fact (self, "party", g_strconcat (prefix, trade, NULL));
  jz_demo_plan_set_fact (self, "id_kind", g_strdup ("uscc"));
  jz_demo_plan_set_fact (self, "id_number",
                         jz_demo_dup_credit_code (&self->random, is_company ? "91" : "92"));
  jz_demo_plan_set_fact (
    self, "party_written",
    g_strdup_printf (",\"representative\":\"%s\"", jz_demo_plan_get_fact (self, "who")));
  jz_demo_plan_set_fact (
    self, "party_more",
    g_strdup_printf (",\"party.representative\":\"%s\"", jz_demo_plan_get_fact (self, "who")));
}

static void
choose_party (JzDemoPlan *self, const xmlNode *offence)
{
  const char *asked = jz_demo_words_peek_attribute (self->way, "party");
  const char *may = asked != NULL ? asked : jz_demo_words_peek_attribute (offence, "parties");
  g_auto (GStrv) kinds = g_strsplit (may, " ", -1);
  int chosen = jz_demo_random_between (&self->random, 0, (int)g_strv_length (kinds) - 1);

  jz_demo_plan_set_fact (self, "party_kind", g_strdup (kinds[chosen]));
  if (strcmp (kinds[chosen], "citizen") == 0)
    choose_citizen (self);
  else
    choose_undertaking (self, strcmp (kinds[chosen], "company") == 0);
}

/* A fine of the tier, and a lower one of the same; of a multiple it is counted from the value. */
static gint64
choose_fine (JzDemoPlan *self, const xmlNode *tier)
{
  int least = jz_demo_get_number (tier, "least");
  int most = jz_demo_get_number (tier, "most");
  int step = (most - least) / 10;
  int chosen = jz_demo_random_between (&self->random, 3, 9);
  int n_values = jz_demo_plan_choose_number (self, tier, "value", 0);
  gint64 unit = n_values > 0 ? (gint64)n_values * FEN : FEN;

  if (n_values > 0)
    set_number (self, "value", (gint64)n_values * THOUSANDTHS * FEN);
  set_number (self, "lower", (least + (chosen - 2) * step) * unit);
  set_number (self, "fine", (least + chosen * step) * unit);
  return (least + chosen * step) * unit;
}

static gboolean
reaches (JzDemoPlan *self, gint64 fine, gint64 yuan_of_person, gint64 yuan_of_company)
{
  gboolean is_company = strcmp (jz_demo_plan_get_fact (self, "party_kind"), "company") == 0;
  return fine >= FEN * (is_company ? yuan_of_company : yuan_of_person);
}

/* By the figures of the rulebook `demo`; what it asks for beyond is asked by its gates. */
static void
choose_weight (JzDemoPlan *self, gint64 fine)
{
  gboolean is_heard = reaches (self, fine, 5000, 50000);
  gboolean is_public = jz_demo_random_chance (&self->random, 55);
  gboolean is_reviewed = is_heard || is_public || reaches (self, fine, 3000, 30000);

  jz_demo_plan_set_fact (self, "complex", g_strdup ("false"));
  jz_demo_plan_set_fact (self, "hearing", g_strdup (is_heard ? "yes" : ""));
  jz_demo_plan_set_fact (self, "told", g_strdup (is_heard ? "true" : "false"));
  jz_demo_plan_set_fact (self, "hearing_word", g_strdup (is_heard ? "told" : "not_required"));
  jz_demo_plan_set_fact (self, "is_public", g_strdup (is_public ? "true" : "false"));
  jz_demo_plan_set_fact (self, "reviewed", g_strdup (is_reviewed ? "yes" : ""));
}

/* Among the people of the office, from 100, so that it has three digits. */
static int
get_position (JzDemoPlan *self, const char *who)
{
  guint position = 0;

  g_ptr_array_find (self->words->people, jz_demo_plan_get_person (self, who), &position);
  return 100 + (int)position;
}

/**
 * jz_demo_plan_choose_penalty:
 * @self: a plan of a penalty case that knows its place and people
 *
 * Chooses what the case is about.
 */
void
jz_demo_plan_choose_penalty (JzDemoPlan *self)
{
  const xmlNode *offence =
    choose (self, jz_demo_words_get_part (self->words, "offences"), "offence");
  const xmlNode *tier = choose (self, offence, "tier");
  g_autofree char *text = NULL;
  g_autofree char *fact = NULL;

  copy_attributes (self, offence);
  set_number (self, "reviewer_number", get_position (self, "reviewer"));
  jz_demo_plan_set_fact (self, "offence", jz_xml_dup_attribute (offence, "id"));
  choose_party (self, offence);
  jz_demo_plan_set_fact (self, "tier", jz_xml_dup_attribute (tier, "id"));
  jz_demo_plan_set_fact (self, "degree", jz_xml_dup_attribute (tier, "degree"));
  set_number (self, "measure", jz_demo_plan_choose_number (self, tier, "measure", 1));
  set_number (self, "beyond", (gint64)jz_demo_plan_choose_number (self, tier, "beyond", 0) * FEN);
  choose_weight (self, choose_fine (self, tier));
  text = jz_xml_dup_text (tier);
  jz_demo_plan_set_fact (self, "found", jz_demo_plan_expand (self, text));
  fact = jz_xml_dup_text (jz_demo_words_choose (offence, "fact", &self->random));
  jz_demo_plan_set_fact (self, "fact", jz_demo_plan_expand (self, fact));
  jz_demo_plan_set_fact (self, "matter", g_strdup (jz_demo_plan_get_fact (self, "cause")));
  jz_demo_plan_set_fact (self, "title",
                         g_strconcat (jz_demo_plan_get_fact (self, "party"),
                                      jz_demo_plan_get_fact (self, "cause"), "案", NULL));
}
