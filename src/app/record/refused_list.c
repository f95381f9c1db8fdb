/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/record/refused_list.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/words.h"
#include "office/act_words.h"

/* What was tried and refused on this computer, for the inspector: who, what, when, and which rule
 * said no; never with which content (M-31). */

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  return jz_scratch_list_attempts (jz_store_get_scratch (jz_office_get_store (office)), error);
}

static GtkWidget *
new_row (const JzJson *attempt)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *moment = jz_words_dup_moment (jz_json_get_member_text (attempt, "time"));
  /* Translators: a user's name and what he tried. */
  g_autofree char *title =
    g_strdup_printf (_ ("%1$s tried: %2$s"), jz_json_get_member_text (attempt, "user"),
                     jz_act_get_label (jz_json_get_member_text (attempt, "act")));
  g_autofree char *subtitle = g_strdup_printf (_ ("%1$s, refused by the rule %2$s"), moment,
                                               jz_json_get_member_text (attempt, "rule"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
new_list (const JzJson *attempts)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_start (list, 18);
  gtk_widget_set_margin_end (list, 18);
  gtk_widget_set_margin_top (list, 12);
  gtk_widget_set_margin_bottom (list, 18);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Refused attempts"), -1);
  for (guint i = 0; i < jz_json_get_n_items (attempts); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (jz_json_get_item (attempts, i)));
  return list;
}

static GtkWidget *
new_body (const JzJson *attempts)
{
  GtkWidget *body;

  if (jz_json_get_n_items (attempts) == 0) {
    body = adw_status_page_new ();
    adw_status_page_set_title (ADW_STATUS_PAGE (body), _ ("No Refused Attempts"));
    adw_status_page_set_description (
      ADW_STATUS_PAGE (body),
      _ ("No step that a rule stands before was refused on this computer."));
    return body;
  }
  body = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (body), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (body), new_list (attempts));
  return body;
}

static void
present (GtkWidget *inside, const JzJson *attempts)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *body = new_body (attempts);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_set_vexpand (body, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), body);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Refused Attempts"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                      gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) attempts =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (attempts != NULL)
    present (inside, attempts);
  else
    jz_show_error (inside, error);
}

/**
 * jz_refused_list_present:
 * @inside: a widget of the window
 * @client: the office
 *
 * Shows the refused attempts that this computer has kept, the newest first.
 */
void
jz_refused_list_present (GtkWidget *inside, JzOfficeClient *client)
{
  jz_office_client_read_async (client, read_in_thread, NULL, NULL, (GDestroyNotify)jz_json_unref,
                               NULL, on_read, g_object_ref (inside));
}
