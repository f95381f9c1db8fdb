/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_facts.h"
#include "office/documents.h"

G_BEGIN_DECLS

JzCaseFacts *jz_document_new_facts (JzConnection *reader,
                                    JzObjects *objects,
                                    const char *case_id,
                                    JzInstant now,
                                    GError **error);
JzJson *jz_document_check_filling (JzConnection *reader,
                                   JzObjects *objects,
                                   const char *case_id,
                                   const char *document,
                                   const JzFilling *filling,
                                   JzInstant now,
                                   GError **error);
JzJson *jz_document_find_findings (JzConnection *reader,
                                   JzObjects *objects,
                                   const char *case_id,
                                   const char *document,
                                   JzInstant now,
                                   GError **error);

G_END_DECLS
