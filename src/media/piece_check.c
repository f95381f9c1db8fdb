/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/piece_check.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/chunk_list.h"
#include "store/error.h"

/* The bytes of a recording are checked while it plays: each piece of 1 MiB against the hash
 * that was written down when it came, from where it plays on and then from the beginning. */

/* Between two pieces, so that who plays comes first at the disk. */
#define PAUSE_US 1000

typedef struct {
  int fd;
  const JzObject *object;
  JzChunkList list; /* points into @bytes */
  GBytes *bytes;
  guint8 *buffer;
} Check;

static void
check_clear (Check *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->buffer, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static gboolean
load_list (Check *self, JzObjects *objects, GError **error)
{
  if (!self->object->has_chunks)
    return TRUE;
  self->bytes = jz_objects_get_bytes (objects, &self->object->chunks,
                                      jz_chunk_list_length (self->object->size), error);
  if (self->bytes == NULL)
    return FALSE;
  if (jz_chunk_list_parse (self->bytes, &self->list) && self->list.size == self->object->size &&
      jz_hash_equal (&self->list.object, &self->object->hash))
    return TRUE;
  g_set_error_literal (
    error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
    _ ("The list with which the parts of the file are checked belongs to another "
       "file; let the whole store be verified."));
  return FALSE;
}

/* As much of the piece as the file has; a part of the disk that cannot be read is like a wrong one.
 */
static gsize
read_piece (const Check *self, guint64 piece)
{
  gsize length = 0;

  while (length < JZ_CHUNK_SIZE) {
    ssize_t n = pread (self->fd, self->buffer + length, JZ_CHUNK_SIZE - length,
                       (off_t)(piece * JZ_CHUNK_SIZE + length));
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    length += (gsize)n;
  }
  return length;
}

static gboolean
is_good (const Check *self, guint64 piece)
{
  gsize length = read_piece (self, piece);
  JzHash hash;

  if (self->object->has_chunks)
    return jz_chunk_list_check_piece (&self->list, piece, self->buffer, length);
  jz_hash_of (self->buffer, length, &hash);
  return length == self->object->size && jz_hash_equal (&hash, &self->object->hash);
}

/**
 * jz_pieces_check:
 * @objects: a store's
 * @object: one of them, with its chunk list, or of at most 1 MiB
 * @first: the piece from which it begins; it goes round
 * @told: called for each piece that is wrong
 * @data: for @told
 * @cancellable: (nullable): ends it
 * @error: return location
 *
 * Returns: whether every piece was looked at
 */
gboolean
jz_pieces_check (JzObjects *objects,
                 const JzObject *object,
                 guint64 first,
                 JzPieceTold told,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  guint64 n_pieces = MAX (1, (object->size + JZ_CHUNK_SIZE - 1) / JZ_CHUNK_SIZE);
  g_auto (Check) check = { .fd = -1, .object = object };

  g_return_val_if_fail (objects != NULL && object != NULL && told != NULL, FALSE);

  if (!object->has_chunks && object->size > JZ_CHUNK_SIZE)
    return TRUE;
  check.fd = jz_objects_open_fd (objects, &object->hash, error);
  if (check.fd < 0 || !load_list (&check, objects, error))
    return FALSE;
  check.buffer = g_malloc (JZ_CHUNK_SIZE);
  for (guint64 i = 0; i < n_pieces; i++) {
    guint64 piece = (first + i) % n_pieces;
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (!is_good (&check, piece))
      told (piece, data);
    g_usleep (PAUSE_US);
  }
  return TRUE;
}
