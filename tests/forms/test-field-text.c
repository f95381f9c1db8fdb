/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/field_path.h"
#include "forms/field_text.h"
#include "forms/form_load.h"

static const JzDate today = { 2026, 11, 21 };

static JzForm *
load_form (const char *id)
{
  g_autoptr (GError) error = NULL;
  JzForm *form = jz_form_load_shipped (id, NULL, &error);
  g_assert_no_error (error);
  return form;
}

/* What is typed, and how it stands on paper afterwards; NULL when it cannot be read. */
static const struct {
  const char *form;
  const char *path;
  const char *typed;
  const char *shown;
} readings[] = {
  { "inquiry_record", "born_on", "19900307", "1990年3月7日" },
  { "inquiry_record", "born_on", "１９９０.３.７", "1990年3月7日" },
  { "inquiry_record", "born_on", "今天", "2026年11月21日" },
  { "inquiry_record", "born_on", "+5", "2026年11月26日" },
  { "inquiry_record", "born_on", "1121", "2026年11月21日" },
  { "inquiry_record", "born_on", "1990年3月7日", "1990年3月7日" },
  { "inquiry_record", "born_on", "三月", NULL },
  { "inquiry_record", "start", "1121 9:30", "2026年11月21日9时30分" },
  { "inquiry_record", "start", "2026年11月21日9时5分", "2026年11月21日9时5分" },
  { "inquiry_record", "start", "1121", "2026年11月21日11时21分" },
  { "inquiry_record", "start", "上午", NULL },
  { "inquiry_record", "round", "２", "2" },
  { "inquiry_record", "round", "第二", NULL },
  { "inquiry_record", "phone", "　010", "　010" },
  { "penalty_decision", "party.id_number", "９１３３０００Ｘ", "9133000X" },
  { "inquiry_record", "a_end", "没有。\n属实。", "没有。\n属实。" },
  { "penalty_decision", "fine", "500", "500.00元" },
  { "penalty_decision", "fine", "500元", "500.00元" },
  { "penalty_decision", "fine", "1.2万", "12,000.00元" },
  { "penalty_decision", "fine", "五百", NULL },
  { "scene_record", "goods[1].quantity", "12箱", "12箱" },
  { "scene_record", "goods[1].quantity", "12.5 公斤", "12.5公斤" },
  { "service_receipt", "announced", "1101至1201", "2026年11月1日至2026年12月1日" },
  { "service_receipt", "announced", "1101", NULL },
};

static void
test_reading (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (readings); i++) {
    g_autoptr (JzForm) form = load_form (readings[i].form);
    JzFieldPath path;
    JzJson *value = NULL;
    g_assert_true (jz_field_path_parse (form, readings[i].path, &path));
    const JzFormField *leaf = jz_field_path_get_leaf (&path);
    g_assert_true (jz_field_is_typed (leaf, jz_field_path_is_list (&path)));
    gboolean is_read = jz_field_read_typed (leaf, readings[i].typed, today, &value);
    g_test_message ("%s", readings[i].typed);
    g_assert_cmpint (is_read, ==, readings[i].shown != NULL);
    if (!is_read) {
      g_assert_null (value);
      continue;
    }
    g_autofree char *shown = jz_field_dup_typed (leaf, value);
    g_assert_cmpstr (shown, ==, readings[i].shown);
    /* What stands on paper is read as the same value. */
    JzJson *again = NULL;
    g_assert_true (jz_field_read_typed (leaf, shown, today, &again));
    g_assert_true (jz_json_equal (value, again));
    jz_json_unref (value);
    jz_json_unref (again);
  }
}

static void
test_nothing (void)
{
  g_autoptr (JzForm) form = load_form ("penalty_decision");
  JzJson *value = NULL;
  g_assert_true (jz_field_read_typed (jz_form_find_field (form, "fine"), "", today, &value));
  g_assert_null (value);
}

static void
test_paths (void)
{
  static const struct {
    const char *path;
    const char *label;
  } paths[] = {
    { "scene", "现场情况" },
    { "party.name", "当事人 姓名或者名称" },
    { "goods[3].name", "涉案物品 3 名称" },
    { "goods[3]", "涉案物品 3" },
    { "nothing", NULL },
    { "party.nothing", NULL },
    { "goods.name", NULL },
    { "goods[0].name", NULL },
    { "goods[x].name", NULL },
    { "goods[99999].name", NULL },
    { "scene[1]", NULL },
    { "goods[1]name", NULL },
    { "", NULL },
  };
  g_autoptr (JzForm) form = load_form ("scene_record");
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    JzFieldPath path;
    gboolean is_found = jz_field_path_parse (form, paths[i].path, &path);
    g_assert_cmpint (is_found, ==, paths[i].label != NULL);
    g_autofree char *label = is_found ? jz_field_path_dup_label (&path) : NULL;
    g_assert_cmpstr (label, ==, paths[i].label);
  }
}

static void
assert_put (JzFilling *filling, const char *path, const char *text, const char *expected)
{
  JzFieldPath where;
  g_autoptr (GError) error = NULL;
  g_assert_true (jz_field_path_parse (jz_filling_get_form (filling), path, &where));
  jz_filling_put_at (filling, &where, text != NULL ? jz_json_new_text (text) : NULL, &error);
  g_assert_no_error (error);
  g_autofree char *json = jz_filling_to_canonical (filling, NULL);
  g_assert_cmpstr (json, ==, expected);
}

static void
test_put (void)
{
  g_autoptr (JzForm) form = load_form ("scene_record");
  g_autoptr (JzFilling) filling = jz_filling_new (form);
  JzFieldPath where;
  assert_put (filling, "party.name", "张某", "{\"party\":{\"name\":\"张某\"}}");
  assert_put (filling, "party.name", NULL, "{\"party\":{}}");
  assert_put (filling, "goods[2].name", "铁架",
              "{\"goods\":[{},{\"name\":\"铁架\"}],\"party\":{}}");
  assert_put (filling, "goods[1].name", "椅子",
              "{\"goods\":[{\"name\":\"椅子\"},{\"name\":\"铁架\"}],\"party\":{}}");
  g_assert_true (jz_field_path_parse (form, "goods[2].name", &where));
  g_assert_cmpstr (jz_json_get_text (jz_filling_get_at (filling, &where)), ==, "铁架");
  g_assert_true (jz_field_path_parse (form, "goods[3].name", &where));
  g_assert_null (jz_filling_get_at (filling, &where));
  /* A value of another kind leaves the old one. */
  g_autoptr (GError) error = NULL;
  g_assert_true (jz_field_path_parse (form, "goods[1].name", &where));
  g_assert_false (jz_filling_put_at (filling, &where, jz_json_new_integer (1), &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (jz_json_get_text (jz_filling_get_at (filling, &where)), ==, "椅子");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/field-text/reading", test_reading);
  g_test_add_func ("/forms/field-text/nothing", test_nothing);
  g_test_add_func ("/forms/field-text/paths", test_paths);
  g_test_add_func ("/forms/field-text/put", test_put);
  return g_test_run ();
}
