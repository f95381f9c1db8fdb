/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/frame.h"
#include "media/helper_process.h"

G_BEGIN_DECLS

/* The memory into which a helper draws. Frames made of it may outlive it and the helper, and may be
 * freed by any thread. */
typedef struct _JzPlayerRing JzPlayerRing;

JzPlayerRing *
jz_player_ring_new (JzHelper *helper, guint32 number, guint width, guint height, GError **error);
/* No slot is asked back any more. */
void jz_player_ring_close (JzPlayerRing *self);
void jz_player_ring_unref (JzPlayerRing *self);
/* (transfer full) (nullable): the picture of a JZ_SHOWN_FRAME; NULL if that is none of this ring */
JzFrame *jz_player_ring_take_frame (JzPlayerRing *self, const JzMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPlayerRing, jz_player_ring_unref)

G_END_DECLS
