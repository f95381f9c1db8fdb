/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "publish/redaction.h"

G_BEGIN_DECLS

/* What the party reads of a dossier (当事人阅卷): what is of others is covered. */
JzPublicSource *jz_party_source_load (JzConnection *reader,
                                      JzObjects *objects,
                                      const char *case_id,
                                      const char *document,
                                      GError **error);

/* What src/acts.c registers with dossier.cover and dossier.show_party. */
gboolean jz_prepare_party_copy (const JzPreparation *preparation, JzJson *args, GError **error);
GBytes *jz_write_party_copy (JzConnection *reader,
                             JzObjects *objects,
                             const char *case_id,
                             JzInstant now,
                             const JzJson *rows,
                             JzJson **index,
                             GError **error);

G_END_DECLS
