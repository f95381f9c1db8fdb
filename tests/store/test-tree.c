/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include "store/tree.h"

/* The definitions of RFC 9162 §2.1.1, §2.1.3.1 and §2.1.4.1 in their own words: recursive, every
 * leaf in memory. */

static guint64
naive_split (guint64 n)
{
  guint64 k = 1;
  while (2 * k < n)
    k *= 2;
  return k;
}

static void
naive_root (const JzHash *d, guint64 n, JzHash *root)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  JzHash left;
  JzHash right;

  if (n == 0) {
    jz_hash_of ("", 0, root);
  } else if (n == 1) {
    *root = d[0];
  } else {
    guint64 k = naive_split (n);
    naive_root (d, k, &left);
    naive_root (d + k, n - k, &right);
    g_byte_array_append (bytes, (const guint8 *)"\001", 1);
    g_byte_array_append (bytes, left.bytes, 32);
    g_byte_array_append (bytes, right.bytes, 32);
    jz_hash_of (bytes->data, bytes->len, root);
  }
}

static void
naive_path (guint64 m, const JzHash *d, guint64 n, GArray *proof)
{
  guint64 k = naive_split (n);
  JzHash hash;

  if (n <= 1)
    return;
  if (m < k) {
    naive_path (m, d, k, proof);
    naive_root (d + k, n - k, &hash);
  } else {
    naive_path (m - k, d + k, n - k, proof);
    naive_root (d, k, &hash);
  }
  g_array_append_val (proof, hash);
}

static void
naive_subproof (guint64 m, const JzHash *d, guint64 n, gboolean b, GArray *proof)
{
  guint64 k = naive_split (n);
  JzHash hash;

  if (m == n) {
    if (b)
      return;
    naive_root (d, n, &hash);
  } else if (m <= k) {
    naive_subproof (m, d, k, b, proof);
    naive_root (d + k, n - k, &hash);
  } else {
    naive_subproof (m - k, d + k, n - k, FALSE, proof);
    naive_root (d, k, &hash);
  }
  g_array_append_val (proof, hash);
}

#define MAX_LEAVES 1100

/* Leaves in memory that count how often they are read, and their kept subtrees. */
typedef struct {
  guint64 size;
  JzHash leaves[MAX_LEAVES];
  JzHash subtrees[MAX_LEAVES / JZ_TREE_KEPT_LEAVES];
  guint64 n_read;
  guint64 largest_read;
  guint64 fails_after;
} Source;

static gboolean
read_some (Source *self,
           const JzHash *from,
           guint64 n_there,
           guint64 first,
           guint64 n,
           JzHash *hashes,
           GError **error)
{
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (first, <=, n_there);
  g_assert_cmpuint (n, <=, n_there - first);
  if (self->n_read >= self->fails_after) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO, "the disk failed");
    return FALSE;
  }
  self->n_read += n;
  self->largest_read = MAX (self->largest_read, n);
  memcpy (hashes, from + first, n * sizeof *hashes);
  return TRUE;
}

static gboolean
read_leaves (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error)
{
  Source *self = source;
  return read_some (self, self->leaves, self->size, first, n, hashes, error);
}

static gboolean
read_subtrees (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error)
{
  Source *self = source;
  return read_some (self, self->subtrees, self->size / JZ_TREE_KEPT_LEAVES, first, n, hashes,
                    error);
}

static Source *
make_source (GRand *rand, guint64 size)
{
  Source *self = g_new0 (Source, 1);

  self->size = size;
  self->fails_after = G_MAXUINT64;
  for (guint64 i = 0; i < size; i++) {
    guint32 number = g_rand_int (rand);
    jz_tree_hash_leaf (&number, sizeof number, &self->leaves[i]);
  }
  for (guint64 i = 0; i < size / JZ_TREE_KEPT_LEAVES; i++)
    naive_root (&self->leaves[i * JZ_TREE_KEPT_LEAVES], JZ_TREE_KEPT_LEAVES, &self->subtrees[i]);
  return self;
}

static JzTree
make_tree (Source *source, gboolean keeps_subtrees)
{
  return (JzTree){ source->size, source, read_leaves, keeps_subtrees ? read_subtrees : NULL };
}

static void
assert_hash_equal (const JzHash *a, const JzHash *b)
{
  char one[JZ_HASH_HEX_SIZE];
  char other[JZ_HASH_HEX_SIZE];
  jz_hash_to_hex (a, one);
  jz_hash_to_hex (b, other);
  g_assert_cmpstr (one, ==, other);
}

static void
assert_proof_equal (GArray *proof, GArray *expected)
{
  g_assert_nonnull (proof);
  g_assert_cmpuint (proof->len, ==, expected->len);
  for (guint i = 0; i < proof->len; i++)
    assert_hash_equal (&g_array_index (proof, JzHash, i), &g_array_index (expected, JzHash, i));
}

static const JzHash *
hashes_of (GArray *proof)
{
  return (const JzHash *)(gconstpointer)proof->data;
}

static gboolean
includes (const JzHash *leaf, guint64 index, guint64 size, GArray *proof, const JzHash *root)
{
  return jz_tree_check_inclusion (leaf, index, size, hashes_of (proof), proof->len, root);
}

static gboolean
continues (guint64 from, const JzHash *from_root, guint64 to, const JzHash *to_root, GArray *proof)
{
  return jz_tree_check_consistency (from, from_root, to, to_root, hashes_of (proof), proof->len);
}

/* The vectors: roots of every beginning, every inclusion and consistency proof. */
static void
fill_from_vectors (Source *source, const JzJson *vectors)
{
  const JzJson *entries = jz_json_get_member (vectors, "entries");

  source->size = jz_json_get_n_items (entries);
  source->fails_after = G_MAXUINT64;
  for (guint i = 0; i < source->size; i++) {
    const JzJson *entry = jz_json_get_item (entries, i);
    g_autoptr (GBytes) body = bytes_from_hex (jz_json_get_member_text (entry, "body"));
    g_autoptr (GBytes) signature = bytes_from_hex (jz_json_get_member_text (entry, "sig"));
    gsize length = g_bytes_get_size (signature);
    guint8 field[4] = { 0, 0, (guint8)(length >> 8), (guint8)length };
    g_autoptr (GByteArray) leaf_data = g_byte_array_new ();
    JzHash hash;
    g_byte_array_append (leaf_data, g_bytes_get_data (body, NULL), (guint)g_bytes_get_size (body));
    g_byte_array_append (leaf_data, field, sizeof field);
    if (length > 0)
      g_byte_array_append (leaf_data, g_bytes_get_data (signature, NULL), (guint)length);
    jz_tree_hash_leaf (leaf_data->data, leaf_data->len, &source->leaves[i]);
    g_assert_true (jz_hash_from_hex (jz_json_get_member_text (entry, "hash"), &hash));
    assert_hash_equal (&source->leaves[i], &hash);
  }
}

static void
test_vectors_roots (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  const JzJson *roots = jz_json_get_member (vectors, "roots");
  g_autofree Source *source = g_new0 (Source, 1);
  JzTree tree;

  fill_from_vectors (source, vectors);
  tree = make_tree (source, TRUE);
  g_assert_cmpuint (jz_json_get_n_items (roots), ==, 18);
  for (guint i = 0; i <= source->size; i++) {
    JzHash expected;
    JzHash root;
    g_autoptr (GError) error = NULL;
    hash_from_member (roots, i, &expected);
    g_assert_true (jz_tree_get_root (&tree, i, &root, &error));
    g_assert_no_error (error);
    assert_hash_equal (&root, &expected);
    jz_tree_root_of (source->leaves, i, &root);
    assert_hash_equal (&root, &expected);
  }
}

static void
test_vectors_inclusion (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  const JzJson *cases = jz_json_get_member (vectors, "inclusion");
  const JzJson *roots = jz_json_get_member (vectors, "roots");
  g_autofree Source *source = g_new0 (Source, 1);
  JzTree tree;

  fill_from_vectors (source, vectors);
  tree = make_tree (source, TRUE);
  g_assert_cmpuint (jz_json_get_n_items (cases), ==, 38);
  for (guint i = 0; i < jz_json_get_n_items (cases); i++) {
    const JzJson *item = jz_json_get_item (cases, i);
    guint64 size = (guint64)jz_json_get_member_integer (item, "size", -1);
    guint64 index = (guint64)jz_json_get_member_integer (item, "index", -1);
    g_autoptr (GArray) expected = hashes_from_json (jz_json_get_member (item, "proof"));
    g_autoptr (GArray) proof = jz_tree_prove_inclusion (&tree, index, size, NULL);
    JzHash root;
    assert_proof_equal (proof, expected);
    hash_from_member (roots, (guint)size, &root);
    g_assert_true (includes (&source->leaves[index], index, size, expected, &root));
  }
}

static void
test_vectors_consistency (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  const JzJson *cases = jz_json_get_member (vectors, "consistency");
  const JzJson *roots = jz_json_get_member (vectors, "roots");
  g_autofree Source *source = g_new0 (Source, 1);
  JzTree tree;

  fill_from_vectors (source, vectors);
  tree = make_tree (source, TRUE);
  g_assert_cmpuint (jz_json_get_n_items (cases), ==, 37);
  for (guint i = 0; i < jz_json_get_n_items (cases); i++) {
    const JzJson *item = jz_json_get_item (cases, i);
    guint64 from = (guint64)jz_json_get_member_integer (item, "from", -1);
    guint64 to = (guint64)jz_json_get_member_integer (item, "to", -1);
    g_autoptr (GArray) expected = hashes_from_json (jz_json_get_member (item, "proof"));
    g_autoptr (GArray) proof = jz_tree_prove_consistency (&tree, from, to, NULL);
    JzHash from_root;
    JzHash to_root;
    assert_proof_equal (proof, expected);
    hash_from_member (roots, (guint)from, &from_root);
    hash_from_member (roots, (guint)to, &to_root);
    g_assert_true (continues (from, &from_root, to, &to_root, expected));
  }
}

static void
check_size_against_naive (GRand *rand, guint64 size, gboolean keeps_subtrees)
{
  g_autofree Source *source = make_source (rand, size);
  JzTree tree = make_tree (source, keeps_subtrees);
  JzHash expected;
  JzHash root;

  naive_root (source->leaves, size, &expected);
  g_assert_true (jz_tree_get_root (&tree, size, &root, NULL));
  assert_hash_equal (&root, &expected);
  jz_tree_root_of (source->leaves, size, &root);
  assert_hash_equal (&root, &expected);

  for (guint round = 0; size > 0 && round < 4; round++) {
    guint64 to = (guint64)g_rand_int_range (rand, 1, (gint32)size + 1);
    guint64 from = (guint64)g_rand_int_range (rand, 1, (gint32)to + 1);
    guint64 index = (guint64)g_rand_int_range (rand, 0, (gint32)to);
    g_autoptr (GArray) path = jz_tree_prove_inclusion (&tree, index, to, NULL);
    g_autoptr (GArray) steps = jz_tree_prove_consistency (&tree, from, to, NULL);
    g_autoptr (GArray) naive = g_array_new (FALSE, FALSE, sizeof (JzHash));
    g_autoptr (GArray) naive_steps = g_array_new (FALSE, FALSE, sizeof (JzHash));
    JzHash from_root;
    JzHash to_root;
    naive_path (index, source->leaves, to, naive);
    assert_proof_equal (path, naive);
    naive_subproof (from, source->leaves, to, TRUE, naive_steps);
    assert_proof_equal (steps, naive_steps);
    naive_root (source->leaves, from, &from_root);
    naive_root (source->leaves, to, &to_root);
    g_assert_true (includes (&source->leaves[index], index, to, path, &to_root));
    g_assert_true (continues (from, &from_root, to, &to_root, steps));
  }
}

static void
test_naive (gconstpointer keeps_subtrees)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint64 size = 0; size <= 70; size++)
    check_size_against_naive (rand, size, keeps_subtrees != NULL);
  for (guint64 size = 250; size <= 260; size++)
    check_size_against_naive (rand, size, keeps_subtrees != NULL);
  for (guint round = 0; round < 60; round++)
    check_size_against_naive (rand, (guint64)g_rand_int_range (rand, 0, MAX_LEAVES + 1),
                              keeps_subtrees != NULL);
  check_size_against_naive (rand, 1024, keeps_subtrees != NULL);
  check_size_against_naive (rand, MAX_LEAVES, keeps_subtrees != NULL);
}

/* With kept subtrees a proof reads n / 256 hashes and, where leaves are asked for, those below the
 * subtrees on its path: never all leaves. And never more than one block at once. */
static void
test_few_reads (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree Source *source = make_source (rand, MAX_LEAVES);
  JzTree tree = make_tree (source, TRUE);
  JzHash root;

  for (guint64 size = 1; size <= MAX_LEAVES; size += 7) {
    const guint64 most = size / JZ_TREE_KEPT_LEAVES + 2 * JZ_TREE_KEPT_LEAVES;
    source->n_read = 0;
    g_assert_true (jz_tree_get_root (&tree, size, &root, NULL));
    g_assert_cmpuint (source->n_read, ==, size / JZ_TREE_KEPT_LEAVES + size % JZ_TREE_KEPT_LEAVES);
    for (guint64 i = 0; i < size; i += 13) {
      g_autoptr (GArray) path = NULL;
      g_autoptr (GArray) steps = NULL;
      source->n_read = 0;
      path = jz_tree_prove_inclusion (&tree, i, size, NULL);
      g_assert_cmpuint (source->n_read, <=, most);
      source->n_read = 0;
      steps = jz_tree_prove_consistency (&tree, i + 1, size, NULL);
      g_assert_cmpuint (source->n_read, <=, most);
    }
  }
  g_assert_cmpuint (source->largest_read, <=, 256);
}

static void
test_many_leaves_in_blocks (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autofree Source *source = make_source (rand, MAX_LEAVES);
  JzTree tree = make_tree (source, FALSE);
  JzHash root;

  g_assert_true (jz_tree_get_root (&tree, MAX_LEAVES, &root, NULL));
  g_assert_cmpuint (source->n_read, ==, MAX_LEAVES);
  g_assert_cmpuint (source->largest_read, <=, 256);
}

/* Leaf i of a tree of a hundred million, to see that nothing grows with it but the time. */
static gboolean
read_made_up_subtrees (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error)
{
  guint64 *n_read = source;
  *n_read += n;
  memset (hashes, (int)(first & 0xff), n * sizeof *hashes);
  return TRUE;
}

static void
test_large (void)
{
  guint64 n_read = 0;
  const guint64 size = 100000000;
  JzTree tree = { size, &n_read, read_made_up_subtrees, read_made_up_subtrees };
  g_autoptr (GArray) path = jz_tree_prove_inclusion (&tree, 54321, size, NULL);

  g_assert_cmpuint (path->len, <=, 27);
  g_assert_cmpuint (n_read, <=, size / JZ_TREE_KEPT_LEAVES + 2 * JZ_TREE_KEPT_LEAVES);
}

static void
test_outside (void)
{
  static const struct {
    guint64 from;
    guint64 to;
  } cases[] = { { 0, 0 }, { 0, 5 }, { 6, 5 }, { 1, 11 }, { 11, 11 }, { 5, G_MAXUINT64 } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autofree Source *source = make_source (rand, 10);
  JzTree tree = make_tree (source, TRUE);
  JzHash root;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_tree_prove_consistency (&tree, cases[i].from, cases[i].to, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  }
  for (guint i = 0; i < 2; i++) {
    const guint64 sizes[] = { 0, 11 };
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_tree_prove_inclusion (&tree, 0, sizes[i], &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  }
  g_assert_null (jz_tree_prove_inclusion (&tree, 5, 5, NULL));
  g_assert_false (jz_tree_get_root (&tree, 11, &root, NULL));
  g_assert_cmpuint (source->n_read, ==, 0);
}

static void
test_source_fails (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autofree Source *source = make_source (rand, MAX_LEAVES);
  JzTree tree = make_tree (source, TRUE);
  JzHash root;
  guint n_failed = 0;

  for (guint64 n = 0; n < 80; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) path_error = NULL;
    g_autoptr (GError) steps_error = NULL;
    g_autoptr (GArray) path = NULL;
    g_autoptr (GArray) steps = NULL;
    source->fails_after = n;
    source->n_read = 0;
    if (!jz_tree_get_root (&tree, MAX_LEAVES, &root, &error)) {
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
      n_failed++;
    }
    source->n_read = 0;
    path = jz_tree_prove_inclusion (&tree, 700, MAX_LEAVES, &path_error);
    g_assert_cmpint (path == NULL, ==, path_error != NULL);
    source->n_read = 0;
    steps = jz_tree_prove_consistency (&tree, 700, MAX_LEAVES, &steps_error);
    g_assert_cmpint (steps == NULL, ==, steps_error != NULL);
  }
  g_assert_cmpuint (n_failed, >, 0);
}

/* No other leaf, place, size, root or hash, and not one hash more or less: all trees up to 33. */
static void
test_inclusion_is_strict (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autofree Source *source = make_source (rand, 40);
  JzTree tree = make_tree (source, TRUE);

  for (guint64 size = 1; size <= 33; size++) {
    JzHash root;
    g_assert_true (jz_tree_get_root (&tree, size, &root, NULL));
    for (guint64 index = 0; index < size; index++) {
      g_autoptr (GArray) proof = jz_tree_prove_inclusion (&tree, index, size, NULL);
      const JzHash *leaf = &source->leaves[index];
      g_assert_true (includes (leaf, index, size, proof, &root));
      g_assert_false (includes (&source->leaves[35], index, size, proof, &root));
      g_assert_false (includes (leaf, index, size, proof, &source->leaves[35]));
      for (guint64 other = 0; other < size + 2; other++)
        g_assert_cmpint (includes (leaf, other, size, proof, &root), ==, other == index);
      g_assert_false (includes (leaf, G_MAXUINT64, size, proof, &root));
      g_assert_false (includes (leaf, index, 0, proof, &root));
      for (guint i = 0; i < proof->len; i++) {
        g_array_index (proof, JzHash, i).bytes[i % 32] ^= 1;
        g_assert_false (includes (leaf, index, size, proof, &root));
        g_array_index (proof, JzHash, i).bytes[i % 32] ^= 1;
      }
      for (guint n = 0; n < proof->len; n++)
        g_assert_false (jz_tree_check_inclusion (leaf, index, size, hashes_of (proof), n, &root));
      g_array_append_val (proof, root);
      g_assert_false (includes (leaf, index, size, proof, &root));
    }
  }
}

static void
test_consistency_is_strict (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autofree Source *source = make_source (rand, 40);
  JzTree tree = make_tree (source, TRUE);
  JzHash roots[35];

  for (guint64 size = 0; size < G_N_ELEMENTS (roots); size++)
    g_assert_true (jz_tree_get_root (&tree, size, &roots[size], NULL));
  for (guint64 to = 1; to <= 33; to++) {
    for (guint64 from = 1; from <= to; from++) {
      g_autoptr (GArray) proof = jz_tree_prove_consistency (&tree, from, to, NULL);
      g_assert_true (continues (from, &roots[from], to, &roots[to], proof));
      g_assert_false (continues (from, &roots[from - 1], to, &roots[to], proof));
      g_assert_false (continues (from, &roots[from], to, &roots[to + 1], proof));
      g_assert_false (continues (0, &roots[0], to, &roots[to], proof));
      g_assert_false (continues (to + 1, &roots[to + 1], to, &roots[to], proof));
      g_assert_false (continues (from, &roots[from], 0, &roots[0], proof));
      for (guint i = 0; i < proof->len; i++) {
        g_array_index (proof, JzHash, i).bytes[i % 32] ^= 1;
        g_assert_false (continues (from, &roots[from], to, &roots[to], proof));
        g_array_index (proof, JzHash, i).bytes[i % 32] ^= 1;
      }
      for (guint n = 0; n < proof->len; n++)
        g_assert_false (
          jz_tree_check_consistency (from, &roots[from], to, &roots[to], hashes_of (proof), n));
      g_array_append_val (proof, roots[1]);
      g_assert_false (continues (from, &roots[from], to, &roots[to], proof));
    }
  }
}

/* Sizes and places as large as they can be written, and proofs that never end. */
static void
test_hostile (void)
{
  static const guint64 numbers[] = {
    0, 1, 2, 3, G_MAXINT64, G_MAXUINT64, G_MAXUINT64 - 1, G_GUINT64_CONSTANT (1) << 63
  };
  g_autofree JzHash *proof = g_new0 (JzHash, 1000);
  const gsize lengths[] = { 0, 1, 63, 64, 65, 1000 };
  JzHash root;

  jz_hash_of (NULL, 0, &root);
  for (guint a = 0; a < G_N_ELEMENTS (numbers); a++) {
    for (guint b = 0; b < G_N_ELEMENTS (numbers); b++) {
      for (guint n = 0; n < G_N_ELEMENTS (lengths); n++) {
        g_assert_false (
          jz_tree_check_inclusion (&proof[0], numbers[a], numbers[b], proof, lengths[n], &root));
        g_assert_false (
          jz_tree_check_consistency (numbers[a], &proof[0], numbers[b], &root, proof, lengths[n]));
      }
    }
  }
  g_assert_true (jz_tree_check_inclusion (&root, 0, 1, NULL, 0, &root));
  g_assert_true (jz_tree_check_consistency (G_MAXUINT64, &root, G_MAXUINT64, &root, NULL, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/tree/vectors-roots", test_vectors_roots);
  g_test_add_func ("/store/tree/vectors-inclusion", test_vectors_inclusion);
  g_test_add_func ("/store/tree/vectors-consistency", test_vectors_consistency);
  g_test_add_data_func ("/store/tree/naive-with-leaves", NULL, test_naive);
  g_test_add_data_func ("/store/tree/naive-with-subtrees", "yes", test_naive);
  g_test_add_func ("/store/tree/few-reads", test_few_reads);
  g_test_add_func ("/store/tree/many-leaves-in-blocks", test_many_leaves_in_blocks);
  g_test_add_func ("/store/tree/large", test_large);
  g_test_add_func ("/store/tree/outside", test_outside);
  g_test_add_func ("/store/tree/source-fails", test_source_fails);
  g_test_add_func ("/store/tree/inclusion-is-strict", test_inclusion_is_strict);
  g_test_add_func ("/store/tree/consistency-is-strict", test_consistency_is_strict);
  g_test_add_func ("/store/tree/hostile", test_hostile);
  return g_test_run ();
}
