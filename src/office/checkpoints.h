/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"
#include "store/checkpoint.h"
#include "store/proof.h"

G_BEGIN_DECLS

gboolean
jz_office_issue_checkpoint (JzOffice *self, JzSession *session, char **note, GError **error);
JzCertificate *jz_checkpoints_load_store_certificate (JzConnection *tables,
                                                      JzObjects *objects,
                                                      const char *store,
                                                      GError **error);
JzProof *
jz_checkpoints_prove_inclusion (JzConnection *reader, const char *entry_id, GError **error);
char *jz_checkpoints_load_newest (JzConnection *reader, const char *store, GError **error);
JzProof *jz_checkpoints_prove_consistency (JzConnection *reader,
                                           const JzCheckpoint *earlier,
                                           GError **error);

G_END_DECLS
