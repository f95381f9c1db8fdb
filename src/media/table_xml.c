/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "media/table_file-private.h"

/* XML of a member, read from front to back without a tree. Before the parser sees it the tags are
 * walked once: no document type (and so no entities), no tag so long that the parser's work on its
 * attributes, which grows with their square, could hold us up. */

static gboolean
fail_damaged (const char *name, GError **error)
{
  return jz_table_fail (
    error, JZ_TABLE_ERROR_DAMAGED,
    _ ("%s is damaged: a part of it cannot be read. Open it in Excel or WPS and "
       "save it again."),
    name);
}

/* Behind a comment, a character section or a processing instruction; %NULL where it has no end. */
static const char *
skip_to (const char *at, const char *end, const char *mark)
{
  const char *found = memmem (at, (gsize)(end - at), mark, strlen (mark));
  return found != NULL ? found + strlen (mark) : NULL;
}

static const char *
skip_tag (const char *at, const char *end)
{
  const char *last = at + MIN (end - at, JZ_TABLE_MAX_TAG_BYTES);
  char quote = '\0';

  for (; at < last; at++) {
    if (quote != '\0')
      quote = *at == quote ? '\0' : quote;
    else if (*at == '"' || *at == '\'')
      quote = *at;
    else if (*at == '>')
      return at + 1;
  }
  return NULL;
}

static gboolean
starts (const char *at, const char *end, const char *mark)
{
  gsize length = strlen (mark);
  return (gsize)(end - at) >= length && memcmp (at, mark, length) == 0;
}

static gboolean
check_tags (const char *at, const char *end)
{
  while (at != NULL && (at = memchr (at, '<', (gsize)(end - at))) != NULL) {
    if (starts (at, end, "<!--"))
      at = skip_to (at + 4, end, "-->");
    else if (starts (at, end, "<![CDATA["))
      at = skip_to (at + 9, end, "]]>");
    else if (starts (at, end, "<?"))
      at = skip_to (at + 2, end, "?>");
    else if (starts (at, end, "<!"))
      return FALSE;
    else
      at = skip_tag (at, end);
    if (at == NULL)
      return FALSE;
  }
  return TRUE;
}

/* UTF-8 and nothing else, so that what was walked is what the parser reads. */
xmlTextReader *
jz_table_xml_new (GBytes *bytes, const char *name, GError **error)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (bytes, &size);
  xmlTextReader *reader = NULL;

  if (size > 0 && size <= G_MAXINT && g_utf8_validate_len (data, size, NULL) &&
      check_tags (data, data + size))
    reader = xmlReaderForMemory (data, (int)size, NULL, "UTF-8",
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (reader == NULL)
    fail_damaged (name, error);
  return reader;
}

/* One step; @is_end is set behind the last node. */
gboolean
jz_table_xml_next (xmlTextReader *self, const char *name, gboolean *is_end, GError **error)
{
  int result = xmlTextReaderRead (self);

  *is_end = result == 0;
  if (result < 0 || xmlTextReaderNodeType (self) == XML_READER_TYPE_DOCUMENT_TYPE)
    return fail_damaged (name, error);
  if (xmlTextReaderDepth (self) > JZ_TABLE_MAX_DEPTH)
    return jz_table_fail (error, JZ_TABLE_ERROR_TOO_LARGE,
                          _ ("%s is nested more deeply than is read."), name);
  return TRUE;
}

/* Whether an element of this name begins here; prefixes differ between programs. */
gboolean
jz_table_xml_is (xmlTextReader *self, const char *element)
{
  return xmlTextReaderNodeType (self) == XML_READER_TYPE_ELEMENT &&
         strcmp ((const char *)xmlTextReaderConstLocalName (self), element) == 0;
}

/* (transfer full) (nullable) */
char *
jz_table_xml_dup_attribute (xmlTextReader *self, const char *attribute)
{
  char *value = NULL;

  while (value == NULL && xmlTextReaderMoveToNextAttribute (self) == 1)
    if (strcmp ((const char *)xmlTextReaderConstLocalName (self), attribute) == 0)
      value = g_strdup ((const char *)xmlTextReaderConstValue (self));
  xmlTextReaderMoveToElement (self);
  return value;
}

/* (nullable): of a node of text; %NULL of any other, a comment among them */
const char *
jz_table_xml_get_text (xmlTextReader *self)
{
  int type = xmlTextReaderNodeType (self);

  if (type != XML_READER_TYPE_TEXT && type != XML_READER_TYPE_CDATA &&
      type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE && type != XML_READER_TYPE_WHITESPACE)
    return NULL;
  return (const char *)xmlTextReaderConstValue (self);
}

gboolean
jz_table_append_bounded (GString *text, const char *more, const char *name, GError **error)
{
  if (more == NULL)
    return TRUE;
  if (text->len + strlen (more) > JZ_TABLE_MAX_TEXT_BYTES)
    return jz_table_fail (error, JZ_TABLE_ERROR_TOO_LARGE,
                          _ ("%s has a cell whose text is longer than is read."), name);
  g_string_append (text, more);
  return TRUE;
}

/* Signs that XML cannot hold stand as _x000D_; those are none that a person typed. */
char *
jz_table_unescape (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at++) {
    gboolean is_escape = g_str_has_prefix (at, "_x");
    for (int i = 2; is_escape && i < 6; i++)
      is_escape = g_ascii_isxdigit (at[i]);
    if (is_escape && at[6] == '_') {
      gunichar sign = (gunichar)g_ascii_strtoull (at + 2, NULL, 16);
      if (sign >= ' ' && g_unichar_validate (sign))
        g_string_append_unichar (plain, sign);
      else if (sign == '\n')
        g_string_append_c (plain, '\n');
      at += 6;
    } else {
      g_string_append_c (plain, *at);
    }
  }
  return g_string_free (plain, FALSE);
}
