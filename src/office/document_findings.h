/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"

G_BEGIN_DECLS

JzJson *jz_document_find_findings (JzConnection *reader,
                                   JzObjects *objects,
                                   const char *case_id,
                                   const char *document,
                                   JzInstant now,
                                   GError **error);

G_END_DECLS
