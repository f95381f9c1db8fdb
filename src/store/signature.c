/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

#include "store/error.h"

/* SM2-with-SM3 as `format/README.md` §3 and §6 ask for it. The identity is always set by hand: the
 * one that a library takes by itself differs between versions. */

static const char sm2_identity[] = "1234567812345678";

/* SEQUENCE { SEQUENCE { id-ecPublicKey, sm2 }, BIT STRING { 04 ‖ x ‖ y } } up to the point: the
 * named curve and the uncompressed point, so that one key has one DER form and one hash. */
static const guint8 public_key_start[] = {
  0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06,
  0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00, 0x04,
};
#define PUBLIC_KEY_LENGTH (sizeof public_key_start + 64)

/* An integer below 2^256 with the zero byte that keeps it positive */
#define INTEGER_MAX 33

/* Returns the number of bytes of the INTEGER at @data, 0 where it is not a minimal positive one. */
static gsize
measure_integer (const guint8 *data, gsize length)
{
  gsize n;

  if (length < 3 || data[0] != 0x02)
    return 0;
  n = data[1];
  if (n < 1 || n > INTEGER_MAX || n > length - 2)
    return 0;
  if (data[2] >= 0x80)
    return 0;
  if (data[2] == 0 && (n == 1 || data[3] < 0x80))
    return 0;
  return 2 + n;
}

/**
 * jz_signature_is_minimal:
 * @signature: (nullable): bytes from outside
 * @length: their number
 *
 * Returns: whether they are a DER SEQUENCE of two positive INTEGERs of at most 33 bytes, each
 *   written the shortest way, with nothing after it (format §3)
 */
gboolean
jz_signature_is_minimal (const void *signature, gsize length)
{
  const guint8 *data = signature;
  gsize first;
  gsize second;

  if (length < 2 || data[0] != 0x30 || data[1] != length - 2)
    return FALSE;
  first = measure_integer (data + 2, length - 2);
  if (first == 0)
    return FALSE;
  second = measure_integer (data + 2 + first, length - 2 - first);
  return second != 0 && 2 + first + second == length;
}

static gboolean
begin (JzSm2 *self, EVP_PKEY *key)
{
  self->identity = EVP_PKEY_CTX_new (key, NULL);
  self->digest = EVP_MD_CTX_new ();
  if (self->identity == NULL || self->digest == NULL)
    return FALSE;
  if (EVP_PKEY_CTX_set1_id (self->identity, sm2_identity, (int)strlen (sm2_identity)) != 1)
    return FALSE;
  EVP_MD_CTX_set_pkey_ctx (self->digest, self->identity);
  return TRUE;
}

/**
 * jz_sm2_begin_sign:
 * @self: (out caller-allocates): zeroed, declared with g_auto
 * @key: a private SM2 key
 *
 * Returns: whether OpenSSL is ready to sign
 */
gboolean
jz_sm2_begin_sign (JzSm2 *self, EVP_PKEY *key)
{
  return begin (self, key) && EVP_DigestSignInit (self->digest, NULL, EVP_sm3 (), NULL, key) == 1;
}

/**
 * jz_sm2_end:
 * @self: what a begin filled, or zeroes
 */
void
jz_sm2_end (JzSm2 *self)
{
  g_clear_pointer (&self->digest, EVP_MD_CTX_free);
  g_clear_pointer (&self->identity, EVP_PKEY_CTX_free);
}

/**
 * jz_sm2_identity_new:
 *
 * Returns: (transfer full): the identity in the form in which a certificate keeps it
 */
ASN1_OCTET_STRING *
jz_sm2_identity_new (void)
{
  ASN1_OCTET_STRING *identity = ASN1_OCTET_STRING_new ();
  g_assert (identity != NULL);
  g_assert (ASN1_OCTET_STRING_set (identity, (const guint8 *)sm2_identity,
                                   (int)strlen (sm2_identity)) == 1);
  return identity;
}

/**
 * jz_sm2_verify:
 * @key: a public SM2 key; it may be in use by other threads
 * @data: (nullable): what was signed
 * @length: its bytes
 * @signature: (nullable): DER
 * @signature_length: its bytes
 *
 * Returns: whether @signature is minimal DER and is the key's over @data
 */
gboolean
jz_sm2_verify (EVP_PKEY *key,
               const void *data,
               gsize length,
               const void *signature,
               gsize signature_length)
{
  g_auto (JzSm2) sm2 = { NULL, NULL };
  gboolean good;

  if (!jz_signature_is_minimal (signature, signature_length))
    return FALSE;
  good =
    begin (&sm2, key) && EVP_DigestVerifyInit (sm2.digest, NULL, EVP_sm3 (), NULL, key) == 1 &&
    EVP_DigestVerify (sm2.digest, signature, signature_length, length > 0 ? data : "", length) == 1;
  ERR_clear_error ();
  return good;
}

static gboolean
has_our_form (GBytes *der)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (der, &length);

  return length == PUBLIC_KEY_LENGTH &&
         memcmp (data, public_key_start, sizeof public_key_start) == 0;
}

static gboolean
is_on_curve (EVP_PKEY *key)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (key, NULL);

  return context != NULL && EVP_PKEY_is_a (key, "SM2") && EVP_PKEY_public_check (context) == 1;
}

/**
 * jz_sm2_public_key_from_der:
 * @der: DER SubjectPublicKeyInfo from outside
 *
 * Returns: (transfer full) (nullable): the key; NULL unless @der names the curve SM2 and gives an
 *   uncompressed point that lies on it
 */
EVP_PKEY *
jz_sm2_public_key_from_der (GBytes *der)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (der, &length);
  const guint8 *end = data;
  g_autoptr (EVP_PKEY) key = has_our_form (der) ? d2i_PUBKEY (NULL, &end, (long)length) : NULL;
  gboolean good = key != NULL && end == data + length && is_on_curve (key);

  ERR_clear_error ();
  return good ? g_steal_pointer (&key) : NULL;
}

/**
 * jz_sm2_public_key_of:
 * @x509: a certificate from outside
 * @der: DER SubjectPublicKeyInfo of its key
 *
 * OpenSSL has decoded the key with the certificate; decoding it again would take as long as
 * checking a signature.
 *
 * Returns: (transfer full) (nullable): what jz_sm2_public_key_from_der() would return of @der
 */
EVP_PKEY *
jz_sm2_public_key_of (X509 *x509, GBytes *der)
{
  g_autoptr (EVP_PKEY) key = has_our_form (der) ? X509_get_pubkey (x509) : NULL;
  gboolean good = key != NULL && is_on_curve (key);

  ERR_clear_error ();
  return good ? g_steal_pointer (&key) : NULL;
}

/**
 * jz_crypto_set_error:
 * @error: (out) (nullable): where the error goes
 *
 * Sets %JZ_STORE_ERROR_FAILED with OpenSSL's reason for what it refused last, and empties its queue
 * so that the reason is not told again of something else.
 */
void
jz_crypto_set_error (GError **error)
{
  const char *reason = ERR_reason_error_string (ERR_peek_last_error ());

  ERR_clear_error ();
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED,
               _ ("The cryptographic library OpenSSL refused what the program asked of it (%s). "
                  "Nothing was changed; please report this as a fault of the program."),
               reason != NULL ? reason : "?");
}
