/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/editor/paper-private.h"

/* For every field on the pages a tiny widget that draws nothing: its name and value for screen
 * readers and tests, the action `field.edit`, and the focus of what is chosen and not typed. */

/* Of a document with more fields only so many have one; the list of fields has all. */
#define MAX_NODES 800
#define LONGEST_VALUE 60

struct _JzPaperNode {
  GtkWidget parent_instance;
  JzPaper *paper; /* not owned: its parent */
  char *path;
  char *label;
};

G_DEFINE_FINAL_TYPE (JzPaperNode, jz_paper_node, GTK_TYPE_WIDGET)

static void
edit (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzPaperNode *self = JZ_PAPER_NODE (widget);
  g_autofree char *path = g_strdup (self->path);
  JzPaper *paper = self->paper;
  if (!jz_paper_go (paper, path, G_MAXUINT))
    return;
  if (!paper->is_typed)
    jz_paper_choose (paper, path);
}

static void
focus_changed (GtkEventControllerFocus *controller, JzPaperNode *self)
{
  if (g_strcmp0 (self->paper->path, self->path) != 0)
    jz_paper_set_path (self->paper, self->path);
}

static void
jz_paper_node_finalize (GObject *object)
{
  g_free (JZ_PAPER_NODE (object)->path);
  g_free (JZ_PAPER_NODE (object)->label);
  G_OBJECT_CLASS (jz_paper_node_parent_class)->finalize (object);
}

static void
jz_paper_node_class_init (JzPaperNodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = jz_paper_node_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_install_action (widget_class, "field.edit", NULL, edit);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "field.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "field.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "field.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "field.edit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "editor.source", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Tab, 0, "paper.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, 0, "paper.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, 0, "paper.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Tab, GDK_SHIFT_MASK, "paper.previous",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK,
                                       "paper.previous", NULL);
}

static void
jz_paper_node_init (JzPaperNode *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect (focus, "enter", G_CALLBACK (focus_changed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
jz_paper_get_node (JzPaper *self, const char *path)
{
  return g_hash_table_lookup (self->nodes, path);
}

static char *
dup_value (JzPaper *self, const char *path)
{
  g_autofree char *text = jz_typing_dup_text (self->typing, path);
  g_strdelimit (text, "\n", ' ');
  if (g_utf8_strlen (text, -1) <= LONGEST_VALUE)
    return g_steal_pointer (&text);
  g_autofree char *head = g_utf8_substring (text, 0, LONGEST_VALUE);
  return g_strconcat (head, "…", NULL);
}

static void
set_label (JzPaperNode *self)
{
  JzFieldPath where;
  if (!jz_field_path_parse (jz_typing_get_form (self->paper->typing), self->path, &where))
    return;
  g_autofree char *name = jz_field_path_dup_label (&where);
  g_autofree char *value = dup_value (self->paper, self->path);
  g_autofree char *label =
    jz_paper_is_carried (self->paper, self->path)
      /* Translators: name of a field, and its value, in which there are sentences of another case.
       */
      ? g_strdup_printf (_ ("%1$s: %2$s (carried over, not looked at)"), name, value)
      : g_strdup_printf ("%s：%s", name, value);
  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_steal_pointer (&label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label,
                                  -1);
}

static JzPaperNode *
add_node (JzPaper *self, const char *path)
{
  JzPaperNode *node = g_object_new (JZ_TYPE_PAPER_NODE, NULL);
  node->paper = self;
  node->path = g_strdup (path);
  gtk_widget_set_focusable (GTK_WIDGET (node), !jz_typing_is_typed (self->typing, path));
  gtk_widget_set_parent (GTK_WIDGET (node), GTK_WIDGET (self));
  g_hash_table_insert (self->nodes, g_strdup (path), node);
  return node;
}

static gboolean
remove_if_gone (gpointer path, gpointer node, gpointer present)
{
  if (g_hash_table_contains (present, path))
    return FALSE;
  gtk_widget_unparent (node);
  return TRUE;
}

void
jz_paper_update_nodes (JzPaper *self)
{
  if (self->spans == NULL)
    return;
  g_autoptr (GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < MIN (self->spans->len, MAX_NODES); i++) {
    const JzPageSpan *span = g_ptr_array_index (self->spans, i);
    g_hash_table_add (present, span->path);
    JzPaperNode *node = g_hash_table_lookup (self->nodes, span->path);
    set_label (node != NULL ? node : add_node (self, span->path));
  }
  g_hash_table_foreach_remove (self->nodes, remove_if_gone, present);
}

static void
allocate_node (JzPaper *self, guint page, const JzPageLine *line, const JzPageSpan *span)
{
  GtkWidget *node = g_hash_table_lookup (self->nodes, span->path);
  double left;
  double right;
  if (node == NULL || !jz_page_line_get_range (line, span->start, span->end, &left, &right))
    return;
  const JzPage *there = g_ptr_array_index (self->pages->pages, page);
  double top = jz_page_line_get_top (line);
  int width = MAX ((int)((right - left) * self->scale), 1);
  int height = MAX ((int)((jz_page_line_get_bottom (line) - top) * self->scale), 1);
  gtk_widget_measure (node, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (
    node, width, height, -1,
    gsk_transform_translate (
      NULL, &GRAPHENE_POINT_INIT ((float)(self->offset_x + (left - there->left) * self->scale),
                                  (float)((jz_paper_get_top (self, page) + top) * self->scale))));
}

/* On the first line of each. */
void
jz_paper_allocate_nodes (JzPaper *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; self->pages != NULL && i < self->pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (self->pages->pages, i);
    for (guint j = 0; j < page->lines->len; j++) {
      const JzPageLine *line = g_ptr_array_index (page->lines, j);
      for (guint k = 0; k < line->text->spans->len; k++) {
        const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, k);
        if (jz_page_line_shows (line, span) && g_hash_table_add (seen, span->path))
          allocate_node (self, i, line, span);
      }
    }
  }
}
