/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/export.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/window.h"
#include "pages/xlsx.h"

/* A list as it is shown goes to a file of the user's choice, on a thread of its own. */

/* Wider columns make pages that are printed too small. */
#define MAX_WIDTH 40

typedef struct {
  char *title;
  char *path;
  GArray *columns; /* JzXlsxColumn; their titles are in @titles */
  GPtrArray *titles;
  GPtrArray *rows; /* GStrv */
  guint at;
  JzInstant time;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_free (self->title);
  g_free (self->path);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gboolean
give_row (JzXlsxCell *cells, gboolean *is_end, gpointer data, GError **error)
{
  Export *self = data;
  char **texts;

  *is_end = self->at == self->rows->len;
  if (*is_end)
    return TRUE;
  texts = self->rows->pdata[self->at++];
  for (guint i = 0; i < self->columns->len && texts[i] != NULL; i++)
    cells[i].text = texts[i][0] != '\0' ? texts[i] : NULL;
  return TRUE;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  g_autoptr (GError) error = NULL;

  if (jz_xlsx_write_table (self->path, self->title, (const JzXlsxColumn *)self->columns->data,
                           self->columns->len, give_row, self, self->time, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWidget *inside = GTK_WIDGET (source);
  Export *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *text = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    jz_show_error (inside, error);
    return;
  }
  text = g_strdup_printf (
    ngettext ("%1$u row was written to %2$s.", "%1$u rows were written to %2$s.", self->rows->len),
    self->rows->len, name);
  jz_window_toast (inside, text);
}

static void
on_save_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  GTask *task = data;

  if (response == GTK_RESPONSE_ACCEPT) {
    Export *self = g_task_get_task_data (task);
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    self->path = g_file_get_path (file);
    g_task_run_in_thread (task, write_in_thread);
  }
  g_object_unref (task);
  g_object_unref (dialog);
}

/* A store of invented data says so in the name of every file. */
static char *
make_name (JzOfficeClient *client, const char *title)
{
  char day[JZ_DATE_SIZE];
  const char *mark = jz_office_client_is_demo (client) ? _ ("Demo ") : "";

  jz_date_format (jz_office_client_today (client), day);
  return g_strdup_printf ("%s%s %s.xlsx", mark, title, day);
}

static void
choose (GtkWidget *inside, JzOfficeClient *client, Export *self)
{
  GTask *task = g_task_new (inside, NULL, on_written, NULL);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Export as XLSX"), GTK_WINDOW (gtk_widget_get_root (inside)),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  g_autofree char *name = make_name (client, self->title);

  self->time = jz_office_client_now (client);
  g_task_set_task_data (task, self, export_free);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_save_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static Export *
export_new (JzOfficeClient *client, const char *title)
{
  Export *self = g_new0 (Export, 1);

  self->title =
    jz_office_client_is_demo (client) ? g_strconcat (_ ("Demo "), title, NULL) : g_strdup (title);
  self->columns = g_array_new (FALSE, FALSE, sizeof (JzXlsxColumn));
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  return self;
}

static void
add_column (Export *self, const char *title, guint width)
{
  JzXlsxColumn column = { NULL, JZ_XLSX_TEXT, MIN (MAX (width, 10), MAX_WIDTH) };

  column.title = g_strdup (title);
  g_ptr_array_add (self->titles, (char *)column.title);
  g_array_append_val (self->columns, column);
}

/**
 * jz_lists_export:
 * @inside: a widget of the window
 * @client: the office
 * @table: what is exported, as it is shown
 * @title: its title
 *
 * Asks for a file and writes the rows that are shown to it.
 */
void
jz_lists_export (GtkWidget *inside, JzOfficeClient *client, JzShortTable *table, const char *title)
{
  guint n_columns = 0;
  const JzShortColumn *columns = jz_short_table_get_columns (table, &n_columns);
  g_autoptr (GPtrArray) shown = jz_short_table_dup_shown (table);
  Export *self = export_new (client, title);

  for (guint i = 0; i < n_columns; i++)
    add_column (self, _ (columns[i].title), columns[i].expands ? MAX_WIDTH : columns[i].width);
  for (guint i = 0; i < shown->len; i++) {
    char **texts = g_new0 (char *, n_columns + 1);
    for (guint j = 0; j < n_columns; j++)
      texts[j] = g_strdup (jz_short_row_get_cell (shown->pdata[i], j));
    g_ptr_array_add (self->rows, texts);
  }
  choose (inside, client, self);
}

/**
 * jz_lists_export_texts:
 * @inside: a widget of the window
 * @client: the office
 * @title: of the table
 * @columns: (element-type utf8): heads
 * @rows: (element-type GStrv) (transfer container): rows, each with a text for every head; may be
 *   none
 *
 * Asks for a file and writes a table to it.
 */
void
jz_lists_export_texts (GtkWidget *inside,
                       JzOfficeClient *client,
                       const char *title,
                       GPtrArray *columns,
                       GPtrArray *rows)
{
  Export *self = export_new (client, title);

  for (guint i = 0; i < columns->len; i++)
    add_column (self, columns->pdata[i], (guint)(2 * g_utf8_strlen (columns->pdata[i], -1)) + 4);
  g_ptr_array_unref (self->rows);
  self->rows = g_ptr_array_ref (rows);
  choose (inside, client, self);
}

typedef struct {
  JzChosen chosen;
  gpointer data;
} Choosing;

static void
on_open_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  Choosing *choosing = data;

  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_autofree char *path = g_file_get_path (file);
    if (path != NULL)
      choosing->chosen (path, choosing->data);
  }
  g_free (choosing);
  g_object_unref (dialog);
}

/**
 * jz_lists_choose_file:
 * @inside: a widget of the window
 * @title: of the dialog
 * @pattern: endings of the names that are shown, such as `*.xlsx|*.csv`
 * @chosen: told the file
 * @data: for @chosen; must live as long as the window
 *
 * Lets somebody choose a file to read.
 */
void
jz_lists_choose_file (GtkWidget *inside,
                      const char *title,
                      const char *pattern,
                      JzChosen chosen,
                      gpointer data)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (inside)),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto (GStrv) patterns = g_strsplit (pattern, "|", -1);
  Choosing *choosing = g_new0 (Choosing, 1);

  for (char **at = patterns; *at != NULL; at++)
    gtk_file_filter_add_pattern (filter, *at);
  gtk_file_filter_set_name (filter, pattern);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  choosing->chosen = chosen;
  choosing->data = data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_open_response), choosing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
