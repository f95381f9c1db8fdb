/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key-private.h"

#include <glib/gi18n-lib.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "store/error.h"

/* How the bureau's CA makes certificates; reading and using them is in certificate.c. */

#define SERIAL_LENGTH 20
#define NAME_MAX_CHARACTERS 64
#define VALID_YEARS 100

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_NAME, X509_NAME_free)

static gboolean
set_serial (X509 *x509)
{
  guint8 serial[SERIAL_LENGTH];
  g_autoptr (BIGNUM) number = NULL;

  do {
    if (RAND_bytes (serial, sizeof serial) != 1)
      return FALSE;
    serial[0] &= 0x7f;
  } while (serial[0] == 0); /* which would make it shorter than 20 bytes */
  number = BN_bin2bn (serial, sizeof serial, NULL);
  return number != NULL && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (x509)) != NULL;
}

static gboolean
set_validity (X509 *x509, JzInstant from)
{
  gint64 seconds = from / 1000 - (from % 1000 < 0 ? 1 : 0);
  g_autoptr (GDateTime) begin = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) end = begin != NULL ? g_date_time_add_years (begin, VALID_YEARS) : NULL;

  return end != NULL &&
         ASN1_TIME_set (X509_getm_notBefore (x509), g_date_time_to_unix (begin)) != NULL &&
         ASN1_TIME_set (X509_getm_notAfter (x509), g_date_time_to_unix (end)) != NULL;
}

static gboolean
set_names (X509 *x509, const char *common_name, X509 *issuer)
{
  g_autoptr (X509_NAME) name = X509_NAME_new ();

  return name != NULL &&
         X509_NAME_add_entry_by_NID (name, NID_commonName, MBSTRING_UTF8,
                                     (const guint8 *)common_name, -1, -1, 0) == 1 &&
         X509_set_subject_name (x509, name) == 1 &&
         X509_set_issuer_name (x509, X509_get_subject_name (issuer)) == 1;
}

static gboolean
add_extensions (X509 *x509, X509 *issuer)
{
  gboolean is_ca = x509 == issuer;
  const struct {
    int nid;
    const char *value;
  } extensions[] = {
    { NID_basic_constraints, is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE" },
    { NID_key_usage, is_ca ? "critical,keyCertSign" : "critical,digitalSignature" },
    { NID_subject_key_identifier, "hash" },
    { NID_authority_key_identifier, "keyid:always" },
  };
  X509V3_CTX context;

  X509V3_set_ctx_nodb (&context);
  X509V3_set_ctx (&context, issuer, x509, NULL, NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++) {
    g_autoptr (X509_EXTENSION) extension =
      X509V3_EXT_conf_nid (NULL, &context, extensions[i].nid, extensions[i].value);
    if (extension == NULL || X509_add_ext (x509, extension, -1) != 1)
      return FALSE;
  }
  return TRUE;
}

static GBytes *
sign_certificate (X509 *x509, EVP_PKEY *ca_key)
{
  g_auto (JzSm2) sm2 = { NULL, NULL };
  guint8 *encoded = NULL;
  GBytes *der;
  int length;

  if (!jz_sm2_begin_sign (&sm2, ca_key) || X509_sign_ctx (x509, sm2.digest) <= 0)
    return NULL;
  length = i2d_X509 (x509, &encoded);
  if (length < 0)
    return NULL;
  der = g_bytes_new (encoded, (gsize)length);
  OPENSSL_free (encoded);
  return der;
}

static GBytes *
make_certificate (EVP_PKEY *subject,
                  const char *common_name,
                  EVP_PKEY *ca_key,
                  JzCertificate *ca,
                  JzInstant from)
{
  g_autoptr (X509) x509 = X509_new ();
  X509 *issuer = ca != NULL ? jz_certificate_get_x509 (ca) : x509;

  if (x509 == NULL || X509_set_version (x509, X509_VERSION_3) != 1 || !set_serial (x509) ||
      !set_validity (x509, from) || !set_names (x509, common_name, issuer) ||
      X509_set_pubkey (x509, subject) != 1 || !add_extensions (x509, issuer))
    return NULL;
  return sign_certificate (x509, ca_key);
}

static gboolean
check_common_name (const char *common_name, GError **error)
{
  if (*common_name != '\0' && g_utf8_validate (common_name, -1, NULL) &&
      g_utf8_strlen (common_name, -1) <= NAME_MAX_CHARACTERS)
    return TRUE;
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("A certificate needs a name of 1 to %d characters. Choose another name."),
               NAME_MAX_CHARACTERS);
  return FALSE;
}

static gboolean
check_authority (JzKey *ca_key, JzCertificate *ca, GError **error)
{
  if (ca == NULL || (jz_certificate_is_ca (ca) && jz_certificate_is_for_key (ca, ca_key)))
    return TRUE;
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("The certificate “%s” is not that of a certificate authority with this key, so "
                  "nothing can be issued with it. Choose the authority’s own certificate."),
               jz_certificate_get_common_name (ca));
  return FALSE;
}

/**
 * jz_certificate_issue:
 * @subject: whose key it certifies; only its public half is used
 * @common_name: a person's id, the store's id, or the name of the CA
 * @ca_key: the key that signs
 * @ca: (nullable): the CA's certificate; NULL makes @subject a CA that signs for itself, and then
 *   @ca_key must be @subject
 * @from: instant from which it is valid, for 100 years
 * @error: return location
 *
 * The validity is there because X.509 wants it; a signature is judged by the certificate's state at
 * the entry's place in the journal.
 *
 * Returns: (transfer full): a certificate as `format/README.md` §6 says; NULL with
 *   %JZ_STORE_ERROR_INVALID (@common_name, or @ca is not a CA with @ca_key) or
 *   %JZ_STORE_ERROR_FAILED
 */
JzCertificate *
jz_certificate_issue (JzKey *subject,
                      const char *common_name,
                      JzKey *ca_key,
                      JzCertificate *ca,
                      JzInstant from,
                      GError **error)
{
  g_autoptr (GBytes) der = NULL;
  JzCertificate *self = NULL;

  g_return_val_if_fail (common_name != NULL, NULL);
  g_return_val_if_fail (ca != NULL || ca_key == subject, NULL);

  if (!check_common_name (common_name, error) || !check_authority (ca_key, ca, error))
    return NULL;
  der =
    make_certificate (jz_key_get_pkey (subject), common_name, jz_key_get_pkey (ca_key), ca, from);
  if (der != NULL)
    self = jz_certificate_new (der);
  if (self == NULL)
    jz_crypto_set_error (error);
  return self;
}
