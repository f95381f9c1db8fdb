/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tree.h"

#include <glib/gi18n-lib.h>

#include "store/error.h"

/* The Merkle tree of RFC 9162 §2.1 over leaf hashes that are read as they are needed. A tree of n
 * leaves is a row of complete subtrees, each smaller than the one before it; they are kept on a
 * stack, as the bits of a counter are, and folded from the right at the end. So memory does not
 * grow with n, and where subtrees of 256 leaves are kept no more than their hashes and the leaves
 * of at most a few of them are read. */

#define LEAF_PREFIX 0x00
#define NODE_PREFIX 0x01
#define BLOCK 256
#define MAX_DEPTH 64

typedef struct {
  JzHash subtrees[2 * MAX_DEPTH];
  guint n_subtrees;
  guint64 count;
} Frontier;

typedef gboolean (
  *ReadHashes) (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error);

/**
 * jz_tree_hash_leaf:
 * @leaf_data: an entry's leaf data
 * @length: its bytes
 * @hash: (out): SHA-256(0x00 ‖ leaf_data) (RFC 9162 §2.1.1)
 */
void
jz_tree_hash_leaf (const void *leaf_data, gsize length, JzHash *hash)
{
  static const guint8 prefix = LEAF_PREFIX;
  jz_hash_of_two (&prefix, 1, leaf_data, length, hash);
}

/**
 * jz_tree_hash_node:
 * @left: a hash
 * @right: a hash
 * @hash: (out): SHA-256(0x01 ‖ left ‖ right); may be @left or @right
 */
void
jz_tree_hash_node (const JzHash *left, const JzHash *right, JzHash *hash)
{
  struct {
    guint8 prefix;
    JzHash left;
    JzHash right;
  } node = { NODE_PREFIX, *left, *right };
  G_STATIC_ASSERT (sizeof node == 1 + 2 * JZ_HASH_LENGTH);
  jz_hash_of (&node, sizeof node, hash);
}

static void
frontier_add (Frontier *self, const JzHash *hash)
{
  self->subtrees[self->n_subtrees++] = *hash;
  self->count++;
  for (guint64 bits = self->count; (bits & 1) == 0; bits >>= 1) {
    JzHash *left = &self->subtrees[self->n_subtrees - 2];
    jz_tree_hash_node (left, left + 1, left);
    self->n_subtrees--;
  }
}

/* What is added from here on are smaller subtrees, which never make one as large as those before.
 */
static void
frontier_descend (Frontier *self)
{
  self->count = 0;
}

static void
frontier_fold (Frontier *self, JzHash *root)
{
  if (self->n_subtrees == 0) {
    jz_hash_of (NULL, 0, root);
    return;
  }
  *root = self->subtrees[self->n_subtrees - 1];
  for (guint i = self->n_subtrees - 1; i > 0; i--)
    jz_tree_hash_node (&self->subtrees[i - 1], root, root);
}

/**
 * jz_tree_root_of:
 * @leaves: (array length=n) (nullable): leaf hashes
 * @n: their number
 * @root: (out): the root of their tree; SHA-256 of nothing where @n is 0
 */
void
jz_tree_root_of (const JzHash *leaves, guint64 n, JzHash *root)
{
  Frontier frontier = { .n_subtrees = 0 };

  for (guint64 i = 0; i < n; i++)
    frontier_add (&frontier, &leaves[i]);
  frontier_fold (&frontier, root);
}

static gboolean
add_hashes (Frontier *frontier,
            ReadHashes read_hashes,
            gpointer source,
            guint64 first,
            guint64 n,
            GError **error)
{
  JzHash block[BLOCK];

  while (n > 0) {
    guint64 n_block = MIN (n, BLOCK);
    if (!read_hashes (source, first, n_block, block, error))
      return FALSE;
    for (guint64 i = 0; i < n_block; i++)
      frontier_add (frontier, &block[i]);
    first += n_block;
    n -= n_block;
  }
  return TRUE;
}

/* The hash of the leaves @first to @first + @n - 1. In the tree's recursion @first is a multiple of
 * the smallest power of two that is not below @n, so they are a tree by themselves, and where they
 * are 256 or more they begin with a kept subtree. */
static gboolean
hash_range (const JzTree *tree, guint64 first, guint64 n, JzHash *hash, GError **error)
{
  Frontier frontier = { .n_subtrees = 0 };
  guint64 n_kept = tree->subtrees != NULL ? n / JZ_TREE_KEPT_LEAVES : 0;

  if (!add_hashes (&frontier, tree->subtrees, tree->source, first / JZ_TREE_KEPT_LEAVES, n_kept,
                   error))
    return FALSE;
  frontier_descend (&frontier);
  first += n_kept * JZ_TREE_KEPT_LEAVES;
  n -= n_kept * JZ_TREE_KEPT_LEAVES;
  if (!add_hashes (&frontier, tree->leaves, tree->source, first, n, error))
    return FALSE;
  frontier_fold (&frontier, hash);
  return TRUE;
}

static gboolean
check_size (const JzTree *tree, guint64 size, GError **error)
{
  if (size <= tree->size)
    return TRUE;
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("A journal of %1$llu entries was asked about its first %2$llu entries. Give a "
                  "number that is not larger."),
               (unsigned long long)tree->size, (unsigned long long)size);
  return FALSE;
}

/**
 * jz_tree_get_root:
 * @tree: where the hashes come from
 * @size: of how many leaves
 * @root: (out): the root of the first @size leaves; SHA-256 of nothing where @size is 0
 * @error: return location
 *
 * Returns: whether it could be worked out; fails with %JZ_STORE_ERROR_INVALID where there are
 *   fewer leaves than @size, and as @tree's functions fail
 */
gboolean
jz_tree_get_root (const JzTree *tree, guint64 size, JzHash *root, GError **error)
{
  return check_size (tree, size, error) && hash_range (tree, 0, size, root, error);
}

/* The largest power of two below @n, which is at least 2. */
static guint64
split (guint64 n)
{
  return G_GUINT64_CONSTANT (1) << (63 - __builtin_clzll (n - 1));
}

static gboolean
append_range (GArray *proof, const JzTree *tree, guint64 first, guint64 n, GError **error)
{
  JzHash hash;

  if (!hash_range (tree, first, n, &hash, error))
    return FALSE;
  g_array_append_val (proof, hash);
  return TRUE;
}

/* Both proofs are found from the root down and written from the leaves up. */
static GArray *
reverse (GArray *proof)
{
  for (guint i = 0, j = proof->len; i + 1 < j; i++) {
    JzHash *low = &g_array_index (proof, JzHash, i);
    JzHash *high = &g_array_index (proof, JzHash, --j);
    JzHash swapped = *low;
    *low = *high;
    *high = swapped;
  }
  return proof;
}

/**
 * jz_tree_prove_inclusion:
 * @tree: where the hashes come from
 * @index: of the leaf, from 0
 * @size: of the tree in which it is proved
 * @error: return location
 *
 * RFC 9162 §2.1.3.1, from the leaf's sibling up.
 *
 * Returns: (transfer full) (element-type JzHash): the proof; NULL with %JZ_STORE_ERROR_INVALID
 *   where there is no such leaf or no such tree, and as @tree's functions fail
 */
GArray *
jz_tree_prove_inclusion (const JzTree *tree, guint64 index, guint64 size, GError **error)
{
  g_autoptr (GArray) proof = g_array_new (FALSE, FALSE, sizeof (JzHash));
  guint64 first = 0;
  guint64 n = size;

  if (!check_size (tree, size, error))
    return NULL;
  if (index >= size) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("Entry %1$llu is not among the first %2$llu entries, so nothing can be proved. "
                    "Choose an earlier entry or a later checkpoint."),
                 (unsigned long long)index + 1, (unsigned long long)size);
    return NULL;
  }
  while (n > 1) {
    guint64 n_left = split (n);
    gboolean is_left = index - first < n_left;
    guint64 sibling = is_left ? first + n_left : first;
    if (!append_range (proof, tree, sibling, is_left ? n - n_left : n_left, error))
      return NULL;
    first = is_left ? first : first + n_left;
    n = is_left ? n_left : n - n_left;
  }
  return reverse (g_steal_pointer (&proof));
}

/**
 * jz_tree_prove_consistency:
 * @tree: where the hashes come from
 * @from: the earlier size, at least 1
 * @to: the later size
 * @error: return location
 *
 * RFC 9162 §2.1.4.1; empty where both sizes are the same.
 *
 * Returns: (transfer full) (element-type JzHash): the proof; NULL with %JZ_STORE_ERROR_INVALID
 *   where @from is 0 or above @to, or there are fewer leaves, and as @tree's functions fail
 */
GArray *
jz_tree_prove_consistency (const JzTree *tree, guint64 from, guint64 to, GError **error)
{
  g_autoptr (GArray) proof = g_array_new (FALSE, FALSE, sizeof (JzHash));
  guint64 first = 0;
  guint64 n = to;

  if (!check_size (tree, to, error))
    return NULL;
  if (from == 0 || from > to) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("A journal of %1$llu entries cannot be proved to continue one of %2$llu "
                    "entries. Give the earlier size first; it is at least 1."),
                 (unsigned long long)to, (unsigned long long)from);
    return NULL;
  }
  /* The earlier tree ends inside these n leaves until it ends where they do. */
  while (first + n != from) {
    guint64 n_left = split (n);
    gboolean ends_left = from - first <= n_left;
    guint64 other = ends_left ? first + n_left : first;
    if (!append_range (proof, tree, other, ends_left ? n - n_left : n_left, error))
      return NULL;
    first = ends_left ? first : first + n_left;
    n = ends_left ? n_left : n - n_left;
  }
  /* The whole earlier tree is a hash that the reader has already. */
  if (first != 0 && !append_range (proof, tree, first, n, error))
    return NULL;
  return reverse (g_steal_pointer (&proof));
}
