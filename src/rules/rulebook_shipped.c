/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "rules/rulebook-private.h"
#include "rules/rules-resources.h"

#define SHIPPED_FOLDER "/org/juanzong/rules"
#define BASE_FIELD "BASE"

static gboolean
add_shipped (GPtrArray *sources, const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", SHIPPED_FOLDER, name);
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (jz_rules_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return FALSE;
  JzRuleSource *source = jz_rule_source_open (bytes, name, error);
  if (source == NULL)
    return FALSE;
  g_ptr_array_add (sources, source);
  return TRUE;
}

/* A field of which no rulebook is shipped has none of its own. */
static gboolean
add_shipped_below (GPtrArray *sources, const char *field, gboolean with_field, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (field, -1);
  g_autofree char *name = g_strconcat (lower, ".xml", NULL);
  g_autofree char *path = g_strdup_printf ("%s/%s", SHIPPED_FOLDER, name);
  if (!add_shipped (sources, "national.xml", error))
    return FALSE;
  gboolean has_overlay = g_resource_get_info (jz_rules_get_resource (), path,
                                              G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
  if (!with_field || !has_overlay || strcmp (field, BASE_FIELD) == 0)
    return TRUE;
  return add_shipped (sources, name, error);
}

/**
 * jz_rulebook_load_shipped:
 * @field: a field of law, "BASE" for the law alone; for one of which no rulebook is shipped the law
 *   alone is given
 * @error: return location
 *
 * Composes the rulebook of a field from the files that came with the program. They are only a
 * source: what is in force in a bureau is what it adopted.
 *
 * Returns: (transfer full): the rulebook, or %NULL as in jz_rulebook_compose(), which would mean
 *   that the program was put together wrong
 */
JzRulebook *
jz_rulebook_load_shipped (const char *field, GError **error)
{
  g_return_val_if_fail (field != NULL, NULL);

  g_autoptr (JzFactVocabulary) vocabulary = jz_fact_vocabulary_load_shipped (error);
  g_autoptr (GPtrArray) sources =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_rule_source_free);
  if (vocabulary == NULL || !add_shipped_below (sources, field, TRUE, error))
    return NULL;
  return jz_rulebook_compose_sources (vocabulary, sources, error);
}

/**
 * jz_rulebook_compose_over_shipped:
 * @bytes: the content of a rulebook that somebody wrote
 * @name: its name, for messages
 * @error: return location
 *
 * Composes a rulebook with the shipped ones that it stands on: that of a field with the national
 * one, that of a bureau with the national one and that of its field; a national or effective one
 * stands alone. For checking it before it is adopted.
 *
 * Returns: (transfer full): the rulebook, or %NULL as in jz_rulebook_compose()
 */
JzRulebook *
jz_rulebook_compose_over_shipped (GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (JzFactVocabulary) vocabulary = jz_fact_vocabulary_load_shipped (error);
  g_autoptr (JzRuleSource) source = jz_rule_source_open (bytes, name, error);
  g_autoptr (GPtrArray) sources =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_rule_source_free);
  if (vocabulary == NULL || source == NULL)
    return NULL;
  gboolean is_bureau = strcmp (source->level, "bureau") == 0;
  gboolean is_overlay = is_bureau || strcmp (source->level, "field") == 0;
  if (is_overlay && !add_shipped_below (sources, source->field, is_bureau, error))
    return NULL;
  g_ptr_array_add (sources, g_steal_pointer (&source));
  return jz_rulebook_compose_sources (vocabulary, sources, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * jz_rulebook_list_shipped:
 * @error: return location
 *
 * Returns: (transfer full) (element-type utf8): the names of the rulebook files that came with the
 *   program
 */
GPtrArray *
jz_rulebook_list_shipped (GError **error)
{
  g_auto (GStrv) names = g_resource_enumerate_children (jz_rules_get_resource (), SHIPPED_FOLDER,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (names == NULL)
    return NULL;
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (names[i]));
  g_ptr_array_sort (list, compare_names);
  return list;
}
