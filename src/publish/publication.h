/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"
#include "publish/public_copy.h"

G_BEGIN_DECLS

/* Publications of a store: what the acts of office/ are given by this layer (design §1). */
JzPublicSource *jz_public_source_load (JzConnection *reader,
                                       JzObjects *objects,
                                       const char *case_id,
                                       const char *document,
                                       GError **error);
JzJson *jz_public_findings (JzConnection *reader,
                            JzObjects *objects,
                            const char *case_id,
                            const char *document,
                            GError **error);
JzJson *jz_public_preview (JzConnection *reader,
                           JzObjects *objects,
                           const char *case_id,
                           const char *document,
                           const JzJson *redactions,
                           GBytes **pdf,
                           GError **error);
gboolean jz_prepare_public_copy (const JzPreparation *preparation, JzJson *args, GError **error);

/* For the internal file: what was found, by which rule, what was decided and why. */
GBytes *jz_redaction_report_draw (const JzJson *report,
                                  const char *title,
                                  gboolean is_demo,
                                  JzInstant time,
                                  GError **error);

G_END_DECLS
