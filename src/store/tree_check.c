/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/tree.h"

/* The checks of RFC 9162 §2.1.3.2 and §2.1.4.2, in their letters: fn and sn are the places of a
 * leaf and of the last leaf on the level that the proof has reached. Every number and every hash
 * comes from outside. */

typedef struct {
  guint64 fn;
  guint64 sn;
} Place;

static gboolean
is_right (Place place)
{
  return (place.fn & 1) == 1 || place.fn == place.sn;
}

static void
climb (Place *place)
{
  place->fn >>= 1;
  place->sn >>= 1;
}

/* Climbs where there is no sibling: a last node without a right neighbour moves up unchanged. */
static void
climb_to_sibling (Place *place)
{
  while ((place->fn & 1) == 0 && place->fn != 0)
    climb (place);
}

/**
 * jz_tree_check_inclusion:
 * @leaf: the leaf's hash
 * @index: its place, from 0
 * @size: of the tree
 * @proof: (array length=n_proof) (nullable): from the leaf's sibling up
 * @n_proof: number of hashes
 * @root: of the tree
 *
 * Returns: whether @proof leads from @leaf to @root and has exactly the length that @index and
 *   @size ask for; never where @index is not below @size
 */
gboolean
jz_tree_check_inclusion (const JzHash *leaf,
                         guint64 index,
                         guint64 size,
                         const JzHash *proof,
                         gsize n_proof,
                         const JzHash *root)
{
  Place place = { index, size - 1 };
  JzHash hash = *leaf;

  if (index >= size)
    return FALSE;
  for (gsize i = 0; i < n_proof; i++) {
    if (place.sn == 0)
      return FALSE;
    if (is_right (place)) {
      jz_tree_hash_node (&proof[i], &hash, &hash);
      climb_to_sibling (&place);
    } else {
      jz_tree_hash_node (&hash, &proof[i], &hash);
    }
    climb (&place);
  }
  return place.sn == 0 && jz_hash_equal (&hash, root);
}

static gboolean
is_power_of_two (guint64 n)
{
  return (n & (n - 1)) == 0;
}

/**
 * jz_tree_check_consistency:
 * @from: the earlier size
 * @from_root: the earlier root
 * @to: the later size
 * @to_root: the later root
 * @proof: (array length=n_proof) (nullable): in the order of RFC 9162 §2.1.4.1
 * @n_proof: number of hashes
 *
 * Returns: whether @proof shows that the tree of @to_root begins with that of @from_root and has
 *   exactly the length that the sizes ask for; never where @from is 0 or above @to. Between equal
 *   sizes the proof is empty and the roots are the same.
 */
gboolean
jz_tree_check_consistency (guint64 from,
                           const JzHash *from_root,
                           guint64 to,
                           const JzHash *to_root,
                           const JzHash *proof,
                           gsize n_proof)
{
  Place place = { from - 1, to - 1 };
  gsize next = 0;
  JzHash from_hash;
  JzHash to_hash;

  if (from == 0 || from > to)
    return FALSE;
  if (from == to)
    return n_proof == 0 && jz_hash_equal (from_root, to_root);
  if (n_proof == 0)
    return FALSE;

  while ((place.fn & 1) == 1)
    climb (&place);
  /* A complete earlier tree is a node of the later one, so the proof leaves it out. */
  from_hash = is_power_of_two (from) ? *from_root : proof[next++];
  to_hash = from_hash;
  for (; next < n_proof; next++) {
    if (place.sn == 0)
      return FALSE;
    if (is_right (place)) {
      jz_tree_hash_node (&proof[next], &from_hash, &from_hash);
      jz_tree_hash_node (&proof[next], &to_hash, &to_hash);
      climb_to_sibling (&place);
    } else {
      jz_tree_hash_node (&to_hash, &proof[next], &to_hash);
    }
    climb (&place);
  }
  return place.sn == 0 && jz_hash_equal (&from_hash, from_root) &&
         jz_hash_equal (&to_hash, to_root);
}
