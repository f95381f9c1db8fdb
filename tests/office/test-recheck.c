/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "../store/folder.h"
#include "office-fixture.h"
#include "office/recheck.h"

/* What was taken in is read again once, in the order in which it came. */

static gboolean
step (TestOffice *office)
{
  JzStore *store = jz_office_get_store (office->office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  gboolean is_done = FALSE;

  g_assert_true (jz_recheck_step (office->office, reader, 0, NULL, &is_done, &error));
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return is_done;
}

static void
assert_checks (TestOffice *office, const char *first, const char *second, const char *third)
{
  g_autoptr (JzJson) files = test_json ("[{'key':0},{'key':0},{'key':0}]");
  const char *const expected[] = { first, second, third };
  gint64 key = test_office_count (office, "SELECT min (key) FROM attachment");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++) {
    g_autofree char *sql =
      g_strdup_printf ("SELECT key FROM attachment ORDER BY key LIMIT 1 OFFSET %u", i);
    key = test_office_count (office, sql);
    jz_json_set_integer ((JzJson *)jz_json_get_item (files, i), "key", key);
  }
  g_assert_true (jz_recheck_mark (office->office, files, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (files, i), "check"), ==,
                     expected[i]);
}

static void
test_steps (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *case_id = NULL;
  char *hashes[3] = { NULL };
  g_autofree char *path = NULL;

  test_office_staff (&office);
  case_id = test_office_open_case (&office, "某案");
  g_assert_true (step (&office));
  for (guint i = 0; i < 3; i++)
    hashes[i] = test_office_attach (&office, case_id, 3000000 * i + 10, i);
  assert_checks (&office, "waiting", "waiting", "waiting");
  g_assert_false (step (&office));
  assert_checks (&office, "sound", "waiting", "waiting");
  path = g_strdup_printf ("%s/objects/%.2s/%s", office.path, hashes[1], hashes[1] + 2);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_true (g_file_set_contents (path, "rotten", -1, NULL));
  g_assert_false (step (&office));
  g_clear_pointer (&path, g_free);
  path = g_strdup_printf ("%s/objects/%.2s/%s", office.path, hashes[2], hashes[2] + 2);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (step (&office));
  g_assert_true (step (&office));
  assert_checks (&office, "sound", "damaged", "damaged");
  /* It stays known when the office is opened again. */
  test_office_close (&office);
  test_office_open (&office);
  assert_checks (&office, "sound", "damaged", "damaged");
  g_assert_true (step (&office));
  for (guint i = 0; i < 3; i++)
    g_free (g_steal_pointer (&hashes[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/recheck/steps", test_steps);
  return g_test_run ();
}
