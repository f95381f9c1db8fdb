/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/settings_list.h"

#include "office-fixture.h"

static JzConnection *
lease (TestOffice *office)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (jz_office_get_store (office->office), &error);
  g_assert_no_error (error);
  return reader;
}

static GPtrArray *
list (TestOffice *office)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = lease (office);
  GPtrArray *values = jz_settings_list (reader, &error);

  g_assert_no_error (error);
  jz_store_return_reader (jz_office_get_store (office->office), reader);
  return values;
}

static void
test_every (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) values = NULL;
  gsize n_settings = 0;
  const JzSetting *settings = jz_setting_get_all (&n_settings);
  const JzSettingValue *value;

  test_office_staff (&office);
  values = list (&office);
  g_assert_cmpuint (values->len, ==, n_settings);
  for (guint i = 0; i < values->len; i++)
    g_assert_true (((JzSettingValue *)g_ptr_array_index (values, i))->setting == &settings[i]);
  value = jz_settings_find (values, "lock.minutes");
  g_assert_cmpstr (value->value, ==, "30");
  g_assert_false (value->is_set);
  g_assert_null (value->entry);
  g_assert_null (jz_settings_find (values, "take_over.until")->value);
  g_assert_null (jz_settings_find (values, "no.such"));
}

/* Who founded the store has set the bureau's name with it. */
static void
test_source (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const JzSettingValue *value;

  test_office_staff (&office);
  before = list (&office);
  value = jz_settings_find (before, "bureau.name");
  g_assert_true (value->is_set);
  g_assert_true (g_str_has_suffix (value->entry, "-1"));
  g_assert_null (value->reason);
  test_office_do (&office, "head", "setting.change",
                  "{'name':'late.days','value':'3','reason':'本局规定'}");
  after = list (&office);
  value = jz_settings_find (after, "late.days");
  g_assert_cmpstr (value->value, ==, "3");
  g_assert_true (value->is_set);
  g_assert_cmpstr (value->reason, ==, "本局规定");
  g_assert_nonnull (value->person);
  g_assert_true (g_str_has_prefix (value->time, "2025-01-02T"));
}

static void
test_bounds (void)
{
  const JzSetting *lock = jz_setting_find ("lock.minutes");

  g_assert_true (jz_setting_accepts (lock, "1"));
  g_assert_true (jz_setting_accepts (lock, "240"));
  g_assert_false (jz_setting_accepts (lock, "0"));
  g_assert_false (jz_setting_accepts (lock, "241"));
  g_assert_false (jz_setting_accepts (lock, "soon"));
}

static void
test_adopted (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) adopted = NULL;
  g_autoptr (GError) error = NULL;
  JzConnection *reader;
  const JzAdopted *newest;
  g_autofree char *id = NULL;

  test_office_staff (&office);
  id = test_office_add_person (&office, "legal", "review_head");
  test_office_certify (&office, "legal");
  reader = lease (&office);
  none = jz_settings_list_adopted (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  jz_store_return_reader (jz_office_get_store (office.office), reader);
  test_office_do_by_two (&office, "legal", "head", "forms.adopt",
                         "{'in_force':'2025-01-01','reason':'启用'}");
  test_office_do_by_two (&office, "legal", "head", "calendar.adopt",
                         "{'in_force':'2025-01-02','reason':'节假日安排'}");
  reader = lease (&office);
  adopted = jz_settings_list_adopted (reader, &error);
  g_assert_no_error (error);
  jz_store_return_reader (jz_office_get_store (office.office), reader);
  g_assert_cmpuint (adopted->len, ==, 2);
  newest = g_ptr_array_index (adopted, 0);
  g_assert_cmpstr (newest->kind, ==, "calendar");
  g_assert_cmpstr (newest->in_force, ==, "2025-01-02");
  g_assert_cmpstr (newest->reason, ==, "节假日安排");
  g_assert_cmpstr (((JzAdopted *)g_ptr_array_index (adopted, 1))->kind, ==, "forms");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/settings-list/every", test_every);
  g_test_add_func ("/office/settings-list/source", test_source);
  g_test_add_func ("/office/settings-list/bounds", test_bounds);
  g_test_add_func ("/office/settings-list/adopted", test_adopted);
  return g_test_run ();
}
