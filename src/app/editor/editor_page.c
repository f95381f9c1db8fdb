/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/editor_page-private.h"
#include "app/editor/editor_settings.h"

/* The page around the pages: what it is made of, what can be done on it, and where it goes. */

G_DEFINE_FINAL_TYPE (JzEditorPage, jz_editor_page, JZ_TYPE_SECTION)

void
jz_editor_show_notice (JzEditorPage *self, const char *text, const char *button, const char *action)
{
  gtk_revealer_set_reveal_child (self->notice, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_label (self->notice_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->notice_button, button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_button), action);
}

void
jz_editor_set_editable (JzEditorPage *self, gboolean is_editable)
{
  if (self->is_editable && !is_editable)
    jz_picker_close (self->picker);
  self->is_editable = is_editable;
  jz_paper_set_editable (self->paper, is_editable);
  jz_field_drawer_set_typing (self->fields, is_editable ? self->typing : NULL);
  jz_find_bar_set_typing (self->find_bar, is_editable ? self->typing : NULL);
  jz_guide_drawer_set_typing (self->guide, self->typing, is_editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.fields", is_editable);
  jz_editor_show_tools (self);
  if (is_editable)
    return;
  jz_guide_drawer_set_path (self->guide, NULL);
  gtk_revealer_set_reveal_child (self->fields_revealer, FALSE);
}

/* CASE, "document", DOCUMENT and maybe FIELD */
static void
jz_editor_page_go (JzSection *section, const char *const *path)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (section);
  guint n = g_strv_length ((char **)path);
  const char *document = n >= 3 ? path[2] : NULL;
  if (document == NULL)
    return;
  gboolean is_other = g_strcmp0 (self->document, document) != 0;
  g_autofree char *field = n >= 4 ? g_strdup (path[3]) : NULL;
  if (is_other && self->document != NULL) {
    jz_editor_save_then (self, NULL);
    jz_editor_forget (self);
  }
  if (field != NULL) {
    g_free (self->path);
    self->path = g_steal_pointer (&field);
  }
  if (is_other)
    self->document = g_strdup (document);
  jz_editor_load (self);
}

static void
jz_editor_page_refresh (JzSection *section)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (section);
  if (!self->is_loading && !self->is_saving)
    jz_editor_load (self);
}

static void
jz_editor_page_leave (JzSection *section)
{
  jz_editor_save_then (JZ_EDITOR_PAGE (section), NULL);
}

static void
client_changed (JzEditorPage *self)
{
  jz_editor_forget (self);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
jz_editor_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  GTK_WIDGET_CLASS (jz_editor_page_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->width == width)
    return;
  self->width = width;
  jz_editor_fit_drawers_soon (self);
}

static void
open_find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  jz_find_bar_open (JZ_EDITOR_PAGE (widget)->find_bar);
}

static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  if (self->view == NULL)
    return;
  if (strcmp (name, "editor.print") == 0)
    jz_editor_save_then (self, jz_editor_print);
  else if (strcmp (name, "editor.export") == 0)
    jz_editor_save_then (self, jz_editor_export);
  else if (strcmp (name, "editor.save") == 0)
    jz_editor_save_then (self, jz_editor_show_saved);
  else if (strcmp (name, "editor.take-over") == 0)
    jz_editor_take_over (self);
  else if (strcmp (name, "editor.step-named") == 0)
    jz_editor_do_step (self, g_variant_get_string (parameter, NULL));
  else if (self->main_step != NULL)
    jz_editor_do_step (self, self->main_step);
}

static void
on_view_toggled (JzEditorPage *self)
{
  jz_paper_set_continuous (self->paper, gtk_toggle_button_get_active (self->continuous_button));
  gtk_widget_grab_focus (GTK_WIDGET (self->paper));
}

/* A finding leads to its field, on the page or in the drawer. */
static void
on_guide_went (JzEditorPage *self, const char *path)
{
  if (path == NULL || !self->is_editable || jz_paper_go (self->paper, path, G_MAXUINT))
    return;
  if (!jz_editor_go_in_drawer (self, path))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_guide_restored (JzEditorPage *self, gpointer values)
{
  for (guint i = 0; i < jz_form_get_n_fields (self->view->form); i++) {
    const JzFormField *field = jz_form_get_field (self->view->form, i);
    const JzJson *value = jz_json_get_member (values, field->name);
    jz_typing_set_value (self->typing, field->name, value != NULL ? jz_json_copy (value) : NULL);
  }
}

static void
paper_went (JzPaper *paper, const char *path, JzEditorPage *self)
{
  jz_guide_drawer_set_path (self->guide, path);
}

static gboolean
paper_entered (JzPaper *paper, const char *path, gboolean is_shifted, JzEditorPage *self)
{
  return jz_editor_entered (self, path, is_shifted);
}

static void
paper_clocked (JzPaper *paper, const char *path, JzEditorPage *self)
{
  jz_editor_clocked (self, path);
}

static gboolean
jz_editor_page_grab_focus (GtkWidget *widget)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  if (self->is_editable)
    return gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  return gtk_widget_grab_focus (GTK_WIDGET (self->step_button));
}

static void
jz_editor_page_dispose (GObject *object)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (object);
  g_clear_handle_id (&self->fitting, g_source_remove);
  if (self->cancellable != NULL && self->paper != NULL)
    jz_editor_forget (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->other_steps);
  g_clear_pointer (&self->main_step, g_free);
  g_clear_weak_pointer (&self->target);
  g_clear_pointer (&self->carried, jz_carried_free);
  g_clear_pointer (&self->ties, jz_json_unref);
  g_clear_pointer (&self->tying, jz_json_unref);
  g_clear_pointer (&self->faces, jz_faces_unref);
  self->paper = NULL;
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_EDITOR_PAGE);
  G_OBJECT_CLASS (jz_editor_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  static const struct {
    const char *name;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType state;
  } actions[] = {
    { "editor.find", open_find, GDK_KEY_f, GDK_CONTROL_MASK },
    { "editor.print", act, GDK_KEY_p, GDK_CONTROL_MASK },
    { "editor.save", act, GDK_KEY_s, GDK_CONTROL_MASK },
    { "editor.export", act, 0, 0 },
    { "editor.take-over", act, 0, 0 },
    { "editor.step", act, GDK_KEY_F12, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
    if (actions[i].key != 0)
      gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].state, actions[i].name,
                                           NULL);
  }
  gtk_widget_class_install_action (klass, "editor.step-named", "s", act);
  jz_editor_install_drawers (klass);
  jz_editor_install_zoom (klass);
  jz_editor_install_tools (klass);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, fields_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, title);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, badge);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, status);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, view_switch);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, pages_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, continuous_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, checks_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, step_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, notice);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, notice_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, find_bar);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, fields_revealer);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, fields);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, guide_revealer);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, guide);
  gtk_widget_class_bind_template_callback (widget_class, on_view_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_guide_went);
  gtk_widget_class_bind_template_callback (widget_class, on_guide_restored);
}

static void
jz_editor_page_class_init (JzEditorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  JzSectionClass *section_class = JZ_SECTION_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = jz_editor_page_dispose;
  widget_class->grab_focus = jz_editor_page_grab_focus;
  widget_class->size_allocate = jz_editor_page_size_allocate;
  section_class->go = jz_editor_page_go;
  section_class->refresh = jz_editor_page_refresh;
  section_class->leave = jz_editor_page_leave;
  g_type_ensure (JZ_TYPE_FIND_BAR);
  g_type_ensure (JZ_TYPE_FIELD_DRAWER);
  g_type_ensure (JZ_TYPE_GUIDE_DRAWER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/editor_page.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
jz_editor_page_init (JzEditorPage *self)
{
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_editor_add_tools (self);
  self->other_steps = g_menu_new ();
  adw_split_button_set_menu_model (self->step_button, G_MENU_MODEL (self->other_steps));
  self->faces = jz_faces_new ();
  self->paper = JZ_PAPER (jz_paper_new (self->faces));
  /* The page itself scrolls to where the caret is drawn. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->paper));
  gtk_scrolled_window_set_child (self->scrolled, viewport);
  jz_paper_set_zoom (self->paper, jz_editor_settings_get_zoom ());
  jz_find_bar_set_paper (self->find_bar, self->paper);
  jz_editor_add_ties (self);
  g_signal_connect (self->paper, "went", G_CALLBACK (paper_went), self);
  g_signal_connect (self->paper, "entered", G_CALLBACK (paper_entered), self);
  g_signal_connect (self->paper, "clocked", G_CALLBACK (paper_clocked), self);
  g_signal_connect (self, "notify::client", G_CALLBACK (client_changed), NULL);
  jz_editor_set_editable (self, FALSE);
}
