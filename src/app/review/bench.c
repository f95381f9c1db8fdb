/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/bench.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/appearance.h"
#include "app/messages.h"
#include "app/refusal_dialog.h"
#include "app/review/cards.h"
#include "app/review/conclude.h"
#include "app/review/findings.h"
#include "app/review/material.h"
#include "app/review/parts.h"
#include "app/review/verdict.h"
#include "app/words.h"
#include "office/review_sheet.h"

/* A window narrower than this shows two panes; the third is shown instead of the second by F10. */
#define WIDE 1500
#define LARGE_PERCENT 150

struct _JzReviewBench {
  AdwBin parent_instance;

  /* Template children */
  GtkLabel *title;
  GtkLabel *due;
  GtkLabel *open;
  GtkToggleButton *findings_button;
  JzReviewCards *cards;
  JzReviewMaterial *material;
  GtkWidget *findings_separator;
  JzReviewFindings *findings;
  GtkBox *verdicts;
  GtkWidget *bar;
  GtkWidget *bar_line;
  GtkEditable *reason;
  GtkMenuButton *keys_button;
  GtkLabel *keys;
  GtkLabel *links;
  GtkWidget *unlink;
  GtkLabel *hint;

  GtkToggleButton *buttons[JZ_N_VERDICTS];
  JzOfficeClient *client;
  GCancellable *cancellable;
  char *case_id;
  char *first_point;
  char *first_item;
  JzJson *sheet;
  GPtrArray *linked; /* utf8 */
  gboolean goes_on;  /* to what is open, once the sheet is read anew */
  gboolean is_busy;
  gboolean is_setting;
  gboolean is_wide;
  gboolean shows_findings;
  guint layout_id;
};

G_DEFINE_FINAL_TYPE (JzReviewBench, jz_review_bench, ADW_TYPE_BIN)

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
         strcmp (jz_part_get_text (item, "result"), "fail") == 0;
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

static void
update_links (JzReviewBench *self)
{
  GString *text = g_string_new (NULL);
  g_autofree char *line = NULL;

  for (guint i = 0; i < self->linked->len; i++) {
    g_autofree char *title =
      jz_review_material_dup_title (self->material, g_ptr_array_index (self->linked, i));
    g_string_append_printf (text, "%s%s", i > 0 ? "；" : "", title);
  }
  line = self->linked->len > 0 ? g_strdup_printf (_ ("Linked: %s"), text->str)
                               : g_strdup (_ ("Linked: nothing"));
  g_string_free (text, TRUE);
  gtk_label_set_label (self->links, line);
  gtk_widget_set_visible (self->unlink, self->linked->len > 0);
}

static void
update_bar (JzReviewBench *self)
{
  const char *hint = self->sheet != NULL ? find_hint (self) : "";

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.record",
                                 self->sheet != NULL && !self->is_busy);
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

/* Something else is looked at: what was judged of it comes back into the bar. */
static void
on_selected (JzReviewBench *self)
{
  const JzJson *point = jz_review_cards_get_point (self->cards);
  const JzJson *item = jz_review_cards_get_item (self->cards);
  const JzJson *judged = get_judged (self);
  const JzJson *judgement = judged != NULL ? jz_json_get_member (judged, "judgement") : NULL;
  g_autoptr (JzJson) meant = NULL;

  if (point == NULL)
    return;
  meant =
    item != NULL ? jz_json_ref (jz_json_get_member (item, "materials")) : collect_materials (point);
  jz_review_material_show (self->material, meant, jz_json_get_member (self->sheet, "materials"));
  jz_review_findings_show (self->findings, self->sheet, point, item);
  set_verdict (self, jz_judged_get_verdict (judged));
  gtk_editable_set_text (self->reason, jz_part_get_text (judgement, "reason"));
  take_links (self, judgement);
  update_bar (self);
}

static char *
dup_due (const JzJson *sheet)
{
  gint64 n_days = jz_json_get_member_integer (sheet, "days_left", 0);

  if (jz_part_get_text (sheet, "due")[0] == '\0')
    return g_strdup (jz_part_get_text (sheet, "outcome_word"));
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
  g_autofree char *day = jz_words_dup_day (jz_part_get_text (self->sheet, "submitted_on"));
  g_autofree char *due = dup_due (self->sheet);
  /* Translators: title of a case, number of the round, day of its submission. */
  g_autofree char *title = g_strdup_printf (
    _ ("%1$s, round %2$lld, submitted on %3$s"), jz_part_get_text (self->sheet, "title"),
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
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.ask-materials", is_reviewer);
}

static void
show_sheet (JzReviewBench *self, JzJson *sheet)
{
  gboolean is_first = self->sheet == NULL;

  g_clear_pointer (&self->sheet, jz_json_unref);
  self->sheet = sheet;
  update_head (self);
  jz_review_cards_set_sheet (self->cards, sheet);
  if (is_first && self->first_point != NULL)
    jz_review_cards_select (self->cards, self->first_point,
                            self->first_item != NULL ? self->first_item : "");
  else if ((is_first || self->goes_on) && !jz_review_cards_go_to_open (self->cards) && is_first)
    jz_review_cards_move (self->cards, 1);
  self->goes_on = FALSE;
  update_bar (self);
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

  if (sheet != NULL)
    show_sheet (self, sheet);
  else
    jz_show_error (GTK_WIDGET (self), error);
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
on_judged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzReviewBench) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  self->is_busy = FALSE;
  if (outcome == NULL || outcome->refusal != NULL)
    self->goes_on = FALSE;
  update_bar (self);
  if (outcome == NULL)
    jz_show_error (GTK_WIDGET (self), error);
  else if (outcome->refusal != NULL)
    jz_show_refusal (GTK_WIDGET (self), self->client, outcome->refusal, NULL);
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
                    jz_part_get_text (jz_review_cards_get_point (self->cards), "id"));
  if (item != NULL)
    jz_json_set_text (args, "item", jz_part_get_text (item, "id"));
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

  if (self->sheet == NULL || self->is_busy || get_judged (self) == NULL)
    return;
  if (find_hint (self) != NULL) {
    gtk_widget_error_bell (widget);
    if (needs_reason (self) && !has_reason (self) && !lacks_link (self))
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
    return;
  }
  self->is_busy = TRUE;
  self->goes_on = TRUE;
  update_bar (self);
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
  update_bar (self);
}

static void
choose_verdict (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  set_verdict (self, g_variant_get_string (parameter, NULL));
  update_bar (self);
}

static void
on_verdict_toggled (GtkToggleButton *button, JzReviewBench *self)
{
  if (!self->is_setting && gtk_toggle_button_get_active (button))
    update_bar (self);
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
link_shown (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);
  g_autofree char *link = jz_review_material_dup_link (self->material);

  if (link != NULL && !g_ptr_array_find_with_equal_func (self->linked, link, g_str_equal, NULL))
    g_ptr_array_add (self->linked, g_steal_pointer (&link));
  update_bar (self);
}

static void
unlink_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  g_ptr_array_set_size (self->linked, 0);
  update_bar (self);
}

/* Two panes are enough where there is no room for three: the third takes the second's place. */
static void
update_panes (JzReviewBench *self)
{
  gboolean shows = self->is_wide || self->shows_findings;

  gtk_widget_set_visible (GTK_WIDGET (self->material), self->is_wide || !shows);
  gtk_widget_set_visible (GTK_WIDGET (self->findings), shows);
  gtk_widget_set_visible (self->findings_separator, self->is_wide);
  gtk_widget_set_hexpand (GTK_WIDGET (self->findings), !self->is_wide);
  gtk_widget_set_visible (GTK_WIDGET (self->findings_button), !self->is_wide);
  gtk_toggle_button_set_active (self->findings_button, shows);
}

static void
toggle_findings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);

  self->shows_findings = !self->shows_findings;
  update_panes (self);
}

static gboolean
on_width_changed (gpointer data)
{
  JzReviewBench *self = data;

  self->layout_id = 0;
  update_panes (self);
  return G_SOURCE_REMOVE;
}

/* The panes are changed behind the layout that is under way. */
static void
on_surface_laid_out (GdkSurface *surface, int width, int height, JzReviewBench *self)
{
  gboolean is_wide = width >= WIDE;

  if (is_wide == self->is_wide)
    return;
  self->is_wide = is_wide;
  if (self->layout_id == 0)
    self->layout_id = g_idle_add (on_width_changed, self);
}

static void
jz_review_bench_realize (GtkWidget *widget)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);
  GdkSurface *surface;

  GTK_WIDGET_CLASS (jz_review_bench_parent_class)->realize (widget);
  surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  g_signal_connect (surface, "layout", G_CALLBACK (on_surface_laid_out), self);
  on_surface_laid_out (surface, gdk_surface_get_width (surface), 0, self);
}

static void
jz_review_bench_unrealize (GtkWidget *widget)
{
  GdkSurface *surface = gtk_native_get_surface (gtk_widget_get_native (widget));

  g_signal_handlers_disconnect_by_func (surface, on_surface_laid_out, widget);
  GTK_WIDGET_CLASS (jz_review_bench_parent_class)->unrealize (widget);
}

static void
show_keys (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (JZ_REVIEW_BENCH (widget)->keys_button);
}

static void
ask_materials (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "case", self->case_id);
  jz_act_form_present (widget, self->client, "review.ask", preset);
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

typedef struct {
  guint key;
  const char *action;
  const char *parameter;
} Key;

static const Key single_keys[] = {
  { GDK_KEY_1, "review.verdict", "pass" },
  { GDK_KEY_2, "review.verdict", "fail" },
  { GDK_KEY_3, "review.verdict", "supplement" },
  { GDK_KEY_4, "review.verdict", "not_applicable" },
  { GDK_KEY_KP_1, "review.verdict", "pass" },
  { GDK_KEY_KP_2, "review.verdict", "fail" },
  { GDK_KEY_KP_3, "review.verdict", "supplement" },
  { GDK_KEY_KP_4, "review.verdict", "not_applicable" },
  { GDK_KEY_j, "review.next", NULL },
  { GDK_KEY_J, "review.next", NULL },
  { GDK_KEY_k, "review.previous", NULL },
  { GDK_KEY_K, "review.previous", NULL },
  { GDK_KEY_l, "review.link", NULL },
  { GDK_KEY_L, "review.link", NULL },
  { GDK_KEY_u, "review.unlink", NULL },
  { GDK_KEY_U, "review.unlink", NULL },
  { GDK_KEY_Right, "review.unfold", NULL },
  { GDK_KEY_Left, "review.fold", NULL },
  { GDK_KEY_space, "review.read-on", NULL },
  { GDK_KEY_question, "review.keys", NULL },
  { GDK_KEY_Return, "review.record", NULL },
  { GDK_KEY_KP_Enter, "review.record", NULL },
};

static gboolean
has_caret (JzReviewBench *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

/* In the bubble phase: whoever has the caret, a button or an open list takes its keys first. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                JzReviewBench *self)
{
  if (has_caret (self)) {
    if (keyval != GDK_KEY_Escape)
      return FALSE;
    gtk_widget_grab_focus (GTK_WIDGET (self->cards));
    return TRUE;
  }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (single_keys); i++) {
    if (single_keys[i].key != keyval)
      continue;
    if (single_keys[i].parameter != NULL)
      gtk_widget_activate_action (GTK_WIDGET (self), single_keys[i].action, "s",
                                  single_keys[i].parameter);
    else
      gtk_widget_activate_action (GTK_WIDGET (self), single_keys[i].action, NULL);
    return TRUE;
  }
  return FALSE;
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
    return;
  }
  g_free (self->case_id);
  g_free (self->first_point);
  g_free (self->first_item);
  self->case_id = g_strdup (case_id);
  self->first_point = g_strdup (point);
  self->first_item = g_strdup (item);
  g_clear_pointer (&self->sheet, jz_json_unref);
  jz_review_cards_set_sheet (self->cards, NULL);
  jz_review_material_set_case (self->material, client, case_id);
  jz_review_bench_refresh (self);
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
  gtk_widget_class_bind_template_callback (widget_class, on_reason_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.verdict", "s", choose_verdict);
  gtk_widget_class_install_action (widget_class, "review.record", NULL, record);
  gtk_widget_class_install_action (widget_class, "review.next", NULL, move_on);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, move_on);
  gtk_widget_class_install_action (widget_class, "review.unfold", NULL, fold);
  gtk_widget_class_install_action (widget_class, "review.fold", NULL, fold);
  gtk_widget_class_install_action (widget_class, "review.link", NULL, link_shown);
  gtk_widget_class_install_action (widget_class, "review.unlink", NULL, unlink_all);
  gtk_widget_class_install_action (widget_class, "review.read-on", NULL, read_on);
  gtk_widget_class_install_action (widget_class, "review.toggle-findings", NULL, toggle_findings);
  gtk_widget_class_install_action (widget_class, "review.keys", NULL, show_keys);
  gtk_widget_class_install_action (widget_class, "review.ask-materials", NULL, ask_materials);
  gtk_widget_class_install_action (widget_class, "review.conclude", NULL, conclude);
  gtk_widget_class_install_action (widget_class, "review.list", NULL, go_to_list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, 0, "review.toggle-findings",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "review.conclude", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "review.ask-materials", NULL);
}

static void
jz_review_bench_class_init (JzReviewBenchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_review_bench_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_review_bench_finalize;
  widget_class->realize = jz_review_bench_realize;
  widget_class->unrealize = jz_review_bench_unrealize;
  g_type_ensure (JZ_TYPE_REVIEW_CARDS);
  g_type_ensure (JZ_TYPE_REVIEW_MATERIAL);
  g_type_ensure (JZ_TYPE_REVIEW_FINDINGS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/review_bench.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

/* Where type is large, the reason has a line of its own, or there is no room to write it. */
static void
place_reason (JzReviewBench *self)
{
  gboolean is_large = jz_appearance_get_type_percent () >= LARGE_PERCENT;
  GtkWidget *box = is_large ? self->bar : self->bar_line;
  GtkWidget *before = is_large ? self->bar_line : GTK_WIDGET (self->verdicts);
  g_autoptr (GtkWidget) reason = g_object_ref (GTK_WIDGET (self->reason));

  if (gtk_widget_get_parent (reason) == box)
    return;
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (reason)), reason);
  gtk_box_insert_child_after (GTK_BOX (box), reason, before);
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

static void
jz_review_bench_init (JzReviewBench *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  self->linked = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  place_reason (self);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (place_reason), self, G_CONNECT_SWAPPED);
  add_verdicts (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (self->cards, "selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cards, "entered", G_CALLBACK (on_reason_entered), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_label (
    self->keys, _ ("1  met\n2  not met\n3  to be supplemented\n4  does not apply\n"
                   "J  K  next, previous\nRight  Left  show or hide what the program has cleared\n"
                   "Enter  record and go on\nL  U  link what is shown, unlink\n"
                   "Space  read on, or play\nF10  basis and findings\nEsc  leave the reason\n"
                   "Ctrl+Enter  give the opinion\nCtrl+M  ask for materials\n?  this list"));
  update_panes (self);
}
