/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include "store/key-private.h"

#define STORE "00112233aabbccdd"

typedef struct {
  JzKey *key;
  JzCertificate *certificate;
  JzCheckpoint checkpoint;
  char *note;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->key = make_key ();
  fixture->certificate = make_certificate (fixture->key, STORE, fixture->key, NULL);
  fixture->checkpoint = (JzCheckpoint){
    .store = STORE,
    .size = 17,
    .time = instant_of ("2026-03-02T09:17:00.000+08:00"),
  };
  jz_hash_of ("root", 4, &fixture->checkpoint.root);
  fixture->note =
    jz_checkpoint_sign (&fixture->checkpoint, fixture->key, fixture->certificate, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jz_key_unref (fixture->key);
  jz_certificate_unref (fixture->certificate);
  g_free (fixture->note);
}

static void
assert_checkpoint_equal (const JzCheckpoint *a, const JzCheckpoint *b)
{
  g_assert_cmpstr (a->store, ==, b->store);
  g_assert_cmpuint (a->size, ==, b->size);
  g_assert_cmpint (a->time, ==, b->time);
  g_assert_true (jz_hash_equal (&a->root, &b->root));
}

static gboolean
parses (const char *note)
{
  JzCheckpoint untouched = { .size = 99 };
  JzCheckpoint read = untouched;
  g_autoptr (GError) error = NULL;
  gboolean good = jz_checkpoint_parse (note, strlen (note), &read, &error);

  if (!good) {
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
    g_assert_cmpuint (read.size, ==, 99);
  }
  return good;
}

static void
test_sign (Fixture *fixture, gconstpointer data)
{
  JzCheckpoint read;
  g_autoptr (GError) error = NULL;
  gsize length = strlen (fixture->note);

  g_assert_true (g_str_has_prefix (fixture->note, "juanzong/" STORE "\n17\n"));
  g_assert_true (jz_checkpoint_parse (fixture->note, length, &read, &error));
  g_assert_no_error (error);
  assert_checkpoint_equal (&read, &fixture->checkpoint);
  g_assert_true (jz_checkpoint_verify (fixture->note, length, fixture->certificate, &read, &error));
  g_assert_no_error (error);
  assert_checkpoint_equal (&read, &fixture->checkpoint);
}

static void
test_sign_other_numbers (Fixture *fixture, gconstpointer data)
{
  static const guint64 sizes[] = { 1, 10, 256, 1000000, G_MAXINT64 };
  static const char *const times[] = { "2025-01-02T00:00:00.000+08:00",
                                       "9999-12-31T23:59:59.999+08:00" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (times); j++) {
      JzCheckpoint read;
      g_autofree char *note = NULL;
      fixture->checkpoint.size = sizes[i];
      fixture->checkpoint.time = instant_of (times[j]);
      note = jz_checkpoint_sign (&fixture->checkpoint, fixture->key, fixture->certificate, NULL);
      g_assert_true (jz_checkpoint_verify (note, strlen (note), fixture->certificate, &read, NULL));
      assert_checkpoint_equal (&read, &fixture->checkpoint);
    }
  }
}

static void
test_sign_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzKey) other_key = make_key ();
  g_autoptr (JzCertificate) other_name =
    make_certificate (fixture->key, "00112233aabbccde", fixture->key, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (
    jz_checkpoint_sign (&fixture->checkpoint, other_key, fixture->certificate, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (jz_checkpoint_sign (&fixture->checkpoint, fixture->key, other_name, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
}

static void
test_verify_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzKey) other_key = make_key ();
  g_autoptr (JzCertificate) same_name = make_certificate (other_key, STORE, other_key, NULL);
  g_autoptr (JzCertificate) same_key =
    make_certificate (fixture->key, "00112233aabbccde", fixture->key, NULL);
  JzCheckpoint read = { .size = 99 };
  g_autoptr (GError) error = NULL;
  gsize length = strlen (fixture->note);

  g_assert_false (jz_checkpoint_verify (fixture->note, length, same_name, &read, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (jz_checkpoint_verify (fixture->note, length, same_key, &read, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_assert_cmpuint (read.size, ==, 99);
}

/* Another key's signature under the right key id is a false one. */
static void
test_signature_is_false (Fixture *fixture, gconstpointer data)
{
  const char *signed_end = strstr (fixture->note, "\n\n") + 1;
  const char *base64 = strrchr (fixture->note, ' ') + 1;
  gsize length;
  g_autofree guint8 *key_and_sig = g_base64_decode (base64, &length);
  g_autoptr (JzKey) other_key = make_key ();
  g_autoptr (GBytes) signature =
    jz_key_sign (other_key, fixture->note, (gsize)(signed_end - fixture->note), NULL);
  g_autoptr (GByteArray) forged = g_byte_array_new ();
  g_autofree char *forged_base64 = NULL;
  g_autofree char *note = NULL;
  JzCheckpoint read;
  g_autoptr (GError) error = NULL;

  g_byte_array_append (forged, key_and_sig, 4);
  g_byte_array_append (forged, g_bytes_get_data (signature, NULL),
                       (guint)g_bytes_get_size (signature));
  forged_base64 = g_base64_encode (forged->data, forged->len);
  note = g_strdup_printf ("%.*s%s\n", (int)(base64 - fixture->note), fixture->note, forged_base64);
  g_assert_true (jz_checkpoint_parse (note, strlen (note), &read, NULL));
  g_assert_false (jz_checkpoint_verify (note, strlen (note), fixture->certificate, &read, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
}

/* Every bit: refused by the form or by the signature. */
static void
test_every_bit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) note = bytes_from_text (fixture->note);
  guint n_parsed = 0;

  for (gsize i = 0; i < g_bytes_get_size (note); i++) {
    for (guint bit = 0; bit < 8; bit++) {
      g_autoptr (GBytes) changed = bytes_with_change (note, i, (guint8)(1 << bit));
      const char *text = g_bytes_get_data (changed, NULL);
      gsize length = g_bytes_get_size (changed);
      JzCheckpoint read;
      if (jz_checkpoint_parse (text, length, &read, NULL))
        n_parsed++;
      g_assert_false (jz_checkpoint_verify (text, length, fixture->certificate, &read, NULL));
    }
  }
  g_assert_cmpuint (n_parsed, >, 100); /* so that it was not the form alone */
}

static void
test_every_length (Fixture *fixture, gconstpointer data)
{
  gsize length = strlen (fixture->note);
  JzCheckpoint read;

  for (gsize i = 0; i < length; i++)
    g_assert_false (jz_checkpoint_parse (fixture->note, i, &read, NULL));
  g_assert_false (jz_checkpoint_parse (fixture->note, length + 1, &read, NULL)); /* its NUL */
}

/* Control characters and bytes that are no UTF-8 stand nowhere, neither instead of a character nor
 * between two; so what is shown of a checkpoint can neither drive a terminal nor break JSON. */
static void
test_foreign_bytes (Fixture *fixture, gconstpointer data)
{
  static const char foreign[] = "\x01\b\t\n\r\x1b\x7f\x80\x9b\xc0\xc3\xed\xf8\xfe\xff";
  gsize length = strlen (fixture->note);

  for (gsize i = 0; i < length; i++)
    for (gsize j = 0; j < sizeof foreign; j++) { /* with its NUL */
      g_autoptr (GString) text = g_string_new (fixture->note);
      JzCheckpoint read;
      g_string_insert_c (text, (gssize)i, foreign[j]);
      g_assert_false (jz_checkpoint_parse (text->str, text->len, &read, NULL));
      g_string_erase (text, (gssize)i + 1, 1);
      if (fixture->note[i] != foreign[j])
        g_assert_false (jz_checkpoint_parse (text->str, text->len, &read, NULL));
    }
}

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strconcat (parts[0], with, parts[1], NULL);
}

static void
test_form (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *what;
    const char *with;
  } cases[] = {
    { "juanzong/" STORE "\n17", "juanzong/" STORE "0\n17" },
    { "juanzong/" STORE "\n17", "juanzong/00112233AABBCCDD\n17" },
    { "juanzong/" STORE "\n17", "juanzong/0011223\n17" },
    { "juanzong/" STORE "\n17", "other/" STORE "\n17" },
    { "juanzong/" STORE "\n17", "juanzong/" STORE " \n17" },
    { "juanzong/" STORE "\n17", "juanzong/" STORE "\r\n17" },
    { "juanzong/" STORE "\n17", "\njuanzong/" STORE "\n17" },
    { "\n17\n", "\n017\n" },
    { "\n17\n", "\n+17\n" },
    { "\n17\n", "\n0\n" },
    { "\n17\n", "\n-17\n" },
    { "\n17\n", "\n\n" },
    { "\n17\n", "\n17 \n" },
    { "\n17\n", "\n9223372036854775808\n" },
    { "\ntime ", "\ntime  " },
    { "\ntime ", "\n" },
    { "\ntime ", "\nTime " },
    { "\ntime ", "\nother line\ntime " },
    { "\ntime 2026-03-02T09:17:00.000+08:00\n", "\n" },
    { "09:17:00.000+08:00\n", "09:17:00+08:00\n" },
    { "09:17:00.000+08:00\n", "09:17:00.000Z\n" },
    { "09:17:00.000+08:00\n", "10:17:00.000+09:00\n" },
    { "09:17:00.000+08:00\n", "09:17:00.0000+08:00\n" },
    { "2026-03-02T", "2026-02-30T" },
    { "+08:00\n\n", "+08:00\nmore\n\n" },
    { "+08:00\n\n", "+08:00\n" },
    { "+08:00\n\n", "+08:00\n\n\n" },
    { "\n— ", "\n- " },
    { "\n— ", "\n—" },
    { "\n— juanzong/" STORE " ", "\n— juanzong/00112233aabbccde " },
    { "\n— juanzong/" STORE " ", "\n— juanzong/" STORE "  " },
    { "\n— juanzong/" STORE " ", "\n— juanzong/" STORE "+" },
  };

  g_assert_true (parses (fixture->note));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *note = replace (fixture->note, cases[i].what, cases[i].with);
    g_test_message ("%s", cases[i].with);
    g_assert_false (parses (note));
  }
}

static void
test_one_signature (Fixture *fixture, gconstpointer data)
{
  const char *line = strstr (fixture->note, "— ");
  g_autofree char *twice = g_strconcat (fixture->note, line, NULL);
  g_autofree char *none = g_strndup (fixture->note, (gsize)(line - fixture->note));
  g_autofree char *more = g_strconcat (fixture->note, "\n", NULL);
  g_autofree char *only_key_id = g_strconcat (none, "— juanzong/" STORE " TvLlCg==\n", NULL);
  g_autofree char *no_base64 = g_strconcat (none, "— juanzong/" STORE " 云云\n", NULL);
  g_autofree char *nothing = g_strconcat (none, "— juanzong/" STORE " \n", NULL);
  g_autofree char *zeroes = g_strconcat (none, "— juanzong/" STORE " TvLlCjAGAgEAAgEA\n", NULL);
  g_autofree char *ones = g_strconcat (none, "— juanzong/" STORE " TvLlCjAGAgEBAgEB\n", NULL);
  g_autofree char *spaces = g_strnfill (1 << 20, ' ');

  g_assert_true (parses (ones));
  g_assert_false (parses (zeroes));
  g_assert_false (parses (twice));
  g_assert_false (parses (none));
  g_assert_false (parses (more));
  g_assert_false (parses (only_key_id));
  g_assert_false (parses (no_base64));
  g_assert_false (parses (nothing));
  g_assert_false (parses (""));
  g_assert_false (parses (spaces));
}

static void
test_vectors (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  const char *note = jz_json_get_member_text (vectors, "checkpoint");
  const JzJson *roots = jz_json_get_member (vectors, "roots");
  g_autoptr (GBytes) public_key =
    bytes_from_pem (jz_json_get_member_text (vectors, "store_public_key_pem"));
  g_autoptr (GBytes) changed = bytes_with_change (public_key, 60, 1);
  g_autoptr (JzKey) other = make_key ();
  g_autoptr (JzCertificate) certificate = make_certificate (other, STORE, other, NULL);
  g_autoptr (GBytes) other_key = jz_certificate_dup_public_key_der (certificate);
  g_autoptr (GError) error = NULL;
  JzCheckpoint read;
  JzHash root;

  g_assert_true (
    jz_checkpoint_verify_with_public_key (note, strlen (note), public_key, &read, &error));
  g_assert_no_error (error);
  hash_from_member (roots, 17, &root);
  g_assert_cmpstr (read.store, ==, STORE);
  g_assert_cmpuint (read.size, ==, 17);
  g_assert_true (jz_hash_equal (&read.root, &root));
  g_assert_cmpint (read.time, ==, instant_of ("2026-03-02T09:17:00.000+08:00"));

  g_assert_false (
    jz_checkpoint_verify_with_public_key (note, strlen (note), changed, &read, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (
    jz_checkpoint_verify_with_public_key (note, strlen (note), other_key, &read, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
}

static void
test_vectors_every_bit (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) note = bytes_from_text (jz_json_get_member_text (vectors, "checkpoint"));
  g_autoptr (GBytes) public_key =
    bytes_from_pem (jz_json_get_member_text (vectors, "store_public_key_pem"));
  JzCheckpoint read;

  for (gsize i = 0; i < g_bytes_get_size (note); i++) {
    for (guint bit = 0; bit < 8; bit++) {
      g_autoptr (GBytes) changed = bytes_with_change (note, i, (guint8)(1 << bit));
      g_assert_false (jz_checkpoint_verify_with_public_key (
        g_bytes_get_data (changed, NULL), g_bytes_get_size (changed), public_key, &read, NULL));
    }
  }
}

/* The text that is signed is the four lines, without the empty one. */
static void
test_openssl_verifies (Fixture *fixture, gconstpointer data)
{
  const char *signed_end = strstr (fixture->note, "\n\n") + 1;
  g_auto (Folder) folder = { NULL };
  g_autoptr (GBytes) text = g_bytes_new (fixture->note, (gsize)(signed_end - fixture->note));
  g_autoptr (GBytes) pem = jz_certificate_dup_pem (fixture->certificate);
  gsize length;
  g_autofree guint8 *key_and_sig = g_base64_decode (strrchr (fixture->note, ' ') + 1, &length);
  g_autoptr (GBytes) signature = g_bytes_new (key_and_sig + 4, length - 4);

  if (!has_openssl ())
    return;
  folder_init (&folder);
  folder_write (&folder, "cert.pem", pem);
  folder_write (&folder, "text", text);
  folder_write (&folder, "sig", signature);
  g_assert_true (run_openssl (&folder, "x509 -in cert.pem -pubkey -noout -out pub.pem"));
  g_assert_true (run_openssl (&folder, "pkeyutl -verify -pubin -inkey pub.pem -rawin -digest sm3 "
                                       "-pkeyopt distid:1234567812345678 -in text -sigfile sig"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/checkpoint/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sign", test_sign);
  ADD ("sign-other-numbers", test_sign_other_numbers);
  ADD ("sign-refused", test_sign_refused);
  ADD ("verify-refused", test_verify_refused);
  ADD ("signature-is-false", test_signature_is_false);
  ADD ("every-bit", test_every_bit);
  ADD ("every-length", test_every_length);
  ADD ("foreign-bytes", test_foreign_bytes);
  ADD ("form", test_form);
  ADD ("one-signature", test_one_signature);
  g_test_add_func ("/store/checkpoint/vectors", test_vectors);
  g_test_add_func ("/store/checkpoint/vectors-every-bit", test_vectors_every_bit);
  ADD ("openssl-verifies", test_openssl_verifies);
  return g_test_run ();
}
