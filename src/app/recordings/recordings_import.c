/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recordings/recordings_import.h"

#include <glib/gi18n-lib.h>

#include "app/case/case_files.h"
#include "app/case/case_read.h"
#include "app/messages.h"
#include "app/recordings/case_chooser.h"

/* Taking in what devices have recorded (导入音像, ux.md §2; R-18): first of which case it is, then
 * the files where they are not known yet, and then what is asked of all files of a case. */

typedef struct {
  GtkWidget *inside;
  JzOfficeClient *client;
  GPtrArray *paths; /* (nullable): to be chosen */
  char *case_id;
} Import;

static void
import_free (Import *self)
{
  g_object_unref (self->inside);
  g_object_unref (self->client);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_free (self->case_id);
  g_free (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Import *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) sheet =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (sheet == NULL)
    jz_show_error (self->inside, error);
  else if (self->paths != NULL)
    jz_files_add (self->inside, self->client, self->case_id, sheet, self->paths);
  else
    jz_files_choose (self->inside, self->client, self->case_id, sheet);
  import_free (self);
}

static void
on_chosen (Import *self, const char *case_id)
{
  Import *chosen = g_new0 (Import, 1);

  chosen->inside = g_object_ref (self->inside);
  chosen->client = g_object_ref (self->client);
  chosen->paths = self->paths != NULL ? g_ptr_array_ref (self->paths) : NULL;
  chosen->case_id = g_strdup (case_id);
  jz_case_read_async (self->client, case_id, NULL, on_read, chosen);
}

static void
on_gone (gpointer data, GClosure *closure)
{
  import_free (data);
}

/**
 * jz_recordings_import:
 * @inside: a widget of a window
 * @client: the office, with a handler signed in
 * @paths: (nullable) (element-type filename): the files; %NULL to have them chosen
 *
 * Asks of which case recordings are, and takes them in.
 */
void
jz_recordings_import (GtkWidget *inside, JzOfficeClient *client, GPtrArray *paths)
{
  JzCaseChooser *chooser =
    jz_case_chooser_present (inside, client, _ ("Which case are the recordings of?"));
  Import *self = g_new0 (Import, 1);

  self->inside = g_object_ref (inside);
  self->client = g_object_ref (client);
  self->paths = paths != NULL ? g_ptr_array_ref (paths) : NULL;
  g_signal_connect_data (chooser, "chosen", G_CALLBACK (on_chosen), self, on_gone,
                         G_CONNECT_SWAPPED);
}

static gboolean
on_dropped (GtkDropTarget *target, const GValue *value, double x, double y, JzSection *section)
{
  JzOfficeClient *client = jz_section_get_client (section);
  g_autoptr (GPtrArray) paths = NULL;

  if (client == NULL || !jz_office_client_has_role (client, JZ_RECORDING_ROLES))
    return FALSE;
  paths = jz_files_list_paths (GTK_WIDGET (section), value);
  if (paths->len > 0)
    jz_recordings_import (GTK_WIDGET (section), client, paths);
  return TRUE;
}

/**
 * jz_recordings_take_files:
 * @section: a workplace
 *
 * From now on files can be dropped on it, to be imported.
 */
void
jz_recordings_take_files (JzSection *section)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_dropped), section, 0);
  gtk_widget_add_controller (GTK_WIDGET (section), GTK_EVENT_CONTROLLER (target));
}
