/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "store/key.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)

/* What signing and checking with one SM2 key needs: a digest that knows the identity of §3. */
typedef struct {
  EVP_PKEY_CTX *identity;
  EVP_MD_CTX *digest;
} JzSm2;

gboolean jz_sm2_begin_sign (JzSm2 *self, EVP_PKEY *key);
void jz_sm2_end (JzSm2 *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzSm2, jz_sm2_end)

/* The identity for X.509 signatures; OpenSSL takes ownership. */
ASN1_OCTET_STRING *jz_sm2_identity_new (void);
gboolean jz_sm2_verify (EVP_PKEY *key,
                        const void *data,
                        gsize length,
                        const void *signature,
                        gsize signature_length);
/* (transfer full) (nullable): the key in a DER SubjectPublicKeyInfo of the one form we accept */
EVP_PKEY *jz_sm2_public_key_from_der (GBytes *der);
EVP_PKEY *jz_sm2_public_key_of (X509 *x509, GBytes *der);

EVP_PKEY *jz_key_get_pkey (JzKey *self);
void jz_key_set_damaged (GError **error);

/* (transfer full) (nullable): without an error where @der is no certificate of our kind */
JzCertificate *jz_certificate_new (GBytes *der);
X509 *jz_certificate_get_x509 (JzCertificate *self);

/* Bytes that are wiped when the last reference goes; @data is where to write them. */
GBytes *jz_secret_new (gsize length, guint8 **data);

/* OpenSSL refused for a reason that is not the user's; empties its queue of errors. */
void jz_crypto_set_error (GError **error);

/* One block of RFC 7468 in its strict form; anything else is NULL. */
GBytes *jz_pem_to_der (GBytes *pem, const char *label);
GBytes *jz_pem_from_der (GBytes *der, const char *label);

G_END_DECLS
