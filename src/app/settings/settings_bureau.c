/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/settings/settings_pages.h"
#include "app/words.h"
#include "office/role.h"

/* This bureau: every setting of legal effect with who set it and when, and the first setting up. */

static char *
describe (const JzSettingValue *value)
{
  g_autofree char *day = NULL;
  g_autofree char *date =
    value->setting->kind == JZ_SETTING_DATE ? jz_words_dup_day (value->value) : NULL;
  const char *shown = date != NULL && date[0] != '\0' ? date : value->value;

  if (!value->is_set && (shown == NULL || shown[0] == '\0'))
    return g_strdup (_ ("not set"));
  if (!value->is_set)
    return g_strdup_printf (_ ("%s (as delivered; nobody has set it)"), shown);
  day = jz_words_dup_moment (value->time);
  if (value->reason != NULL && value->reason[0] != '\0')
    return g_strdup_printf (_ ("%1$s (set on %2$s by %3$s: %4$s)"), shown, day, value->person,
                            value->reason);
  return g_strdup_printf (_ ("%1$s (set on %2$s by %3$s)"), shown, day, value->person);
}

static void
add_values (const JzSettingsView *view)
{
  AdwPreferencesGroup *group = jz_settings_add_group (
    view, _ ("Settings of legal effect"),
    _ ("Each change is an entry of the record, with who changed it, when and why."));

  for (guint i = 0; i < view->data->values->len; i++) {
    const JzSettingValue *value = g_ptr_array_index (view->data->values, i);
    g_autofree char *text = describe (value);
    g_autofree char *roles = jz_role_list_words (value->setting->roles);
    AdwActionRow *row = jz_settings_add_row (group, _ (value->setting->meaning), text);
    GtkWidget *button =
      jz_settings_add_button (row, _ ("C_hange…"), "settings.change", value->setting->name);
    g_autofree char *tip = g_strdup_printf (_ ("Set by: %s"), roles);
    gtk_widget_set_tooltip_text (button, tip);
    gtk_widget_set_visible (button,
                            jz_office_client_has_role (view->client, value->setting->roles));
  }
}

static void
add_setup (const JzSettingsView *view)
{
  AdwPreferencesGroup *group = jz_settings_add_group (view, _ ("First-Run Setup"), NULL);
  AdwActionRow *row;

  row = jz_settings_add_row (group, _ ("Go through the setup again"),
                             jz_setup_is_done (view->data->setup)
                               ? _ ("Everything that cases need is there.")
                               : _ ("Something that cases need is missing yet."));
  jz_settings_add_button (row, _ ("_Open"), "win.setup", NULL);
  row = jz_settings_add_row (group, _ ("List of settings"), _ ("A sheet for the binder"));
  jz_settings_add_button (row, _ ("_Print…"), "settings.print-settings", NULL);
}

/**
 * jz_settings_fill_bureau:
 * @view: what is to be filled
 */
void
jz_settings_fill_bureau (const JzSettingsView *view)
{
  add_values (view);
  if (jz_office_client_has_role (view->client, "administrator"))
    add_setup (view);
}
