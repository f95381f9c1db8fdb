/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store/hash.h"

/* FIPS 180-4's own examples, and the empty message */
static const struct {
  const char *text;
  const char *hex;
} known[] = {
  { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
  { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
  { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

static void
assert_hash_is (const JzHash *hash, const char *expected)
{
  char hex[JZ_HASH_HEX_SIZE];
  jz_hash_to_hex (hash, hex);
  g_assert_cmpstr (hex, ==, expected);
}

static void
test_known (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    JzHash hash;
    jz_hash_of (known[i].text, strlen (known[i].text), &hash);
    assert_hash_is (&hash, known[i].hex);
  }
}

static void
test_two (void)
{
  const char *text = known[2].text;
  JzHash hash;

  for (gsize i = 0; i <= strlen (text); i++) {
    jz_hash_of_two (text, i, text + i, strlen (text) - i, &hash);
    assert_hash_is (&hash, known[2].hex);
  }
  jz_hash_of_two (NULL, 0, NULL, 0, &hash);
  assert_hash_is (&hash, known[0].hex);
}

/* GLib's own SHA-256 is another implementation: the same bytes in random pieces agree with it. */
static void
test_pieces (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (JzHasher) hasher = jz_hasher_new ();
  guint8 data[5000];

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 50; round++) {
    gsize length = (gsize)g_rand_int_range (rand, 0, sizeof data);
    g_autofree char *expected = NULL;
    JzHash hash;
    for (gsize i = 0; i < length; i++)
      data[i] = (guint8)g_rand_int (rand);
    for (gsize done = 0; done < length;) {
      gsize n = (gsize)g_rand_int_range (rand, 0, (gint32)(length - done + 1));
      jz_hasher_update (hasher, data + done, n);
      done += n;
    }
    jz_hasher_finish (hasher, &hash);
    expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
    assert_hash_is (&hash, expected);
  }
}

static void
test_equal (void)
{
  JzHash a;
  jz_hash_of ("abc", 3, &a);
  g_assert_true (jz_hash_equal (&a, &a));
  for (guint i = 0; i < JZ_HASH_LENGTH; i++) {
    JzHash b = a;
    b.bytes[i] ^= 1;
    g_assert_false (jz_hash_equal (&a, &b));
  }
}

static void
test_hex (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    JzHash hash;
    g_assert_true (jz_hash_from_hex (known[i].hex, &hash));
    assert_hash_is (&hash, known[i].hex);
  }
}

/* Every text that differs from a hash's in one byte is that of another hash or of none. */
static void
test_hex_refused (void)
{
  static const char *const refused[] = {
    "",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015add",
    " a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  };
  JzHash untouched = { { 7 } };
  JzHash hash = untouched;

  g_assert_false (jz_hash_from_hex (NULL, &hash));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (jz_hash_from_hex (refused[i], &hash));
  for (guint i = 0; i < 64; i++) {
    for (guint byte = 1; byte < 256; byte++) {
      g_autofree char *text = g_strdup (known[1].hex);
      text[i] = (char)byte;
      if (strchr ("0123456789abcdef", (int)byte) == NULL)
        g_assert_false (jz_hash_from_hex (text, &hash));
    }
  }
  g_assert_true (jz_hash_equal (&hash, &untouched));
}

static void
test_base64 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    JzHash hash;
    JzHash again;
    g_autofree char *text = NULL;
    g_assert_true (jz_hash_from_hex (known[i].hex, &hash));
    text = jz_hash_to_base64 (&hash);
    g_assert_cmpuint (strlen (text), ==, 44);
    g_assert_true (jz_hash_from_base64 (text, &again));
    g_assert_true (jz_hash_equal (&hash, &again));
  }
}

static void
test_base64_refused (void)
{
  static const char *const refused[] = {
    "",
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF",   /* 31 bytes and more */
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",  /* no padding */
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=", /* bits that say nothing */
    "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=", /* the alphabet for addresses */
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu U=",
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS====",
  };
  JzHash hash;

  g_assert_true (jz_hash_from_base64 ("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", &hash));
  assert_hash_is (&hash, known[0].hex);
  g_assert_false (jz_hash_from_base64 (NULL, &hash));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (jz_hash_from_base64 (refused[i], &hash));
}

static gpointer
hash_in_thread (gpointer data)
{
  for (guint i = 0; i < 2000; i++) {
    JzHash hash;
    jz_hash_of_two ("a", 1, "bc", 2, &hash);
    assert_hash_is (&hash, known[1].hex);
  }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hash", hash_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/hash/known", test_known);
  g_test_add_func ("/store/hash/two", test_two);
  g_test_add_func ("/store/hash/pieces", test_pieces);
  g_test_add_func ("/store/hash/equal", test_equal);
  g_test_add_func ("/store/hash/hex", test_hex);
  g_test_add_func ("/store/hash/hex-refused", test_hex_refused);
  g_test_add_func ("/store/hash/base64", test_base64);
  g_test_add_func ("/store/hash/base64-refused", test_base64_refused);
  g_test_add_func ("/store/hash/threads", test_threads);
  return g_test_run ();
}
