/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/accounts.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/role.h"
#include "office/session.h"

/* The people of an office with what they sign in with (ux.md §2, §10): names, never passwords. */

/**
 * jz_account_free:
 * @self: (transfer full): an account
 */
void
jz_account_free (JzAccount *self)
{
  g_free (self->person);
  g_free (self->user);
  g_free (self->name);
  g_free (self->section);
  g_strfreev (self->roles);
  g_free (self->valid_to);
  g_free (self->signed_in);
  g_free (self);
}

/**
 * jz_account_can_sign_in:
 * @self: an account
 *
 * Returns: whether there is a key that a password opens
 */
gboolean
jz_account_can_sign_in (const JzAccount *self)
{
  return !self->has_left && self->key != JZ_ACCOUNT_KEY_NONE;
}

/**
 * jz_account_has_role:
 * @self: an account
 * @roles: names of roles with `|` between, or `*`
 *
 * Returns: whether the person holds one of them
 */
gboolean
jz_account_has_role (const JzAccount *self, const char *roles)
{
  if (strcmp (roles, "*") == 0)
    return TRUE;
  for (gsize i = 0; self->roles[i] != NULL; i++)
    if (jz_word_is_in (self->roles[i], roles))
      return TRUE;
  return FALSE;
}

/**
 * jz_account_dup_role_words:
 * @self: an account
 *
 * Returns: (transfer full): what people call the roles, one after the other; the empty text where
 *   there is none
 */
char *
jz_account_dup_role_words (const JzAccount *self)
{
  g_autofree char *names = g_strjoinv ("|", self->roles);
  return jz_role_list_words (names);
}

static gboolean
read_roles (JzAccount *account, JzConnection *reader, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error, "SELECT role FROM person_role WHERE person = ?", "t", account->person);
  gboolean has_row = FALSE;
  const JzRole *roles;
  gsize n_roles = 0;

  if (rows == NULL)
    return FALSE;
  do {
    if (!jz_statement_step (rows, &has_row, error))
      return FALSE;
    if (has_row)
      g_hash_table_add (held, g_strdup (jz_statement_get_text (rows, 0)));
  } while (has_row);
  roles = jz_role_get_all (&n_roles);
  for (gsize i = 0; i < n_roles; i++)
    if (g_hash_table_contains (held, roles[i].name))
      g_strv_builder_add (builder, roles[i].name);
  account->roles = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_key (JzAccount *account, JzStore *store, JzConnection *reader, JzDate today, GError **error)
{
  gboolean can = FALSE;
  JzDate last;

  if (account->has_left)
    return TRUE;
  if (!jz_session_can_open (store, reader, account->user, &can, error))
    return FALSE;
  if (!can)
    return TRUE;
  if (account->valid_to[0] == '\0')
    account->key = JZ_ACCOUNT_KEY_PROPOSED;
  else if (jz_date_parse (account->valid_to, &last, NULL) && jz_date_compare (last, today) < 0)
    account->key = JZ_ACCOUNT_KEY_OVER;
  else
    account->key = JZ_ACCOUNT_KEY_VALID;
  return TRUE;
}

static JzAccount *
read_row (JzStatement *rows)
{
  JzAccount *account = g_new0 (JzAccount, 1);

  account->person = g_strdup (jz_statement_get_text (rows, 0));
  account->user = g_strdup (jz_statement_get_text (rows, 1));
  account->name = g_strdup (jz_statement_get_text (rows, 2));
  account->section = g_strdup (jz_statement_get_text (rows, 3));
  account->has_left = strcmp (jz_statement_get_text (rows, 4), "active") != 0;
  account->signed_in = g_strdup (jz_statement_get_text (rows, 5));
  account->valid_to = g_strdup (jz_statement_get_text (rows, 6));
  return account;
}

static GPtrArray *
read_rows (JzConnection *reader, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_account_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error,
                         "SELECT id, user, name, section, state, signed_in, coalesce ((SELECT max "
                         "(valid_to) FROM certificate WHERE owner = person.id AND closed = 0), '') "
                         "FROM person ORDER BY key",
                         "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&list);
    g_ptr_array_add (list, read_row (rows));
  }
  return NULL;
}

/**
 * jz_accounts_list:
 * @store: the store
 * @reader: its database
 * @today: to tell what has run out
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzAccount): everybody, also who left, in the
 *   order in which they came
 */
GPtrArray *
jz_accounts_list (JzStore *store, JzConnection *reader, JzDate today, GError **error)
{
  g_autoptr (GPtrArray) list = read_rows (reader, error);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    JzAccount *account = g_ptr_array_index (list, i);
    if (!read_roles (account, reader, error) || !read_key (account, store, reader, today, error))
      return NULL;
  }
  return g_steal_pointer (&list);
}

/**
 * jz_accounts_find:
 * @accounts: (element-type JzAccount): a list
 * @user: a user name
 *
 * Returns: (transfer none) (nullable): the account of this name
 */
const JzAccount *
jz_accounts_find (const GPtrArray *accounts, const char *user)
{
  for (guint i = 0; i < accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (accounts, i);
    if (strcmp (account->user, user) == 0)
      return account;
  }
  return NULL;
}

/**
 * jz_accounts_find_last:
 * @accounts: (element-type JzAccount): a list
 *
 * Returns: (transfer none) (nullable): who of those that can sign in did so last, else the first of
 *   them
 */
const JzAccount *
jz_accounts_find_last (const GPtrArray *accounts)
{
  const JzAccount *last = NULL;

  for (guint i = 0; i < accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (accounts, i);
    if (jz_account_can_sign_in (account) &&
        (last == NULL || strcmp (account->signed_in, last->signed_in) > 0))
      last = account;
  }
  return last;
}
