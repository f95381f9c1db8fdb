/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/xml_schema.h"

#include <glib/gi18n-lib.h>
#include <libxml/relaxng.h>

#include "base/error.h"
#include "rules/xml-private.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGParserCtxt, xmlRelaxNGFreeParserCtxt)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlRelaxNGValidCtxt, xmlRelaxNGFreeValidCtxt)

struct _JzXmlSchema {
  xmlRelaxNG *schema;
  GMutex mutex; /* libxml2 does not promise that two threads may validate by one schema */
};

typedef struct {
  const JzXml *document;
  GError *error; /* the first one; those after it are about what lies around it */
} Checking;

static void
on_error (void *data, JzXmlReason *reason)
{
  Checking *checking = data;
  if (checking->error != NULL || reason->level < XML_ERR_ERROR)
    return;
  g_autofree char *shown = jz_xml_dup_reason (reason);
  g_set_error (&checking->error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
               _ ("The file does not follow its schema (%s); correct it here."), shown);
  jz_xml_prefix_error (checking->document, reason->node, &checking->error);
}

static void
propagate (Checking *checking, GError **error)
{
  if (checking->error == NULL) {
    g_set_error_literal (&checking->error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                         _ ("The file does not follow its schema."));
    jz_xml_prefix_error (checking->document, NULL, &checking->error);
  }
  g_propagate_error (error, g_steal_pointer (&checking->error));
}

/**
 * jz_xml_schema_new:
 * @bytes: a RELAX NG schema; one of ours, for a schema may name other files
 * @name: its name, for messages
 * @error: return location
 *
 * Returns: (transfer full): the schema, which any thread may use; or %NULL with
 *   %JZ_BASE_ERROR_SYNTAX or %JZ_BASE_ERROR_LIMIT
 */
JzXmlSchema *
jz_xml_schema_new (GBytes *bytes, const char *name, GError **error)
{
  /* The table of data types is made when the first schema is read, without a lock. */
  static GMutex reading_mutex;

  g_autoptr (JzXml) document = jz_xml_parse (bytes, name, error);
  if (document == NULL)
    return NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&reading_mutex);
  g_autoptr (xmlRelaxNGParserCtxt) context =
    xmlRelaxNGNewDocParserCtxt (jz_xml_get_document (document));
  g_assert (context != NULL);
  Checking checking = { .document = document };
  xmlRelaxNGSetParserStructuredErrors (context, on_error, &checking);
  xmlRelaxNG *schema = xmlRelaxNGParse (context);
  if (schema == NULL || checking.error != NULL) {
    g_clear_pointer (&schema, xmlRelaxNGFree);
    propagate (&checking, error);
    return NULL;
  }
  JzXmlSchema *self = g_new0 (JzXmlSchema, 1);
  self->schema = schema;
  g_mutex_init (&self->mutex);
  return self;
}

/**
 * jz_xml_schema_free:
 * @self: (transfer full): a schema
 *
 * Frees a schema.
 */
void
jz_xml_schema_free (JzXmlSchema *self)
{
  g_return_if_fail (self != NULL);

  xmlRelaxNGFree (self->schema);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * jz_xml_schema_validate:
 * @self: a schema
 * @document: a document
 * @error: return location
 *
 * Checks a document against a schema. Nothing is defaulted: the document stays what it was.
 *
 * Returns: whether it follows the schema; fails with %JZ_BASE_ERROR_SYNTAX, and the message begins
 *   with name, line and column
 */
gboolean
jz_xml_schema_validate (JzXmlSchema *self, const JzXml *document, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (document != NULL, FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (xmlRelaxNGValidCtxt) context = xmlRelaxNGNewValidCtxt (self->schema);
  g_assert (context != NULL);
  Checking checking = { .document = document };
  xmlRelaxNGSetValidStructuredErrors (context, on_error, &checking);
  if (xmlRelaxNGValidateDoc (context, jz_xml_get_document (document)) == 0) {
    g_clear_error (&checking.error);
    return TRUE;
  }
  propagate (&checking, error);
  return FALSE;
}
