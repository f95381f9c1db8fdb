/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include "store/chunk_list.h"

#include "objects.h"

static GPtrArray *
faults_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)jz_object_fault_free);
}

static GPtrArray *
verify (TestStore *store, const GArray *named)
{
  g_autoptr (GPtrArray) faults = faults_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_objects_verify (store->objects, named, NULL, NULL, NULL, faults, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&faults);
}

/* Names of the faults, one a line, in the order in which they come. */
static char *
verify_to_names (TestStore *store, const GArray *named)
{
  g_autoptr (GPtrArray) faults = verify (store, named);
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++) {
    const JzObjectFault *one = g_ptr_array_index (faults, i);
    g_assert_true (g_utf8_validate (one->sentence, -1, NULL));
    g_assert_true (g_str_has_suffix (one->sentence, "."));
    g_string_append_printf (names, "%s\n", one->name);
  }
  return g_string_free (names, FALSE);
}

static void
assert_faults_of (TestStore *store, const GArray *named, const char *expected)
{
  g_autofree char *names = verify_to_names (store, named);
  g_assert_cmpstr (names, ==, expected);
}

/* Objects as an act names them. */
static GArray *
named_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (JzObject));
}

static void
assert_faults (TestStore *store, const char *expected)
{
  assert_faults_of (store, NULL, expected);
}

/* Without and with what the act said that named @object. */
static void
assert_faults_naming (TestStore *store, const JzObject *object, const char *expected)
{
  g_autoptr (GArray) named = named_new ();

  g_array_append_val (named, *object);
  assert_faults (store, expected);
  assert_faults_of (store, named, expected);
}

static char *
name_of (const JzHash *hash)
{
  char hex[JZ_HASH_HEX_SIZE];
  jz_hash_to_hex (hash, hex);
  return g_strdup_printf ("%.2s/%s\n", hex, hex + 2);
}

static void
test_whole (void)
{
  static const gsize sizes[] = {
    0,
    1,
    44,
    108,
    256 * 1024,
    256 * 1024 + 1,
    JZ_CHUNK_SIZE,
    JZ_CHUNK_SIZE + 1,
    2 * JZ_CHUNK_SIZE,
    3 * JZ_CHUNK_SIZE - 1,
  };
  g_auto (TestStore) store = { 0 };

  g_autoptr (GArray) named = named_new ();
  guint n_lists = 0;

  test_store_open (&store);
  assert_faults_of (&store, named, "");
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) content = make_content (sizes[i], i);
    g_autofree char *source = make_source (&store, "source", content);
    JzObject object = put_source (&store, source, TRUE);
    g_array_append_val (named, object);
    g_array_append_val (named, object);
    n_lists += object.has_chunks ? 1 : 0;
  }
  g_assert_cmpuint (n_lists, ==, 3);
  assert_faults (&store, "");
  assert_faults_of (&store, named, "");
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
test_many (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) expected = g_string_new (NULL);

  test_store_open (&store);
  for (guint32 i = 0; i < 150; i++) {
    g_autoptr (GBytes) content = make_content (16 + i % 70, i);
    JzObject object = put_content (&store, content);
    g_autofree char *path = jz_objects_dup_path (store.objects, &object.hash);
    if (i % 7 != 0)
      continue;
    flip (path, i % object.size);
    g_ptr_array_add (damaged, name_of (&object.hash));
  }
  g_ptr_array_sort (damaged, compare_texts);
  for (guint i = 0; i < damaged->len; i++)
    g_string_append (expected, g_ptr_array_index (damaged, i));
  assert_faults (&store, expected->str);
}

/* Every byte of a small object and of a chunk list. */
static void
test_every_byte (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) small = make_content (40, 1);
  g_autoptr (GBytes) large = make_content (JZ_CHUNK_SIZE + 1, 2);
  g_autofree char *source = NULL;
  JzHash hashes[2];
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", large);
  object = put_source (&store, source, TRUE);
  hashes[0] = put_content (&store, small).hash;
  hashes[1] = object.chunks;
  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++) {
    g_autofree char *path = jz_objects_dup_path (store.objects, &hashes[i]);
    g_autofree char *name = name_of (&hashes[i]);
    gsize length = i == 0 ? 40 : (gsize)jz_chunk_list_length (object.size);
    for (gsize place = 0; place < length; place++) {
      flip (path, place);
      assert_faults_naming (&store, &object, name);
      flip (path, place);
    }
  }
  assert_faults_naming (&store, &object, "");
}

/* Any byte of a large one; the seed is the test's own, printed above. */
static void
test_any_byte (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) large = make_content (2 * JZ_CHUNK_SIZE + 1, 2);
  g_autofree char *source = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", large);
  object = put_source (&store, source, TRUE);
  path = jz_objects_dup_path (store.objects, &object.hash);
  name = name_of (&object.hash);
  for (int i = 0; i < 40; i++) {
    gsize place = i == 0 ? 0 : (gsize)g_test_rand_int_range (0, (gint32)object.size);
    if (i == 1)
      place = (gsize)object.size - 1;
    g_test_message ("byte %d", (int)place);
    flip (path, place);
    assert_faults_naming (&store, &object, name);
    flip (path, place);
  }
}

static void
test_lengths (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (1000, 1);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  static const gsize lengths[] = { 0, 1, 999, 1001, 2000 };
  JzObject object;

  test_store_open (&store);
  object = put_content (&store, content);
  path = jz_objects_dup_path (store.objects, &object.hash);
  name = name_of (&object.hash);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_assert_cmpint (truncate (path, (off_t)lengths[i]), ==, 0);
    assert_faults (&store, name);
  }
}

#define TAIL "c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555b"

static void
make_folder (TestStore *store, const char *name)
{
  g_autofree char *path = g_build_filename (store->root, name, NULL);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
make_link (TestStore *store, const char *name, const char *to)
{
  g_autofree char *path = g_build_filename (store->root, name, NULL);
  g_assert_cmpint (symlink (to, path), ==, 0);
}

static void
make_fifo (TestStore *store, const char *name)
{
  g_autofree char *path = g_build_filename (store->root, name, NULL);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
make_file (TestStore *store, const char *name)
{
  g_free (folder_write (store->root, name, "x", 1));
}

/* What we never made is named, never followed and never waited for. */
static void
test_foreign (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (100, 1);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *source = NULL;

  test_store_open (&store);
  put_content (&store, content);
  source = make_source (&store, "source", content);
  make_folder (&store, "e3");
  make_folder (&store, "e4");
  make_file (&store, "README");
  make_file (&store, "e3.txt");
  make_file (&store, "e3/" TAIL "0");
  make_file (&store, "e3/.hidden");
  make_file (&store, "e3/C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B8555B");
  make_folder (&store, "e3/folder");
  make_file (&store, "e3/folder/" TAIL);
  make_link (&store, "e3/" TAIL, source);
  make_fifo (&store, "e4/" TAIL);
  make_link (&store, "e5", "e3");
  make_file (&store, "e6");
  make_folder (&store, "E7");
  make_folder (&store, "e8f");
  make_file (&store, "e8f/inside");
  make_fifo (&store, "e9");
  make_link (&store, "ea", "nowhere");
  g_string_append (expected, "E7\n"
                             "README\n"
                             "e3.txt\n"
                             "e3/.hidden\n"
                             "e3/C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B8555B\n"
                             "e3/" TAIL "\n"
                             "e3/" TAIL "0\n"
                             "e3/folder\n"
                             "e4/" TAIL "\n"
                             "e5\ne6\ne8f\ne9\nea\n");
  assert_faults (&store, expected->str);
}

static void
test_names_are_shown (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GPtrArray) faults = NULL;
  const JzObjectFault *one;

  test_store_open (&store);
  g_assert_cmpint (g_mkdir (store.root, 0700), ==, 0);
  make_file (&store, "bad\xff\xfename");
  faults = verify (&store, NULL);
  g_assert_cmpuint (faults->len, ==, 1);
  one = g_ptr_array_index (faults, 0);
  g_assert_true (g_utf8_validate (one->name, -1, NULL));
  g_assert_true (g_utf8_validate (one->sentence, -1, NULL));
}

static void
test_modes (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (100, 1);
  static const guint modes[] = { 0400, 0644, 0777 };
  g_autofree char *path = NULL;
  JzObject object;

  test_store_open (&store);
  object = put_content (&store, content);
  path = jz_objects_dup_path (store.objects, &object.hash);
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_assert_cmpint (g_chmod (path, (int)modes[i]), ==, 0);
    assert_faults (&store, "");
  }
}

/* Content in the form of a chunk list, under its right name. */
static JzHash
put_list (TestStore *store, const JzHash *object, guint64 size, const JzHash *pieces)
{
  g_autoptr (GBytes) bytes = jz_chunk_list_build (size, object, pieces);
  return put_content (store, bytes).hash;
}

static void
hash_pieces (GBytes *content, JzHash *pieces)
{
  const guint8 *data = g_bytes_get_data (content, NULL);
  gsize length = g_bytes_get_size (content);

  for (gsize i = 0; i * JZ_CHUNK_SIZE < length; i++)
    jz_hash_of (data + i * JZ_CHUNK_SIZE, MIN (JZ_CHUNK_SIZE, length - i * JZ_CHUNK_SIZE),
                &pieces[i]);
}

static void
assert_list_is_wrong (TestStore *store, const JzObject *object, const JzHash *list)
{
  g_autoptr (GArray) named = named_new ();
  g_autofree char *name = name_of (list);
  JzObject misnamed = *object;

  misnamed.has_chunks = TRUE;
  misnamed.chunks = *list;
  g_array_append_val (named, *object);
  g_array_append_val (named, misnamed);
  assert_faults_of (store, named, name);
}

/* Lists that an act names and that do not fit: only what they say gives them away. */
static void
test_wrong_lists (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) large = make_content (2 * JZ_CHUNK_SIZE + 9, 1);
  g_autoptr (GBytes) small = make_content (100, 2);
  g_autofree char *source = NULL;
  JzHash pieces[4] = { 0 };
  JzHash bad[5];
  JzObject object;
  JzObject little;

  test_store_open (&store);
  source = make_source (&store, "source", large);
  object = put_source (&store, source, TRUE);
  little = put_content (&store, small);
  hash_pieces (large, pieces);
  bad[0] = put_list (&store, &object.hash, object.size + 1, pieces);
  bad[1] = put_list (&store, &object.hash, 3 * JZ_CHUNK_SIZE + 1, pieces);
  bad[2] = put_list (&store, &little.hash, object.size, pieces);
  bad[3] = little.hash;
  pieces[2].bytes[31] ^= 1;
  bad[4] = put_list (&store, &object.hash, object.size, pieces);

  assert_faults_naming (&store, &object, "");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_list_is_wrong (&store, &object, &bad[i]);
  /* What is too small has no list at all, not even that of another. */
  assert_list_is_wrong (&store, &little, &object.chunks);
}

/* Evidence that looks like a chunk list, of whatever object, is evidence. */
static void
test_what_looks_like_a_list (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) large = make_content (2 * JZ_CHUNK_SIZE + 9, 1);
  g_autofree char *source = NULL;
  JzHash pieces[3] = { 0 };
  JzHash elsewhere;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", large);
  object = put_source (&store, source, TRUE);
  jz_hash_of ("x", 1, &elsewhere);
  put_list (&store, &elsewhere, object.size, pieces);
  put_list (&store, &object.hash, object.size, pieces);
  put_list (&store, &object.hash, object.size + 1, pieces);
  assert_faults_naming (&store, &object, "");
}

/* Whether something should be there only the journal knows. */
static void
test_named_and_not_there (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) large = make_content (JZ_CHUNK_SIZE + 9, 1);
  g_autofree char *source = NULL;
  g_autofree char *path = NULL;
  g_autofree char *list = NULL;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", large);
  object = put_source (&store, source, TRUE);
  list = jz_objects_dup_path (store.objects, &object.chunks);
  path = jz_objects_dup_path (store.objects, &object.hash);
  g_assert_cmpint (g_unlink (list), ==, 0);
  assert_faults_naming (&store, &object, "");
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_faults_naming (&store, &object, "");
}

/* An object that is damaged is named itself, and its list is not. */
static void
test_damaged_object_with_list (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) large = make_content (2 * JZ_CHUNK_SIZE + 9, 1);
  g_autofree char *source = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", large);
  object = put_source (&store, source, TRUE);
  path = jz_objects_dup_path (store.objects, &object.hash);
  name = name_of (&object.hash);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  for (int length = 2 * JZ_CHUNK_SIZE; length <= 2 * JZ_CHUNK_SIZE + 20; length += 20) {
    g_assert_cmpint (truncate (path, length), ==, 0);
    assert_faults_naming (&store, &object, name);
  }
}

static void
test_unreadable (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (100, 1);
  g_autofree char *name = NULL;
  JzObject object;

  test_store_open (&store);
  object = put_content (&store, content);
  name = name_of (&object.hash);
  fault_arm ("read", 1, EIO);
  assert_faults (&store, name);
  g_assert_true (fault_disarm ());
  fault_arm ("open", 1, EACCES);
  assert_faults (&store, name);
  g_assert_true (fault_disarm ());
}

static void
test_no_rights (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (100, 1);
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GError) error = NULL;
  JzObject object;

  test_store_open (&store);
  if (geteuid () == 0) {
    g_test_skip ("root may read everything");
    return;
  }
  object = put_content (&store, content);
  path = jz_objects_dup_path (store.objects, &object.hash);
  folder = g_path_get_dirname (path);
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  expected = g_strdup_printf ("%02x/\n", object.hash.bytes[0]);
  assert_faults (&store, expected);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  g_assert_cmpint (g_chmod (store.root, 0), ==, 0);
  faults = faults_new ();
  g_assert_false (jz_objects_verify (store.objects, NULL, NULL, NULL, NULL, faults, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS);
  g_assert_cmpint (g_chmod (store.root, 0700), ==, 0);
}

static void
test_no_folder (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GPtrArray) faults = faults_new ();
  g_autoptr (GError) error = NULL;

  test_store_open (&store);
  g_free (folder_write (store.store, "objects", "a file", 6));
  g_assert_false (jz_objects_verify (store.objects, NULL, NULL, NULL, NULL, faults, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

typedef struct {
  GThread *thread;
  guint64 last;
  guint64 total;
  GCancellable *cancellable;
} Progress;

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Progress *self = data;

  g_assert_true (g_thread_self () == self->thread);
  g_assert_cmpuint (done, >=, self->last);
  g_assert_cmpuint (done, <=, total);
  self->last = done;
  self->total = total;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
test_progress (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) one = make_content (JZ_CHUNK_SIZE + 1, 1);
  g_autoptr (GBytes) other = make_content (100, 2);
  g_autoptr (GPtrArray) faults = faults_new ();
  g_autoptr (GError) error = NULL;
  Progress progress = { .thread = g_thread_self () };

  test_store_open (&store);
  put_content (&store, one);
  put_content (&store, other);
  jz_objects_verify (store.objects, NULL, on_progress, &progress, NULL, faults, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.last, ==, JZ_CHUNK_SIZE + 101);
  g_assert_cmpuint (progress.total, ==, JZ_CHUNK_SIZE + 101);
}

/* Nothing is said of a store that was only half looked at. */
static void
test_cancel (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GPtrArray) faults = faults_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *source = NULL;
  Progress progress = { .thread = g_thread_self (), .cancellable = cancellable };
  gint64 begin;

  test_store_open (&store);
  source = folder_write (store.folder, "source", "", 0);
  g_assert_cmpint (truncate (source, 64 * 1024 * 1024), ==, 0);
  put_source (&store, source, TRUE);
  make_file (&store, "foreign");
  begin = g_get_monotonic_time ();
  g_assert_false (
    jz_objects_verify (store.objects, NULL, on_progress, &progress, cancellable, faults, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (progress.last, <, progress.total);
  g_test_message ("cancelled after %d ms", (int)((g_get_monotonic_time () - begin) / 1000));

  g_clear_error (&error);
  g_assert_false (jz_objects_verify (store.objects, NULL, NULL, NULL, cancellable, faults, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/objects-verify/whole", test_whole);
  g_test_add_func ("/store/objects-verify/many", test_many);
  g_test_add_func ("/store/objects-verify/every-byte", test_every_byte);
  g_test_add_func ("/store/objects-verify/any-byte", test_any_byte);
  g_test_add_func ("/store/objects-verify/lengths", test_lengths);
  g_test_add_func ("/store/objects-verify/foreign", test_foreign);
  g_test_add_func ("/store/objects-verify/names-are-shown", test_names_are_shown);
  g_test_add_func ("/store/objects-verify/modes", test_modes);
  g_test_add_func ("/store/objects-verify/wrong-lists", test_wrong_lists);
  g_test_add_func ("/store/objects-verify/what-looks-like-a-list", test_what_looks_like_a_list);
  g_test_add_func ("/store/objects-verify/named-and-not-there", test_named_and_not_there);
  g_test_add_func ("/store/objects-verify/damaged-object-with-list", test_damaged_object_with_list);
  g_test_add_func ("/store/objects-verify/unreadable", test_unreadable);
  g_test_add_func ("/store/objects-verify/no-rights", test_no_rights);
  g_test_add_func ("/store/objects-verify/no-folder", test_no_folder);
  g_test_add_func ("/store/objects-verify/progress", test_progress);
  g_test_add_func ("/store/objects-verify/cancel", test_cancel);
  return g_test_run ();
}
