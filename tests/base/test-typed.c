/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/typed.h"

static const JzDate today = { 2026, 11, 21 };

static void
test_dates (void)
{
  static const struct {
    const char *text;
    const char *date; /* NULL: not read */
  } cases[] = {
    { "1121", "2026-11-21" },
    { "0302", "2026-03-02" },
    { "20261121", "2026-11-21" },
    { "２０２６１１２１", "2026-11-21" },
    { "2026-11-21", "2026-11-21" },
    { "2026/3/2", "2026-03-02" },
    { "2026.3.2", "2026-03-02" },
    { "3.2", "2026-03-02" },
    { "11月5日", "2026-11-05" },
    { "11月5号", "2026-11-05" },
    { " 2025年12月31日 ", "2025-12-31" },
    { "2025 年 12 月 31 日", "2025-12-31" },
    { "今天", "2026-11-21" },
    { "昨天", "2026-11-20" },
    { "Today", "2026-11-21" },
    { "+5", "2026-11-26" },
    { "＋５", "2026-11-26" },
    { "-21", "2026-10-31" },
    { "+0", "2026-11-21" },
    { "", NULL },
    { "21", NULL },
    { "1321", NULL },
    { "0230", NULL },
    { "20261", NULL },
    { "202611211", NULL },
    { "2026-02-29", NULL },
    { "11-", NULL },
    { "1-2-3-4", NULL },
    { "+", NULL },
    { "+-5", NULL },
    { "+99999", NULL },
    { "星期五", NULL },
    { "\xff", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzDate date = { 1900, 1, 1 };
    char text[JZ_DATE_SIZE];
    gboolean is_read = jz_typed_read_date (cases[i].text, today, &date);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (is_read, ==, cases[i].date != NULL);
    jz_date_format (date, text);
    g_assert_cmpstr (text, ==, cases[i].date != NULL ? cases[i].date : "1900-01-01");
  }
}

static void
test_instants (void)
{
  static const struct {
    const char *text;
    const char *instant;
  } cases[] = {
    { "1121 9:30", "2026-11-21T09:30:00.000+08:00" },
    { "9:30", "2026-11-21T09:30:00.000+08:00" },
    { "0930", "2026-11-21T09:30:00.000+08:00" },
    { "昨天 16点", "2026-11-20T16:00:00.000+08:00" },
    { "11月5日9时30分", "2026-11-05T09:30:00.000+08:00" },
    { "2026-11-05T09:30", "2026-11-05T09:30:00.000+08:00" },
    { "１１２１　９：３０", "2026-11-21T09:30:00.000+08:00" },
    { "24:00", NULL },
    { "9:60", NULL },
    { "9", NULL },
    { "", NULL },
    { "1321 9:30", NULL },
    { "9:30:00", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzInstant instant = 0;
    char text[JZ_INSTANT_SIZE];
    gboolean is_read = jz_typed_read_instant (cases[i].text, today, &instant);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (is_read, ==, cases[i].instant != NULL);
    if (!is_read)
      continue;
    jz_instant_format (instant, text);
    g_assert_cmpstr (text, ==, cases[i].instant);
  }
}

static void
test_amounts (void)
{
  static const struct {
    const char *text;
    gint64 amount_fen; /* -1: not read */
  } cases[] = {
    { "36000", 3600000 },
    { "36,000", 3600000 },
    { "36，000元", 3600000 },
    { "36000.5", 3600050 },
    { "３６０００", 3600000 },
    { "36 000 元整", 3600000 },
    { "￥36000", 3600000 },
    { "3.6万", 3600000 },
    { "3.6万元", 3600000 },
    { "0.05万", 50000 },
    { "5万元整", 5000000 },
    { "人民币500元", 50000 },
    { "0", 0 },
    { "", -1 },
    { "三万", -1 },
    { "3.60001万", -1 },
    { "3.万", -1 },
    { "万", -1 },
    { "-5", -1 },
    { "1,00", -1 },
    { "1.234", -1 },
    { "99999999999999999", -1 },
    { "9999999999万", G_GINT64_CONSTANT (9999999999000000) },
    { "99999999999万", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    gint64 amount_fen = -1;
    gboolean is_read = jz_typed_read_money (cases[i].text, &amount_fen);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (is_read, ==, cases[i].amount_fen >= 0);
    g_assert_cmpint (amount_fen, ==, cases[i].amount_fen);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/typed/dates", test_dates);
  g_test_add_func ("/base/typed/instants", test_instants);
  g_test_add_func ("/base/typed/amounts", test_amounts);
  return g_test_run ();
}
