/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_export.h"

#include <glib/gi18n-lib.h>

#include "app/file_export.h"
#include "app/words.h"
#include "pages/xlsx.h"

/* A list as a table for Excel and WPS: the rows as they are filtered and sorted on the screen, read
 * and written a page at a time on a worker thread, however many there are. */

#define CHUNK 500
/* How often a list is asked whether it is read. */
#define WAIT_MS 50

typedef struct {
  JzRowModel *model;
  GArray *ids;
  GPtrArray *rows; /* GStrv, of the chunk that is written */
  guint first;     /* its position */
  guint next;
  const JzRowColumn *columns;
  guint n_columns;
  char *title;
  JzInstant time;

  /* For the time of writing. */
  JzJob *job;
  JzOffice *office;
  JzConnection *reader;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_pointer (&self->rows, jz_row_reader_free_rows);
  g_object_unref (self->model);
  g_array_unref (self->ids);
  g_free (self->title);
  g_free (self);
}

static gboolean
load_chunk (Export *self, GError **error)
{
  GCancellable *cancellable = jz_job_get_cancellable (self->job);

  if (self->rows != NULL && self->next < self->first + self->rows->len)
    return TRUE;
  g_clear_pointer (&self->rows, jz_row_reader_free_rows);
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

static char *
write_table (JzOffice *office,
             JzConnection *reader,
             const char *path,
             JzJob *job,
             gpointer data,
             GError **error)
{
  Export *self = data;
  g_autofree JzXlsxColumn *columns = g_new0 (JzXlsxColumn, self->n_columns);

  self->office = office;
  self->reader = reader;
  self->job = job;
  for (guint i = 0; i < self->n_columns; i++)
    columns[i] = (JzXlsxColumn){ _ (self->columns[i].title), JZ_XLSX_TEXT, self->columns[i].width };
  if (!jz_xlsx_write_table (path, self->title, columns, self->n_columns, write_next, self,
                            self->time, error))
    return NULL;
  /* Translators: a file */
  return g_strdup_printf (_ ("The table was written to %s"), path);
}

typedef struct {
  JzRowView *view;
  JzOfficeClient *client;
  char *title;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_object_unref (self->view);
  g_object_unref (self->client);
  g_free (self->title);
  g_free (self);
}

static void
export_rows (const Asked *self, JzRowModel *model)
{
  g_autofree char *day = jz_words_dup_date (jz_office_client_today (self->client));
  g_autofree char *name = g_strdup_printf ("%s %s.xlsx", self->title, day);
  const JzFileExport table = { _ ("Export as a Table"), name, _ ("Writing the table…"),
                               write_table };
  Export *export = g_new0 (Export, 1);

  export->model = g_object_ref (model);
  export->ids = jz_row_model_dup_ids (model);
  export->columns = jz_row_view_get_columns (self->view, &export->n_columns);
  export->title = g_strdup (self->title);
  export->time = jz_office_client_now (self->client);
  jz_file_export (GTK_WIDGET (self->view), self->client, &table, export, export_free);
}

/* Whoever is quicker than the list gets all of it nevertheless; who went elsewhere, nothing. */
static gboolean
export_when_read (gpointer data)
{
  Asked *self = data;
  JzRowModel *model = jz_row_view_get_model (self->view);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return G_SOURCE_REMOVE;
  if (model == NULL || jz_row_model_is_loading (model))
    return G_SOURCE_CONTINUE;
  export_rows (self, model);
  return G_SOURCE_REMOVE;
}

/**
 * jz_row_view_export:
 * @self: a view
 * @client: the office
 * @title: what the table is called
 *
 * Asks for a file, as soon as the list is read, and writes its rows into it in the order in which
 * they are shown.
 */
void
jz_row_view_export (JzRowView *self, JzOfficeClient *client, const char *title)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->view = g_object_ref (self);
  asked->client = g_object_ref (client);
  asked->title = g_strdup (title);
  if (export_when_read (asked))
    g_timeout_add_full (G_PRIORITY_DEFAULT, WAIT_MS, export_when_read, asked, asked_free);
  else
    asked_free (asked);
}
