/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../store/faults.h"

#include <signal.h>
#include <sys/resource.h>

#include "backup-fixture.h"

int
unlink (const char *path)
{
  return fault_hits ("unlink") ? -1 : (int)syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

static gboolean has_no_links;

int
link (const char *from, const char *to)
{
  if (has_no_links) {
    errno = EPERM;
    return -1;
  }
  return fault_hits ("link") ? -1 : (int)syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* Backups that are stopped or meet a disk that fails: the earlier one stays usable, and where there
 * was none there is none. */

typedef struct {
  TestOffice office;
  char *folder; /* an earlier backup */
  char *fresh;  /* where none is yet */
  gint64 n_earlier;
  gint64 n_now;
} Fixture;

/* A store with few people and little in it, for it is backed up hundreds of times. */
static void
fixture_init (Fixture *self)
{
  g_autofree char *person = NULL;

  test_office_found (&self->office);
  self->folder = beside (&self->office, "earlier");
  self->fresh = beside (&self->office, "fresh");
  back_up (self->office.path, self->folder);
  self->n_earlier = test_office_count (&self->office, "SELECT count (*) FROM entry");
  person = test_office_add_person (&self->office, "head", "head");
  test_office_do (&self->office, "admin", "store.accept.propose", "{'person':'%s'}", person);
  self->n_now = test_office_count (&self->office, "SELECT count (*) FROM entry");
  test_office_close (&self->office);
}

static void
fixture_clear (Fixture *self)
{
  test_office_clear (&self->office);
  g_free (self->folder);
  g_free (self->fresh);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
remove_folder (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_assert_cmpint (nftw (path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
}

/* The earlier backup, or the new one: never less, never between. */
static void
assert_usable (Fixture *self)
{
  g_autoptr (JzReport) report = test_verify (self->folder, NULL);

  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_true ((gint64)report->n_entries == self->n_earlier ||
                 (gint64)report->n_entries == self->n_now);
}

/* Starts from the earlier backup again. */
static void
set_back (Fixture *self, const char *model)
{
  remove_folder (self->folder);
  test_copy_folder (model, self->folder);
}

typedef struct {
  GCancellable *cancellable;
  guint n_calls;
  guint cancel_at;
} Cancelling;

static void
on_progress_cancel (guint64 done, guint64 total, gpointer data)
{
  Cancelling *self = data;

  if (++self->n_calls == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
cancel_at (Fixture *self, const char *folder, guint at)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  Cancelling cancelling = { .cancellable = cancellable, .cancel_at = at };
  JzBackup backup = {
    .path = self->office.path,
    .folder = folder,
    .progress = on_progress_cancel,
    .progress_data = &cancelling,
    .cancellable = cancellable,
  };

  if (at == 0)
    g_cancellable_cancel (cancellable);
  if (jz_backup (&backup, &report, &error)) {
    g_assert_cmpuint (report->faults->len, ==, 0);
    return FALSE;
  }
  g_assert_null (report);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return TRUE;
}

static void
test_cancelled (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *model = NULL;
  guint n = 0;

  fixture_init (&self);
  model = beside (&self.office, "model");
  test_copy_folder (self.folder, model);
  while (cancel_at (&self, self.fresh, n)) {
    assert_nothing_made (self.fresh);
    n++;
  }
  g_test_message ("first: cancelled at %u places", n);
  g_assert_cmpuint (n, >, 5);
  for (n = 0; cancel_at (&self, self.folder, n); n++) {
    g_autofree char *incoming = g_build_filename (self.folder, "incoming", NULL);
    g_autoptr (JzReport) report = test_verify (self.folder, NULL);
    g_assert_cmpuint (report->faults->len, ==, 0);
    g_assert_cmpint ((gint64)report->n_entries, ==, self.n_earlier);
    g_assert_cmpuint (folder_count (incoming), ==, 0);
    set_back (&self, model);
  }
  g_test_message ("later: cancelled at %u places", n);
  g_assert_cmpuint (n, >, 5);
  test_assert_sound (self.folder);
}

/* Nothing, or all of it where only making its name durable failed; and where removing failed, what
 * is left has a temporary name. */
static void
assert_nothing_half_made (const char *path, const char *call)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_assert_true (strcmp (call, "fsync") == 0 || strcmp (call, "open") == 0);
    test_assert_sound (path);
  } else if (strcmp (call, "unlink") != 0) {
    assert_nothing_made (path);
  }
}

static void
remove_making (const char *path)
{
  g_autofree char *making = g_strdup_printf ("%s.making-%d", path, (int)getpid ());
  remove_folder (making);
}

/* Returns: whether the call that was to fail was made */
static gboolean
fail_at (Fixture *self, const char *folder, const char *call, int at, int failure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  JzBackup backup = { .path = self->office.path, .folder = folder };
  gboolean has_failed, is_done;

  fault_arm (call, at, failure);
  is_done = jz_backup (&backup, &report, &error);
  has_failed = fault_disarm ();
  if (is_done) {
    g_assert_no_error (error);
    g_assert_nonnull (report);
  } else {
    g_assert_null (report);
    g_assert_nonnull (error);
    g_assert_cmpstr (error->message, !=, "");
  }
  if (!has_failed) {
    g_assert_true (is_done);
    g_assert_cmpuint (report->faults->len, ==, 0);
  }
  if (is_done && report->faults->len == 0)
    test_assert_sound (folder);
  else if (folder == self->fresh)
    assert_nothing_half_made (folder, call);
  return has_failed;
}

static const struct {
  const char *call;
  int failure;
  int step; /* not every one of what there are hundreds of */
} calls[] = {
  { "rename", EIO, 1 }, { "mkdir", EACCES, 1 }, { "link", EIO, 1 },
  { "unlink", EIO, 1 }, { "fsync", EIO, 1 },    { "write", ENOSPC, 1 },
  { "fchmod", EIO, 1 }, { "open", EMFILE, 5 },  { "read", EIO, 7 },
};

static void
test_failing_calls (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *model = NULL;

  fixture_init (&self);
  model = beside (&self.office, "model");
  test_copy_folder (self.folder, model);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    int at = g_test_rand_int_range (1, calls[i].step + 1);
    int n = 0;
    while (fail_at (&self, self.folder, calls[i].call, at, calls[i].failure)) {
      assert_usable (&self);
      set_back (&self, model);
      at += calls[i].step;
      n++;
    }
    g_test_message ("%s: %d of %d", calls[i].call, n, at);
    g_assert_cmpint (n, >, 0);
    set_back (&self, model);
  }
}

static void
test_failing_calls_of_first (void)
{
  g_auto (Fixture) self = { 0 };

  fixture_init (&self);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    int at = g_test_rand_int_range (1, calls[i].step + 1);
    int n = 0;
    while (fail_at (&self, self.fresh, calls[i].call, at, calls[i].failure)) {
      remove_folder (self.fresh);
      remove_making (self.fresh);
      at += g_test_rand_int_range (1, 6 * calls[i].step);
      n++;
    }
    g_test_message ("%s: %d of %d", calls[i].call, n, at);
    g_assert_true (n > 0 || strcmp (calls[i].call, "link") == 0);
    remove_folder (self.fresh);
  }
}

/* One call fails, all later ones of its kind too: as when a stick is pulled out. */
static void
test_disk_gone (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *model = NULL;

  fixture_init (&self);
  model = beside (&self.office, "model");
  test_copy_folder (self.folder, model);
  for (int at = 1;; at += 4) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzReport) report = NULL;
    JzBackup backup = { .path = self.office.path, .folder = self.folder };
    gboolean has_failed;
    fault_arm ("fsync", at, EIO);
    fault.n_failing = G_MAXINT / 2;
    if (jz_backup (&backup, &report, &error))
      g_assert_nonnull (report);
    else
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
    has_failed = fault_disarm ();
    assert_usable (&self);
    if (!has_failed)
      break;
    /* Also where the next run finds what this one left. */
    back_up (self.office.path, self.folder);
    assert_usable (&self);
    set_back (&self, model);
  }
}

/* Disks that know no second names for a file. */
static void
test_no_links (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *model = NULL;
  int at = 1;

  fixture_init (&self);
  model = beside (&self.office, "model");
  test_copy_folder (self.folder, model);
  g_assert_true (fail_at (&self, self.folder, "link", 1, EPERM));
  {
    g_autoptr (JzReport) report = test_verify (self.folder, NULL);
    g_assert_cmpint ((gint64)report->n_entries, ==, self.n_now);
  }
  set_back (&self, model);
  /* Then nothing that fails may do harm either. */
  for (gboolean has_failed = TRUE; has_failed; at++) {
    has_no_links = TRUE;
    has_failed = fail_at (&self, self.folder, "rename", at, EIO);
    has_no_links = FALSE;
    assert_usable (&self);
    set_back (&self, model);
  }
}

static void
test_full (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  JzBackup backup = { 0 };

  fixture_init (&self);
  backup.path = self.office.path;
  backup.folder = self.folder;
  fault_arm ("write", 1, ENOSPC);
  fault.n_failing = G_MAXINT / 2;
  g_assert_false (jz_backup (&backup, &report, &error));
  g_assert_true (fault_disarm ());
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL);
  assert_usable (&self);
}

/* What SQLite writes does not go through write(): a limit for the size of files stops that, too. */
static void
test_file_size_limit (void)
{
  g_auto (Fixture) self = { 0 };
  struct rlimit before;
  gboolean is_done = FALSE;
  guint n = 0;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  fixture_init (&self);
  for (rlim_t size = 512; !is_done; size += 24 * 1024) {
    struct rlimit limit = { size, before.rlim_max };
    const char *const folders[] = { self.fresh, self.folder };
    for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (JzReport) report = NULL;
      JzBackup backup = { .path = self.office.path, .folder = folders[i] };
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      is_done = jz_backup (&backup, &report, &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      if (is_done) {
        g_assert_cmpuint (report->faults->len, ==, 0);
        test_assert_sound (folders[i]);
      } else {
        g_assert_true (error->domain == JZ_STORE_ERROR);
        n++;
      }
    }
    if (!is_done)
      assert_nothing_made (self.fresh);
    assert_usable (&self);
  }
  g_assert_cmpuint (n, >, 5);
}

/* Restoring that fails makes nothing and leaves the backup as it was. */
static void
test_failing_restore (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *path = NULL;

  fixture_init (&self);
  path = beside (&self.office, "restored");
  back_up (self.office.path, self.folder);
  before = digest (self.folder);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++) {
    int at = g_test_rand_int_range (1, calls[i].step + 1);
    gboolean has_failed = TRUE;
    while (has_failed) {
      g_autoptr (GError) error = NULL;
      gboolean is_done;
      fault_arm (calls[i].call, at, calls[i].failure);
      is_done = try_restore (self.folder, path, NULL, &error);
      has_failed = fault_disarm ();
      if (is_done)
        test_assert_sound (path);
      else
        assert_nothing_half_made (path, calls[i].call);
      g_assert_true (is_done || has_failed);
      remove_folder (path);
      remove_making (path);
      at += g_test_rand_int_range (1, 10 * calls[i].step);
    }
  }
  after = digest (self.folder);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  use_memory_disk ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/backup-faults/cancelled", test_cancelled);
  g_test_add_func ("/office/backup-faults/failing-calls", test_failing_calls);
  g_test_add_func ("/office/backup-faults/failing-calls-of-first", test_failing_calls_of_first);
  g_test_add_func ("/office/backup-faults/disk-gone", test_disk_gone);
  g_test_add_func ("/office/backup-faults/no-links", test_no_links);
  g_test_add_func ("/office/backup-faults/full", test_full);
  g_test_add_func ("/office/backup-faults/file-size-limit", test_file_size_limit);
  g_test_add_func ("/office/backup-faults/failing-restore", test_failing_restore);
  return g_test_run ();
}
