/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "publish/redaction_rules.h"

/* Any bytes: rules of what is hidden from the public, or an error that begins with where it is. In
 * rules that were read every kind names a rule that is there, and every role is hidden in a way
 * that is there. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRedactionRules) rules = jz_redaction_rules_load (bytes, "fuzz.xml", &error);

  if (rules == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "fuzz.xml:"));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_no_error (error);
  for (guint i = 0; i < rules->kinds->len; i++) {
    const JzRedactionKind *kind = g_ptr_array_index (rules->kinds, i);
    g_assert_nonnull (jz_redaction_rules_find_kind (rules, kind->id));
    g_assert_nonnull (jz_redaction_rules_find_rule (rules, kind->rule));
  }
  g_assert_cmpuint (jz_redaction_rules_get_surname (rules, "欧阳某"), <=, 6);
  return 0;
}
