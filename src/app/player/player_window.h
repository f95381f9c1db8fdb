/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzPlayerWindow:
 *
 * A recording in a window of its own beside the main one, one for each main window: to write while
 * it plays, and to fill the screen.
 */
#define JZ_TYPE_PLAYER_WINDOW (jz_player_window_get_type ())
G_DECLARE_FINAL_TYPE (JzPlayerWindow, jz_player_window, JZ, PLAYER_WINDOW, AdwWindow)

void jz_player_window_show (GtkWidget *inside,
                            JzOfficeClient *client,
                            const char *case_id,
                            const char *attachment,
                            gint64 from,
                            gboolean fills);
void jz_player_window_fill (JzPlayerWindow *self);
JzPlayerWindow *jz_player_window_find (GtkWidget *inside, const char *case_id);
const char *jz_player_window_get_attachment (JzPlayerWindow *self);
const char *jz_player_window_get_name (JzPlayerWindow *self);
gboolean jz_player_window_get_moment (JzPlayerWindow *self, gint64 *at, gint64 *until);
void jz_player_window_go (JzPlayerWindow *self, const char *attachment, gint64 from, gint64 until);

G_END_DECLS
