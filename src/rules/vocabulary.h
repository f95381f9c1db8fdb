/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/expression.h"
#include "rules/text.h"

G_BEGIN_DECLS

/**
 * JzSecrecy:
 * @JZ_SECRECY_PUBLIC: may be shown to anybody
 * @JZ_SECRECY_INTERNAL: stays in the bureau
 * @JZ_SECRECY_PERSONAL: information on a person, hidden where it is published
 *
 * Who may see a fact.
 */
typedef enum {
  JZ_SECRECY_PUBLIC,
  JZ_SECRECY_INTERNAL,
  JZ_SECRECY_PERSONAL,
} JzSecrecy;

typedef struct {
  char *id;
  JzText label;
} JzChoice;

/* A closed set of words. */
typedef struct {
  char *id;
  GPtrArray *choices; /* JzChoice */
  GPtrArray *words;   /* their ids, borrowed, and NULL */
} JzChoiceSet;

typedef struct _JzFactDefinition JzFactDefinition;

/* A fact, or a field of the records of a list. */
struct _JzFactDefinition {
  char *name;
  JzType type;
  char *unit; /* or NULL */
  JzText meaning;
  JzSecrecy secrecy; /* of a field: that of its list */
  int since;
  char *not_before;           /* DATE: path of a date that it cannot be before, or NULL */
  gboolean lies_ahead;        /* DATE: may be in the future when it is written down */
  const JzChoiceSet *choices; /* CHOICE */
  GPtrArray *fields;          /* LIST: JzFactDefinition */
  GArray *field_types;        /* LIST: JzField, what @type points to */
};

typedef struct _JzFactVocabulary JzFactVocabulary;

JzFactVocabulary *jz_fact_vocabulary_load (GBytes *bytes, const char *name, GError **error);
JzFactVocabulary *jz_fact_vocabulary_load_shipped (GError **error);
JzFactVocabulary *jz_fact_vocabulary_ref (const JzFactVocabulary *self);
void jz_fact_vocabulary_unref (JzFactVocabulary *self);

guint jz_fact_vocabulary_get_n_facts (const JzFactVocabulary *self);
const JzFactDefinition *jz_fact_vocabulary_get_fact (const JzFactVocabulary *self, guint position);
const JzFactDefinition *jz_fact_vocabulary_find (const JzFactVocabulary *self, const char *path);
const JzChoiceSet *jz_fact_vocabulary_find_choices (const JzFactVocabulary *self, const char *id);
const char *
jz_fact_definition_get_label (const JzFactDefinition *self, const char *word, JzLanguage language);
char *jz_fact_definition_dup_words (const JzFactDefinition *self,
                                    const JzValue *value,
                                    JzLanguage language);
char *jz_fact_vocabulary_dup_meaning (const JzFactVocabulary *self,
                                      const char *path,
                                      JzLanguage language);
void jz_fact_vocabulary_get_interface (const JzFactVocabulary *self, JzVocabulary *vocabulary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFactVocabulary, jz_fact_vocabulary_unref)

G_END_DECLS
