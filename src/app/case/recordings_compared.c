/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/recordings_compared.h"

#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"

/* What was written beside what was recorded: each row says what leads nowhere yet, and goes
 * to where it is tied. */

#define MOST_ROWS 40

static void
add_row (GtkWidget *group, const JzJson *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *button =
    jz_case_new_go_button (C_ ("recording", "Go There"), jz_json_read_text (row, "place"));
  g_autofree char *name = g_strdup_printf (_ ("Go to %s"), jz_json_read_text (row, "title"));

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (row, "title"), NULL));
  gtk_box_append (GTK_BOX (texts),
                  jz_case_new_label (jz_json_read_text (row, "text"), "dim-label"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), button);
  jz_case_new_row (group, line);
}

/**
 * jz_recordings_show_compared:
 * @box: of the tab
 * @rows: as of jz_recording_cross_check()
 */
void
jz_recordings_show_compared (GtkBox *box, const JzJson *rows)
{
  guint n_rows = jz_json_get_n_items (rows);
  GtkWidget *group;

  if (n_rows == 0)
    return;
  group = jz_case_new_group (box, _ ("Notes and recordings side by side"));
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    add_row (group, jz_json_get_item (rows, i));
  if (n_rows > MOST_ROWS) {
    g_autofree char *text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u more is not shown; tie some of these first.",
                   "%u more are not shown; tie some of these first.", n_rows - MOST_ROWS),
      n_rows - MOST_ROWS);
    jz_case_new_row (group, jz_case_new_label (text, "dim-label"));
  }
}
