/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What stands alone in an expression: literals, names, calls and what is in parentheses. */

static gboolean
expect_open (JzParser *self, GError **error)
{
  return jz_parser_expect (self, JZ_TOKEN_OPEN, _ ("An opening parenthesis is missing here."),
                           error);
}

static gboolean
expect_close (JzParser *self, GError **error)
{
  return jz_parser_expect (self, JZ_TOKEN_CLOSE, _ ("A closing parenthesis is missing here."),
                           error);
}

static char *
dup_token (const JzParser *self)
{
  return g_strndup (self->source->text + self->token.start, self->token.end - self->token.start);
}

/* The text between the quotes, each '' made one quote. */
static char *
dup_quoted (const JzParser *self)
{
  const char *end = self->source->text + self->token.end - 1;
  GString *text = g_string_new (NULL);

  for (const char *p = self->source->text + self->token.start + 1; p < end; p++) {
    g_string_append_c (text, *p);
    if (*p == '\'')
      p++;
  }
  return g_string_free (text, FALSE);
}

static gboolean
is_unit (const JzParser *self, const char *unit)
{
  const JzToken *token = &self->token;

  return token->kind == JZ_TOKEN_NAME && token->end - token->start == strlen (unit) &&
         strncmp (self->source->text + token->start, unit, strlen (unit)) == 0;
}

/* A number and the unit behind it, if there is one: `fen` and `yuan` are units only there. */
static gboolean
take_number (JzParser *self, gboolean is_negative, JzValue **value, GError **error)
{
  gsize start = self->token.start;
  gint64 number = is_negative ? -self->token.number : self->token.number;

  if (!jz_parser_advance (self, error))
    return FALSE;
  if (is_unit (self, "fen")) {
    *value = jz_value_new_money (number);
    return jz_parser_advance (self, error);
  }
  if (!is_unit (self, "yuan")) {
    *value = jz_value_new_int (number);
    return TRUE;
  }
  if (__builtin_mul_overflow (number, (gint64)JZ_VALUE_FEN_PER_YUAN, &number)) {
    jz_source_set_error (self->source, start, JZ_BASE_ERROR_RANGE, error,
                         _ ("This amount is larger than 9223372036854775807 fen, which is the "
                            "largest there is."));
    return FALSE;
  }
  *value = jz_value_new_money (number);
  return jz_parser_advance (self, error);
}

static gboolean
take_literal (JzParser *self, JzValue **value, GError **error)
{
  g_autofree char *text = NULL;

  switch ((int)self->token.kind) {
  case JZ_TOKEN_INTEGER:
    return take_number (self, FALSE, value, error);
  case JZ_TOKEN_TEXT:
    text = dup_quoted (self);
    *value = jz_value_new_text (text);
    break;
  case JZ_TOKEN_DATE:
    *value = jz_value_new_date (self->token.date);
    break;
  case JZ_TOKEN_INSTANT:
    *value = jz_value_new_instant (self->token.number);
    break;
  case JZ_TOKEN_TRUE:
  case JZ_TOKEN_FALSE:
    *value = jz_value_new_bool (self->token.kind == JZ_TOKEN_TRUE);
    break;
  default:
    return jz_parser_fail (
      self, error,
      _ ("A value is missing here: a number, an amount, a date, a text in quotes, "
         "true or false."));
  }
  return jz_parser_advance (self, error);
}

static JzNode *
parse_literal (JzParser *self, GError **error)
{
  JzNode *node = jz_parser_add_node (self, JZ_NODE_LITERAL, &self->token, error);

  if (node == NULL || !take_literal (self, &node->value, error))
    return NULL;
  return jz_parser_finish_node (self, node);
}

static JzNode *
parse_constant (JzParser *self, GError **error)
{
  JzNode *node = jz_parser_add_node (self, JZ_NODE_LITERAL, &self->token, error);

  if (node == NULL)
    return NULL;
  if (self->token.kind != JZ_TOKEN_MINUS)
    return take_literal (self, &node->value, error) ? jz_parser_finish_node (self, node) : NULL;
  if (!jz_parser_advance (self, error))
    return NULL;
  if (self->token.kind != JZ_TOKEN_INTEGER) {
    jz_parser_fail (self, error, _ ("A minus sign stands only before a number or an amount."));
    return NULL;
  }
  return take_number (self, TRUE, &node->value, error) ? jz_parser_finish_node (self, node) : NULL;
}

/* The constants become children of @node, behind the value that is looked for among them. */
gboolean
jz_parser_take_set (JzParser *self, JzNode *node, GError **error)
{
  if (self->token.kind != JZ_TOKEN_OPEN_LIST)
    return jz_parser_fail (self, error,
                           _ ("After “in” stands a set of values in braces, like {'a', 'b'}."));
  do {
    if (!jz_parser_advance (self, error))
      return FALSE;
    JzNode *constant = parse_constant (self, error);
    if (constant == NULL)
      return FALSE;
    jz_node_adopt (node, constant);
  } while (self->token.kind == JZ_TOKEN_COMMA);
  return jz_parser_expect (self, JZ_TOKEN_CLOSE_LIST,
                           _ ("A comma or a closing brace is missing here."), error);
}

static JzNode *
parse_name (JzParser *self, GError **error)
{
  if (self->token.kind != JZ_TOKEN_NAME) {
    jz_parser_fail (self, error, _ ("The name of a fact is missing here."));
    return NULL;
  }
  JzNode *node = jz_parser_add_node (self, JZ_NODE_NAME, &self->token, error);
  if (node == NULL)
    return NULL;
  node->name = dup_token (self);
  if (!jz_parser_advance (self, error))
    return NULL;
  return jz_parser_finish_node (self, node);
}

static JzNode *
parse_limit (JzParser *self, GError **error)
{
  JzNode *node = jz_parser_add_node (self, JZ_NODE_LIMIT, &self->token, error);
  const char *form = _ ("A time limit is written like limit('TL-P12').due.");

  if (node == NULL || !jz_parser_advance (self, error) || !expect_open (self, error))
    return NULL;
  if (self->token.kind == JZ_TOKEN_TEXT)
    node->name = dup_quoted (self);
  if (!jz_parser_expect (self, JZ_TOKEN_TEXT, form, error) || !expect_close (self, error) ||
      !jz_parser_expect (self, JZ_TOKEN_DOT, form, error))
    return NULL;
  if (!is_unit (self, "due")) {
    jz_parser_fail (self, error, form);
    return NULL;
  }
  if (!jz_parser_advance (self, error))
    return NULL;
  return jz_parser_finish_node (self, node);
}

static JzNode *
parse_exists (JzParser *self, GError **error)
{
  JzNode *node = jz_parser_add_node (self, JZ_NODE_EXISTS, &self->token, error);

  if (node == NULL || !jz_parser_advance (self, error))
    return NULL;
  gboolean is_limit = self->token.kind == JZ_TOKEN_LIMIT;
  JzNode *child = is_limit ? parse_limit (self, error) : parse_name (self, error);
  if (child == NULL)
    return NULL;
  jz_node_adopt (node, child);
  return jz_parser_finish_node (self, node);
}

static JzNode *
parse_group (JzParser *self, GError **error)
{
  if (!jz_parser_enter (self, error) || !jz_parser_advance (self, error))
    return NULL;
  JzNode *inner = jz_parser_parse_condition (self, error);
  if (inner == NULL)
    return NULL;
  if (self->token.kind == JZ_TOKEN_COMMA) {
    jz_parser_fail (self, error,
                    _ ("A comma cannot stand here; a set of values is written in braces, like "
                       "{'a', 'b'}."));
    return NULL;
  }
  if (!expect_close (self, error))
    return NULL;
  jz_parser_leave (self);
  return inner;
}

static JzNode *
parse_days (JzParser *self, GError **error)
{
  JzNode *node = jz_parser_add_node (self, JZ_NODE_DAYS, &self->token, error);

  if (node == NULL || !jz_parser_enter (self, error) || !jz_parser_advance (self, error) ||
      !expect_open (self, error))
    return NULL;
  JzNode *from = jz_parser_parse_condition (self, error);
  if (from == NULL ||
      !jz_parser_expect (self, JZ_TOKEN_COMMA,
                         _ ("A comma is missing here; days are counted between two dates, "
                            "like days(a, b)."),
                         error))
    return NULL;
  JzNode *to = jz_parser_parse_condition (self, error);
  if (to == NULL || !expect_close (self, error))
    return NULL;
  jz_parser_leave (self);
  jz_node_adopt (node, from);
  jz_node_adopt (node, to);
  return jz_parser_finish_node (self, node);
}

static JzNodeKind
get_loop_kind (JzTokenKind token)
{
  if (token == JZ_TOKEN_ANY)
    return JZ_NODE_ANY;
  return token == JZ_TOKEN_ALL ? JZ_NODE_ALL : JZ_NODE_COUNT_WHERE;
}

/* From behind the first name to the closing parenthesis. The name has become the variable. */
static JzNode *
parse_loop_body (JzParser *self, JzNode *node, GError **error)
{
  if (!jz_parser_expect (self, JZ_TOKEN_IN,
                         _ ("“in” is missing here; it is written like any(x in list : condition)."),
                         error))
    return NULL;
  JzNode *list = parse_name (self, error);
  if (list == NULL || !jz_parser_expect (self, JZ_TOKEN_COLON,
                                         _ ("A colon and a condition are missing here, like "
                                            "any(x in list : condition)."),
                                         error))
    return NULL;
  JzNode *body = jz_parser_parse_condition (self, error);
  if (body == NULL || !expect_close (self, error))
    return NULL;
  jz_node_adopt (node, list);
  jz_node_adopt (node, body);
  return jz_parser_finish_node (self, node);
}

/* count, any and all begin alike; only behind the first name it shows whether that is a list to be
 * counted or a variable. */
static JzNode *
parse_loop (JzParser *self, GError **error)
{
  JzNode *node = jz_parser_add_node (self, get_loop_kind (self->token.kind), &self->token, error);

  if (node == NULL || !jz_parser_enter (self, error) || !jz_parser_advance (self, error) ||
      !expect_open (self, error))
    return NULL;
  JzToken first = self->token;
  g_autofree char *name = dup_token (self);
  if (!jz_parser_expect (self, JZ_TOKEN_NAME,
                         _ ("The name of a list or a variable is missing here."), error))
    return NULL;
  if (node->kind == JZ_NODE_COUNT_WHERE && self->token.kind == JZ_TOKEN_CLOSE) {
    JzNode *list = jz_parser_add_node (self, JZ_NODE_NAME, &first, error);
    if (list == NULL)
      return NULL;
    list->name = g_steal_pointer (&name);
    jz_node_adopt (node, jz_parser_finish_node (self, list));
    node->kind = JZ_NODE_COUNT;
    if (!jz_parser_advance (self, error))
      return NULL;
    jz_parser_leave (self);
    return jz_parser_finish_node (self, node);
  }
  if (strchr (name, '.') != NULL) {
    jz_source_set_error (self->source, first.start, JZ_BASE_ERROR_SYNTAX, error,
                         _ ("“%s” cannot be a variable, which is a single word without dots."),
                         name);
    return NULL;
  }
  node->name = g_steal_pointer (&name);
  if (parse_loop_body (self, node, error) == NULL)
    return NULL;
  jz_parser_leave (self);
  return node;
}

static JzNode *
refuse_operand (const JzParser *self, GError **error)
{
  g_autofree char *excerpt =
    jz_source_dup_excerpt (self->source, self->token.start, self->token.end);

  if (self->token.kind == JZ_TOKEN_END)
    jz_parser_fail (self, error,
                    _ ("The expression ends too early: a value, name or condition is missing."));
  else if (self->token.kind == JZ_TOKEN_NOT)
    jz_parser_fail (self, error,
                    _ ("“not” binds less than what stands before it; put parentheses around it."));
  else if (self->token.kind == JZ_TOKEN_OPEN_LIST)
    jz_parser_fail (self, error, _ ("A set of values stands only after “in”."));
  else
    jz_source_set_error (self->source, self->token.start, JZ_BASE_ERROR_SYNTAX, error,
                         _ ("“%s” cannot stand here: a value, name or condition is missing before "
                            "it."),
                         excerpt);
  return NULL;
}

JzNode *
jz_parser_parse_term (JzParser *self, GError **error)
{
  switch ((int)self->token.kind) {
  case JZ_TOKEN_INTEGER:
  case JZ_TOKEN_TEXT:
  case JZ_TOKEN_DATE:
  case JZ_TOKEN_INSTANT:
  case JZ_TOKEN_TRUE:
  case JZ_TOKEN_FALSE:
    return parse_literal (self, error);
  case JZ_TOKEN_NAME:
    return parse_name (self, error);
  case JZ_TOKEN_OPEN:
    return parse_group (self, error);
  case JZ_TOKEN_EXISTS:
    return parse_exists (self, error);
  case JZ_TOKEN_LIMIT:
    return parse_limit (self, error);
  case JZ_TOKEN_DAYS:
    return parse_days (self, error);
  case JZ_TOKEN_COUNT:
  case JZ_TOKEN_ANY:
  case JZ_TOKEN_ALL:
    return parse_loop (self, error);
  default:
    return refuse_operand (self, error);
  }
}
