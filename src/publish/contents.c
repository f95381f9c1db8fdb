/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/contents.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/publications.h"
#include "office/situation.h"
#include "publish/error.h"
#include "rules/xml.h"

/* What a bundle tells, from what was released. Only what the public gets is read here: the public
 * copy, its values and its fields, never the document itself (P-06). */

#define MAX_PUBLIC (8 * 1024 * 1024)
#define WORDS "/org/juanzong/publicity/decisions.xml"

static void
item_free (gpointer data)
{
  JzBundleItem *self = data;

  g_free (self->id);
  g_free (self->form);
  g_free (self->title);
  g_free (self->number);
  g_free (self->party);
  g_free (self->matter);
  g_free (self->decided_on);
  g_free (self->released_on);
  g_clear_pointer (&self->fields, jz_json_unref);
  g_clear_pointer (&self->values, jz_json_unref);
  g_clear_pointer (&self->redactions, jz_json_unref);
  g_free (self);
}

/**
 * jz_bundle_contents_new:
 *
 * Returns: (transfer full): contents with nothing in them
 */
JzBundleContents *
jz_bundle_contents_new (void)
{
  JzBundleContents *self = g_new0 (JzBundleContents, 1);

  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

/**
 * jz_bundle_contents_free:
 * @self: (transfer full): contents
 */
void
jz_bundle_contents_free (JzBundleContents *self)
{
  g_free (self->organ);
  g_free (self->organ_code);
  g_free (self->store);
  g_free (self->from);
  g_free (self->to);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/**
 * jz_bundle_contents_add:
 * @self: contents
 *
 * Returns: (transfer none): one more item, to be filled in
 */
JzBundleItem *
jz_bundle_contents_add (JzBundleContents *self)
{
  JzBundleItem *item = g_new0 (JzBundleItem, 1);

  g_ptr_array_add (self->items, item);
  return item;
}

/**
 * jz_bundle_item_get_field:
 * @self: an item
 * @id: name of a field
 *
 * Returns: (transfer none): what the public is told, the empty text where it is told nothing
 */
const char *
jz_bundle_item_get_field (const JzBundleItem *self, const char *id)
{
  for (guint i = 0; i < jz_json_get_n_items (self->fields); i++) {
    const JzJson *field = jz_json_get_item (self->fields, i);
    if (g_strcmp0 (jz_json_get_member_text (field, "id"), id) == 0)
      return jz_json_get_member_text (field, "value");
  }
  return "";
}

/**
 * jz_bundle_contents_dup_name:
 * @self: contents
 * @folder: where the file lies, with a slash at the end
 * @name: what it is called
 * @ending: with its dot
 *
 * Returns: (transfer full): its path; marked where nothing is real, because such files travel alone
 */
char *
jz_bundle_contents_dup_name (const JzBundleContents *self,
                             const char *folder,
                             const char *name,
                             const char *ending)
{
  return g_strconcat (folder, self->is_demo ? JZ_BUNDLE_DEMO_MARK "-" : "", name, ending, NULL);
}

/* The office has checked the file against its schema. */
static JzXml *
load_words (GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (WORDS, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL ? jz_xml_parse (bytes, "decisions.xml", error) : NULL;
}

/* The public reads Chinese, whatever language the program speaks; that label stands first. */
static void
add_field (JzJson *list, const xmlNode *field, const JzJson *values)
{
  g_autofree char *id = jz_xml_dup_attribute (field, "id");
  const char *value = id != NULL ? jz_json_get_member_text (values, id) : NULL;
  g_autofree char *label = NULL;
  JzJson *row;

  if (value == NULL || value[0] == '\0')
    return;
  label = jz_xml_dup_text (jz_xml_get_first_element (field));
  row = jz_json_new_object ();
  jz_json_set_text (row, "id", id);
  jz_json_set_text (row, "label", label);
  jz_json_set_text (row, "value", value);
  jz_json_append (list, row);
}

static JzJson *
make_fields (const JzXml *words, const char *form, const JzJson *values)
{
  JzJson *list = jz_json_new_array ();

  for (const xmlNode *category = jz_xml_get_first_element (jz_xml_get_root (words));
       category != NULL; category = jz_xml_get_next_element (category)) {
    g_autofree char *of = jz_xml_dup_attribute (category, "form");
    if (!jz_xml_is_element (category, "category") || g_strcmp0 (of, form) != 0)
      continue;
    for (const xmlNode *field = jz_xml_get_first_element (category); field != NULL;
         field = jz_xml_get_next_element (field))
      add_field (list, field, values);
  }
  return list;
}

static JzJson *
find_same (JzJson *list, const JzJson *redaction)
{
  static const char *const names[] = { "choice", "kind", "rule" };

  for (guint i = 0; i < jz_json_get_n_items (list); i++) {
    const JzJson *row = jz_json_get_item (list, i);
    gboolean is_same = TRUE;
    for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
      is_same = is_same && g_strcmp0 (jz_json_get_member_text (row, names[j]),
                                      jz_json_get_member_text (redaction, names[j])) == 0;
    if (is_same)
      return (JzJson *)row;
  }
  return NULL;
}

/* How much of what kind was hidden. Where it stood and how long it was would say something of it.
 */
static JzJson *
count_redactions (const JzJson *redactions)
{
  static const char *const names[] = { "choice", "kind", "rule" };
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (redactions); i++) {
    const JzJson *redaction = jz_json_get_item (redactions, i);
    JzJson *row = find_same (list, redaction);
    if (row == NULL) {
      row = jz_json_new_object ();
      for (gsize j = 0; j < G_N_ELEMENTS (names); j++) {
        const char *word = jz_json_get_member_text (redaction, names[j]);
        if (word != NULL)
          jz_json_set_text (row, names[j], word);
      }
      jz_json_append (list, row);
    }
    jz_json_set_integer (row, "n", jz_json_get_member_integer (row, "n", 0) + 1);
  }
  return list;
}

static JzJson *
load_public (JzObjects *objects, const JzHash *hash, GError **error)
{
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (objects, hash, MAX_PUBLIC, error);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return text != NULL ? jz_json_parse_long (text, length, MAX_PUBLIC, error) : NULL;
}

static gboolean
add_released (JzBundleContents *self,
              JzObjects *objects,
              const JzXml *words,
              const JzReleased *released,
              GError **error)
{
  const JzPublication *publication = released->publication;
  const JzPublicationCopy *copy = released->copy;
  JzBundleItem *item = jz_bundle_contents_add (self);
  g_autoptr (JzJson) public = load_public (objects, &copy->public, error);
  const JzJson *values;
  const char *title;

  if (public == NULL)
    return FALSE;
  item->fields = make_fields (words, publication->form, copy->fields);
  values = jz_json_get_member (public, "values");
  title = jz_json_get_member_text (public, "title");
  item->id = g_strdup (publication->document);
  item->form = g_strdup (publication->form);
  item->number = g_strdup (publication->number);
  item->title = g_strdup (title != NULL && title[0] != '\0' ? title : publication->number);
  item->party = g_strdup (jz_bundle_item_get_field (item, "party"));
  item->matter = g_strdup (jz_bundle_item_get_field (item, "behaviour"));
  item->decided_on = g_strdup (publication->decided_on);
  item->released_on = g_strdup (publication->released_on);
  item->pdf = copy->pdf;
  item->values = values != NULL ? jz_json_ref (values) : jz_json_new_object ();
  item->redactions = count_redactions (copy->redactions);
  return TRUE;
}

static gboolean
load_organ (JzBundleContents *self, JzConnection *tables, GError **error)
{
  if (!jz_tables_get_setting (tables, "bureau.name", &self->organ, error) ||
      !jz_tables_get_setting (tables, "bureau.credit_code", &self->organ_code, error))
    return FALSE;
  if (self->organ == NULL)
    self->organ = g_strdup ("");
  if (self->organ_code == NULL)
    self->organ_code = g_strdup ("");
  return TRUE;
}

/**
 * jz_bundle_contents_load:
 * @tables: derived tables
 * @objects: the store's
 * @store: its id
 * @is_demo: whether nothing in it is real
 * @from: first day, as 2026-01-02
 * @to: last day
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was released on these days
 */
JzBundleContents *
jz_bundle_contents_load (JzConnection *tables,
                         JzObjects *objects,
                         const char *store,
                         gboolean is_demo,
                         const char *from,
                         const char *to,
                         GError **error)
{
  g_autoptr (JzBundleContents) self = jz_bundle_contents_new ();
  g_autoptr (GPtrArray) released = jz_publications_list_released (tables, from, to, error);
  g_autoptr (JzXml) words = released != NULL ? load_words (error) : NULL;

  if (words == NULL || !load_organ (self, tables, error))
    return NULL;
  if (released->len > JZ_BUNDLE_MAX_ITEMS) {
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_TOO_LARGE,
                 _ ("%u publications were released from %s to %s, and a bundle holds %d. Make "
                    "several bundles of shorter periods."),
                 released->len, from, to, JZ_BUNDLE_MAX_ITEMS);
    return NULL;
  }
  self->store = g_strdup (store);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  self->is_demo = is_demo;
  for (guint i = 0; i < released->len; i++)
    if (!add_released (self, objects, words, g_ptr_array_index (released, i), error))
      return NULL;
  return g_steal_pointer (&self);
}
