/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/settings_acts.h"

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/lists/adopt_dialog.h"
#include "app/messages.h"
#include "app/refusal_place.h"
#include "app/settings/enrol_window.h"
#include "app/settings/handover_dialog.h"
#include "app/settings/setting_dialog.h"
#include "app/settings/two_signers.h"
#include "app/start/backup_work.h"
#include "app/start/folder_chooser.h"
#include "app/start/password_dialog.h"
#include "app/start/sheets.h"
#include "app/start/store_check.h"
#include "app/window.h"
#include "office/role.h"

static JzOfficeClient *
get_client (GtkWidget *widget)
{
  return jz_section_get_client (JZ_SECTION (widget));
}

static const JzAccount *
find_person (GtkWidget *widget, GVariant *parameter)
{
  const JzSettingsData *data = jz_settings_section_get_data (JZ_SETTINGS_SECTION (widget));

  return data != NULL ? jz_settings_data_find_person (data, g_variant_get_string (parameter, NULL))
                      : NULL;
}

static void
on_acted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (widget, result);

  if (outcome != NULL)
    jz_window_toast (widget, _ ("Done; it is in the record."));
}

static void
act (GtkWidget *widget, const char *name, JzJson *args)
{
  jz_office_client_act_async (get_client (widget), name, args, NULL, on_acted,
                              g_object_ref (widget));
}

static void
change_setting (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const JzSettingsData *data = jz_settings_section_get_data (JZ_SETTINGS_SECTION (widget));
  const JzSettingValue *value =
    data != NULL ? jz_settings_find (data->values, g_variant_get_string (parameter, NULL)) : NULL;

  if (value != NULL)
    jz_setting_dialog_show (widget, get_client (widget), value);
}

static void
adopt (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *kind = g_variant_get_string (parameter, NULL);

  jz_adopt_dialog_present (widget, get_client (widget),
                           g_str_equal (kind, "rulebook") ? JZ_ADOPTED_RULEBOOK
                           : g_str_equal (kind, "forms")  ? JZ_ADOPTED_FORMS
                                                          : JZ_ADOPTED_CALENDAR);
}

static void
show_person_form (GtkWidget *widget, const char *act_name, GVariant *parameter)
{
  const JzAccount *account = find_person (widget, parameter);
  JzJson *preset;

  if (account == NULL)
    return;
  preset = jz_json_new_object ();
  jz_json_set_text (preset, "person", account->person);
  jz_act_form_present (widget, get_client (widget), act_name, preset);
}

static void
change_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_person_form (widget, "person.change", parameter);
}

static void
record_leaving (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_person_form (widget, "person.leave", parameter);
}

/* "PERSON ROLE" */
static gboolean
split (GVariant *parameter, char **first, char **second)
{
  g_auto (GStrv) words = g_strsplit (g_variant_get_string (parameter, NULL), " ", 2);

  if (words[0] == NULL || words[1] == NULL)
    return FALSE;
  *first = g_strdup (words[0]);
  *second = g_strdup (words[1]);
  return TRUE;
}

static void
give_role (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const JzSettingsData *data = jz_settings_section_get_data (JZ_SETTINGS_SECTION (widget));
  g_autofree char *person = NULL;
  g_autofree char *role = NULL;
  g_autoptr (JzJson) args = jz_json_new_object ();
  const JzAccount *account;

  if (data == NULL || !split (parameter, &person, &role) ||
      (account = jz_settings_data_find_person (data, person)) == NULL)
    return;
  jz_json_set_text (args, "person", person);
  jz_json_set_text (args, "role", role);
  if (jz_account_has_role (account, "administrator") ||
      jz_word_is_in (role, "administrator|head")) {
    g_autofree char *heading =
      g_strdup_printf (_ ("Give %1$s the role %2$s"), account->name, jz_role_word (role));
    JzTwoSigning signing = {
      .heading = heading,
      .body = _ ("This role is confirmed by the head, so that nobody gives it to himself."),
      .act = "role.grant",
      .args = args,
    };
    jz_two_signers_show (widget, get_client (widget), &signing);
    return;
  }
  act (widget, "role.grant", jz_json_ref (args));
}

static void
take_role (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *person = NULL;
  g_autofree char *role = NULL;
  JzJson *args;

  if (!split (parameter, &person, &role))
    return;
  args = jz_json_new_object ();
  jz_json_set_text (args, "person", person);
  jz_json_set_text (args, "role", role);
  act (widget, "role.revoke", args);
}

static void
give_key (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const JzAccount *account = find_person (widget, parameter);
  g_autoptr (JzJson) args = jz_json_new_object ();
  g_autofree char *heading = NULL;
  JzTwoSigning signing;

  if (account == NULL)
    return;
  heading = g_strdup_printf (_ ("New key for %s"), account->name);
  jz_json_set_text (args, "person", account->person);
  jz_json_set_text (args, "reason",
                    account->key == JZ_ACCOUNT_KEY_NONE   ? "first"
                    : account->key == JZ_ACCOUNT_KEY_OVER ? "expired"
                                                          : "forgotten");
  signing = (JzTwoSigning){
    .heading = heading,
    .body = _ ("The key until now is closed; what was signed with it stays good. The person types "
               "a new password here, and the head confirms."),
    .act = "certificate.issue",
    .args = args,
    .key_for = account->name,
  };
  jz_two_signers_show (widget, get_client (widget), &signing);
}

static void
recover (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const JzAccount *account = find_person (widget, parameter);
  g_autoptr (JzJson) args = jz_json_new_object ();
  g_autofree char *heading = NULL;
  JzTwoSigning signing;

  if (account == NULL)
    return;
  heading = g_strdup_printf (_ ("Recover the key of %s"), account->name);
  jz_json_set_text (args, "person", account->person);
  jz_json_set_text (args, "reason", account->key == JZ_ACCOUNT_KEY_OVER ? "expired" : "forgotten");
  signing = (JzTwoSigning){
    .heading = heading,
    .body = _ ("Only where this is the only administrator or the only head. You propose it; the "
               "person types a new password, then signs in with it and confirms under People. "
               "Supervision sees it."),
    .act = "certificate.recover",
    .args = args,
    .key_for = account->name,
    .confirmer = account->person,
  };
  jz_two_signers_show (widget, get_client (widget), &signing);
}

static void
on_confirm_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *target = data;
  GtkWidget *widget = GTK_WIDGET (source);
  g_auto (GStrv) words = g_strsplit (target, " ", 2);
  JzJson *args;

  if (!jz_confirm_finish (result, NULL))
    return;
  args = jz_json_new_object ();
  jz_json_set_text (args, "proposal", words[1]);
  act (widget, words[0], args);
}

/* "ACT HASH" */
static void
confirm (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_confirm_async (widget, _ ("Confirm what was proposed?"),
                    _ ("Your signature stands under it from then on."), _ ("C_onfirm"), FALSE, NULL,
                    on_confirm_asked, g_variant_dup_string (parameter, NULL));
}

static void
hand_over (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const JzAccount *account = find_person (widget, parameter);

  if (account != NULL)
    jz_handover_dialog_show (widget, get_client (widget), account);
}

static void
add_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_enrol_window_show (widget, get_client (widget));
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *widget = GTK_WIDGET (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = jz_backup_work_finish (result, &error);

  if (gtk_widget_get_root (widget) == NULL)
    return;
  if (text != NULL)
    jz_show_message (widget, _ ("Backup"), text);
  else
    jz_show_error (widget, error);
  JZ_SECTION_GET_CLASS (widget)->refresh (JZ_SECTION (widget));
}

static void
back_up_to (GtkWidget *widget, const char *folder, gboolean is_drill)
{
  jz_backup_work_async (widget, get_client (widget), folder, is_drill, on_backed_up, NULL);
}

static const JzBackupNote *
get_last (GtkWidget *widget)
{
  const JzSettingsData *data = jz_settings_section_get_data (JZ_SETTINGS_SECTION (widget));

  return data != NULL ? data->state->backup : NULL;
}

static void
back_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (get_last (widget) != NULL)
    back_up_to (widget, get_last (widget)->folder, FALSE);
}

static void
test_restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (get_last (widget) != NULL)
    back_up_to (widget, get_last (widget)->folder, TRUE);
}

static void
on_disk_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *widget = GTK_WIDGET (source);
  g_autofree char *disk = jz_choose_finish (result, NULL);
  g_autofree char *folder = NULL;

  if (disk == NULL)
    return;
  folder = jz_backup_dup_folder_on (
    disk, jz_office_get_store_id (jz_office_client_get_office (get_client (widget))));
  back_up_to (widget, folder, FALSE);
}

static void
choose_disk (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_choose_folder_async (widget, _ ("Choose the backup disk"), NULL, on_disk_chosen, NULL);
}

static void
verify (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_store_check_show (widget, jz_office_client_get_path (get_client (widget)));
}

static void
print_settings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_sheets_save_settings (widget, get_client (widget));
}

static void
print_recovery (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_sheets_save_recovery (widget, get_client (widget));
}

static void
print_test_page (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_sheets_save_test_page (widget, get_client (widget));
}

static void
change_ca_password (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_ca_password_show (widget, get_client (widget));
}

/**
 * jz_settings_install_acts:
 * @widget_class: that of the section
 */
void
jz_settings_install_acts (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "settings.change", "s", change_setting },
    { "settings.adopt", "s", adopt },
    { "settings.change-person", "s", change_person },
    { "settings.leave", "s", record_leaving },
    { "settings.grant", "s", give_role },
    { "settings.revoke", "s", take_role },
    { "settings.new-key", "s", give_key },
    { "settings.recover", "s", recover },
    { "settings.confirm", "s", confirm },
    { "settings.hand-over", "s", hand_over },
    { "settings.add-person", NULL, add_person },
    { "settings.back-up", NULL, back_up },
    { "settings.back-up-to", NULL, choose_disk },
    { "settings.drill", NULL, test_restore },
    { "settings.verify", NULL, verify },
    { "settings.print-settings", NULL, print_settings },
    { "settings.print-recovery", NULL, print_recovery },
    { "settings.print-test-page", NULL, print_test_page },
    { "settings.ca-password", NULL, change_ca_password },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
}
