/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/party_lists.h"

#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"
#include "app/words.h"

/* What stands at the left of the page of what the party reads: documents, files, who came. */

static GtkWidget *
new_texts (const char *title, const char *below)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (texts), jz_case_new_label (title, NULL));
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (below, "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_margin_start (texts, 9);
  gtk_widget_set_margin_end (texts, 9);
  gtk_widget_set_margin_top (texts, 6);
  gtk_widget_set_margin_bottom (texts, 6);
  return texts;
}

static const char *
get_state_word (const JzJson *document)
{
  if (!jz_json_get_member_boolean (document, "open", FALSE))
    return C_ ("party", "Stays in the bureau");
  return jz_json_get_member_text (document, "cover") != NULL ? C_ ("party", "Gone through")
                                                             : C_ ("party", "Not gone through yet");
}

static void
add_document (GtkListBox *list, const JzJson *document, const char *current)
{
  const char *title = jz_json_read_text (document, "title");
  const char *word = get_state_word (document);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, word);
  GtkWidget *row = gtk_list_box_row_new ();
  gboolean is_open = jz_json_get_member_boolean (document, "open", FALSE);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), new_texts (title, word));
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), is_open);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (list, row);
  if (g_strcmp0 (jz_json_read_text (document, "id"), current) == 0)
    gtk_list_box_select_row (list, GTK_LIST_BOX_ROW (row));
}

/**
 * jz_party_fill_documents:
 * @list: a list
 * @documents: as of jz_party_sheet()
 * @current: (nullable): id of the one that is shown
 *
 * A row each, with how far it has come; what stays in the bureau cannot be chosen.
 */
void
jz_party_fill_documents (GtkListBox *list, const JzJson *documents, const char *current)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  for (guint i = 0; i < jz_json_get_n_items (documents); i++)
    add_document (list, jz_json_get_item (documents, i), current);
}

static GtkWidget *
new_button (const char *label, const char *of, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  /* Translators: what a button does, and to what */
  g_autofree char *name = g_strdup_printf (_ ("%1$s: %2$s"), label, of);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static void
add_file (GtkWidget *group, const JzJson *file, gboolean may)
{
  const char *name = jz_json_read_text (file, "title");
  gboolean is_free = jz_json_get_member_boolean (file, "free", FALSE);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (line), jz_case_new_label (name, NULL));
  gtk_box_append (GTK_BOX (line),
                  jz_case_new_label (jz_json_read_text (file, "note"), "dim-label"));
  if (jz_json_get_member_boolean (file, "can_clear", FALSE) && may)
    gtk_box_append (GTK_BOX (line),
                    new_button (is_free ? _ ("Leave It Out") : _ ("Shows Nothing of Others"), name,
                                "party.clear",
                                g_variant_new ("(sb)", jz_json_read_text (file, "id"), !is_free)));
  jz_case_new_row (group, line);
}

static void
add_shown (GtkWidget *group, const JzJson *shown)
{
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (shown, "happened"));
  /* Translators: who read the dossier, and on which day */
  g_autofree char *text =
    g_strdup_printf (_ ("%1$s, %2$s"), jz_json_read_text (shown, "visitor"), day);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = jz_case_new_label (text, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line),
                  new_button (_ ("Export…"), text, "party.export",
                              g_variant_new_string (jz_json_read_text (shown, "id"))));
  jz_case_new_row (group, line);
}

/**
 * jz_party_fill_beside:
 * @box: what stands below the documents
 * @sheet: as of jz_party_sheet()
 * @may: whether the person decides on files
 *
 * Files with what stands in the way of each, and what was shown before.
 */
void
jz_party_fill_beside (GtkBox *box, const JzJson *sheet, gboolean may)
{
  const JzJson *files = jz_json_get_member (sheet, "files");
  const JzJson *shown = jz_json_get_member (sheet, "shown");
  GtkWidget *group = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < jz_json_get_n_items (files); i++) {
    if (group == NULL)
      group = jz_case_new_group (box, C_ ("party", "Files"));
    add_file (group, jz_json_get_item (files, i), may);
  }
  group = NULL;
  for (guint i = 0; i < jz_json_get_n_items (shown); i++) {
    if (!jz_json_get_member_boolean (jz_json_get_item (shown, i), "party", FALSE))
      continue;
    if (group == NULL)
      group = jz_case_new_group (box, C_ ("party", "Shown so far"));
    add_shown (group, jz_json_get_item (shown, i));
  }
}
