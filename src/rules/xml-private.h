/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/xmlerror.h>

#include "rules/xml.h"

G_BEGIN_DECLS

/* The errors of libxml2 became read-only in 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError JzXmlReason;
#else
typedef xmlError JzXmlReason;
#endif

xmlDoc *jz_xml_get_document (const JzXml *self);
char *jz_xml_dup_reason (JzXmlReason *reason);

G_END_DECLS
