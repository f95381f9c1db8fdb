/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/place_advice.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "store/error.h"
#include "store/files.h"

/* Whether a place is fit for a store, before one is made there (ux.md §9, step 1). Only a network
 * share and a place that is taken are refused; the rest is advice. */

#define EXFAT_MAGIC 0x2011BAB0

/**
 * jz_place_advise:
 * @facts: what the disk is like
 * @sentences: (element-type utf8): gets a sentence for each thing that speaks against it
 */
void
jz_place_advise (const JzPlaceFacts *facts, GPtrArray *sentences)
{
  if (facts->is_removable)
    g_ptr_array_add (
      sentences, g_strdup (_ ("This disk can be pulled out, and the cases with it. Choose a disk "
                              "that is built in, and keep this one for backups.")));
  if (facts->is_weak)
    g_ptr_array_add (
      sentences, g_strdup (_ ("The disk is formatted as sticks of cameras are, so that everybody "
                              "who uses this computer could read the files. Choose another "
                              "disk.")));
  if (facts->n_free < JZ_PLACE_ROOM) {
    g_autofree char *room = g_format_size (facts->n_free);
    g_ptr_array_add (
      sentences, g_strdup_printf (_ ("Only %s are free here. Recordings need room: 50 GB should "
                                     "be free. You can go on and make room later."),
                                  room));
  }
}

/* The kernel says it of the whole disk, whose folder is above that of a partition. */
static gboolean
is_removable (dev_t device)
{
  g_autofree char *link =
    g_strdup_printf ("/sys/dev/block/%u:%u", (guint)major (device), (guint)minor (device));
  g_autofree char *real = realpath (link, NULL);
  static const char *const files[] = { "removable", "../removable" };

  if (real == NULL)
    return FALSE;
  if (strstr (real, "/usb") != NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *file = g_build_filename (real, files[i], NULL);
    g_autofree char *text = NULL;
    if (g_file_get_contents (file, &text, NULL, NULL) && text[0] == '1')
      return TRUE;
  }
  return FALSE;
}

/* What does not exist yet will be made on the disk of what does. */
static char *
find_existing (const char *path)
{
  g_autofree char *here = g_canonicalize_filename (path, NULL);

  while (g_access (here, F_OK) != 0 && strcmp (here, "/") != 0) {
    char *parent = g_path_get_dirname (here);
    g_free (here);
    here = parent;
  }
  return g_steal_pointer (&here);
}

/**
 * jz_place_get_facts:
 * @path: a folder that exists or is going to be made
 * @facts: (out): what its disk is like
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_place_get_facts (const char *path, JzPlaceFacts *facts, GError **error)
{
  g_autofree char *here = find_existing (path);
  struct statvfs room = { 0 };
  struct statfs file_system = { 0 };
  struct stat info = { 0 };

  if (statvfs (here, &room) != 0 || statfs (here, &file_system) != 0 || stat (here, &info) != 0) {
    jz_store_error_set_from_errno (error, errno, here);
    return FALSE;
  }
  facts->n_free = (guint64)room.f_bavail * room.f_frsize;
  facts->is_removable = is_removable (info.st_dev);
  facts->is_weak = file_system.f_type == MSDOS_SUPER_MAGIC || file_system.f_type == EXFAT_MAGIC;
  return TRUE;
}

/**
 * jz_place_check_new:
 * @path: a folder that is going to be a store
 * @sentences: (element-type utf8): gets what speaks against it
 * @error: return location
 *
 * Returns: %FALSE where no store can be made: %JZ_STORE_ERROR_EXISTS, %JZ_STORE_ERROR_NETWORK,
 *   %JZ_STORE_ERROR_ACCESS
 */
gboolean
jz_place_check_new (const char *path, GPtrArray *sentences, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *here = find_existing (parent);
  JzPlaceFacts facts = { 0 };

  if (g_access (path, F_OK) == 0) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("%s exists already; choose the name of a new folder."), path);
    return FALSE;
  }
  if (!jz_folder_refuse_network (path, error))
    return FALSE;
  if (g_access (here, W_OK | X_OK) != 0) {
    jz_store_error_set_from_errno (error, errno, here);
    return FALSE;
  }
  if (!jz_place_get_facts (path, &facts, error))
    return FALSE;
  jz_place_advise (&facts, sentences);
  return TRUE;
}

/**
 * jz_place_suggest:
 * @data_folder: the user's folder for data
 * @name: name of a folder
 *
 * Returns: (transfer full): a folder in it that does not exist yet
 */
char *
jz_place_suggest (const char *data_folder, const char *name)
{
  g_autofree char *path = g_build_filename (data_folder, name, NULL);

  for (int i = 2; g_access (path, F_OK) == 0; i++) {
    g_free (path);
    path = g_strdup_printf ("%s%c%s-%d", data_folder, G_DIR_SEPARATOR, name, i);
  }
  return g_steal_pointer (&path);
}
