/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "office/replay.h"
#include "store/error.h"

#include "../store/folder.h"
#include "office-fixture.h"

/* Many read while one writes (design §2): each reader sees the store as it was at one moment, whole
 * batches only, and nobody ever hears that it is busy, except who wants to write too.
 * JZ_READERS_SECONDS says for how long. */

#define N_THREADS 50
#define N_READING 3
#define N_BATCH 7
#define DEFAULT_SECONDS 5
/* So long the test of the test may look for what it knows must happen. */
#define CONTROL_SECONDS 120

static const char *program;

/* Everything that has to agree, read by several statements. */
typedef struct {
  gint64 n_entries;
  gint64 n_note_acts;
  gint64 n_in_batches;
  gint64 last_arrival;
  JzHash last_hash;
  gint64 chain_seq;
  JzHash chain_hash;
  gint64 n_notes;
} Snapshot;

static JzStatement *
query_row (JzConnection *reader, const char *sql)
{
  g_autoptr (GError) error = NULL;
  JzStatement *row = jz_connection_query (reader, &error, sql, "");
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  jz_statement_step (row, &has_row, &error);
  g_assert_no_error (error);
  g_assert_true (has_row);
  return row;
}

static void
read_chain (JzConnection *reader, Snapshot *snapshot)
{
  g_autoptr (JzStatement) row =
    query_row (reader, "SELECT seq, hash FROM store_chain ORDER BY first DESC LIMIT 1");

  snapshot->chain_seq = jz_statement_get_integer (row, 0);
  g_assert_true (jz_statement_get_hash (row, 1, &snapshot->chain_hash));
}

static void
read_last (JzConnection *reader, Snapshot *snapshot)
{
  g_autoptr (JzStatement) row =
    query_row (reader, "SELECT arrival, hash FROM entry ORDER BY arrival DESC LIMIT 1");

  snapshot->last_arrival = jz_statement_get_integer (row, 0);
  g_assert_true (jz_statement_get_hash (row, 1, &snapshot->last_hash));
}

static void
read_counts (JzConnection *reader, Snapshot *snapshot)
{
  g_autoptr (JzStatement) row =
    query_row (reader, "SELECT count (*), sum (act = 'case.note'), sum (batch <> '') FROM entry");

  snapshot->n_entries = jz_statement_get_integer (row, 0);
  snapshot->n_note_acts = jz_statement_get_integer (row, 1);
  snapshot->n_in_batches = jz_statement_get_integer (row, 2);
}

static void
read_snapshot (JzConnection *reader, Snapshot *snapshot)
{
  g_autoptr (JzStatement) notes = NULL;

  memset (snapshot, 0, sizeof *snapshot);
  read_chain (reader, snapshot);
  read_counts (reader, snapshot);
  notes = query_row (reader, "SELECT count (*) FROM note");
  snapshot->n_notes = jz_statement_get_integer (notes, 0);
  read_last (reader, snapshot);
}

static gboolean
is_whole (const Snapshot *snapshot)
{
  return snapshot->n_entries == snapshot->last_arrival &&
         snapshot->n_entries == snapshot->chain_seq &&
         jz_hash_equal (&snapshot->last_hash, &snapshot->chain_hash) &&
         snapshot->n_note_acts == snapshot->n_notes && snapshot->n_in_batches % N_BATCH == 0;
}

/* Reads twice on one lease; returns the number of entries. */
static gint64
read_twice (JzStore *store)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  Snapshot first;
  Snapshot second;

  g_assert_no_error (error);
  read_snapshot (reader, &first);
  g_assert_true (is_whole (&first));
  g_thread_yield ();
  read_snapshot (reader, &second);
  g_assert_cmpmem (&first, sizeof first, &second, sizeof second);
  jz_store_return_reader (store, reader);
  return first.n_entries;
}

typedef struct {
  JzStore *store;
  int is_over;    /* atomic */
  int n_durable;  /* atomic: entries that somebody was told of */
  int n_readings; /* atomic */
} Shared;

static gpointer
read_in_thread (gpointer data)
{
  Shared *shared = data;
  gint64 last = 0;

  do {
    int n_durable = g_atomic_int_get (&shared->n_durable);
    gint64 n_entries = read_twice (shared->store);
    g_assert_cmpint (n_entries, >=, n_durable);
    g_assert_cmpint (n_entries, >=, last);
    last = n_entries;
    g_atomic_int_inc (&shared->n_readings);
  } while (!g_atomic_int_get (&shared->is_over));
  return NULL;
}

typedef struct {
  TestOffice office;
  char *case_id;
  guint n_performed;
} Writer;

static void
writer_init (Writer *self)
{
  test_office_staff (&self->office);
  self->case_id = test_office_open_case (&self->office, "某案");
  self->n_performed = 0;
}

static void
writer_clear (Writer *self)
{
  g_free (self->case_id);
  test_office_clear (&self->office);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

/* Every fifth time a batch; returns the number of entries that there are at least now. */
static gint64
writer_perform (Writer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) args = jz_json_new_object ();
  const JzJson *all[N_BATCH];
  gsize n_args = self->n_performed++ % 5 == 4 ? N_BATCH : 1;
  g_autoptr (JzActOutcome) outcome = NULL;
  const JzJournalRecord *last;

  jz_json_set_text (args, "case", self->case_id);
  jz_json_set_text (args, "text", "上午九时到达现场，当事人在场。");
  for (gsize i = 0; i < N_BATCH; i++)
    all[i] = args;
  outcome = test_office_try_batch (&self->office, "handler", "case.note", all, n_args, &error);
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  g_assert_cmpuint (outcome->records->len, ==, n_args);
  last = g_ptr_array_index (outcome->records, outcome->records->len - 1);
  return last->arrival;
}

static gint64
get_end (int seconds)
{
  return g_get_monotonic_time () + (gint64)seconds * G_USEC_PER_SEC;
}

static int
get_seconds (void)
{
  const char *text = g_getenv ("JZ_READERS_SECONDS");
  gint64 seconds = DEFAULT_SECONDS;

  if (text != NULL)
    g_assert_true (g_ascii_string_to_signed (text, 10, 1, 24 * 60 * 60, &seconds, NULL));
  return (int)seconds;
}

/* A program of its own, this one again: works until its input ends. */
typedef struct {
  GPid pid;
  int input;
} Child;

static void
child_start (Child *self, const char *task, const char *store)
{
  g_autofree char *pid = g_strdup_printf ("%d", (int)getpid ());
  const char *const command[] = { program, task, store, pid, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, (char **)command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                            &self->pid, &self->input, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
child_finish (Child *self)
{
  int status = -1;

  close (self->input);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  g_spawn_close_pid (self->pid);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
is_input_open (void)
{
  struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
  return poll (&input, 1, 0) == 0;
}

static int
be_reader (const char *path, const char *pid)
{
  gint64 last = 0;

  do {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzStore) store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, &error);
    gint64 n_entries;
    g_assert_no_error (error);
    n_entries = read_twice (store);
    g_assert_cmpint (n_entries, >=, last);
    last = n_entries;
  } while (is_input_open ());
  return 0;
}

static int
be_second_writer (const char *path, const char *pid)
{
  g_autofree char *number = g_strconcat (" ", pid, " ", NULL);

  do {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzStore) store = jz_store_open (path, JZ_STORE_WRITE, jz_replay_into, NULL, &error);
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
    g_assert_null (store);
    g_assert_nonnull (strstr (error->message, number));
  } while (is_input_open ());
  return 0;
}

static void
test_many_readers (void)
{
  g_auto (Writer) writer = { .case_id = NULL };
  GThread *threads[N_THREADS];
  Child children[N_READING + 1];
  Shared shared = { NULL };
  gint64 end;
  gint64 before;

  writer_init (&writer);
  before = test_office_count (&writer.office, "SELECT count (*) FROM entry");
  shared.store = jz_office_get_store (writer.office.office);
  for (guint i = 0; i < N_READING; i++)
    child_start (&children[i], "--read", writer.office.path);
  child_start (&children[N_READING], "--write", writer.office.path);
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("reader", read_in_thread, &shared);
  end = get_end (get_seconds ());
  while (g_get_monotonic_time () < end)
    g_atomic_int_set (&shared.n_durable, (int)writer_perform (&writer));
  g_atomic_int_set (&shared.is_over, TRUE);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    child_finish (&children[i]);
  g_test_message ("%d readings of %d threads while %d entries were written", shared.n_readings,
                  N_THREADS, shared.n_durable - (int)before);
  g_assert_cmpint (shared.n_readings, >=, N_THREADS);
  test_office_close (&writer.office);
  test_assert_sound (writer.office.path);
}

static gpointer
write_in_thread (gpointer data)
{
  Writer *writer = data;
  return GINT_TO_POINTER ((int)writer_perform (writer));
}

/* What is leased before an act still shows the store without it, and the next lease with it. */
static void
test_lease_stays (void)
{
  g_auto (Writer) writer = { .case_id = NULL };
  g_autoptr (GError) error = NULL;
  JzStore *store;
  JzConnection *reader;
  Snapshot before;
  Snapshot after;

  writer_init (&writer);
  store = jz_office_get_store (writer.office.office);
  reader = jz_store_lease_reader (store, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++)
    g_thread_join (g_thread_new ("writer", write_in_thread, &writer));
  read_snapshot (reader, &before);
  g_assert_true (is_whole (&before));
  jz_store_return_reader (store, reader);
  g_assert_cmpint (read_twice (store), ==, before.n_entries + 8 + 2 * N_BATCH);
  reader = jz_store_lease_reader (store, &error);
  g_assert_no_error (error);
  read_snapshot (reader, &after);
  g_assert_cmpint (after.n_notes, ==, before.n_notes + 8 + 2 * N_BATCH);
  jz_store_return_reader (store, reader);
}

typedef struct {
  Writer writer;
  int is_over; /* atomic */
} Background;

static gpointer
write_until_over_in_thread (gpointer data)
{
  Background *background = data;

  while (!g_atomic_int_get (&background->is_over))
    writer_perform (&background->writer);
  return NULL;
}

/* A test of the test: without a lease the same readings must be seen to disagree. */
static void
test_without_lease (void)
{
  Background background = { .is_over = FALSE };
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autoptr (JzConnection) reader = NULL;
  GThread *thread;
  gint64 end = get_end (CONTROL_SECONDS);
  gboolean is_torn = FALSE;

  writer_init (&background.writer);
  database = jz_store_get_database_path (background.writer.office.path);
  reader = jz_connection_open (database, JZ_CONNECTION_READ, &error);
  g_assert_no_error (error);
  thread = g_thread_new ("writer", write_until_over_in_thread, &background);
  while (!is_torn && g_get_monotonic_time () < end) {
    Snapshot snapshot;
    read_snapshot (reader, &snapshot);
    is_torn = !is_whole (&snapshot);
  }
  g_atomic_int_set (&background.is_over, TRUE);
  g_thread_join (thread);
  g_assert_true (is_torn);
  writer_clear (&background.writer);
}

/* Only who holds the store keeps others out: afterwards it opens. */
static void
test_after_the_writer (void)
{
  g_auto (Writer) writer = { .case_id = NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store = NULL;
  Child child;

  writer_init (&writer);
  child_start (&child, "--write", writer.office.path);
  for (guint i = 0; i < 5; i++)
    writer_perform (&writer);
  child_finish (&child);
  test_office_close (&writer.office);
  store = jz_store_open (writer.office.path, JZ_STORE_WRITE, jz_replay_into, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (store);
}

int
main (int argc, char **argv)
{
  program = argv[0];
  if (argc == 4 && strcmp (argv[1], "--read") == 0)
    return be_reader (argv[2], argv[3]);
  if (argc == 4 && strcmp (argv[1], "--write") == 0)
    return be_second_writer (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/readers/many", test_many_readers);
  g_test_add_func ("/office/readers/lease-stays", test_lease_stays);
  g_test_add_func ("/office/readers/without-lease", test_without_lease);
  g_test_add_func ("/office/readers/after-the-writer", test_after_the_writer);
  return g_test_run ();
}
