/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../store/folder.h"
#include "../store/search.h"
#include "bench.h"

/* Search of invented texts: beside FTS5's own trigram, which cannot find words of two characters
 * but has three as one token where ours are a phrase of two, and beside LIKE, which finds
 * everything and reads every text. */

#define N_ROUNDS 5
#define N_WORDS 64
#define N_SIGNS 700

#define NEWEST "ORDER BY rowid DESC LIMIT 50"
#define OURS_NEWEST "SELECT rowid FROM text_fts WHERE text_fts MATCH ? " NEWEST
#define OURS_ALL "SELECT count(*) FROM text_fts WHERE text_fts MATCH ?"
#define TRIGRAM_NEWEST "SELECT rowid FROM trigram WHERE trigram MATCH ? " NEWEST
#define TRIGRAM_ALL "SELECT count(*) FROM trigram WHERE trigram MATCH ?"
#define LIKE_NEWEST "SELECT rowid FROM text WHERE body LIKE ? " NEWEST
#define LIKE_ALL "SELECT count(*) FROM text WHERE body LIKE ?"

/* Acts that write a text, and how many of them share a commit. */
typedef struct {
  JzConnection *connection;
  GRand *rand;
  gint64 n_done;
  guint n_queued;
  gboolean is_indexed;
} Writing;

typedef struct {
  JzConnection *connection;
  GRand *rand;
  guint n_texts;
  char *words[4][N_WORDS]; /* by length */
} Texts;

/* One way to look for the words, in turns. */
typedef struct {
  Texts *texts;
  const char *sql; /* NULL for whole pages with snippets */
  const char *form;
  guint length;
  guint n_done;
} Search;

/* Few are frequent, most are rare, as in any language. */
static gunichar
draw_sign (GRand *rand)
{
  double place = g_rand_double (rand);
  return 0x4e00 + (gunichar)(place * place * N_SIGNS) * 7;
}

static char *
make_body (GRand *rand)
{
  static const char *const words[] = {
    "当事人",   "执法人员", "现场检查", "行政处罚",         "占道经营", "营业执照",
    "责令改正", "罚款",     "违法所得", "法制审核",         "告知书",   "决定书",
    "询问笔录", "陈述申辩", "张某",     "某某商贸有限公司",
  };
  GString *body = g_string_new (NULL);
  gint32 n_signs = g_rand_int_range (rand, 100, 160);

  while (n_signs-- > 0) {
    gint32 what = g_rand_int_range (rand, 0, 100);
    if (what < 12)
      g_string_append (body, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
    else if (what < 18)
      g_string_append (body, "，");
    else if (what < 20)
      g_string_append_printf (body, "%d", g_rand_int_range (rand, 1, 100000));
    else
      g_string_append_unichar (body, draw_sign (rand));
  }
  return g_string_free (body, FALSE);
}

/* What somebody might look for is written somewhere. */
static char *
draw_word (Texts *texts, guint length)
{
  for (;;) {
    g_autofree char *body = NULL;
    const char *at;
    guint n = 0;
    g_assert_true (jz_connection_get_text (
      texts->connection, &body, NULL, "SELECT body FROM text WHERE id = ?", "i",
      (gint64)g_rand_int_range (texts->rand, 1, (gint32)texts->n_texts + 1)));
    at = g_utf8_offset_to_pointer (body, g_rand_int_range (texts->rand, 0, 90));
    for (const char *sign = at;
         n < length && g_utf8_get_char (sign) >= 0x4e00 && g_utf8_get_char (sign) <= 0x9fff;
         sign = g_utf8_next_char (sign))
      n++;
    if (n == length)
      return g_utf8_substring (at, 0, length);
  }
}

static void
texts_fill (Texts *texts)
{
  g_assert_true (jz_text_index_create (texts->connection, NULL));
  g_assert_true (jz_connection_execute (
    texts->connection,
    "CREATE VIRTUAL TABLE trigram USING fts5 (body, content = 'text', content_rowid = 'id', "
    "columnsize = 0, tokenize = 'trigram'); BEGIN",
    NULL));
  for (guint i = 1; i <= texts->n_texts; i++) {
    g_autofree char *body = make_body (texts->rand);
    g_assert_true (jz_connection_run (texts->connection, NULL,
                                      "INSERT INTO text (id, case_id, owner, field, body, object) "
                                      "VALUES (?1, 'c', ?1, 'note.text', ?2, x'')",
                                      "it", (gint64)i, body));
  }
  g_assert_true (jz_connection_execute (texts->connection, "COMMIT", NULL));
  for (guint length = 1; length < G_N_ELEMENTS (texts->words); length++)
    for (guint i = 0; i < N_WORDS; i++)
      texts->words[length][i] = draw_word (texts, length);
}

static void
texts_clear (Texts *texts)
{
  for (guint length = 1; length < G_N_ELEMENTS (texts->words); length++)
    for (guint i = 0; i < N_WORDS; i++)
      g_free (texts->words[length][i]);
  g_rand_free (texts->rand);
  jz_connection_close (texts->connection);
}

static void
step_build_ours (gpointer data)
{
  Texts *texts = data;
  g_assert_true (jz_text_index_rebuild (texts->connection, NULL));
}

static void
step_build_trigram (gpointer data)
{
  Texts *texts = data;
  g_assert_true (jz_connection_execute (texts->connection,
                                        "INSERT INTO trigram (trigram) VALUES ('rebuild')", NULL));
}

static void
search_page (Texts *texts, const char *word)
{
  g_autoptr (JzSearchQuery) query = search_query (word);
  g_autoptr (GPtrArray) matches =
    jz_text_index_search (texts->connection, query, G_MAXINT64, 50, NULL);
  g_assert_cmpuint (matches->len, >, 0);
}

static void
step_search (gpointer data)
{
  Search *self = data;
  const char *word = self->texts->words[self->length][self->n_done++ % N_WORDS];
  g_autofree char *wanted = NULL;
  g_autoptr (JzStatement) row = NULL;
  gboolean has_row = TRUE;
  guint n_rows = 0;

  if (self->sql == NULL) {
    search_page (self->texts, word);
    return;
  }
  wanted = g_strdup_printf ("%s%s%s", self->form[0] == '%' ? "%" : "\"", word, self->form);
  row = jz_connection_query (self->texts->connection, NULL, self->sql, "t", wanted);
  while (has_row) {
    g_assert_true (jz_statement_step (row, &has_row, NULL));
    n_rows += has_row;
  }
  g_assert_cmpuint (n_rows, >, 0);
}

/* What an act writes beside its text is put into one row of about its size. */
static void
write_text (Writing *self)
{
  g_autofree char *body = make_body (self->rand);
  g_autofree char *owner = g_strdup_printf ("%" G_GINT64_FORMAT, ++self->n_done);
  const JzIndexedText text = { self->n_done * 256, "c", owner, "note.text", body, NULL };

  g_assert_true (jz_connection_execute (self->connection, "SAVEPOINT act", NULL));
  g_assert_true (jz_connection_run (self->connection, NULL,
                                    "INSERT INTO act (body, entry) VALUES (?, randomblob (400))",
                                    "t", body));
  if (self->is_indexed)
    g_assert_true (jz_text_index_put (self->connection, &text, NULL));
  g_assert_true (jz_connection_execute (self->connection, "RELEASE act", NULL));
}

static void
step_write (gpointer data)
{
  Writing *self = data;

  g_assert_true (jz_connection_execute (self->connection, "BEGIN IMMEDIATE", NULL));
  for (guint i = 0; i < self->n_queued; i++)
    write_text (self);
  g_assert_true (jz_connection_execute (self->connection, "COMMIT", NULL));
}

static void
writing_init (Writing *self, const char *folder, gboolean is_indexed)
{
  g_autofree char *path = g_build_filename (folder, is_indexed ? "indexed.db" : "plain.db", NULL);

  self->connection = search_open (path, JZ_CONNECTION_CREATE);
  self->rand = g_rand_new_with_seed (2);
  self->is_indexed = is_indexed;
  g_assert_true (jz_text_index_create (self->connection, NULL));
  g_assert_true (jz_connection_execute (
    self->connection, "CREATE TABLE act (key INTEGER PRIMARY KEY, body TEXT, entry BLOB)", NULL));
}

static void
writing_clear (Writing *self)
{
  jz_connection_close (self->connection);
  g_rand_free (self->rand);
}

static void
measure_writing (Bench *bench, const char *folder)
{
  static const struct {
    const char *what;
    guint n_queued;
    guint n_steps;
  } rows[] = {
    { "acts with a text, one a commit", 1, 100 },
    { "acts with a text, 50 a commit", 50, 10 },
  };
  Writing indexed = { 0 };
  Writing plain = { 0 };
  BenchSide sides[2] = { { step_write, &indexed, 0 }, { step_write, &plain, 0 } };

  writing_init (&indexed, folder, TRUE);
  writing_init (&plain, folder, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    indexed.n_queued = plain.n_queued = rows[i].n_queued;
    bench_in_turns (sides, N_ROUNDS, rows[i].n_steps);
    bench_add (bench, rows[i].what, "acts/s", sides[0].rate * rows[i].n_queued, "without the index",
               sides[1].rate * rows[i].n_queued, 0);
  }
  writing_clear (&indexed);
  writing_clear (&plain);
}

static void
measure_build (Bench *bench, Texts *texts)
{
  BenchSide sides[2] = { { step_build_ours, texts, 0 }, { step_build_trigram, texts, 0 } };
  gint64 ours = 0, trigram = 0;

  bench_in_turns (sides, 1, 1);
  bench_add (bench, "building the text index", "texts/s", sides[0].rate * texts->n_texts,
             "FTS5 trigram", sides[1].rate * texts->n_texts, 0.9);
  g_assert_true (jz_connection_get_number (texts->connection, &ours, NULL,
                                           "SELECT sum(length(block)) FROM text_fts_data", ""));
  g_assert_true (jz_connection_get_number (texts->connection, &trigram, NULL,
                                           "SELECT sum(length(block)) FROM trigram_data", ""));
  bench_add (bench, "  and how many it holds", "texts/MiB",
             texts->n_texts * 1048576.0 / (double)ours, "FTS5 trigram",
             texts->n_texts * 1048576.0 / (double)trigram, 0.9);
}

static void
measure_searches (Bench *bench, Texts *texts)
{
  static const struct {
    const char *what;
    guint length;
    const char *ours;
    const char *form;
    const char *reference_name;
    const char *reference;
    const char *reference_form;
    double aim;
  } rows[] = {
    { "newest 50 with two characters", 2, OURS_NEWEST, "\"", "LIKE", LIKE_NEWEST, "%", 10 },
    { "newest 50 with three characters", 3, OURS_NEWEST, "\"", "LIKE", LIKE_NEWEST, "%", 10 },
    { "newest 50 with three characters", 3, OURS_NEWEST, "\"", "FTS5 trigram", TRIGRAM_NEWEST, "\"",
      0 },
    { "newest 50 with one character", 1, OURS_NEWEST, "\" *", "LIKE", LIKE_NEWEST, "%", 1 },
    { "count of two characters", 2, OURS_ALL, "\"", "LIKE", LIKE_ALL, "%", 10 },
    { "count of three characters", 3, OURS_ALL, "\"", "LIKE", LIKE_ALL, "%", 10 },
    { "count of three characters", 3, OURS_ALL, "\"", "FTS5 trigram", TRIGRAM_ALL, "\"", 0 },
    { "count of one character", 1, OURS_ALL, "\" *", "LIKE", LIKE_ALL, "%", 10 },
    { "page of 50 with snippets", 2, NULL, "\"", "only the ids", OURS_NEWEST, "\"", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    Search ours = { texts, rows[i].ours, rows[i].form, rows[i].length, 0 };
    Search reference = { texts, rows[i].reference, rows[i].reference_form, rows[i].length, 0 };
    BenchSide sides[2] = { { step_search, &ours, 0 }, { step_search, &reference, 0 } };
    bench_in_turns (sides, N_ROUNDS, N_WORDS / 4);
    bench_add (bench, rows[i].what, "searches/s", sides[0].rate, rows[i].reference_name,
               sides[1].rate, rows[i].aim);
  }
}

void
bench_search (Bench *bench)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "texts.db", NULL);
  Texts texts = { .n_texts = bench->is_quick ? 20000 : 100000 };

  texts.connection = search_open (path, JZ_CONNECTION_WORKBENCH);
  texts.rand = g_rand_new_with_seed (1);
  texts_fill (&texts);
  measure_build (bench, &texts);
  measure_searches (bench, &texts);
  texts_clear (&texts);
  measure_writing (bench, folder);
}
