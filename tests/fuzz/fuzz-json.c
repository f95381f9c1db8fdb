/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
assert_fixed_point (const JzJson *value, const char *canonical, gsize length)
{
  gsize written_length = 0;
  g_autofree char *written = jz_json_to_canonical (value, &written_length);

  g_assert_cmpmem (written, written_length, canonical, length);
}

/* What the strict reader takes is canonical already, and the generous one takes it for the same. */
static void
try_canonical (const char *text, gsize length)
{
  g_autoptr (JzJson) value = jz_json_parse_canonical (text, length, NULL);
  g_autoptr (JzJson) lenient = NULL;

  if (value == NULL)
    return;
  assert_fixed_point (value, text, length);
  g_assert_true (jz_json_check_bounds (value, NULL));
  lenient = jz_json_parse (text, length, NULL);
  g_assert_nonnull (lenient);
  g_assert_true (jz_json_equal (lenient, value));
}

/* What the generous reader takes, written canonically, is read again as the same by both. */
static void
try_lenient (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) value = jz_json_parse (text, length, &error);
  g_autoptr (JzJson) again = NULL;
  g_autoptr (JzJson) copy = NULL;
  g_autofree char *written = NULL;
  gsize written_length = 0;

  g_assert_true ((value == NULL) == (error != NULL));
  if (value == NULL) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return;
  }
  written = jz_json_to_canonical (value, &written_length);
  /* No escape is shorter than what canonical text has in its place. */
  g_assert_cmpuint (written_length, <=, length);
  again = jz_json_get_kind (value) == JZ_JSON_OBJECT
            ? jz_json_parse_canonical (written, written_length, NULL)
            : jz_json_parse (written, written_length, NULL);
  g_assert_nonnull (again);
  assert_fixed_point (again, written, written_length);
  copy = jz_json_copy (value);
  g_assert_true (jz_json_equal (again, copy));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  try_canonical ((const char *)data, size);
  try_lenient ((const char *)data, size);
  return 0;
}
