/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/publication_told.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/text_label.h"
#include "app/words.h"

/* What the page of a publication tells beside its copies: what a correction changes, old and new
 * side by side, which errors were reported (P-04), and what was done until now (P-05). */

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = jz_lines_label_new (text, class);

  gtk_label_set_yalign (GTK_LABEL (label), 0);
  return label;
}

static void
add_change (GtkGrid *grid, int row, const char *const *texts, const char *class)
{
  for (int i = 0; i < 3; i++) {
    GtkWidget *label = new_label (texts[i], i == 0 ? "dim-label" : class);
    gtk_widget_set_hexpand (label, i > 0);
    gtk_grid_attach (grid, label, i, row, 1, 1);
  }
}

/**
 * jz_publication_fill_changes:
 * @grid: shows them, and is hidden where there are none
 * @sheet: what jz_publication_sheet() gave
 *
 * Each field that a correction changes: what the public reads now beside what it will read.
 */
void
jz_publication_fill_changes (GtkGrid *grid, const JzJson *sheet)
{
  const JzJson *fields = jz_json_get_member (sheet, "fields");
  int n_rows = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
  for (guint i = 0; fields != NULL && i < jz_json_get_n_items (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    const char *texts[] = { jz_json_read_text (field, "label"), jz_json_read_text (field, "was"),
                            jz_json_read_text (field, "value") };
    const char *const heads[] = { "", _ ("The public reads now"), _ ("Corrected") };
    if (jz_json_get_member (field, "was") == NULL)
      continue;
    if (n_rows == 0)
      add_change (grid, n_rows++, heads, "heading");
    add_change (grid, n_rows++, texts, NULL);
  }
  gtk_widget_set_visible (GTK_WIDGET (grid), n_rows > 0);
}

static char *
dup_report (const JzJson *report)
{
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (report, "reported_on"));
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: a person, a day */
  g_string_printf (text, _ ("Reported by %1$s on %2$s"), jz_json_read_text (report, "reported_by"),
                   day);
  if (jz_json_read_text (report, "channel_word")[0] != '\0')
    g_string_append_printf (text, " · %s", jz_json_read_text (report, "channel_word"));
  if (jz_json_read_text (report, "finder")[0] != '\0')
    g_string_append_printf (text, " · %s", jz_json_read_text (report, "finder"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
new_report (const JzJson *report, gboolean may_dismiss)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* Translators: what is wrong in what is public, as somebody reported it */
  g_autofree char *what =
    g_strdup_printf (_ ("An error was reported: %s"), jz_json_read_text (report, "what"));
  g_autofree char *by = dup_report (report);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), new_label (what, "warning"));
  gtk_box_append (GTK_BOX (texts), new_label (by, "dim-label"));
  gtk_box_append (GTK_BOX (line), texts);
  if (may_dismiss) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Not _an Error…"));
    gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                      jz_json_read_text (report, "id"));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "publication.dismiss-error");
    gtk_box_append (GTK_BOX (line), button);
  }
  return line;
}

/**
 * jz_publication_fill_errors:
 * @box: shows them, and is hidden where there are none
 * @sheet: what jz_publication_sheet() gave
 * @may_dismiss: whether who looks may say that it is none
 *
 * The errors that were reported and are not done with.
 */
void
jz_publication_fill_errors (GtkBox *box, const JzJson *sheet, gboolean may_dismiss)
{
  const JzJson *errors = jz_json_get_member (sheet, "errors");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; errors != NULL && i < jz_json_get_n_items (errors); i++) {
    const JzJson *report = jz_json_get_item (errors, i);
    if (g_str_equal (jz_json_read_text (report, "state"), "open"))
      gtk_box_append (box, new_report (report, may_dismiss));
  }
  gtk_widget_set_visible (GTK_WIDGET (box), gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL);
}

static GtkWidget *
new_event (const JzJson *event)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *moment = jz_words_dup_moment (jz_json_read_text (event, "time"));
  g_autofree char *told =
    jz_json_read_text (event, "detail")[0] != '\0'
      ? g_strdup_printf ("%s\n%s", moment, jz_json_read_text (event, "detail"))
      : g_strdup (moment);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), jz_json_read_text (event, "sentence"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), told);
  return row;
}

/**
 * jz_publication_fill_history:
 * @list: shows it, the newest first
 * @history: what jz_publication_history() gave
 */
void
jz_publication_fill_history (GtkListBox *list, const JzJson *history)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = jz_json_get_n_items (history); i-- > 0;)
    gtk_list_box_append (list, new_event (jz_json_get_item (history, i)));
}
