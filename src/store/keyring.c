/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/keyring.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/files.h"

/* A changed password is a new file and an act that names it; the old file goes after the act is
 * committed. So a power cut leaves either the old password or the new one, and verify finds any
 * changed byte without knowing a password. */

#define ENDING ".key"

static char *
get_path (const char *store_path, const JzHash *hash)
{
  char hex[JZ_HASH_HEX_SIZE];
  g_autofree char *name = NULL;

  jz_hash_to_hex (hash, hex);
  name = g_strconcat (hex, ENDING, NULL);
  return g_build_filename (store_path, "keys", name, NULL);
}

/**
 * jz_keyring_put:
 * @store_path: the store's folder
 * @content: a key file
 * @hash: (out): its name
 * @error: return location
 *
 * Returns: whether the file is in keys/ and durable
 */
gboolean
jz_keyring_put (const char *store_path, GBytes *content, JzHash *hash, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *staging = g_build_filename (store_path, "incoming", NULL);
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (content, &length);

  jz_hash_of (data, length, hash);
  path = get_path (store_path, hash);
  return jz_file_write_durably (path, staging, content, 0600, error);
}

/**
 * jz_keyring_get:
 * @store_path: the store's folder
 * @hash: its name
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file, checked against its name
 */
GBytes *
jz_keyring_get (const char *store_path, const JzHash *hash, GError **error)
{
  g_autofree char *path = get_path (store_path, hash);
  g_autoptr (GBytes) content = jz_file_read (path, JZ_KEYRING_MAX_FILE, error);
  gsize length = 0;
  gconstpointer data;
  JzHash found;

  if (content == NULL)
    return NULL;
  data = g_bytes_get_data (content, &length);
  jz_hash_of (data, length, &found);
  if (!jz_hash_equal (&found, hash)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The key file %s was altered; copy it back from the newest backup."), path);
    return NULL;
  }
  return g_steal_pointer (&content);
}

/**
 * jz_keyring_has:
 * @store_path: the store's folder
 * @hash: its name
 *
 * Returns: whether there is such a file, whatever is in it
 */
gboolean
jz_keyring_has (const char *store_path, const JzHash *hash)
{
  g_autofree char *path = get_path (store_path, hash);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/**
 * jz_keyring_remove:
 * @store_path: the store's folder
 * @hash: its name
 * @error: return location
 *
 * Returns: whether the file is gone
 */
gboolean
jz_keyring_remove (const char *store_path, const JzHash *hash, GError **error)
{
  g_autofree char *path = get_path (store_path, hash);
  return jz_file_remove_durably (path, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * jz_keyring_list:
 * @store_path: the store's folder
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the names in keys/, sorted; those of ours are hex hashes
 * with the ending `.key`
 */
char **
jz_keyring_list (const char *store_path, GError **error)
{
  g_autofree char *path = g_build_filename (store_path, "keys", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    return NULL;
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
