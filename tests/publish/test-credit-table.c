/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle-fixture.h"

#include <string.h>

#include "base/error.h"
#include "publish/credit_table.h"

/* The upload table of penalties: what stands in its cells, and what the platform would not take. */

typedef struct {
  TestBundle bundle;
  JzCreditTable *table;
  GPtrArray *rows;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_bundle_init (&self->bundle, FALSE);
  self->table = jz_credit_table_load_shipped (&error);
  g_assert_no_error (error);
  self->rows = jz_credit_table_fill (self->table, self->bundle.contents);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_ptr_array_unref (self->rows);
  jz_credit_table_free (self->table);
  test_bundle_clear (&self->bundle);
}

static const char *
get (Fixture *self, guint row, const char *code)
{
  for (guint i = 0; i < jz_credit_table_get_n_columns (self->table); i++)
    if (strcmp (jz_credit_table_get_code (self->table, i), code) == 0)
      return ((char **)g_ptr_array_index (self->rows, row))[i];
  g_error ("no %s", code);
}

/* The order of the standard is that of the file; a platform goes by it. */
static void
test_columns (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (jz_credit_table_get_n_columns (self->table), ==, 30);
  g_assert_cmpstr (jz_credit_table_get_code (self->table, 0), ==, "CF_XDR_MC");
  g_assert_cmpstr (jz_credit_table_get_code (self->table, 13), ==, "CF_WSH");
  g_assert_cmpstr (jz_credit_table_get_code (self->table, 29), ==, "BZ");
  g_assert_cmpuint (self->rows->len, ==, 4); /* that of no penalty is not among them */
}

static const struct {
  guint row;
  const char *code;
  const char *cell;
} cells[] = {
  { 0, "CF_XDR_MC", "某某商贸有限公司" },
  { 0, "CF_XDR_LB", "法人及非法人组织" },
  { 0, "CF_XDR_SHXYM", "91110000MA01ABCD52" },
  { 0, "CF_FRDB", "张某" },
  { 0, "CF_CFLB", "罚款;没收违法所得、没收非法财物" },
  { 0, "CF_NR_FK", "0.300000" },
  { 0, "CF_NR_WFFF", "0.012345" },
  { 0, "CF_JDRQ", "2026/02/10" },
  { 0, "CF_YXQ", "2099/12/31" },
  { 0, "CF_GSJZQ", "2027/02/10" },
  { 0, "CF_CFJG", "某某县城市管理局" },
  { 0, "CF_SJLY", "某某县城市管理局" },
  { 1, "CF_XDR_LB", "自然人" },
  { 1, "CF_XDR_ZJHM", "" },
  { 1, "CF_CFLB", "警告;其他-通报批评" },
  { 1, "CF_NR_FK", "" },
  { 3, "CF_XDR_LB", "个体工商户" },
  { 3, "CF_NR_FK", "0.000100" },
};

static void
test_cells (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
    g_test_message ("%u %s", cells[i].row, cells[i].code);
    g_assert_cmpstr (get (self, cells[i].row, cells[i].code), ==, cells[i].cell);
  }
}

static gboolean
is_found (const JzJson *found, guint item, const char *column)
{
  g_autofree char *id = g_strdup_printf (TEST_BUNDLE_STORE "-%u-1", 101 + item);

  for (guint i = 0; i < jz_json_get_n_items (found); i++) {
    const JzJson *row = jz_json_get_item (found, i);
    if (strcmp (jz_json_get_member_text (row, "id"), id) == 0 &&
        strcmp (jz_json_get_member_text (row, "column"), column) == 0)
      return TRUE;
  }
  return FALSE;
}

static const struct {
  guint item;
  const char *column;
  gboolean is;
} deviations[] = {
  { 0, "CF_XDR_MC", FALSE },    { 0, "CF_XDR_SHXYM", FALSE },
  { 0, "CF_NR_FK", FALSE },     { 0, "CF_CFJGDM", TRUE }, /* no valid code of an organ */
  { 1, "CF_XDR_SHXYM", FALSE },                           /* a person has none */
  { 1, "CF_XDR_ZJHM", FALSE },                            /* not for the public */
  { 2, "CF_XDR_SHXYM", TRUE },                            /* its check digit is wrong */
  { 2, "CF_FRDB", TRUE },                                 /* an organisation has one */
  { 2, "CF_NR_FK", TRUE },                                /* a fine of nothing */
  { 2, "CF_JDRQ", TRUE },                                 /* decided after it was released */
  { 3, "CF_NR_FK", FALSE },     { 3, "CF_FRDB", FALSE },
};

static void
test_deviations (Fixture *self, gconstpointer data)
{
  g_autoptr (JzJson) found = jz_credit_table_check (self->table, self->bundle.contents, self->rows);

  for (gsize i = 0; i < G_N_ELEMENTS (deviations); i++) {
    g_test_message ("%u %s", deviations[i].item, deviations[i].column);
    g_assert_cmpint (is_found (found, deviations[i].item, deviations[i].column), ==,
                     deviations[i].is);
  }
}

static void
test_twice (Fixture *self, gconstpointer data)
{
  JzBundleItem *first = g_ptr_array_index (self->bundle.contents->items, 0);
  JzBundleItem *second = g_ptr_array_index (self->bundle.contents->items, 1);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JzJson) found = NULL;

  g_clear_pointer (&second->fields, jz_json_unref);
  second->fields = jz_json_copy (first->fields);
  rows = jz_credit_table_fill (self->table, self->bundle.contents);
  found = jz_credit_table_check (self->table, self->bundle.contents, rows);
  g_assert_true (is_found (found, 0, "CF_WSH"));
  g_assert_true (is_found (found, 1, "CF_WSH"));
  g_assert_false (is_found (found, 2, "CF_WSH"));
}

static void
test_book (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->bundle.folder, "t.xlsx", NULL);
  g_autoptr (GBytes) book =
    jz_credit_table_write (self->table, self->bundle.contents, self->rows, 1772415015250, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (book, NULL),
                                      (gssize)g_bytes_get_size (book), NULL));
  g_assert_true (
    test_run (self->bundle.folder,
              "/usr/bin/python3 -c \"import openpyxl; s = openpyxl.load_workbook('t.xlsx').active; "
              "rows = list(s.values); assert len(rows) == 5 and len(rows[0]) == 30; "
              "assert rows[0][0] == '行政相对人名称' and rows[1][0] == '某某商贸有限公司'; "
              "assert rows[1][19] == '0.300000' and rows[1][22] == '2026/02/10'; "
              "assert not any(c.data_type == 'f' for r in s.rows for c in r)\""));
}

static const char *const wrong_tables[] = {
  "<public-table id='x' forms='y'><title>t</title></public-table>",
  "<public-table id='x' forms='y'><title>t</title><column code='A' type='text' length='0'>"
  "<name>n</name></column></public-table>",
  "<public-table id='x' forms='y'><title>t</title><column code='A' type='number' length='1'>"
  "<name>n</name></column></public-table>",
  "<public-table id='x' forms='y'><title>t</title><column code='A' type='text' length='1' "
  "need='when' when='B' is='c'><name>n</name></column></public-table>",
  "<public-table id='x' forms='y'><title>t</title><column code='A' type='text' length='1'>"
  "<name>n</name></column><check column='B' is='code'/></public-table>",
  "<public-table id='x' forms='y'><title>t</title><column code='A' type='text' length='1'>"
  "<name>n</name></column><check column='A' is='after' other='B'/></public-table>",
  "not XML",
};

static void
test_wrong_tables (Fixture *self, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_tables); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (wrong_tables[i], strlen (wrong_tables[i]));
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_credit_table_load (bytes, "t.xml", &error));
    g_assert_nonnull (error);
    g_assert_true (error->domain == JZ_BASE_ERROR);
    g_assert_nonnull (strstr (error->message, "t.xml"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/credit-table/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("columns", test_columns);
  ADD ("cells", test_cells);
  ADD ("deviations", test_deviations);
  ADD ("twice", test_twice);
  ADD ("book", test_book);
  ADD ("wrong-tables", test_wrong_tables);
  return g_test_run ();
}
