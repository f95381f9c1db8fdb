/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* Which stretches of a recording, or pages of a paper, somebody has seen. */
typedef struct _JzSeen JzSeen;

JzSeen *jz_seen_new (gint64 join);
void jz_seen_free (JzSeen *self);
void jz_seen_add (JzSeen *self, gint64 from, gint64 until);
gboolean jz_seen_is_empty (const JzSeen *self);
void jz_seen_clear (JzSeen *self);
JzJson *jz_seen_to_json (const JzSeen *self, guint max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzSeen, jz_seen_free)

G_END_DECLS
