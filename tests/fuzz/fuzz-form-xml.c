/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "forms/filling.h"
#include "forms/form_load.h"

/* Any bytes: a form, or an error that begins with where it is. A form that was read can be filled
 * with nothing, and then misses something or nothing. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
assert_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, "fuzz.xml:") ||
                 g_str_has_prefix (error->message, "blocks.xml:"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzForm) form =
    jz_form_load (bytes, "fuzz.xml", jz_form_blocks_get_shipped (), NULL, &error);
  if (form == NULL) {
    assert_error (error);
    return 0;
  }
  g_assert_no_error (error);
  g_autoptr (JzFilling) filling = jz_filling_new (form);
  g_autoptr (GPtrArray) findings = jz_filling_check (filling, 0, NULL);
  for (guint i = 0; i < findings->len; i++) {
    const JzFinding *finding = g_ptr_array_index (findings, i);
    g_assert_true (g_utf8_validate (finding->sentence, -1, NULL));
  }
  return 0;
}
