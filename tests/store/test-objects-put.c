/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "faults.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "store/chunk_list.h"

#include "objects.h"

/* Nothing is left of an import that failed. */
static void
assert_nothing_kept (TestStore *store)
{
  g_assert_cmpuint (folder_count (store->incoming), ==, 0);
  g_assert_cmpuint (count_objects (store), ==, 0);
}

static void
check_chunk_list (TestStore *store, const JzObject *object, GBytes *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    jz_objects_get_bytes (store->objects, &object->chunks, 1 << 20, &error);
  const guint8 *data = g_bytes_get_data (content, NULL);
  JzChunkList list;

  g_assert_no_error (error);
  g_assert_true (jz_chunk_list_parse (bytes, &list));
  g_assert_cmpuint (list.size, ==, object->size);
  g_assert_true (jz_hash_equal (&list.object, &object->hash));
  for (guint64 i = 0; i < list.n_pieces; i++) {
    gsize begin = (gsize)i * JZ_CHUNK_SIZE;
    g_assert_true (jz_chunk_list_check_piece (
      &list, i, data + begin, MIN ((gsize)object->size - begin, (gsize)JZ_CHUNK_SIZE)));
  }
}

static void
test_sizes (void)
{
  static const struct {
    gsize size;
    gboolean with_chunks;
    gboolean has_chunks;
  } cases[] = {
    { 0, TRUE, FALSE },
    { 1, TRUE, FALSE },
    { JZ_CHUNK_SIZE - 1, TRUE, FALSE },
    { JZ_CHUNK_SIZE, TRUE, FALSE },
    { JZ_CHUNK_SIZE + 1, TRUE, TRUE },
    { 2 * JZ_CHUNK_SIZE, TRUE, TRUE },
    { 2 * JZ_CHUNK_SIZE + 5, TRUE, TRUE },
    { JZ_CHUNK_SIZE + 2, FALSE, FALSE },
  };
  g_auto (TestStore) store = { 0 };
  guint n_objects = 0;

  test_store_open (&store);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = make_content (cases[i].size, i);
    g_autoptr (GBytes) found = NULL;
    g_autofree char *source = make_source (&store, "source", content);
    JzObject object = put_source (&store, source, cases[i].with_chunks);
    g_autofree char *path = jz_objects_dup_path (store.objects, &object.hash);

    g_assert_cmpuint (object.size, ==, cases[i].size);
    g_assert_cmpint (object.has_chunks, ==, cases[i].has_chunks);
    g_assert_cmpuint (mode_of (path), ==, 0444);
    found = jz_objects_get_bytes (store.objects, &object.hash, cases[i].size, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (found, content));
    if (object.has_chunks)
      check_chunk_list (&store, &object, content);
    n_objects += object.has_chunks ? 2 : 1;
    g_assert_cmpuint (count_objects (&store), ==, n_objects);
    g_assert_cmpuint (folder_count (store.incoming), ==, 0);
    g_assert_true (g_file_test (source, G_FILE_TEST_EXISTS));
  }
}

/* Content that is there is not written again, whichever way it comes. */
static void
test_twice (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (JZ_CHUNK_SIZE + 1, 1);
  g_autofree char *source = NULL;
  g_autofree char *path = NULL;
  struct stat before;
  struct stat after;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  object = put_source (&store, source, TRUE);
  path = jz_objects_dup_path (store.objects, &object.hash);
  g_assert_cmpint (lstat (path, &before), ==, 0);
  put_source (&store, source, TRUE);
  put_content (&store, content);
  g_assert_cmpint (lstat (path, &after), ==, 0);
  g_assert_cmpint (before.st_ino, ==, after.st_ino);
  g_assert_cmpint (before.st_mtim.tv_nsec, ==, after.st_mtim.tv_nsec);
  g_assert_cmpint (before.st_ctim.tv_nsec, ==, after.st_ctim.tv_nsec);
  g_assert_cmpuint (count_objects (&store), ==, 2);
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
}

/* What has the right name and another size, or other bytes, is not taken for the content. */
static void
test_damaged_is_not_reused (void)
{
  static const char *const damages[] = {
    "cut", "0123456789012345678901234567890123456789012345678901234567890123456789"
           "012345678901234567890123456789"
  };
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (100, 1);
  g_autofree char *source = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  object = put_content (&store, content);
  path = jz_objects_dup_path (store.objects, &object.hash);
  g_assert_cmpuint (strlen (damages[1]), ==, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_assert_true (g_file_set_contents (path, damages[i], -1, NULL));
    g_assert_false (jz_objects_put_bytes (store.objects, content, &object, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_clear_error (&error);
    g_assert_false (
      jz_objects_put_file (store.objects, source, FALSE, NULL, NULL, NULL, &object, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_clear_error (&error);
    assert_content (path, damages[i]);
  }
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
}

/* File, then its name, then folders: everything durable before success is told. */
static void
test_order (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (10, 1);
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *pattern = NULL;
  g_autoptr (GError) error = NULL;
  JzObject object;

  test_store_open (&store);
  fault.log = g_string_new (NULL);
  fault_arm (NULL, 0, 0);
  jz_objects_put_bytes (store.objects, content, &object, &error);
  fault_disarm ();
  g_assert_no_error (error);
  path = jz_objects_dup_path (store.objects, &object.hash);
  folder = g_path_get_dirname (path);
  pattern = g_strdup_printf ("^mkdir %1$s\nfsync %2$s\nmkdir %3$s\nfsync %2$s\n"
                             "write %1$s/part-.*\nfchmod %1$s/part-.*\nfsync %1$s/part-.*\n"
                             "mkdir %4$s\nfsync %3$s\nrename %5$s\nfsync %4$s\n$",
                             store.incoming, store.store, store.root, folder, path);
  g_assert_true (g_regex_match_simple (pattern, fault.log->str, 0, 0));

  /* Content that is there already may have been named a moment ago by another thread. */
  g_string_truncate (fault.log, 0);
  fault_arm (NULL, 0, 0);
  jz_objects_put_bytes (store.objects, content, &object, &error);
  fault_disarm ();
  g_assert_no_error (error);
  g_free (pattern);
  pattern = g_strdup_printf ("fsync %s\n", folder);
  g_assert_cmpstr (fault.log->str, ==, pattern);
  g_string_free (g_steal_pointer (&fault.log), TRUE);
}

/* Whichever call fails, once or for good: an error, nothing half-written, and it works next time.
 */
static void
test_fails_anywhere (void)
{
  static const int failures[] = { ENOSPC, EIO };
  g_autoptr (GBytes) content = make_content (JZ_CHUNK_SIZE + 1, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    for (int n = 1;; n++) {
      g_auto (TestStore) store = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) faults =
        g_ptr_array_new_with_free_func ((GDestroyNotify)jz_object_fault_free);
      g_autofree char *source = NULL;
      JzObject object = { .size = 4711 };
      gboolean stored;

      test_store_open (&store);
      source = make_source (&store, "source", content);
      fault_arm (NULL, n, failures[i]);
      fault.cuts_writes = TRUE;
      stored = jz_objects_put_file (store.objects, source, TRUE, NULL, NULL, NULL, &object, &error);
      if (!fault_disarm ()) {
        g_assert_true (stored);
        g_assert_cmpint (n, >, 40);
        break;
      }
      g_assert_false (stored);
      g_assert_error (error, JZ_STORE_ERROR,
                      (failures[i] == ENOSPC ? JZ_STORE_ERROR_FULL : JZ_STORE_ERROR_IO));
      g_assert_cmpuint (object.size, ==, 4711);
      g_assert_cmpuint (folder_count (store.incoming), ==, 0);
      jz_objects_verify (store.objects, NULL, NULL, NULL, NULL, faults, NULL);
      g_assert_cmpuint (faults->len, ==, 0);
      put_source (&store, source, TRUE);
      g_assert_cmpuint (count_objects (&store), ==, 2);
    }
  }
}

static void
test_source_refused (void)
{
  g_auto (TestStore) store = { 0 };
  g_autofree char *file = NULL;
  g_autofree char *link = NULL;
  g_autofree char *fifo = NULL;
  g_autofree char *missing = NULL;

  test_store_open (&store);
  file = folder_write (store.folder, "file", "x", 1);
  link = g_build_filename (store.folder, "link", NULL);
  fifo = g_build_filename (store.folder, "fifo", NULL);
  missing = g_build_filename (store.folder, "missing", NULL);
  g_assert_cmpint (symlink (file, link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  const struct {
    const char *path;
    int code;
  } cases[] = {
    { link, JZ_STORE_ERROR_INVALID },         { fifo, JZ_STORE_ERROR_INVALID },
    { store.folder, JZ_STORE_ERROR_INVALID }, { "/dev/zero", JZ_STORE_ERROR_INVALID },
    { missing, JZ_STORE_ERROR_IO },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    JzObject object;
    g_assert_false (
      jz_objects_put_file (store.objects, cases[i].path, TRUE, NULL, NULL, NULL, &object, &error));
    g_assert_error (error, JZ_STORE_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].path));
    assert_nothing_kept (&store);
  }
}

typedef struct {
  const char *path;
  guint64 at; /* bytes that have been read when it happens */
  void (*meddle) (const char *path);
  gboolean has_happened;
} Meddler;

static void
on_progress_meddle (guint64 done, guint64 total, gpointer data)
{
  Meddler *self = data;

  if (done < self->at || self->has_happened)
    return;
  self->has_happened = TRUE;
  self->meddle (self->path);
}

static void
change (const char *path, int flags, off_t place)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC | flags);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, "x", 1, place), ==, 1);
  close (fd);
}

static void
append (const char *path)
{
  change (path, O_APPEND, 0);
}

static void
change_in_place (const char *path)
{
  change (path, 0, 5);
}

static void
cut (const char *path)
{
  g_assert_cmpint (truncate (path, 9), ==, 0);
}

static void
cut_all (const char *path)
{
  g_assert_cmpint (truncate (path, 0), ==, 0);
}

static void
replace (const char *path)
{
  g_assert_true (g_file_set_contents (path, "another", -1, NULL));
}

static void
take_away (const char *path)
{
  g_assert_cmpint (unlink (path), ==, 0);
}

/* A recorder that still writes, an editor that saves, a stick that is pulled out. */
static void
test_source_changes (void)
{
  static const struct {
    void (*meddle) (const char *path);
    int code;
  } cases[] = {
    { append, JZ_STORE_ERROR_INVALID },  { change_in_place, JZ_STORE_ERROR_INVALID },
    { cut, JZ_STORE_ERROR_INVALID },     { cut_all, JZ_STORE_ERROR_INVALID },
    { replace, JZ_STORE_ERROR_INVALID }, { take_away, JZ_STORE_ERROR_IO },
  };
  static const gsize sizes[] = { 10, 2 * JZ_CHUNK_SIZE, 2 * JZ_CHUNK_SIZE + 10 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases) * G_N_ELEMENTS (sizes) * 2; i++) {
    gsize size = sizes[i / 2 % G_N_ELEMENTS (sizes)];
    gsize n = i / 2 / G_N_ELEMENTS (sizes);
    g_auto (TestStore) store = { 0 };
    g_autoptr (GBytes) content = make_content (size, 1);
    g_autofree char *source = NULL;
    g_autoptr (GError) error = NULL;
    struct timespec past[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
    Meddler meddler;
    JzObject object;

    test_store_open (&store);
    source = make_source (&store, "source", content);
    g_assert_cmpint (utimensat (AT_FDCWD, source, past, 0), ==, 0);
    meddler = (Meddler){ .path = source, .at = i % 2 == 0 ? 0 : size, .meddle = cases[n].meddle };
    g_test_message ("meddler %d, size %d, at %d", (int)n, (int)size, (int)meddler.at);
    g_assert_false (jz_objects_put_file (store.objects, source, TRUE, on_progress_meddle, &meddler,
                                         NULL, &object, &error));
    g_assert_true (meddler.has_happened);
    g_assert_error (error, JZ_STORE_ERROR, cases[n].code);
    g_assert_nonnull (strstr (error->message, source));
    assert_nothing_kept (&store);
  }
}

typedef struct {
  const char *path;
  guint n_calls;
} Grower;

static void
on_progress_grow (guint64 done, guint64 total, gpointer data)
{
  Grower *self = data;
  struct stat status;

  g_assert_cmpuint (++self->n_calls, <, 10);
  g_assert_cmpint (stat (self->path, &status), ==, 0);
  g_assert_cmpint (truncate (self->path, status.st_size + 2 * JZ_CHUNK_SIZE), ==, 0);
}

/* A source that grows faster than it is read is given up, not read for ever. */
static void
test_source_grows (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (2 * JZ_CHUNK_SIZE, 1);
  g_autofree char *source = NULL;
  g_autoptr (GError) error = NULL;
  Grower grower = { 0 };
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  grower.path = source;
  g_assert_false (jz_objects_put_file (store.objects, source, TRUE, on_progress_grow, &grower, NULL,
                                       &object, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  assert_nothing_kept (&store);

  /* says that it has no bytes, and has some */
  g_clear_error (&error);
  g_assert_false (jz_objects_put_file (store.objects, "/proc/self/maps", TRUE, NULL, NULL, NULL,
                                       &object, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  assert_nothing_kept (&store);
}

static void
test_source_unreadable (void)
{
  static const int failures[] = { EIO, ENODEV, ESTALE };

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_auto (TestStore) store = { 0 };
    g_autoptr (GBytes) content = make_content (3 * JZ_CHUNK_SIZE, 1);
    g_autofree char *source = NULL;
    g_autoptr (GError) error = NULL;
    JzObject object;

    test_store_open (&store);
    source = make_source (&store, "source", content);
    fault_arm ("read", 2, failures[i]);
    g_assert_false (
      jz_objects_put_file (store.objects, source, TRUE, NULL, NULL, NULL, &object, &error));
    g_assert_true (fault_disarm ());
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
    g_assert_nonnull (strstr (error->message, source));
    assert_nothing_kept (&store);
  }
}

typedef struct {
  guint64 last;
  guint64 total;
  guint n_calls;
  guint64 cancel_at;
  GCancellable *cancellable;
  GThread *thread;
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
  self->n_calls++;
  if (self->cancellable != NULL && done >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static void
test_progress (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (3 * JZ_CHUNK_SIZE + 7, 1);
  g_autofree char *source = NULL;
  g_autoptr (GError) error = NULL;
  Progress progress = { .thread = g_thread_self () };
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  jz_objects_put_file (store.objects, source, TRUE, on_progress, &progress, NULL, &object, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.n_calls, ==, 5);
  g_assert_cmpuint (progress.last, ==, 3 * JZ_CHUNK_SIZE + 7);
  g_assert_cmpuint (progress.total, ==, 3 * JZ_CHUNK_SIZE + 7);
}

static void
test_cancel (void)
{
  static const guint64 places[] = { 0, JZ_CHUNK_SIZE, 2 * JZ_CHUNK_SIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_auto (TestStore) store = { 0 };
    g_autoptr (GBytes) content = make_content (3 * JZ_CHUNK_SIZE + 7, 1);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autofree char *source = NULL;
    g_autoptr (GError) error = NULL;
    Progress progress = {
      .thread = g_thread_self (),
      .cancel_at = places[i],
      .cancellable = cancellable,
    };
    JzObject object;

    test_store_open (&store);
    source = make_source (&store, "source", content);
    g_assert_false (jz_objects_put_file (store.objects, source, TRUE, on_progress, &progress,
                                         cancellable, &object, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (progress.last, ==, places[i]);
    assert_nothing_kept (&store);
  }
}

/* The limit on the size of files stands for a full disk and works without any right. */
static void
test_file_limit (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (3 * JZ_CHUNK_SIZE, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *source = NULL;
  struct rlimit before;
  struct rlimit limit;
  JzObject object;
  gboolean stored;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = (struct rlimit){ .rlim_cur = JZ_CHUNK_SIZE + 1000, .rlim_max = before.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  stored = jz_objects_put_file (store.objects, source, TRUE, NULL, NULL, NULL, &object, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (stored);
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, source));
  g_assert_nonnull (strstr (error->message, store.store));
  assert_nothing_kept (&store);
  put_source (&store, source, TRUE);
}

static void
fill_small_disk (TestStore *store)
{
  g_autoptr (GBytes) large = make_content (3 * JZ_CHUNK_SIZE, 1);
  g_autoptr (GBytes) small = make_content (1000, 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *source = make_source (store, "source", large);
  JzObject object;

  g_assert_false (
    jz_objects_put_file (store->objects, source, TRUE, NULL, NULL, NULL, &object, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, source));
  g_assert_nonnull (strstr (error->message, store->store));
  assert_nothing_kept (store);
  g_clear_error (&error);
  g_assert_false (jz_objects_put_bytes (store->objects, large, &object, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL);
  assert_nothing_kept (store);
  /* the room that the partial file took is there again */
  put_content (store, small);
  g_assert_cmpuint (count_objects (store), ==, 1);
}

static void
test_full_disk (void)
{
  g_auto (TestStore) store = { 0 };

  test_store_open (&store);
  if (mount ("none", store.store, "tmpfs", 0, "size=1M") != 0) {
    g_test_skip ("mounting needs rights that this user has not");
    return;
  }
  fill_small_disk (&store);
  g_assert_cmpint (umount2 (store.store, MNT_DETACH), ==, 0);
}

typedef struct {
  TestStore *store;
  GBytes *content;
  const char *source;
  gint *n_waiting;
} Putter;

/* Puts the same contents as the other threads, as nearly at the same time as can be had. */
static gpointer
put_in_thread (gpointer data)
{
  Putter *self = data;

  g_atomic_int_dec_and_test (self->n_waiting);
  while (g_atomic_int_get (self->n_waiting) > 0)
    g_thread_yield ();
  for (int i = 0; i < 5; i++) {
    put_source (self->store, self->source, TRUE);
    put_content (self->store, self->content);
  }
  return NULL;
}

static void
test_threads (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (JZ_CHUNK_SIZE + 100, 1);
  g_autoptr (GBytes) small = make_content (100, 2);
  g_autofree char *source = NULL;
  GThread *threads[8];
  gint n_waiting = G_N_ELEMENTS (threads);
  Putter putter;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  putter = (Putter){ &store, small, source, &n_waiting };
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("put", put_in_thread, &putter);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (count_objects (&store), ==, 3);
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
}

static guint64
peak_memory (void)
{
  struct rusage usage;
  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return (guint64)usage.ru_maxrss * 1024;
}

/* In a process of its own, whose memory no other test has used. */
static void
test_memory_child (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_object_fault_free);
  g_autofree char *source = NULL;
  guint64 before;
  JzObject object;

  test_store_open (&store);
  source = folder_write (store.folder, "source", "", 0);
  g_assert_cmpint (truncate (source, 64 * 1024 * 1024), ==, 0);
  before = peak_memory ();
  object = put_source (&store, source, TRUE);
  jz_objects_verify (store.objects, NULL, NULL, NULL, NULL, faults, NULL);
  g_assert_cmpuint (object.size, ==, 64 * 1024 * 1024);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (peak_memory () - before, <, 12 * 1024 * 1024);
}

static void
test_memory (void)
{
  if (g_test_subprocess ()) {
    test_memory_child ();
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/objects-put/sizes", test_sizes);
  g_test_add_func ("/store/objects-put/twice", test_twice);
  g_test_add_func ("/store/objects-put/damaged-is-not-reused", test_damaged_is_not_reused);
  g_test_add_func ("/store/objects-put/order", test_order);
  g_test_add_func ("/store/objects-put/fails-anywhere", test_fails_anywhere);
  g_test_add_func ("/store/objects-put/source-refused", test_source_refused);
  g_test_add_func ("/store/objects-put/source-changes", test_source_changes);
  g_test_add_func ("/store/objects-put/source-grows", test_source_grows);
  g_test_add_func ("/store/objects-put/source-unreadable", test_source_unreadable);
  g_test_add_func ("/store/objects-put/progress", test_progress);
  g_test_add_func ("/store/objects-put/cancel", test_cancel);
  g_test_add_func ("/store/objects-put/file-limit", test_file_limit);
  g_test_add_func ("/store/objects-put/full-disk", test_full_disk);
  g_test_add_func ("/store/objects-put/threads", test_threads);
  g_test_add_func ("/store/objects-put/memory", test_memory);
  return g_test_run ();
}
