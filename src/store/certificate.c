/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "store/error.h"

/* Certificates of the bureau's own CA (`format/README.md` §6). Everything that OpenSSL works out
 * lazily is worked out when a certificate is made, so that afterwards threads only read it. */

#define DER_MAX (16 * 1024)
#define PEM_MAX (32 * 1024)
#define PEM_LABEL "CERTIFICATE"
#define SECRET_MAX 4096

struct _JzCertificate {
  gatomicrefcount references;
  X509 *x509;
  EVP_PKEY *public_key;
  GBytes *public_key_der;
  GBytes *der;
  JzHash hash;
  char *common_name;
  gboolean is_ca;
};

/**
 * jz_certificate_ref:
 * @self: a certificate; may be shared by threads
 *
 * Returns: (transfer full): @self
 */
JzCertificate *
jz_certificate_ref (JzCertificate *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * jz_certificate_unref:
 * @self: (transfer full): a certificate
 */
void
jz_certificate_unref (JzCertificate *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  X509_free (self->x509);
  EVP_PKEY_free (self->public_key);
  g_clear_pointer (&self->public_key_der, g_bytes_unref);
  g_clear_pointer (&self->der, g_bytes_unref);
  g_free (self->common_name);
  g_free (self);
}

/* Returns the one common name, NULL where there is none, several, or one that is no plain text. */
static char *
dup_common_name (X509 *x509)
{
  const X509_NAME *name = X509_get_subject_name (x509);
  int position = X509_NAME_get_index_by_NID (name, NID_commonName, -1);
  guint8 *utf8 = NULL;
  char *common_name = NULL;
  int length;

  if (position < 0 || X509_NAME_get_index_by_NID (name, NID_commonName, position) >= 0)
    return NULL;
  length =
    ASN1_STRING_to_UTF8 (&utf8, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, position)));
  if (length > 0 && g_utf8_validate_len ((const char *)utf8, (gsize)length, NULL))
    common_name = g_strndup ((const char *)utf8, (gsize)length);
  OPENSSL_free (utf8);
  return common_name;
}

static GBytes *
dup_public_key_der (X509 *x509)
{
  guint8 *encoded = NULL;
  int length = i2d_X509_PUBKEY (X509_get_X509_PUBKEY (x509), &encoded);
  GBytes *der;

  if (length < 0)
    return NULL;
  der = g_bytes_new (encoded, (gsize)length);
  OPENSSL_free (encoded);
  return der;
}

static gboolean
is_of_our_kind (X509 *x509)
{
  const ASN1_BIT_STRING *signature;

  if (X509_get_version (x509) != X509_VERSION_3 ||
      X509_get_signature_nid (x509) != NID_SM2_with_SM3)
    return FALSE;
  if ((X509_get_extension_flags (x509) & (EXFLAG_INVALID | EXFLAG_CRITICAL)) != 0)
    return FALSE;
  X509_get0_signature (&signature, NULL, x509);
  return jz_signature_is_minimal (ASN1_STRING_get0_data (signature),
                                  (gsize)ASN1_STRING_length (signature));
}

/* Only DER is read: the same certificate with a length written in another way would have another
 * hash and still a good signature. */
static X509 *
decode (GBytes *der)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (der, &length);
  const guint8 *end = data;
  g_autoptr (X509) x509 = NULL;
  guint8 *again = NULL;
  int again_length;
  gboolean is_same;

  if (length == 0 || length > DER_MAX)
    return NULL;
  x509 = d2i_X509 (NULL, &end, (long)length);
  if (x509 == NULL)
    return NULL;
  again_length = i2d_X509 (x509, &again);
  is_same = again_length > 0 && (gsize)again_length == length && memcmp (again, data, length) == 0;
  OPENSSL_free (again);
  return is_same ? g_steal_pointer (&x509) : NULL;
}

/**
 * jz_certificate_new:
 * @der: bytes
 *
 * Returns: (transfer full) (nullable): the certificate; NULL, without an error, where @der is none
 *   of our kind
 */
JzCertificate *
jz_certificate_new (GBytes *der)
{
  g_autoptr (X509) x509 = decode (der);
  g_autoptr (GBytes) public_key_der = NULL;
  g_autoptr (EVP_PKEY) public_key = NULL;
  g_autofree char *common_name = NULL;
  JzCertificate *self;

  if (x509 == NULL || !is_of_our_kind (x509))
    return NULL;
  public_key_der = dup_public_key_der (x509);
  if (public_key_der != NULL)
    public_key = jz_sm2_public_key_of (x509, public_key_der);
  common_name = dup_common_name (x509);
  if (public_key == NULL || common_name == NULL)
    return NULL;
  X509_set0_distinguishing_id (x509, jz_sm2_identity_new ());

  self = g_new0 (JzCertificate, 1);
  g_atomic_ref_count_init (&self->references);
  self->is_ca = X509_check_ca (x509) == 1;
  self->x509 = g_steal_pointer (&x509);
  self->public_key = g_steal_pointer (&public_key);
  self->public_key_der = g_steal_pointer (&public_key_der);
  self->der = g_bytes_ref (der);
  self->common_name = g_steal_pointer (&common_name);
  jz_hash_of (g_bytes_get_data (der, NULL), g_bytes_get_size (der), &self->hash);
  return self;
}

/**
 * jz_certificate_get_x509:
 * @self: a certificate
 *
 * Returns: (transfer none): it as OpenSSL knows it
 */
X509 *
jz_certificate_get_x509 (JzCertificate *self)
{
  return self->x509;
}

/**
 * jz_certificate_from_der:
 * @der: bytes from outside
 * @error: return location
 *
 * Says nothing about who issued it: see jz_certificate_is_issued_by().
 *
 * Returns: (transfer full): the certificate; NULL with %JZ_STORE_ERROR_INVALID unless it is X.509
 *   v3 of at most 16 KiB, signed SM2-with-SM3, with an SM2 key, one common name and no critical
 *   extension that is unknown
 */
JzCertificate *
jz_certificate_from_der (GBytes *der, GError **error)
{
  JzCertificate *self = jz_certificate_new (der);

  ERR_clear_error ();
  if (self == NULL)
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                         _ ("This is not a certificate of the kind that this program uses (X.509 "
                            "with an SM2 key, signed SM2-with-SM3). Choose another file."));
  return self;
}

/**
 * jz_certificate_from_pem:
 * @pem: a certificate file, from outside
 * @error: return location
 *
 * Returns: (transfer full): the certificate; NULL with %JZ_STORE_ERROR_INVALID unless it is one
 *   strict RFC 7468 block, with nothing around it, of what jz_certificate_from_der() reads
 */
JzCertificate *
jz_certificate_from_pem (GBytes *pem, GError **error)
{
  g_autoptr (GBytes) der = NULL;

  if (g_bytes_get_size (pem) <= PEM_MAX)
    der = jz_pem_to_der (pem, PEM_LABEL);
  if (der == NULL) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                         _ ("This is not a certificate file: it must be one block of PEM text and "
                            "nothing else. Choose another file."));
    return NULL;
  }
  return jz_certificate_from_der (der, error);
}

/**
 * jz_certificate_get_der:
 * @self: a certificate
 *
 * Returns: (transfer none): its bytes
 */
GBytes *
jz_certificate_get_der (JzCertificate *self)
{
  return self->der;
}

/**
 * jz_certificate_get_hash:
 * @self: a certificate
 *
 * Returns: (transfer none): SHA-256 of its bytes, which names it everywhere
 */
const JzHash *
jz_certificate_get_hash (JzCertificate *self)
{
  return &self->hash;
}

/**
 * jz_certificate_get_common_name:
 * @self: a certificate
 *
 * Returns: (transfer none): whose it is: a person's id, the store's id, or the name of the CA
 */
const char *
jz_certificate_get_common_name (JzCertificate *self)
{
  return self->common_name;
}

/**
 * jz_certificate_dup_pem:
 * @self: a certificate
 *
 * Returns: (transfer full): it as a file for other programs
 */
GBytes *
jz_certificate_dup_pem (JzCertificate *self)
{
  return jz_pem_from_der (self->der, PEM_LABEL);
}

/**
 * jz_certificate_dup_public_key_der:
 * @self: a certificate
 *
 * Returns: (transfer full): its key as DER SubjectPublicKeyInfo
 */
GBytes *
jz_certificate_dup_public_key_der (JzCertificate *self)
{
  return g_bytes_ref (self->public_key_der);
}

/**
 * jz_certificate_is_ca:
 * @self: a certificate
 *
 * Returns: whether it may issue others
 */
gboolean
jz_certificate_is_ca (JzCertificate *self)
{
  return self->is_ca;
}

/**
 * jz_certificate_is_issued_by:
 * @self: a certificate
 * @ca: who should have issued it
 *
 * Returns: whether @ca is a CA, is named as the issuer, and signed @self
 */
gboolean
jz_certificate_is_issued_by (JzCertificate *self, JzCertificate *ca)
{
  gboolean good =
    ca->is_ca &&
    X509_NAME_cmp (X509_get_issuer_name (self->x509), X509_get_subject_name (ca->x509)) == 0 &&
    X509_verify (self->x509, ca->public_key) == 1;
  ERR_clear_error ();
  return good;
}

/**
 * jz_certificate_is_for_key:
 * @self: a certificate
 * @key: a private key
 *
 * Returns: whether they belong together
 */
gboolean
jz_certificate_is_for_key (JzCertificate *self, JzKey *key)
{
  return EVP_PKEY_eq (self->public_key, jz_key_get_pkey (key)) == 1;
}

/**
 * jz_certificate_verify:
 * @self: a certificate; any number of threads may ask at once
 * @data: (nullable): what was signed
 * @length: its bytes
 * @signature: (nullable): from outside
 * @signature_length: its bytes
 *
 * Returns: whether @signature is minimal DER and is SM2-with-SM3 over @data by the certificate's
 *   key with the identity `1234567812345678` (format §3)
 */
gboolean
jz_certificate_verify (JzCertificate *self,
                       const void *data,
                       gsize length,
                       const void *signature,
                       gsize signature_length)
{
  return jz_sm2_verify (self->public_key, data, length, signature, signature_length);
}

/**
 * jz_certificate_wrap:
 * @self: for whom
 * @secret: at most 4,096 bytes, such as another key in DER
 * @error: return location
 *
 * SM2 public-key encryption: only the certificate's key can open it, and notices a changed byte.
 *
 * Returns: (transfer full): the secret wrapped; NULL with %JZ_STORE_ERROR_FAILED
 */
GBytes *
jz_certificate_wrap (JzCertificate *self, GBytes *secret, GError **error)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (self->public_key, NULL);
  gsize secret_length;
  const guint8 *data = g_bytes_get_data (secret, &secret_length);
  gsize length = 0;
  g_autofree guint8 *wrapped = NULL;

  g_return_val_if_fail (secret_length > 0 && secret_length <= SECRET_MAX, NULL);

  if (context == NULL || EVP_PKEY_encrypt_init (context) != 1 ||
      EVP_PKEY_encrypt (context, NULL, &length, data, secret_length) != 1) {
    jz_crypto_set_error (error);
    return NULL;
  }
  wrapped = g_malloc (length);
  if (EVP_PKEY_encrypt (context, wrapped, &length, data, secret_length) != 1) {
    jz_crypto_set_error (error);
    return NULL;
  }
  return g_bytes_new (wrapped, length);
}
