/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/table_text.h"

#include <string.h>

static void
assert_rows (GPtrArray *rows, const char *expected)
{
  g_autoptr (GString) text = g_string_new (rows == NULL ? "no table" : NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    g_autofree char *row = g_strjoinv ("|", g_ptr_array_index (rows, i));
    g_string_append_printf (text, "%s%s", i > 0 ? "/" : "", row);
  }
  g_assert_cmpstr (text->str, ==, expected);
  g_clear_pointer (&rows, g_ptr_array_unref);
}

static void
test_text (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "no table" },
    { "一句话", "no table" },
    { "一句话\n两句话", "no table" },
    { "名称\t数量", "名称|数量" },
    { "名称\t数量\n水泥\t3\n", "名称|数量/水泥|3" },
    { "名称\t数量\r\n水泥\t3\r\n", "名称|数量/水泥|3" },
    { "水泥\t\n\t3", "水泥|/|3" },
    { "\"两\n行\"\t\"引\"\"号\"\"\"\n甲\t乙", "两 行|引\"号\"/甲|乙" },
    { "\"没有完\t乙", "\"没有完|乙" },
    { " 甲 \t　乙\xc2\xa0", "甲|乙" },
    { "\t\n\t", "no table" },
    { "甲\x01乙\t丙", "甲 乙|丙" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_rows (jz_table_text_read (cases[i].text), cases[i].expected);
}

static void
test_html (void)
{
  static const struct {
    const char *html;
    const char *expected;
  } cases[] = {
    { "", "no table" },
    { "<p>一句话</p>", "no table" },
    { "<table><tr><td>甲</table>", "no table" },
    { "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", "甲|乙/丙|丁" },
    { "<html><body><!--StartFragment--><table><thead><tr><th><b>名</b>称</th><th>数量</th></tr>"
      "</thead><tbody><tr><td><p>水泥</p></td><td>3</td></tr></tbody></table><!--EndFragment-->",
      "名称|数量/水泥|3" },
    { "<style>td{color:red}</style><table><tr><td>甲</td><td></td></tr></table>", "甲|" },
    { "<table><tr><td>甲&amp;乙</td><td>&lt;b&gt;</td></tr></table>", "甲&乙|<b>" },
    { "<table><tr><td>甲</td><td>乙</td></tr></table><table><tr><td>丙</td></tr></table>",
      "甲|乙" },
    { "<table><tr><td><table><tr><td>里</td></tr></table></td><td>外</td></tr></table>", "里|外" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_rows (jz_table_text_read_html (cases[i].html, strlen (cases[i].html)),
                 cases[i].expected);
}

/* Whatever comes from a clipboard: no crash, and never more than was said. */
static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  for (guint i = 0; i < 20000; i++)
    g_string_append (deep, "<table><tr><td>");
  GPtrArray *nested = jz_table_text_read_html (deep->str, deep->len);
  g_clear_pointer (&nested, g_ptr_array_unref);
  for (guint i = 0; i < 3000; i++)
    g_string_append (many, "甲\t乙\n");
  g_autoptr (GPtrArray) rows = jz_table_text_read (many->str);
  g_assert_cmpuint (rows->len, ==, JZ_TABLE_TEXT_MAX_ROWS);
  for (guint i = 0; i < 2000; i++) {
    char text[200];
    gsize length = (gsize)g_test_rand_int_range (0, 199);
    for (gsize j = 0; j < length; j++)
      text[j] = "<tdr/>\t\n\"a&;\xe7"[g_test_rand_int_range (0, 14)];
    text[length] = '\0';
    GPtrArray *html = jz_table_text_read_html (text, length);
    GPtrArray *plain = jz_table_text_read (text);
    g_clear_pointer (&html, g_ptr_array_unref);
    g_clear_pointer (&plain, g_ptr_array_unref);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/table-text/text", test_text);
  g_test_add_func ("/forms/table-text/html", test_html);
  g_test_add_func ("/forms/table-text/hostile", test_hostile);
  return g_test_run ();
}
