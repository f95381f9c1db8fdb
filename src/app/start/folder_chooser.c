/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/folder_chooser.h"

#include <glib/gi18n-lib.h>

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nothing was chosen");
  /* The chooser is no widget: whoever made it keeps it until it has answered. */
  g_object_unref (dialog);
}

static void
show (GtkWidget *inside,
      GtkFileChooserNative *dialog,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = g_task_new (inside, NULL, callback, user_data);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * jz_choose_folder_async:
 * @inside: a widget of a window
 * @title: what for
 * @folder: (nullable): where to begin
 * @callback: told what was chosen
 * @user_data: for @callback
 */
void
jz_choose_folder_async (GtkWidget *inside,
                        const char *title,
                        const char *folder,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
    _ ("C_hoose"), _ ("_Cancel"));
  g_autoptr (GFile) begin = folder != NULL ? g_file_new_for_path (folder) : NULL;

  if (begin != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), begin, NULL);
  show (inside, dialog, callback, user_data);
}

/**
 * jz_choose_new_file_async:
 * @inside: a widget of a window
 * @title: what for
 * @name: a name for it
 * @callback: told what was chosen
 * @user_data: for @callback
 */
void
jz_choose_new_file_async (GtkWidget *inside,
                          const char *title,
                          const char *name,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) begin = g_file_new_for_path (documents != NULL ? documents : g_get_home_dir ());

  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), begin, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  show (inside, dialog, callback, user_data);
}

/**
 * jz_choose_finish:
 * @result: of jz_choose_folder_async() or jz_choose_new_file_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the path; %NULL with %G_IO_ERROR_CANCELLED where nothing was
 *   chosen
 */
char *
jz_choose_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
