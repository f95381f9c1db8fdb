/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

static inline gboolean
main_loop_on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Lets the main loop run until something came, or so long at the most. */
static inline void
main_loop_iterate (guint ms)
{
  guint wake = g_timeout_add (ms, main_loop_on_wake, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (wake);
}
