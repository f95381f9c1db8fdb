/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/hash.h"

G_BEGIN_DECLS

/* Leaves of a complete subtree whose hash is kept. */
#define JZ_TREE_KEPT_LEAVES 256

/**
 * JzTree:
 * @size: number of leaves there are
 * @source: passed to the two functions
 * @leaves: gives the leaf hashes @first to @first + @n - 1
 * @subtrees: (nullable): gives the hashes of the kept complete subtrees @first to @first + @n - 1,
 *   subtree i covering the leaves 256 i to 256 i + 255; where NULL, leaves are asked for instead
 *
 * Where the hashes of one RFC 9162 tree come from.
 */
typedef struct {
  guint64 size;
  gpointer source;
  gboolean (*leaves) (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error);
  gboolean (*subtrees) (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error);
} JzTree;

void jz_tree_hash_leaf (const void *leaf_data, gsize length, JzHash *hash);
void jz_tree_hash_node (const JzHash *left, const JzHash *right, JzHash *hash);
/* root of n leaf hashes in memory; n = 0 gives SHA-256 of nothing */
void jz_tree_root_of (const JzHash *leaves, guint64 n, JzHash *root);

gboolean jz_tree_get_root (const JzTree *tree, guint64 size, JzHash *root, GError **error);
/* (transfer full): arrays of JzHash */
GArray *jz_tree_prove_inclusion (const JzTree *tree, guint64 index, guint64 size, GError **error);
GArray *jz_tree_prove_consistency (const JzTree *tree, guint64 from, guint64 to, GError **error);

gboolean jz_tree_check_inclusion (const JzHash *leaf,
                                  guint64 index,
                                  guint64 size,
                                  const JzHash *proof,
                                  gsize n_proof,
                                  const JzHash *root);
gboolean jz_tree_check_consistency (guint64 from,
                                    const JzHash *from_root,
                                    guint64 to,
                                    const JzHash *to_root,
                                    const JzHash *proof,
                                    gsize n_proof);

G_END_DECLS
