/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "store/hash.h"

G_BEGIN_DECLS

/* The folder keys/: private keys and the store's wrapped key. Each file is named by the SHA-256 of
 * its content and never changed; the journal says which of them count. */
#define JZ_KEYRING_MAX_FILE (64 * 1024)

gboolean jz_keyring_put (const char *store_path, GBytes *content, JzHash *hash, GError **error);
GBytes *jz_keyring_get (const char *store_path, const JzHash *hash, GError **error);
gboolean jz_keyring_has (const char *store_path, const JzHash *hash);
gboolean jz_keyring_remove (const char *store_path, const JzHash *hash, GError **error);
char **jz_keyring_list (const char *store_path, GError **error);

G_END_DECLS
