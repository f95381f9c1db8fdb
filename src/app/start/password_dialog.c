/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/password_dialog.h"

#include <glib/gi18n-lib.h>

#include "app/start/signing.h"
#include "app/window.h"

typedef struct {
  GtkWidget *inside;
  JzOfficeClient *client;
  gboolean is_of_ca; /* the bureau's own key, not one's own */
} Whose;

typedef struct {
  Whose whose;
  GtkEditable *old;
  GtkEditable *new;
  GtkEditable *again;
} Asking;

static void show_dialog (const Whose *whose, const char *problem);

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->whose.inside);
  g_object_unref (asking->whose.client);
  g_free (asking);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Whose *whose = data;
  g_autoptr (GtkWidget) inside = whose->inside;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (outcome == NULL)
    show_dialog (whose, error->message);
  else if (outcome->refusal != NULL)
    show_dialog (whose, jz_refusal_get_sentence (outcome->refusal));
  else
    jz_window_toast (inside, _ ("The password is changed."));
}

static void
change (const Asking *asking)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  const char *old = gtk_editable_get_text (asking->old);
  gboolean is_of_ca = asking->whose.is_of_ca;
  Whose *whose = g_memdup2 (&asking->whose, sizeof *whose);
  JzSigning signing = {
    .act = is_of_ca ? "ca_password.change" : "password.change",
    .args = args,
    .user = is_of_ca ? NULL : jz_office_client_get_user (whose->client),
    .password = is_of_ca ? NULL : old,
    .new_password = gtk_editable_get_text (asking->new),
    .ca_password = is_of_ca ? old : NULL,
  };

  g_object_ref (whose->inside);
  jz_signing_async (whose->client, &signing, NULL, on_changed, whose);
}

static void
on_response (Asking *asking, const char *response)
{
  g_autofree char *problem = NULL;

  if (!g_str_equal (response, "change") || !jz_office_client_is_signed_in (asking->whose.client))
    return;
  problem =
    jz_password_judge (gtk_editable_get_text (asking->new), gtk_editable_get_text (asking->again));
  if (problem != NULL)
    show_dialog (&asking->whose, problem);
  else
    change (asking);
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
show_dialog (const Whose *whose, const char *problem)
{
  GtkRoot *root = gtk_widget_get_root (whose->inside);
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    whose->is_of_ca ? _ ("Change the password of the bureau's own key") : _ ("Change the password"),
    problem);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  Asking *asking = g_new0 (Asking, 1);

  asking->whose = *whose;
  g_object_ref (asking->whose.inside);
  g_object_ref (asking->whose.client);
  asking->old = add_row (group, _ ("Password until now"));
  asking->new = add_row (group, _ ("New password"));
  asking->again = add_row (group, _ ("The new password once more"));
  adw_message_dialog_set_extra_child (message, GTK_WIDGET (group));
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
  const Whose whose = { inside, client, FALSE };

  show_dialog (&whose,
               _ ("Choose one that nobody guesses: a sentence is easier to remember than signs."));
}

/**
 * jz_ca_password_show:
 * @inside: a widget of a window
 * @client: the office, with an administrator signed in
 */
void
jz_ca_password_show (GtkWidget *inside, JzOfficeClient *client)
{
  const Whose whose = { inside, client, TRUE };

  show_dialog (&whose, _ ("Write the new one on a new recovery sheet and lock it away."));
}
