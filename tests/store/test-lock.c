/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/error.h"
#include "store/files.h"

#include "folder.h"

static const char *program;

static void
assert_busy (const char *store)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (jz_lock_take (store, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, store));
}

static void
assert_free (const char *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzLock) lock = jz_lock_take (store, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lock);
}

/* Run in the child: takes the lock, says so, and holds it until it is killed or its input ends. */
static int
hold (const char *store)
{
  g_autoptr (JzLock) lock = jz_lock_take (store, NULL);
  char c = lock != NULL ? '+' : '-';

  if (write (STDOUT_FILENO, &c, 1) != 1)
    return 1;
  return read (STDIN_FILENO, &c, 1) == 0 ? 0 : 1;
}

typedef struct {
  GPid pid;
  int input;
  int output;
} Holder;

static void
holder_start (Holder *self, const char *store)
{
  const char *const argv[] = { program, "--hold", store, NULL };
  g_autoptr (GError) error = NULL;
  char c = '\0';

  g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &self->pid, &self->input, &self->output, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read (self->output, &c, 1), ==, 1);
  g_assert_cmpint (c, ==, '+');
}

static int
holder_wait (Holder *self)
{
  int status = 0;
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  g_spawn_close_pid (self->pid);
  return status;
}

static void
test_take (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autofree char *text = g_strdup_printf ("pid %d\nhost %s\n", (int)getpid (), g_get_host_name ());
  struct stat before;
  struct stat after;

  for (int i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzLock) lock = jz_lock_take (folder, &error);
    g_assert_no_error (error);
    g_assert_nonnull (lock);
    assert_content (path, text);
    g_assert_cmpuint (mode_of (path), ==, 0600);
    assert_busy (folder);
    assert_busy (folder);
    g_assert_cmpint (lstat (path, i == 0 ? &before : &after), ==, 0);
  }
  assert_free (folder);
  /* never removed */
  g_assert_cmpint (before.st_ino, ==, after.st_ino);
}

/* A longer text of an earlier holder leaves nothing behind. */
static void
test_text_is_replaced (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *text = g_strdup_printf ("pid %d\nhost %s\n", (int)getpid (), g_get_host_name ());
  g_autofree char *old = g_strnfill (100000, 'x');
  g_autofree char *path = folder_write (folder, "lock", old, 100000);

  assert_free (folder);
  assert_content (path, text);
}

static void
test_names_holder (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *pid = NULL;
  Holder holder;

  holder_start (&holder, folder);
  g_assert_null (jz_lock_take (folder, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
  pid = g_strdup_printf ("%d", holder.pid);
  g_assert_nonnull (strstr (error->message, pid));
  g_assert_nonnull (strstr (error->message, g_get_host_name ()));
  close (holder.input);
  g_assert_cmpint (holder_wait (&holder), ==, 0);
  close (holder.output);
  assert_free (folder);
}

/* A power cut for the program: nothing it does at its end is needed. */
static void
test_holder_is_killed (void)
{
  g_autoptr (TestFolder) folder = folder_new ();

  for (int i = 0; i < 5; i++) {
    Holder holder;
    int status;
    holder_start (&holder, folder);
    assert_busy (folder);
    g_assert_cmpint (kill (holder.pid, SIGKILL), ==, 0);
    status = holder_wait (&holder);
    g_assert_true (WIFSIGNALED (status));
    assert_free (folder);
    close (holder.input);
    close (holder.output);
  }
}

/* A lock of a process would be lost when any handle of the file is closed. */
static void
test_other_handles (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzLock) lock = jz_lock_take (folder, &error);
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_no_error (error);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  assert_busy (folder);
}

/* A child that was forked and lives on does not keep the store locked. */
static void
test_release_with_child (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autoptr (GError) error = NULL;
  JzLock *lock = jz_lock_take (folder, &error);
  int pipes[2];
  pid_t child;

  g_assert_no_error (error);
  g_assert_cmpint (pipe (pipes), ==, 0);
  child = fork ();
  if (child == 0) {
    char c;
    close (pipes[1]);
    _exit (read (pipes[0], &c, 1) == 0 ? 0 : 1);
  }
  close (pipes[0]);
  jz_lock_release (lock);
  assert_free (folder);
  close (pipes[1]);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

/* What the file says is shown only where we could have written it. */
static void
test_strange_texts (void)
{
  static const struct {
    const char *text;
    gboolean is_shown;
  } cases[] = {
    { "", FALSE },
    { "\n\n\n", FALSE },
    { "pid 4711\n", FALSE },
    { "pid 4711\nhost pc-1", FALSE },
    { "pid 4711\nhost \n", FALSE },
    { "pid 0\nhost pc-1\n", FALSE },
    { "pid -1\nhost pc-1\n", FALSE },
    { "pid 99999999999\nhost pc-1\n", FALSE },
    { "pid 4711x\nhost pc-1\n", FALSE },
    { "pid 4711\nhost pc-1\033[31m\n", FALSE },
    { "pid 4711\nhost pc-1 and more\n", FALSE },
    { "pid 4711\nhost \xff\n", FALSE },
    { "host pc-1\npid 4711\n", FALSE },
    { "pid 4711\nhost pc-1\n", TRUE },
    { "pid 4711\nhost pc-1\nleft of an older text", TRUE },
  };
  g_autoptr (TestFolder) folder = folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = folder_write (folder, "lock", cases[i].text, strlen (cases[i].text));
    struct flock held = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int fd = open (path, O_RDWR | O_CLOEXEC);

    g_test_message ("text %d", (int)i);
    g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &held), ==, 0);
    g_assert_null (jz_lock_take (folder, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
    g_assert_cmpint (strstr (error->message, "4711") != NULL, ==, cases[i].is_shown);
    g_assert_cmpint (strstr (error->message, "pc-1") != NULL, ==, cases[i].is_shown);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    /* who does not get the lock leaves the text alone */
    assert_content (path, cases[i].text);
    close (fd);
  }
}

static void
test_strange_files (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  g_autofree char *other = folder_write (folder, "other", "precious", 8);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (other, path), ==, 0);
  g_assert_null (jz_lock_take (folder, &error));
  g_assert_nonnull (error);
  assert_content (other, "precious");
  g_clear_error (&error);
  g_assert_cmpint (unlink (path), ==, 0);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (jz_lock_take (folder, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (unlink (path), ==, 0);

  g_assert_cmpint (mkdir (path, 0700), ==, 0);
  g_assert_null (jz_lock_take (folder, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (rmdir (path), ==, 0);

  g_assert_null (jz_lock_take (missing, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--hold") == 0)
    return hold (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/lock/take", test_take);
  g_test_add_func ("/store/lock/text-is-replaced", test_text_is_replaced);
  g_test_add_func ("/store/lock/names-holder", test_names_holder);
  g_test_add_func ("/store/lock/holder-is-killed", test_holder_is_killed);
  g_test_add_func ("/store/lock/other-handles", test_other_handles);
  g_test_add_func ("/store/lock/release-with-child", test_release_with_child);
  g_test_add_func ("/store/lock/strange-texts", test_strange_texts);
  g_test_add_func ("/store/lock/strange-files", test_strange_files);
  return g_test_run ();
}
