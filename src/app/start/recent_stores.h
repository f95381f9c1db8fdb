/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The stores that were opened on this computer by this person, the last one first. Of the machine,
 * so in the user's configuration and in no store (design §2). May be called from any thread. */
GStrv jz_recent_stores_list (const char *file);
gboolean jz_recent_stores_add (const char *file, const char *path, GError **error);
gboolean jz_recent_stores_remove (const char *file, const char *path, GError **error);
char *jz_recent_stores_dup_file (void);

G_END_DECLS
