/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/table.h"

/* A table as it is put together by a reader. */

static void
test_cells (void)
{
  g_autoptr (JzTable) table = jz_table_new ("名单");

  jz_table_add_row (table, 2);
  jz_table_add_text (table, 0, "  张某 ", FALSE);
  jz_table_add_text (table, 3, "110101199003070000", TRUE);
  jz_table_add_row (table, 5);
  jz_table_add_text (table, 1, " \n ", FALSE);
  jz_table_drop_empty_row (table);
  jz_table_add_row (table, 9);
  jz_table_add_text (table, 1, "李某", FALSE);
  jz_table_drop_empty_row (table);
  g_assert_cmpstr (jz_table_get_name (table), ==, "名单");
  g_assert_cmpuint (jz_table_get_n_rows (table), ==, 2);
  g_assert_cmpuint (jz_table_get_n_columns (table), ==, 4);
  g_assert_cmpuint (jz_table_get_line (table, 1), ==, 9);
  g_assert_cmpstr (jz_table_get_text (table, 0, 0), ==, "张某");
  g_assert_cmpstr (jz_table_get_text (table, 0, 1), ==, "");
  g_assert_cmpstr (jz_table_get_text (table, 1, 0), ==, "");
  g_assert_cmpstr (jz_table_get_text (table, 1, 1), ==, "李某");
  g_assert_true (jz_table_is_rounded (table, 0, 3));
  g_assert_false (jz_table_is_rounded (table, 0, 0));
  g_assert_false (jz_table_is_rounded (table, 1, 3));
}

static void
test_column_names (void)
{
  static const struct {
    guint column;
    const char *name;
  } names[] = {
    { 0, "A" },   { 25, "Z" },   { 26, "AA" },   { 51, "AZ" },
    { 52, "BA" }, { 701, "ZZ" }, { 702, "AAA" }, { 16383, "XFD" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    char text[JZ_COLUMN_NAME_SIZE];
    jz_column_format (names[i].column, text);
    g_assert_cmpstr (text, ==, names[i].name);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/table/cells", test_cells);
  g_test_add_func ("/base/table/column-names", test_column_names);
  return g_test_run ();
}
