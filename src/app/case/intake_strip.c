/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/intake_strip.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_files.h"
#include "app/case/intake_run.h"
#include "app/messages.h"
#include "app/refusal_place.h"
#include "office/taken.h"

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

/* What was left another day. */
typedef struct {
  JzOfficeClient *client; /* (nullable) */
  GPtrArray *tickets;     /* JzTicket: not copied to their end */
  GPtrArray *arrivals;    /* JzArrival: copied, and not added */
} Left;

static void
left_free (gpointer data)
{
  Left *left = data;

  g_clear_object (&left->client);
  g_clear_pointer (&left->tickets, g_ptr_array_unref);
  g_clear_pointer (&left->arrivals, g_ptr_array_unref);
  g_free (left);
}

static gpointer
read_left (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  Left *left = g_new0 (Left, 1);

  left->tickets = jz_intake_list_unfinished (office, data, error);
  left->arrivals = left->tickets != NULL ? jz_office_list_left (office, reader, data, error) : NULL;
  if (left->arrivals != NULL)
    return left;
  left_free (left);
  return NULL;
}

static JzActOutcome *
drop (JzOffice *office,
      JzSession *session,
      gpointer data,
      GCancellable *cancellable,
      GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  const Left *left = data;

  for (guint i = 0; i < left->tickets->len; i++)
    if (!jz_objects_drop_ticket (
          objects, ((const JzTicket *)g_ptr_array_index (left->tickets, i))->key, error))
      return NULL;
  for (guint i = 0; i < left->arrivals->len; i++)
    if (!jz_office_drop_left (office, g_ptr_array_index (left->arrivals, i), error))
      return NULL;
  return jz_act_outcome_new ();
}

static Left *
left_copy (const Left *left)
{
  Left *copy = g_new0 (Left, 1);

  copy->tickets = g_ptr_array_ref (left->tickets);
  copy->arrivals = g_ptr_array_ref (left->arrivals);
  return copy;
}

static void
on_dropped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) line = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (line, result);

  gtk_widget_set_visible (line, outcome == NULL);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) line = data;
  const Left *left = g_object_get_data (G_OBJECT (line), "left");

  if (jz_confirm_finish (result, NULL))
    jz_office_client_run_async (left->client, drop, left_copy (left), left_free, NULL, on_dropped,
                                g_object_ref (line));
}

static void
on_discard (GtkWidget *line)
{
  jz_confirm_async (line, _ ("Discard these files?"),
                    _ ("What was copied of them leaves the store. The files stay where they were "
                       "copied from."),
                    _ ("_Discard"), TRUE, NULL, on_confirmed, g_object_ref (line));
}

static void
on_go_on (GtkWidget *line)
{
  const Left *left = g_object_get_data (G_OBJECT (line), "left");
  GtkWidget *tab = gtk_widget_get_ancestor (line, JZ_TYPE_CASE_TAB);

  gtk_widget_set_visible (line, FALSE);
  jz_case_go_on (JZ_CASE_TAB (tab), left->tickets, left->arrivals);
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) box = data;
  JzOfficeClient *client = JZ_OFFICE_CLIENT (source);
  /* What cannot be listed can still be added again. */
  Left *left = jz_office_client_read_finish (client, result, NULL);
  guint n = left != NULL ? left->tickets->len + left->arrivals->len : 0;
  g_autofree char *text =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u file was not taken in to its end",
                                  "%u files were not taken in to their end", n),
                     n);
  GtkWidget *line;
  GtkWidget *label;

  if (n == 0) {
    g_clear_pointer (&left, left_free);
    return;
  }
  left->client = g_object_ref (client);
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  label = jz_case_new_label (text, NULL);
  gtk_widget_set_hexpand (label, TRUE);
  g_object_set_data_full (G_OBJECT (line), "left", left, left_free);
  gtk_widget_add_css_class (line, "editor-notice");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), new_button (_ ("_Go On"), G_CALLBACK (on_go_on), line));
  gtk_box_append (GTK_BOX (line), new_button (_ ("_Discard"), G_CALLBACK (on_discard), line));
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
  jz_office_client_read_async (client, read_left, g_strdup (case_id), g_free, left_free, NULL,
                               on_left, g_object_ref (box));
  return strip;
}
