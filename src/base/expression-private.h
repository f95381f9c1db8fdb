/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "base/expression.h"

/* How an expression goes: the lexer cuts the text into tokens, the parser makes a tree of nodes,
 * the type check finds what the names mean; evaluation and printing only read the tree. */

G_BEGIN_DECLS

typedef struct {
  char *text; /* valid UTF-8, NUL-terminated, without a NUL inside */
  gsize length;
  char *file;
  guint line;
  guint column;
} JzSource;

typedef enum {
  JZ_TOKEN_END,
  JZ_TOKEN_NAME,
  JZ_TOKEN_INTEGER,
  JZ_TOKEN_TEXT,
  JZ_TOKEN_DATE,
  JZ_TOKEN_INSTANT,
  JZ_TOKEN_AND,
  JZ_TOKEN_OR,
  JZ_TOKEN_NOT,
  JZ_TOKEN_IN,
  JZ_TOKEN_EXISTS,
  JZ_TOKEN_COUNT,
  JZ_TOKEN_ANY,
  JZ_TOKEN_ALL,
  JZ_TOKEN_LIMIT,
  JZ_TOKEN_DAYS,
  JZ_TOKEN_TRUE,
  JZ_TOKEN_FALSE,
  JZ_TOKEN_EQUAL,
  JZ_TOKEN_UNEQUAL,
  JZ_TOKEN_LESS,
  JZ_TOKEN_LESS_OR_EQUAL,
  JZ_TOKEN_GREATER,
  JZ_TOKEN_GREATER_OR_EQUAL,
  JZ_TOKEN_PLUS,
  JZ_TOKEN_MINUS,
  JZ_TOKEN_OPEN,
  JZ_TOKEN_CLOSE,
  JZ_TOKEN_OPEN_LIST,
  JZ_TOKEN_CLOSE_LIST,
  JZ_TOKEN_COMMA,
  JZ_TOKEN_COLON,
  JZ_TOKEN_DOT,
} JzTokenKind;

typedef struct {
  JzTokenKind kind;
  gsize start; /* bytes; the end is the first byte after it */
  gsize end;
  guint line;
  guint column;
  gint64 number; /* INTEGER, or milliseconds of INSTANT */
  JzDate date;   /* DATE */
} JzToken;

typedef struct {
  const JzSource *source;
  gsize at;
  /* the last place whose line and column were counted */
  gsize counted;
  guint line;
  guint column;
} JzLexer;

typedef enum {
  JZ_NODE_LITERAL,
  JZ_NODE_NAME,  /* a fact, or a field of a loop's variable */
  JZ_NODE_LIMIT, /* limit('ID').due */
  JZ_NODE_OR,
  JZ_NODE_AND,
  JZ_NODE_NOT,
  JZ_NODE_COMPARE,
  JZ_NODE_IN,
  JZ_NODE_SUM,
  JZ_NODE_NEGATE,
  JZ_NODE_EXISTS,
  JZ_NODE_DAYS,
  JZ_NODE_COUNT,       /* count (list) */
  JZ_NODE_COUNT_WHERE, /* count, any and all (variable in list : condition) */
  JZ_NODE_ANY,
  JZ_NODE_ALL,
} JzNodeKind;

typedef struct _JzNode JzNode;

/* Nodes belong to the expression, which frees them all at once; the pointers between them do not
 * own. `or`, `and` and sums have two or more children, so that a long one is not a deep one. */
struct _JzNode {
  JzNodeKind kind;
  gsize start; /* in the text */
  gsize end;
  guint line;
  guint column;
  GPtrArray *children;
  JzTokenKind comparison; /* COMPARE */
  gboolean is_subtracted; /* a child of a sum, but for the first, that a minus stands before */
  JzValue *value;         /* LITERAL */
  char *name;             /* NAME as written, LIMIT's id, the variable of a loop */
  /* found by the type check */
  JzValueKind value_kind;
  int loop;          /* NAME: the loop whose entry it is a field of, counted from outside; or -1 */
  const char *field; /* NAME: the part of its name that is the field */
  char *path;        /* NAME and LIMIT: how to call it when it is missing */
};

struct _JzExpression {
  JzSource source;
  guint semantics;
  GPtrArray *nodes;
  JzNode *root;
};

static inline guint
jz_node_get_n_children (const JzNode *self)
{
  return self->children == NULL ? 0 : self->children->len;
}

static inline JzNode *
jz_node_get_child (const JzNode *self, guint position)
{
  return g_ptr_array_index (self->children, position);
}

gboolean jz_comparison_holds (JzTokenKind comparison, int order);
char *jz_source_dup_excerpt (const JzSource *self, gsize start, gsize end);
void jz_source_set_error (const JzSource *self,
                          gsize offset,
                          JzBaseError code,
                          GError **error,
                          const char *format,
                          ...) G_GNUC_PRINTF (5, 6);

void jz_lexer_init (JzLexer *self, const JzSource *source);
gboolean jz_lexer_next (JzLexer *self, JzToken *token, GError **error);

/* The parser's own words, for its two files. Those that answer FALSE or NULL have set the error. */
typedef struct {
  const JzSource *source;
  JzLexer lexer;
  JzToken token; /* the one that is looked at */
  gsize end;     /* of the token before it */
  GPtrArray *nodes;
  guint nesting;
} JzParser;

gboolean jz_parser_advance (JzParser *self, GError **error);
gboolean jz_parser_fail (const JzParser *self, GError **error, const char *sentence);
gboolean jz_parser_expect (JzParser *self, JzTokenKind kind, const char *sentence, GError **error);
gboolean jz_parser_enter (JzParser *self, GError **error);
void jz_parser_leave (JzParser *self);
JzNode *jz_parser_add_node (JzParser *self, JzNodeKind kind, const JzToken *first, GError **error);
JzNode *jz_parser_finish_node (const JzParser *self, JzNode *node);
void jz_node_adopt (JzNode *self, JzNode *child);
gboolean jz_parser_take_set (JzParser *self, JzNode *node, GError **error);
JzNode *jz_parser_parse_condition (JzParser *self, GError **error);
JzNode *jz_parser_parse_term (JzParser *self, GError **error);

JzNode *jz_expression_parse_tree (const JzSource *source, GPtrArray *nodes, GError **error);

gboolean jz_expression_check_types (const JzSource *source,
                                    JzNode *root,
                                    const JzVocabulary *vocabulary,
                                    const JzType *wanted,
                                    GError **error);

/* The nearest of the names that @get_name hands out, or NULL when none is near. */
char *jz_nearest_name (const char *name,
                       const char *(*get_name) (gconstpointer data, gsize position),
                       gconstpointer data);

/* The traces of one evaluation; they point into the text of the expression. */
typedef struct {
  const JzSource *source;
  GPtrArray *traces;
} JzTracer;

void jz_tracer_init (JzTracer *self, const JzSource *source);
void jz_tracer_clear (JzTracer *self);
/* @parent is NULL for the root. Until something else is set, a trace is NOT_NEEDED. */
JzTrace *jz_tracer_add (JzTracer *self, JzTrace *parent, const JzNode *node, guint entry);
void jz_trace_set_value (JzTrace *self, JzValue *value);

struct _JzOutcome {
  JzExpression *expression; /* what the traces and names point into */
  JzValue *value;
  GPtrArray *missing; /* borrowed names, NULL-terminated */
  JzTracer tracer;
  guint64 n_steps;
};

JzValue *
jz_node_calculate (const JzSource *source, const JzNode *node, GPtrArray *values, GError **error);

G_END_DECLS
