/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

/* The meaning that this program gives to every expression. A rulebook names the number it was
 * written for; a number once released is never taken away and never changes what it means. */
#define JZ_EXPRESSION_SEMANTICS 1

#define JZ_EXPRESSION_MAX_SIZE (16 * 1024)
#define JZ_EXPRESSION_MAX_NESTING 64
#define JZ_EXPRESSION_MAX_NODES 4096
/* Enough for any rule over a few thousand records; stops what is not a rule. */
#define JZ_EXPRESSION_DEFAULT_STEPS 1000000

/* Where a text stands: for errors. Lines and columns count from 1, columns count characters. */
typedef struct {
  const char *file;
  guint line;
  guint column;
} JzTextPosition;

/* What names mean, asked while an expression is parsed and not afterwards. The functions of
 * enumeration hand out every name by position and NULL after the last: they serve the suggestion
 * in an error. */
typedef struct {
  const JzType *(*get_fact_type) (gconstpointer data, const char *name); /* NULL: no such fact */
  const char *(*get_fact_name) (gconstpointer data, gsize position);
  gboolean (*has_limit) (gconstpointer data, const char *id);
  const char *(*get_limit_id) (gconstpointer data, gsize position);
  gconstpointer data;
} JzVocabulary;

/* What is the case, asked while an expression is evaluated. Both write their last argument only
 * when they answer JZ_FACT_PRESENT. */
typedef struct {
  JzFactState (*get_fact) (gconstpointer data,
                           const char *name,
                           JzValue **value /* (transfer full) */);
  JzFactState (*get_limit_due) (gconstpointer data, const char *id, JzDate *due);
  gconstpointer data;
} JzFacts;

/**
 * JzTruth:
 * @JZ_TRUTH_FALSE: it is not so
 * @JZ_TRUTH_TRUE: it is so
 * @JZ_TRUTH_UNKNOWN: it cannot be said as long as the missing facts are missing
 *
 * The three values of Kleene's logic.
 */
typedef enum {
  JZ_TRUTH_FALSE,
  JZ_TRUTH_TRUE,
  JZ_TRUTH_UNKNOWN,
} JzTruth;

/**
 * JzTraceState:
 * @JZ_TRACE_KNOWN: it has a value
 * @JZ_TRACE_UNKNOWN: it is unknown
 * @JZ_TRACE_ABSENT: a fact that is known to be absent
 * @JZ_TRACE_NOT_NEEDED: the result was certain without it
 *
 * What became of a part of an expression.
 */
typedef enum {
  JZ_TRACE_KNOWN,
  JZ_TRACE_UNKNOWN,
  JZ_TRACE_ABSENT,
  JZ_TRACE_NOT_NEEDED,
} JzTraceState;

typedef struct _JzTrace JzTrace;

/* One part of an expression and what became of it. Lives as long as its outcome; only for reading,
 * and plain enough to be written as JSON by whoever shows it. */
struct _JzTrace {
  const char *text;    /* of the part, as it was written; not NUL-terminated */
  gsize length;        /* bytes */
  guint line;          /* where it begins */
  guint column;        /* in characters */
  guint entry;         /* 0, or the number of the list's entry (from 1) this was asked of */
  gboolean is_literal; /* nothing to explain */
  JzTraceState state;
  const JzValue *value;       /* NULL unless KNOWN */
  const char *missing;        /* the missing fact's name where this is a fact or a limit, or NULL */
  const JzTrace *first_child; /* in the order of the text */
  const JzTrace *next;        /* the next child of the same parent */
};

typedef struct _JzExpression JzExpression;
typedef struct _JzOutcome JzOutcome;

JzExpression *jz_expression_parse (const char *text,
                                   gsize length,
                                   const JzTextPosition *position,
                                   guint semantics,
                                   const JzVocabulary *vocabulary,
                                   const JzType *wanted,
                                   GError **error);
JzExpression *jz_expression_ref (const JzExpression *self);
void jz_expression_unref (JzExpression *self);

guint jz_expression_get_semantics (const JzExpression *self);
JzValueKind jz_expression_get_kind (const JzExpression *self);
const char *jz_expression_get_text (const JzExpression *self);
gboolean jz_expression_equal (const JzExpression *a, const JzExpression *b);
char *jz_expression_to_text (const JzExpression *self);

JzOutcome *jz_expression_evaluate (const JzExpression *self,
                                   const JzFacts *facts,
                                   guint64 max_steps,
                                   gboolean tracing,
                                   GError **error);

void jz_outcome_free (JzOutcome *self);
JzTruth jz_outcome_get_truth (const JzOutcome *self);        /* of a condition */
const JzValue *jz_outcome_get_value (const JzOutcome *self); /* NULL when unknown */
const char *const *
jz_outcome_get_missing (const JzOutcome *self); /* NULL-terminated, in the order met */
void jz_outcome_note_missing (const JzOutcome *self, GPtrArray *names);
const JzTrace *jz_outcome_get_trace (const JzOutcome *self); /* NULL when not traced */
guint64 jz_outcome_get_n_steps (const JzOutcome *self);

char *jz_trace_to_text (const JzTrace *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzExpression, jz_expression_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzOutcome, jz_outcome_free)

G_END_DECLS
