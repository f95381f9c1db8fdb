/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/wording.h"

#include <string.h>

#include "forms/form_load.h"

static JzForm *
load_form (const char *id)
{
  g_autoptr (GError) error = NULL;
  JzForm *form = jz_form_load_shipped (id, NULL, &error);
  g_assert_no_error (error);
  return form;
}

static JzFilling *
fill (const JzForm *form, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  JzFilling *filling = jz_filling_parse (form, json, strlen (json), &error);
  g_assert_no_error (error);
  return filling;
}

static void
test_figures (void)
{
  static const struct {
    const char *sentence;
    gboolean has_figure;
  } cases[] = {
    { "当事人未办理占道许可。", FALSE },
    { "违法行为属一般情形，在该档幅度内确定罚款数额。", FALSE },
    { "上述行为违反第四十五条第二款第（三）项的规定。", FALSE },
    { "应当自收到决定书之日起十五日内缴纳。", FALSE },
    { "堆放建材约15平方米。", TRUE },
    { "堆放建材约１５平方米。", TRUE },
    { "罚款二千元。", TRUE },
    { "罚款贰仟元整，合计两千元。", TRUE },
    { "二〇二五年立案。", TRUE },
    { "三月五日到现场检查。", TRUE },
    { "占地三十平方米。", TRUE },
    { "现场有三人在场。", TRUE },
    { "砍伐树木两棵。", TRUE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].sentence);
    g_assert_cmpint (jz_wording_has_figure (cases[i].sentence), ==, cases[i].has_figure);
  }
}

static void
test_short_names (void)
{
  static const struct {
    const char *name;
    const char *expected;
  } cases[] = {
    { "某某商贸有限公司", "某某商贸" },
    { "兴隆奶茶店", "兴隆奶茶" },
    { "张某", NULL },
    { "某店", NULL },
    { "店", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *short_name = jz_wording_dup_short_name (cases[i].name);
    g_assert_cmpstr (short_name, ==, cases[i].expected);
  }
}

#define OTHER                                                                                                                          \
  "{'org_name':'某某县城市管理局','party':{'kind':'company','name':'兴隆建材店','representative':"                        \
  "'李小明','address':'人民路旧巷','id_number':'X'},'behaviour':'占用道路','evidence':[{'no':1,"                           \
  "'name':'现场照片','proves':'地点'}],'process':'某某县城市管理局立案后进行了现场检查和询问。"            \
  "李小明到场。','facts':'当事人占用道路堆放建材约15平方米。现场照片证明该行为。\\n未办理许可；" \
  "影响通行。','discretion':'属一般情形。在旧巷的影响不大。兴隆建材店主动改正。人民路旧巷通行不" \
  "畅。','correction':'立即清理。','fine':200000,'bank':'某某银行'}"

static const char *
get_text (const JzJson *texts, const char *path)
{
  for (guint i = 0; i < jz_json_get_n_items (texts); i++)
    if (strcmp (jz_json_get_member_text (jz_json_get_item (texts, i), "path"), path) == 0)
      return jz_json_get_member_text (jz_json_get_item (texts, i), "text");
  return NULL;
}

/* Names, places and figures stay behind with their whole sentence; what is written already is not
 * touched; the bureau's own name is in both. */
static void
test_carry (void)
{
  g_autoptr (JzForm) form = load_form ("penalty_decision");
  g_autoptr (JzFilling) from = fill (form, OTHER);
  g_autoptr (JzFilling) to =
    fill (form, "{'org_name':'某某县城市管理局','correction':'已经写好的。'}");
  g_autoptr (GHashTable) particulars =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) common = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_left_out = 0;

  jz_wording_collect (from, particulars);
  jz_wording_collect (to, common);
  g_hash_table_add (particulars, g_strdup ("旧巷"));
  g_autoptr (JzJson) texts = jz_wording_carry (from, to, particulars, common, &n_left_out);
  g_assert_cmpstr (get_text (texts, "process"), ==, "某某县城市管理局立案后进行了现场检查和询问。");
  g_assert_cmpstr (get_text (texts, "facts"), ==, "现场照片证明该行为。\n未办理许可；影响通行。");
  g_assert_cmpstr (get_text (texts, "discretion"), ==, "属一般情形。");
  g_assert_null (get_text (texts, "correction"));
  g_assert_null (get_text (texts, "behaviour"));
  g_assert_null (get_text (texts, "fine"));
  g_assert_cmpuint (jz_json_get_n_items (texts), ==, 3);
  g_assert_cmpuint (n_left_out, ==, 5);
}

/* Nobody's answer is carried to another person's record. */
static void
test_record (void)
{
  g_autoptr (JzForm) form = load_form ("inquiry_record");
  g_autoptr (JzFilling) from = fill (
    form, "{'person':'李小明','a_end':'没有补充。','qa':[{'q':'什么时间开始的？','a':'上个月。'},"
          "{'q':'李小明是否在场？','a':'在。'},{'q':'为什么这样做？','a':'不知道。'}]}");
  g_autoptr (JzFilling) to = fill (form, "{}");
  g_autoptr (JzFilling) begun = fill (form, "{'qa':[{'q':'请说明情况。'}]}");
  g_autoptr (GHashTable) particulars =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) common = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_left_out = 0;

  jz_wording_collect (from, particulars);
  g_autoptr (JzJson) texts = jz_wording_carry (from, to, particulars, common, &n_left_out);
  g_assert_cmpuint (jz_json_get_n_items (texts), ==, 2);
  g_assert_cmpstr (get_text (texts, "qa[1].q"), ==, "什么时间开始的？");
  g_assert_cmpstr (get_text (texts, "qa[2].q"), ==, "为什么这样做？");
  g_assert_cmpuint (n_left_out, ==, 1);
  g_autoptr (JzJson) none = jz_wording_carry (from, begun, particulars, common, &n_left_out);
  g_assert_cmpuint (jz_json_get_n_items (none), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/wording/figures", test_figures);
  g_test_add_func ("/forms/wording/short-names", test_short_names);
  g_test_add_func ("/forms/wording/carry", test_carry);
  g_test_add_func ("/forms/wording/record", test_record);
  return g_test_run ();
}
