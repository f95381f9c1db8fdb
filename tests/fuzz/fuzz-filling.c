/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>

#include "forms/filling.h"
#include "forms/form_load.h"

/* The first byte chooses a shipped form, the others are its values: taken in or refused with a
 * sentence. What was taken in is the same after it was written and read again, can be checked, and
 * every value can be written on paper. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static JzForm *
load_form (guint8 choice)
{
  static JzForm *forms[16];
  static guint n_forms;
  if (n_forms == 0) {
    g_auto (GStrv) ids = jz_form_list_shipped ();
    for (; ids[n_forms] != NULL && n_forms < G_N_ELEMENTS (forms); n_forms++)
      forms[n_forms] = jz_form_load_shipped (ids[n_forms], NULL, NULL);
  }
  return forms[choice % n_forms];
}

static void
assert_same (const JzForm *form, const JzFilling *filling)
{
  gsize length;
  g_autofree char *text = jz_filling_to_canonical (filling, &length);
  g_autoptr (JzFilling) again = jz_filling_parse (form, text, length, NULL);
  g_assert_nonnull (again);
  g_assert_true (jz_json_equal (jz_filling_get_values (filling), jz_filling_get_values (again)));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size < 1)
    return 0;
  const JzForm *form = load_form (data[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFilling) filling = jz_filling_parse (form, (const char *)data + 1, size - 1, &error);
  g_assert_true ((filling == NULL) == (error != NULL));
  if (filling == NULL) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  assert_same (form, filling);
  g_autoptr (GPtrArray) findings =
    jz_filling_check (filling, G_GINT64_CONSTANT (1772415000000), NULL);
  for (guint i = 0; i < findings->len; i++) {
    const JzFinding *finding = g_ptr_array_index (findings, i);
    g_assert_true (g_utf8_validate (finding->sentence, -1, NULL));
  }
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    g_autofree char *text =
      jz_filling_dup_text (field, jz_filling_find (filling, field->name), JZ_SHOW_BOXES);
    g_assert_true (g_utf8_validate (text, -1, NULL));
  }
  return 0;
}
