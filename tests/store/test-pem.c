/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include "store/key-private.h"

static void
test_round_trip (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint length = 0; length < 200; length++) {
    g_autofree guint8 *data = g_malloc (length + 1);
    g_autoptr (GBytes) der = NULL;
    g_autoptr (GBytes) pem = NULL;
    g_autoptr (GBytes) again = NULL;
    for (guint i = 0; i < length; i++)
      data[i] = (guint8)g_rand_int (rand);
    der = g_bytes_new (data, length);
    pem = jz_pem_from_der (der, "THING");
    again = jz_pem_to_der (pem, "THING");
    g_assert_nonnull (again);
    g_assert_true (g_bytes_equal (again, der));
    g_assert_null (jz_pem_to_der (pem, "OTHER"));
  }
}

static void
test_text (void)
{
  g_autoptr (GBytes) der = bytes_from_text ("0123456789abcdef0123456789abcdef0123456789abcdef!");
  g_autoptr (GBytes) pem = jz_pem_from_der (der, "THING");
  g_autoptr (GBytes) expected =
    bytes_from_text ("-----BEGIN THING-----\n"
                     "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm\n"
                     "IQ==\n"
                     "-----END THING-----\n");
  g_assert_true (g_bytes_equal (pem, expected));
}

/* Either no block, or plainly other bytes: never the same bytes from another text. */
static void
test_every_byte (void)
{
  g_autoptr (GBytes) der = bytes_from_text ("0123456789abcdef0123456789abcdef0123456789abcdef!");
  g_autoptr (GBytes) pem = jz_pem_from_der (der, "THING");

  for (gsize i = 0; i < g_bytes_get_size (pem); i++) {
    for (guint mask = 1; mask < 256; mask++) {
      g_autoptr (GBytes) changed = bytes_with_change (pem, i, (guint8)mask);
      g_autoptr (GBytes) read = jz_pem_to_der (changed, "THING");
      g_assert_true (read == NULL || !g_bytes_equal (read, der));
    }
  }
}

static void
test_refused (void)
{
  static const char *const refused[] = {
    "",
    "\n",
    "-----BEGIN THING-----",
    "-----BEGIN THING-----\n",
    "-----BEGIN THING-----\n-----END THING-----",
    "-----BEGIN THING-----\nIQ==\n-----END THING-----",
    "-----BEGIN THING-----\nIQ==\n-----END OTHER-----\n",
    "-----BEGIN THING-----\nIQ==\n-----END THING-----\n\n",
    "-----BEGIN THING-----\r\nIQ==\r\n-----END THING-----\r\n",
    "Bag Attributes\n-----BEGIN THING-----\nIQ==\n-----END THING-----\n",
    "-----BEGIN THING-----\nI\nQ==\n-----END THING-----\n",
    "-----BEGIN THING-----\nIQ\n-----END THING-----\n",
    "-----BEGIN THING-----\nIR==\n-----END THING-----\n",
    "-----BEGIN THING-----\nProc-Type: 4,ENCRYPTED\n\nIQ==\n-----END THING-----\n",
    "-----BEGIN THING-----\nIQ==\n-----END THING-----\n"
    "-----BEGIN THING-----\nIQ==\n-----END THING-----\n",
  };
  g_autoptr (GBytes) good = bytes_from_text ("-----BEGIN THING-----\nIQ==\n-----END THING-----\n");
  g_autoptr (GBytes) der = jz_pem_to_der (good, "THING");
  g_autoptr (GBytes) with_nul =
    g_bytes_new_static ("-----BEGIN THING-----\nIQ==\n-----END THING-----\n\0", 48);

  g_assert_nonnull (der);
  g_assert_null (jz_pem_to_der (with_nul, "THING"));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GBytes) pem = bytes_from_text (refused[i]);
    g_assert_null (jz_pem_to_der (pem, "THING"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/pem/round-trip", test_round_trip);
  g_test_add_func ("/store/pem/text", test_text);
  g_test_add_func ("/store/pem/every-byte", test_every_byte);
  g_test_add_func ("/store/pem/refused", test_refused);
  return g_test_run ();
}
