/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trust.h"

#include "store/proof.h"

#define STORE "00112233aabbccdd"
#define N_LEAVES 20

/* A journal of made-up leaves, and a checkpoint of all of them. */
typedef struct {
  JzKey *key;
  JzCertificate *certificate;
  GBytes *data[N_LEAVES];
  JzHash leaves[N_LEAVES];
  JzTree tree;
  char *note;
} Fixture;

static gboolean
read_leaves (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error)
{
  Fixture *fixture = source;
  memcpy (hashes, fixture->leaves + first, n * sizeof *hashes);
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  JzCheckpoint checkpoint = {
    .store = STORE,
    .size = N_LEAVES,
    .time = instant_of ("2026-03-02T09:17:00.000+08:00"),
  };

  fixture->key = make_key ();
  fixture->certificate = make_certificate (fixture->key, STORE, fixture->key, NULL);
  for (guint i = 0; i < N_LEAVES; i++) {
    g_autofree char *text = g_strdup_printf ("entry %u", i);
    fixture->data[i] = bytes_from_text (text);
    jz_tree_hash_leaf (text, strlen (text), &fixture->leaves[i]);
  }
  fixture->tree = (JzTree){ N_LEAVES, fixture, read_leaves, NULL };
  g_assert_true (jz_tree_get_root (&fixture->tree, N_LEAVES, &checkpoint.root, NULL));
  fixture->note = jz_checkpoint_sign (&checkpoint, fixture->key, fixture->certificate, NULL);
  g_assert_nonnull (fixture->note);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jz_key_unref (fixture->key);
  jz_certificate_unref (fixture->certificate);
  for (guint i = 0; i < N_LEAVES; i++)
    g_bytes_unref (fixture->data[i]);
  g_free (fixture->note);
}

static JzProof *
prove_inclusion (Fixture *fixture, guint index)
{
  g_autoptr (GArray) hashes = jz_tree_prove_inclusion (&fixture->tree, index, N_LEAVES, NULL);
  g_autoptr (GError) error = NULL;
  JzProof *proof =
    jz_proof_new_inclusion (fixture->data[index], index, hashes, fixture->note, &error);
  g_assert_no_error (error);
  return proof;
}

static JzProof *
prove_consistency (Fixture *fixture, guint from)
{
  g_autoptr (GArray) hashes = jz_tree_prove_consistency (&fixture->tree, from, N_LEAVES, NULL);
  g_autoptr (GError) error = NULL;
  JzHash root;
  JzProof *proof;

  g_assert_true (jz_tree_get_root (&fixture->tree, from, &root, NULL));
  proof = jz_proof_new_consistency (from, &root, hashes, fixture->note, &error);
  g_assert_no_error (error);
  return proof;
}

static void
assert_read_again (JzProof *proof)
{
  g_autofree char *text = jz_proof_to_text (proof);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzProof) again = jz_proof_parse (text, strlen (text), &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  text_again = jz_proof_to_text (again);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_true (jz_proof_check (again, &error));
  g_assert_no_error (error);
}

static void
test_inclusion (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_LEAVES; i++) {
    g_autoptr (JzProof) proof = prove_inclusion (fixture, i);
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_proof_check (proof, NULL));
    assert_read_again (proof);
    proof->index = (i + 1) % N_LEAVES;
    g_assert_false (jz_proof_check (proof, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
}

static void
test_consistency (Fixture *fixture, gconstpointer data)
{
  for (guint from = 1; from <= N_LEAVES; from++) {
    g_autoptr (JzProof) proof = prove_consistency (fixture, from);
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_proof_check (proof, NULL));
    assert_read_again (proof);
    proof->from_root.bytes[0] ^= 1;
    g_assert_false (jz_proof_check (proof, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  }
}

/* What is given stays the giver's. */
static void
test_takes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) hashes = jz_tree_prove_inclusion (&fixture->tree, 3, N_LEAVES, NULL);
  g_autoptr (JzProof) proof =
    jz_proof_new_inclusion (fixture->data[3], 3, hashes, fixture->note, NULL);

  g_array_index (hashes, JzHash, 0).bytes[0] ^= 1;
  fixture->note[0] = 'x';
  g_assert_true (jz_proof_check (proof, NULL));
  g_assert_true (g_str_has_prefix (proof->note, "juanzong/"));
}

static void
test_new_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, TRUE, sizeof (JzHash));
  g_autoptr (GError) error = NULL;
  JzHash root = { { 0 } };

  g_assert_null (jz_proof_new_inclusion (fixture->data[0], 0, hashes, "", &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (jz_proof_new_consistency (1, &root, hashes, "no note\n", &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_array_set_size (hashes, 65);
  g_assert_null (jz_proof_new_consistency (1, &root, hashes, fixture->note, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
}

/* What `check-proof` asks: form, arithmetic and signature. */
static gboolean
is_accepted (GBytes *file, JzCertificate *certificate)
{
  const char *text = g_bytes_get_data (file, NULL);
  g_autoptr (JzProof) proof = jz_proof_parse (text, g_bytes_get_size (file), NULL);
  JzCheckpoint checkpoint;

  return proof != NULL && jz_proof_check (proof, NULL) &&
         jz_checkpoint_verify (proof->note, strlen (proof->note), certificate, &checkpoint, NULL);
}

static void
assert_every_byte_matters (Fixture *fixture, JzProof *proof)
{
  g_autofree char *text = jz_proof_to_text (proof);
  g_autoptr (GBytes) file = bytes_from_text (text);

  g_assert_true (is_accepted (file, fixture->certificate));
  for (gsize i = 0; i < g_bytes_get_size (file); i++) {
    static const guint8 masks[] = { 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x03, 0xff };
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, i);
    g_assert_false (is_accepted (cut, fixture->certificate));
    for (guint j = 0; j < G_N_ELEMENTS (masks); j++) {
      g_autoptr (GBytes) changed = bytes_with_change (file, i, masks[j]);
      g_assert_false (is_accepted (changed, fixture->certificate));
    }
  }
}

static void
test_every_byte (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzProof) inclusion = prove_inclusion (fixture, 13);
  g_autoptr (JzProof) consistency = prove_consistency (fixture, 13);
  assert_every_byte_matters (fixture, inclusion);
  assert_every_byte_matters (fixture, consistency);
}

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, 2);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strconcat (parts[0], with, parts[1], NULL);
}

static void
assert_no_proof (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (jz_proof_parse (text, length, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
}

static void
test_form (Fixture *fixture, gconstpointer data)
{
  static const struct {
    gboolean of_inclusion;
    const char *what;
    const char *with;
  } cases[] = {
    { TRUE, "@v1\n", "@v2\n" },
    { TRUE, "@v1\n", "@v1\n\n" },
    { TRUE, "@v1\n", "@v1\r\n" },
    { TRUE, "c2sp.org/tlog-proof@v1\n", "juanzong/consistency@v1\n" },
    { TRUE, "c2sp.org/tlog-proof@v1\n", "" },
    { TRUE, "extra ZW50cnkgMTM=\n", "" },
    { TRUE, "extra ZW50cnkgMTM=\n", "extra \n" },
    { TRUE, "extra ZW50cnkgMTM=\n", "extra ZW50cnkgMTN=\n" },
    { TRUE, "extra ZW50cnkgMTM=\n", "extra ZW50cnkgMTM\n" },
    { TRUE, "extra ZW50cnkgMTM=\nindex 13\n", "index 13\nextra ZW50cnkgMTM=\n" },
    { TRUE, "index 13\n", "index 013\n" },
    { TRUE, "index 13\n", "index -13\n" },
    { TRUE, "index 13\n", "index 9223372036854775808\n" },
    { TRUE, "index 13\n", "index 13\n\n" },
    { TRUE, "index 13\n", "index 13\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n" },
    { TRUE, "\n\njuanzong/", "\njuanzong/" },
    { TRUE, "\n\njuanzong/", "\n\n\njuanzong/" },
    { TRUE, "\n\njuanzong/", "\n\nJuanzong/" },
    { FALSE, "from 13\n", "" },
    { FALSE, "from 13\n", "from 13 \n" },
    { FALSE, "from 13\n", "index 13\n" },
    { FALSE, "juanzong/consistency@v1\n", "c2sp.org/tlog-proof@v1\n" },
    { FALSE, "root ", "root  " },
    { FALSE, "root ", "" },
  };
  g_autoptr (JzProof) inclusion = prove_inclusion (fixture, 13);
  g_autoptr (JzProof) consistency = prove_consistency (fixture, 13);
  g_autofree char *included = jz_proof_to_text (inclusion);
  g_autofree char *continued = jz_proof_to_text (consistency);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      replace (cases[i].of_inclusion ? included : continued, cases[i].what, cases[i].with);
    g_test_message ("%s", cases[i].with);
    assert_no_proof (text, strlen (text));
  }
  assert_no_proof ("", 0);
  assert_no_proof (included, strlen (included) + 1); /* with its NUL */
  assert_no_proof (fixture->note, strlen (fixture->note));
}

/* Control characters and bytes that are no UTF-8 stand nowhere, neither instead of a character nor
 * between two. */
static void
assert_no_foreign_bytes (const char *good)
{
  static const char foreign[] = "\x01\b\t\n\r\x1b\x7f\x80\x9b\xc0\xc3\xed\xf8\xfe\xff";
  gsize length = strlen (good);

  for (gsize i = 0; i < length; i++)
    for (gsize j = 0; j < sizeof foreign; j++) { /* with its NUL */
      g_autoptr (GString) text = g_string_new (good);
      g_string_insert_c (text, (gssize)i, foreign[j]);
      assert_no_proof (text->str, text->len);
      g_string_erase (text, (gssize)i + 1, 1);
      if (good[i] != foreign[j])
        assert_no_proof (text->str, text->len);
    }
}

static void
test_foreign_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JzProof) inclusion = prove_inclusion (fixture, 13);
  g_autoptr (JzProof) consistency = prove_consistency (fixture, 5);
  g_autofree char *included = jz_proof_to_text (inclusion);
  g_autofree char *continued = jz_proof_to_text (consistency);

  assert_no_foreign_bytes (included);
  assert_no_foreign_bytes (continued);
}

static void
test_bounds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("c2sp.org/tlog-proof@v1\nextra ");
  g_autofree guint8 *leaf_data = g_malloc0 (3 << 19);
  g_autofree char *base64 = g_base64_encode (leaf_data, 3 << 19);
  g_autoptr (GString) hashes = g_string_new ("c2sp.org/tlog-proof@v1\nextra IQ==\nindex 0\n");

  /* 64 hashes are read, 65 are none of any tree's. */
  for (guint i = 0; i < 64; i++)
    g_string_append (hashes, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  {
    g_autofree char *good = g_strconcat (hashes->str, "\n", fixture->note, NULL);
    g_autofree char *one_more = g_strconcat (
      hashes->str, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n", fixture->note, NULL);
    g_autoptr (JzProof) proof = jz_proof_parse (good, strlen (good), NULL);
    g_assert_nonnull (proof);
    g_assert_false (jz_proof_check (proof, NULL));
    assert_no_proof (one_more, strlen (one_more));
  }
  /* base64 of 1.5 MiB is 2 MiB, and the rest makes it too long. */
  g_string_append (text, base64);
  g_string_append_printf (text, "\nindex 0\n\n%s", fixture->note);
  assert_no_proof (text->str, text->len);
}

static void
test_vectors (void)
{
  static const char *const members[] = { "inclusion_file", "consistency_file" };
  g_autoptr (JzJson) vectors = load_vectors ();
  g_autoptr (GBytes) public_key =
    bytes_from_pem (jz_json_get_member_text (vectors, "store_public_key_pem"));

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *text = jz_json_get_member_text (vectors, members[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzProof) proof = jz_proof_parse (text, strlen (text), &error);
    g_autofree char *again = NULL;
    JzCheckpoint checkpoint;
    g_assert_no_error (error);
    again = jz_proof_to_text (proof);
    g_assert_cmpstr (again, ==, text);
    g_assert_true (jz_proof_check (proof, &error));
    g_assert_no_error (error);
    g_assert_cmpstr (proof->note, ==, jz_json_get_member_text (vectors, "checkpoint"));
    g_assert_true (jz_checkpoint_verify_with_public_key (proof->note, strlen (proof->note),
                                                         public_key, &checkpoint, &error));
    g_assert_no_error (error);
  }
}

static void
test_vectors_content (void)
{
  g_autoptr (JzJson) vectors = load_vectors ();
  const JzJson *roots = jz_json_get_member (vectors, "roots");
  const JzJson *entry = jz_json_get_item (jz_json_get_member (vectors, "entries"), 3);
  const char *included = jz_json_get_member_text (vectors, "inclusion_file");
  const char *continued = jz_json_get_member_text (vectors, "consistency_file");
  g_autoptr (JzProof) inclusion = jz_proof_parse (included, strlen (included), NULL);
  g_autoptr (JzProof) consistency = jz_proof_parse (continued, strlen (continued), NULL);
  char hex[JZ_HASH_HEX_SIZE];
  JzHash hash;

  g_assert_cmpint (inclusion->kind, ==, JZ_PROOF_INCLUSION);
  g_assert_cmpuint (inclusion->index, ==, 3);
  g_assert_cmpuint (inclusion->hashes->len, ==, 5);
  jz_tree_hash_leaf (g_bytes_get_data (inclusion->leaf_data, NULL),
                     g_bytes_get_size (inclusion->leaf_data), &hash);
  jz_hash_to_hex (&hash, hex);
  g_assert_cmpstr (hex, ==, jz_json_get_member_text (entry, "hash"));

  g_assert_cmpint (consistency->kind, ==, JZ_PROOF_CONSISTENCY);
  g_assert_cmpuint (consistency->from, ==, 5);
  g_assert_null (consistency->leaf_data);
  hash_from_member (roots, 5, &hash);
  g_assert_true (jz_hash_equal (&consistency->from_root, &hash));
  hash_from_member (roots, 17, &hash);
  g_assert_true (jz_hash_equal (&consistency->checkpoint.root, &hash));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/store/proof/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("inclusion", test_inclusion);
  ADD ("consistency", test_consistency);
  ADD ("takes-nothing", test_takes_nothing);
  ADD ("new-refused", test_new_refused);
  ADD ("every-byte", test_every_byte);
  ADD ("form", test_form);
  ADD ("foreign-bytes", test_foreign_bytes);
  ADD ("bounds", test_bounds);
  g_test_add_func ("/store/proof/vectors", test_vectors);
  g_test_add_func ("/store/proof/vectors-content", test_vectors_content);
  return g_test_run ();
}
