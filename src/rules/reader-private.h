/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "base/error.h"
#include "rules/text.h"
#include "rules/xml_schema.h"

G_BEGIN_DECLS

/* What the readers of the data files share. The functions that answer FALSE have set the error,
 * with file, line and column. */

JzXmlSchema *jz_reader_get_schema (const char *name, JzXmlSchema **schema);
JzXml *jz_reader_open (GBytes *bytes,
                       const char *name,
                       const char *schema,
                       JzXmlSchema **at,
                       GError **error);
gboolean
jz_reader_fail (const JzXml *document, const xmlNode *node, GError **error, char *sentence);
gboolean
jz_reader_take_line (const JzXml *document, const xmlNode *element, JzText *text, GError **error);
gboolean jz_reader_check_text (const JzXml *document,
                               const xmlNode *parent,
                               const char *what,
                               const JzText *text,
                               GError **error);
gboolean jz_reader_read_text (const JzXml *document,
                              const xmlNode *parent,
                              const char *name,
                              JzText *text,
                              GError **error);
gboolean jz_reader_read_date (const JzXml *document,
                              const xmlNode *element,
                              const char *attribute,
                              JzDate *date,
                              GError **error);
int jz_reader_read_number (const xmlNode *element, const char *attribute, int otherwise);
gboolean jz_reader_is_yes (const xmlNode *element, const char *attribute);

G_END_DECLS
