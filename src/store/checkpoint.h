/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "store/key.h"
#include "store/tree.h"

G_BEGIN_DECLS

/* 16 hex digits and their NUL */
#define JZ_STORE_ID_SIZE 17

typedef struct {
  char store[JZ_STORE_ID_SIZE];
  guint64 size; /* number of entries */
  JzHash root;
  JzInstant time; /* of the last entry covered */
} JzCheckpoint;

/* (transfer full): the whole signed note, ending with a newline */
char *jz_checkpoint_sign (const JzCheckpoint *self,
                          JzKey *store_key,
                          JzCertificate *store_certificate,
                          GError **error);
/* Reads the text of a note strictly; says nothing about the signature. */
gboolean jz_checkpoint_parse (const char *note, gsize length, JzCheckpoint *self, GError **error);
/* Whether @note is signed by @store_certificate's key, which must be of the store it names. */
gboolean jz_checkpoint_verify (const char *note,
                               gsize length,
                               JzCertificate *store_certificate,
                               JzCheckpoint *self,
                               GError **error);
/* The same for a reader who has the store's public key (DER SubjectPublicKeyInfo) and no
 * certificate. */
gboolean jz_checkpoint_verify_with_public_key (const char *note,
                                               gsize length,
                                               GBytes *public_key_der,
                                               JzCheckpoint *self,
                                               GError **error);

G_END_DECLS
