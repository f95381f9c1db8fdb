/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "store/error.h"

/* A key file is PKCS#8 in PEM, encrypted by PBES2 with the one set of parameters of
 * `format/README.md` §6. They are compared before anything is derived from the password, so that a
 * hostile file can ask neither for memory nor for time.
 *
 * The decryption is done here and not by PKCS8_decrypt() because the clear text begins in a known
 * way: where it does, the password was right, and whatever is wrong after that is damage. */

#define SCRYPT_N 16384
#define SCRYPT_R 8
#define SCRYPT_P 1
#define SCRYPT_MAX_MEMORY (64 * 1024 * 1024)
#define SALT_LENGTH 16
#define SALT_MIN 8
#define SALT_MAX 64
#define AES_KEY_LENGTH 32
#define AES_BLOCK 16
#define PEM_LABEL "ENCRYPTED PRIVATE KEY"
#define PEM_MAX 4096
#define PASSWORD_MAX 1024

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PBE2PARAM, PBE2PARAM_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SCRYPT_PARAMS, SCRYPT_PARAMS_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_ALGOR, X509_ALGOR_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_SIG, X509_SIG_free)

static gboolean
check_password_length (const char *password, GError **error)
{
  if (strlen (password) <= PASSWORD_MAX)
    return TRUE;
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("The password is longer than %d bytes. Choose a shorter one."), PASSWORD_MAX);
  return FALSE;
}

static X509_SIG *
encrypt (EVP_PKEY *pkey, const char *password)
{
  g_autoptr (PKCS8_PRIV_KEY_INFO) info = EVP_PKEY2PKCS8 (pkey);
  g_autoptr (X509_ALGOR) method = NULL;
  X509_SIG *sealed;

  if (info == NULL)
    return NULL;
  method = PKCS5_pbe2_set_scrypt (EVP_aes_256_cbc (), NULL, SALT_LENGTH, NULL, SCRYPT_N, SCRYPT_R,
                                  SCRYPT_P);
  if (method == NULL)
    return NULL;
  sealed = PKCS8_set0_pbe (password, (int)strlen (password), info, method);
  if (sealed != NULL)
    method = NULL; /* it belongs to the result now */
  return sealed;
}

/**
 * jz_key_to_pem:
 * @self: a key
 * @password: of at most 1,024 bytes
 * @error: return location
 *
 * Returns: (transfer full): a key file as `format/README.md` §6 says, with new salt and vector each
 *   time; NULL with %JZ_STORE_ERROR_INVALID or %JZ_STORE_ERROR_FAILED
 */
GBytes *
jz_key_to_pem (JzKey *self, const char *password, GError **error)
{
  g_autoptr (X509_SIG) sealed = NULL;
  g_autoptr (GBytes) der = NULL;
  guint8 *encoded = NULL;
  int length;

  g_return_val_if_fail (password != NULL, NULL);

  if (!check_password_length (password, error))
    return NULL;
  sealed = encrypt (jz_key_get_pkey (self), password);
  length = sealed != NULL ? i2d_X509_SIG (sealed, &encoded) : -1;
  if (length < 0) {
    jz_crypto_set_error (error);
    return NULL;
  }
  der = g_bytes_new (encoded, (gsize)length);
  OPENSSL_free (encoded);
  return jz_pem_from_der (der, PEM_LABEL);
}

static gboolean
is_number (const ASN1_INTEGER *integer, guint64 number)
{
  guint64 value;
  return integer != NULL && ASN1_INTEGER_get_uint64 (&value, integer) == 1 && value == number;
}

/* Returns the parameters of @method where it is the algorithm @nid with a SEQUENCE of them. */
static gpointer
unpack (const X509_ALGOR *method, int nid, const ASN1_ITEM *item)
{
  if (method == NULL || OBJ_obj2nid (method->algorithm) != nid)
    return NULL;
  return ASN1_TYPE_unpack_sequence (item, method->parameter);
}

static const ASN1_OCTET_STRING *
find_salt (const SCRYPT_PARAMS *scrypt)
{
  int length;

  if (!is_number (scrypt->costParameter, SCRYPT_N) || !is_number (scrypt->blockSize, SCRYPT_R) ||
      !is_number (scrypt->parallelizationParameter, SCRYPT_P))
    return NULL;
  if (scrypt->keyLength != NULL && !is_number (scrypt->keyLength, AES_KEY_LENGTH))
    return NULL;
  length = ASN1_STRING_length (scrypt->salt);
  return length >= SALT_MIN && length <= SALT_MAX ? scrypt->salt : NULL;
}

static const guint8 *
find_vector (const X509_ALGOR *encryption)
{
  const ASN1_OCTET_STRING *vector;

  if (OBJ_obj2nid (encryption->algorithm) != NID_aes_256_cbc || encryption->parameter == NULL ||
      encryption->parameter->type != V_ASN1_OCTET_STRING)
    return NULL;
  vector = encryption->parameter->value.octet_string;
  return ASN1_STRING_length (vector) == AES_BLOCK ? ASN1_STRING_get0_data (vector) : NULL;
}

static gboolean
decrypt_blocks (const char *password,
                const ASN1_OCTET_STRING *salt,
                const guint8 *vector,
                const ASN1_OCTET_STRING *content,
                guint8 *clear)
{
  guint8 key[AES_KEY_LENGTH];
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  int n = 0;
  gboolean done;

  done = context != NULL &&
         EVP_PBE_scrypt (password, strlen (password), ASN1_STRING_get0_data (salt),
                         (gsize)ASN1_STRING_length (salt), SCRYPT_N, SCRYPT_R, SCRYPT_P,
                         SCRYPT_MAX_MEMORY, key, sizeof key) == 1 &&
         EVP_DecryptInit_ex2 (context, EVP_aes_256_cbc (), key, vector, NULL) == 1 &&
         EVP_CIPHER_CTX_set_padding (context, 0) == 1 &&
         EVP_DecryptUpdate (context, clear, &n, ASN1_STRING_get0_data (content),
                            ASN1_STRING_length (content)) == 1 &&
         n == ASN1_STRING_length (content);
  OPENSSL_cleanse (key, sizeof key);
  return done;
}

/* Whether @clear begins as every PKCS#8 key of version 0 that is shorter than 256 bytes does. A
 * wrong password gives that by chance once in 2^48 times. */
static gboolean
looks_like_key (const guint8 *clear)
{
  static const guint8 version_and_sequence[] = { 0x02, 0x01, 0x00, 0x30 };
  const guint8 *content = clear + (clear[1] == 0x81 ? 3 : 2);

  return clear[0] == 0x30 && clear[1] <= 0x81 &&
         memcmp (content, version_and_sequence, sizeof version_and_sequence) == 0;
}

/* Returns the number of bytes before the padding of RFC 8018 §6.1.1, 0 where there is none. */
static gsize
measure_unpadded (const guint8 *clear, gsize length)
{
  guint8 n = clear[length - 1];

  if (n < 1 || n > AES_BLOCK)
    return 0;
  for (gsize i = length - n; i < length; i++) {
    if (clear[i] != n)
      return 0;
  }
  return length - n;
}

static JzKey *
read_clear (GBytes *clear, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (clear, &length);
  g_autoptr (GBytes) der = NULL;

  if (!looks_like_key (data)) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD,
                         _ ("The password does not open this key. Check the keyboard and type it "
                            "again."));
    return NULL;
  }
  der = g_bytes_new_from_bytes (clear, 0, measure_unpadded (data, length));
  return jz_key_from_der (der, error);
}

static JzKey *
decrypt (const X509_SIG *sealed, const char *password, GError **error)
{
  const X509_ALGOR *method;
  const ASN1_OCTET_STRING *content;
  const ASN1_OCTET_STRING *salt;
  const guint8 *vector;
  g_autoptr (PBE2PARAM) parameters = NULL;
  g_autoptr (SCRYPT_PARAMS) scrypt = NULL;
  g_autoptr (GBytes) clear = NULL;
  guint8 *data;

  X509_SIG_get0 (sealed, &method, &content);
  parameters = unpack (method, NID_pbes2, ASN1_ITEM_rptr (PBE2PARAM));
  if (parameters != NULL)
    scrypt = unpack (parameters->keyfunc, NID_id_scrypt, ASN1_ITEM_rptr (SCRYPT_PARAMS));
  salt = scrypt != NULL ? find_salt (scrypt) : NULL;
  vector = salt != NULL ? find_vector (parameters->encryption) : NULL;
  if (vector == NULL || ASN1_STRING_length (content) < AES_BLOCK ||
      ASN1_STRING_length (content) % AES_BLOCK != 0) {
    jz_key_set_damaged (error);
    return NULL;
  }
  clear = jz_secret_new ((gsize)ASN1_STRING_length (content), &data);
  if (!decrypt_blocks (password, salt, vector, content, data)) {
    jz_crypto_set_error (error);
    return NULL;
  }
  return read_clear (clear, error);
}

/**
 * jz_key_from_pem:
 * @pem: a key file, from outside
 * @password: what opens it
 * @error: return location
 *
 * Takes about 16 MiB and some tens of milliseconds for a file of the right form, and nothing for
 * any other. A change in the salt, or in the first block, cannot be told from a wrong password.
 *
 * Returns: (transfer full): the private key; NULL with %JZ_STORE_ERROR_PASSWORD,
 *   %JZ_STORE_ERROR_DAMAGED, %JZ_STORE_ERROR_INVALID (a password of more than 1,024 bytes) or
 *   %JZ_STORE_ERROR_FAILED
 */
JzKey *
jz_key_from_pem (GBytes *pem, const char *password, GError **error)
{
  g_autoptr (GBytes) der = NULL;
  g_autoptr (X509_SIG) sealed = NULL;
  const guint8 *data = NULL;
  const guint8 *end = NULL;
  gsize length = 0;

  g_return_val_if_fail (password != NULL, NULL);

  if (!check_password_length (password, error))
    return NULL;
  if (g_bytes_get_size (pem) <= PEM_MAX)
    der = jz_pem_to_der (pem, PEM_LABEL);
  if (der != NULL) {
    data = g_bytes_get_data (der, &length);
    end = data;
    sealed = d2i_X509_SIG (NULL, &end, (long)length);
  }
  if (sealed == NULL || end != data + length) {
    jz_key_set_damaged (error);
    return NULL;
  }
  return decrypt (sealed, password, error);
}
