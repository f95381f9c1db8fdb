/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>

#include <gio/gio.h>
#include <sqlite3.h>

#include "store/error.h"

#define PATH "/办公室/卷宗/juanzong.db"

static void
assert_is_sentence (const char *message)
{
  g_autofree char *first = g_utf8_substring (message, 0, 1);

  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_assert_nonnull (strstr (message, PATH));
  g_assert_true (g_ascii_isupper (*first) || g_str_equal (first, "“"));
  g_assert_true (g_str_has_suffix (message, "."));
  g_assert_null (strchr (message, '\n'));
}

static void
test_errno (void)
{
  static const struct {
    int saved_errno;
    JzStoreError code;
    const char *advice;
  } cases[] = {
    { ENOSPC, JZ_STORE_ERROR_FULL, "Free some space" },
    { EDQUOT, JZ_STORE_ERROR_FULL, "Free some space" },
    { EACCES, JZ_STORE_ERROR_ACCESS, "Ask whoever" },
    { EPERM, JZ_STORE_ERROR_ACCESS, "Ask whoever" },
    { EROFS, JZ_STORE_ERROR_ACCESS, "write protection" },
    { ENOENT, JZ_STORE_ERROR_IO, "is missing" },
    { EIO, JZ_STORE_ERROR_IO, "Make a backup" },
    { EMFILE, JZ_STORE_ERROR_IO, "Check the disk" },
    { ENAMETOOLONG, JZ_STORE_ERROR_IO, "Check the disk" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    jz_store_error_set_from_errno (&error, cases[i].saved_errno, PATH);
    g_assert_error (error, JZ_STORE_ERROR, (int)cases[i].code);
    assert_is_sentence (error->message);
    g_assert_nonnull (strstr (error->message, cases[i].advice));
  }
}

static void
test_errno_names_reason (void)
{
  g_autoptr (GError) error = NULL;
  jz_store_error_set_from_errno (&error, ENAMETOOLONG, PATH);
  g_assert_nonnull (strstr (error->message, g_strerror (ENAMETOOLONG)));
}

static void
test_sqlite (void)
{
  static const struct {
    int code;
    JzStoreError expected;
  } cases[] = {
    { SQLITE_BUSY, JZ_STORE_ERROR_BUSY },
    { SQLITE_BUSY_SNAPSHOT, JZ_STORE_ERROR_BUSY },
    { SQLITE_BUSY_RECOVERY, JZ_STORE_ERROR_BUSY },
    { SQLITE_LOCKED, JZ_STORE_ERROR_BUSY },
    { SQLITE_LOCKED_SHAREDCACHE, JZ_STORE_ERROR_BUSY },
    { SQLITE_FULL, JZ_STORE_ERROR_FULL },
    { SQLITE_READONLY, JZ_STORE_ERROR_ACCESS },
    { SQLITE_READONLY_DBMOVED, JZ_STORE_ERROR_ACCESS },
    { SQLITE_PERM, JZ_STORE_ERROR_ACCESS },
    { SQLITE_AUTH, JZ_STORE_ERROR_ACCESS },
    { SQLITE_CANTOPEN, JZ_STORE_ERROR_ACCESS },
    { SQLITE_CANTOPEN_ISDIR, JZ_STORE_ERROR_ACCESS },
    { SQLITE_IOERR, JZ_STORE_ERROR_IO },
    { SQLITE_IOERR_READ, JZ_STORE_ERROR_IO },
    { SQLITE_IOERR_FSYNC, JZ_STORE_ERROR_IO },
    { SQLITE_IOERR_WRITE, JZ_STORE_ERROR_IO },
    { SQLITE_IOERR_SHMSIZE, JZ_STORE_ERROR_FULL },
    { SQLITE_IOERR_SHMMAP, JZ_STORE_ERROR_IO },
    { SQLITE_CORRUPT, JZ_STORE_ERROR_DAMAGED },
    { SQLITE_CORRUPT_INDEX, JZ_STORE_ERROR_DAMAGED },
    { SQLITE_NOTADB, JZ_STORE_ERROR_DAMAGED },
    { SQLITE_FORMAT, JZ_STORE_ERROR_DAMAGED },
    { SQLITE_CONSTRAINT, JZ_STORE_ERROR_FAILED },
    { SQLITE_CONSTRAINT_UNIQUE, JZ_STORE_ERROR_FAILED },
    { SQLITE_MISUSE, JZ_STORE_ERROR_FAILED },
    { SQLITE_ERROR, JZ_STORE_ERROR_FAILED },
    { SQLITE_SCHEMA, JZ_STORE_ERROR_FAILED },
    { SQLITE_TOOBIG, JZ_STORE_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    jz_store_error_set_from_sqlite (&error, cases[i].code, PATH);
    g_assert_error (error, JZ_STORE_ERROR, (int)cases[i].expected);
    assert_is_sentence (error->message);
  }
}

/* What the system answered tells a full disk from a broken one, but only where it was the system.
 */
static void
test_sqlite_and_errno (void)
{
  static const struct {
    int code;
    int saved_errno;
    JzStoreError expected;
  } cases[] = {
    { SQLITE_IOERR_FSYNC, ENOSPC, JZ_STORE_ERROR_FULL },
    { SQLITE_IOERR_FSYNC, EDQUOT, JZ_STORE_ERROR_FULL },
    { SQLITE_IOERR_FSYNC, EIO, JZ_STORE_ERROR_IO },
    { SQLITE_IOERR_FSYNC, 0, JZ_STORE_ERROR_IO },
    { SQLITE_IOERR_WRITE, ENOSPC, JZ_STORE_ERROR_FULL },
    { SQLITE_IOERR_WRITE, EIO, JZ_STORE_ERROR_IO },
    { SQLITE_IOERR_SHMSIZE, EIO, JZ_STORE_ERROR_FULL },
    { SQLITE_CANTOPEN, ENOSPC, JZ_STORE_ERROR_FULL },
    { SQLITE_CANTOPEN, EACCES, JZ_STORE_ERROR_ACCESS },
    { SQLITE_FULL, EIO, JZ_STORE_ERROR_FULL },
    { SQLITE_BUSY, ENOSPC, JZ_STORE_ERROR_BUSY },
    { SQLITE_CORRUPT, ENOSPC, JZ_STORE_ERROR_DAMAGED },
    { SQLITE_ERROR, ENOSPC, JZ_STORE_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    jz_store_error_set_from_sqlite_and_errno (&error, cases[i].code, cases[i].saved_errno, PATH);
    g_assert_error (error, JZ_STORE_ERROR, (int)cases[i].expected);
    assert_is_sentence (error->message);
  }
}

static void
test_sqlite_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  jz_store_error_set_from_sqlite (&error, SQLITE_INTERRUPT, PATH);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_is_sentence (error->message);
}

static void
test_nobody_asks (void)
{
  jz_store_error_set_from_errno (NULL, EIO, PATH);
  jz_store_error_set_from_sqlite (NULL, SQLITE_FULL, PATH);
}

static void
test_name_is_no_utf8 (void)
{
  g_autoptr (GError) error = NULL;
  jz_store_error_set_from_errno (&error, EIO, "/tmp/\xb0\xb8\xbe\xed");
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_success_is_no_error (void)
{
  if (g_test_subprocess ()) {
    jz_store_error_set_from_sqlite (NULL, SQLITE_OK, PATH);
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*jz_store_error_set_from_sqlite*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/error/errno", test_errno);
  g_test_add_func ("/store/error/errno-names-reason", test_errno_names_reason);
  g_test_add_func ("/store/error/sqlite", test_sqlite);
  g_test_add_func ("/store/error/sqlite-and-errno", test_sqlite_and_errno);
  g_test_add_func ("/store/error/sqlite-cancelled", test_sqlite_cancelled);
  g_test_add_func ("/store/error/nobody-asks", test_nobody_asks);
  g_test_add_func ("/store/error/name-is-no-utf8", test_name_is_no_utf8);
  g_test_add_func ("/store/error/success-is-no-error", test_success_is_no_error);
  return g_test_run ();
}
