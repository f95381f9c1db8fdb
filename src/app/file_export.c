/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/file_export.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/window.h"

/* Asks for a file and writes it, with progress and cancel. */

typedef struct {
  GtkFileChooserNative *chooser; /* NULL once it has answered */
  GtkWidget *inside;
  JzOfficeClient *client;
  JzFileWrite write;
  JzJob *job;
  char *path;
  gpointer data;
  GDestroyNotify free_data;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_object_unref (self->inside);
  g_object_unref (self->client);
  g_object_unref (self->job);
  g_free (self->path);
  g_free (self);
}

static gpointer
write_in_thread (JzOffice *office,
                 JzConnection *reader,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  Export *self = data;
  char *sentence = self->write (office, reader, self->path, self->job, self->data, error);

  jz_job_end (self->job);
  return sentence;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (sentence != NULL)
    jz_window_toast (self->inside, sentence);
  else
    jz_show_error (self->inside, error);
  export_free (self);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, Export *self)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  self->path = file != NULL ? g_file_get_path (file) : NULL;
  if (self->path == NULL) {
    export_free (self);
    return;
  }
  jz_window_show_job (self->inside, self->job);
  jz_office_client_read_async (self->client, write_in_thread, self, NULL, g_free,
                               jz_job_get_cancellable (self->job), on_written, self);
}

/**
 * jz_file_export:
 * @inside: a widget of a window
 * @client: the office
 * @what: (transfer none): what is written
 * @data: (transfer full) (nullable): for its function
 * @free_data: (nullable): for @data, on the main thread
 *
 * Asks for a file and writes it.
 */
void
jz_file_export (GtkWidget *inside,
                JzOfficeClient *client,
                const JzFileExport *what,
                gpointer data,
                GDestroyNotify free_data)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  Export *self = g_new0 (Export, 1);

  self->inside = g_object_ref (inside);
  self->client = g_object_ref (client);
  self->job = jz_job_new (what->doing);
  self->write = what->write;
  self->data = data;
  self->free_data = free_data;
  self->chooser =
    gtk_file_chooser_native_new (what->title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), what->name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
