/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/messages.h"
#include "app/printing.h"
#include "app/window.h"
#include "office/document_freeze.h"

/* What is printed is a PDF: the frozen one of a final document, never drawn again, and one that
 * says so on every page of a draft. */

typedef struct {
  GBytes *pdf;
  char *name;
} Paper;

static void
free_paper (gpointer data)
{
  Paper *self = data;
  g_bytes_unref (self->pdf);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paper, free_paper)

static gpointer
draw (JzOffice *office,
      JzConnection *reader,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *name = NULL;
  GBytes *pdf = jz_document_print (reader, jz_store_get_objects (jz_office_get_store (office)),
                                   data, jz_clock_now (jz_office_get_clock (office)), &name, error);
  if (pdf == NULL)
    return NULL;
  Paper *paper = g_new0 (Paper, 1);
  paper->pdf = pdf;
  paper->name = g_steal_pointer (&name);
  return paper;
}

static void
ask_for_paper (JzEditorPage *self, GAsyncReadyCallback callback)
{
  if (self->view != NULL)
    jz_office_client_read_async (jz_section_get_client (JZ_SECTION (self)), draw,
                                 g_strdup (self->view->id), g_free, free_paper, self->cancellable,
                                 callback, g_object_ref (self));
}

static void
on_drawn_for_printer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Paper) paper =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (paper == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  const JzPrintRequest request = {
    .pdf = paper->pdf,
    .name = paper->name,
    .is_final = self->view != NULL && self->view->state >= JZ_DOCUMENT_FINAL,
  };
  jz_print (GTK_WIDGET (self), &request);
}

void
jz_editor_print (JzEditorPage *self)
{
  ask_for_paper (self, on_drawn_for_printer);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    jz_window_toast (GTK_WIDGET (self), _ ("The PDF is written"));
  else
    jz_show_error (GTK_WIDGET (self), error);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, JzEditorPage *self)
{
  GBytes *pdf = g_object_get_data (G_OBJECT (dialog), "pdf");
  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_file_replace_contents_bytes_async (file, pdf, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
                                         NULL, on_written, g_object_ref (self));
  }
  g_object_unref (dialog);
}

static void
on_drawn_for_file (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Paper) paper =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (paper == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_autofree char *file = g_strconcat (paper->name, ".pdf", NULL);
  g_strdelimit (file, "/", '-');
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Export as PDF"), GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "pdf", g_bytes_ref (paper->pdf),
                          (GDestroyNotify)g_bytes_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
jz_editor_export (JzEditorPage *self)
{
  ask_for_paper (self, on_drawn_for_file);
}
