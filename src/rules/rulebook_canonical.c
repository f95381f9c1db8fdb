/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <string.h>

/* The effective rulebook as a file: what a bureau adopts and an entry names by its hash. Rules by
 * kind and id, attributes by name, no comments, no space but inside texts, one rule a line: the
 * same rules are the same bytes, and reading them gives the same bytes again. */

static void
write_escaped (GString *text, const char *raw)
{
  g_autofree char *escaped = g_markup_escape_text (raw, -1);
  g_string_append (text, escaped);
}

static void
write_attribute (GString *text, const char *name, const char *value)
{
  g_string_append_printf (text, " %s=\"", name);
  write_escaped (text, value);
  g_string_append_c (text, '"');
}

static int
compare_attributes (gconstpointer a, gconstpointer b)
{
  const xmlAttr *first = *(const xmlAttr *const *)a;
  const xmlAttr *second = *(const xmlAttr *const *)b;
  return strcmp ((const char *)first->name, (const char *)second->name);
}

static void
write_attributes (GString *text, const xmlNode *element)
{
  g_autoptr (GPtrArray) attributes = g_ptr_array_new ();
  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    g_ptr_array_add (attributes, attribute);
  g_ptr_array_sort (attributes, compare_attributes);
  for (guint i = 0; i < attributes->len; i++) {
    const xmlAttr *attribute = g_ptr_array_index (attributes, i);
    if (strcmp ((const char *)attribute->name, "replaces") == 0)
      continue;
    xmlChar *value = xmlNodeListGetString (element->doc, attribute->children, 1);
    g_autofree char *name =
      g_strconcat (attribute->ns != NULL ? "xml:" : "", (const char *)attribute->name, NULL);
    write_attribute (text, name, value != NULL ? (const char *)value : "");
    xmlFree (value);
  }
}

/* The depth is that of the reader, JZ_XML_MAX_DEPTH. */
static void
write_element (GString *text, const xmlNode *element)
{
  const xmlNode *child = jz_xml_get_first_element (element);
  g_autofree char *content = child == NULL ? g_strstrip (jz_xml_dup_text (element)) : NULL;
  g_string_append_printf (text, "<%s", (const char *)element->name);
  write_attributes (text, element);
  if (child == NULL && *content == '\0') {
    g_string_append (text, "/>");
    return;
  }
  g_string_append_c (text, '>');
  if (content != NULL)
    write_escaped (text, content);
  for (; child != NULL; child = jz_xml_get_next_element (child))
    write_element (text, child);
  g_string_append_printf (text, "</%s>", (const char *)element->name);
}

char *
jz_rule_write_canonical (const xmlNode *element)
{
  GString *text = g_string_new (NULL);
  write_element (text, element);
  return g_string_free (text, FALSE);
}

GBytes *
jz_rulebook_write_canonical (const JzRulebook *self)
{
  GString *text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rulebook");
  char in_force[JZ_DATE_SIZE];
  jz_date_format (self->in_force, in_force);
  write_attribute (text, "field", self->field);
  write_attribute (text, "id", self->id);
  write_attribute (text, "in-force", in_force);
  write_attribute (text, "level", "effective");
  g_string_append_printf (text, " semantics=\"%u\"", self->semantics);
  write_attribute (text, "version", self->version);
  g_string_append (text, ">\n<name xml:lang=\"zh-CN\">现行规则</name>"
                         "<name xml:lang=\"en\">Rules in force</name>\n");
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
    for (guint i = 0; i < self->rules[kind]->len; i++) {
      const JzRule *rule = g_ptr_array_index (self->rules[kind], i);
      g_string_append_printf (text, "%s\n", rule->text);
    }
  }
  g_string_append (text, "</rulebook>\n");
  return g_string_free_to_bytes (text);
}
