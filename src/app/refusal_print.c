/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/refusal_print.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/window.h"
#include "app/words.h"

/* A refusal on paper, to be shown to the boss (ux §1.2, 打印说明): what is refused, why, by which
 * article, who can clear it and how, and two lines for what is agreed. */

static void
add_row (JzLeaflet *leaflet, const char *label, const char *value)
{
  if (value != NULL && value[0] != '\0')
    jz_leaflet_add_row (leaflet, label, value);
}

/**
 * jz_refusal_make_leaflet:
 * @client: the office
 * @refusal: why a step was refused
 *
 * Returns: (transfer full): the sheet that explains it
 */
JzLeaflet *
jz_refusal_make_leaflet (JzOfficeClient *client, const JzRefusal *refusal)
{
  JzLeaflet *leaflet =
    jz_leaflet_new (_ ("Why This Step Is Not Open Yet"), jz_office_client_is_demo (client));
  char instant[JZ_INSTANT_SIZE];
  g_autofree char *moment = NULL;

  jz_instant_format (jz_office_client_now (client), instant);
  moment = jz_words_dup_moment (instant);
  add_row (leaflet, _ ("Bureau"), jz_office_client_get_bureau (client));
  add_row (leaflet, _ ("Tried by"), jz_office_client_get_name (client));
  add_row (leaflet, _ ("Time"), moment);
  jz_leaflet_add_heading (leaflet, _ ("What Is Refused, and Why"));
  jz_leaflet_add_paragraph (leaflet, jz_refusal_get_sentence (refusal));
  add_row (leaflet, _ ("Legal basis"), jz_refusal_get_basis (refusal));
  add_row (leaflet, _ ("What to do"), jz_refusal_get_clears (refusal));
  add_row (leaflet, _ ("Who can let it through"),
           jz_refusal_get_level (refusal) == JZ_REFUSAL_OVERRIDABLE
             ? _ ("The head of the organ, once, with a reason that supervision sees.")
             : _ ("Nobody: what is missing must be done first."));
  add_row (leaflet, _ ("Rule"), jz_refusal_get_rule (refusal));
  jz_leaflet_add_heading (leaflet, _ ("Agreed"));
  jz_leaflet_add_blank (leaflet, _ ("What is done, and by when"));
  jz_leaflet_add_blank (leaflet, _ ("Signature and day"));
  return leaflet;
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, const JzLeaflet *leaflet)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);

  gtk_print_operation_set_n_pages (operation, (int)jz_leaflet_draw (leaflet, cr, 0));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, const JzLeaflet *leaflet)
{
  jz_leaflet_draw (leaflet, gtk_print_context_get_cairo_context (context), (guint)page + 1);
}

/**
 * jz_refusal_print:
 * @inside: a widget of the window
 * @client: the office
 * @refusal: why a step was refused
 *
 * Asks for a printer and prints the sheet that explains it (打印说明).
 */
void
jz_refusal_print (GtkWidget *inside, JzOfficeClient *client, const JzRefusal *refusal)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_job_name (operation, _ ("Why This Step Is Not Open Yet"));
  g_object_set_data_full (G_OBJECT (operation), "leaflet",
                          jz_refusal_make_leaflet (client, refusal),
                          (GDestroyNotify)jz_leaflet_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin),
                    g_object_get_data (G_OBJECT (operation), "leaflet"));
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw),
                    g_object_get_data (G_OBJECT (operation), "leaflet"));
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    jz_show_error (inside, error);
}

typedef struct {
  JzLeaflet *leaflet;
  JzInstant now;
  char *path;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_clear_pointer (&saving->leaflet, jz_leaflet_free);
  g_free (saving->path);
  g_free (saving);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Saving *saving = data;
  GError *error = NULL;
  g_autoptr (GBytes) pdf = jz_leaflet_write_pdf (saving->leaflet, saving->now, &error);

  if (pdf != NULL && g_file_set_contents (saving->path, g_bytes_get_data (pdf, NULL),
                                          (gssize)g_bytes_get_size (pdf), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  const Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    jz_show_error (GTK_WIDGET (source), error);
    return;
  }
  text = g_strdup_printf (_ ("The explanation is in %s"), saving->path);
  jz_window_toast (GTK_WIDGET (source), text);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, GTask *task)
{
  g_autoptr (GTask) owned = task;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  Saving *saving = g_task_get_task_data (task);

  saving->path = file != NULL ? g_file_get_path (file) : NULL;
  if (response == GTK_RESPONSE_ACCEPT && saving->path != NULL)
    g_task_run_in_thread (task, save_in_thread);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "");
  g_object_unref (dialog);
}

/**
 * jz_refusal_save_pdf:
 * @inside: a widget of the window
 * @client: the office
 * @refusal: why a step was refused
 *
 * Saves the sheet that explains it as a PDF.
 */
void
jz_refusal_save_pdf (GtkWidget *inside, JzOfficeClient *client, const JzRefusal *refusal)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GTask *task = g_task_new (inside, NULL, on_saved, NULL);
  Saving *saving = g_new0 (Saving, 1);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
    _ ("Save the Explanation"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strconcat (_ ("Why this step is not open yet"), ".pdf", NULL);

  g_task_set_source_tag (task, jz_refusal_save_pdf);
  saving->leaflet = jz_refusal_make_leaflet (client, refusal);
  saving->now = jz_office_client_now (client);
  g_task_set_task_data (task, saving, saving_free);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_file_chosen), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
