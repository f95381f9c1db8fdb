/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

/* How tightly a node holds together; the levels are those of the parser. */
typedef enum {
  BINDING_OR,
  BINDING_AND,
  BINDING_NOT,
  BINDING_COMPARISON,
  BINDING_SUM,
  BINDING_UNARY,
  BINDING_TERM,
} JzBinding;

static void print_node (GString *text, const JzNode *node, JzBinding least);

static JzBinding
get_binding (JzNodeKind kind)
{
  switch ((int)kind) {
  case JZ_NODE_OR:
    return BINDING_OR;
  case JZ_NODE_AND:
    return BINDING_AND;
  case JZ_NODE_NOT:
    return BINDING_NOT;
  case JZ_NODE_COMPARE:
  case JZ_NODE_IN:
    return BINDING_COMPARISON;
  case JZ_NODE_SUM:
    return BINDING_SUM;
  case JZ_NODE_NEGATE:
    return BINDING_UNARY;
  default:
    return BINDING_TERM;
  }
}

static const char *
get_sign (JzTokenKind comparison)
{
  switch ((int)comparison) {
  case JZ_TOKEN_EQUAL:
    return " = ";
  case JZ_TOKEN_UNEQUAL:
    return " != ";
  case JZ_TOKEN_LESS:
    return " < ";
  case JZ_TOKEN_LESS_OR_EQUAL:
    return " <= ";
  case JZ_TOKEN_GREATER:
    return " > ";
  case JZ_TOKEN_GREATER_OR_EQUAL:
    return " >= ";
  default:
    g_return_val_if_reached ("");
  }
}

static void
print_literal (GString *text, const JzValue *value)
{
  g_autofree char *literal = jz_value_to_text (value);

  g_string_append (text, literal);
}

/* An operand that binds no tighter than the row itself was in parentheses. */
static void
print_row (GString *text, const JzNode *node, const char *sign, const char *marking_sign)
{
  JzBinding least = get_binding (node->kind) + 1;

  for (guint i = 0; i < node->children->len; i++) {
    const JzNode *operand = jz_node_get_child (node, i);
    if (i > 0)
      g_string_append (text, operand->is_subtracted ? marking_sign : sign);
    print_node (text, operand, least);
  }
}

static void
print_set (GString *text, const JzNode *node)
{
  print_node (text, jz_node_get_child (node, 0), BINDING_SUM);
  g_string_append (text, " in {");
  for (guint i = 1; i < node->children->len; i++) {
    g_string_append (text, i == 1 ? "" : ", ");
    print_literal (text, jz_node_get_child (node, i)->value);
  }
  g_string_append_c (text, '}');
}

static void
print_call (GString *text, const char *word, const JzNode *node)
{
  g_string_append_printf (text, "%s(", word);
  for (guint i = 0; i < node->children->len; i++) {
    g_string_append (text, i == 0 ? "" : ", ");
    print_node (text, jz_node_get_child (node, i), BINDING_OR);
  }
  g_string_append_c (text, ')');
}

static void
print_loop (GString *text, const char *word, const JzNode *node)
{
  g_string_append_printf (text, "%s(%s in ", word, node->name);
  print_node (text, jz_node_get_child (node, 0), BINDING_TERM);
  g_string_append (text, " : ");
  print_node (text, jz_node_get_child (node, 1), BINDING_OR);
  g_string_append_c (text, ')');
}

static void
print_limit (GString *text, const JzNode *node)
{
  g_autoptr (JzValue) id = jz_value_new_text (node->name);

  g_string_append (text, "limit(");
  print_literal (text, id);
  g_string_append (text, ").due");
}

static void
print_by_kind (GString *text, const JzNode *node)
{
  switch (node->kind) {
  case JZ_NODE_LITERAL:
    print_literal (text, node->value);
    break;
  case JZ_NODE_NAME:
    g_string_append (text, node->name);
    break;
  case JZ_NODE_LIMIT:
    print_limit (text, node);
    break;
  case JZ_NODE_OR:
    print_row (text, node, " or ", "");
    break;
  case JZ_NODE_AND:
    print_row (text, node, " and ", "");
    break;
  case JZ_NODE_NOT:
    g_string_append (text, "not ");
    print_node (text, jz_node_get_child (node, 0), BINDING_NOT);
    break;
  case JZ_NODE_COMPARE:
    print_row (text, node, get_sign (node->comparison), "");
    break;
  case JZ_NODE_IN:
    print_set (text, node);
    break;
  case JZ_NODE_SUM:
    print_row (text, node, " + ", " - ");
    break;
  case JZ_NODE_NEGATE:
    g_string_append_c (text, '-');
    print_node (text, jz_node_get_child (node, 0), BINDING_UNARY);
    break;
  case JZ_NODE_EXISTS:
    g_string_append (text, "exists ");
    print_node (text, jz_node_get_child (node, 0), BINDING_TERM);
    break;
  case JZ_NODE_DAYS:
    print_call (text, "days", node);
    break;
  case JZ_NODE_COUNT:
    print_call (text, "count", node);
    break;
  case JZ_NODE_COUNT_WHERE:
    print_loop (text, "count", node);
    break;
  case JZ_NODE_ANY:
    print_loop (text, "any", node);
    break;
  case JZ_NODE_ALL:
    print_loop (text, "all", node);
    break;
  default:
    g_return_if_reached ();
  }
}

static void
print_node (GString *text, const JzNode *node, JzBinding least)
{
  gboolean is_looser = get_binding (node->kind) < least;

  if (is_looser)
    g_string_append_c (text, '(');
  print_by_kind (text, node);
  if (is_looser)
    g_string_append_c (text, ')');
}

/**
 * jz_expression_to_text:
 * @self: an expression
 *
 * Writes an expression in its one canonical form: one line, one space between words, no
 * parentheses but those that the tree needs, amounts in yuan where they are whole yuan. Parsed
 * again it is the same tree (unless the spaces made it longer than %JZ_EXPRESSION_MAX_SIZE), and
 * two expressions are equal exactly when their canonical texts are.
 *
 * Returns: (transfer full): the text
 */
char *
jz_expression_to_text (const JzExpression *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  GString *text = g_string_new (NULL);
  print_node (text, self->root, BINDING_OR);
  return g_string_free (text, FALSE);
}
