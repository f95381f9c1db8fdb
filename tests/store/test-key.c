/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#define PASSWORD "某某-Password 1"

static gboolean
is_same_key (JzKey *a, JzKey *b)
{
  g_autoptr (GBytes) one = jz_key_to_der (a, NULL);
  g_autoptr (GBytes) other = jz_key_to_der (b, NULL);
  return g_bytes_equal (one, other);
}

static void
test_generate (void)
{
  g_autoptr (JzKey) a = make_key ();
  g_autoptr (JzKey) b = make_key ();
  g_assert_true (is_same_key (a, a));
  g_assert_false (is_same_key (a, b));
}

static void
test_der (void)
{
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) der = jz_key_to_der (key, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzKey) again = jz_key_from_der (der, &error);

  g_assert_no_error (error);
  g_assert_true (is_same_key (again, key));
}

/* One key has one form: a changed byte gives no key. */
static void
test_der_every_byte (void)
{
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) der = jz_key_to_der (key, NULL);

  for (gsize i = 0; i < g_bytes_get_size (der); i++) {
    g_autoptr (GBytes) changed = bytes_with_change (der, i, 0x04);
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (der, 0, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) cut_error = NULL;
    g_assert_null (jz_key_from_der (changed, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_assert_null (jz_key_from_der (cut, &cut_error));
    g_assert_error (cut_error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
}

static GBytes *
make_foreign_key (const char *type, const char *group)
{
  EVP_PKEY *pkey = group != NULL ? EVP_PKEY_Q_keygen (NULL, NULL, type, group)
                                 : EVP_PKEY_Q_keygen (NULL, NULL, type);
  PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8 (pkey);
  guint8 *encoded = NULL;
  int length = i2d_PKCS8_PRIV_KEY_INFO (info, &encoded);
  GBytes *der = g_bytes_new (encoded, (gsize)length);

  OPENSSL_free (encoded);
  PKCS8_PRIV_KEY_INFO_free (info);
  EVP_PKEY_free (pkey);
  return der;
}

static void
test_der_of_other_kinds (void)
{
  static const struct {
    const char *type;
    const char *group;
  } cases[] = {
    { "EC", "P-256" },
    { "ED25519", NULL },
    { "X25519", NULL },
  };
  g_autoptr (GBytes) sm2 = make_foreign_key ("SM2", NULL);
  g_autoptr (JzKey) key = jz_key_from_der (sm2, NULL);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) huge = g_bytes_new_take (g_malloc0 (1 << 20), 1 << 20);

  g_assert_nonnull (key);
  g_assert_null (jz_key_from_der (nothing, NULL));
  g_assert_null (jz_key_from_der (huge, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) der = make_foreign_key (cases[i].type, cases[i].group);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_key_from_der (der, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
}

static void
test_pem (void)
{
  static const char *const passwords[] = { PASSWORD, "", "口令" };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++) {
    g_autoptr (JzKey) key = make_key ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pem = jz_key_to_pem (key, passwords[i], &error);
    g_autoptr (JzKey) again = NULL;
    g_autoptr (JzKey) wrong = NULL;
    g_assert_no_error (error);
    again = jz_key_from_pem (pem, passwords[i], &error);
    g_assert_no_error (error);
    g_assert_true (is_same_key (again, key));
    wrong = jz_key_from_pem (pem, "wrong", &error);
    g_assert_null (wrong);
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
  }
}

static void
test_pem_has_new_salt (void)
{
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) one = jz_key_to_pem (key, PASSWORD, NULL);
  g_autoptr (GBytes) other = jz_key_to_pem (key, PASSWORD, NULL);
  g_assert_false (g_bytes_equal (one, other));
}

static void
test_password_too_long (void)
{
  g_autoptr (JzKey) key = make_key ();
  g_autofree char *password = g_strnfill (1025, 'a');
  g_autofree char *longest = g_strnfill (1024, 'a');
  g_autoptr (GBytes) pem = jz_key_to_pem (key, longest, NULL);
  g_autoptr (JzKey) again = jz_key_from_pem (pem, longest, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (again);
  g_assert_null (jz_key_to_pem (key, password, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (jz_key_from_pem (pem, password, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
}

static GBytes *
pem_from_der (const guint8 *der, gsize length)
{
  g_autofree char *base64 = g_base64_encode (der, length);
  GString *pem = g_string_new ("-----BEGIN ENCRYPTED PRIVATE KEY-----\n");

  for (gsize i = 0; i < strlen (base64); i += 64)
    g_string_append_printf (pem, "%.64s\n", base64 + i);
  g_string_append (pem, "-----END ENCRYPTED PRIVATE KEY-----\n");
  return g_string_free_to_bytes (pem);
}

static GBytes *
pem_with_change (GBytes *pem, gsize position, guint8 mask)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autoptr (GBytes) der = bytes_from_pem (text);
  g_autoptr (GBytes) changed = bytes_with_change (der, position, mask);
  return pem_from_der (g_bytes_get_data (changed, NULL), g_bytes_get_size (changed));
}

/* What a changed byte inside the encryption gives: never a key. Of the encrypted bytes, for which a
 * key must be derived each time, every sixth will do: some in each block of 16. */
static void
test_pem_every_byte (void)
{
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) pem = jz_key_to_pem (key, PASSWORD, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autoptr (GBytes) der = bytes_from_pem (text);
  const gsize encrypted = g_bytes_get_size (der) - 144;
  guint n_wrong_password = 0;

  for (gsize i = 0; i < g_bytes_get_size (der); i += i < encrypted ? 1 : 6) {
    g_autoptr (GBytes) changed = pem_with_change (pem, i, 0x02);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_key_from_pem (changed, PASSWORD, &error));
    g_assert_true (error->domain == JZ_STORE_ERROR);
    if (error->code == JZ_STORE_ERROR_PASSWORD)
      n_wrong_password++;
    else
      g_assert_cmpint (error->code, ==, JZ_STORE_ERROR_DAMAGED);
  }
  /* 16 bytes of salt, the 7 of the vector that fall on what is known of the clear text, and the
   * first block; everything else is told apart from a wrong password. */
  g_assert_cmpuint (n_wrong_password, <=, 16 + 7 + 3);
  g_assert_cmpuint (n_wrong_password, >=, 16);
}

static void
test_pem_text (void)
{
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) pem = jz_key_to_pem (key, PASSWORD, NULL);
  gsize length = g_bytes_get_size (pem);
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), length);
  g_autofree char *before = g_strconcat ("\n", text, NULL);
  g_autofree char *after = g_strconcat (text, "\n", NULL);
  g_autofree char *twice = g_strconcat (text, text, NULL);
  g_autofree char *space = g_strnfill (1 << 20, ' ');
  const char *const refused[] = { "", "\n", before, after, twice, space };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GBytes) bytes = bytes_from_text (refused[i]);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_key_from_pem (bytes, PASSWORD, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
  for (gsize i = 0; i < length; i++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (pem, 0, i);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_key_from_pem (cut, PASSWORD, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
}

/* Files that the openssl command makes for the same key and password. Only the first is of the form
 * that format §6 asks for; one that would take 1 GiB must be refused at once. */
static void
test_pem_of_openssl (void)
{
  static const struct {
    const char *options;
    gboolean is_ours;
  } cases[] = {
    { "-scrypt -v2 aes-256-cbc", TRUE },
    { "-scrypt -scrypt_N 16384 -scrypt_r 8 -scrypt_p 1 -v2 aes-256-cbc", TRUE },
    { "-scrypt -v2 aes-128-cbc", FALSE },
    { "-scrypt -v2 aes-256-ofb", FALSE },
    { "-scrypt -scrypt_N 8192 -v2 aes-256-cbc", FALSE },
    { "-scrypt -scrypt_r 4 -v2 aes-256-cbc", FALSE },
    { "-scrypt -scrypt_p 2 -v2 aes-256-cbc", FALSE },
    { "-v2 aes-256-cbc", FALSE },
    { "-nocrypt", FALSE },
  };
  g_auto (Folder) folder = { NULL };
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) clear = jz_key_to_der (key, NULL);

  if (!has_openssl ())
    return;
  folder_init (&folder);
  folder_write (&folder, "clear", clear);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *arguments = g_strdup_printf (
      "pkcs8 -topk8 -inform DER -in clear -out pem -passout pass:abc %s", cases[i].options);
    g_autoptr (GBytes) pem = NULL;
    g_autoptr (JzKey) again = NULL;
    g_autoptr (GError) error = NULL;
    g_assert_true (run_openssl (&folder, arguments));
    pem = folder_read (&folder, "pem");
    again = jz_key_from_pem (pem, "abc", &error);
    if (cases[i].is_ours) {
      g_assert_no_error (error);
      g_assert_true (is_same_key (again, key));
    } else {
      g_assert_null (again);
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    }
  }
}

/* RFC 7914 §7.1 lets a file say how long a key is derived; it must be what AES-256 takes. The
 * lengths of the five SEQUENCEs around it stand at fixed places of our own DER. */
static void
test_pem_key_length (void)
{
  static const struct {
    guint8 key_length;
    gboolean is_good;
  } cases[] = { { 32, TRUE }, { 16, FALSE }, { 31, FALSE }, { 127, FALSE } };
  static const guint lengths[] = { 2, 4, 17, 19, 32 };
  const gsize behind_parallelization = 33 + 18 + 4 + 3 + 3;
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) pem = jz_key_to_pem (key, PASSWORD, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autoptr (GBytes) der = bytes_from_pem (text);
  const guint8 *data = g_bytes_get_data (der, NULL);
  gsize n_rest = g_bytes_get_size (der) - behind_parallelization;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const guint8 integer[] = { 0x02, 0x01, cases[i].key_length };
    g_autoptr (GByteArray) longer = g_byte_array_new ();
    g_autoptr (GBytes) changed = NULL;
    g_autoptr (JzKey) again = NULL;
    g_autoptr (GError) error = NULL;
    g_byte_array_append (longer, data, (guint)behind_parallelization);
    g_byte_array_append (longer, integer, sizeof integer);
    g_byte_array_append (longer, data + behind_parallelization, (guint)n_rest);
    for (guint j = 0; j < G_N_ELEMENTS (lengths); j++)
      longer->data[lengths[j]] += sizeof integer;
    changed = pem_from_der (longer->data, longer->len);
    again = jz_key_from_pem (changed, PASSWORD, &error);
    if (cases[i].is_good) {
      g_assert_no_error (error);
      g_assert_true (is_same_key (again, key));
    } else {
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    }
  }
}

/* A file may ask for any cost; this one asks for N = 8,192, and is refused before that is paid. */
static void
test_pem_costs_nothing (void)
{
  static const guint8 cost[] = { 0x02, 0x02, 0x40, 0x00, 0x02, 0x01, 0x08, 0x02, 0x01, 0x01 };
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) pem = jz_key_to_pem (key, PASSWORD, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autoptr (GBytes) der = bytes_from_pem (text);
  const guint8 *data = g_bytes_get_data (der, NULL);
  const guint8 *found = memmem (data, g_bytes_get_size (der), cost, sizeof cost);
  gint64 begin = g_get_monotonic_time ();

  g_assert_nonnull (found);
  for (guint i = 0; i < 2000; i++) {
    g_autoptr (GBytes) changed = pem_with_change (pem, (gsize)(found - data) + 2, 0x60);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_key_from_pem (changed, PASSWORD, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
  /* Deriving 2,000 times would take minutes even with our own parameters. */
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 30 * G_USEC_PER_SEC);
}

static void
test_openssl_reads (void)
{
  g_auto (Folder) folder = { NULL };
  g_autoptr (JzKey) key = make_key ();
  g_autoptr (GBytes) pem = jz_key_to_pem (key, "abc", NULL);
  g_autoptr (GBytes) der = NULL;
  g_autoptr (JzKey) again = NULL;

  if (!has_openssl ())
    return;
  folder_init (&folder);
  folder_write (&folder, "key.pem", pem);
  g_assert_true (run_openssl (&folder, "pkey -in key.pem -passin pass:abc -noout -check"));
  g_assert_false (run_openssl (&folder, "pkey -in key.pem -passin pass:abd -noout"));
  g_assert_true (run_openssl (&folder, "pkcs8 -in key.pem -passin pass:abc -topk8 -nocrypt "
                                       "-outform DER -out key.der"));
  der = folder_read (&folder, "key.der");
  again = jz_key_from_der (der, NULL);
  g_assert_true (is_same_key (again, key));
}

static void
test_wrap (void)
{
  g_autoptr (JzKey) person = make_key ();
  g_autoptr (JzKey) other = make_key ();
  g_autoptr (JzKey) store = make_key ();
  g_autoptr (JzCertificate) certificate = make_certificate (person, "张某", person, NULL);
  g_autoptr (GBytes) secret = jz_key_to_der (store, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) wrapped = jz_certificate_wrap (certificate, secret, &error);
  g_autoptr (GBytes) again = NULL;
  g_autoptr (JzKey) unwrapped = NULL;

  g_assert_no_error (error);
  again = jz_key_unwrap (person, wrapped, &error);
  g_assert_no_error (error);
  unwrapped = jz_key_from_der (again, NULL);
  g_assert_true (is_same_key (unwrapped, store));
  g_assert_null (jz_key_unwrap (other, wrapped, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
}

static void
test_wrap_every_length (void)
{
  g_autoptr (JzKey) person = make_key ();
  g_autoptr (JzCertificate) certificate = make_certificate (person, "张某", person, NULL);
  const gsize lengths[] = { 1, 2, 31, 32, 33, 127, 128, 255, 256, 4095, 4096 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree char *text = g_strnfill (lengths[i], 'x');
    g_autoptr (GBytes) secret = bytes_from_text (text);
    g_autoptr (GBytes) wrapped = jz_certificate_wrap (certificate, secret, NULL);
    g_autoptr (GBytes) again = jz_key_unwrap (person, wrapped, NULL);
    g_assert_nonnull (again);
    g_assert_true (g_bytes_equal (again, secret));
  }
}

static void
test_wrap_every_byte (void)
{
  g_autoptr (JzKey) person = make_key ();
  g_autoptr (JzCertificate) certificate = make_certificate (person, "张某", person, NULL);
  g_autoptr (GBytes) secret = jz_key_to_der (person, NULL);
  g_autoptr (GBytes) wrapped = jz_certificate_wrap (certificate, secret, NULL);

  for (gsize i = 0; i < g_bytes_get_size (wrapped); i++) {
    g_autoptr (GBytes) changed = bytes_with_change (wrapped, i, 0x10);
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (wrapped, 0, i);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_key_unwrap (person, changed, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_assert_null (jz_key_unwrap (person, cut, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/key/generate", test_generate);
  g_test_add_func ("/store/key/der", test_der);
  g_test_add_func ("/store/key/der-every-byte", test_der_every_byte);
  g_test_add_func ("/store/key/der-of-other-kinds", test_der_of_other_kinds);
  g_test_add_func ("/store/key/pem", test_pem);
  g_test_add_func ("/store/key/pem-has-new-salt", test_pem_has_new_salt);
  g_test_add_func ("/store/key/password-too-long", test_password_too_long);
  g_test_add_func ("/store/key/pem-every-byte", test_pem_every_byte);
  g_test_add_func ("/store/key/pem-text", test_pem_text);
  g_test_add_func ("/store/key/pem-of-openssl", test_pem_of_openssl);
  g_test_add_func ("/store/key/pem-key-length", test_pem_key_length);
  g_test_add_func ("/store/key/pem-costs-nothing", test_pem_costs_nothing);
  g_test_add_func ("/store/key/openssl-reads", test_openssl_reads);
  g_test_add_func ("/store/key/wrap", test_wrap);
  g_test_add_func ("/store/key/wrap-every-length", test_wrap_every_length);
  g_test_add_func ("/store/key/wrap-every-byte", test_wrap_every_byte);
  return g_test_run ();
}
