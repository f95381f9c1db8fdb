/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JZ_HASH_LENGTH 32
/* 64 hex digits and their NUL */
#define JZ_HASH_HEX_SIZE 65

typedef struct {
  guint8 bytes[JZ_HASH_LENGTH];
} JzHash;

typedef struct _JzHasher JzHasher;

void jz_hash_of (const void *data, gsize length, JzHash *hash);
void jz_hash_of_two (const void *a, gsize a_length, const void *b, gsize b_length, JzHash *hash);
gboolean jz_hash_equal (const JzHash *a, const JzHash *b);
void jz_hash_to_hex (const JzHash *hash, char hex[JZ_HASH_HEX_SIZE]);
gboolean jz_hash_from_hex (const char *hex, JzHash *hash);
char *jz_hash_to_base64 (const JzHash *hash);
gboolean jz_hash_from_base64 (const char *text, JzHash *hash);

JzHasher *jz_hasher_new (void);
void jz_hasher_update (JzHasher *self, const void *data, gsize length);
void jz_hasher_finish (JzHasher *self, JzHash *hash); /* and starts anew */
void jz_hasher_free (JzHasher *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzHasher, jz_hasher_free)

G_END_DECLS
