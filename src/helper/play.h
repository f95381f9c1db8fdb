/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/serve.h"

G_BEGIN_DECLS

/* Answers the player: one file for as long as the process lives. */
typedef struct _JzPlay JzPlay;

JzPlay *jz_play_new (JzServe *serve);
void jz_play_free (JzPlay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPlay, jz_play_free)

G_END_DECLS
