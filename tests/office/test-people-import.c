/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office-fixture.h"
#include "office/error.h"
#include "office/people_import.h"
#include "office/role.h"

/* A list of people is seen through, and comes in by acts; the office's day is 2025-01-02. */

#define HEADS "姓名|用户名|科室|角色|执法证号|发证机关|证件有效期起|证件有效期止|执法范围"
#define ISSUER "某某市人民政府"

static const JzDate today = { 2025, 1, 2 };

/* Rows with a line end between, cells with |; # before a cell marks a number that was rounded. */
static JzTable *
make_table (const char *text)
{
  JzTable *table = jz_table_new ("名单.xlsx");
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);

  for (guint i = 0; rows[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (rows[i], "|", -1);
    jz_table_add_row (table, i + 1);
    for (guint j = 0; cells[j] != NULL; j++)
      jz_table_add_text (table, j, cells[j] + (cells[j][0] == '#'), cells[j][0] == '#');
    jz_table_drop_empty_row (table);
  }
  return table;
}

static JzPeopleImport *
plan (TestOffice *office, const char *text, GError **error)
{
  g_autoptr (JzTable) table = make_table (text);
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  JzPeopleImport *import = jz_people_import_plan (reader, table, today, error);

  jz_store_return_reader (store, reader);
  return import;
}

/* “2 ready handler +credential”, “3 refused: the reason”. */
static char *
describe (const JzPeopleImport *import)
{
  static const char *const states[] = { "ready", "present", "refused" };
  const GPtrArray *rows = jz_people_import_get_rows (import);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++) {
    const JzImportRow *row = rows->pdata[i];
    g_autofree char *roles = g_strjoinv (",", row->roles);
    g_string_append_printf (text, "%u %s", row->line, states[row->state]);
    if (row->reason != NULL)
      g_string_append_printf (text, ": %s", row->reason);
    else if (row->state == JZ_IMPORT_READY)
      g_string_append_printf (text, " %s%s %s%s", row->texts[JZ_IMPORT_USER],
                              row->person != NULL ? "" : " (new)", roles,
                              row->adds_credential ? " +credential" : "");
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static void
assert_plan (TestOffice *office, const char *table, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPeopleImport) import = plan (office, table, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (import);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_heads (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPeopleImport) import = NULL;

  test_office_staff (&office);
  import = plan (&office,
                 "某某局执法人员名单\n\n序号|姓 "
                 "名*|所在科室|执法证编号（必填）|发证单位|有效期自|有效期至|备注\n"
                 "1|周某|一科|34010000000001|" ISSUER "|2024年1月1日|２０２７/12/31|无",
                 &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jz_people_import_get_head (import), ==, 1);
  g_assert_cmpint (jz_people_import_find_column (import, JZ_IMPORT_NAME), ==, 1);
  g_assert_cmpint (jz_people_import_find_column (import, JZ_IMPORT_ROLES), ==, -1);
  g_assert_cmpstr (jz_people_import_get_unknown (import)[0], ==, "序号");
  g_assert_cmpstr (jz_people_import_get_unknown (import)[1], ==, "备注");
  g_assert_null (jz_people_import_get_unknown (import)[2]);
  {
    g_autofree char *text = describe (import);
    g_assert_cmpstr (text, ==, "4 ready 周某 (new)  +credential\n");
  }
  g_assert_cmpuint (jz_people_import_count (import, JZ_IMPORT_READY), ==, 1);
  {
    const JzImportRow *row = jz_people_import_get_rows (import)->pdata[0];
    g_assert_cmpuint (row->line, ==, 4);
    g_assert_cmpstr (row->texts[JZ_IMPORT_USER], ==, "周某");
    g_assert_cmpstr (row->texts[JZ_IMPORT_VALID_FROM], ==, "2024-01-01");
    g_assert_cmpstr (row->texts[JZ_IMPORT_VALID_TO], ==, "2027-12-31");
  }
}

static void
test_bad_heads (void)
{
  static const char *const tables[] = {
    "",
    "科室|用户名\n一科|zhang",
    "姓名|用户名|账号\n周某|a|b",
    "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n姓名\n周某",
  };
  g_auto (TestOffice) office = { 0 };

  test_office_staff (&office);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (plan (&office, tables[i], &error));
    g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
    g_assert_nonnull (strstr (error->message, "名单.xlsx"));
  }
}

#define GOOD "周某|zhang|一科|承办人、法制审核员|1|" ISSUER "|2024-01-01|2027-12-31|城市管理"

static void
test_rows (void)
{
  static const struct {
    const char *rows;
    const char *expected;
  } cases[] = {
    { GOOD, "2 ready zhang (new) handler,reviewer +credential\n" },
    { "周某|zhang", "2 ready zhang (new) \n" },
    { "周某|zhang||Handler;handler / 执法员", "2 ready zhang (new) handler\n" },
    { "周某|zhang||技术员,局长", "2 ready zhang (new) administrator,head\n" },
    { "|zhang", "2 refused: The name is missing.\n" },
    { "周某|zhang||皇帝", "2 refused: There is no role “皇帝”.\n" },
    { GOOD "\n李某|zhang", "2 ready zhang (new) handler,reviewer +credential\n"
                           "3 refused: Row 2 has the user name zhang already.\n" },
    { "周某\n周某",
      "2 ready 周某 (new) \n"
      "3 refused: Row 2 has the name 周某 already; give each a user name of their own.\n" },
    { "周某|zhang|||1|" ISSUER "|2024-01-01|2027-12-31\n李某|li|||1|" ISSUER
      "|2024-01-01|2027-12-31",
      "2 ready zhang (new)  +credential\n3 refused: Row 2 has the credential 1 already.\n" },
    /* A row that is refused takes nothing from those below it. */
    { "周某|zhang||皇帝\n周某|zhang",
      "2 refused: There is no role “皇帝”.\n3 ready zhang (new) \n" },
    { "周某|zhang|||1||2024-01-01|2027-12-31",
      "2 refused: It is missing who issued the credential.\n" },
    { "周某|zhang|||1|" ISSUER "||2027-12-31",
      "2 refused: The first day of the credential is missing.\n" },
    { "周某|zhang|||1|" ISSUER "|2024-01-01",
      "2 refused: The last day of the credential is missing.\n" },
    { "周某|zhang|||1|" ISSUER "|2024-02-30|2027-12-31",
      "2 refused: “2024-02-30” is not a date; write it like 2025-01-01.\n" },
    { "周某|zhang|||1|" ISSUER "|2024-01-01|长期",
      "2 refused: “长期” is not a date; write it like 2025-01-01.\n" },
    { "周某|zhang|||1|" ISSUER "|2027-01-01|2026-12-31",
      "2 refused: The credential would end before it begins.\n" },
    { "周某|zhang|||1|" ISSUER "|2020-01-01|2025-01-01",
      "2 refused: The credential has run out on 2025-01-01.\n" },
    { "周某|zhang|||1|" ISSUER "|2020-01-01|2025-01-02", "2 ready zhang (new)  +credential\n" },
    { "周某|zhang|||#110101199003070000|" ISSUER "|2024-01-01|2027-12-31",
      "2 refused: The number 110101199003070000 lost its last digits when the table was saved. "
      "Make "
      "the column a column of text and type the number again.\n" },
    { "周某|a2345678901234567890123456789012345678901",
      "2 refused: The text “a2345678901234567890…” is longer than 40 characters.\n" },
    /* People of the office: all are called 张某. */
    { "张某|handler||承办人", "2 present\n" },
    { "张某|handler||承办人,审批人", "2 ready handler approver\n" },
    { "李某|handler", "2 refused: The user name handler is that of 张某.\n" },
  };
  g_auto (TestOffice) office = { 0 };

  test_office_staff (&office);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *table = g_strdup_printf (HEADS "\n%s", cases[i].rows);
    assert_plan (&office, table, cases[i].expected);
  }
}

/* Whoever left, whose name two have, and whose credential it is. */
static void
test_people_there (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *left = NULL;
  g_autofree char *person = NULL;

  test_office_staff (&office);
  left = test_office_make (&office, "admin", "person.add", "{'user':'gone','name':'王某'}");
  test_office_do (&office, "admin", "person.leave",
                  "{'person':'%s','happened':'2025-01-02','reason':'调出'}", left);
  person = test_office_make (&office, "admin", "person.add", "{'user':'zhao','name':'赵某'}");
  test_office_do (&office, "admin", "credential.add",
                  "{'person':'%s','number':'1','issuer':'" ISSUER
                  "','valid_from':'2024-01-01','valid_to':'2027-12-31'}",
                  person);
  assert_plan (&office, HEADS "\n王某|gone",
               "2 refused: The user name gone was given to somebody who left; choose another.\n");
  assert_plan (&office, "姓名|角色\n赵某|承办人", "2 ready zhao handler\n");
  assert_plan (&office, HEADS "\n赵某||||1|" ISSUER "|2024-01-01|2027-12-31", "2 present\n");
  assert_plan (&office, HEADS "\n周某|zhang|||1|" ISSUER "|2024-01-01|2027-12-31",
               "2 refused: The credential 1 is registered for somebody else.\n");
  g_free (test_office_make (&office, "admin", "person.add", "{'user':'zhao2','name':'赵某'}"));
  assert_plan (&office, "姓名|角色\n赵某|承办人",
               "2 refused: Several people are called 赵某; give the user name.\n");
  assert_plan (&office, "姓名|角色\n李某|承办人", "2 ready 李某 (new) handler\n");
}

static void
do_batch (TestOffice *office, const char *who, const char *act, GPtrArray *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;

  if (args->len == 0)
    return;
  outcome =
    test_office_try_batch (office, who, act, (const JzJson *const *)args->pdata, args->len, &error);
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
}

/* All of it comes in, and the same list has nothing more to do but what the head confirms. */
static void
test_acts (void)
{
  static const char list[] = HEADS "\n" GOOD "\n李某|li||技术员|2|" ISSUER
                                   "|2024-01-01|2027-12-31\n张某|handler||发布人\n坏|x||皇帝";
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPeopleImport) import = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (GPtrArray) proposals = NULL;
  g_autoptr (GPtrArray) credentials = NULL;
  JzStore *store = NULL;
  JzConnection *reader = NULL;

  test_office_staff (&office);
  import = plan (&office, list, &error);
  g_assert_no_error (error);
  people = jz_people_import_make_people (import);
  g_assert_cmpuint (people->len, ==, 2);
  do_batch (&office, "admin", "person.add", people);
  store = jz_office_get_store (office.office);
  reader = jz_store_lease_reader (store, &error);
  g_assert_true (jz_people_import_make_roles (import, reader, &grants, &proposals, &error));
  credentials = jz_people_import_make_credentials (import, reader, &error);
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  g_assert_cmpuint (grants->len, ==, 3);
  g_assert_cmpuint (proposals->len, ==, 1);
  g_assert_cmpuint (credentials->len, ==, 2);
  do_batch (&office, "admin", "role.grant", grants);
  do_batch (&office, "admin", "role.grant.propose", proposals);
  do_batch (&office, "admin", "credential.add", credentials);
  assert_plan (&office, list,
               "2 present\n3 present\n4 present\n5 refused: There is no role “皇帝”.\n");
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM credential"), ==, 2);
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* Every role has words of its own, and the empty table reads as what it was made for. */
static void
test_words (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) columns = jz_people_import_get_columns (&error);
  g_autoptr (GString) heads = g_string_new (NULL);
  g_autoptr (JzPeopleImport) import = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (columns->len, ==, JZ_IMPORT_N_FIELDS);
  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (heads, "%s%s", i > 0 ? "|" : "",
                            g_array_index (columns, JzImportColumn, i).title);
  test_office_staff (&office);
  import = plan (&office, heads->str, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < columns->len; i++)
    g_assert_cmpint (
      jz_people_import_find_column (import, g_array_index (columns, JzImportColumn, i).field), ==,
      (int)i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/people-import/heads", test_heads);
  g_test_add_func ("/office/people-import/bad-heads", test_bad_heads);
  g_test_add_func ("/office/people-import/rows", test_rows);
  g_test_add_func ("/office/people-import/people-there", test_people_there);
  g_test_add_func ("/office/people-import/acts", test_acts);
  g_test_add_func ("/office/people-import/words", test_words);
  return g_test_run ();
}
