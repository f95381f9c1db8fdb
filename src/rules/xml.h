/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* What a file may be at most: in bytes, in elements one inside the other, in elements. */
#define JZ_XML_MAX_SIZE (4 * 1024 * 1024)
#define JZ_XML_MAX_DEPTH 64
#define JZ_XML_MAX_ELEMENTS 200000

typedef struct _JzXml JzXml;

JzXml *jz_xml_parse (GBytes *bytes, const char *name, GError **error);
void jz_xml_free (JzXml *self);
const char *jz_xml_get_name (const JzXml *self);
xmlNode *jz_xml_get_root (const JzXml *self);
void jz_xml_get_position (const JzXml *self, const xmlNode *node, int *line, int *column);
void jz_xml_get_text_position (const JzXml *self, const xmlNode *element, int *line, int *column);
void jz_xml_prefix_error (const JzXml *self, const xmlNode *node, GError **error);

/* Elements only: text, comments and processing instructions are passed over. */
xmlNode *jz_xml_get_first_element (const xmlNode *parent); /* NULL when there is none */
xmlNode *jz_xml_get_next_element (const xmlNode *element); /* NULL when it is the last one */
gboolean jz_xml_is_element (const xmlNode *node, const char *name);
char *jz_xml_dup_attribute (const xmlNode *element, const char *name); /* NULL when there is none */
char *jz_xml_dup_text (const xmlNode *element);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzXml, jz_xml_free)

G_END_DECLS
