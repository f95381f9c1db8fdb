/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "office-fixture.h"

G_BEGIN_DECLS

/* What the tests of tamper evidence share: one store with a row in every table, copies of it that
 * can be spoiled, and what a verification must say of them. */

/**
 * TamperWorld:
 * @office: the office, closed; its store is @path and nothing changes it
 * @path: the store, checkpointed and at rest
 * @newest: file with the newest checkpoint, over every entry
 * @earlier: file with a checkpoint of the store id that the store had before it was copied
 * @open_case: id of a case that is open
 * @closed_case: id of one that is closed
 * @archived_case: id of one that is archived and kept for ever
 * @destroyed_case: id of one that was destroyed
 * @last_seq: number of the last entry
 * @store: id under which the store writes now
 * @older: a copy of the store as it was some acts earlier
 * @spares: copies that nobody needs now, see tamper_borrow()
 * @database: what stands in the database
 * @signers: user name → JzSession, of those who could sign at some time; "old-reviewer" signs with
 * the certificate that was replaced, "other" with one that was revoked, "leaver" has left, and that
 * of "archivist" runs out on 2025-01-10
 *
 * A store of about 290 entries: two store ids, a kept subtree of the first one, batches, signed
 * and unsigned entries, objects with and without chunk list, people who left, certificates that
 * were closed, replaced and revoked, open proposals, a destroyed case.
 */
typedef struct {
  TestOffice office;
  char *path;
  char *newest;
  char *earlier;
  char *open_case;
  char *closed_case;
  char *archived_case;
  char *destroyed_case;
  char *store;
  char *older;
  GAsyncQueue *spares;
  GBytes *database;
  GHashTable *signers;
  gint64 last_seq;
} TamperWorld;

void tamper_world_init (TamperWorld *self);
void tamper_world_clear (TamperWorld *self);
/* Of a world that was made otherwise: from now on its store can be borrowed. */
void tamper_world_lend (TamperWorld *self);

/* A store to be spoiled: another database, the same object and key files under further links.
 * Spoil a linked file only with tamper_file_replace(). */
char *tamper_copy (const TamperWorld *self, const char *name);
char *tamper_copy_of (const char *path, const char *folder, const char *name);
void tamper_remove (char *path);
typedef char TamperCopy;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TamperCopy, tamper_remove)

/**
 * TamperLoan:
 * @world: whose store it is
 * @path: a copy of it
 *
 * A copy to be spoiled in its database alone; whole objects and keys may be put beside the others.
 * The next who borrows gets the same folder with a new database, which is much faster than a copy.
 */
typedef struct {
  const TamperWorld *world;
  char *path;
} TamperLoan;

TamperLoan tamper_borrow (const TamperWorld *self);
void tamper_loan_clear (TamperLoan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TamperLoan, tamper_loan_clear)

/* The database as any SQLite program opens it: nothing is checked, nothing is durable. */
sqlite3 *tamper_open (const char *path);
void tamper_close (sqlite3 *handle);
G_GNUC_PRINTF (2, 3)
void tamper_run (sqlite3 *handle, const char *sql, ...);
/* The first column of the first row, %NULL where there is none. */
G_GNUC_PRINTF (2, 3)
char *tamper_get (sqlite3 *handle, const char *sql, ...);
void tamper_for_each_row (sqlite3 *handle,
                          const char *sql,
                          void (*visit) (sqlite3_stmt *row, gpointer data),
                          gpointer data);
/* Takes every trigger away; what it returns puts them back word by word. */
char *tamper_take_triggers (sqlite3 *handle);
void tamper_give_triggers (sqlite3 *handle, char *triggers);

/* A new file instead of the one that is there. */
void tamper_file_replace (const char *path, gconstpointer data, gsize length);
GBytes *tamper_file_read (const char *path);

/* Verifies; %NULL with a sentence (transfer full) when verify could not look at all. */
JzReport *tamper_look (const char *path,
                       const char *const *against,
                       gboolean with_chunk_lists,
                       char **failure);
char *tamper_describe (const JzReport *report);
/* Whether a fault of @kind (any when negative) has exactly @place, or has it inside its place when
 * @place ends with an asterisk. */
gboolean tamper_has (const JzReport *report, int kind, const char *place);
/* Whether a fault's place or sentence has @words inside. */
gboolean tamper_says (const JzReport *report, int kind, const char *words);
void tamper_assert_sound (const char *path, const char *const *against);

/* One number for the whole program from the environment, printed; and a generator for a sample. */
guint32 tamper_seed (void);
GRand *tamper_rand_new (guint number);
guint tamper_count (const char *variable, guint otherwise);

/* Runs samples on two threads; @run gives a sentence (transfer full) about what went wrong, or
 * %NULL. Fails with all of them. */
typedef char *(*TamperRun) (gpointer sample, gpointer data);
void tamper_run_all (GPtrArray *samples, TamperRun run, gpointer data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TamperWorld, tamper_world_clear)

G_END_DECLS
