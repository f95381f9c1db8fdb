/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/bench.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/review/bench-private.h"
#include "app/review/conclude.h"
#include "app/review/verdict.h"
#include "app/words.h"
#include "office/review_sheet.h"

/* The workbench of a reviewer (ux.md §7): one review, read anew whenever something was written. */

G_DEFINE_FINAL_TYPE (JzReviewBench, jz_review_bench, ADW_TYPE_BIN)

static char *
dup_due (const JzJson *sheet)
{
  gint64 n_days = jz_json_get_member_integer (sheet, "days_left", 0);

  if (jz_json_read_text (sheet, "due")[0] == '\0')
    return g_strdup (jz_json_read_text (sheet, "outcome_word"));
  if (n_days < 0)
    return g_strdup_printf (
      ngettext ("%lld working day over", "%lld working days over", (gulong)-n_days),
      (long long)-n_days);
  return g_strdup_printf (
    ngettext ("%lld working day left", "%lld working days left", (gulong)n_days),
    (long long)n_days);
}

/* Items and cards together: both are judged. */
static gint64
count_both (const JzJson *sheet, const char *items, gint64 n_points)
{
  return jz_json_get_member_integer (sheet, items, 0) + n_points;
}

static void
update_head (JzReviewBench *self)
{
  gint64 n_points = jz_part_count (jz_json_get_member (self->sheet, "points"));
  gint64 n_points_open = jz_json_get_member_integer (self->sheet, "n_points_open", 0);
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (self->sheet, "submitted_on"));
  g_autofree char *due = dup_due (self->sheet);
  /* Translators: title of a case, number of the round, day of its submission. */
  g_autofree char *title = g_strdup_printf (
    _ ("%1$s, round %2$lld, submitted on %3$s"), jz_json_read_text (self->sheet, "title"),
    (long long)jz_json_get_member_integer (self->sheet, "round", 0), day);
  g_autofree char *open = g_strdup_printf (
    _ ("To judge: %1$lld of %2$lld"), (long long)count_both (self->sheet, "n_open", n_points_open),
    (long long)count_both (self->sheet, "n_items", n_points));
  gboolean is_reviewer = jz_json_get_member_boolean (self->sheet, "is_reviewer", FALSE);

  gtk_label_set_label (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), title);
  gtk_label_set_label (self->due, due);
  gtk_label_set_label (self->open, open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.conclude", is_reviewer);
}

/* One that was asked for before a judgement was on record does not know of it, and what is not
 * changed is left as it is. */
static void
show_sheet (JzReviewBench *self, JzJson *sheet)
{
  gboolean is_first = self->sheet == NULL;
  gboolean goes_on = self->goes_on && !self->is_busy;

  if (!is_first && !goes_on && jz_json_equal (self->sheet, sheet)) {
    jz_json_unref (sheet);
    jz_review_material_refresh (self->material);
    return;
  }
  if (goes_on)
    self->goes_on = FALSE;
  g_clear_pointer (&self->sheet, jz_json_unref);
  self->sheet = sheet;
  update_head (self);
  jz_review_bench_show_questions (self);
  jz_review_cards_set_sheet (self->cards, sheet);
  if (is_first && self->first_point != NULL)
    jz_review_cards_select (self->cards, self->first_point,
                            self->first_item != NULL ? self->first_item : "");
  else if ((is_first || goes_on) && !jz_review_cards_go_to_open (self->cards) && is_first)
    jz_review_cards_move (self->cards, 1);
  jz_review_bench_update_bar (self);
}

typedef struct {
  char *case_id;
  char *person;
  JzInstant now;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->case_id);
  g_free (wanted->person);
  g_free (wanted);
}

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;

  return jz_review_sheet (reader, jz_store_get_objects (jz_office_get_store (office)),
                          wanted->case_id, wanted->person, wanted->now, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzReviewBench) self = data;
  g_autoptr (GError) error = NULL;
  JzJson *sheet = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (sheet != NULL) {
    show_sheet (self, sheet);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    self->goes_on = FALSE;
    jz_review_bench_update_bar (self);
    jz_show_error (GTK_WIDGET (self), error);
  }
}

static void
renew_cancellable (JzReviewBench *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/**
 * jz_review_bench_refresh:
 * @self: a workbench
 *
 * Reads the review anew.
 */
void
jz_review_bench_refresh (JzReviewBench *self)
{
  Wanted *wanted;

  if (self->case_id == NULL)
    return;
  renew_cancellable (self);
  wanted = g_new0 (Wanted, 1);
  wanted->case_id = g_strdup (self->case_id);
  wanted->person = g_strdup (jz_office_client_get_person (self->client));
  wanted->now = jz_office_client_now (self->client);
  jz_office_client_read_async (self->client, read_in_thread, wanted, wanted_free,
                               (GDestroyNotify)jz_json_unref, self->cancellable, on_read,
                               g_object_ref (self));
}

static void
move_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_review_cards_move (JZ_REVIEW_BENCH (widget)->cards,
                        strcmp (action, "review.next") == 0 ? 1 : -1);
}

static void
fold (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_review_cards_unfold (JZ_REVIEW_BENCH (widget)->cards, strcmp (action, "review.unfold") == 0);
}

static void
show_keys (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (JZ_REVIEW_BENCH (widget)->keys_button);
}

static void
conclude (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  if (self->sheet != NULL)
    jz_review_conclude_present (widget, self->client, self->sheet);
}

static void
go_to_list (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.go", "s", "reviews");
}

/* The page is read on, or what is no page is opened where it can be played. */
static void
read_on (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_review_material_read_on (JZ_REVIEW_BENCH (widget)->material);
}

/**
 * jz_review_bench_set_case:
 * @self: a workbench
 * @client: the office
 * @case_id: a case
 * @point: (nullable): the point to look at first
 * @item: (nullable): the item under it
 */
void
jz_review_bench_set_case (JzReviewBench *self,
                          JzOfficeClient *client,
                          const char *case_id,
                          const char *point,
                          const char *item)
{
  gboolean is_same = g_strcmp0 (self->case_id, case_id) == 0 && self->sheet != NULL;

  g_set_object (&self->client, client);
  if (is_same) {
    if (point != NULL)
      jz_review_cards_select (self->cards, point, item != NULL ? item : "");
    jz_review_bench_refresh (self);
    return;
  }
  g_free (self->case_id);
  g_free (self->first_point);
  g_free (self->first_item);
  self->case_id = g_strdup (case_id);
  self->first_point = g_strdup (point);
  self->first_item = g_strdup (item);
  self->goes_on = FALSE;
  g_clear_pointer (&self->sheet, jz_json_unref);
  jz_review_bench_forget_entered (self);
  jz_review_cards_set_sheet (self->cards, NULL);
  jz_review_material_set_case (self->material, client, case_id);
  jz_review_bench_refresh (self);
}

/**
 * jz_review_bench_leave:
 * @self: a workbench
 *
 * The window goes elsewhere: what was seen of recordings is written down.
 */
void
jz_review_bench_leave (JzReviewBench *self)
{
  jz_review_material_leave (self->material);
}

/**
 * jz_review_bench_get_case:
 * @self: a workbench
 *
 * Returns: (transfer none) (nullable): the case that it shows
 */
const char *
jz_review_bench_get_case (JzReviewBench *self)
{
  return self->case_id;
}

static void
jz_review_bench_dispose (GObject *object)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->layout_id, g_source_remove);
  g_clear_object (&self->client);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_REVIEW_BENCH);
  G_OBJECT_CLASS (jz_review_bench_parent_class)->dispose (object);
}

static void
jz_review_bench_finalize (GObject *object)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->sheet, jz_json_unref);
  jz_review_bench_forget_entered (self);
  g_ptr_array_unref (self->linked);
  g_free (self->case_id);
  g_free (self->first_point);
  g_free (self->first_item);
  G_OBJECT_CLASS (jz_review_bench_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, title);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, due);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, open);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, findings_button);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, questions_button);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, questions);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, cards);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, material);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, findings_separator);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, findings);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, verdicts);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, bar);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, bar_line);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, reason);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, keys_button);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, keys);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, links);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, unlink);
  gtk_widget_class_bind_template_child (widget_class, JzReviewBench, hint);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.next", NULL, move_on);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, move_on);
  gtk_widget_class_install_action (widget_class, "review.unfold", NULL, fold);
  gtk_widget_class_install_action (widget_class, "review.fold", NULL, fold);
  gtk_widget_class_install_action (widget_class, "review.read-on", NULL, read_on);
  gtk_widget_class_install_action (widget_class, "review.keys", NULL, show_keys);
  gtk_widget_class_install_action (widget_class, "review.conclude", NULL, conclude);
  gtk_widget_class_install_action (widget_class, "review.list", NULL, go_to_list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "review.conclude", NULL);
}

static void
jz_review_bench_class_init (JzReviewBenchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_review_bench_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_review_bench_finalize;
  g_type_ensure (JZ_TYPE_REVIEW_CARDS);
  g_type_ensure (JZ_TYPE_REVIEW_MATERIAL);
  g_type_ensure (JZ_TYPE_REVIEW_FINDINGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/review_bench.ui");
  bind_children (widget_class);
  install_actions (widget_class);
  jz_review_bench_install_judging (widget_class);
  jz_review_bench_install_layout (widget_class);
  jz_review_bench_install_questions (widget_class);
}

static void
jz_review_bench_init (JzReviewBench *self)
{
  self->cancellable = g_cancellable_new ();
  self->linked = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_review_bench_init_judging (self);
  jz_review_bench_init_keys (self);
  jz_review_bench_init_questions (self);
  jz_review_bench_init_layout (self);
}
