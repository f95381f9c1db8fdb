/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "store/error.h"
#include "tamper.h"

/* No file of a store can be changed, cut, taken away, exchanged or added without verify naming it
 * (R-30). */

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
  g_autoptr (GRand) rand = tamper_rand_new (sample->number);

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
  g_test_add_func ("/office/tamper-files/no-database", test_no_database);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
