/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <glib/gi18n-lib.h>

/* A recursive parser, one function a level of precedence; what binds tightest is in
 * expression_terms.c. Its depth is bounded because everything that nests (parentheses, calls,
 * `not`, unary minus) is counted. */

typedef JzNode *(*JzParseFunc) (JzParser *self, GError **error);

gboolean
jz_parser_advance (JzParser *self, GError **error)
{
  self->end = self->token.end;
  return jz_lexer_next (&self->lexer, &self->token, error);
}

gboolean
jz_parser_fail (const JzParser *self, GError **error, const char *sentence)
{
  jz_source_set_error (self->source, self->token.start, JZ_BASE_ERROR_SYNTAX, error, "%s",
                       sentence);
  return FALSE;
}

gboolean
jz_parser_expect (JzParser *self, JzTokenKind kind, const char *sentence, GError **error)
{
  if (self->token.kind != kind)
    return jz_parser_fail (self, error, sentence);
  return jz_parser_advance (self, error);
}

gboolean
jz_parser_enter (JzParser *self, GError **error)
{
  if (self->nesting < JZ_EXPRESSION_MAX_NESTING) {
    self->nesting++;
    return TRUE;
  }
  jz_source_set_error (self->source, self->token.start, JZ_BASE_ERROR_LIMIT, error,
                       _ ("An expression is at most %u levels deep; divide this one."),
                       (guint)JZ_EXPRESSION_MAX_NESTING);
  return FALSE;
}

void
jz_parser_leave (JzParser *self)
{
  self->nesting--;
}

JzNode *
jz_parser_add_node (JzParser *self, JzNodeKind kind, const JzToken *first, GError **error)
{
  if (self->nodes->len == JZ_EXPRESSION_MAX_NODES) {
    jz_source_set_error (self->source, first->start, JZ_BASE_ERROR_LIMIT, error,
                         _ ("An expression has at most %u parts; divide this one."),
                         (guint)JZ_EXPRESSION_MAX_NODES);
    return NULL;
  }
  JzNode *node = g_new0 (JzNode, 1);
  node->kind = kind;
  node->start = first->start;
  node->line = first->line;
  node->column = first->column;
  node->loop = -1;
  g_ptr_array_add (self->nodes, node);
  return node;
}

JzNode *
jz_parser_finish_node (const JzParser *self, JzNode *node)
{
  node->end = self->end;
  return node;
}

void
jz_node_adopt (JzNode *parent, JzNode *child)
{
  if (parent->children == NULL)
    parent->children = g_ptr_array_new ();
  g_ptr_array_add (parent->children, child);
}

/* A sign or word that may be repeated before its operand: `not not a`, `- -5`. */
static JzNode *
parse_prefixed (JzParser *self,
                JzTokenKind prefix,
                JzNodeKind kind,
                JzParseFunc parse_operand,
                GError **error)
{
  if (self->token.kind != prefix)
    return parse_operand (self, error);
  JzNode *node = jz_parser_add_node (self, kind, &self->token, error);
  if (node == NULL || !jz_parser_enter (self, error) || !jz_parser_advance (self, error))
    return NULL;
  JzNode *operand = parse_prefixed (self, prefix, kind, parse_operand, error);
  if (operand == NULL)
    return NULL;
  jz_parser_leave (self);
  jz_node_adopt (node, operand);
  return jz_parser_finish_node (self, node);
}

static JzNode *
parse_unary (JzParser *self, GError **error)
{
  return parse_prefixed (self, JZ_TOKEN_MINUS, JZ_NODE_NEGATE, jz_parser_parse_term, error);
}

/* One node for a whole row of operands with one of two signs between them; the second sign marks
 * the operand behind it. */
static JzNode *
parse_row (JzParser *self,
           JzNodeKind kind,
           JzTokenKind sign,
           JzTokenKind marking_sign,
           JzParseFunc parse_operand,
           GError **error)
{
  JzToken first = self->token;
  JzNode *operand = parse_operand (self, error);
  JzNode *row = NULL;

  while (operand != NULL && (self->token.kind == sign || self->token.kind == marking_sign)) {
    gboolean is_marked = self->token.kind != sign;
    if (row == NULL) {
      row = jz_parser_add_node (self, kind, &first, error);
      if (row == NULL)
        return NULL;
      jz_node_adopt (row, operand);
    }
    if (!jz_parser_advance (self, error))
      return NULL;
    operand = parse_operand (self, error);
    if (operand == NULL)
      return NULL;
    operand->is_subtracted = is_marked;
    jz_node_adopt (row, operand);
  }
  return row == NULL ? operand : jz_parser_finish_node (self, row);
}

static JzNode *
parse_sum (JzParser *self, GError **error)
{
  return parse_row (self, JZ_NODE_SUM, JZ_TOKEN_PLUS, JZ_TOKEN_MINUS, parse_unary, error);
}

static gboolean
is_comparison (JzTokenKind kind)
{
  return (kind >= JZ_TOKEN_EQUAL && kind <= JZ_TOKEN_GREATER_OR_EQUAL) || kind == JZ_TOKEN_IN;
}

static JzNode *
parse_comparison (JzParser *self, GError **error)
{
  JzToken first = self->token;
  JzNode *left = parse_sum (self, error);

  if (left == NULL || !is_comparison (self->token.kind))
    return left;
  gboolean is_in = self->token.kind == JZ_TOKEN_IN;
  JzNode *node = jz_parser_add_node (self, is_in ? JZ_NODE_IN : JZ_NODE_COMPARE, &first, error);
  if (node == NULL)
    return NULL;
  jz_node_adopt (node, left);
  node->comparison = self->token.kind;
  if (!jz_parser_advance (self, error))
    return NULL;
  if (is_in) {
    if (!jz_parser_take_set (self, node, error))
      return NULL;
  } else {
    JzNode *right = parse_sum (self, error);
    if (right == NULL)
      return NULL;
    jz_node_adopt (node, right);
  }
  if (is_comparison (self->token.kind)) {
    jz_parser_fail (self, error, _ ("Comparisons do not chain; join two of them with “and”."));
    return NULL;
  }
  return jz_parser_finish_node (self, node);
}

static JzNode *
parse_negation (JzParser *self, GError **error)
{
  return parse_prefixed (self, JZ_TOKEN_NOT, JZ_NODE_NOT, parse_comparison, error);
}

static JzNode *
parse_conjunction (JzParser *self, GError **error)
{
  return parse_row (self, JZ_NODE_AND, JZ_TOKEN_AND, JZ_TOKEN_AND, parse_negation, error);
}

JzNode *
jz_parser_parse_condition (JzParser *self, GError **error)
{
  return parse_row (self, JZ_NODE_OR, JZ_TOKEN_OR, JZ_TOKEN_OR, parse_conjunction, error);
}

static gboolean
refuse_rest (const JzParser *self, GError **error)
{
  g_autofree char *excerpt =
    jz_source_dup_excerpt (self->source, self->token.start, self->token.end);

  if (self->token.kind == JZ_TOKEN_CLOSE || self->token.kind == JZ_TOKEN_CLOSE_LIST)
    return jz_parser_fail (self, error,
                           _ ("This closes something that was not opened; remove it."));
  jz_source_set_error (self->source, self->token.start, JZ_BASE_ERROR_SYNTAX, error,
                       _ ("“%s” cannot stand here: the expression is complete before it."),
                       excerpt);
  return FALSE;
}

/* The nodes are added to @nodes, which owns them, also when there is an error. */
JzNode *
jz_expression_parse_tree (const JzSource *source, GPtrArray *nodes, GError **error)
{
  JzParser self = { .source = source, .nodes = nodes };

  jz_lexer_init (&self.lexer, source);
  if (!jz_parser_advance (&self, error))
    return NULL;
  JzNode *root = jz_parser_parse_condition (&self, error);
  if (root == NULL)
    return NULL;
  if (self.token.kind != JZ_TOKEN_END) {
    refuse_rest (&self, error);
    return NULL;
  }
  return root;
}
