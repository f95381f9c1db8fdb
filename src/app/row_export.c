/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_export.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/window.h"
#include "app/words.h"
#include "pages/xlsx.h"

/* A list as a table for Excel and WPS: the rows as they are filtered and sorted on the screen, read
 * and written a page at a time on a worker thread, however many there are. */

#define CHUNK 500

typedef struct {
  JzRowModel *model;
  JzJob *job;
  GArray *ids;
  GPtrArray *rows; /* GStrv, of the chunk that is written */
  guint first;     /* its position */
  guint next;
  const JzRowColumn *columns;
  guint n_columns;
  char *path;
  char *title;
  JzInstant time;

  /* For the time of writing. */
  JzOffice *office;
  JzConnection *reader;
} Export;

static void
clear_rows (Export *self)
{
  for (guint i = 0; self->rows != NULL && i < self->rows->len; i++)
    g_strfreev (g_ptr_array_index (self->rows, i));
  g_clear_pointer (&self->rows, g_ptr_array_unref);
}

static void
export_free (gpointer data)
{
  Export *self = data;

  clear_rows (self);
  g_object_unref (self->model);
  g_object_unref (self->job);
  g_array_unref (self->ids);
  g_free (self->path);
  g_free (self->title);
  g_free (self);
}

static gboolean
load_chunk (Export *self, GError **error)
{
  GCancellable *cancellable = jz_job_get_cancellable (self->job);

  if (self->rows != NULL && self->next < self->first + self->rows->len)
    return TRUE;
  clear_rows (self);
  self->first = self->next;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  jz_job_set_fraction (self->job, (double)self->next / self->ids->len);
  self->rows = jz_row_model_load (self->model, self->office, self->reader,
                                  &g_array_index (self->ids, gint64, self->first),
                                  MIN (CHUNK, self->ids->len - self->first), cancellable, error);
  return self->rows != NULL;
}

/* A row that went while others were written is left out. */
static gboolean
write_next (JzXlsxCell *cells, gboolean *is_end, gpointer data, GError **error)
{
  Export *self = data;
  char **row = NULL;

  while (row == NULL) {
    if (self->next >= self->ids->len) {
      *is_end = TRUE;
      return TRUE;
    }
    if (!load_chunk (self, error))
      return FALSE;
    row = g_ptr_array_index (self->rows, self->next - self->first);
    self->next++;
  }
  for (guint i = 0; i < self->n_columns; i++)
    cells[i].text = row[i];
  return TRUE;
}

static gpointer
write_in_thread (JzOffice *office,
                 JzConnection *reader,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  Export *self = data;
  g_autofree JzXlsxColumn *columns = g_new0 (JzXlsxColumn, self->n_columns);
  gboolean is_written;

  self->office = office;
  self->reader = reader;
  for (guint i = 0; i < self->n_columns; i++)
    columns[i] = (JzXlsxColumn){ _ (self->columns[i].title), JZ_XLSX_TEXT, self->columns[i].width };
  is_written = jz_xlsx_write_table (self->path, self->title, columns, self->n_columns, write_next,
                                    self, self->time, error);
  jz_job_end (self->job);
  return is_written ? g_strdup (self->path) : NULL;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_autofree char *text = NULL;

  if (path == NULL) {
    jz_show_error (inside, error);
    return;
  }
  /* Translators: a file */
  text = g_strdup_printf (_ ("The table was written to %s"), path);
  jz_window_toast (inside, text);
}

typedef struct {
  GtkFileChooserNative *chooser;
  GtkWidget *inside;
  JzOfficeClient *client;
  Export *export;
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

static void
on_chosen (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr (GFile) file =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  if (file != NULL) {
    Export *self = g_steal_pointer (&choice->export);
    self->path = g_file_get_path (file);
    jz_window_show_job (choice->inside, self->job);
    jz_office_client_read_async (choice->client, write_in_thread, self, export_free, g_free,
                                 jz_job_get_cancellable (self->job), on_written,
                                 g_object_ref (choice->inside));
  }
  choice_free (choice);
}

/**
 * jz_row_view_export:
 * @self: a view
 * @client: the office
 * @title: what the table is called
 *
 * Asks for a file, and writes the rows of the list into it in the order in which they are shown.
 */
void
jz_row_view_export (JzRowView *self, JzOfficeClient *client, const char *title)
{
  JzRowModel *model = jz_row_view_get_model (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Choice *choice = g_new0 (Choice, 1);
  g_autofree char *day = jz_words_dup_date (jz_office_client_today (client));
  g_autofree char *name = g_strdup_printf ("%s %s.xlsx", title, day);

  choice->export = g_new0 (Export, 1);
  choice->export->model = g_object_ref (model);
  choice->export->job = jz_job_new (_ ("Writing the table…"));
  choice->export->ids = jz_row_model_dup_ids (model);
  choice->export->columns = jz_row_view_get_columns (self, &choice->export->n_columns);
  choice->export->title = g_strdup (title);
  choice->export->time = jz_office_client_now (client);
  choice->inside = g_object_ref (GTK_WIDGET (self));
  choice->client = g_object_ref (client);
  choice->chooser = gtk_file_chooser_native_new (
    _ ("Export as a Table"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (choice->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (choice->chooser), name);
  g_signal_connect (choice->chooser, "response", G_CALLBACK (on_chosen), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (choice->chooser));
}
