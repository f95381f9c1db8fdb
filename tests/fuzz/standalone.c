/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Runs a fuzz target as an ordinary test, where there is no fuzzer: every file of the target's
 * corpus as it is, then changed in a few hundred ways. What is changed how depends on the file's
 * name, the number of the change and the seed alone, so that a failure comes again:
 *
 *   JZ_FUZZ_MUTATIONS  changes for each file
 *   JZ_FUZZ_SEED       another number, other changes
 */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_FLIPS 8

/* What runs now, for the line that on_abort() writes. */
static char running[300];

static guint
get_number (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);
  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* A failed assertion and, under meson, a sanitizer end in abort(). */
static void
on_abort (int number)
{
  /* Nobody is left to be told when this fails. */
  (void)!write (STDOUT_FILENO, running, strlen (running));
  signal (SIGABRT, SIG_DFL);
}

static gsize
choose (GRand *rand, gsize below)
{
  return (gsize)g_rand_int_range (rand, 0, (gint32)below);
}

static void
flip_bits (GRand *rand, GByteArray *bytes)
{
  gsize n = g_rand_boolean (rand) ? 1 : 1 + choose (rand, MAX_FLIPS);

  for (gsize i = 0; i < n; i++)
    bytes->data[choose (rand, bytes->len)] ^= (guint8)(1 << choose (rand, 8));
}

/* A run of bytes somewhere in @bytes; mostly short. */
static void
choose_run (GRand *rand, const GByteArray *bytes, guint *first, guint *length)
{
  gsize most;

  *first = (guint)choose (rand, bytes->len);
  most = bytes->len - *first;
  if (g_rand_boolean (rand))
    most = MIN (most, 8);
  *length = 1 + (guint)choose (rand, most);
}

static void
duplicate_run (GRand *rand, GByteArray *bytes)
{
  g_autoptr (GByteArray) copy = g_byte_array_new ();
  guint first;
  guint length;

  choose_run (rand, bytes, &first, &length);
  g_byte_array_append (copy, bytes->data, first + length);
  g_byte_array_append (copy, bytes->data + first, bytes->len - first);
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, copy->data, copy->len);
}

static void
remove_run (GRand *rand, GByteArray *bytes)
{
  guint first;
  guint length;

  choose_run (rand, bytes, &first, &length);
  g_byte_array_remove_range (bytes, first, length);
}

static void
mutate (GRand *rand, GByteArray *bytes)
{
  do {
    if (bytes->len == 0)
      return;
    switch (g_rand_int_range (rand, 0, 5)) {
    case 0:
      g_byte_array_set_size (bytes, (guint)choose (rand, bytes->len));
      break;
    case 1:
      duplicate_run (rand, bytes);
      break;
    case 2:
      remove_run (rand, bytes);
      break;
    default:
      flip_bits (rand, bytes);
    }
  } while (g_rand_int_range (rand, 0, 3) == 0);
}

/* In a block of exactly their size, so that a read beyond the end is found. malloc() because
 * g_malloc() has no block for no bytes. */
static void
run (const guint8 *data, gsize size)
{
  guint8 *copy = malloc (size);

  g_assert_nonnull (copy);
  if (size > 0)
    memcpy (copy, data, size);
  g_assert_cmpint (LLVMFuzzerTestOneInput (copy, size), ==, 0);
  free (copy);
}

static void
test_file (gconstpointer path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint n_mutations = get_number ("JZ_FUZZ_MUTATIONS", 500);
  guint seed = get_number ("JZ_FUZZ_SEED", 1);

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_snprintf (running, sizeof running, "# in %s as it is\n", name);
  run ((const guint8 *)text, length);
  for (guint i = 0; i < n_mutations; i++) {
    guint32 parts[] = { seed, g_str_hash (name), i };
    g_autoptr (GRand) rand = g_rand_new_with_seed_array (parts, G_N_ELEMENTS (parts));
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_byte_array_append (bytes, (const guint8 *)text, (guint)length);
    mutate (rand, bytes);
    g_snprintf (running, sizeof running, "# in %s after change %u of JZ_FUZZ_SEED=%u\n", name, i,
                seed);
    run (bytes->data, bytes->len);
  }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_corpus (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_assert_cmpuint (names->len, >, 0);
  g_ptr_array_sort (names, compare_names);
  return names;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) names = NULL;

  g_test_init (&argc, &argv, NULL);
  signal (SIGABRT, on_abort);
  folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", FUZZ_TARGET, NULL);
  names = list_corpus (folder);
  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];
    g_autofree char *path = g_strdup_printf ("/fuzz/%s/%s", FUZZ_TARGET, name);
    g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_file, g_free);
  }
  return g_test_run ();
}
