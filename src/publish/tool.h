/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A program that is asked something and ended when it takes too long or says too much. */
char *jz_tool_find (const char *name);
GString *
jz_tool_run (const char *const *argv, guint seconds, GCancellable *cancellable, GError **error);

G_END_DECLS
