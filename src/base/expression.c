/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression.h"

#include <glib/gi18n-lib.h>

#include "base/expression-private.h"

/* The expression language of rules, forms and exports: bounded and total. There is no assignment,
 * no recursion and no way to define a function, so that every expression ends, and an office can
 * be shown why it came out as it did.
 *
 *   condition   conjunction { "or" conjunction }
 *   conjunction negation { "and" negation }
 *   negation    "not" negation | comparison
 *   comparison  sum [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) sum | "in" set ]
 *   set         "{" constant { "," constant } "}"
 *   sum         unary { ( "+" | "-" ) unary }
 *   unary       "-" unary | primary
 *   primary     literal | name | "(" condition ")" | "exists" ( name | limit ) | limit
 *               | "days" "(" condition "," condition ")" | "count" "(" name ")"
 *               | ( "count" | "any" | "all" ) "(" variable "in" name ":" condition ")"
 *   limit       "limit" "(" text ")" "." "due"
 *
 * LITERALS. `true` and `false`; a whole number from 0 to 9223372036854775807; an amount of money,
 * which is a number followed by its unit, `50 fen` or `200 yuan`; a date, `2026-03-02`; a point in
 * time in Beijing to the minute, `2026-03-02T09:30`; a text in single quotes on one line, '' for a
 * quote inside. A constant of a set is a literal, a minus may stand before a number or an amount.
 * Sets stand in braces because parentheses group.
 *
 * NAMES are of small ASCII letters, digits and underscores, parts joined by dots. The variable of
 * `any(x in parties : x.kind = 'citizen')` is one part, has a meaning only behind its colon, and
 * there hides facts of that name: a vocabulary that grows must not break an old rulebook. A
 * variable cannot hide another variable.
 *
 * TYPES are checked once, when an expression is read:
 *  - a plain number never becomes money and money never becomes a number: `fine > 200` is refused,
 *    `fine > 200 yuan` is not. The unit is the mark.
 *  - `=` and `!=` take two values of one type; `<` and its like a number, money, date or instant.
 *    A choice is compared with a text literal only if that is one of its words, with another
 *    choice only if they share a word, and never with free text. Lists are not compared.
 *  - + and - take two numbers or two amounts; date + number and date - number are days later and
 *    earlier; date - date is a number of days. `days(a, b)` is b - a: calendar days from a to b.
 *  - comparisons do not chain: neither `a < b < c` nor `a = b = c`.
 *
 * UNKNOWN. A fact is present, known to be absent, or unknown. `exists` tells the first two apart
 * and is unknown only about the third. Everywhere else a fact without a value is unknown and is
 * named as missing. `and`, `or`, `not`, `any`, `all` follow Kleene: false and unknown is false,
 * true or unknown is true. A sum, comparison or `in` with an unknown part is unknown. A count is
 * unknown when of one entry it is unknown whether it counts, but a comparison of it is decided as
 * soon as those entries cannot change it: two certain officers are enough for `count(…) >= 2`. A
 * missing fact is reported only where it is why the result is unknown.
 *
 * ORDER. From left to right; what cannot change the result any more is not evaluated, and what is
 * not evaluated cannot fail. A sum beyond 64 bits or a date outside 1900 to 9999 is an error. */

static void
free_node (gpointer data)
{
  JzNode *node = data;

  if (node->children != NULL)
    g_ptr_array_unref (node->children);
  if (node->value != NULL)
    jz_value_unref (node->value);
  g_free (node->name);
  g_free (node->path);
  g_free (node);
}

static void
clear_expression (gpointer data)
{
  JzExpression *self = data;

  g_ptr_array_unref (self->nodes);
  g_free (self->source.text);
  g_free (self->source.file);
}

static JzExpression *
expression_new (const char *text, gsize length, const JzTextPosition *position, guint semantics)
{
  JzExpression *self = g_atomic_rc_box_new0 (JzExpression);

  self->source = (JzSource){ .text = g_strndup (text, length),
                             .length = length,
                             .file = g_strdup (position->file),
                             .line = position->line,
                             .column = position->column };
  self->semantics = semantics;
  self->nodes = g_ptr_array_new_with_free_func (free_node);
  return self;
}

static gboolean
check_semantics (guint semantics, const JzTextPosition *position, GError **error)
{
  JzSource place = { .text = (char *)"",
                     .file = (char *)position->file,
                     .line = position->line,
                     .column = position->column };

  if (semantics == JZ_EXPRESSION_SEMANTICS)
    return TRUE;
  jz_source_set_error (&place, 0, JZ_BASE_ERROR_RANGE, error,
                       _ ("This rule is written for number %u of the rules of evaluation, but "
                          "this program knows only number %u; use a program that knows it."),
                       semantics, (guint)JZ_EXPRESSION_SEMANTICS);
  return FALSE;
}

/* Looks at the text before a copy is made: it may have any length and any bytes. */
static gboolean
check_text (const char *text, gsize length, const JzTextPosition *position, GError **error)
{
  JzSource place = { .text = (char *)text,
                     .length = length,
                     .file = (char *)position->file,
                     .line = position->line,
                     .column = position->column };
  const char *bad = NULL;

  if (length > JZ_EXPRESSION_MAX_SIZE) {
    jz_source_set_error (&place, 0, JZ_BASE_ERROR_LIMIT, error,
                         _ ("An expression has at most %u bytes; divide this one."),
                         (guint)JZ_EXPRESSION_MAX_SIZE);
    return FALSE;
  }
  if (!g_utf8_validate_len (text, length, &bad)) {
    jz_source_set_error (&place, (gsize)(bad - text), JZ_BASE_ERROR_SYNTAX, error,
                         _ ("From here on this is not UTF-8 text; save the file as UTF-8."));
    return FALSE;
  }
  return TRUE;
}

/**
 * jz_expression_parse:
 * @text: the expression; neither UTF-8 nor NUL-terminated need be
 * @length: its length in bytes, at most %JZ_EXPRESSION_MAX_SIZE
 * @position: the file it stands in, and where in it; only for errors
 * @semantics: the semantics number of the rulebook
 * @vocabulary: what names mean
 * @wanted: (nullable): the type that the place of the expression asks for; of a list only the kind
 *   is compared; %NULL if any type will do
 * @error: return location
 *
 * Reads an expression and checks its types against a vocabulary, which is not kept. The language
 * is described at the head of this file. Design §4.
 *
 * Errors begin with `FILE:LINE:COLUMN: `, of the character where the mistake begins; the column
 * counts characters, a tab is one.
 *
 * Returns: (transfer full): the expression, or %NULL with %JZ_BASE_ERROR_SYNTAX (the text is none),
 *   %JZ_BASE_ERROR_RANGE (a name, word, type, date, number or the semantics number does not fit) or
 *   %JZ_BASE_ERROR_LIMIT (too long, too deep, too many parts)
 */
JzExpression *
jz_expression_parse (const char *text,
                     gsize length,
                     const JzTextPosition *position,
                     guint semantics,
                     const JzVocabulary *vocabulary,
                     const JzType *wanted,
                     GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (position != NULL && position->file != NULL, NULL);
  g_return_val_if_fail (vocabulary != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_semantics (semantics, position, error) || !check_text (text, length, position, error))
    return NULL;
  g_autoptr (JzExpression) self = expression_new (text, length, position, semantics);
  self->root = jz_expression_parse_tree (&self->source, self->nodes, error);
  if (self->root == NULL)
    return NULL;
  if (!jz_expression_check_types (&self->source, self->root, vocabulary, wanted, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_expression_ref:
 * @self: an expression
 *
 * Takes a reference. Expressions are immutable and may be shared between threads.
 *
 * Returns: (transfer full): @self
 */
JzExpression *
jz_expression_ref (const JzExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire ((JzExpression *)self);
}

/**
 * jz_expression_unref:
 * @self: (transfer full): an expression
 *
 * Gives a reference back.
 */
void
jz_expression_unref (JzExpression *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_expression);
}

/**
 * jz_expression_get_semantics:
 * @self: an expression
 *
 * Gets the semantics number that it was read with and is evaluated by.
 *
 * Returns: the number
 */
guint
jz_expression_get_semantics (const JzExpression *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->semantics;
}

/**
 * jz_expression_get_kind:
 * @self: an expression
 *
 * Gets the type of its value. A text literal has the kind text, also where a choice is wanted.
 *
 * Returns: the kind
 */
JzValueKind
jz_expression_get_kind (const JzExpression *self)
{
  g_return_val_if_fail (self != NULL, JZ_VALUE_BOOL);

  return self->root->value_kind;
}

/**
 * jz_expression_get_text:
 * @self: an expression
 *
 * Gets the text that it was read from.
 *
 * Returns: the text
 */
const char *
jz_expression_get_text (const JzExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->source.text;
}

static gboolean
are_equal_values (const JzValue *a, const JzValue *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return jz_value_get_kind (a) == jz_value_get_kind (b) && jz_value_compare (a, b) == 0;
}

static gboolean
are_equal_nodes (const JzNode *a, const JzNode *b)
{
  guint n_children = jz_node_get_n_children (a);

  if (a->kind != b->kind || n_children != jz_node_get_n_children (b) ||
      a->comparison != b->comparison || a->is_subtracted != b->is_subtracted ||
      a->value_kind != b->value_kind || g_strcmp0 (a->name, b->name) != 0 ||
      !are_equal_values (a->value, b->value))
    return FALSE;
  for (guint i = 0; i < n_children; i++) {
    if (!are_equal_nodes (jz_node_get_child (a, i), jz_node_get_child (b, i)))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_expression_equal:
 * @a: an expression
 * @b: an expression
 *
 * Whether two expressions are the same tree: spaces, line breaks and parentheses that change
 * nothing do not matter, nor does it whether an amount was written in yuan or fen.
 *
 * Returns: %TRUE if they are
 */
gboolean
jz_expression_equal (const JzExpression *a, const JzExpression *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->semantics == b->semantics && are_equal_nodes (a->root, b->root);
}
