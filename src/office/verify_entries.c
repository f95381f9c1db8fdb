/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/destruction.h"
#include "office/role.h"
#include "office/trust.h"
#include "office/verify-private.h"
#include "store/error.h"

/* Each entry by itself and in its chains: hash, numbers, times, payload, and the signature as
 * arithmetic. Whether the signer was allowed to sign is asked in the replay. Signatures are checked
 * on all cores. */

/* So many signatures may wait for a core. */
#define MAX_WAITING 1024

typedef struct {
  guint64 seq;
  JzHash hash;
  JzInstant time;
  char *batch;
  guint n_batch; /* entries of that batch so far */
} StoreEnd;

static void
store_end_free (StoreEnd *end)
{
  g_free (end->batch);
  g_free (end);
}

typedef struct {
  JzVerify *verify;
  gint64 arrival;
  guint64 clock;
  GHashTable *stores;       /* store id → StoreEnd */
  GHashTable *cases;        /* case id → JzHash */
  GHashTable *certificates; /* hex → JzCertificate; NULL value where it cannot be loaded */
  GThreadPool *pool;
  GMutex mutex;
  GCond cond;
  guint n_waiting;
  GPtrArray *bad_signatures; /* ids */
} Walk;

typedef struct {
  JzCertificate *certificate;
  GBytes *body;
  GBytes *sig;
  char *id;
} Signature;

static void
verify_signature_in_thread (gpointer data, gpointer user_data)
{
  Signature *signature = data;
  Walk *walk = user_data;
  gsize body_length = 0;
  gsize sig_length = 0;
  gconstpointer body = g_bytes_get_data (signature->body, &body_length);
  gconstpointer sig = g_bytes_get_data (signature->sig, &sig_length);
  gboolean is_good =
    jz_certificate_verify (signature->certificate, body, body_length, sig, sig_length);

  g_mutex_lock (&walk->mutex);
  if (!is_good)
    g_ptr_array_add (walk->bad_signatures, g_steal_pointer (&signature->id));
  walk->n_waiting--;
  g_cond_signal (&walk->cond);
  g_mutex_unlock (&walk->mutex);
  jz_certificate_unref (signature->certificate);
  g_bytes_unref (signature->body);
  g_bytes_unref (signature->sig);
  g_free (signature->id);
  g_free (signature);
}

static void
wait_for_signatures (Walk *walk, guint most)
{
  g_mutex_lock (&walk->mutex);
  while (walk->n_waiting > most)
    g_cond_wait (&walk->cond, &walk->mutex);
  g_mutex_unlock (&walk->mutex);
}

static JzCertificate *
get_certificate (Walk *walk, const JzHash *hash)
{
  char hex[JZ_HASH_HEX_SIZE];
  gpointer certificate = NULL;

  jz_hash_to_hex (hash, hex);
  if (!g_hash_table_lookup_extended (walk->certificates, hex, NULL, &certificate)) {
    certificate =
      jz_trust_load_certificate (jz_store_get_objects (walk->verify->store), hash, NULL);
    g_hash_table_insert (walk->certificates, g_strdup (hex), certificate);
  }
  return certificate;
}

static void
queue_signature (Walk *walk, const JzEntry *entry, const char *id)
{
  JzCertificate *certificate = get_certificate (walk, &entry->cert.hash);
  Signature *signature;

  if (certificate == NULL) {
    jz_report_add (walk->verify->report, JZ_FAULT_SIGNATURE, id,
                   _ ("The certificate that this entry was signed with is missing or altered."));
    return;
  }
  wait_for_signatures (walk, MAX_WAITING);
  signature = g_new0 (Signature, 1);
  signature->certificate = jz_certificate_ref (certificate);
  signature->body = jz_entry_get_body (entry);
  signature->sig = g_bytes_ref (entry->sig);
  signature->id = g_strdup (id);
  g_mutex_lock (&walk->mutex);
  walk->n_waiting++;
  g_mutex_unlock (&walk->mutex);
  walk->verify->report->n_signatures++;
  g_thread_pool_push (walk->pool, signature, NULL);
}

static gboolean
maybe_equal (const JzMaybeHash *maybe, const JzHash *hash)
{
  return hash == NULL ? !maybe->is_present
                      : maybe->is_present && jz_hash_equal (&maybe->hash, hash);
}

static gboolean
is_batch_in_order (const JzEntry *entry, const char *id, const StoreEnd *end)
{
  if (entry->batch == NULL || strcmp (entry->batch, id) == 0)
    return TRUE;
  return end != NULL && g_strcmp0 (entry->batch, end->batch) == 0;
}

/* An entry alone names no batch; where one cannot be read nobody knows what stands beside it. */
static void
check_batch_of_end (JzVerify *verify, const char *store, const StoreEnd *end)
{
  g_autofree char *id = NULL;

  if (end->n_batch != 1 || verify->has_unreadable)
    return;
  id = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, store, end->seq);
  jz_report_add (verify->report, JZ_FAULT_STRUCTURE, id,
                 _ ("The entry names a batch of which it is the only one."));
}

static void
check_last_batches (Walk *walk)
{
  GHashTableIter iter;
  gpointer store, end;

  g_hash_table_iter_init (&iter, walk->stores);
  while (g_hash_table_iter_next (&iter, &store, &end))
    check_batch_of_end (walk->verify, store, end);
}

static const char *
find_fault_of_chains (Walk *walk, const JzJournalRecord *record, const char *id)
{
  const JzEntry *entry = record->entry;
  const StoreEnd *end = g_hash_table_lookup (walk->stores, entry->store);
  const JzHash *case_end = g_hash_table_lookup (walk->cases, entry->case_id);

  if (record->arrival != walk->arrival + 1)
    return _ ("Entries before this one are missing.");
  if (entry->seq != (end != NULL ? end->seq + 1 : 1))
    return _ ("The entry's number does not follow the one before it.");
  if (!maybe_equal (&entry->store_prev, end != NULL ? &end->hash : NULL))
    return _ ("The entry does not follow the one that is before it in the store.");
  if (!maybe_equal (&entry->case_prev, case_end))
    return _ ("The entry does not follow the one that is before it in its case.");
  if (entry->clock != walk->clock + 1)
    return _ ("The entry's counter does not follow the one before it.");
  if (end != NULL && entry->time < end->time && strcmp (entry->act, "clock.confirm") != 0)
    return _ ("The entry's time is before that of the entry before it.");
  if (!is_batch_in_order (entry, id, end))
    return _ ("The entry names a batch that it does not belong to.");
  return NULL;
}

static void
remember_ends (Walk *walk, const JzJournalRecord *record)
{
  const JzEntry *entry = record->entry;
  const StoreEnd *before = g_hash_table_lookup (walk->stores, entry->store);
  gboolean goes_on = before != NULL && g_strcmp0 (before->batch, entry->batch) == 0;
  StoreEnd *end = g_new0 (StoreEnd, 1);

  if (before != NULL && !goes_on)
    check_batch_of_end (walk->verify, entry->store, before);
  if (entry->batch != NULL)
    end->n_batch = goes_on ? before->n_batch + 1 : 1;
  end->seq = entry->seq;
  end->hash = record->hash;
  end->time = entry->time;
  end->batch = g_strdup (entry->batch);
  g_hash_table_insert (walk->stores, g_strdup (entry->store), end);
  g_hash_table_insert (walk->cases, g_strdup (entry->case_id),
                       g_memdup2 (&record->hash, sizeof record->hash));
  walk->arrival = record->arrival;
  walk->clock = entry->clock;
}

static gboolean
verify_record (Walk *walk, const JzJournalRecord *record, GError **error)
{
  JzReport *report = walk->verify->report;
  g_autofree char *id = jz_entry_get_id (record->entry);
  const char *fault;
  JzHash hash;

  jz_entry_get_hash (record->entry, &hash);
  if (!jz_hash_equal (&hash, &record->hash))
    jz_report_add (report, JZ_FAULT_STRUCTURE, id,
                   _ ("The entry was altered: its hash is not that of its fields."));
  fault = find_fault_of_chains (walk, record, id);
  if (fault != NULL)
    jz_report_add (report, JZ_FAULT_STRUCTURE, id, "%s", fault);
  if (!jz_verify_payload (walk->verify, record, id, error))
    return FALSE;
  if (record->entry->sig != NULL)
    queue_signature (walk, record->entry, id);
  remember_ends (walk, record);
  report->n_entries++;
  return TRUE;
}

/* Names an entry that cannot be read and sets the cursor behind it. Each step goes to a later
 * arrival, so that a database that is damaged itself cannot hold the walk for ever. */
static gboolean
step_over (Walk *walk, JzJournalCursor **cursor, GError *damage, GError **error)
{
  JzVerify *verify = walk->verify;
  gint64 arrival = 0;
  g_autofree char *place = NULL;

  if (!jz_verify_is_damage (damage) ||
      !jz_connection_get_number (
        verify->journal, &arrival, NULL,
        "SELECT arrival FROM entry WHERE arrival > ? ORDER BY arrival LIMIT 1", "i",
        walk->arrival) ||
      arrival <= walk->arrival || arrival == G_MAXINT64) {
    g_propagate_error (error, damage);
    return FALSE;
  }
  place = jz_verify_find_entry_id (verify, arrival);
  jz_report_add_error (verify->report, JZ_FAULT_STRUCTURE, place, damage);
  g_error_free (damage);
  verify->has_unreadable = TRUE;
  walk->arrival = arrival;
  g_clear_pointer (cursor, jz_journal_cursor_free);
  *cursor = jz_journal_cursor_new (verify->journal, arrival + 1, G_MAXINT64, error);
  return *cursor != NULL;
}

static gboolean
walk_entries (Walk *walk, GError **error)
{
  JzVerify *verify = walk->verify;
  g_autoptr (JzJournalCursor) cursor =
    jz_journal_cursor_new (verify->journal, G_MININT64, G_MAXINT64, error);

  if (cursor == NULL)
    return FALSE;
  for (;;) {
    g_autoptr (JzJournalRecord) record = NULL;
    GError *damage = NULL;
    if (verify->report->faults->len >= JZ_MAX_FAULTS)
      return TRUE;
    if (g_cancellable_set_error_if_cancelled (verify->verification->cancellable, error))
      return FALSE;
    if (!jz_journal_cursor_next (cursor, &record, &damage)) {
      if (!step_over (walk, &cursor, damage, error))
        return FALSE;
      continue;
    }
    if (record == NULL)
      break;
    if (!verify_record (walk, record, error))
      return FALSE;
  }
  check_last_batches (walk);
  return TRUE;
}

/* A payload that no entry has would be seen by nobody who reads entries. */
static gboolean
find_foreign_payloads (JzVerify *self, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->journal, error,
    "SELECT entry FROM payload WHERE entry NOT IN (SELECT arrival FROM entry)", "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autofree char *place = NULL;
    if (!has_row)
      return TRUE;
    place = jz_verify_describe_row ("payload", jz_statement_get_text (rows, 0));
    jz_report_add (self->report, JZ_FAULT_STRUCTURE, place,
                   _ ("This payload belongs to no entry of the journal."));
  }
  return FALSE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
certificate_unref (gpointer certificate)
{
  if (certificate != NULL)
    jz_certificate_unref (certificate);
}

/**
 * jz_verify_entries:
 * @self: a verification
 * @error: return location
 *
 * Returns: %FALSE when the journal cannot be read on
 */
gboolean
jz_verify_entries (JzVerify *self, GError **error)
{
  Walk walk = { .verify = self };
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  gboolean is_done;

  self->destroyed = jz_destruction_list (self->journal, faults, error);
  if (self->destroyed == NULL)
    return FALSE;
  for (guint i = 0; i < faults->len; i++)
    jz_report_add (self->report, JZ_FAULT_STRUCTURE, NULL, "%s",
                   (const char *)g_ptr_array_index (faults, i));
  walk.stores =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)store_end_free);
  walk.cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  walk.certificates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, certificate_unref);
  walk.bad_signatures = g_ptr_array_new_with_free_func (g_free);
  walk.pool = g_thread_pool_new (verify_signature_in_thread, &walk, (int)g_get_num_processors (),
                                 FALSE, NULL);
  g_mutex_init (&walk.mutex);
  g_cond_init (&walk.cond);
  is_done = walk_entries (&walk, error) && find_foreign_payloads (self, error);
  g_thread_pool_free (walk.pool, FALSE, TRUE);
  g_ptr_array_sort (walk.bad_signatures, compare_texts);
  for (guint i = 0; i < walk.bad_signatures->len; i++)
    jz_report_add (self->report, JZ_FAULT_SIGNATURE, g_ptr_array_index (walk.bad_signatures, i),
                   _ ("The signature does not belong to this entry."));
  g_mutex_clear (&walk.mutex);
  g_cond_clear (&walk.cond);
  g_ptr_array_unref (walk.bad_signatures);
  g_hash_table_unref (walk.certificates);
  g_hash_table_unref (walk.cases);
  g_hash_table_unref (walk.stores);
  return is_done;
}
