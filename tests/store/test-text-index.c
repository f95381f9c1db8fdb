/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/text_index.h"

#include <string.h>

#include "folder.h"
#include "search.h"
#include "store/error.h"

static void
execute (JzConnection *connection, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_connection_execute (connection, sql, &error));
  g_assert_no_error (error);
}

static void
check (JzConnection *connection)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jz_text_index_check (connection, &error));
  g_assert_no_error (error);
}

static void
expect (JzConnection *connection, const char *typed, const char *ids)
{
  g_autofree char *found = search_ids (connection, typed);
  g_assert_cmpstr (found, ==, ids);
}

static GPtrArray *
search (JzConnection *connection, const char *typed, gint64 before, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzSearchQuery) query = search_query (typed);
  GPtrArray *matches = jz_text_index_search (connection, query, before, limit, &error);

  g_assert_no_error (error);
  return matches;
}

static void
test_put_and_remove (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();

  search_put (connection, 1, "a", "占道经营");
  search_put (connection, 2, "b", "占道堆放");
  search_put (connection, 3, "a", "无证经营");
  expect (connection, "占道", "1 2");
  expect (connection, "经营", "1 3");
  search_put (connection, 1, "a", "油烟扰民");
  expect (connection, "占道", "2");
  expect (connection, "油烟", "1");
  check (connection);
  g_assert_true (search_remove (connection, 2));
  g_assert_true (search_remove (connection, 77));
  expect (connection, "占道", "");
  check (connection);
  g_assert_true (jz_text_index_remove_between (connection, 4, 9, NULL));
  expect (connection, "经营", "3");
  g_assert_true (jz_text_index_remove_between (connection, 1, 3, NULL));
  expect (connection, "经营", "");
  expect (connection, "油烟", "");
  check (connection);
}

static void
test_search (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const JzTextMatch *match;
  const JzSearchSpan *mark;

  for (gint64 i = 1; i <= 25; i++) {
    g_autofree char *body = g_strdup_printf ("第%" G_GINT64_FORMAT "次检查：罚款", i);
    search_put (connection, i * 256, i % 2 == 0 ? "even" : "odd", i % 5 == 0 ? "没有" : body);
  }
  first = search (connection, "罚款", G_MAXINT64, 12);
  g_assert_cmpuint (first->len, ==, 12);
  match = g_ptr_array_index (first, 0);
  g_assert_cmpint (match->id, ==, 24 * 256);
  g_assert_cmpstr (match->owner, ==, "6144");
  g_assert_cmpstr (match->case_id, ==, "even");
  g_assert_cmpstr (match->field, ==, "note.text");
  g_assert_cmpstr (match->snippet, ==, "第24次检查：罚款");
  g_assert_cmpuint (match->marks->len, ==, 1);
  mark = &g_array_index (match->marks, JzSearchSpan, 0);
  g_assert_cmpstr (match->snippet + mark->start, ==, "罚款");
  g_assert_cmpuint (mark->end, ==, strlen (match->snippet));
  for (guint i = 1; i < first->len; i++) {
    const JzTextMatch *before = g_ptr_array_index (first, i - 1);
    match = g_ptr_array_index (first, i);
    g_assert_cmpint (match->id, <, before->id);
  }
  second = search (connection, "罚款", match->id, 12);
  g_assert_cmpuint (second->len, ==, 8);
  match = g_ptr_array_index (second, 7);
  g_assert_cmpint (match->id, ==, 256);
  none = search (connection, "，", G_MAXINT64, 12);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
expect_waiting (JzConnection *connection, gint64 expected)
{
  gint64 n_waiting = -1;

  g_assert_true (jz_connection_get_number (
    connection, &n_waiting, NULL,
    "SELECT count (*) FROM text WHERE id > (SELECT until FROM text_fts_until)", ""));
  g_assert_cmpint (n_waiting, ==, expected);
}

static char *
join_ids (GPtrArray *matches)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < matches->len; i++)
    g_string_append_printf (ids, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((JzTextMatch *)g_ptr_array_index (matches, i))->id);
  return g_string_free (ids, FALSE);
}

static void
expect_found (JzConnection *connection,
              const char *typed,
              gint64 before,
              guint limit,
              const char *ids)
{
  g_autoptr (GPtrArray) matches = search (connection, typed, before, limit);
  g_autofree char *found = join_ids (matches);
  g_assert_cmpstr (found, ==, ids);
}

/* What waits for the index is found as what is in it, and goes in with others. */
static void
test_waiting (void)
{
  static const struct {
    gint64 before;
    guint limit;
    const char *ids;
  } pages[] = {
    { G_MAXINT64, 9, "50 40 30 20 10" },
    { G_MAXINT64, 2, "50 40" },
    { 50, 2, "40 30" },
    { 40, 2, "30 20" },
    { 31, 1, "30" },
    { 30, 9, "20 10" },
    { 10, 9, "" },
    { 50, 0, "" },
  };
  g_autoptr (JzConnection) connection = search_open_empty ();

  search_put (connection, 10, "a", "占道经营");
  search_put (connection, 20, "b", "占道堆放");
  search_put_waiting (connection, 30, "a", "占道摆摊");
  search_put_waiting (connection, 35, "a", "无证经营");
  search_put_waiting (connection, 40, "b", "占道停车");
  search_put_waiting (connection, 50, "b", "占道");
  for (guint round = 0; round < 2; round++) {
    expect_waiting (connection, round == 0 ? 4 : 0);
    for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
      expect_found (connection, "占道", pages[i].before, pages[i].limit, pages[i].ids);
    check (connection);
    g_assert_true (jz_text_index_catch_up (connection, NULL));
  }
  search_put_waiting (connection, 100, "a", "油烟");
  search_put_waiting (connection, 49 + JZ_WAITING_TEXTS, "a", "油烟");
  expect_waiting (connection, 2);
  check (connection);
  expect (connection, "油烟", "");
  search_put_waiting (connection, 50 + JZ_WAITING_TEXTS, "a", "油烟");
  expect_waiting (connection, 0);
  check (connection);
  expect (connection, "油烟", "100 65585 65586");
  expect_found (connection, "油烟", G_MAXINT64, 2, "65586 65585");
}

/* What is taken out or replaced while it waits was never in the index. */
static void
test_waiting_and_removed (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  JzIndexedText other = { 30, "b", "20", "note.text", "占道停车", NULL };

  search_put (connection, 10, "a", "占道经营");
  search_put_waiting (connection, 20, "b", "占道堆放");
  g_assert_true (jz_text_index_put (connection, &other, NULL));
  expect_found (connection, "占道", G_MAXINT64, 9, "30 10");
  check (connection);
  g_assert_true (search_remove (connection, 20));
  expect_found (connection, "占道", G_MAXINT64, 9, "10");
  check (connection);
  search_put_waiting (connection, 40, "b", "占道摆摊");
  g_assert_true (search_remove (connection, 10));
  g_assert_true (jz_text_index_catch_up (connection, NULL));
  expect (connection, "占道", "40");
  check (connection);
  search_put_waiting (connection, 50, "b", "占道摆摊");
  g_assert_true (jz_text_index_remove_between (connection, 40, 50, NULL));
  expect_found (connection, "占道", G_MAXINT64, 9, "");
  check (connection);
}

/* Where the mark is missing or too old, nobody is told half of an answer. */
static void
test_waiting_is_damaged (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  g_autoptr (JzSearchQuery) query = search_query ("占道");
  g_autoptr (GError) error = NULL;

  search_put (connection, 1, "a", "占道经营");
  search_put (connection, JZ_WAITING_TEXTS, "a", "占道经营");
  check (connection);
  execute (connection, "INSERT INTO text_fts (text_fts) VALUES ('delete-all');"
                       "UPDATE text_fts_until SET until = 0");
  g_assert_false (jz_text_index_check (connection, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  execute (connection, "DELETE FROM text_fts_until");
  g_assert_null (jz_text_index_search (connection, query, G_MAXINT64, 9, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_true (jz_text_index_rebuild (connection, NULL));
  check (connection);
  expect_found (connection, "占道", G_MAXINT64, 2, "65536 1");
}

/* The newest come first without all of them being sorted. */
static void
test_is_not_sorted (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  g_autoptr (JzStatement) row = jz_connection_query (
    connection, NULL,
    "EXPLAIN QUERY PLAN SELECT text.id FROM text_fts CROSS JOIN text ON text.id = text_fts.rowid "
    "WHERE text_fts MATCH ? AND text_fts.rowid < ? ORDER BY text_fts.rowid DESC LIMIT ?",
    "tii", "\"罚款\"", G_MAXINT64, (gint64)5);
  gboolean has_row = FALSE;
  guint n_rows = 0;

  while (jz_statement_step (row, &has_row, NULL) && has_row) {
    g_assert_null (strstr (jz_statement_get_text (row, 3), "B-TREE"));
    n_rows++;
  }
  g_assert_cmpuint (n_rows, ==, 2);
}

/* A text of any bytes is kept and found by what is readable in it. */
static void
test_hostile_texts (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  g_autoptr (GString) large = g_string_new (NULL);
  g_autoptr (GPtrArray) matches = NULL;
  const JzTextMatch *match;

  for (guint i = 0; i < 200000; i++)
    g_string_append (large, i % 3 == 0 ? "罚" : i % 3 == 1 ? "a" : "\xff");
  g_string_append (large, "尾巴");
  search_put (connection, 1, "a", "\xff\xfe罚\xe7");
  search_put (connection, 2, "a", large->str);
  search_put (connection, 3, "a", "");
  search_put (connection, 4, "'; DROP TABLE text; --", "\"罚\" OR *");
  expect (connection, "尾巴", "2");
  expect (connection, "罚", "1 2 4");
  expect (connection, "罚 or", "4");
  matches = search (connection, "罚", 2, 5);
  match = g_ptr_array_index (matches, 0);
  g_assert_cmpstr (match->snippet, ==, "\xef\xbf\xbd\xef\xbf\xbd罚\xef\xbf\xbd");
  g_assert_true (search_remove (connection, 4));
  expect (connection, "罚 or", "");
  check (connection);
}

/* An index that does not hold what the texts say is noticed and mended. */
static void
test_check_and_rebuild (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  g_autoptr (GError) error = NULL;

  search_put (connection, 1, "a", "占道经营");
  execute (connection, "UPDATE text SET body = '油烟扰民'");
  g_assert_false (jz_text_index_check (connection, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  expect (connection, "占道", "1");
  g_assert_true (jz_text_index_rebuild (connection, NULL));
  expect (connection, "占道", "");
  expect (connection, "油烟", "1");
  check (connection);
}

static void
test_drop (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  gint64 n_tables = -1;

  search_put (connection, 1, "a", "占道经营");
  g_assert_false (jz_text_index_create (connection, NULL));
  g_assert_true (jz_text_index_drop (connection, NULL));
  g_assert_true (jz_text_index_drop (connection, NULL));
  g_assert_true (jz_connection_get_number (connection, &n_tables, NULL,
                                           "SELECT count(*) FROM sqlite_schema", ""));
  g_assert_cmpint (n_tables, ==, 0);
  g_assert_true (jz_text_index_create (connection, NULL));
  expect (connection, "占道", "");
}

/* What a rolled back transaction wrote is not found, and a reader finds what was committed. */
static void
test_transactions (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);

  {
    g_autoptr (JzConnection) writer = search_open (path, JZ_CONNECTION_CREATE);
    g_autoptr (JzConnection) reader = NULL;
    g_assert_true (jz_text_index_create (writer, NULL));
    search_put (writer, 1, "a", "占道经营");
    execute (writer, "BEGIN IMMEDIATE");
    search_put (writer, 2, "a", "占道堆放");
    g_assert_true (search_remove (writer, 1));
    expect (writer, "占道", "2");
    reader = search_open (path, JZ_CONNECTION_READ);
    expect (reader, "占道", "1");
    execute (writer, "ROLLBACK");
    expect (writer, "占道", "1");
    check (writer);
    search_put (writer, 3, "a", "占道摆摊");
    expect (reader, "占道", "1 3");
  }
  folder_free (g_steal_pointer (&folder));
}

/* Whether the bytes occur in the database file or its log. */
static gboolean
is_in_files (const char *path, const char *bytes)
{
  static const char *const endings[] = { "", "-wal", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strconcat (path, endings[i], NULL);
    g_autofree char *content = NULL;
    gsize length = 0;
    if (g_file_get_contents (name, &content, &length, NULL) &&
        memmem (content, length, bytes, strlen (bytes)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* The text, a pair of it, which is a token, and a word, which is one too; no other text has them.
 */
static const char *const planted[] = { "龘靐齉爩灪麤", "龘靐",           "龘",
                                       "爩灪",         "qzjxvkpwym8842", "赵某某隐私" };
#define PLANTED "当事人赵某某隐私：龘靐齉爩灪麤，证号QZJXVKPWYM8842 qzjxvkpwym8842。"

static void
fill_around (JzConnection *connection)
{
  execute (connection, "BEGIN IMMEDIATE");
  for (gint64 i = 1; i <= 600; i++) {
    g_autofree char *body = g_strdup_printf (
      "第%" G_GINT64_FORMAT "号某某商贸有限公司占道经营，罚款%" G_GINT64_FORMAT "元%s", i,
      i * 37 % 1000, i % 100 == 50 ? PLANTED : "");
    search_put (connection, i, i % 100 == 50 ? "gone" : "kept", body);
  }
  execute (connection, "COMMIT");
}

static void
test_purge (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);

  {
    g_autoptr (JzConnection) writer = search_open (path, JZ_CONNECTION_CREATE);
    g_autoptr (GError) error = NULL;
    gint64 n_free_pages = -1;
    g_assert_true (jz_text_index_create (writer, NULL));
    fill_around (writer);
    /* One was replaced, and the others are removed. */
    search_put (writer, 50, "kept", "占道经营");
    for (gint64 i = 150; i <= 600; i += 100)
      g_assert_true (jz_text_index_remove_between (writer, i, i, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS (planted); i++) {
      expect (writer, planted[i], "");
      g_assert_true (is_in_files (path, planted[i]));
    }
    /* Neither an empty log nor a new file helps against what FTS5 only marked as removed. */
    execute (writer, "PRAGMA wal_checkpoint (TRUNCATE); VACUUM; PRAGMA wal_checkpoint (TRUNCATE)");
    g_assert_true (is_in_files (path, "qzjxvkpwym8842"));
    g_assert_true (jz_text_index_purge (writer, &error));
    g_assert_no_error (error);
    for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
      g_assert_false (is_in_files (path, planted[i]));
    g_assert_true (is_in_files (path, "占道经营"));
    g_assert_true (
      jz_connection_get_number (writer, &n_free_pages, NULL, "PRAGMA freelist_count", ""));
    g_assert_cmpint (n_free_pages, ==, 0);
    check (writer);
    {
      g_autoptr (GPtrArray) matches = search (writer, "占道经营 罚款", G_MAXINT64, 1000);
      g_assert_cmpuint (matches->len, ==, 594);
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
    g_assert_false (is_in_files (path, planted[i]));
  folder_free (g_steal_pointer (&folder));
}

/* A reader that still sees the old texts is no success. */
static void
test_purge_beside_reader (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);

  {
    g_autoptr (JzConnection) writer = search_open (path, JZ_CONNECTION_CREATE);
    g_autoptr (JzConnection) reader = NULL;
    g_autoptr (GError) error = NULL;
    sqlite3_busy_timeout (jz_connection_get_handle (writer), 20);
    g_assert_true (jz_text_index_create (writer, NULL));
    search_put (writer, 1, "gone", PLANTED);
    reader = search_open (path, JZ_CONNECTION_READ);
    execute (reader, "BEGIN");
    expect (reader, "龘靐", "1");
    g_assert_true (search_remove (writer, 1));
    g_assert_false (jz_text_index_purge (writer, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
    g_assert_true (is_in_files (path, "qzjxvkpwym8842"));
    execute (reader, "COMMIT");
    g_clear_error (&error);
    g_assert_true (jz_text_index_purge (writer, &error));
    g_assert_no_error (error);
    for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
      g_assert_false (is_in_files (path, planted[i]));
  }
  folder_free (g_steal_pointer (&folder));
}

/* Random puts and removals: the index stays that of a table which was filled at once. */
static void
test_random_changes (void)
{
  static const char *const words[] = { "占道", "经营", "罚款", "ab", "12", "，", "𠮷", " " };
  g_autoptr (JzConnection) connection = search_open_empty ();
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 1500; i++) {
    g_autoptr (GString) body = g_string_new (NULL);
    gint64 id = g_rand_int_range (rand, 1, 61) + i / 300 * 40;
    gint32 n_words = g_rand_int_range (rand, 0, 8);
    while (n_words-- > 0)
      g_string_append (body, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
    if (g_rand_int_range (rand, 0, 3) > 0)
      search_put_waiting (connection, id, id % 7 == 0 ? "a" : "b", body->str);
    else
      g_assert_true (search_remove (connection, id));
    if (i % 300 == 299) {
      g_assert_true (jz_text_index_remove_between (connection, i / 10, i / 10 + 20, NULL));
      check (connection);
    }
  }
  {
    g_autofree char *before = NULL;
    search_put (connection, 1000, "b", "占道经营");
    before = search_ids (connection, "占道经");
    g_assert_true (g_str_has_suffix (before, "1000"));
    g_assert_true (jz_text_index_rebuild (connection, NULL));
    expect (connection, "占道经", before);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/text-index/put-and-remove", test_put_and_remove);
  g_test_add_func ("/store/text-index/search", test_search);
  g_test_add_func ("/store/text-index/waiting", test_waiting);
  g_test_add_func ("/store/text-index/waiting-and-removed", test_waiting_and_removed);
  g_test_add_func ("/store/text-index/waiting-is-damaged", test_waiting_is_damaged);
  g_test_add_func ("/store/text-index/is-not-sorted", test_is_not_sorted);
  g_test_add_func ("/store/text-index/hostile-texts", test_hostile_texts);
  g_test_add_func ("/store/text-index/check-and-rebuild", test_check_and_rebuild);
  g_test_add_func ("/store/text-index/drop", test_drop);
  g_test_add_func ("/store/text-index/transactions", test_transactions);
  g_test_add_func ("/store/text-index/purge", test_purge);
  g_test_add_func ("/store/text-index/purge-beside-reader", test_purge_beside_reader);
  g_test_add_func ("/store/text-index/random-changes", test_random_changes);
  return g_test_run ();
}
