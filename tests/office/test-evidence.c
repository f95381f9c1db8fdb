/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/case_evidence.h"
#include "penalty-fixture.h"

/* The order of the evidence and what each item is to show, as the handler puts it: kept by acts,
 * and no part of what a review passes on (ux.md §4, 证据). */

static JzJson *
list_items (Penalty *penalty)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) list = NULL;

  g_assert_no_error (error);
  jz_case_view_open (&view, reader, jz_store_get_objects (store), penalty->id,
                     jz_clock_now (penalty->office.clock), &error);
  g_assert_no_error (error);
  list = jz_case_evidence_list (&view, "", &error);
  g_assert_no_error (error);
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (list, "kinds")), ==, 8);
  return jz_json_ref (jz_json_get_member (list, "items"));
}

static const char *
get (const JzJson *items, guint position, const char *name)
{
  return jz_json_get_member_text (jz_json_get_item (items, position), name);
}

static void
test_order (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) turned = NULL;
  g_autoptr (JzJson) last = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  before = list_items (&penalty);
  g_assert_cmpuint (jz_json_get_n_items (before), >=, 2);
  test_office_do (&penalty.office, "handler", "evidence.order", "{'case':'%s','order':['%s','%s']}",
                  penalty.id, get (before, 1, "id"), get (before, 0, "id"));
  turned = list_items (&penalty);
  g_assert_cmpuint (jz_json_get_n_items (turned), ==, jz_json_get_n_items (before));
  g_assert_cmpstr (get (turned, 0, "id"), ==, get (before, 1, "id"));
  g_assert_cmpstr (get (turned, 1, "id"), ==, get (before, 0, "id"));
  /* The last order holds, and what it does not name stands behind. */
  test_office_do (&penalty.office, "handler", "evidence.order", "{'case':'%s','order':['%s']}",
                  penalty.id, get (before, 0, "id"));
  last = list_items (&penalty);
  for (guint i = 0; i < jz_json_get_n_items (before); i++)
    g_assert_cmpstr (get (last, i, "id"), ==, get (before, i, "id"));
}

static void
test_refused (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) items = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  items = list_items (&penalty);
  test_office_refuse (&penalty.office, "handler", "evidence.order", "J-RECORD",
                      "{'case':'%s','order':['%s','%s']}", penalty.id, get (items, 0, "id"),
                      get (items, 0, "id"));
  test_office_refuse (&penalty.office, "handler", "evidence.order", "J-RECORD",
                      "{'case':'%s','order':['%s']}", penalty.id, penalty.id);
  test_office_refuse (&penalty.office, "archivist", "evidence.order", "J-ROLE",
                      "{'case':'%s','order':[]}", penalty.id);
  test_office_refuse (&penalty.office, "handler", "evidence.describe", "J-RECORD",
                      "{'case':'%s','evidence':'%s','purpose':'占用道路'}", penalty.id, penalty.id);
}

/* What was written last holds, also that nothing is said any more. */
static void
test_purpose (void)
{
  static const char *const purposes[] = { "证明占用道路", "证明占用城市道路3米", "" };
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) items = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  items = list_items (&penalty);
  g_assert_cmpstr (get (items, 0, "purpose"), ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++) {
    g_autofree char *said =
      purposes[i][0] != '\0' ? g_strdup_printf (",'purpose':'%s'", purposes[i]) : g_strdup ("");
    g_autoptr (JzJson) now = NULL;
    test_office_do (&penalty.office, "handler", "evidence.describe",
                    "{'case':'%s','evidence':'%s'%s}", penalty.id, get (items, 0, "id"), said);
    now = list_items (&penalty);
    g_assert_cmpstr (get (now, 0, "purpose"), ==, purposes[i]);
    g_assert_cmpstr (get (now, 1, "purpose"), ==, "");
  }
}

/* A review that has passed still holds when the evidence is put in order and described. */
static void
test_basis (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) items = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_REVIEWED);
  items = list_items (&penalty);
  test_office_do (&penalty.office, "handler", "evidence.order", "{'case':'%s','order':['%s']}",
                  penalty.id, get (items, 1, "id"));
  test_office_do (&penalty.office, "handler", "evidence.describe",
                  "{'case':'%s','evidence':'%s','purpose':'证明占用道路'}", penalty.id,
                  get (items, 0, "id"));
  penalty_play (&penalty, PENALTY_EXAMINED, PENALTY_DECIDED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/evidence/order", test_order);
  g_test_add_func ("/office/evidence/refused", test_refused);
  g_test_add_func ("/office/evidence/purpose", test_purpose);
  g_test_add_func ("/office/evidence/basis", test_basis);
  return g_test_run ();
}
