/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/writer.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>

#include "folder.h"
#include "store/error.h"

static int sync_failure;
static int write_failure;

/* These stand in front of the C library's. */
int
fdatasync (int fd)
{
  if (sync_failure == 0)
    return (int)syscall (SYS_fdatasync, fd);
  errno = sync_failure;
  return -1;
}

ssize_t
pwrite64 (int fd, const void *data, size_t length, off64_t offset)
{
  if (write_failure == 0)
    return syscall (SYS_pwrite64, fd, data, length, offset);
  errno = write_failure;
  return -1;
}

typedef struct {
  char *folder;
  char *path;
  JzWriter *writer;
} Fixture;

static gboolean
make_table (JzConnection *connection, gpointer data, GError **error)
{
  return jz_connection_execute (
    connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT", error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = folder_new ();
  fixture->path = g_build_filename (fixture->folder, "a.db", NULL);
  fixture->writer =
    jz_writer_new (jz_connection_open (fixture->path, JZ_CONNECTION_CREATE, &error));
  g_assert_no_error (error);
  g_assert_true (jz_writer_run (fixture->writer, make_table, NULL, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->writer, jz_writer_free);
  folder_free (fixture->folder);
  g_free (fixture->path);
}

static gint64
count_rows (Fixture *fixture)
{
  g_autoptr (JzConnection) reader = jz_connection_open (fixture->path, JZ_CONNECTION_READ, NULL);
  gint64 number = -1;

  g_assert_true (jz_connection_get_number (reader, &number, NULL, "SELECT count (*) FROM t", ""));
  return number;
}

static gboolean
insert_row (JzConnection *connection, gpointer data, GError **error)
{
  return jz_connection_run (connection, error, "INSERT INTO t (b) VALUES (?)", "t", "一");
}

static gboolean
insert_and_fail (JzConnection *connection, gpointer data, GError **error)
{
  g_assert_true (insert_row (connection, data, NULL));
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID, "as meant");
  return FALSE;
}

static void
test_commits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_writer_run (fixture->writer, insert_row, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_rows (fixture), ==, 1);
  g_assert_false (jz_writer_run (fixture->writer, insert_and_fail, NULL, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_assert_cmpint (count_rows (fixture), ==, 1);
}

/* Only a commit that was written and not made durable leaves it open whether it was kept. */
static void
test_uncertain (Fixture *fixture, gconstpointer data)
{
  static const struct {
    int sync_failure;
    int write_failure;
    JzStoreError code;
    const char *word;
  } cases[] = {
    { EIO, 0, JZ_STORE_ERROR_UNCERTAIN, "The disk failed" },
    { ENOSPC, 0, JZ_STORE_ERROR_UNCERTAIN, "no room" },
    { 0, EIO, JZ_STORE_ERROR_IO, "The disk failed" },
    { 0, ENOSPC, JZ_STORE_ERROR_FULL, "no room" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_writer_run (fixture->writer, insert_row, NULL, &error));
    g_assert_no_error (error);
    sync_failure = cases[i].sync_failure;
    write_failure = cases[i].write_failure;
    g_assert_false (jz_writer_run (fixture->writer, insert_row, NULL, &error));
    sync_failure = 0;
    write_failure = 0;
    g_assert_error (error, JZ_STORE_ERROR, (int)cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].word));
  }
  g_assert_cmpint (count_rows (fixture), ==, G_N_ELEMENTS (cases));
}

typedef struct {
  GMutex mutex;
  GCond cond;
  int n_done;
  int n_failed;
  int n_left;
  GThread *thread;
} Tally;

static void
on_written (const GError *error, gpointer data)
{
  Tally *tally = data;

  g_mutex_lock (&tally->mutex);
  tally->n_done += error == NULL;
  tally->n_failed += error != NULL;
  tally->n_left--;
  tally->thread = g_thread_self ();
  g_cond_signal (&tally->cond);
  g_mutex_unlock (&tally->mutex);
}

static void
wait_for_all (Tally *tally)
{
  g_mutex_lock (&tally->mutex);
  while (tally->n_left > 0)
    g_cond_wait (&tally->cond, &tally->mutex);
  g_mutex_unlock (&tally->mutex);
}

/* One that fails takes nothing of the others along, although they share commits. */
static void
test_failures_stay_alone (Fixture *fixture, gconstpointer data)
{
  Tally tally = { .n_left = 1000 };

  g_mutex_init (&tally.mutex);
  g_cond_init (&tally.cond);
  for (int i = 0; i < 1000; i++)
    jz_writer_queue (fixture->writer, i % 7 == 3 ? insert_and_fail : insert_row, on_written,
                     &tally);
  wait_for_all (&tally);
  g_assert_cmpint (tally.n_failed, ==, 143);
  g_assert_cmpint (tally.n_done, ==, 857);
  g_assert_cmpint (count_rows (fixture), ==, 857);
  g_assert_true (tally.thread != g_thread_self ());
}

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean may_go_on;
} Gate;

/* Keeps the writer busy until the gate opens. */
static gboolean
insert_behind_gate (JzConnection *connection, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  while (!gate->may_go_on)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return insert_row (connection, data, error);
}

static void
on_gate_written (const GError *error, gpointer data)
{
  g_assert_no_error (error);
}

/* Who only waits does it himself, but not before what he queued himself. */
static void
test_hurries (Fixture *fixture, gconstpointer data)
{
  Tally tally = { .n_left = 2 };
  Gate gate = { .may_go_on = FALSE };

  g_mutex_init (&tally.mutex);
  g_cond_init (&tally.cond);
  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.cond);
  jz_writer_hurry (fixture->writer, insert_row, on_written, &tally);
  g_assert_cmpint (tally.n_left, ==, 1);
  g_assert_true (tally.thread == g_thread_self ());
  jz_writer_queue (fixture->writer, insert_behind_gate, on_gate_written, &gate);
  jz_writer_hurry (fixture->writer, insert_and_fail, on_written, &tally);
  g_mutex_lock (&tally.mutex);
  g_assert_cmpint (tally.n_left, ==, 1);
  g_mutex_unlock (&tally.mutex);
  g_assert_cmpint (count_rows (fixture), ==, 1);
  g_mutex_lock (&gate.mutex);
  gate.may_go_on = TRUE;
  g_cond_signal (&gate.cond);
  g_mutex_unlock (&gate.mutex);
  wait_for_all (&tally);
  g_assert_true (tally.thread != g_thread_self ());
  g_assert_cmpint (tally.n_failed, ==, 1);
  g_assert_cmpint (count_rows (fixture), ==, 2);
}

static gpointer
queue_in_thread (gpointer data)
{
  Fixture *fixture = data;

  for (int i = 0; i < 20; i++)
    g_assert_true (jz_writer_run (fixture->writer, insert_row, NULL, NULL));
  return NULL;
}

static void
test_many_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("queue", queue_in_thread, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (count_rows (fixture), ==, 160);
}

static gboolean
see_damage (JzConnection *connection, gpointer data, GError **error)
{
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED, "as meant");
  return FALSE;
}

static void
test_damage_stops_writing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (jz_writer_run (fixture->writer, see_damage, NULL, NULL));
  g_assert_false (jz_writer_run (fixture->writer, insert_row, NULL, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_cmpint (count_rows (fixture), ==, 0);
}

static gboolean
vacuum (JzConnection *connection, gpointer data, GError **error)
{
  return jz_connection_execute (connection, "VACUUM", error);
}

static void
test_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
    jz_writer_run (fixture->writer, vacuum, NULL, NULL)); /* not inside a transaction */
  g_assert_true (jz_writer_run_alone (fixture->writer, vacuum, NULL, &error));
  g_assert_no_error (error);
}

static void
test_finishes_what_is_queued (Fixture *fixture, gconstpointer data)
{
  Tally tally = { .n_left = 100 };

  g_mutex_init (&tally.mutex);
  g_cond_init (&tally.cond);
  for (int i = 0; i < 100; i++)
    jz_writer_queue (fixture->writer, insert_row, on_written, &tally);
  g_clear_pointer (&fixture->writer, jz_writer_free);
  g_assert_cmpint (tally.n_done, ==, 100);
  g_assert_cmpint (count_rows (fixture), ==, 100);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
  } tests[] = {
    { "/store/writer/commits", test_commits },
    { "/store/writer/failures-stay-alone", test_failures_stay_alone },
    { "/store/writer/many-threads", test_many_threads },
    { "/store/writer/damage-stops-writing", test_damage_stops_writing },
    { "/store/writer/alone", test_alone },
    { "/store/writer/hurries", test_hurries },
    { "/store/writer/finishes-what-is-queued", test_finishes_what_is_queued },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  g_test_add ("/store/writer/uncertain", Fixture, NULL, set_up, test_uncertain, tear_down);
  return g_test_run ();
}
