/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/xml.h"

G_BEGIN_DECLS

typedef struct _JzXmlSchema JzXmlSchema;

JzXmlSchema *jz_xml_schema_new (GBytes *bytes, const char *name, GError **error);
void jz_xml_schema_free (JzXmlSchema *self);
gboolean jz_xml_schema_validate (JzXmlSchema *self, const JzXml *document, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzXmlSchema, jz_xml_schema_free)

G_END_DECLS
