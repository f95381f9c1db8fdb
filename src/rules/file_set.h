/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JZ_FILE_SET_MAX_SIZE (8 * 1024 * 1024)
#define JZ_FILE_SET_MAX_FILES 501

/* Files that are adopted together, each under a key, in one object. */
typedef struct _JzFileSet JzFileSet;

JzFileSet *jz_file_set_new (const char *kind);
JzFileSet *jz_file_set_parse (GBytes *bytes, const char *kind, const char *name, GError **error);
void jz_file_set_free (JzFileSet *self);
GBytes *jz_file_set_to_bytes (const JzFileSet *self, GError **error);

gboolean
jz_file_set_put (JzFileSet *self, const char *key, const char *name, GBytes *bytes, GError **error);
guint jz_file_set_get_n_files (const JzFileSet *self);
const char *jz_file_set_get_key (const JzFileSet *self, guint position);
const char *jz_file_set_get_name (const JzFileSet *self, guint position);
GBytes *jz_file_set_dup_bytes (const JzFileSet *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFileSet, jz_file_set_free)

G_END_DECLS
