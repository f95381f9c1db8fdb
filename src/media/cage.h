/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "media/error.h"

G_BEGIN_DECLS

/* Where the helper is and how it is started: by bubblewrap with nothing of the machine but /usr,
 * or, where that does not work, by itself (its own limits hold in both cases). Thread-safe. */
typedef struct _JzCage JzCage;

JzCage *jz_cage_new (void);
JzCage *jz_cage_ref (JzCage *self);
void jz_cage_unref (JzCage *self);

/* Finds the helper, lets it list its plugins once in the user's cache, and tries whether
 * bubblewrap works. Done once; blocks for up to some seconds: for worker threads. */
gboolean jz_cage_prepare (JzCage *self, GCancellable *cancellable, GError **error);
gboolean jz_cage_is_closed (JzCage *self, char **why_not);
/* The command line for a helper whose socket is handle 3. */
GStrv jz_cage_get_command (JzCage *self);
GStrv jz_cage_get_environment (JzCage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCage, jz_cage_unref)

G_END_DECLS
