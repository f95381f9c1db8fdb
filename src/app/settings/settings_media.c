/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/media_holder.h"
#include "app/settings/settings_pages.h"

static void
on_cage_tried (GObject *media, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwActionRow) row = user_data;
  g_autofree char *why_not = NULL;
  gboolean is_caged = jz_media_try_cage_finish (JZ_MEDIA (media), result, &why_not);

  adw_action_row_set_subtitle (
    row, is_caged ? _ ("Opened in a process of its own, which reaches neither the network nor any "
                       "other file.")
                  : why_not);
}

/**
 * jz_settings_add_media:
 * @view: what is to be filled
 *
 * Says how recordings, pictures and PDFs from outside are opened on this computer, and what is
 * missing if it is not as it should be.
 */
void
jz_settings_add_media (const JzSettingsView *view)
{
  AdwPreferencesGroup *group = jz_settings_add_group (view, _ ("Files from outside"), NULL);
  AdwActionRow *row = jz_settings_add_row (group, _ ("Recordings, pictures and PDFs"),
                                           _ ("Being tried on this computer…"));

  jz_media_try_cage_async (jz_app_get_media (), on_cage_tried, g_object_ref (row));
}
