/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/paper-private.h"

/* Steps on the pages by keys: from field to field, entries of lists, taking back. */

/**
 * jz_paper_go:
 * @self: a page widget
 * @path: a field
 * @offset: bytes in its text; %G_MAXUINT for the end
 *
 * Edits that field, wherever it is.
 *
 * Returns: whether it is on the pages
 */
gboolean
jz_paper_go (JzPaper *self, const char *path, guint offset)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  JzPagePlace place;
  if (self->pages == NULL || !self->is_editable)
    return FALSE;
  if (g_strcmp0 (self->path, path) != 0 && jz_paper_get_node (self, path) == NULL &&
      !jz_pages_find_place (self->pages, path, 0, &place))
    return FALSE;
  jz_paper_set_path (self, path);
  if (self->is_typed)
    jz_paper_input_set_caret (self, offset, FALSE);
  jz_paper_scroll_to_caret (self);
  return gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* What is filled in once is usually replaced as a whole. */
static gboolean
is_selected_on_entry (JzPaper *self)
{
  JzFieldPath where;
  if (!self->is_typed ||
      !jz_field_path_parse (jz_typing_get_form (self->typing), self->path, &where))
    return FALSE;
  return jz_field_path_get_leaf (&where)->type != JZ_FIELD_LONGTEXT;
}

static guint
find_position (JzPaper *self)
{
  for (guint i = 0; self->path != NULL && i < self->spans->len; i++)
    if (strcmp (((const JzPageSpan *)g_ptr_array_index (self->spans, i))->path, self->path) == 0)
      return i;
  return G_MAXUINT;
}

/**
 * jz_paper_go_next:
 * @self: a page widget
 * @direction: 1 for the next field, -1 for the one before
 *
 * Returns: whether there was one
 */
gboolean
jz_paper_go_next (JzPaper *self, int direction)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), FALSE);

  guint position = find_position (self);
  if (self->spans == NULL || self->spans->len == 0)
    return FALSE;
  if (position == G_MAXUINT)
    position = direction > 0 ? 0 : self->spans->len - 1;
  else if (direction > 0 ? position + 1 >= self->spans->len : position == 0)
    return FALSE;
  else
    position += (guint)direction;
  g_autofree char *path =
    g_strdup (((const JzPageSpan *)g_ptr_array_index (self->spans, position))->path);
  if (!jz_paper_go (self, path, G_MAXUINT))
    return FALSE;
  if (is_selected_on_entry (self))
    jz_paper_input_select_all (self);
  return TRUE;
}

static void
undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzPaper *self = JZ_PAPER (widget);
  if (self->typing != NULL && self->is_editable && self->preedit[0] == '\0')
    jz_typing_undo (self->typing);
}

static void
redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzPaper *self = JZ_PAPER (widget);
  if (self->typing != NULL && self->is_editable && self->preedit[0] == '\0')
    jz_typing_redo (self->typing);
}

static void
go_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzPaper *self = JZ_PAPER (widget);
  int direction = g_str_has_suffix (name, "next") ? 1 : -1;
  /* Behind the last field and before the first one Tab leaves the pages. */
  if (!jz_paper_go_next (self, direction))
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (widget)),
                            direction > 0 ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
}

/* The list around the field that is edited. */
static const char *
get_list (JzPaper *self, JzFieldPath *where)
{
  if (self->path == NULL || !self->is_editable ||
      !jz_field_path_parse (jz_typing_get_form (self->typing), self->path, where) ||
      where->entry == 0)
    return NULL;
  return where->field->name;
}

static void
add_entry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzPaper *self = JZ_PAPER (widget);
  JzFieldPath where;
  const char *list = get_list (self, &where);
  if (list == NULL)
    return;
  const JzFormField *first = g_ptr_array_index (where.field->members, 0);
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", list, where.entry + 1, first->name);
  jz_typing_add_entry (self->typing, list, where.entry + 1);
  (void)jz_paper_go (self, path, 0);
}

static void
remove_entry (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzPaper *self = JZ_PAPER (widget);
  JzFieldPath where;
  const char *list = get_list (self, &where);
  if (list == NULL)
    return;
  const JzFormField *member = where.member;
  guint n = jz_typing_count_entries (self->typing, list);
  guint next = MIN (where.entry, n > 1 ? n - 1 : 1);
  jz_paper_set_path (self, NULL);
  jz_typing_remove_entry (self->typing, list, where.entry);
  g_autofree char *path =
    g_strdup_printf ("%s[%u].%s", list, next, member != NULL ? member->name : "");
  if (n > 1 && member != NULL)
    (void)jz_paper_go (self, path, 0);
}

void
jz_paper_install_steps (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "paper.undo", NULL, undo);
  gtk_widget_class_install_action (klass, "paper.redo", NULL, redo);
  gtk_widget_class_install_action (klass, "paper.next", NULL, go_next);
  gtk_widget_class_install_action (klass, "paper.previous", NULL, go_next);
  gtk_widget_class_install_action (klass, "paper.add-entry", NULL, add_entry);
  gtk_widget_class_install_action (klass, "paper.remove-entry", NULL, remove_entry);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK, "paper.undo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_y, GDK_CONTROL_MASK, "paper.redo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "paper.redo", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Insert, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "paper.add-entry", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Delete, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "paper.remove-entry", NULL);
}
