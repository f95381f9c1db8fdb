/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/record/check_report.h"

#include <glib/gi18n-lib.h>

#include "app/text_label.h"

/* The report of a check in plain words: what was read, and of each fault what it concerns. */

static GtkWidget *
new_fault (const JzFault *fault)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle =
    fault->place != NULL
      ? g_strdup_printf ("%s: %s", jz_fault_kind_get_word (fault->kind), fault->place)
      : g_strdup (jz_fault_kind_get_word (fault->kind));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fault->sentence);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
new_faults (const JzReport *report)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Faults"), -1);
  for (guint i = 0; i < report->faults->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_fault (g_ptr_array_index (report->faults, i)));
  return list;
}

static char *
dup_summary (const JzReport *report)
{
  if (report->faults->len == 0)
    return g_strdup (_ ("The store is as it was written. Nothing was altered, lost or added."));
  return g_strdup_printf (
    ngettext ("%u fault was found. Stop working in this store, keep it as it is, and tell the "
              "administrator and the supervision.",
              "%u faults were found. Stop working in this store, keep it as it is, and tell the "
              "administrator and the supervision.",
              report->faults->len),
    report->faults->len);
}

static GtkWidget *
new_body (const JzReport *report, const char *against)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *summary = dup_summary (report);
  g_autofree char *figures = g_strdup_printf (
    _ ("Read: %1$llu entries, %2$llu signatures, %3$llu stored files."),
    (unsigned long long)report->n_entries, (unsigned long long)report->n_signatures,
    (unsigned long long)report->n_objects);
  g_autofree char *held =
    against != NULL ? g_strdup_printf (_ ("Held to the checkpoint %s."), against) : NULL;

  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_box_append (GTK_BOX (box),
                  jz_text_label_new (summary, report->faults->len == 0 ? "success" : "error"));
  gtk_box_append (GTK_BOX (box), jz_text_label_new (figures, NULL));
  if (held != NULL)
    gtk_box_append (GTK_BOX (box), jz_text_label_new (held, NULL));
  if (report->faults->len > 0)
    gtk_box_append (GTK_BOX (box), new_faults (report));
  if (report->is_cut)
    gtk_box_append (GTK_BOX (box), jz_text_label_new (
                                     _ ("There are more faults than are named here."), "warning"));
  return box;
}

static void
add_close_key (GtkWidget *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                      gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
}

/**
 * jz_check_report_present:
 * @inside: a widget of the window
 * @report: what a check found
 * @against: (nullable): the checkpoint that the store was held to
 *
 * Shows the report in a window of its own.
 */
void
jz_check_report_present (GtkWidget *inside, const JzReport *report, const char *against)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), new_body (report, against));
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Integrity check"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, report->faults->len > 0 ? 480 : 240);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  add_close_key (window);
  gtk_window_present (GTK_WINDOW (window));
}
