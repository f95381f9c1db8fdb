/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/files.h"
#include "store/objects_copy-private.h"

/* New content is written whole and made durable in incoming/ before it gets its name, and the name
 * is durable before a put returns; so an act that is committed afterwards never names what a power
 * cut can take away. What a crash leaves in incoming/ is swept by whoever opens the store. Only the
 * process that holds the store's lock puts or removes; its threads may do so at the same time.
 * Folders are for the owner alone: evidence is full of what others must not read. */

/**
 * jz_objects_begin_writing:
 * @self: the objects
 *
 * From now on, until jz_objects_end_writing(), nothing is swept from incoming/.
 */
void
jz_objects_begin_writing (JzObjects *self)
{
  g_mutex_lock (&self->mutex);
  self->n_writing++;
  g_mutex_unlock (&self->mutex);
}

/**
 * jz_objects_end_writing:
 * @self: the objects
 */
void
jz_objects_end_writing (JzObjects *self)
{
  g_mutex_lock (&self->mutex);
  self->n_writing--;
  g_mutex_unlock (&self->mutex);
}

/* Makes incoming/ and objects/. */
gboolean
jz_objects_make_roots (JzObjects *self, GError **error)
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
void
jz_objects_set_put_error (JzObjects *self, GError **error, const char *source, int failure)
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
gboolean
jz_objects_place (JzObjects *self,
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
    jz_objects_set_put_error (self, error, source, failure);
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

gboolean
jz_objects_put_named_bytes (JzObjects *self,
                            GBytes *bytes,
                            JzHash *hash,
                            const char *source,
                            GError **error)
{
  g_auto (JzPartialFile) file = JZ_PARTIAL_FILE_INIT;
  g_autofree char *path = NULL;
  gsize length = 0;
  const void *data = g_bytes_get_data (bytes, &length);
  gboolean is_there = FALSE;
  int failure = 0;

  jz_hash_of (data, length, hash);
  path = jz_objects_dup_path (self, hash);
  if (!jz_objects_make_roots (self, error) || !find (path, length, &is_there, error))
    return FALSE;
  if (!is_there)
    failure = write_and_seal (&file, self->incoming, bytes);
  if (failure != 0) {
    jz_objects_set_put_error (self, error, source, failure);
    return FALSE;
  }
  return jz_objects_place (self, &file, hash, length, source, error);
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
  gboolean is_stored = FALSE;

  g_return_val_if_fail (self != NULL && bytes != NULL && object != NULL, FALSE);

  jz_objects_begin_writing (self);
  is_stored = jz_objects_put_named_bytes (self, bytes, &hash, NULL, error);
  jz_objects_end_writing (self);
  if (!is_stored)
    return FALSE;
  *object = (JzObject){ .hash = hash, .size = g_bytes_get_size (bytes) };
  return TRUE;
}

static gboolean
open_part (JzFileCopy *copy, GError **error)
{
  int failure = jz_partial_file_open (&copy->file, copy->objects->incoming);

  if (failure != 0)
    jz_objects_set_put_error (copy->objects, error, copy->path, failure);
  return failure == 0;
}

/**
 * jz_file_copy_put:
 * @self: a new copy
 * @with_chunks: whether content of more than 1 MiB gets a chunk list
 * @object: (out caller-allocates): how an act names it; written only on success
 * @error: return location
 *
 * Copies all of it, from the beginning.
 *
 * Returns: whether it is stored
 */
gboolean
jz_file_copy_put (JzFileCopy *self, gboolean with_chunks, JzObject *object, GError **error)
{
  gboolean is_source_gone = FALSE;
  gboolean is_stored;

  jz_objects_begin_writing (self->objects);
  is_stored = jz_file_copy_open_source (self, with_chunks, error) && open_part (self, error) &&
              jz_file_copy_run (self, &is_source_gone, error) &&
              jz_file_copy_place (self, object, error);
  jz_objects_end_writing (self->objects);
  return is_stored;
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
  g_auto (JzFileCopy) copy =
    JZ_FILE_COPY_INIT (.objects = self, .path = path, .progress = progress,
                       .progress_data = progress_data, .cancellable = cancellable);

  g_return_val_if_fail (self != NULL && path != NULL && object != NULL, FALSE);

  return jz_file_copy_put (&copy, with_chunks, object, error);
}
