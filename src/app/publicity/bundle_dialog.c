/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/bundle_dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/publicity/bundle_export.h"
#include "app/refusal_place.h"
#include "base/typed.h"

/* Making a bundle (公示包): the days are asked for, what was released on them is frozen by the act,
 * and jz_bundle_export() writes the file. */

typedef struct {
  GtkWidget *inside;
  JzOfficeClient *client;
  GtkEditable *from_row; /* only while the dialog is there */
  GtkEditable *to_row;
  char from[JZ_DATE_SIZE];
  char to[JZ_DATE_SIZE];
} Making;

static void
making_free (gpointer data)
{
  Making *self = data;

  g_object_unref (self->inside);
  g_object_unref (self->client);
  g_free (self);
}

static Making *
making_copy (const Making *self)
{
  Making *copy = g_new0 (Making, 1);

  copy->inside = g_object_ref (self->inside);
  copy->client = g_object_ref (self->client);
  g_strlcpy (copy->from, self->from, sizeof copy->from);
  g_strlcpy (copy->to, self->to, sizeof copy->to);
  return copy;
}

static void
on_frozen (GObject *source, GAsyncResult *result, gpointer data)
{
  Making *self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (self->inside, result);

  if (outcome != NULL)
    jz_bundle_export (self->inside, self->client, self->from, self->to);
  making_free (self);
}

/* Days may be typed as everywhere else. */
static void
read_day (const Making *self, GtkEditable *row, char day[JZ_DATE_SIZE])
{
  const char *typed = gtk_editable_get_text (row);
  JzDate date;

  if (jz_typed_read_date (typed, jz_office_client_today (self->client), &date))
    jz_date_format (date, day);
  else
    g_strlcpy (day, typed, JZ_DATE_SIZE); /* the act says what is wrong with it */
}

static void
on_response (Making *self, const char *response)
{
  JzJson *args;

  if (!g_str_equal (response, "make"))
    return;
  read_day (self, self->from_row, self->from);
  read_day (self, self->to_row, self->to);
  args = jz_json_new_object ();
  jz_json_set_text (args, "from", self->from);
  jz_json_set_text (args, "to", self->to);
  jz_office_client_act_async (self->client, "publication.bundle", args, NULL, on_frozen,
                              making_copy (self));
}

static GtkEditable *
add_day (AdwPreferencesGroup *group, const char *title, JzDate date)
{
  GtkWidget *row = adw_entry_row_new ();
  char text[JZ_DATE_SIZE];

  jz_date_format (date, text);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_preferences_group_add (group, row);
  return GTK_EDITABLE (row);
}

static void
on_closed (gpointer data, GClosure *closure)
{
  making_free (data);
}

/**
 * jz_bundle_dialog_show:
 * @inside: a widget of a window
 * @client: the office, with a publisher signed in
 *
 * Asks for the days, the beginning of this year until today at first, freezes what was released on
 * them and writes it to a file (P-42).
 */
void
jz_bundle_dialog_show (GtkWidget *inside, JzOfficeClient *client)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *dialog = adw_message_dialog_new (
    GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Make a Bundle"),
    _ ("What was released on these days and is public goes into one signed file, which anybody can "
       "check. A day is typed like 20260302."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GtkWidget *group = adw_preferences_group_new ();
  JzDate today = jz_office_client_today (client);
  Making *self = g_new0 (Making, 1);

  self->inside = g_object_ref (inside);
  self->client = g_object_ref (client);
  self->from_row = add_day (ADW_PREFERENCES_GROUP (group), C_ ("period", "First day"),
                            (JzDate){ today.year, 1, 1 });
  self->to_row = add_day (ADW_PREFERENCES_GROUP (group), C_ ("period", "Last day"), today);
  adw_message_dialog_set_extra_child (message, group);
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "make", _ ("_Make"), NULL);
  adw_message_dialog_set_response_appearance (message, "make", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "make");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, on_closed,
                         G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
