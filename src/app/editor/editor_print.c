/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>

#include "app/editor/editor_page-private.h"
#include "app/editor/editor_settings.h"
#include "app/editor/printer_choice.h"
#include "app/messages.h"
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

typedef struct {
  JzEditorPage *page;
  Paper *paper;
  char *file; /* (nullable) */
} Printing;

static void
free_printing (gpointer data)
{
  Printing *self = data;
  if (self->file != NULL)
    g_unlink (self->file);
  g_free (self->file);
  free_paper (self->paper);
  g_object_unref (self->page);
  g_free (self);
}

static gboolean
is_final (JzEditorPage *self)
{
  return self->view != NULL && self->view->state >= JZ_DOCUMENT_FINAL;
}

/* Whoever prints to a file wants to know where it is. */
static void
tell_file (JzEditorPage *self, GtkPrintJob *job)
{
  const char *uri =
    gtk_print_settings_get (gtk_print_job_get_settings (job), GTK_PRINT_SETTINGS_OUTPUT_URI);
  g_autofree char *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;
  g_autofree char *text =
    name != NULL ? g_strdup_printf (_ ("The PDF is written: %s"), name) : NULL;
  jz_window_toast (GTK_WIDGET (self), text != NULL ? text : _ ("The PDF is written"));
}

static void
sent (GtkPrintJob *job, gpointer data, const GError *error)
{
  const Printing *self = data;
  if (error != NULL)
    jz_show_error (GTK_WIDGET (self->page), error);
  else if (gtk_printer_is_virtual (gtk_print_job_get_printer (job)))
    tell_file (self->page, job);
  else
    jz_window_toast (GTK_WIDGET (self->page), _ ("Sent to the printer"));
}

/* In a folder of its own that nobody else reads, until the printer has it. */
static gboolean
write_file (Printing *self, GError **error)
{
  int handle = g_file_open_tmp ("juanzong-XXXXXX.pdf", &self->file, error);
  if (handle < 0 || !g_close (handle, error))
    return FALSE;
  return g_file_set_contents (self->file, g_bytes_get_data (self->paper->pdf, NULL),
                              (gssize)g_bytes_get_size (self->paper->pdf), error);
}

static void
send (Printing *self, GtkPrintUnixDialog *dialog)
{
  g_autoptr (GError) error = NULL;
  GtkPrinter *printer = gtk_print_unix_dialog_get_selected_printer (dialog);
  if (printer == NULL || !gtk_printer_accepts_pdf (printer)) {
    jz_show_message (GTK_WIDGET (self->page), _ ("This printer takes no PDF"),
                     _ ("Choose another printer, or export the document and print the file."));
    free_printing (self);
    return;
  }
  g_autoptr (GtkPrintSettings) settings = gtk_print_unix_dialog_get_settings (dialog);
  GtkPrintJob *job = gtk_print_job_new (self->paper->name, printer, settings,
                                        gtk_print_unix_dialog_get_page_setup (dialog));
  if (!write_file (self, &error) || !gtk_print_job_set_source_file (job, self->file, &error)) {
    jz_show_error (GTK_WIDGET (self->page), error);
    free_printing (self);
  } else {
    jz_editor_settings_keep_printer (
      gtk_printer_get_name (printer),
      is_final (self->page) ? gtk_print_settings_get_n_copies (settings) : 0);
    gtk_print_job_send (job, sent, self, free_printing);
  }
  g_object_unref (job);
}

static void
on_response (GtkPrintUnixDialog *dialog, int response, Printing *self)
{
  if (response == GTK_RESPONSE_OK)
    send (self, dialog);
  else
    free_printing (self);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static char *
dup_file_name (const Paper *paper)
{
  char *name = g_strdup (paper->name);
  return g_strdelimit (name, "/", '-');
}

/* What is printed of a final document are its copies; a file of it goes to the documents. */
static GtkPrintSettings *
new_settings (JzEditorPage *self, const Paper *paper)
{
  GtkPrintSettings *settings = gtk_print_settings_new ();
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = dup_file_name (paper);
  gtk_print_settings_set_n_copies (settings,
                                   is_final (self) ? jz_editor_settings_get_copies () : 1);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR,
                          folder != NULL ? folder : g_get_home_dir ());
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf");
  return settings;
}

static GtkPageSetup *
new_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  return setup;
}

static void
ask_for_printer (Printing *printing)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (printing->page));
  GtkPrintUnixDialog *dialog = GTK_PRINT_UNIX_DIALOG (gtk_print_unix_dialog_new (
    printing->paper->name, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL));
  g_autoptr (GtkPageSetup) setup = new_page_setup ();
  g_autoptr (GtkPrintSettings) settings = new_settings (printing->page, printing->paper);
  g_autofree char *last = jz_editor_settings_dup_printer ();
  gtk_print_unix_dialog_set_page_setup (dialog, setup);
  gtk_print_unix_dialog_set_manual_capabilities (dialog, GTK_PRINT_CAPABILITY_GENERATE_PDF |
                                                           GTK_PRINT_CAPABILITY_COPIES |
                                                           GTK_PRINT_CAPABILITY_COLLATE);
  gtk_print_unix_dialog_set_settings (dialog, settings);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), printing);
  jz_printer_choice_watch (dialog, settings, last);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_drawn_for_printer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  Paper *paper = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (paper == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  Printing *printing = g_new0 (Printing, 1);
  printing->page = g_object_ref (self);
  printing->paper = paper;
  ask_for_printer (printing);
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
  g_autofree char *name = dup_file_name (paper);
  g_autofree char *file = g_strconcat (name, ".pdf", NULL);
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
