/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzByTwo:
 * @act: name of an act of two signers, without `.propose`
 * @args: its arguments
 * @proposer: user name of who proposes; the same may be signed in elsewhere meanwhile
 * @proposer_password: (nullable): only needed where @session is %NULL
 * @session: (nullable): that person's, where there is one already
 * @confirmer: user name of who confirms
 * @confirmer_password: that person's
 * @new_password: (nullable): for a key that the act makes
 * @ca_password: (nullable): of the bureau's own key
 * @cancellable: (nullable): for preparing
 *
 * An act that two people do at one computer, one after the other.
 */
typedef struct {
  const char *act;
  const JzJson *args;
  const char *proposer;
  const char *proposer_password;
  JzSession *session;
  const char *confirmer;
  const char *confirmer_password;
  const char *new_password;
  const char *ca_password;
  GCancellable *cancellable;
} JzByTwo;

/**
 * JzPending:
 * @hash: hash of the proposal, which confirming names
 * @act: name of the act
 * @args: what was proposed
 * @actor: id of who proposed
 * @name: what that person is called
 * @time: when
 * @last: until when it can be confirmed
 *
 * A proposal that somebody is to confirm.
 */
typedef struct {
  JzHash hash;
  const JzAct *act;
  JzJson *args;
  char *actor;
  char *name;
  JzInstant time;
  JzInstant last;
} JzPending;

gboolean jz_office_perform_by_two (JzOffice *office,
                                   const JzByTwo *by_two,
                                   JzActOutcome **outcome,
                                   GError **error);
GPtrArray *jz_pending_list (JzConnection *reader, JzInstant now, GError **error);
void jz_pending_free (JzPending *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPending, jz_pending_free)

G_END_DECLS
