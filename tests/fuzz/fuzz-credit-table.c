/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "publish/credit_table.h"

/* Any bytes as the description of an upload table (rules.md §6.3), with a line "---" and what was
 * made public behind it: a table that can be filled, checked and written, or an error. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MARK "\n---\n"

static void
take_text (const JzJson *from, const char *name, char **to)
{
  const char *text = jz_json_get_member_text (from, name);

  g_free (*to);
  *to = g_strdup (text != NULL ? text : "");
}

static void
take_object (const JzJson *from, const char *name, JzJsonKind kind, JzJson **to)
{
  const JzJson *member = jz_json_get_member (from, name);

  g_clear_pointer (to, jz_json_unref);
  *to = member != NULL && jz_json_get_kind (member) == kind ? jz_json_copy (member)
        : kind == JZ_JSON_ARRAY                             ? jz_json_new_array ()
                                                            : jz_json_new_object ();
}

static JzBundleContents *
read_contents (const char *text, gsize length)
{
  g_autoptr (JzJson) json = jz_json_parse (text, length, NULL);
  JzBundleContents *self = NULL;
  JzBundleItem *item;

  if (json == NULL || jz_json_get_kind (json) != JZ_JSON_OBJECT)
    return NULL;
  self = jz_bundle_contents_new ();
  take_text (json, "organ", &self->organ);
  take_text (json, "organ_code", &self->organ_code);
  self->store = g_strdup ("00112233aabbccdd");
  self->from = g_strdup ("2026-02-01");
  self->to = g_strdup ("2026-02-28");
  item = jz_bundle_contents_add (self);
  take_text (json, "id", &item->id);
  take_text (json, "form", &item->form);
  take_text (json, "title", &item->title);
  take_text (json, "number", &item->number);
  take_text (json, "party", &item->party);
  take_text (json, "matter", &item->matter);
  take_text (json, "decided_on", &item->decided_on);
  take_text (json, "released_on", &item->released_on);
  take_object (json, "fields", JZ_JSON_ARRAY, &item->fields);
  take_object (json, "values", JZ_JSON_OBJECT, &item->values);
  take_object (json, "redactions", JZ_JSON_ARRAY, &item->redactions);
  return self;
}

static void
use (const JzCreditTable *table, const JzBundleContents *contents)
{
  g_autoptr (GPtrArray) rows = jz_credit_table_fill (table, contents);
  g_autoptr (JzJson) deviations = jz_credit_table_check (table, contents, rows);
  g_autoptr (GBytes) book = jz_credit_table_write (table, contents, rows, 0, NULL);

  g_assert_cmpuint (rows->len, <=, contents->items->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (g_strv_length (g_ptr_array_index (rows, i)), ==,
                      jz_credit_table_get_n_columns (table));
  for (guint i = 0; i < jz_json_get_n_items (deviations); i++)
    g_assert_nonnull (jz_json_get_member_text (jz_json_get_item (deviations, i), "sentence"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static JzCreditTable *shipped;
  const uint8_t *mark = memmem (data, size, MARK, strlen (MARK));
  size_t n_xml = mark != NULL ? (size_t)(mark - data) : size;
  const char *rest = mark != NULL ? (const char *)mark + strlen (MARK) : "";
  g_autoptr (JzBundleContents) contents =
    mark != NULL ? read_contents (rest, size - n_xml - strlen (MARK)) : NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, n_xml);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzCreditTable) table = NULL;

  if (shipped == NULL)
    shipped = jz_credit_table_load_shipped (NULL);
  /* With nothing in front of the line it is about what was made public alone. */
  table = n_xml > 0 ? jz_credit_table_load (bytes, "fuzz.xml", &error) : NULL;
  if (n_xml > 0 && table == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "fuzz.xml"));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
  if (contents != NULL && (table != NULL || n_xml == 0))
    use (table != NULL ? table : shipped, contents);
  return 0;
}
