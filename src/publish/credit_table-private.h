/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/credit_table.h"

G_BEGIN_DECLS

typedef struct {
  char *is;
  char *as;
} JzCreditMap;

/* Where a value comes from; see data/schemas/bundle.rng. */
typedef struct {
  char *field;
  char *value;
  guint months;
  char *rows;
  char *member;
  char *where;
  char *has;
  char *join;
  char *setting;
  char *text;
  GArray *maps; /* JzCreditMap */
} JzCreditSource;

typedef enum { JZ_CREDIT_TEXT, JZ_CREDIT_DATE, JZ_CREDIT_WAN } JzCreditType;

typedef struct {
  char *code;
  char *name;
  JzCreditType type;
  guint length;
  gboolean is_needed;
  char *when; /* (nullable): needed only where that column ... */
  char *is;   /* (nullable): ... is this, ... */
  char *has;  /* (nullable): ... or has this in it */
  gboolean is_shown;
  GPtrArray *sources; /* JzCreditSource */
} JzCreditColumn;

typedef struct {
  char *column;
  char *is;
  char *other; /* (nullable) */
  char *has;   /* (nullable) */
} JzCreditCheck;

struct _JzCreditTable {
  char *id;
  GStrv forms;
  char *title;
  GPtrArray *columns; /* JzCreditColumn */
  GPtrArray *checks;  /* JzCreditCheck */
};

int jz_credit_table_find_column (const JzCreditTable *self, const char *code);
gboolean jz_credit_table_has_form (const JzCreditTable *self, const char *form);

G_END_DECLS
