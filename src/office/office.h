/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "office/check.h"

G_BEGIN_DECLS

/* An office: a store with the acts that may change it. */

/**
 * JzActOutcome:
 * @refusal: (nullable): why it was refused; then nothing was done
 * @records: (element-type JzJournalRecord): the entries written, in order
 * @warnings: (element-type utf8): what could not be done after the act, which is done; it is done
 * later
 *
 * What came of an act or a batch.
 */
typedef struct {
  JzRefusal *refusal;
  GPtrArray *records;
  GPtrArray *warnings;
} JzActOutcome;

JzActOutcome *jz_act_outcome_new (void);
void jz_act_outcome_free (JzActOutcome *self);
void jz_act_outcome_add_warning (JzActOutcome *self, const char *sentence);

JzOffice *jz_office_open (const char *path, JzStoreMode mode, JzClock *clock, GError **error);
void jz_office_close (JzOffice *self);
JzStore *jz_office_get_store (JzOffice *self);
JzClock *jz_office_get_clock (JzOffice *self);
const char *jz_office_get_store_id (JzOffice *self);
gboolean jz_office_is_demo (JzOffice *self);
const GPtrArray *jz_office_get_warnings (JzOffice *self);
void jz_office_set_gate (JzOffice *self, JzGate gate, gpointer data);

/**
 * JzRequest:
 * @session: who is signed in
 * @role: (nullable): in which role; %NULL takes one that may, rather the duty in the case
 * @act: name of the act, or of its proposal
 * @args: (array length=n_args): the arguments, one object an entry
 * @n_args: 1, or more for a batch
 * @new_password: (nullable): for a key that the act makes
 * @ca_password: (nullable): of the bureau's own key
 * @cancellable: (nullable): for preparing
 * @by_own_means: whether a command of its own (init, restore) asks for it
 *
 * Something to be done.
 */
typedef struct {
  JzSession *session;
  const char *role;
  const char *act;
  const JzJson *const *args;
  gsize n_args;
  const char *new_password;
  const char *ca_password;
  GCancellable *cancellable;
  gboolean by_own_means;
} JzRequest;

gboolean jz_office_perform (JzOffice *self,
                            const JzRequest *request,
                            JzActOutcome **outcome,
                            GError **error);

/* In two steps, for callers that must not wait: prepare on a worker thread, then queue. */
typedef struct _JzTask JzTask;
typedef void (*JzPerformed) (JzActOutcome *outcome, const GError *error, gpointer data);
JzTask *jz_office_prepare (JzOffice *self, const JzRequest *request, GError **error);
void jz_office_queue (JzOffice *self, JzTask *task, JzPerformed performed, gpointer data);
void jz_task_free (JzTask *self);

JzJson *jz_act_outcome_to_json (const JzActOutcome *self);
char *jz_journal_record_dup_made (const JzJournalRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzOffice, jz_office_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzActOutcome, jz_act_outcome_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzTask, jz_task_free)

G_END_DECLS
