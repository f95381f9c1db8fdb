/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/search_keys.h"

/* The focus goes between a list and the entry where words to look for in it are typed. */

static void
on_left (GtkSearchEntry *entry, GtkWidget *list)
{
  /* An entry may serve several lists, of which one is seen. */
  if (gtk_widget_get_mapped (list))
    gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD);
}

static void
on_stopped (GtkSearchEntry *entry, GtkWidget *list)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  on_left (entry, list);
}

static gboolean
on_entry_key (GtkEventControllerKey *controller,
              guint key,
              guint code,
              GdkModifierType modifiers,
              gpointer data)
{
  if ((key != GDK_KEY_Down && key != GDK_KEY_KP_Down) || !gtk_widget_get_mapped (data))
    return GDK_EVENT_PROPAGATE;
  on_left (NULL, data);
  return GDK_EVENT_STOP;
}

/* GTK's own way gives the entry letters while the focus stays here, so that an input method never
 * sees them: the focus goes first, then the key. */
static gboolean
on_list_key (GtkEventControllerKey *controller,
             guint key,
             guint code,
             GdkModifierType modifiers,
             gpointer data)
{
  GtkEditable *entry = data;
  GtkEditable *text = gtk_editable_get_delegate (entry);
  guint held = modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);

  if (held != 0 || gdk_keyval_to_unicode (key) <= ' ' || text == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  gtk_editable_set_position (entry, -1);
  return gtk_event_controller_key_forward (controller, GTK_WIDGET (text));
}

/**
 * jz_search_keys_join:
 * @entry: where words to look for are typed
 * @list: what shows the rows
 *
 * Typing while the list has the focus goes to the entry; Enter, Down and Escape come back from it,
 * Escape without the words.
 */
void
jz_search_keys_join (GtkSearchEntry *entry, GtkWidget *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *list_keys = gtk_event_controller_key_new ();

  g_signal_connect_object (list_keys, "key-pressed", G_CALLBACK (on_list_key), entry, 0);
  gtk_widget_add_controller (list, list_keys);
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_left), list, 0);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (on_stopped), list, 0);
  /* after the input method, which has its own use for Down */
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_entry_key), list, 0);
  gtk_widget_add_controller (GTK_WIDGET (entry), keys);
}
