/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "office/record_list.h"

/* The record of the whole store: which entries a filter finds, and what is said of them. */

static GArray *
query (Penalty *penalty, const char *filter)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) json = test_json (filter);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  GArray *ids;

  g_assert_no_error (error);
  ids = jz_record_query (reader, json, 0, NULL, &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  return ids;
}

static GPtrArray *
load (Penalty *penalty, const gint64 *ids, gsize n_ids)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  GPtrArray *rows;

  g_assert_no_error (error);
  rows = jz_record_load (reader, jz_store_get_objects (store), ids, n_ids, &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  g_ptr_array_set_free_func (rows, (GDestroyNotify)g_strfreev);
  return rows;
}

static guint
count (Penalty *penalty, const char *filter)
{
  g_autoptr (GArray) ids = query (penalty, filter);
  return ids->len;
}

static void
test_filters (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GArray) all = NULL;
  g_autofree char *of_case = NULL;
  g_autofree char *of_person = NULL;
  gint64 n_entries;
  guint n_kinds = 0;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  n_entries = test_office_count (&penalty.office, "SELECT count (*) FROM entry");
  all = query (&penalty, "{}");
  g_assert_cmpint (all->len, ==, n_entries);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (g_array_index (all, gint64, i), <, g_array_index (all, gint64, i - 1));
  of_case = g_strdup_printf ("{'case':'%s'}", penalty.id);
  of_person = g_strdup_printf ("{'person':'%s','case':'%s'}", penalty.handler, penalty.id);
  g_assert_cmpint (count (&penalty, of_case) + count (&penalty, "{'case':'bureau'}"), ==,
                   n_entries);
  g_assert_cmpuint (count (&penalty, "{'case':'2025-000001'}"), ==, count (&penalty, of_case));
  g_assert_cmpuint (count (&penalty, of_person), >, 0);
  g_assert_cmpuint (count (&penalty, of_person), <, count (&penalty, of_case));
  g_assert_cmpint (count (&penalty, "{'from':'2025-01-02','to':'2025-01-02'}"), ==, n_entries);
  g_assert_cmpuint (count (&penalty, "{'from':'2025-01-03'}"), ==, 0);
  g_assert_cmpuint (count (&penalty, "{'to':'2025-01-01'}"), ==, 0);
  g_assert_cmpuint (count (&penalty, "{'kind':'review'}"), ==, 2);
  for (guint i = 0; i < jz_record_get_n_kinds (); i++) {
    g_autofree char *filter = g_strdup_printf ("{'kind':'%s'}", jz_record_get_kind (i));
    g_assert_cmpstr (jz_record_kind_word (jz_record_get_kind (i)), !=, "");
    n_kinds += count (&penalty, filter);
  }
  g_assert_cmpint (n_kinds, <=, n_entries);
  g_assert_cmpuint (count (&penalty, "{'case':'none'}"), ==, 0);
}

static void
test_cells (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 none = 1000000;
  const char *const *cells;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  ids = query (&penalty, "{'kind':'review'}");
  g_array_append_val (ids, none);
  rows = load (&penalty, (const gint64 *)ids->data, ids->len);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_null (g_ptr_array_index (rows, 2));
  cells = g_ptr_array_index (rows, 1);
  g_assert_cmpuint (g_strv_length ((char **)cells), ==, JZ_RECORD_N_CELLS);
  g_assert_true (g_str_has_prefix (cells[JZ_RECORD_TIME], "2025-01-02T"));
  g_assert_cmpstr (cells[JZ_RECORD_ACT], ==, "review.submit");
  g_assert_cmpstr (cells[JZ_RECORD_CASE_ID], ==, penalty.id);
  g_assert_nonnull (strstr (cells[JZ_RECORD_CASE], "2025-000001"));
  g_assert_cmpstr (cells[JZ_RECORD_SIGNED], ==, "yes");
  g_assert_cmpuint (strlen (cells[JZ_RECORD_HASH]), ==, 64);
  g_assert_nonnull (strstr (cells[JZ_RECORD_SENTENCE], cells[JZ_RECORD_PERSON]));
  penalty_judge (&penalty, "AP-07", "pass");
  g_clear_pointer (&rows, g_ptr_array_unref);
  g_clear_pointer (&ids, g_array_unref);
  ids = query (&penalty, "{'kind':'review'}");
  rows = load (&penalty, (const gint64 *)ids->data, ids->len);
  /* A point is told by its name, not by its id. */
  cells = g_ptr_array_index (rows, 0);
  g_assert_null (strstr (cells[JZ_RECORD_SENTENCE], "AP-07"));
  g_assert_nonnull (strstr (cells[JZ_RECORD_SENTENCE], "裁量"));
  cells = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (cells[JZ_RECORD_ACT], ==, "review.assign");
  g_assert_true (g_utf8_validate (cells[JZ_RECORD_SENTENCE], -1, NULL));
}

/* Who gives up gets nothing; a limit cuts behind the newest. */
static void
test_limits (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) some = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) persons = NULL;
  JzStore *store;
  JzConnection *reader;

  penalty_init (&penalty);
  store = jz_office_get_store (penalty.office.office);
  reader = jz_store_lease_reader (store, &error);
  g_assert_no_error (error);
  all = jz_record_query (reader, NULL, 0, NULL, &error);
  some = jz_record_query (reader, NULL, 3, NULL, &error);
  persons = jz_record_list_persons (reader, &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  g_assert_cmpuint (some->len, ==, 3);
  g_assert_cmpint (g_array_index (some, gint64, 0), ==, g_array_index (all, gint64, 0));
  g_assert_cmpint (jz_json_get_n_items (persons), ==,
                   test_office_count (&penalty.office, "SELECT count (*) FROM person"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/record-list/filters", test_filters);
  g_test_add_func ("/office/record-list/cells", test_cells);
  g_test_add_func ("/office/record-list/limits", test_limits);
  return g_test_run ();
}
