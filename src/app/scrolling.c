/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/scrolling.h"

/**
 * jz_scrolling_find:
 * @inside: a widget
 *
 * Returns: (transfer none) (nullable): how far what it stands in is scrolled down; %NULL while it
 *   stands in nothing that scrolls
 */
GtkAdjustment *
jz_scrolling_find (GtkWidget *inside)
{
  GtkWidget *window = gtk_widget_get_ancestor (inside, GTK_TYPE_SCROLLED_WINDOW);

  return window != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)) : NULL;
}
