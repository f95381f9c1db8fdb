/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/money.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

typedef void (*RowFunc) (char **cells);

/* Calls @check with each row of a table of rules.md §8.5; lines that begin with # are no rows. */
static void
for_each_row (const char *name, guint n_cells, guint n_rows, RowFunc check)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "domain", name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_seen = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_auto (GStrv) cells = NULL;
    if (**line == '\0' || **line == '#')
      continue;
    cells = g_strsplit (*line, "\t", -1);
    g_assert_cmpuint (g_strv_length (cells), ==, n_cells);
    check (cells);
    n_seen++;
  }
  g_assert_cmpuint (n_seen, ==, n_rows);
}

static gint64
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 amount_fen = -1;

  g_assert_true (jz_money_parse (text, &amount_fen, &error));
  g_assert_no_error (error);
  return amount_fen;
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    gint64 amount_fen;
  } cases[] = {
    { "0", 0 },
    { "0.0", 0 },
    { "0.05", 5 },
    { "0.5", 50 },
    { "5", 500 },
    { "1,409.50", 140950 },
    { "1409.5", 140950 },
    { "50000", 5000000 },
    { "999", 99900 },
    { "1,000", 100000 },
    { "12,345,678.90", 1234567890 },
    { "１，４０９．５０", 140950 },
    { "１409.５", 140950 },
    { "99,999,999,999,999.99", JZ_MONEY_MAX_FEN },
    { "99999999999999.99", JZ_MONEY_MAX_FEN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (parse (cases[i].text), ==, cases[i].amount_fen);
}

static void
test_parse_refusals (void)
{
  static const struct {
    const char *text;
    JzBaseError code;
  } cases[] = {
    { "", JZ_BASE_ERROR_SYNTAX },
    { ".", JZ_BASE_ERROR_SYNTAX },
    { ".5", JZ_BASE_ERROR_SYNTAX },
    { "5.", JZ_BASE_ERROR_SYNTAX },
    { "1.2.3", JZ_BASE_ERROR_SYNTAX },
    { "1.234", JZ_BASE_ERROR_SYNTAX },
    { "1.000", JZ_BASE_ERROR_SYNTAX },
    { "1.5,0", JZ_BASE_ERROR_SYNTAX },
    { "01", JZ_BASE_ERROR_SYNTAX },
    { "00", JZ_BASE_ERROR_SYNTAX },
    { "0,123", JZ_BASE_ERROR_SYNTAX },
    { "000,123", JZ_BASE_ERROR_SYNTAX },
    { "1,23", JZ_BASE_ERROR_SYNTAX },
    { "12,34.50", JZ_BASE_ERROR_SYNTAX },
    { "1234,567", JZ_BASE_ERROR_SYNTAX },
    { "1,234567", JZ_BASE_ERROR_SYNTAX },
    { "1,,234", JZ_BASE_ERROR_SYNTAX },
    { ",234", JZ_BASE_ERROR_SYNTAX },
    { "1,234,", JZ_BASE_ERROR_SYNTAX },
    { "1,2345", JZ_BASE_ERROR_SYNTAX },
    { "+5", JZ_BASE_ERROR_SYNTAX },
    { "-5", JZ_BASE_ERROR_RANGE },
    { "－5", JZ_BASE_ERROR_RANGE },
    { " 5", JZ_BASE_ERROR_SYNTAX },
    { "5 ", JZ_BASE_ERROR_SYNTAX },
    { "5元", JZ_BASE_ERROR_SYNTAX },
    { "¥5", JZ_BASE_ERROR_SYNTAX },
    { "1e3", JZ_BASE_ERROR_SYNTAX },
    { "0x5", JZ_BASE_ERROR_SYNTAX },
    { "五", JZ_BASE_ERROR_SYNTAX },
    { "5\xff", JZ_BASE_ERROR_SYNTAX },
    { "100,000,000,000,000", JZ_BASE_ERROR_RANGE },
    { "100000000000000.00", JZ_BASE_ERROR_RANGE },
    { "99999999999999999999999999999999999999999", JZ_BASE_ERROR_RANGE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gint64 amount_fen = 77;
    if (jz_money_parse (cases[i].text, &amount_fen, &error))
      g_error ("“%s” was read", cases[i].text);
    g_assert_error (error, JZ_BASE_ERROR, (int)cases[i].code);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpint (amount_fen, ==, 77);
  }
}

static void
test_format (void)
{
  static const struct {
    gint64 amount_fen;
    const char *text;
  } cases[] = {
    { 0, "0.00" },
    { 5, "0.05" },
    { 50, "0.50" },
    { 99999, "999.99" },
    { 100000, "1,000.00" },
    { 140950, "1,409.50" },
    { 99999999, "999,999.99" },
    { 100000000, "1,000,000.00" },
    { JZ_MONEY_MAX_FEN, "99,999,999,999,999.99" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = jz_money_format (cases[i].amount_fen);
    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* Amounts of every length, with many zeros: there the rules are. */
static gint64
make_amount (GRand *rand)
{
  int n_digits = g_rand_int_range (rand, 1, 17);
  gint64 amount_fen = 0;

  for (int i = 0; i < n_digits; i++)
    amount_fen = amount_fen * 10 + (g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, 0, 10));
  return amount_fen;
}

static void
check_capitals_row (char **cells)
{
  gint64 amount_fen = parse (cells[1]);
  g_autofree char *figures = jz_money_format (amount_fen);
  g_autofree char *capitals = jz_money_to_capitals (amount_fen);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (figures, ==, cells[1]);
  g_assert_cmpstr (capitals, ==, cells[2]);
  for (int i = 2; i < 4; i++) {
    gint64 read_fen = -1;
    if (strcmp (cells[i], "-") == 0)
      continue;
    g_assert_true (jz_money_check_capitals (cells[i], amount_fen));
    g_assert_false (jz_money_check_capitals (cells[i], amount_fen + 1));
    g_assert_true (jz_money_parse_capitals (cells[i], &read_fen, &error));
    g_assert_no_error (error);
    g_assert_cmpint (read_fen, ==, amount_fen);
  }
}

static void
test_capitals_vectors (void)
{
  for_each_row ("capitals-vectors.tsv", 4, 16, check_capitals_row);
}

/* What the table of the rules does not show: every choice of CA-2 and CA-4, alone and together, and
 * the groups above 亿. The first form is the one that we write. */
static void
test_capitals_forms (void)
{
  static const struct {
    gint64 amount_fen;
    const char *forms[5];
  } cases[] = {
    { 1000, { "人民币壹拾元整", "人民币壹拾元正" } },
    { 10, { "人民币壹角", "人民币壹角整", "人民币壹角正" } },
    { 55, { "人民币伍角伍分" } },
    { 105, { "人民币壹元零伍分" } },
    { 1050,
      { "人民币壹拾元零伍角", "人民币壹拾元伍角", "人民币壹拾元零伍角整", "人民币壹拾元伍角正" } },
    { 1000050, { "人民币壹万元零伍角", "人民币壹万元伍角" } },
    { 10700053,
      { "人民币壹拾万柒仟元零伍角叁分", "人民币壹拾万零柒仟元零伍角叁分",
        "人民币壹拾万柒仟元伍角叁分", "人民币壹拾万零柒仟元伍角叁分" } },
    { 1010100, { "人民币壹万零壹佰零壹元整" } },
    { 10001000, { "人民币壹拾万零壹拾元整" } },
    { 10000123400, { "人民币壹亿零壹仟贰佰叁拾肆元整", "人民币壹亿壹仟贰佰叁拾肆元整" } },
    { 10000001200, { "人民币壹亿零壹拾贰元整" } },
    { 100010000000, { "人民币壹拾亿零壹拾万元整" } },
    { 101000000000, { "人民币壹拾亿壹仟万元整", "人民币壹拾亿零壹仟万元整" } },
    { 100000000000000, { "人民币壹万亿元整" } },
    { 100000000000100, { "人民币壹万亿零壹元整" } },
    { 100050000000000, { "人民币壹万零伍亿元整" } },
    { 1234500000000000, { "人民币壹拾贰万叁仟肆佰伍拾亿元整" } },
    { 1000100000000005, { "人民币壹拾万零壹拾亿元零伍分" } },
    { JZ_MONEY_MAX_FEN,
      { "人民币玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *capitals = jz_money_to_capitals (cases[i].amount_fen);
    g_assert_cmpstr (capitals, ==, cases[i].forms[0]);
    for (gsize k = 0; k < G_N_ELEMENTS (cases[i].forms) && cases[i].forms[k] != NULL; k++) {
      gint64 read_fen = -1;
      g_assert_true (jz_money_check_capitals (cases[i].forms[k], cases[i].amount_fen));
      g_assert_true (jz_money_parse_capitals (cases[i].forms[k], &read_fen, NULL));
      g_assert_cmpint (read_fen, ==, cases[i].amount_fen);
    }
  }
}

static void
test_capitals_refusals (void)
{
  static const char *const cases[] = {
    "",
    "人民币",
    "人民币元整",
    "人民币整",
    "人民币零",
    "人民币零元",
    "人民币零角",
    "人民币零元零角零分",
    "伍元整",
    "人民币 伍元整",
    "人民币伍元整 ",
    "人民币伍元",
    "人民币伍圆整",
    "人民币5元整",
    "人民币五元整",
    "人民币拾元整",
    "人民币壹拾零元整",
    "人民币零伍元整",
    "人民币零元伍角",
    "人民币伍分整",
    "人民币伍元伍分",
    "人民币伍元零伍角",
    "人民币伍元整整",
    "人民币伍元整正",
    "人民币伍整元",
    "人民币伍角伍元",
    "人民币壹佰伍元整",
    "人民币壹佰零零伍元整",
    "人民币壹佰零伍拾元整",
    "人民币壹拾壹佰元整",
    "人民币壹拾壹拾元整",
    "人民币壹壹元整",
    "人民币壹拾壹零元整",
    "人民币壹万伍元整",
    "人民币壹万零万元整",
    "人民币壹亿万元整",
    "人民币壹亿零万元整",
    "人民币壹亿亿元整",
    "人民币壹万万元整",
    "人民币壹佰万亿元整",
    "人民币玖仟玖佰玖拾玖万亿元整",
    "人民币壹亿壹亿壹亿元整",
    "人民币伍元整人民币伍元整",
    "人民币伍元\xff",
    "人民币伍元整\xe6",
    "港币伍元整",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gint64 amount_fen = 77;
    if (jz_money_parse_capitals (cases[i], &amount_fen, &error))
      g_error ("“%s” was read", cases[i]);
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpint (amount_fen, ==, 77);
    g_assert_false (jz_money_check_capitals (cases[i], 500));
  }
}

/* Sums that would leave 64 bits if nothing held them. */
static void
test_capitals_overflow (void)
{
  static const char *const units[] = { "仟", "万", "亿", "元", "万亿" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (JZ_MONEY_PREFIX);
    gint64 amount_fen = 77;
    for (int n = 0; n < 150000; n++)
      g_string_append_printf (text, "玖%s", units[i]);
    g_string_append (text, "亿元整");
    g_assert_false (jz_money_parse_capitals (text->str, &amount_fen, NULL));
    g_assert_cmpint (amount_fen, ==, 77);
  }
}

static void
test_round_trips (void)
{
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 50000; round++) {
    gint64 amount_fen = make_amount (rand);
    gint64 other_fen = make_amount (rand);
    gint64 read_fen = -1;
    g_autofree char *figures = jz_money_format (amount_fen);
    g_autofree char *capitals = jz_money_to_capitals (amount_fen);
    g_assert_cmpint (parse (figures), ==, amount_fen);
    g_assert_true (jz_money_parse_capitals (capitals, &read_fen, NULL));
    g_assert_cmpint (read_fen, ==, amount_fen);
    g_assert_true (jz_money_check_capitals (capitals, amount_fen));
    g_assert_true (jz_money_check_capitals (capitals, other_fen) == (other_fen == amount_fen));
    g_assert_null (strstr (capitals, "零零"));
  }
}

/* Whatever signs are put together: what is read is an amount of which they are a form. */
static void
test_random_capitals (void)
{
  static const char *const signs[] = { "零", "壹", "贰", "玖", "拾", "佰", "仟", "万", "亿",
                                       "元", "角", "分", "整", "正", "元", "零", "万" };
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_read = 0;

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 200000; round++) {
    g_autoptr (GString) text = g_string_new (JZ_MONEY_PREFIX);
    gint64 amount_fen = -1;
    for (int n = g_rand_int_range (rand, 1, 9); n > 0; n--)
      g_string_append (text, signs[g_rand_int_range (rand, 0, G_N_ELEMENTS (signs))]);
    if (!jz_money_parse_capitals (text->str, &amount_fen, NULL))
      continue;
    n_read++;
    g_assert_true (jz_money_is_valid (amount_fen));
    g_assert_true (jz_money_check_capitals (text->str, amount_fen));
  }
  g_assert_cmpuint (n_read, >, 0);
}

static void
check_surcharge_row (char **cells)
{
  gint64 surcharge_fen =
    jz_money_get_surcharge (parse (cells[0]), atoi (cells[1]), atoi (cells[2]), atoi (cells[3]));
  g_assert_cmpint (surcharge_fen, ==, parse (cells[4]));
}

static void
test_surcharge (void)
{
  for_each_row ("surcharge-vectors.tsv", 5, 6, check_surcharge_row);
  g_assert_cmpint (jz_money_get_surcharge (500000, 300, 0, 100), ==, 0);
  g_assert_cmpint (jz_money_get_surcharge (0, 300, 10, 100), ==, 0);
  g_assert_cmpint (jz_money_get_surcharge (500000, 0, 10, 100), ==, 0);
  g_assert_cmpint (jz_money_get_surcharge (500000, 300, 10, 0), ==, 0);
  g_assert_cmpint (jz_money_get_surcharge (500000, 5, 20, 100), ==, 5000);
  g_assert_cmpint (jz_money_get_surcharge (500000, 300, 10, 25), ==, 125000);
  /* 0.5 fen is rounded up, less is not */
  g_assert_cmpint (jz_money_get_surcharge (50, 100, 1, 100), ==, 1);
  g_assert_cmpint (jz_money_get_surcharge (49, 100, 1, 100), ==, 0);
  g_assert_cmpint (jz_money_get_surcharge (33333, 300, 33, 100), ==, 33000);
  g_assert_cmpint (jz_money_get_surcharge (33333, 300, 34, 100), ==, 33333);
  g_assert_cmpint (jz_money_get_surcharge (JZ_MONEY_MAX_FEN, 10000, G_MAXINT, 100), ==,
                   JZ_MONEY_MAX_FEN);
  g_assert_cmpint (jz_money_get_surcharge (JZ_MONEY_MAX_FEN, 1, 5000, 100), ==,
                   JZ_MONEY_MAX_FEN / 2 + 1);
}

/* It never falls, never passes the cap, and is within half a fen of the exact product. */
static void
test_surcharge_random (void)
{
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 20000; round++) {
    gint64 fine_fen = make_amount (rand) % 100000000000;
    int rate = g_rand_int_range (rand, 0, 1001);
    int n_days = g_rand_int_range (rand, 0, 60);
    gint64 surcharge_fen = jz_money_get_surcharge (fine_fen, rate, n_days, 100);
    gint64 exact = fine_fen * rate * n_days;
    g_assert_cmpint (surcharge_fen, <=, fine_fen);
    g_assert_cmpint (surcharge_fen, <=, jz_money_get_surcharge (fine_fen, rate, n_days + 1, 100));
    if (rate * n_days <= 10000)
      g_assert_cmpint (ABS (2 * (surcharge_fen * 10000 - exact)), <=, 10000);
    else
      g_assert_cmpint (surcharge_fen, ==, fine_fen);
  }
}

static void
test_mistakes (void)
{
  static const gint64 invalid[] = { -1, JZ_MONEY_MAX_FEN + 1, G_MININT64, G_MAXINT64 };

  g_assert_true (jz_money_is_valid (0));
  g_assert_true (jz_money_is_valid (JZ_MONEY_MAX_FEN));
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++) {
    g_assert_false (jz_money_is_valid (invalid[i]));
    g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*jz_money_is_valid*failed*");
    g_assert_null (jz_money_format (invalid[i]));
    g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*jz_money_is_valid*failed*");
    g_assert_null (jz_money_to_capitals (invalid[i]));
  }
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*n_days*failed*");
  g_assert_cmpint (jz_money_get_surcharge (100, 300, -1, 100), ==, 0);
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/parse-refusals", test_parse_refusals);
  g_test_add_func ("/base/money/format", test_format);
  g_test_add_func ("/base/money/capitals-vectors", test_capitals_vectors);
  g_test_add_func ("/base/money/capitals-forms", test_capitals_forms);
  g_test_add_func ("/base/money/capitals-refusals", test_capitals_refusals);
  g_test_add_func ("/base/money/capitals-overflow", test_capitals_overflow);
  g_test_add_func ("/base/money/round-trips", test_round_trips);
  g_test_add_func ("/base/money/random-capitals", test_random_capitals);
  g_test_add_func ("/base/money/surcharge", test_surcharge);
  g_test_add_func ("/base/money/surcharge-random", test_surcharge_random);
  g_test_add_func ("/base/money/mistakes", test_mistakes);
  return g_test_run ();
}
