/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/recent_stores.h"

#include <string.h>

#define MOST 10

/**
 * jz_recent_stores_dup_file:
 *
 * Returns: (transfer full): where the list is kept
 */
char *
jz_recent_stores_dup_file (void)
{
  return g_build_filename (g_get_user_config_dir (), "juanzong", "stores", NULL);
}

/**
 * jz_recent_stores_list:
 * @file: where the list is kept
 *
 * Returns: (transfer full): folders, the last one opened first; none where there is no list
 */
GStrv
jz_recent_stores_list (const char *file)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    return g_strv_builder_end (builder);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL && n < MOST; i++) {
    /* One a line, escaped, for a folder's name may hold anything. */
    g_autofree char *path = g_uri_unescape_string (lines[i], NULL);
    if (path == NULL || path[0] != '/')
      continue;
    g_strv_builder_add (builder, path);
    n++;
  }
  return g_strv_builder_end (builder);
}

static gboolean
write_list (const char *file, const char *first, GStrv paths, const char *without, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *folder = g_path_get_dirname (file);

  if (first != NULL) {
    g_string_append_uri_escaped (text, first, "/", TRUE);
    g_string_append_c (text, '\n');
  }
  for (gsize i = 0; paths[i] != NULL; i++) {
    if (strcmp (paths[i], without) == 0)
      continue;
    g_string_append_uri_escaped (text, paths[i], "/", TRUE);
    g_string_append_c (text, '\n');
  }
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (file, text->str, (gssize)text->len, error);
}

/**
 * jz_recent_stores_add:
 * @file: where the list is kept
 * @path: a folder that was opened
 * @error: return location
 *
 * Returns: whether it is in the list now, as the first
 */
gboolean
jz_recent_stores_add (const char *file, const char *path, GError **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_auto (GStrv) paths = jz_recent_stores_list (file);

  return write_list (file, full, paths, full, error);
}

/**
 * jz_recent_stores_remove:
 * @file: where the list is kept
 * @path: a folder that is not there any more
 * @error: return location
 *
 * Returns: whether it is not in the list any more
 */
gboolean
jz_recent_stores_remove (const char *file, const char *path, GError **error)
{
  g_auto (GStrv) paths = jz_recent_stores_list (file);

  return write_list (file, NULL, paths, path, error);
}
