/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "backup-fixture.h"
#include "office/checkpoints.h"

typedef struct {
  TestOffice office;
  char *folder;
  char *restored;
  char *case_id;
} Fixture;

static void
fixture_init (Fixture *self)
{
  test_office_staff (&self->office);
  self->folder = beside (&self->office, "backup");
  self->restored = beside (&self->office, "restored");
  self->case_id = test_office_open_case (&self->office, "某案");
  g_free (test_office_attach (&self->office, self->case_id, 1200000, 1));
}

static void
fixture_clear (Fixture *self)
{
  test_office_clear (&self->office);
  g_free (self->folder);
  g_free (self->restored);
  g_free (self->case_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static JzJson *
read_last_args (TestOffice *office, char **act)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  gint64 last = 0;
  g_autoptr (JzJournalRecord) record = NULL;
  g_autoptr (JzJson) payload = NULL;

  g_assert_no_error (error);
  g_assert_true (
    jz_connection_get_number (reader, &last, &error, "SELECT max (arrival) FROM entry", ""));
  record = jz_journal_read (reader, last, &error);
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  *act = g_strdup (record->entry->act);
  payload = jz_json_parse (record->payload, strlen (record->payload), &error);
  g_assert_no_error (error);
  return jz_json_copy (jz_json_get_member (payload, "args"));
}

/* Its first entry says what it goes on from (design §2). */
static void
test_first_entry (void)
{
  g_auto (Fixture) self = { 0 };
  g_auto (TestOffice) later = { 0 };
  g_autofree char *old_id = NULL;
  g_autofree char *act = NULL;
  g_autofree char *note = NULL;
  g_autofree char *file = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (JzJson) args = NULL;
  gint64 size;
  JzCheckpoint checkpoint;

  fixture_init (&self);
  old_id = g_strdup (jz_office_get_store_id (self.office.office));
  size = test_office_count (&self.office, "SELECT count (*) FROM entry");
  kept = test_office_checkpoint (&self.office);
  g_assert_true (jz_checkpoint_parse (kept, strlen (kept), &checkpoint, NULL));
  back_up (self.office.path, self.folder);
  test_office_do (&self.office, "handler", "case.note", "{'case':'%s','text':'丢失的一笔'}",
                  self.case_id);
  note = test_office_checkpoint (&self.office);
  file = folder_write (self.office.folder, "newest.txt", note, strlen (note));
  restore (self.folder, self.restored, file);

  test_office_at (&later, self.restored, self.office.clock);
  test_office_open (&later);
  args = read_last_args (&later, &act);
  g_assert_cmpstr (act, ==, "store.restored");
  g_assert_cmpstr (jz_office_get_store_id (later.office), !=, old_id);
  g_assert_cmpstr (jz_json_get_member_text (args, "from"), ==, old_id);
  g_assert_cmpint (jz_json_get_member_integer (args, "size", 0), ==, size);
  g_assert_cmpstr (jz_json_get_member_text (args, "reason"), ==, "硬盘损坏，从备份恢复");
  g_assert_cmpstr (jz_json_get_member_text (args, "newest"), ==, note);
  {
    char hex[JZ_HASH_HEX_SIZE];
    jz_hash_to_hex (&checkpoint.root, hex);
    g_assert_cmpstr (jz_json_get_member_text (args, "root"), ==, hex);
  }
  g_assert_cmpint (test_office_count (&later, "SELECT count (*) FROM entry"), ==, size + 1);
  g_assert_cmpint (test_office_count (&later, "SELECT seq FROM entry ORDER BY arrival DESC "
                                              "LIMIT 1"),
                   ==, 1);
  /* A checkpoint of the new id was made, so that the restoring can be proved. */
  g_assert_cmpint (test_office_count (&later, "SELECT count (DISTINCT store) FROM checkpoint"), ==,
                   2);
}

/* Acts work as before, by everybody and of every kind; checkpoints of before still hold. */
static void
work (TestOffice *office, const char *case_id)
{
  g_autofree char *id = test_office_open_case (office, "恢复后的案件");
  g_autofree char *note = NULL;
  g_autofree char *file = NULL;

  g_free (test_office_attach (office, id, 3000, (guint32)g_test_rand_int ()));
  test_office_do (office, "other", "case.note", "{'case':'%s','text':'继续办理'}", case_id);
  test_office_do (office, "admin", "setting.change", "{'name':'bureau.code','value':'城执'}");
  test_office_certify (office, "reviewer");
  test_office_sign_out (office, "reviewer");
  test_office_do (office, "reviewer", "case.note", "{'case':'%s','text':'新证书'}", case_id);
  test_office_destroy_case (office, id);
  note = test_office_checkpoint (office);
  file = folder_write (office->folder, "checkpoint.txt", note, strlen (note));
  {
    g_autoptr (JzReport) report = test_verify (office->path, file);
    g_assert_cmpuint (report->faults->len, ==, 0);
    g_assert_cmpstr (report->store, ==, jz_office_get_store_id (office->office));
  }
}

static void
test_generations (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *note = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  fixture_init (&self);
  note = test_office_checkpoint (&self.office);
  file = folder_write (self.office.folder, "first.txt", note, strlen (note));
  path = g_strdup (self.office.path);
  g_hash_table_add (ids, g_strdup (jz_office_get_store_id (self.office.office)));
  for (int i = 0; i < 3; i++) {
    g_autofree char *folder = g_strdup_printf ("%s/backup-%d", self.office.folder, i);
    g_autofree char *restored = g_strdup_printf ("%s/restored-%d", self.office.folder, i);
    g_auto (TestOffice) later = { 0 };
    g_autoptr (JzReport) report = NULL;
    back_up (path, folder);
    restore (folder, restored, NULL);
    test_office_at (&later, restored, self.office.clock);
    test_office_open (&later);
    work (&later, self.case_id);
    g_assert_true (g_hash_table_add (ids, g_strdup (jz_office_get_store_id (later.office))));
    /* Also the one of the store that began it all. */
    report = test_verify (restored, file);
    g_assert_cmpuint (report->faults->len, ==, 0);
    g_free (path);
    path = g_strdup (restored);
  }
}

/* The backup of the old store is no place for the new one's. */
static void
test_new_folder_for_new_id (void)
{
  g_auto (Fixture) self = { 0 };

  fixture_init (&self);
  back_up (self.office.path, self.folder);
  restore (self.folder, self.restored, NULL);
  assert_backup_fails (self.restored, self.folder, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  test_assert_sound (self.folder);
}

static void
test_lost (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *note = NULL;
  g_autofree char *file = NULL;
  g_autoptr (JzReport) report = NULL;
  gint64 size;

  fixture_init (&self);
  back_up (self.office.path, self.folder);
  size = test_office_count (&self.office, "SELECT count (*) FROM entry");
  for (int i = 0; i < 4; i++)
    test_office_do (&self.office, "handler", "case.note", "{'case':'%s','text':'丢失的%d'}",
                    self.case_id, i);
  note = test_office_checkpoint (&self.office);
  file = folder_write (self.office.folder, "newest.txt", note, strlen (note));
  restore (self.folder, self.restored, NULL);
  report = test_verify (self.restored, file);
  g_assert_cmpuint (report->faults->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_autofree char *id = g_strdup_printf ("%s-%d", jz_office_get_store_id (self.office.office),
                                           (int)size + 1 + (int)i);
    g_assert_cmpint (fault->kind, ==, JZ_FAULT_LOST);
    g_assert_cmpstr (fault->place, ==, id);
  }
}

static void
test_newest (void)
{
  g_auto (Fixture) self = { 0 };
  g_auto (TestOffice) second = { 0 };
  g_autofree char *note = NULL;
  g_autofree char *foreign = NULL;
  g_autofree char *of_restored = NULL;
  g_autofree char *altered = NULL;
  g_autofree char *older = NULL;
  g_autofree char *again = NULL;
  g_autofree char *again_folder = NULL;

  fixture_init (&self);
  test_office_found (&second);
  older = test_office_checkpoint (&self.office);
  test_office_do (&self.office, "handler", "case.note", "{'case':'%s','text':'又一笔'}",
                  self.case_id);
  back_up (self.office.path, self.folder);
  note = test_office_checkpoint (&self.office);
  foreign = test_office_checkpoint (&second);
  altered = g_strdup (note);
  altered[strlen (altered) - 10] = altered[strlen (altered) - 10] == 'A' ? 'B' : 'A';
  again = beside (&self.office, "again");
  again_folder = beside (&self.office, "backup-again");

  const struct {
    const char *text;
    gboolean is_good;
  } rows[] = {
    { note, TRUE },     { older, TRUE },   { foreign, FALSE },
    { altered, FALSE }, { "text", FALSE }, { "", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *name = g_strdup_printf ("restored-%d", (int)i);
    g_autofree char *path = beside (&self.office, name);
    g_autofree char *file =
      folder_write (self.office.folder, "newest.txt", rows[i].text, strlen (rows[i].text));
    gboolean is_restored = try_restore (self.folder, path, file, &error);
    g_assert_cmpint (is_restored, ==, rows[i].is_good);
    if (is_restored)
      test_assert_sound (path);
    else
      assert_nothing_made (path);
    if (error != NULL)
      g_test_message ("%s", error->message);
  }
  {
    g_autoptr (GError) error = NULL;
    g_assert_false (try_restore (self.folder, again, "/nonexistent/newest.txt", &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
    assert_nothing_made (again);
  }
  /* After a restore, the newest of the id before it is not the newest of the store. */
  restore (self.folder, self.restored, NULL);
  back_up (self.restored, again_folder);
  of_restored = folder_write (self.office.folder, "newest.txt", note, strlen (note));
  {
    g_autoptr (GError) error = NULL;
    g_assert_false (try_restore (again_folder, again, of_restored, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
    g_test_message ("%s", error->message);
    assert_nothing_made (again);
  }
}

static void
test_refused (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *inside = NULL;
  g_autofree char *no_parent = NULL;
  g_autofree char *no_backup = NULL;
  g_autofree char *no_store = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_init (&self);
  back_up (self.office.path, self.folder);
  before = digest (self.folder);
  inside = g_build_filename (self.folder, "restored", NULL);
  no_parent = g_build_filename (self.restored, "restored", NULL);
  no_backup = beside (&self.office, "none");
  no_store = g_build_filename (self.office.path, "objects", NULL);

  const struct {
    const char *folder;
    const char *path;
    const char *user;
    const char *password;
    const char *ca_password;
    GQuark domain;
    int code;
  } rows[] = {
    { self.folder, self.restored, "admin", "wrong", TEST_CA_PASSWORD, JZ_STORE_ERROR,
      JZ_STORE_ERROR_PASSWORD },
    { self.folder, self.restored, "admin", TEST_PASSWORD, "wrong", JZ_STORE_ERROR,
      JZ_STORE_ERROR_PASSWORD },
    { self.folder, self.restored, "admin", TEST_PASSWORD, NULL, JZ_STORE_ERROR,
      JZ_STORE_ERROR_PASSWORD },
    { self.folder, self.restored, "nobody", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_OFFICE_ERROR,
      JZ_OFFICE_ERROR_UNKNOWN_PERSON },
    { self.folder, self.restored, "head", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_OFFICE_ERROR,
      JZ_OFFICE_ERROR_REFUSED },
    { self.folder, self.office.path, "admin", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_STORE_ERROR,
      JZ_STORE_ERROR_EXISTS },
    { self.folder, self.folder, "admin", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_STORE_ERROR,
      JZ_STORE_ERROR_EXISTS },
    { self.folder, inside, "admin", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_STORE_ERROR,
      JZ_STORE_ERROR_INVALID },
    { self.folder, no_parent, "admin", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_STORE_ERROR,
      JZ_STORE_ERROR_IO },
    { no_backup, self.restored, "admin", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_STORE_ERROR,
      JZ_STORE_ERROR_NOT_A_STORE },
    { no_store, self.restored, "admin", TEST_PASSWORD, TEST_CA_PASSWORD, JZ_STORE_ERROR,
      JZ_STORE_ERROR_NOT_A_STORE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    JzRestoring restoring = {
      .folder = rows[i].folder,
      .path = rows[i].path,
      .user = rows[i].user,
      .password = rows[i].password,
      .ca_password = rows[i].ca_password,
      .reason = "试",
    };
    g_assert_false (jz_restore (&restoring, &error));
    g_assert_error (error, rows[i].domain, rows[i].code);
    assert_nothing_made (self.restored);
  }
  after = digest (self.folder);
  g_assert_cmpstr (before, ==, after);
  test_assert_sound (self.office.path);
}

static void
test_reason (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *too_long = g_strnfill (400, 'x');
  const char *const reasons[] = { "", too_long };

  fixture_init (&self);
  back_up (self.office.path, self.folder);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    g_autoptr (GError) error = NULL;
    JzRestoring restoring = {
      .folder = self.folder,
      .path = self.restored,
      .user = "admin",
      .password = TEST_PASSWORD,
      .ca_password = TEST_CA_PASSWORD,
      .reason = reasons[i],
    };
    g_assert_false (jz_restore (&restoring, &error));
    g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
    assert_nothing_made (self.restored);
  }
}

/* The demo office's clock stands where its last entry left it, also in the backup. */
static void
test_clock (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (JzOffice) office = NULL;
  g_autoptr (GError) error = NULL;
  JzInstant now;

  fixture_init (&self);
  jz_clock_advance (self.office.clock, 90 * 60 * 1000);
  test_office_do (&self.office, "handler", "case.note", "{'case':'%s','text':'九十分钟后'}",
                  self.case_id);
  now = jz_clock_now (self.office.clock);
  back_up (self.office.path, self.folder);
  restore (self.folder, self.restored, NULL);
  office = jz_office_open (self.restored, JZ_STORE_READ, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (jz_office_is_demo (office));
  g_assert_cmpint (jz_clock_now (jz_office_get_clock (office)), ==, now);
}

static void
on_progress_cancel (guint64 done, guint64 total, gpointer data)
{
  int *n_left = ((gpointer *)data)[0];
  g_assert_cmpuint (done, <=, total);
  if (--*n_left == 0)
    g_cancellable_cancel (((gpointer *)data)[1]);
}

static void
test_cancelled (void)
{
  g_auto (Fixture) self = { 0 };
  guint n_cancelled = 0;
  gboolean is_done = FALSE;

  fixture_init (&self);
  back_up (self.office.path, self.folder);
  for (int at = 1; !is_done; at++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    int n_left = at;
    gpointer data[] = { &n_left, cancellable };
    JzRestoring restoring = {
      .folder = self.folder,
      .path = self.restored,
      .user = "admin",
      .password = TEST_PASSWORD,
      .ca_password = TEST_CA_PASSWORD,
      .reason = "试",
      .progress = on_progress_cancel,
      .progress_data = data,
      .cancellable = cancellable,
    };
    is_done = jz_restore (&restoring, &error);
    if (is_done)
      break;
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_nothing_made (self.restored);
    n_cancelled++;
  }
  g_test_message ("cancelled at %u places", n_cancelled);
  g_assert_cmpuint (n_cancelled, >, 10);
  test_assert_sound (self.restored);
}

static void
assert_moved (TestOffice *office, const char *case_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    test_office_try (office, "handler", "case.note", &error, "{'case':'%s','text':'试'}", case_id);

  g_assert_null (outcome);
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_MOVED);
}

/* A folder that was copied with the file manager. */
static void
test_copied (void)
{
  g_auto (Fixture) self = { 0 };
  g_auto (TestOffice) copied = { 0 };
  g_autofree char *old_id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *note = NULL;
  g_autofree char *file = NULL;

  fixture_init (&self);
  old_id = g_strdup (jz_office_get_store_id (self.office.office));
  note = test_office_checkpoint (&self.office);
  file = folder_write (self.office.folder, "newest.txt", note, strlen (note));
  test_office_close (&self.office);
  path = beside (&self.office, "copied");
  test_copy_folder (self.office.path, path);

  test_office_at (&copied, path, self.office.clock);
  test_office_open (&copied);
  assert_moved (&copied, self.case_id);
  test_office_refuse (&copied, "head/administrator", "store.copied", "J-ROLE", "{'reason':'试'}");
  assert_moved (&copied, self.case_id);
  test_office_do (&copied, "admin", "store.copied", "{'reason':'复制给第二间办公室'}");
  work (&copied, self.case_id);
  g_assert_cmpstr (jz_office_get_store_id (copied.office), !=, old_id);
  test_office_close (&copied);

  test_office_open (&self.office);
  test_office_do (&self.office, "handler", "case.note", "{'case':'%s','text':'原处继续'}",
                  self.case_id);
  g_assert_cmpstr (jz_office_get_store_id (self.office.office), ==, old_id);
  for (int i = 0; i < 2; i++) {
    g_autoptr (JzReport) report = test_verify (i == 0 ? path : self.office.path, file);
    g_assert_cmpuint (report->faults->len, ==, 0);
  }
  /* Each is backed up on its own. */
  {
    g_autofree char *second = beside (&self.office, "backup2");
    back_up (self.office.path, self.folder);
    back_up (path, second);
    assert_backup_fails (path, self.folder, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  }
}

static void
test_moved (void)
{
  g_auto (Fixture) self = { 0 };
  g_auto (TestOffice) moved = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *old_id = NULL;

  fixture_init (&self);
  old_id = g_strdup (jz_office_get_store_id (self.office.office));
  test_office_close (&self.office);
  path = beside (&self.office, "moved");
  test_copy_folder (self.office.path, path);
  test_office_at (&moved, path, self.office.clock);
  test_office_open (&moved);
  assert_moved (&moved, self.case_id);
  test_office_do (&moved, "admin", "store.moved", "{'reason':'换了电脑'}");
  work (&moved, self.case_id);
  g_assert_cmpstr (jz_office_get_store_id (moved.office), ==, old_id);

  /* Renamed on the same disk, it stays where it was. */
  test_office_close (&moved);
  g_free (moved.path);
  moved.path = beside (&self.office, "renamed");
  g_assert_cmpint (g_rename (path, moved.path), ==, 0);
  test_office_open (&moved);
  test_office_do (&moved, "handler", "case.note", "{'case':'%s','text':'改名后'}", self.case_id);
}

/* The acts that begin a store id are for the commands that do all the rest of it. */
static void
test_not_by_do (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;

  fixture_init (&self);
  outcome = test_office_try (&self.office, "admin", "store.restored", &error, "{'reason':'试'}");
  g_assert_null (outcome);
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT);
}

int
main (int argc, char **argv)
{
  use_memory_disk ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/restore/first-entry", test_first_entry);
  g_test_add_func ("/office/restore/generations", test_generations);
  g_test_add_func ("/office/restore/new-folder-for-new-id", test_new_folder_for_new_id);
  g_test_add_func ("/office/restore/lost", test_lost);
  g_test_add_func ("/office/restore/newest", test_newest);
  g_test_add_func ("/office/restore/refused", test_refused);
  g_test_add_func ("/office/restore/reason", test_reason);
  g_test_add_func ("/office/restore/clock", test_clock);
  g_test_add_func ("/office/restore/cancelled", test_cancelled);
  g_test_add_func ("/office/restore/copied", test_copied);
  g_test_add_func ("/office/restore/moved", test_moved);
  g_test_add_func ("/office/restore/not-by-do", test_not_by_do);
  return g_test_run ();
}
