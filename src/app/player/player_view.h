/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "media/frame.h"

G_BEGIN_DECLS

/**
 * JzPlayerView:
 *
 * The picture of a recording, as large as there is room, with a text over it that says who looks
 * and when, so that a photograph of the screen says from whom it is.
 *
 * Signal "resized" (width, height): so many device pixels are to be filled.
 */
#define JZ_TYPE_PLAYER_VIEW (jz_player_view_get_type ())
G_DECLARE_FINAL_TYPE (JzPlayerView, jz_player_view, JZ, PLAYER_VIEW, GtkWidget)

GtkWidget *jz_player_view_new (void);
void jz_player_view_set_frame (JzPlayerView *self, JzFrame *frame);
gboolean jz_player_view_has_frame (JzPlayerView *self);
void jz_player_view_set_watermark (JzPlayerView *self, const char *text);

G_END_DECLS
