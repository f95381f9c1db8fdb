/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include <string.h>

#include "folder.h"
#include "store/error.h"

typedef struct {
  char *folder;
  char *path;
} Fixture;

static JzConnection *
open_file (Fixture *fixture, JzConnectionMode mode)
{
  g_autoptr (GError) error = NULL;
  JzConnection *connection = jz_connection_open (fixture->path, mode, &error);

  g_assert_no_error (error);
  return connection;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzConnection) connection = NULL;

  fixture->folder = folder_new ();
  fixture->path = g_build_filename (fixture->folder, "juanzong.db", NULL);
  connection = open_file (fixture, JZ_CONNECTION_CREATE);
  g_assert_true (jz_schema_create (connection, NULL));
  g_assert_true (
    jz_connection_execute (connection, "INSERT INTO setting VALUES ('a', 'b', 1)", NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  folder_free (fixture->folder);
}

static gint64
get_number (JzConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = -1;

  g_assert_true (jz_connection_get_number (connection, &number, &error, sql, ""));
  g_assert_no_error (error);
  return number;
}

static gboolean
replay_one_setting (JzConnection *connection, gpointer data, GError **error)
{
  int *n_calls = data;

  (*n_calls)++;
  return jz_connection_execute (connection, "INSERT INTO setting VALUES ('replayed', 'b', 1)",
                                error);
}

static gboolean
replay_and_fail (JzConnection *connection, gpointer data, GError **error)
{
  g_assert_true (replay_one_setting (connection, data, NULL));
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID, "as meant");
  return FALSE;
}

/* What the next versions of the program will do: the steps are invented. */
static const JzMigration steps[] = {
  { 3, "ALTER TABLE owed ADD COLUMN since TEXT NOT NULL DEFAULT ''", FALSE },
  { 4, NULL, TRUE },
};

static void
test_migrates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzConnection) connection = open_file (fixture, JZ_CONNECTION_WRITE);
  g_autoptr (GError) error = NULL;
  int n_calls = 0;

  g_assert_true (jz_schema_migrate (connection, steps, G_N_ELEMENTS (steps), replay_one_setting,
                                    &n_calls, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_calls, ==, 1);
  g_assert_cmpint (get_number (connection, "PRAGMA user_version"), ==, 4);
  g_assert_cmpint (get_number (connection, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (get_number (connection, "SELECT count (since) FROM owed"), ==, 0);
  g_assert_cmpint (get_number (connection, "SELECT count (*) FROM setting WHERE name = 'replayed'"),
                   ==, 1);
  g_assert_cmpint (get_number (connection, "SELECT count (*) FROM setting"), ==, 1);
  /* Once done, nothing is left to do. */
  g_assert_true (jz_schema_migrate (connection, steps, G_N_ELEMENTS (steps), replay_one_setting,
                                    &n_calls, &error));
  g_assert_cmpint (n_calls, ==, 1);
}

static void
test_an_interrupted_step_leaves_the_store_as_it_was (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzConnection) connection = open_file (fixture, JZ_CONNECTION_WRITE);
  g_autoptr (GError) error = NULL;
  int n_calls = 0;

  g_assert_false (
    jz_schema_migrate (connection, steps, G_N_ELEMENTS (steps), replay_and_fail, &n_calls, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  /* The first step is done and stays; the second left no trace. */
  g_assert_cmpint (get_number (connection, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (get_number (connection, "SELECT count (*) FROM setting WHERE name = 'a'"), ==,
                   1);
  g_assert_cmpint (get_number (connection, "PRAGMA foreign_keys"), ==, 1);
  g_clear_error (&error);
  g_assert_true (jz_schema_migrate (connection, steps, G_N_ELEMENTS (steps), replay_one_setting,
                                    &n_calls, &error));
  g_assert_cmpint (get_number (connection, "PRAGMA user_version"), ==, 4);
}

static void
test_a_newer_store_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzConnection) connection = open_file (fixture, JZ_CONNECTION_WRITE);
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_connection_execute (connection, "PRAGMA user_version = 9", NULL));
  g_assert_false (jz_schema_migrate (connection, NULL, 0, NULL, NULL, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NEWER);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

static void
test_differences_are_found (Fixture *fixture, gconstpointer data)
{
  static const char *const changes[] = {
    "DROP TRIGGER payload_is_kept",
    "DROP INDEX attachment_by_case",
    "CREATE TABLE extra (a)",
    "CREATE VIEW peek AS SELECT 1",
    "DROP TRIGGER entry_is_never_deleted; CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON "
    "entry BEGIN SELECT 1; END",
    "ALTER TABLE note ADD COLUMN more TEXT",
  };
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_free);

  {
    g_autoptr (JzConnection) connection = open_file (fixture, JZ_CONNECTION_WRITE);
    g_assert_true (jz_schema_compare (connection, none, NULL));
    g_assert_cmpuint (none->len, ==, 0);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (JzConnection) connection = open_file (fixture, JZ_CONNECTION_WRITE);
    g_autoptr (GPtrArray) differences = g_ptr_array_new_with_free_func (g_free);
    g_assert_true (jz_connection_execute (connection, "BEGIN", NULL));
    g_assert_true (jz_connection_execute (connection, changes[i], NULL));
    g_assert_true (jz_schema_compare (connection, differences, NULL));
    g_assert_cmpuint (differences->len, >, 0);
    g_assert_true (jz_connection_execute (connection, "ROLLBACK", NULL));
  }
}

static void
test_derived_tables (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzConnection) connection = open_file (fixture, JZ_CONNECTION_WRITE);
  g_auto (GStrv) names = jz_schema_list_derived (connection, NULL);
  g_auto (GStrv) none = NULL;

  g_assert_true (g_strv_contains ((const char *const *)names, "case_file"));
  g_assert_false (g_strv_contains ((const char *const *)names, "entry"));
  g_assert_false (g_strv_contains ((const char *const *)names, "payload"));
  for (gsize i = 1; names[i] != NULL; i++)
    g_assert_cmpstr (names[i - 1], <, names[i]);
  g_assert_true (jz_connection_execute (connection, "PRAGMA foreign_keys = OFF", NULL));
  g_assert_true (jz_schema_drop_derived (connection, NULL));
  none = jz_schema_list_derived (connection, NULL);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpint (get_number (connection, "SELECT count (*) FROM entry"), ==, 0);
  g_assert_true (jz_schema_create_derived (connection, NULL));
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "/store/schema/migrates", test_migrates },
    { "/store/schema/an-interrupted-step-leaves-the-store-as-it-was",
      test_an_interrupted_step_leaves_the_store_as_it_was },
    { "/store/schema/a-newer-store-is-refused", test_a_newer_store_is_refused },
    { "/store/schema/differences-are-found", test_differences_are_found },
    { "/store/schema/derived-tables", test_derived_tables },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
