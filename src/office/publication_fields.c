/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publication_fields.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/identity_code.h"
#include "office/office-resources.h"
#include "rules/xml.h"
#include "rules/xml_schema.h"

/* What carriers are told of a decision, from the masked document: data/publicity. */

#define WORDS_PATH "/org/juanzong/publicity/decisions.xml"
#define SCHEMA_PATH "/org/juanzong/schemas/publicity.rng"

/**
 * jz_public_field_free:
 * @self: (transfer full): a field
 */
void
jz_public_field_free (JzPublicField *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self->deviation);
  g_free (self->value);
  g_free (self);
}

static JzXml *
load (GError **error)
{
  GResource *resource = jz_office_get_resource ();
  g_autoptr (GBytes) words = g_resource_lookup_data (resource, WORDS_PATH, 0, error);
  g_autoptr (GBytes) rules =
    words != NULL ? g_resource_lookup_data (resource, SCHEMA_PATH, 0, error) : NULL;
  g_autoptr (JzXmlSchema) schema =
    rules != NULL ? jz_xml_schema_new (rules, "publicity.rng", error) : NULL;
  g_autoptr (JzXml) document = schema != NULL ? jz_xml_parse (words, "decisions.xml", error) : NULL;

  if (document == NULL || !jz_xml_schema_validate (schema, document, error))
    return NULL;
  return g_steal_pointer (&document);
}

static gboolean
has_attribute (const xmlNode *element, const char *name, const char *value)
{
  g_autofree char *found = jz_xml_dup_attribute (element, name);
  return g_strcmp0 (found, value) == 0;
}

static const xmlNode *
find (const JzXml *words, const char *element, const char *attribute, const char *value)
{
  for (const xmlNode *node = jz_xml_get_first_element (jz_xml_get_root (words)); node != NULL;
       node = jz_xml_get_next_element (node))
    if (jz_xml_is_element (node, element) && has_attribute (node, attribute, value))
      return node;
  return NULL;
}

static gboolean
is_field (const xmlNode *node)
{
  return jz_xml_is_element (node, "field");
}

/* A column of a table, each thing once. */
static char *
join_column (const JzFormField *table, const JzJson *rows, const char *column)
{
  const JzFormField *member = jz_form_field_find_member (table, column);
  GString *text = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; member != NULL && i < jz_json_get_n_items (rows); i++) {
    const JzJson *value = jz_json_get_member (jz_json_get_item (rows, i), column);
    g_autofree char *one =
      value != NULL ? jz_filling_dup_text (member, value, JZ_SHOW_PLAIN) : g_strdup ("");
    if (one[0] != '\0' && g_hash_table_add (seen, g_strdup (one)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "；" : "", one);
  }
  return g_string_free (text, FALSE);
}

static char *
dup_at (const JzFilling *masked, const char *text)
{
  g_auto (GStrv) names = g_strsplit (text, ".", 2);
  const JzForm *form = jz_filling_get_form (masked);
  const JzFormField *field = jz_form_find_field (form, names[0]);
  const JzJson *value = jz_filling_find (masked, names[0]);

  if (field == NULL || value == NULL)
    return g_strdup ("");
  if (names[1] == NULL)
    return jz_filling_dup_text (field, value, JZ_SHOW_PLAIN);
  if (jz_json_get_kind (value) == JZ_JSON_ARRAY)
    return join_column (field, value, names[1]);
  value = jz_json_get_member (value, names[1]);
  field = jz_form_field_find_member (field, names[1]);
  return field != NULL && value != NULL ? jz_filling_dup_text (field, value, JZ_SHOW_PLAIN)
                                        : g_strdup ("");
}

static gboolean
is_wanted (const JzFilling *masked, const xmlNode *field)
{
  g_autofree char *where = jz_xml_dup_attribute (field, "where");
  g_autofree char *is = jz_xml_dup_attribute (field, "is");
  g_autofree char *is_not = jz_xml_dup_attribute (field, "is-not");
  const JzJson *value = where != NULL ? jz_filling_find (masked, where) : NULL;
  const char *text =
    value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT ? jz_json_get_text (value) : "";

  if (where == NULL)
    return TRUE;
  return is != NULL ? strcmp (is, text) == 0 : strcmp (is_not, text) != 0;
}

/**
 * jz_publication_make_fields:
 * @masked: a document without what the public does not see
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an object: what the public is told, by the names of the
 *   fields of the document's category; empty where its form belongs to none
 */
JzJson *
jz_publication_make_fields (const JzFilling *masked, GError **error)
{
  g_autoptr (JzXml) words = load (error);
  const xmlNode *category;
  JzJson *fields;

  if (words == NULL)
    return NULL;
  category = find (words, "category", "form", jz_form_get_id (jz_filling_get_form (masked)));
  fields = jz_json_new_object ();
  for (const xmlNode *node = category != NULL ? jz_xml_get_first_element (category) : NULL;
       node != NULL; node = jz_xml_get_next_element (node)) {
    g_autofree char *id = jz_xml_dup_attribute (node, "id");
    g_autofree char *path = jz_xml_dup_attribute (node, "path");
    g_autofree char *value = is_wanted (masked, node) ? dup_at (masked, path) : NULL;
    if (value != NULL)
      jz_json_set_text (fields, id, value);
  }
  return fields;
}

/**
 * jz_publication_has_fields:
 * @form: id of a form
 *
 * Returns: whether decisions of this form have fields for carriers
 */
gboolean
jz_publication_has_fields (const char *form)
{
  g_autoptr (JzXml) words = load (NULL);
  return words != NULL && find (words, "category", "form", form) != NULL;
}

static char *
dup_label (const xmlNode *field)
{
  /* The one in Chinese stands first. */
  const xmlNode *label = jz_xml_get_first_element (field);

  return jz_xml_dup_text (
    jz_language_get_current () == JZ_LANGUAGE_ZH ? label : jz_xml_get_next_element (label));
}

static char *
dup_deviation (const xmlNode *field, const char *value)
{
  g_autofree char *most = jz_xml_dup_attribute (field, "most");
  long n_characters = g_utf8_strlen (value, -1);

  if (value[0] == '\0')
    return has_attribute (field, "required", "yes") ? g_strdup (_ ("This is missing.")) : NULL;
  if (n_characters > atol (most))
    return g_strdup_printf (_ ("This has %1$ld characters, and at most %2$s are possible."),
                            n_characters, most);
  if (has_attribute (field, "type", "uscc")) {
    g_autoptr (JzIdentityCode) code = jz_identity_code_check_uscc (value);
    if (code->verdict == JZ_IDENTITY_ERROR)
      return g_strdup (code->sentence);
  }
  return NULL;
}

static JzPublicField *
make_field (const xmlNode *node, const JzJson *fields)
{
  g_autofree char *id = jz_xml_dup_attribute (node, "id");
  const char *value = jz_json_get_member_text (fields, id);
  JzPublicField *field;

  if (value == NULL)
    return NULL;
  field = g_new0 (JzPublicField, 1);
  field->label = dup_label (node);
  field->deviation = dup_deviation (node, value);
  field->value = g_strdup (value);
  field->id = g_steal_pointer (&id);
  return field;
}

static void
add_field (GPtrArray *list, const xmlNode *node, const JzJson *fields)
{
  JzPublicField *field = make_field (node, fields);
  if (field != NULL)
    g_ptr_array_add (list, field);
}

static void
add_in_order (GPtrArray *list, const xmlNode *category, const char *order, const JzJson *fields)
{
  g_auto (GStrv) ids = g_strsplit (order, " ", -1);

  for (char **id = ids; *id != NULL; id++)
    for (const xmlNode *node = jz_xml_get_first_element (category); node != NULL;
         node = jz_xml_get_next_element (node))
      if (has_attribute (node, "id", *id))
        add_field (list, node, fields);
}

/**
 * jz_publication_list_fields:
 * @form: id of a form
 * @carrier: (nullable): a carrier, for the fields that it asks for in the order of its web form;
 *   %NULL for all
 * @fields: what jz_publication_make_fields() gave
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzPublicField): the fields with their names and
 *   what is wrong with them
 */
GPtrArray *
jz_publication_list_fields (const char *form,
                            const char *carrier,
                            const JzJson *fields,
                            GError **error)
{
  g_autoptr (JzXml) words = load (error);
  GPtrArray *list;
  const xmlNode *category, *asking;
  g_autofree char *order = NULL;

  if (words == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_public_field_free);
  category = find (words, "category", "form", form);
  asking = carrier != NULL ? find (words, "carrier", "id", carrier) : NULL;
  order = asking != NULL ? jz_xml_dup_attribute (asking, "fields") : NULL;
  if (category == NULL)
    return list;
  if (order != NULL)
    add_in_order (list, category, order, fields);
  else
    for (const xmlNode *node = jz_xml_get_first_element (category); node != NULL;
         node = jz_xml_get_next_element (node))
      if (is_field (node))
        add_field (list, node, fields);
  return list;
}

/**
 * jz_publication_dup_deviations:
 * @form: id of a form
 * @fields: what jz_publication_make_fields() gave
 * @n: (out): how many deviate from the standard of their category
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the names of those that do, to be read
 */
char *
jz_publication_dup_deviations (const char *form, const JzJson *fields, guint *n, GError **error)
{
  g_autoptr (GPtrArray) list = jz_publication_list_fields (form, NULL, fields, error);
  GString *names;

  *n = 0;
  if (list == NULL)
    return NULL;
  names = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++) {
    const JzPublicField *field = g_ptr_array_index (list, i);
    if (field->deviation == NULL)
      continue;
    g_string_append_printf (names, "%s%s", *n > 0 ? " · " : "", field->label);
    (*n)++;
  }
  return g_string_free (names, FALSE);
}

/**
 * jz_publication_dup_carriers:
 * @words: the setting `publicity.carriers`
 *
 * Returns: (transfer full): the carriers named there that there are, each once
 */
GStrv
jz_publication_dup_carriers (const char *words)
{
  g_autoptr (JzXml) known = load (NULL);
  g_auto (GStrv) names = g_strsplit_set (words, " ,、，；;", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **name = names; *name != NULL; name++)
    if (known != NULL && find (known, "carrier", "id", *name) != NULL &&
        g_hash_table_add (seen, *name))
      g_strv_builder_add (builder, *name);
  return g_strv_builder_end (builder);
}
