/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_parts.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/words.h"

/* The line of stages, what carries the case on with what stands in its way, and the menu of what
 * can be done now (ux.md §4). */

static const struct {
  const char *state;
  const char *sign; /* so that colour is not all that tells them apart */
  const char *style;
  const char *word;
} states[] = {
  { "done", "✓", "stage-done", NC_ ("stage", "done") },
  { "current", "●", "stage-current", NC_ ("stage", "the case stands here") },
  { "open", "○", "stage-open", NC_ ("stage", "begun") },
  { "left_out", "–", "stage-left-out", NC_ ("stage", "left out") },
  { "ahead", "", "stage-ahead", NC_ ("stage", "later") },
};

static gsize
find_state (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i].state, state) == 0)
      return i;
  return G_N_ELEMENTS (states) - 1;
}

/* What a pointer or a screen reader is told of a stage. */
static char *
dup_tooltip (const JzJson *stage, gsize state)
{
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (stage, "on"));
  const JzJson *unmet = jz_json_get_member (stage, "unmet");
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s: %s", jz_json_read_text (stage, "name"),
                          g_dpgettext2 (GETTEXT_PACKAGE, "stage", states[state].word));
  if (day[0] != '\0')
    g_string_append_printf (text, "\n%s", day);
  if (strcmp (states[state].state, "done") == 0 &&
      jz_json_get_member_boolean (stage, "gaps", FALSE))
    g_string_append_printf (text, "\n%s", _ ("Something in it is not written down yet."));
  for (guint i = 0; i < jz_json_get_n_items (unmet); i++)
    g_string_append_printf (text, "\n%s", jz_json_get_text (jz_json_get_item (unmet, i)));
  if (jz_json_read_text (stage, "basis")[0] != '\0')
    g_string_append_printf (text, "\n%s", jz_json_read_text (stage, "basis"));
  return g_string_free (text, FALSE);
}

static GtkWidget *
new_stage (const JzJson *stage)
{
  gsize state = find_state (jz_json_read_text (stage, "state"));
  g_autofree char *text =
    g_strdup_printf ("%s%s", jz_json_read_text (stage, "name"), states[state].sign);
  g_autofree char *tooltip = dup_tooltip (stage, state);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "stage");
  gtk_widget_add_css_class (label, states[state].style);
  gtk_widget_set_tooltip_text (label, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  tooltip, -1);
  return label;
}

/* The child has the focus, not the label in it. */
static void
name_stage (GtkWidget *child, const JzJson *stage)
{
  gsize state = find_state (jz_json_read_text (stage, "state"));
  g_autofree char *tooltip = dup_tooltip (stage, state);

  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  gtk_widget_set_tooltip_text (child, tooltip);
}

/**
 * jz_case_fill_line:
 * @box: gets a label for each stage instead of what it has
 * @course: the stages, see jz_case_course_list()
 */
void
jz_case_fill_line (GtkFlowBox *box, const JzJson *course)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_flow_box_remove (box, child);
  for (guint i = 0; i < jz_json_get_n_items (course); i++) {
    gtk_flow_box_append (box, new_stage (jz_json_get_item (course, i)));
    /* Tab comes to the line once and arrows go along it, so that keys reach what a stage tells. A
     * child that takes no focus would hold Tab for good. */
    child = gtk_widget_get_last_child (GTK_WIDGET (box));
    name_stage (child, jz_json_get_item (course, i));
  }
}

static char *
dup_step_text (const JzJson *step)
{
  const char *label = jz_json_read_text (step, "label");
  const char *title = jz_json_read_text (step, "title");

  if (title[0] == '\0')
    return g_strdup (label);
  /* Translators: what is done, and with which document; such as Approve the document: 立案审批表.
   */
  return g_strdup_printf (_ ("%1$s: %2$s"), label, title);
}

/**
 * jz_case_let_shrink:
 * @button: with a label
 *
 * Long names of documents give way on a narrow screen; the tooltip still tells them.
 *
 * Returns: (transfer none): @button
 */
GtkWidget *
jz_case_let_shrink (GtkWidget *button)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (button, gtk_label_get_text (GTK_LABEL (label)));
  return button;
}

static GtkWidget *
new_step_button (const JzJson *step)
{
  g_autofree char *text = dup_step_text (step);
  const char *document = jz_json_read_text (step, "document");
  JzJson *preset;
  GtkWidget *button;

  if (strcmp (jz_json_read_text (step, "kind"), "draft") == 0) {
    button = gtk_button_new_with_label (text);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                      jz_json_read_text (step, "form"));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "case.begin");
    return jz_case_let_shrink (button);
  }
  preset = jz_json_new_object ();
  if (document[0] != '\0')
    jz_json_set_text (preset, "document", document);
  return jz_case_let_shrink (
    jz_case_new_act_button (text, jz_json_read_text (step, "act"), preset));
}

static const JzJson *
find_mine (const JzJson *steps, const JzJson *except)
{
  for (guint i = 0; i < jz_json_get_n_items (steps); i++) {
    const JzJson *step = jz_json_get_item (steps, i);
    if (step != except && jz_json_get_member_boolean (step, "may", FALSE))
      return step;
  }
  return NULL;
}

/* The head may let through what the law leaves to him. */
static GtkWidget *
new_override_button (const JzJson *step, const JzJson *obstacle)
{
  JzJson *preset = jz_json_new_object ();
  JzJson *rules = jz_json_new_array ();

  jz_json_append (rules, jz_json_new_text (jz_json_read_text (obstacle, "rule")));
  jz_json_set_text (preset, "act", jz_json_read_text (step, "act"));
  jz_json_set_member (preset, "rules", rules);
  return jz_case_new_act_button (_ ("Let It Through…"), "gate.override", preset);
}

static void
add_obstacle (GtkBox *box, JzOfficeClient *client, const JzJson *step, const JzJson *obstacle)
{
  const char *place = jz_json_read_text (obstacle, "place");
  const char *clears = jz_json_read_text (obstacle, "clears");
  g_autofree char *tooltip =
    g_strdup_printf ("%s\n%s", clears, jz_json_read_text (obstacle, "basis"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = jz_case_new_label (jz_json_read_text (obstacle, "sentence"), NULL);

  gtk_widget_set_tooltip_text (text, tooltip);
  gtk_label_set_lines (GTK_LABEL (text), 2);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  gtk_box_append (GTK_BOX (line), text);
  if (jz_json_get_member_boolean (obstacle, "liftable", FALSE) &&
      jz_office_client_has_role (client, "head"))
    gtk_box_append (GTK_BOX (line), new_override_button (step, obstacle));
  if (place[0] != '\0') {
    GtkWidget *go = jz_case_new_go_button (_ ("Go There"), place);
    gtk_accessible_update_property (GTK_ACCESSIBLE (go), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    jz_json_read_text (obstacle, "sentence"), -1);
    gtk_widget_add_css_class (go, "flat");
    gtk_box_append (GTK_BOX (line), go);
  }
  gtk_box_append (box, line);
}

static void
add_obstacles (GtkBox *box, JzOfficeClient *client, const JzJson *step)
{
  const JzJson *obstacles = jz_json_get_member (step, "obstacles");

  for (guint i = 0; obstacles != NULL && i < jz_json_get_n_items (obstacles); i++)
    add_obstacle (box, client, step, jz_json_get_item (obstacles, i));
}

/* What somebody proposed and another must confirm: an approval on paper or by telephone says so. */
static void
add_proposal (GtkBox *box, const JzJson *proposal)
{
  g_autofree char *what = dup_step_text (proposal);
  g_autofree char *when = jz_words_dup_moment (jz_json_read_text (proposal, "time"));
  g_autofree char *how =
    jz_json_read_text (proposal, "approver")[0] != '\0'
      ? g_strdup_printf (_ ("%1$s by %2$s"), jz_json_read_text (proposal, "way"),
                         jz_json_read_text (proposal, "approver"))
      : g_strdup (jz_json_read_text (proposal, "way"));
  g_autofree char *text =
    g_strdup_printf (_ ("Waits for confirmation: %1$s (proposed by %2$s, %3$s) %4$s"), what,
                     jz_json_read_text (proposal, "by"), when, how);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = jz_case_new_label (text, NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (jz_json_get_member_boolean (proposal, "may", FALSE)) {
    JzJson *preset = jz_json_new_object ();
    GtkWidget *button;
    jz_json_set_text (preset, "proposal", jz_json_read_text (proposal, "hash"));
    button = jz_case_new_act_button (_ ("Confirm…"), jz_json_read_text (proposal, "act"), preset);
    gtk_widget_add_css_class (button, "suggested-action");
    gtk_box_append (GTK_BOX (line), button);
  } else
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_label (jz_json_read_text (proposal, "roles"), "dim-label"));
  gtk_box_append (box, line);
}

static void
add_first (GtkBox *box, const JzJson *first, const JzJson *mine)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *what = dup_step_text (first);
  g_autofree char *text = NULL;
  guint n = jz_json_get_n_items (jz_json_get_member (first, "obstacles"));
  GtkWidget *label;

  if (!jz_json_get_member_boolean (first, "may", FALSE))
    text =
      g_strdup_printf (_ ("Next step: %1$s (by %2$s)"), what, jz_json_read_text (first, "roles"));
  else if (n > 0)
    text =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Next step: %1$s; %2$u thing is still missing",
                                    "Next step: %1$s; %2$u things are still missing", n),
                       what, n);
  else
    text = g_strdup_printf (_ ("Next step: %s"), what);
  label = jz_case_new_label (text, "heading");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  if (jz_json_get_member_boolean (first, "may", FALSE)) {
    GtkWidget *button = new_step_button (first);
    gtk_widget_add_css_class (button, "suggested-action");
    gtk_box_append (GTK_BOX (line), button);
  }
  if (mine != NULL)
    gtk_box_append (GTK_BOX (line), new_step_button (mine));
  gtk_box_append (box, line);
}

/**
 * jz_case_fill_next:
 * @box: gets the next step instead of what it has
 * @client: the office
 * @sheet: what was read of the case
 */
void
jz_case_fill_next (GtkBox *box, JzOfficeClient *client, const JzJson *sheet)
{
  const JzJson *steps = jz_json_get_member (sheet, "steps");
  const JzJson *proposals = jz_json_get_member (sheet, "proposals");
  const JzJson *first = jz_json_get_n_items (steps) > 0 ? jz_json_get_item (steps, 0) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; i < jz_json_get_n_items (proposals); i++)
    add_proposal (box, jz_json_get_item (proposals, i));
  if (first != NULL) {
    add_first (box, first, find_mine (steps, first));
    add_obstacles (box, client, first);
  } else if (jz_json_get_n_items (proposals) == 0)
    gtk_box_append (box,
                    jz_case_new_label (_ ("Nothing is to be done in this case now."), "dim-label"));
}

/**
 * jz_case_new_menu:
 * @groups: what can be done now, see jz_case_acts_list()
 *
 * Returns: (transfer full): a menu, under the steps where the acts belong
 */
GMenuModel *
jz_case_new_menu (const JzJson *groups)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *group = jz_json_get_item (groups, i);
    const JzJson *acts = jz_json_get_member (group, "acts");
    g_autoptr (GMenu) section = g_menu_new ();
    for (guint j = 0; j < jz_json_get_n_items (acts); j++) {
      const JzJson *act = jz_json_get_item (acts, j);
      g_autoptr (GMenuItem) item = g_menu_item_new (jz_json_read_text (act, "label"), NULL);
      g_menu_item_set_action_and_target (item, "case.do", "(ss)", jz_json_read_text (act, "act"),
                                         "{}");
      g_menu_append_item (section, item);
    }
    g_menu_append_submenu (menu, jz_json_read_text (group, "name"), G_MENU_MODEL (section));
  }
  return G_MENU_MODEL (menu);
}
