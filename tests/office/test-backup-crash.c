/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "backup-fixture.h"

/* A program that dies in the middle of a backup, between any two steps that change a name or make
 * something durable. It is this program itself, started again; the functions here stand before the
 * C library's and end it at the n-th of their calls. */

#define DIED 77

static gint n_left = -1; /* calls until it dies; negative: it does not */

static void
step (void)
{
  if (g_atomic_int_get (&n_left) >= 0 && g_atomic_int_dec_and_test (&n_left))
    _exit (DIED);
}

int
rename (const char *from, const char *to)
{
  step ();
  return (int)syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
link (const char *from, const char *to)
{
  step ();
  return (int)syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
unlink (const char *path)
{
  step ();
  return (int)syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

int
mkdir (const char *path, mode_t mode)
{
  step ();
  return (int)syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

int
fsync (int fd)
{
  step ();
  return (int)syscall (SYS_fsync, fd);
}

static int
run_and_die (char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  JzBackup backup = { .path = argv[2], .folder = argv[3] };

  g_atomic_int_set (&n_left, atoi (argv[4]));
  if (strcmp (argv[1], "--restore") == 0)
    return try_restore (argv[2], argv[3], NULL, NULL) ? 0 : 1;
  return jz_backup (&backup, &report, &error) && report->faults->len == 0 ? 0 : 1;
}

static const char *program;

/* Returns: whether it died before it was done */
static gboolean
die_at (const char *what, const char *from, const char *to, int n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("%d", n);
  const char *command[] = { program, what, from, to, number, NULL };
  int status = -1;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status));
  g_assert_true (WEXITSTATUS (status) == DIED || WEXITSTATUS (status) == 0);
  return WEXITSTATUS (status) == DIED;
}

typedef struct {
  TestOffice office;
  char *folder;
  char *model; /* of an earlier backup */
  gint64 n_earlier;
  gint64 n_now;
} Fixture;

static void
fixture_init (Fixture *self)
{
  g_autofree char *person = NULL;

  test_office_found (&self->office);
  self->folder = beside (&self->office, "backup");
  self->model = beside (&self->office, "model");
  back_up (self->office.path, self->model);
  self->n_earlier = test_office_count (&self->office, "SELECT count (*) FROM entry");
  person = test_office_add_person (&self->office, "head", "head");
  test_office_do (&self->office, "admin", "store.accept.propose", "{'person':'%s'}", person);
  test_office_do (&self->office, "admin", "password.change", "{}");
  self->n_now = test_office_count (&self->office, "SELECT count (*) FROM entry");
  test_office_close (&self->office);
}

static void
fixture_clear (Fixture *self)
{
  test_office_clear (&self->office);
  g_free (self->folder);
  g_free (self->model);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
remove_folder (const char *path)
{
  g_assert_cmpint (nftw (path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
}

/* What a dead program leaves under a temporary name goes when the same is made next. */
static void
assert_nothing_left (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (name, ".making-", NULL);
  g_autoptr (GDir) names = g_dir_open (folder, 0, NULL);
  const char *other;

  while ((other = g_dir_read_name (names)) != NULL)
    g_assert_false (g_str_has_prefix (other, prefix));
}

static void
test_first (void)
{
  g_auto (Fixture) self = { 0 };
  int n = 1;

  fixture_init (&self);
  while (die_at ("--backup", self.office.path, self.folder, n)) {
    /* The last step makes the new name durable. */
    if (g_file_test (self.folder, G_FILE_TEST_EXISTS)) {
      test_assert_sound (self.folder);
      remove_folder (self.folder);
    }
    n++;
  }
  g_test_message ("died at %d places", n - 1);
  g_assert_cmpint (n, >, 20);
  assert_nothing_left (self.folder);
  test_assert_sound (self.folder);
}

static void
test_later (void)
{
  g_auto (Fixture) self = { 0 };
  guint n_earlier = 0;
  guint n_now = 0;
  int n = 1;

  fixture_init (&self);
  test_copy_folder (self.model, self.folder);
  while (die_at ("--backup", self.office.path, self.folder, n)) {
    g_autoptr (JzReport) report = test_verify (self.folder, NULL);
    g_assert_cmpuint (report->faults->len, ==, 0);
    if ((gint64)report->n_entries == self.n_earlier)
      n_earlier++;
    else
      n_now++;
    g_assert_true ((gint64)report->n_entries == self.n_earlier ||
                   (gint64)report->n_entries == self.n_now);
    /* What it left does not stand in the way of the next. */
    if (n % 3 == 0) {
      g_autofree char *before = g_build_filename (self.folder, "juanzong.db.before", NULL);
      back_up (self.office.path, self.folder);
      g_assert_false (g_file_test (before, G_FILE_TEST_EXISTS));
      test_assert_sound (self.folder);
    }
    remove_folder (self.folder);
    test_copy_folder (self.model, self.folder);
    n++;
  }
  g_test_message ("died at %u places with the earlier one, %u with the new one", n_earlier, n_now);
  g_assert_cmpuint (n_earlier, >, 10);
  g_assert_cmpuint (n_now, >, 5);
}

static void
test_restore (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *path = NULL;
  int n = 1;

  fixture_init (&self);
  path = beside (&self.office, "restored");
  back_up (self.office.path, self.folder);
  while (die_at ("--restore", self.folder, path, n)) {
    if (g_file_test (path, G_FILE_TEST_EXISTS)) {
      test_assert_sound (path);
      remove_folder (path);
    }
    n += 2;
  }
  g_assert_cmpint (n, >, 20);
  assert_nothing_left (path);
  test_assert_sound (path);
  test_assert_sound (self.folder);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && (strcmp (argv[1], "--backup") == 0 || strcmp (argv[1], "--restore") == 0))
    return run_and_die (argv);
  program = argv[0];
  use_memory_disk ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/backup-crash/first", test_first);
  g_test_add_func ("/office/backup-crash/later", test_later);
  g_test_add_func ("/office/backup-crash/restore", test_restore);
  return g_test_run ();
}
