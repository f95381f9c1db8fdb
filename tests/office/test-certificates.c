/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office-fixture.h"
#include "office/error.h"
#include "office/replay.h"
#include "store/error.h"
#include "store/keyring.h"
#include "store/schema.h"

/* The office never locks itself out, and who is locked out is let in again by a lawful way. */

#define DAY_MS (G_GINT64_CONSTANT (24) * 3600 * 1000)

static JzActOutcome *
do_with (TestOffice *office,
         const char *user,
         const char *act,
         const char *text,
         const char *ca_password,
         GError **error)
{
  g_autoptr (JzJson) args = test_json (text);
  const JzJson *all[] = { args };
  JzActOutcome *outcome = NULL;
  JzRequest request = {
    .session = test_office_sign_in (office, user),
    .act = act,
    .args = all,
    .n_args = 1,
    .new_password = office->new_password,
    .ca_password = ca_password,
  };

  return jz_office_perform (office->office, &request, &outcome, error) ? outcome : NULL;
}

static void
assert_password (TestOffice *office, const char *user, const char *password, gboolean is_right)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzSession) session = jz_session_open (office->office, user, password, &error);

  if (is_right)
    g_assert_no_error (error);
  else
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
  g_assert_true ((session != NULL) == is_right);
}

/* The clock moves on with a confirmed gap. */
static void
pass (TestOffice *office, int n_days)
{
  jz_clock_advance (office->clock, n_days * DAY_MS);
  test_office_do (office, "admin", "clock.confirm", "{'reason':'停用一段时间'}");
}

/* A second holder who cannot sign is nobody. */
static void
test_last_holders (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *admin = NULL;
  g_autofree char *head = NULL;
  g_autofree char *second = NULL;

  test_office_staff (&office);
  admin = test_office_get_person (&office, "admin");
  head = test_office_get_person (&office, "head");
  second = test_office_add_person (&office, "second", "clerk");
  test_office_do_by_two (&office, "admin", "head", "role.grant",
                         "{'person':'%s','role':'administrator'}", second);
  test_office_do_by_two (&office, "admin", "head", "role.grant", "{'person':'%s','role':'head'}",
                         second);
  for (int i = 0; i < 2; i++) {
    test_office_refuse (&office, "head", "role.revoke", "J-ROLE",
                        "{'person':'%s','role':'administrator'}", admin);
    test_office_refuse (&office, "admin", "role.revoke", "J-ROLE", "{'person':'%s','role':'head'}",
                        head);
    test_office_refuse (&office, "admin", "person.leave", "J-ROLE",
                        "{'person':'%s','happened':'2025-01-02','reason':'调离'}", admin);
    test_office_refuse (&office, "admin", "person.leave", "J-ROLE",
                        "{'person':'%s','happened':'2025-01-02','reason':'调离'}", head);
    test_office_refuse (&office, "admin", "certificate.revoke.propose", "J-ROLE",
                        "{'person':'%s','reason':'钥匙外泄'}", admin);
    test_office_refuse (&office, "admin", "certificate.revoke.propose", "J-ROLE",
                        "{'person':'%s','reason':'钥匙外泄'}", head);
    if (i == 1)
      break;
    /* One day good, and on the next one as if there were none. */
    test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                           "{'person':'%s','reason':'first','valid_to':'2025-01-02'}", second);
    jz_clock_advance (office.clock, DAY_MS);
  }
  test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'expired'}", second);
  test_office_do_by_two (&office, "admin", "second", "certificate.revoke",
                         "{'person':'%s','reason':'钥匙外泄'}", head);
  /* Now the second one is the last. */
  test_office_refuse (&office, "admin", "role.revoke", "J-ROLE", "{'person':'%s','role':'head'}",
                      second);
  test_office_refuse (&office, "admin", "certificate.revoke.propose", "J-ROLE",
                      "{'person':'%s','reason':'钥匙外泄'}", second);
  test_office_do (&office, "second", "role.revoke", "{'person':'%s','role':'administrator'}",
                  admin);
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* The only head has forgotten the password: nobody could confirm a new certificate. */
static void
test_forgotten_by_the_head (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *head = NULL;
  g_autofree char *handler = NULL;
  g_autofree char *proposal = NULL;
  g_autofree char *args = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  test_office_staff (&office);
  head = test_office_get_person (&office, "head");
  handler = test_office_get_person (&office, "handler");
  office.new_password = "第二个口令";
  /* not the administrator while others could, not by oneself, not for those whom both can help */
  test_office_refuse (&office, "admin", "certificate.recover.propose", "J-TWO",
                      "{'person':'%s','reason':'forgotten'}", head);
  test_office_refuse (&office, "head", "certificate.recover.propose", "J-TWO",
                      "{'person':'%s','reason':'forgotten'}", head);
  test_office_refuse (&office, "head", "certificate.recover", "J-TWO",
                      "{'person':'%s','reason':'forgotten'}", head);
  test_office_refuse (&office, "section_head", "certificate.recover.propose", "J-CERTIFICATE",
                      "{'person':'%s','reason':'forgotten'}", handler);
  test_office_refuse (&office, "handler", "certificate.recover.propose", "J-ROLE",
                      "{'person':'%s','reason':'forgotten'}", head);
  test_office_refuse (&office, "section_head", "certificate.recover.propose", "J-DATE",
                      "{'person':'%s','reason':'forgotten','valid_to':'2025-01-01'}", head);
  /* and not without the password of the bureau's own key */
  args = g_strdup_printf ("{'person':'%s','reason':'forgotten'}", head);
  g_assert_null (
    do_with (&office, "section_head", "certificate.recover.propose", args, "不对", &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);

  proposal = test_office_propose (&office, "section_head", "certificate.recover", "%s", args);
  /* Until it is confirmed the earlier password is good as well, but does not confirm. */
  assert_password (&office, "head", "第三个口令", FALSE);
  test_office_sign_out (&office, "head");
  test_office_refuse (&office, "head", "certificate.recover", "J-CERTIFICATE", "{'proposal':'%s'}",
                      proposal);
  test_office_refuse (&office, "admin/administrator", "certificate.recover", "J-CERTIFICATE",
                      "{'proposal':'%s'}", proposal);
  test_office_sign_out (&office, "head");
  office.password = "第二个口令";
  g_clear_pointer (&args, g_free);
  args = g_strdup_printf ("{'proposal':'%s'}", proposal);
  g_clear_error (&error);
  outcome = do_with (&office, "head", "certificate.recover", args, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  g_assert_cmpuint (outcome->warnings->len, ==, 1);
  /* The same session goes on with the new key. */
  test_office_do (&office, "head", "setting.change",
                  "{'name':'take_over.until','value':'2025-06-30'}");
  assert_password (&office, "head", TEST_PASSWORD, FALSE);
  assert_password (&office, "head", "第二个口令", TRUE);
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM key_file WHERE kind = 'person'"), ==, 8);
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
test_forgotten_by_the_administrator (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *admin = NULL;
  g_autofree char *proposal = NULL;

  test_office_staff (&office);
  admin = test_office_get_person (&office, "admin");
  office.new_password = "第二个口令";
  proposal = test_office_propose (&office, "head", "certificate.recover",
                                  "{'person':'%s','reason':'forgotten'}", admin);
  office.password = "第二个口令";
  test_office_do (&office, "admin", "certificate.recover", "{'proposal':'%s'}", proposal);
  test_office_do (&office, "admin", "setting.change", "{'name':'bureau.code','value':'甲'}");
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* Everybody's certificate was made in the same weeks and runs out in the same weeks. */
static void
test_all_expired (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *admin = NULL;
  g_autofree char *head = NULL;
  g_autofree char *handler = NULL;
  g_autofree char *proposal = NULL;

  test_office_staff (&office);
  admin = test_office_get_person (&office, "admin");
  head = test_office_get_person (&office, "head");
  handler = test_office_get_person (&office, "handler");
  test_office_sign_in (&office, "admin");
  test_office_refuse (&office, "admin", "certificate.recover", "J-TWO",
                      "{'person':'%s','reason':'expired'}", admin);
  jz_clock_advance (office.clock, 2000 * DAY_MS);
  test_office_refuse (&office, "admin", "clock.confirm", "J-CERTIFICATE", "{'reason':'停用'}");
  test_office_refuse (&office, "admin", "session.sign_in", "J-CLOCK", "{}");
  test_office_refuse (&office, "handler", "certificate.recover", "J-ROLE",
                      "{'person':'%s','reason':'expired'}", handler);
  test_office_refuse (&office, "head", "certificate.recover", "J-CERTIFICATE",
                      "{'person':'%s','reason':'expired'}", admin);
  test_office_sign_out (&office, "head");
  test_office_do (&office, "admin", "certificate.recover", "{'person':'%s','reason':'expired'}",
                  admin);
  /* Now there is somebody who can propose, and nobody but the administrator. */
  test_office_refuse (&office, "head", "certificate.recover", "J-TWO",
                      "{'person':'%s','reason':'expired'}", head);
  test_office_sign_out (&office, "head");
  proposal = test_office_propose (&office, "admin", "certificate.recover",
                                  "{'person':'%s','reason':'expired'}", head);
  test_office_do (&office, "head", "certificate.recover", "{'proposal':'%s'}", proposal);
  test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'expired'}", handler);
  test_office_sign_out (&office, "handler");
  test_office_do (&office, "handler", "password.change", "{}");
  test_office_close (&office);
  test_assert_sound (office.path);
  {
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_rebuild_at (office.path, &error));
    g_assert_no_error (error);
  }
  test_assert_sound (office.path);
}

/* Never back in time: that is for clock.confirm alone. */
static void
test_recovery_does_not_set_the_clock_back (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *head = NULL;

  test_office_staff (&office);
  head = test_office_get_person (&office, "head");
  jz_clock_advance (office.clock, -2 * DAY_MS);
  test_office_refuse (&office, "section_head", "certificate.recover.propose", "J-CLOCK",
                      "{'person':'%s','reason':'forgotten'}", head);
}

static char *
sign_in (TestOffice *office, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = do_with (office, user, "session.sign_in", "{}", NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  for (guint i = 0; i < outcome->warnings->len; i++)
    g_string_append_printf (text, "%s\n", (const char *)g_ptr_array_index (outcome->warnings, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_warnings (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *handler = NULL;
  g_autofree char *none = NULL;
  g_autofree char *soon = NULL;
  g_autofree char *over = NULL;
  g_autofree char *renewed = NULL;
  g_autofree char *of_admin = NULL;

  test_office_staff (&office);
  handler = test_office_get_person (&office, "handler");
  /* The only administrator is told on signing in that nobody stands in. */
  of_admin = sign_in (&office, "admin");
  g_assert_nonnull (strstr (of_admin, "holds the role Administrator has a valid certificate"));
  g_assert_nonnull (strstr (of_admin, "holds the role Head of the organ has a valid"));
  /* The certificates last until 2030-01-02: 1826 days. */
  pass (&office, 1826 - 60);
  none = sign_in (&office, "handler");
  g_assert_cmpstr (none, ==, "");
  jz_clock_advance (office.clock, DAY_MS);
  soon = sign_in (&office, "handler");
  g_assert_nonnull (strstr (soon, "runs out on 2030-01-02"));
  /* Renewed before it ends, by the two who make certificates. */
  test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'expired'}", handler);
  test_office_sign_out (&office, "handler");
  renewed = sign_in (&office, "handler");
  g_assert_cmpstr (renewed, ==, "");
  pass (&office, 59);
  jz_clock_advance (office.clock, DAY_MS);
  over = sign_in (&office, "other");
  g_assert_nonnull (strstr (over, "ran out on 2030-01-02"));
  test_office_close (&office);
  test_assert_sound (office.path);
}

static gboolean
get_ca_file (TestOffice *office, JzHash *hash)
{
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  g_autofree char *hex = NULL;

  g_assert_true (jz_connection_get_text (
    reader, &hex, NULL, "SELECT lower (hex (hash)) FROM key_file WHERE kind = 'ca'", ""));
  jz_store_return_reader (store, reader);
  return jz_hash_from_hex (hex, hash);
}

static void
test_ca_password (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *handler = NULL;
  g_autofree char *args = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) done = NULL;
  g_autoptr (JzActOutcome) issued = NULL;
  gint64 n_certificates;
  JzHash before, after;

  test_office_staff (&office);
  handler = test_office_get_person (&office, "handler");
  n_certificates = test_office_count (&office, "SELECT count (*) FROM certificate");
  g_assert_true (get_ca_file (&office, &before));
  test_office_refuse (&office, "head", "ca_password.change", "J-ROLE", "{}");
  g_assert_null (do_with (&office, "admin", "ca_password.change", "{}", "不对", &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
  g_clear_error (&error);
  office.new_password = "";
  g_assert_null (do_with (&office, "admin", "ca_password.change", "{}", TEST_CA_PASSWORD, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_clear_error (&error);
  office.new_password = "另一口令";
  done = do_with (&office, "admin", "ca_password.change", "{'reason':'保管人调离'}",
                  TEST_CA_PASSWORD, &error);
  g_assert_no_error (error);
  g_assert_null (done->refusal);
  g_assert_true (get_ca_file (&office, &after));
  g_assert_false (jz_hash_equal (&before, &after));
  g_assert_false (jz_keyring_has (office.path, &before));
  g_assert_true (jz_keyring_has (office.path, &after));
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM certificate"), ==,
                   n_certificates);
  /* Only the new one makes certificates from now on. */
  args = g_strdup_printf ("{'person':'%s','reason':'replaced'}", handler);
  g_assert_null (
    do_with (&office, "admin", "certificate.issue.propose", args, TEST_CA_PASSWORD, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
  g_clear_error (&error);
  issued = do_with (&office, "admin", "certificate.issue.propose", args, "另一口令", &error);
  g_assert_no_error (error);
  g_assert_null (issued->refusal);
  test_office_close (&office);
  test_assert_sound (office.path);
  g_assert_true (jz_rebuild_at (office.path, &error));
  g_assert_no_error (error);
  test_assert_sound (office.path);
}

static void
test_last_day (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *handler = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JzConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  test_office_staff (&office);
  handler = test_office_get_person (&office, "handler");
  test_office_refuse (&office, "admin", "certificate.issue.propose", "J-DATE",
                      "{'person':'%s','reason':'replaced','valid_to':'2025-01-01'}", handler);
  test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'replaced','valid_to':'2025-01-02'}", handler);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM certificate WHERE closed = 0 "
                                               "AND valid_to = '2025-01-02'"),
                   ==, 1);
  test_office_refuse (&office, "admin", "setting.change", "J-SETTING",
                      "{'name':'certificate.years','value':'31'}");
  test_office_close (&office);
  test_assert_sound (office.path);
  /* As if the bureau's certificate had an end. */
  path = jz_store_get_database_path (office.path);
  connection = jz_connection_open (path, JZ_CONNECTION_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (jz_connection_run (
    connection, &error, "UPDATE certificate SET valid_to = '2028-01-01' WHERE kind = 'ca'", ""));
  g_assert_no_error (error);
  g_clear_pointer (&connection, jz_connection_close);
  test_office_open (&office);
  test_office_refuse (&office, "admin", "certificate.issue.propose", "J-DATE",
                      "{'person':'%s','reason':'replaced','valid_to':'2028-01-02'}", handler);
  test_office_refuse (&office, "admin", "certificate.issue.propose", "J-DATE",
                      "{'person':'%s','reason':'replaced'}", handler);
  test_office_do_by_two (&office, "admin", "head", "certificate.issue",
                         "{'person':'%s','reason':'replaced','valid_to':'2028-01-01'}", handler);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/certificates/last-holders", test_last_holders);
  g_test_add_func ("/office/certificates/forgotten-by-the-head", test_forgotten_by_the_head);
  g_test_add_func ("/office/certificates/forgotten-by-the-administrator",
                   test_forgotten_by_the_administrator);
  g_test_add_func ("/office/certificates/all-expired", test_all_expired);
  g_test_add_func ("/office/certificates/not-back-in-time",
                   test_recovery_does_not_set_the_clock_back);
  g_test_add_func ("/office/certificates/warnings", test_warnings);
  g_test_add_func ("/office/certificates/ca-password", test_ca_password);
  g_test_add_func ("/office/certificates/last-day", test_last_day);
  return g_test_run ();
}
