/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/reader-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include "rules/rules-resources.h"

/* A schema is compiled once, at @schema, and stays. It is shipped with the program, so that one
 * that cannot be read means that the program was put together wrong. */
JzXmlSchema *
jz_reader_get_schema (const char *name, JzXmlSchema **schema)
{
  if (g_once_init_enter (schema)) {
    g_autofree char *path = g_strconcat ("/org/juanzong/schemas/", name, NULL);
    g_autoptr (GBytes) bytes =
      g_resource_lookup_data (jz_rules_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert (bytes != NULL);
    JzXmlSchema *loaded = jz_xml_schema_new (bytes, name, NULL);
    g_assert (loaded != NULL);
    g_once_init_leave (schema, loaded);
  }
  return *schema;
}

JzXml *
jz_reader_open (GBytes *bytes,
                const char *name,
                const char *schema,
                JzXmlSchema **at,
                GError **error)
{
  g_autoptr (JzXml) document = jz_xml_parse (bytes, name, error);
  if (document == NULL ||
      !jz_xml_schema_validate (jz_reader_get_schema (schema, at), document, error))
    return NULL;
  return g_steal_pointer (&document);
}

/* Takes the sentence, so that a caller may write it with its parts in one go. */
gboolean
jz_reader_fail (const JzXml *document, const xmlNode *node, GError **error, char *sentence)
{
  g_autofree char *owned = sentence;
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE, owned);
  jz_xml_prefix_error (document, node, error);
  return FALSE;
}

static gboolean
is_chinese (const xmlNode *element)
{
  xmlChar *language =
    xmlGetNsProp (element, (const xmlChar *)"lang", (const xmlChar *)XML_XML_NAMESPACE);
  gboolean answer = g_strcmp0 ((const char *)language, "zh-CN") == 0;
  xmlFree (language);
  return answer;
}

gboolean
jz_reader_take_line (const JzXml *document, const xmlNode *element, JzText *text, GError **error)
{
  char **place = is_chinese (element) ? &text->zh : &text->en;
  if (*place != NULL)
    return jz_reader_fail (
      document, element, error,
      g_strdup_printf (_ ("<%s> is given twice in this language; remove one of the two."),
                       (const char *)element->name));
  *place = g_strstrip (jz_xml_dup_text (element));
  return TRUE;
}

gboolean
jz_reader_check_text (const JzXml *document,
                      const xmlNode *parent,
                      const char *what,
                      const JzText *text,
                      GError **error)
{
  if (text->zh == NULL)
    return jz_reader_fail (
      document, parent, error,
      g_strdup_printf (_ ("<%s> is missing in Chinese here; add one with xml:lang=\"zh-CN\"."),
                       what));
  if (text->en == NULL)
    return jz_reader_fail (
      document, parent, error,
      g_strdup_printf (_ ("<%s> is missing in English here; add one with xml:lang=\"en\"."), what));
  return TRUE;
}

gboolean
jz_reader_read_text (const JzXml *document,
                     const xmlNode *parent,
                     const char *name,
                     JzText *text,
                     GError **error)
{
  for (const xmlNode *element = jz_xml_get_first_element (parent); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (jz_xml_is_element (element, name) && !jz_reader_take_line (document, element, text, error))
      return FALSE;
  }
  return jz_reader_check_text (document, parent, name, text, error);
}

gboolean
jz_reader_read_date (const JzXml *document,
                     const xmlNode *element,
                     const char *attribute,
                     JzDate *date,
                     GError **error)
{
  g_autofree char *text = jz_xml_dup_attribute (element, attribute);
  if (jz_date_parse (text, date, error))
    return TRUE;
  jz_xml_prefix_error (document, element, error);
  return FALSE;
}

/* The schema says that it is a number and how large it may be. */
int
jz_reader_read_number (const xmlNode *element, const char *attribute, int otherwise)
{
  g_autofree char *text = jz_xml_dup_attribute (element, attribute);
  return text != NULL ? (int)g_ascii_strtoll (text, NULL, 10) : otherwise;
}

gboolean
jz_reader_is_yes (const xmlNode *element, const char *attribute)
{
  g_autofree char *text = jz_xml_dup_attribute (element, attribute);
  return g_strcmp0 (text, "yes") == 0;
}
