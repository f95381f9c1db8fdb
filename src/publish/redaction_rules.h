/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/redaction.h"
#include "rules/text.h"

G_BEGIN_DECLS

/* How something hidden is shown. */
typedef enum {
  JZ_MASK_PLAIN,
  JZ_MASK_SURNAME,
  JZ_MASK_ROLE,
  JZ_MASK_MIDDLE,
  JZ_MASK_COUNTY,
} JzMaskKind;

typedef struct {
  char *id;
  JzText name;
  JzText basis;
} JzRedactionRule;

typedef struct {
  char *id;
  char *rule;
  JzMaskKind as;
  char *mask;
  guint first;
  guint last;
  guint weight;
  gboolean is_everywhere;
} JzRedactionKind;

typedef struct {
  JzPublicRole role;
  const JzRedactionKind *kind;
  char *called;
  GPtrArray *words; /* (element-type utf8): longest first */
} JzRedactionRole;

typedef struct {
  char *field;                 /* (nullable) */
  char *composite;             /* (nullable) */
  char *member;                /* (nullable) */
  const JzRedactionKind *kind; /* (nullable): stays */
  char *where;                 /* (nullable) */
  char *is;                    /* (nullable) */
  gboolean is_but;
  gboolean has_role;
  JzPublicRole role;
} JzRedactionValue;

typedef struct {
  const JzRedactionKind *kind;
  guint least;
  guint most;
  char check;         /* 'r' resident, 'o' old resident, 'l' Luhn, 0 none */
  GRegex *begins;     /* (nullable) */
  GRegex *not_behind; /* (nullable): what stands before a number that is none of these */
  gboolean is_after_letters;
  guint certainty;
} JzRedactionNumber;

typedef struct {
  const JzRedactionKind *kind;
  GRegex *regex;
  guint certainty;
  gboolean has_role;
  JzPublicRole role;
} JzRedactionPattern;

/* What data/redaction says. Never changes. */
typedef struct {
  GPtrArray *rules;     /* (element-type JzRedactionRule) */
  GPtrArray *kinds;     /* (element-type JzRedactionKind) */
  GPtrArray *roles;     /* (element-type JzRedactionRole) */
  GPtrArray *stays;     /* (element-type JzRedactionValue) */
  GPtrArray *values;    /* (element-type JzRedactionValue) */
  GPtrArray *numbers;   /* (element-type JzRedactionNumber) */
  GPtrArray *patterns;  /* (element-type JzRedactionPattern) */
  GPtrArray *compounds; /* (element-type utf8): surnames of two characters */
  GHashTable *surnames; /* (element-type gunichar): set */
  GPtrArray *ends;      /* (element-type utf8): what stands behind a name */
  GPtrArray *befores;   /* (element-type utf8): what stands before one */
  GPtrArray *nots;      /* (element-type utf8): what is no name */
  GRegex *county;
  char *hash; /* hex SHA-256 of the file */
} JzRedactionRules;

const JzRedactionRules *jz_redaction_rules_get (void);
JzRedactionRules *jz_redaction_rules_new (void);
JzRedactionRules *jz_redaction_rules_load (GBytes *bytes, const char *name, GError **error);
void jz_redaction_rules_free (JzRedactionRules *self);
const JzRedactionKind *jz_redaction_rules_find_kind (const JzRedactionRules *self, const char *id);
const JzRedactionRule *jz_redaction_rules_find_rule (const JzRedactionRules *self, const char *id);
const JzRedactionRole *jz_redaction_rules_find_role (const JzRedactionRules *self,
                                                     JzPublicRole role);
gsize jz_redaction_rules_get_surname (const JzRedactionRules *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRedactionRules, jz_redaction_rules_free)

G_END_DECLS
