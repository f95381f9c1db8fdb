/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/messages.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
new_dialog (GtkWidget *inside, const char *heading, const char *body)
{
  GtkRoot *root = gtk_widget_get_root (inside);

  return adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
}

/**
 * jz_show_message:
 * @inside: a widget of the window that it concerns
 * @heading: what it is about
 * @body: what happened and what to do
 */
void
jz_show_message (GtkWidget *inside, const char *heading, const char *body)
{
  GtkWidget *dialog = new_dialog (inside, heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jz_show_error:
 * @inside: a widget of the window that it concerns
 * @error: what went wrong; its message is a sentence for the user
 *
 * What was cancelled is not told.
 */
void
jz_show_error (GtkWidget *inside, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    jz_show_message (inside, _ ("This was not done"), error->message);
}

static void
on_response (GtkWidget *dialog, const char *response, GTask *task)
{
  g_task_return_boolean (task, g_str_equal (response, "do"));
  g_object_unref (task);
}

/**
 * jz_confirm_async:
 * @inside: a widget of the window that it concerns
 * @heading: the question, naming the thing
 * @body: what cannot be undone
 * @verb: what the button says
 * @is_destructive: whether the button is red
 * @cancellable: (nullable): unused while the question stands
 * @callback: told the answer
 * @user_data: for @callback
 *
 * Only for what cannot be undone (ux §1.7).
 */
void
jz_confirm_async (GtkWidget *inside,
                  const char *heading,
                  const char *body,
                  const char *verb,
                  gboolean is_destructive,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task = g_task_new (inside, cancellable, callback, user_data);
  GtkWidget *dialog = new_dialog (inside, heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "do", verb, NULL);
  adw_message_dialog_set_response_appearance (
    message, "do", is_destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, is_destructive ? "cancel" : "do");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jz_confirm_finish:
 * @result: of jz_confirm_async()
 * @error: return location
 *
 * Returns: whether the answer was yes
 */
gboolean
jz_confirm_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
