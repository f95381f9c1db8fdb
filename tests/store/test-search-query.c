/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/search_query.h"

#include <stdlib.h>
#include <string.h>

#include "search.h"
#include "store/error.h"

static void
test_expressions (void)
{
  static const struct {
    const char *typed;
    const char *expression;
  } rows[] = {
    { "", "\"\"" },
    { " ，。\"*()\n　", "\"\"" },
    { "\xff\xfe", "\"\"" },
    { "罚", "\"罚\" *" },
    { "罚款", "\"罚款\"" },
    { "占道 经营", "\"占道\" AND \"经营\"" },
    { "占道，经营、罚款；张某。", "\"占道\" AND \"经营\" AND \"罚款\" AND \"张某\"" },
    { "占道 占道", "\"占道\"" },
    { "ＡＢ１", "\"ab1\" *" },
    { "张某3", "\"张某3\"" },
    { "张某31", "\"张某31\" *" },
    { "3号", "\"3号\"" },
    { "〔2025〕3号", "\"2025 3号\"" },
    { "2025-03-1", "\"2025 03 1\" *" },
    { "买买提·某", "\"买买提 某\" *" },
    { "\"占道 经营\"", "\"占道\" AND \"经营\"" },
    { "'; DROP TABLE text; --", "\"drop\" * AND \"table\" * AND \"text\" *" },
    { "body:罚款", "\"body 罚款\"" },
    { "罚款 OR NOT NEAR(张某 AND 3*)", "\"罚款\" AND \"or\" * AND \"not\" * AND \"near 张某\" "
                                       "AND \"and\" * AND \"3\" *" },
    { "^罚款 + -a", "\"罚款\" AND \"a\" *" },
    { "罚\xff款", "\"罚 款\" *" },
    { "罚\xe2\x80\x8b款", "\"罚款\"" },
    { "𠮷", "\"𠮷\" *" },
    { "〇々", "\"〇々\"" },
    { "caf\xc3\xa9", "\"caf\xc3\xa9\"" },
    { "e\xcc\x81", "\"e\xcc\x81\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzSearchQuery) query = search_query (rows[i].typed);
    g_assert_cmpstr (jz_search_query_get_expression (query), ==, rows[i].expression);
    g_assert_cmpint (jz_search_query_is_empty (query), ==, i < 3);
  }
}

#define W64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* With the index and without. */
static void
test_finds (void)
{
  static const struct {
    const char *text;
    const char *typed;
    gboolean is_found;
  } rows[] = {
    { "对张某罚款200元", "罚", TRUE },
    { "对张某罚款200元", "罚款", TRUE },
    { "对张某罚款200元", "某罚款2", TRUE },
    { "对张某罚款200元", "某罚款20", TRUE },
    { "对张某罚款200元", "元", TRUE },
    { "对张某罚款200元", "200元", TRUE },
    { "对张某罚款200元", "00元", FALSE },
    { "对张某罚款200元", "20元", FALSE },
    { "对张某罚款200元", "款某", FALSE },
    { "对张某罚款200元", "罚款 张某", TRUE },
    { "对张某罚款200元", "罚款 李某", FALSE },
    { "2025001", "2025", TRUE },
    { "2025001", "001", FALSE },
    { "ABC-1", "ab", TRUE },
    { "ABC-1", "abc1", FALSE },
    { "ABC-1", "abc.1", TRUE },
    { "ＡＢＣ", "abc", TRUE },
    { "某决[2025] 3号", "某决〔2025〕3号", TRUE },
    { "某决2025第3号", "某决〔2025〕3号", FALSE },
    { "某决20253号", "某决〔2025〕3号", FALSE },
    { "占道，经营", "占道经营", FALSE },
    { "占道经营", "占道-经营", FALSE },
    { "占道\n经营", "占道-经营", TRUE },
    { "a b", "", FALSE },
    { "a b", "，", FALSE },
    { "", "罚", FALSE },
    { "𠮷野家", "𠮷", TRUE },
    { "𠮷野家", "野", TRUE },
    { "𠮷野家", "\xa0", FALSE },
    { "二〇二五年", "〇二", TRUE },
    { "caf\xc3\xa9", "caf", TRUE },
    { "caf\xc3\xa9", "f\xc3\xa9", FALSE },
    { "caf\xc3\xa9", "\xc3\xa9", TRUE },
    { "罚\xff款", "罚款", FALSE },
    { "罚\xff款", "罚/款", TRUE },
    { "罚\xe7\xbd", "罚", TRUE },
    { W64 "xyz", W64, TRUE },
    { W64 "xyz", W64 "x", TRUE },
    { W64 "xyz", W64 "xy", TRUE },
    { W64 "xyz", W64 "y", FALSE },
    { W64 "xyz", "xyz", FALSE },
    { W64 "罚", W64 "罚", TRUE },
    { W64 "x罚", W64 "罚", FALSE },
    { W64 "x罚", "x罚", FALSE },
  };
  g_autoptr (JzConnection) connection = search_open_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzSearchQuery) query = search_query (rows[i].typed);
    g_autofree char *ids = NULL;
    search_put (connection, 1, "c", rows[i].text);
    ids = search_ids (connection, rows[i].typed);
    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpstr (ids, ==, rows[i].is_found ? "1" : "");
    g_assert_cmpint (jz_search_query_find (query, rows[i].text, strlen (rows[i].text), NULL), ==,
                     rows[i].is_found);
  }
}

static void
test_spans (void)
{
  static const struct {
    const char *text;
    const char *typed;
    const char *marked;
  } rows[] = {
    { "对张某罚款200元", "罚", "对张某[罚]款200元" },
    { "对张某罚款200元", "20", "对张某罚款[20]0元" },
    { "占道经营占道", "占道", "[占道]经营[占道]" },
    { "占道经营", "占道 道经 营", "[占道经营]" },
    { "占道经营", "占 营", "[占]道经[营]" },
    { "哈哈哈", "哈哈", "[哈哈哈]" },
    { "某决〔2025〕3号", "决[2025]3", "某[决〔2025〕3]号" },
    { "罚\xe2\x80\x8b款", "罚款", "[罚\xe2\x80\x8b款]" },
    { "罚款", "罚 李", "罚款" },
    { "Ａ1b", "a", "[Ａ]1b" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzSearchQuery) query = search_query (rows[i].typed);
    g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (JzSearchSpan));
    g_autoptr (GString) marked = g_string_new (rows[i].text);
    const JzSearchSpan stale = { 5, 3 };
    g_array_append_val (spans, stale);
    jz_search_query_find (query, rows[i].text, strlen (rows[i].text), spans);
    for (guint j = spans->len; j-- > 0;) {
      g_string_insert_c (marked, (gssize)g_array_index (spans, JzSearchSpan, j).end, ']');
      g_string_insert_c (marked, (gssize)g_array_index (spans, JzSearchSpan, j).start, '[');
    }
    g_assert_cmpstr (marked->str, ==, rows[i].marked);
  }
}

/* As much as is taken works, one more is refused. */
static void
test_limits (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  g_autoptr (GString) terms = g_string_new (NULL);
  g_autoptr (GString) signs = g_string_new (NULL);
  g_autofree char *found = NULL;
  g_autofree char *found_too = NULL;

  for (guint i = 0; i < JZ_SEARCH_MAX_TERMS; i++)
    g_string_append_printf (terms, "%u罚 ", i);
  for (guint i = 0; i < JZ_SEARCH_MAX_SIGNS; i++)
    g_string_append (signs, "罚");
  search_put (connection, 1, "c", terms->str);
  search_put (connection, 2, "c", signs->str);
  found = search_ids (connection, terms->str);
  found_too = search_ids (connection, signs->str);
  g_assert_cmpstr (found, ==, "1");
  g_assert_cmpstr (found_too, ==, "2");
  g_string_append (terms, "x");
  g_string_append (signs, "款");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_search_query_new (i == 0 ? terms->str : signs->str, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  }
}

/* What texts and queries are made of, and what it is by the definition: told here by hand, so that
 * the scan below shares nothing with the code that it judges. */
typedef struct {
  const char *written;
  char kind;          /* 's' a sign, 'w' of a word, ' ' breaks, '-' joins, '0' unseen */
  const char *folded; /* where it is not as written */
} Letter;

static const Letter letters[] = {
  { "罚", 's' },
  { "款", 's' },
  { "占", 's' },
  { "道", 's' },
  { "经", 's' },
  { "营", 's' },
  { "张", 's' },
  { "某", 's' },
  { "々", 's' },
  { "〇", 's' },
  { "㐀", 's' },
  { "𠮷", 's' },
  { "𪚥", 's' },
  { "𰻞", 's' },
  { "カ", 's' },
  { "é", 's' },
  { "\xcc\x81", 's' },
  { "\xee\x80\x81", 's' },
  { "①", 's' },
  { "a", 'w' },
  { "b", 'w' },
  { "1", 'w' },
  { "2", 'w' },
  { "A", 'w', "a" },
  { "Ｂ", 'w', "b" },
  { "１", 'w', "1" },
  { " ", ' ' },
  { "　", ' ' },
  { "，", ' ' },
  { ";", ' ' },
  { "\n", ' ' },
  { "-", '-' },
  { "\"", '-' },
  { "*", '-' },
  { "(", '-' },
  { "〕", '-' },
  { "·", '-' },
  { "\xff", '-' },
  { "\xe7\xbd", '-' },
  { "\xf0\xa0", '-' },
  { "\xe2\x80\x8b", '0' },
  { "\xef\xb8\x80", '0' },
};
#define N_SIGNS 19
#define GAP 63

/* In the plain form: numbers of letters, and GAP between. */
typedef struct {
  guint8 letters[64];
  guint length;
  guint64 set; /* a bit for each letter in it */
} PlainForm;

static guint8
fold (guint8 which)
{
  for (guint8 i = 0; letters[which].folded != NULL; i++)
    if (strcmp (letters[i].written, letters[which].folded) == 0)
      return i;
  return which;
}

static void
plain_add (PlainForm *plain, guint8 which)
{
  plain->letters[plain->length++] = which;
  plain->set |= (guint64)1 << which;
}

/* A new form at every break, where @is_query. */
static guint
make_plain (const guint8 *which, guint length, gboolean is_query, PlainForm *forms)
{
  guint n = 0;
  gboolean has_gap = FALSE;

  memset (&forms[0], 0, sizeof forms[0]);
  for (guint i = 0; i < length; i++) {
    char kind = letters[which[i]].kind;
    if (kind == ' ' && is_query && forms[n].length > 0)
      memset (&forms[++n], 0, sizeof forms[0]);
    if (kind == ' ' || kind == '-')
      has_gap = TRUE;
    else if (kind != '0') {
      if (has_gap && forms[n].length > 0)
        plain_add (&forms[n], GAP);
      plain_add (&forms[n], fold (which[i]));
      has_gap = FALSE;
    }
  }
  return forms[n].length > 0 ? n + 1 : n;
}

static gboolean
is_word (guint8 which)
{
  return which != GAP && letters[which].kind == 'w';
}

static gboolean
scan (const PlainForm *text, const PlainForm *term)
{
  if ((term->set & ~text->set) != 0)
    return FALSE;
  for (guint at = 0; at + term->length <= text->length; at++) {
    if (text->letters[at] != term->letters[0] ||
        memcmp (text->letters + at, term->letters, term->length) != 0)
      continue;
    if (at == 0 || !is_word (text->letters[at - 1]) || !is_word (term->letters[0]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
scan_all (const PlainForm *text, const PlainForm *terms, guint n_terms)
{
  for (guint i = 0; i < n_terms; i++)
    if (!scan (text, &terms[i]))
      return FALSE;
  return n_terms > 0;
}

static guint8
draw (GRand *rand)
{
  guint n = g_rand_int_range (rand, 0, 10) < 7 ? N_SIGNS : G_N_ELEMENTS (letters);
  return (guint8)g_rand_int_range (rand, 0, (gint32)n);
}

static char *
write_out (const guint8 *which, guint length)
{
  GString *written = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    g_string_append (written, letters[which[i]].written);
  return g_string_free (written, FALSE);
}

#define N_TEXTS 2000
#define MAX_LENGTH 60

typedef struct {
  JzConnection *connection;
  GRand *rand;
  guint8 raw[N_TEXTS][MAX_LENGTH];
  guint lengths[N_TEXTS];
  PlainForm plain[N_TEXTS];
  char *written[N_TEXTS];
} World;

static void
fill (World *world)
{
  g_assert_true (jz_connection_execute (world->connection, "BEGIN", NULL));
  for (guint i = 0; i < N_TEXTS; i++) {
    world->lengths[i] = (guint)g_rand_int_range (world->rand, 0, MAX_LENGTH + 1);
    for (guint j = 0; j < world->lengths[i]; j++)
      world->raw[i][j] = draw (world->rand);
    make_plain (world->raw[i], world->lengths[i], FALSE, &world->plain[i]);
    world->written[i] = write_out (world->raw[i], world->lengths[i]);
    search_put (world->connection, i, "c", world->written[i]);
  }
  g_assert_true (jz_connection_execute (world->connection, "COMMIT", NULL));
}

/* One to six letters, half of them out of a text. */
static guint
draw_query (World *world, guint8 *which)
{
  guint length = (guint)g_rand_int_range (world->rand, 1, 7);
  guint source = (guint)g_rand_int_range (world->rand, 0, N_TEXTS);

  if (g_rand_boolean (world->rand) && world->lengths[source] >= length) {
    gint32 last = (gint32)(world->lengths[source] - length);
    memcpy (which, world->raw[source] + g_rand_int_range (world->rand, 0, last + 1), length);
    return length;
  }
  for (guint i = 0; i < length; i++)
    which[i] = draw (world->rand);
  return length;
}

static void
check_some_without_index (World *world, const char *typed, const PlainForm *terms, guint n_terms)
{
  g_autoptr (JzSearchQuery) query = search_query (typed);

  for (guint i = 0; i < 4; i++) {
    guint n = (guint)g_rand_int_range (world->rand, 0, N_TEXTS);
    g_assert_cmpint (
      jz_search_query_find (query, world->written[n], strlen (world->written[n]), NULL), ==,
      scan_all (&world->plain[n], terms, n_terms));
  }
}

/* Returns how many texts the scan finds. */
static guint
check_with_index (World *world, const char *typed, const PlainForm *terms, guint n_terms)
{
  g_autoptr (JzSearchQuery) query = search_query (typed);
  g_autoptr (JzStatement) row = jz_connection_query (
    world->connection, NULL, "SELECT rowid FROM text_fts WHERE text_fts MATCH ? ORDER BY rowid",
    "t", jz_search_query_get_expression (query));
  gboolean has_row = FALSE;
  guint n_found = 0;

  for (guint i = 0; i < N_TEXTS; i++) {
    if (!scan_all (&world->plain[i], terms, n_terms))
      continue;
    n_found++;
    g_assert_true (jz_statement_step (row, &has_row, NULL) && has_row);
    g_assert_cmpint (jz_statement_get_integer (row, 0), ==, i);
  }
  g_assert_true (jz_statement_step (row, &has_row, NULL) && !has_row);
  return n_found;
}

/* Whether it was to be found. */
static gboolean
check_query (World *world)
{
  guint8 which[8];
  PlainForm terms[8];
  guint length = draw_query (world, which);
  guint n_terms = make_plain (which, length, TRUE, terms);
  g_autofree char *typed = write_out (which, length);

  check_some_without_index (world, typed, terms, n_terms);
  return check_with_index (world, typed, terms, n_terms) > 0;
}

static void
test_is_scan (void)
{
  g_autoptr (JzConnection) connection = search_open_empty ();
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  const char *given = g_getenv ("JZ_SEARCH_QUERIES");
  guint n_queries = given != NULL ? (guint)strtoul (given, NULL, 10) : 20000;
  g_autofree World *world = g_new0 (World, 1);
  guint n_found = 0;

  g_test_message ("seed %u, %u queries", seed, n_queries);
  world->connection = connection;
  world->rand = rand;
  fill (world);
  for (guint i = 0; i < n_queries; i++)
    if (check_query (world))
      n_found++;
  g_test_message ("%u found something", n_found);
  if (n_queries >= 1000) {
    g_assert_cmpuint (n_found, >, n_queries / 3);
    g_assert_cmpuint (n_found, <, n_queries - n_queries / 20);
  }
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (world->written[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/search-query/expressions", test_expressions);
  g_test_add_func ("/store/search-query/finds", test_finds);
  g_test_add_func ("/store/search-query/spans", test_spans);
  g_test_add_func ("/store/search-query/limits", test_limits);
  g_test_add_func ("/store/search-query/is-scan", test_is_scan);
  return g_test_run ();
}
