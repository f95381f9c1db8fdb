/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/objects_copy-private.h"
#include "store/objects_ticket-private.h"

/* Takes in large files so that an hour of copying is not lost: with a ticket beside the copy (see
 * objects_ticket.c). The copy stays where the work was interrupted or its source went away, and
 * goes in every other case: where the source changed, or the disk of the store is full. */

/* What is copied in a moment is not worth a ticket. */
#define MIN_SIZE ((goffset)8 * JZ_CHUNK_SIZE)

static gboolean
begin (JzObjects *self, const char *key)
{
  gboolean is_new;

  g_mutex_lock (&self->mutex);
  is_new = g_hash_table_add (self->takes, g_strdup (key));
  self->n_writing += is_new ? 1 : 0;
  g_mutex_unlock (&self->mutex);
  return is_new;
}

static void
end (JzObjects *self, const char *key)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->takes, key);
  self->n_writing--;
  g_mutex_unlock (&self->mutex);
}

static int
open_own (const char *path)
{
  return open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static gboolean
fail (JzFileCopy *copy, int failure, GError **error)
{
  jz_objects_set_put_error (copy->objects, error, copy->path, failure);
  return FALSE;
}

/* Counts in, from the beginning, the pieces that are what was read of the source. */
static gboolean
take_what_is_there (JzFileCopy *copy, GError **error)
{
  JzHash noted;
  JzHash found;
  gsize n = 0;
  int sums = copy->sums;
  guint8 *buffer;

  copy->sums = -1; /* they are noted down already */
  while (copy->done + JZ_CHUNK_SIZE <= (guint64)copy->before.st_size) {
    if (g_cancellable_set_error_if_cancelled (copy->cancellable, error))
      break;
    buffer = jz_copy_hasher_get_buffer (copy->hashes);
    if (jz_fd_read (sums, noted.bytes, sizeof noted.bytes, &n) != 0 || n < sizeof noted.bytes ||
        jz_fd_read (copy->file.fd, buffer, JZ_CHUNK_SIZE, &n) != 0 || n < JZ_CHUNK_SIZE)
      break;
    jz_hash_of (buffer, JZ_CHUNK_SIZE, &found);
    if (!jz_hash_equal (&found, &noted))
      break;
    (void)jz_file_copy_take_piece (copy, JZ_CHUNK_SIZE); /* without sums nothing can fail */
    jz_file_copy_report (copy);
  }
  copy->sums = sums;
  return !g_cancellable_is_cancelled (copy->cancellable);
}

/* All three stand behind the last piece that counts, and there is nothing behind it. */
static gboolean
seek_all (JzFileCopy *copy, GError **error)
{
  off_t sums = (off_t)(copy->done / JZ_CHUNK_SIZE * sizeof (JzHash));

  if (ftruncate (copy->file.fd, (off_t)copy->done) != 0 || ftruncate (copy->sums, sums) != 0 ||
      lseek (copy->file.fd, (off_t)copy->done, SEEK_SET) < 0 ||
      lseek (copy->sums, sums, SEEK_SET) < 0 || lseek (copy->fd, (off_t)copy->done, SEEK_SET) < 0)
    return fail (copy, errno, error);
  return TRUE;
}

static gboolean
open_part (JzFileCopy *copy, JzTicketFiles *files, const char *purpose, GError **error)
{
  gboolean is_resumed = jz_ticket_is_of (files, copy->path, purpose, &copy->before);
  int failure = 0;

  if (!is_resumed)
    jz_ticket_files_remove (files);
  if (!is_resumed)
    failure = jz_ticket_write (files, copy->path, purpose, &copy->before);
  if (failure != 0)
    return fail (copy, failure, error);
  /* It may have been made read-only just before it would have got its name. */
  if (is_resumed)
    (void)chmod (files->part, 0600);
  copy->file.path = g_strdup (files->part);
  copy->file.fd = open_own (files->part);
  copy->sums = copy->file.fd >= 0 ? open_own (files->sums) : -1;
  if (copy->sums < 0)
    return fail (copy, errno, error);
  return (!is_resumed || take_what_is_there (copy, error)) && seek_all (copy, error);
}

static gboolean
take (JzFileCopy *copy, JzTicketFiles *files, const char *purpose, JzObject *object, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean is_source_gone = FALSE;

  if (!open_part (copy, files, purpose, &local) ||
      !jz_file_copy_run (copy, &is_source_gone, &local)) {
    gboolean is_kept = is_source_gone || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    if (is_kept)
      g_clear_pointer (&copy->file.path, g_free);
    else
      jz_ticket_files_remove (files);
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (!jz_file_copy_place (copy, object, error)) {
    jz_ticket_files_remove (files);
    return FALSE;
  }
  jz_ticket_files_remove (files);
  return TRUE;
}

static gboolean
is_large (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size >= MIN_SIZE;
}

static gboolean
take_in (JzFileCopy *copy, const char *purpose, JzObject *object, GError **error)
{
  g_auto (JzTicketFiles) files = { NULL };
  g_autofree char *key = jz_ticket_make_key (copy->path, purpose);
  gboolean is_stored;

  /* The same file is on its way twice: only one of them can be resumed. */
  if (!is_large (copy->path) || !begin (copy->objects, key))
    return jz_file_copy_put (copy, TRUE, object, error);
  jz_ticket_files_init (&files, copy->objects, key);
  is_stored =
    jz_file_copy_open_source (copy, TRUE, error) && take (copy, &files, purpose, object, error);
  end (copy->objects, key);
  return is_stored;
}

/**
 * jz_objects_take_file:
 * @self: the objects
 * @path: the source, a regular file and no link
 * @purpose: what it is taken in for, such as the id of a case; may be empty
 * @progress: (nullable) (scope call): told the bytes done, in this thread; while it does not return
 *   the copy is held
 * @progress_data: given to @progress
 * @cancellable: (nullable): checked every MiB
 * @object: (out caller-allocates): how an act names the content; written only on success
 *
 * Copies a file into the store as jz_objects_put_file() does, with a chunk list, and goes on where
 * an earlier call with the same arguments was interrupted, if the source is still the same file
 * with the same time and size. What is there already is read again and compared with what was noted
 * down when it came from the source. Serves R-20.
 *
 * Returns: whether it is stored; errors as for jz_objects_put_file(). After %G_IO_ERROR_CANCELLED,
 *   and where the source could not be read any more, the part that was read stays, until
 *   jz_objects_forget_take(); after all others nothing is kept
 */
gboolean
jz_objects_take_file (JzObjects *self,
                      const char *path,
                      const char *purpose,
                      JzProgress progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      JzObject *object,
                      GError **error)
{
  g_auto (JzFileCopy) copy =
    JZ_FILE_COPY_INIT (.objects = self, .path = path, .progress = progress,
                       .progress_data = progress_data, .cancellable = cancellable);

  g_return_val_if_fail (self != NULL && path != NULL && purpose != NULL && object != NULL, FALSE);

  return take_in (&copy, purpose, object, error);
}

/**
 * jz_objects_take_arrival:
 * @self: the objects
 * @path: the source, a regular file and no link
 * @purpose: what it is taken in for, such as the id of a case; may be empty
 * @progress: (nullable) (scope call): see jz_objects_take_file()
 * @progress_data: given to @progress
 * @cancellable: (nullable): checked every MiB
 * @object: (out caller-allocates): how an act names the content; written only on success
 * @note: (out) (optional) (nullable) (transfer full): by what the note is dropped
 * @error: return location
 *
 * As jz_objects_take_file(), and notes down the arrival as jz_objects_note_arrival() does before
 * the content gets its name: whenever the program is killed, the next one finds what to do with it.
 *
 * Returns: as jz_objects_take_file()
 */
gboolean
jz_objects_take_arrival (JzObjects *self,
                         const char *path,
                         const char *purpose,
                         JzProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         JzObject *object,
                         char **note,
                         GError **error)
{
  g_auto (JzFileCopy) copy = JZ_FILE_COPY_INIT (.objects = self, .path = path, .progress = progress,
                                                .progress_data = progress_data,
                                                .cancellable = cancellable, .arrives_for = purpose);
  gboolean is_stored;

  g_return_val_if_fail (self != NULL && path != NULL && purpose != NULL && object != NULL, FALSE);

  is_stored = take_in (&copy, purpose, object, error);
  if (note != NULL)
    *note = is_stored ? g_steal_pointer (&copy.note) : NULL;
  return is_stored;
}
