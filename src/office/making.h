/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder that is being made under a temporary name beside its final one. */
typedef struct _JzMaking JzMaking;

JzMaking *jz_making_begin (const char *path, GError **error);
const char *jz_making_get_folder (JzMaking *self);
gboolean jz_making_finish (JzMaking *self, GPtrArray *warnings, GError **error);
void jz_making_free (JzMaking *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzMaking, jz_making_free)

G_END_DECLS
