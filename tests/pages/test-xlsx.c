/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/xlsx.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

/* Tables as another program reads them back, and what is left when the writing fails. */

static char *folder;
static JzInstant now;

static const JzXlsxColumn columns[] = {
  { "当事人", JZ_XLSX_TEXT, 30 },      { "立案日期", JZ_XLSX_DATE, 12 },
  { "记录时间", JZ_XLSX_INSTANT, 18 }, { "页数", JZ_XLSX_NUMBER, 0 },
  { "罚款(元)", JZ_XLSX_MONEY, 14 },
};

typedef struct {
  guint at;
  guint n_rows;
  gboolean fails;
  const char *text;
} Rows;

static gboolean
give_row (JzXlsxCell *cells, gboolean *is_end, gpointer data, GError **error)
{
  Rows *rows = data;

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_true (!cells[i].is_set && cells[i].text == NULL);
  if (rows->at == rows->n_rows) {
    *is_end = !rows->fails;
    if (rows->fails)
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INTR, "cancelled");
    return !rows->fails;
  }
  cells[0].text = rows->text;
  if (rows->at++ % 2 == 0) {
    cells[1] = (JzXlsxCell){ .is_set = TRUE, .date = { 2026, 3, 2 } };
    cells[2] = (JzXlsxCell){ .is_set = TRUE, .instant = now };
    cells[3] = (JzXlsxCell){ .is_set = TRUE, .number = 12 };
    cells[4] = (JzXlsxCell){ .is_set = TRUE, .number = 123456 };
  } else {
    cells[1].text = "长期";
  }
  return TRUE;
}

static gboolean
write_rows (const char *path, const char *title, Rows *rows, GError **error)
{
  return jz_xlsx_write_table (path, title, columns, G_N_ELEMENTS (columns), give_row, rows, now,
                              error);
}

/* (transfer full) (nullable): what the other program says; %NULL where it is not installed */
static char *
dump (const char *path)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "pages", "dump_xlsx.py", NULL);
  const char *const argv[] = { "/usr/bin/python3", "-B", script, path, NULL };
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (status, &error))
    return out;
  if (!g_error_matches (error, G_SPAWN_EXIT_ERROR, 77))
    g_error ("%s: %s", path, err);
  g_free (out);
  g_test_skip ("openpyxl is not installed");
  return NULL;
}

static char *
get_contents (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

/* Only the files named are in the folder: none without its own name is left. */
static void
assert_n_files (guint n)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_found = 0;

  while (g_dir_read_name (dir) != NULL)
    n_found++;
  g_assert_cmpuint (n_found, ==, n);
}

static void
test_cells (void)
{
  g_autofree char *path = g_build_filename (folder, "table.xlsx", NULL);
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  Rows rows = { 0, 2, FALSE, "=1+1 某某商贸有限公司" };

  write_rows (path, "案件台账 A&B", &rows, &error);
  g_assert_no_error (error);
  out = dump (path);
  if (out != NULL)
    g_assert_cmpstr (out, ==,
                     "sheet 案件台账 A&B\n"
                     "title 案件台账 A&B\n"
                     "created 2026-03-02T01:30:00\n"
                     "frozen A2\n"
                     "filter A1:E3\n"
                     "heading 案件台账 A&&B\n"
                     "width 31\n"
                     "A1\ts\tGeneral\t'当事人'\n"
                     "B1\ts\tGeneral\t'立案日期'\n"
                     "C1\ts\tGeneral\t'记录时间'\n"
                     "D1\ts\tGeneral\t'页数'\n"
                     "E1\ts\tGeneral\t'罚款(元)'\n"
                     "A2\ts\tGeneral\t'=1+1 某某商贸有限公司'\n"
                     "B2\td\tyyyy-mm-dd\tdatetime.datetime(2026, 3, 2, 0, 0)\n"
                     "C2\td\tyyyy-mm-dd hh:mm\tdatetime.datetime(2026, 3, 2, 9, 30)\n"
                     "D2\tn\t0\t12\n"
                     "E2\tn\t#,##0.00\t1234.56\n"
                     "A3\ts\tGeneral\t'=1+1 某某商贸有限公司'\n"
                     "B3\ts\tGeneral\t'长期'\n");
  g_unlink (path);
}

static void
test_same_bytes (void)
{
  g_autofree char *path = g_build_filename (folder, "table.xlsx", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize length[2] = { 0, 0 };
  g_autoptr (GError) error = NULL;
  Rows rows = { 0, 50, FALSE, "张某" };

  write_rows (path, "台账", &rows, &error);
  g_assert_no_error (error);
  first = get_contents (path, &length[0]);
  g_usleep (1100000);
  rows.at = 0;
  write_rows (path, "台账", &rows, &error);
  g_assert_no_error (error);
  second = get_contents (path, &length[1]);
  g_assert_cmpmem (first, length[0], second, length[1]);
  g_unlink (path);
}

static void
test_names (void)
{
  static const char *const titles[] = {
    "a[b]c:d*e?f/g\\h",
    "'在办案件'",
    "一个比三十一个字还要长得多的台账名称用来试一试会不会被表格软件拒绝打开",
    "History&",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++) {
    g_autofree char *path = g_build_filename (folder, "table.xlsx", NULL);
    g_autofree char *out = NULL;
    g_autoptr (GError) error = NULL;
    Rows rows = { 0, 1, FALSE, "张某" };
    write_rows (path, titles[i], &rows, &error);
    g_assert_no_error (error);
    out = dump (path);
    g_assert_true (out == NULL || strstr (out, "'张某'") != NULL);
    g_unlink (path);
  }
}

/* Longer than a cell holds, and not quite UTF-8: something readable is written, nothing is lost
 * unseen. */
static void
test_odd_texts (void)
{
  g_autofree char *path = g_build_filename (folder, "table.xlsx", NULL);
  g_autofree char *out = NULL;
  g_autoptr (GString) text = g_string_new ("x\001\xff ");
  g_autoptr (GError) error = NULL;
  Rows rows = { 0, 1, FALSE, NULL };

  while (text->len < 4 * 40000)
    g_string_append (text, "卷");
  rows.text = text->str;
  write_rows (path, "长文", &rows, &error);
  g_assert_no_error (error);
  out = dump (path);
  g_assert_true (out == NULL || strstr (out, "卷…'") != NULL);
  g_unlink (path);
}

static void
test_failing_rows (void)
{
  g_autofree char *path = g_build_filename (folder, "table.xlsx", NULL);
  g_autofree char *left = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;
  Rows rows = { 0, 3, TRUE, "张某" };

  g_assert_true (g_file_set_contents (path, "earlier", -1, NULL));
  g_assert_false (write_rows (path, "台账", &rows, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INTR);
  left = get_contents (path, &length);
  g_assert_cmpmem (left, length, "earlier", 7);
  assert_n_files (1);
  g_unlink (path);
}

static void
test_no_folder (void)
{
  g_autofree char *path = g_build_filename (folder, "nowhere", "table.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  Rows rows = { 0, 1, FALSE, "张某" };

  g_assert_false (write_rows (path, "台账", &rows, &error));
  g_assert_error (error, JZ_XLSX_ERROR, JZ_XLSX_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, path));
}

/* Files may grow no further than this, so that the sheet is cut as on a full disk. */
static void
test_full_disk (void)
{
  g_autofree char *path = g_build_filename (folder, "table.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  struct rlimit limit = { 64 * 1024, 64 * 1024 };
  Rows rows = { 0, 5000, FALSE, "某某商贸有限公司" };

  if (g_test_subprocess ()) {
    signal (SIGXFSZ, SIG_IGN);
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
    g_assert_false (write_rows (path, "台账", &rows, &error));
    g_assert_error (error, JZ_XLSX_ERROR, JZ_XLSX_ERROR_WRITE);
    assert_n_files (0);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("jz-xlsx-XXXXXX", &error);
  g_assert_no_error (error);
  now = jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30);
  g_test_add_func ("/pages/xlsx/cells", test_cells);
  g_test_add_func ("/pages/xlsx/same-bytes", test_same_bytes);
  g_test_add_func ("/pages/xlsx/names", test_names);
  g_test_add_func ("/pages/xlsx/odd-texts", test_odd_texts);
  g_test_add_func ("/pages/xlsx/failing-rows", test_failing_rows);
  g_test_add_func ("/pages/xlsx/no-folder", test_no_folder);
  g_test_add_func ("/pages/xlsx/full-disk", test_full_disk);
  result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}
