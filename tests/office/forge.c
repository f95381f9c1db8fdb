/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forge.h"

#include <string.h>

#include "office/apply.h"
#include "office/checkpoints.h"
#include "office/replay.h"
#include "store/tree.h"

void
forge_init (Forge *self, const TamperWorld *world)
{
  *self = (Forge){ .world = world, .loan = tamper_borrow (world) };
  self->path = self->loan.path;
  self->now = jz_clock_now (world->office.clock) + 60 * 1000;
  forge_open (self);
}

void
forge_clear (Forge *self)
{
  g_clear_pointer (&self->connection, jz_connection_close);
  tamper_loan_clear (&self->loan);
  g_clear_pointer (&self->last, g_free);
}

void
forge_open (Forge *self)
{
  g_autofree char *database = g_build_filename (self->path, "juanzong.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (self->connection);
  self->connection = jz_connection_open (database, JZ_CONNECTION_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (
    self->connection, "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF", &error));
  g_assert_no_error (error);
}

void
forge_close (Forge *self)
{
  g_clear_pointer (&self->connection, jz_connection_close);
}

JzSession *
forge_get_signer (const Forge *self, const char *user)
{
  JzSession *signer = g_hash_table_lookup (self->world->signers, user);

  g_assert_nonnull (signer);
  return signer;
}

static char *
make_payload (const ForgedEntry *entry)
{
  g_autofree char *text = NULL;
  g_autoptr (JzJson) json = NULL;

  if (entry->is_raw)
    return g_strdup (entry->payload);
  text = entry->payload != NULL ? g_strdup (entry->payload)
                                : g_strdup_printf ("{'args':%s}", entry->args);
  json = test_json (text);
  return jz_json_to_canonical (json, NULL);
}

static void
execute (Forge *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_connection_execute (self->connection, sql, &error));
  g_assert_no_error (error);
}

void
forge_append (Forge *self, const ForgedEntry *entry)
{
  JzSession *signer = entry->signed_by != NULL ? forge_get_signer (self, entry->signed_by) : NULL;
  g_autofree char *payload = make_payload (entry);
  g_autoptr (JzJournalRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  JzDraft draft = {
    .store = entry->store != NULL ? entry->store : self->world->store,
    .case_id = entry->case_id,
    .now = self->now,
    .may_go_back = TRUE,
    .actor = entry->actor != NULL ? entry->actor
                                  : jz_session_get_person (forge_get_signer (self, entry->who)),
    .role = entry->role,
    .act = entry->act,
    .act_version = entry->version != 0 ? entry->version : 1,
    .batch = entry->batch,
    .rulebook = entry->rulebook,
    .payload = payload,
    .key = entry->key != NULL ? entry->key
           : signer != NULL   ? jz_session_get_key (signer)
                              : NULL,
    .certificate = entry->certificate != NULL ? entry->certificate
                   : signer != NULL           ? jz_session_get_certificate (signer)
                                              : NULL,
  };

  execute (self, "BEGIN IMMEDIATE");
  record = jz_journal_append (self->connection, &draft, &error);
  g_assert_no_error (error);
  execute (self, "SAVEPOINT apply");
  /* What cannot be applied is left in the journal all the same. */
  if (!entry->is_unapplied &&
      !jz_apply_record (self->connection, self->connection, record, TRUE, NULL))
    execute (self, "ROLLBACK TO apply");
  execute (self, "COMMIT");
  g_free (self->last);
  self->last = jz_entry_get_id (record->entry);
  jz_hash_to_hex (&record->hash, self->last_hash);
}

GPtrArray *
forge_read (const Forge *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_journal_record_free);
  g_autoptr (JzJournalCursor) cursor =
    jz_journal_cursor_new (self->connection, 1, G_MAXINT64, &error);

  for (;;) {
    JzJournalRecord *record = NULL;
    g_assert_true (jz_journal_cursor_next (cursor, &record, &error));
    g_assert_no_error (error);
    if (record == NULL)
      return records;
    g_ptr_array_add (records, record);
  }
}

static void
insert_record (Forge *self, const JzJournalRecord *record)
{
  const JzEntry *entry = record->entry;
  g_autoptr (GError) error = NULL;
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (entry->time, time);
  g_assert_true (jz_connection_run (
    self->connection, &error,
    "INSERT INTO entry (arrival, store, seq, store_prev, case_id, case_prev, clock, time, actor, "
    "role, act, act_version, batch, rulebook, program, payload_hash, cert, sig, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "itihthittttiththhbh", record->arrival, entry->store, (gint64)entry->seq,
    entry->store_prev.is_present ? &entry->store_prev.hash : NULL, entry->case_id,
    entry->case_prev.is_present ? &entry->case_prev.hash : NULL, (gint64)entry->clock, time,
    entry->actor, entry->role, entry->act, (gint64)entry->act_version, entry->batch,
    entry->rulebook.is_present ? &entry->rulebook.hash : NULL, entry->program, &entry->payload_hash,
    entry->cert.is_present ? &entry->cert.hash : NULL, entry->sig, &record->hash));
  g_assert_no_error (error);
  if (record->payload == NULL)
    return;
  g_assert_true (jz_connection_run (self->connection, &error,
                                    "INSERT INTO payload (entry, salt, text) VALUES (?, ?, ?)",
                                    "ibt", record->arrival, record->salt, record->payload));
  g_assert_no_error (error);
}

static void
set_previous (JzMaybeHash *previous, GHashTable *ends, const char *name)
{
  const JzHash *hash = g_hash_table_lookup (ends, name);

  previous->is_present = hash != NULL;
  if (hash != NULL)
    previous->hash = *hash;
}

static void
sign (Forge *self, JzEntry *entry, const char *user)
{
  JzSession *signer = user != NULL ? forge_get_signer (self, user) : NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  if (entry->sig == NULL || signer == NULL ||
      strcmp (entry->actor, jz_session_get_person (signer)) != 0)
    return;
  body = jz_entry_get_body (entry);
  g_bytes_unref (entry->sig);
  entry->sig = jz_key_sign (jz_session_get_key (signer), g_bytes_get_data (body, NULL),
                            g_bytes_get_size (body), &error);
  g_assert_no_error (error);
}

/* The ends of the chains at each entry, and what batches are called now. */
typedef struct {
  GHashTable *stores;  /* store id → JzHash */
  GHashTable *numbers; /* store id → seq */
  GHashTable *cases;   /* case id → JzHash */
  GHashTable *batches; /* id as it was → id as it is */
  guint64 clock;
} Chains;

static void
remember (Chains *chains, const JzJournalRecord *record)
{
  const JzEntry *entry = record->entry;

  g_hash_table_insert (chains->stores, g_strdup (entry->store),
                       g_memdup2 (&record->hash, sizeof record->hash));
  g_hash_table_insert (chains->numbers, g_strdup (entry->store),
                       g_memdup2 (&entry->seq, sizeof entry->seq));
  g_hash_table_insert (chains->cases, g_strdup (entry->case_id),
                       g_memdup2 (&record->hash, sizeof record->hash));
  chains->clock = entry->clock;
}

static void
rechain (Forge *self, Chains *chains, JzJournalRecord *record, const char *signer)
{
  JzEntry *entry = record->entry;
  const guint64 *number = g_hash_table_lookup (chains->numbers, entry->store);
  g_autofree char *was = jz_entry_get_id (entry);
  const char *batch;

  entry->seq = number != NULL ? *number + 1 : 1;
  g_hash_table_insert (chains->batches, g_steal_pointer (&was), jz_entry_get_id (entry));
  batch = entry->batch != NULL ? g_hash_table_lookup (chains->batches, entry->batch) : NULL;
  if (batch != NULL) {
    g_free (entry->batch);
    entry->batch = g_strdup (batch);
  }
  set_previous (&entry->store_prev, chains->stores, entry->store);
  set_previous (&entry->case_prev, chains->cases, entry->case_id);
  entry->clock = chains->clock + 1;
  if (record->payload != NULL)
    jz_payload_hash (g_bytes_get_data (record->salt, NULL), record->payload,
                     strlen (record->payload), &entry->payload_hash);
  sign (self, entry, signer);
  jz_entry_get_hash (entry, &record->hash);
}

static void
write_all (Forge *self, GPtrArray *records)
{
  sqlite3 *handle = jz_connection_get_handle (self->connection);
  char *triggers;

  execute (self, "BEGIN IMMEDIATE");
  triggers = tamper_take_triggers (handle);
  execute (self, "DELETE FROM payload; DELETE FROM entry");
  for (guint i = 0; i < records->len; i++) {
    JzJournalRecord *record = g_ptr_array_index (records, i);
    record->arrival = i + 1;
    insert_record (self, record);
  }
  tamper_give_triggers (handle, triggers);
  execute (self, "COMMIT");
}

/* The program's own rebuild makes the derived tables fit, as far as the journal can be replayed. */
static void
rebuild (Forge *self)
{
  forge_close (self);
  (void)jz_rebuild_at (self->path, NULL);
  forge_open (self);
}

void
forge_write (Forge *self, GPtrArray *records, guint from, const char *signer)
{
  Chains chains = {
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    0,
  };

  for (guint i = 0; i < records->len; i++) {
    JzJournalRecord *record = g_ptr_array_index (records, i);
    if (i >= from)
      rechain (self, &chains, record, signer);
    remember (&chains, record);
  }
  write_all (self, records);
  g_hash_table_unref (chains.stores);
  g_hash_table_unref (chains.numbers);
  g_hash_table_unref (chains.cases);
  g_hash_table_unref (chains.batches);
  rebuild (self);
}

void
forge_write_unchained (Forge *self, GPtrArray *records)
{
  write_all (self, records);
  rebuild (self);
}

void
forge_set_payload (JzJournalRecord *record, const char *payload)
{
  g_free (record->payload);
  record->payload = g_strdup (payload);
}

void
forge_forget_checkpoints (Forge *self, gint64 size)
{
  sqlite3 *handle = jz_connection_get_handle (self->connection);
  char *triggers = tamper_take_triggers (handle);

  tamper_run (handle, "DELETE FROM checkpoint WHERE store = '%s' AND size > %" G_GINT64_FORMAT,
              self->world->store, size);
  tamper_give_triggers (handle, triggers);
}

static char *
sign_checkpoint (Forge *self, gint64 size)
{
  JzSession *signer = forge_get_signer (self, "admin");
  g_autoptr (JzStore) store = NULL;
  g_autoptr (JzCertificate) certificate = NULL;
  g_auto (JzJournalTree) source = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *time = NULL;
  JzCheckpoint checkpoint = { .size = (guint64)size };
  JzTree tree;
  char *note;

  store = jz_store_open (self->path, JZ_STORE_READ, NULL, NULL, &error);
  g_assert_no_error (error);
  certificate = jz_checkpoints_load_store_certificate (
    self->connection, jz_store_get_objects (store), self->world->store, &error);
  g_assert_no_error (error);
  g_strlcpy (checkpoint.store, self->world->store, sizeof checkpoint.store);
  g_assert_true (
    jz_journal_tree_init (&source, self->connection, self->world->store, &tree, &error));
  g_assert_true (jz_tree_get_root (&tree, (guint64)size, &checkpoint.root, &error));
  g_assert_true (jz_connection_get_text (self->connection, &time, &error,
                                         "SELECT time FROM entry WHERE store = ? AND seq = ?", "ti",
                                         self->world->store, size));
  g_assert_true (jz_instant_parse (time, &checkpoint.time, &error));
  note = jz_checkpoint_sign (&checkpoint, jz_session_get_store_key (signer), certificate, &error);
  g_assert_no_error (error);
  return note;
}

void
forge_sign_checkpoints (Forge *self)
{
  sqlite3 *handle = jz_connection_get_handle (self->connection);
  g_autofree char *list = tamper_get (
    handle, "SELECT group_concat (size) FROM checkpoint WHERE store = '%s'", self->world->store);
  g_auto (GStrv) sizes = g_strsplit (list, ",", -1);
  char *triggers = tamper_take_triggers (handle);

  for (gsize i = 0; sizes[i] != NULL; i++) {
    g_autofree char *note = sign_checkpoint (self, g_ascii_strtoll (sizes[i], NULL, 10));
    tamper_run (handle, "UPDATE checkpoint SET note = '%s' WHERE store = '%s' AND size = %s", note,
                self->world->store, sizes[i]);
  }
  tamper_give_triggers (handle, triggers);
}
