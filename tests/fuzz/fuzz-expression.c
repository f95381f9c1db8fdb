/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/expression.h"

#include "../base/expression-fixture.h"

#include <stdint.h>

/* Enough for what fits into a few lines, little enough that an input never takes long. */
#define MAX_STEPS 20000

static const char facts_text[] =
  "a=true; b=false; c=-; n=9223372036854775807; party.kind=个体工商户; party.name=张某; "
  "party.age=-3; decision.amount_fen=300001; decision.date=2026-03-02; notice.served_on=-; "
  "case.found_at=2026-03-02T09:30; limit:TL-P12=2026-03-09; limit:TL-P16=-; "
  "officers=[valid=true,age=30,name=张某,areas=[]|valid=false,auxiliary=-,areas=-|age=9999]";

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static JzExpression *
parse (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  JzExpression *expression = jz_expression_parse (
    text, length, &fixture_position, JZ_EXPRESSION_SEMANTICS, &fixture_vocabulary, NULL, &error);

  g_assert_true ((expression == NULL) == (error != NULL));
  if (error != NULL) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_true (g_str_has_prefix (error->message, "data/rules/x.xml:"));
  }
  return expression;
}

static JzOutcome *
evaluate (const JzExpression *expression, gboolean tracing)
{
  static FixtureFacts *facts = NULL;
  g_autoptr (GError) error = NULL;

  if (facts == NULL)
    facts = fixture_facts_new (facts_text);
  JzFacts interface = fixture_facts_get_interface (facts);
  JzOutcome *outcome = jz_expression_evaluate (expression, &interface, MAX_STEPS, tracing, &error);
  g_assert_true ((outcome == NULL) == (error != NULL));
  if (error != NULL) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return NULL;
  }
  gboolean is_missing = jz_outcome_get_missing (outcome)[0] != NULL;
  g_assert_true ((jz_outcome_get_value (outcome) == NULL) == is_missing);
  return outcome;
}

static char *
describe (const JzOutcome *outcome)
{
  if (outcome == NULL)
    return g_strdup ("failed");
  if (jz_outcome_get_value (outcome) != NULL)
    return jz_value_to_text (jz_outcome_get_value (outcome));
  return g_strjoinv (" ", (char **)jz_outcome_get_missing (outcome));
}

/* What was read from the canonical text is the same tree and comes to the same. */
static void
try_again (const JzExpression *expression, const char *printed)
{
  g_autoptr (JzExpression) again = parse (printed, strlen (printed));
  g_autoptr (JzOutcome) outcome = evaluate (expression, TRUE);

  g_assert_nonnull (again);
  g_assert_true (jz_expression_equal (expression, again));
  g_autofree char *printed_again = jz_expression_to_text (again);
  g_assert_cmpstr (printed_again, ==, printed);
  g_autoptr (JzOutcome) outcome_again = evaluate (again, FALSE);
  g_autofree char *came_out = describe (outcome);
  g_autofree char *came_out_again = describe (outcome_again);
  g_assert_cmpstr (came_out_again, ==, came_out);
  if (outcome == NULL)
    return;
  g_autofree char *lines = jz_trace_to_text (jz_outcome_get_trace (outcome));
  g_assert_true (g_utf8_validate (lines, -1, NULL));
  g_assert_true (g_str_has_suffix (lines, "\n"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ("", 0);
  g_autoptr (JzExpression) expression = parse (size == 0 ? text : (const char *)data, size);

  if (expression == NULL)
    return 0;
  g_autofree char *printed = jz_expression_to_text (expression);
  /* The spaces of the canonical form may make it too long to be read. */
  if (strlen (printed) <= JZ_EXPRESSION_MAX_SIZE)
    try_again (expression, printed);
  return 0;
}
