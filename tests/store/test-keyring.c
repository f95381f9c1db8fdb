/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/keyring.h"

#include <string.h>

#include "folder.h"
#include "store/error.h"

static char *
make_store_folder (void)
{
  static const char *const folders[] = { "keys", "incoming" };
  char *store = folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (store, folders[i], NULL);
    g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  }
  return store;
}

static void
test_put_get_remove (void)
{
  g_autofree char *store = make_store_folder ();
  g_autoptr (GBytes) content = g_bytes_new_static ("a key", 5);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) none = NULL;
  JzHash hash;

  g_assert_true (jz_keyring_put (store, content, &hash, &error));
  g_assert_true (jz_keyring_put (store, content, &hash, &error));
  g_assert_no_error (error);
  again = jz_keyring_get (store, &hash, &error);
  g_assert_true (g_bytes_equal (content, again));
  names = jz_keyring_list (store, &error);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_true (g_str_has_suffix (names[0], ".key"));
  g_assert_true (jz_keyring_remove (store, &hash, &error));
  g_assert_true (jz_keyring_remove (store, &hash, &error));
  none = jz_keyring_list (store, &error);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  folder_free (g_steal_pointer (&store));
}

static void
test_an_altered_file_is_named (void)
{
  g_autofree char *store = make_store_folder ();
  g_autoptr (GBytes) content = g_bytes_new_static ("a key", 5);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  g_autofree char *path = NULL;
  JzHash hash;

  g_assert_true (jz_keyring_put (store, content, &hash, &error));
  names = jz_keyring_list (store, &error);
  path = g_build_filename (store, "keys", names[0], NULL);
  g_assert_true (g_file_set_contents (path, "a keY", 5, NULL));
  g_assert_null (jz_keyring_get (store, &hash, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, names[0]));
  folder_free (g_steal_pointer (&store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/keyring/put-get-remove", test_put_get_remove);
  g_test_add_func ("/store/keyring/an-altered-file-is-named", test_an_altered_file_is_named);
  return g_test_run ();
}
