/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/password_dialog.h"

#include <glib/gi18n-lib.h>

#include "app/start/signing.h"
#include "app/window.h"

typedef struct {
  GtkWidget *inside;
  JzOfficeClient *client;
  GtkEditable *old;
  GtkEditable *new;
  GtkEditable *again;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->inside);
  g_object_unref (asking->client);
  g_free (asking);
}

static void show_again (GtkWidget *inside, JzOfficeClient *client, const char *problem);

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  JzOfficeClient *client = JZ_OFFICE_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = jz_office_client_act_finish (client, result, &error);

  if (outcome == NULL)
    show_again (inside, client, error->message);
  else if (outcome->refusal != NULL)
    show_again (inside, client, jz_refusal_get_sentence (outcome->refusal));
  else
    jz_window_toast (inside, _ ("The password is changed."));
}

static void
on_response (Asking *asking, const char *response)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  g_autofree char *problem = NULL;
  JzSigning signing = {
    .act = "password.change",
    .args = args,
    .user = jz_office_client_get_user (asking->client),
    .password = gtk_editable_get_text (asking->old),
    .new_password = gtk_editable_get_text (asking->new),
  };

  if (!g_str_equal (response, "change") || signing.user == NULL)
    return;
  problem = jz_password_judge (signing.new_password, gtk_editable_get_text (asking->again));
  if (problem != NULL)
    show_again (asking->inside, asking->client, problem);
  else
    jz_signing_async (asking->client, &signing, NULL, on_changed, g_object_ref (asking->inside));
}

static GtkEditable *
add_row (AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  return GTK_EDITABLE (row);
}

static void
show_again (GtkWidget *inside, JzOfficeClient *client, const char *problem)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("Change the password"), problem);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *group = adw_preferences_group_new ();
  Asking *asking = g_new0 (Asking, 1);

  asking->inside = g_object_ref (inside);
  asking->client = g_object_ref (client);
  asking->old = add_row (ADW_PREFERENCES_GROUP (group), _ ("Password until now"));
  asking->new = add_row (ADW_PREFERENCES_GROUP (group), _ ("New password"));
  asking->again = add_row (ADW_PREFERENCES_GROUP (group), _ ("The new password once more"));
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

/**
 * jz_password_dialog_show:
 * @inside: a widget of a window
 * @client: the office, with somebody signed in
 *
 * Asks for the old password too: an unlocked window must not be enough.
 */
void
jz_password_dialog_show (GtkWidget *inside, JzOfficeClient *client)
{
  show_again (inside, client,
              _ ("Choose one that nobody guesses: a sentence is easier to remember than signs."));
}
