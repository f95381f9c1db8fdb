/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/entry.h"

#include <stdint.h>
#include <string.h>

#include "store/error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What the tree, the index and a person are told about an entry comes from its bytes alone. */
static void
try_entry (const JzEntry *entry, GBytes *bytes)
{
  g_autoptr (GBytes) again = jz_entry_get_leaf_data (entry);
  g_autoptr (GBytes) body = jz_entry_get_body (entry);
  g_autoptr (GBytes) body_of_leaf = jz_entry_get_body_of_leaf (bytes, NULL);
  g_autofree char *id = jz_entry_get_id (entry);

  g_assert_true (g_bytes_equal (again, bytes));
  g_assert_true (g_bytes_equal (body, body_of_leaf));
  g_assert_cmpuint (g_bytes_get_size (body), <, g_bytes_get_size (bytes));
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                   g_bytes_get_data (bytes, NULL), g_bytes_get_size (body));
  g_assert_true (jz_is_thing_id (id));
  g_assert_true (g_utf8_validate (entry->program, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzEntry) entry = jz_entry_parse (bytes, &error);

  if (entry == NULL) {
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  g_assert_no_error (error);
  g_assert_true (jz_entry_check (entry, NULL));
  try_entry (entry, bytes);
  return 0;
}
