/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/refusal_place.h"
#include "app/review/bench-private.h"

/* Judging what is shown: the verdict, the reason, and where it is seen. What the act would refuse
 * is said before it is tried. */

static const JzJson *
get_judged (JzReviewBench *self)
{
  const JzJson *item = jz_review_cards_get_item (self->cards);
  return item != NULL ? item : jz_review_cards_get_point (self->cards);
}

static const char *
get_verdict (JzReviewBench *self)
{
  for (guint i = 0; i < JZ_N_VERDICTS; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return jz_verdict_get_name (i);
  return "";
}

static gboolean
has_reason (JzReviewBench *self)
{
  return gtk_editable_get_text (self->reason)[0] != '\0';
}

/* The program found that it is not met, and the reviewer holds it met. */
static gboolean
is_overruling (JzReviewBench *self)
{
  const JzJson *item = jz_review_cards_get_item (self->cards);

  return item != NULL && strcmp (get_verdict (self), "pass") == 0 &&
         strcmp (jz_json_read_text (item, "result"), "fail") == 0;
}

static gboolean
needs_reason (JzReviewBench *self)
{
  const char *verdict = get_verdict (self);
  return (verdict[0] != '\0' && strcmp (verdict, "pass") != 0) || is_overruling (self);
}

static gboolean
lacks_link (JzReviewBench *self)
{
  return jz_verdict_is_adverse (get_verdict (self)) && self->linked->len == 0;
}

/* A card is confirmed as a whole only when nothing under it waits. */
static gboolean
is_point_waiting (JzReviewBench *self)
{
  const JzJson *point = jz_review_cards_get_point (self->cards);

  return jz_review_cards_get_item (self->cards) == NULL && point != NULL &&
         jz_json_get_member_integer (point, "n_open", 0) > 0;
}

/* What the act would refuse is told before it is tried; NULL where nothing is in the way. */
static const char *
find_hint (JzReviewBench *self)
{
  const char *verdict = get_verdict (self);

  if (self->goes_on)
    return _ ("Being recorded…");
  if (!jz_json_get_member_boolean (self->sheet, "is_reviewer", FALSE))
    return _ ("You are not the reviewer of this case.");
  if (is_point_waiting (self))
    return _ ("Judge what waits under this point first.");
  if (verdict[0] == '\0')
    return _ ("Press 1 to 4.");
  if (lacks_link (self))
    return _ ("Link where it is seen: press L.");
  if (needs_reason (self) && !has_reason (self))
    return is_overruling (self)
             ? _ ("The program found that this is not met; say why you hold it met.")
             : _ ("Say why.");
  return NULL;
}

/* Each leads to where it is seen. */
static void
update_links (JzReviewBench *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *line = NULL;

  for (guint i = 0; i < self->linked->len; i++) {
    const char *link = g_ptr_array_index (self->linked, i);
    g_autofree char *title = jz_review_material_dup_title (self->material, link);
    g_autofree char *part = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", link, title);
    g_string_append_printf (text, "%s%s", i > 0 ? "；" : "", part);
  }
  line = self->linked->len > 0 ? g_strdup_printf (_ ("Linked: %s"), text->str)
                               : g_strdup (_ ("Linked: nothing"));
  gtk_label_set_markup (self->links, line);
  gtk_widget_set_visible (self->unlink, self->linked->len > 0);
}

static gboolean
on_link (GtkLabel *label, const char *link, JzReviewBench *self)
{
  jz_review_material_go (self->material, link);
  return TRUE;
}

/**
 * jz_review_bench_update_bar:
 * @self: a workbench
 *
 * Shows what is chosen, what it is linked to and what is in the way of recording it.
 */
void
jz_review_bench_update_bar (JzReviewBench *self)
{
  const char *hint = self->sheet != NULL ? find_hint (self) : "";

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.record",
                                 self->sheet != NULL && !self->goes_on);
  update_links (self);
}

static void
set_verdict (JzReviewBench *self, const char *verdict)
{
  self->is_setting = TRUE;
  for (guint i = 0; i < JZ_N_VERDICTS; i++)
    gtk_toggle_button_set_active (self->buttons[i], strcmp (jz_verdict_get_name (i), verdict) == 0);
  self->is_setting = FALSE;
}

static void
take_links (JzReviewBench *self, const JzJson *judgement)
{
  const JzJson *links = judgement != NULL ? jz_json_get_member (judgement, "links") : NULL;

  g_ptr_array_set_size (self->linked, 0);
  for (guint i = 0; i < jz_part_count (links); i++)
    g_ptr_array_add (self->linked, g_strdup (jz_json_get_text (jz_json_get_item (links, i))));
}

/* Materials of a card: of all its items. */
static JzJson *
collect_materials (const JzJson *point)
{
  const JzJson *items = jz_json_get_member (point, "items");
  JzJson *all = jz_json_new_array ();

  for (guint i = 0; i < jz_part_count (items); i++) {
    const JzJson *materials = jz_json_get_member (jz_json_get_item (items, i), "materials");
    for (guint j = 0; j < jz_part_count (materials); j++)
      jz_json_append (all, jz_json_ref (jz_json_get_item (materials, j)));
  }
  return all;
}

/**
 * jz_review_bench_forget_entered:
 * @self: a workbench
 *
 * What is looked at next fills the bar with what was judged of it.
 */
void
jz_review_bench_forget_entered (JzReviewBench *self)
{
  g_clear_pointer (&self->entered_id, g_free);
  g_clear_pointer (&self->entered, jz_json_unref);
}

/* Whether the bar is about this already: what is entered and not recorded yet stays, however often
 * the sheet is read anew because something was written. */
static gboolean
is_entered (JzReviewBench *self, const char *id, const JzJson *judgement)
{
  return g_strcmp0 (self->entered_id, id) == 0 &&
         (judgement != NULL && self->entered != NULL ? jz_json_equal (judgement, self->entered)
                                                     : judgement == self->entered);
}

static void
enter (JzReviewBench *self, const JzJson *judged, const JzJson *judgement)
{
  set_verdict (self, jz_judged_get_verdict (judged));
  gtk_editable_set_text (self->reason, jz_json_read_text (judgement, "reason"));
  take_links (self, judgement);
}

/* Something else is looked at: what was judged of it comes back into the bar. */
static void
on_selected (JzReviewBench *self)
{
  const JzJson *point = jz_review_cards_get_point (self->cards);
  const JzJson *item = jz_review_cards_get_item (self->cards);
  const JzJson *judged = get_judged (self);
  const JzJson *judgement = judged != NULL ? jz_json_get_member (judged, "judgement") : NULL;
  g_autofree char *id =
    g_strdup_printf ("%s/%s", jz_json_read_text (point, "id"), jz_json_read_text (item, "id"));
  g_autoptr (JzJson) meant = NULL;

  if (point == NULL)
    return;
  meant =
    item != NULL ? jz_json_ref (jz_json_get_member (item, "materials")) : collect_materials (point);
  jz_review_material_show (self->material, meant, jz_json_get_member (self->sheet, "materials"));
  jz_review_findings_show (self->findings, self->sheet, point, item);
  if (!is_entered (self, id, judgement)) {
    jz_review_bench_forget_entered (self);
    self->entered_id = g_steal_pointer (&id);
    self->entered = judgement != NULL ? jz_json_ref (judgement) : NULL;
    enter (self, judged, judgement);
  }
  jz_review_bench_update_bar (self);
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzReviewBench) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);

  self->is_busy = FALSE;
  if (outcome == NULL)
    self->goes_on = FALSE;
  jz_review_bench_update_bar (self);
}

/* What is met is seen where it was shown; what is not is linked by hand. */
static JzJson *
make_links (JzReviewBench *self)
{
  JzJson *links = jz_json_new_array ();
  g_autofree char *shown = jz_review_material_dup_link (self->material);

  for (guint i = 0; i < self->linked->len; i++)
    jz_json_append (links, jz_json_new_text (g_ptr_array_index (self->linked, i)));
  if (self->linked->len == 0 && strcmp (get_verdict (self), "pass") == 0)
    jz_json_append (links, jz_json_new_text (shown != NULL ? shown : self->case_id));
  return links;
}

static JzJson *
make_args (JzReviewBench *self)
{
  const JzJson *item = jz_review_cards_get_item (self->cards);
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", self->case_id);
  jz_json_set_text (args, "point",
                    jz_json_read_text (jz_review_cards_get_point (self->cards), "id"));
  if (item != NULL)
    jz_json_set_text (args, "item", jz_json_read_text (item, "id"));
  jz_json_set_text (args, "verdict", get_verdict (self));
  jz_json_set_member (args, "links", make_links (self));
  if (has_reason (self))
    jz_json_set_text (args, "reason", gtk_editable_get_text (self->reason));
  return args;
}

static void
record (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  if (self->sheet == NULL || get_judged (self) == NULL)
    return;
  if (find_hint (self) != NULL) {
    gtk_widget_error_bell (widget);
    if (!self->goes_on && needs_reason (self) && !has_reason (self) && !lacks_link (self))
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
    return;
  }
  self->is_busy = TRUE;
  self->goes_on = TRUE;
  jz_review_bench_update_bar (self);
  jz_office_client_act_async (self->client, "review.judge", make_args (self), NULL, on_judged,
                              g_object_ref (self));
}

static void
on_reason_entered (JzReviewBench *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "review.record", NULL);
}

static void
on_reason_changed (JzReviewBench *self)
{
  jz_review_bench_update_bar (self);
}

static void
choose_verdict (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  /* What is judged next is not seen yet. */
  if (self->goes_on)
    return;
  set_verdict (self, g_variant_get_string (parameter, NULL));
  jz_review_bench_update_bar (self);
}

static void
on_verdict_toggled (GtkToggleButton *button, JzReviewBench *self)
{
  if (!self->is_setting && gtk_toggle_button_get_active (button))
    jz_review_bench_update_bar (self);
}

static void
link_shown (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);
  g_autofree char *link = jz_review_material_dup_link (self->material);

  if (link != NULL && !g_ptr_array_find_with_equal_func (self->linked, link, g_str_equal, NULL))
    g_ptr_array_add (self->linked, g_steal_pointer (&link));
  jz_review_bench_update_bar (self);
}

static void
unlink_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  g_ptr_array_set_size (self->linked, 0);
  jz_review_bench_update_bar (self);
}

static void
add_verdicts (JzReviewBench *self)
{
  for (guint i = 0; i < JZ_N_VERDICTS; i++) {
    const char *word = jz_verdict_get_word (jz_verdict_get_name (i));
    g_autofree char *label = g_strdup_printf ("%u %s", i + 1, word);
    GtkWidget *button = gtk_toggle_button_new_with_label (label);
    self->buttons[i] = GTK_TOGGLE_BUTTON (button);
    if (i > 0)
      gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
    g_signal_connect (button, "toggled", G_CALLBACK (on_verdict_toggled), self);
    gtk_box_append (self->verdicts, button);
  }
}

/**
 * jz_review_bench_install_judging:
 * @widget_class: of the workbench
 */
void
jz_review_bench_install_judging (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.verdict", "s", choose_verdict);
  gtk_widget_class_install_action (widget_class, "review.record", NULL, record);
  gtk_widget_class_install_action (widget_class, "review.link", NULL, link_shown);
  gtk_widget_class_install_action (widget_class, "review.unlink", NULL, unlink_all);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
}

/**
 * jz_review_bench_init_judging:
 * @self: a workbench, with its template
 */
void
jz_review_bench_init_judging (JzReviewBench *self)
{
  add_verdicts (self);
  g_signal_connect_object (self->cards, "selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cards, "entered", G_CALLBACK (on_reason_entered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->links, "activate-link", G_CALLBACK (on_link), self, 0);
}
