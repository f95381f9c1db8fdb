/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key.h"

#include <stdint.h>

#include "store/error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
try_certificate (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCertificate) certificate = jz_certificate_from_der (bytes, &error);

  if (certificate == NULL) {
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
    return;
  }
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (jz_certificate_get_der (certificate), bytes));
  g_assert_true (g_utf8_validate (jz_certificate_get_common_name (certificate), -1, NULL));
  jz_certificate_is_issued_by (certificate, certificate);
}

static void
try_certificate_file (GBytes *bytes)
{
  g_autoptr (JzCertificate) certificate = jz_certificate_from_pem (bytes, NULL);
  g_autoptr (GBytes) again = NULL;

  if (certificate == NULL)
    return;
  again = jz_certificate_dup_pem (certificate);
  g_assert_true (g_bytes_equal (again, bytes));
}

/* The key files of the corpus have this password. */
static void
try_key_file (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzKey) key = jz_key_from_pem (bytes, "password", &error);

  g_assert_true ((key == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED) ||
                   g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD));
}

static void
try_key (GBytes *bytes)
{
  g_autoptr (JzKey) key = jz_key_from_der (bytes, NULL);
  g_autoptr (GBytes) again = NULL;

  if (key == NULL)
    return;
  again = jz_key_to_der (key, NULL);
  g_assert_true (g_bytes_equal (again, bytes));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  try_certificate (bytes);
  try_certificate_file (bytes);
  try_key_file (bytes);
  try_key (bytes);
  if (jz_signature_is_minimal (data, size))
    g_assert_cmpuint (size, <=, 72);
  return 0;
}
