/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/connection.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>

#include "folder.h"
#include "store/error.h"

static int sync_failure;

/* Stands in front of the C library's. */
int
fdatasync (int fd)
{
  if (sync_failure == 0)
    return (int)syscall (SYS_fdatasync, fd);
  errno = sync_failure;
  return -1;
}

static void
expect_pragma (JzConnection *connection, const char *pragma, gint64 value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s", pragma);
  gint64 number = -1;

  g_assert_true (jz_connection_get_number (connection, &number, &error, sql, ""));
  g_assert_no_error (error);
  g_assert_cmpint (number, ==, value);
}

static JzConnection *
open_or_fail (const char *path, JzConnectionMode mode)
{
  g_autoptr (GError) error = NULL;
  JzConnection *connection = jz_connection_open (path, mode, &error);

  g_assert_no_error (error);
  return connection;
}

static void
execute (JzConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_connection_execute (connection, sql, &error));
  g_assert_no_error (error);
}

static void
test_settings (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *mode = NULL;

  {
    g_autoptr (JzConnection) writer = open_or_fail (path, JZ_CONNECTION_CREATE);
    expect_pragma (writer, "synchronous", 2);
    expect_pragma (writer, "foreign_keys", 1);
    expect_pragma (writer, "secure_delete", 1);
    expect_pragma (writer, "trusted_schema", 0);
    expect_pragma (writer, "cell_size_check", 1);
    g_assert_true (jz_connection_get_text (writer, &mode, NULL, "PRAGMA journal_mode", ""));
    g_assert_cmpstr (mode, ==, "wal");
    execute (writer, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT");
  }
  {
    g_autoptr (JzConnection) reader = open_or_fail (path, JZ_CONNECTION_READ);
    g_autoptr (GError) error = NULL;
    expect_pragma (reader, "query_only", 1);
    g_assert_false (jz_connection_execute (reader, "INSERT INTO t (a) VALUES (1)", &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS);
  }
  folder_free (g_steal_pointer (&folder));
}

/* Even the program itself cannot rewrite the schema's text or switch the guards off. */
static void
test_is_defensive (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  {
    g_autoptr (JzConnection) writer = open_or_fail (path, JZ_CONNECTION_CREATE);
    execute (writer, "CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT; PRAGMA writable_schema = ON");
    g_assert_false (jz_connection_execute (writer, "UPDATE sqlite_schema SET sql = 'x'", &error));
    g_assert_nonnull (error);
    /* A double-quoted word is a name and never a text. */
    g_clear_error (&error);
    g_assert_false (jz_connection_get_number (writer, &number, &error, "SELECT \"nothing\"", ""));
  }
  folder_free (g_steal_pointer (&folder));
}

static void
test_values_go_and_come (void)
{
  g_autoptr (JzConnection) connection = open_or_fail (":memory:", JZ_CONNECTION_WORKBENCH);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("\0a\0", 3);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (JzStatement) row = NULL;
  gboolean has_row = FALSE;
  JzHash hash, read;

  jz_hash_of ("x", 1, &hash);
  execute (connection, "CREATE TABLE t (i INTEGER, t TEXT NOT NULL, h BLOB NOT NULL, b BLOB NOT "
                       "NULL, n BLOB NOT NULL) STRICT");
  g_assert_true (jz_connection_run (connection, &error, "INSERT INTO t VALUES (?, ?, ?, ?, ?)",
                                    "ithbh", G_MININT64, "张某", &hash, bytes, NULL));
  g_assert_no_error (error);
  row = jz_connection_query (connection, &error, "SELECT i, t, h, b, n FROM t", "");
  g_assert_true (jz_statement_step (row, &has_row, &error));
  g_assert_true (has_row);
  g_assert_cmpint (jz_statement_get_integer (row, 0), ==, G_MININT64);
  g_assert_cmpstr (jz_statement_get_text (row, 1), ==, "张某");
  g_assert_true (jz_statement_get_hash (row, 2, &read));
  g_assert_true (jz_hash_equal (&hash, &read));
  again = jz_statement_dup_blob (row, 3);
  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_false (jz_statement_get_hash (row, 4, &read));
  g_assert_false (g_file_test (":memory:", G_FILE_TEST_EXISTS));
}

/* The same text is prepared once; a query inside itself gets a statement of its own. */
static void
test_statements_are_kept (void)
{
  g_autoptr (JzConnection) connection = open_or_fail (":memory:", JZ_CONNECTION_WORKBENCH);
  const char *sql = "SELECT a FROM t WHERE a > ? ORDER BY a";
  sqlite3_stmt *first;
  gboolean has_row = FALSE;

  execute (connection,
           "CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT; INSERT INTO t VALUES (1), (2), (3)");
  {
    g_autoptr (JzStatement) outer = jz_connection_query (connection, NULL, sql, "i", (gint64)0);
    g_autoptr (JzStatement) inner = jz_connection_query (connection, NULL, sql, "i", (gint64)1);
    first = jz_statement_get_handle (outer);
    g_assert_true (first != jz_statement_get_handle (inner));
    g_assert_true (jz_statement_step (outer, &has_row, NULL));
    g_assert_true (jz_statement_step (inner, &has_row, NULL));
    g_assert_cmpint (jz_statement_get_integer (outer, 0), ==, 1);
    g_assert_cmpint (jz_statement_get_integer (inner, 0), ==, 2);
  }
  {
    g_autoptr (JzStatement) again = jz_connection_query (connection, NULL, sql, "i", (gint64)2);
    g_assert_true (first == jz_statement_get_handle (again));
    g_assert_true (jz_statement_step (again, &has_row, NULL));
    g_assert_cmpint (jz_statement_get_integer (again, 0), ==, 3);
  }
}

static void
test_foreign_files (void)
{
  static const struct {
    const char *content;
    int code;
  } files[] = {
    { "this is no database, although it is long enough to look at: "
      "..........................................."
      "..........................................................................................",
      JZ_STORE_ERROR_DAMAGED },
    { "", JZ_STORE_ERROR_DAMAGED },
  };
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_true (g_file_set_contents (path, files[i].content, -1, NULL));
    g_assert_null (jz_connection_open (path, JZ_CONNECTION_READ, &error));
    g_assert_error (error, JZ_STORE_ERROR, files[i].code);
    g_assert_nonnull (strstr (error->message, path));
  }
  folder_free (g_steal_pointer (&folder));
}

/* Whatever the umask says: what is in it is nobody else's business. */
static void
test_files_are_private (void)
{
  static const JzConnectionMode modes[] = {
    JZ_CONNECTION_CREATE,
    JZ_CONNECTION_DRAFTS,
    JZ_CONNECTION_WORKBENCH,
  };
  static const char *const endings[] = { "", "-wal", "-shm" };
  mode_t before = umask (022);

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autofree char *folder = folder_new ();
    g_autofree char *path = g_build_filename (folder, "a.db", NULL);
    g_autoptr (JzConnection) connection = open_or_fail (path, modes[i]);
    execute (connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT) STRICT");
    for (gsize k = 0; k < (modes[i] == JZ_CONNECTION_WORKBENCH ? 1 : G_N_ELEMENTS (endings)); k++) {
      g_autofree char *file = g_strconcat (path, endings[k], NULL);
      g_assert_cmpuint (mode_of (file), ==, 0600);
    }
    folder_free (g_steal_pointer (&folder));
  }
  umask (before);
}

/* A disk may find that it has no room only when it syncs. */
static void
test_no_room (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *fresh = g_build_filename (folder, "b.db", NULL);
  const struct {
    int sync_failure;
    JzStoreError code;
  } cases[] = { { ENOSPC, JZ_STORE_ERROR_FULL }, { EIO, JZ_STORE_ERROR_IO } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzConnection) writer = open_or_fail (path, JZ_CONNECTION_CREATE);
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) second = NULL;
    g_autoptr (GError) third = NULL;
    execute (writer, "CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b TEXT) STRICT");
    sync_failure = cases[i].sync_failure;
    g_assert_false (jz_connection_execute (writer, "INSERT INTO t (b) VALUES ('x')", &error));
    g_assert_false (jz_connection_run (writer, &second, "INSERT INTO t (b) VALUES ('x')", ""));
    g_assert_null (jz_connection_open (fresh, JZ_CONNECTION_CREATE, &third));
    sync_failure = 0;
    g_assert_error (error, JZ_STORE_ERROR, (int)cases[i].code);
    g_assert_error (second, JZ_STORE_ERROR, (int)cases[i].code);
    g_assert_error (third, JZ_STORE_ERROR, (int)cases[i].code);
  }
  folder_free (g_steal_pointer (&folder));
}

static void
count_freed (gpointer data)
{
  guint *n_freed = data;
  (*n_freed)++;
}

/* What is kept goes when the connection may see something else. */
static void
test_still (void)
{
  g_autoptr (JzConnection) connection = open_or_fail (":memory:", JZ_CONNECTION_WORKBENCH);
  guint n_freed = 0;

  g_assert_false (jz_connection_is_still (connection));
  g_assert_null (jz_connection_get_kept (connection, "a"));
  jz_connection_set_still (connection, TRUE);
  g_assert_true (jz_connection_is_still (connection));
  jz_connection_keep (connection, "a", &n_freed, count_freed);
  g_assert_true (jz_connection_get_kept (connection, "a") == &n_freed);
  g_assert_null (jz_connection_get_kept (connection, "b"));
  jz_connection_keep (connection, "a", &n_freed, count_freed);
  g_assert_cmpuint (n_freed, ==, 1);
  jz_connection_set_still (connection, TRUE);
  g_assert_cmpuint (n_freed, ==, 2);
  g_assert_null (jz_connection_get_kept (connection, "a"));
  jz_connection_keep (connection, "a", &n_freed, count_freed);
  jz_connection_set_still (connection, FALSE);
  g_assert_cmpuint (n_freed, ==, 3);
  g_assert_null (jz_connection_get_kept (connection, "a"));
  jz_connection_set_still (connection, TRUE);
  jz_connection_keep (connection, "a", &n_freed, count_freed);
  g_clear_pointer (&connection, jz_connection_close);
  g_assert_cmpuint (n_freed, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/connection/settings", test_settings);
  g_test_add_func ("/store/connection/is-defensive", test_is_defensive);
  g_test_add_func ("/store/connection/values-go-and-come", test_values_go_and_come);
  g_test_add_func ("/store/connection/statements-are-kept", test_statements_are_kept);
  g_test_add_func ("/store/connection/foreign-files", test_foreign_files);
  g_test_add_func ("/store/connection/files-are-private", test_files_are_private);
  g_test_add_func ("/store/connection/no-room", test_no_room);
  g_test_add_func ("/store/connection/still", test_still);
  return g_test_run ();
}
