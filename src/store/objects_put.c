/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/chunk_list.h"
#include "store/error.h"
#include "store/files-private.h"
#include "store/files.h"
#include "store/objects-private.h"

/* New content is written whole and made durable in incoming/ before it gets its name, and the name
 * is durable before a put returns; so an act that is committed afterwards never names what a power
 * cut can take away. What a crash leaves in incoming/ is swept by whoever opens the store. Only the
 * process that holds the store's lock puts or removes; its threads may do so at the same time.
 * Folders are for the owner alone: evidence is full of what others must not read. */

static gboolean
make_roots (JzObjects *self, GError **error)
{
  gboolean made = TRUE;

  g_mutex_lock (&self->mutex);
  if (!self->has_roots)
    made =
      jz_folder_make (self->incoming, 0700, error) && jz_folder_make (self->folder, 0700, error);
  self->has_roots = made;
  g_mutex_unlock (&self->mutex);
  return made;
}

static gboolean
make_folder_of (JzObjects *self, const JzHash *hash, GError **error)
{
  guint8 first = hash->bytes[0];
  g_autofree char *path = g_strdup_printf ("%s/%02x", self->folder, first);
  gboolean made = TRUE;

  g_mutex_lock (&self->mutex);
  if (!self->has_folder[first])
    made = jz_folder_make (path, 0700, error);
  self->has_folder[first] = made;
  g_mutex_unlock (&self->mutex);
  return made;
}

/* An object of another size is not taken for the same one: an act that named it would name
 * something that cannot be read. */
static gboolean
find (const char *path, guint64 size, gboolean *is_there, GError **error)
{
  struct stat status;

  *is_there = lstat (path, &status) == 0;
  if (!*is_there && errno != ENOENT) {
    jz_store_error_set_from_errno (error, errno, path);
    return FALSE;
  }
  if (*is_there && (!S_ISREG (status.st_mode) || (guint64)status.st_size != size)) {
    jz_objects_set_damaged (error, path);
    return FALSE;
  }
  return TRUE;
}

/* Content that is there already is read once more before anybody relies on it: what rotted on the
 * disk since would otherwise be named by a new act. */
static gboolean
check_content (JzObjects *self, const JzHash *hash, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (JZ_CHUNK_SIZE);
  g_autoptr (JzHasher) hasher = jz_hasher_new ();
  g_autofree char *path = jz_objects_dup_path (self, hash);
  int fd = jz_objects_open_fd (self, hash, error);
  gsize n = JZ_CHUNK_SIZE;
  int failure = 0;
  JzHash found;

  if (fd < 0)
    return FALSE;
  while (n == JZ_CHUNK_SIZE && failure == 0) {
    failure = jz_fd_read (fd, buffer, JZ_CHUNK_SIZE, &n);
    if (failure == 0)
      jz_hasher_update (hasher, buffer, n);
  }
  close (fd);
  if (failure != 0) {
    jz_store_error_set_from_errno (error, failure, path);
    return FALSE;
  }
  jz_hasher_finish (hasher, &found);
  if (!jz_hash_equal (&found, hash))
    jz_objects_set_damaged (error, path);
  return jz_hash_equal (&found, hash);
}

/* @source is (nullable): the file that the user gave, which the sentence is about. */
static void
set_put_error (JzObjects *self, GError **error, const char *source, int failure)
{
  g_autofree char *name = source == NULL ? NULL : g_filename_display_name (source);
  g_autofree char *store = g_filename_display_name (self->store_path);

  if (name != NULL && (failure == ENOSPC || failure == EDQUOT))
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL,
                 _ ("There is no room for “%1$s” on the disk of the store “%2$s”; nothing was kept "
                    "of it. Free some space, then add the file again."),
                 name, store);
  else if (name != NULL && failure == EFBIG)
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL,
                 _ ("“%1$s” is larger than a file may be on the disk of the store “%2$s”; nothing "
                    "was kept of it. Move the store to a disk that allows larger files, then add "
                    "the file again."),
                 name, store);
  else
    jz_store_error_set_from_errno (error, failure, self->store_path);
}

/* Gives a sealed file the name of its content, unless another thread has just done so, and makes
 * the name durable. That happens for content that was there already as well: whoever put it may not
 * have come so far yet. */
static gboolean
place (JzObjects *self,
       JzPartialFile *file,
       const JzHash *hash,
       guint64 size,
       const char *source,
       GError **error)
{
  g_autofree char *path = jz_objects_dup_path (self, hash);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean is_there = FALSE;
  gboolean found = FALSE;
  int failure = 0;

  if (!make_folder_of (self, hash, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  found = find (path, size, &is_there, error);
  if (found && !is_there)
    failure = jz_partial_file_rename (file, path);
  g_mutex_unlock (&self->mutex);
  if (failure != 0)
    set_put_error (self, error, source, failure);
  if (!found || failure != 0 || (is_there && !check_content (self, hash, error)))
    return FALSE;
  return jz_folder_sync (folder, error);
}

static int
write_and_seal (JzPartialFile *file, const char *staging, GBytes *bytes)
{
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);
  int failure = jz_partial_file_open (file, staging);

  if (failure == 0)
    failure = jz_partial_file_write (file, data, length);
  if (failure == 0)
    failure = jz_partial_file_seal (file, 0444);
  return failure;
}

static gboolean
put_bytes (JzObjects *self, GBytes *bytes, JzHash *hash, const char *source, GError **error)
{
  g_auto (JzPartialFile) file = JZ_PARTIAL_FILE_INIT;
  g_autofree char *path = NULL;
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);
  gboolean is_there = FALSE;
  int failure = 0;

  jz_hash_of (data, length, hash);
  path = jz_objects_dup_path (self, hash);
  if (!make_roots (self, error) || !find (path, length, &is_there, error))
    return FALSE;
  if (!is_there)
    failure = write_and_seal (&file, self->incoming, bytes);
  if (failure != 0) {
    set_put_error (self, error, source, failure);
    return FALSE;
  }
  return place (self, &file, hash, length, source, error);
}

/**
 * jz_objects_put_bytes:
 * @self: the objects
 * @bytes: content, which may be empty
 * @object: (out caller-allocates): how an act names it; without a chunk list
 *
 * Stores content durably; content that is there already is not written again.
 *
 * Returns: whether it is stored; %JZ_STORE_ERROR_DAMAGED when something of another size has its
 * name
 */
gboolean
jz_objects_put_bytes (JzObjects *self, GBytes *bytes, JzObject *object, GError **error)
{
  JzHash hash;

  g_return_val_if_fail (self != NULL && bytes != NULL && object != NULL, FALSE);

  if (!put_bytes (self, bytes, &hash, NULL, error))
    return FALSE;
  *object = (JzObject){ .hash = hash, .size = g_bytes_get_size (bytes) };
  return TRUE;
}

typedef struct {
  JzObjects *objects;
  const char *path;
  int fd;
  struct stat before;
  JzPartialFile file;
  JzHash hash;
  GArray *pieces; /* of JzHash; NULL when there is to be no chunk list */
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Copy;

static void
copy_clear (Copy *self)
{
  if (self->fd >= 0)
    close (self->fd);
  jz_partial_file_clear (&self->file);
  g_clear_pointer (&self->pieces, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Copy, copy_clear)

static gboolean
copy_set_changed (Copy *self, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("“%s” changed while it was being taken in; nothing was kept of it. Wait until no "
                  "program writes to it, then add it again."),
               name);
  return FALSE;
}

static gboolean
copy_set_read_error (Copy *self, GError **error, int failure)
{
  g_autofree char *name = g_filename_display_name (self->path);

  if (failure != ENOENT && failure != ENODEV && failure != ENXIO && failure != ESTALE &&
      failure != ENOTCONN) {
    jz_store_error_set_from_errno (error, failure, self->path);
    return FALSE;
  }
  g_set_error (
    error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
    _ ("“%s” disappeared while it was being taken in; nothing was kept of it. Check that "
       "its disk is connected, then add it again."),
    name);
  return FALSE;
}

/* One that was replaced under its name by another file counts as changed, too: what was read is not
 * what the user will find there. */
static gboolean
copy_check_unchanged (Copy *self, GError **error)
{
  const struct stat *before = &self->before;
  struct stat after;
  struct stat named;

  if (fstat (self->fd, &after) != 0 || lstat (self->path, &named) != 0)
    return copy_set_read_error (self, error, errno);
  if (after.st_size != before->st_size || after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
      after.st_mtim.tv_nsec != before->st_mtim.tv_nsec || named.st_dev != before->st_dev ||
      named.st_ino != before->st_ino)
    return copy_set_changed (self, error);
  return TRUE;
}

static void
copy_report (Copy *self, guint64 done)
{
  if (self->progress != NULL)
    self->progress (done, (guint64)self->before.st_size, self->progress_data);
}

static gboolean
copy_write (Copy *self, const void *data, gsize length, GError **error)
{
  int failure = jz_partial_file_write (&self->file, data, length);

  if (failure != 0)
    set_put_error (self->objects, error, self->path, failure);
  if (failure == 0 && self->pieces != NULL) {
    JzHash piece;
    jz_hash_of (data, length, &piece);
    g_array_append_val (self->pieces, piece);
  }
  return failure == 0;
}

/* A source that grows for ever ends the loop as soon as it is longer than it was. */
static gboolean
copy_content (Copy *self, GError **error)
{
  g_autoptr (JzHasher) hasher = jz_hasher_new ();
  g_autofree guint8 *buffer = g_malloc (JZ_CHUNK_SIZE);
  guint64 size = (guint64)self->before.st_size;
  guint64 done = 0;
  gsize n = JZ_CHUNK_SIZE;

  copy_report (self, 0);
  while (n == JZ_CHUNK_SIZE) {
    int failure;
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      return FALSE;
    failure = jz_fd_read (self->fd, buffer, JZ_CHUNK_SIZE, &n);
    if (failure != 0)
      return copy_set_read_error (self, error, failure);
    done += n;
    if (done > size)
      return copy_set_changed (self, error);
    if (n == 0)
      break;
    jz_hasher_update (hasher, buffer, n);
    if (!copy_write (self, buffer, n, error))
      return FALSE;
    copy_report (self, done);
  }
  if (done != size)
    return copy_set_changed (self, error);
  jz_hasher_finish (hasher, &self->hash);
  return copy_check_unchanged (self, error);
}

static gboolean
copy_open (Copy *self, gboolean with_chunks, GError **error)
{
  int failure = 0;

  self->fd = jz_file_open_regular (self->path, &self->before, error);
  if (self->fd < 0)
    return FALSE;
  /* Only a hint for reading ahead; a file system that does not know it works as well. */
  (void)posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  if (with_chunks && self->before.st_size > JZ_CHUNK_SIZE)
    self->pieces = g_array_new (FALSE, FALSE, sizeof (JzHash));
  if (!make_roots (self->objects, error))
    return FALSE;
  failure = jz_partial_file_open (&self->file, self->objects->incoming);
  if (failure != 0)
    set_put_error (self->objects, error, self->path, failure);
  return failure == 0;
}

static gboolean
copy_place (Copy *self, GError **error)
{
  int failure = jz_partial_file_seal (&self->file, 0444);

  if (failure != 0) {
    set_put_error (self->objects, error, self->path, failure);
    return FALSE;
  }
  return place (self->objects, &self->file, &self->hash, (guint64)self->before.st_size, self->path,
                error);
}

static gboolean
copy_put_chunk_list (Copy *self, JzHash *hash, GError **error)
{
  g_autoptr (GBytes) list = jz_chunk_list_build ((guint64)self->before.st_size, &self->hash,
                                                 (const JzHash *)self->pieces->data);
  return put_bytes (self->objects, list, hash, self->path, error);
}

/**
 * jz_objects_put_file:
 * @self: the objects
 * @path: the source, a regular file and no link
 * @with_chunks: whether content of more than 1 MiB gets a chunk list
 * @progress: (nullable) (scope call): told the bytes done, in this thread
 * @progress_data: given to @progress
 * @cancellable: (nullable): checked every MiB
 * @object: (out caller-allocates): how an act names the content; written only on success
 *
 * Copies a file into the store while hashing it, with one buffer of 1 MiB whatever its size. The
 * content and its chunk list are durable when this returns. On any error nothing is left in
 * incoming/; where only the chunk list failed the content stays, named by no act. Serves R-20: the
 * original bytes are what is kept, or there is an error that names the file.
 *
 * Returns: whether it is stored; %JZ_STORE_ERROR_INVALID for a source that is not regular or
 *   changed while it was read, %JZ_STORE_ERROR_IO for one that disappeared,
 *   %JZ_STORE_ERROR_FULL, %G_IO_ERROR_CANCELLED
 */
gboolean
jz_objects_put_file (JzObjects *self,
                     const char *path,
                     gboolean with_chunks,
                     JzProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     JzObject *object,
                     GError **error)
{
  g_auto (Copy) copy = {
    .objects = self,
    .path = path,
    .fd = -1,
    .file = JZ_PARTIAL_FILE_INIT,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  JzHash chunks = { 0 };

  g_return_val_if_fail (self != NULL && path != NULL && object != NULL, FALSE);

  if (!copy_open (&copy, with_chunks, error) || !copy_content (&copy, error) ||
      !copy_place (&copy, error))
    return FALSE;
  if (copy.pieces != NULL && !copy_put_chunk_list (&copy, &chunks, error))
    return FALSE;
  *object = (JzObject){
    .hash = copy.hash,
    .size = (guint64)copy.before.st_size,
    .has_chunks = copy.pieces != NULL,
    .chunks = chunks,
  };
  return TRUE;
}
