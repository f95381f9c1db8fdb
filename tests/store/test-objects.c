/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <string.h>

#include "objects.h"

static const char empty_hex[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

static void
test_open (void)
{
  g_auto (TestStore) store = { 0 };
  g_autofree char *missing = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;

  test_store_open (&store);
  /* opening makes nothing */
  g_assert_cmpuint (folder_count (store.store), ==, 0);
  missing = g_build_filename (store.folder, "missing", NULL);
  file = folder_write (store.folder, "file", "", 0);
  g_assert_null (jz_objects_open (missing, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE);
  g_clear_error (&error);
  g_assert_null (jz_objects_open (file, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE);
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 100, JZ_CHUNK_SIZE, JZ_CHUNK_SIZE + 1 };
  g_auto (TestStore) store = { 0 };

  test_store_open (&store);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = make_content (sizes[i], i);
    g_autoptr (GBytes) found = NULL;
    g_autoptr (GBytes) too_large = NULL;
    JzObject object = put_content (&store, content);
    g_autofree char *path = jz_objects_dup_path (store.objects, &object.hash);
    char hex[JZ_HASH_HEX_SIZE];

    jz_hash_to_hex (&object.hash, hex);
    if (sizes[i] == 0)
      g_assert_cmpstr (hex, ==, empty_hex);
    g_assert_cmpuint (object.size, ==, sizes[i]);
    g_assert_false (object.has_chunks);
    g_assert_true (jz_objects_has (store.objects, &object.hash));
    g_assert_cmpuint (mode_of (path), ==, 0444);
    found = jz_objects_get_bytes (store.objects, &object.hash, sizes[i], &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (found, content));
    if (sizes[i] == 0)
      continue;
    too_large = jz_objects_get_bytes (store.objects, &object.hash, sizes[i] - 1, &error);
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
    g_assert_null (too_large);
  }
  g_assert_cmpuint (count_objects (&store), ==, G_N_ELEMENTS (sizes));
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
}

static void
test_path (void)
{
  g_auto (TestStore) store = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *expected = NULL;
  JzHash hash;

  test_store_open (&store);
  g_assert_true (jz_hash_from_hex (empty_hex, &hash));
  path = jz_objects_dup_path (store.objects, &hash);
  expected = g_build_filename (store.root, "e3", empty_hex + 2, NULL);
  g_assert_cmpstr (path, ==, expected);
}

/* Every single byte that is not what was stored is noticed on reading. */
static void
test_get_damaged (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (50, 1);
  g_autofree char *path = NULL;
  JzObject object;

  test_store_open (&store);
  object = put_content (&store, content);
  path = jz_objects_dup_path (store.objects, &object.hash);
  for (gsize i = 0; i < 50; i++) {
    g_autoptr (GError) error = NULL;
    flip (path, i);
    g_assert_null (jz_objects_get_bytes (store.objects, &object.hash, 100, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_assert_nonnull (strstr (error->message, path));
    flip (path, i);
  }
  for (int length = 0; length < 52; length++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) found = NULL;
    g_autofree char *data = g_malloc0 (52);
    memcpy (data, g_bytes_get_data (content, NULL), 50);
    g_assert_true (g_file_set_contents (path, data, length, NULL));
    found = jz_objects_get_bytes (store.objects, &object.hash, 100, &error);
    g_assert_cmpint (found != NULL, ==, length == 50);
    if (length != 50)
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
}

static void
assert_unusable (TestStore *store, const JzHash *hash)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (jz_objects_has (store->objects, hash));
  g_assert_null (jz_objects_get_bytes (store->objects, hash, 100, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_cmpint (jz_objects_open_fd (store->objects, hash, &error), ==, -1);
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
}

/* Missing, or something else in its place: never followed, never waited for. */
static void
test_get_strange (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (50, 1);
  g_autofree char *path = NULL;
  g_autofree char *copy = NULL;
  JzObject object;

  test_store_open (&store);
  jz_hash_of (g_bytes_get_data (content, NULL), 50, &object.hash);
  assert_unusable (&store, &object.hash);
  object = put_content (&store, content);
  path = jz_objects_dup_path (store.objects, &object.hash);
  copy = make_source (&store, "copy", content);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_unusable (&store, &object.hash);
  g_assert_cmpint (symlink (copy, path), ==, 0);
  assert_unusable (&store, &object.hash);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_unusable (&store, &object.hash);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_unusable (&store, &object.hash);
}

static void
test_open_fd (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (50, 1);
  g_autoptr (GError) error = NULL;
  char buffer[64];
  JzObject object;
  int fd;

  test_store_open (&store);
  object = put_content (&store, content);
  fd = jz_objects_open_fd (store.objects, &object.hash, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fcntl (fd, F_GETFL) & O_ACCMODE, ==, O_RDONLY);
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
  g_assert_cmpint (read (fd, buffer, sizeof buffer), ==, 50);
  g_assert_cmpmem (buffer, 50, g_bytes_get_data (content, NULL), 50);
  close (fd);
}

static void
test_remove (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) one = make_content (50, 1);
  g_autoptr (GBytes) other = make_content (50, 2);
  g_autoptr (GError) error = NULL;
  JzObject object;
  JzObject kept;

  test_store_open (&store);
  jz_hash_of (g_bytes_get_data (one, NULL), 50, &object.hash);
  g_assert_true (jz_objects_remove (store.objects, &object.hash, &error));
  object = put_content (&store, one);
  kept = put_content (&store, other);
  g_assert_true (jz_objects_remove (store.objects, &object.hash, &error));
  g_assert_false (jz_objects_has (store.objects, &object.hash));
  g_assert_true (jz_objects_has (store.objects, &kept.hash));
  g_assert_true (jz_objects_remove (store.objects, &object.hash, &error));
  g_assert_no_error (error);
  /* and can come back */
  object = put_content (&store, one);
  g_assert_true (jz_objects_has (store.objects, &object.hash));
}

typedef struct {
  GPtrArray *names;
  guint n_objects;
  guint64 size;
  guint stop_at;
} Seen;

static gboolean
on_visit (const char *name, const JzHash *hash, guint64 size, gpointer data)
{
  Seen *seen = data;

  g_ptr_array_add (seen->names, g_strdup (name));
  if (hash != NULL) {
    char hex[JZ_HASH_HEX_SIZE];
    g_autofree char *expected = NULL;
    jz_hash_to_hex (hash, hex);
    expected = g_strdup_printf ("%.2s/%s", hex, hex + 2);
    g_assert_cmpstr (name, ==, expected);
    seen->n_objects++;
    seen->size += size;
  }
  return seen->names->len != seen->stop_at;
}

static void
test_foreach (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *link = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *inside = NULL;
  Seen seen = { .names = names };

  test_store_open (&store);
  g_assert_true (jz_objects_foreach (store.objects, on_visit, &seen, &error));
  g_assert_cmpuint (names->len, ==, 0);
  for (guint32 i = 0; i < 100; i++) {
    g_autoptr (GBytes) content = make_content (10, i);
    put_content (&store, content);
  }
  g_free (folder_write (store.root, "00-beside-a-folder", "x", 1));
  g_free (folder_write (store.root, "zz", "x", 1));
  inside = g_build_filename (store.root, "e3", NULL);
  g_mkdir (inside, 0700);
  g_free (folder_write (inside, "foreign", "x", 1));
  link = g_build_filename (inside, empty_hex + 2, NULL);
  g_assert_cmpint (symlink ("foreign", link), ==, 0);
  folder = g_build_filename (store.root, "not-ours", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_free (folder_write (folder, "inside", "x", 1));

  g_assert_true (jz_objects_foreach (store.objects, on_visit, &seen, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.n_objects, ==, 100);
  g_assert_cmpuint (seen.size, ==, 1000);
  g_assert_cmpuint (names->len, ==, 105);
  for (guint i = 1; i < names->len; i++)
    g_assert_cmpstr (g_ptr_array_index (names, i - 1), <, g_ptr_array_index (names, i));

  g_ptr_array_set_size (names, 0);
  seen.stop_at = 17;
  g_assert_true (jz_objects_foreach (store.objects, on_visit, &seen, &error));
  g_assert_cmpuint (names->len, ==, 17);
}

static void
test_foreach_fails (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Seen seen = { .names = names };

  test_store_open (&store);
  g_free (folder_write (store.store, "objects", "a file", 6));
  g_assert_false (jz_objects_foreach (store.objects, on_visit, &seen, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

#define H "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define C "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

static void
test_json (void)
{
  static const struct {
    const char *text;
    gboolean is_object;
  } cases[] = {
    { "{\"object\":\"" H "\",\"size\":0}", TRUE },
    { "{\"object\":\"" H "\",\"size\":9007199254740991}", TRUE },
    { "{\"chunks\":\"" C "\",\"object\":\"" H "\",\"size\":1048577}", TRUE },
    { "{\"chunks\":\"" C "\",\"object\":\"" H "\",\"size\":1048576}", FALSE },
    { "{\"chunks\":\"" C "\",\"object\":\"" H "\"}", FALSE },
    { "{\"chunks\":\"" C "\",\"size\":1048577}", FALSE },
    { "{\"chunks\":\"\",\"object\":\"" H "\",\"size\":1048577}", FALSE },
    { "{\"chunks\":1,\"object\":\"" H "\",\"size\":1048577}", FALSE },
    { "{\"chunks\":null,\"object\":\"" H "\",\"size\":1048577}", FALSE },
    { "{\"chunks\":null,\"object\":\"" H "\",\"size\":1}", FALSE },
    { "{\"object\":\"" H "\"}", FALSE },
    { "{\"size\":1}", FALSE },
    { "{}", FALSE },
    { "{\"object\":\"" H "\",\"size\":-1}", FALSE },
    { "{\"object\":\"" H "\",\"size\":\"1\"}", FALSE },
    { "{\"object\":\"" H "\",\"size\":null}", FALSE },
    { "{\"object\":\"" H "0\",\"size\":1}", FALSE },
    { "{\"object\":\"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\","
      "\"size\":1}",
      FALSE },
    { "{\"object\":[\"" H "\"],\"size\":1}", FALSE },
    { "{\"name\":\"x\",\"object\":\"" H "\",\"size\":1}", FALSE },
    { "{\"chunks\":\"" C "\",\"name\":\"x\",\"object\":\"" H "\",\"size\":1048577}", FALSE },
    { "[\"" H "\",1]", FALSE },
    { "\"" H "\"", FALSE },
    { "null", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzJson) json = jz_json_parse (cases[i].text, strlen (cases[i].text), &error);
    g_autoptr (JzJson) again = NULL;
    g_autofree char *text = NULL;
    JzObject object = { .size = 4711 };

    g_assert_no_error (error);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (jz_object_from_json (json, &object), ==, cases[i].is_object);
    if (!cases[i].is_object) {
      g_assert_cmpuint (object.size, ==, 4711);
      continue;
    }
    again = jz_object_to_json (&object);
    text = jz_json_to_canonical (again, NULL);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/objects/open", test_open);
  g_test_add_func ("/store/objects/round-trip", test_round_trip);
  g_test_add_func ("/store/objects/path", test_path);
  g_test_add_func ("/store/objects/get-damaged", test_get_damaged);
  g_test_add_func ("/store/objects/get-strange", test_get_strange);
  g_test_add_func ("/store/objects/open-fd", test_open_fd);
  g_test_add_func ("/store/objects/remove", test_remove);
  g_test_add_func ("/store/objects/foreach", test_foreach);
  g_test_add_func ("/store/objects/foreach-fails", test_foreach_fails);
  g_test_add_func ("/store/objects/json", test_json);
  return g_test_run ();
}
