/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/checkpoint.h"

#include <stdint.h>

#include "store/error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The store's key of the vectors, so that their checkpoint is one that a signature check reaches.
 */
static GBytes *
get_public_key (void)
{
  gsize length;
  guint8 *der = g_base64_decode ("MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAE3lXJRiouIF+b4bynUXAOeW9TcxFl"
                                 "lBzqoDa/5DUi7XwTmGoegLMME6QV6pM7sURNT5Esug/6kUmMoykt28f/Pw==",
                                 &length);
  return g_bytes_new_take (der, length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *)data;
  JzCheckpoint parsed;
  JzCheckpoint verified;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) public_key = NULL;

  if (!jz_checkpoint_parse (text, size, &parsed, &error)) {
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
    return 0;
  }
  g_assert_no_error (error);
  g_assert_cmpuint (size, <=, 4096);
  g_assert_cmpuint (parsed.size, >, 0);
  public_key = get_public_key ();
  if (jz_checkpoint_verify_with_public_key (text, size, public_key, &verified, &error)) {
    g_assert_cmpstr (verified.store, ==, parsed.store);
    g_assert_cmpuint (verified.size, ==, parsed.size);
  } else {
    g_assert_nonnull (error);
  }
  return 0;
}
