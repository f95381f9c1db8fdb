/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/bundle_export.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/window.h"
#include "app/words.h"
#include "publish/bundle_make.h"

/* The newest bundle of publications as a file, to be taken to a carrier (P-42). The same bytes
 * every time: it was frozen by the act, and is only packed here. */

/* Every period lies between them. */
#define FIRST_DAY "0001-01-01"
#define LAST_DAY "9999-12-31"

typedef struct {
  JzJob *job;
  char *path;
  JzBundleFormat format;
  char from[JZ_DATE_SIZE];
  char to[JZ_DATE_SIZE];
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->job);
  g_free (self->path);
  g_free (self);
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  jz_job_set_fraction (data, total > 0 ? (double)done / total : 0);
}

static gpointer
write_in_thread (JzOffice *office,
                 JzConnection *reader,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  Export *self = data;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  g_autoptr (JzJson) deviations = NULL;
  g_autoptr (JzBundle) bundle =
    jz_bundle_load_newest (reader, objects, self->from, self->to, &deviations, error);
  gboolean is_written =
    bundle != NULL && jz_bundle_write (bundle, objects, self->path, self->format, on_progress,
                                       self->job, cancellable, error);
  g_autofree char *from = bundle != NULL ? jz_words_dup_date (bundle->from) : NULL;
  g_autofree char *to = bundle != NULL ? jz_words_dup_date (bundle->to) : NULL;

  jz_job_end (self->job);
  return is_written ? g_strdup_printf (_ ("The bundle of %1$s to %2$s was written to %3$s"), from,
                                       to, self->path)
                    : NULL;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (sentence != NULL)
    jz_window_toast (inside, sentence);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    jz_show_error (inside, error);
}

typedef struct {
  GtkFileChooserNative *chooser;
  GtkWidget *inside;
  JzOfficeClient *client;
  Export *export; /* (nullable) */
} Choice;

static void
choice_free (Choice *self)
{
  g_object_unref (self->chooser);
  g_object_unref (self->inside);
  g_object_unref (self->client);
  g_clear_pointer (&self->export, export_free);
  g_free (self);
}

/* A name without an ending that is known is a ZIP's. */
static void
set_path (Export *self, char *path)
{
  self->path = path;
  if (jz_bundle_format_guess (path, &self->format))
    return;
  self->path = g_strconcat (path, ".zip", NULL);
  self->format = JZ_BUNDLE_ZIP;
  g_free (path);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL) {
    Export *self = g_steal_pointer (&choice->export);
    set_path (self, path);
    jz_window_show_job (choice->inside, self->job);
    jz_office_client_read_async (choice->client, write_in_thread, self, export_free, g_free,
                                 jz_job_get_cancellable (self->job), on_written,
                                 g_object_ref (choice->inside));
  }
  choice_free (choice);
}

/* A demo's files say so in their names (design §1). */
static char *
make_name (JzOfficeClient *client, const char *to)
{
  g_autofree char *today = jz_words_dup_date (jz_office_client_today (client));
  /* Translators: the name of a file; %s is a day */
  g_autofree char *name = g_strdup_printf (_ ("Publications until %s"), to != NULL ? to : today);

  return g_strconcat (jz_office_client_is_demo (client) ? JZ_BUNDLE_DEMO_MARK "-" : "", name,
                      ".zip", NULL);
}

/**
 * jz_bundle_export:
 * @inside: a widget of a window
 * @client: the office
 * @from: (nullable): the first day that a bundle may begin with
 * @to: (nullable): the last day that it may end with
 *
 * Asks for a file, .zip, .tar.gz or .tar.zst by its name, and writes the newest bundle of these
 * days into it, with progress and cancel; nothing half is left under that name. Without a bundle it
 * says so.
 */
void
jz_bundle_export (GtkWidget *inside, JzOfficeClient *client, const char *from, const char *to)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  Choice *choice = g_new0 (Choice, 1);
  g_autofree char *name = make_name (client, to);

  choice->inside = g_object_ref (inside);
  choice->client = g_object_ref (client);
  choice->export = g_new0 (Export, 1);
  choice->export->job = jz_job_new (_ ("Writing the bundle…"));
  g_strlcpy (choice->export->from, from != NULL ? from : FIRST_DAY, JZ_DATE_SIZE);
  g_strlcpy (choice->export->to, to != NULL ? to : LAST_DAY, JZ_DATE_SIZE);
  choice->chooser = gtk_file_chooser_native_new (
    _ ("Export the Newest Bundle"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (choice->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (choice->chooser), name);
  g_signal_connect (choice->chooser, "response", G_CALLBACK (on_chosen), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (choice->chooser));
}
