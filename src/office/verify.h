/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "office/check.h"

G_BEGIN_DECLS

/**
 * JzFaultKind:
 * @JZ_FAULT_FILE: the database file itself is damaged
 * @JZ_FAULT_STRUCTURE: an entry, a payload, a chain or the tree is not what was written
 * @JZ_FAULT_SIGNATURE: a signature is missing, wrong or by a certificate that was not in force
 * @JZ_FAULT_RULE: an entry was written although a check or a gate refuses it
 * @JZ_FAULT_TABLE: a derived table differs from what the journal gives
 * @JZ_FAULT_OBJECT: an object is missing or altered
 * @JZ_FAULT_KEY: a file in keys/ is missing, altered or foreign
 * @JZ_FAULT_CHECKPOINT: a checkpoint does not hold
 * @JZ_FAULT_LOST: a checkpoint proves entries that are not here
 *
 * What can be wrong with a store, named apart.
 */
typedef enum {
  JZ_FAULT_FILE,
  JZ_FAULT_STRUCTURE,
  JZ_FAULT_SIGNATURE,
  JZ_FAULT_RULE,
  JZ_FAULT_TABLE,
  JZ_FAULT_OBJECT,
  JZ_FAULT_KEY,
  JZ_FAULT_CHECKPOINT,
  JZ_FAULT_LOST,
} JzFaultKind;

/**
 * JzFault:
 * @kind: what kind
 * @place: what it concerns: an entry's id, a file's name, a table
 * @sentence: what is wrong
 */
typedef struct {
  JzFaultKind kind;
  char *place;
  char *sentence;
} JzFault;

/**
 * JzVerification:
 * @path: the store's folder
 * @against: (nullable): NULL-terminated file names of checkpoints that the store is held to
 * @with_chunk_lists: whether chunk lists are checked piece by piece
 * @gate: (nullable): the rules, to be asked of every entry again
 * @gate_data: for @gate
 * @progress: (nullable): told while objects are read
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 *
 * What `verify` is asked to do.
 */
typedef struct {
  const char *path;
  const char *const *against;
  gboolean with_chunk_lists;
  JzGate gate;
  gpointer gate_data;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} JzVerification;

/**
 * JzReport:
 * @faults: (element-type JzFault): what is wrong; empty when the store is as it should be
 * @n_entries: entries read
 * @n_signatures: signatures verified
 * @n_objects: objects there are
 * @store: (nullable): the id under which the store writes
 * @is_cut: whether there were too many faults to name them all
 */
typedef struct {
  GPtrArray *faults;
  guint64 n_entries;
  guint64 n_signatures;
  guint64 n_objects;
  char *store;
  gboolean is_cut;
} JzReport;

JzReport *jz_verify (const JzVerification *verification, GError **error);
void jz_report_free (JzReport *self);
const char *jz_fault_kind_get_name (JzFaultKind kind);
const char *jz_fault_kind_get_word (JzFaultKind kind);
JzJson *jz_report_to_json (const JzReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzReport, jz_report_free)

G_END_DECLS
