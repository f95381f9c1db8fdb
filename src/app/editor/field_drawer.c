/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/field_drawer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/parts_box.h"
#include "app/editor/value_row.h"

/* Nothing is built while the drawer is closed: entries for a long record would be made for
 * nothing. */

struct _JzFieldDrawer {
  GtkWidget parent_instance;
  GtkWidget *scrolled;
  GtkWidget *box;
  JzTyping *typing; /* (nullable) */
  gulong handler;
  gboolean is_shown;
  guint filled; /* source id; 0 for none */
};

G_DEFINE_FINAL_TYPE (JzFieldDrawer, jz_field_drawer, GTK_TYPE_WIDGET)

/* What the program puts in by itself is no work for anybody. */
static gboolean
is_given (const JzFormField *field)
{
  return strcmp (field->name, "doc_no") == 0;
}

static void
clear (JzFieldDrawer *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL;
       child = gtk_widget_get_first_child (self->box))
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
expanded (GtkExpander *expander, GParamSpec *property, JzFieldDrawer *self)
{
  const char *path = g_object_get_data (G_OBJECT (expander), "path");
  GtkWidget *child = NULL;
  if (gtk_expander_get_expanded (expander) && self->typing != NULL)
    child = jz_parts_box_new (self->typing, path);
  gtk_expander_set_child (expander, child);
}

static GtkWidget *
new_expander (JzFieldDrawer *self, const JzFormField *field)
{
  GtkWidget *expander = gtk_expander_new (field->label.zh);
  g_object_set_data_full (G_OBJECT (expander), "path", g_strdup (field->name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  field->label.zh, -1);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (expanded), self);
  return expander;
}

static void
fill (JzFieldDrawer *self)
{
  clear (self);
  if (self->typing == NULL || !self->is_shown)
    return;
  const JzForm *form = jz_typing_get_form (self->typing);
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    gboolean has_parts = field->members->len > 0;
    if (is_given (field) || !jz_filling_has_field (jz_typing_get_filling (self->typing), field))
      continue;
    GtkWidget *row =
      has_parts ? new_expander (self, field) : jz_value_row_new (self->typing, field->name);
    g_object_set_data_full (G_OBJECT (row), "field", g_strdup (field->name), g_free);
    gtk_box_append (GTK_BOX (self->box), row);
  }
}

/* The fields that belong to the document as it is filled now. */
static gboolean
has_other_fields (JzFieldDrawer *self)
{
  const JzForm *form = jz_typing_get_form (self->typing);
  GtkWidget *child = gtk_widget_get_first_child (self->box);
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    if (is_given (field) || !jz_filling_has_field (jz_typing_get_filling (self->typing), field))
      continue;
    if (child == NULL ||
        g_strcmp0 (g_object_get_data (G_OBJECT (child), "field"), field->name) != 0)
      return TRUE;
    child = gtk_widget_get_next_sibling (child);
  }
  return child != NULL;
}

static gboolean
fill_again (gpointer data)
{
  JzFieldDrawer *self = data;
  self->filled = 0;
  if (self->typing != NULL && has_other_fields (self))
    fill (self);
  return G_SOURCE_REMOVE;
}

/* Later: the entry that changed a choice may be among those that go. */
static void
changed (JzTyping *typing, const char *path, JzFieldDrawer *self)
{
  if (self->is_shown && self->filled == 0)
    self->filled = g_timeout_add (300, fill_again, self);
}

static void
jz_field_drawer_dispose (GObject *object)
{
  JzFieldDrawer *self = JZ_FIELD_DRAWER (object);
  g_clear_handle_id (&self->filled, g_source_remove);
  if (self->typing != NULL)
    g_clear_signal_handler (&self->handler, self->typing);
  g_clear_object (&self->typing);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (jz_field_drawer_parent_class)->dispose (object);
}

static void
jz_field_drawer_class_init (JzFieldDrawerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_field_drawer_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
jz_field_drawer_init (JzFieldDrawer *self)
{
  self->scrolled = gtk_scrolled_window_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_margin_start (self->box, 12);
  gtk_widget_set_margin_end (self->box, 12);
  gtk_widget_set_margin_top (self->box, 12);
  gtk_widget_set_margin_bottom (self->box, 12);
  gtk_widget_set_size_request (self->scrolled, 300, -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), self->box);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Fields"), -1);
}

/**
 * jz_field_drawer_set_typing:
 * @self: a drawer
 * @typing: (nullable): the document
 */
void
jz_field_drawer_set_typing (JzFieldDrawer *self, JzTyping *typing)
{
  g_return_if_fail (JZ_IS_FIELD_DRAWER (self));

  if (self->typing != NULL)
    g_clear_signal_handler (&self->handler, self->typing);
  g_set_object (&self->typing, typing);
  if (typing != NULL)
    self->handler = g_signal_connect (typing, "changed", G_CALLBACK (changed), self);
  fill (self);
}

/**
 * jz_field_drawer_set_shown:
 * @self: a drawer
 * @is_shown: whether it is open
 */
void
jz_field_drawer_set_shown (JzFieldDrawer *self, gboolean is_shown)
{
  g_return_if_fail (JZ_IS_FIELD_DRAWER (self));

  if (self->is_shown == is_shown)
    return;
  self->is_shown = is_shown;
  fill (self);
}

/**
 * jz_field_drawer_go:
 * @self: a drawer
 * @path: a value
 *
 * Returns: whether the field has an entry here, which has the focus now
 */
gboolean
jz_field_drawer_go (JzFieldDrawer *self, const char *path)
{
  g_return_val_if_fail (JZ_IS_FIELD_DRAWER (self), FALSE);

  g_autofree char *name = g_strndup (path, strcspn (path, "[."));
  for (GtkWidget *child = gtk_widget_get_first_child (self->box); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (g_strcmp0 (g_object_get_data (G_OBJECT (child), "field"), name) != 0)
      continue;
    if (GTK_IS_EXPANDER (child))
      gtk_expander_set_expanded (GTK_EXPANDER (child), TRUE);
    return gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
  }
  return FALSE;
}
