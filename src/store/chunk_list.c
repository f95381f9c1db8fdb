/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/chunk_list.h"

#include <string.h>

#include "store/objects.h"

/* "JZS1", size as 8 bytes big-endian, hash of the object, hash of each 1 MiB. A long recording can
 * so be checked while it plays, a piece at a time (format §5). */

static const char magic[] = { 'J', 'Z', 'S', '1' };

static guint64
count_pieces (guint64 size)
{
  return size == 0 ? 0 : (size - 1) / JZ_CHUNK_SIZE + 1;
}

/**
 * jz_chunk_list_length:
 * @size: bytes of an object
 *
 * Returns: bytes of its chunk list
 */
guint64
jz_chunk_list_length (guint64 size)
{
  return JZ_CHUNK_LIST_HEAD + JZ_HASH_LENGTH * count_pieces (size);
}

/**
 * jz_chunk_list_build:
 * @size: bytes of the object, more than 1 MiB
 * @object: its hash
 * @pieces: (array): hashes of its pieces of 1 MiB, as many as @size asks for
 *
 * Writes a chunk list, byte by byte as format §5 says.
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
jz_chunk_list_build (guint64 size, const JzHash *object, const JzHash *pieces)
{
  guint64 size_be = GUINT64_TO_BE (size);
  gsize length = (gsize)jz_chunk_list_length (size);
  guint8 *data = NULL;

  g_return_val_if_fail (size > JZ_CHUNK_SIZE, NULL);
  g_return_val_if_fail (object != NULL && pieces != NULL, NULL);

  data = g_malloc (length);
  memcpy (data, magic, sizeof magic);
  memcpy (data + sizeof magic, &size_be, sizeof size_be);
  memcpy (data + sizeof magic + sizeof size_be, object->bytes, JZ_HASH_LENGTH);
  memcpy (data + JZ_CHUNK_LIST_HEAD, pieces, length - JZ_CHUNK_LIST_HEAD);
  return g_bytes_new_take (data, length);
}

/**
 * jz_chunk_list_parse_head:
 * @head: the first bytes of a file
 * @length: bytes of the whole file
 * @size: (out): bytes of the object that it is about
 * @object: (out): that object's hash
 *
 * Whether a file has the form of a chunk list: the magic, a size above 1 MiB, and exactly as many
 * bytes as that size asks for.
 *
 * Returns: whether it has; nothing is written otherwise
 */
gboolean
jz_chunk_list_parse_head (const guint8 head[JZ_CHUNK_LIST_HEAD],
                          guint64 length,
                          guint64 *size,
                          JzHash *object)
{
  guint64 size_be = 0;
  guint64 read = 0;

  if (memcmp (head, magic, sizeof magic) != 0)
    return FALSE;
  memcpy (&size_be, head + sizeof magic, sizeof size_be);
  read = GUINT64_FROM_BE (size_be);
  if (read <= JZ_CHUNK_SIZE || jz_chunk_list_length (read) != length)
    return FALSE;
  *size = read;
  memcpy (object->bytes, head + sizeof magic + sizeof size_be, JZ_HASH_LENGTH);
  return TRUE;
}

/**
 * jz_chunk_list_parse:
 * @bytes: what may be a chunk list
 * @self: (out caller-allocates): what it says; points into @bytes
 *
 * Returns: whether @bytes are exactly of the form of a chunk list
 */
gboolean
jz_chunk_list_parse (GBytes *bytes, JzChunkList *self)
{
  gsize length = 0;
  const guint8 *data = NULL;

  g_return_val_if_fail (bytes != NULL && self != NULL, FALSE);

  data = g_bytes_get_data (bytes, &length);
  if (length < JZ_CHUNK_LIST_HEAD ||
      !jz_chunk_list_parse_head (data, length, &self->size, &self->object))
    return FALSE;
  self->n_pieces = count_pieces (self->size);
  self->pieces = (const JzHash *)(data + JZ_CHUNK_LIST_HEAD);
  return TRUE;
}

/**
 * jz_chunk_list_check_piece:
 * @self: a chunk list
 * @index: which piece, from 0
 * @data: its bytes
 * @length: their number
 *
 * Checks one piece as it is read for playing.
 *
 * Returns: whether it is the piece that the object had when it was stored
 */
gboolean
jz_chunk_list_check_piece (const JzChunkList *self, guint64 index, const void *data, gsize length)
{
  guint64 begin = index * JZ_CHUNK_SIZE;
  JzHash hash;

  if (index >= self->n_pieces || length != MIN (self->size - begin, JZ_CHUNK_SIZE))
    return FALSE;
  jz_hash_of (data, length, &hash);
  return jz_hash_equal (&hash, &self->pieces[index]);
}
