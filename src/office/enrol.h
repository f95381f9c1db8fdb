/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzEnrolment:
 * @session: an administrator's
 * @user: user name of the new person
 * @name: what the person is called
 * @section: (nullable): where the person works
 * @roles: names of roles with `|` between; may be empty
 * @password: that the person typed for the new key
 * @ca_password: of the bureau's own key
 * @confirmer: (nullable): user name of the head; %NULL where the new person is the second one who
 *   accepts the store
 * @confirmer_password: (nullable): the head's
 * @cancellable: (nullable): for making the key
 *
 * Somebody who is to work in the office.
 */
typedef struct {
  JzSession *session;
  const char *user;
  const char *name;
  const char *section;
  const char *roles;
  const char *password;
  const char *ca_password;
  const char *confirmer;
  const char *confirmer_password;
  GCancellable *cancellable;
} JzEnrolment;

gboolean jz_office_enrol (JzOffice *office,
                          const JzEnrolment *enrolment,
                          JzActOutcome **outcome,
                          GError **error);

G_END_DECLS
