/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "forms/form_load.h"
#include "publish/plain_text.h"
#include "publish/redaction.h"

/* Any text is made plain with a way back to every byte, and looked through; whatever is found lies
 * in the text on the bounds of characters, nothing overlaps, and once it is hidden nothing of it is
 * found in the same place again. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
try_plain (const char *text)
{
  g_autoptr (JzPlainText) plain = jz_plain_text_new (text);
  g_assert_true (g_utf8_validate (plain->text, (gssize)plain->length, NULL));
  for (gsize i = 0; i < plain->length; i++) {
    g_assert_true (plain->starts[i] < plain->ends[i]);
    g_assert_true (plain->ends[i] <= strlen (text));
  }
}

static void
try_search (const JzForm *form, const char *text)
{
  g_autoptr (JzJson) values = jz_json_new_object ();
  jz_json_set_text (values, "facts", text);
  g_autoptr (JzFilling) filling = jz_filling_new_from_json (form, values, NULL);
  if (filling == NULL)
    return;
  g_autoptr (JzPublicSource) source = jz_public_source_new (filling);
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  gsize end = 0;
  for (guint i = 0; i < found->len; i++) {
    const JzPersonalData *item = g_ptr_array_index (found, i);
    g_assert_true (item->start >= end);
    end = item->start + item->length;
    g_assert_true (end <= strlen (text));
    g_assert_true (g_utf8_validate (item->text, -1, NULL));
    g_assert_true (g_utf8_validate (item->replacement, -1, NULL));
  }
  g_autoptr (GPtrArray) redactions = jz_redactions_cover_all (found);
  g_autoptr (GPtrArray) open = jz_redactions_find_open (source, redactions);
  g_assert_true (open->len == 0);
  g_autoptr (JzFilling) masked = jz_redaction_apply (source, redactions, NULL);
  g_assert_nonnull (masked);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static JzForm *form;
  if (form == NULL)
    form = jz_form_load_shipped ("penalty_decision", NULL, NULL);
  g_autofree char *text = g_utf8_make_valid ((const char *)data, (gssize)MIN (size, 4096));
  try_plain (text);
  try_search (form, text);
  return 0;
}
