/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/parts_box.h"

#include <glib/gi18n-lib.h>

#include "app/editor/value_row.h"

/* A value with parts as a column of ordinary entries; a list has one such column a row, with
 * buttons that add and remove rows. */

/* More rows than these are edited on the page. */
#define MAX_ROWS 60

struct _JzPartsBox {
  GtkBox parent_instance;
  JzTyping *typing;
  char *path;
  guint n_entries; /* as they are shown */
  gulong handler;
};

G_DEFINE_FINAL_TYPE (JzPartsBox, jz_parts_box, GTK_TYPE_BOX)

static gboolean
parse (JzPartsBox *self, JzFieldPath *where)
{
  return jz_field_path_parse (jz_typing_get_form (self->typing), self->path, where);
}

static void
clear (JzPartsBox *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_box_remove (GTK_BOX (self), child);
}

static void
add_member (JzPartsBox *self, const char *prefix, const JzFormField *member)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", prefix, member->name);
  JzFieldPath where;
  if (jz_field_path_parse (jz_typing_get_form (self->typing), path, &where))
    gtk_box_append (GTK_BOX (self), jz_value_row_new (self->typing, path));
}

static guint
get_number (GtkWidget *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "entry"));
}

static void
remove_clicked (GtkWidget *button, JzPartsBox *self)
{
  jz_typing_remove_entry (self->typing, self->path, get_number (button));
}

static void
add_clicked (GtkWidget *button, JzPartsBox *self)
{
  guint n = jz_typing_count_entries (self->typing, self->path) + 1;
  JzFieldPath where;
  jz_typing_add_entry (self->typing, self->path, n);
  if (!parse (self, &where) || where.field->members->len == 0)
    return;
  const JzFormField *first = g_ptr_array_index (where.field->members, 0);
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", self->path, n, first->name);
  (void)jz_parts_box_focus (self, path);
}

static void
add_entry_head (JzPartsBox *self, const JzFieldPath *where, guint number)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *title = g_strdup_printf ("%s %u", where->field->label.zh, number);
  /* Translators: the name of a row, such as “goods 3”. */
  g_autofree char *what = g_strdup_printf (_ ("Remove %s"), title);
  GtkWidget *label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, what);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  g_object_set_data (G_OBJECT (remove), "entry", GUINT_TO_POINTER (number));
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_clicked), self);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), remove);
  gtk_box_append (GTK_BOX (self), head);
}

static void
add_entries (JzPartsBox *self, const JzFieldPath *where)
{
  g_autofree char *what = g_strdup_printf (_ ("Add %s"), where->field->label.zh);
  GtkWidget *add = gtk_button_new_with_label (what);
  self->n_entries = jz_typing_count_entries (self->typing, self->path);
  for (guint i = 1; i <= MIN (self->n_entries, MAX_ROWS); i++) {
    g_autofree char *prefix = g_strdup_printf ("%s[%u]", self->path, i);
    add_entry_head (self, where, i);
    for (guint j = 0; j < where->field->members->len; j++)
      add_member (self, prefix, g_ptr_array_index (where->field->members, j));
  }
  g_signal_connect (add, "clicked", G_CALLBACK (add_clicked), self);
  gtk_box_append (GTK_BOX (self), add);
}

static void
fill (JzPartsBox *self)
{
  JzFieldPath where;
  clear (self);
  if (!parse (self, &where))
    return;
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  if (jz_field_path_is_list (&where) && leaf->members->len > 0) {
    add_entries (self, &where);
    return;
  }
  for (guint i = 0; i < leaf->members->len; i++)
    add_member (self, self->path, g_ptr_array_index (leaf->members, i));
}

/* The rows are others only when there are more or fewer of them. */
static void
changed (JzTyping *typing, const char *path, JzPartsBox *self)
{
  JzFieldPath where;
  if (path == NULL && parse (self, &where) && jz_field_path_is_list (&where) &&
      jz_typing_count_entries (typing, self->path) != self->n_entries)
    fill (self);
}

static void
jz_parts_box_dispose (GObject *object)
{
  JzPartsBox *self = JZ_PARTS_BOX (object);
  if (self->typing != NULL)
    g_clear_signal_handler (&self->handler, self->typing);
  g_clear_object (&self->typing);
  G_OBJECT_CLASS (jz_parts_box_parent_class)->dispose (object);
}

static void
jz_parts_box_finalize (GObject *object)
{
  g_free (JZ_PARTS_BOX (object)->path);
  G_OBJECT_CLASS (jz_parts_box_parent_class)->finalize (object);
}

static void
jz_parts_box_class_init (JzPartsBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_parts_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_parts_box_finalize;
}

static void
jz_parts_box_init (JzPartsBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

/**
 * jz_parts_box_new:
 * @typing: a document
 * @path: a value that has parts, or a list of such
 *
 * Returns: (transfer floating): entries for all of them
 */
GtkWidget *
jz_parts_box_new (JzTyping *typing, const char *path)
{
  g_return_val_if_fail (JZ_IS_TYPING (typing), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  JzPartsBox *self = g_object_new (JZ_TYPE_PARTS_BOX, NULL);
  self->typing = g_object_ref (typing);
  self->path = g_strdup (path);
  self->handler = g_signal_connect (typing, "changed", G_CALLBACK (changed), self);
  fill (self);
  return GTK_WIDGET (self);
}

/**
 * jz_parts_box_new_scrolled:
 * @typing: a document
 * @path: a value that has parts, or a list of such
 *
 * Returns: (transfer floating): the same as jz_parts_box_new(), no higher than a part of the window
 */
GtkWidget *
jz_parts_box_new_scrolled (JzTyping *typing, const char *path)
{
  GtkWidget *box = jz_parts_box_new (typing, path);
  GtkWidget *window = gtk_scrolled_window_new ();
  gtk_widget_set_margin_end (box, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), 420);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_widget_set_size_request (window, 360, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), box);
  return window;
}

/**
 * jz_parts_box_focus:
 * @self: entries
 * @path: one of their values
 *
 * Returns: whether its entry has the focus now
 */
gboolean
jz_parts_box_focus (JzPartsBox *self, const char *path)
{
  g_return_val_if_fail (JZ_IS_PARTS_BOX (self), FALSE);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (JZ_IS_VALUE_ROW (child) &&
        g_strcmp0 (jz_value_row_get_path (JZ_VALUE_ROW (child)), path) == 0)
      return gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
  return FALSE;
}
