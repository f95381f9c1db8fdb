/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/handover.h"

#include "office-fixture.h"

static GPtrArray *
list (TestOffice *office, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *person = test_office_get_person (office, user);
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  GPtrArray *duties = jz_handover_list (reader, person, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return duties;
}

static guint
hand_over (TestOffice *office, const char *from, const char *to, GPtrArray *duties)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *giver = test_office_get_person (office, from);
  g_autofree char *taker = test_office_get_person (office, to);
  JzHandover handover = {
    .session = test_office_sign_in (office, "section_head"),
    .from = giver,
    .to = taker,
    .reason = "调离",
    .duties = duties,
  };

  g_assert_true (jz_handover_perform (office->office, &handover, &error));
  g_assert_no_error (error);
  return handover.n_done;
}

static void
test_all (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  const JzHandoverDuty *duty;

  test_office_staff (&office);
  first = test_office_open_case (&office, "甲案");
  second = test_office_open_case (&office, "乙案");
  before = list (&office, "handler");
  g_assert_cmpuint (before->len, ==, 2);
  duty = g_ptr_array_index (before, 0);
  g_assert_cmpstr (duty->case_id, ==, first);
  g_assert_cmpstr (duty->title, ==, "甲案");
  g_assert_cmpstr (duty->duty, ==, "handler");
  g_assert_cmpuint (hand_over (&office, "handler", "other", before), ==, 2);
  after = list (&office, "handler");
  theirs = list (&office, "other");
  g_assert_cmpuint (after->len, ==, 0);
  g_assert_cmpuint (theirs->len, ==, 2);
}

/* One that cannot be taken over is named, and the others go. */
static void
test_refused (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;

  test_office_staff (&office);
  id = test_office_add_person (&office, "both", "handler|reviewer");
  first = test_office_open_case (&office, "甲案");
  second = test_office_open_case (&office, "乙案");
  test_office_do (&office, "section_head", "case.assign",
                  "{'case':'%s','person':'%s','duty':'reviewer'}", first, id);
  before = list (&office, "handler");
  g_assert_cmpuint (hand_over (&office, "handler", "both", before), ==, 1);
  g_assert_nonnull (((JzHandoverDuty *)g_ptr_array_index (before, 0))->sentence);
  g_assert_null (((JzHandoverDuty *)g_ptr_array_index (before, 1))->sentence);
  after = list (&office, "handler");
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((JzHandoverDuty *)g_ptr_array_index (after, 0))->case_id, ==, first);
}

static void
test_archived (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) duties = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "旧案");
  test_office_do (&office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'办结'}", id);
  test_office_do (&office, "archivist", "case.archive",
                  "{'case':'%s','happened':'2025-01-02','class':'短期','keep_until':'2025-01-02'}",
                  id);
  duties = list (&office, "handler");
  g_assert_cmpuint (duties->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/handover/all", test_all);
  g_test_add_func ("/office/handover/refused", test_refused);
  g_test_add_func ("/office/handover/archived", test_archived);
  return g_test_run ();
}
