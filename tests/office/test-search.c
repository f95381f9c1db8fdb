/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/search.h"

#include <string.h>

#include "office/replay.h"
#include "penalty-fixture.h"
#include "store/text_index.h"

/* What acts write is found by whoever looks for it (design §7). */

/* `kind id snippet`, with the hits in 【】, of each text that is found, newest first. */
static char *
look (TestOffice *office, const char *typed)
{
  g_autoptr (JzJson) found = test_office_search (office, typed);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (found); i++) {
    const JzJson *row = jz_json_get_item (found, i);
    const JzJson *marks = jz_json_get_member (row, "marks");
    g_autoptr (GString) snippet = g_string_new (jz_json_get_member_text (row, "snippet"));
    for (guint j = jz_json_get_n_items (marks); j-- > 0;) {
      const JzJson *mark = jz_json_get_item (marks, j);
      gint64 start = jz_json_get_member_integer (mark, "start", -1);
      gint64 end = jz_json_get_member_integer (mark, "end", -1);
      g_string_insert (snippet, g_utf8_offset_to_pointer (snippet->str, end) - snippet->str, "】");
      g_string_insert (snippet, g_utf8_offset_to_pointer (snippet->str, start) - snippet->str,
                       "【");
    }
    g_string_append_printf (out, "%s%s %s", i > 0 ? "|" : "", jz_json_get_member_text (row, "kind"),
                            snippet->str);
  }
  return g_string_free (out, FALSE);
}

static void
expect (TestOffice *office, const char *typed, const char *expected)
{
  g_autofree char *found = look (office, typed);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_acts (void)
{
  static const struct {
    const char *typed;
    const char *found;
  } rows[] = {
    { "丰", "party 【丰】收餐饮店" },
    { "油烟", "note 现场【油烟】浓 ABC-12|case 【油烟】扰民" },
    { "扰民", "case 油烟【扰民】" },
    { "丰收餐", "party 【丰收餐】饮店" },
    { "abc", "note 现场油烟浓 【ABC】-12" },
    { "ＡＢＣ １２", "note 现场油烟浓 【ABC】-【12】" },
    { "浓 现场", "note 【现场】油烟【浓】 ABC-12" },
    { "浓 没有的", "" },
    { "2025-000001", "case 【2025-000001】" },
    { "现场照片", "attachment 【现场照片】.jpg" },
    { "门头", "attachment 店面的【门头】" },
    { "移送卷", "case 【移送卷】在档案室" },
    { "履行", "case 已经【履行】" },
    { "张某", "" },
  };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;

  test_office_staff (&office);
  file = g_build_filename (office.folder, "现场照片.jpg", NULL);
  g_assert_true (g_file_set_contents (file, "jpeg", -1, NULL));
  id = test_office_make (&office, "handler", "case.open",
                         "{'title':'某店案','party':'丰收餐饮店','matter':'油烟扰民',"
                         "'found':'2025-01-02'}");
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'现场油烟浓 ABC-12'}", id);
  test_office_do (&office, "handler", "attachment.add",
                  "{'case':'%s','file':'%s','description':'店面的门头'}", id, file);
  test_office_do (&office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'已经履行'}", id);
  test_office_do (&office, "head", "setting.change",
                  "{'name':'take_over.until','value':'2025-03-31'}");
  g_free (test_office_make (&office, "handler", "case.take_over",
                            "{'title':'某旧案','party':'某公司','matter':'占道','found':"
                            "'2024-12-02','before':'移送卷在档案室'}"));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    expect (&office, rows[i].typed, rows[i].found);
}

/* A row says of which case, thing and entry the text is. */
static void
test_row (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *note = NULL;
  g_autofree char *entry = NULL;
  g_autoptr (JzJson) found = NULL;
  const JzJson *row;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某某商贸有限公司占道案");
  note = test_office_make (&office, "handler", "case.note", "{'case':'%s','text':'水泥三车'}", id);
  found = test_office_search (&office, "水泥");
  g_assert_cmpuint (jz_json_get_n_items (found), ==, 1);
  row = jz_json_get_item (found, 0);
  entry = g_strndup (note, (gsize)(strrchr (note, '-') - note));
  g_assert_cmpstr (jz_json_get_member_text (row, "case"), ==, id);
  g_assert_cmpstr (jz_json_get_member_text (row, "number"), ==, "2025-000001");
  g_assert_cmpstr (jz_json_get_member_text (row, "title"), ==, "某某商贸有限公司占道案");
  g_assert_cmpstr (jz_json_get_member_text (row, "id"), ==, note);
  g_assert_cmpstr (jz_json_get_member_text (row, "entry"), ==, entry);
  g_assert_cmpstr (jz_json_get_member_text (row, "field"), ==, "note.text");
  g_assert_cmpstr (jz_text_kind_word ("attachment"), !=, "");
  g_assert_cmpstr (jz_text_kind_word ("nothing"), ==, "nothing");
}

static void
test_facts (void)
{
  g_auto (Penalty) penalty = { 0 };
  TestOffice *office = &penalty.office;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  expect (office, "示例-1", "party 【示例-1】");
  expect (office, "路2号", "party 某某【路2号】");
  expect (office, "门前", "conduct 某某路1号【门前】");
  expect (office, "检查笔录", "record 【检查笔录】");
  expect (office, "现场检查", "field 【现场检查】");
  penalty_play (&penalty, PENALTY_DRAFTED, PENALTY_DECIDED);
  expect (office, "拟罚款", "notice 【拟罚款】");
  expect (office, "审核意见", "review 【审核意见】");
  {
    g_autofree char *found = look (office, "处以罚款");
    g_autofree char *numbers = look (office, "罚决");
    g_assert_nonnull (strstr (found, "document …"));
    g_assert_nonnull (strstr (found, "【处以罚款】"));
    g_assert_nonnull (strstr (numbers, "decision 【罚决】〔2025〕1号"));
    g_assert_nonnull (strstr (numbers, "document 【罚决】〔2025〕1号"));
  }
  {
    g_autofree char *found = look (office, "现场照片");
    g_assert_nonnull (strstr (found, "evidence 【现场照片】"));
  }
}

static void
state_party (Penalty *penalty, const char *name, const char *number)
{
  g_autofree char *args =
    g_strdup_printf ("'party.kind':'company','party.name':'%s','party.id_kind':'other',"
                     "'party.id_number':'%s'",
                     name, number);
  penalty_do (penalty, "handler", "party.state", args);
}

/* What is stated again takes the place of what was stated before. */
static void
test_corrections (void)
{
  g_auto (Penalty) penalty = { 0 };
  TestOffice *office = &penalty.office;
  g_autofree char *attachment = NULL;
  g_autofree char *file = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  state_party (&penalty, "错写的名称", "错号-7");
  expect (office, "名称", "party 错写的【名称】");
  expect (office, "错号", "party 【错号】-7");
  state_party (&penalty, "改正的名称", "对号-8");
  expect (office, "名称", "party 改正的【名称】");
  expect (office, "错号", "");
  file = g_build_filename (office->folder, "图.jpg", NULL);
  g_assert_true (g_file_set_contents (file, "jpeg", -1, NULL));
  attachment = test_office_make (
    office, "handler", "attachment.add",
    "{'case':'%s','file':'%s','name':'甲图.jpg','description':'第一次说明'}", penalty.id, file);
  test_office_do (office, "handler", "attachment.describe",
                  "{'case':'%s','attachment':'%s','name':'乙图.jpg'}", penalty.id, attachment);
  expect (office, "图", "attachment 乙【图】.jpg");
  expect (office, "第一次说明", "");
}

static char *
make_long (const char *mark)
{
  g_autofree char *filler = g_strnfill (JZ_MAX_INLINE_TEXT, 'x');
  return g_strconcat (mark, " ", filler, " 末尾", NULL);
}

static GPtrArray *
search_page (TestOffice *office, const char *typed, gint64 before, guint limit, GPtrArray *unread)
{
  JzStore *store = jz_office_get_store (office->office);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzSearchQuery) query = jz_search_query_new (typed, &error);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  GPtrArray *found =
    jz_search_texts (reader, jz_store_get_objects (store), query, before, limit, unread, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return found;
}

/* Texts that became objects are found like others, in their place. */
static void
test_long_texts (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = NULL;
  gint64 before = G_MAXINT64;
  guint n_pages = 0;
  GString *order;
  g_autofree char *all = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  for (guint i = 0; i < 9; i++) {
    g_autofree char *mark = g_strdup_printf ("第%u次询问", i);
    g_autofree char *text = i % 3 == 1 ? make_long (mark) : g_strdup (mark);
    test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", id, text);
  }
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM text WHERE object <> x''"),
                   ==, 3);
  {
    g_autoptr (GPtrArray) last = search_page (&office, "末尾 次询问", before, 9, unread);
    g_assert_cmpuint (last->len, ==, 3);
  }
  order = g_string_new (NULL);
  for (;;) {
    g_autoptr (GPtrArray) page = search_page (&office, "次询问", before, 2, unread);
    if (page->len == 0)
      break;
    for (guint i = 0; i < page->len; i++) {
      const JzTextMatch *match = g_ptr_array_index (page, i);
      g_assert_cmpint (match->id, <, before);
      before = match->id;
      g_string_append_unichar (order, g_utf8_get_char (g_utf8_next_char (match->snippet)));
    }
    n_pages++;
  }
  all = g_string_free (order, FALSE);
  g_assert_cmpstr (all, ==, "876543210");
  g_assert_cmpuint (n_pages, ==, 5);
  g_assert_cmpuint (unread->len, ==, 0);
}

/* A long text whose object is gone is told, and hides nothing else. */
static void
test_long_text_that_is_gone (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *id = NULL;
  g_autofree char *note = NULL;
  g_autofree char *text = make_long ("长询问");
  g_autofree char *hex = NULL;
  JzConnection *reader;
  JzHash hash;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  note = test_office_make (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", id, text);
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'短询问'}", id);
  reader = jz_store_lease_reader (jz_office_get_store (office.office), NULL);
  g_assert_true (jz_connection_get_text (
    reader, &hex, NULL, "SELECT lower (hex (object)) FROM text WHERE object <> x''", ""));
  jz_store_return_reader (jz_office_get_store (office.office), reader);
  g_assert_true (jz_hash_from_hex (hex, &hash));
  g_assert_true (
    jz_objects_remove (jz_store_get_objects (jz_office_get_store (office.office)), &hash, NULL));
  found = search_page (&office, "询问", G_MAXINT64, 9, unread);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (unread->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (unread, 0), note));
}

static char *
dump (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autofree char *database = jz_store_get_database_path (path);
  g_autoptr (JzConnection) tables = jz_connection_open (database, JZ_CONNECTION_READ, &error);

  g_assert_no_error (error);
  g_assert_true (jz_dump (tables, stream, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* The texts are tables like others, and what FTS5 keeps behind their index is none. */
static void
test_rebuild (void)
{
  g_auto (Penalty) penalty = { 0 };
  TestOffice *office = &penalty.office;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *found = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DECIDED);
  state_party (&penalty, "改名商贸有限公司", "示例-1");
  found = look (office, "某");
  test_office_close (office);
  before = dump (office->path);
  g_assert_nonnull (strstr (before, "\ntable text\n"));
  g_assert_nonnull (strstr (before, "改名商贸"));
  g_assert_null (strstr (before, "text_fts"));
  g_assert_true (jz_rebuild_at (office->path, NULL));
  after = dump (office->path);
  g_assert_cmpstr (before, ==, after);
  test_office_open (office);
  expect (office, "某", found);
  expect (office, "改名", "party 【改名】商贸有限公司");
  test_office_close (office);
  test_assert_sound (office->path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/search/acts", test_acts);
  g_test_add_func ("/office/search/row", test_row);
  g_test_add_func ("/office/search/facts", test_facts);
  g_test_add_func ("/office/search/corrections", test_corrections);
  g_test_add_func ("/office/search/long-texts", test_long_texts);
  g_test_add_func ("/office/search/long-text-that-is-gone", test_long_text_that_is_gone);
  g_test_add_func ("/office/search/rebuild", test_rebuild);
  return g_test_run ();
}
