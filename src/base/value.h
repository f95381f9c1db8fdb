/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

#define JZ_VALUE_FEN_PER_YUAN 100

/**
 * JzValueKind:
 * @JZ_VALUE_BOOL: true or false
 * @JZ_VALUE_INT: a whole number of 64 bits
 * @JZ_VALUE_MONEY: an amount in fen, 64 bits
 * @JZ_VALUE_DATE: a day
 * @JZ_VALUE_INSTANT: a point in time
 * @JZ_VALUE_TEXT: free text
 * @JZ_VALUE_CHOICE: one word of a closed set
 * @JZ_VALUE_LIST: records in order, all of the same fields
 *
 * The types of the vocabulary of facts.
 */
typedef enum {
  JZ_VALUE_BOOL,
  JZ_VALUE_INT,
  JZ_VALUE_MONEY,
  JZ_VALUE_DATE,
  JZ_VALUE_INSTANT,
  JZ_VALUE_TEXT,
  JZ_VALUE_CHOICE,
  JZ_VALUE_LIST,
} JzValueKind;

typedef struct _JzField JzField;

/* What a fact may hold. The pointers belong to the vocabulary that hands the type out. */
typedef struct {
  JzValueKind kind;
  const char *const *choices; /* CHOICE: the words, NULL-terminated */
  const JzField *fields;      /* LIST: the fields of its records */
  gsize n_fields;
} JzType;

struct _JzField {
  const char *name;
  JzType type;
};

/**
 * JzFactState:
 * @JZ_FACT_PRESENT: there is a value
 * @JZ_FACT_ABSENT: it is known that there is none (the party has no telephone)
 * @JZ_FACT_UNKNOWN: nobody has said whether there is one (the field was not filled in)
 *
 * What is known about a fact.
 */
typedef enum {
  JZ_FACT_PRESENT,
  JZ_FACT_ABSENT,
  JZ_FACT_UNKNOWN,
} JzFactState;

typedef struct _JzValue JzValue;
typedef struct _JzRecord JzRecord;

JzValue *jz_value_new_bool (gboolean value);
JzValue *jz_value_new_int (gint64 value);
JzValue *jz_value_new_money (gint64 amount_fen);
JzValue *jz_value_new_date (JzDate value);
JzValue *jz_value_new_instant (JzInstant value);
JzValue *jz_value_new_text (const char *value);
JzValue *jz_value_new_choice (const char *word);
JzValue *jz_value_new_list (void);
JzValue *jz_value_ref (const JzValue *self);
void jz_value_unref (JzValue *self);

JzValueKind jz_value_get_kind (const JzValue *self);
gboolean jz_value_get_bool (const JzValue *self);
gint64 jz_value_get_int (const JzValue *self);
gint64 jz_value_get_money (const JzValue *self); /* fen */
JzDate jz_value_get_date (const JzValue *self);
JzInstant jz_value_get_instant (const JzValue *self);
const char *jz_value_get_text (const JzValue *self); /* of a text or a choice */
guint jz_value_get_n_records (const JzValue *self);
const JzRecord *jz_value_get_record (const JzValue *self, guint position);
void jz_value_append (JzValue *self, JzRecord *record /* (transfer full) */);

int jz_value_compare (const JzValue *a, const JzValue *b);
char *jz_value_to_text (const JzValue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzValue, jz_value_unref)

G_END_DECLS
