/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "store/key-private.h"

#define PERSON "00112233aabbccdd-2-1"

typedef struct {
  JzKey *ca_key;
  JzCertificate *ca;
  JzKey *key;
  JzCertificate *certificate;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->ca_key = make_key ();
  fixture->ca = make_certificate (fixture->ca_key, "某某县城市管理局", fixture->ca_key, NULL);
  fixture->key = make_key ();
  fixture->certificate = make_certificate (fixture->key, PERSON, fixture->ca_key, fixture->ca);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jz_key_unref (fixture->ca_key);
  jz_certificate_unref (fixture->ca);
  jz_key_unref (fixture->key);
  jz_certificate_unref (fixture->certificate);
}

static void
test_issue (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (jz_certificate_get_common_name (fixture->ca), ==, "某某县城市管理局");
  g_assert_cmpstr (jz_certificate_get_common_name (fixture->certificate), ==, PERSON);
  g_assert_true (jz_certificate_is_ca (fixture->ca));
  g_assert_false (jz_certificate_is_ca (fixture->certificate));
  g_assert_true (jz_certificate_is_for_key (fixture->ca, fixture->ca_key));
  g_assert_true (jz_certificate_is_for_key (fixture->certificate, fixture->key));
  g_assert_false (jz_certificate_is_for_key (fixture->ca, fixture->key));
  g_assert_false (jz_certificate_is_for_key (fixture->certificate, fixture->ca_key));
}

static void
test_issued_by (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzKey) other_key = make_key ();
  g_autoptr (JzCertificate) same_name =
    make_certificate (other_key, jz_certificate_get_common_name (fixture->ca), other_key, NULL);
  g_autoptr (JzCertificate) same_key =
    make_certificate (fixture->ca_key, "另一个局", fixture->ca_key, NULL);

  g_assert_true (jz_certificate_is_issued_by (fixture->certificate, fixture->ca));
  g_assert_true (jz_certificate_is_issued_by (fixture->ca, fixture->ca));
  g_assert_false (jz_certificate_is_issued_by (fixture->ca, fixture->certificate));
  g_assert_false (jz_certificate_is_issued_by (fixture->certificate, fixture->certificate));
  g_assert_false (jz_certificate_is_issued_by (fixture->certificate, same_name));
  g_assert_false (jz_certificate_is_issued_by (fixture->certificate, same_key));
}

/* What an independent reader of X.509 sees. */
static void
test_fields (Fixture *fixture, gconstpointer data)
{
  const struct {
    JzCertificate *certificate;
    guint32 usage;
    int basic_constraints;
  } cases[] = {
    { fixture->ca, KU_KEY_CERT_SIGN, EXFLAG_CA },
    { fixture->certificate, KU_DIGITAL_SIGNATURE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    X509 *x509 = jz_certificate_get_x509 (cases[i].certificate);
    const ASN1_INTEGER *serial = X509_get0_serialNumber (x509);
    guint32 flags = X509_get_extension_flags (x509);
    g_assert_cmpint (ASN1_STRING_length (serial), ==, 20);
    g_assert_cmpint (ASN1_STRING_type (serial), ==, V_ASN1_INTEGER);
    g_assert_cmpuint (ASN1_STRING_get0_data (serial)[0], <, 0x80);
    g_assert_cmpuint (X509_get_key_usage (x509), ==, cases[i].usage);
    g_assert_cmpint (flags & (EXFLAG_BCONS | EXFLAG_KUSAGE), ==, EXFLAG_BCONS | EXFLAG_KUSAGE);
    g_assert_cmpint (flags & EXFLAG_CA, ==, cases[i].basic_constraints);
    g_assert_cmpint (X509_get_version (x509), ==, X509_VERSION_3);
  }
}

static void
test_serials_differ (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++) {
    g_autoptr (JzCertificate) other =
      make_certificate (fixture->key, PERSON, fixture->ca_key, fixture->ca);
    const ASN1_INTEGER *serial = X509_get0_serialNumber (jz_certificate_get_x509 (other));
    g_assert_cmpint (ASN1_INTEGER_cmp (serial, X509_get0_serialNumber (
                                                 jz_certificate_get_x509 (fixture->certificate))),
                     !=, 0);
    g_assert_cmpint (ASN1_STRING_length (serial), ==, 20);
    g_assert_false (jz_hash_equal (jz_certificate_get_hash (other),
                                   jz_certificate_get_hash (fixture->certificate)));
  }
}

static void
test_validity (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *from;
    const char *not_before;
    const char *not_after;
  } cases[] = {
    { "2026-03-02T09:30:00.999+08:00", "260302013000Z", "21260302013000Z" },
    { "2024-02-29T08:00:00.000+08:00", "240229000000Z", "21240229000000Z" },
    { "2000-02-29T08:00:00.000+08:00", "000229000000Z", "21000228000000Z" },
    { "2049-12-31T23:00:00.000+08:00", "491231150000Z", "21491231150000Z" },
    { "2050-03-02T09:30:00.000+08:00", "20500302013000Z", "21500302013000Z" },
    { "1969-12-31T23:59:59.999+08:00", "691231155959Z", "20691231155959Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzCertificate) certificate = jz_certificate_issue (
      fixture->key, PERSON, fixture->ca_key, fixture->ca, instant_of (cases[i].from), &error);
    X509 *x509 = jz_certificate_get_x509 (certificate);
    g_assert_no_error (error);
    g_assert_cmpstr ((const char *)ASN1_STRING_get0_data (X509_get0_notBefore (x509)), ==,
                     cases[i].not_before);
    g_assert_cmpstr ((const char *)ASN1_STRING_get0_data (X509_get0_notAfter (x509)), ==,
                     cases[i].not_after);
  }
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *name;
    gboolean is_good;
  } cases[] = {
    { "", FALSE },
    { "a", TRUE },
    { "00112233aabbccdd", TRUE },
    { "\xff", FALSE },
    { "0123456789012345678901234567890123456789012345678901234567890123", TRUE },
    { "01234567890123456789012345678901234567890123456789012345678901234", FALSE },
    { "局局局局局局局局局局局局局局局局局局局局局局局局局局局局局局局局"
      "局局局局局局局局局局局局局局局局局局局局局局局局局局局局局局局局",
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzCertificate) certificate =
      jz_certificate_issue (fixture->key, cases[i].name, fixture->ca_key, fixture->ca, 0, &error);
    if (cases[i].is_good) {
      g_assert_no_error (error);
      g_assert_cmpstr (jz_certificate_get_common_name (certificate), ==, cases[i].name);
    } else {
      g_assert_null (certificate);
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
    }
  }
}

static void
test_no_authority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (jz_certificate_issue (fixture->key, PERSON, fixture->key, fixture->ca, 0, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (
    jz_certificate_issue (fixture->key, PERSON, fixture->key, fixture->certificate, 0, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  GBytes *der = jz_certificate_get_der (fixture->certificate);
  g_autoptr (GBytes) pem = jz_certificate_dup_pem (fixture->certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCertificate) from_der = jz_certificate_from_der (der, &error);
  g_autoptr (JzCertificate) from_pem = jz_certificate_from_pem (pem, &error);
  JzHash hash;

  g_assert_no_error (error);
  jz_hash_of (g_bytes_get_data (der, NULL), g_bytes_get_size (der), &hash);
  g_assert_true (jz_hash_equal (&hash, jz_certificate_get_hash (from_der)));
  g_assert_true (jz_hash_equal (&hash, jz_certificate_get_hash (from_pem)));
  g_assert_true (g_bytes_equal (jz_certificate_get_der (from_pem), der));
  g_assert_true (jz_certificate_is_issued_by (from_der, fixture->ca));
  g_assert_true (jz_certificate_is_issued_by (from_pem, fixture->ca));
}

/* Every byte of a certificate is covered by the CA's signature or refused by the reader. */
static void
test_every_byte (Fixture *fixture, gconstpointer data)
{
  GBytes *der = jz_certificate_get_der (fixture->certificate);
  guint n_read = 0;

  for (gsize i = 0; i < g_bytes_get_size (der); i++) {
    static const guint8 masks[] = { 0x01, 0x20, 0x80 };
    for (guint j = 0; j < G_N_ELEMENTS (masks); j++) {
      g_autoptr (GBytes) changed = bytes_with_change (der, i, masks[j]);
      g_autoptr (GError) error = NULL;
      g_autoptr (JzCertificate) read = jz_certificate_from_der (changed, &error);
      if (read == NULL) {
        g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
      } else {
        n_read++;
        g_assert_false (jz_certificate_is_issued_by (read, fixture->ca));
      }
    }
  }
  g_assert_cmpuint (n_read, >, 100); /* so that the signature was what refused them */
}

static void
test_every_length (Fixture *fixture, gconstpointer data)
{
  GBytes *der = jz_certificate_get_der (fixture->certificate);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (der, &length);
  g_autofree guint8 *longer = g_malloc0 (length + 1);
  g_autoptr (GBytes) with_more = NULL;

  for (gsize i = 0; i < length; i++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (der, 0, i);
    g_autoptr (JzCertificate) read = jz_certificate_from_der (cut, NULL);
    g_assert_null (read);
  }
  memcpy (longer, bytes, length);
  with_more = g_bytes_new (longer, length + 1);
  g_assert_null (jz_certificate_from_der (with_more, NULL));
}

/* The same certificate with its outer length in a longer form: good for a lenient reader, with a
 * good signature and another hash. */
static void
test_not_der (Fixture *fixture, gconstpointer data)
{
  gsize length;
  const guint8 *der = g_bytes_get_data (jz_certificate_get_der (fixture->certificate), &length);
  const guint8 start[] = { 0x30, 0x83, 0x00, der[2], der[3] };
  g_autoptr (GByteArray) ber = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *end;
  g_autoptr (X509) lenient = NULL;

  g_assert_cmpuint (der[1], ==, 0x82);
  g_byte_array_append (ber, start, sizeof start);
  g_byte_array_append (ber, der + 4, (guint)length - 4);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&ber));
  end = g_bytes_get_data (bytes, NULL);
  lenient = d2i_X509 (NULL, &end, (long)length + 1);
  g_assert_nonnull (lenient);
  g_assert_null (jz_certificate_from_der (bytes, NULL));
}

static void
test_pem_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) pem = jz_certificate_dup_pem (fixture->certificate);
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autofree char *twice = g_strconcat (text, text, NULL);
  g_autofree char *space = g_strnfill (1 << 20, ' ');
  const char *const refused[] = { "", "x", twice, space, strchr (text, '\n') };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GBytes) bytes = bytes_from_text (refused[i]);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_certificate_from_pem (bytes, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  }
  for (gsize i = 0; i < strlen (text); i++) {
    g_autoptr (GBytes) changed = bytes_with_change (pem, i, 0x01);
    g_autoptr (JzCertificate) read = jz_certificate_from_pem (changed, NULL);
    g_assert_true (read == NULL || !jz_certificate_is_issued_by (read, fixture->ca));
  }
}

static void
test_vectors (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  const JzJson *first = jz_json_get_item (jz_json_get_member (vectors, "entries"), 0);
  const char *text = jz_json_get_member_text (vectors, "person_certificate_pem");
  g_autoptr (GBytes) pem = bytes_from_text (text);
  g_autoptr (GBytes) der = bytes_from_pem (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCertificate) person = jz_certificate_from_pem (pem, &error);
  g_autoptr (GBytes) again = NULL;
  char hex[JZ_HASH_HEX_SIZE];

  g_assert_no_error (error);
  g_assert_cmpstr (jz_certificate_get_common_name (person), ==, PERSON);
  g_assert_true (jz_certificate_is_ca (person));
  g_assert_true (jz_certificate_is_issued_by (person, person));
  g_assert_true (g_bytes_equal (jz_certificate_get_der (person), der));
  again = jz_certificate_dup_pem (person);
  g_assert_true (g_bytes_equal (again, pem));
  jz_hash_to_hex (jz_certificate_get_hash (person), hex);
  g_assert_cmpstr (hex, ==, jz_json_get_member_text (first, "cert"));
}

static void
test_openssl_verifies (Fixture *fixture, gconstpointer data)
{
  static const char verify[] =
    "verify -x509_strict -vfyopt distid:1234567812345678 -attime 1800000000 -CAfile ";
  g_auto (Folder) folder = { NULL };
  g_autoptr (JzKey) other_key = make_key ();
  g_autoptr (JzCertificate) other =
    make_certificate (other_key, jz_certificate_get_common_name (fixture->ca), other_key, NULL);
  g_autoptr (GBytes) ca = jz_certificate_dup_pem (fixture->ca);
  g_autoptr (GBytes) other_ca = jz_certificate_dup_pem (other);
  g_autoptr (GBytes) pem = jz_certificate_dup_pem (fixture->certificate);
  g_autofree char *good = g_strconcat (verify, "ca.pem cert.pem", NULL);
  g_autofree char *false_one = g_strconcat (verify, "other.pem cert.pem", NULL);

  if (!has_openssl ())
    return;
  folder_init (&folder);
  folder_write (&folder, "ca.pem", ca);
  folder_write (&folder, "other.pem", other_ca);
  folder_write (&folder, "cert.pem", pem);
  g_assert_true (run_openssl (&folder, good));
  g_assert_false (run_openssl (&folder, false_one));
}

/* Certificates that the openssl command makes: with the right key and digest they are read. */
static void
test_openssl_issues (void)
{
  static const struct {
    const char *key;
    const char *digest;
    const char *subject;
    gboolean is_good;
  } cases[] = {
    { "ecparam -name SM2 -genkey -noout -out key.pem", "-sm3 -sigopt distid:1234567812345678",
      "/CN=a", TRUE },
    { "ecparam -name SM2 -genkey -noout -out key.pem", "-sm3 -sigopt distid:1234567812345678",
      "/O=b/CN=a", TRUE },
    { "ecparam -name SM2 -genkey -noout -out key.pem", "-sm3 -sigopt distid:1234567812345678",
      "/O=b", FALSE },
    { "ecparam -name SM2 -genkey -noout -out key.pem", "-sm3 -sigopt distid:1234567812345678",
      "/CN=b/CN=a", FALSE },
    { "ecparam -name prime256v1 -genkey -noout -out key.pem", "-sha256", "/CN=a", FALSE },
    { "genpkey -algorithm ED25519 -out key.pem", "", "/CN=a", FALSE },
  };
  g_auto (Folder) folder = { NULL };

  if (!has_openssl ())
    return;
  folder_init (&folder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *request =
      g_strdup_printf ("req -x509 -new -key key.pem %s -subj %s -days 3650 -outform DER -out cert",
                       cases[i].digest, cases[i].subject);
    g_autoptr (GBytes) der = NULL;
    g_autoptr (JzCertificate) read = NULL;
    g_assert_true (run_openssl (&folder, cases[i].key));
    g_assert_true (run_openssl (&folder, request));
    der = folder_read (&folder, "cert");
    read = jz_certificate_from_der (der, NULL);
    g_assert_cmpint (read != NULL, ==, cases[i].is_good);
    if (read != NULL)
      g_assert_true (jz_certificate_is_issued_by (read, read));
  }
}

static gpointer
check_in_thread (gpointer data)
{
  Fixture *fixture = data;
  for (guint i = 0; i < 100; i++) {
    JzCertificate *shared = jz_certificate_ref (fixture->certificate);
    g_assert_true (jz_certificate_is_issued_by (shared, fixture->ca));
    g_assert_true (jz_certificate_is_for_key (shared, fixture->key));
    jz_certificate_unref (shared);
  }
  return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("check", check_in_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/certificate/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("issue", test_issue);
  ADD ("issued-by", test_issued_by);
  ADD ("fields", test_fields);
  ADD ("serials-differ", test_serials_differ);
  ADD ("validity", test_validity);
  ADD ("names", test_names);
  ADD ("no-authority", test_no_authority);
  ADD ("round-trip", test_round_trip);
  ADD ("every-byte", test_every_byte);
  ADD ("every-length", test_every_length);
  ADD ("not-der", test_not_der);
  ADD ("pem-refused", test_pem_refused);
  g_test_add_func ("/store/certificate/vectors", test_vectors);
  ADD ("openssl-verifies", test_openssl_verifies);
  g_test_add_func ("/store/certificate/openssl-issues", test_openssl_issues);
  ADD ("threads", test_threads);
  return g_test_run ();
}
