/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_arrange.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* The row that is moved takes the place of another one, wherever it came from; an action of the tab
 * writes that down. */

/* Not a plain string: an entry would take that as text to be typed into it. */
typedef char JzMoved;

static JzMoved *
jz_moved_copy (JzMoved *self)
{
  return g_strdup (self);
}

static void
jz_moved_free (JzMoved *self)
{
  g_free (self);
}

GType jz_moved_get_type (void);
G_DEFINE_BOXED_TYPE (JzMoved, jz_moved, jz_moved_copy, jz_moved_free)

static const char *
get_id (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "moved-id");
}

static void
activate (GtkWidget *inside, const char *moved, const char *place)
{
  const char *action = g_object_get_data (G_OBJECT (inside), "moved-by");

  if (moved != NULL && place != NULL && strcmp (moved, place) != 0)
    gtk_widget_activate_action (inside, action, "(ss)", moved, place);
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (jz_moved_get_type (), get_id (row));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  GtkWidget *label = gtk_label_new (g_object_get_data (G_OBJECT (row), "moved-title"));

  gtk_widget_add_css_class (label, "moved-row");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), label);
  gdk_drag_set_hotspot (drag, -12, -12);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *inside)
{
  activate (inside, g_value_get_boxed (value), get_id (inside));
  return TRUE;
}

/* The row of @widget, and the one before or behind it that can be moved too. */
static gboolean
move_by (GtkWidget *widget, gboolean is_up)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
  GtkWidget *other = is_up ? gtk_widget_get_prev_sibling (row) : gtk_widget_get_next_sibling (row);

  if (other != NULL && get_id (other) != NULL)
    activate (row, get_id (row), get_id (other));
  else
    gtk_widget_error_bell (row);
  return TRUE;
}

static gboolean
on_up (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return move_by (widget, TRUE);
}

static gboolean
on_down (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return move_by (widget, FALSE);
}

static void
on_up_clicked (GtkButton *button)
{
  move_by (GTK_WIDGET (button), TRUE);
}

static void
on_down_clicked (GtkButton *button)
{
  move_by (GTK_WIDGET (button), FALSE);
}

static void
set_data (GtkWidget *widget, const char *id, const char *action)
{
  g_object_set_data_full (G_OBJECT (widget), "moved-id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (widget), "moved-by", g_strdup (action), g_free);
}

/**
 * jz_case_take_moved:
 * @list: where rows can be dropped
 * @id: what stands for its end
 * @action: gets what was dropped and @id
 *
 * Lets rows be dropped behind the last one, and into a list that has none.
 */
void
jz_case_take_moved (GtkWidget *list, const char *id, const char *action)
{
  GtkDropTarget *target = gtk_drop_target_new (jz_moved_get_type (), GDK_ACTION_MOVE);

  set_data (list, id, action);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), list);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (target));
}

/**
 * jz_case_make_movable:
 * @row: a row of a list
 * @id: what it shows
 * @title: in words
 * @action: of a tab; gets what is moved, and the id of the row whose place it takes
 */
void
jz_case_make_movable (GtkWidget *row, const char *id, const char *title, const char *action)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  jz_case_take_moved (row, id, action);
  g_object_set_data_full (G_OBJECT (row), "moved-title", g_strdup (title), g_free);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Up, GDK_ALT_MASK),
                      gtk_callback_action_new (on_up, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Down, GDK_ALT_MASK),
                      gtk_callback_action_new (on_down, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (row, keys);
}

static GtkWidget *
new_mover (const char *icon, const char *label, const char *title, GCallback clicked)
{
  g_autofree char *name = g_strdup_printf (_ ("%1$s: %2$s"), label, title);
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", clicked, NULL);
  return button;
}

/**
 * jz_case_new_movers:
 * @title: what the row shows
 *
 * Returns: (transfer floating): the two buttons that move the row of jz_case_make_movable() they
 *   stand in
 */
GtkWidget *
jz_case_new_movers (const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), new_mover ("go-up-symbolic", _ ("Move up (Alt+Up)"), title,
                                            G_CALLBACK (on_up_clicked)));
  gtk_box_append (GTK_BOX (box), new_mover ("go-down-symbolic", _ ("Move down (Alt+Down)"), title,
                                            G_CALLBACK (on_down_clicked)));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

/**
 * jz_case_dup_focused:
 * @inside: what is going to be shown anew
 *
 * What had the focus gets it again, so that a row can be moved on and on.
 *
 * Returns: (transfer full) (nullable): the id of the row in it that can be moved and has the focus
 */
char *
jz_case_dup_focused (GtkWidget *inside)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, inside)
                     ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                     : NULL;

  return row != NULL ? g_strdup (get_id (row)) : NULL;
}

static guint
find (const JzJson *ids, const char *id)
{
  guint i = 0;

  while (i < jz_json_get_n_items (ids) && strcmp (jz_json_get_text (jz_json_get_item (ids, i)), id))
    i++;
  return i;
}

/**
 * jz_case_move:
 * @ids: an array of ids
 * @moved: the one that goes to another place
 * @place: whose place it takes; the end where it is none of them
 *
 * Returns: (transfer full): the ids in their new order
 */
JzJson *
jz_case_move (const JzJson *ids, const char *moved, const char *place)
{
  gboolean is_down = find (ids, moved) < find (ids, place);
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (ids); i++) {
    const char *id = jz_json_get_text (jz_json_get_item (ids, i));
    if (strcmp (id, moved) == 0)
      continue;
    if (strcmp (id, place) == 0 && !is_down)
      jz_json_append (list, jz_json_new_text (moved));
    jz_json_append (list, jz_json_new_text (id));
    if (strcmp (id, place) == 0 && is_down)
      jz_json_append (list, jz_json_new_text (moved));
  }
  if (find (ids, place) == jz_json_get_n_items (ids))
    jz_json_append (list, jz_json_new_text (moved));
  return list;
}
