/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/shortcuts.h"

/**
 * jz_shortcuts_show:
 * @parent: a window
 *
 * Shows all keys of the program. ui/shortcuts.ui lists them; a test holds it to what is bound.
 */
void
jz_shortcuts_show (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/juanzong/app/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}
