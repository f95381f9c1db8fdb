/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_print.h"
#include "app/case/case_tabs.h"
#include "app/words.h"

/* The dossier: what it lacks, what it holds in order with the pages as they stand on the paper,
 * binding and saving it. */

struct _JzCaseDossier {
  JzCaseTab parent_instance;
};

G_DEFINE_FINAL_TYPE (JzCaseDossier, jz_case_dossier, JZ_TYPE_CASE_TAB)

static void
add_gaps (GtkBox *box, const JzJson *gaps)
{
  GtkWidget *group;

  if (jz_json_get_n_items (gaps) == 0) {
    gtk_box_append (box, jz_case_new_label (_ ("Nothing is missing in the dossier."), "success"));
    return;
  }
  group = jz_case_new_group (box, _ ("What the dossier lacks"));
  for (guint i = 0; i < jz_json_get_n_items (gaps); i++) {
    const JzJson *gap = jz_json_get_item (gaps, i);
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *text = jz_case_new_label (jz_case_get (gap, "sentence"), NULL);
    gtk_widget_set_hexpand (text, TRUE);
    gtk_box_append (GTK_BOX (line), text);
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_go_button (_ ("Go There"), jz_case_get (gap, "place")));
    jz_case_new_row (group, line);
  }
}

static char *
dup_number (const JzJson *row, const char *name)
{
  const JzJson *value = jz_json_get_member (row, name);

  if (value != NULL && jz_json_get_kind (value) == JZ_JSON_INTEGER)
    return g_strdup_printf ("%lld", (long long)jz_json_get_integer (value));
  return g_strdup (jz_case_get (row, name));
}

static void
add_index (GtkBox *box, const JzJson *index)
{
  const JzJson *rows = jz_json_get_member (index, "rows");
  GtkWidget *group = jz_case_new_group (box, _ ("Bound last"));

  for (guint i = 0; rows != NULL && i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    g_autofree char *page = dup_number (row, "page");
    g_autofree char *day = jz_words_dup_day (jz_case_get (row, "date"));
    GtkWidget *title = jz_case_new_label (jz_case_get (row, "title"), NULL);
    GtkWidget *first = jz_case_new_label (number, "dim-label");
    gtk_widget_set_size_request (first, 34, -1);
    gtk_widget_set_hexpand (title, TRUE);
    gtk_box_append (GTK_BOX (line), first);
    gtk_box_append (GTK_BOX (line), title);
    gtk_box_append (GTK_BOX (line), jz_case_new_label (jz_case_get (row, "number"), "dim-label"));
    gtk_box_append (GTK_BOX (line), jz_case_new_label (day, "dim-label"));
    gtk_box_append (GTK_BOX (line), jz_case_new_label (page, "numeric"));
    jz_case_new_row (group, line);
  }
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCaseTab *tab = JZ_CASE_TAB (widget);

  jz_case_save_dossier (widget, jz_case_tab_get_client (tab), jz_case_tab_get_case (tab));
}

static void
jz_case_dossier_show (JzCaseTab *tab, const JzJson *sheet)
{
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *dossier = jz_json_get_member (sheet, "dossier");
  const JzJson *whole = jz_json_get_member (sheet, "case");
  const char *stage = jz_case_get (whole, "stage");
  JzOfficeClient *client = jz_case_tab_get_client (tab);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Save as _PDF…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "dossier.save");
  gtk_box_append (GTK_BOX (line), button);
  if (strcmp (stage, "archived") != 0 &&
      jz_office_client_has_role (client, "handler|archivist|clerk"))
    gtk_box_append (GTK_BOX (line), jz_case_new_act_button (_ ("Bind…"), "dossier.bind", NULL));
  if (strcmp (stage, "open") == 0 && jz_office_client_has_role (client, "handler|section_head"))
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_act_button (_ ("Close the Case…"), "case.close", NULL));
  if (strcmp (stage, "closed") == 0 && jz_office_client_has_role (client, "archivist|handler"))
    gtk_box_append (GTK_BOX (line), jz_case_new_act_button (_ ("Archive…"), "case.archive", NULL));
  gtk_box_append (box, line);
  add_gaps (box, jz_json_get_member (dossier, "gaps"));
  if (jz_json_get_member (dossier, "index") != NULL)
    add_index (box, jz_json_get_member (dossier, "index"));
  else
    gtk_box_append (box, jz_case_new_label (_ ("The dossier was not bound yet."), "dim-label"));
}

static void
jz_case_dossier_class_init (JzCaseDossierClass *klass)
{
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_dossier_show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "dossier.save", NULL, save);
}

static void
jz_case_dossier_init (JzCaseDossier *self)
{
}
