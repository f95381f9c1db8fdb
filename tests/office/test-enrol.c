/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/enrol.h"
#include "store/error.h"

#include "office-fixture.h"

static JzEnrolment
ask (TestOffice *office, const char *user, const char *roles)
{
  return (JzEnrolment){
    .session = test_office_sign_in (office, "admin"),
    .user = user,
    .name = "新某",
    .section = "执法一科",
    .roles = roles,
    .password = "a new password",
    .ca_password = TEST_CA_PASSWORD,
    .confirmer = "head",
    .confirmer_password = TEST_PASSWORD,
  };
}

static JzActOutcome *
enrol (TestOffice *office, const JzEnrolment *enrolment)
{
  g_autoptr (GError) error = NULL;
  JzActOutcome *outcome = NULL;

  g_assert_true (jz_office_enrol (office->office, enrolment, &outcome, &error));
  g_assert_no_error (error);
  return outcome;
}

static gint64
count_roles (TestOffice *office, const char *user)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM person_role WHERE person = (SELECT id FROM person WHERE user = '%s')",
    user);
  return test_office_count (office, sql);
}

static void
test_all (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (JzSession) session = NULL;
  g_autoptr (GError) error = NULL;
  JzEnrolment enrolment;

  test_office_staff (&office);
  enrolment = ask (&office, "new", "handler|administrator");
  outcome = enrol (&office, &enrolment);
  g_assert_null (outcome->refusal);
  g_assert_cmpint (count_roles (&office, "new"), ==, 2);
  session = jz_session_open (office.office, "new", "a new password", &error);
  g_assert_no_error (error);
  test_assert_sound (office.path);
}

/* A wrong password of the head stops before the key; the next attempt goes on from there. */
static void
test_again (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) none = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  JzEnrolment enrolment;

  test_office_staff (&office);
  enrolment = ask (&office, "new", "handler");
  enrolment.confirmer_password = "wrong";
  g_assert_false (jz_office_enrol (office.office, &enrolment, &none, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
  g_assert_null (none);
  g_assert_cmpint (count_roles (&office, "new"), ==, 1);
  enrolment.confirmer_password = TEST_PASSWORD;
  outcome = enrol (&office, &enrolment);
  g_assert_null (outcome->refusal);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM person WHERE user = 'new'"),
                   ==, 1);
}

static void
test_second (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  JzEnrolment enrolment;

  test_office_found (&office);
  enrolment = ask (&office, "head", "head");
  enrolment.confirmer = NULL;
  enrolment.confirmer_password = NULL;
  outcome = enrol (&office, &enrolment);
  g_assert_null (outcome->refusal);
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM setting WHERE name = 'store.accepted'"), ==,
    1);
}

/* A refusal says which rule, and nothing after it is tried. */
static void
test_refused (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;
  JzEnrolment enrolment;

  test_office_staff (&office);
  enrolment = ask (&office, "new", "king");
  outcome = enrol (&office, &enrolment);
  g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-ROLE");
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM certificate WHERE owner = (SELECT id FROM "
                                "person WHERE user = 'new')"),
    ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/enrol/all", test_all);
  g_test_add_func ("/office/enrol/again", test_again);
  g_test_add_func ("/office/enrol/second", test_second);
  g_test_add_func ("/office/enrol/refused", test_refused);
  return g_test_run ();
}
