/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "store/error.h"
#include "store/files-private.h"

/* Everything that a store writes outside its database goes through here: a new name in a staging
 * folder, all bytes, mode, fsync, rename, fsync of the folder. After a power cut a name therefore
 * stands for the old content or the new, never for a part. Only plain calls are used (open, write,
 * fchmod, fsync, rename, unlink, mkdir), so that a test can make each of them fail. */

static int
sync_fd (int fd)
{
  /* Only EINTR is tried again: after any other failure the kernel may have thrown the pages away,
   * and a second fsync would answer success for data that is lost. */
  while (fsync (fd) != 0) {
    if (errno != EINTR)
      return errno;
  }
  return 0;
}

static void
close_fd (int fd)
{
  /* What matters was settled by fsync; and the handle is gone whatever close() answers. */
  (void)close (fd);
}

/**
 * jz_partial_file_open:
 * @self: (out caller-allocates): one that is clear
 * @staging: an existing folder of the file system where the file will stand
 *
 * Creates a file with a name that nothing else has, for the owner alone until it is sealed.
 *
 * Returns: 0 or an errno
 */
int
jz_partial_file_open (JzPartialFile *self, const char *staging)
{
  static int counter = 0;

  /* A file left by a dead process of the same number makes the name taken; the next is free. */
  for (;;) {
    int number = g_atomic_int_add (&counter, 1);
    g_autofree char *path = g_strdup_printf ("%s/part-%d-%d", staging, (int)getpid (), number);
    int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0) {
      self->fd = fd;
      self->path = g_steal_pointer (&path);
      return 0;
    }
    if (errno != EEXIST && errno != EINTR)
      return errno;
  }
}

/**
 * jz_partial_file_write:
 * @self: an open file
 * @data: bytes
 * @length: their number
 *
 * Appends all of @data, however many calls that takes.
 *
 * Returns: 0 or an errno
 */
int
jz_partial_file_write (JzPartialFile *self, const void *data, gsize length)
{
  const guint8 *rest = data;

  while (length > 0) {
    ssize_t written = write (self->fd, rest, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    if (written == 0)
      return EIO;
    rest += written;
    length -= (gsize)written;
  }
  return 0;
}

/**
 * jz_partial_file_seal:
 * @self: an open file
 * @mode: its permissions from now on
 *
 * Makes content and mode durable and closes the file. The mode is set before the fsync because a
 * mode set after it might be lost.
 *
 * Returns: 0 or an errno
 */
int
jz_partial_file_seal (JzPartialFile *self, guint mode)
{
  int failure = fchmod (self->fd, (mode_t)mode) == 0 ? 0 : errno;

  if (failure == 0)
    failure = sync_fd (self->fd);
  close_fd (self->fd);
  self->fd = -1;
  return failure;
}

/**
 * jz_partial_file_rename:
 * @self: a sealed file
 * @path: its name; what has this name is replaced
 *
 * The name is durable only after jz_folder_sync() of its folder.
 *
 * Returns: 0 or an errno
 */
int
jz_partial_file_rename (JzPartialFile *self, const char *path)
{
  if (rename (self->path, path) != 0)
    return errno;
  g_clear_pointer (&self->path, g_free);
  return 0;
}

/**
 * jz_partial_file_clear:
 * @self: a file in any state
 *
 * Closes it and, where it was not renamed, removes it.
 */
void
jz_partial_file_clear (JzPartialFile *self)
{
  if (self->fd >= 0)
    close_fd (self->fd);
  self->fd = -1;
  /* One that cannot be removed does no harm: whatever lies in a staging folder is swept later. */
  if (self->path != NULL)
    (void)unlink (self->path);
  g_clear_pointer (&self->path, g_free);
}

/**
 * jz_file_open_regular:
 * @path: a file
 * @status: (out): what fstat() says of it
 *
 * Opens a regular file for reading. A link as its last part, a folder, a device or a pipe is
 * refused without waiting for it.
 *
 * Returns: a handle that the caller closes; -1 on error (%JZ_STORE_ERROR_INVALID for what is no
 *   regular file)
 */
int
jz_file_open_regular (const char *path, struct stat *status, GError **error)
{
  int fd = -1;

  /* O_NONBLOCK: opening a pipe that nobody writes would wait for ever. */
  do {
    fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0 && errno == ELOOP) {
    g_autofree char *name = g_filename_display_name (path);
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("“%s” is a link. Choose the file that it points to."), name);
    return -1;
  }
  if (fd < 0 || fstat (fd, status) != 0) {
    jz_store_error_set_from_errno (error, errno, path);
    if (fd >= 0)
      close_fd (fd);
    return -1;
  }
  if (!S_ISREG (status->st_mode)) {
    g_autofree char *name = g_filename_display_name (path);
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("“%s” is a folder or a device. Choose an ordinary file."), name);
    close_fd (fd);
    return -1;
  }
  return fd;
}

/**
 * jz_fd_read:
 * @fd: open for reading
 * @buffer: (out): room for @length bytes
 * @length: how many are wanted
 * @n: (out): how many there were; fewer than @length only at the end of the file
 *
 * Returns: 0 or an errno
 */
int
jz_fd_read (int fd, void *buffer, gsize length, gsize *n)
{
  gsize filled = 0;

  while (filled < length) {
    ssize_t got = read (fd, (guint8 *)buffer + filled, length - filled);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return errno;
    if (got == 0)
      break;
    filled += (gsize)got;
  }
  *n = filled;
  return 0;
}

static void
set_too_large (GError **error, const char *path, gsize max)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *size = g_format_size_full ((guint64)max, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("“%1$s” is larger than %2$s, which is the most that is read of a file of its "
                  "kind. Check that it is the right file."),
               name, size);
}

/* The size that fstat() told is only a hint: files under /proc say 0, and a file may grow. */
static GBytes *
read_all (int fd, gsize hint, gsize max, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize room = MIN (hint, max) + 1;

  for (;;) {
    gsize length = bytes->len;
    gsize n = 0;
    int failure;

    g_byte_array_set_size (bytes, (guint)(length + room));
    failure = jz_fd_read (fd, bytes->data + length, room, &n);
    if (failure != 0) {
      jz_store_error_set_from_errno (error, failure, path);
      return NULL;
    }
    g_byte_array_set_size (bytes, (guint)(length + n));
    if (length + n > max) {
      set_too_large (error, path, max);
      return NULL;
    }
    if (n < room)
      return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
    room = MIN (MAX (bytes->len, 4096), max + 1 - bytes->len);
  }
}

/**
 * jz_file_read:
 * @path: a file
 * @max: the most bytes it may have, below 1 GiB
 *
 * Reads a whole regular file. A link as its last part, a folder, a pipe or a device is refused, and
 * never more than @max + 1 bytes are read, whatever the file says of its size.
 *
 * Returns: (transfer full): its content; %NULL on error (%JZ_STORE_ERROR_INVALID for a file that is
 *   too large or not regular)
 */
GBytes *
jz_file_read (const char *path, gsize max, GError **error)
{
  struct stat status;
  GBytes *bytes = NULL;
  int fd = -1;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (max < 1024 * 1024 * 1024, NULL);

  fd = jz_file_open_regular (path, &status, error);
  if (fd < 0)
    return NULL;
  if ((guint64)status.st_size > max)
    set_too_large (error, path, max);
  else
    bytes = read_all (fd, (gsize)status.st_size, max, path, error);
  close_fd (fd);
  return bytes;
}

static int
sync_folder (const char *path)
{
  int failure = 0;
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return errno;
  failure = sync_fd (fd);
  close_fd (fd);
  /* A file system that has no such thing as syncing a folder says EINVAL; asking more of it than it
   * can do would only keep the program from working there. */
  return failure == EINVAL ? 0 : failure;
}

static int
sync_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  return sync_folder (folder);
}

/**
 * jz_folder_sync:
 * @path: a folder
 *
 * Makes names that were made, changed or removed in @path durable.
 *
 * Returns: whether it could
 */
gboolean
jz_folder_sync (const char *path, GError **error)
{
  int failure = 0;

  g_return_val_if_fail (path != NULL, FALSE);

  failure = sync_folder (path);
  if (failure != 0)
    jz_store_error_set_from_errno (error, failure, path);
  return failure == 0;
}

static int
write_durably (JzPartialFile *file,
               const char *path,
               const char *staging,
               GBytes *bytes,
               guint mode)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);
  int failure = jz_partial_file_open (file, staging);

  if (failure == 0)
    failure = jz_partial_file_write (file, data, length);
  if (failure == 0)
    failure = jz_partial_file_seal (file, mode);
  if (failure == 0)
    failure = jz_partial_file_rename (file, path);
  if (failure == 0)
    failure = sync_folder_of (path);
  return failure;
}

/**
 * jz_file_write_durably:
 * @path: the file's name; an existing file is replaced
 * @staging: a folder of the same file system for what is not finished
 * @bytes: its content
 * @mode: its permissions, whatever the umask says
 *
 * Writes a file so that it survives a power cut once this has returned, and so that until then
 * @path has its old content or none. On error @path has its old or its new content, whole, and
 * nothing is left in @staging.
 *
 * Returns: whether it is written and durable
 */
gboolean
jz_file_write_durably (const char *path,
                       const char *staging,
                       GBytes *bytes,
                       guint mode,
                       GError **error)
{
  g_auto (JzPartialFile) file = JZ_PARTIAL_FILE_INIT;
  int failure = 0;

  g_return_val_if_fail (path != NULL && staging != NULL && bytes != NULL, FALSE);

  failure = write_durably (&file, path, staging, bytes, mode);
  if (failure != 0)
    jz_store_error_set_from_errno (error, failure, path);
  return failure == 0;
}

/**
 * jz_folder_make:
 * @path: a folder whose parent exists
 * @mode: its permissions, less the umask
 *
 * Makes a folder and makes its name durable. An existing folder is fine; its name is made durable
 * too, because whoever made it may have died before doing so.
 *
 * Returns: whether the folder is there, durably; %JZ_STORE_ERROR_EXISTS when something else has its
 *   name
 */
gboolean
jz_folder_make (const char *path, guint mode, GError **error)
{
  int failure = 0;

  g_return_val_if_fail (path != NULL, FALSE);

  if (mkdir (path, (mode_t)mode) != 0)
    failure = errno;
  if (failure == EEXIST) {
    if (!g_file_test (path, G_FILE_TEST_IS_DIR)) {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                   _ ("The folder “%s” cannot be made because a file has this name. Remove or "
                      "rename that file first."),
                   name);
      return FALSE;
    }
    failure = 0;
  }
  if (failure == 0)
    failure = sync_folder_of (path);
  if (failure != 0)
    jz_store_error_set_from_errno (error, failure, path);
  return failure == 0;
}

/**
 * jz_file_remove_durably:
 * @path: a file; one that is missing is fine
 *
 * Removes a name so that it does not come back after a power cut.
 *
 * Returns: whether it is gone, durably
 */
gboolean
jz_file_remove_durably (const char *path, GError **error)
{
  int failure = 0;

  g_return_val_if_fail (path != NULL, FALSE);

  if (unlink (path) != 0 && errno != ENOENT)
    failure = errno;
  if (failure == 0) {
    failure = sync_folder_of (path);
    /* The whole folder is missing, and the file with it. */
    if (failure == ENOENT)
      failure = 0;
  }
  if (failure != 0)
    jz_store_error_set_from_errno (error, failure, path);
  return failure == 0;
}

/**
 * jz_file_make_private:
 * @path: a file
 *
 * Makes an empty file that only its owner may read and write, whatever the umask says, for a
 * library that would make it readable for others. One that is there already is not opened: closing
 * it would undo the locks that this process has on it.
 *
 * Returns: whether there is a file
 */
gboolean
jz_file_make_private (const char *path, GError **error)
{
  int fd = -1;

  g_return_val_if_fail (path != NULL, FALSE);

  do {
    fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  } while (fd < 0 && errno == EINTR);
  if (fd >= 0)
    close_fd (fd);
  else if (errno != EEXIST)
    jz_store_error_set_from_errno (error, errno, path);
  else
    return TRUE;
  return fd >= 0;
}

/* Says whether there was something to remove; folders, pipes and devices are nobody's leavings. */
static int
remove_leaving (const char *path, gboolean *is_removed)
{
  struct stat status;

  *is_removed = FALSE;
  if (lstat (path, &status) != 0)
    return errno == ENOENT ? 0 : errno;
  if (!S_ISREG (status.st_mode) && !S_ISLNK (status.st_mode))
    return 0;
  if (unlink (path) != 0)
    return errno == ENOENT ? 0 : errno;
  *is_removed = TRUE;
  return 0;
}

/**
 * jz_folder_sweep:
 * @path: a folder
 * @removed: (element-type utf8) (nullable): gets the names of what was removed
 *
 * Removes the files and links in a folder. What is neither, a folder that somebody put there for
 * instance, is left alone. One that cannot be removed keeps no other from going.
 *
 * Returns: whether all of them are gone, durably; else the error names the first that is not
 */
gboolean
jz_folder_sweep (const char *path, GPtrArray *removed, GError **error)
{
  return jz_folder_sweep_except (path, NULL, removed, error);
}

/**
 * jz_folder_sweep_except:
 * @path: a folder
 * @kept: (element-type utf8) (nullable): names that stay
 * @removed: (element-type utf8) (nullable): gets the names of what was removed
 *
 * As jz_folder_sweep(), but leaves what is still needed.
 *
 * Returns: as jz_folder_sweep()
 */
gboolean
jz_folder_sweep_except (const char *path, GHashTable *kept, GPtrArray *removed, GError **error)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n_removed = 0;
  gboolean is_swept = TRUE;

  g_return_val_if_fail (path != NULL, FALSE);

  folder = g_dir_open (path, 0, error);
  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    gboolean is_removed = FALSE;
    int failure = 0;
    if (kept == NULL || !g_hash_table_contains (kept, name))
      failure = remove_leaving (file, &is_removed);
    if (failure != 0 && is_swept)
      jz_store_error_set_from_errno (error, failure, file);
    is_swept = is_swept && failure == 0;
    n_removed += is_removed ? 1 : 0;
    if (is_removed && removed != NULL)
      g_ptr_array_add (removed, g_strdup (name));
  }
  if (n_removed == 0)
    return is_swept;
  return jz_folder_sync (path, is_swept ? error : NULL) && is_swept;
}
