/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_tabs.h"
#include "app/words.h"

/* The limits of a case, each with its last day and, opened, the days as they were counted. */

struct _JzCaseLimits {
  JzCaseTab parent_instance;
};

G_DEFINE_FINAL_TYPE (JzCaseLimits, jz_case_limits, JZ_TYPE_CASE_TAB)

static char *
dup_passed (const char *whose, int n)
{
  const gulong number = (gulong)n;

  if (strcmp (whose, "party") == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "the party's time ended %d day ago",
                                         "the party's time ended %d days ago", number),
                            n);
  if (strcmp (whose, "other") == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "the other organ's time ended %d day ago",
                                         "the other organ's time ended %d days ago", number),
                            n);
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "ended %d day ago", "ended %d days ago", number), n);
}

static char *
dup_waited (const char *whose, int n)
{
  const gulong number = (gulong)n;

  if (strcmp (whose, "party") == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "the party still has %d day",
                                         "the party still has %d days", number),
                            n);
  if (strcmp (whose, "other") == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "the other organ still has %d day",
                                         "the other organ still has %d days", number),
                            n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day left", "%d days left", number), n);
}

static char *
dup_state (const JzJson *limit)
{
  const char *state = jz_json_read_text (limit, "state");
  const char *whose = jz_json_read_text (limit, "whose");
  int left = (int)jz_json_get_member_integer (limit, "left", 0);
  int late = (int)jz_json_get_member_integer (limit, "late", 0);

  if (strcmp (state, "overdue") == 0)
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "overdue by %d day", "overdue by %d days", (gulong)late), late);
  if (strcmp (state, "met") == 0)
    return g_strdup (C_ ("limit", "met"));
  if (strcmp (state, "passed") == 0)
    return dup_passed (whose, late);
  if (strcmp (state, "waited") == 0)
    return dup_waited (whose, left);
  if (left == 0)
    return g_strdup (C_ ("limit", "today"));
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "%d day left", "%d days left", (gulong)left), left);
}

/* Colour and word; only what is ours is red. */
static GtkWidget *
new_state (const JzJson *limit)
{
  const char *state = jz_json_read_text (limit, "state");
  int left = (int)jz_json_get_member_integer (limit, "left", 0);
  g_autofree char *text = dup_state (limit);
  GtkWidget *label = jz_case_new_label (text, "heading");

  if (strcmp (state, "overdue") == 0 || (strcmp (state, "running") == 0 && left == 0))
    gtk_widget_add_css_class (label, "error");
  else if (strcmp (state, "met") == 0)
    gtk_widget_add_css_class (label, "success");
  else if (strcmp (state, "running") == 0 && left <= 3)
    gtk_widget_add_css_class (label, "warning");
  return jz_case_fix_width (label, 110, FALSE);
}

static const char *
get_verdict (const JzJson *day)
{
  static const struct {
    const char *verdict;
    const char *label;
  } verdicts[] = {
    { "event", N_ ("the event; not counted") },
    { "counted", N_ ("counted") },
    { "rest", N_ ("rest day") },
    { "excluded", N_ ("not counted") },
    { "rolled", N_ ("moved on") },
    { "latest", N_ ("the last day") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (strcmp (verdicts[i].verdict, jz_json_read_text (day, "verdict")) == 0)
      return _ (verdicts[i].label);
  return "";
}

static GtkWidget *
new_days (const JzJson *days)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  for (guint i = 0; i < jz_json_get_n_items (days); i++) {
    const JzJson *day = jz_json_get_item (days, i);
    g_autofree char *date = jz_words_dup_day (jz_json_read_text (day, "date"));
    g_autofree char *number =
      g_strdup_printf ("%lld", (long long)jz_json_get_member_integer (day, "counted", 0));
    gtk_grid_attach (GTK_GRID (grid), jz_case_new_label (date, NULL), 0, (int)i, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), jz_case_new_label (number, "numeric"), 1, (int)i, 1, 1);
    gtk_grid_attach (GTK_GRID (grid), jz_case_new_label (get_verdict (day), "dim-label"), 2, (int)i,
                     1, 1);
    gtk_grid_attach (GTK_GRID (grid),
                     jz_case_new_label (jz_json_read_text (day, "holiday"), "dim-label"), 3, (int)i,
                     1, 1);
  }
  return grid;
}

/* The days are made only when somebody wants to see them. */
static void
on_expanded (GtkExpander *expander, GParamSpec *pspec, gpointer data)
{
  const JzJson *days = data;

  if (gtk_expander_get_expanded (expander) && gtk_expander_get_child (expander) == NULL)
    gtk_expander_set_child (expander, new_days (days));
}

static void
add_limit (GtkWidget *group, const JzJson *limit)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = jz_case_new_label (jz_json_read_text (limit, "name"), NULL);
  /* Translators: opens the days as they were counted. */
  GtkWidget *expander = gtk_expander_new (C_ ("limit", "Counting"));
  g_autofree char *due = jz_words_dup_day (jz_json_read_text (limit, "due"));
  const JzJson *days = jz_json_get_member (limit, "days");

  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (line), new_state (limit));
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), jz_case_new_label (due, NULL));
  gtk_box_append (GTK_BOX (box), line);
  if (jz_json_read_text (limit, "basis")[0] != '\0')
    gtk_box_append (GTK_BOX (box),
                    jz_case_new_label (jz_json_read_text (limit, "basis"), "dim-label"));
  g_signal_connect_data (expander, "notify::expanded", G_CALLBACK (on_expanded), jz_json_ref (days),
                         (GClosureNotify)(GCallback)jz_json_unref, 0);
  gtk_box_append (GTK_BOX (box), expander);
  jz_case_new_row (group, box);
}

typedef enum {
  RUNNING,
  OF_OTHERS,
  OVER,
  N_GROUPS,
} Group;

static Group
find_group (const char *state)
{
  if (strcmp (state, "met") == 0 || strcmp (state, "passed") == 0)
    return OVER;
  return strcmp (state, "waited") == 0 ? OF_OTHERS : RUNNING;
}

static const char *
get_heading (Group group)
{
  switch (group) {
  case RUNNING:
    return C_ ("limit", "Running");
  case OF_OTHERS:
    return C_ ("limit", "The time of others");
  default:
    return C_ ("limit", "Met or ended");
  }
}

static void
jz_case_limits_show (JzCaseTab *tab, const JzJson *sheet)
{
  GtkBox *box = jz_case_tab_clear (tab);
  const JzJson *limits = jz_json_get_member (sheet, "limits");
  GtkWidget *groups[N_GROUPS] = { NULL };

  if (jz_json_get_n_items (limits) == 0)
    gtk_box_append (box, jz_case_new_label (_ ("No limit runs in this case yet."), NULL));
  for (guint i = 0; i < jz_json_get_n_items (limits); i++) {
    const JzJson *limit = jz_json_get_item (limits, i);
    Group group = find_group (jz_json_read_text (limit, "state"));
    if (groups[group] == NULL)
      groups[group] = jz_case_new_group (box, get_heading (group));
    add_limit (groups[group], limit);
  }
}

static void
jz_case_limits_class_init (JzCaseLimitsClass *klass)
{
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_limits_show;
}

static void
jz_case_limits_init (JzCaseLimits *self)
{
}
