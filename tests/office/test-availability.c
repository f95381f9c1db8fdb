/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>

#include "backup-fixture.h"

/* A store opens and an act is told as it is, although something that only tidies up fails: a reader
 * is in the way, a file cannot be removed, the disk does not sync. */

/* Which calls fail, by a part of the path that they are about; %NULL for none. */
static const char *unlink_fails_in;
static const char *sync_fails_in;
/* A part of the name of the files whose openings are counted. */
static const char *counted;
static int n_opened;

static gboolean
is_about (int fd, const char *part)
{
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = part != NULL ? g_file_read_link (name, NULL) : NULL;

  return path != NULL && strstr (path, part) != NULL;
}

/* These stand in front of the C library's. */
int
unlink (const char *path)
{
  if (unlink_fails_in == NULL || strstr (path, unlink_fails_in) == NULL)
    return (int)syscall (SYS_unlinkat, AT_FDCWD, path, 0);
  errno = EIO;
  return -1;
}

int
fdatasync (int fd)
{
  if (!is_about (fd, sync_fails_in))
    return (int)syscall (SYS_fdatasync, fd);
  errno = EIO;
  return -1;
}

int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;

  if ((flags & O_CREAT) != 0) {
    va_list rest;
    va_start (rest, flags);
    mode = va_arg (rest, mode_t);
    va_end (rest);
  }
  if (counted != NULL && strstr (path, counted) != NULL)
    n_opened++;
  return (int)syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

static void
assert_one_warning (const GPtrArray *warnings, const char *word)
{
  g_assert_cmpuint (warnings->len, ==, 1);
  g_test_message ("%s", (const char *)g_ptr_array_index (warnings, 0));
  g_assert_nonnull (strstr (g_ptr_array_index (warnings, 0), word));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (warnings, 0), "."));
}

static gint64
count_owed (TestOffice *office)
{
  return test_office_count (office, "SELECT count (*) FROM owed");
}

/* An archived case that may be destroyed now, with a proposal to do so. */
static char *
make_destroyable (TestOffice *office, char **proposal)
{
  char *id = test_office_open_case (office, "某案");

  g_free (test_office_attach (office, id, 5000, 7));
  test_office_do (office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'办结'}", id);
  test_office_do (office, "archivist", "case.archive",
                  "{'case':'%s','happened':'2025-01-02','class':'短期','keep_until':'2025-01-02'}",
                  id);
  jz_clock_advance (office->clock, G_GINT64_CONSTANT (2) * 24 * 60 * 60 * 1000);
  *proposal = test_office_propose (office, "archivist", "case.destroy",
                                   "{'case':'%s','reason':'保管期满'}", id);
  return id;
}

static JzActOutcome *
destroy (TestOffice *office, const char *id, const char *proposal)
{
  g_autoptr (GError) error = NULL;
  JzActOutcome *outcome = test_office_try (office, "head", "case.destroy", &error,
                                           "{'case':'%s','proposal':'%s'}", id, proposal);

  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  g_assert_cmpuint (outcome->records->len, ==, 1);
  return outcome;
}

static void
test_reader_in_the_way (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *proposal = NULL;
  g_autofree char *id = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (JzStore) other = NULL;
  JzConnection *reader;
  gint64 begin;

  test_office_staff (&office);
  id = make_destroyable (&office, &proposal);
  other = jz_store_open (office.path, JZ_STORE_READ, NULL, NULL, &error);
  g_assert_no_error (error);
  reader = jz_store_lease_reader (other, &error);
  g_assert_no_error (error);

  begin = g_get_monotonic_time ();
  outcome = destroy (&office, id, proposal);
  assert_one_warning (outcome->warnings, "Another program is reading");
  g_assert_cmpint (count_owed (&office), >, 0);
  for (int i = 0; i < 2; i++) {
    test_office_close (&office);
    test_office_open (&office);
    assert_one_warning (jz_office_get_warnings (office.office), "Another program is reading");
    g_assert_cmpint (count_owed (&office), >, 0);
    g_free (test_office_open_case (&office, "另一案"));
  }
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 15 * G_USEC_PER_SEC);
  test_assert_sound (office.path);

  jz_store_return_reader (other, reader);
  test_office_close (&office);
  test_office_open (&office);
  g_assert_cmpuint (jz_office_get_warnings (office.office)->len, ==, 0);
  g_assert_cmpint (count_owed (&office), ==, 0);
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* Neither an object of a destroyed case that cannot be removed nor a key file keeps anybody out. */
static void
test_cannot_remove (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autofree char *proposal = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = g_strnfill (64, '5');
  g_autofree char *file = g_strconcat (name, ".key", NULL);
  g_autofree char *keys = NULL;
  g_autofree char *key = NULL;

  test_office_staff (&office);
  id = make_destroyable (&office, &proposal);
  unlink_fails_in = "/objects/";
  outcome = destroy (&office, id, proposal);
  assert_one_warning (outcome->warnings, "destroyed case");
  g_assert_cmpint (count_owed (&office), >, 0);
  test_office_close (&office);
  test_office_open (&office);
  assert_one_warning (jz_office_get_warnings (office.office), "destroyed case");

  test_office_close (&office);
  keys = g_build_filename (office.path, "keys", NULL);
  key = folder_write (keys, file, "of nobody", 9);
  unlink_fails_in = key;
  test_office_open (&office);
  g_assert_cmpint (count_owed (&office), ==, 0);
  assert_one_warning (jz_office_get_warnings (office.office), "Files that are of no use");
  g_free (test_office_open_case (&office, "另一案"));
  test_office_close (&office);
  unlink_fails_in = NULL;
  test_office_open (&office);
  g_assert_cmpuint (jz_office_get_warnings (office.office)->len, ==, 0);
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
}

/* What somebody put into incoming/ is not ours to remove, and stops nothing. */
static void
test_strange_things_in_incoming (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *backup = NULL;
  g_autofree char *inner = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *part = NULL;

  test_office_found (&office);
  test_office_close (&office);
  backup = beside (&office, "backup");
  back_up (office.path, backup);
  for (int i = 0; i < 2; i++) {
    const char *store = i == 0 ? office.path : backup;
    g_autofree char *incoming = g_build_filename (store, "incoming", NULL);
    inner = g_build_filename (incoming, "of-somebody", NULL);
    g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
    kept = folder_write (inner, "file", "text", 4);
    part = folder_write (incoming, "part-1-2", "text", 4);
    if (i == 0)
      test_office_open (&office);
    else
      back_up (office.path, backup);
    assert_content (kept, "text");
    g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
    g_clear_pointer (&inner, g_free);
    g_clear_pointer (&kept, g_free);
    g_clear_pointer (&part, g_free);
  }
  g_assert_cmpuint (jz_office_get_warnings (office.office)->len, ==, 0);
}

static void
test_uncertain (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  test_office_staff (&office);
  g_free (test_office_open_case (&office, "某案"));
  sync_fails_in = "juanzong.db-wal";
  outcome = test_office_try (&office, "handler", "case.open", &error, TEST_CASE, "另一案");
  sync_fails_in = NULL;
  g_assert_null (outcome);
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_UNCERTAIN);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "It is not certain that the act was kept"));
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* Where it could not be noted that the store was moved, the act is done all the same. */
static void
test_moved_and_not_noted (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *moved = NULL;

  test_office_staff (&office);
  test_office_close (&office);
  moved = beside (&office, "moved");
  test_copy_folder (office.path, moved);
  g_free (office.path);
  office.path = g_steal_pointer (&moved);
  test_office_open (&office);
  sync_fails_in = "scratch.db-wal";
  outcome = test_office_try (&office, "admin", "store.moved", &error, "{'reason':'换盘'}");
  sync_fails_in = NULL;
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->records->len, ==, 1);
  assert_one_warning (outcome->warnings, "store.moved");
  test_office_do (&office, "admin", "store.moved", "{'reason':'换盘，再记一次'}");
  g_free (test_office_open_case (&office, "某案"));
}

static guint
count_keys (TestOffice *office)
{
  g_autofree char *keys = g_build_filename (office->path, "keys", NULL);
  return folder_count (keys);
}

/* Keys of a proposal go when it is too old, and verify agrees; setting the clock back does not
 * bring a certificate about that has none. */
static void
test_proposals_that_are_over (void)
{
  const gint64 day = G_GINT64_CONSTANT (24) * 60 * 60 * 1000;
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *person = NULL;
  g_autofree char *proposal = NULL;
  guint n_before;

  test_office_staff (&office);
  person = test_office_add_person (&office, "newcomer", "handler");
  n_before = count_keys (&office);
  proposal = test_office_propose (&office, "admin", "certificate.issue",
                                  "{'person':'%s','reason':'first'}", person);
  g_assert_cmpuint (count_keys (&office), ==, n_before + 2);
  jz_clock_advance (office.clock, 7 * day);
  g_free (test_office_open_case (&office, "七日之内"));
  test_office_close (&office);
  test_office_open (&office);
  g_assert_cmpuint (count_keys (&office), ==, n_before + 2);
  test_assert_sound (office.path);

  jz_clock_advance (office.clock, 60 * 1000);
  test_office_close (&office);
  test_office_open (&office); /* a clock alone takes nothing away */
  g_assert_cmpuint (count_keys (&office), ==, n_before + 2);
  g_free (test_office_open_case (&office, "七日之后"));
  test_office_close (&office);
  test_office_open (&office);
  g_assert_cmpuint (count_keys (&office), ==, n_before);
  test_assert_sound (office.path);

  jz_clock_advance (office.clock, -5 * day);
  test_office_do (&office, "admin", "clock.confirm", "{'reason':'先前的时钟错了'}");
  test_office_close (&office);
  test_assert_sound (office.path);
  test_office_open (&office);
  outcome =
    test_office_try (&office, "head", "certificate.issue", &error, "{'proposal':'%s'}", proposal);
  g_assert_null (outcome);
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND);
  test_office_certify (&office, "newcomer");
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* Opening the bureau's key is slow on purpose: once for a batch is enough, but once for each. */
static void
test_authority_is_opened_once (void)
{
  static const char *const users[] = { "first", "second", "third" };
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_autofree char *key = NULL;
  JzConnection *reader;

  test_office_staff (&office);
  reader = jz_store_lease_reader (jz_office_get_store (office.office), NULL);
  g_assert_true (jz_connection_get_text (
    reader, &key, NULL, "SELECT lower (hex (hash)) FROM key_file WHERE owner = 'ca'", ""));
  jz_store_return_reader (jz_office_get_store (office.office), reader);
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++) {
    g_autofree char *person = test_office_add_person (&office, users[i], "handler");
    JzJson *args = test_json ("{'reason':'first'}");
    jz_json_set_text (args, "person", person);
    g_ptr_array_add (batch, args);
  }
  for (int i = 1; i <= 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzActOutcome) outcome = NULL;
    n_opened = 0;
    counted = key;
    outcome = test_office_try_batch (&office, "admin", "certificate.issue.propose",
                                     (const JzJson *const *)batch->pdata, batch->len, &error);
    counted = NULL;
    g_assert_no_error (error);
    g_assert_cmpuint (outcome->records->len, ==, batch->len);
    g_assert_cmpint (n_opened, ==, 1);
  }
}

int
main (int argc, char **argv)
{
  use_memory_disk ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/availability/reader-in-the-way", test_reader_in_the_way);
  g_test_add_func ("/office/availability/cannot-remove", test_cannot_remove);
  g_test_add_func ("/office/availability/strange-things-in-incoming",
                   test_strange_things_in_incoming);
  g_test_add_func ("/office/availability/uncertain", test_uncertain);
  g_test_add_func ("/office/availability/moved-and-not-noted", test_moved_and_not_noted);
  g_test_add_func ("/office/availability/proposals-that-are-over", test_proposals_that_are_over);
  g_test_add_func ("/office/availability/authority-is-opened-once", test_authority_is_opened_once);
  return g_test_run ();
}
