/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/prober.h"

#include "media/media.h"

/* What files say of themselves, for acts that take files in: one helper is kept for all of them. */

static JzMedia *
get_media (void)
{
  static JzMedia *media = NULL;

  if (g_once_init_enter (&media)) {
    JzMedia *new_media = jz_media_new ();
    g_once_init_leave (&media, new_media);
  }
  return media;
}

/**
 * jz_media_read_file:
 * @handle: a file, opened for reading
 * @name: its own name
 * @cancellable: (nullable): to end it
 * @error: return location
 *
 * To be registered by jz_office_set_prober(). Blocks, and is for worker threads.
 *
 * Returns: (transfer full) (nullable): what the file says of itself, as jz_probe_to_json() writes
 * it
 */
JzJson *
jz_media_read_file (int handle, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (JzProbe) probe = jz_media_probe (get_media (), handle, name, cancellable, error);

  return probe != NULL ? jz_probe_to_json (probe) : NULL;
}
