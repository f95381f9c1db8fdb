/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/paper-private.h"
#include "app/editor/parts_box.h"

/* Fields that are chosen: a list under the field, ticked boxes on the page, and the parts of what
 * is made of others. */

#define BOX_ON "☑"
#define BOX_OFF "□"

static gboolean
is_chosen (const JzJson *value, const char *word)
{
  if (value == NULL)
    return FALSE;
  if (jz_json_get_kind (value) == JZ_JSON_TEXT)
    return strcmp (jz_json_get_text (value), word) == 0;
  for (guint i = 0; jz_json_get_kind (value) == JZ_JSON_ARRAY && i < jz_json_get_n_items (value);
       i++)
    if (g_strcmp0 (jz_json_get_text (jz_json_get_item (value, i)), word) == 0)
      return TRUE;
  return FALSE;
}

/* Of several, each is on or off; of one, the other one goes off. */
static void
toggle (JzPaper *self, const char *path, const JzFieldPath *where, const char *word)
{
  const JzFormField *leaf = jz_field_path_get_leaf (where);
  const JzJson *old = jz_filling_get_at (jz_typing_get_filling (self->typing), where);
  gboolean is_on = is_chosen (old, word);
  if (!leaf->is_list) {
    jz_typing_set_value (self->typing, path, is_on ? NULL : jz_json_new_text (word));
    return;
  }
  JzJson *list = jz_json_new_array ();
  for (guint i = 0; i < leaf->choices->len; i++) {
    const JzFormChoice *choice = g_ptr_array_index (leaf->choices, i);
    gboolean is_this = strcmp (choice->value, word) == 0;
    if (is_this ? !is_on : is_chosen (old, choice->value))
      jz_json_append (list, jz_json_new_text (choice->value));
  }
  jz_typing_set_value (self->typing, path, list);
}

static void
toggle_bool (JzPaper *self, const char *path, const JzFieldPath *where)
{
  const JzJson *old = jz_filling_get_at (jz_typing_get_filling (self->typing), where);
  gboolean is_on = old != NULL && jz_json_get_boolean (old);
  jz_typing_set_value (self->typing, path, jz_json_new_boolean (!is_on));
}

/* Which of the boxes a byte of the text belongs to; -1 for none. */
static int
find_box (const char *text, guint start, guint index)
{
  int n = -1;
  for (const char *at = text + start; *at != '\0' && at <= text + index; at = g_utf8_next_char (at))
    if (g_str_has_prefix (at, BOX_ON) || g_str_has_prefix (at, BOX_OFF))
      n++;
  return n;
}

/* A click on a box of the page ticks it at once. */
gboolean
jz_paper_tick_at (JzPaper *self, const JzPagePick *pick)
{
  JzFieldPath where;
  g_autofree char *path = g_strdup (pick->span->path);
  if (pick->span->show != JZ_SHOW_BOXES ||
      !jz_field_path_parse (jz_typing_get_form (self->typing), path, &where))
    return FALSE;
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  int box =
    find_box (pango_layout_get_text (pick->line->text->layout), pick->span->start, pick->index);
  if (leaf->type != JZ_FIELD_CHOICE || box < 0 || (guint)box >= leaf->choices->len)
    return FALSE;
  const JzFormChoice *choice = g_ptr_array_index (leaf->choices, (guint)box);
  (void)jz_paper_go (self, path, 0);
  toggle (self, path, &where, choice->value);
  return TRUE;
}

typedef struct {
  JzPaper *paper;
  char *path;
} Choosing;

static void
free_choosing (gpointer data, GClosure *closure)
{
  Choosing *self = data;
  g_free (self->path);
  g_free (self);
}

static void
chosen (GtkListBox *list, GtkListBoxRow *row, Choosing *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_POPOVER);
  JzFieldPath where;
  if (!jz_field_path_parse (jz_typing_get_form (self->paper->typing), self->path, &where))
    return;
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  const JzFormChoice *choice =
    g_ptr_array_index (leaf->choices, (guint)gtk_list_box_row_get_index (row));
  toggle (self->paper, self->path, &where, choice->value);
  if (!leaf->is_list) {
    gtk_popover_popdown (GTK_POPOVER (popover));
    return;
  }
  const JzJson *value = jz_filling_get_at (jz_typing_get_filling (self->paper->typing), &where);
  GtkWidget *label = gtk_list_box_row_get_child (row);
  g_autofree char *text = g_strdup_printf (
    "%s %s", is_chosen (value, choice->value) ? BOX_ON : BOX_OFF, choice->label.zh);
  gtk_label_set_label (GTK_LABEL (label), text);
}

static GtkWidget *
new_row (const JzFormChoice *choice, gboolean is_on)
{
  g_autofree char *text = g_strdup_printf ("%s %s", is_on ? BOX_ON : BOX_OFF, choice->label.zh);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  choice->label.zh, -1);
  return row;
}

static GtkWidget *
new_list (JzPaper *self, const char *path, const JzFieldPath *where)
{
  const JzFormField *leaf = jz_field_path_get_leaf (where);
  const JzJson *value = jz_filling_get_at (jz_typing_get_filling (self->typing), where);
  GtkWidget *list = gtk_list_box_new ();
  Choosing *choosing = g_new0 (Choosing, 1);
  g_autofree char *label = jz_field_path_dup_label (where);
  choosing->paper = self;
  choosing->path = g_strdup (path);
  for (guint i = 0; i < leaf->choices->len; i++) {
    const JzFormChoice *choice = g_ptr_array_index (leaf->choices, i);
    gboolean is_on = is_chosen (value, choice->value);
    GtkWidget *row = new_row (choice, is_on);
    gtk_list_box_append (GTK_LIST_BOX (list), row);
    if (is_on || i == 0)
      gtk_list_box_select_row (GTK_LIST_BOX (list), GTK_LIST_BOX_ROW (row));
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (list, "row-activated", G_CALLBACK (chosen), choosing, free_choosing, 0);
  return list;
}

static void
closed (GtkPopover *popover, JzPaper *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
unparent_later (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_for_good (GtkPopover *popover, gpointer data)
{
  if (gtk_widget_get_parent (GTK_WIDGET (popover)) != NULL)
    g_idle_add (unparent_later, popover);
}

static gboolean
get_rectangle (JzPaper *self, const char *path, GdkRectangle *rectangle)
{
  JzPagePlace place;
  if (g_strcmp0 (path, self->path) != 0 || !jz_paper_find_caret (self, &place)) {
    GtkWidget *node = jz_paper_get_node (self, path);
    graphene_rect_t bounds;
    if (node == NULL || !gtk_widget_compute_bounds (node, GTK_WIDGET (self), &bounds))
      return FALSE;
    *rectangle = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                                 (int)bounds.size.height };
    return TRUE;
  }
  const JzPage *page = g_ptr_array_index (self->pages->pages, place.page);
  double top = jz_page_line_get_top (place.line);
  rectangle->x = (int)(self->offset_x + (place.x - page->left) * self->scale);
  rectangle->y = (int)((jz_paper_get_top (self, place.page) + top) * self->scale);
  rectangle->width = (int)(40 * self->scale);
  rectangle->height = (int)((jz_page_line_get_bottom (place.line) - top) * self->scale);
  return TRUE;
}

/**
 * jz_paper_pop_up:
 * @self: a page widget
 * @path: a field on the pages
 * @child: (transfer floating): what is shown
 *
 * Shows something under a field; it goes by Escape or a click elsewhere.
 */
void
jz_paper_pop_up (JzPaper *self, const char *path, GtkWidget *child)
{
  g_return_if_fail (JZ_IS_PAPER (self));
  g_return_if_fail (path != NULL);

  GtkWidget *popover = gtk_popover_new ();
  GdkRectangle rectangle;
  gtk_popover_set_child (GTK_POPOVER (popover), child);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  if (get_rectangle (self, path, &rectangle))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), &rectangle);
  g_signal_connect (popover, "closed", G_CALLBACK (closed), self);
  g_signal_connect_after (popover, "closed", G_CALLBACK (closed_for_good), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

/* Opens what a field that is not typed is edited with. */
void
jz_paper_choose (JzPaper *self, const char *path)
{
  JzFieldPath where;
  if (!self->is_editable || !jz_field_path_parse (jz_typing_get_form (self->typing), path, &where))
    return;
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  if (leaf->type == JZ_FIELD_BOOL)
    toggle_bool (self, path, &where);
  else if (leaf->type == JZ_FIELD_CHOICE)
    jz_paper_pop_up (self, path, new_list (self, path, &where));
  else
    jz_paper_pop_up (self, path, jz_parts_box_new_scrolled (self->typing, path));
}
