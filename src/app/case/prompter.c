/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/prompter.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/case/case_tab.h"

/* What is said while recording, part by part in letters that are read at arm's length: space
 * or an arrow turns to the next part and back, Escape ends it. */

#define JZ_TYPE_PROMPTER (jz_prompter_get_type ())
G_DECLARE_FINAL_TYPE (JzPrompter, jz_prompter, JZ, PROMPTER, AdwWindow)

struct _JzPrompter {
  AdwWindow parent_instance;

  JzJson *words; /* array of `label` and `text` */
  guint position;
  GtkLabel *label;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (JzPrompter, jz_prompter, ADW_TYPE_WINDOW)

static void
show_part (JzPrompter *self)
{
  const JzJson *part = jz_json_get_item (self->words, self->position);
  guint n_parts = jz_json_get_n_items (self->words);
  g_autofree char *label = g_strdup_printf (
    _ ("%1$s (%2$u of %3$u)"), jz_json_read_text (part, "label"), self->position + 1, n_parts);

  gtk_label_set_label (self->label, label);
  gtk_label_set_label (self->text, jz_json_read_text (part, "text"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "prompter.previous", self->position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "prompter.next", self->position + 1 < n_parts);
}

static void
turn (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPrompter *self = JZ_PROMPTER (widget);

  if (g_str_equal (action, "prompter.next"))
    self->position++;
  else
    self->position--;
  show_part (self);
}

static void
end (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
jz_prompter_finalize (GObject *object)
{
  jz_json_unref (JZ_PROMPTER (object)->words);
  G_OBJECT_CLASS (jz_prompter_parent_class)->finalize (object);
}

/* Before any button gets them. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                GtkWidget *self)
{
  static const struct {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_space, "prompter.next" },       { GDK_KEY_Right, "prompter.next" },
    { GDK_KEY_Page_Down, "prompter.next" },   { GDK_KEY_Left, "prompter.previous" },
    { GDK_KEY_Page_Up, "prompter.previous" }, { GDK_KEY_Escape, "prompter.end" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == keyval) {
      gtk_widget_activate_action (self, keys[i].action, NULL);
      return TRUE;
    }
  return FALSE;
}

static void
jz_prompter_class_init (JzPrompterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jz_prompter_finalize;
  gtk_widget_class_install_action (widget_class, "prompter.next", NULL, turn);
  gtk_widget_class_install_action (widget_class, "prompter.previous", NULL, turn);
  gtk_widget_class_install_action (widget_class, "prompter.end", NULL, end);
}

static GtkLabel *
new_label (const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (label), style);
  return label;
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  return button;
}

static void
jz_prompter_init (JzPrompter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  self->label = new_label ("prompter-label");
  self->text = new_label ("prompter-text");
  /* So that a screen reader reads what is said. */
  gtk_widget_set_focusable (GTK_WIDGET (self->text), TRUE);
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->text));
  gtk_widget_add_css_class (page, "prompter");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), page);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (bar), new_button (C_ ("prompter", "_Previous"), "prompter.previous"));
  gtk_box_append (GTK_BOX (bar), new_button (C_ ("prompter", "_Next"), "prompter.next"));
  gtk_widget_set_halign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "prompter-bar");
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), bar);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 1000, 620);
}

/**
 * jz_prompter_show:
 * @inside: a widget of a window
 * @title: what is being recorded
 * @words: what is said, as of jz_recording_words_list(); at least one part
 */
void
jz_prompter_show (GtkWidget *inside, const char *title, const JzJson *words)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  JzPrompter *self = g_object_new (JZ_TYPE_PROMPTER, "title", title, "modal", TRUE, NULL);

  self->words = jz_json_ref ((JzJson *)words);
  gtk_window_set_transient_for (GTK_WINDOW (self), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  show_part (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->text));
  gtk_window_present (GTK_WINDOW (self));
}
