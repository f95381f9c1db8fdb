/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression.h"

#include "expression-fixture.h"

/* Random expressions against an evaluator of their own, made while they are written, and against
 * the laws of Kleene's logic. Numbers are small, so that nothing overflows. */

#define N_ROUNDS 3000
#define MAX_DEPTH 6

typedef enum {
  SAYS_FALSE,
  SAYS_TRUE,
  SAYS_UNKNOWN,
} Says;

/* A written expression, what it must come to, and a bit for each fact that it misses. */
typedef struct {
  char *text;
  gboolean is_known;
  gint64 number; /* a condition's is 0 or 1 */
  guint missing;
} Written;

static const char *const fact_names[] = { "a", "b", "c", "d", "n", "party.age" };
#define N_CONDITIONS 4

typedef struct {
  GRand *rand;
  JzFactState states[G_N_ELEMENTS (fact_names)];
  gint64 values[G_N_ELEMENTS (fact_names)];
} World;

static Written write_condition (World *world, int depth);

static guint
roll (World *world, guint n)
{
  return (guint)g_rand_int_range (world->rand, 0, (gint32)n);
}

static Written
written_new (char *text, gboolean is_known, gint64 number, guint missing)
{
  return (Written){ .text = text,
                    .is_known = is_known,
                    .number = is_known ? number : 0,
                    .missing = is_known ? 0 : missing };
}

static Written
write_fact (World *world, guint first, guint n)
{
  guint fact = first + roll (world, n);

  return written_new (g_strdup (fact_names[fact]), world->states[fact] == JZ_FACT_PRESENT,
                      world->values[fact], 1u << fact);
}

static Written
write_number (World *world, int depth)
{
  if (depth == 0 || roll (world, 3) == 0) {
    gint64 number = roll (world, 4);
    if (roll (world, 2) == 0)
      return write_fact (world, N_CONDITIONS, 2);
    return written_new (g_strdup_printf ("%d", (int)number), TRUE, number, 0);
  }
  Written left = write_number (world, depth - 1);
  g_autofree char *left_text = left.text;
  if (roll (world, 4) == 0)
    return written_new (g_strdup_printf ("-(%s)", left_text), left.is_known, -left.number,
                        left.missing);
  Written right = write_number (world, depth - 1);
  g_autofree char *right_text = right.text;
  gboolean is_minus = roll (world, 2) == 0;
  return written_new (g_strdup_printf ("(%s) %s (%s)", left_text, is_minus ? "-" : "+", right_text),
                      left.is_known && right.is_known,
                      is_minus ? left.number - right.number : left.number + right.number,
                      left.missing | right.missing);
}

static gboolean
compare (guint sign, gint64 a, gint64 b)
{
  const gboolean answers[] = { a == b, a != b, a<b, a <= b, a> b, a >= b };

  return answers[sign];
}

static Written
write_comparison (World *world, int depth)
{
  static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=" };
  guint sign = roll (world, G_N_ELEMENTS (signs));
  Written left = write_number (world, depth);
  Written right = write_number (world, depth);
  g_autofree char *left_text = left.text;
  g_autofree char *right_text = right.text;

  return written_new (g_strdup_printf ("(%s) %s (%s)", left_text, signs[sign], right_text),
                      left.is_known && right.is_known, compare (sign, left.number, right.number),
                      left.missing | right.missing);
}

static Written
write_in (World *world, int depth)
{
  Written left = write_number (world, depth);
  g_autofree char *left_text = left.text;

  return written_new (g_strdup_printf ("(%s) in {0, -1, 2}", left_text), left.is_known,
                      left.number == 0 || left.number == -1 || left.number == 2, left.missing);
}

static Written
write_exists (World *world)
{
  guint fact = roll (world, G_N_ELEMENTS (fact_names));

  return written_new (g_strdup_printf ("exists %s", fact_names[fact]),
                      world->states[fact] != JZ_FACT_UNKNOWN,
                      world->states[fact] == JZ_FACT_PRESENT, 1u << fact);
}

static Written
write_not (World *world, int depth)
{
  Written inner = write_condition (world, depth - 1);
  g_autofree char *inner_text = inner.text;

  return written_new (g_strdup_printf ("not (%s)", inner_text), inner.is_known, !inner.number,
                      inner.missing);
}

/* Truth as a number from 0 to 2 with unknown in the middle: `and` is the least, `or` the most. */
static int
get_rank (const Written *written)
{
  return written->is_known ? (int)written->number * 2 : 1;
}

static Written
write_row (World *world, int depth)
{
  gboolean is_or = roll (world, 2) == 0;
  guint n = 2 + roll (world, 3);
  GString *text = g_string_new (NULL);
  int rank = is_or ? 0 : 2;
  guint missing = 0;

  for (guint i = 0; i < n; i++) {
    Written operand = write_condition (world, depth - 1);
    g_string_append_printf (text, "%s(%s)", i == 0 ? "" : is_or ? " or " : " and ", operand.text);
    rank = is_or ? MAX (rank, get_rank (&operand)) : MIN (rank, get_rank (&operand));
    missing |= operand.missing;
    g_free (operand.text);
  }
  return written_new (g_string_free (text, FALSE), rank != 1, rank / 2, missing);
}

static Written
write_condition (World *world, int depth)
{
  if (depth == 0)
    return write_fact (world, 0, N_CONDITIONS);
  switch (roll (world, 8)) {
  case 0:
    return write_fact (world, 0, N_CONDITIONS);
  case 1:
    return write_exists (world);
  case 2:
    return write_not (world, depth);
  case 3:
    return write_comparison (world, MIN (depth, 3));
  case 4:
    return write_in (world, MIN (depth, 3));
  default:
    return write_row (world, depth);
  }
}

static void
make_world (World *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (fact_names); i++) {
    world->states[i] = roll (world, 2) == 0 ? JZ_FACT_PRESENT : (JzFactState)(1 + roll (world, 2));
    world->values[i] = i < N_CONDITIONS ? roll (world, 2) : roll (world, 5);
  }
}

static JzFactState
get_fact (gconstpointer data, const char *name, JzValue **value)
{
  const World *world = data;

  for (guint i = 0; i < G_N_ELEMENTS (fact_names); i++) {
    if (strcmp (fact_names[i], name) != 0)
      continue;
    if (world->states[i] == JZ_FACT_PRESENT)
      *value = i < N_CONDITIONS ? jz_value_new_bool (world->values[i] != 0)
                                : jz_value_new_int (world->values[i]);
    return world->states[i];
  }
  g_assert_not_reached ();
}

static JzExpression *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JzExpression *expression =
    jz_expression_parse (text, strlen (text), &fixture_position, JZ_EXPRESSION_SEMANTICS,
                         &fixture_vocabulary, NULL, &error);

  if (error != NULL)
    g_error ("%s: “%s”", error->message, text);
  return expression;
}

static JzOutcome *
evaluate (const World *world, const char *text, gboolean tracing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzExpression) expression = parse (text);
  JzFacts facts = { .get_fact = get_fact, .data = world };
  JzOutcome *outcome =
    jz_expression_evaluate (expression, &facts, JZ_EXPRESSION_DEFAULT_STEPS, tracing, &error);

  g_assert_no_error (error);
  return outcome;
}

static guint
get_missing (const JzOutcome *outcome)
{
  guint missing = 0;

  for (const char *const *name = jz_outcome_get_missing (outcome); *name != NULL; name++) {
    for (guint i = 0; i < G_N_ELEMENTS (fact_names); i++) {
      if (strcmp (fact_names[i], *name) == 0)
        missing |= 1u << i;
    }
  }
  return missing;
}

static World
world_new (GRand **rand)
{
  guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  *rand = g_rand_new_with_seed (seed);
  return (World){ .rand = *rand };
}

static void
test_evaluator (void)
{
  g_autoptr (GRand) rand = NULL;
  World world = world_new (&rand);
  guint n_came_out[3] = { 0 };

  for (guint i = 0; i < N_ROUNDS; i++) {
    make_world (&world);
    Written written = write_condition (&world, MAX_DEPTH);
    g_autofree char *text = written.text;
    if (strlen (text) > JZ_EXPRESSION_MAX_SIZE)
      continue;
    g_autoptr (JzOutcome) outcome = evaluate (&world, text, i % 2 == 0);
    Says says = written.is_known ? (Says)written.number : SAYS_UNKNOWN;
    if ((Says)jz_outcome_get_truth (outcome) != says || get_missing (outcome) != written.missing)
      g_error ("“%s” came to %d without %#x, not %d without %#x.", text,
               (int)jz_outcome_get_truth (outcome), get_missing (outcome), (int)says,
               written.missing);
    n_came_out[says]++;
  }
  for (guint i = 0; i < G_N_ELEMENTS (n_came_out); i++)
    g_assert_cmpuint (n_came_out[i], >, N_ROUNDS / 20);
}

static void
test_printing (void)
{
  g_autoptr (GRand) rand = NULL;
  World world = world_new (&rand);

  for (guint i = 0; i < N_ROUNDS; i++) {
    make_world (&world);
    g_autofree char *text = write_condition (&world, MAX_DEPTH).text;
    if (strlen (text) > JZ_EXPRESSION_MAX_SIZE)
      continue;
    g_autoptr (JzExpression) expression = parse (text);
    g_autofree char *printed = jz_expression_to_text (expression);
    g_autoptr (JzExpression) again = parse (printed);
    g_autofree char *printed_again = jz_expression_to_text (again);
    g_assert_true (jz_expression_equal (expression, again));
    g_assert_cmpstr (printed, ==, printed_again);
    g_assert_cmpuint (strlen (printed), <=, strlen (text));
  }
}

/* No pair of parentheses that the printer writes can be left out without changing the tree. */
static void
test_least_parentheses (void)
{
  g_autoptr (GRand) rand = NULL;
  World world = world_new (&rand);

  for (guint i = 0; i < N_ROUNDS / 10; i++) {
    make_world (&world);
    g_autofree char *text = write_condition (&world, 3).text;
    g_autoptr (JzExpression) expression = parse (text);
    g_autofree char *printed = jz_expression_to_text (expression);
    g_autoptr (GArray) opened = g_array_new (FALSE, FALSE, sizeof (gsize));
    for (gsize at = 0; printed[at] != '\0'; at++) {
      if (printed[at] == '(')
        g_array_append_val (opened, at);
      if (printed[at] != ')')
        continue;
      gsize opening = g_array_index (opened, gsize, opened->len - 1);
      g_autofree char *without = g_strdup (printed);
      without[opening] = ' ';
      without[at] = ' ';
      g_array_set_size (opened, opened->len - 1);
      g_autoptr (JzExpression) other =
        jz_expression_parse (without, strlen (without), &fixture_position, JZ_EXPRESSION_SEMANTICS,
                             &fixture_vocabulary, NULL, NULL);
      g_assert_true (other == NULL || !jz_expression_equal (expression, other));
    }
  }
}

/* Two ways to say the same; %1$s, %2$s and %3$s are any conditions. */
static const struct {
  const char *one;
  const char *other;
} laws[] = {
  { "not (%1$s and %2$s)", "not %1$s or not %2$s" },
  { "not (%1$s or %2$s)", "not %1$s and not %2$s" },
  { "not not %1$s", "%1$s" },
  { "%1$s and %2$s", "%2$s and %1$s" },
  { "%1$s or %2$s", "%2$s or %1$s" },
  { "%1$s and %1$s", "%1$s" },
  { "%1$s or %1$s", "%1$s" },
  { "%1$s and true", "%1$s" },
  { "%1$s or false", "%1$s" },
  { "%1$s and false", "false" },
  { "%1$s or true", "true" },
  { "%1$s and (%2$s or %3$s)", "%1$s and %2$s or %1$s and %3$s" },
  { "%1$s or %2$s and %3$s", "(%1$s or %2$s) and (%1$s or %3$s)" },
  { "(%1$s and %2$s) and %3$s", "%1$s and (%2$s and %3$s)" },
  { "%1$s and (%1$s or %2$s)", "%1$s" },
  { "%1$s or %1$s and %2$s", "%1$s" },
  { "%1$s = %2$s", "%2$s = %1$s" },
  { "%1$s != %2$s", "not %1$s = %2$s" },
  { "%1$s = true", "%1$s" },
  { "%1$s in {true, false}", "%1$s = %1$s" },
};

static char *
fill (const char *law, char *const parts[3])
{
  GString *text = g_string_new (law);

  for (guint i = 0; i < 3; i++) {
    g_autofree char *mark = g_strdup_printf ("%%%u$s", i + 1);
    g_autofree char *part = g_strdup_printf ("(%s)", parts[i]);
    g_string_replace (text, mark, part, 0);
  }
  return g_string_free (text, FALSE);
}

static void
test_laws (void)
{
  g_autoptr (GRand) rand = NULL;
  World world = world_new (&rand);

  for (guint i = 0; i < N_ROUNDS; i++) {
    gsize law = i % G_N_ELEMENTS (laws);
    make_world (&world);
    char *parts[3];
    for (guint j = 0; j < 3; j++)
      parts[j] = write_condition (&world, 3).text;
    g_autofree char *one = fill (laws[law].one, parts);
    g_autofree char *other = fill (laws[law].other, parts);
    for (guint j = 0; j < 3; j++)
      g_free (parts[j]);
    g_autoptr (JzOutcome) one_outcome = evaluate (&world, one, FALSE);
    g_autoptr (JzOutcome) other_outcome = evaluate (&world, other, FALSE);
    if (jz_outcome_get_truth (one_outcome) != jz_outcome_get_truth (other_outcome))
      g_error ("“%s” and “%s” differ.", one, other);
  }
}

/* Learning what was missing decides the outcome, and learning anything never turns true to false.
 */
static void
test_learning (void)
{
  g_autoptr (GRand) rand = NULL;
  World world = world_new (&rand);

  for (guint i = 0; i < N_ROUNDS; i++) {
    make_world (&world);
    for (guint j = 0; j < G_N_ELEMENTS (fact_names); j++) {
      if (world.states[j] == JZ_FACT_ABSENT)
        world.states[j] = JZ_FACT_UNKNOWN;
    }
    g_autofree char *text = write_condition (&world, 4).text;
    g_autoptr (JzOutcome) before = evaluate (&world, text, FALSE);
    World learned = world;
    for (guint j = 0; j < G_N_ELEMENTS (fact_names); j++)
      learned.states[j] = JZ_FACT_PRESENT;
    g_autoptr (JzOutcome) after = evaluate (&learned, text, FALSE);
    g_assert_cmpint (jz_outcome_get_truth (after), !=, JZ_TRUTH_UNKNOWN);
    if (jz_outcome_get_truth (before) != JZ_TRUTH_UNKNOWN)
      g_assert_cmpint (jz_outcome_get_truth (after), ==, jz_outcome_get_truth (before));
    else
      g_assert_cmpuint (get_missing (before), !=, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/expression-random/evaluator", test_evaluator);
  g_test_add_func ("/base/expression-random/printing", test_printing);
  g_test_add_func ("/base/expression-random/least-parentheses", test_least_parentheses);
  g_test_add_func ("/base/expression-random/laws", test_laws);
  g_test_add_func ("/base/expression-random/learning", test_learning);

  return g_test_run ();
}
