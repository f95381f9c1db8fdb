/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/media_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "media/media.h"

/* A file from outside: opened, and known again. */

/**
 * jz_file_id_read:
 * @file: a handle of a file
 * @id: (out caller-allocates): what it is known by
 * @error: return location
 *
 * Fails with %G_IO_ERROR_NOT_REGULAR_FILE.
 *
 * Returns: whether it is a file
 */
gboolean
jz_file_id_read (int file, JzFileId *id, GError **error)
{
  struct stat info;

  if (fstat (file, &info) != 0 || !S_ISREG (info.st_mode)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, g_strerror (EINVAL));
    return FALSE;
  }
  memset (id, 0, sizeof *id);
  id->device = info.st_dev;
  id->inode = info.st_ino;
  id->size = info.st_size;
  id->changed_ns = (gint64)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
  return TRUE;
}

/**
 * jz_file_id_equal:
 * @a: what one file is known by
 * @b: what another is known by
 *
 * Returns: whether they are the same and nobody wrote to it
 */
gboolean
jz_file_id_equal (const JzFileId *a, const JzFileId *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size &&
         a->changed_ns == b->changed_ns;
}

/**
 * jz_media_open:
 * @path: a file
 * @error: return location
 *
 * Opens it as all jobs want it: for reading only, and never a device, a pipe or a folder, at which
 * a reader could wait for ever.
 *
 * Fails with #GFileError's like or %G_IO_ERROR_NOT_REGULAR_FILE.
 *
 * Returns: a handle to be closed by the caller; -1 on failure
 */
int
jz_media_open (const char *path, GError **error)
{
  int handle = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  JzFileId id;

  if (handle < 0) {
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
    return -1;
  }
  if (!jz_file_id_read (handle, &id, error)) {
    close (handle);
    return -1;
  }
  return handle;
}
