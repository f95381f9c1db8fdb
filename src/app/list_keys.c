/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/list_keys.h"

#include "app/scrolling.h"

static void
move (GtkListBox *list, int step)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (list);
  int position = selected != NULL ? gtk_list_box_row_get_index (selected) + step : 0;
  GtkListBoxRow *row = position >= 0 ? gtk_list_box_get_row_at_index (list, position) : NULL;
  GtkAdjustment *adjustment = jz_scrolling_find (GTK_WIDGET (list));
  graphene_rect_t bounds;

  if (row == NULL)
    return;
  gtk_list_box_select_row (list, row);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType modifiers,
        GtkListBox *list)
{
  if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    move (list, 1);
  else if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    move (list, -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/**
 * jz_list_follow_keys:
 * @list: what is found, in a scrolled window
 * @entry: where somebody types what to look for
 *
 * The selection goes up and down while the focus stays in @entry; after the input method, whose
 * candidates are chosen with the same keys.
 */
void
jz_list_follow_keys (GtkListBox *list, GtkWidget *entry)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), list, 0);
  gtk_widget_add_controller (entry, keys);
}
