/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/replay.h"
#include "tamper.h"

/* What is changed inside juanzong.db and its log without SQLite is either found or changes nothing
 * that the store says. */

static TamperWorld world;

/* What a store says: the canonical dump and every entry with its payload. */
typedef struct {
  char *digest;
  GPtrArray *hashes; /* hex, in order of arrival */
} State;

static void
state_clear (State *state)
{
  g_clear_pointer (&state->digest, g_free);
  g_clear_pointer (&state->hashes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (State, state_clear)

static gboolean
read_entries (JzConnection *reader, State *state, GChecksum *sum, GError **error)
{
  g_autoptr (JzJournalCursor) cursor =
    jz_journal_cursor_new (reader, G_MININT64, G_MAXINT64, error);

  while (cursor != NULL) {
    g_autoptr (JzJournalRecord) record = NULL;
    char hex[JZ_HASH_HEX_SIZE];
    if (!jz_journal_cursor_next (cursor, &record, error))
      return FALSE;
    if (record == NULL)
      return TRUE;
    jz_hash_to_hex (&record->hash, hex);
    g_ptr_array_add (state->hashes, g_strdup (hex));
    g_checksum_update (sum, (const guint8 *)hex, -1);
    if (record->payload == NULL)
      continue;
    g_checksum_update (sum, g_bytes_get_data (record->salt, NULL), JZ_HASH_LENGTH);
    g_checksum_update (sum, (const guint8 *)record->payload, -1);
  }
  return FALSE;
}

static gboolean
read_checkpoints (JzConnection *reader, GChecksum *sum, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error, "SELECT note FROM checkpoint ORDER BY store, size", "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    g_checksum_update (sum, (const guint8 *)jz_statement_get_text (rows, 0), -1);
  }
  return FALSE;
}

static gboolean
read_state (const char *path, State *state, GError **error)
{
  g_autoptr (JzStore) store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, error);
  JzConnection *reader = store != NULL ? jz_store_lease_reader (store, error) : NULL;
  g_autoptr (GOutputStream) dump = g_memory_output_stream_new_resizable ();
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean is_read;

  if (reader == NULL)
    return FALSE;
  state->hashes = g_ptr_array_new_with_free_func (g_free);
  is_read = jz_dump (reader, dump, error) && read_entries (reader, state, sum, error) &&
            read_checkpoints (reader, sum, error);
  jz_store_return_reader (store, reader);
  g_checksum_update (sum, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (dump)),
                     (gssize)g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (dump)));
  state->digest = g_strdup (g_checksum_get_string (sum));
  return is_read;
}

typedef struct {
  GBytes *database;
  State state;
  int n_found;
  int n_refused;
  int n_same;
} Raw;

/* A position in the file, the change at it, or a new length. */
typedef struct {
  guint number;
  gsize position;
  guint8 change; /* 0 where the file is cut or made longer instead */
} RawSample;

static void
write_raw (const char *path, const Raw *raw, const RawSample *sample)
{
  gsize length = g_bytes_get_size (raw->database);
  g_autofree char *file = g_build_filename (path, "juanzong.db", NULL);
  g_autofree guint8 *data = g_malloc0 (MAX (length, sample->position) + 1);

  memcpy (data, g_bytes_get_data (raw->database, NULL), length);
  if (sample->change != 0)
    data[sample->position] ^= sample->change;
  else
    length = sample->position;
  tamper_file_replace (file, data, length);
}

/* Found, or not there to be found: what the store says must then be what it said before. */
static char *
run_raw_sample (gpointer data, gpointer user_data)
{
  const RawSample *sample = data;
  Raw *raw = user_data;
  g_auto (TamperLoan) loan = tamper_borrow (&world);
  g_autofree char *failure = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  g_auto (State) state = { NULL, NULL };

  write_raw (loan.path, raw, sample);
  report = tamper_look (loan.path, NULL, FALSE, &failure);
  if (report == NULL || report->faults->len > 0) {
    g_atomic_int_inc (report == NULL ? &raw->n_refused : &raw->n_found);
    return NULL;
  }
  g_atomic_int_inc (&raw->n_same);
  if (read_state (loan.path, &state, &error) && strcmp (state.digest, raw->state.digest) == 0)
    return NULL;
  return g_strdup_printf ("byte %" G_GSIZE_FORMAT " ^ %02x: no fault, but what the store says "
                          "differs: %s",
                          sample->position, sample->change,
                          error != NULL ? error->message : "its dump");
}

static void
raw_init (Raw *raw)
{
  g_autofree char *file = g_build_filename (world.path, "juanzong.db", NULL);
  g_autoptr (GError) error = NULL;

  *raw = (Raw){ .database = tamper_file_read (file) };
  g_assert_true (read_state (world.path, &raw->state, &error));
  g_assert_no_error (error);
}

static void
raw_clear (Raw *raw)
{
  g_bytes_unref (raw->database);
  state_clear (&raw->state);
}

static void
add_raw_sample (GPtrArray *samples, gsize position, guint8 change)
{
  RawSample *sample = g_new0 (RawSample, 1);

  *sample = (RawSample){ samples->len, position, change };
  g_ptr_array_add (samples, sample);
}

static void
test_flips (void)
{
  guint n = tamper_count ("JZ_FLIPS", 200);
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = tamper_rand_new (2);
  Raw raw;

  raw_init (&raw);
  for (guint i = 0; i < n; i++) {
    /* Every fifth in the header and the schema, where a byte means most. */
    gsize range = i % 5 == 0 ? 4096 : i % 10 == 1 ? 100 : g_bytes_get_size (raw.database);
    gsize position = g_rand_int (rand) % range;
    guint8 change =
      (guint8)(i % 2 == 0 ? 1 << g_rand_int_range (rand, 0, 8) : g_rand_int_range (rand, 1, 256));
    add_raw_sample (samples, position, change);
  }
  tamper_run_all (samples, run_raw_sample, &raw);
  g_test_message ("%u flips: %d found, %d refused to be looked at, %d without effect", n,
                  raw.n_found, raw.n_refused, raw.n_same);
  g_assert_cmpint (raw.n_found, >, (int)n / 4);
  raw_clear (&raw);
}

/* Cut at a length of every class, or made longer. */
static void
test_cut_database (void)
{
  static const gsize lengths[] = { 0,   1,   15,   16,   17,   99,   100,  101,
                                   511, 512, 4095, 4096, 4097, 8192, 65536 };
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);
  gsize length;
  Raw raw;

  raw_init (&raw);
  length = g_bytes_get_size (raw.database);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    add_raw_sample (samples, lengths[i], 0);
  add_raw_sample (samples, length / 2, 0);
  add_raw_sample (samples, length / 8192 * 4096, 0);
  add_raw_sample (samples, length - 4096, 0);
  add_raw_sample (samples, length - 4095, 0);
  add_raw_sample (samples, length - 1, 0);
  tamper_run_all (samples, run_raw_sample, &raw);
  g_assert_cmpint (raw.n_same, ==, 0);
  g_ptr_array_set_size (samples, 0);
  add_raw_sample (samples, length + 1, 0);
  add_raw_sample (samples, length + 4096, 0);
  add_raw_sample (samples, length + 40960, 0);
  tamper_run_all (samples, run_raw_sample, &raw);
  raw_clear (&raw);
}

static guint
read_number (const guint8 *data, guint length)
{
  guint number = 0;

  for (guint i = 0; i < length; i++)
    number = number << 8 | data[i];
  return number;
}

/* Where a record in the midst of an index's first leaf says how long its header is, as the file
 * format of SQLite has it. */
static gsize
find_record_of_index (GBytes *database, const char *index)
{
  sqlite3 *handle = tamper_open (world.path);
  g_autofree char *root =
    tamper_get (handle, "SELECT rootpage FROM sqlite_schema WHERE name = '%s'", index);
  g_autofree char *size = tamper_get (handle, "PRAGMA page_size");
  const guint8 *data = g_bytes_get_data (database, NULL);
  gsize page_size = g_ascii_strtoull (size, NULL, 10);
  gsize page = (g_ascii_strtoull (root, NULL, 10) - 1) * page_size;

  tamper_close (handle);
  while (data[page] == 2)
    page = (read_number (data + page + read_number (data + page + 12, 2), 4) - 1) * page_size;
  g_assert_cmpint (data[page], ==, 10);
  return page + read_number (data + page + 8 + read_number (data + page + 3, 2) / 2 * 2, 2) + 1;
}

/* SQLite gives up looking at a file with such a record, and answers with an error only. */
static void
test_index (void)
{
  static const char *const indexes[] = { "entry_by_case", "sqlite_autoindex_entry_1" };
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);
  Raw raw;

  raw_init (&raw);
  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    for (guint bit = 0; bit < 8; bit++)
      add_raw_sample (samples, find_record_of_index (raw.database, indexes[i]), (guint8)(1 << bit));
  tamper_run_all (samples, run_raw_sample, &raw);
  g_assert_cmpint (raw.n_found, ==, (int)samples->len);
  raw_clear (&raw);
}

/* A store whose last acts are only in the log, as a power cut leaves it. */
typedef struct {
  char *path;   /* the copy, with its log */
  char *newest; /* a checkpoint over all entries */
  GBytes *log;
  State state;
  guint n_before; /* entries before the work that is in the log */
  int n_shorter;
} Crash;

#define N_WORK 13

static void
work_on (TestOffice *office)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_store_settle_here (jz_office_get_store (office->office), &error));
  g_assert_no_error (error);
  for (guint i = 1; i < N_WORK; i++)
    test_office_do (office, "handler", "case.note", "{'case':'%s','text':'断电之前 %u'}",
                    world.open_case, i);
  test_office_do (office, "admin", "setting.change", "{'name':'bureau.code','value':'某城'}");
}

static void
crash_init (Crash *self)
{
  g_autoptr (TamperCopy) path = tamper_copy (&world, "before-crash");
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  g_autofree char *log = NULL;

  *self = (Crash){ .path = NULL };
  test_office_at (&office, path, world.office.clock);
  test_office_open (&office);
  work_on (&office);
  note = test_office_checkpoint (&office);
  self->newest = g_build_filename (world.office.folder, "crash-checkpoint", NULL);
  tamper_file_replace (self->newest, note, strlen (note));
  self->path = tamper_copy_of (path, world.office.folder, "crashed");
  log = g_build_filename (self->path, "juanzong.db-wal", NULL);
  self->log = tamper_file_read (log);
  test_office_close (&office);
  g_assert_true (read_state (path, &self->state, &error));
  g_assert_no_error (error);
  self->n_before = self->state.hashes->len - N_WORK;
}

static void
crash_clear (Crash *self)
{
  tamper_remove (self->path);
  g_free (self->newest);
  g_bytes_unref (self->log);
  state_clear (&self->state);
}

static gboolean
is_beginning_of (const State *state, const State *whole)
{
  if (state->hashes->len > whole->hashes->len)
    return FALSE;
  for (guint i = 0; i < state->hashes->len; i++)
    if (strcmp (g_ptr_array_index (state->hashes, i), g_ptr_array_index (whole->hashes, i)) != 0)
      return FALSE;
  return TRUE;
}

/* What shows without the checkpoint that somebody else kept. */
static gboolean
has_fault_of_its_own (const JzReport *report, const char *checkpoint)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if (fault->kind != JZ_FAULT_LOST && g_strcmp0 (fault->place, checkpoint) != 0)
      return TRUE;
  }
  return FALSE;
}

/* The store may have gone back to an earlier state of its own; then the newest checkpoint must show
 * each entry that is lost, from the first on. */
static char *
check_crashed (Crash *crash, const char *path)
{
  const char *const against[] = { crash->newest, NULL };
  g_autofree char *failure = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = tamper_look (path, against, FALSE, &failure);
  g_auto (State) state = { NULL, NULL };
  guint n_lost;

  if (report == NULL || has_fault_of_its_own (report, crash->newest))
    return NULL;
  if (!read_state (path, &state, &error))
    return g_strdup_printf ("no fault, but it cannot be read: %s", error->message);
  if (!is_beginning_of (&state, &crash->state))
    return g_strdup ("no fault, but its entries are others");
  n_lost = crash->state.hashes->len - state.hashes->len;
  lost = g_strdup_printf ("%s-%" G_GINT64_FORMAT, world.store,
                          world.last_seq + 1 + state.hashes->len - crash->n_before);
  if (n_lost > 0)
    g_atomic_int_inc (&crash->n_shorter);
  if (report->faults->len == n_lost && (n_lost == 0 || tamper_has (report, JZ_FAULT_LOST, lost)))
    return NULL;
  text = tamper_describe (report);
  return g_strdup_printf ("%u entries are lost, the first is %s:%s", n_lost, lost, text);
}

static char *
run_log_sample (gpointer data, gpointer user_data)
{
  const RawSample *sample = data;
  Crash *crash = user_data;
  g_autofree char *name = g_strdup_printf ("log-%u", sample->number);
  g_autoptr (TamperCopy) path = tamper_copy_of (crash->path, world.office.folder, name);
  g_autofree char *file = g_build_filename (path, "juanzong.db-wal", NULL);
  gsize length = g_bytes_get_size (crash->log);
  g_autofree guint8 *log = g_malloc0 (MAX (length, sample->position) + 1);

  memcpy (log, g_bytes_get_data (crash->log, NULL), length);
  if (sample->change != 0)
    log[sample->position] ^= sample->change;
  else
    length = sample->position;
  tamper_file_replace (file, log, length);
  return check_crashed (crash, path);
}

static void
test_log (void)
{
  guint n = MAX (tamper_count ("JZ_FLIPS", 200) / 8, 20);
  static const gsize lengths[] = { 0, 1, 31, 32, 33, 55, 56, 57, 4151, 4152, 4153, 8272 };
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = tamper_rand_new (3);
  Crash crash;
  gsize length;

  crash_init (&crash);
  length = g_bytes_get_size (crash.log);
  g_assert_cmpuint (length, >, 32 + N_WORK * 4120);
  for (guint i = 0; i < n; i++)
    add_raw_sample (samples, i % 10 == 0 ? g_rand_int (rand) % 56 : g_rand_int (rand) % length,
                    (guint8)g_rand_int_range (rand, 1, 256));
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    add_raw_sample (samples, lengths[i], 0);
  add_raw_sample (samples, length / 2, 0);
  add_raw_sample (samples, length - 1, 0);
  add_raw_sample (samples, length, 0);
  add_raw_sample (samples, length + 4120, 0);
  tamper_run_all (samples, run_log_sample, &crash);
  g_assert_cmpint (crash.n_shorter, >, (int)n / 3);
  crash_clear (&crash);
}

/* An index of the log that somebody left or made up is not believed. */
static void
test_index_of_log (void)
{
  Crash crash;
  g_autofree char *index = NULL;
  g_autofree guint8 *garbage = g_malloc (32768);
  g_autoptr (GRand) rand = tamper_rand_new (4);

  crash_init (&crash);
  index = g_build_filename (crash.path, "juanzong.db-shm", NULL);
  for (gsize i = 0; i < 32768; i++)
    garbage[i] = (guint8)g_rand_int_range (rand, 0, 256);
  tamper_file_replace (index, garbage, 32768);
  g_assert_cmpstr (check_crashed (&crash, crash.path), ==, NULL);
  g_assert_cmpint (crash.n_shorter, ==, 0);
  crash_clear (&crash);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/tamper-raw/flips", test_flips);
  g_test_add_func ("/office/tamper-raw/cut-database", test_cut_database);
  g_test_add_func ("/office/tamper-raw/index", test_index);
  g_test_add_func ("/office/tamper-raw/log", test_log);
  g_test_add_func ("/office/tamper-raw/index-of-log", test_index_of_log);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
