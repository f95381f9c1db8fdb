/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"

G_BEGIN_DECLS

/* What an expression may ask: the values of a document and, where there are any, facts of the case.
 * It points into itself and stays where it was initialised. */
typedef struct {
  JzFacts facts;
  const JzFilling *filling;
  const JzFacts *given; /* (nullable) */
  gboolean is_raw;      /* hidden fields have values too */
} JzFillingFacts;

void jz_filling_facts_init (JzFillingFacts *self, const JzFilling *filling, const JzFacts *given);
gboolean jz_filling_parse_minute (const char *text, JzInstant *instant);
JzFactState jz_filling_get_value (const JzFilling *self, const char *name, JzValue **value);
gboolean jz_filling_check_shape (const JzForm *form, const JzJson *values, GError **error);
gboolean jz_filling_check_value_shape (const JzFormField *field,
                                       const JzJson *value,
                                       const char *path,
                                       GError **error);

/* A walk over the values of a document that gathers what is wrong. */
typedef struct {
  const JzFilling *filling;
  JzInstant now;
  JzDate document_date; /* the day that officers' certificates must cover */
  GPtrArray *findings;
} JzFillingWalk;

void jz_filling_walk_proof (JzFillingWalk *self, const JzFormField *field, const JzJson *value);
void jz_filling_walk_add (JzFillingWalk *self,
                          const char *path,
                          JzFindingLevel level,
                          const char *rule,
                          char *sentence /* (transfer full) */);
void jz_filling_walk_field (JzFillingWalk *self,
                            const JzFormField *field,
                            const JzJson *value,
                            const char *path);
void jz_filling_walk_composite (JzFillingWalk *self,
                                const JzFormField *field,
                                const JzJson *value,
                                const char *path);
void jz_filling_walk_entries (JzFillingWalk *self,
                              const JzFormField *field,
                              const JzJson *value,
                              const char *path);

G_END_DECLS
