/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_parts.h"
#include "app/case/case_tabs.h"
#include "app/words.h"
#include "office/act_words.h"
#include "office/role.h"

/* Parties, facts, matter, people, notes: every value says where it came from, and can be put right
 * where it stands; what stood there before stays below it. */

#define NAME_WIDTH 190

struct _JzCaseOverview {
  JzCaseTab parent_instance;
};

G_DEFINE_FINAL_TYPE (JzCaseOverview, jz_case_overview, JZ_TYPE_CASE_TAB)

static char *
dup_source (const JzJson *value)
{
  g_autofree char *moment = jz_words_dup_moment (jz_json_read_text (value, "time"));

  /* Translators: when, who and by what; such as 2026-11-20 9:30, 张某, Check the lead. */
  return g_strdup_printf (_ ("%1$s %2$s, %3$s"), moment, jz_json_read_text (value, "person"),
                          jz_act_get_label (jz_json_read_text (value, "act")));
}

static void
add_earlier (GtkWidget *box, const JzJson *value)
{
  const JzJson *earlier = jz_json_get_member (value, "earlier");

  for (guint i = 0; i < jz_json_get_n_items (earlier); i++) {
    const JzJson *before = jz_json_get_item (earlier, i);
    g_autofree char *source = dup_source (before);
    g_autofree char *text =
      g_strdup_printf (_ ("Before: %1$s (%2$s)"), jz_json_read_text (before, "text"), source);
    gtk_box_append (GTK_BOX (box), jz_case_new_label (text, "dim-label"));
  }
}

static GtkWidget *
new_short_label (const char *text, const char *style)
{
  GtkWidget *label = jz_case_new_label (text, style);

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  return label;
}

/* Final documents in which the present value stands; where it is wrong, they are corrected. */
static void
add_documents (JzCaseOverview *self, GtkWidget *box, const JzJson *value)
{
  const JzJson *documents = jz_json_get_member (value, "documents");
  const char *case_id = jz_case_tab_get_case (JZ_CASE_TAB (self));
  GtkWidget *line;

  if (jz_json_get_n_items (documents) == 0)
    return;
  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (line), new_short_label (_ ("Stands in:"), "dim-label"));
  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    const JzJson *document = jz_json_get_item (documents, i);
    g_autofree char *place =
      g_strdup_printf ("cases/%s/document/%s", case_id, jz_json_read_text (document, "id"));
    GtkWidget *button = jz_case_new_go_button (jz_json_read_text (document, "title"), place);
    gtk_widget_add_css_class (button, "flat");
    jz_case_let_shrink (button);
    gtk_box_append (GTK_BOX (line), button);
  }
  gtk_box_append (GTK_BOX (box), line);
}

/* All that the act said the last time stands in its form. */
static JzJson *
list_said (JzCaseOverview *self, const char *act)
{
  const JzJson *groups = jz_json_get_member (jz_case_tab_get_sheet (JZ_CASE_TAB (self)), "values");
  JzJson *preset = jz_json_new_object ();

  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *values = jz_json_get_member (jz_json_get_item (groups, i), "values");
    for (guint j = 0; j < jz_json_get_n_items (values); j++) {
      const JzJson *value = jz_json_get_item (values, j);
      if (strcmp (jz_json_read_text (value, "act"), act) == 0)
        jz_json_set_member (preset, jz_json_read_text (value, "name"),
                            jz_json_copy (jz_json_get_member (value, "value")));
    }
  }
  return preset;
}

static GtkWidget *
new_correct_button (JzCaseOverview *self, const JzJson *value)
{
  const char *again = jz_json_read_text (value, "again");
  g_autofree char *tooltip =
    g_strdup_printf (_ ("Put right: %s"), jz_json_read_text (value, "label"));
  GtkWidget *button = jz_case_new_act_button ("", again, list_said (self, again));

  gtk_button_set_icon_name (GTK_BUTTON (button), "document-edit-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  return button;
}

static void
add_value (JzCaseOverview *self, GtkWidget *group, const JzJson *value, gboolean is_open)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = jz_case_new_label (jz_json_read_text (value, "label"), "dim-label");
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = jz_case_new_label (jz_json_read_text (value, "text"), NULL);
  g_autofree char *words = dup_source (value);
  GtkWidget *source = jz_case_new_label (words, "dim-label");

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), text);
  add_earlier (texts, value);
  add_documents (self, texts, value);
  gtk_widget_set_valign (source, GTK_ALIGN_START);
  gtk_widget_add_css_class (source, "caption");
  gtk_label_set_wrap (GTK_LABEL (source), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (source), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (source), 12);
  gtk_widget_set_tooltip_text (source, words);
  gtk_box_append (GTK_BOX (line), jz_case_fix_width (label, NAME_WIDTH, FALSE));
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), source);
  if (is_open && jz_json_read_text (value, "again")[0] != '\0')
    gtk_box_append (GTK_BOX (line), new_correct_button (self, value));
  jz_case_new_row (group, line);
}

static void
add_people (JzCaseOverview *self, GtkBox *box, const JzJson *people, gboolean is_open)
{
  GtkWidget *group = jz_case_new_group (box, _ ("People"));

  for (guint i = 0; i < jz_json_get_n_items (people); i++) {
    const JzJson *person = jz_json_get_item (people, i);
    gboolean has_ended = jz_json_get_member_boolean (person, "ended", FALSE);
    gboolean leads = jz_json_get_member_boolean (person, "lead", FALSE);
    gboolean handles = strcmp (jz_json_read_text (person, "duty"), "handler") == 0;
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *duty =
      jz_case_new_label (has_ended ? C_ ("duty", "no longer")
                         : leads   ? C_ ("duty", "Lead")
                         : handles ? C_ ("duty", "Co-handler")
                                   : jz_role_word (jz_json_read_text (person, "duty")),
                         "dim-label");
    gtk_box_append (GTK_BOX (line), jz_case_fix_width (duty, NAME_WIDTH, FALSE));
    gtk_box_append (GTK_BOX (line), jz_case_new_label (jz_json_read_text (person, "name"), NULL));
    jz_case_new_row (group, line);
  }
  if (is_open && jz_office_client_has_role (jz_case_tab_get_client (JZ_CASE_TAB (self)),
                                            "section_head|review_head|head")) {
    GtkWidget *button = jz_case_new_act_button (_ ("Give a duty…"), "case.assign", NULL);
    gtk_widget_set_halign (button, GTK_ALIGN_START);
    gtk_box_append (box, button);
  }
}

static void
add_notes (GtkBox *box, const JzJson *notes, gboolean is_open)
{
  GtkWidget *group = NULL;

  if (jz_json_get_n_items (notes) > 0)
    group = jz_case_new_group (box, _ ("Notes"));
  for (guint i = 0; i < jz_json_get_n_items (notes); i++) {
    const JzJson *note = jz_json_get_item (notes, i);
    g_autofree char *day = jz_words_dup_day (jz_json_read_text (note, "happened"));
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
    GtkWidget *when = jz_case_new_label (day, "dim-label");
    gtk_box_append (GTK_BOX (line), jz_case_fix_width (when, NAME_WIDTH, FALSE));
    gtk_box_append (GTK_BOX (line), jz_case_new_label (jz_json_read_text (note, "text"), NULL));
    jz_case_new_row (group, line);
  }
  if (is_open) {
    GtkWidget *button = jz_case_new_act_button (_ ("Write a note…"), "case.note", NULL);
    gtk_widget_set_halign (button, GTK_ALIGN_START);
    gtk_box_append (box, button);
  }
}

static void
jz_case_overview_show (JzCaseTab *tab, const JzJson *sheet)
{
  JzCaseOverview *self = JZ_CASE_OVERVIEW (tab);
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *groups = jz_json_get_member (sheet, "values");
  const JzJson *whole = jz_json_get_member (sheet, "case");
  gboolean is_open = strcmp (jz_json_read_text (whole, "stage"), "open") == 0;

  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *group = jz_json_get_item (groups, i);
    const JzJson *values = jz_json_get_member (group, "values");
    GtkWidget *list = jz_case_new_group (box, jz_json_read_text (group, "label"));
    for (guint j = 0; j < jz_json_get_n_items (values); j++)
      add_value (self, list, jz_json_get_item (values, j), is_open);
  }
  add_people (self, box, jz_json_get_member (sheet, "people"), is_open);
  add_notes (box, jz_json_get_member (whole, "notes"), is_open);
}

static void
jz_case_overview_class_init (JzCaseOverviewClass *klass)
{
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_overview_show;
}

static void
jz_case_overview_init (JzCaseOverview *self)
{
}
