/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/hash.h"

G_BEGIN_DECLS

/* magic, size and hash of the object, before the hashes of its pieces */
#define JZ_CHUNK_LIST_HEAD 44

/**
 * JzChunkList:
 * @size: the object's bytes
 * @object: the object's hash
 * @n_pieces: how many pieces of 1 MiB it has, the last one shorter
 * @pieces: their hashes, inside the bytes that were parsed
 *
 * What a chunk list says (format §5).
 */
typedef struct {
  guint64 size;
  JzHash object;
  guint64 n_pieces;
  const JzHash *pieces;
} JzChunkList;

/* (transfer full): @pieces has as many hashes as @size asks for */
GBytes *jz_chunk_list_build (guint64 size, const JzHash *object, const JzHash *pieces);
/* @self is good as long as @bytes are */
gboolean jz_chunk_list_parse (GBytes *bytes, JzChunkList *self);
gboolean jz_chunk_list_parse_head (const guint8 head[JZ_CHUNK_LIST_HEAD],
                                   guint64 length,
                                   guint64 *size,
                                   JzHash *object);
/* Bytes of the chunk list of an object of @size bytes. */
guint64 jz_chunk_list_length (guint64 size);
gboolean
jz_chunk_list_check_piece (const JzChunkList *self, guint64 index, const void *data, gsize length);

G_END_DECLS
