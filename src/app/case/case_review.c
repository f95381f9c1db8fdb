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
    if (strcmp (jz_json_read_text (person, "duty"), "reviewer") == 0 &&
        !jz_json_get_member_boolean (person, "ended", FALSE))
      g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "",
                              jz_json_read_text (person, "name"));
  }
  if (names->len == 0)
    g_string_append (names, _ ("nobody yet"));
  return g_string_free (names, FALSE);
}

/* The handler answers in the form; an answer can be given anew until the opinion. */
static void
add_question (GtkWidget *group, const JzJson *question, gboolean may)
{
  g_autofree char *asked = jz_words_dup_moment (jz_json_read_text (question, "time"));
  g_autofree char *source =
    g_strdup_printf (_ ("%1$s, %2$s"), jz_json_read_text (question, "by"), asked);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *answer = jz_json_read_text (question, "answer");

  gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (question, "text"), NULL));
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (source, "dim-label"));
  if (answer[0] != '\0') {
    g_autofree char *when = jz_words_dup_moment (jz_json_read_text (question, "answered"));
    g_autofree char *by =
      g_strdup_printf (_ ("%1$s, %2$s"), jz_json_read_text (question, "answered_by"), when);
    g_autofree char *text = g_strdup_printf (_ ("Answer: %s"), answer);
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (text, NULL));
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (by, "dim-label"));
  }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  if (may && answer[0] == '\0') {
    JzJson *preset = jz_json_new_object ();
    jz_json_set_text (preset, "question", jz_json_read_text (question, "id"));
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_act_button (C_ ("review", "Answer…"), "review.reply", preset));
  }
  jz_case_new_row (group, line);
}

static void
add_questions (GtkBox *box, const JzJson *questions, gboolean may)
{
  GtkWidget *group;

  if (jz_json_get_n_items (questions) == 0)
    return;
  group = jz_case_new_group (box, _ ("Questions of the reviewer"));
  for (guint i = 0; i < jz_json_get_n_items (questions); i++)
    add_question (group, jz_json_get_item (questions, i), may);
}

static void
jz_case_review_show (JzCaseTab *tab, const JzJson *sheet)
{
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *review = jz_json_get_member (sheet, "review");
  const JzJson *whole = jz_json_get_member (sheet, "case");
  gboolean is_open = strcmp (jz_json_read_text (whole, "stage"), "open") == 0;
  gint64 n_rounds = jz_json_get_member_integer (review, "rounds", 0);
  const char *outcome = jz_json_read_text (review, "outcome");
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
    add_line (group, _ ("Submitted on"), jz_json_read_text (review, "submitted_on"));
    add_line (group, C_ ("review", "Reviewer"), reviewers);
    add_line (group, C_ ("review", "Opinion"), outcome[0] != '\0' ? outcome : _ ("not given yet"));
    if (jz_json_read_text (review, "opinion_on")[0] != '\0')
      add_line (group, _ ("Given on"), jz_json_read_text (review, "opinion_on"));
  }
  add_questions (box, jz_json_get_member (review, "questions"),
                 is_open && jz_office_client_has_role (client, "handler|section_head"));
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
