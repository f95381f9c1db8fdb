/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "store/error.h"
#include "store/files-private.h"
#include "store/objects-private.h"

/**
 * jz_objects_reread:
 * @self: the objects
 * @hash: an object's hash
 * @pause_us: how long to rest after each MiB, so that nobody notices
 * @cancellable: (nullable): checked every MiB
 * @is_sound: (out): whether it is there, can be read and is what was stored
 * @error: return location
 *
 * Reads an object from the disk again, not from memory where it may lie since it was written.
 *
 * Returns: %FALSE only when it could not look or was cancelled
 */
gboolean
jz_objects_reread (JzObjects *self,
                   const JzHash *hash,
                   gulong pause_us,
                   GCancellable *cancellable,
                   gboolean *is_sound,
                   GError **error)
{
  g_autofree guint8 *buffer = g_malloc (JZ_CHUNK_SIZE);
  g_autoptr (JzHasher) hasher = jz_hasher_new ();
  g_autoptr (GError) local = NULL;
  int fd = jz_objects_open_fd (self, hash, &local);
  gsize n = JZ_CHUNK_SIZE;
  int failure = 0;
  JzHash found;

  *is_sound = FALSE;
  if (fd < 0 && g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED))
    return TRUE;
  if (fd < 0) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  /* Only a hint; where it is not followed, memory is compared instead of the disk. */
  (void)posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  while (n == JZ_CHUNK_SIZE && failure == 0 && !g_cancellable_is_cancelled (cancellable)) {
    failure = jz_fd_read (fd, buffer, JZ_CHUNK_SIZE, &n);
    if (failure == 0)
      jz_hasher_update (hasher, buffer, n);
    if (pause_us > 0 && n == JZ_CHUNK_SIZE)
      g_usleep (pause_us);
  }
  close (fd);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  jz_hasher_finish (hasher, &found);
  *is_sound = failure == 0 && jz_hash_equal (&found, hash);
  return TRUE;
}
