/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "publish/bundle.h"

/* write-bundle --fill STORE      puts content that nothing makes smaller into a store
 * write-bundle STORE BUNDLE      writes a bundle of all that the store holds
 *
 * A bundle of several megabytes, as a real period has, in a moment: that of a demo office goes to
 * the disk in one piece. Prints a sentence and ends with 2 where it cannot be written. */

#define N_FILES 6
#define FILE_SIZE ((gsize)2 * 1024 * 1024)
#define TIME G_GINT64_CONSTANT (1772415015250)

static int
fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  return 2;
}

static int
fill (const char *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzObjects) objects = jz_objects_open (store, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (20260302);

  for (guint i = 0; objects != NULL && i < N_FILES; i++) {
    guint32 *noise = g_malloc (FILE_SIZE);
    g_autoptr (GBytes) bytes = NULL;
    JzObject object;

    for (gsize k = 0; k < FILE_SIZE / sizeof *noise; k++)
      noise[k] = g_rand_int (random);
    bytes = g_bytes_new_take (noise, FILE_SIZE);
    if (!jz_objects_put_bytes (objects, bytes, &object, &error))
      break;
  }
  return error != NULL ? fail (error) : 0;
}

static gboolean
add (const char *name, const JzHash *hash, guint64 size, gpointer data)
{
  JzBundle *bundle = data;
  JzObject object = { .hash = *hash, .size = size };
  g_autofree char *path = g_strdup_printf ("data/documents/%04u.pdf", bundle->files->len);

  jz_bundle_add (bundle, path, &object);
  return TRUE;
}

static int
write_bundle (const char *store, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzObjects) objects = jz_objects_open (store, &error);
  g_autoptr (JzBundle) bundle = jz_bundle_new ();
  JzBundleFormat format = JZ_BUNDLE_ZIP;

  bundle->time = TIME;
  if (objects == NULL || !jz_objects_foreach (objects, add, bundle, &error))
    return fail (error);
  jz_bundle_sort (bundle);
  (void)jz_bundle_format_guess (path, &format);
  return jz_bundle_write (bundle, objects, path, format, NULL, NULL, NULL, &error) ? 0
                                                                                   : fail (error);
}

int
main (int argc, char *argv[])
{
  if (argc != 3)
    return 1;
  return strcmp (argv[1], "--fill") == 0 ? fill (argv[2]) : write_bundle (argv[1], argv[2]);
}
