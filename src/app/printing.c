/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gtk/gtkunixprint.h>

#include "app/editor/editor_settings.h"
#include "app/editor/printer_choice.h"
#include "app/messages.h"
#include "app/window.h"
#include "base/temporary.h"

/* A PDF goes to a printer as it is: the dialog asks which one and how many copies, with what was
 * chosen last time. */

typedef struct {
  GtkWidget *inside;
  GBytes *pdf;
  GBytes *on_both_sides; /* (nullable) */
  char *name;
  gboolean is_final;
  char *file; /* (nullable) */
} Printing;

static void
free_printing (gpointer data)
{
  Printing *self = data;
  if (self->file != NULL)
    g_unlink (self->file);
  g_free (self->file);
  g_free (self->name);
  g_bytes_unref (self->pdf);
  g_clear_pointer (&self->on_both_sides, g_bytes_unref);
  g_object_unref (self->inside);
  g_free (self);
}

/* Whoever prints to a file wants to know where it is. */
static void
tell_file (GtkWidget *inside, GtkPrintJob *job)
{
  const char *uri =
    gtk_print_settings_get (gtk_print_job_get_settings (job), GTK_PRINT_SETTINGS_OUTPUT_URI);
  g_autofree char *path = uri != NULL ? g_filename_from_uri (uri, NULL, NULL) : NULL;
  g_autofree char *name = path != NULL ? g_filename_display_name (path) : NULL;
  g_autofree char *text =
    name != NULL ? g_strdup_printf (_ ("The PDF is written: %s"), name) : NULL;
  jz_window_toast (inside, text != NULL ? text : _ ("The PDF is written"));
}

static void
sent (GtkPrintJob *job, gpointer data, const GError *error)
{
  const Printing *self = data;
  if (error != NULL)
    jz_show_error (self->inside, error);
  else if (gtk_printer_is_virtual (gtk_print_job_get_printer (job)))
    tell_file (self->inside, job);
  else
    jz_window_toast (self->inside, _ ("Sent to the printer"));
}

/* In a folder of its own that nobody else reads, until the printer has it. */
static gboolean
write_file (Printing *self, GtkPrintSettings *settings, GError **error)
{
  gboolean is_duplex = gtk_print_settings_get_duplex (settings) != GTK_PRINT_DUPLEX_SIMPLEX;
  GBytes *pdf = is_duplex && self->on_both_sides != NULL ? self->on_both_sides : self->pdf;
  self->file = jz_temporary_file ("print", ".pdf", error);
  return self->file != NULL && g_file_set_contents (self->file, g_bytes_get_data (pdf, NULL),
                                                    (gssize)g_bytes_get_size (pdf), error);
}

static void
send (Printing *self, GtkPrintUnixDialog *dialog)
{
  g_autoptr (GError) error = NULL;
  GtkPrinter *printer = gtk_print_unix_dialog_get_selected_printer (dialog);
  if (printer == NULL || !gtk_printer_accepts_pdf (printer)) {
    jz_show_message (self->inside, _ ("This printer takes no PDF"),
                     _ ("Choose another printer, or export the document and print the file."));
    free_printing (self);
    return;
  }
  g_autoptr (GtkPrintSettings) settings = gtk_print_unix_dialog_get_settings (dialog);
  GtkPrintJob *job = gtk_print_job_new (self->name, printer, settings,
                                        gtk_print_unix_dialog_get_page_setup (dialog));
  if (!write_file (self, settings, &error) ||
      !gtk_print_job_set_source_file (job, self->file, &error)) {
    jz_show_error (self->inside, error);
    free_printing (self);
  } else {
    jz_editor_settings_keep_printer (gtk_printer_get_name (printer),
                                     self->is_final ? gtk_print_settings_get_n_copies (settings)
                                                    : 0);
    gtk_print_job_send (job, sent, self, free_printing);
  }
  g_object_unref (job);
}

static gboolean
let_go (gpointer dialog)
{
  return G_SOURCE_REMOVE;
}

/* While a key is delivered, GTK 4.8 holds every widget from the window down to the one with the
 * focus, and lets go of the window first. A dialog that Escape closes in its list of printers would
 * be finalized before that list, which then still tells it that no printer is chosen any more. */
static void
keep_until_idle (GtkWidget *dialog, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, let_go, g_object_ref (dialog), g_object_unref);
}

/* Whoever chose a printer with the arrows prints there: GTK's list takes Enter for itself, and does
 * nothing with it. */
static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        GtkWidget *dialog)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (dialog));

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter) || focus == NULL ||
      gtk_widget_get_ancestor (focus, GTK_TYPE_COLUMN_VIEW) == NULL)
    return FALSE;
  gtk_widget_activate_default (dialog);
  return TRUE;
}

static void
listen (GtkWidget *dialog)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), dialog);
  gtk_widget_add_controller (dialog, keys);
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

/* What is printed of a final document are its copies; a file of it goes to the documents. */
static GtkPrintSettings *
new_settings (const Printing *self)
{
  GtkPrintSettings *settings = gtk_print_settings_new ();
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = g_strdelimit (g_strdup (self->name), "/", '-');
  gtk_print_settings_set_n_copies (settings, self->is_final ? jz_editor_settings_get_copies () : 1);
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
ask_for_printer (Printing *self)
{
  GtkRoot *root = gtk_widget_get_root (self->inside);
  GtkPrintUnixDialog *dialog = GTK_PRINT_UNIX_DIALOG (
    gtk_print_unix_dialog_new (self->name, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL));
  g_autoptr (GtkPageSetup) setup = new_page_setup ();
  g_autoptr (GtkPrintSettings) settings = new_settings (self);
  g_autofree char *last = jz_editor_settings_dup_printer ();
  gtk_print_unix_dialog_set_page_setup (dialog, setup);
  gtk_print_unix_dialog_set_manual_capabilities (dialog, GTK_PRINT_CAPABILITY_GENERATE_PDF |
                                                           GTK_PRINT_CAPABILITY_COPIES |
                                                           GTK_PRINT_CAPABILITY_COLLATE);
  gtk_print_unix_dialog_set_settings (dialog, settings);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), self);
  g_signal_connect (dialog, "unrealize", G_CALLBACK (keep_until_idle), NULL);
  listen (GTK_WIDGET (dialog));
  jz_printer_choice_watch (dialog, settings, last);
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * jz_print:
 * @inside: a widget of a window
 * @request: what is printed
 *
 * Asks for the printer and sends it there.
 */
void
jz_print (GtkWidget *inside, const JzPrintRequest *request)
{
  Printing *self = g_new0 (Printing, 1);
  self->inside = g_object_ref (inside);
  self->pdf = g_bytes_ref (request->pdf);
  self->on_both_sides =
    request->on_both_sides != NULL ? g_bytes_ref (request->on_both_sides) : NULL;
  self->name = g_strdup (request->name);
  self->is_final = request->is_final;
  ask_for_printer (self);
}
