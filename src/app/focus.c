/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/focus.h"

/**
 * jz_focus_is_typing:
 * @widget: one in a window, or in none
 *
 * Single keys never act while somebody types (ux.md §5).
 *
 * Returns: whether the caret is in a text of the window of @widget
 */
gboolean
jz_focus_is_typing (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

/**
 * jz_focus_through:
 * @widget: one that has a grab_focus of its own
 * @direction: of a key
 *
 * For its class to have as `focus`: Tab goes through what is in it from its beginning, in the order
 * in which its children were added. Without this GTK asks for grab_focus, which leads into its
 * middle; what is above of that is never reached, and Shift+Tab never comes out.
 *
 * Returns: whether something in it got the focus
 */
gboolean
jz_focus_through (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean is_back =
    direction == GTK_DIR_TAB_BACKWARD || direction == GTK_DIR_UP || direction == GTK_DIR_LEFT;
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL)
    child = is_back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  while (child != NULL && !gtk_widget_child_focus (child, direction))
    child = is_back ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child);
  return child != NULL;
}

/**
 * jz_flow_append:
 * @box: a box that breaks its lines
 * @widget: (transfer floating): a button, or what is only looked at
 * @name: what it is called
 *
 * Puts @widget behind the others. What the box puts around it has the focus before it, and must
 * have it, or Shift+Tab never comes out of it again; so it has the same name, and what activates it
 * activates @widget.
 */
void
jz_flow_append (GtkFlowBox *box, GtkWidget *widget, const char *name)
{
  GtkWidget *child;

  gtk_flow_box_append (box, widget);
  child = gtk_widget_get_parent (widget);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (child, "activate", G_CALLBACK (gtk_widget_activate), widget,
                           G_CONNECT_SWAPPED);
}
