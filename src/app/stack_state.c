/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/stack_state.h"

/* GTK leaves the pages that a stack does not show among what screen readers read. */

static void
tell (GtkStack *stack)
{
  GtkWidget *seen = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (child == seen)
      gtk_accessible_reset_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN);
    else
      gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  }
}

/**
 * jz_stack_tell_hidden:
 * @stack: a stack
 *
 * From now on screen readers and whoever drives the window are told which of its pages are not
 * shown.
 */
void
jz_stack_tell_hidden (GtkStack *stack)
{
  g_return_if_fail (GTK_IS_STACK (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (tell), NULL);
  tell (stack);
}
