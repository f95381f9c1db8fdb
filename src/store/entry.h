/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "store/hash.h"

G_BEGIN_DECLS

/* Case id of entries that concern no case. */
#define JZ_BUREAU "bureau"

typedef struct {
  gboolean is_present;
  JzHash hash;
} JzMaybeHash;

/**
 * JzEntry:
 * @store: id of the store that wrote it
 * @seq: its number there, from 1
 * @store_prev: hash of that store's entry before it
 * @case_id: id of the case, or %JZ_BUREAU
 * @case_prev: hash of the entry of that case before it
 * @clock: Lamport clock
 * @time: when it was recorded
 * @actor: id of the person who acted
 * @role: in which role
 * @act: name of the act
 * @act_version: version of the act, from 1
 * @batch: (nullable): id of the batch's first entry
 * @rulebook: the effective rulebook
 * @program: program and version that wrote it
 * @payload_hash: SHA-256 of salt and payload
 * @cert: hash of the signer's certificate
 * @sig: (nullable): DER signature over the body
 *
 * One entry of the journal: the seventeen fields and the signature of format §3.
 */
typedef struct {
  char *store;
  guint64 seq;
  JzMaybeHash store_prev;
  char *case_id;
  JzMaybeHash case_prev;
  guint64 clock;
  JzInstant time;
  char *actor;
  char *role;
  char *act;
  guint act_version;
  char *batch;
  JzMaybeHash rulebook;
  char *program;
  JzHash payload_hash;
  JzMaybeHash cert;
  GBytes *sig;
} JzEntry;

JzEntry *jz_entry_new (void);
void jz_entry_free (JzEntry *self);
GBytes *jz_entry_get_body (const JzEntry *self);
GBytes *jz_entry_get_leaf_data (const JzEntry *self);
void jz_entry_get_hash (const JzEntry *self, JzHash *hash);
JzEntry *jz_entry_parse (GBytes *leaf_data, GError **error);
gboolean jz_entry_check (const JzEntry *self, GError **error);
char *jz_entry_get_id (const JzEntry *self);
GBytes *jz_entry_get_body_of_leaf (GBytes *leaf_data, GError **error);

void
jz_payload_hash (const guint8 salt[JZ_HASH_LENGTH], const char *text, gsize length, JzHash *hash);

gboolean jz_is_store_id (const char *text);
gboolean jz_is_thing_id (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzEntry, jz_entry_free)

G_END_DECLS
