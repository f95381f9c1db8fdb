/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "store/connection.h"

G_BEGIN_DECLS

/* So many days before a credential runs out the office is told (M-20). */
#define JZ_CREDENTIAL_WARNING_DAYS 90

/**
 * JzStanding:
 * @JZ_STANDING_GOOD: good today
 * @JZ_STANDING_ENDING: good today, and not much longer
 * @JZ_STANDING_LATER: not good yet
 * @JZ_STANDING_OVER: run out
 * @JZ_STANDING_SUSPENDED: suspended
 *
 * How it stands with a credential.
 */
typedef enum {
  JZ_STANDING_GOOD,
  JZ_STANDING_ENDING,
  JZ_STANDING_LATER,
  JZ_STANDING_OVER,
  JZ_STANDING_SUSPENDED,
} JzStanding;

/**
 * JzCredentialEntry:
 * @id: its id
 * @number: on it
 * @issuer: who issued it
 * @scope: for what it is good, or the empty text
 * @valid_from: first day
 * @valid_to: last day
 * @state_from: since when it is suspended, or good again
 * @reason: why, or the empty text
 * @standing: how it stands with it
 * @n_days_left: until it runs out; negative once it has
 *
 * A credential of an officer.
 */
typedef struct {
  char *id;
  char *number;
  char *issuer;
  char *scope;
  JzDate valid_from;
  JzDate valid_to;
  JzDate state_from;
  char *reason;
  JzStanding standing;
  int n_days_left;
} JzCredentialEntry;

/**
 * JzPersonEntry:
 * @id: id
 * @user: user name
 * @name: what the person is called
 * @section: section, or the empty text
 * @has_left: whether the person left
 * @roles: names of the roles, in the order of jz_role_get_all()
 * @credentials: (element-type JzCredentialEntry): by last day, the latest first
 * @certificate_to: (nullable): last day of the certificate with which the person signs; %NULL for
 *   whoever cannot sign in
 *
 * A person of the office, as the list of people shows one.
 */
typedef struct {
  char *id;
  char *user;
  char *name;
  char *section;
  gboolean has_left;
  GStrv roles;
  GPtrArray *credentials;
  char *certificate_to;
} JzPersonEntry;

GPtrArray *jz_people_list (JzConnection *tables, JzDate today, GError **error);
const JzPersonEntry *jz_people_list_find (const GPtrArray *people, const char *id);
const char *jz_standing_get_word (JzStanding standing);
const JzCredentialEntry *jz_person_entry_get_credential (const JzPersonEntry *self);

G_END_DECLS
