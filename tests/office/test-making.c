/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/making.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "backup-fixture.h"
#include "office/demo.h"
#include "office/founding.h"

/* The folder around this name cannot be made durable once something has the name. */
static const char *final_name;

/* Stands in front of the C library's. */
int
fsync (int fd)
{
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = final_name != NULL ? g_file_read_link (name, NULL) : NULL;
  g_autofree char *parent = final_name != NULL ? g_path_get_dirname (final_name) : NULL;

  if (g_strcmp0 (path, parent) != 0 || path == NULL || g_access (final_name, F_OK) != 0)
    return (int)syscall (SYS_fsync, fd);
  errno = EIO;
  return -1;
}

static JzMaking *
begin (const char *path)
{
  g_autoptr (GError) error = NULL;
  JzMaking *making = jz_making_begin (path, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_test (jz_making_get_folder (making), G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (mode_of (jz_making_get_folder (making)), ==, 0700);
  return making;
}

static void
test_finishes_or_goes (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autofree char *slashed = g_strconcat (path, "//", NULL);
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  JzMaking *making = begin (slashed);

  g_free (folder_write (jz_making_get_folder (making), "juanzong.db", "half", 4));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  jz_making_free (making);
  g_assert_cmpuint (folder_count (folder), ==, 0);

  making = begin (path);
  g_free (folder_write (jz_making_get_folder (making), "juanzong.db", "whole", 5));
  g_assert_true (jz_making_finish (making, warnings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (warnings->len, ==, 0);
  jz_making_free (making);
  g_assert_cmpuint (folder_count (folder), ==, 1);
  g_assert_cmpuint (folder_count (path), ==, 1);

  making = begin (path);
  g_assert_false (jz_making_finish (making, warnings, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  jz_making_free (making);
  g_assert_cmpuint (folder_count (folder), ==, 1);
}

static void
make_left (const char *folder, const char *name, const char *inner)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *keys = g_build_filename (path, "keys", NULL);

  g_assert_cmpint (g_mkdir_with_parents (keys, 0700), ==, 0);
  g_free (folder_write (path, inner, "text", 4));
  g_free (folder_write (keys, "a", "text", 4));
}

/* What dead programs left goes, whatever their number was: also ours, and one that lives again. */
static void
test_sweeps_what_is_left (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autofree char *ours = g_strdup_printf ("store.making-%d", (int)getpid ());
  g_autofree char *parents = g_strdup_printf ("store.making-%d", (int)getppid ());
  g_autoptr (JzMaking) making = NULL;

  make_left (folder, ours, "juanzong.db");
  make_left (folder, parents, "lock");
  make_left (folder, "store.making-1", "scratch.db-wal");
  make_left (folder, "store.making-1-1", "checkpoint.txt");
  making = begin (path);
  g_assert_cmpuint (folder_count (folder), ==, 1);
}

static void
test_leaves_the_rest (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  g_autofree char *other_path = g_build_filename (folder, "other", NULL);
  g_autoptr (JzMaking) first = begin (path);
  g_autoptr (JzMaking) other = begin (other_path);
  g_autoptr (JzMaking) second = NULL;

  make_left (folder, "store.making-2", "my letters.odt");
  make_left (folder, "store.making-of-a-film", "juanzong.db");
  make_left (folder, "store.making-", "juanzong.db");
  make_left (folder, "mystore.making-3", "juanzong.db");
  g_free (folder_write (folder, "store.making-4", "text", 4));
  second = begin (path);
  g_assert_cmpstr (jz_making_get_folder (first), !=, jz_making_get_folder (second));
  g_assert_true (g_file_test (jz_making_get_folder (first), G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (folder_count (folder), ==, 8);
}

/* One that another process is making stays; as soon as that process is dead it goes. */
static void
test_other_process (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "store", NULL);
  int ready[2];
  char byte = 0;
  pid_t pid;

  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0) {
    JzMaking *making = jz_making_begin (path, NULL);
    if (making == NULL || write (ready[1], "x", 1) != 1)
      _exit (1);
    for (;;)
      pause ();
  }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  jz_making_free (begin (path));
  g_assert_cmpuint (folder_count (folder), ==, 1);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  g_assert_cmpuint (folder_count (folder), ==, 1);
  jz_making_free (begin (path));
  g_assert_cmpuint (folder_count (folder), ==, 0);
  close (ready[0]);
  close (ready[1]);
}

/* Nobody should read of a folder that he never heard of. */
static void
test_missing_parent (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *parent = g_build_filename (folder, "none", NULL);
  g_autofree char *path = g_build_filename (parent, "store", NULL);
  JzFounding founding = {
    .path = path,
    .bureau = "某局",
    .user = "admin",
    .password = TEST_PASSWORD,
    .ca_password = TEST_CA_PASSWORD,
    .is_demo = TRUE,
  };
  JzDemo demo = { .path = path };

  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (i == 0 ? jz_found_store (&founding, &error) : jz_demo_make (&demo, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
    g_assert_nonnull (strstr (error->message, parent));
    g_assert_null (strstr (error->message, "making"));
  }
  g_assert_cmpuint (folder_count (folder), ==, 0);
}

/* The last name is there and cannot be made durable: all is done, and there is a warning. */
static void
test_last_sync_fails (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *founded = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *demo = NULL;

  test_office_found (&office);
  test_office_close (&office);
  founded = beside (&office, "founded");
  backup = beside (&office, "backup");
  restored = beside (&office, "restored");
  demo = beside (&office, "demo");
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzReport) report = NULL;
    JzFounding founding = {
      .path = founded,
      .bureau = "某局",
      .user = "admin",
      .password = TEST_PASSWORD,
      .ca_password = TEST_CA_PASSWORD,
      .is_demo = TRUE,
      .warnings = warnings,
    };
    JzBackup backing = { .path = office.path, .folder = backup, .warnings = warnings };
    JzRestoring restoring = {
      .folder = backup,
      .path = restored,
      .user = "admin",
      .password = TEST_PASSWORD,
      .ca_password = TEST_CA_PASSWORD,
      .reason = "换机",
      .warnings = warnings,
    };
    JzDemo inventing = { .path = demo, .warnings = warnings };
    const char *path = i == 0 ? founded : i == 1 ? backup : i == 2 ? restored : demo;
    gboolean is_done = FALSE;
    final_name = path;
    if (i == 0)
      is_done = jz_found_store (&founding, &error);
    else if (i == 1)
      is_done = jz_backup (&backing, &report, &error);
    else if (i == 2)
      is_done = jz_restore (&restoring, &error);
    else
      is_done = jz_demo_make (&inventing, &error);
    final_name = NULL;
    g_assert_no_error (error);
    g_assert_true (is_done);
    g_assert_cmpuint (warnings->len, ==, i + 1);
    g_assert_nonnull (strstr (g_ptr_array_index (warnings, i), path));
    test_assert_sound (path);
  }
}

int
main (int argc, char **argv)
{
  use_memory_disk ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/making/finishes-or-goes", test_finishes_or_goes);
  g_test_add_func ("/office/making/sweeps-what-is-left", test_sweeps_what_is_left);
  g_test_add_func ("/office/making/leaves-the-rest", test_leaves_the_rest);
  g_test_add_func ("/office/making/other-process", test_other_process);
  g_test_add_func ("/office/making/missing-parent", test_missing_parent);
  g_test_add_func ("/office/making/last-sync-fails", test_last_sync_fails);
  return g_test_run ();
}
