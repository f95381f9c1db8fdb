/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/intake_strip.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"
#include "app/case/intake_run.h"

/* What is being added to a case, and what was not taken in to its end, above its evidence. */

typedef struct {
  JzIntakeRun *run;
  GtkLabel *label;
  GtkProgressBar *progress;
  GtkButton *pause;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_object_unref (line->run);
  g_free (line);
}

static void
show_line (GtkWidget *widget)
{
  Line *line = g_object_get_data (G_OBJECT (widget), "line");
  JzIntake *intake = jz_intake_run_get_intake (line->run);
  gboolean is_paused = jz_intake_is_paused (intake);
  guint n_items = 0;
  guint n_ready = jz_intake_run_count_ready (line->run, &n_items);
  guint64 done = 0;
  guint64 total = 0;
  g_autofree char *text =
    is_paused ? g_strdup_printf (_ ("Adding files is paused: %1$u of %2$u"), n_ready, n_items)
              : g_strdup_printf (_ ("Adding files: %1$u of %2$u"), n_ready, n_items);

  jz_intake_get_progress (intake, &done, &total);
  gtk_label_set_label (line->label, text);
  gtk_progress_bar_set_fraction (line->progress, total > 0 ? (double)done / total : 0);
  gtk_button_set_label (line->pause, is_paused ? _ ("_Go On") : _ ("_Pause"));
  gtk_widget_set_visible (GTK_WIDGET (line->pause), jz_intake_is_busy (intake));
}

static void
on_pause (Line *line)
{
  JzIntake *intake = jz_intake_run_get_intake (line->run);

  jz_intake_set_paused (intake, !jz_intake_is_paused (intake));
}

static void
on_cancel (Line *line)
{
  jz_intake_run_throw_away (line->run);
}

static GtkWidget *
new_button (const char *label, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", callback, data);
  return button;
}

static GtkWidget *
new_line (JzIntakeRun *run)
{
  Line *line = g_new0 (Line, 1);
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  line->run = g_object_ref (run);
  line->label = GTK_LABEL (jz_case_new_label ("", NULL));
  line->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  line->pause = GTK_BUTTON (new_button (_ ("_Pause"), G_CALLBACK (on_pause), line));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Files that are being added"), -1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (widget, "editor-notice");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (line->label));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (line->progress));
  gtk_box_append (GTK_BOX (widget), texts);
  gtk_box_append (GTK_BOX (widget), GTK_WIDGET (line->pause));
  gtk_box_append (GTK_BOX (widget), new_button (_ ("_Cancel"), G_CALLBACK (on_cancel), line));
  g_object_set_data_full (G_OBJECT (widget), "line", line, line_free);
  g_signal_connect_object (run, "changed", G_CALLBACK (show_line), widget, G_CONNECT_SWAPPED);
  show_line (widget);
  return widget;
}

static void
show_runs (GtkWidget *strip)
{
  GListModel *runs = g_object_get_data (G_OBJECT (strip), "runs");
  const char *case_id = g_object_get_data (G_OBJECT (strip), "case");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (strip)) != NULL)
    gtk_box_remove (GTK_BOX (strip), child);
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++) {
    g_autoptr (JzIntakeRun) run = g_list_model_get_item (runs, i);
    if (strcmp (jz_intake_run_get_case (run), case_id) == 0)
      gtk_box_append (GTK_BOX (strip), new_line (run));
  }
}

static GStrv
dup_paths (GPtrArray *tickets)
{
  GPtrArray *paths = g_ptr_array_new ();

  for (guint i = 0; i < tickets->len; i++)
    g_ptr_array_add (paths, g_strdup (((JzTicket *)g_ptr_array_index (tickets, i))->path));
  g_ptr_array_add (paths, NULL);
  return (GStrv)g_ptr_array_free (paths, FALSE);
}

static gpointer
read_unfinished (JzOffice *office,
                 JzConnection *reader,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  return jz_intake_list_unfinished (office, data, error);
}

static void
on_unfinished (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) box = data;
  /* What cannot be listed can still be added again. */
  g_autoptr (GPtrArray) tickets =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);
  g_auto (GStrv) paths = NULL;
  g_autofree char *text = NULL;
  GtkWidget *line;
  GtkWidget *go_on;
  GtkWidget *label;

  if (tickets == NULL || tickets->len == 0)
    return;
  paths = dup_paths (tickets);
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file was not taken in to its end",
                                       "%u files were not taken in to their end", tickets->len),
                          tickets->len);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  go_on = gtk_button_new_with_mnemonic (_ ("_Go On"));
  label = jz_case_new_label (text, NULL);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (go_on), "evidence.add-paths");
  gtk_actionable_set_action_target_value (
    GTK_ACTIONABLE (go_on), g_variant_new_bytestring_array ((const char *const *)paths, -1));
  gtk_widget_add_css_class (line, "editor-notice");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), go_on);
  gtk_box_append (GTK_BOX (box), line);
}

/**
 * jz_intake_strip_new:
 * @client: the office
 * @case_id: a case
 *
 * Returns: (transfer floating): a line for each adding of files to the case that is under way, and
 *   one for what was interrupted another day
 */
GtkWidget *
jz_intake_strip_new (JzOfficeClient *client, const char *case_id)
{
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *running = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GListModel *runs = jz_intake_runs_get (client);

  g_object_set_data_full (G_OBJECT (running), "runs", g_object_ref (runs), g_object_unref);
  g_object_set_data_full (G_OBJECT (running), "case", g_strdup (case_id), g_free);
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (show_runs), running,
                           G_CONNECT_SWAPPED);
  show_runs (running);
  gtk_box_append (GTK_BOX (strip), running);
  gtk_box_append (GTK_BOX (strip), box);
  jz_office_client_read_async (client, read_unfinished, g_strdup (case_id), g_free,
                               (GDestroyNotify)g_ptr_array_unref, NULL, on_unfinished,
                               g_object_ref (box));
  return strip;
}
