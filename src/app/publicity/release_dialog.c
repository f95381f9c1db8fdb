/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/release_dialog.h"

#include <glib/gi18n-lib.h>

/* What is released cannot be made unseen, so it is asked about; and what is released after its last
 * day is asked for its reason (P-35). */

typedef struct {
  AdwMessageDialog *dialog;
  GtkEditable *reason; /* NULL where it is in time */
} Question;

static char *
dup_reason (const Question *question)
{
  return question->reason != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (question->reason)))
                                  : g_strdup ("");
}

static void
on_reason_changed (GtkEditable *reason, Question *question)
{
  g_autofree char *text = dup_reason (question);
  adw_message_dialog_set_response_enabled (question->dialog, "do", text[0] != '\0');
}

static void
add_reason (Question *question, guint days_late)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *told = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "Its last day was %u day ago. Write why it is released late:",
                 "Its last day was %u days ago. Write why it is released late:", days_late),
    days_late);
  GtkWidget *label = gtk_label_new (told);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Why it is released late"), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  question->reason = GTK_EDITABLE (entry);
  adw_message_dialog_set_extra_child (question->dialog, box);
  adw_message_dialog_set_response_enabled (question->dialog, "do", FALSE);
  g_signal_connect (entry, "changed", G_CALLBACK (on_reason_changed), question);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  const Question *question = g_task_get_task_data (task);

  if (g_str_equal (response, "do"))
    g_task_return_pointer (task, dup_reason (question), g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "");
  g_object_unref (task);
}

/**
 * jz_release_dialog_ask_async:
 * @inside: a widget of the window
 * @body: what leaves the office
 * @days_late: how many days after its last day it is released, 0 for in time
 * @callback: told the answer
 * @user_data: for @callback
 */
void
jz_release_dialog_ask_async (GtkWidget *inside,
                             const char *body,
                             guint days_late,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GTask *task = g_task_new (inside, NULL, callback, user_data);
  Question *question = g_new0 (Question, 1);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _ ("Release This Decision?"), body);

  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  g_task_set_source_tag (task, jz_release_dialog_ask_async);
  g_task_set_task_data (task, question, g_free);
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "do", _ ("_Release"),
                                    NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  if (days_late > 0)
    add_reason (question, days_late);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jz_release_dialog_ask_finish:
 * @result: of jz_release_dialog_ask_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): why it is released late, empty where it is in time; %NULL
 *   where it is not to be released, with %G_IO_ERROR_CANCELLED
 */
char *
jz_release_dialog_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
