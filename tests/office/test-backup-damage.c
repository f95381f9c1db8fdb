/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "backup-fixture.h"

/* Stores and backups that are damaged: what cannot be restored is no backup, and an earlier one
 * stays. */

typedef struct {
  TestOffice office;
  char *folder; /* an earlier backup */
  char *fresh;  /* where none is yet */
  char *case_id;
  char *old_hex; /* object of the earlier backup */
  char *new_hex; /* object that came later */
} Fixture;

static void
fixture_init (Fixture *self)
{
  test_office_staff (&self->office);
  self->folder = beside (&self->office, "earlier");
  self->fresh = beside (&self->office, "fresh");
  self->case_id = test_office_open_case (&self->office, "某案");
  self->old_hex = test_office_attach (&self->office, self->case_id, 30000, 1);
  back_up (self->office.path, self->folder);
  self->new_hex = test_office_attach (&self->office, self->case_id, 40000, 2);
}

static void
fixture_clear (Fixture *self)
{
  test_office_clear (&self->office);
  g_free (self->folder);
  g_free (self->fresh);
  g_free (self->case_id);
  g_free (self->old_hex);
  g_free (self->new_hex);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static gint64
count_entries (const char *path)
{
  g_autoptr (JzReport) report = test_verify (path, NULL);

  g_assert_cmpuint (report->faults->len, ==, 0);
  return (gint64)report->n_entries;
}

/* The report names faults of @kind, nothing is made, and what was there stays. */
static void
assert_not_proved (Fixture *self, JzFaultKind kind)
{
  const char *const folders[] = { self->fresh, self->folder };
  gint64 n_entries = count_entries (self->folder);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzReport) report = NULL;
    JzBackup backup = { .path = self->office.path, .folder = folders[i] };
    const JzFault *fault;
    g_assert_true (jz_backup (&backup, &report, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (report->faults->len, >, 0);
    fault = g_ptr_array_index (report->faults, 0);
    g_assert_cmpint (fault->kind, ==, kind);
  }
  assert_nothing_made (self->fresh);
  g_assert_cmpint (count_entries (self->folder), ==, n_entries);
}

static void
assert_refused (Fixture *self, const char *word)
{
  const char *const folders[] = { self->fresh, self->folder };
  gint64 n_entries = count_entries (self->folder);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzReport) report = NULL;
    JzBackup backup = { .path = self->office.path, .folder = folders[i] };
    g_assert_false (jz_backup (&backup, &report, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_assert_nonnull (strstr (error->message, word));
  }
  assert_nothing_made (self->fresh);
  g_assert_cmpint (count_entries (self->folder), ==, n_entries);
}

static void
run_sql (const char *store, const char *sql)
{
  g_autofree char *path = jz_store_get_database_path (store);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
test_altered_store (void)
{
  static const struct {
    const char *sql;
    JzFaultKind kind;
  } rows[] = {
    { "UPDATE case_file SET title = '别的案'", JZ_FAULT_TABLE },
    { "DROP TRIGGER payload_is_never_updated; UPDATE payload SET text = replace (text, '某案', "
      "'某事');"
      "CREATE TRIGGER payload_is_never_updated BEFORE UPDATE ON payload\n"
      "BEGIN SELECT RAISE (ABORT, 'payloads are never updated'); END",
      JZ_FAULT_STRUCTURE },
    { "CREATE TABLE extra (a)", JZ_FAULT_FILE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Fixture) self = { 0 };
    fixture_init (&self);
    test_office_close (&self.office);
    run_sql (self.office.path, rows[i].sql);
    assert_not_proved (&self, rows[i].kind);
  }
}

/* Damage that SQLite itself meets, on pages of all kinds. */
static void
test_damaged_database (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *database = NULL;
  g_autofree char *good = NULL;
  gsize length = 0;
  guint n_not_proved = 0;
  guint n_refused = 0;

  fixture_init (&self);
  test_office_close (&self.office);
  database = jz_store_get_database_path (self.office.path);
  g_assert_true (g_file_get_contents (database, &good, &length, NULL));
  /* Rows stand at the end of a page. */
  for (gsize place = 4096 - 200; place < length; place += 3 * 4096) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzReport) report = NULL;
    JzBackup backup = { .path = self.office.path, .folder = self.folder };
    g_autofree char *bad = g_memdup2 (good, length);
    memset (bad + place, 0xa5, 200);
    g_assert_true (g_file_set_contents (database, bad, (gssize)length, NULL));
    if (!jz_backup (&backup, &report, &error)) {
      /* Also “rewritten”, where the ends of the chains were hit. */
      g_assert_true (g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED) ||
                     g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS));
      n_refused++;
    } else if (report->faults->len > 0) {
      n_not_proved++;
    } else {
      /* What was hit is free space: then the backup is good. */
      g_test_message ("%" G_GSIZE_FORMAT " is free", place);
    }
    g_assert_cmpint (count_entries (self.folder), >, 0);
  }
  g_test_message ("%u refused, %u not proved", n_refused, n_not_proved);
  g_assert_cmpuint (n_refused, >, 0);
  g_assert_cmpuint (n_not_proved, >, 0);
}

static void
test_damaged_object (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  fixture_init (&self);
  path = object_path (self.office.path, self.new_hex);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  flip_bit (path, 20000);
  assert_refused (&self, self.new_hex + 2);
  g_assert_true (g_file_set_contents (path, data, 100, NULL));
  assert_refused (&self, self.new_hex + 2);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_refused (&self, self.new_hex + 2);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (&self, self.new_hex + 2);
}

/* What the earlier backup has is not needed from the store. */
static void
test_lost_object (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *restored = NULL;
  JzBackupSummary summary;

  fixture_init (&self);
  path = object_path (self.office.path, self.old_hex);
  g_assert_cmpint (g_unlink (path), ==, 0);
  summary = back_up (self.office.path, self.folder);
  g_assert_cmpuint (summary.n_copied, ==, 1);
  restored = beside (&self.office, "restored");
  restore (self.folder, restored, NULL);
  test_assert_sound (restored);
  assert_backup_fails (self.office.path, self.fresh, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
}

static void
test_lost_key (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *keys = NULL;
  g_autoptr (GDir) folder = NULL;
  g_autofree char *path = NULL;
  const char *name;

  fixture_init (&self);
  keys = g_build_filename (self.office.path, "keys", NULL);
  folder = g_dir_open (keys, 0, NULL);
  name = g_dir_read_name (folder);
  path = g_build_filename (keys, name, NULL);
  flip_bit (path, 10);
  assert_backup_fails (self.office.path, self.fresh, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_backup_fails (self.office.path, self.fresh, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  assert_nothing_made (self.fresh);
  back_up (self.office.path, self.folder); /* which has it */
}

/* Disks of backups lie in drawers: what went bad there is copied again. */
static void
test_mended (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *keys = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GDir) folder = NULL;

  fixture_init (&self);
  back_up (self.office.path, self.folder);
  path = object_path (self.folder, self.old_hex);
  keys = g_build_filename (self.folder, "keys", NULL);
  folder = g_dir_open (keys, 0, NULL);
  key = g_build_filename (keys, g_dir_read_name (folder), NULL);

  flip_bit (path, 20000);
  g_assert_cmpuint (back_up (self.office.path, self.folder).n_copied, ==, 1);
  test_assert_sound (self.folder);
  g_assert_true (g_file_set_contents (path, "short", 5, NULL));
  g_assert_cmpuint (back_up (self.office.path, self.folder).n_copied, ==, 1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpuint (back_up (self.office.path, self.folder).n_copied, ==, 1);
  flip_bit (key, 10);
  back_up (self.office.path, self.folder);
  test_assert_sound (self.folder);
}

/* What is there and not ours is for its owner to remove. */
static void
test_foreign_file (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *objects = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  JzBackup backup = { 0 };

  fixture_init (&self);
  backup.path = self.office.path;
  backup.folder = self.folder;
  objects = g_build_filename (self.folder, "objects", NULL);
  file = folder_write (objects, "letter.txt", "x", 1);
  g_assert_true (jz_backup (&backup, &report, &error));
  g_assert_cmpuint (report->faults->len, ==, 1);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpuint (back_up (self.office.path, self.folder).n_copied, ==, 0);
}

static void
test_damaged_backup (void)
{
  static const char *const names[] = { "juanzong.db", "object", "key" };
  g_auto (Fixture) self = { 0 };
  g_autofree char *restored = NULL;

  fixture_init (&self);
  restored = beside (&self.office, "restored");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *copied = g_strdup_printf ("%s/copied-%d", self.office.folder, (int)i);
    g_autofree char *keys = g_build_filename (copied, "keys", NULL);
    g_autofree char *path = NULL;
    g_autoptr (GError) error = NULL;
    test_copy_folder (self.folder, copied);
    if (i == 0) {
      path = jz_store_get_database_path (copied);
      run_sql (copied, "UPDATE case_file SET title = '别的案'");
    } else if (i == 1) {
      path = object_path (copied, self.old_hex);
      flip_bit (path, 100);
    } else {
      g_autoptr (GDir) folder = g_dir_open (keys, 0, NULL);
      path = g_build_filename (keys, g_dir_read_name (folder), NULL);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
    g_assert_false (try_restore (copied, restored, NULL, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_test_message ("%s", error->message);
    assert_nothing_made (restored);
  }
  restore (self.folder, restored, NULL);
}

/* Somebody cut the power between the new database and its proof, and the store is gone. */
static void
test_interrupted_before_proof (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *database = NULL;
  g_autofree char *restored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *good = NULL;
  gsize length = 0;

  fixture_init (&self);
  restored = beside (&self.office, "restored");
  before = g_build_filename (self.folder, "juanzong.db.before", NULL);
  database = jz_store_get_database_path (self.folder);
  g_assert_true (g_file_get_contents (database, &good, &length, NULL));
  g_assert_true (g_file_set_contents (before, good, (gssize)length, NULL));
  run_sql (self.folder, "UPDATE case_file SET title = '别的案'");
  g_assert_false (try_restore (self.folder, restored, NULL, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "juanzong.db.before"));

  back_up (self.office.path, self.folder);
  g_assert_false (g_file_test (before, G_FILE_TEST_EXISTS));
  test_assert_sound (self.folder);
}

int
main (int argc, char **argv)
{
  use_memory_disk ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/backup-damage/altered-store", test_altered_store);
  g_test_add_func ("/office/backup-damage/damaged-database", test_damaged_database);
  g_test_add_func ("/office/backup-damage/damaged-object", test_damaged_object);
  g_test_add_func ("/office/backup-damage/lost-object", test_lost_object);
  g_test_add_func ("/office/backup-damage/lost-key", test_lost_key);
  g_test_add_func ("/office/backup-damage/mended", test_mended);
  g_test_add_func ("/office/backup-damage/foreign-file", test_foreign_file);
  g_test_add_func ("/office/backup-damage/damaged-backup", test_damaged_backup);
  g_test_add_func ("/office/backup-damage/interrupted-before-proof", test_interrupted_before_proof);
  return g_test_run ();
}
