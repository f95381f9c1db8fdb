/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/review/bench-private.h"
#include "app/text_label.h"
#include "app/words.h"

/* What is asked of the handler: one question at a time, about what is shown, or materials that are
 * missing; the answers come back as a list (ux.md §7, 问承办人). */

static void
ask_handler (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);
  g_autofree char *link = jz_review_material_dup_link (self->material);
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "case", self->case_id);
  if (link != NULL)
    jz_json_set_text (preset, "link", link);
  gtk_menu_button_popdown (self->questions_button);
  jz_act_form_present (widget, self->client, "review.question", preset);
}

static void
ask_materials (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzReviewBench *self = JZ_REVIEW_BENCH (widget);
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "case", self->case_id);
  gtk_menu_button_popdown (self->questions_button);
  jz_act_form_present (widget, self->client, "review.ask", preset);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = jz_lines_label_new (text, style);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  return label;
}

static void
add_said (GtkBox *box, const char *text, const char *by, const char *time)
{
  g_autofree char *when = jz_words_dup_moment (time);
  g_autofree char *source = g_strdup_printf (_ ("%1$s, %2$s"), by, when);

  gtk_box_append (box, new_label (text, NULL));
  gtk_box_append (box, new_label (source, "dim-label"));
}

static void
add_question (GtkBox *box, const JzJson *question)
{
  const char *answer = jz_json_read_text (question, "answer");

  gtk_box_append (box, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  add_said (box, jz_json_read_text (question, "text"), jz_json_read_text (question, "by"),
            jz_json_read_text (question, "time"));
  if (answer[0] != '\0') {
    g_autofree char *text = g_strdup_printf (_ ("Answer: %s"), answer);
    add_said (box, text, jz_json_read_text (question, "answered_by"),
              jz_json_read_text (question, "answered"));
  } else
    gtk_box_append (box, new_label (_ ("Not answered yet."), "warning"));
}

static void
add_button (GtkBox *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (box, button);
}

/**
 * jz_review_bench_show_questions:
 * @self: a workbench, with what was read
 *
 * Shows what can be asked, what was asked and what was answered.
 */
void
jz_review_bench_show_questions (JzReviewBench *self)
{
  const JzJson *questions = jz_json_get_member (self->sheet, "questions");
  gboolean may = jz_json_get_member_boolean (self->sheet, "is_reviewer", FALSE);
  guint n = jz_part_count (questions);
  g_autofree char *label =
    n > 0 ? g_strdup_printf (_ ("Ask the _Handler (%u)"), n) : g_strdup (_ ("Ask the _Handler"));
  GtkWidget *child;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.ask-materials", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "review.ask-handler", may);
  gtk_menu_button_set_label (self->questions_button, label);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->questions))) != NULL)
    gtk_box_remove (self->questions, child);
  add_button (self->questions, _ ("Ask a _Question…"), "review.ask-handler");
  add_button (self->questions, _ ("Ask for _Materials…"), "review.ask-materials");
  for (guint i = 0; i < n; i++)
    add_question (self->questions, jz_json_get_item (questions, i));
}

/* The single keys judge again, and not press the button. */
static void
on_closed (JzReviewBench *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->cards));
}

/**
 * jz_review_bench_init_questions:
 * @self: a workbench, with its template
 */
void
jz_review_bench_init_questions (JzReviewBench *self)
{
  g_signal_connect_object (gtk_menu_button_get_popover (self->questions_button), "closed",
                           G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
}

/**
 * jz_review_bench_install_questions:
 * @widget_class: of the workbench
 */
void
jz_review_bench_install_questions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.ask-handler", NULL, ask_handler);
  gtk_widget_class_install_action (widget_class, "review.ask-materials", NULL, ask_materials);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "review.ask-materials", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK,
                                       "review.ask-handler", NULL);
}
