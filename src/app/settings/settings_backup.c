/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/settings/settings_pages.h"
#include "app/words.h"

/* Backups, and what else helps on a bad day. */

static char *
describe_note (const JzBackupNote *note)
{
  char time[JZ_INSTANT_SIZE];
  g_autofree char *when = NULL;
  g_autofree char *name = g_filename_display_name (note->folder);

  jz_instant_format (note->time, time);
  when = jz_words_dup_moment (time);
  return g_strdup_printf (_ ("%1$s, in %2$s"), when, name);
}

static void
add_last (const JzSettingsView *view, AdwPreferencesGroup *group)
{
  const JzStoreState *state = view->data->state;
  g_autofree char *text = state->backup != NULL ? describe_note (state->backup) : NULL;
  AdwActionRow *row =
    jz_settings_add_row (group,
                         state->backup != NULL ? _ ("Last backup: verified, can be restored")
                                               : _ ("There is no backup of this store yet."),
                         text);

  adw_action_row_set_icon_name (row, jz_store_state_is_backup_old (state)
                                       ? "dialog-warning-symbolic"
                                       : "object-select-symbolic");
  if (state->attempt != NULL && !state->attempt->is_good) {
    g_autofree char *when = describe_note (state->attempt);
    g_autofree char *why = g_strdup_printf ("%s\n%s", when, state->attempt->sentence);
    row = jz_settings_add_row (group, _ ("The last attempt failed"), why);
    adw_action_row_set_icon_name (row, "dialog-error-symbolic");
  }
}

static void
add_actions (const JzSettingsView *view, AdwPreferencesGroup *group)
{
  const JzStoreState *state = view->data->state;
  gboolean is_administrator = jz_office_client_has_role (view->client, "administrator");
  g_autofree char *drill = state->drill != NULL ? describe_note (state->drill) : NULL;
  AdwActionRow *row;
  GtkWidget *button;

  row = jz_settings_add_row (
    group, _ ("Back up"),
    state->backup != NULL
      ? _ (
          "To the same disk as last time; only what is new is copied, then all of it is read again")
      : _ ("Connect a disk that is used for backups only, and choose it"));
  if (state->backup != NULL) {
    button = jz_settings_add_button (row, _ ("To Another _Disk…"), "settings.back-up-to", NULL);
    gtk_widget_set_visible (button, is_administrator);
  }
  button = jz_settings_add_button (
    row, _ ("_Back Up Now"), state->backup != NULL ? "settings.back-up" : "settings.back-up-to",
    NULL);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_visible (button, is_administrator);
  row = jz_settings_add_row (
    group, _ ("Test the restore"),
    drill != NULL ? drill : _ ("Reads the backup again from its disk, as a restore would"));
  if (state->drill != NULL)
    adw_action_row_set_icon_name (row, state->drill->is_good ? "object-select-symbolic"
                                                             : "dialog-error-symbolic");
  button = jz_settings_add_button (row, _ ("_Test"), "settings.drill", NULL);
  gtk_widget_set_visible (button, is_administrator && state->backup != NULL);
}

/**
 * jz_settings_fill_backup:
 * @view: what is to be filled
 */
void
jz_settings_fill_backup (const JzSettingsView *view)
{
  gboolean is_administrator = jz_office_client_has_role (view->client, "administrator");
  g_autofree char *name = g_filename_display_name (jz_office_client_get_path (view->client));
  AdwPreferencesGroup *group = jz_settings_add_group (
    view, _ ("Backup"),
    _ ("A backup is a folder on another disk. It is proved each time it is made. Keep the disk in "
       "another room, and use two disks in turn."));
  AdwActionRow *row;
  GtkWidget *button;

  add_last (view, group);
  add_actions (view, group);
  group = jz_settings_add_group (view, _ ("This store"), NULL);
  jz_settings_add_row (group, _ ("Folder of the store"), name);
  row = jz_settings_add_row (group, _ ("Integrity check"),
                             _ ("Reads every entry, signature and file of the store"));
  jz_settings_add_button (row, _ ("Chec_k"), "settings.verify", NULL);
  row = jz_settings_add_row (group, _ ("Recovery sheet"),
                             _ ("To be filled in by hand and locked away"));
  jz_settings_add_button (row, _ ("_Print…"), "settings.print-recovery", NULL);
  row = jz_settings_add_row (group, _ ("Password of the bureau's own key"),
                             _ ("Change it after the envelope was opened"));
  button = jz_settings_add_button (row, _ ("C_hange…"), "settings.ca-password", NULL);
  gtk_widget_set_visible (button, is_administrator);
  row = jz_settings_add_row (group, _ ("Restore a backup"),
                             _ ("Into a new folder; this store stays as it is"));
  button = jz_settings_add_button (row, _ ("_Restore…"), "win.choose-store", NULL);
  gtk_widget_set_visible (button, is_administrator);
}
