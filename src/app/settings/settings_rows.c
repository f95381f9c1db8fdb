/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/settings_pages.h"

/**
 * jz_settings_add_group:
 * @view: what is being filled
 * @title: (nullable): over the group
 * @description: (nullable): under the title
 *
 * Returns: (transfer none): an empty group
 */
AdwPreferencesGroup *
jz_settings_add_group (const JzSettingsView *view, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped_title = title != NULL ? g_markup_escape_text (title, -1) : NULL;
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  if (escaped_title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped_title);
  if (escaped != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_page_add (view->page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

/**
 * jz_settings_add_row:
 * @group: a group
 * @title: what it is
 * @subtitle: (nullable): how it stands
 *
 * Returns: (transfer none): a row
 */
AdwActionRow *
jz_settings_add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_group_add (group, row);
  return ADW_ACTION_ROW (row);
}

/**
 * jz_settings_add_button:
 * @row: a row
 * @label: what the button does, with a mnemonic
 * @action: name of its action
 * @parameter: (nullable): text that the action gets; %NULL for an action without one
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
jz_settings_add_button (AdwActionRow *row,
                        const char *label,
                        const char *action,
                        const char *parameter)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (parameter != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", parameter);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (row, button);
  return button;
}

static void
on_activated (AdwActionRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (row), "win.go", "s",
                              g_object_get_data (G_OBJECT (row), "place"));
}

/**
 * jz_settings_make_way:
 * @row: a row
 * @place: where it leads
 */
void
jz_settings_make_way (AdwActionRow *row, const char *place)
{
  g_object_set_data_full (G_OBJECT (row), "place", g_strdup (place), g_free);
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_activated), NULL);
}
