/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limit_form.h"

#include <string.h>

#include "base/error.h"

static JzLimitForm *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JzLimitForm *form = jz_limit_parse (text, &error);
  g_assert_no_error (error);
  g_assert_nonnull (form);
  return form;
}

static void
test_terms (void)
{
  static const struct {
    const char *text;
    JzLimitTerm term;
  } cases[] = {
    { "{len=7WD}", { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 7 } },
    { "{len=0WD}", { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 0 } },
    { "{len=9999CD,roll=N}", { .unit = JZ_LIMIT_UNIT_CALENDAR_DAY, .length = 9999 } },
    { "{len=7WD,roll=Y}", { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 7, .rolls = TRUE } },
    { "{len=90CD,roll=Y}", { .unit = JZ_LIMIT_UNIT_CALENDAR_DAY, .length = 90, .rolls = TRUE } },
    { "{len=6MO,roll=Y}", { .unit = JZ_LIMIT_UNIT_MONTH, .length = 6, .rolls = TRUE } },
    { "{len=2YR,roll=N}", { .unit = JZ_LIMIT_UNIT_YEAR, .length = 2 } },
    { "{len=24H}", { .unit = JZ_LIMIT_UNIT_HOUR, .length = 24 } },
    { "{len=24H,roll=N}", { .unit = JZ_LIMIT_UNIT_HOUR, .length = 24 } },
    { "{len=-7WD}", { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 7, .is_backward = TRUE } },
    { "{len=-7WD,mode=FULL}",
      { .unit = JZ_LIMIT_UNIT_WORKING_DAY, .length = 7, .is_backward = TRUE } },
    { "{len=-30CD,roll=N,mode=INCLUSIVE}",
      { .unit = JZ_LIMIT_UNIT_CALENDAR_DAY,
        .length = 30,
        .is_backward = TRUE,
        .mode = JZ_BACKWARD_MODE_INCLUSIVE } },
    { "{fixed}", { .unit = JZ_LIMIT_UNIT_FIXED } },
    { "{fixed,prev_workday}", { .unit = JZ_LIMIT_UNIT_FIXED, .to_previous_working_day = TRUE } },
    { "{fixed=01-31,prev_workday}",
      { .unit = JZ_LIMIT_UNIT_FIXED,
        .fixed_month = 1,
        .fixed_day = 31,
        .to_previous_working_day = TRUE } },
    { "{fixed=02-29}", { .unit = JZ_LIMIT_UNIT_FIXED, .fixed_month = 2, .fixed_day = 29 } },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzLimitForm) form = parse (cases[i].text);
    const JzLimitTerm *term = &form->steps[0].term;
    g_assert_cmpuint (form->n_steps, ==, 1);
    g_assert_cmpint (term->unit, ==, cases[i].term.unit);
    g_assert_cmpint (term->length, ==, cases[i].term.length);
    g_assert_cmpint (term->rolls, ==, cases[i].term.rolls);
    g_assert_cmpint (term->is_backward, ==, cases[i].term.is_backward);
    g_assert_cmpint (term->mode, ==, cases[i].term.mode);
    g_assert_cmpint (term->fixed_month, ==, cases[i].term.fixed_month);
    g_assert_cmpint (term->fixed_day, ==, cases[i].term.fixed_day);
    g_assert_cmpint (term->to_previous_working_day, ==, cases[i].term.to_previous_working_day);
    g_assert_cmpuint (form->steps[0].n_exclusions, ==, 0);
    g_assert_cmpuint (form->steps[0].n_extensions, ==, 0);
  }
}

static void
assert_exclusion (const JzExclusion *exclusion,
                  JzDate start,
                  JzDate end,
                  gboolean includes_start,
                  gboolean is_open)
{
  g_assert_cmpint (jz_date_compare (exclusion->start, start), ==, 0);
  g_assert_cmpint (exclusion->includes_start, ==, includes_start);
  g_assert_cmpint (exclusion->is_open, ==, is_open);
  if (!is_open)
    g_assert_cmpint (jz_date_compare (exclusion->end, end), ==, 0);
}

static void
test_options (void)
{
  g_autoptr (JzLimitForm) form =
    parse ("{len=90CD,ext=30,excl=2026-01-20/2026-02-09,roll=Y,excl_both=2026-03-02/2026-03-02,"
           "ext=5,excl=2026-04-01/,excl_both=2026-04-02/}");
  const JzLimitStep *step = form->steps;
  g_assert_true (step->term.rolls);
  g_assert_cmpuint (step->n_extensions, ==, 2);
  g_assert_cmpint (step->extensions[0], ==, 30);
  g_assert_cmpint (step->extensions[1], ==, 5);
  g_assert_cmpuint (step->n_exclusions, ==, 4);
  JzDate none = { 0 };
  assert_exclusion (&step->exclusions[0], (JzDate){ 2026, 1, 20 }, (JzDate){ 2026, 2, 9 }, FALSE,
                    FALSE);
  assert_exclusion (&step->exclusions[1], (JzDate){ 2026, 3, 2 }, (JzDate){ 2026, 3, 2 }, TRUE,
                    FALSE);
  assert_exclusion (&step->exclusions[2], (JzDate){ 2026, 4, 1 }, none, FALSE, TRUE);
  assert_exclusion (&step->exclusions[3], (JzDate){ 2026, 4, 2 }, none, TRUE, TRUE);
}

static void
test_chain (void)
{
  g_autoptr (JzLimitForm) form =
    parse ("{len=6MO,roll=Y,excl=2026-01-20/2026-02-09 > len=3MO,roll=N > len=5WD,ext=2}");
  g_assert_cmpuint (form->n_steps, ==, 3);
  g_assert_cmpint (form->steps[0].term.length, ==, 6);
  g_assert_cmpuint (form->steps[0].n_exclusions, ==, 1);
  g_assert_cmpint (form->steps[1].term.length, ==, 3);
  g_assert_false (form->steps[1].term.rolls);
  g_assert_cmpint (form->steps[2].term.unit, ==, JZ_LIMIT_UNIT_WORKING_DAY);
  g_assert_cmpint (form->steps[2].extensions[0], ==, 2);
  g_autoptr (JzLimitForm) longest =
    parse ("{len=1WD > len=1WD > len=1WD > len=1WD > len=1WD > len=1WD > len=1WD > len=1WD}");
  g_assert_cmpuint (longest->n_steps, ==, 8);
}

static const struct {
  const char *text;
  JzBaseError code;
  int column;
} refused[] = {
  { "", JZ_BASE_ERROR_SYNTAX, 1 },
  { "len=7WD", JZ_BASE_ERROR_SYNTAX, 1 },
  { " {len=7WD}", JZ_BASE_ERROR_SYNTAX, 1 },
  { "{", JZ_BASE_ERROR_SYNTAX, 2 },
  { "{}", JZ_BASE_ERROR_SYNTAX, 2 },
  { "{ len=7WD}", JZ_BASE_ERROR_SYNTAX, 2 },
  { "{len}", JZ_BASE_ERROR_SYNTAX, 2 },
  { "{LEN=7WD}", JZ_BASE_ERROR_SYNTAX, 2 },
  { "{roll=Y,len=7WD}", JZ_BASE_ERROR_SYNTAX, 2 },
  { "{len=}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=WD}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=07WD}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=00WD}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=10000WD}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=99999999999999999999WD}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=+7WD}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=--7WD}", JZ_BASE_ERROR_SYNTAX, 7 },
  { "{len=７WD}", JZ_BASE_ERROR_SYNTAX, 6 },
  { "{len=7}", JZ_BASE_ERROR_SYNTAX, 7 },
  { "{len=7wd}", JZ_BASE_ERROR_SYNTAX, 7 },
  { "{len=7 WD}", JZ_BASE_ERROR_SYNTAX, 7 },
  { "{len=7日}", JZ_BASE_ERROR_SYNTAX, 7 },
  { "{len=7WD", JZ_BASE_ERROR_SYNTAX, 9 },
  { "{len=7WD,}", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=7WD }", JZ_BASE_ERROR_SYNTAX, 9 },
  { "{len=7WDS}", JZ_BASE_ERROR_SYNTAX, 9 },
  { "{len=7WD}x", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=7WD}\n", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=7WD}}", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=7WD, roll=Y}", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=7WD,len=7WD}", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=7WD,foo=1}", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=90CD}", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{len=6MO}", JZ_BASE_ERROR_SYNTAX, 9 },
  { "{len=2YR,ext=1}", JZ_BASE_ERROR_SYNTAX, 15 },
  { "{len=90CD,roll=}", JZ_BASE_ERROR_SYNTAX, 16 },
  { "{len=90CD,roll=y}", JZ_BASE_ERROR_SYNTAX, 16 },
  { "{len=90CD,roll=YES}", JZ_BASE_ERROR_SYNTAX, 17 },
  { "{len=90CD,roll=Y,roll=Y}", JZ_BASE_ERROR_SYNTAX, 23 },
  { "{len=-7WD,mode=HALF}", JZ_BASE_ERROR_SYNTAX, 16 },
  { "{len=-7WD,mode=FULL,mode=FULL}", JZ_BASE_ERROR_SYNTAX, 26 },
  { "{len=7WD,mode=FULL}", JZ_BASE_ERROR_SYNTAX, 15 },
  { "{len=7WD,ext=x}", JZ_BASE_ERROR_SYNTAX, 14 },
  { "{len=7WD,ext=-1}", JZ_BASE_ERROR_SYNTAX, 14 },
  { "{len=7WD,excl=2026-01-20}", JZ_BASE_ERROR_SYNTAX, 25 },
  { "{len=7WD,excl=2026-1-20/2026-02-09}", JZ_BASE_ERROR_SYNTAX, 15 },
  { "{len=7WD,excl=2026-01-20/2026-02-9}", JZ_BASE_ERROR_SYNTAX, 26 },
  { "{len=7WD,excl=2026-01-20..2026-02-09}", JZ_BASE_ERROR_SYNTAX, 25 },
  { "{len=7WD,excl=2026-02-30/2026-03-09}", JZ_BASE_ERROR_RANGE, 15 },
  { "{len=7WD,excl=2026-01-20/2026-13-09}", JZ_BASE_ERROR_RANGE, 26 },
  { "{len=7WD,excl=2026-01-20/2026-01-19}", JZ_BASE_ERROR_SYNTAX, 15 },
  { "{len=7WD,excl_both=2026-01-20/2026-01-19}", JZ_BASE_ERROR_SYNTAX, 20 },
  { "{len=7WD,excl=", JZ_BASE_ERROR_SYNTAX, 15 },
  { "{fixe}", JZ_BASE_ERROR_SYNTAX, 2 },
  { "{fixed,}", JZ_BASE_ERROR_SYNTAX, 8 },
  { "{fixed,next_workday}", JZ_BASE_ERROR_SYNTAX, 8 },
  { "{fixed,prev_workday,prev_workday}", JZ_BASE_ERROR_SYNTAX, 20 },
  { "{fixed=}", JZ_BASE_ERROR_SYNTAX, 8 },
  { "{fixed=1-31}", JZ_BASE_ERROR_SYNTAX, 8 },
  { "{fixed=0131}", JZ_BASE_ERROR_SYNTAX, 10 },
  { "{fixed=01-3}", JZ_BASE_ERROR_SYNTAX, 11 },
  { "{fixed=00-00}", JZ_BASE_ERROR_SYNTAX, 8 },
  { "{fixed=02-30}", JZ_BASE_ERROR_RANGE, 2 },
  { "{fixed=13-01}", JZ_BASE_ERROR_RANGE, 2 },
  { "{fixed=01-00}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=24H,roll=Y}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=24H,ext=24}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=24H,excl=2026-01-20/2026-01-21}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=-24H}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=-6MO}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=-1YR}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=-0WD}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=-7WD,roll=Y}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=-7WD,ext=1}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=7WD,ext=0}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=9999WD,ext=1}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=1201MO,roll=N}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=101YR,roll=N}", JZ_BASE_ERROR_RANGE, 2 },
  { "{len=7WD>len=7WD}", JZ_BASE_ERROR_SYNTAX, 9 },
  { "{len=7WD >len=7WD}", JZ_BASE_ERROR_SYNTAX, 9 },
  { "{len=7WD > }", JZ_BASE_ERROR_SYNTAX, 12 },
  { "{len=7WD > len=90CD}", JZ_BASE_ERROR_SYNTAX, 20 },
  { "{len=7WD > len=9999WD,ext=1}", JZ_BASE_ERROR_RANGE, 12 },
  { "{len=7WD > len=24H}", JZ_BASE_ERROR_RANGE, 1 },
  { "{len=-7WD > len=7WD}", JZ_BASE_ERROR_RANGE, 1 },
  { "{fixed > len=7WD}", JZ_BASE_ERROR_RANGE, 1 },
  { "{len=1WD > len=1WD > len=1WD > len=1WD > len=1WD > len=1WD > len=1WD > len=1WD > len=1WD}",
    JZ_BASE_ERROR_SYNTAX, 82 },
};

static void
assert_refused (const char *text, JzBaseError code, int column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzLimitForm) form = jz_limit_parse (text, &error);
  g_test_message ("%s: %s", text, error != NULL ? error->message : "");
  g_assert_null (form);
  g_assert_error (error, JZ_BASE_ERROR, (int)code);
  g_autofree char *expected = g_strdup_printf ("The mistake is at column %d. ", column);
  g_autofree char *start = g_strndup (error->message, strlen (expected));
  g_assert_cmpstr (start, ==, expected);
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, refused[i].code, refused[i].column);
}

static void
test_too_long (void)
{
  g_autoptr (GString) text = g_string_new ("{len=7WD");
  while (text->len < 4000)
    g_string_append (text, ",ext=1");
  g_string_append (text, "}");
  g_autoptr (JzLimitForm) form = parse (text->str);
  g_assert_cmpuint (form->steps[0].n_extensions, >, 600);
  while (text->len <= 4096)
    g_string_insert (text, 8, ",ext=1");
  assert_refused (text->str, JZ_BASE_ERROR_LIMIT, 4097);
}

/* Whatever is done to a good form, the answer is a form that can be counted or a column. */
static void
test_mutations (void)
{
  static const char *const seeds[] = {
    "{len=7WD}",
    "{len=-7WD,mode=FULL}",
    "{len=90CD,roll=Y,excl=2026-01-20/2026-02-09}",
    "{len=6MO,roll=Y > len=3MO,roll=Y}",
    "{fixed,prev_workday}",
    "{fixed=01-31}",
    "{len=20WD,ext=10,excl_both=2026-01-20/}",
  };
  static const char alphabet[] = "{}=,>/-_ 0123456789WDCMOYRHNFULIelnrxcboth\303";
  int n_good = 0;
  for (int round = 0; round < 50000; round++) {
    g_autofree char *text = g_strdup (seeds[g_test_rand_int_range (0, G_N_ELEMENTS (seeds))]);
    int n_changes = g_test_rand_int_range (1, 3);
    for (int i = 0; i < n_changes; i++)
      text[g_test_rand_int_range (0, (int)strlen (text))] =
        alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
    g_autoptr (GError) error = NULL;
    g_autoptr (JzLimitForm) form = jz_limit_parse (text, &error);
    g_assert_true ((form == NULL) == (error != NULL));
    if (form == NULL) {
      g_assert_true (g_str_has_prefix (error->message, "The mistake is at column "));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      continue;
    }
    n_good++;
    for (guint i = 0; i < form->n_steps; i++)
      g_assert_true (jz_limit_step_check (&form->steps[i], NULL));
  }
  g_assert_cmpint (n_good, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/limit-form/terms", test_terms);
  g_test_add_func ("/base/limit-form/options", test_options);
  g_test_add_func ("/base/limit-form/chain", test_chain);
  g_test_add_func ("/base/limit-form/refused", test_refused);
  g_test_add_func ("/base/limit-form/too-long", test_too_long);
  g_test_add_func ("/base/limit-form/mutations", test_mutations);
  return g_test_run ();
}
