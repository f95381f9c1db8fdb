/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/key-private.h"

/* Hundreds of stores that differ in one place need not open the same keys and check the same
 * signatures hundreds of times: most of a test's time went there. The linker leads these calls
 * through here (--wrap, see meson.build). Each answer is the real function's, kept for exactly the
 * bytes it was given for, and only where it was good; what differs in one bit is asked anew. The
 * tests of store/ ask the real functions every time. */

gboolean __real_jz_certificate_is_issued_by (JzCertificate *self, JzCertificate *ca);
gboolean __wrap_jz_certificate_is_issued_by (JzCertificate *self, JzCertificate *ca);
JzCertificate *__real_jz_certificate_from_der (GBytes *der, GError **error);
JzCertificate *__wrap_jz_certificate_from_der (GBytes *der, GError **error);
JzKey *__real_jz_key_from_pem (GBytes *pem, const char *password, GError **error);
JzKey *__wrap_jz_key_from_pem (GBytes *pem, const char *password, GError **error);
gboolean
__real_jz_sm2_verify (EVP_PKEY *key, const void *data, gsize length, const void *sig, gsize n_sig);
gboolean
__wrap_jz_sm2_verify (EVP_PKEY *key, const void *data, gsize length, const void *sig, gsize n_sig);

static GMutex mutex;
static GHashTable *good; /* what was asked → the answer; for ever */

static GByteArray *
begin_question (char function)
{
  return g_byte_array_append (g_byte_array_new (), (const guint8 *)&function, 1);
}

/* The length stands in front, so that no two questions are written alike. */
static void
add (GByteArray *question, const void *data, gsize length)
{
  g_byte_array_append (question, (const guint8 *)&length, sizeof length);
  g_byte_array_append (question, data != NULL ? data : "", (guint)length);
}

static void
add_bytes (GByteArray *question, GBytes *bytes)
{
  add (question, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gpointer
recall (GBytes *question)
{
  gpointer answer;

  g_mutex_lock (&mutex);
  answer = good != NULL ? g_hash_table_lookup (good, question) : NULL;
  g_mutex_unlock (&mutex);
  return answer;
}

static void
keep (GBytes *question, gpointer answer)
{
  g_mutex_lock (&mutex);
  if (good == NULL)
    good = g_hash_table_new (g_bytes_hash, g_bytes_equal);
  /* Another thread may have asked the same; what it was told stays. */
  if (!g_hash_table_contains (good, question))
    g_hash_table_insert (good, g_bytes_ref (question), answer);
  g_mutex_unlock (&mutex);
}

JzKey *
__wrap_jz_key_from_pem (GBytes *pem, const char *password, GError **error)
{
  GByteArray *asked = begin_question ('k');
  g_autoptr (GBytes) question = NULL;
  JzKey *key;

  add_bytes (asked, pem);
  add (asked, password, strlen (password));
  question = g_byte_array_free_to_bytes (asked);
  key = recall (question);
  if (key != NULL)
    return jz_key_ref (key);
  key = __real_jz_key_from_pem (pem, password, error);
  if (key != NULL)
    keep (question, jz_key_ref (key));
  return key;
}

JzCertificate *
__wrap_jz_certificate_from_der (GBytes *der, GError **error)
{
  GByteArray *asked = begin_question ('c');
  g_autoptr (GBytes) question = NULL;
  JzCertificate *certificate;

  add_bytes (asked, der);
  question = g_byte_array_free_to_bytes (asked);
  certificate = recall (question);
  if (certificate != NULL)
    return jz_certificate_ref (certificate);
  certificate = __real_jz_certificate_from_der (der, error);
  if (certificate != NULL)
    keep (question, jz_certificate_ref (certificate));
  return certificate;
}

gboolean
__wrap_jz_certificate_is_issued_by (JzCertificate *self, JzCertificate *ca)
{
  GByteArray *asked = begin_question ('i');
  g_autoptr (GBytes) question = NULL;

  add_bytes (asked, jz_certificate_get_der (self));
  add_bytes (asked, jz_certificate_get_der (ca));
  question = g_byte_array_free_to_bytes (asked);
  if (recall (question) != NULL)
    return TRUE;
  if (!__real_jz_certificate_is_issued_by (self, ca))
    return FALSE;
  keep (question, GINT_TO_POINTER (TRUE));
  return TRUE;
}

gboolean
__wrap_jz_sm2_verify (EVP_PKEY *key, const void *data, gsize length, const void *sig, gsize n_sig)
{
  GByteArray *asked = begin_question ('s');
  g_autoptr (GBytes) question = NULL;
  guint8 *point = NULL;
  gsize n_point = EVP_PKEY_get1_encoded_public_key (key, &point);

  g_assert_cmpuint (n_point, >, 0);
  add (asked, point, n_point);
  add (asked, data, length);
  add (asked, sig, n_sig);
  OPENSSL_free (point);
  question = g_byte_array_free_to_bytes (asked);
  if (recall (question) != NULL)
    return TRUE;
  if (!__real_jz_sm2_verify (key, data, length, sig, n_sig))
    return FALSE;
  keep (question, GINT_TO_POINTER (TRUE));
  return TRUE;
}
