/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/by_two.h"
#include "office/error.h"
#include "store/error.h"

#include "office-fixture.h"

static GPtrArray *
list (TestOffice *office)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  GPtrArray *pending = jz_pending_list (reader, jz_clock_now (office->clock), &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return pending;
}

static JzByTwo
issue_for (const JzJson *args)
{
  return (JzByTwo){
    .act = "certificate.issue",
    .args = args,
    .proposer = "admin",
    .proposer_password = TEST_PASSWORD,
    .confirmer = "head",
    .confirmer_password = TEST_PASSWORD,
    .new_password = "another",
    .ca_password = TEST_CA_PASSWORD,
  };
}

static JzJson *
make_args (TestOffice *office)
{
  g_autofree char *id =
    test_office_make (office, "admin", "person.add", "{'user':'new','name':'新某'}");
  g_autofree char *text = g_strdup_printf ("{'person':'%s','reason':'first'}", id);
  return test_json (text);
}

static void
test_done (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (JzSession) session = NULL;
  g_autoptr (GError) error = NULL;
  JzByTwo by_two;

  test_office_staff (&office);
  args = make_args (&office);
  by_two = issue_for (args);
  g_assert_true (jz_office_perform_by_two (office.office, &by_two, &outcome, &error));
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  pending = list (&office);
  g_assert_cmpuint (pending->len, ==, 0);
  session = jz_session_open (office.office, "new", "another", &error);
  g_assert_no_error (error);
}

/* Who is signed in already need not give the password again. */
static void
test_signed_in (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  JzByTwo by_two;

  test_office_staff (&office);
  args = make_args (&office);
  by_two = issue_for (args);
  by_two.session = test_office_sign_in (&office, "admin");
  by_two.proposer_password = NULL;
  g_assert_true (jz_office_perform_by_two (office.office, &by_two, &outcome, &error));
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
}

static void
test_wrong_password (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (GError) error = NULL;
  JzByTwo by_two;

  test_office_staff (&office);
  args = make_args (&office);
  by_two = issue_for (args);
  by_two.confirmer_password = "wrong";
  g_assert_false (jz_office_perform_by_two (office.office, &by_two, &outcome, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
  g_assert_null (outcome);
  pending = list (&office);
  g_assert_cmpuint (pending->len, ==, 0);
}

/* One person cannot be both, whatever password is given. */
static void
test_same_person (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (GError) error = NULL;
  const JzPending *left;
  JzByTwo by_two;

  test_office_staff (&office);
  args = make_args (&office);
  by_two = issue_for (args);
  by_two.confirmer = "admin";
  g_assert_true (jz_office_perform_by_two (office.office, &by_two, &outcome, &error));
  g_assert_no_error (error);
  g_assert_nonnull (outcome->refusal);
  pending = list (&office);
  g_assert_cmpuint (pending->len, ==, 1);
  left = g_ptr_array_index (pending, 0);
  g_assert_cmpstr (left->act->name, ==, "certificate.issue");
  g_assert_cmpstr (jz_json_get_member_text (left->args, "reason"), ==, "first");
  g_assert_cmpint (left->last - left->time, ==, JZ_PROPOSAL_LIFE_MS);
}

static void
test_refused_proposal (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  JzByTwo by_two;

  test_office_staff (&office);
  args = make_args (&office);
  by_two = issue_for (args);
  by_two.proposer = "handler";
  g_assert_true (jz_office_perform_by_two (office.office, &by_two, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-ROLE");
}

/* The second person of a new store gets the key with the proposal itself. */
static void
test_accept (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  JzByTwo by_two;

  test_office_found (&office);
  id = test_office_make (&office, "admin", "person.add", "{'user':'head','name':'头某'}");
  test_office_do (&office, "admin", "role.grant", "{'person':'%s','role':'head'}", id);
  text = g_strdup_printf ("{'person':'%s'}", id);
  args = test_json (text);
  by_two = issue_for (args);
  by_two.act = "store.accept";
  by_two.new_password = by_two.confirmer_password = "headmaster";
  g_assert_true (jz_office_perform_by_two (office.office, &by_two, &outcome, &error));
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM setting WHERE name = 'store.accepted'"), ==,
    1);
}

/* What is too old to be confirmed is not shown as if it could be. */
static void
test_too_old (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) args = NULL;
  g_autoptr (GPtrArray) fresh = NULL;
  g_autoptr (GPtrArray) old = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *person = NULL;
  char hex[JZ_HASH_HEX_SIZE];

  test_office_staff (&office);
  person = test_office_get_person (&office, "other");
  hash = test_office_propose (&office, "admin", "certificate.revoke",
                              "{'person':'%s','reason':'遗失'}", person);
  fresh = list (&office);
  g_assert_cmpuint (fresh->len, ==, 1);
  jz_hash_to_hex (&((JzPending *)g_ptr_array_index (fresh, 0))->hash, hex);
  g_assert_cmpstr (hex, ==, hash);
  jz_clock_advance (office.clock, JZ_PROPOSAL_LIFE_MS + 1);
  old = list (&office);
  g_assert_cmpuint (old->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/by-two/done", test_done);
  g_test_add_func ("/office/by-two/signed-in", test_signed_in);
  g_test_add_func ("/office/by-two/wrong-password", test_wrong_password);
  g_test_add_func ("/office/by-two/same-person", test_same_person);
  g_test_add_func ("/office/by-two/refused-proposal", test_refused_proposal);
  g_test_add_func ("/office/by-two/accept", test_accept);
  g_test_add_func ("/office/by-two/too-old", test_too_old);
  return g_test_run ();
}
