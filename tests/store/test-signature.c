/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include "store/key-private.h"

typedef struct {
  JzKey *key;
  JzCertificate *certificate;
  GBytes *signature;
} Fixture;

static const char message[] = "某某商贸有限公司占道经营案";

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->key = make_key ();
  fixture->certificate = make_certificate (fixture->key, "签名人", fixture->key, NULL);
  fixture->signature = jz_key_sign (fixture->key, message, strlen (message), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jz_key_unref (fixture->key);
  jz_certificate_unref (fixture->certificate);
  g_bytes_unref (fixture->signature);
}

static gboolean
verify_bytes (Fixture *fixture, const void *data, gsize length, GBytes *signature)
{
  return jz_certificate_verify (fixture->certificate, data, length,
                                g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
}

static gboolean
verify (Fixture *fixture, GBytes *signature)
{
  return verify_bytes (fixture, message, strlen (message), signature);
}

static void
test_minimal (void)
{
  static const struct {
    const char *hex;
    gboolean is_minimal;
  } cases[] = {
    { "3006020101020101", TRUE },
    { "300602017f020101", TRUE },
    { "30080202008002020080", TRUE },
    { "", FALSE },
    { "30", FALSE },
    { "3000", FALSE },
    { "3003020101", FALSE },             /* one integer */
    { "3009020101020101020101", FALSE }, /* three */
    { "300602010102010100", FALSE },     /* something after it */
    { "3007020101020101", FALSE },       /* longer than there is */
    { "3005020101020101", FALSE },       /* shorter */
    { "3106020101020101", FALSE },       /* a SET */
    { "3006030101020101", FALSE },       /* no INTEGER */
    { "3006020101030101", FALSE },       /* nor here */
    { "3006020100020101", FALSE },       /* zero */
    { "3006020101020100", FALSE },       /* zero */
    { "3006020180020101", FALSE },       /* negative */
    { "3006020101020180", FALSE },       /* negative */
    { "300702020001020101", FALSE },     /* a zero too many */
    { "300702010102020001", FALSE },     /* a zero too many */
    { "30050200020101", FALSE },         /* an empty integer */
    { "3005020101"
      "0200",
      FALSE },                       /* an empty integer */
    { "308106020101020101", FALSE }, /* the long form of a length */
    { "30070281"
      "0101020101",
      FALSE }, /* the long form of a length */
    { "3080020101"
      "0201010000",
      FALSE },                     /* the indefinite form */
    { "3006020101020201", FALSE }, /* an integer that goes on behind the end */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = bytes_from_hex (cases[i].hex);
    gboolean is_minimal =
      jz_signature_is_minimal (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_test_message ("%s", cases[i].hex);
    g_assert_cmpint (is_minimal, ==, cases[i].is_minimal);
  }
  g_assert_false (jz_signature_is_minimal (NULL, 0));
}

static GBytes *
make_sequence (guint n_first, guint8 first, guint n_second, guint8 second)
{
  g_autoptr (GByteArray) der = g_byte_array_new ();
  guint8 start[] = { 0x30, (guint8)(4 + n_first + n_second) };
  guint8 one[] = { 0x02, (guint8)n_first };
  guint8 two[] = { 0x02, (guint8)n_second };

  g_byte_array_append (der, start, 2);
  g_byte_array_append (der, one, 2);
  g_byte_array_set_size (der, 4 + n_first);
  memset (der->data + 4, 0xff, n_first);
  der->data[4] = first;
  g_byte_array_append (der, two, 2);
  g_byte_array_set_size (der, 6 + n_first + n_second);
  memset (der->data + 6 + n_first, 0xff, n_second);
  der->data[6 + n_first] = second;
  return g_byte_array_free_to_bytes (g_steal_pointer (&der));
}

/* 33 bytes are a number below 2^256 and its leading zero; 34 are none. */
static void
test_longest (void)
{
  for (guint n_first = 30; n_first <= 40; n_first++) {
    for (guint n_second = 30; n_second <= 40; n_second++) {
      g_autoptr (GBytes) der = make_sequence (n_first, 0, n_second, 0);
      g_assert_cmpint (
        jz_signature_is_minimal (g_bytes_get_data (der, NULL), g_bytes_get_size (der)), ==,
        n_first <= 33 && n_second <= 33);
    }
  }
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  JzKey *same = jz_key_ref (fixture->key);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (JzKey) other = make_key ();
  g_autoptr (GBytes) false_one = NULL;

  g_assert_true (verify (fixture, fixture->signature));
  again = jz_key_sign (same, message, strlen (message), NULL);
  jz_key_unref (same);
  g_assert_true (verify (fixture, again));
  g_assert_false (g_bytes_equal (again, fixture->signature));
  false_one = jz_key_sign (other, message, strlen (message), NULL);
  g_assert_false (verify (fixture, false_one));
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) signature = jz_key_sign (fixture->key, NULL, 0, NULL);
  g_assert_true (verify_bytes (fixture, NULL, 0, signature));
  g_assert_true (verify_bytes (fixture, message, 0, signature));
  g_assert_false (verify_bytes (fixture, message, 1, signature));
  g_assert_false (jz_certificate_verify (fixture->certificate, message, 1, NULL, 0));
}

/* Every single bit of a signature matters. */
static void
test_every_bit (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < g_bytes_get_size (fixture->signature); i++) {
    for (guint bit = 0; bit < 8; bit++) {
      g_autoptr (GBytes) changed = bytes_with_change (fixture->signature, i, (guint8)(1 << bit));
      g_assert_false (verify (fixture, changed));
    }
  }
}

static void
test_every_length (Fixture *fixture, gconstpointer data)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (fixture->signature, &length);
  g_autofree guint8 *longer = g_malloc0 (length + 1);

  for (gsize i = 0; i < length; i++)
    g_assert_false (
      jz_certificate_verify (fixture->certificate, message, strlen (message), bytes, i));
  memcpy (longer, bytes, length);
  g_assert_false (
    jz_certificate_verify (fixture->certificate, message, strlen (message), longer, length + 1));
}

static void
test_every_message_byte (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = bytes_from_text (message);
  for (gsize i = 0; i < g_bytes_get_size (bytes); i++) {
    g_autoptr (GBytes) changed = bytes_with_change (bytes, i, 1);
    g_assert_false (verify_bytes (fixture, g_bytes_get_data (changed, NULL),
                                  g_bytes_get_size (changed), fixture->signature));
  }
}

/* The same two numbers in DER that is not minimal: a second entry hash for one signature. */
static void
test_not_minimal (Fixture *fixture, gconstpointer data)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (fixture->signature, &length);
  g_autoptr (GByteArray) padded = g_byte_array_new ();
  guint8 first_length = bytes[3];

  g_byte_array_append (padded, bytes, 4);
  g_byte_array_append (padded, (const guint8 *)"", 1);
  g_byte_array_append (padded, bytes + 4, (guint)length - 4);
  padded->data[1]++;
  padded->data[3] = first_length + 1;
  g_assert_false (jz_certificate_verify (fixture->certificate, message, strlen (message),
                                         padded->data, padded->len));
}

/* The signatures in the vectors' entries, by the person in the vectors. */
static void
test_vectors (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  const JzJson *entries = jz_json_get_member (vectors, "entries");
  g_autoptr (GBytes) pem =
    bytes_from_text (jz_json_get_member_text (vectors, "person_certificate_pem"));
  g_autoptr (JzCertificate) person = jz_certificate_from_pem (pem, NULL);
  guint n_signed = 0;

  g_assert_nonnull (person);
  for (guint i = 0; i < jz_json_get_n_items (entries); i++) {
    const JzJson *entry = jz_json_get_item (entries, i);
    g_autoptr (GBytes) body = bytes_from_hex (jz_json_get_member_text (entry, "body"));
    g_autoptr (GBytes) signature = bytes_from_hex (jz_json_get_member_text (entry, "sig"));
    g_autoptr (GBytes) changed = bytes_with_change (body, g_bytes_get_size (body) / 2, 1);
    if (g_bytes_get_size (signature) == 0)
      continue;
    n_signed++;
    g_assert_true (
      jz_certificate_verify (person, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                             g_bytes_get_data (signature, NULL), g_bytes_get_size (signature)));
    g_assert_false (
      jz_certificate_verify (person, g_bytes_get_data (changed, NULL), g_bytes_get_size (changed),
                             g_bytes_get_data (signature, NULL), g_bytes_get_size (signature)));
  }
  g_assert_cmpuint (n_signed, ==, 2);
}

static void
write_public_key (Fixture *fixture, Folder *folder)
{
  g_autoptr (GBytes) pem = jz_certificate_dup_pem (fixture->certificate);
  folder_write (folder, "cert.pem", pem);
  g_assert_true (run_openssl (folder, "x509 -in cert.pem -pubkey -noout -out pub.pem"));
}

/* The two lines that format §6 gives to whoever checks without our program. */
static void
test_openssl_verifies (Fixture *fixture, gconstpointer data)
{
  static const char verify_body[] = "pkeyutl -verify -pubin -inkey pub.pem -rawin -digest sm3 "
                                    "-pkeyopt distid:1234567812345678 -in body -sigfile sig";
  g_auto (Folder) folder = { NULL };
  g_autoptr (GBytes) body = bytes_from_text (message);
  g_autoptr (GBytes) changed = bytes_with_change (body, 0, 1);

  if (!has_openssl ())
    return;
  folder_init (&folder);
  write_public_key (fixture, &folder);
  folder_write (&folder, "body", body);
  folder_write (&folder, "sig", fixture->signature);
  g_assert_true (run_openssl (&folder, verify_body));
  g_assert_true (run_openssl (&folder, "dgst -sm3 -verify pub.pem -sigopt distid:1234567812345678 "
                                       "-signature sig body"));
  folder_write (&folder, "body", changed);
  g_assert_false (run_openssl (&folder, verify_body));
}

static void
test_openssl_signs (Fixture *fixture, gconstpointer data)
{
  g_auto (Folder) folder = { NULL };
  g_autoptr (GBytes) body = bytes_from_text (message);
  g_autoptr (GBytes) pem = jz_key_to_pem (fixture->key, "某某", NULL);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) other_identity = NULL;

  if (!has_openssl ())
    return;
  folder_init (&folder);
  folder_write (&folder, "key.pem", pem);
  folder_write (&folder, "body", body);
  g_assert_true (run_openssl (&folder, "dgst -sm3 -sign key.pem -passin pass:某某 "
                                       "-sigopt distid:1234567812345678 -out sig body"));
  signature = folder_read (&folder, "sig");
  g_assert_true (verify (fixture, signature));
  g_assert_true (run_openssl (&folder, "dgst -sm3 -sign key.pem -passin pass:某某 "
                                       "-sigopt distid:8765432187654321 -out sig body"));
  other_identity = folder_read (&folder, "sig");
  g_assert_false (verify (fixture, other_identity));
}

static gpointer
verify_in_thread (gpointer data)
{
  Fixture *fixture = data;
  for (guint i = 0; i < 100; i++) {
    g_autoptr (GBytes) changed = bytes_with_change (fixture->signature, 20, 1);
    g_assert_true (verify (fixture, fixture->signature));
    g_assert_false (verify (fixture, changed));
  }
  return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("verify", verify_in_thread, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* One key has one form: named curve, uncompressed point on the curve, nothing else. */
static void
test_public_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) der = jz_certificate_dup_public_key_der (fixture->certificate);
  g_autoptr (EVP_PKEY) key = jz_sm2_public_key_from_der (der);

  g_assert_nonnull (key);
  for (gsize i = 0; i < g_bytes_get_size (der); i++) {
    g_autoptr (GBytes) changed = bytes_with_change (der, i, 0x01);
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (der, 0, i);
    g_assert_null (jz_sm2_public_key_from_der (changed));
    g_assert_null (jz_sm2_public_key_from_der (cut));
  }
}

/* OpenSSL's reason is told once, and not again of something else. */
static void
test_library_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) later = NULL;

  ERR_raise (ERR_LIB_EVP, EVP_R_INVALID_DIGEST);
  jz_crypto_set_error (&error);
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "invalid digest"));
  g_assert_true (g_str_has_suffix (error->message, "."));
  jz_crypto_set_error (&later);
  g_assert_error (later, JZ_STORE_ERROR, JZ_STORE_ERROR_FAILED);
  g_assert_null (strstr (later->message, "invalid digest"));
}

/* What comes from outside leaves no trace in the queue that the next failure would tell of. */
static void
test_queue_stays_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) junk = bytes_from_text ("0000");
  g_autoptr (GBytes) changed = bytes_with_change (fixture->signature, 20, 1);
  g_autoptr (GBytes) pem = bytes_from_text (
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMDAwMA==\n-----END ENCRYPTED PRIVATE KEY-----\n");

  g_assert_false (verify (fixture, changed));
  g_assert_null (jz_certificate_from_der (junk, NULL));
  g_assert_null (jz_key_from_der (junk, NULL));
  g_assert_null (jz_key_from_pem (pem, "a", NULL));
  g_assert_null (jz_key_unwrap (fixture->key, junk, NULL));
  g_assert_null (jz_sm2_public_key_from_der (junk));
  g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/signature/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/signature/minimal", test_minimal);
  g_test_add_func ("/store/signature/longest", test_longest);
  ADD ("verify", test_verify);
  ADD ("nothing", test_nothing);
  ADD ("every-bit", test_every_bit);
  ADD ("every-length", test_every_length);
  ADD ("every-message-byte", test_every_message_byte);
  ADD ("not-minimal", test_not_minimal);
  g_test_add_func ("/store/signature/vectors", test_vectors);
  ADD ("openssl-verifies", test_openssl_verifies);
  ADD ("openssl-signs", test_openssl_signs);
  ADD ("threads", test_threads);
  ADD ("public-key", test_public_key);
  g_test_add_func ("/store/signature/library-error", test_library_error);
  ADD ("queue-stays-empty", test_queue_stays_empty);
  return g_test_run ();
}
