/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"
#include "media/seen.h"

G_BEGIN_DECLS

/**
 * JzPlayerPane:
 *
 * A recording of a case: its picture and sound, its time line with marks, what plays and steps
 * through it, and the list of what was found in it. Keys work while the caret is in no text.
 */
#define JZ_TYPE_PLAYER_PANE (jz_player_pane_get_type ())
G_DECLARE_FINAL_TYPE (JzPlayerPane, jz_player_pane, JZ, PLAYER_PANE, GtkWidget)

GtkWidget *jz_player_pane_new (void);
void jz_player_pane_set_narrow (JzPlayerPane *self, gboolean is_narrow);
void jz_player_pane_open (JzPlayerPane *self,
                          JzOfficeClient *client,
                          const char *case_id,
                          const JzJson *file,
                          int handle);
void jz_player_pane_set_file (JzPlayerPane *self, const JzJson *file);
void jz_player_pane_close (JzPlayerPane *self);
void jz_player_pane_go (JzPlayerPane *self, gint64 from, gint64 until);
gboolean jz_player_pane_press (JzPlayerPane *self, guint keyval);
void jz_player_pane_toggle (JzPlayerPane *self);
gint64 jz_player_pane_get_moment (JzPlayerPane *self);
gint64 jz_player_pane_get_from (JzPlayerPane *self);
gint64 jz_player_pane_get_until (JzPlayerPane *self);
JzSeen *jz_player_pane_get_seen (JzPlayerPane *self);

G_END_DECLS
