/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/editor/typing.h"
#include "base/sentence.h"

G_BEGIN_DECLS

/* Sentences that came from another case's document and that nobody has looked at. */
typedef struct _JzCarried JzCarried;

JzCarried *jz_carried_new (void);
void jz_carried_free (JzCarried *self);
void jz_carried_load (JzCarried *self, const JzJson *sentences);
JzJson *jz_carried_to_json (JzCarried *self);
void jz_carried_add (JzCarried *self, const char *path, const char *text);
gboolean jz_carried_is_empty (JzCarried *self);
GHashTable *jz_carried_find (JzCarried *self, JzTyping *typing, guint *n_found);
gboolean jz_carried_confirm (JzCarried *self, JzTyping *typing, const char *path, guint offset);
void jz_carried_confirm_all (JzCarried *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCarried, jz_carried_free)

G_END_DECLS
