/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "store/hash.h"

G_BEGIN_DECLS

typedef struct _JzKey JzKey;
typedef struct _JzCertificate JzCertificate;

/* A private SM2 key. */
JzKey *jz_key_generate (GError **error);
JzKey *jz_key_ref (JzKey *self);
void jz_key_unref (JzKey *self);
GBytes *jz_key_to_pem (JzKey *self, const char *password, GError **error);
JzKey *jz_key_from_pem (GBytes *pem, const char *password, GError **error);
GBytes *jz_key_to_der (JzKey *self, GError **error);
JzKey *jz_key_from_der (GBytes *der, GError **error);
GBytes *jz_key_sign (JzKey *self, const void *data, gsize length, GError **error);
GBytes *jz_key_unwrap (JzKey *self, GBytes *wrapped, GError **error);

/* A certificate; its hash (SHA-256 of the DER) names it everywhere. */
JzCertificate *jz_certificate_issue (JzKey *subject,
                                     const char *common_name,
                                     JzKey *ca_key,
                                     JzCertificate *ca,
                                     JzInstant from,
                                     GError **error);
JzCertificate *jz_certificate_from_der (GBytes *der, GError **error);
JzCertificate *jz_certificate_from_pem (GBytes *pem, GError **error);
JzCertificate *jz_certificate_ref (JzCertificate *self);
void jz_certificate_unref (JzCertificate *self);
GBytes *jz_certificate_get_der (JzCertificate *self);
const JzHash *jz_certificate_get_hash (JzCertificate *self);
const char *jz_certificate_get_common_name (JzCertificate *self);
GBytes *jz_certificate_dup_pem (JzCertificate *self);
GBytes *jz_certificate_dup_public_key_der (JzCertificate *self);
gboolean jz_certificate_is_ca (JzCertificate *self);
gboolean jz_certificate_is_issued_by (JzCertificate *self, JzCertificate *ca);
gboolean jz_certificate_is_for_key (JzCertificate *self, JzKey *key);
gboolean jz_certificate_verify (JzCertificate *self,
                                const void *data,
                                gsize length,
                                const void *signature,
                                gsize signature_length);
GBytes *jz_certificate_wrap (JzCertificate *self, GBytes *secret, GError **error);

gboolean jz_signature_is_minimal (const void *signature, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzKey, jz_key_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCertificate, jz_certificate_unref)

G_END_DECLS
