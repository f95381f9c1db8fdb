/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the window looks and behaves (data/desktop/….gschema.xml). Nothing here has legal effect,
 * so a program that was started without being installed does without. */
#include "app/window_settings.h"

#include "app/juanzong.h"

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, JZ_APPLICATION_ID, TRUE) : NULL;

  if (schema == NULL) {
    g_message ("The settings of the window are not installed; nothing of it is kept.");
    return NULL;
  }
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * jz_window_settings_get:
 * @part: (nullable): a child of the settings, “lists”, “editor” or “review”; %NULL for those of
 *   the whole window
 *
 * Returns: (transfer none) (nullable): the settings, which live as long as the program; %NULL
 *   where they are not installed (GSETTINGS_SCHEMA_DIR names the folder of a build)
 */
GSettings *
jz_window_settings_get (const char *part)
{
  static gboolean is_opened;
  static GSettings *all;
  static GHashTable *parts;
  GSettings *child;

  if (!is_opened) {
    is_opened = TRUE;
    all = open_settings ();
    parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  }
  if (all == NULL || part == NULL)
    return all;
  child = g_hash_table_lookup (parts, part);
  if (child == NULL) {
    child = g_settings_get_child (all, part);
    g_hash_table_insert (parts, g_strdup (part), child);
  }
  return child;
}

/**
 * jz_window_settings_bind:
 * @part: (nullable): as of jz_window_settings_get()
 * @key: a key of these settings
 * @object: what has @property
 * @property: follows the key, and sets it
 *
 * Keeps a property as it was left, from one start of the program to the next.
 */
void
jz_window_settings_bind (const char *part, const char *key, gpointer object, const char *property)
{
  GSettings *settings = jz_window_settings_get (part);

  if (settings != NULL)
    g_settings_bind (settings, key, object, property, G_SETTINGS_BIND_DEFAULT);
}

/**
 * jz_window_settings_keep_layout:
 * @list: name of a list of the window, such as “cases”
 * @layout: how it is laid out, as the list itself writes it; a floating reference is taken
 *
 * Keeps how a person has laid out a list: the widths of columns and the order.
 */
void
jz_window_settings_keep_layout (const char *list, GVariant *layout)
{
  g_autoptr (GVariant) kept = g_variant_ref_sink (layout);
  GSettings *settings = jz_window_settings_get ("lists");
  g_autoptr (GVariant) all = NULL;
  g_autoptr (GVariantDict) dict = NULL;

  if (settings == NULL)
    return;
  all = g_settings_get_value (settings, "layouts");
  dict = g_variant_dict_new (all);
  g_variant_dict_insert_value (dict, list, kept);
  g_settings_set_value (settings, "layouts", g_variant_dict_end (dict));
}

/**
 * jz_window_settings_dup_layout:
 * @list: name of a list of the window
 *
 * Returns: (transfer full) (nullable): what was kept last, perhaps by an older program, so that
 *   its type is to be looked at
 */
GVariant *
jz_window_settings_dup_layout (const char *list)
{
  GSettings *settings = jz_window_settings_get ("lists");
  g_autoptr (GVariant) all = settings != NULL ? g_settings_get_value (settings, "layouts") : NULL;

  return all != NULL ? g_variant_lookup_value (all, list, NULL) : NULL;
}

/**
 * jz_window_settings_keep_place:
 * @person: id of the person who is signed in
 * @place: where this person is
 *
 * Keeps the place for the next time that the person signs in on this computer.
 */
void
jz_window_settings_keep_place (const char *person, const char *place)
{
  GSettings *settings = jz_window_settings_get (NULL);

  if (settings == NULL)
    return;
  g_settings_set_string (settings, "last-person", person);
  g_settings_set_string (settings, "last-place", place);
}

/**
 * jz_window_settings_dup_place:
 * @person: id of a person who has signed in
 *
 * Returns: (transfer full) (nullable): where the person was last, if that is wanted again
 */
char *
jz_window_settings_dup_place (const char *person)
{
  GSettings *settings = jz_window_settings_get (NULL);
  g_autofree char *last = NULL;

  if (settings == NULL || !g_settings_get_boolean (settings, "restore-place"))
    return NULL;
  last = g_settings_get_string (settings, "last-person");
  return g_str_equal (last, person) ? g_settings_get_string (settings, "last-place") : NULL;
}
