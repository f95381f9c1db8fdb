/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_tabs.h"
#include "app/words.h"

/* What of the case is to be made public, and where it is seen; it is worked on in the workplace
 * 公示. */

struct _JzCasePublicity {
  JzCaseTab parent_instance;
};

G_DEFINE_FINAL_TYPE (JzCasePublicity, jz_case_publicity, JZ_TYPE_CASE_TAB)

static void
add_line (GtkWidget *group, const char *label, const char *text)
{
  GtkWidget *line;

  if (text[0] == '\0')
    return;
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_append (GTK_BOX (line),
                  jz_case_fix_width (jz_case_new_label (label, "dim-label"), 190, FALSE));
  gtk_box_append (GTK_BOX (line), jz_case_new_label (text, NULL));
  jz_case_new_row (group, line);
}

static void
add_day (GtkWidget *group, const char *label, const char *day)
{
  g_autofree char *text = day[0] != '\0' ? jz_words_dup_day (day) : g_strdup ("");
  add_line (group, label, text);
}

static void
add_carriers (GtkWidget *group, const JzJson *carriers)
{
  for (guint i = 0; carriers != NULL && i < jz_json_get_n_items (carriers); i++) {
    const JzJson *carrier = jz_json_get_item (carriers, i);
    const JzJson *shown = jz_json_get_member (carrier, "shown");
    const JzJson *gone = jz_json_get_member (carrier, "withdrawn");
    const JzJson *done = gone != NULL ? gone : shown;
    g_autofree char *day =
      done != NULL ? jz_words_dup_day (jz_json_read_text (done, "happened")) : NULL;
    g_autofree char *text = NULL;
    if (done == NULL)
      continue;
    /* Translators: a day and an address */
    text =
      g_strdup_printf (gone != NULL ? _ ("taken down on %1$s, %2$s") : _ ("shown since %1$s, %2$s"),
                       day, jz_json_read_text (done, "address"));
    add_line (group, jz_json_read_text (carrier, "label"), text);
  }
}

static void
add_publication (GtkBox *box, const JzJson *publication)
{
  GtkWidget *group = jz_case_new_group (box, jz_json_read_text (publication, "number"));
  g_autofree char *place =
    g_strconcat ("publicity/", jz_json_read_text (publication, "document"), NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  add_line (group, C_ ("publication", "State"), jz_json_read_text (publication, "state_word"));
  add_day (group, _ ("Decided on"), jz_json_read_text (publication, "decided_on"));
  add_day (group, _ ("Released on"), jz_json_read_text (publication, "released_on"));
  add_line (group, _ ("Why it is released late"), jz_json_read_text (publication, "late_reason"));
  add_day (group, _ ("Published on"), jz_json_read_text (publication, "published_on"));
  add_day (group, _ ("Changed or revoked on"), jz_json_read_text (publication, "changed_on"));
  add_day (group, _ ("Withdrawn on"), jz_json_read_text (publication, "withdrawn_on"));
  add_day (group, _ ("To be looked at again on"), jz_json_read_text (publication, "review_on"));
  add_carriers (group, jz_json_get_member (publication, "carriers"));
  gtk_box_append (GTK_BOX (line), jz_case_new_go_button (_ ("Open the Publication"), place));
  gtk_box_append (box, line);
}

static void
jz_case_publicity_show (JzCaseTab *tab, const JzJson *sheet)
{
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *publications =
    jz_json_get_member (jz_json_get_member (sheet, "case"), "publications");
  JzOfficeClient *client = jz_case_tab_get_client (tab);
  guint n = publications != NULL ? jz_json_get_n_items (publications) : 0;

  if (n == 0)
    gtk_box_append (box, jz_case_new_label (_ ("The decision comes here by itself on the day on "
                                               "which it is made."),
                                            NULL));
  for (guint i = 0; i < n; i++)
    add_publication (box, jz_json_get_item (publications, i));
  if (n > 0 && jz_office_client_has_role (client, "handler|section_head|review_head|head")) {
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
    gtk_box_append (GTK_BOX (line), jz_case_new_act_button (_ ("Decision Changed or Revoked…"),
                                                            "decision.change", NULL));
    gtk_box_append (box, line);
  }
}

static void
jz_case_publicity_class_init (JzCasePublicityClass *klass)
{
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_publicity_show;
}

static void
jz_case_publicity_init (JzCasePublicity *self)
{
}
