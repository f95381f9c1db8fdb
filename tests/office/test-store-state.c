/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/setup.h"
#include "office/store_card.h"
#include "office/store_state.h"

#include "backup-fixture.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

static JzStoreState *
read_state (TestOffice *office, JzInstant computer)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzStoreState *state = jz_store_state_read (office->office, reader, computer, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return state;
}

static JzSetup *
read_setup (TestOffice *office)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzSetup *setup = jz_setup_read (office->office, reader, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return setup;
}

static gboolean
back_up_at (TestOffice *office, const char *folder, GError **error)
{
  g_autoptr (JzReport) report = NULL;
  JzBackup backup = { .path = office->path, .folder = folder, .clock = office->clock };

  return jz_backup (&backup, &report, error) && report->faults->len == 0;
}

static void
test_new (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzStoreState) state = NULL;
  g_autofree char *sentence = NULL;

  test_office_found (&office);
  state = read_state (&office, jz_clock_now (office.clock));
  g_assert_cmpint (state->clock, ==, JZ_CLOCK_RIGHT);
  g_assert_true (state->is_at_its_place);
  g_assert_false (state->is_accepted);
  g_assert_cmpint (state->backup_days, ==, -1);
  g_assert_true (jz_store_state_is_backup_old (state));
  g_assert_null (state->attempt);
  g_assert_null (state->drill);
  sentence = jz_store_state_dup_sentence (state);
  g_assert_cmpstr (sentence, ==, "never backed up");
}

static void
test_backed_up (void)
{
  static const struct {
    int n_days;
    const char *sentence;
    gboolean is_old;
  } rows[] = {
    { -3, "backed up today", FALSE },      { 0, "backed up today", FALSE },
    { 1, "last backup 1 day ago", FALSE }, { 7, "last backup 7 days ago", FALSE },
    { 8, "last backup 8 days ago", TRUE },
  };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  JzInstant now;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  now = jz_clock_now (office.clock);
  g_assert_true (back_up_at (&office, folder, &error));
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzStoreState) state = read_state (&office, now + rows[i].n_days * DAY_MS);
    g_autofree char *sentence = jz_store_state_dup_sentence (state);
    g_assert_cmpstr (sentence, ==, rows[i].sentence);
    g_assert_cmpint (jz_store_state_is_backup_old (state), ==, rows[i].is_old);
    g_assert_cmpint (state->backup->time, ==, now);
    g_assert_true (g_str_has_suffix (state->backup->folder, "/backup"));
    g_assert_cmpint (state->backup->n_copied, >, 0);
  }
}

/* What failed is told, and the last good one is still the last good one. */
static void
test_failed (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *other = NULL;
  g_autofree char *id = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *object = NULL;
  g_autoptr (JzStoreState) state = NULL;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  other = beside (&office, "other");
  g_assert_true (back_up_at (&office, folder, NULL));
  id = test_office_open_case (&office, "某案");
  hex = test_office_attach (&office, id, 1000, 1);
  object = g_strdup_printf ("%s/objects/%.2s/%s", office.path, hex, hex + 2);
  g_assert_cmpint (g_remove (object), ==, 0);
  jz_clock_advance (office.clock, 2 * DAY_MS);
  g_assert_false (back_up_at (&office, other, NULL));
  state = read_state (&office, jz_clock_now (office.clock));
  g_assert_cmpint (state->backup_days, ==, 2);
  g_assert_true (g_str_has_suffix (state->backup->folder, "/backup"));
  g_assert_false (state->attempt->is_good);
  g_assert_nonnull (state->attempt->sentence);
  g_assert_true (g_str_has_suffix (state->attempt->folder, "/other"));
}

static void
test_cancelled (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JzStoreState) state = NULL;
  JzBackup backup = { .clock = NULL };

  test_office_staff (&office);
  folder = beside (&office, "backup");
  backup = (JzBackup){ .path = office.path, .folder = folder, .cancellable = cancellable };
  g_cancellable_cancel (cancellable);
  g_assert_false (jz_backup (&backup, &report, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  state = read_state (&office, jz_clock_now (office.clock));
  g_assert_null (state->attempt);
}

static void
test_drill (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *database = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  g_autoptr (JzReport) damaged = NULL;
  g_autoptr (JzStoreState) good = NULL;
  g_autoptr (JzStoreState) bad = NULL;
  JzBackup drill = { .clock = NULL };

  test_office_staff (&office);
  folder = beside (&office, "backup");
  drill = (JzBackup){ .path = office.path, .folder = folder, .clock = office.clock };
  g_assert_false (jz_backup_drill (&drill, &report, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE);
  g_clear_error (&error);
  g_assert_true (back_up_at (&office, folder, NULL));
  g_assert_true (jz_backup_drill (&drill, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (report->faults->len, ==, 0);
  good = read_state (&office, jz_clock_now (office.clock));
  g_assert_true (good->drill->is_good);
  /* A disk that went bad in its drawer. */
  database = g_build_filename (folder, "checkpoint.txt", NULL);
  g_assert_true (g_file_test (database, G_FILE_TEST_EXISTS));
  g_free (database);
  database = g_build_filename (folder, "keys", NULL);
  {
    g_autoptr (GDir) keys = g_dir_open (database, 0, NULL);
    g_autofree char *key = g_build_filename (database, g_dir_read_name (keys), NULL);
    g_assert_cmpint (g_remove (key), ==, 0);
  }
  g_assert_true (jz_backup_drill (&drill, &damaged, &error));
  g_assert_cmpuint (damaged->faults->len, >, 0);
  bad = read_state (&office, jz_clock_now (office.clock));
  g_assert_false (bad->drill->is_good);
  g_assert_nonnull (bad->drill->sentence);
}

/* What a restored store carries with it is a backup of the store that was lost. */
static void
test_other_store (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzBackupNote) none = NULL;
  g_autoptr (JzBackupNote) any = NULL;
  JzBackupNote note = { .store = (char *)"0123456789abcdef", .folder = (char *)"/mnt/disk" };

  test_office_staff (&office);
  g_assert_true (jz_backup_note_keep (&note, office.path, JZ_BACKUP_NOTE_GOOD, &error));
  g_assert_no_error (error);
  g_assert_true (jz_backup_note_read (office.path, jz_office_get_store_id (office.office),
                                      JZ_BACKUP_NOTE_GOOD, &none, &error));
  g_assert_null (none);
  g_assert_true (jz_backup_note_read (office.path, NULL, JZ_BACKUP_NOTE_GOOD, &any, &error));
  g_assert_cmpstr (any->folder, ==, "/mnt/disk");
}

static void
test_clock (void)
{
  static const struct {
    gint64 later;
    JzClockState state;
  } rows[] = {
    { 0, JZ_CLOCK_RIGHT },
    { -4 * 60 * 1000, JZ_CLOCK_RIGHT },
    { -6 * 60 * 1000, JZ_CLOCK_BEHIND },
    { 30 * DAY_MS, JZ_CLOCK_RIGHT },
    { 30 * DAY_MS + 1, JZ_CLOCK_AHEAD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (jz_clock_judge (1000000000 + rows[i].later, 1000000000), ==, rows[i].state);
  g_assert_cmpint (jz_clock_judge (5, G_MININT64), ==, JZ_CLOCK_RIGHT);
}

static void
test_moved (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (TestOffice) copy = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (JzStoreState) state = NULL;

  test_office_staff (&office);
  path = beside (&office, "copy");
  test_office_close (&office);
  test_copy_folder (office.path, path);
  test_office_at (&copy, path, office.clock);
  test_office_open (&copy);
  state = read_state (&copy, 0);
  g_assert_false (state->is_at_its_place);
}

static void
test_card (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *folder = NULL;
  g_autofree char *nothing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStoreCard) card = NULL;
  g_autoptr (JzStoreCard) backup = NULL;

  test_office_staff (&office);
  folder = beside (&office, "backup");
  nothing = beside (&office, "nothing");
  card = jz_store_card_read (office.path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (card->id, ==, jz_office_get_store_id (office.office));
  g_assert_false (card->is_backup);
  g_assert_true (card->is_demo == jz_office_is_demo (office.office));
  g_assert_cmpuint (g_strv_length (card->administrators), ==, 1);
  g_assert_cmpstr (card->administrators[0], ==, "admin");
  g_assert_cmpint (card->time, <=, jz_clock_now (office.clock));
  g_assert_true (back_up_at (&office, folder, NULL));
  backup = jz_store_card_read (folder, &error);
  g_assert_no_error (error);
  g_assert_true (backup->is_backup);
  g_assert_cmpstr (backup->bureau, ==, card->bureau);
  g_assert_false (jz_folder_refuse_acts (folder, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_MOVED);
  g_clear_error (&error);
  g_assert_true (jz_folder_refuse_acts (office.path, &error));
  g_assert_null (jz_store_card_read (nothing, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE);
}

static void
test_setup (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzSetup) before = NULL;
  g_autoptr (JzSetup) after = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *id = NULL;
  g_autofree char *taken = NULL;

  test_office_staff (&office);
  before = read_setup (&office);
  g_assert_true (before->is_accepted);
  g_assert_cmpint (before->n_people, ==, 8);
  g_assert_cmpint (before->n_able, ==, 8);
  g_assert_cmpint (before->n_running, ==, 0);
  g_assert_cmpstr (before->code, ==, "");
  g_assert_cmpstr (before->rulebook, ==, "");
  g_assert_false (before->has_backup);
  g_assert_false (jz_setup_is_done (before));
  id = test_office_add_person (&office, "legal", "review_head");
  test_office_certify (&office, "legal");
  test_office_do (&office, "admin", "setting.change", "{'name':'bureau.code','value':'甲'}");
  test_office_do_by_two (&office, "legal", "head", "rulebook.adopt",
                         "{'book':'BASE','in_force':'2025-01-01','reason':'启用'}");
  test_office_do_by_two (&office, "legal", "head", "forms.adopt",
                         "{'in_force':'2025-01-01','reason':'启用'}");
  test_office_do_by_two (&office, "legal", "head", "calendar.adopt",
                         "{'in_force':'2025-01-01','reason':'启用'}");
  taken = test_office_make (&office, "handler", "case.take_over",
                            "{'title':'旧案','party':'张某','matter':'占道','found':'2024-12-01',"
                            "'before':'已立案,纸质卷在档案柜'}");
  folder = beside (&office, "backup");
  g_assert_true (back_up_at (&office, folder, NULL));
  after = read_setup (&office);
  g_assert_cmpstr (after->code, ==, "甲");
  g_assert_cmpstr (after->rulebook, ==, "2025-01-01");
  g_assert_cmpint (after->n_people, ==, 9);
  g_assert_cmpint (after->n_running, ==, 1);
  g_assert_true (after->has_backup);
  g_assert_true (jz_setup_is_done (after));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  use_memory_disk ();
  g_test_add_func ("/office/store-state/new", test_new);
  g_test_add_func ("/office/store-state/backed-up", test_backed_up);
  g_test_add_func ("/office/store-state/failed", test_failed);
  g_test_add_func ("/office/store-state/cancelled", test_cancelled);
  g_test_add_func ("/office/store-state/drill", test_drill);
  g_test_add_func ("/office/store-state/other-store", test_other_store);
  g_test_add_func ("/office/store-state/clock", test_clock);
  g_test_add_func ("/office/store-state/moved", test_moved);
  g_test_add_func ("/office/store-state/card", test_card);
  g_test_add_func ("/office/store-state/setup", test_setup);
  return g_test_run ();
}
