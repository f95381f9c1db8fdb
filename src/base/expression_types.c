/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The type check walks the tree once, from the leaves up. It finds out which fact or field a name
 * is, writes that and every node's type into the tree, and refuses what cannot be evaluated: after
 * it, evaluation asks no vocabulary and meets no wrong type but in the facts themselves. */

/* Words shown when a choice is compared with a word that it does not have. */
#define MAX_WORDS_SHOWN 12

typedef struct {
  const char *variable;
  const char *path; /* of the list */
  JzType type;
} JzLoop;

typedef struct {
  const JzSource *source;
  const JzVocabulary *vocabulary;
  /* one for each loop around the place that is looked at; each loop nests */
  JzLoop loops[JZ_EXPRESSION_MAX_NESTING];
  int n_loops;
} JzChecker;

/* Operands bring the check back to its beginning. */
static gboolean check_node (JzChecker *self, JzNode *node, JzType *type, GError **error);

static const char *
get_noun (JzValueKind kind)
{
  switch (kind) {
  case JZ_VALUE_BOOL:
    return _ ("a condition");
  case JZ_VALUE_INT:
    return _ ("a whole number");
  case JZ_VALUE_MONEY:
    return _ ("an amount of money");
  case JZ_VALUE_DATE:
    return _ ("a date");
  case JZ_VALUE_INSTANT:
    return _ ("a point in time");
  case JZ_VALUE_TEXT:
    return _ ("a text");
  case JZ_VALUE_CHOICE:
    return _ ("a choice");
  case JZ_VALUE_LIST:
    return _ ("a list");
  default:
    g_return_val_if_reached ("");
  }
}

static gboolean
fail (const JzChecker *self, const JzNode *node, GError **error, const char *sentence)
{
  jz_source_set_error (self->source, node->start, JZ_BASE_ERROR_RANGE, error, "%s", sentence);
  return FALSE;
}

static char *
dup_excerpt (const JzChecker *self, const JzNode *node)
{
  return jz_source_dup_excerpt (self->source, node->start, node->end);
}

static gboolean
expect_kind (const JzChecker *self, const JzNode *node, JzValueKind kind, GError **error)
{
  if (node->value_kind == kind)
    return TRUE;
  g_autofree char *excerpt = dup_excerpt (self, node);
  jz_source_set_error (self->source, node->start, JZ_BASE_ERROR_RANGE, error,
                       _ ("“%1$s” is %2$s, but %3$s is needed here."), excerpt,
                       get_noun (node->value_kind), get_noun (kind));
  return FALSE;
}

static gboolean
check_of_kind (JzChecker *self, JzNode *node, JzValueKind kind, GError **error)
{
  JzType type = { 0 };

  return check_node (self, node, &type, error) && expect_kind (self, node, kind, error);
}

static gboolean
refuse_name (const JzChecker *self,
             const JzNode *node,
             const char *name,
             const char *(*get_name) (gconstpointer data, gsize position),
             gconstpointer data,
             GError **error)
{
  g_autofree char *shown = jz_error_dup_excerpt (name, -1);
  g_autofree char *nearest = jz_nearest_name (name, get_name, data);

  if (nearest != NULL)
    jz_source_set_error (self->source, node->start, JZ_BASE_ERROR_RANGE, error,
                         _ ("There is nothing called “%1$s”; did you mean “%2$s”?"), shown,
                         nearest);
  else
    jz_source_set_error (self->source, node->start, JZ_BASE_ERROR_RANGE, error,
                         _ ("There is nothing called “%s”; use a name of the vocabulary."), shown);
  return FALSE;
}

static const char *
get_field_name (gconstpointer data, gsize position)
{
  const JzType *type = data;

  return position < type->n_fields ? type->fields[position].name : NULL;
}

static gboolean
check_field (const JzChecker *self, JzNode *node, JzType *type, GError **error)
{
  const JzLoop *loop = &self->loops[node->loop];
  gsize variable_length = strlen (loop->variable);

  if (node->name[variable_length] == '\0')
    return fail (self, node, error,
                 _ ("A variable stands for a whole entry of a list; name one of its fields, like "
                    "x.field."));
  node->field = node->name + variable_length + 1;
  for (gsize i = 0; i < loop->type.n_fields; i++) {
    if (strcmp (loop->type.fields[i].name, node->field) != 0)
      continue;
    *type = loop->type.fields[i].type;
    node->path = g_strdup_printf ("%s.%s", loop->path, node->field);
    return TRUE;
  }
  return refuse_name (self, node, node->field, get_field_name, &loop->type, error);
}

/* The first part of the name may be a variable, of an inner loop before an outer one. */
static int
find_loop (const JzChecker *self, const char *name)
{
  gsize length = strcspn (name, ".");
  int loop = self->n_loops - 1;

  while (loop >= 0 && (strncmp (self->loops[loop].variable, name, length) != 0 ||
                       self->loops[loop].variable[length] != '\0'))
    loop--;
  return loop;
}

static gboolean
check_name (const JzChecker *self, JzNode *node, JzType *type, GError **error)
{
  const JzVocabulary *vocabulary = self->vocabulary;

  node->loop = find_loop (self, node->name);
  if (node->loop >= 0)
    return check_field (self, node, type, error);
  const JzType *found = vocabulary->get_fact_type (vocabulary->data, node->name);
  if (found == NULL)
    return refuse_name (self, node, node->name, vocabulary->get_fact_name, vocabulary->data, error);
  *type = *found;
  node->path = g_strdup (node->name);
  return TRUE;
}

static gboolean
check_limit (const JzChecker *self, JzNode *node, JzType *type, GError **error)
{
  const JzVocabulary *vocabulary = self->vocabulary;

  if (!vocabulary->has_limit (vocabulary->data, node->name))
    return refuse_name (self, node, node->name, vocabulary->get_limit_id, vocabulary->data, error);
  type->kind = JZ_VALUE_DATE;
  node->path = g_strdup_printf ("limit('%s').due", node->name);
  return TRUE;
}

static gboolean
has_word (const JzType *type, const char *word)
{
  return type->choices != NULL && g_strv_contains (type->choices, word);
}

static gboolean
share_word (const JzType *a, const JzType *b)
{
  for (gsize i = 0; a->choices != NULL && a->choices[i] != NULL; i++) {
    if (has_word (b, a->choices[i]))
      return TRUE;
  }
  return FALSE;
}

static char *
list_words (const JzType *type)
{
  GString *words = g_string_new (NULL);

  for (gsize i = 0; type->choices != NULL && type->choices[i] != NULL; i++) {
    if (i == MAX_WORDS_SHOWN) {
      g_string_append (words, ", …");
      break;
    }
    g_string_append_printf (words, "%s'%s'", i == 0 ? "" : ", ", type->choices[i]);
  }
  return g_string_free (words, FALSE);
}

static gboolean
check_word (const JzChecker *self,
            const JzNode *place,
            const JzType *choice,
            const char *word,
            GError **error)
{
  if (has_word (choice, word))
    return TRUE;
  g_autofree char *shown = jz_error_dup_excerpt (word, -1);
  g_autofree char *words = list_words (choice);
  jz_source_set_error (self->source, place->start, JZ_BASE_ERROR_RANGE, error,
                       _ ("“%1$s” is not a word of this choice, which has: %2$s."), shown, words);
  return FALSE;
}

static gboolean
are_number_and_money (JzValueKind a, JzValueKind b)
{
  return (a == JZ_VALUE_MONEY && b == JZ_VALUE_INT) || (a == JZ_VALUE_INT && b == JZ_VALUE_MONEY);
}

static gboolean
refuse_plain_number (const JzChecker *self, const JzNode *place, GError **error)
{
  return fail (self, place, error,
               _ ("An amount of money does not go with a plain number; give the number a unit, "
                  "like 200 yuan or 50 fen."));
}

static gboolean
refuse_pair (const JzChecker *self,
             const JzNode *place,
             JzValueKind a,
             JzValueKind b,
             GError **error)
{
  if (are_number_and_money (a, b))
    return refuse_plain_number (self, place, error);
  if (a == JZ_VALUE_LIST && b == JZ_VALUE_LIST)
    return fail (self, place, error,
                 _ ("Lists cannot be compared; ask about their entries with any or all."));
  if (a == b)
    return fail (self, place, error,
                 _ ("These two choices have no word in common and can never be equal."));
  jz_source_set_error (self->source, place->start, JZ_BASE_ERROR_RANGE, error,
                       _ ("Here %1$s is compared with %2$s; compare values of one type."),
                       get_noun (a), get_noun (b));
  return FALSE;
}

/* Whether a value that may be a literal can be compared with one of type @type. */
static gboolean
check_pair (const JzChecker *self,
            const JzNode *place,
            const JzType *type,
            const JzType *other,
            const JzValue *literal,
            GError **error)
{
  if (type->kind == JZ_VALUE_CHOICE && other->kind == JZ_VALUE_TEXT && literal != NULL)
    return check_word (self, place, type, jz_value_get_text (literal), error);
  if (type->kind != other->kind || type->kind == JZ_VALUE_LIST ||
      (type->kind == JZ_VALUE_CHOICE && !share_word (type, other)))
    return refuse_pair (self, place, type->kind, other->kind, error);
  return TRUE;
}

static gboolean
has_order (JzValueKind kind)
{
  return kind == JZ_VALUE_INT || kind == JZ_VALUE_MONEY || kind == JZ_VALUE_DATE ||
         kind == JZ_VALUE_INSTANT;
}

static gboolean
check_comparison (JzChecker *self, JzNode *node, GError **error)
{
  JzNode *left = jz_node_get_child (node, 0);
  JzNode *right = jz_node_get_child (node, 1);
  JzType left_type = { 0 };
  JzType right_type = { 0 };
  gboolean fits = FALSE;

  if (!check_node (self, left, &left_type, error) || !check_node (self, right, &right_type, error))
    return FALSE;
  if (left->value != NULL && right_type.kind == JZ_VALUE_CHOICE)
    fits = check_pair (self, left, &right_type, &left_type, left->value, error);
  else
    fits = check_pair (self, right, &left_type, &right_type, right->value, error);
  if (!fits)
    return FALSE;
  gboolean is_order = node->comparison != JZ_TOKEN_EQUAL && node->comparison != JZ_TOKEN_UNEQUAL;
  if (is_order && !has_order (left_type.kind))
    return fail (self, node, error,
                 _ ("Only numbers, amounts, dates and points in time are larger or smaller; "
                    "compare these with = or !=."));
  return TRUE;
}

static gboolean
check_in (JzChecker *self, JzNode *node, GError **error)
{
  JzType type = { 0 };

  if (!check_node (self, jz_node_get_child (node, 0), &type, error))
    return FALSE;
  for (guint i = 1; i < node->children->len; i++) {
    JzNode *constant = jz_node_get_child (node, i);
    JzType constant_type = { 0 };
    if (!check_node (self, constant, &constant_type, error) ||
        !check_pair (self, constant, &type, &constant_type, constant->value, error))
      return FALSE;
  }
  return TRUE;
}

/* One step of a sum from the left: what @sum becomes when a value of kind @operand is added to it
 * or taken from it; FALSE when that means nothing. */
static gboolean
add_kind (JzValueKind *sum, JzValueKind operand, gboolean is_subtracted)
{
  if (*sum == JZ_VALUE_DATE && operand == JZ_VALUE_DATE && is_subtracted) {
    *sum = JZ_VALUE_INT;
    return TRUE;
  }
  if (*sum == JZ_VALUE_DATE)
    return operand == JZ_VALUE_INT;
  return *sum == operand && (operand == JZ_VALUE_INT || operand == JZ_VALUE_MONEY);
}

static gboolean
check_sum (JzChecker *self, JzNode *node, JzType *type, GError **error)
{
  for (guint i = 0; i < node->children->len; i++) {
    JzNode *operand = jz_node_get_child (node, i);
    JzType operand_type = { 0 };
    if (!check_node (self, operand, &operand_type, error))
      return FALSE;
    if (i == 0) {
      type->kind = operand_type.kind;
    } else if (!add_kind (&type->kind, operand_type.kind, operand->is_subtracted)) {
      if (are_number_and_money (type->kind, operand_type.kind))
        return refuse_plain_number (self, operand, error);
      return fail (self, operand, error,
                   _ ("This cannot be added or taken away here; + and - go with two numbers, two "
                      "amounts, a date and a number of days, or a date less a date."));
    }
  }
  return TRUE;
}

static gboolean
check_negation_sign (JzChecker *self, JzNode *node, JzType *type, GError **error)
{
  JzNode *operand = jz_node_get_child (node, 0);

  if (!check_node (self, operand, type, error))
    return FALSE;
  if (type->kind != JZ_VALUE_INT && type->kind != JZ_VALUE_MONEY)
    return fail (self, operand, error,
                 _ ("A minus sign stands only before a number or an amount."));
  return TRUE;
}

static gboolean
check_operands (JzChecker *self, JzNode *node, JzValueKind kind, GError **error)
{
  for (guint i = 0; i < node->children->len; i++) {
    if (!check_of_kind (self, jz_node_get_child (node, i), kind, error))
      return FALSE;
  }
  return TRUE;
}

/* The list is looked up outside of the loop, the condition inside. */
static gboolean
check_loop (JzChecker *self, JzNode *node, GError **error)
{
  JzNode *list = jz_node_get_child (node, 0);
  JzType type = { 0 };

  if (!check_node (self, list, &type, error) || !expect_kind (self, list, JZ_VALUE_LIST, error))
    return FALSE;
  if (find_loop (self, node->name) >= 0)
    return fail (self, node, error,
                 _ ("This variable is already used around this place; give it another name."));
  self->loops[self->n_loops++] =
    (JzLoop){ .variable = node->name, .path = list->path, .type = type };
  gboolean fits = check_of_kind (self, jz_node_get_child (node, 1), JZ_VALUE_BOOL, error);
  self->n_loops--;
  return fits;
}

static gboolean
check_by_kind (JzChecker *self, JzNode *node, JzType *type, GError **error)
{
  type->kind = JZ_VALUE_BOOL;
  switch (node->kind) {
  case JZ_NODE_LITERAL:
    type->kind = jz_value_get_kind (node->value);
    return TRUE;
  case JZ_NODE_NAME:
    return check_name (self, node, type, error);
  case JZ_NODE_LIMIT:
    return check_limit (self, node, type, error);
  case JZ_NODE_OR:
  case JZ_NODE_AND:
  case JZ_NODE_NOT:
    return check_operands (self, node, JZ_VALUE_BOOL, error);
  case JZ_NODE_COMPARE:
    return check_comparison (self, node, error);
  case JZ_NODE_IN:
    return check_in (self, node, error);
  case JZ_NODE_SUM:
    return check_sum (self, node, type, error);
  case JZ_NODE_NEGATE:
    return check_negation_sign (self, node, type, error);
  case JZ_NODE_EXISTS:
    return check_node (self, jz_node_get_child (node, 0), &(JzType){ 0 }, error);
  case JZ_NODE_DAYS:
    type->kind = JZ_VALUE_INT;
    return check_operands (self, node, JZ_VALUE_DATE, error);
  case JZ_NODE_COUNT:
    type->kind = JZ_VALUE_INT;
    return check_operands (self, node, JZ_VALUE_LIST, error);
  case JZ_NODE_COUNT_WHERE:
    type->kind = JZ_VALUE_INT;
    return check_loop (self, node, error);
  case JZ_NODE_ANY:
  case JZ_NODE_ALL:
    return check_loop (self, node, error);
  default:
    g_return_val_if_reached (FALSE);
  }
}

static gboolean
check_node (JzChecker *self, JzNode *node, JzType *type, GError **error)
{
  if (!check_by_kind (self, node, type, error))
    return FALSE;
  node->value_kind = type->kind;
  return TRUE;
}

/* A value may go to a place if every value it can take may: a choice needs all its words there. */
static gboolean
check_wanted (const JzChecker *self,
              const JzNode *root,
              const JzType *type,
              const JzType *wanted,
              GError **error)
{
  if (wanted->kind == JZ_VALUE_CHOICE && root->kind == JZ_NODE_LITERAL &&
      type->kind == JZ_VALUE_TEXT)
    return check_word (self, root, wanted, jz_value_get_text (root->value), error);
  if (!expect_kind (self, root, wanted->kind, error))
    return FALSE;
  for (gsize i = 0;
       type->kind == JZ_VALUE_CHOICE && type->choices != NULL && type->choices[i] != NULL; i++) {
    if (!check_word (self, root, wanted, type->choices[i], error))
      return FALSE;
  }
  return TRUE;
}

gboolean
jz_expression_check_types (const JzSource *source,
                           JzNode *root,
                           const JzVocabulary *vocabulary,
                           const JzType *wanted,
                           GError **error)
{
  g_autofree JzChecker *self = g_new0 (JzChecker, 1);
  JzType type = { 0 };

  self->source = source;
  self->vocabulary = vocabulary;
  if (!check_node (self, root, &type, error))
    return FALSE;
  return wanted == NULL || check_wanted (self, root, &type, wanted, error);
}
