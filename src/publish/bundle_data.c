/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/contents.h"

/* A bundle for programs (data.json, redaction.json) and for table programs (data.csv). */

#define DEMO_SENTENCE "演示数据：制作单位和全部内容均为虚构，不得使用。"

/**
 * jz_bundle_dup_demo_sentence:
 * @self: contents
 *
 * Returns: (transfer full): what stands wherever nothing is real; the empty text elsewhere
 */
char *
jz_bundle_dup_demo_sentence (const JzBundleContents *self)
{
  return g_strdup (self->is_demo ? DEMO_SENTENCE : "");
}

static JzJson *
describe_file (const JzBundleContents *self, const JzBundleItem *item)
{
  g_autofree char *path = jz_bundle_contents_dup_name (self, "documents/", item->id, ".pdf");
  JzJson *json = jz_json_new_object ();
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (&item->pdf.hash, hex);
  jz_json_set_text (json, "path", path);
  jz_json_set_integer (json, "size", (gint64)item->pdf.size);
  jz_json_set_text (json, "sha256", hex);
  return json;
}

static JzJson *
describe_item (const JzBundleContents *self, const JzBundleItem *item)
{
  JzJson *json = jz_json_new_object ();
  JzJson *fields = jz_json_new_object ();

  for (guint i = 0; i < jz_json_get_n_items (item->fields); i++) {
    const JzJson *field = jz_json_get_item (item->fields, i);
    jz_json_set_text (fields, jz_json_get_member_text (field, "id"),
                      jz_json_get_member_text (field, "value"));
  }
  jz_json_set_text (json, "id", item->id);
  jz_json_set_text (json, "form", item->form);
  jz_json_set_text (json, "number", item->number);
  jz_json_set_text (json, "title", item->title);
  jz_json_set_text (json, "decided_on", item->decided_on);
  jz_json_set_text (json, "released_on", item->released_on);
  jz_json_set_member (json, "document", describe_file (self, item));
  jz_json_set_member (json, "fields", fields);
  return json;
}

static JzJson *
describe (const JzBundleContents *self)
{
  g_autofree char *demo = jz_bundle_dup_demo_sentence (self);
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "organ", self->organ);
  jz_json_set_text (json, "store", self->store);
  jz_json_set_text (json, "from", self->from);
  jz_json_set_text (json, "to", self->to);
  jz_json_set_boolean (json, "demo", self->is_demo);
  if (self->is_demo)
    jz_json_set_text (json, "notice", demo);
  return json;
}

/**
 * jz_bundle_dup_json:
 * @self: contents
 *
 * Returns: (transfer full): data.json, canonical
 */
char *
jz_bundle_dup_json (const JzBundleContents *self)
{
  g_autoptr (JzJson) json = describe (self);
  JzJson *items = jz_json_new_array ();

  for (guint i = 0; i < self->items->len; i++)
    jz_json_append (items, describe_item (self, g_ptr_array_index (self->items, i)));
  jz_json_set_integer (json, "version", 1);
  jz_json_set_member (json, "items", items);
  return jz_json_to_canonical (json, NULL);
}

/**
 * jz_bundle_dup_redactions:
 * @self: contents
 *
 * Returns: (transfer full): redaction.json, canonical: how much of what kind was hidden by which
 *   rule, and nothing of what it was
 */
char *
jz_bundle_dup_redactions (const JzBundleContents *self)
{
  g_autoptr (JzJson) json = describe (self);
  JzJson *items = jz_json_new_array ();

  for (guint i = 0; i < self->items->len; i++) {
    const JzBundleItem *item = g_ptr_array_index (self->items, i);
    JzJson *row = jz_json_new_object ();
    jz_json_set_text (row, "id", item->id);
    jz_json_set_text (row, "number", item->number);
    jz_json_set_member (row, "redactions", jz_json_ref (item->redactions));
    jz_json_append (items, row);
  }
  jz_json_set_integer (json, "version", 1);
  jz_json_set_member (json, "items", items);
  return jz_json_to_canonical (json, NULL);
}

/* What a table program would take for the beginning of a formula, also in full width. */
static gboolean
begins_formula (const char *text)
{
  gunichar first = g_utf8_get_char (text);

  return first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' ||
         first == '\r' || first == '\n' || first == 0xff1d || first == 0xff0b || first == 0xff0d ||
         first == 0xff20;
}

static void
append_cell (GString *text, const char *cell, gboolean is_last)
{
  g_string_append_c (text, '"');
  if (begins_formula (cell))
    g_string_append_c (text, '\'');
  for (; *cell != '\0'; cell++) {
    if (*cell == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *cell);
  }
  g_string_append (text, is_last ? "\"\r\n" : "\",");
}

/* The fields of all items, each once, in the order in which they come. */
static GPtrArray *
list_fields (const JzBundleContents *self, GPtrArray *labels)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++) {
    const JzBundleItem *item = g_ptr_array_index (self->items, i);
    for (guint j = 0; j < jz_json_get_n_items (item->fields); j++) {
      const JzJson *field = jz_json_get_item (item->fields, j);
      const char *id = jz_json_get_member_text (field, "id");
      if (g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
        continue;
      g_ptr_array_add (ids, (gpointer)id);
      g_ptr_array_add (labels, (gpointer)jz_json_get_member_text (field, "label"));
    }
  }
  return ids;
}

static void
append_row (GString *text, const JzBundleContents *self, const JzBundleItem *item, GPtrArray *ids)
{
  g_autofree char *path = jz_bundle_contents_dup_name (self, "documents/", item->id, ".pdf");
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (&item->pdf.hash, hex);
  append_cell (text, item->id, FALSE);
  append_cell (text, item->released_on, FALSE);
  for (guint i = 0; i < ids->len; i++)
    append_cell (text, jz_bundle_item_get_field (item, g_ptr_array_index (ids, i)), FALSE);
  if (self->is_demo)
    append_cell (text, DEMO_SENTENCE, FALSE);
  append_cell (text, path, FALSE);
  append_cell (text, hex, TRUE);
}

/**
 * jz_bundle_dup_csv:
 * @self: contents
 *
 * Returns: (transfer full): data.csv, as table programs read Chinese: UTF-8 with its mark, lines
 *   ended by CR LF, every cell in quotation marks, no cell a formula
 */
char *
jz_bundle_dup_csv (const JzBundleContents *self)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = list_fields (self, labels);
  GString *text = g_string_new ("\xef\xbb\xbf");

  append_cell (text, "编号", FALSE);
  append_cell (text, "公示日期", FALSE);
  for (guint i = 0; i < labels->len; i++)
    append_cell (text, g_ptr_array_index (labels, i), FALSE);
  if (self->is_demo)
    append_cell (text, JZ_BUNDLE_DEMO_MARK, FALSE);
  append_cell (text, "文件", FALSE);
  append_cell (text, "SHA-256", TRUE);
  for (guint i = 0; i < self->items->len; i++)
    append_row (text, self, g_ptr_array_index (self->items, i), ids);
  return g_string_free (text, FALSE);
}
