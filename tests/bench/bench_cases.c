/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "../office/office-fixture.h"
#include "bench.h"

#include "office/case_rows.h"

/* The list of a million invented cases (design §7): opening, sorting, filtering and scrolling,
 * beside the same list of a thousand, and beside SQLite reading the same index with nothing else to
 * do. Rows are put where the office would have put them; working them out is measured with acts. */

#define SMALL 1000
#define HEAD 200
#define PAGE 100
#define N_ROUNDS 5

typedef struct {
  TestOffice office;
  JzCaseRows *rows;
  gint64 n_rows;
} List;

static gboolean
fill (JzConnection *connection, gpointer data, GError **error)
{
  const List *list = data;

  return jz_connection_run (
           connection, error,
           "WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < ?1) INSERT "
           "INTO case_row (key, id, number, number_key, party, cause, handler, section, stage, "
           "stage_key, due, due_name, place, flags, words, checked) SELECT k, 'c-' || k, "
           "printf ('某城管〔%d〕%d号', 2000 + k / 50000, k % 50000), printf ('%04d%08d', 2000 + k "
           "/ 50000, k % 50000), '某' || (k * 7919 % 99991) || '商贸有限公司', '占用道路' || (k % "
           "211), '张某' || (k % 97), '执法' || (k % 9) || '中队', '已归档', 2000 + k % 12, CASE "
           "WHEN k % 50 = 0 THEN date ('2026-01-01', '+' || (k / 50 % 400) || ' days') ELSE "
           "'9999-12-31' END, '办案期限', k % 4, (1 << (k % 6)) | (1 << (8 + k % 4)), printf ('某城"
           "管〔%d〕%d号', 2000 + k / 50000, k % 50000) || char (10) || '某' || (k * 7919 % 99991) "
           "|| '商贸有限公司', '2026-01-01' FROM n",
           "i", list->n_rows) &&
         jz_connection_run (connection, error,
                            "INSERT INTO case_row_person (person, key) SELECT 'p-' || (key % 97), "
                            "key FROM case_row",
                            "");
}

static void
list_init (List *self, gint64 n_rows)
{
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->n_rows = n_rows;
  test_office_staff (&self->office);
  self->rows = jz_case_rows_new (self->office.office);
  jz_scratch_write (jz_store_get_scratch (jz_office_get_store (self->office.office)), fill, self,
                    &error);
  g_assert_no_error (error);
}

static void
list_clear (List *self)
{
  jz_case_rows_unref (self->rows);
  test_office_clear (&self->office);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

static GArray *
ask (List *self, const JzCaseFilter *filter, const JzCaseOrder *order)
{
  g_autoptr (GError) error = NULL;
  GArray *keys = jz_case_rows_query (self->rows, filter, order, NULL, &error);

  g_assert_no_error (error);
  return keys;
}

/* The best of some rounds, in seconds. */
static double
measure_query (List *self, const JzCaseFilter *filter, const JzCaseOrder *order)
{
  double best = G_MAXDOUBLE;

  for (int i = 0; i < N_ROUNDS; i++) {
    double start = bench_now ();
    g_array_unref (ask (self, filter, order));
    best = MIN (best, bench_now () - start);
  }
  return best;
}

/* What SQLite needs for the same rows, read into the same array. */
static double
measure_plain (List *self, const char *column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT key FROM case_row ORDER BY %s, key", column);
  g_autoptr (GError) error = NULL;
  JzConnection *connection = jz_case_rows_lease (self->rows, &error);
  double best = G_MAXDOUBLE;
  sqlite3_stmt *statement = NULL;

  g_assert_no_error (error);
  g_assert (sqlite3_prepare_v2 (jz_connection_get_handle (connection), sql, -1, &statement, NULL) ==
            SQLITE_OK);
  for (int i = 0; i < N_ROUNDS; i++) {
    g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
    double start = bench_now ();
    while (sqlite3_step (statement) == SQLITE_ROW) {
      gint64 key = sqlite3_column_int64 (statement, 0);
      g_array_append_val (keys, key);
    }
    best = MIN (best, bench_now () - start);
    sqlite3_reset (statement);
  }
  sqlite3_finalize (statement);
  jz_case_rows_give_back (self->rows, connection);
  return best;
}

static double
measure_page (List *self, gint64 first)
{
  gint64 keys[PAGE];
  double best = G_MAXDOUBLE;

  for (int i = 0; i < PAGE; i++)
    keys[i] = first + i;
  for (int i = 0; i < N_ROUNDS; i++) {
    g_autoptr (GError) error = NULL;
    double start = bench_now ();
    g_autoptr (GPtrArray) rows =
      jz_case_rows_load (self->rows, keys, PAGE, (JzDate){ 2026, 3, 2 }, &error);
    best = MIN (best, bench_now () - start);
    g_assert_no_error (error);
    for (guint j = 0; j < rows->len; j++)
      g_strfreev (g_ptr_array_index (rows, j));
  }
  return best;
}

static void
compare_sorts (Bench *bench, List *large, List *small)
{
  static const struct {
    JzCaseColumn column;
    const char *name;
    const char *sql;
  } columns[] = {
    { JZ_CASE_COLUMN_NUMBER, "number", "number_key" },
    { JZ_CASE_COLUMN_PARTY, "party", "party" },
    { JZ_CASE_COLUMN_CAUSE, "cause", "cause" },
    { JZ_CASE_COLUMN_HANDLER, "handler", "handler" },
    { JZ_CASE_COLUMN_STAGE, "stage", "stage_key" },
    { JZ_CASE_COLUMN_DUE, "due", "due" },
    { JZ_CASE_COLUMN_PLACE, "place", "place" },
  };
  const JzCaseFilter all = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    const JzCaseOrder whole = { columns[i].column, FALSE, 0 };
    const JzCaseOrder head = { columns[i].column, TRUE, HEAD };
    g_autofree char *sort = g_strdup_printf ("cases: all ids by %s", columns[i].name);
    g_autofree char *open = g_strdup_printf ("cases: first rows by %s", columns[i].name);
    bench_add (bench, sort, "lists", 1 / measure_query (large, &all, &whole), "SQLite alone",
               1 / measure_plain (large, columns[i].sql), 0.5);
    bench_add (bench, open, "lists", 1 / measure_query (large, &all, &head), "of 1,000",
               1 / measure_query (small, &all, &head), 0.5);
  }
}

static void
compare_filters (Bench *bench, List *large, List *small)
{
  const struct {
    const char *name;
    JzCaseFilter filter;
  } filters[] = {
    { "cases: first rows of two stages", { .groups = 3 } },
    { "cases: first rows of a stage and a place", { .groups = 4, .places = 4 } },
  };
  const struct {
    const char *name;
    JzCaseFilter filter;
  } narrow[] = {
    { "cases: those of a person", { .person = "p-5" } },
    { "cases: those overdue", { .due_before = "2026-03-02" } },
    { "cases: a text that few have", { .text = "某4711商" } },
    { "cases: a text that all have", { .text = "商贸" } },
  };
  const JzCaseOrder head = { JZ_CASE_COLUMN_NUMBER, TRUE, HEAD };
  const JzCaseOrder whole = { JZ_CASE_COLUMN_NUMBER, TRUE, 0 };
  const JzCaseOrder newest = { -1, FALSE, 8 };

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    bench_add (bench, filters[i].name, "lists",
               1 / measure_query (large, &filters[i].filter, &head), "of 1,000",
               1 / measure_query (small, &filters[i].filter, &head), 0.3);
  for (gsize i = 0; i < G_N_ELEMENTS (narrow); i++)
    bench_add_figure (bench, narrow[i].name, "ms",
                      1000 * measure_query (large, &narrow[i].filter, &whole), 0);
  bench_add_figure (bench, "Ctrl+K: cases of a text that many have", "ms",
                    1000 * measure_query (large, &narrow[3].filter, &newest), 0);
  bench_add_figure (bench, "Ctrl+K: cases of a text that few have", "ms",
                    1000 * measure_query (large, &narrow[2].filter, &newest), 0);
}

/**
 * bench_cases:
 * @self: one run
 *
 * The list of cases, of a million rows.
 */
void
bench_cases (Bench *self)
{
  g_auto (List) large = { 0 };
  g_auto (List) small = { 0 };
  g_autofree char *path = NULL;
  GStatBuf info = { 0 };

  list_init (&large, self->is_quick ? 100000 : 1000000);
  list_init (&small, SMALL);
  compare_sorts (self, &large, &small);
  compare_filters (self, &large, &small);
  bench_add (self, "cases: a page of rows at the end", "pages",
             1 / measure_page (&large, large.n_rows - PAGE), "of 1,000",
             1 / measure_page (&small, SMALL - PAGE), 0.5);
  path = g_build_filename (large.office.path, "scratch.db", NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  bench_add_figure (self, "cases: bytes kept beside the store", "a case",
                    (double)info.st_size / (double)large.n_rows, 0);
  bench_add_figure (self, "cases: memory of a list", "bytes a row", sizeof (gint64), 0);
}
