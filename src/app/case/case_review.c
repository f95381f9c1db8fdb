/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_tabs.h"
#include "app/words.h"

/* What the legal review of the case has come to; it is judged in the review workbench. */

struct _JzCaseReview {
  JzCaseTab parent_instance;
};

G_DEFINE_FINAL_TYPE (JzCaseReview, jz_case_review, JZ_TYPE_CASE_TAB)

static void
add_line (GtkWidget *group, const char *label, const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = jz_case_new_label (label, "dim-label");

  gtk_box_append (GTK_BOX (line), jz_case_fix_width (name, 190, FALSE));
  gtk_box_append (GTK_BOX (line), jz_case_new_label (text, NULL));
  jz_case_new_row (group, line);
}

static char *
dup_reviewers (const JzJson *people)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (people); i++) {
    const JzJson *person = jz_json_get_item (people, i);
    if (strcmp (jz_case_get (person, "duty"), "reviewer") == 0 &&
        !jz_json_get_member_boolean (person, "ended", FALSE))
      g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "",
                              jz_case_get (person, "name"));
  }
  if (names->len == 0)
    g_string_append (names, _ ("nobody yet"));
  return g_string_free (names, FALSE);
}

static void
jz_case_review_show (JzCaseTab *tab, const JzJson *sheet)
{
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *review = jz_json_get_member (sheet, "review");
  const JzJson *whole = jz_json_get_member (sheet, "case");
  gboolean is_open = strcmp (jz_case_get (whole, "stage"), "open") == 0;
  gint64 n_rounds = jz_json_get_member_integer (review, "rounds", 0);
  const char *outcome = jz_case_get (review, "outcome");
  JzOfficeClient *client = jz_case_tab_get_client (tab);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *place = g_strconcat ("reviews/", jz_case_tab_get_case (tab), NULL);
  g_autofree char *rounds = g_strdup_printf ("%lld", (long long)n_rounds);
  g_autofree char *reviewers = dup_reviewers (jz_json_get_member (sheet, "people"));
  GtkWidget *group;

  if (n_rounds == 0)
    gtk_box_append (
      box, jz_case_new_label (_ ("The case was not submitted for legal review yet."), NULL));
  else {
    group = jz_case_new_group (box, _ ("Legal review"));
    add_line (group, C_ ("review", "Round"), rounds);
    add_line (group, _ ("Submitted on"), jz_case_get (review, "submitted_on"));
    add_line (group, C_ ("review", "Reviewer"), reviewers);
    add_line (group, C_ ("review", "Opinion"), outcome[0] != '\0' ? outcome : _ ("not given yet"));
    if (jz_case_get (review, "opinion_on")[0] != '\0')
      add_line (group, _ ("Given on"), jz_case_get (review, "opinion_on"));
  }
  if (is_open && jz_office_client_has_role (client, "handler|section_head"))
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_act_button (_ ("Submit for Review…"), "review.submit", NULL));
  if (is_open && jz_office_client_has_role (client, "review_head"))
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_act_button (_ ("Assign the Reviewer…"), "review.assign", NULL));
  if (n_rounds > 0 && jz_office_client_has_role (client, "reviewer|review_head"))
    gtk_box_append (GTK_BOX (line), jz_case_new_go_button (_ ("Open the Review"), place));
  gtk_box_append (box, line);
}

static void
jz_case_review_class_init (JzCaseReviewClass *klass)
{
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_review_show;
}

static void
jz_case_review_init (JzCaseReview *self)
{
}
