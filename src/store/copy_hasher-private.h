/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/hash.h"

G_BEGIN_DECLS

/* What is hashed of a file on its way into a store: the whole, and each piece of 1 MiB. */
typedef struct _JzCopyHasher JzCopyHasher;

JzCopyHasher *jz_copy_hasher_new (gboolean has_pieces, gboolean has_threads);
void jz_copy_hasher_free (JzCopyHasher *self);
/* JZ_CHUNK_SIZE bytes to be filled; others after each piece */
guint8 *jz_copy_hasher_get_buffer (JzCopyHasher *self);
void jz_copy_hasher_take (JzCopyHasher *self, gsize n, int sums);
int jz_copy_hasher_get_failure (JzCopyHasher *self);
gboolean jz_copy_hasher_has_pieces (const JzCopyHasher *self);
void jz_copy_hasher_end (JzCopyHasher *self);
const JzHash *jz_copy_hasher_finish (JzCopyHasher *self, JzHash *whole);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCopyHasher, jz_copy_hasher_free)

G_END_DECLS
