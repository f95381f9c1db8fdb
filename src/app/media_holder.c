/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media_holder.h"

/**
 * jz_app_get_media:
 *
 * Main thread only.
 *
 * Returns: (transfer none): what opens files from outside, for all windows of the program
 */
JzMedia *
jz_app_get_media (void)
{
  static JzMedia *media = NULL;

  if (media == NULL)
    media = jz_media_new ();
  return media;
}
