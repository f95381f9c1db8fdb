/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "publish/error.h"
#include "publish/output-private.h"
#include "store/files.h"

/* Where a bundle is written. Until it is whole it has another name, which says whose it is: what a
 * program that was killed has left there, the next one that writes the same bundle begins anew. */

#define BUFFER_SIZE (1024 * 1024)

gboolean
jz_output_fail (const JzOutput *self, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->path);

  if (self->failure == ENOSPC || self->failure == EDQUOT || self->failure == EFBIG)
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE,
                 _ ("There was not enough room for the bundle %s; nothing was left of it. Make "
                    "room, or choose another disk."),
                 shown);
  else
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE,
                 _ ("The bundle %s could not be written (%s). Choose another folder."), shown,
                 g_strerror (self->failure != 0 ? self->failure : EIO));
  return FALSE;
}

static gboolean
fail_with (JzOutput *self, int failure, GError **error)
{
  self->failure = failure;
  return jz_output_fail (self, error);
}

/* Whether the name still stands for what is open: the program that held it may just have given the
 * file its own name. */
static gboolean
is_still_named (const JzOutput *self)
{
  struct stat open_file;
  struct stat named;

  return fstat (self->fd, &open_file) == 0 && lstat (self->part, &named) == 0 &&
         open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

static int
open_part (const char *part)
{
  int fd;

  do
    fd = open (part, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static gboolean
take_part (JzOutput *self, GError **error)
{
  do {
    if (self->fd >= 0)
      (void)close (self->fd); /* nothing was written to it */
    self->fd = open_part (self->part);
    if (self->fd < 0)
      return fail_with (self, errno, error);
    if (flock (self->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      g_autofree char *shown = g_filename_display_name (self->path);
      /* It is somebody else's, so it is not removed. */
      g_clear_pointer (&self->part, g_free);
      g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE,
                   _ ("Another program is writing the bundle %s just now. Wait until it has "
                      "finished."),
                   shown);
      return FALSE;
    }
  } while (!is_still_named (self));
  return ftruncate (self->fd, 0) == 0 || fail_with (self, errno, error);
}

static gboolean
check_room (JzOutput *self, const char *folder, guint64 size, GError **error)
{
  struct statvfs state;
  guint64 n_free;

  if (statvfs (folder, &state) != 0)
    return fail_with (self, errno, error);
  n_free = (guint64)state.f_bavail * state.f_frsize;
  if (n_free >= size)
    return TRUE;
  g_autofree char *shown = g_filename_display_name (self->path);
  g_autofree char *needed = g_format_size (size);
  g_autofree char *available = g_format_size (n_free);
  g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE,
               _ ("The bundle %s needs %s, and only %s are free there. Make room, or choose "
                  "another disk."),
               shown, needed, available);
  return FALSE;
}

/* Begins a file that will have @size bytes at most. */
gboolean
jz_output_open (JzOutput *self, const char *path, guint64 size, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *hidden = g_strconcat (".", name, ".juanzong-part", NULL);

  self->fd = -1;
  self->path = g_strdup (path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return fail_with (self, EISDIR, error);
  if (!check_room (self, folder, size, error))
    return FALSE;
  self->part = g_build_filename (folder, hidden, NULL);
  self->buffer = g_byte_array_sized_new (BUFFER_SIZE);
  return take_part (self, error);
}

static gboolean
write_out (JzOutput *self, const guint8 *rest, gsize length)
{
  while (length > 0) {
    gssize n = write (self->fd, rest, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      self->failure = n < 0 ? errno : EIO;
      return FALSE;
    }
    rest += n;
    length -= (gsize)n;
  }
  return TRUE;
}

static gboolean
flush (JzOutput *self)
{
  gboolean is_done = self->failure == 0 && write_out (self, self->buffer->data, self->buffer->len);

  g_byte_array_set_size (self->buffer, 0);
  return is_done;
}

/* FALSE with @failure set. */
gboolean
jz_output_write (JzOutput *self, const void *data, gsize length)
{
  if (self->failure != 0)
    return FALSE;
  if (self->buffer->len + length > BUFFER_SIZE && !flush (self))
    return FALSE;
  if (length >= BUFFER_SIZE)
    return write_out (self, data, length);
  g_byte_array_append (self->buffer, data, (guint)length);
  return TRUE;
}

/* Gives the file its name. */
gboolean
jz_output_finish (JzOutput *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int failure = 0;

  if (!flush (self))
    return jz_output_fail (self, error);
  while (fsync (self->fd) != 0 && failure == 0)
    failure = errno != EINTR ? errno : 0;
  if (failure != 0)
    return fail_with (self, failure, error);
  if (rename (self->part, self->path) != 0)
    return fail_with (self, errno, error);
  g_clear_pointer (&self->part, g_free);
  return jz_folder_sync (folder, error);
}

void
jz_output_clear (JzOutput *self)
{
  /* Removed while it is still locked; where that fails, the next one begins it anew. */
  if (self->part != NULL && self->fd >= 0)
    (void)unlink (self->part);
  if (self->fd >= 0)
    (void)close (self->fd); /* what matters was settled by fsync */
  self->fd = -1;
  g_clear_pointer (&self->part, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->buffer, g_byte_array_unref);
}
