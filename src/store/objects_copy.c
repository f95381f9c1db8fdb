/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/objects_copy-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/chunk_list.h"
#include "store/error.h"

/* The way of a file into the store: read once, 1 MiB at a time, hashed as a whole and by the piece,
 * written. Whoever calls this decides what becomes of a copy that did not come to its end. */

/* So much is handed to the disk at a time, while the next is still read and hashed: then there is
 * little left to wait for when the file is made durable. */
#define FLUSH_SIZE ((guint64)8 * JZ_CHUNK_SIZE)

/* From so much on it is hashed in threads. */
#define MIN_SIZE_OF_THREADS ((goffset)4 * JZ_CHUNK_SIZE)

/**
 * jz_file_copy_clear:
 * @self: a copy in any state
 *
 * Closes everything, and removes the copy unless it got its name.
 */
void
jz_file_copy_clear (JzFileCopy *self)
{
  /* What was read is noted down to its end, so that it need not be read again. */
  g_clear_pointer (&self->hashes, jz_copy_hasher_free);
  if (self->fd >= 0)
    close (self->fd);
  if (self->sums >= 0)
    close (self->sums);
  self->fd = -1;
  self->sums = -1;
  jz_partial_file_clear (&self->file);
  g_clear_pointer (&self->note, g_free);
}

static gboolean
set_changed (JzFileCopy *self, GError **error)
{
  g_autofree char *name = g_filename_display_name (self->path);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("“%s” changed while it was being taken in; nothing was kept of it. Wait until no "
                  "program writes to it, then add it again."),
               name);
  return FALSE;
}

static gboolean
set_read_error (JzFileCopy *self, GError **error, int failure)
{
  g_autofree char *name = g_filename_display_name (self->path);
  gboolean is_gone = failure == ENOENT || failure == ENODEV || failure == ENXIO ||
                     failure == ESTALE || failure == ENOTCONN;

  if (!is_gone && self->sums < 0)
    jz_store_error_set_from_errno (error, failure, self->path);
  else if (self->sums < 0)
    g_set_error (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
      _ ("“%s” disappeared while it was being taken in; nothing was kept of it. Check that "
         "its disk is connected, then add it again."),
      name);
  else if (is_gone)
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
                 _ ("“%s” disappeared while it was being taken in. Check that its disk is "
                    "connected, then add it again: what was read already need not be read again."),
                 name);
  else
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO,
                 _ ("“%1$s” could not be read any further (%2$s). Check its disk or card, then add "
                    "it again: what was read already need not be read again."),
                 name, g_strerror (failure));
  return FALSE;
}

/* One that was replaced under its name by another file counts as changed, too: what was read is not
 * what the user will find there. */
static gboolean
check_unchanged (JzFileCopy *self, gboolean *is_source_gone, GError **error)
{
  const struct stat *before = &self->before;
  struct stat after;
  struct stat named;

  if (fstat (self->fd, &after) != 0 || lstat (self->path, &named) != 0) {
    *is_source_gone = TRUE;
    return set_read_error (self, error, errno);
  }
  if (after.st_size != before->st_size || after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
      after.st_mtim.tv_nsec != before->st_mtim.tv_nsec || named.st_dev != before->st_dev ||
      named.st_ino != before->st_ino)
    return set_changed (self, error);
  return TRUE;
}

/**
 * jz_file_copy_report:
 * @self: a copy
 *
 * Tells how far it is; may hold the copy for as long as it likes.
 */
void
jz_file_copy_report (const JzFileCopy *self)
{
  if (self->progress != NULL)
    self->progress (self->done, (guint64)self->before.st_size, self->progress_data);
}

/**
 * jz_file_copy_take_piece:
 * @self: a copy
 * @n: bytes at the beginning of its buffer
 *
 * Counts a piece in that is in the copy, by its hashes.
 *
 * Returns: 0, or an errno when a hash could not be noted down for resuming
 */
int
jz_file_copy_take_piece (JzFileCopy *self, gsize n)
{
  jz_copy_hasher_take (self->hashes, n, self->sums);
  self->done += n;
  return jz_copy_hasher_get_failure (self->hashes);
}

static gboolean
write_piece (JzFileCopy *self, gsize n, GError **error)
{
  int failure = jz_partial_file_write (&self->file, jz_copy_hasher_get_buffer (self->hashes), n);

  if (failure == 0)
    failure = jz_file_copy_take_piece (self, n);
  if (failure != 0)
    jz_objects_set_put_error (self->objects, error, self->path, failure);
  /* Only a hint; where the file system does not know it the end waits longer. */
  else if (self->done % FLUSH_SIZE == 0)
    (void)sync_file_range (self->file.fd, (off_t)(self->done - FLUSH_SIZE), (off_t)FLUSH_SIZE,
                           SYNC_FILE_RANGE_WRITE);
  return failure == 0;
}

/**
 * jz_file_copy_run:
 * @self: a copy whose source and file are open, both at @self->done
 * @is_source_gone: (out): whether it failed because the source cannot be read any more
 * @error: return location
 *
 * Copies what is missing. A source that grows for ever ends it as soon as it is longer than it was.
 *
 * Returns: whether all of it is in the copy, and the source is what it was
 */
gboolean
jz_file_copy_run (JzFileCopy *self, gboolean *is_source_gone, GError **error)
{
  guint64 size = (guint64)self->before.st_size;
  gsize n = JZ_CHUNK_SIZE;

  *is_source_gone = FALSE;
  jz_file_copy_report (self);
  while (n == JZ_CHUNK_SIZE) {
    int failure;
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
      return FALSE;
    failure = jz_fd_read (self->fd, jz_copy_hasher_get_buffer (self->hashes), JZ_CHUNK_SIZE, &n);
    if (failure != 0) {
      *is_source_gone = TRUE;
      return set_read_error (self, error, failure);
    }
    if (self->done + n > size)
      return set_changed (self, error);
    if (n == 0)
      break;
    if (!write_piece (self, n, error))
      return FALSE;
    jz_file_copy_report (self);
  }
  return self->done == size ? check_unchanged (self, is_source_gone, error)
                            : set_changed (self, error);
}

/* A disk that is too full is found out before hours of copying, not after. */
static gboolean
check_room (JzFileCopy *self, GError **error)
{
  struct statvfs room;

  if (statvfs (self->objects->incoming, &room) != 0 ||
      (guint64)self->before.st_size / room.f_frsize <= (guint64)room.f_bavail)
    return TRUE;
  jz_objects_set_put_error (self->objects, error, self->path, ENOSPC);
  return FALSE;
}

/**
 * jz_file_copy_open_source:
 * @self: a new copy
 * @with_chunks: whether content of more than 1 MiB gets a chunk list
 * @error: return location
 *
 * Returns: whether the source can be read and the store has room for it
 */
gboolean
jz_file_copy_open_source (JzFileCopy *self, gboolean with_chunks, GError **error)
{
  self->fd = jz_file_open_regular (self->path, &self->before, error);
  if (self->fd < 0)
    return FALSE;
  /* Only a hint for reading ahead; a file system that does not know it works as well. */
  (void)posix_fadvise (self->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  self->hashes = jz_copy_hasher_new (with_chunks && self->before.st_size > JZ_CHUNK_SIZE,
                                     self->before.st_size >= MIN_SIZE_OF_THREADS);
  return jz_objects_make_roots (self->objects, error) && check_room (self, error);
}

static GBytes *
build_chunk_list (JzObject *object, const JzHash *pieces)
{
  GBytes *list = jz_chunk_list_build (object->size, &object->hash, pieces);
  gsize length = 0;
  const void *data = g_bytes_get_data (list, &length);

  jz_hash_of (data, length, &object->chunks);
  return list;
}

/* Before it gets its name: a program that is killed at any moment leaves content that has a note,
 * or none. Without a note it is only lost if the program ends before the act. */
static void
note_arrival (JzFileCopy *self, const JzObject *object)
{
  g_autofree char *name = self->arrives_for != NULL ? g_path_get_basename (self->path) : NULL;

  g_clear_pointer (&self->note, g_free);
  if (name != NULL)
    self->note = jz_objects_note_arrival (self->objects, object, name, self->arrives_for, NULL);
}

static void
forget_arrival (JzFileCopy *self)
{
  if (self->note != NULL)
    (void)jz_objects_drop_arrival (self->objects, self->note, NULL);
  g_clear_pointer (&self->note, g_free);
}

static gboolean
place_all (JzFileCopy *self, const JzObject *object, GBytes *list, GError **error)
{
  JzHash chunks;

  return jz_objects_place (self->objects, &self->file, &object->hash, object->size, self->path,
                           error) &&
         (list == NULL ||
          jz_objects_put_named_bytes (self->objects, list, &chunks, self->path, error));
}

/**
 * jz_file_copy_place:
 * @self: a copy that is complete
 * @object: (out caller-allocates): how an act names it; written only on success
 * @error: return location
 *
 * Makes it durable under the name of its content, with its chunk list. Its arrival, if that is to
 * be noted down, is noted before.
 *
 * Returns: whether it is stored
 */
gboolean
jz_file_copy_place (JzFileCopy *self, JzObject *object, GError **error)
{
  JzObject placed = {
    .size = (guint64)self->before.st_size,
    .has_chunks = jz_copy_hasher_has_pieces (self->hashes),
  };
  g_autoptr (GBytes) list = NULL;
  const JzHash *pieces;
  int failure = jz_partial_file_seal (&self->file, 0444);

  if (failure != 0) {
    jz_objects_set_put_error (self->objects, error, self->path, failure);
    return FALSE;
  }
  pieces = jz_copy_hasher_finish (self->hashes, &placed.hash);
  if (placed.has_chunks)
    list = build_chunk_list (&placed, pieces);
  note_arrival (self, &placed);
  if (!place_all (self, &placed, list, error)) {
    forget_arrival (self);
    return FALSE;
  }
  *object = placed;
  return TRUE;
}
