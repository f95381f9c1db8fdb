/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/editor_page-private.h"
#include "app/editor/editor_settings.h"

/* The drawers at both sides of the pages: the list of fields at the left, checks and versions at
 * the right. */

/* Of a window: from here on both drawers have room, below the other none. */
#define BOTH_WIDTH 1500
#define ANY_WIDTH 1200

static int
get_window_width (JzEditorPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  return root != NULL ? gtk_widget_get_width (GTK_WIDGET (root)) : self->width;
}

static void
show_drawers (JzEditorPage *self, gboolean with_fields, gboolean with_guide)
{
  gtk_revealer_set_reveal_child (self->fields_revealer, with_fields && self->is_editable);
  jz_field_drawer_set_shown (self->fields, with_fields && self->is_editable);
  gtk_revealer_set_reveal_child (self->guide_revealer, with_guide);
  gtk_toggle_button_set_active (self->fields_button, with_fields && self->is_editable);
}

/* One centre, two drawers: with less room one of them, with little none. */
void
jz_editor_fit_drawers (JzEditorPage *self)
{
  int width = get_window_width (self);
  g_clear_handle_id (&self->fitting, g_source_remove);
  if (width < ANY_WIDTH)
    show_drawers (self, FALSE, FALSE);
  else if (width < BOTH_WIDTH)
    show_drawers (self, FALSE, jz_editor_settings_get ("right-drawer", TRUE));
  else
    show_drawers (self, jz_editor_settings_get ("left-drawer", TRUE),
                  jz_editor_settings_get ("right-drawer", TRUE));
}

static gboolean
fit_in_idle (gpointer data)
{
  jz_editor_fit_drawers (data);
  return G_SOURCE_REMOVE;
}

/* For when the page is just being given its room: nothing in it changes meanwhile. */
void
jz_editor_fit_drawers_soon (JzEditorPage *self)
{
  if (self->fitting == 0)
    self->fitting = g_idle_add (fit_in_idle, self);
}

/* Goes to a field that does not stand on the page; FALSE where the drawer has none of it. */
gboolean
jz_editor_go_in_drawer (JzEditorPage *self, const char *path)
{
  show_drawers (self, TRUE, get_window_width (self) >= BOTH_WIDTH);
  return jz_field_drawer_go (self->fields, path);
}

static void
toggle_drawer (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  gboolean is_fields = strcmp (name, "editor.fields") == 0;
  gboolean has_fields = gtk_revealer_get_reveal_child (self->fields_revealer);
  gboolean has_guide = gtk_revealer_get_reveal_child (self->guide_revealer);
  gboolean is_narrow = get_window_width (self) < BOTH_WIDTH;
  if (is_fields)
    show_drawers (self, !has_fields, has_guide && (has_fields || !is_narrow));
  else
    show_drawers (self, has_fields && (has_guide || !is_narrow), !has_guide);
  jz_editor_settings_keep (is_fields ? "left-drawer" : "right-drawer",
                           is_fields ? !has_fields : !has_guide);
}

static void
show_versions (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  show_drawers (self,
                gtk_revealer_get_reveal_child (self->fields_revealer) &&
                  get_window_width (self) >= BOTH_WIDTH,
                TRUE);
  jz_editor_ask_versions (self);
}

void
jz_editor_install_drawers (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "editor.fields", NULL, toggle_drawer);
  gtk_widget_class_install_action (klass, "editor.checks", NULL, toggle_drawer);
  gtk_widget_class_install_action (klass, "editor.versions", NULL, show_versions);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F9, 0, "editor.fields", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, 0, "editor.checks", NULL);
}
