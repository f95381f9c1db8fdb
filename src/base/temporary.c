/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/temporary.h"

#include <glib/gstdio.h>

/* Files and folders that are gone again in a moment. Only the user of the program can look into
 * them, and whoever finds one that a power cut left knows by its name whose it is. */

#define UNKNOWN "XXXXXX" /* what mkstemp() makes letters of */

/**
 * jz_temporary_folder:
 * @purpose: a word for what it is
 * @error: return location
 *
 * Fails with #GFileError.
 *
 * Returns: (transfer full) (nullable) (type filename): path of a new folder, to be removed by the
 *   caller
 */
char *
jz_temporary_folder (const char *purpose, GError **error)
{
  g_autofree char *template = g_strdup_printf ("juanzong-%s-" UNKNOWN, purpose);

  return g_dir_make_tmp (template, error);
}

/**
 * jz_temporary_file:
 * @purpose: a word for what it is
 * @ending: of its name, such as `.pdf`
 * @error: return location
 *
 * Fails with #GFileError.
 *
 * Returns: (transfer full) (nullable) (type filename): path of a new file without content, to be
 *   removed by the caller
 */
char *
jz_temporary_file (const char *purpose, const char *ending, GError **error)
{
  g_autofree char *template = g_strdup_printf ("juanzong-%s-" UNKNOWN "%s", purpose, ending);
  char *path = NULL;
  int handle = g_file_open_tmp (template, &path, error);

  if (handle < 0)
    return NULL;
  if (!g_close (handle, error)) {
    g_unlink (path);
    g_clear_pointer (&path, g_free);
  }
  return path;
}
