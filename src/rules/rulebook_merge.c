/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* The files of a rulebook, from the general to the particular: national, field, bureau; or the one
 * effective file that was composed of them before. A rule of a later file takes the place of the
 * one with its id when it says replaces="yes": so that nobody replaces a rule without knowing it,
 * and nobody believes to have replaced one that is not there. */

/* The laws of a country fill a few hundred; what is between rules is walked by recursion. */
#define MAX_RULES 4000

static const char *const levels[] = { "national", "field", "bureau", "effective" };

static const char *const kind_words[JZ_RULE_N_KINDS] = {
  [JZ_RULE_LAW] = "law",
  [JZ_RULE_ROLE] = "role",
  [JZ_RULE_LIMIT] = "limit",
  [JZ_RULE_GATE] = "gate",
  [JZ_RULE_PROCEDURE] = "procedure",
  [JZ_RULE_STAGE] = "stage",
  [JZ_RULE_TRIGGER] = "trigger",
  [JZ_RULE_AUDIT_POINT] = "audit-point",
  [JZ_RULE_AUDIT_ITEM] = "audit-item",
  [JZ_RULE_MATTER] = "matter",
  [JZ_RULE_RECORDING] = "recording",
};

/**
 * jz_rule_kind_get_word:
 * @kind: a kind of rule
 *
 * Returns: (transfer none): the name of its element
 */
const char *
jz_rule_kind_get_word (JzRuleKind kind)
{
  g_return_val_if_fail (kind < JZ_RULE_N_KINDS, NULL);

  return kind_words[kind];
}

void
jz_rule_source_free (JzRuleSource *self)
{
  g_clear_pointer (&self->document, jz_xml_free);
  g_free (self->id);
  g_free (self->level);
  g_free (self->field);
  g_free (self->version);
  g_free (self);
}

JzRuleSource *
jz_rule_source_open (GBytes *bytes, const char *name, GError **error)
{
  static JzXmlSchema *schema = NULL;
  g_autoptr (JzRuleSource) self = g_new0 (JzRuleSource, 1);
  self->document = jz_reader_open (bytes, name, "rulebook.rng", &schema, error);
  if (self->document == NULL)
    return NULL;
  const xmlNode *root = jz_xml_get_root (self->document);
  self->id = jz_xml_dup_attribute (root, "id");
  self->level = jz_xml_dup_attribute (root, "level");
  self->field = jz_xml_dup_attribute (root, "field");
  self->version = jz_xml_dup_attribute (root, "version");
  self->semantics = (guint)jz_reader_read_number (root, "semantics", 0);
  if (!jz_reader_read_date (self->document, root, "in-force", &self->in_force, error))
    return NULL;
  return g_steal_pointer (&self);
}

static guint
get_level (const JzRuleSource *source)
{
  guint level = 0;
  while (strcmp (levels[level], source->level) != 0)
    level++;
  return level;
}

static gboolean
fail_at_root (const JzRuleSource *source, GError **error, char *sentence)
{
  return jz_reader_fail (source->document, jz_xml_get_root (source->document), error, sentence);
}

static gboolean
check_source (const JzRuleSource *source, const JzRuleSource *before, GError **error)
{
  if (source->semantics == 0 || source->semantics > JZ_EXPRESSION_SEMANTICS)
    return fail_at_root (
      source, error,
      g_strdup_printf (_ ("This rulebook is written for expressions of semantics %1$u; this "
                          "program knows 1 to %2$u. Install a newer version of the program."),
                       source->semantics, (guint)JZ_EXPRESSION_SEMANTICS));
  if (before == NULL)
    return get_level (source) != 1 && get_level (source) != 2
             ? TRUE
             : fail_at_root (source, error,
                             g_strdup (_ ("The national rulebook comes first; this one only adds "
                                          "to it.")));
  if (get_level (source) <= get_level (before) || get_level (source) == 3)
    return fail_at_root (
      source, error,
      g_strdup (_ ("Rulebooks are put together in the order national, field, bureau, one of each; "
                   "this one stands at the wrong place.")));
  if (source->semantics != before->semantics)
    return fail_at_root (
      source, error,
      g_strdup (_ ("The rulebooks that are put together are written for different semantics of "
                   "expressions; write them for one.")));
  if (strcmp (before->field, "BASE") != 0 && strcmp (source->field, "BASE") != 0 &&
      strcmp (source->field, before->field) != 0)
    return fail_at_root (source, error,
                         g_strdup_printf (_ ("This rulebook is for the field %1$s, the one before "
                                             "it for %2$s; they do not go together."),
                                          source->field, before->field));
  return TRUE;
}

static JzRuleKind
get_kind (const xmlNode *element)
{
  JzRuleKind kind = JZ_RULE_LAW;
  while (!jz_xml_is_element (element, kind_words[kind]))
    kind++;
  return kind;
}

static void
free_place (gpointer data)
{
  JzRulePlace *self = data;
  g_free (self->id);
  g_free (self);
}

static gboolean
fail_of_place (const JzRuleSource *source,
               const JzRulePlace *found,
               const xmlNode *element,
               const char *id,
               GError **error)
{
  if (found == NULL)
    return jz_reader_fail (
      source->document, element, error,
      g_strdup_printf (_ ("%s is said to replace a rule, but no rulebook before this one has it; "
                          "correct the id or remove replaces=\"yes\"."),
                       id));
  if (found->source == source)
    return jz_reader_fail (source->document, element, error,
                           g_strdup_printf (_ ("%s is given twice in this file."), id));
  return jz_reader_fail (
    source->document, element, error,
    g_strdup_printf (_ ("%1$s stands in the rulebook %2$s already; say replaces=\"yes\" if this "
                        "is to take its place."),
                     id, found->source->id));
}

static gboolean
add_place (GPtrArray *places,
           GHashTable *known,
           const JzRuleSource *source,
           const xmlNode *element,
           GError **error)
{
  g_autofree char *id = jz_xml_dup_attribute (element, "id");
  g_autofree char *key = g_strconcat ((const char *)element->name, " ", id, NULL);
  gboolean replaces = jz_reader_is_yes (element, "replaces");
  JzRulePlace *place = g_hash_table_lookup (known, key);
  if ((place != NULL) != replaces || (place != NULL && place->source == source))
    return fail_of_place (source, place, element, id, error);
  if (place == NULL && places->len == MAX_RULES)
    return jz_reader_fail (
      source->document, element, error,
      g_strdup_printf (_ ("A rulebook has at most %d rules; this is one too many."), MAX_RULES));
  if (place == NULL) {
    place = g_new0 (JzRulePlace, 1);
    place->id = g_steal_pointer (&id);
    place->kind = get_kind (element);
    g_ptr_array_add (places, place);
    g_hash_table_insert (known, g_steal_pointer (&key), place);
  }
  place->source = source;
  place->element = element;
  place->has_replaced = replaces;
  return TRUE;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const JzRulePlace *first = *(const JzRulePlace *const *)a;
  const JzRulePlace *second = *(const JzRulePlace *const *)b;
  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  return strcmp (first->id, second->id);
}

/* They are sorted. */
const JzRulePlace *
jz_rule_places_find (const GPtrArray *places, JzRuleKind kind, const char *id)
{
  const JzRulePlace wanted = { .kind = kind, .id = (char *)id };
  const JzRulePlace *key = &wanted;
  const JzRulePlace *const *found =
    bsearch (&key, places->pdata, places->len, sizeof (gpointer), compare_places);
  return found != NULL ? *found : NULL;
}

/* Which rules are in force, by kind and id. */
GPtrArray *
jz_rule_sources_merge (GPtrArray *sources, GError **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (free_place);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const JzRuleSource *before = NULL;
  for (guint i = 0; i < sources->len; i++) {
    const JzRuleSource *source = g_ptr_array_index (sources, i);
    if (!check_source (source, before, error))
      return NULL;
    for (const xmlNode *element = jz_xml_get_first_element (jz_xml_get_root (source->document));
         element != NULL; element = jz_xml_get_next_element (element)) {
      if (!jz_xml_is_element (element, "name") &&
          !add_place (places, known, source, element, error))
        return NULL;
    }
    before = source;
  }
  g_ptr_array_sort (places, compare_places);
  return g_steal_pointer (&places);
}
