/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JZ_TYPE_HELP_WINDOW (jz_help_window_get_type ())
G_DECLARE_FINAL_TYPE (JzHelpWindow, jz_help_window, JZ, HELP_WINDOW, AdwWindow)

void jz_help_window_show (GtkWidget *inside, const char *topic);

G_END_DECLS
