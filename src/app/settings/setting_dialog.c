/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/setting_dialog.h"

#include <glib/gi18n-lib.h>

#include "app/refusal_place.h"
#include "app/window.h"
#include "base/typed.h"

typedef struct {
  GtkWidget *inside;
  JzOfficeClient *client;
  const JzSetting *setting;
  GtkEditable *value;
  GtkEditable *reason;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->inside);
  g_object_unref (asking->client);
  g_free (asking);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (inside, result);

  if (outcome != NULL)
    jz_window_toast (inside, _ ("The setting is changed; it is in the record."));
}

/* Days may be typed as everywhere else. */
static char *
read_value (const Asking *asking)
{
  const char *typed = gtk_editable_get_text (asking->value);
  char text[JZ_DATE_SIZE];
  JzDate date;

  if (asking->setting->kind != JZ_SETTING_DATE ||
      !jz_typed_read_date (typed, jz_office_client_today (asking->client), &date))
    return g_strdup (typed);
  jz_date_format (date, text);
  return g_strdup (text);
}

static void
on_response (Asking *asking, const char *response)
{
  g_autofree char *value = read_value (asking);
  const char *reason = gtk_editable_get_text (asking->reason);
  JzJson *args;

  if (!g_str_equal (response, "change"))
    return;
  args = jz_json_new_object ();
  jz_json_set_text (args, "name", asking->setting->name);
  jz_json_set_text (args, "value", value);
  if (reason[0] != '\0')
    jz_json_set_text (args, "reason", reason);
  jz_office_client_act_async (asking->client, "setting.change", args, NULL, on_changed,
                              g_object_ref (asking->inside));
}

static GtkEditable *
add_row (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  return GTK_EDITABLE (row);
}

static const char *
get_hint (const JzSetting *setting)
{
  switch (setting->kind) {
  case JZ_SETTING_INTEGER:
    return _ ("A whole number.");
  case JZ_SETTING_DATE:
    return _ ("A day, such as 20260302, or +60 for in 60 days.");
  default:
    return _ ("The change is recorded with your name.");
  }
}

/**
 * jz_setting_dialog_show:
 * @inside: a widget of a window
 * @client: the office, with somebody signed in who may set it
 * @value: the setting
 */
void
jz_setting_dialog_show (GtkWidget *inside, JzOfficeClient *client, const JzSettingValue *value)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  g_autofree char *body =
    g_strdup_printf ("%s\n%s", _ (value->setting->meaning), get_hint (value->setting));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("Change a setting"), body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *group = adw_preferences_group_new ();
  Asking *asking = g_new0 (Asking, 1);

  asking->inside = g_object_ref (inside);
  asking->client = g_object_ref (client);
  asking->setting = value->setting;
  asking->value = add_row (ADW_PREFERENCES_GROUP (group), _ ("New value"));
  asking->reason = add_row (ADW_PREFERENCES_GROUP (group), _ ("Reason (may be empty)"));
  gtk_editable_set_text (asking->value, value->value != NULL ? value->value : "");
  adw_message_dialog_set_extra_child (message, group);
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "change", _ ("C_hange"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "change", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "change");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), asking, asking_free,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
