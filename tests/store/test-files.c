/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include "store/error.h"
#include "store/files.h"

#include "folder.h"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_read (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  static const struct {
    gsize size;
    gsize max;
    gboolean is_read;
  } cases[] = {
    { 0, 0, TRUE },        { 0, 10, TRUE },           { 1, 0, FALSE },
    { 10, 10, TRUE },      { 11, 10, FALSE },         { 5000, 5000, TRUE },
    { 5001, 5000, FALSE }, { 100000, 1 << 20, TRUE }, { 1 << 20, 1 << 20, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autofree char *data = g_strnfill (cases[i].size, 'x');
    g_autofree char *path = folder_write (folder, "file", data, cases[i].size);

    bytes = jz_file_read (path, cases[i].max, &error);
    if (cases[i].is_read) {
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data,
                       cases[i].size);
    } else {
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_null (bytes);
    }
  }
}

/* A file that says it has no bytes, and has some. */
static void
test_read_proc (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jz_file_read ("/proc/self/mountinfo", 1 << 24, &error);
  g_autoptr (GBytes) too_large = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 10);
  too_large = jz_file_read ("/proc/self/mountinfo", 10, &error);
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_assert_null (too_large);
}

static void
test_read_refuses (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *file = folder_write (folder, "file", "x", 1);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  const struct {
    const char *path;
    int code;
  } cases[] = {
    { link, JZ_STORE_ERROR_INVALID },   { fifo, JZ_STORE_ERROR_INVALID },
    { folder, JZ_STORE_ERROR_INVALID }, { "/dev/null", JZ_STORE_ERROR_INVALID },
    { missing, JZ_STORE_ERROR_IO },
  };

  g_assert_cmpint (symlink (file, link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = jz_file_read (cases[i].path, 100, &error);
    g_assert_null (bytes);
    g_assert_error (error, JZ_STORE_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].path));
  }
}

static void
test_read_fails (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = folder_write (folder, "file", "abc", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  fault_arm ("read", 2, EIO);
  bytes = jz_file_read (path, 100, &error);
  g_assert_true (fault_disarm ());
  g_assert_null (bytes);
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);

  g_clear_error (&error);
  fault_arm ("read", 1, EINTR);
  bytes = jz_file_read (path, 100, &error);
  g_assert_true (fault_disarm ());
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 3);
}

static void
test_write (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *staging = g_build_filename (folder, "incoming", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  static const struct {
    const char *content;
    guint mode;
  } cases[] = {
    { "first", 0600 }, { "", 0644 }, { "third", 0444 }, { "over a read-only one", 0640 }
  };
  mode_t mask = umask (077);

  g_assert_cmpint (g_mkdir (staging, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = bytes_of (cases[i].content);
    g_assert_true (jz_file_write_durably (path, staging, bytes, cases[i].mode, &error));
    g_assert_no_error (error);
    assert_content (path, cases[i].content);
    g_assert_cmpuint (mode_of (path), ==, cases[i].mode);
    g_assert_cmpuint (folder_count (staging), ==, 0);
  }
  umask (mask);
}

/* Content and mode are on the disk before the name is, and the name before success is told. */
static void
test_write_order (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *staging = g_build_filename (folder, "incoming", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *pattern = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bytes_of ("abc");

  g_assert_cmpint (g_mkdir (staging, 0700), ==, 0);
  fault.log = g_string_new (NULL);
  fault_arm (NULL, 0, 0);
  g_assert_true (jz_file_write_durably (path, staging, bytes, 0444, &error));
  fault_disarm ();
  pattern = g_strdup_printf ("^write %1$s/part-.*\nfchmod %1$s/part-.*\nfsync %1$s/part-.*\n"
                             "rename %2$s\nfsync %3$s\n$",
                             staging, path, folder);
  g_assert_true (g_regex_match_simple (pattern, fault.log->str, 0, 0));
  g_string_free (g_steal_pointer (&fault.log), TRUE);
}

/* Short writes and interruptions lose nothing. */
static void
test_write_in_pieces (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *data = g_malloc (300000);
  g_autoptr (GBytes) bytes = NULL;
  static const char *const interrupted[] = { "write", "fsync", "open" };

  for (gsize i = 0; i < 300000; i++)
    data[i] = (char)(i * 31 % 251);
  bytes = g_bytes_new (data, 300000);
  for (gsize i = 0; i < G_N_ELEMENTS (interrupted); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *found = NULL;
    gsize length = 0;

    fault_arm (interrupted[i], 1, EINTR);
    fault.n_failing = 3;
    fault.cuts_writes = TRUE;
    jz_file_write_durably (path, folder, bytes, 0600, &error);
    g_assert_true (fault_disarm ());
    g_assert_no_error (error);
    g_assert_true (g_file_get_contents (path, &found, &length, NULL));
    g_assert_cmpmem (found, length, data, 300000);
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
}

/* Whichever call fails, the name stands for the old or the new content and nothing is left over. */
static void
test_write_fails_anywhere (void)
{
  static const struct {
    int failure;
    int code;
  } cases[] = {
    { ENOSPC, JZ_STORE_ERROR_FULL },
    { EIO, JZ_STORE_ERROR_IO },
    { EACCES, JZ_STORE_ERROR_ACCESS },
  };
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *staging = g_build_filename (folder, "incoming", NULL);
  g_autoptr (GBytes) bytes = bytes_of ("new");
  int n_calls = 0;

  g_assert_cmpint (g_mkdir (staging, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (int n = 1;; n++) {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = folder_write (folder, "file", "old", 3);
      g_autofree char *found = NULL;
      gboolean written;

      fault_arm (NULL, n, cases[i].failure);
      written = jz_file_write_durably (path, staging, bytes, 0600, &error);
      if (!fault_disarm ()) {
        g_assert_true (written);
        g_assert_no_error (error);
        n_calls = n - 1;
        break;
      }
      g_assert_false (written);
      g_assert_error (error, JZ_STORE_ERROR, cases[i].code);
      g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
      g_assert_true (strcmp (found, "old") == 0 || strcmp (found, "new") == 0);
      g_assert_cmpuint (folder_count (staging), ==, 0);
    }
  }
  /* open, write, fchmod, fsync, rename, open and fsync of the folder */
  g_assert_cmpint (n_calls, ==, 7);
}

/* After a failed fsync the data may be gone: a second one that succeeds proves nothing. */
static void
test_fsync_is_not_repeated (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bytes_of ("abc");

  fault_arm ("fsync", 1, EIO);
  g_assert_false (jz_file_write_durably (path, folder, bytes, 0600, &error));
  fault_disarm ();
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  g_assert_cmpint (fault.n_calls, ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* What a dead process of the same number has left is neither used nor touched. */
static void
test_write_beside_leftovers (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *staging = g_build_filename (folder, "incoming", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = bytes_of ("new");

  g_assert_cmpint (g_mkdir (staging, 0700), ==, 0);
  for (int i = 0; i < 200; i++) {
    g_autofree char *name = g_strdup_printf ("part-%d-%d", (int)getpid (), i);
    g_autofree char *left = folder_write (staging, name, "left", 4);
  }
  g_assert_true (jz_file_write_durably (path, staging, bytes, 0600, &error));
  g_assert_no_error (error);
  assert_content (path, "new");
  for (int i = 0; i < 200; i++) {
    g_autofree char *left = g_strdup_printf ("%s/part-%d-%d", staging, (int)getpid (), i);
    assert_content (left, "left");
  }
}

static void
test_folder_make (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *made = g_build_filename (folder, "made", NULL);
  g_autofree char *file = folder_write (folder, "file", "", 0);
  g_autofree char *orphan = g_build_filename (folder, "none", "made", NULL);
  g_autofree char *log =
    g_strdup_printf ("mkdir %1$s\nfsync %2$s\nmkdir %1$s\nfsync %2$s\n", made, folder);
  g_autoptr (GError) error = NULL;

  fault.log = g_string_new (NULL);
  fault_arm (NULL, 0, 0);
  g_assert_true (jz_folder_make (made, 0700, &error));
  g_assert_true (jz_folder_make (made, 0700, &error));
  fault_disarm ();
  g_assert_no_error (error);
  g_assert_cmpstr (fault.log->str, ==, log);
  g_string_free (g_steal_pointer (&fault.log), TRUE);
  g_assert_true (g_file_test (made, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (mode_of (made), ==, 0700);

  g_assert_false (jz_folder_make (file, 0700, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (jz_folder_make (orphan, 0700, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

static void
test_folder_sync (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *file = folder_write (folder, "file", "", 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_folder_sync (folder, &error));
  g_assert_no_error (error);
  fault_arm ("fsync", 1, EINVAL);
  g_assert_true (jz_folder_sync (folder, &error));
  g_assert_true (fault_disarm ());
  g_assert_no_error (error);
  fault_arm ("fsync", 1, EIO);
  g_assert_false (jz_folder_sync (folder, &error));
  g_assert_true (fault_disarm ());
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (jz_folder_sync (file, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

static void
test_remove (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *file = folder_write (folder, "file", "x", 1);
  g_autofree char *orphan = g_build_filename (folder, "none", "file", NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autoptr (GError) error = NULL;

  fault_arm ("fsync", 0, 0);
  g_assert_true (jz_file_remove_durably (file, &error));
  fault_disarm ();
  g_assert_cmpint (fault.n_calls, ==, 1);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_true (jz_file_remove_durably (file, &error));
  g_assert_true (jz_file_remove_durably (orphan, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_false (jz_file_remove_durably (inner, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_test (inner, G_FILE_TEST_IS_DIR));
}

static void
test_make_private (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *there = folder_write (folder, "there", "text", 4);
  g_autofree char *fresh = g_build_filename (folder, "fresh", NULL);
  g_autofree char *orphan = g_build_filename (folder, "none", "file", NULL);
  mode_t before = umask (0);

  g_assert_true (jz_file_make_private (fresh, &error));
  g_assert_no_error (error);
  umask (before);
  g_assert_cmpuint (mode_of (fresh), ==, 0600);
  assert_content (fresh, "");
  g_assert_cmpint (g_chmod (there, 0640), ==, 0);
  fault_arm ("open", 2, EIO); /* one that is there is not opened a second time, to be closed */
  g_assert_true (jz_file_make_private (there, &error));
  g_assert_false (fault_disarm ());
  g_assert_no_error (error);
  assert_content (there, "text");
  g_assert_cmpuint (mode_of (there), ==, 0640);
  g_assert_false (jz_file_make_private (orphan, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (fresh), ==, 0);
  fault_arm ("open", 1, ENOSPC);
  g_assert_false (jz_file_make_private (fresh, &error));
  g_assert_true (fault_disarm ());
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL);
}

/* Files and links go, also when one of them cannot; a folder and what is in it, and a pipe stay. */
static void
test_folder_sweep (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *file = folder_write (folder, "part-1-2", "text", 4);
  g_autofree char *none = g_build_filename (folder, "none", NULL);
  g_autofree char *kept = NULL;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  kept = folder_write (inner, "kept", "text", 4);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink (kept, link), ==, 0);
  g_assert_true (jz_folder_sweep (folder, removed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (removed->len, ==, 2);
  g_assert_cmpuint (folder_count (folder), ==, 2);
  assert_content (kept, "text");
  fault_arm ("fsync", 1, EIO); /* where nothing was removed nothing need be made durable */
  g_assert_true (jz_folder_sweep (folder, NULL, &error));
  g_assert_false (fault_disarm ());
  g_free (folder_write (folder, "part-1-2", "text", 4));
  fault_arm ("fsync", 1, EIO);
  g_assert_false (jz_folder_sweep (folder, NULL, &error));
  g_assert_true (fault_disarm ());
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  g_clear_error (&error);
  g_assert_false (jz_folder_sweep (none, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/files/read", test_read);
  g_test_add_func ("/store/files/read-proc", test_read_proc);
  g_test_add_func ("/store/files/read-refuses", test_read_refuses);
  g_test_add_func ("/store/files/read-fails", test_read_fails);
  g_test_add_func ("/store/files/write", test_write);
  g_test_add_func ("/store/files/write-order", test_write_order);
  g_test_add_func ("/store/files/write-in-pieces", test_write_in_pieces);
  g_test_add_func ("/store/files/write-fails-anywhere", test_write_fails_anywhere);
  g_test_add_func ("/store/files/fsync-is-not-repeated", test_fsync_is_not_repeated);
  g_test_add_func ("/store/files/write-beside-leftovers", test_write_beside_leftovers);
  g_test_add_func ("/store/files/folder-make", test_folder_make);
  g_test_add_func ("/store/files/folder-sync", test_folder_sync);
  g_test_add_func ("/store/files/remove", test_remove);
  g_test_add_func ("/store/files/make-private", test_make_private);
  g_test_add_func ("/store/files/folder-sweep", test_folder_sweep);
  return g_test_run ();
}
