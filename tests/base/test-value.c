/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/record.h"
#include "base/value.h"

#include <string.h>

static const JzDate day = { .year = 2026, .month = 3, .day = 2 };

static void
test_getters (void)
{
  g_autoptr (JzValue) truth = jz_value_new_bool (7);
  g_autoptr (JzValue) number = jz_value_new_int (G_MININT64);
  g_autoptr (JzValue) amount = jz_value_new_money (-5);
  g_autoptr (JzValue) date = jz_value_new_date (day);
  g_autoptr (JzValue) instant = jz_value_new_instant (1);
  g_autoptr (JzValue) text = jz_value_new_text ("张某");
  g_autoptr (JzValue) choice = jz_value_new_choice ("citizen");

  g_assert_cmpint (jz_value_get_bool (truth), ==, TRUE);
  g_assert_cmpint (jz_value_get_int (number), ==, G_MININT64);
  g_assert_cmpint (jz_value_get_money (amount), ==, -5);
  g_assert_cmpint (jz_date_compare (jz_value_get_date (date), day), ==, 0);
  g_assert_cmpint (jz_value_get_instant (instant), ==, 1);
  g_assert_cmpstr (jz_value_get_text (text), ==, "张某");
  g_assert_cmpstr (jz_value_get_text (choice), ==, "citizen");
  g_assert_cmpint (jz_value_get_kind (choice), ==, JZ_VALUE_CHOICE);
}

static void
test_to_text (void)
{
  JzInstant morning = jz_instant_from_date (day, 9, 30);
  struct {
    JzValue *value;
    const char *text;
  } rows[] = {
    { jz_value_new_bool (TRUE), "true" },
    { jz_value_new_bool (FALSE), "false" },
    { jz_value_new_int (0), "0" },
    { jz_value_new_int (G_MININT64), "-9223372036854775808" },
    { jz_value_new_money (0), "0 yuan" },
    { jz_value_new_money (1), "1 fen" },
    { jz_value_new_money (20000), "200 yuan" },
    { jz_value_new_money (-150), "-150 fen" },
    { jz_value_new_money (-100), "-1 yuan" },
    { jz_value_new_money (G_MAXINT64), "9223372036854775807 fen" },
    { jz_value_new_money (G_MININT64), "-9223372036854775808 fen" },
    { jz_value_new_date (day), "2026-03-02" },
    { jz_value_new_instant (morning), "2026-03-02T09:30" },
    { jz_value_new_instant (morning + 1), "2026-03-02T09:30:00.001+08:00" },
    { jz_value_new_instant (0), "1970-01-01T08:00" },
    { jz_value_new_instant (-60000), "1970-01-01T07:59" },
    { jz_value_new_text (""), "''" },
    { jz_value_new_text ("'"), "''''" },
    { jz_value_new_text ("某某'商贸"), "'某某''商贸'" },
    { jz_value_new_choice ("公民"), "'公民'" },
    { jz_value_new_list (), "0 entries" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzValue) value = rows[i].value;
    g_autofree char *text = jz_value_to_text (value);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

/* Each row is smaller, smaller, ... than the next of the same kind. */
static void
test_compare (void)
{
  JzValue *rows[][3] = {
    { jz_value_new_bool (FALSE), jz_value_new_bool (TRUE), NULL },
    { jz_value_new_int (G_MININT64), jz_value_new_int (0), jz_value_new_int (G_MAXINT64) },
    { jz_value_new_money (G_MININT64), jz_value_new_money (1), jz_value_new_money (G_MAXINT64) },
    { jz_value_new_date ((JzDate){ 1900, 1, 1 }), jz_value_new_date ((JzDate){ 2026, 1, 31 }),
      jz_value_new_date (day) },
    { jz_value_new_instant (-1), jz_value_new_instant (0), jz_value_new_instant (1) },
    { jz_value_new_text (""), jz_value_new_text ("a"), jz_value_new_choice ("张") },
    { jz_value_new_choice ("a"), jz_value_new_text ("ab"), jz_value_new_choice ("b") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (guint a = 0; a < 3; a++) {
      for (guint b = 0; b < 3; b++) {
        if (rows[i][a] == NULL || rows[i][b] == NULL)
          continue;
        int order = jz_value_compare (rows[i][a], rows[i][b]);
        g_assert_cmpint ((order > 0) - (order < 0), ==, (a > b) - (a < b));
      }
    }
    for (guint a = 0; a < 3; a++)
      g_clear_pointer (&rows[i][a], jz_value_unref);
  }
}

static void
test_references (void)
{
  JzValue *value = jz_value_new_text ("张某");
  JzValue *second = jz_value_ref (value);

  g_assert_true (second == value);
  jz_value_unref (value);
  g_assert_cmpstr (jz_value_get_text (second), ==, "张某");
  jz_value_unref (second);
}

static void
test_list (void)
{
  g_autoptr (JzValue) list = jz_value_new_list ();
  JzRecord *first = jz_record_new ();
  JzRecord *second = jz_record_new ();
  const JzValue *found = NULL;

  jz_record_set (first, "n", jz_value_new_int (1));
  jz_record_set (second, "n", jz_value_new_int (2));
  jz_value_append (list, first);
  jz_value_append (list, second);
  g_autofree char *text = jz_value_to_text (list);

  g_assert_cmpuint (jz_value_get_n_records (list), ==, 2);
  g_assert_cmpstr (text, ==, "2 entries");
  g_assert_cmpint (jz_record_get (jz_value_get_record (list, 1), "n", &found), ==, JZ_FACT_PRESENT);
  g_assert_cmpint (jz_value_get_int (found), ==, 2);
}

/* The last thing said about a field holds, and nothing is written where there is no value. */
static void
test_record (void)
{
  g_autoptr (JzRecord) record = jz_record_new ();
  const JzValue *found = NULL;

  g_assert_cmpint (jz_record_get (record, "phone", &found), ==, JZ_FACT_UNKNOWN);
  jz_record_set_absent (record, "phone");
  g_assert_cmpint (jz_record_get (record, "phone", &found), ==, JZ_FACT_ABSENT);
  g_assert_null (found);
  jz_record_set (record, "phone", jz_value_new_text ("1"));
  jz_record_set (record, "phone", jz_value_new_text ("2"));
  g_assert_cmpint (jz_record_get (record, "phone", &found), ==, JZ_FACT_PRESENT);
  g_assert_cmpstr (jz_value_get_text (found), ==, "2");
  jz_record_set_absent (record, "phone");
  g_assert_cmpint (jz_record_get (record, "phone", &found), ==, JZ_FACT_ABSENT);
  g_assert_cmpint (jz_record_get (record, "name", &found), ==, JZ_FACT_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/value/getters", test_getters);
  g_test_add_func ("/base/value/to-text", test_to_text);
  g_test_add_func ("/base/value/compare", test_compare);
  g_test_add_func ("/base/value/references", test_references);
  g_test_add_func ("/base/value/list", test_list);
  g_test_add_func ("/base/value/record", test_record);

  return g_test_run ();
}
