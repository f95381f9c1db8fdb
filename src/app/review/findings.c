/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/findings.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/review/parts.h"
#include "app/review/verdict.h"
#include "app/text_label.h"
#include "app/words.h"

/* Thousandths in a whole. */
#define WHOLE 1000.0

struct _JzReviewFindings {
  AdwBin parent_instance;

  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (JzReviewFindings, jz_review_findings, ADW_TYPE_BIN)

static void
add (JzReviewFindings *self, const char *text, const char *style)
{
  if (text[0] != '\0')
    gtk_box_append (self->box, jz_text_label_new (text, style));
}

static const char *
get_style (const char *result)
{
  if (strcmp (result, "fail") == 0)
    return "error";
  if (strcmp (result, "pass") == 0)
    return "success";
  return strcmp (result, "none") == 0 ? "dim-label" : "warning";
}

static void
add_sentences (JzReviewFindings *self, const JzJson *item)
{
  const JzJson *sentences = jz_json_get_member (item, "sentences");

  for (guint i = 0; i < jz_part_count (sentences); i++) {
    const JzJson *sentence = jz_json_get_item (sentences, i);
    const char *basis = jz_json_read_text (sentence, "basis");
    g_autofree char *clears =
      g_strdup_printf (_ ("What to do: %s"), jz_json_read_text (sentence, "clears"));
    add (self, jz_json_read_text (sentence, "sentence"),
         get_style (jz_json_read_text (sentence, "result")));
    add (self, basis, "caption");
    if (jz_json_read_text (sentence, "clears")[0] != '\0')
      add (self, clears, "caption");
  }
}

static void
attach (GtkGrid *grid, const char *text, const char *style, int column, int row)
{
  GtkWidget *label = jz_text_label_new (text, style);

  gtk_widget_set_hexpand (label, column > 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static GtkGrid *
add_grid (JzReviewFindings *self)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_box_append (self->box, grid);
  return GTK_GRID (grid);
}

static void
add_values (JzReviewFindings *self, const JzJson *item)
{
  const JzJson *values = jz_json_get_member (item, "values");
  GtkGrid *grid;

  if (jz_part_count (values) == 0)
    return;
  add (self, _ ("Values compared"), "heading");
  grid = add_grid (self);
  for (guint i = 0; i < jz_part_count (values); i++) {
    const JzJson *value = jz_json_get_item (values, i);
    const char *text = jz_json_read_text (value, "value");
    attach (grid, jz_json_read_text (value, "name"), "dim-label", 0, (int)i);
    attach (grid, text[0] != '\0' ? text : _ ("Not recorded"), NULL, 1, (int)i);
  }
}

static GtkWidget *
new_go_button (const char *place, const char *name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Go There"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  name, -1);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
add_findings (JzReviewFindings *self, const JzJson *item)
{
  const JzJson *findings = jz_json_get_member (item, "findings");

  for (guint i = 0; i < jz_part_count (findings); i++) {
    const JzJson *finding = jz_json_get_item (findings, i);
    const char *sentence = jz_json_read_text (finding, "sentence");
    if (i == 0)
      add (self, _ ("Found in the documents"), "heading");
    add (self, jz_json_read_text (finding, "title"), "caption-heading");
    add (self, sentence,
         get_style (strcmp (jz_json_read_text (finding, "level"), "error") == 0 ? "fail" : ""));
    gtk_box_append (self->box, new_go_button (jz_json_read_text (finding, "place"), sentence));
  }
}

static void
add_similar (JzReviewFindings *self, const JzJson *item)
{
  const JzJson *similar = jz_json_get_member (item, "similar");

  for (guint i = 0; i < jz_part_count (similar); i++) {
    const JzJson *other = jz_json_get_item (similar, i);
    g_autofree char *fine = jz_words_dup_money (jz_json_get_member_integer (other, "fine", 0));
    g_autofree char *day = jz_words_dup_day (jz_json_read_text (other, "decided_on"));
    g_autofree char *line = g_strdup_printf ("%s %s", jz_json_read_text (other, "number"),
                                             jz_json_read_text (other, "title"));
    gint64 difference = jz_json_get_member_integer (other, "difference", 0);
    /* Translators: a fine, the day of the decision, by how many hundredths this case is higher. */
    g_autofree char *figures = g_strdup_printf (
      difference >= 0 ? _ ("%1$s, decided on %2$s; this case is higher by %3$lld hundredths.")
                      : _ ("%1$s, decided on %2$s; this case is lower by %3$lld hundredths."),
      fine, day, (long long)ABS (difference));
    g_autofree char *place = g_strdup_printf ("cases/%s", jz_json_read_text (other, "case"));
    if (i == 0)
      add (self, _ ("Similar cases"), "heading");
    add (self, line, NULL);
    add (self, figures,
         jz_json_get_member_boolean (other, "is_far", FALSE) ? "warning" : "caption");
    gtk_box_append (self->box, new_go_button (place, line));
  }
}

static void
add_range (JzReviewFindings *self,
           GtkGrid *grid,
           const JzJson *figures,
           const char *what,
           const char *label,
           int row)
{
  g_autofree char *least_name = g_strconcat (what, "_least", NULL);
  g_autofree char *most_name = g_strconcat (what, "_most", NULL);
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  g_autofree char *text = NULL;

  if (jz_json_get_member (figures, most_name) == NULL)
    return;
  least = jz_words_dup_money (jz_json_get_member_integer (figures, least_name, 0));
  most = jz_words_dup_money (jz_json_get_member_integer (figures, most_name, 0));
  /* Translators: a range of amounts. */
  text = g_strdup_printf (_ ("%1$s to %2$s"), least, most);
  attach (grid, label, "dim-label", 0, row);
  attach (grid, text, NULL, 1, row);
}

/* Where the fine lies between the least and the most that the law allows. */
static void
add_bar (JzReviewFindings *self, const JzJson *figures)
{
  gint64 position = jz_json_get_member_integer (figures, "position", -1);
  g_autofree char *text = NULL;
  GtkWidget *bar;

  if (position < 0)
    return;
  bar = gtk_level_bar_new ();
  gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), (double)position / WHOLE);
  text = g_strdup_printf (_ ("The fine lies at %lld hundredths of what the law allows."),
                          (long long)(position / 10));
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_box_append (self->box, bar);
  add (self, text, "caption");
}

static gboolean
names_the_fine (const JzJson *item)
{
  const JzJson *values = jz_json_get_member (item, "values");

  for (guint i = 0; i < jz_part_count (values); i++)
    if (g_str_has_prefix (jz_json_read_text (jz_json_get_item (values, i), "fact"), "discretion."))
      return TRUE;
  return FALSE;
}

static void
add_discretion (JzReviewFindings *self, const JzJson *sheet)
{
  const JzJson *discretion = jz_json_get_member (sheet, "discretion");
  const JzJson *figures = discretion != NULL ? jz_json_get_member (discretion, "computed") : NULL;
  g_autofree char *fine = NULL;
  GtkGrid *grid;

  if (figures == NULL)
    return;
  add (self, _ ("Measure of the fine"), "heading");
  add (self, jz_json_read_text (discretion, "benchmark"), "caption");
  grid = add_grid (self);
  add_range (self, grid, figures, "law", _ ("The law allows"), 0);
  add_range (self, grid, figures, "tier", _ ("The tier allows"), 1);
  add_range (self, grid, figures, "band", _ ("The direction points to"), 2);
  fine = jz_words_dup_money (jz_json_get_member_integer (figures, "fine", 0));
  attach (grid, _ ("Proposed"), "dim-label", 0, 3);
  attach (grid, fine, NULL, 1, 3);
  add_bar (self, figures);
}

static void
add_limits (JzReviewFindings *self, const JzJson *item)
{
  const JzJson *limits = jz_json_get_member (item, "limits");
  gboolean is_first = TRUE;

  for (guint i = 0; i < jz_part_count (limits); i++) {
    const JzJson *limit = jz_json_get_item (limits, i);
    g_autofree char *start = jz_words_dup_day (jz_json_read_text (limit, "start"));
    g_autofree char *due = jz_words_dup_day (jz_json_read_text (limit, "due"));
    g_autofree char *line = NULL;
    if (jz_json_read_text (limit, "due")[0] == '\0')
      continue;
    if (is_first)
      add (self, _ ("Limits counted"), "heading");
    is_first = FALSE;
    /* Translators: name of a limit, the day it is counted from, its last day. */
    line = g_strdup_printf (_ ("%1$s: from %2$s to %3$s"), jz_json_read_text (limit, "name"), start,
                            due);
    add (self, line, NULL);
  }
}

static void
add_judgement (JzReviewFindings *self, const JzJson *judged)
{
  const JzJson *judgement = jz_json_get_member (judged, "judgement");
  g_autofree char *moment = NULL;
  g_autofree char *line = NULL;

  if (judgement == NULL)
    return;
  moment = jz_words_dup_moment (jz_json_read_text (judgement, "time"));
  add (self, _ ("Judged so far"), "heading");
  line =
    g_strdup_printf ("%s  %s, %s", jz_verdict_get_word (jz_json_read_text (judgement, "verdict")),
                     jz_json_read_text (judgement, "by"), moment);
  add (self, line, NULL);
  add (self, jz_json_read_text (judgement, "reason"), NULL);
}

static void
clear (JzReviewFindings *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
}

/* Of a card the sentences that are not clean, so that confirming it is a look and not a ritual. */
static void
show_point (JzReviewFindings *self, const JzJson *point)
{
  const JzJson *items = jz_json_get_member (point, "items");

  add (self, jz_json_read_text (point, "name"), "title-3");
  add (self, jz_json_read_text (point, "basis"), "caption");
  add_judgement (self, point);
  for (guint i = 0; i < jz_part_count (items); i++) {
    const JzJson *item = jz_json_get_item (items, i);
    const char *verdict = jz_judged_get_verdict (item);
    g_autofree char *line = g_strdup_printf (
      "%s  %s",
      verdict[0] != '\0' ? jz_verdict_get_mark (verdict)
                         : (jz_json_get_member_boolean (item, "is_open", FALSE) ? "·" : "✓"),
      jz_json_read_text (item, "name"));
    add (self, line, get_style (jz_json_read_text (item, "result")));
  }
}

static void
show_item (JzReviewFindings *self, const JzJson *sheet, const JzJson *item)
{
  g_autofree char *shows =
    g_strdup_printf (_ ("To look at: %s"), jz_json_read_text (item, "shows"));

  add (self, jz_json_read_text (item, "name"), "title-3");
  add (self, jz_json_read_text (item, "basis"), "caption");
  add (self, shows, "caption");
  add_judgement (self, item);
  if (jz_part_count (jz_json_get_member (item, "sentences")) > 0)
    add (self, _ ("Found by the program"), "heading");
  add_sentences (self, item);
  add_values (self, item);
  if (names_the_fine (item))
    add_discretion (self, sheet);
  add_limits (self, item);
  add_similar (self, item);
  add_findings (self, item);
}

/**
 * jz_review_findings_show:
 * @self: a pane
 * @sheet: what jz_review_sheet() told
 * @point: (nullable): a point of it
 * @item: (nullable): an item under that; %NULL for the point as a whole
 */
void
jz_review_findings_show (JzReviewFindings *self,
                         const JzJson *sheet,
                         const JzJson *point,
                         const JzJson *item)
{
  clear (self);
  if (item != NULL)
    show_item (self, sheet, item);
  else if (point != NULL)
    show_point (self, point);
}

static void
jz_review_findings_class_init (JzReviewFindingsClass *klass)
{
}

static void
jz_review_findings_init (JzReviewFindings *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 12);
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}
