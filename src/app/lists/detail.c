/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/detail.h"

#include "app/focus.h"
#include "app/text_label.h"

struct _JzDetail {
  AdwBin parent_instance;

  GtkBox *box;
  GtkFlowBox *buttons; /* those added one after the other stand side by side */
  char *last_label;    /* of lines with the same label only the first shows it */
};

G_DEFINE_FINAL_TYPE (JzDetail, jz_detail, ADW_TYPE_BIN)

static void
jz_detail_finalize (GObject *object)
{
  g_free (JZ_DETAIL (object)->last_label);
  G_OBJECT_CLASS (jz_detail_parent_class)->finalize (object);
}

static void
jz_detail_class_init (JzDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_detail_finalize;
}

static void
jz_detail_init (JzDetail *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "lists-detail");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
jz_detail_new (void)
{
  return g_object_new (JZ_TYPE_DETAIL, NULL);
}

/**
 * jz_detail_clear:
 * @self: a pane
 *
 * Shows nothing.
 */
void
jz_detail_clear (JzDetail *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  self->buttons = NULL;
  g_clear_pointer (&self->last_label, g_free);
}

static void
append (JzDetail *self, GtkWidget *widget)
{
  gtk_box_append (self->box, widget);
  self->buttons = NULL;
}

/**
 * jz_detail_set_heading:
 * @self: a pane; it is cleared
 * @title: what it is about
 * @below: (nullable): small, below it
 */
void
jz_detail_set_heading (JzDetail *self, const char *title, const char *below)
{
  jz_detail_clear (self);
  append (self, jz_lines_label_new (title, "title-3"));
  if (below != NULL && below[0] != '\0')
    append (self, jz_lines_label_new (below, "dim-label"));
}

void
jz_detail_add_group (JzDetail *self, const char *title)
{
  GtkWidget *label = jz_lines_label_new (title, "heading");

  gtk_widget_set_margin_top (label, 12);
  append (self, label);
  g_clear_pointer (&self->last_label, g_free);
}

/**
 * jz_detail_add_line:
 * @self: a pane
 * @label: what it says something of
 * @text: what it says; nothing is added for an empty text
 */
void
jz_detail_add_line (JzDetail *self, const char *label, const char *text)
{
  GtkWidget *value;

  if (text == NULL || text[0] == '\0')
    return;
  if (g_strcmp0 (self->last_label, label) != 0) {
    GtkWidget *caption = jz_lines_label_new (label, "dim-label");
    gtk_widget_add_css_class (caption, "caption-heading");
    gtk_widget_set_margin_top (caption, 6);
    append (self, caption);
    g_free (self->last_label);
    self->last_label = g_strdup (label);
  }
  value = jz_lines_label_new (text, NULL);
  append (self, value);
}

void
jz_detail_add_text (JzDetail *self, const char *text, const char *style)
{
  append (self, jz_lines_label_new (text, style));
}

void
jz_detail_add_widget (JzDetail *self, GtkWidget *widget)
{
  append (self, widget);
}

/**
 * jz_detail_add_button:
 * @self: a pane
 * @label: what it does
 * @action: name of the action
 * @target: (nullable): the text that the action gets
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
jz_detail_add_button (JzDetail *self, const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  GtkFlowBox *buttons = self->buttons;

  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  if (buttons == NULL) {
    buttons = GTK_FLOW_BOX (gtk_flow_box_new ());
    gtk_flow_box_set_selection_mode (buttons, GTK_SELECTION_NONE);
    gtk_flow_box_set_max_children_per_line (buttons, 4);
    gtk_widget_set_margin_top (GTK_WIDGET (buttons), 6);
    append (self, GTK_WIDGET (buttons));
    self->buttons = buttons;
  }
  jz_flow_append (buttons, button,
                  gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)))));
  return button;
}
