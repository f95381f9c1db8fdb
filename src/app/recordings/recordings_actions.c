/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recordings/recordings_actions.h"

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/messages.h"
#include "app/recordings/recordings_read.h"

/* Where the row leads, and tying it to a step of its case by the same act as on the page of the
 * case. What the row stands for is looked up first, for the list holds only texts. */

static JzJson *
finish (GtkWidget *inside, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  JzJson *row = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (row == NULL)
    jz_show_error (inside, error);
  return row;
}

static void
on_found_to_open (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (JzJson) row = finish (inside, source, result);

  if (row != NULL)
    gtk_widget_activate_action (inside, "win.go", "s", jz_json_get_member_text (row, "go"));
}

/**
 * jz_recording_open:
 * @inside: a widget of a window
 * @client: the office, with somebody signed in
 * @key: of a row of the list of recordings
 *
 * Shows the recording, or what is owed of the step.
 */
void
jz_recording_open (GtkWidget *inside, JzOfficeClient *client, gint64 key)
{
  jz_recordings_find_async (client, key, NULL, on_found_to_open, g_object_ref (inside));
}

static void
on_found_case (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (JzJson) row = finish (inside, source, result);
  g_autofree char *place = NULL;

  if (row == NULL)
    return;
  place = g_strdup_printf ("cases/%s", jz_json_get_member_text (row, "case"));
  gtk_widget_activate_action (inside, "win.go", "s", place);
}

/**
 * jz_recording_open_case:
 * @inside: a widget of a window
 * @client: the office, with somebody signed in
 * @key: of a row of the list of recordings
 *
 * Shows its case.
 */
void
jz_recording_open_case (GtkWidget *inside, JzOfficeClient *client, gint64 key)
{
  jz_recordings_find_async (client, key, NULL, on_found_case, g_object_ref (inside));
}

/* The step is asked of a recording, and the recording of a step that owes one. */
static void
on_found_to_bind (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (JzJson) row = finish (inside, source, result);
  const char *file;
  JzJson *preset;

  if (row == NULL)
    return;
  file = jz_json_get_member_text (row, "file");
  preset = jz_json_new_object ();
  jz_json_set_text (preset, "case", jz_json_get_member_text (row, "case"));
  if (file[0] != '\0')
    jz_json_set_text (preset, "attachment", file);
  else
    jz_json_set_text (preset, "of", jz_json_get_member_text (row, "step"));
  jz_act_form_present (inside, JZ_OFFICE_CLIENT (source), "recording.bind", preset);
}

/**
 * jz_recording_bind:
 * @inside: a widget of a window
 * @client: the office, with a handler signed in
 * @key: of a row of the list of recordings
 *
 * Asks which step the recording shows, or which recording shows the step.
 */
void
jz_recording_bind (GtkWidget *inside, JzOfficeClient *client, gint64 key)
{
  jz_recordings_find_async (client, key, NULL, on_found_to_bind, g_object_ref (inside));
}

/**
 * jz_recording_dup_device_words:
 * @row: of jz_recordings_find_device_async()
 *
 * Whether a number is missing is asked of people; nothing is refused for it.
 *
 * Returns: (transfer full): what stands above the recordings of a device
 */
char *
jz_recording_dup_device_words (const JzJson *row)
{
  const char *device = jz_json_get_member_text (row, "device");
  const char *missing = jz_json_get_member_text (row, "missing");

  if (device[0] == '\0')
    return g_strdup (_ ("Recordings that do not say which device made them"));
  if (missing[0] == '\0')
    return g_strdup_printf (_ ("Recordings of the device %s"), device);
  /* Translators: %1$s is a device, %2$s are days and numbers. */
  return g_strdup_printf (_ ("Recordings of the device %1$s; file numbers that are missing: %2$s. "
                             "Ask whoever carried it whether they are still on the device."),
                          device, missing);
}
