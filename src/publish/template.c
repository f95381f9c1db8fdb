/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/template.h"

#include <string.h>

#include "publish/publish-resources.h"

/* What the public reads is written in data/publicity, with names between at signs where something
 * is put in. */

#define FOLDER "/org/juanzong/publicity/"
#define MAX_NAME 24

/**
 * jz_template_load:
 * @name: a file of data/publicity
 * @error: return location
 *
 * Returns: (transfer full) (nullable): it; %NULL would mean that the program was put together wrong
 */
GBytes *
jz_template_load (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);

  return g_resource_lookup_data (jz_publish_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 error);
}

/* The name between the at sign that @at points to and the next one; NULL where there is none. */
static char *
dup_name (const char *at)
{
  gsize length = strspn (at + 1, "abcdefghijklmnopqrstuvwxyz_");

  return length > 0 && length <= MAX_NAME && at[length + 1] == '@' ? g_strndup (at + 1, length)
                                                                   : NULL;
}

/**
 * jz_template_fill:
 * @text: a template
 * @first_name: a name in it, then its value, then the next name; %NULL ends them
 *
 * Values go in as they are; a name without a value stays.
 *
 * Returns: (transfer full): the text with the values
 */
char *
jz_template_fill (GBytes *text, const char *first_name, ...)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  gsize size = 0;
  const char *data = g_bytes_get_data (text, &size);
  g_autofree char *source = g_strndup (data, size);
  GString *filled = g_string_new (NULL);
  va_list pairs;

  va_start (pairs, first_name);
  for (const char *name = first_name; name != NULL; name = va_arg (pairs, const char *))
    g_hash_table_insert (values, (gpointer)name, (gpointer)va_arg (pairs, const char *));
  va_end (pairs);
  for (const char *at = source; *at != '\0'; at++) {
    g_autofree char *name = *at == '@' ? dup_name (at) : NULL;
    const char *value = name != NULL ? g_hash_table_lookup (values, name) : NULL;
    if (value == NULL) {
      g_string_append_c (filled, *at);
      continue;
    }
    g_string_append (filled, value);
    at += strlen (name) + 1;
  }
  return g_string_free (filled, FALSE);
}
