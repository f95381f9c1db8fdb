/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "forms/form_load.h"
#include "publish/redaction.h"

/* Any JSON as what a person decided to hide in a decision: an error, or decisions that can be
 * applied and written again as they were. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static JzPublicSource *
make_source (void)
{
  g_autoptr (JzForm) form = jz_form_load_shipped ("penalty_decision", NULL, NULL);
  g_autoptr (JzJson) values = jz_json_new_object ();
  g_autoptr (JzFilling) filling = NULL;

  jz_json_set_text (values, "facts", "证人王小明家住云州市北湖区人民路18号，电话13800000000。");
  filling = jz_filling_new_from_json (form, values, NULL);
  g_assert_nonnull (filling);
  return jz_public_source_new (filling);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static JzPublicSource *source;
  g_autoptr (JzJson) json = jz_json_parse ((const char *)data, size, NULL);
  g_autoptr (GPtrArray) redactions = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (JzFilling) masked = NULL;
  g_autoptr (JzJson) written = NULL;
  g_autoptr (GError) error = NULL;

  if (source == NULL)
    source = make_source ();
  if (json == NULL)
    return 0;
  redactions = jz_redactions_from_json (source, json, &error);
  if (redactions == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  written = jz_redactions_to_json (redactions);
  again = jz_redactions_from_json (source, written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, redactions->len);
  masked = jz_redaction_apply (source, redactions, &error);
  g_assert_true ((masked == NULL) == (error != NULL));
  return 0;
}
