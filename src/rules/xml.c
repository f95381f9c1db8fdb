/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/error.h"
#include "rules/xml-private.h"

/* Reading XML that somebody else wrote. A rulebook or a calendar may come from anywhere, so that
 * nothing in a file may make us read another file, ask the network, or work for long:
 *
 * - no document type at all, and with it no entity but the five of XML itself, no default and no
 *   external subset: it is refused as soon as the parser meets it, before anything in it is read;
 * - UTF-8 only, without conversion by any other library;
 * - bounds on size, depth and number of elements, and on the bytes from one “<” to the next, for
 *   the parser's work on the attributes of one tag grows with their square.
 *
 * Elements remember at which byte they begin; line and column are worked out when somebody asks. */

#define MAX_TAG_SIZE (32 * 1024)
#define MAX_REASON 300

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlParserCtxt, xmlFreeParserCtxt)

struct _JzXml {
  char *name;
  GBytes *bytes;
  xmlDoc *doc;
};

typedef struct {
  JzXml *document;
  guint n_elements;
  GError *error; /* the first one; the parser goes on to find others */
} Reading;

static void
get_position_of_byte (const JzXml *self, gsize offset, int *line, int *column)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  offset = MIN (offset, size);
  *line = 1;
  *column = 1;
  for (gsize i = 0; i < offset; i++) {
    if (data[i] == '\n') {
      (*line)++;
      *column = 1;
    } else if ((data[i] & 0xc0) != 0x80) {
      (*column)++;
    }
  }
}

static void
prefix_position (const JzXml *self, gsize offset, GError **error)
{
  int line;
  int column;
  get_position_of_byte (self, offset, &line, &column);
  g_prefix_error (error, "%s:%d:%d: ", self->name, line, column);
}

static gboolean
set_error_at (const JzXml *self,
              gsize offset,
              JzBaseError code,
              GError **error,
              const char *sentence)
{
  g_set_error_literal (error, JZ_BASE_ERROR, (int)code, sentence);
  prefix_position (self, offset, error);
  return FALSE;
}

static gsize
get_parsed_size (xmlParserCtxt *context)
{
  long consumed = xmlByteConsumed (context);
  return consumed > 0 ? (gsize)consumed : 0;
}

/* No “<” stands inside a tag, so that the last one before here began it. */
static gsize
find_tag_start (const JzXml *self, gsize offset)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  const char *start = memrchr (data, '<', MIN (offset, size));
  return start != NULL ? (gsize)(start - data) : 0;
}

/* The position is that of the tag, or of the document type, that the parser has just read. */
static void
stop (xmlParserCtxt *context, JzBaseError code, const char *sentence)
{
  Reading *reading = context->_private;
  gsize offset = find_tag_start (reading->document, get_parsed_size (context));
  if (reading->error == NULL)
    set_error_at (reading->document, offset, code, &reading->error, sentence);
  xmlStopParser (context);
}

static void
on_document_type (void *data,
                  const xmlChar *name,
                  const xmlChar *external_id,
                  const xmlChar *system_id)
{
  stop (data, JZ_BASE_ERROR_SYNTAX,
        _ ("The file has a document type, which is not allowed; remove the part that begins with "
           "<!DOCTYPE."));
}

static gboolean
check_bounds (xmlParserCtxt *context)
{
  Reading *reading = context->_private;
  g_autofree char *sentence = NULL;
  if (context->nodeNr >= JZ_XML_MAX_DEPTH)
    sentence = g_strdup_printf (_ ("The file has more than %d elements one inside the other, which "
                                   "is more than is read."),
                                JZ_XML_MAX_DEPTH);
  else if (reading->n_elements >= JZ_XML_MAX_ELEMENTS)
    sentence = g_strdup_printf (
      _ ("The file has more than %d elements, which is more than is read."), JZ_XML_MAX_ELEMENTS);
  if (sentence == NULL)
    return TRUE;
  stop (context, JZ_BASE_ERROR_LIMIT, sentence);
  return FALSE;
}

static void
on_element_start (void *data,
                  const xmlChar *name,
                  const xmlChar *prefix,
                  const xmlChar *uri,
                  int n_namespaces,
                  const xmlChar **namespaces,
                  int n_attributes,
                  int n_defaulted,
                  const xmlChar **attributes)
{
  xmlParserCtxt *context = data;
  Reading *reading = context->_private;
  if (!check_bounds (context))
    return;
  reading->n_elements++;
  xmlSAX2StartElementNs (context, name, prefix, uri, n_namespaces, namespaces, n_attributes,
                         n_defaulted, attributes);
  if (context->node != NULL)
    context->node->_private =
      GSIZE_TO_POINTER (find_tag_start (reading->document, get_parsed_size (context)));
}

static void
on_parser_error (void *data, JzXmlReason *reason)
{
  xmlParserCtxt *context = data;
  Reading *reading = context->_private;
  if (reading->error != NULL || reason->level < XML_ERR_ERROR)
    return;
  g_autofree char *shown = jz_xml_dup_reason (reason);
  g_set_error (&reading->error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
               _ ("The file is not well-formed XML (%s); correct it here."), shown);
  prefix_position (reading->document, get_parsed_size (context), &reading->error);
}

static gboolean
check_size (const JzXml *self, GError **error)
{
  gsize size = g_bytes_get_size (self->bytes);
  if (size == 0)
    return set_error_at (self, 0, JZ_BASE_ERROR_SYNTAX, error, _ ("The file is empty."));
  if (size > JZ_XML_MAX_SIZE)
    return set_error_at (self, 0, JZ_BASE_ERROR_LIMIT, error,
                         _ ("The file is larger than 4 MiB, which is more than is read."));
  return TRUE;
}

static gboolean
check_text (const JzXml *self, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  const char *end = data;
  if (!g_utf8_validate_len (data, size, &end))
    return set_error_at (self, (gsize)(end - data), JZ_BASE_ERROR_SYNTAX, error,
                         _ ("The file is not UTF-8 here; save it as UTF-8."));
  gsize start = 0;
  for (gsize i = 0; i < size; i++) {
    if (data[i] == '<')
      start = i;
    else if (i - start == MAX_TAG_SIZE)
      return set_error_at (
        self, start, JZ_BASE_ERROR_LIMIT, error,
        _ ("From this “<” to the next are more than 32 KiB, which is more than is "
           "read; make the tag or text shorter."));
  }
  return TRUE;
}

/* The parser is told not to look at the declared encoding; that it is ours is checked here. */
static gboolean
check_encoding (const JzXml *self, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  /* At the very beginning, or behind a byte order mark. */
  const char *start = g_strstr_len (data, (gssize)MIN (size, 8), "<?xml");
  if (start == NULL)
    return TRUE;
  const char *end = g_strstr_len (start, data + size - start, "?>");
  if (end == NULL)
    return TRUE;
  const char *encoding = g_strstr_len (start, end - start, "encoding");
  if (encoding == NULL)
    return TRUE;
  const char *value = encoding + strlen ("encoding");
  while (value < end && (g_ascii_isspace (*value) || *value == '='))
    value++;
  if (end - value >= 7 && g_ascii_strncasecmp (value + 1, "UTF-8", 5) == 0 && value[6] == *value)
    return TRUE;
  return set_error_at (self, (gsize)(encoding - data), JZ_BASE_ERROR_SYNTAX, error,
                       _ ("The file names another encoding than UTF-8; save it as UTF-8."));
}

static gboolean
read_document (JzXml *self, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  Reading reading = { .document = self };
  g_autoptr (xmlParserCtxt) context = xmlCreateMemoryParserCtxt (data, (int)size);
  g_assert (context != NULL);
  xmlCtxtUseOptions (context, XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC);
  context->_private = &reading;
  context->sax->internalSubset = on_document_type;
  context->sax->startElementNs = on_element_start;
  context->sax->serror = on_parser_error;
  xmlParseDocument (context);
  self->doc = g_steal_pointer (&context->myDoc);
  if (reading.error == NULL && (!context->wellFormed || xmlDocGetRootElement (self->doc) == NULL))
    set_error_at (self, get_parsed_size (context), JZ_BASE_ERROR_SYNTAX, &reading.error,
                  _ ("The file is not well-formed XML; correct it here."));
  if (reading.error == NULL)
    return TRUE;
  g_propagate_error (error, reading.error);
  return FALSE;
}

/**
 * jz_xml_parse:
 * @bytes: the content of a file
 * @name: its name, for messages
 * @error: return location
 *
 * Reads an XML file without trusting it. Refused are: more than 4 MiB, 64 levels or 200,000
 * elements; a document type; any encoding but UTF-8; what is not well-formed.
 *
 * Returns: (transfer full): the document, or %NULL with %JZ_BASE_ERROR_SYNTAX or
 *   %JZ_BASE_ERROR_LIMIT; the message begins with name, line and column
 */
JzXml *
jz_xml_parse (GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  xmlInitParser ();
  g_autoptr (JzXml) self = g_new0 (JzXml, 1);
  self->name = g_strdup (name);
  self->bytes = g_bytes_ref (bytes);
  if (!check_size (self, error) || !check_text (self, error) || !check_encoding (self, error) ||
      !read_document (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_xml_free:
 * @self: (transfer full): a document
 *
 * Frees a document with all its nodes.
 */
void
jz_xml_free (JzXml *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->doc, xmlFreeDoc);
  g_bytes_unref (self->bytes);
  g_free (self->name);
  g_free (self);
}

/**
 * jz_xml_get_name:
 * @self: a document
 *
 * Returns: the name under which it was read
 */
const char *
jz_xml_get_name (const JzXml *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * jz_xml_get_root:
 * @self: a document
 *
 * Returns: (transfer none): its outermost element
 */
xmlNode *
jz_xml_get_root (const JzXml *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return xmlDocGetRootElement (self->doc);
}

/* Of the folder: what a schema is checked against. */
xmlDoc *
jz_xml_get_document (const JzXml *self)
{
  return self->doc;
}

/* Of the folder: what libxml2 says ends with a line break and may quote the file. */
char *
jz_xml_dup_reason (JzXmlReason *reason)
{
  g_autofree char *message = g_strdup (reason->message != NULL ? reason->message : "?");
  return jz_error_dup_printable (g_strstrip (message), -1, MAX_REASON);
}

static gsize
get_offset (const xmlNode *node)
{
  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->parent;
  return node != NULL ? GPOINTER_TO_SIZE (node->_private) : 0;
}

/**
 * jz_xml_get_position:
 * @self: a document
 * @node: (nullable): a node of it; anything but an element stands for the element around it
 * @line: (out): line, from 1
 * @column: (out): column in characters, from 1
 *
 * Tells where the tag of an element begins in the file.
 */
void
jz_xml_get_position (const JzXml *self, const xmlNode *node, int *line, int *column)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (line != NULL && column != NULL);

  get_position_of_byte (self, get_offset (node), line, column);
}

/* A “>” between the quotes of an attribute does not end the tag. */
static gsize
find_tag_end (const JzXml *self, gsize offset)
{
  gsize size;
  const char *data = g_bytes_get_data (self->bytes, &size);
  char quote = '\0';
  for (; offset < size; offset++) {
    char c = data[offset];
    if (quote != '\0')
      quote = c == quote ? '\0' : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '>')
      return offset + 1;
  }
  return size;
}

/**
 * jz_xml_get_text_position:
 * @self: a document
 * @element: an element of it that holds nothing but text
 * @line: (out): line, from 1
 * @column: (out): column in characters, from 1
 *
 * Tells where the text of an element begins in the file, behind its tag. Whoever counts on from
 * there counts a reference such as `&amp;` as the one character that it stands for.
 */
void
jz_xml_get_text_position (const JzXml *self, const xmlNode *element, int *line, int *column)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (element != NULL);
  g_return_if_fail (line != NULL && column != NULL);

  get_position_of_byte (self, find_tag_end (self, get_offset (element)), line, column);
}

/**
 * jz_xml_prefix_error:
 * @self: a document
 * @node: (nullable): the node that is wrong
 * @error: (nullable): an error whose sentence says what is wrong with it
 *
 * Puts name, line and column before an error, in the form that editors know: "name:line:column: ".
 */
void
jz_xml_prefix_error (const JzXml *self, const xmlNode *node, GError **error)
{
  g_return_if_fail (self != NULL);

  prefix_position (self, get_offset (node), error);
}

static xmlNode *
skip_to_element (xmlNode *node)
{
  while (node != NULL && node->type != XML_ELEMENT_NODE)
    node = node->next;
  return node;
}

/**
 * jz_xml_get_first_element:
 * @parent: an element
 *
 * Returns: (transfer none) (nullable): the first element directly inside it
 */
xmlNode *
jz_xml_get_first_element (const xmlNode *parent)
{
  g_return_val_if_fail (parent != NULL, NULL);

  return skip_to_element (parent->children);
}

/**
 * jz_xml_get_next_element:
 * @element: an element
 *
 * Returns: (transfer none) (nullable): the next element beside it
 */
xmlNode *
jz_xml_get_next_element (const xmlNode *element)
{
  g_return_val_if_fail (element != NULL, NULL);

  return skip_to_element (element->next);
}

/**
 * jz_xml_is_element:
 * @node: (nullable): a node
 * @name: a name without prefix
 *
 * Returns: whether @node is an element of that name
 */
gboolean
jz_xml_is_element (const xmlNode *node, const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return node != NULL && node->type == XML_ELEMENT_NODE &&
         g_strcmp0 ((const char *)node->name, name) == 0;
}

static char *
take_xml_text (xmlChar *text)
{
  char *copy = g_strdup ((const char *)text);
  xmlFree (text);
  return copy;
}

/**
 * jz_xml_dup_attribute:
 * @element: an element
 * @name: the name of an attribute without namespace
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
jz_xml_dup_attribute (const xmlNode *element, const char *name)
{
  g_return_val_if_fail (element != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  xmlChar *value = xmlGetNoNsProp (element, (const xmlChar *)name);
  return value != NULL ? take_xml_text (value) : NULL;
}

/**
 * jz_xml_dup_text:
 * @element: an element
 *
 * Returns: (transfer full): all text inside it, "" when there is none
 */
char *
jz_xml_dup_text (const xmlNode *element)
{
  g_return_val_if_fail (element != NULL, NULL);

  xmlChar *text = xmlNodeGetContent (element);
  return text != NULL ? take_xml_text (text) : g_strdup ("");
}
