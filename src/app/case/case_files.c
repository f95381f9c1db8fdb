/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_files.h"

#include <glib/gi18n-lib.h>

#include "app/case/intake_sheet.h"
#include "app/messages.h"

/* Where files go. */
typedef struct {
  GtkWidget *inside;
  JzOfficeClient *client;
  char *case_id;
  JzJson *sheet;
  char *step; /* (nullable): the one that they show */
} Destination;

static Destination *
destination_new (GtkWidget *inside,
                 JzOfficeClient *client,
                 const char *case_id,
                 const JzJson *sheet,
                 const char *step)
{
  Destination *self = g_new0 (Destination, 1);

  self->inside = g_object_ref (inside);
  self->client = g_object_ref (client);
  self->case_id = g_strdup (case_id);
  self->sheet = jz_json_ref ((JzJson *)sheet);
  self->step = g_strdup (step);
  return self;
}

static Destination *
destination_of_tab (JzCaseTab *tab, const char *step)
{
  return destination_new (GTK_WIDGET (tab), jz_case_tab_get_client (tab),
                          jz_case_tab_get_case (tab), jz_case_tab_get_sheet (tab), step);
}

static void
destination_free (Destination *self)
{
  g_object_unref (self->inside);
  g_object_unref (self->client);
  g_free (self->case_id);
  jz_json_unref (self->sheet);
  g_free (self->step);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Destination, destination_free)

static void
begin (const Destination *to, GPtrArray *paths, GBytes *pasted)
{
  g_autoptr (JzIntakeRun) run = NULL;

  if (paths->len == 0 && pasted == NULL)
    return;
  run = jz_intake_run_begin (to->client, to->case_id, to->inside);
  for (guint i = 0; i < paths->len; i++)
    jz_intake_add (jz_intake_run_get_intake (run), g_ptr_array_index (paths, i));
  if (pasted != NULL) {
    g_autofree char *name = g_strconcat (_ ("Pasted picture"), ".png", NULL);
    jz_intake_add_bytes (jz_intake_run_get_intake (run), pasted, name);
  }
  jz_intake_sheet_show (to->inside, run, to->sheet, to->step);
}

/* A file that is not of this computer has no path; it is to be copied here first. */
static void
add_path (GtkWidget *inside, GPtrArray *paths, GFile *file)
{
  char *path = g_file_get_path (file);

  if (path != NULL)
    g_ptr_array_add (paths, path);
  else
    jz_show_message (inside, _ ("This file is not on this computer"),
                     _ ("Copy it to this computer first, then add it."));
}

/**
 * jz_files_list_paths:
 * @inside: a widget of a window
 * @files: of the type GdkFileList
 *
 * Says it where one of them is not on this computer.
 *
 * Returns: (transfer full) (element-type filename): where they are
 */
GPtrArray *
jz_files_list_paths (GtkWidget *inside, const GValue *files)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (GSList *item = g_value_get_boxed (files); item != NULL; item = item->next)
    add_path (inside, paths, item->data);
  return paths;
}

/**
 * jz_case_add_picture:
 * @tab: a tab of a case
 * @png: a picture that was pasted
 *
 * Begins to copy it and asks what it is.
 */
void
jz_case_add_picture (JzCaseTab *tab, GBytes *png)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (Destination) to = destination_of_tab (tab, NULL);

  begin (to, none, png);
}

/**
 * jz_case_add_files:
 * @tab: a tab of a case
 * @files: of the type GdkFileList
 * @step: (nullable): the step that they show
 *
 * Begins to copy them and asks what they are.
 */
void
jz_case_add_files (JzCaseTab *tab, const GValue *files, const char *step)
{
  g_autoptr (GPtrArray) paths = jz_files_list_paths (GTK_WIDGET (tab), files);
  g_autoptr (Destination) to = destination_of_tab (tab, step);

  begin (to, paths, NULL);
}

/**
 * jz_files_add:
 * @inside: a widget of a window
 * @client: the office
 * @case_id: a case
 * @sheet: what was read of it, see jz_case_sheet_new()
 * @paths: (element-type filename): files
 *
 * Begins to copy them and asks what they are.
 */
void
jz_files_add (GtkWidget *inside,
              JzOfficeClient *client,
              const char *case_id,
              const JzJson *sheet,
              GPtrArray *paths)
{
  g_autoptr (Destination) to = destination_new (inside, client, case_id, sheet, NULL);

  begin (to, paths, NULL);
}

/**
 * jz_case_go_on:
 * @tab: a tab of a case
 * @tickets: (element-type JzTicket): files that were not copied to their end
 * @arrivals: (element-type JzArrival): files that were copied, and not added
 *
 * Goes on with what another day was left, and asks what it is.
 */
void
jz_case_go_on (JzCaseTab *tab, GPtrArray *tickets, GPtrArray *arrivals)
{
  g_autoptr (JzIntakeRun) run = jz_intake_run_begin (jz_case_tab_get_client (tab),
                                                     jz_case_tab_get_case (tab), GTK_WIDGET (tab));
  JzIntake *intake = jz_intake_run_get_intake (run);

  for (guint i = 0; i < tickets->len; i++)
    jz_intake_add (intake, ((const JzTicket *)g_ptr_array_index (tickets, i))->path);
  for (guint i = 0; i < arrivals->len; i++)
    jz_intake_add_arrived (intake, g_ptr_array_index (arrivals, i));
  jz_intake_sheet_show (GTK_WIDGET (tab), run, jz_case_tab_get_sheet (tab), NULL);
}

static void
on_chosen (GtkNativeDialog *dialog, int response, const Destination *to)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GListModel) files =
    response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)) : NULL;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    add_path (to->inside, paths, file);
  }
  begin (to, paths, NULL);
  g_object_unref (dialog);
}

static void
on_choice_gone (gpointer data, GClosure *closure)
{
  destination_free (data);
}

static void
choose (Destination *to /* (transfer full) */)
{
  GtkRoot *root = gtk_widget_get_root (to->inside);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Add Files"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_chosen), to, on_choice_gone, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * jz_case_choose_files:
 * @tab: a tab of a case
 * @step: (nullable): the step that the files show
 *
 * Lets the person choose files to be added.
 */
void
jz_case_choose_files (JzCaseTab *tab, const char *step)
{
  choose (destination_of_tab (tab, step));
}

/**
 * jz_files_choose:
 * @inside: a widget of a window
 * @client: the office
 * @case_id: a case
 * @sheet: what was read of it, see jz_case_sheet_new()
 *
 * Lets the person choose files to be added to it.
 */
void
jz_files_choose (GtkWidget *inside,
                 JzOfficeClient *client,
                 const char *case_id,
                 const JzJson *sheet)
{
  choose (destination_new (inside, client, case_id, sheet, NULL));
}

static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, JzCaseTab *tab)
{
  jz_case_add_files (tab, value, g_object_get_data (G_OBJECT (target), "step"));
  return TRUE;
}

/**
 * jz_case_take_files:
 * @tab: a tab of a case
 * @onto: it, or something in it
 * @step: (nullable): the step that the files show
 *
 * From now on files can be dropped there.
 */
void
jz_case_take_files (JzCaseTab *tab, GtkWidget *onto, const char *step)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_object_set_data_full (G_OBJECT (target), "step", g_strdup (step), g_free);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_dropped), tab, 0);
  gtk_widget_add_controller (onto, GTK_EVENT_CONTROLLER (target));
}
