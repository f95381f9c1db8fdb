/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/copy_hasher-private.h"

#include "store/files-private.h"
#include "store/objects.h"

/* Two hashes of everything are twice the work of reading and writing it: where a file is large,
 * each of them has a thread of its own, and a buffer goes from hand to hand until both have seen
 * it. Who reads and writes waits only when all buffers are out. */

#define N_BUFFERS 6

typedef enum { OF_WHOLE, OF_PIECE, N_THREADS } Job;

typedef struct {
  guint8 *bytes;
  gsize n; /* 0: no more */
  int sums;
  int n_left; /* threads that have not seen it */
} Piece;

struct _JzCopyHasher {
  JzHasher *whole;
  GArray *pieces; /* (nullable) JzHash */
  guint8 *buffer;
  GThread *threads[N_THREADS];
  GAsyncQueue *waiting[N_THREADS];
  GAsyncQueue *free;
  int failure; /* errno of what could not be noted down */
};

static void
hash_piece (JzCopyHasher *self, const guint8 *bytes, gsize n, int sums)
{
  JzHash piece;

  jz_hash_of (bytes, n, &piece);
  g_array_append_val (self->pieces, piece);
  if (sums >= 0 && n == JZ_CHUNK_SIZE && g_atomic_int_get (&self->failure) == 0) {
    JzPartialFile file = { .fd = sums };
    g_atomic_int_set (&self->failure,
                      jz_partial_file_write (&file, piece.bytes, sizeof piece.bytes));
  }
}

static void
pass_on (JzCopyHasher *self, Piece *piece)
{
  if (!g_atomic_int_dec_and_test (&piece->n_left))
    return;
  g_async_queue_push (self->free, piece->bytes);
  g_free (piece);
}

static gpointer
hash_whole_in_thread (gpointer data)
{
  JzCopyHasher *self = data;
  gboolean is_last = FALSE;

  while (!is_last) {
    Piece *piece = g_async_queue_pop (self->waiting[OF_WHOLE]);

    is_last = piece->n == 0;
    jz_hasher_update (self->whole, piece->bytes, piece->n);
    pass_on (self, piece);
  }
  return NULL;
}

static gpointer
hash_pieces_in_thread (gpointer data)
{
  JzCopyHasher *self = data;
  gboolean is_last = FALSE;

  while (!is_last) {
    Piece *piece = g_async_queue_pop (self->waiting[OF_PIECE]);

    is_last = piece->n == 0;
    if (!is_last)
      hash_piece (self, piece->bytes, piece->n, piece->sums);
    pass_on (self, piece);
  }
  return NULL;
}

static void
start (JzCopyHasher *self)
{
  self->free = g_async_queue_new_full (g_free);
  for (guint i = 1; i < N_BUFFERS; i++)
    g_async_queue_push (self->free, g_malloc (JZ_CHUNK_SIZE));
  self->waiting[OF_WHOLE] = g_async_queue_new ();
  self->threads[OF_WHOLE] = g_thread_new ("hash", hash_whole_in_thread, self);
  if (self->pieces == NULL)
    return;
  self->waiting[OF_PIECE] = g_async_queue_new ();
  self->threads[OF_PIECE] = g_thread_new ("hash-pieces", hash_pieces_in_thread, self);
}

/**
 * jz_copy_hasher_new:
 * @has_pieces: whether each piece is hashed as well
 * @has_threads: whether that is worth threads
 *
 * Returns: (transfer full): nothing hashed yet
 */
JzCopyHasher *
jz_copy_hasher_new (gboolean has_pieces, gboolean has_threads)
{
  JzCopyHasher *self = g_new0 (JzCopyHasher, 1);

  self->whole = jz_hasher_new ();
  self->buffer = g_malloc (JZ_CHUNK_SIZE);
  if (has_pieces)
    self->pieces = g_array_new (FALSE, FALSE, sizeof (JzHash));
  if (has_threads)
    start (self);
  return self;
}

/**
 * jz_copy_hasher_free:
 * @self: (transfer full) (nullable): a hasher in any state
 */
void
jz_copy_hasher_free (JzCopyHasher *self)
{
  if (self == NULL)
    return;
  jz_copy_hasher_end (self);
  jz_hasher_free (self->whole);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_free (self->buffer);
  g_free (self);
}

/**
 * jz_copy_hasher_get_buffer:
 * @self: a hasher that was not ended
 *
 * Returns: %JZ_CHUNK_SIZE bytes for the next piece
 */
guint8 *
jz_copy_hasher_get_buffer (JzCopyHasher *self)
{
  return self->buffer;
}

/**
 * jz_copy_hasher_take:
 * @self: a hasher that was not ended
 * @n: bytes at the beginning of its buffer; 0 for no more
 * @sums: a handle where the hash of a whole piece is written, too; or -1
 *
 * Hashes them, now or soon. Nobody may change the buffer meanwhile; there is another one.
 */
void
jz_copy_hasher_take (JzCopyHasher *self, gsize n, int sums)
{
  Piece *piece;

  if (self->threads[OF_WHOLE] == NULL) {
    jz_hasher_update (self->whole, self->buffer, n);
    if (self->pieces != NULL && n > 0)
      hash_piece (self, self->buffer, n, sums);
    return;
  }
  piece = g_new (Piece, 1);
  *piece = (Piece){ self->buffer, n, sums, self->threads[OF_PIECE] != NULL ? 2 : 1 };
  /* The last who has seen it frees it, which may be before this is done. */
  if (self->threads[OF_PIECE] != NULL)
    g_async_queue_push (self->waiting[OF_PIECE], piece);
  g_async_queue_push (self->waiting[OF_WHOLE], piece);
  self->buffer = g_async_queue_pop (self->free);
}

/**
 * jz_copy_hasher_get_failure:
 * @self: a hasher
 *
 * Returns: 0, or an errno when a hash could not be written; it may be of an earlier piece
 */
int
jz_copy_hasher_get_failure (JzCopyHasher *self)
{
  return g_atomic_int_get (&self->failure);
}

/**
 * jz_copy_hasher_has_pieces:
 * @self: a hasher
 *
 * Returns: whether each piece is hashed as well
 */
gboolean
jz_copy_hasher_has_pieces (const JzCopyHasher *self)
{
  return self->pieces != NULL;
}

/**
 * jz_copy_hasher_end:
 * @self: a hasher
 *
 * Waits until all is hashed; nothing can be taken any more.
 */
void
jz_copy_hasher_end (JzCopyHasher *self)
{
  if (self->threads[OF_WHOLE] == NULL)
    return;
  jz_copy_hasher_take (self, 0, -1);
  for (guint i = 0; i < N_THREADS; i++) {
    g_clear_pointer (&self->threads[i], g_thread_join);
    g_clear_pointer (&self->waiting[i], g_async_queue_unref);
  }
  g_clear_pointer (&self->free, g_async_queue_unref);
}

/**
 * jz_copy_hasher_finish:
 * @self: a hasher
 * @whole: (out): hash of all that was taken
 *
 * Ends it.
 *
 * Returns: (transfer none) (nullable): the hashes of its pieces in order, the last of what was left
 */
const JzHash *
jz_copy_hasher_finish (JzCopyHasher *self, JzHash *whole)
{
  jz_copy_hasher_end (self);
  jz_hasher_finish (self->whole, whole);
  return self->pieces != NULL ? (const JzHash *)(gconstpointer)self->pieces->data : NULL;
}
