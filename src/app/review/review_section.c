/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/review_section.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/focus.h"
#include "app/messages.h"
#include "app/review/bench.h"
#include "app/review/parts.h"
#include "app/words.h"
#include "office/review_queue.h"
#include "office/review_view.h"

/* The five states of the queue (ux.md 2), in the order in which work goes. */
static const JzReviewState states[] = {
  JZ_REVIEW_UNASSIGNED, JZ_REVIEW_WAITING, JZ_REVIEW_RUNNING, JZ_REVIEW_SUPPLEMENT, JZ_REVIEW_DONE,
};

struct _JzReviewSection {
  JzSection parent_instance;

  /* Template children */
  GtkStack *stack;
  GtkBox *states;
  GtkStack *list_stack;
  GtkListBox *list;
  JzReviewBench *bench;

  GtkToggleButton *buttons[G_N_ELEMENTS (states)];
  GCancellable *cancellable;
  JzJson *queue;
  gboolean was_filled; /* then the state that is shown is the user's choice */
};

G_DEFINE_FINAL_TYPE (JzReviewSection, jz_review_section, JZ_TYPE_SECTION)

static gboolean
is_of_state (const JzJson *row, JzReviewState state)
{
  return strcmp (jz_json_read_text (row, "state"), jz_review_state_get_name (state)) == 0;
}

static guint
count_state (JzReviewSection *self, JzReviewState state)
{
  guint n_rows = 0;

  for (guint i = 0; i < jz_part_count (self->queue); i++)
    n_rows += is_of_state (jz_json_get_item (self->queue, i), state);
  return n_rows;
}

static gsize
get_shown (JzReviewSection *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return i;
  return 0;
}

static char *
dup_names (const JzJson *persons)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < jz_part_count (persons); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "、" : "",
                            jz_json_read_text (jz_json_get_item (persons, i), "name"));
  return g_string_free (names, FALSE);
}

/* When it is due, in working days; of what is done the outcome. */
static char *
dup_due (const JzJson *row, const char **style)
{
  gint64 n_days = jz_json_get_member_integer (row, "days_left", 0);
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (row, "due"));

  *style = "dim-label";
  if (is_of_state (row, JZ_REVIEW_DONE))
    return g_strdup (jz_json_read_text (row, "outcome_word"));
  if (jz_json_read_text (row, "due")[0] == '\0')
    return g_strdup (_ ("No day yet"));
  if (n_days < 0) {
    *style = "error";
    return g_strdup_printf (ngettext ("%1$lld working day over (%2$s)",
                                      "%1$lld working days over (%2$s)", (gulong)-n_days),
                            (long long)-n_days, day);
  }
  *style = n_days <= 1 ? "warning" : "dim-label";
  return g_strdup_printf (
    ngettext ("%1$lld working day left (%2$s)", "%1$lld working days left (%2$s)", (gulong)n_days),
    (long long)n_days, day);
}

static char *
dup_subtitle (const JzJson *row)
{
  g_autofree char *handlers = dup_names (jz_json_get_member (row, "handlers"));
  g_autofree char *reviewers = dup_names (jz_json_get_member (row, "reviewers"));
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (row, "submitted_on"));

  if (reviewers[0] == '\0')
    /* Translators: number of the case, handlers, day, number of the round. */
    return g_strdup_printf (_ ("%1$s  handled by %2$s  submitted on %3$s, round %4$lld"),
                            jz_json_read_text (row, "number"), handlers, day,
                            (long long)jz_json_get_member_integer (row, "round", 1));
  /* Translators: the same, and who reviews it. */
  return g_strdup_printf (
    _ ("%1$s  handled by %2$s  submitted on %3$s, round %4$lld  reviewed by %5$s"),
    jz_json_read_text (row, "number"), handlers, day,
    (long long)jz_json_get_member_integer (row, "round", 1), reviewers);
}

static GtkWidget *
new_button (const char *label, const char *action, const char *case_id, const char *title)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", case_id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title, -1);
  return button;
}

static GtkWidget *
new_row (JzReviewSection *self, const JzJson *row)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  GtkWidget *widget = adw_action_row_new ();
  const char *title = jz_json_read_text (row, "title");
  const char *case_id = jz_json_read_text (row, "case");
  const char *style = NULL;
  g_autofree char *due = dup_due (row, &style);
  g_autofree char *subtitle = dup_subtitle (row);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, due);
  GtkWidget *label = gtk_label_new (due);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), subtitle);
  gtk_widget_add_css_class (label, style);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 14);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), label);
  if (is_of_state (row, JZ_REVIEW_UNASSIGNED) &&
      jz_office_client_has_role (client, "review_head|head"))
    adw_action_row_add_suffix (ADW_ACTION_ROW (widget),
                               new_button (_ ("_Assign"), "reviews.assign", case_id, title));
  adw_action_row_add_suffix (
    ADW_ACTION_ROW (widget),
    new_button (is_of_state (row, JZ_REVIEW_DONE) ? _ ("_Look") : _ ("_Review"), "reviews.open",
                case_id, title));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "case", g_strdup (case_id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return widget;
}

static GtkListBoxRow *
find_row (JzReviewSection *self, const char *case_id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "case"), case_id) == 0)
      return row;
  return gtk_list_box_get_row_at_index (self->list, 0);
}

/* The list is ready for keys, unless the user is typing or is somewhere else. */
static void
take_focus (JzReviewSection *self, const char *case_id)
{
  GtkListBoxRow *row = find_row (self, case_id);

  if (row == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->list)) ||
      jz_focus_is_typing (GTK_WIDGET (self)))
    return;
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
fill (JzReviewSection *self)
{
  JzReviewState state = states[get_shown (self)];
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  g_autofree char *selected =
    row != NULL ? g_strdup (g_object_get_data (G_OBJECT (row), "case")) : NULL;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < jz_part_count (self->queue); i++)
    if (is_of_state (jz_json_get_item (self->queue, i), state))
      gtk_list_box_append (self->list, new_row (self, jz_json_get_item (self->queue, i)));
  gtk_stack_set_visible_child_name (self->list_stack,
                                    count_state (self, state) > 0 ? "rows" : "empty");
  take_focus (self, selected);
}

static void
update_counts (JzReviewSection *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autofree char *label =
      g_strdup_printf ("%s %u", jz_review_state_word (states[i]), count_state (self, states[i]));
    gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
  }
}

/* At first the state in which something waits. */
static void
choose_state (JzReviewSection *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  gsize first = jz_office_client_has_role (client, "review_head") ? 0 : 1;

  for (gsize i = first; i < G_N_ELEMENTS (states) && !self->was_filled; i++)
    if (count_state (self, states[i]) > 0) {
      gtk_toggle_button_set_active (self->buttons[i], TRUE);
      break;
    }
  self->was_filled = TRUE;
}

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const JzInstant *now = data;

  return jz_review_queue (reader, jz_store_get_objects (jz_office_get_store (office)), *now, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzReviewSection) self = data;
  g_autoptr (GError) error = NULL;
  JzJson *queue = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (queue == NULL) {
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  g_clear_pointer (&self->queue, jz_json_unref);
  self->queue = queue;
  update_counts (self);
  choose_state (self);
  fill (self);
}

static void
jz_review_section_leave (JzSection *section)
{
  JzReviewSection *self = JZ_REVIEW_SECTION (section);

  if (self->bench != NULL)
    jz_review_bench_leave (self->bench);
}

static void
jz_review_section_refresh (JzSection *section)
{
  JzReviewSection *self = JZ_REVIEW_SECTION (section);
  JzOfficeClient *client = jz_section_get_client (section);
  JzInstant now;

  if (client == NULL || !jz_office_client_is_signed_in (client))
    return;
  now = jz_office_client_now (client);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_office_client_read_async (client, read_in_thread, g_memdup2 (&now, sizeof now), g_free,
                               (GDestroyNotify)jz_json_unref, self->cancellable, on_read,
                               g_object_ref (self));
  if (strcmp (gtk_stack_get_visible_child_name (self->stack), "bench") == 0)
    jz_review_bench_refresh (self->bench);
}

static void
jz_review_section_go (JzSection *section, const char *const *path)
{
  JzReviewSection *self = JZ_REVIEW_SECTION (section);
  const char *point = NULL;

  if (path[0] == NULL) {
    gtk_stack_set_visible_child_name (self->stack, "list");
    take_focus (self, NULL);
    return;
  }
  point = path[1];
  gtk_stack_set_visible_child_name (self->stack, "bench");
  jz_review_bench_set_case (self->bench, jz_section_get_client (section), path[0], point,
                            point != NULL ? path[2] : NULL);
}

static void
open_case (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *place = g_strdup_printf ("reviews/%s", g_variant_get_string (parameter, NULL));

  gtk_widget_activate_action (widget, "win.go", "s", place);
}

static void
on_row_activated (JzReviewSection *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reviews.open", "s",
                              g_object_get_data (G_OBJECT (row), "case"));
}

static void
assign (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "case", g_variant_get_string (parameter, NULL));
  jz_act_form_present (widget, jz_section_get_client (JZ_SECTION (widget)), "review.assign",
                       preset);
}

static void
on_state_toggled (GtkToggleButton *button, JzReviewSection *self)
{
  if (gtk_toggle_button_get_active (button))
    fill (self);
}

static gboolean
jz_review_section_grab_focus (GtkWidget *widget)
{
  JzReviewSection *self = JZ_REVIEW_SECTION (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
jz_review_section_dispose (GObject *object)
{
  JzReviewSection *self = JZ_REVIEW_SECTION (object);

  g_cancellable_cancel (self->cancellable);
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_REVIEW_SECTION);
  G_OBJECT_CLASS (jz_review_section_parent_class)->dispose (object);
}

static void
jz_review_section_finalize (GObject *object)
{
  JzReviewSection *self = JZ_REVIEW_SECTION (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->queue, jz_json_unref);
  G_OBJECT_CLASS (jz_review_section_parent_class)->finalize (object);
}

static void
jz_review_section_class_init (JzReviewSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_review_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_review_section_finalize;
  widget_class->grab_focus = jz_review_section_grab_focus;
  JZ_SECTION_CLASS (klass)->go = jz_review_section_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_review_section_refresh;
  JZ_SECTION_CLASS (klass)->leave = jz_review_section_leave;
  g_type_ensure (JZ_TYPE_REVIEW_BENCH);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/review_section.ui");
  gtk_widget_class_bind_template_child (widget_class, JzReviewSection, stack);
  gtk_widget_class_bind_template_child (widget_class, JzReviewSection, states);
  gtk_widget_class_bind_template_child (widget_class, JzReviewSection, list_stack);
  gtk_widget_class_bind_template_child (widget_class, JzReviewSection, list);
  gtk_widget_class_bind_template_child (widget_class, JzReviewSection, bench);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_install_action (widget_class, "reviews.open", "s", open_case);
  gtk_widget_class_install_action (widget_class, "reviews.assign", "s", assign);
}

static void
jz_review_section_init (JzReviewSection *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    self->buttons[i] =
      GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (jz_review_state_word (states[i])));
    if (i > 0)
      gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
    gtk_box_append (self->states, GTK_WIDGET (self->buttons[i]));
  }
  gtk_toggle_button_set_active (self->buttons[1], TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_state_toggled), self);
}
