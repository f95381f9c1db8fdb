/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/proof.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/lines-private.h"

/* Proof files (`format/README.md` §4): a few lines, the hashes, and a checkpoint after an empty
 * line. One proof has one text: what is read is written again and must come out the same. */

#define TEXT_MAX (2 * 1024 * 1024)
/* No tree of 2^63 - 1 leaves needs more than one hash a level and one to begin with. */
#define HASHES_MAX 64
#define INCLUSION_START "c2sp.org/tlog-proof@v1"
#define CONSISTENCY_START "juanzong/consistency@v1"

static void
set_invalid (GError **error)
{
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                       _ ("This is not a proof in the form that it must have, byte for byte. Ask "
                          "for it again as a file; text that was copied by hand or mail may have "
                          "been changed."));
}

static JzProof *
proof_new (JzProofKind kind)
{
  JzProof *self = g_new0 (JzProof, 1);
  self->kind = kind;
  self->hashes = g_array_new (FALSE, FALSE, sizeof (JzHash));
  return self;
}

static JzProof *
complete (JzProof *proof, GArray *hashes, const char *note, GError **error)
{
  g_autoptr (JzProof) self = proof;

  if (hashes->len > HASHES_MAX) {
    set_invalid (error);
    return NULL;
  }
  if (!jz_checkpoint_parse (note, strlen (note), &self->checkpoint, error))
    return NULL;
  if (hashes->len > 0)
    g_array_append_vals (self->hashes, hashes->data, hashes->len);
  self->note = g_strdup (note);
  return g_steal_pointer (&self);
}

/**
 * jz_proof_new_inclusion:
 * @leaf_data: the entry's leaf data
 * @index: its seq - 1
 * @hashes: (element-type JzHash): what jz_tree_prove_inclusion() gave
 * @note: the signed checkpoint of the tree
 * @error: return location
 *
 * Puts the pieces together; whether they fit is for jz_proof_check().
 *
 * Returns: (transfer full): the proof; NULL with %JZ_STORE_ERROR_INVALID where @note is no
 *   checkpoint or there are more than 64 hashes
 */
JzProof *
jz_proof_new_inclusion (GBytes *leaf_data,
                        guint64 index,
                        GArray *hashes,
                        const char *note,
                        GError **error)
{
  JzProof *self;

  g_return_val_if_fail (g_bytes_get_size (leaf_data) > 0, NULL);

  self = proof_new (JZ_PROOF_INCLUSION);
  self->leaf_data = g_bytes_ref (leaf_data);
  self->index = index;
  return complete (self, hashes, note, error);
}

/**
 * jz_proof_new_consistency:
 * @from: the earlier size
 * @from_root: the earlier root
 * @hashes: (element-type JzHash): what jz_tree_prove_consistency() gave
 * @note: the later checkpoint, signed
 * @error: return location
 *
 * Puts the pieces together; whether they fit is for jz_proof_check().
 *
 * Returns: (transfer full): the proof; NULL with %JZ_STORE_ERROR_INVALID where @note is no
 *   checkpoint or there are more than 64 hashes
 */
JzProof *
jz_proof_new_consistency (guint64 from,
                          const JzHash *from_root,
                          GArray *hashes,
                          const char *note,
                          GError **error)
{
  JzProof *self = proof_new (JZ_PROOF_CONSISTENCY);
  self->from = from;
  self->from_root = *from_root;
  return complete (self, hashes, note, error);
}

/**
 * jz_proof_free:
 * @self: (transfer full): a proof
 */
void
jz_proof_free (JzProof *self)
{
  g_clear_pointer (&self->leaf_data, g_bytes_unref);
  g_clear_pointer (&self->hashes, g_array_unref);
  g_free (self->note);
  g_free (self);
}

static void
append_start (GString *text, const JzProof *self)
{
  gsize length;
  const guint8 *data;
  g_autofree char *base64 = NULL;

  if (self->kind == JZ_PROOF_CONSISTENCY) {
    base64 = jz_hash_to_base64 (&self->from_root);
    g_string_append_printf (text, CONSISTENCY_START "\nfrom %" G_GUINT64_FORMAT "\nroot %s\n",
                            self->from, base64);
    return;
  }
  data = g_bytes_get_data (self->leaf_data, &length);
  base64 = g_base64_encode (data, length);
  g_string_append_printf (text, INCLUSION_START "\nextra %s\nindex %" G_GUINT64_FORMAT "\n", base64,
                          self->index);
}

/**
 * jz_proof_to_text:
 * @self: a proof
 *
 * Returns: (transfer full): it as a file (format §4)
 */
char *
jz_proof_to_text (const JzProof *self)
{
  GString *text = g_string_new (NULL);

  append_start (text, self);
  for (guint i = 0; i < self->hashes->len; i++) {
    g_autofree char *base64 = jz_hash_to_base64 (&g_array_index (self->hashes, JzHash, i));
    g_string_append_printf (text, "%s\n", base64);
  }
  g_string_append_printf (text, "\n%s", self->note);
  return g_string_free (text, FALSE);
}

static JzProof *
take_start (JzLines *lines)
{
  g_autoptr (JzProof) self = NULL;

  if (jz_lines_take_exactly (lines, CONSISTENCY_START)) {
    self = proof_new (JZ_PROOF_CONSISTENCY);
    if (!jz_lines_take_number (lines, "from ", &self->from) ||
        !jz_lines_take_hash (lines, "root ", &self->from_root))
      return NULL;
    return g_steal_pointer (&self);
  }
  if (!jz_lines_take_exactly (lines, INCLUSION_START))
    return NULL;
  self = proof_new (JZ_PROOF_INCLUSION);
  self->leaf_data = jz_lines_take_base64 (lines, "extra ");
  if (self->leaf_data == NULL || !jz_lines_take_number (lines, "index ", &self->index))
    return NULL;
  return g_steal_pointer (&self);
}

static JzProof *
take_proof (JzLines lines)
{
  g_autoptr (JzProof) self = take_start (&lines);
  JzHash hash;

  if (self == NULL)
    return NULL;
  while (self->hashes->len < HASHES_MAX && jz_lines_take_hash (&lines, "", &hash))
    g_array_append_val (self->hashes, hash);
  if (!jz_lines_take_exactly (&lines, "") ||
      !jz_checkpoint_parse (lines.at, (gsize)(lines.end - lines.at), &self->checkpoint, NULL))
    return NULL;
  self->note = g_strndup (lines.at, (gsize)(lines.end - lines.at));
  return g_steal_pointer (&self);
}

/**
 * jz_proof_parse:
 * @text: (array length=length): a file from outside
 * @length: its bytes
 * @error: return location
 *
 * Says neither that the hashes lead anywhere (jz_proof_check()) nor who signed
 * (jz_checkpoint_verify() of its note).
 *
 * Returns: (transfer full): the proof; NULL with %JZ_STORE_ERROR_INVALID unless @text is of at most
 *   2 MiB and in the one form of format §4
 */
JzProof *
jz_proof_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JzProof) self = NULL;
  g_autofree char *again = NULL;

  if (length <= TEXT_MAX)
    self = take_proof ((JzLines){ text, text + length });
  if (self != NULL)
    again = jz_proof_to_text (self);
  if (again == NULL || strlen (again) != length || memcmp (again, text, length) != 0) {
    set_invalid (error);
    return NULL;
  }
  return g_steal_pointer (&self);
}

static gboolean
leads_to_root (const JzProof *self)
{
  const JzHash *hashes = (const JzHash *)(gconstpointer)self->hashes->data;
  const JzCheckpoint *checkpoint = &self->checkpoint;
  JzHash leaf;

  if (self->kind == JZ_PROOF_CONSISTENCY)
    return jz_tree_check_consistency (self->from, &self->from_root, checkpoint->size,
                                      &checkpoint->root, hashes, self->hashes->len);
  jz_tree_hash_leaf (g_bytes_get_data (self->leaf_data, NULL), g_bytes_get_size (self->leaf_data),
                     &leaf);
  return jz_tree_check_inclusion (&leaf, self->index, checkpoint->size, hashes, self->hashes->len,
                                  &checkpoint->root);
}

/**
 * jz_proof_check:
 * @self: a proof
 * @error: return location
 *
 * The arithmetic alone; who signed the checkpoint is for jz_checkpoint_verify().
 *
 * Returns: whether the hashes lead to the checkpoint's root; fails with %JZ_STORE_ERROR_DAMAGED
 */
gboolean
jz_proof_check (const JzProof *self, GError **error)
{
  if (leads_to_root (self))
    return TRUE;
  if (self->kind == JZ_PROOF_CONSISTENCY)
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The proof is false: the journal of the store %1$s with %2$llu entries does "
                    "not go on from the one with %3$llu entries. Something in it was altered, or "
                    "the proof is that of another journal."),
                 self->checkpoint.store, (unsigned long long)self->checkpoint.size,
                 (unsigned long long)self->from);
  else
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The proof is false: this is not entry %1$llu of the journal of the store "
                    "%2$s. The entry was altered, or the proof is that of another entry."),
                 (unsigned long long)self->index + 1, self->checkpoint.store);
  return FALSE;
}
