/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"
#include "store/entry.h"
#include "store/key.h"
#include "store/tree.h"

G_BEGIN_DECLS

/* How far a clock may lag behind the last entry (time servers correct clocks backwards) before the
 * administrator has to confirm it. */
#define JZ_CLOCK_TOLERANCE_MS (5 * 60 * 1000)

/**
 * JzJournalRecord:
 * @arrival: number in this store, from 1
 * @entry: the entry
 * @hash: its leaf hash as stored
 * @salt: (nullable): %NULL where the payload was destroyed
 * @payload: (nullable): the payload's text
 *
 * An entry as this store holds it.
 */
typedef struct {
  gint64 arrival;
  JzEntry *entry;
  JzHash hash;
  GBytes *salt;
  char *payload;
} JzJournalRecord;

/**
 * JzDraft:
 * @store: id of this store
 * @case_id: (nullable): the case; %NULL where the entry opens one, whose id then derives from the
 * entry
 * @now: what the clock says
 * @may_go_back: whether the entry may be earlier than the one before it (`clock.confirm` only)
 * @actor: id of the person
 * @role: in which role
 * @act: name of the act
 * @act_version: its version
 * @batch: (nullable): id of the batch's first entry; the empty text where this is the first one
 * @rulebook: (nullable): hash of the rulebook in force
 * @payload: canonical text
 * @key: (nullable): signs the entry
 * @certificate: (nullable): of @key
 *
 * What a writer knows of an entry; everything else the journal adds.
 */
typedef struct {
  const char *store;
  const char *case_id;
  JzInstant now;
  gboolean may_go_back;
  const char *actor;
  const char *role;
  const char *act;
  guint act_version;
  const char *batch;
  const JzHash *rulebook;
  const char *payload;
  JzKey *key;
  JzCertificate *certificate;
} JzDraft;

JzJournalRecord *jz_journal_append (JzConnection *connection, const JzDraft *draft, GError **error);
gboolean jz_journal_index (JzConnection *tables,
                           JzConnection *journal,
                           const JzJournalRecord *record,
                           GError **error);
void jz_journal_record_free (JzJournalRecord *self);

gboolean jz_journal_get_current_store (JzConnection *connection, char **store, GError **error);
gboolean jz_journal_get_last_time (JzConnection *connection,
                                   const char *store,
                                   JzInstant *time,
                                   GError **error);

typedef struct _JzJournalCursor JzJournalCursor;
JzJournalCursor *
jz_journal_cursor_new (JzConnection *connection, gint64 from, gint64 to, GError **error);
gboolean jz_journal_cursor_next (JzJournalCursor *self, JzJournalRecord **record, GError **error);
void jz_journal_cursor_free (JzJournalCursor *self);
JzJournalRecord *jz_journal_read (JzConnection *connection, gint64 arrival, GError **error);
JzJournalRecord *jz_journal_find (JzConnection *connection, const char *entry_id, GError **error);

/**
 * JzJournalTree:
 * @tables: where the kept subtrees are
 * @entries: where the entries are; the same connection unless a caller sets another one
 * @store: id of the store whose tree it is
 *
 * Where the hashes of the tree of one store's own entries come from.
 */
typedef struct {
  JzConnection *tables;
  JzConnection *entries;
  char *store;
} JzJournalTree;
gboolean jz_journal_tree_init (JzJournalTree *self,
                               JzConnection *connection,
                               const char *store,
                               JzTree *tree,
                               GError **error);
void jz_journal_tree_clear (JzJournalTree *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzJournalRecord, jz_journal_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzJournalCursor, jz_journal_cursor_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzJournalTree, jz_journal_tree_clear)

G_END_DECLS
