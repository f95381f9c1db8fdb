/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/identity_code.h"

#include <string.h>

#define USCC_SIGNS "0123456789ABCDEFGHJKLMNPQRTUWXY"
#define NUMBER_SIGNS "0123456789X"

static const JzDate today = { 2026, 3, 2 };

/* What the code of a vector breaks, and what the sentence has to say; the table itself says it in
 * prose only. */
typedef struct {
  const char *id;
  JzIdentityVerdict verdict;
  const char *rule;
  const char *says;
} Expected;

typedef void (*RowFunc) (char **cells, const Expected *expected);

/* Calls @check with each row of a table of rules.md §8; lines that begin with # are no rows. */
static void
for_each_row (const char *name, const Expected *expected, guint n_rows, RowFunc check)
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
    g_assert_cmpuint (g_strv_length (cells), ==, 4);
    g_assert_cmpuint (n_seen, <, n_rows);
    g_assert_cmpstr (cells[0], ==, expected[n_seen].id);
    check (cells, &expected[n_seen]);
    n_seen++;
  }
  g_assert_cmpuint (n_seen, ==, n_rows);
}

static void
assert_found (const JzIdentityCode *found,
              JzIdentityVerdict verdict,
              const char *rule,
              const char *says)
{
  g_assert_cmpint (found->verdict, ==, verdict);
  g_assert_cmpstr (found->rule, ==, rule);
  g_assert_true ((found->sentence == NULL) == (verdict == JZ_IDENTITY_VALID));
  if (says != NULL && strstr (found->sentence, says) == NULL)
    g_error ("“%s” does not say “%s”", found->sentence, says);
}

/* The verdict that the words of the table allow. */
static gboolean
allows (const char *result, JzIdentityVerdict verdict)
{
  static const char *const words[] = { "valid", "warn", "error" };
  if (verdict == JZ_IDENTITY_VALID)
    return strcmp (result, "valid") == 0;
  return strstr (result, words[verdict]) != NULL;
}

static void
check_uscc_row (char **cells, const Expected *expected)
{
  g_autoptr (JzIdentityCode) found = jz_identity_code_check_uscc (cells[1]);
  g_assert_true (allows (cells[2], found->verdict));
  assert_found (found, expected->verdict, expected->rule, expected->says);
  g_assert_cmpstr (found->code, ==, cells[1]);
}

static void
test_uscc_vectors (void)
{
  static const Expected expected[] = {
    { "UV-1", JZ_IDENTITY_VALID, NULL, NULL },
    { "UV-2", JZ_IDENTITY_VALID, NULL, NULL },
    { "UV-3", JZ_IDENTITY_VALID, NULL, NULL },
    { "UV-4", JZ_IDENTITY_VALID, NULL, NULL },
    { "UV-5", JZ_IDENTITY_VALID, NULL, NULL },
    { "UV-6", JZ_IDENTITY_ERROR, "ID-U3", "should be C, not D" },
    { "UV-7", JZ_IDENTITY_ERROR, "ID-U1", "character 16 is “I”" },
    { "UV-8", JZ_IDENTITY_ERROR, "ID-U3", "should be 8, not C" },
    { "UV-9", JZ_IDENTITY_WARNING, "ID-U4", "end in 3, not 4" },
  };
  for_each_row ("uscc-vectors.tsv", expected, G_N_ELEMENTS (expected), check_uscc_row);
}

static void
check_resident_row (char **cells, const Expected *expected)
{
  g_autoptr (JzIdentityCode) found = jz_identity_code_check_resident (cells[1], today, FALSE);
  g_assert_true (allows (cells[2], found->verdict));
  assert_found (found, expected->verdict, expected->rule, expected->says);
  g_assert_cmpstr (found->code, ==, cells[1]);
}

static void
test_resident_vectors (void)
{
  static const Expected expected[] = {
    { "RV-1", JZ_IDENTITY_VALID, NULL, NULL },
    { "RV-2", JZ_IDENTITY_WARNING, "ID-R2", "18800101" },
    { "RV-3", JZ_IDENTITY_ERROR, "ID-R1", "should be X, not 9" },
    { "RV-4", JZ_IDENTITY_ERROR, "ID-R2", "19900230" },
    { "RV-5", JZ_IDENTITY_ERROR, "ID-R2", "19000229" },
    { "RV-6", JZ_IDENTITY_WARNING, "ID-D1", "990001" },
    { "RV-7", JZ_IDENTITY_ERROR, "ID-R2", "19851310" },
  };
  for_each_row ("resident-id-vectors.tsv", expected, G_N_ELEMENTS (expected), check_resident_row);
}

/* Gives @code, whose last character is not known yet, the one that is right. Exactly one is. */
static void
complete (char *code, const char *signs, JzIdentityCode *(*check) (const char *code))
{
  gsize last = strlen (code) - 1;
  char right = '\0';

  for (const char *sign = signs; *sign != '\0'; sign++) {
    g_autoptr (JzIdentityCode) found = NULL;
    code[last] = *sign;
    found = check (code);
    if (found->verdict == JZ_IDENTITY_ERROR)
      continue;
    g_assert_cmpint (right, ==, '\0');
    right = *sign;
  }
  g_assert_cmpint (right, !=, '\0');
  code[last] = right;
}

static JzIdentityCode *
check_resident (const char *code)
{
  return jz_identity_code_check_resident (code, today, FALSE);
}

static void
assert_error (const char *code, JzIdentityCode *(*check) (const char *code))
{
  g_autoptr (JzIdentityCode) found = check (code);
  if (found->verdict != JZ_IDENTITY_ERROR)
    g_error ("the error in %s was not found", code);
}

/* Every other character at every place, and every two different characters that change places, is
 * found; the latter where the two places have different weights. */
static void
assert_damage_is_found (const char *code,
                        const char *signs,
                        const int weights[18],
                        JzIdentityCode *(*check) (const char *code))
{
  g_autofree char *damaged = g_strdup (code);

  for (gsize i = 0; i < 18; i++) {
    for (const char *sign = signs; *sign != '\0'; sign++) {
      damaged[i] = *sign;
      if (*sign != code[i])
        assert_error (damaged, check);
    }
    damaged[i] = code[i];
    for (gsize k = i + 1; k < 18; k++) {
      if (weights[i] == weights[k] || code[i] == code[k])
        continue;
      damaged[i] = code[k];
      damaged[k] = code[i];
      assert_error (damaged, check);
      damaged[i] = code[i];
      damaged[k] = code[k];
    }
  }
}

static void
test_uscc_damage (void)
{
  static const int weights[] = {
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1
  };
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 100; round++) {
    char code[] = "000000000000000000";
    for (gsize i = 0; i < 17; i++)
      code[i] = USCC_SIGNS[g_rand_int_range (rand, 0, i >= 2 && i < 8 ? 10 : 31)];
    complete (code, USCC_SIGNS, jz_identity_code_check_uscc);
    assert_damage_is_found (code, USCC_SIGNS "IOSVZ", weights, jz_identity_code_check_uscc);
  }
}

static void
test_resident_damage (void)
{
  static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1 };
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 200; round++) {
    g_autofree char *code =
      g_strdup_printf ("%06d%04d%02d%02d%03d0", g_rand_int_range (rand, 0, 1000000),
                       g_rand_int_range (rand, 1900, 2026), g_rand_int_range (rand, 1, 13),
                       g_rand_int_range (rand, 1, 29), g_rand_int_range (rand, 0, 1000));
    complete (code, NUMBER_SIGNS, check_resident);
    assert_damage_is_found (code, NUMBER_SIGNS "A", weights, check_resident);
  }
}

static void
test_uscc_forms (void)
{
  static const struct {
    const char *text;
    const char *code;
    Expected expected;
  } cases[] = {
    { "91110000ma0teqt13c", "91110000MA0TEQT13C", { .verdict = JZ_IDENTITY_VALID } },
    { "９１１１００００ＭＡ０ＴＥＱＴ１３Ｃ",
      "91110000MA0TEQT13C",
      { .verdict = JZ_IDENTITY_VALID } },
    { "ｙ1350100ma0uwxy21h", NULL, { NULL, JZ_IDENTITY_ERROR, "ID-U3", NULL } },
    { "", "", { NULL, JZ_IDENTITY_ERROR, "ID-U1", "has 0" } },
    { "91110000MA0TEQT13", NULL, { NULL, JZ_IDENTITY_ERROR, "ID-U1", "has 17" } },
    { "91110000MA0TEQT13C ", NULL, { NULL, JZ_IDENTITY_ERROR, "ID-U1", "has 19" } },
    { "9111000中MA0TEQT13C", NULL, { NULL, JZ_IDENTITY_ERROR, "ID-U1", "character 8 is “中”" } },
    { "91110000MA0TEQT1\x1bX",
      NULL,
      { NULL, JZ_IDENTITY_ERROR, "ID-U1", "character 17 is “\ufffd”" } },
    { "91110000MA0TEQT13\xff", NULL, { NULL, JZ_IDENTITY_ERROR, "ID-U1", "character 18" } },
    { "911100A0MA0TEQT13C", NULL, { NULL, JZ_IDENTITY_ERROR, "ID-U2", NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzIdentityCode) found = jz_identity_code_check_uscc (cases[i].text);
    const Expected *expected = &cases[i].expected;
    assert_found (found, expected->verdict, expected->rule, expected->says);
    g_assert_true (g_utf8_validate (found->code, -1, NULL));
    if (cases[i].code != NULL)
      g_assert_cmpstr (found->code, ==, cases[i].code);
  }
}

/* A right check character next to what only deserves a second look. */
static void
test_uscc_warnings (void)
{
  static const struct {
    const char *begin;
    Expected expected;
  } cases[] = {
    { "91110000MA0TEQT13", { .verdict = JZ_IDENTITY_VALID } },
    { "91100000MA0TEQT13", { .verdict = JZ_IDENTITY_VALID } },
    { "Y1110000MA0TEQT13", { .verdict = JZ_IDENTITY_VALID } },
    { "91110000MA0TEQT14", { NULL, JZ_IDENTITY_WARNING, "ID-U4", "3, not 4" } },
    { "94110000MA0TEQT13", { NULL, JZ_IDENTITY_WARNING, "ID-U5", "94" } },
    { "91990000MA0TEQT13", { NULL, JZ_IDENTITY_WARNING, "ID-D1", "990000" } },
    { "91100001MA0TEQT13", { NULL, JZ_IDENTITY_WARNING, "ID-D1", "100001" } },
    { "94990000MA0TEQT14", { NULL, JZ_IDENTITY_WARNING, "ID-U4", NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *code = g_strconcat (cases[i].begin, "0", NULL);
    g_autoptr (JzIdentityCode) found = NULL;
    const Expected *expected = &cases[i].expected;
    complete (code, USCC_SIGNS, jz_identity_code_check_uscc);
    found = jz_identity_code_check_uscc (code);
    assert_found (found, expected->verdict, expected->rule, expected->says);
  }
}

/* Of all pairs of signs just those of ID-U5 are known. */
static void
test_uscc_registrars (void)
{
  static const char known[] =
    "11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 59 61 69 71 72 79 "
    "81 89 91 92 93 A1 A9 N1 N2 N3 N9 Y1";

  for (const char *first = USCC_SIGNS; *first != '\0'; first++) {
    for (const char *second = USCC_SIGNS; *second != '\0'; second++) {
      char pair[] = { *first, *second, '\0' };
      g_autofree char *code = g_strdup_printf ("%s110000MA0TEQT130", pair);
      g_autoptr (JzIdentityCode) found = NULL;
      gboolean is_known = strstr (known, pair) != NULL;
      complete (code, USCC_SIGNS, jz_identity_code_check_uscc);
      found = jz_identity_code_check_uscc (code);
      g_assert_cmpstr (found->rule, ==, is_known ? NULL : "ID-U5");
    }
  }
}

static void
test_resident_forms (void)
{
  static const struct {
    const char *text;
    Expected expected;
  } cases[] = {
    { "11010519491231002x", { .verdict = JZ_IDENTITY_VALID } },
    { "１１０１０５１９４９１２３１００２ｘ", { .verdict = JZ_IDENTITY_VALID } },
    { "", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "has 0" } },
    { "1101051949123100", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "has 16" } },
    { "11010519491231002X0", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "has 19" } },
    { "1101051949123100XX", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "17 digits" } },
    { "11010519491231002Y", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "17 digits" } },
    { "1101051949123100中X", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "17 digits" } },
    { "110105 9491231002X", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "17 digits" } },
    { "11010519491231\xff", { NULL, JZ_IDENTITY_ERROR, "ID-R1", "has 15" } },
    { "110105491231002", { NULL, JZ_IDENTITY_ERROR, "ID-R3", "15 digits" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzIdentityCode) found = check_resident (cases[i].text);
    const Expected *expected = &cases[i].expected;
    assert_found (found, expected->verdict, expected->rule, expected->says);
    if (expected->verdict == JZ_IDENTITY_VALID)
      g_assert_cmpstr (found->code, ==, "11010519491231002X");
  }
}

/* The day is the one passed in: born today is possible, born tomorrow is not. */
static void
test_birth (void)
{
  static const struct {
    const char *birth;
    JzIdentityVerdict verdict;
  } cases[] = {
    { "19000101", JZ_IDENTITY_VALID },   { "18991231", JZ_IDENTITY_WARNING },
    { "18960229", JZ_IDENTITY_WARNING }, { "00000229", JZ_IDENTITY_WARNING },
    { "20240229", JZ_IDENTITY_VALID },   { "20260302", JZ_IDENTITY_VALID },
  };
  static const char *const wrong[] = { "20260303", "99991231", "18970229", "19000229",
                                       "19990010", "19990100", "19990431", "20230229" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *code = g_strdup_printf ("110105%s0020", cases[i].birth);
    g_autoptr (JzIdentityCode) found = NULL;
    char text[JZ_DATE_SIZE];
    complete (code, NUMBER_SIGNS, check_resident);
    found = check_resident (code);
    g_assert_cmpint (found->verdict, ==, cases[i].verdict);
    g_assert_true (found->has_birth == (cases[i].verdict == JZ_IDENTITY_VALID));
    if (found->has_birth) {
      g_autofree char *expected =
        g_strdup_printf ("%.4s-%.2s-%.2s", cases[i].birth, cases[i].birth + 4, cases[i].birth + 6);
      jz_date_format (found->birth, text);
      g_assert_cmpstr (text, ==, expected);
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    for (const char *sign = NUMBER_SIGNS; *sign != '\0'; sign++) {
      g_autofree char *code = g_strdup_printf ("110105%s002%c", wrong[i], *sign);
      g_autoptr (JzIdentityCode) found = check_resident (code);
      assert_found (found, JZ_IDENTITY_ERROR, "ID-R2", wrong[i]);
      g_assert_false (found->has_birth);
    }
  }
}

static void
test_sex (void)
{
  for (int digit = 0; digit < 10; digit++) {
    g_autofree char *code = g_strdup_printf ("11010519491231%03d0", 120 + digit);
    g_autoptr (JzIdentityCode) found = NULL;
    complete (code, NUMBER_SIGNS, check_resident);
    found = check_resident (code);
    g_assert_cmpint (found->sex, ==, digit % 2 == 1 ? JZ_SEX_MALE : JZ_SEX_FEMALE);
  }
}

static void
test_old_numbers (void)
{
  g_autoptr (JzIdentityCode) found =
    jz_identity_code_check_resident ("１10105491231002", today, TRUE);
  g_autoptr (JzIdentityCode) no_day =
    jz_identity_code_check_resident ("110105490231002", today, TRUE);
  g_autoptr (JzIdentityCode) letters =
    jz_identity_code_check_resident ("11010549123100X", today, TRUE);
  g_autoptr (JzIdentityCode) wide =
    jz_identity_code_check_resident ("11010中491231002", today, TRUE);
  g_autoptr (JzIdentityCode) refused =
    jz_identity_code_check_resident ("110105491231002", today, FALSE);
  g_autoptr (JzIdentityCode) current =
    jz_identity_code_check_resident ("11010519491231002X", today, TRUE);

  assert_found (found, JZ_IDENTITY_VALID, NULL, NULL);
  g_assert_cmpstr (found->code, ==, "11010519491231002X");
  g_assert_cmpint (found->birth.year, ==, 1949);
  g_assert_cmpint (found->sex, ==, JZ_SEX_FEMALE);
  assert_found (no_day, JZ_IDENTITY_ERROR, "ID-R2", "19490231");
  assert_found (letters, JZ_IDENTITY_ERROR, "ID-R1", "has 15");
  assert_found (wide, JZ_IDENTITY_ERROR, "ID-R1", "has 15");
  assert_found (refused, JZ_IDENTITY_ERROR, "ID-R3", NULL);
  g_assert_cmpstr (refused->code, ==, "110105491231002");
  assert_found (current, JZ_IDENTITY_VALID, NULL, NULL);
}

static void
test_age (void)
{
  static const struct {
    const char *birth;
    const char *day;
    int from_day_after;
    int from_birthday;
  } cases[] = {
    { "2012-03-02", "2026-03-01", 13, 13 }, { "2012-03-02", "2026-03-02", 13, 14 },
    { "2012-03-02", "2026-03-03", 14, 14 }, { "2012-03-02", "2012-03-02", 0, 0 },
    { "2012-03-02", "2013-03-02", 0, 1 },   { "2012-03-02", "2012-03-01", -1, -1 },
    { "2008-12-31", "2026-01-01", 17, 17 }, { "2008-02-29", "2022-02-27", 13, 13 },
    { "2008-02-29", "2022-02-28", 13, 14 }, { "2008-02-29", "2022-03-01", 14, 14 },
    { "2008-02-29", "2024-02-28", 15, 15 }, { "2008-02-29", "2024-02-29", 15, 16 },
    { "2008-02-29", "2024-03-01", 16, 16 }, { "1900-01-01", "9999-12-31", 8099, 8099 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzDate birth = { 0 };
    JzDate day = { 0 };
    g_assert_true (jz_date_parse (cases[i].birth, &birth, NULL));
    g_assert_true (jz_date_parse (cases[i].day, &day, NULL));
    g_assert_cmpint (jz_identity_code_get_age (birth, day, JZ_AGE_FROM_DAY_AFTER), ==,
                     cases[i].from_day_after);
    g_assert_cmpint (jz_identity_code_get_age (birth, day, JZ_AGE_FROM_BIRTHDAY), ==,
                     cases[i].from_birthday);
  }
}

static JzIdentityCode *
check_foreign (const char *code)
{
  return jz_identity_code_check_card (code, JZ_IDENTITY_CARD_FOREIGN_RESIDENT, today);
}

static JzIdentityCode *
check_permit (const char *code)
{
  return jz_identity_code_check_card (code, JZ_IDENTITY_CARD_RESIDENCE_PERMIT, today);
}

static void
test_cards (void)
{
  static const struct {
    JzIdentityCard card;
    const char *text;
    JzIdentityVerdict verdict;
  } cases[] = {
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "H12345678", JZ_IDENTITY_VALID },
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "ｍ１２３４５６７８", JZ_IDENTITY_VALID },
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "A12345678", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "H1234567", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "H123456789", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "H1234567M", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "123456789", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_HONG_KONG_MACAO, "", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_TAIWAN, "12345678", JZ_IDENTITY_VALID },
    { JZ_IDENTITY_CARD_TAIWAN, "1234567", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_TAIWAN, "1234567A", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_TAIWAN, "", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_FOREIGN_RESIDENT, "usa110080010112", JZ_IDENTITY_VALID },
    { JZ_IDENTITY_CARD_FOREIGN_RESIDENT, "US1110080010112", JZ_IDENTITY_WARNING },
    { JZ_IDENTITY_CARD_FOREIGN_RESIDENT, "USA11008001011-", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_FOREIGN_RESIDENT, "中华人民共和国外国人永久居留身", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_FOREIGN_RESIDENT, "11010519491231002X", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_FOREIGN_RESIDENT, "", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_RESIDENCE_PERMIT, "11010519491231002X", JZ_IDENTITY_ERROR },
    { JZ_IDENTITY_CARD_RESIDENCE_PERMIT, "110105491231002", JZ_IDENTITY_ERROR },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzIdentityCode) found =
      jz_identity_code_check_card (cases[i].text, cases[i].card, today);
    g_assert_cmpint (found->verdict, ==, cases[i].verdict);
  }
}

static void
test_long_cards (void)
{
  static const struct {
    JzIdentityCode *(*check) (const char *code);
    const char *begin;
    const char *wrong_begin;
  } cases[] = {
    { check_foreign, "911840198507160", "811840198507160" },
    { check_permit, "810000199507160", "840000199507160" },
    { check_permit, "820000199507160", "800000199507160" },
    { check_permit, "830000199507160", "930000199507160" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *code = g_strconcat (cases[i].begin, "010", NULL);
    g_autoptr (JzIdentityCode) found = NULL;
    complete (code, NUMBER_SIGNS, cases[i].check);
    found = cases[i].check (code);
    assert_found (found, JZ_IDENTITY_VALID, NULL, NULL);
    g_assert_cmpint (found->sex, ==, JZ_SEX_MALE);
    g_assert_true (found->has_birth);
    for (const char *sign = NUMBER_SIGNS; *sign != '\0'; sign++) {
      g_autofree char *wrong = g_strdup_printf ("%s01%c", cases[i].wrong_begin, *sign);
      assert_error (wrong, cases[i].check);
    }
  }
}

static void
test_divisions (void)
{
  static const struct {
    const char *text;
    JzIdentityVerdict verdict;
  } cases[] = {
    { "110105", JZ_IDENTITY_VALID },
    { "３７００００", JZ_IDENTITY_VALID },
    { "440100001", JZ_IDENTITY_VALID },
    { "440100001002", JZ_IDENTITY_VALID },
    { "100000", JZ_IDENTITY_ERROR },
    { "160000", JZ_IDENTITY_ERROR },
    { "990001", JZ_IDENTITY_ERROR },
    { "11010", JZ_IDENTITY_ERROR },
    { "1101050", JZ_IDENTITY_ERROR },
    { "11010X", JZ_IDENTITY_ERROR },
    { "", JZ_IDENTITY_ERROR },
    { "中中", JZ_IDENTITY_ERROR },
    { "4401000010020", JZ_IDENTITY_ERROR },
    { "830000", JZ_IDENTITY_ERROR },
  };
  guint n_provinces = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzIdentityCode) found = jz_identity_code_check_division (cases[i].text);
    g_assert_cmpint (found->verdict, ==, cases[i].verdict);
    g_assert_cmpstr (found->rule, ==, cases[i].verdict == JZ_IDENTITY_VALID ? NULL : "ID-D1");
  }
  for (int i = 0; i < 100; i++) {
    g_autofree char *code = g_strdup_printf ("%02d", i);
    n_provinces += jz_identity_code_has_province (code) ? 1 : 0;
  }
  g_assert_cmpuint (n_provinces, ==, 34);
  g_assert_false (jz_identity_code_has_province ("1"));
  g_assert_false (jz_identity_code_has_province (""));
}

static void
test_copy (void)
{
  g_autoptr (JzIdentityCode) found = check_resident ("110105194912310029");
  g_autoptr (JzIdentityCode) copy = jz_identity_code_copy (found);
  g_autofree char *sentence = g_strdup (found->sentence);

  g_clear_pointer (&found, jz_identity_code_free);
  assert_found (copy, JZ_IDENTITY_ERROR, "ID-R1", NULL);
  g_assert_cmpstr (copy->sentence, ==, sentence);
  g_assert_cmpstr (copy->code, ==, "110105194912310029");
  g_assert_cmpint (copy->birth.month, ==, 12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/identity-code/uscc-vectors", test_uscc_vectors);
  g_test_add_func ("/base/identity-code/uscc-damage", test_uscc_damage);
  g_test_add_func ("/base/identity-code/uscc-forms", test_uscc_forms);
  g_test_add_func ("/base/identity-code/uscc-warnings", test_uscc_warnings);
  g_test_add_func ("/base/identity-code/uscc-registrars", test_uscc_registrars);
  g_test_add_func ("/base/identity-code/resident-vectors", test_resident_vectors);
  g_test_add_func ("/base/identity-code/resident-damage", test_resident_damage);
  g_test_add_func ("/base/identity-code/resident-forms", test_resident_forms);
  g_test_add_func ("/base/identity-code/birth", test_birth);
  g_test_add_func ("/base/identity-code/sex", test_sex);
  g_test_add_func ("/base/identity-code/old-numbers", test_old_numbers);
  g_test_add_func ("/base/identity-code/age", test_age);
  g_test_add_func ("/base/identity-code/cards", test_cards);
  g_test_add_func ("/base/identity-code/long-cards", test_long_cards);
  g_test_add_func ("/base/identity-code/divisions", test_divisions);
  g_test_add_func ("/base/identity-code/copy", test_copy);
  return g_test_run ();
}
