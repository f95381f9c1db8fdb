/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_menu.h"

/* What can be done with a row of a long list, by the second button of the pointer or the menu key.
 * The row on which one presses becomes the selected one first, for that is the one that actions
 * are about. */

static GtkListItem *
get_item (GtkWidget *widget)
{
  return widget != NULL ? g_object_get_data (G_OBJECT (widget), JZ_ROW_VIEW_ITEM) : NULL;
}

/* A press may meet the text, the cell around it, or the row beside its cells. */
static GtkListItem *
find_item (GtkWidget *self, GtkWidget *widget)
{
  for (; widget != NULL && widget != self; widget = gtk_widget_get_parent (widget)) {
    GtkWidget *cell = gtk_widget_get_first_child (widget);
    GtkWidget *text = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;
    if (get_item (widget) != NULL)
      return get_item (widget);
    if (get_item (cell) != NULL)
      return get_item (cell);
    if (get_item (text) != NULL)
      return get_item (text);
  }
  return NULL;
}

static void
pop_up (JzRowView *self, double x, double y)
{
  GtkPopover *menu = g_object_get_data (G_OBJECT (self), "jz-row-menu");

  gtk_popover_set_pointing_to (menu, &(GdkRectangle){ (int)x, (int)y, 1, 1 });
  gtk_popover_popup (menu);
}

static void
on_pressed (GtkGestureClick *gesture, int n_presses, double x, double y, JzRowView *self)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkListItem *item = find_item (GTK_WIDGET (self), widget);
  JzRowModel *model = jz_row_view_get_model (self);

  if (item == NULL || model == NULL ||
      gtk_list_item_get_position (item) == GTK_INVALID_LIST_POSITION)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  jz_row_model_select (model, jz_row_model_get_id (model, gtk_list_item_get_position (item)));
  pop_up (self, x, y);
}

/* Below the row that has the focus. */
static gboolean
on_menu_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  JzRowModel *model = jz_row_view_get_model (JZ_ROW_VIEW (widget));
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  graphene_rect_t bounds;
  gint64 id;

  if (focus == NULL || model == NULL || !jz_row_model_get_selected (model, &id) ||
      !gtk_widget_compute_bounds (focus, widget, &bounds))
    return FALSE;
  pop_up (JZ_ROW_VIEW (widget), bounds.origin.x + bounds.size.width / 4,
          bounds.origin.y + bounds.size.height);
  return TRUE;
}

static void
on_destroyed (GtkWidget *menu)
{
  gtk_widget_unparent (menu);
}

static void
add_key (GtkEventController *keys, guint key, GdkModifierType modifiers)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                      gtk_callback_action_new (on_menu_key, NULL, NULL)));
}

/**
 * jz_row_view_set_menu:
 * @self: a view
 * @menu: what can be done with the selected row, by actions of the view or of what it is in
 *
 * Offers it on each row.
 */
void
jz_row_view_set_menu (JzRowView *self, GMenuModel *menu)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  g_object_set_data (G_OBJECT (self), "jz-row-menu", popover);
  g_signal_connect_object (self, "destroy", G_CALLBACK (on_destroyed), popover, G_CONNECT_SWAPPED);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  add_key (keys, GDK_KEY_Menu, 0);
  add_key (keys, GDK_KEY_F10, GDK_SHIFT_MASK);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
