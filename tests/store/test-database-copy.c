/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/database_copy.h"
#include "store/error.h"

#include "folder.h"

typedef struct {
  char *folder;
  char *from;
  char *to;
  JzConnection *connection; /* that writes */
} Fixture;

static void
fixture_init (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = folder_new ();
  self->from = g_build_filename (self->folder, "from.db", NULL);
  self->to = g_build_filename (self->folder, "to.db", NULL);
  self->connection = jz_connection_open (self->from, JZ_CONNECTION_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (self->connection,
                                        "CREATE TABLE thing (key INTEGER PRIMARY KEY, text TEXT);"
                                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                                        "FROM n WHERE i < 5000) "
                                        "INSERT INTO thing SELECT i, hex (randomblob (300)) FROM n",
                                        &error));
  g_assert_no_error (error);
}

static void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->connection, jz_connection_close);
  folder_free (self->folder);
  g_free (self->from);
  g_free (self->to);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static gint64
count (JzConnection *connection)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (
    jz_connection_get_number (connection, &n, &error, "SELECT count (*) FROM thing", ""));
  g_assert_no_error (error);
  return n;
}

static gint64
count_in (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) connection = jz_connection_open (path, JZ_CONNECTION_READ, &error);

  g_assert_no_error (error);
  return count (connection);
}

static JzConnection *
open_reader (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_connection_open (self->from, JZ_CONNECTION_READ, &error);

  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (reader, "BEGIN", &error));
  count (reader);
  return reader;
}

typedef struct {
  Fixture *fixture;
  guint n_calls;
  guint64 done;
  guint64 total;
  GCancellable *cancellable;
} Watching;

/* Between the steps another connection goes on writing. */
static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Watching *self = data;

  g_assert_cmpuint (done, >, self->done);
  g_assert_cmpuint (done, <=, total);
  self->done = done;
  self->total = total;
  self->n_calls++;
  g_assert_true (jz_connection_execute (self->fixture->connection,
                                        "INSERT INTO thing (text) VALUES ('later')", NULL));
}

static void
test_snapshot (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) reader = NULL;
  g_autofree char *log = NULL;
  Watching watching = { .fixture = &self };

  fixture_init (&self);
  reader = open_reader (&self);
  g_assert_true (jz_database_copy (reader, self.to, on_progress, &watching, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (watching.n_calls, >, 2);
  g_assert_cmpuint (watching.done, ==, watching.total);
  g_assert_cmpint (count_in (self.to), ==, 5000);
  g_assert_cmpint (count (self.connection), ==, 5000 + watching.n_calls);
  /* It is one file, and reading it makes no other. */
  log = g_strconcat (self.to, "-wal", NULL);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  /* What is there is replaced. */
  jz_connection_close (g_steal_pointer (&reader));
  reader = open_reader (&self);
  g_assert_true (jz_database_copy (reader, self.to, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_in (self.to), ==, 5000 + watching.n_calls);
}

static void
on_progress_cancel (guint64 done, guint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancelled (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) reader = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  fixture_init (&self);
  reader = open_reader (&self);
  g_assert_false (
    jz_database_copy (reader, self.to, on_progress_cancel, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_target (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) reader = NULL;
  g_autofree char *nowhere = NULL;

  fixture_init (&self);
  reader = open_reader (&self);
  nowhere = g_build_filename (self.folder, "none", "to.db", NULL);
  g_assert_false (jz_database_copy (reader, nowhere, NULL, NULL, NULL, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  g_assert_nonnull (strstr (error->message, nowhere));
}

/* A good one, one without a first page, one with a bad page inside, one that is cut, no database,
 * nothing. */
static void
test_file (void)
{
  g_auto (Fixture) self = { 0 };
  g_autofree char *good = NULL;
  gsize length = 0;

  fixture_init (&self);
  g_clear_pointer (&self.connection, jz_connection_close);
  g_assert_true (g_file_get_contents (self.from, &good, &length, NULL));

  const struct {
    gsize place;   /* from where on 4096 bytes are bad */
    gssize length; /* of the file; negative: there is none */
    gboolean is_whole;
  } rows[] = {
    { length, (gssize)length, TRUE },
    { 0, (gssize)length, FALSE },
    { 40960, (gssize)length, FALSE },
    { length, (gssize)length / 2, FALSE },
    { length, 10, FALSE },
    { length, -1, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *data = g_memdup2 (good, length);
    gboolean is_whole = !rows[i].is_whole;
    if (rows[i].place < length)
      memset (data + rows[i].place, 0x5a, 4096);
    if (rows[i].length >= 0)
      g_assert_true (g_file_set_contents (self.from, data, rows[i].length, NULL));
    else
      g_assert_cmpint (g_unlink (self.from), ==, 0);
    g_assert_true (jz_database_copy_file (self.from, self.to, NULL, &is_whole, &error));
    g_assert_no_error (error);
    g_assert_cmpint (is_whole, ==, rows[i].is_whole);
    g_assert_cmpint (g_file_test (self.to, G_FILE_TEST_EXISTS), ==, rows[i].is_whole);
  }
}

static void
test_file_no_target (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = NULL;
  gboolean is_whole = TRUE;

  fixture_init (&self);
  nowhere = g_build_filename (self.folder, "none", "to.db", NULL);
  g_assert_false (jz_database_copy_file (self.from, nowhere, NULL, &is_whole, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
}

/* A program that died has left a log: what is in it counts. */
static void
test_single (void)
{
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *copied_log = NULL;
  g_autofree char *log = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  fixture_init (&self);
  copied = g_build_filename (self.folder, "copied.db", NULL);
  copied_log = g_strconcat (copied, "-wal", NULL);
  log = g_strconcat (self.from, "-wal", NULL);
  g_assert_true (g_file_get_contents (self.from, &data, &length, NULL));
  g_assert_true (g_file_set_contents (copied, data, (gssize)length, NULL));
  g_clear_pointer (&data, g_free);
  g_assert_true (g_file_get_contents (log, &data, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  g_assert_true (g_file_set_contents (copied_log, data, (gssize)length, NULL));

  g_assert_true (jz_database_make_single (copied, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (copied_log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (count_in (copied), ==, 5000);
  g_assert_true (jz_database_make_single (copied, &error));

  /* Not while somebody has it open. */
  g_assert_false (jz_database_make_single (self.from, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
}

static void
test_peek (void)
{
  static const char sql[] = "SELECT 'n' || count (*) FROM thing";
  g_auto (Fixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *odd = NULL;
  g_autofree char *text = NULL;
  guint n_files;

  fixture_init (&self);
  g_assert_null (jz_database_peek_text (self.from, sql)); /* has a log */
  g_assert_null (jz_database_peek_text (self.to, sql));   /* is not there */
  g_assert_null (jz_database_peek_text (self.folder, sql));
  g_clear_pointer (&self.connection, jz_connection_close);
  n_files = folder_count (self.folder);
  text = jz_database_peek_text (self.from, sql);
  g_assert_cmpstr (text, ==, "n5000");
  g_assert_null (jz_database_peek_text (self.from, "SELECT text FROM thing WHERE key < 0"));
  g_assert_null (jz_database_peek_text (self.from, "SELECT text FROM nothing"));
  g_assert_cmpuint (folder_count (self.folder), ==, n_files);

  /* Signs that mean something in an address. */
  odd = g_build_filename (self.folder, "50% ?&# 案.db", NULL);
  g_assert_cmpint (g_rename (self.from, odd), ==, 0);
  g_free (text);
  text = jz_database_peek_text (odd, sql);
  g_assert_cmpstr (text, ==, "n5000");
  g_assert_cmpuint (folder_count (self.folder), ==, n_files);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/database-copy/snapshot", test_snapshot);
  g_test_add_func ("/store/database-copy/cancelled", test_cancelled);
  g_test_add_func ("/store/database-copy/no-target", test_no_target);
  g_test_add_func ("/store/database-copy/file", test_file);
  g_test_add_func ("/store/database-copy/file-no-target", test_file_no_target);
  g_test_add_func ("/store/database-copy/single", test_single);
  g_test_add_func ("/store/database-copy/peek", test_peek);
  return g_test_run ();
}
