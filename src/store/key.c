/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include "store/error.h"
#include "store/key-private.h"

#define WRAPPED_MAX 8192

/* PKCS#8 of an SM2 key with RFC 5915 inside: everything but the number (32 bytes, after the start)
 * and the point (64 bytes, after the middle), so that one key has one DER form. */
static const guint8 der_start[] = {
  0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86,
  0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55,
  0x01, 0x82, 0x2d, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20,
};
static const guint8 der_middle[] = { 0xa1, 0x44, 0x03, 0x42, 0x00, 0x04 };

struct _JzKey {
  gatomicrefcount references;
  EVP_PKEY *pkey;
};

typedef struct {
  gsize length;
  guint8 bytes[];
} Secret;

static void
free_secret (gpointer data)
{
  Secret *secret = data;
  OPENSSL_cleanse (secret->bytes, secret->length);
  g_free (secret);
}

/**
 * jz_secret_new:
 * @length: number of bytes
 * @data: (out): where to write them, before anybody else sees the result
 *
 * Returns: (transfer full): zeroes that are wiped when the last reference goes
 */
GBytes *
jz_secret_new (gsize length, guint8 **data)
{
  Secret *secret = g_malloc0 (sizeof *secret + length);
  secret->length = length;
  *data = secret->bytes;
  return g_bytes_new_with_free_func (secret->bytes, length, free_secret, secret);
}

static JzKey *
key_new_take (EVP_PKEY *pkey)
{
  JzKey *self = g_new0 (JzKey, 1);
  g_atomic_ref_count_init (&self->references);
  self->pkey = pkey;
  return self;
}

/**
 * jz_key_generate:
 * @error: return location
 *
 * Returns: (transfer full): a new private SM2 key, or NULL with %JZ_STORE_ERROR_FAILED
 */
JzKey *
jz_key_generate (GError **error)
{
  EVP_PKEY *pkey = EVP_PKEY_Q_keygen (NULL, NULL, "SM2");
  if (pkey == NULL) {
    jz_crypto_set_error (error);
    return NULL;
  }
  return key_new_take (pkey);
}

/**
 * jz_key_ref:
 * @self: a key; may be shared by threads
 *
 * Returns: (transfer full): @self
 */
JzKey *
jz_key_ref (JzKey *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * jz_key_unref:
 * @self: (transfer full): a key; its secret is wiped with the last reference
 */
void
jz_key_unref (JzKey *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  EVP_PKEY_free (self->pkey);
  g_free (self);
}

/**
 * jz_key_get_pkey:
 * @self: a key
 *
 * Returns: (transfer none): it as OpenSSL knows it
 */
EVP_PKEY *
jz_key_get_pkey (JzKey *self)
{
  return self->pkey;
}

/**
 * jz_key_set_damaged:
 * @error: (out) (nullable): where the error goes
 *
 * Sets %JZ_STORE_ERROR_DAMAGED with the one sentence for every key that cannot be read.
 */
void
jz_key_set_damaged (GError **error)
{
  ERR_clear_error ();
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                       _ ("The key is damaged, or it is not one that this program wrote. Take it "
                          "from a backup, or have a new one made."));
}

static gboolean
is_of_one_form (const guint8 *der, gsize length)
{
  return length == sizeof der_start + 32 + sizeof der_middle + 64 &&
         memcmp (der, der_start, sizeof der_start) == 0 &&
         memcmp (der + sizeof der_start + 32, der_middle, sizeof der_middle) == 0;
}

static gboolean
is_sm2_pair (EVP_PKEY *pkey)
{
  g_autoptr (EVP_PKEY_CTX) context = NULL;

  if (!EVP_PKEY_is_a (pkey, "SM2"))
    return FALSE;
  context = EVP_PKEY_CTX_new (pkey, NULL);
  return context != NULL && EVP_PKEY_check (context) == 1;
}

/**
 * jz_key_to_der:
 * @self: a key
 * @error: return location
 *
 * For wrapping; it is never written to a disk in this form.
 *
 * Returns: (transfer full): it as PKCS#8 DER in clear, wiped when freed; NULL with
 *   %JZ_STORE_ERROR_FAILED
 */
GBytes *
jz_key_to_der (JzKey *self, GError **error)
{
  g_autoptr (PKCS8_PRIV_KEY_INFO) info = EVP_PKEY2PKCS8 (self->pkey);
  guint8 *encoded = NULL;
  guint8 *data;
  GBytes *der;
  int length = info != NULL ? i2d_PKCS8_PRIV_KEY_INFO (info, &encoded) : -1;

  if (length < 0) {
    jz_crypto_set_error (error);
    return NULL;
  }
  der = jz_secret_new ((gsize)length, &data);
  memcpy (data, encoded, (gsize)length);
  OPENSSL_clear_free (encoded, (gsize)length);
  return der;
}

/**
 * jz_key_from_der:
 * @der: PKCS#8 DER in clear
 * @error: return location
 *
 * Returns: (transfer full): the private key; NULL with %JZ_STORE_ERROR_DAMAGED unless its two
 * halves belong together and @der is what jz_key_to_der() writes for it
 */
JzKey *
jz_key_from_der (GBytes *der, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (der, &length);
  const guint8 *end = data;
  g_autoptr (PKCS8_PRIV_KEY_INFO) info = NULL;
  g_autoptr (EVP_PKEY) pkey = NULL;

  if (is_of_one_form (data, length))
    info = d2i_PKCS8_PRIV_KEY_INFO (NULL, &end, (long)length);
  if (info != NULL)
    pkey = EVP_PKCS82PKEY (info);
  if (pkey == NULL || !is_sm2_pair (pkey)) {
    jz_key_set_damaged (error);
    return NULL;
  }
  ERR_clear_error ();
  return key_new_take (g_steal_pointer (&pkey));
}

/**
 * jz_key_sign:
 * @self: a key; it may be in use by other threads
 * @data: (nullable): what to sign
 * @length: its bytes
 * @error: return location
 *
 * Returns: (transfer full): SM2-with-SM3 in DER, identity `1234567812345678` (format §3); NULL with
 *   %JZ_STORE_ERROR_FAILED
 */
GBytes *
jz_key_sign (JzKey *self, const void *data, gsize length, GError **error)
{
  g_auto (JzSm2) sm2 = { NULL, NULL };
  guint8 signature[128];
  gsize signature_length = sizeof signature;

  if (!jz_sm2_begin_sign (&sm2, self->pkey) ||
      EVP_DigestSign (sm2.digest, signature, &signature_length, length > 0 ? data : "", length) !=
        1) {
    jz_crypto_set_error (error);
    return NULL;
  }
  return g_bytes_new (signature, signature_length);
}

/**
 * jz_key_unwrap:
 * @self: the key for which it was wrapped
 * @wrapped: what jz_certificate_wrap() gave
 * @error: return location
 *
 * Returns: (transfer full): the secret, wiped when freed; NULL with %JZ_STORE_ERROR_DAMAGED where
 *   it was altered or wrapped for another key
 */
GBytes *
jz_key_unwrap (JzKey *self, GBytes *wrapped, GError **error)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (self->pkey, NULL);
  gsize wrapped_length;
  const guint8 *data = g_bytes_get_data (wrapped, &wrapped_length);
  gsize length = 0;
  g_autoptr (GBytes) secret = NULL;
  guint8 *clear;

  if (wrapped_length > 0 && wrapped_length <= WRAPPED_MAX && context != NULL &&
      EVP_PKEY_decrypt_init (context) == 1 &&
      EVP_PKEY_decrypt (context, NULL, &length, data, wrapped_length) == 1) {
    secret = jz_secret_new (length, &clear);
    if (EVP_PKEY_decrypt (context, clear, &length, data, wrapped_length) == 1)
      return g_bytes_new_from_bytes (secret, 0, length);
  }
  ERR_clear_error ();
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                       _ ("A wrapped key does not open: it is damaged, or it was wrapped for "
                          "another person. Have it wrapped again by somebody who can open it."));
  return NULL;
}
