/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "forms/form_load.h"
#include "publish/plain_text.h"
#include "publish/redaction_rules.h"

/* What each family of detectors finds in a sentence, and what it must leave alone. */

typedef struct {
  const char *text;
  const char *found; /* "kind:text" with | between, in the order of the text; "" for nothing */
} Row;

static JzForm *form;

static JzPublicSource *
new_source (const char *facts)
{
  g_autoptr (JzJson) values = jz_json_new_object ();
  g_autoptr (GError) error = NULL;
  jz_json_set_text (values, "facts", facts);
  g_autoptr (JzFilling) filling = jz_filling_new_from_json (form, values, &error);
  g_assert_no_error (error);
  JzPublicSource *source = jz_public_source_new (filling);
  jz_public_source_add_person (source, "王小明", JZ_PUBLIC_ROLE_WITNESS, TRUE);
  jz_public_source_add_person (source, "欧阳静", JZ_PUBLIC_ROLE_OTHER, TRUE);
  jz_public_source_add_person (source, "赵国强", JZ_PUBLIC_ROLE_OFFICER, TRUE);
  jz_public_source_add_person (source, "李大山", JZ_PUBLIC_ROLE_REPRESENTATIVE, TRUE);
  jz_public_source_add_person (source, "钱多多", JZ_PUBLIC_ROLE_PARTY, TRUE);
  jz_public_source_add_person (source, "钱多多百货店", JZ_PUBLIC_ROLE_PARTY, FALSE);
  return source;
}

static char *
find (const char *text)
{
  g_autoptr (JzPublicSource) source = new_source (text);
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++) {
    const JzPersonalData *data = g_ptr_array_index (found, i);
    g_assert_cmpint (strncmp (text + data->start, data->text, data->length), ==, 0);
    g_assert_cmpuint (strlen (data->text), ==, data->length);
    g_string_append_printf (all, "%s%s:%s", i > 0 ? "|" : "", data->kind, data->text);
  }
  return g_string_free (all, FALSE);
}

static void
try_rows (gconstpointer data)
{
  for (const Row *row = data; row->text != NULL; row++) {
    g_autofree char *found = find (row->text);
    if (strcmp (found, row->found) != 0)
      g_error ("“%s”: found “%s” instead of “%s”", row->text, found, row->found);
  }
}

static const Row numbers[] = {
  { "号码11010519491231002X。", "id_number:11010519491231002X" },
  { "号码１１０１０５１９４９１２３１００２ｘ。",
    "id_number:１１０１０５１９４９１２３１００２ｘ" },
  { "号码110105 1949 1231 002 X。", "id_number:110105 1949 1231 002 X" },
  { "号码110105-19491231-002X。", "id_number:110105-19491231-002X" },
  { "号码1101051949\n1231002X。", "id_number:1101051949\n1231002X" },
  /* A wrong check character, a day that is none, one digit too many. */
  { "编码110105194912310029。", "" },
  { "编码110105194913310021。", "" },
  { "编码911010519491231002X。", "" },
  { "旧证330102800115123号。", "id_number:330102800115123" },
  { "编码330102801315123号。", "" },
  { "编码000102800115123号。", "" },
  { "拨打13812345678。", "phone:13812345678" },
  { "拨打138-1234-5678。", "phone:138-1234-5678" },
  { "拨打+86 138 1234 5678。", "phone:86 138 1234 5678" },
  { "拨打1381\u200b2345678。", "phone:1381\u200b2345678" },
  { "拨打一三八一二三四五六七八。", "phone:一三八一二三四五六七八" },
  { "编码12812345678。", "" },
  { "编码138123456789。", "" },
  { "拨打0471-6543210。", "phone:0471-6543210" },
  { "拨打01065432100转3。", "phone:01065432100" },
  { "联系电话：6543210。", "phone:6543210" },
  { "卡号6222020200012345670。", "bank_card:6222020200012345670" },
  { "卡6222 0202 0001 2345 670。", "bank_card:6222 0202 0001 2345 670" },
  { "单号6222020200012345671。", "" },
  { "条码6901234567892，统一社会信用代码91110000MA0TEQT13C。", "" },
  { "罚款29100.00元，2025年12月5日10时20分，证据1至12。", "" },
  { "二〇二五年十二月三十一日，共计一千二百三十四元。", "" },
  { NULL, NULL },
};

static const Row accounts[] = {
  { "邮箱zhang.san@example.com。", "online_account:zhang.san@example.com" },
  { "微信号：wx_abc123。", "online_account:wx_abc123" },
  { "QQ号12345678。", "online_account:12345678" },
  { "号牌京A12345。", "plate:京A12345" },
  { "号牌苏A·D12345。", "plate:苏A·D12345" },
  { "号牌粤B 1 2 3 4 5。", "plate:粤B 1 2 3 4 5" },
  { "京ABCDE小区、蒙A区。", "" },
  { "护照（号码E12345678）。", "licence_number:E12345678" },
  { "驾驶证证号150102123456。", "licence_number:150102123456" },
  { "执法证号15010212345。", "" },
  { "权利人持云（2019）北湖区不动产权第0012345号证书。",
    "property_certificate:云（2019）北湖区不动产权第0012345号" },
  { "某城管罚决〔2025〕4号，根据不动产登记暂行条例。", "" },
  { NULL, NULL },
};

static const Row places[] = {
  { "住址：河阳省云州市北湖区人民路18号3单元502室。", "home_address:人民路18号3单元502室" },
  { "家住云州市北湖区大王庄村四组25号，", "home_address:大王庄村四组25号" },
  { "住在云州市北湖区人民路18号的人。", "home_address:人民路18号" },
  { "户籍地：云州市北湖区人民路\n18号。", "home_address:人民路\n18号" },
  { "当事人未经批准在某湖镇滨河路87号楼体外立面设置户外广告设施。",
    "home_address:某湖镇滨河路87号楼" },
  { "住址云州市北湖区。", "" },
  { "在云州市城东区人民路18号门前堆放货物。", "" },
  { "向居住区排放污水，住宅用地。", "" },
  { NULL, NULL },
};

static const Row people[] = {
  { "王小明说，王 小 明在场，王\n小\n明签字。",
    "protected_person:王小明|protected_person:王 小 明|protected_person:王\n小\n明" },
  { "欧阳静（女）、赵国强、李大山到场。", "name:欧阳静" },
  { "邻居孙丽华称吵闹。孙丽华拒绝作证。", "name:孙丽华|name:孙丽华" },
  { "证人张三、李四和王五六证实此事。",
    "protected_person:张三|protected_person:李四|protected_person:王五六" },
  { "举报人阿依古丽·买买提称有噪声。", "protected_person:阿依古丽·买买提" },
  { "其女儿周小丫（未成年人）在场。", "name:周小丫" },
  { "向钱多多百货店送货，钱多多签收。", "name:钱多多" },
  { "证人张某、李某某证实。证人证言三份，举报人反映属实，当事人高度配合。", "" },
  { "驾驶员应当持证，业主有权投诉，邻居均未提出异议。", "" },
  { NULL, NULL },
};

static const Row situations[] = {
  { "其患有乙型肝炎，", "health:患有乙型肝炎" },
  { "右腿骨折构成十级伤残，", "health:右腿骨折构成十级伤残" },
  { "信仰佛教，系基督教徒。", "faith:信仰佛教|faith:系基督教徒" },
  { "采集其指纹信息。", "biometric:指纹信息" },
  { "当晚入住云栖宾馆302房间。", "whereabouts:当晚入住云栖宾馆302房间" },
  { "月收入约3200元，系低保户。", "wealth:月收入约3200元|wealth:系低保户" },
  { "商业秘密：配方甲乙丙。", "business_secret:商业秘密：配方甲乙丙" },
  { "机密★5年。", "state_secret:机密★5年" },
  { "违法所得3200元，货值2万元，当日检查，病死猪肉。", "" },
  { NULL, NULL },
};

/* Random noise between the characters of a number is seen through, and the place is exact. */
static void
test_property (void)
{
  static const char *const between[] = { "", "", "", " ", "\n", "　", "-", "\302\240", "\u200b" };
  for (guint i = 0; i < 400; i++) {
    static const char number[] = "13987654321";
    GString *planted = g_string_new (NULL);
    guint gap = (guint)g_test_rand_int_range (0, G_N_ELEMENTS (between));
    gboolean is_wide = g_test_rand_int_range (0, 3) == 0;
    for (guint j = 0; number[j] != '\0'; j++) {
      g_string_append (planted, j > 0 && g_test_rand_int_range (0, 2) == 0 ? between[gap] : "");
      g_string_append_unichar (planted, is_wide ? (gunichar)(number[j] - '0') + 0xff10
                                                : (gunichar)number[j]);
    }
    g_autofree char *text = g_strdup_printf ("在%u处，他说%s，证据%u。", i, planted->str, i);
    g_autofree char *expected = g_strdup_printf ("phone:%s", planted->str);
    g_autofree char *found = find (text);
    g_assert_cmpstr (found, ==, expected);
    g_string_free (planted, TRUE);
  }
}

static void
test_plain (void)
{
  static const struct {
    const char *original;
    const char *plain;
  } rows[] = {
    { "Ａｂ　ｃ\n1", "ABC1" },
    { "①②⑨", "129" },
    { "٣٤", "34" },
    { "1–2—3−4", "1-2-3-4" },
    { "京Ａ・１２", "京A·12" },
    { "王\302\255小\342\200\256明", "王小明" },
    { "⼈民", "人民" },
    { "二〇二五年", "二〇二五年" },
    { "壹叁捌壹叁捌壹叁", "13813813" },
    { "", "" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzPlainText) plain = jz_plain_text_new (rows[i].original);
    g_assert_cmpstr (plain->text, ==, rows[i].plain);
    g_assert_cmpuint (plain->length, ==, strlen (rows[i].plain));
    for (gsize j = 0; j < plain->length; j++) {
      g_assert_cmpuint (plain->starts[j], <, plain->ends[j]);
      g_assert_cmpuint (plain->ends[j], <=, strlen (rows[i].original));
      g_assert_true (j == 0 || plain->starts[j] >= plain->starts[j - 1]);
    }
  }
}

/* One person is one thing to the public, whatever stands between the characters, and the width of
 * what stands there does not tell the length of the name. */
/* Who reads it finds his own name, number and telephone, whatever the way they are written; those
 * of others are found as ever. */
static void
test_own (void)
{
  const char *text =
    "钱多多（身份证110101199003078515，电话１３８１２３４５６７８）称，王小明（身份证"
    "110101198001011512，电话13987654321）在场。";
  g_autoptr (JzPublicSource) source = new_source (text);
  g_autoptr (GPtrArray) before = jz_find_personal_data (source);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) redactions = NULL;
  g_autoptr (JzFilling) masked = NULL;
  g_autofree char *left = NULL;

  jz_public_source_add_own (source, "钱多多");
  jz_public_source_add_own (source, "11010119900307851５");
  jz_public_source_add_own (source, "138 1234 5678");
  after = jz_find_personal_data (source);
  g_assert_cmpuint (before->len, ==, 6);
  g_assert_cmpuint (after->len, ==, 3);
  redactions = jz_redactions_cover_all (after);
  masked = jz_redaction_apply (source, redactions, NULL);
  left = jz_json_to_canonical (jz_filling_get_values (masked), NULL);
  g_assert_nonnull (
    strstr (left, "钱多多（身份证110101199003078515，电话１３８１２３４５６７８）"));
  g_assert_null (strstr (left, "王小明"));
  g_assert_null (strstr (left, "110101198001011512"));
  g_assert_null (strstr (left, "13987654321"));
}

static void
test_masks (void)
{
  static const char text[] = "证人王小明说。孙明、孙丽华是邻居孙丽华。王 小明走了，号牌京A12345，"
                             "电话13812345678，邻居孙明在场。证人高山、高 山流水证实。";
  static const char *const shown[] = { "甲",     "孙某",       "孙某乙", "孙某乙",
                                       "证人甲", "京A＊＊＊5", "＊＊＊", "孙某" };
  g_autoptr (JzPublicSource) source = new_source (text);
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  g_assert_cmpuint (found->len, >=, G_N_ELEMENTS (shown));
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++) {
    const JzPersonalData *data = g_ptr_array_index (found, i);
    g_assert_cmpstr (data->replacement, ==, shown[i]);
  }
}

static void
test_data (void)
{
  static const char bad[] = "<redaction version='1'/>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (bad, sizeof bad - 1);
  g_autoptr (GError) error = NULL;
  const JzRedactionRules *rules = jz_redaction_rules_get ();
  g_assert_cmpuint (rules->patterns->len, >, 20);
  g_assert_null (jz_redaction_rules_load (bytes, "bad.xml", &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, "bad.xml"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  form = jz_form_load_shipped ("penalty_decision", NULL, NULL);
  g_test_add_data_func ("/publish/personal-data/numbers", numbers, try_rows);
  g_test_add_data_func ("/publish/personal-data/accounts", accounts, try_rows);
  g_test_add_data_func ("/publish/personal-data/places", places, try_rows);
  g_test_add_data_func ("/publish/personal-data/people", people, try_rows);
  g_test_add_data_func ("/publish/personal-data/situations", situations, try_rows);
  g_test_add_func ("/publish/personal-data/property", test_property);
  g_test_add_func ("/publish/personal-data/plain", test_plain);
  g_test_add_func ("/publish/personal-data/own", test_own);
  g_test_add_func ("/publish/personal-data/masks", test_masks);
  g_test_add_func ("/publish/personal-data/data", test_data);
  int status = g_test_run ();
  jz_form_unref (form);
  return status;
}
