/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/journal.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <openssl/rand.h>

#include "config.h"

#include "store/error.h"

/* The append-only journal. An entry is written once, read back in the same transaction and hashed
 * anew before it may be committed. The ends of the chains and the kept subtrees are derived tables,
 * brought up to date here for every entry, whether it was just written or is being replayed. */

#define RECORD_COLUMNS                                                                             \
  "entry.arrival, store, seq, store_prev, case_id, case_prev, clock, time, actor, role, act, "     \
  "act_version, batch, rulebook, program, payload_hash, cert, sig, hash, salt, payload.text"

struct _JzJournalCursor {
  JzStatement *statement;
};

/**
 * jz_journal_record_free:
 * @self: (transfer full): a record
 */
void
jz_journal_record_free (JzJournalRecord *self)
{
  g_clear_pointer (&self->entry, jz_entry_free);
  g_clear_pointer (&self->salt, g_bytes_unref);
  g_free (self->payload);
  g_free (self);
}

/* Text that C can hold: no NUL inside, and valid. A NUL put into a column by hand would otherwise
 * hide what follows it from every check. */
static char *
take_text (JzStatement *statement, int column)
{
  gsize length = 0;
  const char *text = jz_statement_get_text (statement, column);

  length = (gsize)sqlite3_column_bytes (jz_statement_get_handle (statement), column);
  if (strlen (text) != length || !g_utf8_validate_len (text, length, NULL))
    return NULL;
  return g_strdup (text);
}

static gboolean
take_hash (JzStatement *statement, int column, JzMaybeHash *hash)
{
  gsize length = 0;

  jz_statement_get_blob (statement, column, &length);
  hash->is_present = length != 0;
  return length == 0 || jz_statement_get_hash (statement, column, &hash->hash);
}

static gboolean
take_number (JzStatement *statement, int column, guint64 *number)
{
  gint64 value = jz_statement_get_integer (statement, column);

  *number = (guint64)value;
  return value >= 1;
}

static gboolean
take_entry (JzStatement *statement, JzEntry *entry)
{
  g_autofree char *time = take_text (statement, 7);
  guint64 act_version = 0;

  entry->store = take_text (statement, 1);
  entry->case_id = take_text (statement, 4);
  entry->actor = take_text (statement, 8);
  entry->role = take_text (statement, 9);
  entry->act = take_text (statement, 10);
  entry->batch = take_text (statement, 12);
  entry->program = take_text (statement, 14);
  if (entry->store == NULL || entry->case_id == NULL || entry->actor == NULL ||
      entry->role == NULL || entry->act == NULL || entry->batch == NULL || entry->program == NULL ||
      time == NULL)
    return FALSE;
  if (entry->batch[0] == '\0')
    g_clear_pointer (&entry->batch, g_free);
  if (!take_number (statement, 2, &entry->seq) || !take_number (statement, 6, &entry->clock) ||
      !take_number (statement, 11, &act_version) || act_version > G_MAXINT ||
      !jz_instant_parse (time, &entry->time, NULL))
    return FALSE;
  entry->act_version = (guint)act_version;
  if (!take_hash (statement, 3, &entry->store_prev) ||
      !take_hash (statement, 5, &entry->case_prev) ||
      !take_hash (statement, 13, &entry->rulebook) || !take_hash (statement, 16, &entry->cert) ||
      !jz_statement_get_hash (statement, 15, &entry->payload_hash))
    return FALSE;
  entry->sig = jz_statement_dup_blob (statement, 17);
  if (g_bytes_get_size (entry->sig) == 0)
    g_clear_pointer (&entry->sig, g_bytes_unref);
  return TRUE;
}

static gboolean
take_payload (JzStatement *statement, JzJournalRecord *record)
{
  gsize salt_length = 0;

  if (sqlite3_column_type (jz_statement_get_handle (statement), 20) == SQLITE_NULL)
    return TRUE;
  jz_statement_get_blob (statement, 19, &salt_length);
  if (salt_length != JZ_HASH_LENGTH)
    return FALSE;
  record->salt = jz_statement_dup_blob (statement, 19);
  record->payload = take_text (statement, 20);
  return record->payload != NULL;
}

static JzJournalRecord *
take_record (JzStatement *statement, GError **error)
{
  g_autoptr (JzJournalRecord) record = g_new0 (JzJournalRecord, 1);

  record->arrival = jz_statement_get_integer (statement, 0);
  record->entry = jz_entry_new ();
  if (!take_entry (statement, record->entry) || !take_payload (statement, record) ||
      !jz_statement_get_hash (statement, 18, &record->hash) ||
      !jz_entry_check (record->entry, NULL)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("Entry number %lld of the journal was altered: a column does not have the form "
                    "that it must have. Restore the store from its newest backup."),
                 (long long)record->arrival);
    return NULL;
  }
  return g_steal_pointer (&record);
}

/**
 * jz_journal_cursor_new:
 * @connection: a store's database
 * @from: the first arrival
 * @to: the last arrival, or %G_MAXINT64
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a walk over the entries in order of arrival
 */
JzJournalCursor *
jz_journal_cursor_new (JzConnection *connection, gint64 from, gint64 to, GError **error)
{
  JzStatement *statement =
    jz_connection_query (connection, error,
                         "SELECT " RECORD_COLUMNS " FROM entry LEFT JOIN payload ON "
                         "payload.entry = entry.arrival WHERE entry.arrival BETWEEN ? AND ? "
                         "ORDER BY entry.arrival",
                         "ii", from, to);
  JzJournalCursor *self;

  if (statement == NULL)
    return NULL;
  self = g_new0 (JzJournalCursor, 1);
  self->statement = statement;
  return self;
}

/**
 * jz_journal_cursor_next:
 * @self: a cursor
 * @record: (out) (transfer full) (nullable): the next record, %NULL after the last
 * @error: return location
 *
 * Returns: %FALSE on failure; after %JZ_STORE_ERROR_DAMAGED the walk can go on behind the bad entry
 */
gboolean
jz_journal_cursor_next (JzJournalCursor *self, JzJournalRecord **record, GError **error)
{
  gboolean has_row = FALSE;

  *record = NULL;
  if (!jz_statement_step (self->statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  *record = take_record (self->statement, error);
  return *record != NULL;
}

/**
 * jz_journal_cursor_free:
 * @self: (transfer full): a cursor
 */
void
jz_journal_cursor_free (JzJournalCursor *self)
{
  jz_statement_release (self->statement);
  g_free (self);
}

/**
 * jz_journal_read:
 * @connection: a store's database
 * @arrival: number in this store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the entry; %NULL without error where there is none
 */
JzJournalRecord *
jz_journal_read (JzConnection *connection, gint64 arrival, GError **error)
{
  g_autoptr (JzJournalCursor) cursor = jz_journal_cursor_new (connection, arrival, arrival, error);
  JzJournalRecord *record = NULL;

  return cursor != NULL && jz_journal_cursor_next (cursor, &record, error) ? record : NULL;
}

/**
 * jz_journal_find:
 * @connection: a store's database
 * @entry_id: `<store>-<seq>`
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the entry; %NULL without error where there is none
 */
JzJournalRecord *
jz_journal_find (JzConnection *connection, const char *entry_id, GError **error)
{
  gint64 arrival = 0;
  g_auto (GStrv) parts = g_strsplit (entry_id, "-", 2);

  if (!jz_is_thing_id (entry_id) || strchr (parts[1], '-') != NULL)
    return NULL;
  if (!jz_connection_get_number (connection, &arrival, error,
                                 "SELECT arrival FROM entry WHERE store = ? AND seq = ?", "ti",
                                 parts[0], g_ascii_strtoll (parts[1], NULL, 10)))
    return NULL;
  return arrival > 0 ? jz_journal_read (connection, arrival, error) : NULL;
}

/**
 * jz_journal_get_current_store:
 * @connection: a store's database
 * @store: (out) (transfer full) (nullable): the id under which this store writes now; %NULL in a
 * store without entries
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_journal_get_current_store (JzConnection *connection, char **store, GError **error)
{
  return jz_connection_get_text (connection, store, error,
                                 "SELECT store FROM store_chain ORDER BY first DESC LIMIT 1", "");
}

/**
 * jz_journal_get_last_time:
 * @connection: a store's database
 * @store: a store's id
 * @time: (inout): the time of its last entry, unchanged where it has none
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_journal_get_last_time (JzConnection *connection,
                          const char *store,
                          JzInstant *time,
                          GError **error)
{
  g_autofree char *text = NULL;

  if (!jz_connection_get_text (connection, &text, error,
                               "SELECT time FROM store_chain WHERE store = ?", "t", store))
    return FALSE;
  return text == NULL || jz_instant_parse (text, time, error);
}

static gboolean
read_hashes (JzConnection *journal,
             const char *store,
             guint64 first,
             guint64 n,
             JzHash *hashes,
             GError **error)
{
  gboolean has_row = TRUE;
  g_autoptr (JzStatement) statement = jz_connection_query (
    journal, error, "SELECT hash FROM entry WHERE store = ? AND seq BETWEEN ? AND ? ORDER BY seq",
    "tii", store, (gint64)first + 1, (gint64)(first + n));

  for (guint64 i = 0; i < n; i++) {
    if (statement == NULL || !jz_statement_step (statement, &has_row, error))
      return FALSE;
    if (!has_row || !jz_statement_get_hash (statement, 0, &hashes[i])) {
      g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                   _ ("The journal lacks entry %s-%llu. Restore the store from its newest backup."),
                   store, (unsigned long long)(first + i + 1));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
keep_subtree (JzConnection *tables, JzConnection *journal, const JzEntry *entry, GError **error)
{
  JzHash leaves[JZ_TREE_KEPT_LEAVES];
  JzHash root;
  guint64 first = entry->seq - JZ_TREE_KEPT_LEAVES;

  if (!read_hashes (journal, entry->store, first, JZ_TREE_KEPT_LEAVES, leaves, error))
    return FALSE;
  jz_tree_root_of (leaves, JZ_TREE_KEPT_LEAVES, &root);
  return jz_connection_run (tables, error,
                            "INSERT INTO subtree (store, number, hash) VALUES (?, ?, ?)", "tih",
                            entry->store, (gint64)(first / JZ_TREE_KEPT_LEAVES), &root);
}

/**
 * jz_journal_index:
 * @tables: where the derived tables are
 * @journal: where the entries are; the same connection when an entry is written
 * @record: an entry that @journal holds
 * @error: return location
 *
 * Brings the ends of the chains and the kept subtrees up to date with one more entry.
 *
 * Returns: whether it was done
 */
gboolean
jz_journal_index (JzConnection *tables,
                  JzConnection *journal,
                  const JzJournalRecord *record,
                  GError **error)
{
  const JzEntry *entry = record->entry;
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (entry->time, time);
  if (!jz_connection_run (
        tables, error,
        "INSERT INTO store_chain (store, first, seq, hash, clock, time) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (store) DO UPDATE SET seq = excluded.seq, "
        "hash = excluded.hash, clock = excluded.clock, time = excluded.time",
        "tiihit", entry->store, record->arrival, (gint64)entry->seq, &record->hash,
        (gint64)entry->clock, time))
    return FALSE;
  if (!jz_connection_run (
        tables, error,
        "INSERT INTO case_chain (case_id, hash, arrival) VALUES (?, ?, ?) ON CONFLICT "
        "(case_id) DO UPDATE SET hash = excluded.hash, arrival = excluded.arrival",
        "thi", entry->case_id, &record->hash, record->arrival))
    return FALSE;
  return entry->seq % JZ_TREE_KEPT_LEAVES != 0 || keep_subtree (tables, journal, entry, error);
}

static gboolean
take_place_in_chains (JzConnection *connection,
                      JzEntry *entry,
                      JzInstant *last_time,
                      GError **error)
{
  gboolean has_row = FALSE;
  g_autofree char *time = NULL;
  gint64 clock = 0;
  g_autoptr (JzStatement) store = jz_connection_query (
    connection, error, "SELECT seq, hash, time FROM store_chain WHERE store = ?", "t",
    entry->store);

  if (store == NULL || !jz_statement_step (store, &has_row, error))
    return FALSE;
  entry->seq = has_row ? (guint64)jz_statement_get_integer (store, 0) + 1 : 1;
  entry->store_prev.is_present =
    has_row && jz_statement_get_hash (store, 1, &entry->store_prev.hash);
  if (has_row && !jz_instant_parse (jz_statement_get_text (store, 2), last_time, error))
    return FALSE;
  if (!jz_connection_get_number (connection, &clock, error, "SELECT max (clock) FROM store_chain",
                                 ""))
    return FALSE;
  entry->clock = (guint64)clock + 1;
  return TRUE;
}

static gboolean
take_place_in_case (JzConnection *connection, JzEntry *entry, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) chain = jz_connection_query (
    connection, error, "SELECT hash FROM case_chain WHERE case_id = ?", "t", entry->case_id);

  if (chain == NULL || !jz_statement_step (chain, &has_row, error))
    return FALSE;
  entry->case_prev.is_present = has_row && jz_statement_get_hash (chain, 0, &entry->case_prev.hash);
  return TRUE;
}

static JzEntry *
make_entry (JzConnection *connection, const JzDraft *draft, GError **error)
{
  g_autoptr (JzEntry) entry = jz_entry_new ();
  JzInstant last_time = G_MININT64;

  entry->store = g_strdup (draft->store);
  if (!take_place_in_chains (connection, entry, &last_time, error))
    return NULL;
  entry->case_id = draft->case_id != NULL
                     ? g_strdup (draft->case_id)
                     : g_strdup_printf ("%s-%" G_GUINT64_FORMAT "-1", entry->store, entry->seq);
  if (!take_place_in_case (connection, entry, error))
    return NULL;
  entry->time = draft->may_go_back ? draft->now : MAX (draft->now, last_time);
  entry->actor = g_strdup (draft->actor);
  entry->role = g_strdup (draft->role);
  entry->act = g_strdup (draft->act);
  entry->act_version = draft->act_version;
  if (draft->batch != NULL)
    entry->batch = draft->batch[0] != '\0' ? g_strdup (draft->batch) : jz_entry_get_id (entry);
  entry->rulebook.is_present = draft->rulebook != NULL;
  if (draft->rulebook != NULL)
    entry->rulebook.hash = *draft->rulebook;
  entry->program = g_strdup (JZ_PROGRAM);
  return g_steal_pointer (&entry);
}

static gboolean
sign_entry (JzEntry *entry, const JzDraft *draft, GError **error)
{
  g_autoptr (GBytes) body = NULL;
  gsize length = 0;
  gconstpointer data;

  if (draft->key == NULL)
    return TRUE;
  entry->cert.is_present = TRUE;
  entry->cert.hash = *jz_certificate_get_hash (draft->certificate);
  body = jz_entry_get_body (entry);
  data = g_bytes_get_data (body, &length);
  entry->sig = jz_key_sign (draft->key, data, length, error);
  return entry->sig != NULL;
}

static gboolean
insert_record (JzConnection *connection, const JzJournalRecord *record, GError **error)
{
  const JzEntry *entry = record->entry;
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (entry->time, time);
  return jz_connection_run (
           connection, error,
           "INSERT INTO entry (arrival, store, seq, store_prev, case_id, case_prev, clock, time, "
           "actor, role, "
           "act, act_version, batch, rulebook, program, payload_hash, cert, sig, hash) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "itihthittttiththhbh", record->arrival, entry->store, (gint64)entry->seq,
           entry->store_prev.is_present ? &entry->store_prev.hash : NULL, entry->case_id,
           entry->case_prev.is_present ? &entry->case_prev.hash : NULL, (gint64)entry->clock, time,
           entry->actor, entry->role, entry->act, (gint64)entry->act_version, entry->batch,
           entry->rulebook.is_present ? &entry->rulebook.hash : NULL, entry->program,
           &entry->payload_hash, entry->cert.is_present ? &entry->cert.hash : NULL, entry->sig,
           &record->hash) &&
         jz_connection_run (connection, error,
                            "INSERT INTO payload (entry, salt, text) VALUES (?, ?, ?)", "ibt",
                            record->arrival, record->salt, record->payload);
}

/* Before the act may be committed: what lies in the tables now must hash to what we mean. */
static gboolean
read_back (JzConnection *connection, const JzJournalRecord *record, GError **error)
{
  g_autoptr (JzJournalRecord) stored = jz_journal_read (connection, record->arrival, error);
  JzHash hash, payload_hash;

  if (stored == NULL || stored->payload == NULL)
    return FALSE;
  jz_entry_get_hash (stored->entry, &hash);
  jz_payload_hash (g_bytes_get_data (stored->salt, NULL), stored->payload, strlen (stored->payload),
                   &payload_hash);
  if (jz_hash_equal (&hash, &record->hash) && jz_hash_equal (&stored->hash, &record->hash) &&
      jz_hash_equal (&payload_hash, &record->entry->payload_hash))
    return TRUE;
  g_set_error (
    error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
    _ ("What was just written to %s reads back differently; nothing was saved. Check the disk "
       "and the memory of this computer."),
    jz_connection_get_path (connection));
  return FALSE;
}

/**
 * jz_journal_append:
 * @connection: the writing connection, inside a transaction
 * @draft: what the writer knows
 * @error: return location
 *
 * Writes one entry with its payload, indexes it and reads it back. On failure the caller must roll
 * back.
 *
 * Returns: (transfer full) (nullable): the entry as it stands in the journal
 */
JzJournalRecord *
jz_journal_append (JzConnection *connection, const JzDraft *draft, GError **error)
{
  g_autoptr (JzJournalRecord) record = g_new0 (JzJournalRecord, 1);
  guint8 salt[JZ_HASH_LENGTH];
  gint64 last = 0;

  record->entry = make_entry (connection, draft, error);
  if (record->entry == NULL ||
      !jz_connection_get_number (connection, &last, error, "SELECT max (arrival) FROM entry", ""))
    return NULL;
  record->arrival = last + 1;
  g_assert (RAND_bytes (salt, sizeof salt) == 1);
  record->salt = g_bytes_new (salt, sizeof salt);
  record->payload = g_strdup (draft->payload);
  jz_payload_hash (salt, draft->payload, strlen (draft->payload), &record->entry->payload_hash);
  if (!sign_entry (record->entry, draft, error))
    return NULL;
  jz_entry_get_hash (record->entry, &record->hash);
  if (!insert_record (connection, record, error) || !read_back (connection, record, error) ||
      !jz_journal_index (connection, connection, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
tree_get_leaves (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error)
{
  JzJournalTree *self = source;
  return read_hashes (self->entries, self->store, first, n, hashes, error);
}

static gboolean
tree_get_subtrees (gpointer source, guint64 first, guint64 n, JzHash *hashes, GError **error)
{
  JzJournalTree *self = source;
  gboolean has_row = TRUE;
  g_autoptr (JzStatement) statement = jz_connection_query (
    self->tables, error,
    "SELECT hash FROM subtree WHERE store = ? AND number BETWEEN ? AND ? ORDER BY number", "tii",
    self->store, (gint64)first, (gint64)(first + n) - 1);

  for (guint64 i = 0; i < n; i++) {
    if (statement == NULL || !jz_statement_step (statement, &has_row, error))
      return FALSE;
    if (!has_row || !jz_statement_get_hash (statement, 0, &hashes[i])) {
      g_set_error_literal (
        error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
        _ ("A kept part of the journal's tree is missing; run rebuild on the store."));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * jz_journal_tree_init:
 * @self: (out): filled; clear it with jz_journal_tree_clear()
 * @connection: a store's database
 * @store: a store's id
 * @tree: (out): the tree of that store's own entries, reading through @self
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_journal_tree_init (JzJournalTree *self,
                      JzConnection *connection,
                      const char *store,
                      JzTree *tree,
                      GError **error)
{
  gint64 size = 0;

  self->tables = connection;
  self->entries = connection;
  self->store = g_strdup (store);
  if (!jz_connection_get_number (connection, &size, error,
                                 "SELECT seq FROM store_chain WHERE store = ?", "t", store))
    return FALSE;
  *tree = (JzTree){
    .size = (guint64)size, .source = self, .leaves = tree_get_leaves, .subtrees = tree_get_subtrees
  };
  return TRUE;
}

/**
 * jz_journal_tree_clear:
 * @self: filled by jz_journal_tree_init()
 */
void
jz_journal_tree_clear (JzJournalTree *self)
{
  g_clear_pointer (&self->store, g_free);
}
