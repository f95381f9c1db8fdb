/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include <gio/gio.h>

#include "office/replay.h"
#include "store/connection.h"

/* The journal of every release must replay to the tables that it had then: apply is frozen. Each
 * folder tests/golden/journal-N holds a database as that release wrote it, and its canonical dump:
 * 1 a small demo office before there were rules, 2 an ordinary penalty that went all its way, with
 * its documents and dossier, and one that waits for its reviewer.
 * After a migration changes the form of the tables on purpose, a new folder stands beside the old
 * ones, whose dump is then made anew with the reason in the commit. */

static char *
dump (JzConnection *tables)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_dump (tables, stream, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
test_replays (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", name, "juanzong.db", NULL);
  g_autofree char *expected_path =
    g_test_build_filename (G_TEST_DIST, "golden", name, "dump.txt", NULL);
  g_autofree char *copy = g_build_filename (g_get_tmp_dir (), "juanzong-golden-XXXXXX", NULL);
  g_autofree char *content = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autoptr (JzConnection) journal = NULL;
  g_autoptr (JzConnection) tables = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  int fd = g_mkstemp (copy);

  /* A copy, because even reading a database makes files beside it. */
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, content, length), ==, (gssize)length);
  close (fd);
  journal = jz_connection_open (copy, JZ_CONNECTION_READ, &error);
  g_assert_no_error (error);
  tables = jz_connection_open (":memory:", JZ_CONNECTION_WORKBENCH, &error);
  g_assert_true (jz_schema_create (tables, &error));
  g_assert_true (jz_replay (tables, journal, NULL, NULL, &error));
  g_assert_no_error (error);
  found = dump (tables);
  g_assert_true (g_file_get_contents (expected_path, &expected, NULL, &error));
  g_assert_no_error (error);
  if (strcmp (found, expected) != 0) {
    g_autofree char *actual = g_build_filename (g_get_tmp_dir (), "juanzong-golden-dump.txt", NULL);
    g_file_set_contents (actual, found, -1, NULL);
    g_error ("the replay of %s differs from its dump; what came out is in %s", name, actual);
  }
  g_clear_pointer (&journal, jz_connection_close);
  g_assert_cmpint (unlink (copy), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/office/golden/journal-1", "journal-1", test_replays);
  g_test_add_data_func ("/office/golden/journal-2", "journal-2", test_replays);
  return g_test_run ();
}
