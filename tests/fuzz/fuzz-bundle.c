/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "publish/check_bundle.h"

/* Any bytes as a bundle, of ours and of other programs: sentences about what is wrong with it, or
 * one that is sound; never one of ours that is not signed. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (GBytes *bytes, gboolean is_plain)
{
  g_autoptr (JzBundleReport) report = jz_check_bundle_bytes (bytes, is_plain);

  g_assert_nonnull (report);
  g_assert_cmpuint (report->faults->len, <=, JZ_BUNDLE_MAX_FAULTS);
  for (guint i = 0; i < report->faults->len; i++) {
    const JzBundleFault *fault = g_ptr_array_index (report->faults, i);
    g_assert_true (g_utf8_validate (fault->sentence, -1, NULL));
    g_assert_true (fault->place == NULL || g_utf8_validate (fault->place, -1, NULL));
  }
  g_assert_true (is_plain || report->faults->len > 0 ||
                 (report->is_signed && report->has_checkpoint));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  check (bytes, FALSE);
  check (bytes, TRUE);
  return 0;
}
