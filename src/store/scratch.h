/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "base/json.h"
#include "store/connection.h"

G_BEGIN_DECLS

/* scratch.db: what is of this machine and this moment only (design §2). Never in a package, a dump
 * or a proof; losing it loses no record. Thread-safe. */
typedef struct _JzScratch JzScratch;

JzScratch *jz_scratch_open (const char *store_path, GError **error);
void jz_scratch_close (JzScratch *self);

/* Writes window caches; FALSE has all that it did undone. */
typedef gboolean (*JzScratchWrite) (JzConnection *connection, gpointer data, GError **error);

gboolean jz_scratch_write (JzScratch *self, JzScratchWrite write, gpointer data, GError **error);
gboolean jz_scratch_forget_row (JzConnection *connection, const char *case_id, GError **error);
JzConnection *jz_scratch_open_reader (const char *store_path, GError **error);

gboolean jz_scratch_get_place (JzScratch *self, char **place, GError **error);
gboolean jz_scratch_set_place (JzScratch *self, const char *place, GError **error);

/**
 * JzAttempt:
 * @time: when
 * @user: who tried
 * @act: what
 * @case_id: in which case, or `bureau`
 * @rule: the rule that refused
 *
 * A refused attempt at an act of responsibility, shown to the inspector. It says which rule
 * refused, never with which arguments.
 */
typedef struct {
  JzInstant time;
  const char *user;
  const char *act;
  const char *case_id;
  const char *rule;
} JzAttempt;

/* The newest so many attempts are kept. */
#define JZ_SCRATCH_MAX_ATTEMPTS 1000

gboolean jz_scratch_add_attempt (JzScratch *self, const JzAttempt *attempt, GError **error);
JzJson *jz_scratch_list_attempts (JzScratch *self, GError **error);
JzJson *jz_scratch_read_attempts (const char *store_path, const char *case_id, GError **error);
gboolean jz_scratch_forget_case (JzScratch *self, const char *case_id, GError **error);

gboolean jz_scratch_get_wait (JzScratch *self,
                              const char *user,
                              JzInstant now,
                              gint64 *wait_ms,
                              GError **error);
/**
 * JzScratchDraft:
 * @document: id of a document
 * @case_id: its case
 * @person: id of who types
 * @time: when it was kept
 * @text: what was typed, canonical JSON
 *
 * What somebody typed and has not put on record yet.
 */
typedef struct {
  char *document;
  char *case_id;
  char *person;
  JzInstant time;
  char *text;
} JzScratchDraft;

gboolean jz_scratch_keep_draft (JzScratch *self, const JzScratchDraft *draft, GError **error);
gboolean jz_scratch_find_draft (JzScratch *self,
                                const char *document,
                                JzScratchDraft **draft,
                                GError **error);
gboolean
jz_scratch_give_draft (JzScratch *self, const char *document, const char *person, GError **error);
gboolean
jz_scratch_drop_draft (JzScratch *self, const char *document, const char *person, GError **error);
void jz_scratch_draft_free (JzScratchDraft *self);

/* Which sentences of a document were carried over and are not looked at yet. */
gboolean jz_scratch_keep_carried (JzScratch *self,
                                  const char *document,
                                  const char *case_id,
                                  const char *text,
                                  GError **error);
gboolean
jz_scratch_find_carried (JzScratch *self, const char *document, char **text, GError **error);

gboolean jz_scratch_may_sign_in (JzScratch *self, const char *user, JzInstant now, GError **error);
gboolean
jz_scratch_count_wrong_password (JzScratch *self, const char *user, JzInstant now, GError **error);
gboolean jz_scratch_clear_wrong_passwords (JzScratch *self,
                                           const char *user,
                                           gint64 *n_wrong,
                                           GError **error);

/* What a store remembers of itself on this machine; the store may be open elsewhere meanwhile. */
gboolean
jz_scratch_keep_note (const char *store_path, const char *name, const JzJson *note, GError **error);
gboolean
jz_scratch_read_note (const char *store_path, const char *name, JzJson **note, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzScratchDraft, jz_scratch_draft_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzScratch, jz_scratch_close)

G_END_DECLS
