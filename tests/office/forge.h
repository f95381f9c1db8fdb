/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tamper.h"

G_BEGIN_DECLS

/* The tools of one who understands the format: entries that are written around every check, and a
 * journal that is rewritten with all its chains. */

/**
 * Forge:
 * @world: the store that @path is a copy of
 * @loan: the copy
 * @path: where it is
 * @connection: writes it; %NULL while it is closed
 * @now: time of the next entry
 * @last: id of the entry written last
 * @last_hash: its hash, in hex
 */
typedef struct {
  const TamperWorld *world;
  TamperLoan loan;
  const char *path;
  JzConnection *connection;
  JzInstant now;
  char *last;
  char last_hash[JZ_HASH_HEX_SIZE];
} Forge;

void forge_init (Forge *self, const TamperWorld *world);
void forge_clear (Forge *self);
void forge_open (Forge *self);
void forge_close (Forge *self);

/**
 * ForgedEntry:
 * @who: user name of the signer whose id is the actor
 * @role: in which role
 * @act: any text
 * @case_id: (nullable): %NULL where the entry opens a case
 * @payload: (nullable): the whole payload with ' for "; when %NULL, @args are put into one
 * @args: (nullable): the arguments with ' for "
 * @signed_by: (nullable): user name of the signer whose key and certificate sign
 * @actor: (nullable): id instead of that of @who
 * @store: (nullable): id of another store
 * @batch: (nullable): as in #JzDraft
 * @rulebook: (nullable): as in #JzDraft
 * @version: of the act, 1 when 0
 * @key: (nullable): signs instead of that of @signed_by
 * @certificate: (nullable): instead of that of @signed_by
 * @is_raw: whether @payload is written as it is, ' included
 * @is_unapplied: whether the tables are left as they are
 *
 * An entry as an altered program writes it: right in every chain, and otherwise whatever it says.
 */
typedef struct {
  const char *who;
  const char *role;
  const char *act;
  const char *case_id;
  const char *payload;
  const char *args;
  const char *signed_by;
  const char *actor;
  const char *store;
  const char *batch;
  const JzHash *rulebook;
  guint version;
  JzKey *key;
  JzCertificate *certificate;
  gboolean is_raw;
  gboolean is_unapplied;
} ForgedEntry;

/* Appends it and applies it as far as it can be applied. */
void forge_append (Forge *self, const ForgedEntry *entry);
JzSession *forge_get_signer (const Forge *self, const char *user);

/* Every entry, to be changed, taken out or put elsewhere ... */
GPtrArray *forge_read (const Forge *self);
/* ... and written anew from the @from-th on (from 0) with numbers, hashes and chains that fit; an
 * entry that is signed is signed anew where @signer is its actor, and keeps its signature
 * otherwise. The derived tables are made to fit, too. */
void forge_write (Forge *self, GPtrArray *records, guint from, const char *signer);
/* Only the numbers of arrival are made to fit. */
void forge_write_unchained (Forge *self, GPtrArray *records);
void forge_set_payload (JzJournalRecord *record, const char *payload);

/* Checkpoints that the store keeps over more than @size entries of its present id. */
void forge_forget_checkpoints (Forge *self, gint64 size);
/* Signs all that are kept anew over what the journal is now. */
void forge_sign_checkpoints (Forge *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forge, forge_clear)

G_END_DECLS
