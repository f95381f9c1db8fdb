/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/settings/settings_pages.h"
#include "app/start/fonts_group.h"

/**
 * jz_settings_fill_printing:
 * @view: what is to be filled
 */
void
jz_settings_fill_printing (const JzSettingsView *view)
{
  AdwPreferencesGroup *group = jz_settings_add_group (
    view, _ ("Fonts"),
    _ (
      "Documents of organs have prescribed faces. Where one is not installed another stands in for "
      "it, and lines may break elsewhere; everything works."));
  AdwActionRow *row;

  jz_fonts_group_fill (group);
  group = jz_settings_add_group (view, _ ("Printing"), NULL);
  row = jz_settings_add_row (group, _ ("Test page"),
                             _ ("All faces, to the edges of the paper's text area"));
  jz_settings_add_button (row, _ ("_Print…"), "settings.print-test-page", NULL);
  jz_settings_add_media (view);
}
