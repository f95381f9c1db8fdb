/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/enrol_window.h"

#include <glib/gi18n-lib.h>

#include "app/start/setup_step.h"

typedef struct {
  JzSetupContext context;
  JzSetupStep *step; /* borrowed: the window owns it, and this */
} Enrol;

static void
enrol_free (gpointer data)
{
  Enrol *enrol = data;

  jz_setup_context_keep_ca_password (&enrol->context, NULL);
  g_clear_object (&enrol->context.client);
  g_clear_pointer (&enrol->context.setup, jz_setup_free);
  g_clear_pointer (&enrol->context.accounts, g_ptr_array_unref);
  g_free (enrol);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWindow) window = data;
  Enrol *enrol = g_object_get_data (G_OBJECT (window), "enrol");
  JzSetupReading *reading = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  if (reading == NULL)
    return;
  jz_setup_context_take (&enrol->context, reading);
  jz_setup_step_enter (enrol->step);
}

static void
ask (GtkWindow *window)
{
  Enrol *enrol = g_object_get_data (G_OBJECT (window), "enrol");

  jz_office_client_read_async (enrol->context.client, jz_setup_reading_read, NULL, NULL,
                               jz_setup_reading_free, NULL, on_read, g_object_ref (window));
}

/**
 * jz_enrol_window_show:
 * @inside: a widget of the window above which it is shown
 * @client: the office, with an administrator signed in
 */
void
jz_enrol_window_show (GtkWidget *inside, JzOfficeClient *client)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = g_object_new (
    ADW_TYPE_WINDOW, "modal", TRUE, "transient-for", GTK_IS_WINDOW (root) ? root : NULL,
    "default-width", 760, "default-height", 680, "title", _ ("Add a person"), "content", box, NULL);
  Enrol *enrol = g_new0 (Enrol, 1);

  enrol->context.client = g_object_ref (client);
  enrol->step = g_object_new (jz_setup_people_get_type (), NULL);
  jz_setup_step_set_context (enrol->step, &enrol->context, window);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (enrol->step), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (enrol->step));
  g_object_set_data_full (G_OBJECT (window), "enrol", enrol, enrol_free);
  g_signal_connect_object (enrol->step, "ended", G_CALLBACK (ask), window, G_CONNECT_SWAPPED);
  ask (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}
