/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "backup-fixture.h"
#include "store/files.h"

static guint
count_objects (const char *store)
{
  g_autofree char *path = g_build_filename (store, "objects", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    n += folder_count (child);
  }
  return n;
}

static void
put_orphan (TestOffice *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("named by no act", 15);
  g_autofree char *path = g_build_filename (office->path, "incoming", NULL);
  g_autofree char *part = folder_write (path, "part-1-1", "x", 1);
  JzObject object;

  g_assert_true (jz_objects_put_bytes (jz_store_get_objects (jz_office_get_store (office->office)),
                                       bytes, &object, &error));
  g_assert_no_error (error);
}

static void
test_first (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *id = NULL;
  g_autofree char *note = NULL;
  g_autofree char *checkpoint = NULL;
  g_autofree char *incoming = NULL;
  g_autofree char *small = NULL;
  g_autofree char *large = NULL;
  JzBackupSummary summary;
  gint64 n_named;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  id = test_office_open_case (&office, "某案");
  small = test_office_attach (&office, id, 1000, 1);
  large = test_office_attach (&office, id, 2500000, 2);
  put_orphan (&office);
  note = test_office_checkpoint (&office);
  summary = back_up (office.path, folder);
  n_named = test_office_count (&office, "SELECT count (DISTINCT object) FROM object_use");

  g_assert_cmpint ((gint64)summary.n_copied, ==, n_named);
  g_assert_cmpuint (summary.n_kept, ==, 0);
  g_assert_true (summary.has_drafts);
  g_assert_cmpuint (count_objects (folder), ==, n_named);
  g_assert_cmpuint (count_objects (office.path), ==, n_named + 1);
  checkpoint = g_build_filename (folder, "checkpoint.txt", NULL);
  assert_content (checkpoint, note);
  incoming = g_build_filename (folder, "incoming", NULL);
  g_assert_cmpuint (folder_count (incoming), ==, 0);
  /* objects, keys, incoming, two databases without logs, checkpoint.txt */
  g_assert_cmpuint (folder_count (folder), ==, 6);
  g_assert_cmpuint (mode_of (folder), ==, 0700);
  g_assert_cmpuint (folder_count (office.folder), ==, 3);
  {
    g_autoptr (JzReport) report = test_verify (folder, checkpoint);
    g_assert_cmpuint (report->faults->len, ==, 0);
    g_assert_cmpstr (report->store, ==, jz_office_get_store_id (office.office));
  }
}

/* The same folder with another spelling, one that is there and empty, one with a slash behind. */
static void
test_spellings (void)
{
  static const char *const endings[] = { "backup-a/", "./backup-b", "../backup-c" };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *inner = NULL;

  test_office_staff (&office);
  inner = beside (&office, "inner");
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *folder = g_strconcat (inner, "/", endings[i], NULL);
    g_autofree char *store = g_strconcat (office.folder, "/inner/../store//", NULL);
    JzBackupSummary summary = back_up (store, folder);
    g_assert_cmpuint (summary.n_copied, >, 0);
    summary = back_up (office.path, folder);
    g_assert_cmpuint (summary.n_copied, ==, 0);
    g_assert_cmpuint (summary.n_kept, >, 0);
  }
  {
    g_autofree char *empty = beside (&office, "empty");
    g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
    back_up (office.path, empty);
    test_assert_sound (empty);
  }
}

static void
test_incremental (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *id = NULL;
  g_autofree char *old_hex = NULL;
  g_autofree char *new_hex = NULL;
  g_autofree char *old_path = NULL;
  g_autofree char *new_path = NULL;
  g_autofree char *note = NULL;
  g_autofree char *checkpoint = NULL;
  struct stat before, after;
  JzBackupSummary summary;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  checkpoint = g_build_filename (folder, "checkpoint.txt", NULL);
  id = test_office_open_case (&office, "某案");
  old_hex = test_office_attach (&office, id, 5000, 3);
  back_up (office.path, folder);
  old_path = object_path (folder, old_hex);
  g_assert_cmpint (stat (old_path, &before), ==, 0);

  new_hex = test_office_attach (&office, id, 6000, 4);
  note = test_office_checkpoint (&office);
  summary = back_up (office.path, folder);
  g_assert_cmpuint (summary.n_copied, ==, 1);
  g_assert_cmpuint (summary.n_kept, >, 5);
  new_path = object_path (folder, new_hex);
  g_assert_cmpint (stat (old_path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
  g_assert_true (g_file_test (new_path, G_FILE_TEST_IS_REGULAR));
  assert_content (checkpoint, note);
  test_assert_sound (folder);
  /* nothing of the earlier one is left, and a lock more */
  g_assert_cmpuint (folder_count (folder), ==, 7);

  summary = back_up (office.path, folder);
  g_assert_cmpuint (summary.n_copied, ==, 0);
}

/* A password that was changed and a case that was destroyed are gone from the next backup. */
static void
test_forgets (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *restored = NULL;
  g_autofree char *id = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *path = NULL;
  g_autofree char *keys = NULL;
  guint n_keys;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  restored = beside (&office, "restored");
  id = test_office_open_case (&office, "某案");
  hex = test_office_attach (&office, id, 5000, 5);
  back_up (office.path, folder);
  path = object_path (folder, hex);
  keys = g_build_filename (folder, "keys", NULL);
  n_keys = folder_count (keys);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  office.new_password = "another";
  test_office_do (&office, "other", "password.change", "{}");
  test_office_destroy_case (&office, id);
  back_up (office.path, folder);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (folder_count (keys), ==, n_keys);
  test_assert_sound (folder);
  restore (folder, restored, NULL);
  test_assert_sound (restored);
  {
    g_auto (TestOffice) later = { 0 };
    test_office_at (&later, restored, office.clock);
    test_office_open (&later);
    later.password = "another";
    test_office_do (&later, "other", "session.sign_in", "{}");
  }
}

static void
test_folders (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (TestOffice) second = { 0 };
  g_autofree char *inside = NULL;
  g_autofree char *deep = NULL;
  g_autofree char *link_to_store = NULL;
  g_autofree char *other = NULL;
  g_autofree char *file = NULL;
  g_autofree char *no_parent = NULL;
  g_autofree char *of_second = NULL;
  g_autofree char *similar = NULL;

  test_office_staff (&office);
  test_office_found (&second);
  inside = g_build_filename (office.path, "backup", NULL);
  deep = g_build_filename (office.path, "objects", "backup", NULL);
  link_to_store = beside (&office, "link");
  g_assert_cmpint (symlink (office.path, link_to_store), ==, 0);
  other = beside (&office, "other");
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  file = folder_write (other, "letter.txt", "x", 1);
  no_parent = g_build_filename (office.folder, "none", "backup", NULL);
  of_second = beside (&second, "backup");
  back_up (second.path, of_second);

  const struct {
    const char *folder;
    int code;
  } rows[] = {
    { office.path, JZ_STORE_ERROR_INVALID },  { inside, JZ_STORE_ERROR_INVALID },
    { deep, JZ_STORE_ERROR_INVALID },         { link_to_store, JZ_STORE_ERROR_INVALID },
    { other, JZ_STORE_ERROR_EXISTS },         { file, JZ_STORE_ERROR_EXISTS },
    { office.folder, JZ_STORE_ERROR_EXISTS }, { no_parent, JZ_STORE_ERROR_IO },
    { second.path, JZ_STORE_ERROR_EXISTS },   { of_second, JZ_STORE_ERROR_EXISTS },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].folder);
    assert_backup_fails (office.path, rows[i].folder, JZ_STORE_ERROR, rows[i].code);
  }
  g_assert_cmpuint (folder_count (other), ==, 1);
  test_assert_sound (second.path);
  test_assert_sound (of_second);
  test_assert_sound (office.path);
  g_assert_cmpuint (folder_count (office.folder), ==, 3);
  assert_backup_fails (other, no_parent, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  similar = g_strconcat (office.path, "-backup", NULL);
  back_up (office.path, similar); /* begins like the store's name and lies beside it */
  {
    g_autofree char *nowhere = beside (&office, "no-store");
    assert_backup_fails (other, nowhere, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE);
    assert_nothing_made (nowhere);
  }
}

/* A copy of the store in which somebody works has the same store id as the backup would have. */
static void
test_never_over_a_store (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (TestOffice) twin = { 0 };
  g_autofree char *copied = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_office_staff (&office);
  test_office_close (&office);
  copied = beside (&office, "copied");
  folder = beside (&office, "backup");
  test_copy_folder (office.path, copied);
  before = digest (copied);
  assert_backup_fails (office.path, copied, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  after = digest (copied);
  g_assert_cmpstr (before, ==, after);

  /* The backup takes no act, also where the drafts were lost ... */
  back_up (office.path, folder);
  for (int i = 0; i < 2; i++) {
    test_office_at (&twin, folder, office.clock);
    test_office_open (&twin);
    outcome = test_office_try (&twin, "handler", "case.open", &error, TEST_CASE, "某案");
    g_assert_null (outcome);
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_MOVED);
    g_clear_error (&error);
    /* ... and while it is open for writing it is left alone. */
    assert_backup_fails (office.path, folder, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
    test_office_clear (&twin);
    test_assert_sound (folder);
    if (i == 0) {
      g_autofree char *scratch = g_build_filename (folder, "scratch.db", NULL);
      back_up (office.path, folder);
      g_assert_cmpint (g_unlink (scratch), ==, 0);
    }
  }

  {
    g_autofree char *locked = beside (&office, "backup3");
    g_autoptr (JzLock) lock = NULL;
    back_up (office.path, locked);
    lock = jz_lock_take (locked, &error);
    g_assert_no_error (error);
    assert_backup_fails (office.path, locked, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
  }

  /* One that was made a store on purpose is one. */
  {
    g_autofree char *second = beside (&office, "backup2");
    back_up (office.path, second);
    test_office_at (&twin, second, office.clock);
    test_office_open (&twin);
    test_office_do (&twin, "admin", "store.moved", "{'reason':'搬到新电脑，旧文件夹已无'}");
    test_office_do (&twin, "handler", "case.open", TEST_CASE, "某案");
    test_office_clear (&twin);
    assert_backup_fails (office.path, second, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
    test_assert_sound (second);
  }
}

/* Whoever sets the store back to an old copy does not take the newer backup along. */
static void
test_set_back (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *old = NULL;
  g_autofree char *id = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  old = beside (&office, "old");
  test_office_close (&office);
  test_copy_folder (office.path, old);
  test_office_open (&office);
  id = test_office_open_case (&office, "某案");
  back_up (office.path, folder);
  before = digest (folder);

  assert_backup_fails (old, folder, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  {
    /* As long as the other, but with other entries. */
    g_auto (TestOffice) forked = { 0 };
    g_autoptr (GError) error = NULL;
    test_office_at (&forked, old, office.clock);
    test_office_open (&forked);
    g_assert_true (jz_store_settle_here (jz_office_get_store (forked.office), &error));
    for (int i = 0; i < 3; i++)
      test_office_do (&forked, "handler", "case.open", TEST_CASE, "另案");
  }
  assert_backup_fails (old, folder, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  after = digest (folder);
  g_assert_cmpstr (before, ==, after);
}

/* Refused attempts are in scratch.db, as drafts are. */
static guint
count_attempts (TestOffice *office)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) list =
    jz_scratch_list_attempts (jz_store_get_scratch (jz_office_get_store (office->office)), &error);

  g_assert_no_error (error);
  return jz_json_get_n_items (list);
}

static void
assert_restored_attempts (TestOffice *office, const char *folder, const char *name, guint n)
{
  g_auto (TestOffice) later = { 0 };
  g_autofree char *path = beside (office, name);

  restore (folder, path, NULL);
  test_office_at (&later, path, office->clock);
  test_office_open (&later);
  g_assert_cmpuint (count_attempts (&later), ==, n);
}

static void
test_drafts (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *scratch = NULL;
  g_autofree char *id = NULL;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  second = beside (&office, "backup2");
  third = beside (&office, "backup3");
  scratch = g_build_filename (office.path, "scratch.db", NULL);
  id = test_office_open_case (&office, "某案");
  test_office_refuse (&office, "handler", "case.archive", "J-STAGE",
                      "{'case':'%s','happened':'2025-01-02','class':'短期'}", id);
  g_assert_true (back_up (office.path, folder).has_drafts);
  assert_restored_attempts (&office, folder, "restored", 1);

  test_office_close (&office);
  flip_bit (scratch, 0); /* no database any more */
  g_assert_false (back_up (office.path, second).has_drafts);
  assert_restored_attempts (&office, second, "restored2", 0);
  g_assert_cmpint (g_unlink (scratch), ==, 0);
  g_assert_false (back_up (office.path, third).has_drafts);
  assert_restored_attempts (&office, third, "restored3", 0);
}

typedef struct {
  TestOffice *office;
  const char *case_id;
  gint is_stopped;
  guint n_written;
} Writing;

static gpointer
write_in_thread (gpointer data)
{
  Writing *self = data;

  while (!g_atomic_int_get (&self->is_stopped)) {
    g_autofree char *hex =
      test_office_attach (self->office, self->case_id, 20000, 1000 + self->n_written);
    test_office_do (self->office, "handler", "case.note", "{'case':'%s','text':'第%u次检查'}",
                    self->case_id, self->n_written);
    self->n_written += 2;
  }
  return NULL;
}

static void
test_while_writing (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *id = NULL;
  Writing writing = { .office = &office };

  test_office_staff (&office);
  folder = beside (&office, "backup");
  id = test_office_open_case (&office, "某案");
  writing.case_id = id;
  for (int i = 0; i < 3; i++) {
    g_autofree char *name = g_strdup_printf ("restored-%d", i);
    g_autofree char *restored = beside (&office, name);
    g_autoptr (JzReport) report = NULL;
    g_autoptr (JzReport) of_backup = NULL;
    g_autofree char *note = NULL;
    g_autofree char *file = NULL;
    gint64 n_before = test_office_count (&office, "SELECT count (*) FROM entry");
    gint64 n_after;
    GThread *thread;

    g_atomic_int_set (&writing.is_stopped, 0);
    thread = g_thread_new ("writing", write_in_thread, &writing);
    back_up (office.path, folder);
    g_atomic_int_set (&writing.is_stopped, 1);
    g_thread_join (thread);
    n_after = test_office_count (&office, "SELECT count (*) FROM entry");
    of_backup = test_verify (folder, NULL);
    g_test_message ("%d entries before, %d in the backup, %d after", (int)n_before,
                    (int)of_backup->n_entries, (int)n_after);
    g_assert_cmpint ((gint64)of_backup->n_entries, >=, n_before);
    g_assert_cmpint ((gint64)of_backup->n_entries, <, n_after);

    note = test_office_checkpoint (&office);
    file = folder_write (office.folder, "newest.txt", note, strlen (note));
    restore (folder, restored, file);
    report = test_verify (restored, file);
    g_assert_cmpint (report->faults->len, ==, MIN (n_after - (gint64)of_backup->n_entries, 100));
    for (guint j = 0; j < report->faults->len; j++) {
      const JzFault *fault = g_ptr_array_index (report->faults, j);
      g_autofree char *lost = g_strdup_printf ("%s-%d", jz_office_get_store_id (office.office),
                                               (int)of_backup->n_entries + 1 + (int)j);
      g_assert_cmpint (fault->kind, ==, JZ_FAULT_LOST);
      g_assert_cmpstr (fault->place, ==, lost);
    }
    test_assert_sound (restored);
  }
  test_assert_sound (office.path);
}

typedef struct {
  TestOffice *office;
  const char *case_id;
  guint64 done;
  guint64 total;
  guint n_calls;
} Watching;

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Watching *self = data;

  g_assert_cmpuint (done, <=, total);
  self->done = done;
  self->total = total;
  self->n_calls++;
}

/* Once the first object is copied, the case goes that most of the others belong to. */
static void
on_progress_destroy (guint64 done, guint64 total, gpointer data)
{
  Watching *self = data;

  on_progress (done, total, data);
  if (self->case_id == NULL || total - done > 1900000 || done == 0)
    return;
  test_office_destroy_case (self->office, self->case_id);
  self->case_id = NULL;
}

static void
test_destroyed_meanwhile (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *id = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *kept_hex = NULL;
  g_autofree char *kept_path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  Watching watching = { .office = &office };
  JzBackup backup = { .progress = on_progress_destroy, .progress_data = &watching };

  test_office_staff (&office);
  folder = beside (&office, "backup");
  backup.path = office.path;
  backup.folder = folder;
  id = test_office_open_case (&office, "某案");
  kept = test_office_open_case (&office, "另案");
  kept_hex = test_office_attach (&office, kept, 5000, 7);
  for (guint32 i = 0; i < 20; i++) {
    g_autofree char *hex = test_office_attach (&office, id, 100000, 100 + i);
  }
  watching.case_id = id;
  g_assert_true (jz_backup (&backup, &report, &error));
  g_assert_no_error (error);
  g_assert_null (watching.case_id);
  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_cmpuint (watching.done, ==, watching.total);
  g_assert_cmpint (count_objects (folder), ==,
                   test_office_count (&office, "SELECT count (DISTINCT object) FROM object_use"));
  kept_path = object_path (folder, kept_hex);
  g_assert_true (g_file_test (kept_path, G_FILE_TEST_EXISTS));
  test_assert_sound (folder);
}

int
main (int argc, char **argv)
{
  use_memory_disk ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/backup/first", test_first);
  g_test_add_func ("/office/backup/spellings", test_spellings);
  g_test_add_func ("/office/backup/incremental", test_incremental);
  g_test_add_func ("/office/backup/forgets", test_forgets);
  g_test_add_func ("/office/backup/folders", test_folders);
  g_test_add_func ("/office/backup/never-over-a-store", test_never_over_a_store);
  g_test_add_func ("/office/backup/set-back", test_set_back);
  g_test_add_func ("/office/backup/drafts", test_drafts);
  g_test_add_func ("/office/backup/while-writing", test_while_writing);
  g_test_add_func ("/office/backup/destroyed-meanwhile", test_destroyed_meanwhile);
  return g_test_run ();
}
