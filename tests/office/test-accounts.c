/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/accounts.h"
#include "office/error.h"

#include "office-fixture.h"

static GPtrArray *
list (TestOffice *office, const char *today)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  GPtrArray *accounts;
  JzDate date;

  g_assert_no_error (error);
  g_assert_true (jz_date_parse (today, &date, NULL));
  accounts = jz_accounts_list (store, reader, date, &error);
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return accounts;
}

static const JzAccount *
find (const GPtrArray *accounts, const char *user)
{
  const JzAccount *account = jz_accounts_find (accounts, user);
  g_assert_nonnull (account);
  return account;
}

static void
test_staff (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *words = NULL;
  const JzAccount *admin;

  test_office_staff (&office);
  accounts = list (&office, "2025-01-02");
  admin = find (accounts, "admin");
  g_assert_true (admin == g_ptr_array_index (accounts, 0));
  g_assert_cmpint (admin->key, ==, JZ_ACCOUNT_KEY_VALID);
  g_assert_true (jz_account_can_sign_in (admin));
  g_assert_true (jz_account_has_role (admin, "head|administrator"));
  g_assert_false (jz_account_has_role (admin, "head|handler"));
  g_assert_true (jz_account_has_role (admin, "*"));
  words = jz_account_dup_role_words (admin);
  g_assert_cmpstr (words, ==, "Administrator");
  g_assert_null (jz_accounts_find (accounts, "nobody"));
}

/* Roles come in the order in which people know them, whatever the order of granting. */
static void
test_roles (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *id = NULL;
  const JzAccount *account;

  test_office_staff (&office);
  id = test_office_add_person (&office, "two", "reviewer|handler");
  accounts = list (&office, "2025-01-02");
  account = find (accounts, "two");
  g_assert_cmpstr (account->person, ==, id);
  g_assert_cmpuint (g_strv_length (account->roles), ==, 2);
  g_assert_cmpstr (account->roles[0], ==, "handler");
  g_assert_cmpstr (account->roles[1], ==, "reviewer");
}

static void
test_no_key (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autofree char *id = NULL;

  test_office_staff (&office);
  id = test_office_make (&office, "admin", "person.add", "{'user':'new','name':'新某'}");
  accounts = list (&office, "2025-01-02");
  g_assert_cmpint (find (accounts, "new")->key, ==, JZ_ACCOUNT_KEY_NONE);
  g_assert_false (jz_account_can_sign_in (find (accounts, "new")));
  test_office_certify (&office, "new");
  later = list (&office, "2025-01-02");
  g_assert_cmpint (find (later, "new")->key, ==, JZ_ACCOUNT_KEY_VALID);
  g_assert_cmpstr (find (later, "new")->valid_to, !=, "");
}

static void
test_run_out (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;

  test_office_staff (&office);
  accounts = list (&office, "2099-01-01");
  g_assert_cmpint (find (accounts, "handler")->key, ==, JZ_ACCOUNT_KEY_OVER);
  g_assert_true (jz_account_can_sign_in (find (accounts, "handler")));
}

/* Who accepts a store signs in with what was proposed. */
static void
test_proposed (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *id = NULL;
  g_autofree char *hash = NULL;

  test_office_found (&office);
  id = test_office_make (&office, "admin", "person.add", "{'user':'head','name':'头某'}");
  before = list (&office, "2025-01-02");
  g_assert_cmpint (find (before, "head")->key, ==, JZ_ACCOUNT_KEY_NONE);
  test_office_do (&office, "admin", "role.grant", "{'person':'%s','role':'head'}", id);
  hash = test_office_propose (&office, "admin", "store.accept", "{'person':'%s'}", id);
  after = list (&office, "2025-01-02");
  g_assert_cmpint (find (after, "head")->key, ==, JZ_ACCOUNT_KEY_PROPOSED);
  g_assert_true (jz_account_can_sign_in (find (after, "head")));
}

static void
test_left (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;
  g_autofree char *id = NULL;

  test_office_staff (&office);
  id = test_office_get_person (&office, "other");
  test_office_do (&office, "admin", "person.leave",
                  "{'person':'%s','happened':'2025-01-02','reason':'调离'}", id);
  accounts = list (&office, "2025-01-02");
  g_assert_true (find (accounts, "other")->has_left);
  g_assert_false (jz_account_can_sign_in (find (accounts, "other")));
}

static void
test_last (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  test_office_staff (&office);
  jz_clock_advance (office.clock, 1000);
  test_office_do (&office, "reviewer", "session.sign_in", "{}");
  accounts = list (&office, "2025-01-02");
  g_assert_cmpstr (jz_accounts_find_last (accounts)->user, ==, "reviewer");
  g_assert_null (jz_accounts_find_last (none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/accounts/staff", test_staff);
  g_test_add_func ("/office/accounts/roles", test_roles);
  g_test_add_func ("/office/accounts/no-key", test_no_key);
  g_test_add_func ("/office/accounts/run-out", test_run_out);
  g_test_add_func ("/office/accounts/proposed", test_proposed);
  g_test_add_func ("/office/accounts/left", test_left);
  g_test_add_func ("/office/accounts/last", test_last);
  return g_test_run ();
}
