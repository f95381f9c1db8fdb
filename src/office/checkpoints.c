/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/checkpoints.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/error.h"
#include "office/office-private.h"
#include "office/session.h"
#include "office/trust.h"
#include "store/error.h"

/* Checkpoints (format §4) are signed while somebody is signed in, because only then is the store's
 * key at hand, and kept, so that proofs can be written by anybody later. */

typedef struct {
  const char *store;
  JzKey *store_key;
  JzCertificate *certificate;
  char *note;
} Issue;

static gboolean
describe (JzConnection *connection, const char *store, JzCheckpoint *checkpoint, GError **error)
{
  g_auto (JzJournalTree) source = { 0 };
  JzTree tree;

  g_strlcpy (checkpoint->store, store, sizeof checkpoint->store);
  if (!jz_journal_tree_init (&source, connection, store, &tree, error) ||
      !jz_tree_get_root (&tree, tree.size, &checkpoint->root, error))
    return FALSE;
  checkpoint->size = tree.size;
  return jz_journal_get_last_time (connection, store, &checkpoint->time, error);
}

static gboolean
issue (JzConnection *connection, gpointer data, GError **error)
{
  Issue *self = data;
  JzCheckpoint checkpoint = { 0 };

  if (!describe (connection, self->store, &checkpoint, error) ||
      !jz_connection_get_text (connection, &self->note, error,
                               "SELECT note FROM checkpoint WHERE store = ? AND size = ?", "ti",
                               self->store, (gint64)checkpoint.size))
    return FALSE;
  if (self->note != NULL)
    return TRUE;
  self->note = jz_checkpoint_sign (&checkpoint, self->store_key, self->certificate, error);
  return self->note != NULL &&
         jz_connection_run (connection, error,
                            "INSERT INTO checkpoint (store, size, note) VALUES (?, ?, ?)", "tit",
                            self->store, (gint64)checkpoint.size, self->note);
}

/**
 * jz_checkpoints_load_store_certificate:
 * @tables: derived tables
 * @objects: the store's objects
 * @store: a store's id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the certificate of that store id, also of an earlier one;
 *   %JZ_OFFICE_ERROR_NOT_FOUND where the id is unknown here
 */
JzCertificate *
jz_checkpoints_load_store_certificate (JzConnection *tables,
                                       JzObjects *objects,
                                       const char *store,
                                       GError **error)
{
  gboolean has_row = FALSE;
  JzHash hash;
  g_autoptr (JzStatement) row = jz_connection_query (
    tables, error, "SELECT hash FROM certificate WHERE owner = ? AND kind = 'store'", "t", store);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return NULL;
  if (!has_row || !jz_statement_get_hash (row, 0, &hash)) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("The store id %s is unknown here; this checkpoint is of another store."),
                 store);
    return NULL;
  }
  return jz_trust_load_certificate (objects, &hash, error);
}

/**
 * jz_office_issue_checkpoint:
 * @self: an office open for writing
 * @session: who is signed in
 * @note: (out) (optional) (transfer full): the checkpoint
 * @error: return location
 *
 * Signs a checkpoint over all entries that there are and keeps it. Where there is one of this size,
 * it is that one.
 *
 * Returns: whether there is a checkpoint
 */
gboolean
jz_office_issue_checkpoint (JzOffice *self, JzSession *session, char **note, GError **error)
{
  JzConnection *reader;
  g_autoptr (JzCertificate) certificate = NULL;
  Issue job = { self->store_id, jz_session_get_store_key (session), NULL, NULL };

  if (job.store_key == NULL) {
    g_set_error_literal (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD,
      _ ("This person's certificate is not in force, so the store's key cannot be used."));
    return FALSE;
  }
  reader = jz_store_lease_reader (self->store, error);
  if (reader == NULL)
    return FALSE;
  certificate = jz_checkpoints_load_store_certificate (reader, jz_store_get_objects (self->store),
                                                       self->store_id, error);
  jz_store_return_reader (self->store, reader);
  job.certificate = certificate;
  if (certificate == NULL ||
      !jz_writer_run (jz_store_get_writer (self->store), issue, &job, error)) {
    g_free (job.note);
    return FALSE;
  }
  if (note != NULL)
    *note = g_steal_pointer (&job.note);
  g_free (job.note);
  return TRUE;
}

static char *
find_newest (JzConnection *reader,
             const char *store,
             guint64 at_least,
             JzCheckpoint *checkpoint,
             GError **error)
{
  g_autofree char *note = NULL;

  if (!jz_connection_get_text (
        reader, &note, error,
        "SELECT note FROM checkpoint WHERE store = ? AND size >= ? ORDER BY size DESC LIMIT 1",
        "ti", store, (gint64)at_least))
    return NULL;
  if (note == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("No checkpoint of store %s covers %llu entries yet; it is made when the person "
                    "who is writing has finished."),
                 store, (unsigned long long)at_least);
    return NULL;
  }
  return jz_checkpoint_parse (note, strlen (note), checkpoint, error) ? g_steal_pointer (&note)
                                                                      : NULL;
}

/**
 * jz_checkpoints_load_newest:
 * @reader: a store's database
 * @store: the store id
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the newest checkpoint of that store id, as it is kept
 */
char *
jz_checkpoints_load_newest (JzConnection *reader, const char *store, GError **error)
{
  JzCheckpoint checkpoint;

  return find_newest (reader, store, 1, &checkpoint, error);
}

/**
 * jz_checkpoints_prove_inclusion:
 * @reader: a store's database
 * @entry_id: `<store>-<seq>`
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a proof that the entry stands in the store, up to the newest
 *   checkpoint
 */
JzProof *
jz_checkpoints_prove_inclusion (JzConnection *reader, const char *entry_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JzJournalRecord) record = jz_journal_find (reader, entry_id, &local);
  g_auto (JzJournalTree) source = { 0 };
  g_autofree char *note = NULL;
  g_autoptr (GArray) hashes = NULL;
  g_autoptr (GBytes) leaf_data = NULL;
  JzCheckpoint checkpoint;
  JzTree tree;

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (record == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("There is no entry %s in this store; it is written like 00112233aabbccdd-7."),
                 entry_id);
    return NULL;
  }
  note = find_newest (reader, record->entry->store, record->entry->seq, &checkpoint, error);
  if (note == NULL || !jz_journal_tree_init (&source, reader, record->entry->store, &tree, error))
    return NULL;
  hashes = jz_tree_prove_inclusion (&tree, record->entry->seq - 1, checkpoint.size, error);
  if (hashes == NULL)
    return NULL;
  leaf_data = jz_entry_get_leaf_data (record->entry);
  return jz_proof_new_inclusion (leaf_data, record->entry->seq - 1, hashes, note, error);
}

/**
 * jz_checkpoints_prove_consistency:
 * @reader: a store's database
 * @earlier: an earlier checkpoint of it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a proof that nothing that @earlier covers has changed since,
 * up to the newest checkpoint
 */
JzProof *
jz_checkpoints_prove_consistency (JzConnection *reader, const JzCheckpoint *earlier, GError **error)
{
  g_auto (JzJournalTree) source = { 0 };
  g_autofree char *note = NULL;
  g_autoptr (GArray) hashes = NULL;
  JzCheckpoint checkpoint;
  JzTree tree;

  note = find_newest (reader, earlier->store, earlier->size, &checkpoint, error);
  if (note == NULL || !jz_journal_tree_init (&source, reader, earlier->store, &tree, error))
    return NULL;
  hashes = jz_tree_prove_consistency (&tree, earlier->size, checkpoint.size, error);
  if (hashes == NULL)
    return NULL;
  return jz_proof_new_consistency (earlier->size, &earlier->root, hashes, note, error);
}
