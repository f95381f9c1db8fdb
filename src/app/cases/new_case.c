/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cases/new_case.h"

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/recordings/recordings_import.h"
#include "app/window.h"
#include "office/act.h"

/* Beginning a case: only what the roles of whoever is signed in let him begin is offered, and when
 * it is done the case is shown. */

const JzNewCase jz_new_cases[] = {
  { "lead.register", N_ ("Lead") },
  { "case.open", N_ ("Case without a lead") },
  { "case.take_over", N_ ("Case that runs on paper") },
  { NULL },
};

/**
 * jz_new_case_is_allowed:
 * @client: the office
 * @act: name of an act
 *
 * Returns: whether somebody is signed in whose roles may do it
 */
gboolean
jz_new_case_is_allowed (JzOfficeClient *client, const char *act)
{
  gboolean is_proposal = FALSE;
  const JzAct *found = jz_act_find (act, &is_proposal);

  return found != NULL && jz_office_client_has_role (client, found->roles);
}

/**
 * jz_new_case_new_menu:
 * @client: the office
 *
 * Returns: (transfer full) (nullable): what can be begun, for the action `cases.new`, and taken in
 *   (ux.md §2); %NULL for nothing
 */
GMenuModel *
jz_new_case_new_menu (JzOfficeClient *client)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (const JzNewCase *new_case = jz_new_cases; new_case->act != NULL; new_case++) {
    g_autoptr (GMenuItem) item = NULL;
    if (!jz_new_case_is_allowed (client, new_case->act))
      continue;
    item = g_menu_item_new (_ (new_case->label), NULL);
    g_menu_item_set_action_and_target (item, "cases.new", "s", new_case->act);
    g_menu_append_item (menu, item);
  }
  if (jz_office_client_has_role (client, JZ_RECORDING_ROLES))
    g_menu_append (menu, _ ("Import recordings"), "win.import-recordings");
  return g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (g_steal_pointer (&menu))
                                                            : NULL;
}

/* The first thing that the entry made is the case. */
static void
on_done (JzActForm *form, JzActOutcome *outcome, GtkWidget *inside)
{
  g_autofree char *id = outcome->records->len > 0
                          ? jz_journal_record_dup_made (g_ptr_array_index (outcome->records, 0))
                          : NULL;
  g_autofree char *place = id != NULL ? g_strdup_printf ("cases/%s", id) : NULL;

  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (form))));
  if (place != NULL)
    gtk_widget_activate_action (inside, "win.go", "s", place);
}

/**
 * jz_new_case_present:
 * @inside: a widget of a window
 * @client: the office, with somebody signed in
 * @act: an act that opens a case
 *
 * Shows its form, and then the case.
 */
void
jz_new_case_present (GtkWidget *inside, JzOfficeClient *client, const char *act)
{
  GtkWidget *form = jz_act_form_new (client, act, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *window = g_object_new (
    ADW_TYPE_WINDOW, "modal", TRUE, "transient-for", GTK_IS_WINDOW (root) ? root : NULL,
    "default-width", 720, "default-height", 640, "title", _ ("New"), "content", box, NULL);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_widget_set_vexpand (form, TRUE);
  gtk_box_append (GTK_BOX (box), form);
  g_signal_connect_object (form, "done", G_CALLBACK (on_done), inside, 0);
  g_signal_connect_object (form, "cancelled", G_CALLBACK (gtk_window_close), window,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}
