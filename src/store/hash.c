/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/hash.h"

#include <string.h>

#include <openssl/evp.h>

/* SHA-256 through OpenSSL, which uses the processor's own instructions; the algorithm is fetched
 * once because fetching it costs more than hashing an entry. */

struct _JzHasher {
  EVP_MD_CTX *context;
};

static const EVP_MD *
get_algorithm (void)
{
  static const EVP_MD *algorithm = NULL;
  if (g_once_init_enter (&algorithm)) {
    const EVP_MD *fetched = EVP_MD_fetch (NULL, "SHA256", NULL);
    g_assert (fetched != NULL);
    g_once_init_leave (&algorithm, fetched);
  }
  return algorithm;
}

static JzHasher *
get_hasher_of_thread (void)
{
  static GPrivate hashers = G_PRIVATE_INIT ((GDestroyNotify)jz_hasher_free);
  JzHasher *hasher = g_private_get (&hashers);
  if (hasher == NULL) {
    hasher = jz_hasher_new ();
    g_private_set (&hashers, hasher);
  }
  return hasher;
}

/**
 * jz_hash_of:
 * @data: (nullable): bytes
 * @length: their number
 * @hash: (out): their SHA-256
 */
void
jz_hash_of (const void *data, gsize length, JzHash *hash)
{
  jz_hash_of_two (data, length, NULL, 0, hash);
}

/**
 * jz_hash_of_two:
 * @a: (nullable): bytes
 * @a_length: their number
 * @b: (nullable): the bytes that follow
 * @b_length: their number
 * @hash: (out): SHA-256 of a ‖ b
 */
void
jz_hash_of_two (const void *a, gsize a_length, const void *b, gsize b_length, JzHash *hash)
{
  JzHasher *hasher = get_hasher_of_thread ();
  jz_hasher_update (hasher, a, a_length);
  jz_hasher_update (hasher, b, b_length);
  jz_hasher_finish (hasher, hash);
}

/**
 * jz_hash_equal:
 * @a: a hash
 * @b: a hash
 *
 * Returns: whether they are the same
 */
gboolean
jz_hash_equal (const JzHash *a, const JzHash *b)
{
  return memcmp (a->bytes, b->bytes, JZ_HASH_LENGTH) == 0;
}

/**
 * jz_hash_to_hex:
 * @hash: a hash
 * @hex: (out): 64 lower-case hex digits and a NUL
 */
void
jz_hash_to_hex (const JzHash *hash, char hex[JZ_HASH_HEX_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  for (int i = 0; i < JZ_HASH_LENGTH; i++) {
    hex[2 * i] = digits[hash->bytes[i] >> 4];
    hex[2 * i + 1] = digits[hash->bytes[i] & 15];
  }
  hex[2 * JZ_HASH_LENGTH] = '\0';
}

/**
 * jz_hash_from_hex:
 * @hex: (nullable): a text
 * @hash: (out): written only on success
 *
 * Returns: whether @hex is exactly 64 lower-case hex digits
 */
gboolean
jz_hash_from_hex (const char *hex, JzHash *hash)
{
  JzHash read;

  if (hex == NULL || strlen (hex) != 2 * JZ_HASH_LENGTH)
    return FALSE;
  for (int i = 0; i < 2 * JZ_HASH_LENGTH; i++) {
    int digit = g_ascii_xdigit_value (hex[i]);
    if (digit < 0 || g_ascii_isupper (hex[i]))
      return FALSE;
    read.bytes[i / 2] = (guint8)(i % 2 == 0 ? digit << 4 : read.bytes[i / 2] | digit);
  }
  *hash = read;
  return TRUE;
}

/**
 * jz_hash_to_base64:
 * @hash: a hash
 *
 * Returns: (transfer full): it in base64 with padding, as checkpoints and proofs write it
 */
char *
jz_hash_to_base64 (const JzHash *hash)
{
  return g_base64_encode (hash->bytes, JZ_HASH_LENGTH);
}

/**
 * jz_hash_from_base64:
 * @text: (nullable): a text
 * @hash: (out): written only on success
 *
 * Returns: whether @text is the one base64 form of 32 bytes
 */
gboolean
jz_hash_from_base64 (const char *text, JzHash *hash)
{
  gsize length = 0;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *again = NULL;

  if (text == NULL || strlen (text) != 44)
    return FALSE;
  bytes = g_base64_decode (text, &length);
  if (length != JZ_HASH_LENGTH)
    return FALSE;
  again = g_base64_encode (bytes, length);
  if (strcmp (again, text) != 0)
    return FALSE;
  memcpy (hash->bytes, bytes, JZ_HASH_LENGTH);
  return TRUE;
}

/**
 * jz_hasher_new:
 *
 * Returns: (transfer full): a SHA-256 that takes its bytes in pieces
 */
JzHasher *
jz_hasher_new (void)
{
  JzHasher *self = g_new0 (JzHasher, 1);
  self->context = EVP_MD_CTX_new ();
  g_assert (EVP_DigestInit_ex2 (self->context, get_algorithm (), NULL) == 1);
  return self;
}

/**
 * jz_hasher_update:
 * @self: a hasher
 * @data: (nullable): the next bytes
 * @length: their number
 */
void
jz_hasher_update (JzHasher *self, const void *data, gsize length)
{
  if (length > 0)
    g_assert (EVP_DigestUpdate (self->context, data, length) == 1);
}

/**
 * jz_hasher_finish:
 * @self: a hasher
 * @hash: (out): SHA-256 of all bytes since the last finish
 */
void
jz_hasher_finish (JzHasher *self, JzHash *hash)
{
  g_assert (EVP_DigestFinal_ex (self->context, hash->bytes, NULL) == 1);
  g_assert (EVP_DigestInit_ex2 (self->context, NULL, NULL) == 1);
}

/**
 * jz_hasher_free:
 * @self: (transfer full): a hasher
 */
void
jz_hasher_free (JzHasher *self)
{
  EVP_MD_CTX_free (self->context);
  g_free (self);
}
