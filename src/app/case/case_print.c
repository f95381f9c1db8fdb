/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_print.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/window.h"
#include "office/document_freeze.h"
#include "publish/dossier_export.h"

/* Papers of a case, written as PDF where the person says: drawn and saved on a worker thread, shown
 * as a job that can be cancelled. */

typedef struct {
  GtkWidget *inside;
  JzOfficeClient *client;
  GStrv documents; /* NULL for the dossier */
  char *case_id;
  JzDossierParts parts;
  char *given; /* (nullable): what was given out already */
  char *path;  /* a file, or a folder for several */
  JzJob *job;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_clear_object (&saving->inside);
  g_clear_object (&saving->client);
  g_clear_object (&saving->job);
  g_strfreev (saving->documents);
  g_free (saving->case_id);
  g_free (saving->given);
  g_free (saving->path);
  g_free (saving);
}

static gboolean
write_pdf (const char *path, GBytes *pdf, GError **error)
{
  return pdf != NULL && g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                             (gssize)g_bytes_get_size (pdf), error);
}

static gboolean
save_document (JzOffice *office,
               JzConnection *reader,
               const Saving *saving,
               guint position,
               GError **error)
{
  guint n = g_strv_length (saving->documents);
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  g_autoptr (GBytes) pdf =
    jz_document_print (reader, objects, saving->documents[position],
                       jz_clock_now (jz_office_get_clock (office)), NULL, error);
  g_autofree char *name =
    g_strdup_printf ("%02u-%s.pdf", position + 1, saving->documents[position]);
  g_autofree char *path =
    n > 1 ? g_build_filename (saving->path, name, NULL) : g_strdup (saving->path);

  return write_pdf (path, pdf, error);
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  jz_job_set_fraction (data, total > 0 ? (double)done / total : 0);
}

static gboolean
save_dossier (JzOffice *office,
              JzConnection *reader,
              const Saving *saving,
              GCancellable *cancellable,
              GError **error)
{
  const JzDossierExport export = { .case_id = saving->case_id,
                                   .now = jz_clock_now (jz_office_get_clock (office)),
                                   .parts = saving->parts,
                                   .given = saving->given,
                                   .path = saving->path,
                                   .progress = on_progress,
                                   .progress_data = saving->job,
                                   .cancellable = cancellable };

  return jz_dossier_export (&export, reader, jz_store_get_objects (jz_office_get_store (office)),
                            error);
}

/* Returns something that is not %NULL where all is written. */
static gpointer
save (JzOffice *office,
      JzConnection *reader,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  const Saving *saving = data;
  guint n = saving->documents != NULL ? g_strv_length (saving->documents) : 0;

  for (guint i = 0; i < n; i++) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !save_document (office, reader, saving, i, error))
      return NULL;
    jz_job_set_fraction (saving->job, (i + 1.0) / n);
  }
  if (saving->documents == NULL && !save_dossier (office, reader, saving, cancellable, error))
    return NULL;
  return g_strdup (saving->path);
}

typedef struct {
  GtkWidget *inside;
  JzJob *job;
} Shown;

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  Shown *shown = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  jz_job_end (shown->job);
  if (path != NULL) {
    g_autofree char *text = g_strdup_printf (_ ("Saved: %s"), path);
    jz_window_toast (shown->inside, text);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    jz_show_error (shown->inside, error);
  g_object_unref (shown->inside);
  g_object_unref (shown->job);
  g_free (shown);
}

static void
start (Saving *saving)
{
  Shown *shown = g_new0 (Shown, 1);

  saving->job = jz_job_new (_ ("Saving as PDF"));
  shown->inside = g_object_ref (saving->inside);
  shown->job = g_object_ref (saving->job);
  jz_window_show_job (saving->inside, saving->job);
  jz_office_client_read_async (saving->client, save, saving, saving_free, g_free,
                               jz_job_get_cancellable (saving->job), on_saved, shown);
}

static void
on_response (GtkNativeDialog *dialog, int response, Saving *saving)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL) {
    saving->path = g_file_get_path (file);
    start (saving);
  } else
    saving_free (saving);
  g_object_unref (dialog);
}

/* Several go into a folder, one into a file. */
static void
ask_where (Saving *saving, const char *name)
{
  GtkRoot *root = gtk_widget_get_root (saving->inside);
  gboolean is_folder = name == NULL;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    is_folder ? _ ("Choose a Folder") : _ ("Save as PDF"),
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    is_folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  if (!is_folder)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static Saving *
saving_new (GtkWidget *inside, JzOfficeClient *client)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->inside = g_object_ref (inside);
  saving->client = g_object_ref (client);
  return saving;
}

/* A demo's files say so in their names (design §1). */
static char *
dup_name (JzOfficeClient *client, const char *name)
{
  return g_strconcat (jz_office_client_is_demo (client) ? "演示-" : "", name, ".pdf", NULL);
}

/**
 * jz_case_save_documents:
 * @inside: a widget of a window
 * @client: the office
 * @documents: (array zero-terminated=1): ids of documents
 *
 * Asks where to, and writes each as PDF: a final one as it was frozen, a draft as it stands.
 */
void
jz_case_save_documents (GtkWidget *inside, JzOfficeClient *client, const char *const *documents)
{
  Saving *saving = saving_new (inside, client);
  g_autofree char *name = dup_name (client, C_ ("file name", "document"));

  saving->documents = g_strdupv ((char **)documents);
  ask_where (saving, g_strv_length (saving->documents) > 1 ? NULL : name);
}

/**
 * jz_case_save_dossier:
 * @inside: a widget of a window
 * @client: the office
 * @case_id: a case
 * @use: what for, see jz_dossier_find_parts()
 *
 * Asks where to, and writes what of the dossier goes there as one PDF.
 */
void
jz_case_save_dossier (GtkWidget *inside,
                      JzOfficeClient *client,
                      const char *case_id,
                      const char *use)
{
  g_autofree char *name = dup_name (client, C_ ("file name", "dossier"));
  JzDossierParts parts;
  Saving *saving;

  /* A use that nobody knows gets nothing, least of all the secondary volume. */
  g_return_if_fail (jz_dossier_find_parts (use, &parts));
  saving = saving_new (inside, client);
  saving->case_id = g_strdup (case_id);
  saving->parts = parts;
  ask_where (saving, name);
}

/**
 * jz_case_save_given:
 * @inside: a widget of a window
 * @client: the office
 * @case_id: a case
 * @given: id of what was given out of its dossier, or shown to the party
 * @is_party: whether it was shown to the party, and is a folder
 *
 * Asks where to, and writes it as it was given.
 */
void
jz_case_save_given (GtkWidget *inside,
                    JzOfficeClient *client,
                    const char *case_id,
                    const char *given,
                    gboolean is_party)
{
  Saving *saving = saving_new (inside, client);
  g_autofree char *file = dup_name (client, C_ ("file name", "dossier"));
  g_autofree char *folder = g_strconcat (jz_office_client_is_demo (client) ? "演示-" : "",
                                         C_ ("file name", "dossier for the party"), NULL);

  saving->case_id = g_strdup (case_id);
  saving->given = g_strdup (given);
  ask_where (saving, is_party ? folder : file);
}
