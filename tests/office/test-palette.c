/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office-fixture.h"

#include "office/palette.h"

/* What Ctrl+K finds. */

static JzJson *
find (TestOffice *office, const char *typed)
{
  JzStore *store = jz_office_get_store (office->office);
  g_autoptr (JzCaseRows) rows = jz_case_rows_new (office->office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  gboolean is_complete = FALSE, has_changed = FALSE;
  JzJson *found;

  while (!is_complete)
    g_assert_true (
      jz_case_rows_refresh (rows, reader, 1000, &is_complete, &has_changed, NULL, &error));
  found = jz_palette_find (office->office, reader, rows, typed, NULL, &error);
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return found;
}

static guint
count (const JzJson *found, const char *group)
{
  return jz_json_get_n_items (jz_json_get_member (found, group));
}

static const char *
get (const JzJson *found, const char *group, guint position, const char *name)
{
  return jz_json_get_member_text (jz_json_get_item (jz_json_get_member (found, group), position),
                                  name);
}

static void
test_party (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *place = NULL;
  g_autoptr (JzJson) found = NULL;
  g_autoptr (JzJson) none = NULL;

  test_office_staff (&office);
  first = test_office_make (&office, "handler", "case.open",
                            "{'title':'甲案','party':'张某','matter':'占道','found':'2025-01-02'}");
  second =
    test_office_make (&office, "handler", "case.open",
                      "{'title':'乙案','party':'张某某','matter':'广告','found':'2025-01-02'}");
  found = find (&office, "张某");
  g_assert_cmpuint (count (found, "cases"), ==, 2);
  /* the newest first; it leads to the case */
  place = g_strdup_printf ("cases/%s", second);
  g_assert_cmpstr (get (found, "cases", 0, "go"), ==, place);
  g_assert_cmpstr (get (found, "cases", 1, "party"), ==, "张某");
  /* what stands in the row of a case is no second result */
  g_assert_cmpuint (count (found, "texts"), ==, 0);
  none = find (&office, "李某");
  g_assert_cmpuint (count (none, "cases"), ==, 0);
}

static void
test_texts (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *place = NULL;
  g_autoptr (JzJson) found = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'门口有一只石狮子'}", id);
  found = find (&office, "石狮");
  place = g_strdup_printf ("cases/%s", id);
  g_assert_cmpuint (count (found, "cases"), ==, 0);
  g_assert_cmpuint (count (found, "texts"), ==, 1);
  g_assert_cmpstr (get (found, "texts", 0, "go"), ==, place);
  g_assert_nonnull (strstr (get (found, "texts", 0, "snippet"), "石狮子"));
}

/* Nothing that somebody may type is an error. */
static void
test_odd (void)
{
  static const char *const odd[] = { "", " ", "\"", "*", "%", "'; --", "（）", "a b c d e f g" };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *much = g_strnfill (20000, 'x');
  g_autoptr (JzJson) found = NULL;

  test_office_staff (&office);
  g_free (test_office_open_case (&office, "某案"));
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    jz_json_unref (find (&office, odd[i]));
  found = find (&office, much);
  g_assert_cmpuint (count (found, "texts"), ==, 0);
}

/* However many there are, so many are offered. */
static void
test_many (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (JzJson) found = NULL;

  test_office_staff (&office);
  for (int i = 0; i < JZ_PALETTE_CASES + 3; i++)
    g_free (test_office_open_case (&office, "某案"));
  found = find (&office, "某某");
  g_assert_cmpuint (count (found, "cases"), ==, JZ_PALETTE_CASES);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/palette/party", test_party);
  g_test_add_func ("/office/palette/texts", test_texts);
  g_test_add_func ("/office/palette/odd", test_odd);
  g_test_add_func ("/office/palette/many", test_many);
  return g_test_run ();
}
