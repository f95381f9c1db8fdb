/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzAccountKey:
 * @JZ_ACCOUNT_KEY_NONE: the person has no key and cannot sign in
 * @JZ_ACCOUNT_KEY_PROPOSED: a key was made with a proposal that is still to be confirmed
 * @JZ_ACCOUNT_KEY_OVER: the certificate has run out: the person can sign in, and sign nothing
 * @JZ_ACCOUNT_KEY_VALID: in force
 *
 * How it stands with the key of a person.
 */
typedef enum {
  JZ_ACCOUNT_KEY_NONE,
  JZ_ACCOUNT_KEY_PROPOSED,
  JZ_ACCOUNT_KEY_OVER,
  JZ_ACCOUNT_KEY_VALID,
} JzAccountKey;

/**
 * JzAccount:
 * @person: id
 * @user: user name
 * @name: what the person is called
 * @section: section, or the empty text
 * @roles: names of the roles, in the order of jz_role_get_all()
 * @has_left: whether the person left
 * @key: how it stands with the key
 * @valid_to: last day of the certificate, or the empty text
 * @signed_in: when the person signed in last, or the empty text
 *
 * A person of the office as the sign-in page and the settings show one.
 */
typedef struct {
  char *person;
  char *user;
  char *name;
  char *section;
  GStrv roles;
  gboolean has_left;
  JzAccountKey key;
  char *valid_to;
  char *signed_in;
} JzAccount;

void jz_account_free (JzAccount *self);
gboolean jz_account_can_sign_in (const JzAccount *self);
gboolean jz_account_has_role (const JzAccount *self, const char *roles);
char *jz_account_dup_role_words (const JzAccount *self);
GPtrArray *jz_accounts_list (JzStore *store, JzConnection *reader, JzDate today, GError **error);
const JzAccount *jz_accounts_find (const GPtrArray *accounts, const char *user);
const JzAccount *jz_accounts_find_last (const GPtrArray *accounts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzAccount, jz_account_free)

G_END_DECLS
