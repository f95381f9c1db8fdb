/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>

#include <glib/gi18n-lib.h>

#include "office/checkpoints.h"
#include "office/sweep.h"
#include "office/trust.h"
#include "office/verify-private.h"
#include "store/error.h"
#include "store/files.h"
#include "store/keyring.h"

/* What lies beside the journal: checkpoints that the store keeps, checkpoints that somebody else
 * kept, key files and objects. */

#define MAX_CHECKPOINT_FILE 8192

static gboolean
check_root (JzVerify *self, const JzCheckpoint *checkpoint, const char *place, GError **error)
{
  g_auto (JzJournalTree) source = { 0 };
  JzTree tree;
  JzHash root;

  if (!jz_journal_tree_init (&source, self->tables, checkpoint->store, &tree, error))
    return FALSE;
  source.entries = self->journal;
  if (checkpoint->size > tree.size) {
    for (guint64 seq = tree.size + 1; seq <= checkpoint->size; seq++) {
      g_autofree char *id = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, checkpoint->store, seq);
      jz_report_add (self->report, JZ_FAULT_LOST, id,
                     _ ("The checkpoint %s proves that this entry was written; it is not here."),
                     place);
      if (self->report->is_cut)
        break;
    }
    return TRUE;
  }
  if (!jz_tree_get_root (&tree, checkpoint->size, &root, error))
    return FALSE;
  if (!jz_hash_equal (&root, &checkpoint->root))
    jz_report_add (
      self->report, JZ_FAULT_CHECKPOINT, place,
      _ ("The first %llu entries of the store are not those that this checkpoint was signed "
         "over: the journal was rewritten."),
      (unsigned long long)checkpoint->size);
  return TRUE;
}

static gboolean
check_note (JzVerify *self, const char *note, gsize length, const char *place, GError **error)
{
  JzCheckpoint checkpoint;
  g_autoptr (JzCertificate) certificate = NULL;
  g_autoptr (GError) local = NULL;

  if (jz_checkpoint_parse (note, length, &checkpoint, &local))
    certificate = jz_checkpoints_load_store_certificate (
      self->tables, jz_store_get_objects (self->store), checkpoint.store, &local);
  if (certificate == NULL ||
      !jz_checkpoint_verify (note, length, certificate, &checkpoint, &local)) {
    jz_report_add_error (self->report, JZ_FAULT_CHECKPOINT, place, local);
    return TRUE;
  }
  return check_root (self, &checkpoint, place, error);
}

static gboolean
check_kept (JzVerify *self, JzStatement *row, GError **error)
{
  const char *store = jz_statement_get_text (row, 0);
  gboolean is_whole =
    strlen (store) == (gsize)sqlite3_column_bytes (jz_statement_get_handle (row), 0);
  gint64 size = jz_statement_get_integer (row, 1);
  const char *note = jz_statement_get_text (row, 2);
  gsize length = (gsize)sqlite3_column_bytes (jz_statement_get_handle (row), 2);
  g_autofree char *place = g_strdup_printf (_ ("checkpoint %s %lld"), store, (long long)size);
  JzCheckpoint checkpoint;

  if (jz_checkpoint_parse (note, length, &checkpoint, NULL) &&
      (!is_whole || strcmp (checkpoint.store, store) != 0 || checkpoint.size != (guint64)size))
    jz_report_add (self->report, JZ_FAULT_CHECKPOINT, place,
                   _ ("The checkpoint is kept under a wrong name."));
  return check_note (self, note, length, place, error);
}

/**
 * jz_verify_checkpoints:
 * @self: a verification
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_checkpoints (JzVerify *self, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (self->tables == NULL)
    return TRUE;
  rows = jz_connection_query (self->journal, error,
                              "SELECT store, size, note FROM checkpoint ORDER BY store, size", "");
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!check_kept (self, rows, error))
      return FALSE;
  }
  return FALSE;
}

/**
 * jz_verify_against:
 * @self: a verification
 * @error: return location
 *
 * Holds the store to checkpoints that were kept elsewhere: an older copy or a rebuilt store cannot
 * satisfy them.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_against (JzVerify *self, GError **error)
{
  const char *const *files = self->verification->against;

  for (gsize i = 0; files != NULL && files[i] != NULL; i++) {
    g_autoptr (GError) local = NULL;
    g_autoptr (GBytes) bytes = jz_file_read (files[i], MAX_CHECKPOINT_FILE, &local);
    gsize length = 0;
    const char *note;
    if (bytes == NULL && !jz_verify_is_damage (local)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (bytes == NULL) {
      jz_report_add_error (self->report, JZ_FAULT_CHECKPOINT, files[i], local);
      continue;
    }
    note = g_bytes_get_data (bytes, &length);
    if (self->tables == NULL)
      jz_report_add (
        self->report, JZ_FAULT_CHECKPOINT, files[i],
        _ ("The store cannot be held to this checkpoint because its journal cannot be read."));
    else if (!check_note (self, note, length, files[i], error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_rightly_issued (JzCertificate *certificate,
                   JzCertificate *ca,
                   const char *owner,
                   const char *kind)
{
  if (strcmp (kind, "ca") == 0)
    return jz_certificate_is_ca (certificate) && jz_certificate_is_issued_by (certificate, ca);
  return strcmp (jz_certificate_get_common_name (certificate), owner) == 0 &&
         jz_certificate_is_issued_by (certificate, ca);
}

static JzCertificate *
load_ca (JzVerify *self)
{
  g_autofree char *hex = NULL;
  JzHash hash;

  if (!jz_connection_get_text (
        self->tables, &hex, NULL,
        "SELECT lower (hex (hash)) FROM certificate WHERE kind = 'ca' ORDER BY issued LIMIT 1",
        "") ||
      !jz_hash_from_hex (hex, &hash))
    return NULL;
  return jz_trust_load_certificate (jz_store_get_objects (self->store), &hash, NULL);
}

/**
 * jz_verify_certificates:
 * @self: a verification
 * @error: return location
 *
 * Every certificate that the journal brought into force must be issued by the bureau's own, for the
 * person or store that it is said to belong to.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_certificates (JzVerify *self, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzCertificate) ca = self->tables != NULL ? load_ca (self) : NULL;
  g_autoptr (JzStatement) rows = NULL;

  if (self->tables == NULL)
    return TRUE;
  rows = jz_connection_query (
    self->tables, error, "SELECT hash, owner, kind, issued FROM certificate ORDER BY issued", "");
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    const char *owner;
    JzHash hash;
    g_autoptr (JzCertificate) certificate = NULL;
    if (!has_row)
      return TRUE;
    owner = jz_statement_get_text (rows, 1);
    if (jz_statement_get_hash (rows, 0, &hash))
      certificate = jz_trust_load_certificate (jz_store_get_objects (self->store), &hash, NULL);
    if (ca == NULL || certificate == NULL ||
        !is_rightly_issued (certificate, ca, owner, jz_statement_get_text (rows, 2))) {
      g_autofree char *id = jz_verify_find_entry_id (self, jz_statement_get_integer (rows, 3));
      jz_report_add (self->report, JZ_FAULT_SIGNATURE, id,
                     _ ("The certificate that this entry brought for %s is missing, altered, or "
                        "was not issued by the bureau."),
                     owner);
    }
  }
  return FALSE;
}

static void
check_key_file (JzVerify *self, const char *name, GHashTable *expected)
{
  g_autofree char *hex = g_strndup (name, 2 * JZ_HASH_LENGTH);
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) local = NULL;
  JzHash hash;

  if (!g_str_has_suffix (name, ".key") || strlen (name) != 2 * JZ_HASH_LENGTH + 4 ||
      !jz_hash_from_hex (hex, &hash)) {
    jz_report_add (self->report, JZ_FAULT_KEY, name,
                   _ ("This file does not belong into the folder keys."));
    return;
  }
  g_hash_table_remove (expected, name);
  content = jz_keyring_get (jz_store_get_path (self->store), &hash, &local);
  if (content == NULL)
    jz_report_add_error (self->report, JZ_FAULT_KEY, name, local);
}

/**
 * jz_verify_keys:
 * @self: a verification
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_keys (JzVerify *self, GError **error)
{
  g_autoptr (GHashTable) expected = NULL;
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) names = NULL;
  GHashTableIter iter;
  gpointer name;

  if (self->tables == NULL)
    return TRUE;
  /* The stored table was compared with ours already; the payloads of open proposals are in the
   * store. */
  expected = jz_sweep_list_key_files (self->journal, error);
  if (expected == NULL)
    return FALSE;
  names = jz_keyring_list (jz_store_get_path (self->store), &local);
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
      g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOTDIR)) {
    jz_report_add (self->report, JZ_FAULT_KEY, "keys",
                   _ ("The folder of the keys is missing; copy it back from the newest backup."));
    return TRUE;
  }
  if (names == NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  for (gsize i = 0; names[i] != NULL; i++)
    check_key_file (self, names[i], expected);
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    jz_report_add (self->report, JZ_FAULT_KEY, name,
                   _ ("This key file is missing; copy it back from the newest backup."));
  return TRUE;
}

static gboolean
count_object (const char *name, const JzHash *hash, guint64 size, gpointer data)
{
  JzReport *report = data;

  report->n_objects++;
  return TRUE;
}

/* What an act says of an object: that it is there, and how large it is. */
static void
check_use (JzVerify *self, const JzHash *hash, guint64 size, gint64 arrival)
{
  JzObjects *objects = jz_store_get_objects (self->store);
  g_autofree char *path = jz_objects_dup_path (objects, hash);
  g_autofree char *id = NULL;
  char hex[JZ_HASH_HEX_SIZE];
  struct stat status;

  jz_hash_to_hex (hash, hex);
  if (!jz_objects_has (objects, hash)) {
    jz_report_add (self->report, JZ_FAULT_OBJECT, hex,
                   _ ("This object is missing; copy it back from the newest backup."));
  } else if (stat (path, &status) == 0 && (guint64)status.st_size != size) {
    id = jz_verify_find_entry_id (self, arrival);
    jz_report_add (self->report, JZ_FAULT_OBJECT, id,
                   _ ("The object %s is not as large as this entry says."), hex);
  }
}

static gboolean
check_expected_objects (JzVerify *self, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (self->tables == NULL)
    return TRUE;
  rows = jz_connection_query (self->tables, error,
                              "SELECT object, size, min (entry) FROM object_use GROUP BY object, "
                              "size ORDER BY object, size",
                              "");
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzHash hash;
    if (!has_row)
      return TRUE;
    if (jz_statement_get_hash (rows, 0, &hash))
      check_use (self, &hash, (guint64)jz_statement_get_integer (rows, 1),
                 jz_statement_get_integer (rows, 2));
  }
  return FALSE;
}

/**
 * jz_verify_objects:
 * @self: a verification
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_verify_objects (JzVerify *self, GError **error)
{
  const JzVerification *verification = self->verification;
  JzObjects *objects = jz_store_get_objects (self->store);
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_object_fault_free);

  if (!check_expected_objects (self, error) ||
      !jz_objects_foreach (objects, count_object, self->report, error) ||
      !jz_objects_verify (objects, verification->with_chunk_lists ? self->named : NULL,
                          verification->progress, verification->progress_data,
                          verification->cancellable, faults, error))
    return FALSE;
  for (guint i = 0; i < faults->len; i++) {
    const JzObjectFault *fault = g_ptr_array_index (faults, i);
    jz_report_add (self->report, JZ_FAULT_OBJECT, fault->name, "%s", fault->sentence);
  }
  return TRUE;
}
