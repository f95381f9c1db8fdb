/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pair_tokenizer.h"

#include <string.h>

#include "folder.h"
#include "search.h"
#include "store/error.h"
#include "store/search_sign.h"

typedef struct {
  int start;
  int end;
  char *text;
} Token;

typedef struct {
  GArray *tokens;
  guint limit; /* then it refuses */
} Taker;

static void
token_clear (gpointer data)
{
  g_free (((Token *)data)->text);
}

static int
take (void *context, int flags, const char *text, int length, int start, int end)
{
  Taker *taker = context;
  Token token = { start, end, g_strndup (text, (gsize)length) };

  g_assert_cmpint (flags, ==, 0);
  g_array_append_val (taker->tokens, token);
  return taker->tokens->len < taker->limit ? SQLITE_OK : SQLITE_NOMEM;
}

/* As FTS5 itself would call it. */
static int
tokenize (JzConnection *connection,
          int flags,
          const char *text,
          gsize length,
          guint limit,
          GArray **tokens)
{
  g_autofree char *exact = g_memdup2 (text, length); /* nothing may be read behind it */
  Taker taker = { g_array_new (FALSE, FALSE, sizeof (Token)), limit };
  fts5_api *api = NULL;
  fts5_tokenizer functions;
  Fts5Tokenizer *tokenizer = NULL;
  void *data = NULL;
  sqlite3_stmt *statement = NULL;
  int code;

  sqlite3_prepare_v2 (jz_connection_get_handle (connection), "SELECT fts5 (?1)", -1, &statement,
                      NULL);
  sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  sqlite3_finalize (statement);
  g_array_set_clear_func (taker.tokens, token_clear);
  g_assert_cmpint (api->xFindTokenizer (api, JZ_PAIR_TOKENIZER_NAME, &data, &functions), ==,
                   SQLITE_OK);
  g_assert_cmpint (functions.xCreate (data, NULL, 0, &tokenizer), ==, SQLITE_OK);
  code = functions.xTokenize (tokenizer, &taker, flags, exact, (int)length, take);
  functions.xDelete (tokenizer);
  *tokens = taker.tokens;
  return code;
}

static char *
join (GArray *tokens)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < tokens->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "|" : "",
                            g_array_index (tokens, Token, i).text);
  return g_string_free (joined, FALSE);
}

#define W64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_tokens (void)
{
  static const struct {
    const char *text;
    const char *stored;
    const char *asked;
  } rows[] = {
    { "", "", "" },
    { "罚", "罚", "罚" },
    { "罚款", "罚款|款", "罚款" },
    { "占道经营", "占道|道经|经营|营", "占道|道经|经营" },
    { "占道，经营", "占道|道|经营|营", "占道|道|经营" },
    { "abc", "abc", "abc" },
    { "a", "a", "a" },
    { "ABC ｄＥ１", "abc|de1", "abc|de1" },
    { "张某3号", "张某|某3|3号|号", "张某|某3|3号" },
    { "张某31", "张某|某3|31", "张某|某3|31" },
    { "第1", "第1|1", "第1" },
    { "2025年", "2025年|年", "2025年" },
    { "某决〔2025〕3号", "某决|决|2025|3号|号", "某决|决|2025|3号" },
    { "𠮷野家々〇", "𠮷野|野家|家々|々〇|〇", "𠮷野|野家|家々|々〇" },
    { "葛\xf3\xa0\x84\x80城", "葛城|城", "葛城" },
    { "a\xc2\xad"
      "b",
      "ab", "ab" },
    { "caf\xc3\xa9", "caf\xc3\xa9|\xc3\xa9", "caf\xc3\xa9" },
    { "罚\xff款", "罚|款", "罚|款" },
    { "\xe7\xbd", "", "" },
    { " ，。\"*", "", "" },
    { W64, W64, W64 },
    { W64 "x", W64 "x|\1x", W64 "x" },
    { W64 "xy罚", W64 "x|\1xy罚|罚", W64 "x|\1xy罚" },
    { W64 W64 "z", W64 "0|\1" W64 "z|\1z", W64 "0|\1" W64 "z" },
  };
  g_autoptr (JzConnection) connection = search_open (":memory:", JZ_CONNECTION_WORKBENCH);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    static const int flags[] = { FTS5_TOKENIZE_DOCUMENT, FTS5_TOKENIZE_AUX, FTS5_TOKENIZE_QUERY,
                                 FTS5_TOKENIZE_QUERY | FTS5_TOKENIZE_PREFIX };
    for (gsize j = 0; j < G_N_ELEMENTS (flags); j++) {
      g_autoptr (GArray) tokens = NULL;
      g_autofree char *joined = NULL;
      g_assert_cmpint (
        tokenize (connection, flags[j], rows[i].text, strlen (rows[i].text), G_MAXUINT, &tokens),
        ==, SQLITE_OK);
      joined = join (tokens);
      g_assert_cmpstr (joined, ==, j < 2 ? rows[i].stored : rows[i].asked);
    }
  }
}

/* What the bytes of a token in the source say, read anew. */
static char *
fold (const char *text, int start, int end)
{
  GString *folded = g_string_new (NULL);

  for (const char *at = text + start; at < text + end;) {
    gunichar sign = jz_search_sign_read (&at, text + end);
    g_assert_false (jz_search_sign_is_gap (sign));
    if (sign != JZ_SEARCH_UNSEEN)
      g_string_append_unichar (folded, sign);
  }
  return g_string_free (folded, FALSE);
}

static void
check_offsets (const char *text, int length, GArray *tokens)
{
  int before = -1;

  for (guint i = 0; i < tokens->len; i++) {
    const Token *token = &g_array_index (tokens, Token, i);
    g_autofree char *folded = NULL;
    g_assert_cmpint (token->start, >, before);
    g_assert_cmpint (token->start, <, token->end);
    g_assert_cmpint (token->end, <=, length);
    folded = fold (text, token->start, token->end);
    g_assert_cmpstr (token->text[0] == '\1' ? token->text + 1 : token->text, ==, folded);
    before = token->start;
  }
}

/* Any bytes at all, and bytes that are more like text; the seed is printed above. */
static void
test_offsets (void)
{
  static const char *const parts[] = { "罚",       "款", "a",        "Ｂ",   "7",
                                       "，",       "𠮷", "\xe7\xbd", "\xff", "\xe2\x80\x8b",
                                       "\xcc\x81", " ",  W64,        "\0" };
  g_autoptr (JzConnection) connection = search_open (":memory:", JZ_CONNECTION_WORKBENCH);
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_tokens = 0;

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 4000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GArray) tokens = NULL;
    gint32 length = g_rand_int_range (rand, 0, 40);
    while (length-- > 0) {
      guint which = (guint)g_rand_int_range (rand, 0, G_N_ELEMENTS (parts));
      if (i % 2 == 0)
        g_string_append_c (text, (char)g_rand_int_range (rand, 0, 256));
      else
        g_string_append_len (text, parts[which], MAX (1, (gssize)strlen (parts[which])));
    }
    tokenize (connection, FTS5_TOKENIZE_DOCUMENT, text->str, text->len, G_MAXUINT, &tokens);
    check_offsets (text->str, (int)text->len, tokens);
    n_tokens += tokens->len;
  }
  g_assert_cmpuint (n_tokens, >, 4000);
}

static void
test_taker_may_refuse (void)
{
  g_autoptr (JzConnection) connection = search_open (":memory:", JZ_CONNECTION_WORKBENCH);
  static const char *const texts[] = { "一二三四五", "一，二，三，四", "ab，cd 一e" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint limit = 1; limit < 4; limit++) {
      g_autoptr (GArray) tokens = NULL;
      g_assert_cmpint (
        tokenize (connection, FTS5_TOKENIZE_DOCUMENT, texts[i], strlen (texts[i]), limit, &tokens),
        ==, SQLITE_NOMEM);
      g_assert_cmpuint (tokens->len, ==, limit);
    }
}

/* FTS5's own functions, which go by the offsets. */
static void
test_highlight (void)
{
  static const struct {
    const char *text;
    const char *typed;
    const char *highlighted;
  } rows[] = {
    { "对张某罚款200元。", "罚款", "对张某[罚款]200元。" },
    { "占道经营，占道", "占道", "[占道]经营，[占道]" },
    { "对𠮷某Ｐ２１７号", "𠮷某p217号", "对[𠮷某Ｐ２１７号]" },
    { "在Ａ１栋", "a1", "在[Ａ１栋]" }, /* one sign more, as the comment says */
    { "某决〔2025〕3号", "2025-3号", "某决〔[2025〕3号]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzConnection) connection = search_open_empty ();
    g_autoptr (JzSearchQuery) query = search_query (rows[i].typed);
    g_autofree char *highlighted = NULL;
    g_autofree char *snippet = NULL;
    search_put (connection, 1, "c", rows[i].text);
    g_assert_true (jz_connection_get_text (
      connection, &highlighted, NULL,
      "SELECT highlight (text_fts, 0, '[', ']') FROM text_fts WHERE text_fts MATCH ?", "t",
      jz_search_query_get_expression (query)));
    g_assert_cmpstr (highlighted, ==, rows[i].highlighted);
    g_assert_true (jz_connection_get_text (
      connection, &snippet, NULL,
      "SELECT snippet (text_fts, 0, '[', ']', '', 60) FROM text_fts WHERE text_fts MATCH ?", "t",
      jz_search_query_get_expression (query)));
    g_assert_cmpstr (snippet, ==, rows[i].highlighted);
  }
}

/* Whatever opens a store knows it; scratch.db has no use for it. */
static void
test_without_it (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) connection = jz_connection_open ("", JZ_CONNECTION_WORKBENCH, NULL);
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "scratch.db", NULL);
  g_autoptr (JzConnection) drafts = jz_connection_open (path, JZ_CONNECTION_DRAFTS, NULL);

  g_assert_false (jz_text_index_create (drafts, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_clear_pointer (&drafts, jz_connection_close);
  folder_free (g_steal_pointer (&folder));
  g_assert_true (jz_text_index_create (connection, &error));
  g_assert_true (jz_pair_tokenizer_register (connection, &error));
  g_assert_no_error (error);
  g_assert_false (jz_connection_execute (
    connection, "CREATE VIRTUAL TABLE t USING fts5 (a, tokenize = '" JZ_PAIR_TOKENIZER_NAME " x')",
    NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/pair-tokenizer/tokens", test_tokens);
  g_test_add_func ("/store/pair-tokenizer/offsets", test_offsets);
  g_test_add_func ("/store/pair-tokenizer/taker-may-refuse", test_taker_may_refuse);
  g_test_add_func ("/store/pair-tokenizer/highlight", test_highlight);
  g_test_add_func ("/store/pair-tokenizer/without-it", test_without_it);
  return g_test_run ();
}
