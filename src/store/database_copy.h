/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/connection.h"
#include "store/objects.h"

G_BEGIN_DECLS

/* What the connection sees, to a new file; told of bytes. */
gboolean jz_database_copy (JzConnection *from,
                           const char *to,
                           JzProgress progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error);
/* A database that may be damaged, and that need not be one of ours. */
gboolean jz_database_copy_file (const char *from,
                                const char *to,
                                GCancellable *cancellable,
                                gboolean *is_whole,
                                GError **error);
gboolean jz_database_make_single (const char *path, GError **error);
char *jz_database_peek_text (const char *path, const char *sql);

G_END_DECLS
