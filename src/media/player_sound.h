/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Plays samples at the times of the machine's steady clock at which they are to be heard. Where
 * there is no sound card they are dropped in silence. */
typedef struct _JzPlayerSound JzPlayerSound;

JzPlayerSound *jz_player_sound_new (void);
void jz_player_sound_free (JzPlayerSound *self);
/* @when: nanoseconds of CLOCK_MONOTONIC; samples as JZ_SHOWN_SOUND brings them */
void jz_player_sound_push (JzPlayerSound *self, gint64 when, const void *samples, gsize length);
/* What was pushed is not heard any more. */
void jz_player_sound_flush (JzPlayerSound *self);
/* bytes that wait to be heard */
gsize jz_player_sound_get_queued (JzPlayerSound *self);
void jz_player_sound_set_volume (JzPlayerSound *self, double volume, gboolean is_muted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPlayerSound, jz_player_sound_free)

G_END_DECLS
