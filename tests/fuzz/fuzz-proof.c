/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/proof.h"

#include <stdint.h>
#include <string.h>

#include "store/error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What is read is written the same; what the arithmetic says of it is an answer, never a crash. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzProof) proof = jz_proof_parse ((const char *)data, size, &error);
  g_autofree char *text = NULL;

  if (proof == NULL) {
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
    return 0;
  }
  g_assert_no_error (error);
  text = jz_proof_to_text (proof);
  g_assert_cmpmem (text, strlen (text), data, size);
  if (!jz_proof_check (proof, &error))
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  return 0;
}
