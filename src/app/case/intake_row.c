/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/intake_row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"
#include "app/thumbnail.h"
#include "app/words.h"
#include "media/probe.h"
#include "office/attachments.h"
#include "office/taken.h"

/* A file that is being added: what it says of itself, how far it is, and what is odd about it. */

typedef struct {
  JzIntakeRun *run;
  JzIntakeItem *item;
  char *step_day; /* (nullable) */
  GtkWidget *picture;
  GtkLabel *facts;
  GtkLabel *remarks;
  GtkProgressBar *progress;
  GtkButton *button;
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_object_unref (self->run);
  g_object_unref (self->item);
  g_free (self->step_day);
  g_free (self);
}

static char *
dup_duration (gint64 duration_ms)
{
  gint64 seconds = (duration_ms + 500) / 1000;

  if (seconds < 3600)
    return g_strdup_printf ("%lld:%02lld", (long long)seconds / 60, (long long)seconds % 60);
  return g_strdup_printf ("%lld:%02lld:%02lld", (long long)seconds / 3600,
                          (long long)seconds / 60 % 60, (long long)seconds % 60);
}

static void
add_part (GString *parts, const char *part)
{
  if (part != NULL && part[0] != '\0')
    g_string_append_printf (parts, "%s%s", parts->len > 0 ? " · " : "", part);
}

/**
 * jz_intake_dup_facts:
 * @moment: (nullable): when it was made
 * @device: (nullable): with what
 * @duration_ms: how long it runs; -1 where it does not
 * @size: bytes; 0 where nobody asks
 *
 * Returns: (transfer full): what is known of a file, in one line
 */
char *
jz_intake_dup_facts (const char *moment, const char *device, gint64 duration_ms, guint64 size)
{
  GString *parts = g_string_new (NULL);
  g_autofree char *when = moment != NULL && moment[0] != '\0' ? jz_words_dup_moment (moment) : NULL;
  g_autofree char *duration = duration_ms >= 0 ? dup_duration (duration_ms) : NULL;
  g_autofree char *bytes = size > 0 ? g_format_size (size) : NULL;

  add_part (parts, when);
  add_part (parts, device);
  add_part (parts, duration);
  add_part (parts, bytes);
  return g_string_free (parts, FALSE);
}

static char *
dup_moment (JzIntakeItem *item)
{
  const JzJson *probe = jz_intake_item_get_probe (item);
  char text[JZ_INSTANT_SIZE];
  JzInstant moment = 0;

  if (probe == NULL ||
      !jz_attachment_read_moment (jz_json_get_member_text (probe, "made_at"), &moment))
    return NULL;
  jz_instant_format (moment, text);
  return g_strdup (text);
}

static void
add_sentence (GString *sentences, const char *sentence)
{
  if (sentence != NULL && sentence[0] != '\0')
    g_string_append_printf (sentences, "%s%s", sentences->len > 0 ? " " : "", sentence);
}

static void
add_clash (Row *self, const char *moment, GString *sentences)
{
  g_autofree char *own = NULL;
  g_autofree char *step = NULL;
  g_autofree char *sentence = NULL;

  if (self->step_day == NULL || moment == NULL || strncmp (moment, self->step_day, 10) == 0)
    return;
  own = jz_words_dup_moment (moment);
  step = jz_words_dup_day (self->step_day);
  sentence = g_strdup_printf (
    _ ("The file says %1$s, and the step was on %2$s; check the clock of the device."), own, step);
  add_sentence (sentences, sentence);
}

/* What a person should know before the file is in the case for ever. */
static char *
dup_remarks (Row *self, const char *moment)
{
  GString *sentences = g_string_new (NULL);
  const JzJson *probe = jz_intake_item_get_probe (self->item);
  const char *kind = jz_json_read_text (probe, "kind");
  g_autoptr (JzProbe) read = probe != NULL ? jz_probe_from_json (probe, NULL) : NULL;
  g_autofree char *odd = read != NULL ? jz_probe_dup_odd_sentences (read) : NULL;
  g_autofree char *same = NULL;

  if (jz_intake_item_get_state (self->item) == JZ_INTAKE_CANCELLED)
    add_sentence (sentences, _ ("It is left out."));
  add_sentence (sentences, jz_intake_item_get_sentence (self->item));
  if (jz_intake_item_get_same (self->item) != NULL)
    same = g_strdup_printf (_ ("The same content is in the case already, as “%s”."),
                            jz_intake_item_get_same (self->item));
  add_sentence (sentences, same);
  add_sentence (sentences, odd);
  add_clash (self, moment, sentences);
  if (jz_intake_item_get_state (self->item) == JZ_INTAKE_READY && moment == NULL &&
      (strcmp (kind, "photo") == 0 || strcmp (kind, "video") == 0))
    add_sentence (sentences, _ ("The file does not say when it was made; it may have been "
                                "forwarded or worked on."));
  return g_string_free (sentences, FALSE);
}

static gboolean
is_under_way (JzIntakeState state)
{
  return state == JZ_INTAKE_WAITING || state == JZ_INTAKE_COPYING || state == JZ_INTAKE_READING;
}

static void
show_button (Row *self, gboolean is_left_out)
{
  JzIntakeState state = jz_intake_item_get_state (self->item);
  gboolean is_retry = !is_left_out && (state == JZ_INTAKE_FAILED || state == JZ_INTAKE_CANCELLED);
  g_autofree char *name =
    is_retry ? g_strdup_printf (_ ("Try again: %s"), jz_intake_item_get_name (self->item))
             : g_strdup_printf (_ ("Leave out: %s"), jz_intake_item_get_name (self->item));

  gtk_button_set_icon_name (self->button,
                            is_retry ? "view-refresh-symbolic" : "window-close-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->button), !is_left_out);
}

static void
show_picture (Row *self)
{
  const char *kind = jz_json_read_text (jz_intake_item_get_probe (self->item), "kind");
  const char *token = jz_intake_item_get_token (self->item);
  JzOffice *office = jz_office_client_get_office (jz_intake_run_get_client (self->run));
  g_autoptr (JzTakenFile) taken = token != NULL ? jz_office_find_taken (office, token) : NULL;

  jz_thumbnail_set_kind (self->picture, kind);
  if (taken != NULL &&
      (strcmp (kind, "photo") == 0 || strcmp (kind, "video") == 0 || strcmp (kind, "pdf") == 0))
    jz_thumbnail_show_object (self->picture, &taken->object.hash);
}

static void
show (Row *self)
{
  guint64 size = jz_intake_item_get_size (self->item);
  const JzJson *probe = jz_intake_item_get_probe (self->item);
  JzIntakeState state = jz_intake_item_get_state (self->item);
  gboolean is_left_out = jz_intake_run_is_left_out (self->run, self->item);
  g_autofree char *moment = dup_moment (self->item);
  g_autofree char *facts = jz_intake_dup_facts (
    moment, jz_json_read_text (probe, "model"),
    probe != NULL ? jz_json_get_member_integer (probe, "duration_ms", -1) : -1, size);
  g_autofree char *remarks =
    is_left_out ? g_strdup (_ ("It is left out.")) : dup_remarks (self, moment);

  show_picture (self);
  gtk_label_set_label (self->facts, facts);
  gtk_label_set_label (self->remarks, remarks);
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), remarks[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !is_left_out && is_under_way (state));
  gtk_progress_bar_set_fraction (
    self->progress, size > 0 ? (double)jz_intake_item_get_done (self->item) / size : 0);
  show_button (self, is_left_out);
}

static void
on_changed (GtkWidget *row)
{
  show (g_object_get_data (G_OBJECT (row), "row"));
}

static void
on_clicked (Row *self)
{
  JzIntakeState state = jz_intake_item_get_state (self->item);

  if (state == JZ_INTAKE_FAILED || state == JZ_INTAKE_CANCELLED)
    jz_intake_retry (jz_intake_run_get_intake (self->run), self->item);
  else
    jz_intake_run_leave_out (self->run, self->item);
  show (self);
}

/**
 * jz_intake_row_new:
 * @run: files that are being added
 * @item: one of them
 * @step_day: (nullable): on which day the step was that it is to show
 *
 * Returns: (transfer floating): its row in a list box
 */
GtkWidget *
jz_intake_row_new (JzIntakeRun *run, JzIntakeItem *item, const char *step_day)
{
  Row *self = g_new0 (Row, 1);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = jz_case_new_label (jz_intake_item_get_name (item), NULL);

  self->run = g_object_ref (run);
  self->item = g_object_ref (item);
  self->step_day = g_strdup (step_day);
  self->picture = jz_thumbnail_new (jz_intake_run_get_client (run), jz_intake_run_get_case (run),
                                    jz_intake_item_get_name (item));
  self->facts = GTK_LABEL (jz_case_new_label ("", "dim-label"));
  self->remarks = GTK_LABEL (jz_case_new_label ("", "warning"));
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_label_set_max_width_chars (GTK_LABEL (self->remarks), 40);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jz_intake_item_get_name (item), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->facts));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->remarks));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (line), self->picture);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->button));
  gtk_widget_set_margin_top (line, 8);
  gtk_widget_set_margin_bottom (line, 8);
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  jz_intake_item_get_name (item), -1);
  g_object_set_data_full (G_OBJECT (row), "row", self, row_free);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_changed), row, G_CONNECT_SWAPPED);
  show (self);
  return row;
}
