/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "office/replay.h"
#include "store/error.h"
#include "tamper.h"

/* No file of a store can be changed, cut, taken away, exchanged or added without verify naming it
 * . What is changed inside juanzong.db without SQLite is either found or changes nothing that
 * the store says. */

typedef enum {
  ONE_BIT,
  ONE_BYTE_LESS,
  HALF,
  EMPTY,
  LONGER,
  OTHER_CONTENT,
  GONE,
  LINK,
  FOLDER,
  PIPE,
  N_DEEDS,
} Deed;

static const char *const deed_names[] = {
  "one bit",       "one byte less", "half",   "empty",    "longer",
  "other content", "gone",          "a link", "a folder", "a pipe",
};

static TamperWorld world;

static GRand *
rand_new (guint number)
{
  return g_rand_new_with_seed (tamper_seed () + number * 7919);
}

static void
write_changed (const char *path, GBytes *content, Deed deed, GRand *rand)
{
  gsize length = g_bytes_get_size (content);
  g_autofree guint8 *data = g_malloc0 (length + 1);

  memcpy (data, g_bytes_get_data (content, NULL), length);
  if (deed == ONE_BIT)
    data[g_rand_int_range (rand, 0, (gint32)length)] ^=
      (guint8)(1 << g_rand_int_range (rand, 0, 8));
  else if (deed == ONE_BYTE_LESS)
    length--;
  else if (deed == HALF)
    length /= 2;
  else if (deed == EMPTY)
    length = 0;
  else
    length++;
  tamper_file_replace (path, data, length);
}

static void
do_deed (const char *path, const char *other, Deed deed, GRand *rand)
{
  g_autoptr (GBytes) content = tamper_file_read (path);
  g_autofree char *aside = g_strconcat (world.office.folder, "/aside", NULL);

  if (deed <= LONGER) {
    write_changed (path, content, deed, rand);
    return;
  }
  g_assert_cmpint (g_unlink (path), ==, 0);
  if (deed == OTHER_CONTENT)
    g_assert_cmpint (link (other, path), ==, 0);
  else if (deed == LINK)
    g_assert_cmpint (symlink (aside, path), ==, 0);
  else if (deed == FOLDER)
    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  else if (deed == PIPE)
    g_assert_cmpint (mkfifo (path, 0600), ==, 0);
}

static void
add_files (GPtrArray *files, const char *folder, const char *below)
{
  g_autofree char *path = g_build_filename (world.path, folder, below, NULL);
  g_autoptr (GDir) entries = g_dir_open (path, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL) {
    g_autofree char *inner = g_build_filename (below, name, NULL);
    g_autofree char *full = g_build_filename (path, name, NULL);
    if (g_file_test (full, G_FILE_TEST_IS_DIR))
      add_files (files, folder, inner);
    else
      g_ptr_array_add (files, g_steal_pointer (&inner));
  }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Names below a folder of the store, sorted. */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);

  add_files (files, folder, "");
  g_ptr_array_sort (files, compare_texts);
  return files;
}

static gboolean
is_certificate (const char *name)
{
  sqlite3 *handle = tamper_open (world.path);
  g_auto (GStrv) parts = g_strsplit (name, "/", 2);
  g_autofree char *found =
    tamper_get (handle, "SELECT 1 FROM certificate WHERE hash = x'%s%s'", parts[0], parts[1]);

  tamper_close (handle);
  return found != NULL;
}

/* An object's name below objects/, or its hash where it is gone. */
static gboolean
is_named (const JzReport *report, JzFaultKind kind, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", 2);
  g_autofree char *hex = g_strjoinv ("", parts);

  return tamper_has (report, kind, name) || tamper_has (report, kind, hex);
}

/* What happens to which files of which folder in one copy of the store. */
typedef struct {
  guint number;
  const char *folder;
  JzFaultKind kind;
  GPtrArray *files;
  guint shift; /* of the deeds against the files */
  gboolean with_chunk_lists;
} FileSample;

static void
file_sample_free (gpointer data)
{
  FileSample *sample = data;

  g_ptr_array_unref (sample->files);
  g_free (sample);
}

static void
spoil_files (const char *path, const FileSample *sample)
{
  g_autoptr (GRand) rand = rand_new (sample->number);

  for (guint i = 0; i < sample->files->len; i++) {
    const char *name = g_ptr_array_index (sample->files, i);
    const char *next = g_ptr_array_index (sample->files, (i + 1) % sample->files->len);
    g_autofree char *file = g_build_filename (path, sample->folder, name, NULL);
    g_autofree char *other = g_build_filename (world.path, sample->folder, next, NULL);
    Deed deed = (Deed)((i + sample->shift) % N_DEEDS);
    /* One file alone has no other of its kind. */
    if (strcmp (name, next) == 0 && deed == OTHER_CONTENT)
      deed = LONGER;
    do_deed (file, other, deed, rand);
  }
}

static char *
run_file_sample (gpointer data, gpointer user_data)
{
  const FileSample *sample = data;
  g_autofree char *name = g_strdup_printf ("file-%u", sample->number);
  g_autoptr (TamperCopy) path = tamper_copy (&world, name);
  g_autoptr (GString) missed = g_string_new (NULL);
  g_autofree char *failure = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JzReport) report = NULL;

  spoil_files (path, sample);
  report = tamper_look (path, NULL, sample->with_chunk_lists, &failure);
  if (report == NULL)
    return g_steal_pointer (&failure);
  for (guint i = 0; i < sample->files->len; i++)
    if (!is_named (report, sample->kind, g_ptr_array_index (sample->files, i)))
      g_string_append_printf (missed, " %s/%s (%s)", sample->folder,
                              (const char *)g_ptr_array_index (sample->files, i),
                              deed_names[(i + sample->shift) % N_DEEDS]);
  if (missed->len == 0)
    return NULL;
  text = tamper_describe (report);
  return g_strdup_printf ("not named:%s%s", missed->str, text);
}

static FileSample *
file_sample_new (GPtrArray *samples, const char *folder, JzFaultKind kind, GPtrArray *files)
{
  FileSample *sample = g_new0 (FileSample, 1);

  sample->number = samples->len;
  sample->folder = folder;
  sample->kind = kind;
  sample->files = g_ptr_array_ref (files);
  sample->shift = samples->len;
  g_ptr_array_add (samples, sample);
  return sample;
}

/* Every key file, each time another deed. */
static void
test_keys (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (file_sample_free);
  g_autoptr (GPtrArray) files = list_files ("keys");

  g_assert_cmpuint (files->len, >=, 10);
  for (guint i = 0; i < N_DEEDS; i++)
    file_sample_new (samples, "keys", JZ_FAULT_KEY, files);
  tamper_run_all (samples, run_file_sample, NULL);
}

/* Every object that is no certificate, with and without looking into chunk lists: an altered chunk
 * list is an altered object anyway. */
static void
test_objects (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (file_sample_free);
  g_autoptr (GPtrArray) all = list_files ("objects");
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < all->len; i++)
    if (!is_certificate (g_ptr_array_index (all, i)))
      g_ptr_array_add (files, g_strdup (g_ptr_array_index (all, i)));
  g_assert_cmpuint (files->len, >=, 4);
  for (guint i = 0; i < 2 * N_DEEDS; i++)
    file_sample_new (samples, "objects", JZ_FAULT_OBJECT, files)->with_chunk_lists = i >= N_DEEDS;
  tamper_run_all (samples, run_file_sample, NULL);
}

static char *
get_chunk_list (void)
{
  sqlite3 *handle = tamper_open (world.path);
  char *name =
    tamper_get (handle, "SELECT substr (h, 1, 2) || '/' || substr (h, 3) FROM (SELECT lower (hex "
                        "(chunks)) AS h FROM attachment WHERE length (chunks) > 0)");

  tamper_close (handle);
  g_assert_nonnull (name);
  return name;
}

/* A chunk list alone, and its object alone: neither hides behind the other. */
static void
test_chunk_list (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (file_sample_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (files, get_chunk_list ());
  for (guint i = 0; i < 2 * N_DEEDS; i++)
    file_sample_new (samples, "objects", JZ_FAULT_OBJECT, files)->with_chunk_lists = i >= N_DEEDS;
  tamper_run_all (samples, run_file_sample, NULL);
}

/* Certificates one at a time: besides the object the signatures are named that nobody can check
 * any more. */
static void
test_certificates (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (file_sample_free);
  g_autoptr (GPtrArray) all = list_files ("objects");

  for (guint i = 0; i < all->len; i++) {
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
    if (!is_certificate (g_ptr_array_index (all, i)))
      continue;
    g_ptr_array_add (files, g_strdup (g_ptr_array_index (all, i)));
    file_sample_new (samples, "objects", JZ_FAULT_OBJECT, files);
  }
  g_assert_cmpuint (samples->len, >=, 10);
  tamper_run_all (samples, run_file_sample, NULL);
}

static void
test_signatures_without_certificate (void)
{
  g_autoptr (TamperCopy) path = tamper_copy (&world, "no-certificate");
  sqlite3 *handle = tamper_open (path);
  g_autofree char *name = tamper_get (
    handle, "SELECT substr (h, 1, 2) || '/' || substr (h, 3) FROM (SELECT lower (hex (cert)) AS h "
            "FROM entry WHERE act = 'case.archive')");
  g_autofree char *id =
    tamper_get (handle, "SELECT store || '-' || seq FROM entry WHERE act = 'case.archive'");
  g_autofree char *file = g_build_filename (path, "objects", name, NULL);
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;

  tamper_close (handle);
  g_assert_cmpint (g_unlink (file), ==, 0);
  report = tamper_look (path, NULL, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_true (tamper_has (report, JZ_FAULT_SIGNATURE, id));
}

#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* What was added, one of each kind, all in one store. */
static void
test_foreign_files (void)
{
  static const struct {
    const char *name;
    Deed deed; /* FOLDER, LINK, PIPE, or a file with content */
    JzFaultKind kind;
  } files[] = {
    { "keys/notes.txt", ONE_BIT, JZ_FAULT_KEY },
    { "keys/.hidden", ONE_BIT, JZ_FAULT_KEY },
    { "keys/" HEX, ONE_BIT, JZ_FAULT_KEY },
    { "keys/" HEX ".key", ONE_BIT, JZ_FAULT_KEY },
    { "keys/" HEX ".key.key", ONE_BIT, JZ_FAULT_KEY },
    { "keys/00112233.key", ONE_BIT, JZ_FAULT_KEY },
    { "keys/folder", FOLDER, JZ_FAULT_KEY },
    { "keys/link.key", LINK, JZ_FAULT_KEY },
    { "keys/pipe.key", PIPE, JZ_FAULT_KEY },
    { "objects/notes.txt", ONE_BIT, JZ_FAULT_OBJECT },
    { "objects/.hidden", ONE_BIT, JZ_FAULT_OBJECT },
    { "objects/zz", FOLDER, JZ_FAULT_OBJECT },
    { "objects/link", LINK, JZ_FAULT_OBJECT },
    { "objects/pipe", PIPE, JZ_FAULT_OBJECT },
    { "objects/%/short", ONE_BIT, JZ_FAULT_OBJECT },
    { "objects/%/0011223344556677889900aabbccddeeff00112233445566778899aabbccdd", ONE_BIT,
      JZ_FAULT_OBJECT },
    { "objects/%/0011223344556677889900AABBCCDDEEFF00112233445566778899AABBCCDD", ONE_BIT,
      JZ_FAULT_OBJECT },
    { "objects/%/folder", FOLDER, JZ_FAULT_OBJECT },
    { "objects/%/link", LINK, JZ_FAULT_OBJECT },
    { "objects/%/pipe", PIPE, JZ_FAULT_OBJECT },
  };
  g_autoptr (TamperCopy) path = tamper_copy (&world, "foreign");
  g_autoptr (GPtrArray) objects = list_files ("objects");
  g_autoptr (JzReport) report = NULL;
  g_autofree char *failure = NULL;

  for (int round = 0; round < 2; round++) {
    for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
      g_autoptr (GString) name = g_string_new (files[i].name);
      g_autofree char *file = NULL;
      /* A folder that is there already. */
      g_string_replace (name, "%", "", 1);
      if (name->len < strlen (files[i].name))
        g_string_insert_len (name, (gssize)strlen ("objects/"), g_ptr_array_index (objects, 0), 2);
      file = g_build_filename (path, name->str, NULL);
      if (round == 1) {
        if (!tamper_has (report, (int)files[i].kind, strchr (name->str, '/') + 1))
          g_test_fail_printf ("%s is not named", name->str);
        continue;
      }
      if (files[i].deed == FOLDER)
        g_assert_cmpint (g_mkdir (file, 0700), ==, 0);
      else if (files[i].deed == LINK)
        g_assert_cmpint (symlink ("/dev/null", file), ==, 0);
      else if (files[i].deed == PIPE)
        g_assert_cmpint (mkfifo (file, 0600), ==, 0);
      else
        tamper_file_replace (file, "foreign", 7);
    }
    if (round == 0)
      report = tamper_look (path, NULL, FALSE, &failure);
    g_assert_cmpstr (failure, ==, NULL);
  }
}

/* Objects and keys are there before the act that names them, so what nobody names is no fault as
 * long as it is whole; the next opening for writing sweeps keys away. */
static void
test_files_that_nobody_names (void)
{
  g_autoptr (TamperCopy) path = tamper_copy (&world, "orphans");
  JzHash hash;
  char hex[JZ_HASH_HEX_SIZE];
  g_autofree char *key = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *object = NULL;

  jz_hash_of ("orphan", 6, &hash);
  jz_hash_to_hex (&hash, hex);
  key = g_strdup_printf ("%s/keys/%s.key", path, hex);
  folder = g_strdup_printf ("%s/objects/%.2s", path, hex);
  object = g_strdup_printf ("%s/%s", folder, hex + 2);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  tamper_file_replace (key, "orphan", 6);
  tamper_file_replace (object, "orphan", 6);
  tamper_assert_sound (path, NULL);
}

static void
test_folders_gone (void)
{
  static const struct {
    const char *folder;
    JzFaultKind kind;
  } folders[] = { { "keys", JZ_FAULT_KEY }, { "objects", JZ_FAULT_OBJECT } };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autoptr (TamperCopy) path = tamper_copy (&world, "no-folder");
    g_autofree char *from = g_build_filename (path, folders[i].folder, NULL);
    g_autofree char *to = g_strconcat (from, ".aside", NULL);
    g_autofree char *failure = NULL;
    g_autoptr (JzReport) report = NULL;
    g_assert_cmpint (g_rename (from, to), ==, 0);
    report = tamper_look (path, NULL, FALSE, &failure);
    g_assert_cmpstr (failure, ==, NULL);
    g_assert_true (tamper_says (report, (int)folders[i].kind, folders[i].folder) ||
                   tamper_has (report, (int)folders[i].kind, "*"));
  }
}

/* Checkpoints that somebody kept: many spoiled ones in one verification, each of which must be
 * named. */
#define A_ROUND 90

static void
check_notes (GPtrArray *files)
{
  for (guint first = 0; first < files->len; first += A_ROUND) {
    guint n = MIN (A_ROUND, files->len - first);
    g_autofree const char **against = g_new0 (const char *, n + 1);
    g_autofree char *failure = NULL;
    g_autoptr (JzReport) report = NULL;
    for (guint i = 0; i < n; i++)
      against[i] = g_ptr_array_index (files, first + i);
    report = tamper_look (world.path, against, FALSE, &failure);
    g_assert_cmpstr (failure, ==, NULL);
    for (guint i = 0; i < n; i++)
      if (!tamper_has (report, JZ_FAULT_CHECKPOINT, against[i]))
        g_test_fail_printf ("%s is not named", against[i]);
    g_assert_cmpuint (report->faults->len, ==, n);
  }
}

static void
add_note (GPtrArray *files, const char *folder, const char *what, const GString *note)
{
  char *path = g_strdup_printf ("%s/%s-%u", folder, what, files->len);

  tamper_file_replace (path, note->str, note->len);
  g_ptr_array_add (files, path);
}

static void
add_spoiled_notes (GPtrArray *files, const char *folder, GBytes *note, gsize n_ways, GRand *rand)
{
  gsize length = g_bytes_get_size (note);
  const char *data = g_bytes_get_data (note, NULL);

  for (gsize i = 0; i < length; i++) {
    static const char *const names[] = { "bit", "byte", "nul", "less", "more", "cut" };
    for (gsize j = 0; j < n_ways; j++) {
      g_autoptr (GString) spoiled = g_string_new_len (data, (gssize)length);
      if (j == 0)
        spoiled->str[i] = (char)(data[i] ^ (1 << g_rand_int_range (rand, 0, 8)));
      else if (j == 1)
        spoiled->str[i] = (char)(data[i] ^ g_rand_int_range (rand, 1, 256));
      else if (j == 2)
        spoiled->str[i] = '\0';
      else if (j == 3)
        g_string_erase (spoiled, (gssize)i, 1);
      else if (j == 4)
        g_string_insert_c (spoiled, (gssize)i, (char)g_rand_int_range (rand, 0, 256));
      else
        g_string_truncate (spoiled, i);
      add_note (files, folder, names[j], spoiled);
    }
  }
}

static void
test_against (void)
{
  const char *const notes[] = { world.newest, world.earlier };
  const char *const good[] = { world.newest, world.earlier, NULL };
  g_autoptr (TamperCopy) folder = g_build_filename (world.office.folder, "notes", NULL);
  g_autoptr (GRand) rand = rand_new (1);

  tamper_assert_sound (world.path, good);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++) {
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GBytes) note = tamper_file_read (notes[i]);
    g_autoptr (GString) twice =
      g_string_new_len (g_bytes_get_data (note, NULL), (gssize)g_bytes_get_size (note));
    g_autoptr (GString) huge = g_string_new (NULL);
    /* Of the second note only bits: its other faults are those of the first. */
    add_spoiled_notes (files, folder, note, i == 0 ? 6 : 1, rand);
    g_string_append_len (twice, g_bytes_get_data (note, NULL), (gssize)g_bytes_get_size (note));
    add_note (files, folder, "twice", twice);
    g_string_set_size (huge, 100000);
    add_note (files, folder, "huge", huge);
    check_notes (files);
  }
}

/* A link, a folder and a pipe are no checkpoints either; one that is not there could not be read.
 */
static void
test_against_no_file (void)
{
  g_autofree char *linked = g_build_filename (world.office.folder, "link", NULL);
  g_autofree char *pipe_path = g_build_filename (world.office.folder, "pipe", NULL);
  const char *const against[] = { linked, pipe_path, world.office.folder, NULL };
  const char *const missing[] = { "/nowhere/checkpoint", NULL };
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;

  g_assert_cmpint (symlink (world.newest, linked), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  report = tamper_look (world.path, against, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  for (gsize i = 0; against[i] != NULL; i++)
    g_assert_true (tamper_has (report, JZ_FAULT_CHECKPOINT, against[i]));
  g_assert_null (tamper_look (world.path, missing, FALSE, &failure));
  g_assert_nonnull (failure);
}

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
    g_autoptr (JzRecord) record = NULL;
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
  g_autofree char *name = g_strdup_printf ("raw-%u", sample->number);
  g_autoptr (TamperCopy) path = tamper_copy (&world, name);
  g_autofree char *failure = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  g_auto (State) state = { NULL, NULL };

  write_raw (path, raw, sample);
  report = tamper_look (path, NULL, FALSE, &failure);
  if (report == NULL || report->faults->len > 0) {
    g_atomic_int_inc (report == NULL ? &raw->n_refused : &raw->n_found);
    return NULL;
  }
  g_atomic_int_inc (&raw->n_same);
  if (read_state (path, &state, &error) && strcmp (state.digest, raw->state.digest) == 0)
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
  g_autoptr (GRand) rand = rand_new (2);
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

static void
test_no_database (void)
{
  static const Deed deeds[] = { GONE, LINK, FOLDER, PIPE };

  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++) {
    g_autoptr (TamperCopy) path = tamper_copy (&world, "no-database");
    g_autofree char *file = g_build_filename (path, "juanzong.db", NULL);
    g_autoptr (GError) error = NULL;
    JzVerification verification = { .path = path };
    do_deed (file, file, deeds[i], NULL);
    g_assert_null (jz_verify (&verification, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NOT_A_STORE);
  }
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
  g_autoptr (JzReport) alone = tamper_look (path, NULL, FALSE, &failure);
  g_autoptr (JzReport) held = NULL;
  g_auto (State) state = { NULL, NULL };
  guint n_lost;

  if (alone == NULL || alone->faults->len > 0)
    return NULL;
  if (!read_state (path, &state, &error))
    return g_strdup_printf ("no fault, but it cannot be read: %s", error->message);
  if (!is_beginning_of (&state, &crash->state))
    return g_strdup ("no fault, but its entries are others");
  n_lost = crash->state.hashes->len - state.hashes->len;
  held = tamper_look (path, against, FALSE, &failure);
  if (held == NULL)
    return g_steal_pointer (&failure);
  lost = g_strdup_printf ("%s-%" G_GINT64_FORMAT, world.store,
                          world.last_seq + 1 + state.hashes->len - crash->n_before);
  if (n_lost > 0)
    g_atomic_int_inc (&crash->n_shorter);
  if (held->faults->len == n_lost && (n_lost == 0 || tamper_has (held, JZ_FAULT_LOST, lost)))
    return NULL;
  text = tamper_describe (held);
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
  char *failure;

  memcpy (log, g_bytes_get_data (crash->log, NULL), length);
  if (sample->change != 0)
    log[sample->position] ^= sample->change;
  else
    length = sample->position;
  tamper_file_replace (file, log, length);
  failure = check_crashed (crash, path);
  if (failure == NULL)
    return NULL;
  return failure;
}

static void
test_log (void)
{
  guint n = MAX (tamper_count ("JZ_FLIPS", 200) / 8, 20);
  static const gsize lengths[] = { 0, 1, 31, 32, 33, 55, 56, 57, 4151, 4152, 4153, 8272 };
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) rand = rand_new (3);
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
  g_autoptr (GRand) rand = rand_new (4);

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
  g_test_add_func ("/office/tamper-files/keys", test_keys);
  g_test_add_func ("/office/tamper-files/objects", test_objects);
  g_test_add_func ("/office/tamper-files/chunk-list", test_chunk_list);
  g_test_add_func ("/office/tamper-files/certificates", test_certificates);
  g_test_add_func ("/office/tamper-files/signatures-without-certificate",
                   test_signatures_without_certificate);
  g_test_add_func ("/office/tamper-files/foreign-files", test_foreign_files);
  g_test_add_func ("/office/tamper-files/files-that-nobody-names", test_files_that_nobody_names);
  g_test_add_func ("/office/tamper-files/folders-gone", test_folders_gone);
  g_test_add_func ("/office/tamper-files/against", test_against);
  g_test_add_func ("/office/tamper-files/against-no-file", test_against_no_file);
  g_test_add_func ("/office/tamper-files/flips", test_flips);
  g_test_add_func ("/office/tamper-files/cut-database", test_cut_database);
  g_test_add_func ("/office/tamper-files/no-database", test_no_database);
  g_test_add_func ("/office/tamper-files/log", test_log);
  g_test_add_func ("/office/tamper-files/index-of-log", test_index_of_log);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
