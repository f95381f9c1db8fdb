/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/checkpoint.h"

G_BEGIN_DECLS

typedef enum {
  JZ_PROOF_INCLUSION,
  JZ_PROOF_CONSISTENCY,
} JzProofKind;

/**
 * JzProof:
 * @kind: which of the two
 * @leaf_data: (nullable): the entry's leaf data, in a proof of inclusion
 * @index: seq - 1, in a proof of inclusion
 * @from: the earlier size, in a proof of consistency
 * @from_root: the earlier root, in a proof of consistency
 * @hashes: (element-type JzHash): the proof
 * @note: the checkpoint at its end, as text
 * @checkpoint: what the checkpoint says
 *
 * A proof file as `format/README.md` §4 writes it.
 */
typedef struct {
  JzProofKind kind;
  GBytes *leaf_data;
  guint64 index;
  guint64 from;
  JzHash from_root;
  GArray *hashes;
  char *note;
  JzCheckpoint checkpoint;
} JzProof;

JzProof *jz_proof_new_inclusion (GBytes *leaf_data,
                                 guint64 index,
                                 GArray *hashes,
                                 const char *note,
                                 GError **error);
JzProof *jz_proof_new_consistency (guint64 from,
                                   const JzHash *from_root,
                                   GArray *hashes,
                                   const char *note,
                                   GError **error);
JzProof *jz_proof_parse (const char *text, gsize length, GError **error);
char *jz_proof_to_text (const JzProof *self);
void jz_proof_free (JzProof *self);
/* The arithmetic alone: do the hashes lead to the checkpoint's root? */
gboolean jz_proof_check (const JzProof *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzProof, jz_proof_free)

G_END_DECLS
